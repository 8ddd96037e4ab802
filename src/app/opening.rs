//! Opens a table of points: it is read beside the window as often as it is said otherwise how it is written.

use std::path::{Path, PathBuf};

use super::App;
use super::files::News;
use super::table::{Found, Table};
use super::toasts::Tone;
use crate::problem::points::Wanted;

impl App {
    /// The table that is about to be opened.
    #[must_use]
    pub fn table(&self) -> Option<&Table> {
        self.view.table.as_ref()
    }

    /// Looks at a table before it is opened.
    pub(super) fn look_at_table(&mut self, path: PathBuf) {
        self.view.form = None;
        self.view.table = Some(Table { path, wanted: Wanted::default(), found: None });
        self.read_table();
    }

    /// Reads the table that is looked at as it is said now, beside the window.
    pub(super) fn read_table(&mut self) {
        let Some(Table { path, wanted, .. }) = self.view.table.clone() else { return };
        self.files.start(move || News::Tabled(path.clone(), Box::new(Found::of(&path, &wanted))));
    }

    /// Takes in what a table is, unless it was said otherwise meanwhile.
    pub(super) fn hear_of_table(&mut self, path: &Path, found: Found) {
        if let Some(table) = &mut self.view.table
            && table.path == path
            && table.wanted == found.wanted
        {
            table.found = Some(found);
        }
    }

    /// Opens the points of the table that is looked at.
    pub(super) fn take_table(&mut self) {
        let Some(table) = self.view.table.take() else { return };
        let Some(Ok(scene)) = table.found.map(|found| found.scene) else { return };
        self.show(*scene);
        self.safe.note(Some(&table.path), &self.scene);
        self.remember(&table.path);
        let name = table.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        self.last_file = Some(table.path);
        self.toasts.say(Tone::Good, format!("{name}: its points are in the scene now"));
    }
}
