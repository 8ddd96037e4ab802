//! The user's folder in a path: `~/figure.png` where no shell has expanded it.

use std::path::{Component, Path, PathBuf};

/// `path` with a leading `~` replaced by the user's folder; unchanged where there is no such folder.
///
/// Shells expand `~` at the start of a word only, so that it arrives here from `--output=~/a.png` and from the
/// window. Another user's `~name` is left as it is: it may be the name of a file.
#[must_use]
pub fn expanded(path: &Path) -> PathBuf {
    expanded_in(path, std::env::home_dir())
}

fn expanded_in(path: &Path, home: Option<PathBuf>) -> PathBuf {
    let mut parts = path.components();
    let in_home = parts.next() == Some(Component::Normal("~".as_ref()));
    match home {
        Some(home) if in_home && !home.as_os_str().is_empty() => home.join(parts.as_path()),
        _ => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_leading_tilde_is_the_users_folder() {
        let home = Some(PathBuf::from("/home/ada"));
        let to = |path: &str| expanded_in(Path::new(path), home.clone());
        assert_eq!(to("~/fig.png"), Path::new("/home/ada/fig.png"));
        for path in ["a/~/fig.png", "~bob/fig.png", "fig~.png", "/fig.png", "-"] {
            assert_eq!(to(path), Path::new(path));
        }
    }

    #[test]
    fn without_a_users_folder_a_tilde_is_a_name() {
        assert_eq!(expanded_in(Path::new("~/a"), None), Path::new("~/a"));
    }
}
