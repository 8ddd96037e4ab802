use std::fs::{self, Permissions};
use std::path::PathBuf;

use super::*;

/// A folder for one test, and a path in it.
fn scratch(name: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    (folder, path)
}

fn names(folder: &Path) -> Vec<String> {
    let name = |entry: io::Result<fs::DirEntry>| entry.unwrap().file_name().into_string().unwrap();
    let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(name).collect();
    names.sort();
    names
}

#[test]
fn a_file_is_replaced_as_a_whole() {
    let (folder, path) = scratch("figure.png");
    save(&path, b"old").unwrap();
    save(&path, b"new").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"new");
    assert_eq!(names(folder.path()), ["figure.png"], "nothing else is left behind");
}

#[test]
fn a_stream_that_fails_leaves_the_old_file() {
    let (folder, path) = scratch("run.csv");
    save(&path, b"old").unwrap();
    let failed = write(&path, |out| {
        out.write_all(&[b'x'; 200_000])?;
        Err(io::Error::other("no more"))
    });
    assert!(failed.unwrap_err().to_string().contains("no more"));
    assert_eq!(fs::read(&path).unwrap(), b"old");
    assert_eq!(names(folder.path()), ["run.csv"]);
}

#[test]
fn what_is_dropped_without_a_commit_was_never_there() {
    let (folder, path) = scratch("run.csv");
    let mut out = Target::from(&path).create().unwrap();
    out.write_all(b"half").unwrap();
    drop(out);
    assert!(names(folder.path()).is_empty());
}

#[test]
fn a_missing_folder_is_named_and_not_made() {
    let (folder, path) = scratch("missing/deeper/figure.png");
    let message = save(&path, b"new").unwrap_err().to_string();
    let missing = folder.path().join("missing");
    assert!(message.contains(&format!("no folder {};", missing.display())), "{message}");
    assert!(!missing.exists());
}

#[test]
fn a_file_in_the_way_of_a_folder_is_said_to_be_one() {
    let (folder, path) = scratch("x.csv/figure.png");
    fs::write(folder.path().join("x.csv"), "").unwrap();
    for path in [path, folder.path().join("x.csv/deeper/figure.png")] {
        let message = check(&path).unwrap_err().to_string();
        assert!(message.contains("x.csv is not a folder"), "{message}");
    }
}

#[test]
fn a_folder_is_no_file() {
    let folder = tempfile::tempdir().unwrap();
    for path in [folder.path().to_owned(), folder.path().join("new/")] {
        let message = check(&path).unwrap_err().to_string();
        assert!(message.contains("folder"), "{message}");
    }
}

#[test]
fn what_can_be_written_is_checked_without_a_trace() {
    let (folder, path) = scratch("figure.png");
    check(&path).unwrap();
    assert!(names(folder.path()).is_empty());
}

#[test]
fn what_a_killed_process_left_is_removed_by_the_next_writer() {
    let (folder, path) = scratch("figure.png");
    let (temporary, file) = Temporary::beside(&path, None).unwrap();
    drop(file);
    std::mem::forget(temporary);
    assert_eq!(names(folder.path()).len(), 1);
    save(folder.path().join("other.png").as_path(), b"new").unwrap();
    assert_eq!(names(folder.path()).len(), 2, "another target's file is not touched");
    save(&path, b"new").unwrap();
    assert_eq!(names(folder.path()), ["figure.png", "other.png"]);
}

#[test]
fn what_was_left_of_another_target_goes_once_it_is_old_and_nobody_holds_it() {
    let (folder, path) = scratch("figure.png");
    let old = std::time::SystemTime::now() - std::time::Duration::from_secs(2 * 24 * 60 * 60);
    let left = |name: &str, when: Option<std::time::SystemTime>| {
        let file = fs::File::create(folder.path().join(name)).unwrap();
        if let Some(when) = when {
            file.set_modified(when).unwrap();
        }
        file
    };
    let [gone, held, new, other] = [
        ".samscope-0123456789abcdef-7-0",
        ".samscope-0123456789abcdef-8-0",
        ".samscope-0123456789abcdef-9-0",
        ".samscope-notes-7-0",
    ];
    drop(left(gone, Some(old)));
    let lock = left(held, Some(old));
    lock.lock().unwrap();
    drop(left(new, None));
    drop(left(other, Some(old)));
    save(&path, b"new").unwrap();
    assert_eq!(names(folder.path()), [held, new, other, "figure.png"]);
}

#[test]
fn two_writers_of_one_target_do_not_disturb_each_other() {
    let (folder, path) = scratch("figure.png");
    let mut one = Target::from(&path).create().unwrap();
    let mut other = Target::from(&path).create().unwrap();
    one.write_all(b"one").unwrap();
    other.write_all(b"other").unwrap();
    other.commit().unwrap();
    one.commit().unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"one");
    assert_eq!(names(folder.path()), ["figure.png"]);
}

#[test]
fn a_scene_is_not_overwritten_by_its_own_table() {
    let (folder, path) = scratch("my.toml");
    fs::write(&path, "rho = 0.1").unwrap();
    let message = check_apart(&path, &path).unwrap_err().to_string();
    assert!(message.contains("being read"), "{message}");
    let again = folder.path().join("./my.toml");
    assert!(check_apart(&again, &path).is_err());
    assert!(check_apart(&folder.path().join("other.toml"), &path).is_ok());
    assert!(check_apart(&Target::Stdout, &path).is_ok());
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o7777
    }

    #[test]
    fn a_file_keeps_its_permissions() {
        let (_folder, path) = scratch("figure.png");
        for kept in [0o660, 0o600, 0o644, 0o777] {
            fs::write(&path, "old").unwrap();
            fs::set_permissions(&path, Permissions::from_mode(kept)).unwrap();
            save(&path, b"new").unwrap();
            assert_eq!(mode(&path), kept);
        }
    }

    #[test]
    fn a_new_file_is_as_open_as_the_users_others() {
        let (folder, path) = scratch("figure.png");
        let usual = folder.path().join("usual");
        fs::write(&usual, "").unwrap();
        save(&path, b"new").unwrap();
        assert_eq!(mode(&path), mode(&usual));
    }

    #[test]
    fn a_read_only_file_is_refused() {
        let (_folder, path) = scratch("figure.png");
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o444)).unwrap();
        let message = check(&path).unwrap_err().to_string();
        assert!(message.contains("read-only"), "{message}");
        assert!(save(&path, b"new").is_err());
        assert_eq!(fs::read(&path).unwrap(), b"old");
    }

    #[test]
    fn links_are_followed_to_their_end() {
        let (folder, path) = scratch("real.png");
        fs::create_dir(folder.path().join("links")).unwrap();
        let (first, second) =
            (folder.path().join("links/a.png"), folder.path().join("links/b.png"));
        symlink("../real.png", &second).unwrap();
        symlink(&second, &first).unwrap();
        for content in [b"made through the link", b"and written once more"] {
            save(&first, content).unwrap();
            assert_eq!(fs::read(&path).unwrap(), content);
        }
        assert!(fs::symlink_metadata(&first).unwrap().is_symlink());
        assert_eq!(names(&folder.path().join("links")), ["a.png", "b.png"]);
    }

    #[test]
    fn a_link_that_leads_back_to_itself_is_refused() {
        let (_folder, path) = scratch("loop.png");
        symlink(&path, &path).unwrap();
        let message = check(&path).unwrap_err().to_string();
        assert!(message.contains("leads back"), "{message}");
    }

    #[test]
    fn devices_are_written_into_and_stay_devices() {
        use std::os::unix::fs::FileTypeExt as _;
        let (folder, link) = scratch("null.csv");
        symlink("/dev/null", &link).unwrap();
        for path in [link.as_path(), Path::new("/dev/null")] {
            check(path).unwrap();
            save(path, b"nothing").unwrap();
            assert!(fs::metadata(path).unwrap().file_type().is_char_device());
        }
        assert_eq!(names(folder.path()), ["null.csv"]);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_full_disk_is_said_in_words() {
        let message = save(Path::new("/dev/full"), b"something").unwrap_err().to_string();
        assert!(message.contains("the disk is full"), "{message}");
        assert!(!message.contains("os error"), "{message}");
    }
}
