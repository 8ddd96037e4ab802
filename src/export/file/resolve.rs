//! What a path leads to: a file that is replaced as a whole, or something that is written into.

use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use super::there;
use crate::typed::{Trouble, because, echo_path};

/// Where bytes for a path really go.
pub(super) enum Place {
    /// A regular file, or none yet, at the end of all links.
    Renamed {
        /// The end of the links.
        path: PathBuf,
        /// What is there.
        old: Option<Metadata>,
    },
    /// Anything else, to be opened and written into.
    Straight {
        /// As it was asked for.
        path: PathBuf,
        /// Whether it is a file that someone else has open, as `/dev/fd/3` of a shell, to be written at its end.
        appended: bool,
    },
}

/// Links that are followed before they are said to lead nowhere; Linux stops at 40 too.
const LINKS: usize = 40;

/// Follows `path` to what is there.
pub(super) fn place(path: &Path) -> Result<Place, Trouble> {
    let mut end = path.to_owned();
    for _ in 0..LINKS {
        if is_descriptor(&end) {
            return straight(path);
        }
        let found = there(&end).map_err(|error| missing(&end, &error))?;
        match found {
            Some(found) if found.is_symlink() => {
                let link = fs::read_link(&end).map_err(|error| because(&error))?;
                end = folder(&end).join(link);
            }
            Some(found) if found.is_file() => return file(end, found),
            Some(found) if found.is_dir() => {
                return Err(Trouble::new("it is a folder; add a file name"));
            }
            Some(_) => return straight(path),
            None => return nothing(end),
        }
    }
    Err(Trouble::new("it is a link that leads back to itself"))
}

/// Whether a path names something that a process has open; such links cannot be followed by their text.
fn is_descriptor(path: &Path) -> bool {
    path.starts_with("/dev/fd")
        || (path.starts_with("/proc") && path.iter().any(|part| part == "fd"))
}

fn straight(path: &Path) -> Result<Place, Trouble> {
    let found = fs::metadata(path).map_err(|error| because(&error))?;
    Ok(Place::Straight { path: path.to_owned(), appended: found.is_file() })
}

fn file(path: PathBuf, old: Metadata) -> Result<Place, Trouble> {
    if old.permissions().readonly() {
        return Err(Trouble::new("it is read-only; choose another name, or make it writable"));
    }
    // Asked of the system, which also knows about other users' files.
    fs::File::options().write(true).open(&path).map_err(|error| because(&error))?;
    Ok(Place::Renamed { path, old: Some(old) })
}

fn nothing(path: PathBuf) -> Result<Place, Trouble> {
    // "new/" and "a/.." name a folder, which does not exist.
    if path.file_name().is_none() || path.as_os_str().as_encoded_bytes().ends_with(b"/") {
        return Err(Trouble::new("there is no such folder; make it, and add a file name"));
    }
    match fs::metadata(folder(&path)) {
        Ok(found) if found.is_dir() => Ok(Place::Renamed { path, old: None }),
        Ok(_) => Err(no_folder(folder(&path))),
        Err(error) => Err(missing(&path, &error)),
    }
}

/// Why nothing can be at `path`: the first part of it that is missing or is no folder.
fn missing(path: &Path, error: &io::Error) -> Trouble {
    let mut above: Vec<&Path> = path.ancestors().skip(1).collect();
    above.reverse();
    let named = above.into_iter().filter(|folder| !folder.as_os_str().is_empty());
    for folder in named {
        match fs::metadata(folder) {
            Ok(found) if !found.is_dir() => return no_folder(folder),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let folder = echo_path(folder);
                let words = format!("there is no folder {folder}; make it or choose another");
                return Trouble::new(words);
            }
            _ => {}
        }
    }
    because(error)
}

fn no_folder(path: &Path) -> Trouble {
    Trouble::new(format!("{} is not a folder; choose another", echo_path(path)))
}

/// The folder that holds `path`.
pub(super) fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Whether two paths lead to one regular file, by links of either kind too.
pub(super) fn is_same_file(a: &Path, b: &Path) -> bool {
    let (Ok(one), Ok(other)) = (fs::metadata(a), fs::metadata(b)) else { return false };
    one.is_file() && other.is_file() && is_same(a, b, &one, &other)
}

#[cfg(unix)]
fn is_same(_: &Path, _: &Path, one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

#[cfg(not(unix))]
fn is_same(a: &Path, b: &Path, _: &Metadata, _: &Metadata) -> bool {
    fs::canonicalize(a).ok() == fs::canonicalize(b).ok()
}
