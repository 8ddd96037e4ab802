//! What is looked up in the glossary: what is typed over its list, and the term that is read.

use crate::glossary::{self, Term};

/// The glossary while it is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookingUp {
    /// What is typed over the list.
    pub typed: String,
    /// The id of the term that is read.
    pub term: &'static str,
    /// Whether it was shown already: the first time, the field over the list takes the keyboard.
    pub is_shown: bool,
    /// Whether the list is to be scrolled to the term.
    pub is_sought: bool,
}

/// The term that it opens on where nothing is pointed at.
const FIRST: &str = "sam";

impl LookingUp {
    /// Looks up this term, or none in particular.
    #[must_use]
    pub fn of(term: Option<&'static str>) -> Self {
        let term = term.unwrap_or(FIRST);
        Self { typed: String::new(), term, is_shown: false, is_sought: true }
    }

    /// The terms in the list.
    #[must_use]
    pub fn listed(&self) -> Vec<&'static Term> {
        glossary::matching(&self.typed)
    }

    /// Reads this term; the list is whole again where it is not in it.
    pub fn read(&mut self, term: &'static str) {
        self.term = term;
        self.is_sought = true;
        if !self.listed().iter().any(|other| other.id == term) {
            self.typed.clear();
        }
    }

    /// Reads the term so many places further down the list, or up.
    pub fn walk(&mut self, places: isize) {
        let listed = self.listed();
        let place = listed.iter().position(|term| term.id == self.term);
        let last = listed.len().saturating_sub(1);
        let to = place.map_or(0, |place| place.saturating_add_signed(places).min(last));
        if let Some(term) = listed.get(to) {
            self.term = &term.id;
            self.is_sought = true;
        }
    }

    /// Reads the likeliest of what is typed now.
    pub fn follow_what_is_typed(&mut self) {
        if let Some(term) = self.listed().first().filter(|_| !self.typed.trim().is_empty()) {
            self.term = &term.id;
        }
        self.is_sought = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_walked_to_its_ends_and_whole_again_for_a_term_outside() {
        let mut open = LookingUp::of(None);
        assert_eq!(open.term, FIRST);
        open.walk(isize::MIN);
        assert_eq!(open.term, glossary::all()[0].id);
        open.typed = "saddle".to_owned();
        open.follow_what_is_typed();
        assert_eq!(open.term, "saddle");
        open.read("radius");
        assert_eq!((open.term, open.typed.as_str()), ("radius", ""));
        open.typed = "xyzzy".to_owned();
        open.follow_what_is_typed();
        open.walk(1);
        assert_eq!(open.term, "radius", "nothing is found and nothing is lost");
    }
}
