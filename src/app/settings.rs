//! What somebody set about the window and finds again: which sections are folded, how large type is, light or dark.
//!
//! ```toml
//! turned = ["About this scene", "Schedules"]   # sections that are not as they come
//! size = 1.2
//! theme = "dark"
//! motion = "reduced"
//! recent = ["/home/somebody/mine.toml"]
//!
//! [figure]                                        # see `chosen`
//! format = "pdf"
//! ```
//!
//! Nothing depends on this file: what is missing or broken in it is as it comes.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

use super::chosen::Chosen;
use super::motion::Motion;
use super::recent;
use super::scale::WISHES;
use super::widgets::fold::Folds;
use crate::export::file;
use crate::figure::palette::Theme;

/// What is found again.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Settings {
    /// Which sections are folded.
    pub folds: Folds,
    /// How large everything is wished to be; nothing said is one.
    pub size: Option<f32>,
    /// Light or dark; nothing said is as the system has it.
    pub theme: Option<Theme>,
    /// Whether pictures move; nothing said is as the system has it.
    pub motion: Option<Motion>,
    /// What was chosen for the last figure that was saved.
    pub figure: Chosen,
    /// The files that were opened and saved last, the latest first.
    pub recent: Vec<PathBuf>,
}

/// The keys of the file.
const TURNED: &str = "turned";
const SIZE: &str = "size";
const THEME: &str = "theme";
const MOTION: &str = "motion";
const RECENT: &str = "recent";
const FIGURE: &str = "figure";

/// What themes are called in the file.
const THEMES: [(&str, Theme); 2] = [("light", Theme::Light), ("dark", Theme::Dark)];

/// What motion is called in the file.
const MOTIONS: [(&str, Motion); 2] = [("full", Motion::Full), ("reduced", Motion::Reduced)];

/// A file that is longer than this is not ours, in bytes.
const LONGEST: u64 = 1 << 16;

/// The file in the folder where programs of this system keep what they are told; none where the system names no folder.
#[must_use]
pub fn place() -> Option<PathBuf> {
    folder(|name| std::env::var_os(name).map(PathBuf::from), std::env::home_dir())
        .map(|folder| folder.join("samscope").join("settings.toml"))
}

/// The folder of settings, by the system's own variables and the home of whoever uses it.
fn folder(named: impl Fn(&str) -> Option<PathBuf>, home: Option<PathBuf>) -> Option<PathBuf> {
    // A relative path would lead to another folder wherever the program is started: the XDG base directory
    // specification says to leave it out.
    let named = |name| named(name).filter(|path| path.is_absolute());
    let home = home.filter(|path| path.is_absolute());
    if cfg!(windows) {
        named("APPDATA")
    } else if cfg!(target_os = "macos") {
        home.map(|home| home.join("Library").join("Application Support"))
    } else {
        named("XDG_CONFIG_HOME").or_else(|| home.map(|home| home.join(".config")))
    }
}

impl Settings {
    /// The settings of a file; those that come with the program where it cannot be read.
    #[must_use]
    pub fn load(path: &Path) -> Self {
        let mut text = String::new();
        let read = File::open(path).and_then(|file| file.take(LONGEST).read_to_string(&mut text));
        read.map(|_| Self::of_text(&text)).unwrap_or_default()
    }

    /// Keeps them; a folder that cannot be written is no trouble to anybody, and next time all is as it comes.
    pub fn keep(&self, path: &Path) {
        if Self::load(path) == *self {
            return;
        }
        if let Some(folder) = path.parent() {
            let _ = fs::create_dir_all(folder);
        }
        let _ = file::save(path, self.text().as_bytes());
    }

    /// What a text says, key by key; what cannot be is left out.
    fn of_text(text: &str) -> Self {
        let table: Table = toml::from_str(text).unwrap_or_default();
        let titles = table.get(TURNED).and_then(Value::as_array).into_iter().flatten();
        #[expect(clippy::cast_possible_truncation, reason = "a size that is kept within limits")]
        let size = |size: f64| (size as f32).clamp(WISHES[0], WISHES[1]);
        let number = table.get(SIZE).and_then(|size| {
            size.as_float().or_else(|| size.as_integer().map(|whole| whole as f64))
        });
        let name = |key: &str| table.get(key).and_then(Value::as_str);
        Self {
            folds: Folds::turned(titles.filter_map(Value::as_str)),
            size: number.filter(|size| size.is_finite()).map(size),
            theme: name(THEME).and_then(|name| called(&THEMES, name)),
            motion: name(MOTION).and_then(|name| called(&MOTIONS, name)),
            figure: table
                .get(FIGURE)
                .and_then(Value::as_table)
                .map(Chosen::of_table)
                .unwrap_or_default(),
            recent: recent::read(table.get(RECENT)),
        }
    }

    /// The text that says them.
    fn text(&self) -> String {
        let mut table = Table::new();
        let titles = self.folds.titles().map(|title| Value::String(title.to_owned()));
        table.insert(TURNED.to_owned(), Value::Array(titles.collect()));
        if let Some(size) = self.size {
            table.insert(SIZE.to_owned(), Value::Float(f64::from(size)));
        }
        let mut name = |key: &str, name: Option<&str>| {
            table.extend(name.map(|name| (key.to_owned(), Value::String(name.to_owned()))));
        };
        name(THEME, self.theme.and_then(|theme| name_of(&THEMES, theme)));
        name(MOTION, self.motion.and_then(|motion| name_of(&MOTIONS, motion)));
        let figure = Some(self.figure.table()).filter(|figure| !figure.is_empty());
        table.extend(figure.map(|figure| (FIGURE.to_owned(), Value::Table(figure))));
        table.extend(recent::value(&self.recent).map(|recent| (RECENT.to_owned(), recent)));
        toml::to_string(&table).unwrap_or_default()
    }
}

/// What is called so.
fn called<T: Copy>(names: &[(&str, T)], name: &str) -> Option<T> {
    names.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
}

/// What it is called.
fn name_of<'n, T: Copy + PartialEq>(names: &[(&'n str, T)], value: T) -> Option<&'n str> {
    names.iter().find(|(_, known)| *known == value).map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::files::Image;
    use proptest::prelude::*;

    fn some() -> Settings {
        Settings {
            folds: Folds::turned(["Schedules", "About this scene"].into_iter()),
            size: Some(1.25),
            theme: Some(Theme::Dark),
            motion: Some(Motion::Reduced),
            figure: Chosen { image: Image::Pdf, ..Chosen::default() },
            recent: vec![PathBuf::from("/home/somebody/mine.toml")],
        }
    }

    #[test]
    fn what_is_kept_is_found_again_and_a_folder_is_made_for_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new").join("settings.toml");
        assert_eq!(Settings::load(&path), Settings::default());
        some().keep(&path);
        assert_eq!(Settings::load(&path), some());
        Settings::default().keep(&path);
        assert_eq!(Settings::load(&path), Settings::default());
    }

    #[test]
    fn a_broken_file_is_as_none_and_what_is_sound_in_it_is_used() {
        for text in ["", "turned = 3", "]]", "size = \"large\"\ntheme = 4", "theme = \"green\""] {
            assert_eq!(Settings::of_text(text), Settings::default(), "{text}");
        }
        let half = Settings::of_text("size = inf\ntheme = \"dark\"\nturned = [1, \"Schedules\"]");
        let folds = Folds::turned(["Schedules"].into_iter());
        assert_eq!(half, Settings { folds, theme: Some(Theme::Dark), ..Settings::default() });
        assert_eq!(Settings::of_text("size = 1000").size, Some(WISHES[1]));
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Settings::load(folder.path()), Settings::default(), "a folder is no file");
        std::fs::write(folder.path().join("bytes"), [0xff, 0xfe, 0x00]).unwrap();
        assert_eq!(Settings::load(&folder.path().join("bytes")), Settings::default());
        // Where a file stands in place of the folder nothing is kept, and nothing breaks.
        some().keep(&folder.path().join("bytes").join("settings.toml"));
    }

    #[test]
    fn settings_are_where_the_system_keeps_them_and_a_relative_folder_is_none() {
        let home = PathBuf::from("/home/somebody");
        let nothing = |_: &str| None;
        let relative = |_: &str| Some(PathBuf::from("here"));
        assert_eq!(folder(nothing, None), None);
        assert_eq!(folder(relative, None), None);
        if !cfg!(windows) {
            assert!(folder(relative, Some(home.clone())).unwrap().starts_with(home));
        }
    }

    proptest! {
        #[test]
        fn no_text_breaks_them(text in ".{0,200}") {
            let settings = Settings::of_text(&text);
            prop_assert_eq!(Settings::of_text(&settings.text()), settings);
        }
    }
}
