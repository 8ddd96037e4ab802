//! Writing results: to a file, wholly or not at all; to a device, a pipe or the terminal, straight.
//!
//! ```text
//! a regular file, or nothing yet    written beside its place, then renamed into it; links are followed
//! a device, FIFO, pipe, socket      opened and written into; never replaced
//! -, /dev/stdout, /dev/fd/1         the standard output
//! ```
//!
//! A table that is hours in the making [grows](Growing) at its place instead, so that what is there is kept.
//!
//! A file keeps its permissions and, where the system lets us, its owner; a new one gets 0666 without the umask, like
//! any file that a program makes. One without any permission to write is refused, also to root.
//!
//! [`check`] before long work, then [`save`] for bytes at hand or [`write()`] for a stream:
//!
//! ```no_run
//! # use samscope::export::file::{self, Target};
//! let target = Target::of("~/run.csv".as_ref());
//! file::check(&target)?;
//! file::write(&target, |out| out.write_all(b"run,step\n"))?;
//! # Ok::<(), samscope::export::file::CannotWrite>(())
//! ```

use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::typed::{Trouble, because, echo_path};

mod growing;
mod held;
mod interrupt;
mod resolve;
mod target;
mod temporary;

pub use growing::Growing;
pub use held::Held;
use resolve::Place;
pub use target::{Target, UnknownEnding, unused};
use temporary::Temporary;

/// Bytes that are gathered before they are written. Larger pieces gain nothing; smaller ones cost a call each.
const BUFFER: usize = 1 << 16;

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {target}: {trouble}")]
pub struct CannotWrite {
    target: Target,
    trouble: Trouble,
}

impl CannotWrite {
    fn new(target: &Target, error: &io::Error) -> Self {
        Self { target: target.clone(), trouble: because(error) }
    }
}

/// Whether `target` could be written, asked before long work is done for it.
///
/// # Errors
/// When it is a folder or read-only, its folder does not exist, or no file can be made there.
pub fn check(target: impl Into<Target>) -> Result<(), CannotWrite> {
    let target = target.into();
    let Target::Path(path) = &target else { return Ok(()) };
    let said = |trouble| CannotWrite { target: target.clone(), trouble };
    match resolve::place(path).map_err(said)? {
        Place::Straight { .. } => Ok(()),
        Place::Renamed { path, old } => match Temporary::beside(&path, old.as_ref()) {
            Ok(_) => Ok(()),
            Err(error) => Err(CannotWrite::new(&target, &error)),
        },
    }
}

/// Whether writing `target` would overwrite the file `source` that is being read.
///
/// # Errors
/// When both are one file, whatever they are called.
pub fn check_apart(target: impl Into<Target>, source: &Path) -> Result<(), CannotWrite> {
    let target = target.into();
    let is_same = target.path().is_some_and(|path| resolve::is_same_file(path, source));
    if !is_same {
        return Ok(());
    }
    let words = "it is the file that is being read; choose another name";
    Err(CannotWrite { target, trouble: Trouble::new(words) })
}

/// Writes `bytes` to `target`, wholly or not at all where it is a file.
///
/// # Errors
/// When it cannot be written, or the disk is full; what was there is then still there.
pub fn save(target: impl Into<Target>, bytes: &[u8]) -> Result<(), CannotWrite> {
    write(target, |out| out.write_all(bytes))
}

/// Writes to `target` what `content` streams, wholly or not at all where it is a file.
///
/// A reader of a pipe who has seen enough is no error: `content` is stopped, and all is well.
///
/// # Errors
/// As [`save`]; also when `content` fails.
pub fn write(
    target: impl Into<Target>,
    content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), CannotWrite> {
    let target = target.into();
    let mut out = target.create()?;
    match content(&mut out) {
        Ok(()) => out.commit(),
        Err(_) if out.has_lost_its_reader => Ok(()),
        Err(error) => Err(CannotWrite::new(&target, &error)),
    }
}

/// A target that is being written. Dropped without [`Output::commit`], a file stays as it was.
pub struct Output {
    target: Target,
    sink: Sink,
    has_lost_its_reader: bool,
}

enum Sink {
    /// Beside its place, to be renamed.
    Beside { out: BufWriter<File>, temporary: Temporary, path: PathBuf },
    /// Into what is there.
    Straight(BufWriter<File>),
    /// The standard output.
    Stdout(BufWriter<io::Stdout>),
}

impl Target {
    /// Opens the target to be written; nothing is replaced before [`Output::commit`].
    ///
    /// # Errors
    /// As [`save`].
    pub fn create(&self) -> Result<Output, CannotWrite> {
        let with = |sink| Output { target: self.clone(), sink, has_lost_its_reader: false };
        let Self::Path(path) = self else {
            return Ok(with(Sink::Stdout(BufWriter::with_capacity(BUFFER, io::stdout()))));
        };
        let said = |trouble| CannotWrite { target: self.clone(), trouble };
        let sink = match resolve::place(path).map_err(said)? {
            Place::Straight { path, appended } => {
                let file = File::options().write(true).append(appended).open(path);
                let file = file.map_err(|error| CannotWrite::new(self, &error))?;
                Sink::Straight(BufWriter::with_capacity(BUFFER, file))
            }
            Place::Renamed { path, old } => {
                let (temporary, file) = Temporary::beside(&path, old.as_ref())
                    .map_err(|error| CannotWrite::new(self, &error))?;
                let out = BufWriter::with_capacity(BUFFER, file);
                Sink::Beside { out, temporary, path }
            }
        };
        Ok(with(sink))
    }
}

impl Output {
    /// Ends the writing: what was written is now at its place.
    ///
    /// # Errors
    /// When the last bytes cannot be written; a file is then as it was.
    pub fn commit(mut self) -> Result<(), CannotWrite> {
        match self.flush() {
            Ok(()) => {}
            Err(_) if self.has_lost_its_reader => return Ok(()),
            Err(error) => return Err(CannotWrite::new(&self.target, &error)),
        }
        let Sink::Beside { out, temporary, path } = self.sink else { return Ok(()) };
        // What the system holds back must be on the disk before the old file goes.
        let renamed = out.get_ref().sync_all().and_then(|()| temporary.becomes(&path));
        renamed.map_err(|error| CannotWrite::new(&self.target, &error))
    }

    fn out(&mut self) -> &mut dyn Write {
        match &mut self.sink {
            Sink::Beside { out, .. } | Sink::Straight(out) => out,
            Sink::Stdout(out) => out,
        }
    }

    fn noted<T>(&mut self, outcome: io::Result<T>) -> io::Result<T> {
        if let Err(error) = &outcome {
            self.has_lost_its_reader |= error.kind() == ErrorKind::BrokenPipe;
        }
        outcome
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let outcome = self.out().write(bytes);
        self.noted(outcome)
    }

    fn flush(&mut self) -> io::Result<()> {
        let outcome = self.out().flush();
        self.noted(outcome)
    }
}

impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Stdout => f.write_str("to the standard output"),
            Self::Path(path) => f.write_str(&echo_path(path)),
        }
    }
}

/// What is at `path` itself, links not followed; `None` where nothing is.
fn there(path: &Path) -> io::Result<Option<fs::Metadata>> {
    match fs::symlink_metadata(path) {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests;
