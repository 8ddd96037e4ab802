//! A hidden file beside the one that is being written; renamed when it is whole, removed otherwise.
//!
//! ```text
//! .samscope-<hash of the target's name>-<process>-<number>
//! ```
//!
//! While it is written it is locked (`flock`), and a lock ends with its process. A hidden file of the same target
//! without a lock was therefore left by a process that was killed, and the next one that writes there removes it; of other
//! targets in the folder only what is a day old, since files that wait for others to be whole have no lock.

use std::ffi::OsStr;
use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::interrupt;
use super::resolve::folder;

/// A hidden file that is removed when this is dropped.
pub(super) struct Temporary {
    path: PathBuf,
}

/// Names that are tried before giving up. One is taken only where another process with our number wrote here.
const NAMES: usize = 100;

impl Temporary {
    /// Makes a hidden file beside `target`, open and locked, with the permissions and owner of `old`.
    pub(super) fn beside(target: &Path, old: Option<&Metadata>) -> io::Result<(Self, File)> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let prefix = prefix(target.file_name().unwrap_or_default());
        remove_stale(folder(target), &prefix);
        for _ in 0..NAMES {
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            let name = format!("{prefix}{}-{number}", std::process::id());
            let path = folder(target).join(name);
            let file = match interrupt::guarded(&path, || create(&path, old)) {
                Ok(file) => file,
                Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
                Err(error) => return Err(error),
            };
            let this = Self { path };
            // Where files cannot be locked, nothing is ever taken for stale either. Between its making and its lock
            // the file may have been taken for stale by someone else: then the next name is tried.
            let _ = file.lock();
            if fs::symlink_metadata(&this.path).is_err() {
                continue;
            }
            if let Some(old) = old {
                keep(&file, old)?;
            }
            return Ok((this, file));
        }
        Err(io::Error::other("no hidden file can be made beside it"))
    }

    /// Puts the file into the place of `target`.
    pub(super) fn becomes(self, target: &Path) -> io::Result<()> {
        fs::rename(&self.path, target)
        // Dropped here: its name is forgotten, and there is nothing left to remove.
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
        interrupt::forget(&self.path);
    }
}

/// The start of the names of all hidden files of one target. A hash, since names may be as long as the system allows.
fn prefix(name: &OsStr) -> String {
    // FNV-1a: stable between versions, unlike the standard library's.
    let hash = name.as_encoded_bytes().iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!(".samscope-{hash:016x}-")
}

/// Nobody draws pictures that wait for each other for longer.
const OLD: Duration = Duration::from_secs(24 * 60 * 60);

/// Removes what killed processes left of the same target, and long ago of others.
fn remove_stale(folder: &Path, prefix: &str) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let is_of_it = name.as_encoded_bytes().starts_with(prefix.as_bytes());
        let is_old = || {
            let written = entry.metadata().and_then(|found| found.modified());
            written.is_ok_and(|then| then.elapsed().is_ok_and(|age| age > OLD))
        };
        let is_ours = is_of_it || (is_hidden(&name) && is_old());
        if is_ours && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            let unlocked = File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok());
            if unlocked {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// Whether a file is called as this program calls hidden ones.
fn is_hidden(name: &OsStr) -> bool {
    let Some(rest) = name.to_str().and_then(|name| name.strip_prefix(".samscope-")) else {
        return false;
    };
    let parts: Vec<&str> = rest.split('-').collect();
    let [hash, process, number] = parts[..] else { return false };
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    let is_hash = hash.len() == 16 && hash.bytes().all(|it| it.is_ascii_hexdigit());
    is_hash && are_digits(process) && are_digits(number)
}

/// A new file: one that replaces another is for its owner's eyes until it has the other's permissions.
fn create(path: &Path, old: Option<&Metadata>) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(if old.is_some() { 0o600 } else { 0o666 });
    }
    #[cfg(not(unix))]
    let _ = old;
    options.open(path)
}

/// Gives `file` the owner, where we may, and the permissions of `old`.
fn keep(file: &File, old: &Metadata) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt as _, fchown};
        let new = file.metadata()?;
        if (new.uid(), new.gid()) != (old.uid(), old.gid()) {
            let _ = fchown(file, Some(old.uid()), Some(old.gid()));
        }
    }
    file.set_permissions(old.permissions())
}
