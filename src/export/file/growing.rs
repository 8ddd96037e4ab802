//! A file that grows at its place while long work goes on, and is gone on with after an interruption.
//!
//! What was [flushed](std::io::Write::flush) is on the disk, whatever becomes of the program or of the machine.

use std::fs::{File, TryLockError};
use std::io::{self, BufReader, Seek as _, SeekFrom, Write};

use super::resolve::{self, Place};
use super::{CannotWrite, Target};
use crate::typed::Trouble;

/// A regular file that is read from its beginning and written at its end.
pub struct Growing {
    target: Target,
    file: File,
}

impl Growing {
    /// Opens the file of `target`, or makes an empty one; none where it is a device, a pipe or the standard output.
    ///
    /// # Errors
    /// When it cannot be opened, or another program is writing it in the same way.
    pub fn open(target: &Target) -> Result<Option<Self>, CannotWrite> {
        let Some(path) = target.path() else { return Ok(None) };
        let said = |trouble| CannotWrite { target: target.clone(), trouble };
        let Place::Renamed { path, .. } = resolve::place(path).map_err(said)? else {
            return Ok(None);
        };
        let file = File::options().read(true).write(true).create(true).truncate(false).open(path);
        let file = file.map_err(|error| CannotWrite::new(target, &error))?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => {
                let words = "another samscope is writing it; wait for it, or choose another name";
                Err(said(Trouble::new(words)))
            }
            // Some disks know no locks.
            Ok(()) | Err(TryLockError::Error(_)) => Ok(Some(Self { target: target.clone(), file })),
        }
    }

    /// Reads what is there from the beginning.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read<T>(
        &mut self,
        by: impl FnOnce(BufReader<&File>) -> io::Result<T>,
    ) -> Result<T, CannotWrite> {
        let read = self.file.rewind().and_then(|()| by(BufReader::new(&self.file)));
        read.map_err(|error| CannotWrite::new(&self.target, &error))
    }

    /// Keeps so many bytes, and writes behind them what `content` streams.
    ///
    /// # Errors
    /// When it cannot be written; what was flushed before is still there.
    pub fn go_on(
        &mut self,
        bytes: u64,
        content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), CannotWrite> {
        let cut = self.file.set_len(bytes).and_then(|()| self.file.seek(SeekFrom::Start(bytes)));
        let written = cut.and_then(|_| content(&mut Synced(&self.file)));
        written.map_err(|error| CannotWrite::new(&self.target, &error))
    }

    /// Why it is not gone on with, for instance since it is about something else.
    #[must_use]
    pub fn refused(&self, why: impl Into<String>) -> CannotWrite {
        CannotWrite { target: self.target.clone(), trouble: Trouble::new(why) }
    }
}

/// A file of which everything is on the disk after it was flushed.
struct Synced<'a>(&'a File);

impl Write for Synced<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.sync_data()
    }
}
