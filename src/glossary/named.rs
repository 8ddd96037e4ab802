//! Terms by what the window calls them, and by what somebody types over the list.

use super::{Term, all};

/// The term that a name in the window stands for: `ρ`, `worst case ≥`, `‖ε‖, p = 2`.
///
/// A name with something said after it is known by its beginning.
#[must_use]
pub fn named(shown: &str) -> Option<&'static Term> {
    let begins = |name: &str| {
        let rest = shown.strip_prefix(name)?;
        (rest.is_empty() || rest.starts_with([' ', ','])).then_some(name.len())
    };
    let fits = |term: &'static Term| {
        let longest = term.names.iter().filter_map(|name| begins(name)).max()?;
        Some((longest, term))
    };
    // `w + ε` begins with a name too: what is longer is meant.
    let found = all().iter().filter_map(fits).max_by_key(|(length, _)| *length);
    let (length, term) = found?;
    // Of a symbol alone more would be another formula.
    (length == shown.len() || length > 1).then_some(term)
}

/// The term of a member of a family of menus; where it has none of its own, that of the family.
#[must_use]
pub fn of(family: &str, member: &str) -> Option<&'static Term> {
    let own = format!("{family} {member}");
    let find = |of: &str| all().iter().find(|term| term.of == of);
    find(&own).or_else(|| find(family))
}

/// The terms that `typed` may mean, the likeliest first; all where nothing is typed.
#[must_use]
pub fn matching(typed: &str) -> Vec<&'static Term> {
    let wanted = typed.trim().to_lowercase();
    let mut found: Vec<(Near, &'static Term)> =
        all().iter().filter_map(|term| Some((Near::of(term, &wanted)?, term))).collect();
    found.sort_by_key(|(near, _)| *near);
    found.into_iter().map(|(_, term)| term).collect()
}

/// How near a term is to what is typed, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Near {
    /// It is called so.
    Called,
    /// Its name begins so.
    Begins,
    /// Something that it is called holds it.
    Holds,
    /// It is said of it.
    Said,
}

impl Near {
    fn of(term: &Term, wanted: &str) -> Option<Self> {
        if wanted.is_empty() {
            return Some(Self::Begins);
        }
        let holds = |text: &str| text.to_lowercase().contains(wanted);
        if term.calls().any(|call| call.to_lowercase() == wanted) {
            Some(Self::Called)
        } else if term.name.to_lowercase().starts_with(wanted) {
            Some(Self::Begins)
        } else if term.calls().any(holds) {
            Some(Self::Holds)
        } else {
            // A letter or two are in every sentence.
            (wanted.chars().count() > 2 && holds(&term.said)).then_some(Self::Said)
        }
    }
}
