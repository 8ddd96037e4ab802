//! The published works that the mathematics comes from, each told once: the file `assets/bibliography.bib`.
//!
//! ```text
//! foret2021sharpness              the key, which LaTeX cites
//! Foret et al. 2021               the label, by which catalogues, the glossary and laws name their sources
//! A 1964;  A & B 1951;  A, B & C 1986;  A et al. 2021      labels follow from authors and year
//! ```
//!
//! An entry is handed on as it stands in the file. It does not know who cites it.

use std::sync::LazyLock;

use biblatex::{Bibliography, ChunksExt as _, Entry, RawBibliography};

/// A published work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// What LaTeX cites it by.
    pub key: String,
    /// Authors and year, as texts name it.
    pub label: String,
    /// Its number at arXiv, where it has one.
    pub arxiv: Option<String>,
    /// Its entry of the file, without a line's end behind it.
    pub entry: &'static str,
}

const FILE: &str = include_str!("../../assets/bibliography.bib");

/// Every work, by its key.
static WORKS: LazyLock<Vec<Work>> = LazyLock::new(|| {
    // The tests read the file: nothing is left out.
    let mut works = read(FILE).unwrap_or_default();
    works.sort_by(|one, other| one.key.cmp(&other.key));
    works
});

/// Every work, by its key.
#[must_use]
pub fn all() -> &'static [Work] {
    &WORKS
}

/// The work of this key.
#[must_use]
pub fn work(key: &str) -> Option<&'static Work> {
    all().iter().find(|work| work.key == key)
}

/// The work of this number at arXiv.
#[must_use]
pub fn at_arxiv(number: &str) -> Option<&'static Work> {
    all().iter().find(|work| work.arxiv.as_deref() == Some(number))
}

/// A source that no work of the file is labelled with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no work of assets/bibliography.bib is labelled \"{0}\"")]
pub struct Unlabelled(String);

/// The works that a member of a catalogue names as its source: labels parted by semicolons, perhaps after "after".
///
/// What nobody published ("—"), and what is this program's own, names none.
///
/// # Errors
/// Names the label that no work has.
pub fn named(source: &str) -> Result<Vec<&'static Work>, Unlabelled> {
    if ["", "—", "samscope"].contains(&source) {
        return Ok(Vec::new());
    }
    let labels = source.split("; ").map(|label| label.trim_start_matches("after "));
    let find = |label: &str| {
        let found = all().iter().find(|work| work.label == label);
        found.ok_or_else(|| Unlabelled(label.to_owned()))
    };
    labels.map(find).collect()
}

/// Every entry of a file.
fn read(file: &'static str) -> Result<Vec<Work>, String> {
    let raw = RawBibliography::parse(file).map_err(|error| error.to_string())?;
    let mut starts: Vec<usize> = raw.entries.iter().map(|entry| entry.span.start).collect();
    starts.push(file.len());
    let texts = starts.windows(2).map(|ends| file[ends[0]..ends[1]].trim_end());
    let bibliography = Bibliography::from_raw(raw.clone()).map_err(|error| error.to_string())?;
    let works = bibliography.iter().zip(texts).map(|(entry, text)| {
        let label =
            label(entry).ok_or_else(|| format!("{} has no authors, or no year", entry.key))?;
        Ok(Work { key: entry.key.clone(), label, arxiv: arxiv(entry), entry: text })
    });
    works.collect()
}

/// Authors and year of an entry; of a volume its editors.
fn label(entry: &Entry) -> Option<String> {
    let authors = entry.author().ok().or_else(|| {
        let editors = entry.editors().ok()?;
        editors.into_iter().next().map(|(editors, _)| editors)
    })?;
    let names: Vec<&str> = authors.iter().map(|person| person.name.as_str()).collect();
    let year = entry.get("year")?.format_verbatim();
    Some(match names[..] {
        [] => return None,
        [one] => format!("{one} {year}"),
        [one, two] => format!("{one} & {two} {year}"),
        [one, two, three] => format!("{one}, {two} & {three} {year}"),
        [first, ..] => format!("{first} et al. {year}"),
    })
}

/// The number of an entry at arXiv: beside where it was published, or in place of that.
fn arxiv(entry: &Entry) -> Option<String> {
    let number = entry.get("eprint").map(|number| number.format_verbatim());
    number.or_else(|| {
        let journal = entry.get("journal")?.format_verbatim();
        Some(journal.split_once("arXiv:")?.1.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_file_is_read_and_every_work_is_told_once_in_the_order_of_keys() {
        let works = read(FILE).unwrap();
        assert_eq!(works, all(), "sort the entries of the file by their keys");
        assert_eq!(works.len(), FILE.matches("\n@").count() + 1);
        let labels: BTreeSet<&str> = works.iter().map(|work| &*work.label).collect();
        let arxiv: Vec<&String> = works.iter().filter_map(|work| work.arxiv.as_ref()).collect();
        assert_eq!(labels.len(), works.len(), "labels tell works apart");
        assert_eq!(arxiv.iter().collect::<BTreeSet<_>>().len(), arxiv.len());
    }

    #[test]
    fn an_entry_can_be_taken_as_it_stands_into_any_bibliography() {
        for work in all() {
            assert!(work.entry.starts_with('@') && work.entry.ends_with("\n}"), "{}", work.entry);
            // Classical BibTeX reads bytes.
            assert!(work.entry.is_ascii(), "{}: write accents as {{\\'e}}", work.key);
            let alone = Bibliography::parse(work.entry).unwrap();
            let [entry] = &alone.into_vec()[..] else { panic!("{} is one entry", work.key) };
            let report = entry.verify();
            let lacks = (&report.missing, &report.superfluous, &report.malformed);
            assert!(report.is_ok(), "{}: {lacks:?}", work.key);
            let year = entry.get("year").unwrap().format_verbatim();
            let first = work.label.split([' ', ',']).next().unwrap().to_lowercase();
            let plain = |c: char| if c == 'é' { 'e' } else { c };
            let first: String = first.chars().map(plain).collect();
            let stem = work.key.strip_prefix(&format!("{first}{year}")).unwrap_or_default();
            assert!(!stem.is_empty(), "{} is named by author, year and a word", work.key);
        }
    }

    #[test]
    fn labels_follow_from_authors_and_year() {
        let labelled = |key: &str| work(key).unwrap().label.as_str();
        assert_eq!(labelled("polyak1964some"), "Polyak 1964");
        assert_eq!(labelled("dixon1978towards"), "Dixon & Szegő 1978");
        assert_eq!(labelled("bartlett2023dynamics"), "Bartlett, Long & Bousquet 2023");
        assert_eq!(labelled("foret2021sharpness"), "Foret et al. 2021");
        assert_eq!(labelled("optax2023sam"), "Optax 2023");
        assert_eq!(labelled("levy1985tunneling"), "Lévy & Montalvo 1985");
    }

    #[test]
    fn a_source_names_its_works_and_a_slip_is_found() {
        let keys = |source| -> Vec<&str> {
            named(source).unwrap().into_iter().map(|work| work.key.as_str()).collect()
        };
        assert_eq!(
            keys("Zhao, Zhang & Hu 2022; Yue et al. 2023"),
            ["zhao2022penalizing", "yue2023revisited"]
        );
        assert_eq!(keys("after Luo et al. 2024"), ["luo2024explicit"]);
        assert_eq!(keys("—"), [""; 0]);
        let slip = named("Foret et al. 2020").unwrap_err().to_string();
        assert!(slip.contains("\"Foret et al. 2020\""), "{slip}");
        assert_eq!(at_arxiv("2401.12033"), work("becker2024momentum"));
        assert_eq!(at_arxiv("2010.01412"), work("foret2021sharpness"));
    }
}
