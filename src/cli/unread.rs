//! What of a table of points is not read: columns that are neither x nor y nor labels.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use crate::problem::points::{Glance, Wanted};
use crate::scene::keys::Edit;
use crate::typed::{echo_path, expanded};

/// Which columns of the table at `path`, read as the edits say, play no part, in words; nothing where all do, or where it is
/// no table, which is said elsewhere.
pub(super) fn columns(path: &Path, edits: &[Edit]) -> Option<String> {
    let said = |key: &str| {
        let last = edits.iter().rfind(|edit| edit.key == key);
        last.map(|edit| edit.value.clone())
    };
    let wanted = Wanted {
        x: said("data_x"),
        y: said("data_y"),
        label: said("data_label"),
        separator: said("data_separator"),
        decimal: said("data_decimal"),
        header: said("data_header"),
    };
    // Whoever says which columns are meant knows of the others.
    if [&wanted.x, &wanted.y, &wanted.label].into_iter().any(Option::is_some) {
        return None;
    }
    let mut head = Vec::new();
    File::open(expanded(path)).ok()?.take(Glance::BYTES).read_to_end(&mut head).ok()?;
    let found = Glance::of(&head, &wanted).ok()?;
    let read = found.columns.ok()?;
    let idle: Vec<&str> = (0..found.names.len())
        .filter(|column| !read.contains(&Some(*column)))
        .map(|column| found.names[column].as_str())
        .collect();
    let [x, y] = [read[0]?, read[1]?].map(|column| &found.names[column]);
    let path = echo_path(path);
    match &idle[..] {
        [] => None,
        [one] => Some(format!(
            "{path}: {one} plays no part beside x = {x} and y = {y}; data_label says which column has classes, data_x and data_y which are meant"
        )),
        more => Some(format!(
            "{path}: {} columns play no part beside x = {x} and y = {y}; data_label says which column has classes, data_x and data_y which are meant",
            more.len()
        )),
    }
}
