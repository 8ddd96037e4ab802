//! The papers that come with the program, as files of `assets/papers`.

use std::sync::LazyLock;

use super::Paper;
use crate::catalog::UnknownId;

macro_rules! papers {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../assets/papers/", $name, ".toml")))),*]
    };
}

/// Every paper: its name and its file.
const PAPERS: &[(&str, &str)] = papers![
    "wells",
    "bouncing",
    "ravine",
    "sam_edge",
    "sharpening",
    "edge_of_stability",
    "trapped",
    "beale",
    "minor_first",
    "hallucinated",
    "late",
    "borrowed",
    "normalised",
    "far_from_home",
    "minimalist",
    "forbidden",
    "balance",
    "clean_weighs_more",
];

/// Every paper, read once.
static READ: LazyLock<Vec<(&'static str, Paper)>> = LazyLock::new(|| {
    // The tests read every one: none is left out.
    PAPERS.iter().filter_map(|(name, text)| Some((*name, super::read(text).ok()?))).collect()
});

/// All papers with their names.
pub fn all() -> impl Iterator<Item = (&'static str, &'static Paper)> {
    READ.iter().map(|(name, paper)| (*name, paper))
}

/// The names of all papers.
pub fn names() -> impl Iterator<Item = &'static str> {
    PAPERS.iter().map(|(name, _)| *name)
}

/// The paper whose scene this is, or was before some of its numbers were changed.
#[must_use]
pub fn of_scene(title: &str) -> Option<(&'static str, &'static Paper)> {
    all().find(|(_, paper)| paper.scene.title == title)
}

/// The paper called `name`.
///
/// # Errors
/// Names the nearest paper, or all, when there is none of that name.
pub fn find(name: &str) -> Result<&'static Paper, UnknownId> {
    let found = all().find(|(known, _)| *known == name);
    found.map(|(_, paper)| paper).ok_or_else(|| UnknownId::new("paper", name, names()))
}

/// The text of the paper called `name`, if there is one.
#[must_use]
pub fn source(name: &str) -> Option<&'static str> {
    PAPERS.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_built_in_paper_can_be_read_and_is_called_otherwise_than_the_rest() {
        let mut titles = std::collections::BTreeSet::new();
        for (name, text) in super::PAPERS {
            let paper = crate::paper::read(text).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert!(titles.insert(paper.scene.title), "{name}");
        }
    }
}
