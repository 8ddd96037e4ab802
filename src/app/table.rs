//! A table of points that is about to be opened: how it is read, what it looks like, what comes of it.

use std::io::Read as _;
use std::path::{Path, PathBuf};

pub use crate::origin::is_table;
use crate::problem::points::{Glance, Wanted};
use crate::scene::keys::{self, Edit};
use crate::scene::{Scene, builtin};
use crate::typed::{because, expanded};

/// A table that is about to be opened.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Its file.
    pub path: PathBuf,
    /// What is said of how it is written.
    pub wanted: Wanted,
    /// What it is, read so; nothing before it was read.
    pub found: Option<Found>,
}

/// What a table is.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// What was said when it was read.
    pub wanted: Wanted,
    /// What it looks like, or why it is none.
    pub glance: Result<Glance, String>,
    /// The scene of its points, or why there is none.
    pub scene: Result<Box<Scene>, String>,
    /// What comes of it, in words.
    pub told: String,
}

impl Found {
    /// Reads a table.
    #[must_use]
    pub fn of(path: &Path, wanted: &Wanted) -> Self {
        let path = expanded(path);
        let mut head = Vec::new();
        let file = std::fs::File::open(&path);
        let read = file.and_then(|file| file.take(Glance::BYTES).read_to_end(&mut head));
        let glance = match read {
            Ok(_) => Glance::of(&head, wanted).map_err(|why| why.to_string()),
            Err(error) => Err(because(&error).to_string()),
        };
        let scene = scene(&path, wanted).map(Box::new);
        let told = scene.as_ref().map(|scene| told(scene)).unwrap_or_default();
        Self { wanted: wanted.clone(), glance, scene, told }
    }
}

/// How many points a scene has, and what is learnt from them.
fn told(scene: &Scene) -> String {
    let Ok(points) = scene.points() else { return String::new() };
    let count = points.places.len();
    match points.labels {
        Some(labels) => {
            let ones = labels.iter().filter(|&&label| label == 1).count();
            format!("{count} points: two classes, {} and {ones}", count - ones)
        }
        None => format!("{count} points: y is learnt from x"),
    }
}

/// The opening scene on the points of a table.
fn scene(path: &Path, wanted: &Wanted) -> Result<Scene, String> {
    let Wanted { x, y, label, separator, decimal, header } = wanted;
    let file = Some(path.to_string_lossy().into_owned());
    let said = [
        (keys::FILE, &file),
        ("data_x", x),
        ("data_y", y),
        ("data_label", label),
        ("data_separator", separator),
        ("data_decimal", decimal),
        ("data_header", header),
    ];
    let edits = said
        .into_iter()
        .filter_map(|(key, value)| Some(Edit { key: key.to_owned(), value: value.clone()? }));
    let mut scene = builtin::opening();
    keys::apply(&mut scene, &edits.collect::<Vec<_>>()).map_err(|why| why.to_string())?;
    Ok(scene)
}
