//! A file that grows at its place while long work goes on, and is gone on with after an interruption.
//!
//! What was [flushed](std::io::Write::flush) is on the disk, whatever becomes of the program or of the machine.

use std::fs::{self, File, TryLockError};
use std::io::{self, BufReader, Seek as _, SeekFrom, Write};
use std::path::PathBuf;

use super::resolve::{self, Place};
use super::{CannotWrite, Target};
use crate::typed::Trouble;

/// A regular file that is read from its beginning and written at its end.
pub struct Growing {
    target: Target,
    path: PathBuf,
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
        let file = File::options().read(true).write(true).create(true).truncate(false).open(&path);
        let file = file.map_err(|error| CannotWrite::new(target, &error))?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => {
                let words = "another samscope is writing it; wait for it, or choose another name";
                Err(said(Trouble::new(words)))
            }
            // Some disks know no locks.
            Ok(()) | Err(TryLockError::Error(_)) => {
                Ok(Some(Self { target: target.clone(), path, file }))
            }
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
        let mut synced = Synced { file: &self.file, length: bytes };
        let written = cut.and_then(|_| content(&mut synced));
        written.map_err(|error| CannotWrite::new(&self.target, &error))?;
        let length = synced.length;
        // A file that is gone, or another one in its place, is none that anybody will find this in.
        match fs::metadata(&self.path) {
            Ok(found) if found.len() == length => Ok(()),
            Ok(_) | Err(_) => Err(self.refused(TOUCHED)),
        }
    }

    /// Why it is not gone on with, for instance since it is about something else.
    #[must_use]
    pub fn refused(&self, why: impl Into<String>) -> CannotWrite {
        CannotWrite { target: self.target.clone(), trouble: Trouble::new(why) }
    }
}

/// What is said of a file that somebody else removed or changed.
const TOUCHED: &str = "it was removed or changed while it was written; run the sweep again, which goes on with what is whole";

/// A file of which everything is on the disk after it was flushed.
struct Synced<'a> {
    file: &'a File,
    /// How long it is, if nobody else touched it.
    length: u64,
}

impl Write for Synced<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.file.metadata()?.len() < self.length {
            return Err(io::Error::other(TOUCHED));
        }
        let written = self.file.write(bytes)?;
        self.length += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.sync_data()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn grown(path: &Path, meddle: impl Fn(&Path)) -> Result<(), CannotWrite> {
        let target = Target::of(path.as_os_str());
        let mut file = Growing::open(&target)?.expect("a regular file");
        file.go_on(0, |out| {
            out.write_all(b"one\n")?;
            out.flush()?;
            meddle(path);
            out.write_all(b"two\n")?;
            out.flush()
        })
    }

    #[test]
    fn a_file_that_somebody_else_removed_or_cut_is_no_success() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("table.csv");
        grown(&path, |_| ()).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"one\ntwo\n");
        let meddled: [fn(&Path); 2] =
            [|path| fs::remove_file(path).unwrap(), |path| fs::write(path, "").unwrap()];
        for meddle in meddled {
            let said = grown(&path, meddle).unwrap_err().to_string();
            assert!(said.contains("removed or changed"), "{said}");
        }
    }
}
