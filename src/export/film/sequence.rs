//! A film as a numbered sequence of PNG, `frames/%04d.png`: each whole, and each carries the step that it shows.
//!
//! All of them come to their places at the end, so that a film that is cancelled or fails leaves none.

use std::path::{Path, PathBuf};

use super::{Camera, CannotFilm, Film, Watch};
use crate::export::file::{self, CannotWrite, Held, Target};
use crate::export::png;
use crate::optim::moment::Moment;
use crate::origin::Origin;

/// The names of a sequence: a path with one place for a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sequence {
    before: String,
    digits: usize,
    after: String,
}

/// More digits than any film has frames.
const MOST_DIGITS: usize = 9;

impl Sequence {
    /// The names that `path` gives, where its file name has a place for a number: `%d`, `%4d` or `%04d`.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        let text = path.to_str()?;
        let name = text.len() - path.file_name()?.len();
        let at = name + text[name..].find('%')?;
        let (digits, after) = text[at + 1..].split_once('d')?;
        let digits = if digits.is_empty() { 1 } else { digits.parse().ok()? };
        (digits <= MOST_DIGITS).then(|| Self {
            before: text[..at].to_owned(),
            digits,
            after: after.to_owned(),
        })
    }

    /// The path of the `k`-th picture, counted from 0.
    #[must_use]
    pub fn path(&self, k: usize) -> PathBuf {
        let Self { before, digits, after } = self;
        PathBuf::from(format!("{before}{k:0digits$}{after}"))
    }

    /// Whether all pictures of a film could be written, asked before long work.
    ///
    /// # Errors
    /// When one could not.
    pub fn check(&self, film: &Film) -> Result<(), CannotWrite> {
        [0, film.steps.count() - 1].into_iter().try_for_each(|k| file::check(&self.path(k)))
    }

    /// Writes the film, a picture a frame.
    ///
    /// # Errors
    /// When a frame cannot be drawn or written, or `watch` breaks off; no picture is left then.
    pub fn write(&self, film: &Film, watch: Watch<'_>) -> Result<(), CannotFilm> {
        let mut held: Vec<Held> = Vec::new();
        let steps: Vec<usize> = film.steps.iter().collect();
        Camera::of(film).roll(watch, |k, picture| {
            let origin = Origin::of(&film.shot.scene, Moment::Step(steps[k]));
            let bytes = png::encoded(picture, film.scale.into(), Some(&origin))?;
            held.push(Held::new(&Target::from(&self.path(k)), &bytes)?);
            Ok(())
        })?;
        Ok(held.into_iter().try_for_each(Held::commit)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_counted_in_the_place_for_a_number() {
        let path = |pattern: &str, k| Sequence::of(Path::new(pattern)).map(|names| names.path(k));
        assert_eq!(path("frames/%04d.png", 7), Some(PathBuf::from("frames/0007.png")));
        assert_eq!(path("a%d.png", 12), Some(PathBuf::from("a12.png")));
        for pattern in ["film.gif", "100%/film.png", "a%x.png", "%99999999999d.png", "%"] {
            assert_eq!(path(pattern, 0), None, "{pattern}");
        }
    }
}
