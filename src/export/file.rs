//! Files are written beside their place and renamed into it: what was there stays until the new one is whole.

use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {}: {source}{}", path.display(), advice(path))]
pub struct CannotWrite {
    path: PathBuf,
    source: std::io::Error,
}

/// What would help, where it is known.
fn advice(path: &Path) -> String {
    let folder = folder(path);
    if folder.is_dir() {
        String::new()
    } else {
        format!("; there is no folder {}, make it or choose another", folder.display())
    }
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Whether `path` could be written, asked before long work is done for it.
///
/// # Errors
/// When it is a folder, or its folder does not exist.
pub fn check(path: &Path) -> Result<(), CannotWrite> {
    let because = |source| CannotWrite { path: path.to_owned(), source };
    if path.is_dir() {
        return Err(because(std::io::Error::other("it is a folder; add a file name")));
    }
    if !folder(path).is_dir() {
        return Err(because(std::io::Error::from(std::io::ErrorKind::NotFound)));
    }
    Ok(())
}

/// Writes `bytes` to `path`, wholly or not at all.
///
/// # Errors
/// When the folder does not exist, is not writable, or the disk is full; what was at `path` is then still there.
pub fn save(path: &Path, bytes: &[u8]) -> Result<(), CannotWrite> {
    let because = |source| CannotWrite { path: path.to_owned(), source };
    check(path)?;
    let mut beside =
        tempfile::Builder::new().prefix(".samscope-").tempfile_in(folder(path)).map_err(because)?;
    beside.write_all(bytes).map_err(because)?;
    beside.as_file().sync_all().map_err(because)?;
    readable(&beside).map_err(because)?;
    beside.persist(path).map_err(|error| because(error.error))?;
    Ok(())
}

/// A temporary file is for its owner's eyes; a saved one is like any other that the user makes.
#[cfg(unix)]
fn readable(file: &tempfile::NamedTempFile) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_: &tempfile::NamedTempFile) -> std::io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_as_a_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("figure.png");
        save(&path, b"old").unwrap();
        save(&path, b"new").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"new");
        assert_eq!(
            std::fs::read_dir(folder.path()).unwrap().count(),
            1,
            "nothing else is left behind"
        );
    }

    #[test]
    fn a_missing_folder_is_named_and_not_made() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("missing").join("figure.png");
        let message = save(&path, b"new").unwrap_err().to_string();
        assert!(message.contains("no folder"), "{message}");
        assert!(!folder.path().join("missing").exists());
    }
}
