//! A file that is written and waits: several of them come to their places together, or not at all.

use std::io::Write as _;
use std::path::PathBuf;

use super::temporary::Temporary;
use super::{CannotWrite, Output, Sink, Target};

/// Bytes that are on the disk and not yet at their place. Dropped without [`Held::commit`], nothing is left of them.
///
/// What is no file, as a device, was written straight into.
pub struct Held {
    target: Target,
    file: Option<(Temporary, PathBuf)>,
}

impl Held {
    /// Writes `bytes` beside the place of `target`.
    ///
    /// # Errors
    /// As [`save`](super::save).
    pub fn new(target: &Target, bytes: &[u8]) -> Result<Self, CannotWrite> {
        let mut out = target.create()?;
        let written = out.write_all(bytes).and_then(|()| out.flush());
        written.map_err(|error| CannotWrite::new(target, &error))?;
        let Output { target, sink, .. } = out;
        let file = match sink {
            Sink::Beside { out, temporary, path } => {
                let synced = out.get_ref().sync_all();
                synced.map_err(|error| CannotWrite::new(&target, &error))?;
                // The file is closed here: there may be more of them than can be open.
                Some((temporary, path))
            }
            Sink::Straight(_) | Sink::Stdout(_) => None,
        };
        Ok(Self { target, file })
    }

    /// Brings it to its place.
    ///
    /// # Errors
    /// When it cannot be renamed.
    pub fn commit(self) -> Result<(), CannotWrite> {
        let Some((temporary, path)) = self.file else { return Ok(()) };
        temporary.becomes(&path).map_err(|error| CannotWrite::new(&self.target, &error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn files_come_to_their_places_together_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let names = ["a", "b"].map(|name| folder.path().join(name));
        let hold = || names.clone().map(|path| Held::new(&Target::Path(path), b"x").unwrap());
        let there = || fs::read_dir(folder.path()).unwrap().count();
        drop(hold());
        assert_eq!(there(), 0);
        for held in hold() {
            held.commit().unwrap();
        }
        assert_eq!(there(), 2);
        assert!(names.iter().all(|path| fs::read(path).unwrap() == b"x"));
    }
}
