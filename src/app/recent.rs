//! The files that were opened and saved last.

use std::path::{Path, PathBuf};

use toml::Value;

use super::App;
use crate::typed::expanded;

/// So many are kept.
const MOST: usize = 10;

impl App {
    /// Puts a file at the beginning of those that were opened and saved last.
    pub(super) fn remember(&mut self, path: &Path) {
        let path = std::path::absolute(expanded(path)).unwrap_or_else(|_| path.to_owned());
        self.recent.retain(|other| *other != path);
        self.recent.insert(0, path);
        self.recent.truncate(MOST);
    }

    /// The files that were opened and saved last, the latest first.
    #[must_use]
    pub fn recent(&self) -> &[PathBuf] {
        &self.recent
    }
}

/// Those that a settings file names.
pub(super) fn read(value: Option<&Value>) -> Vec<PathBuf> {
    let paths = value.and_then(Value::as_array).into_iter().flatten();
    paths.filter_map(Value::as_str).map(PathBuf::from).take(MOST).collect()
}

/// How a settings file names them; names that are no text are left out.
pub(super) fn value(recent: &[PathBuf]) -> Option<Value> {
    let paths = recent.iter().filter_map(|path| path.to_str());
    let paths: Vec<Value> = paths.map(|path| Value::String(path.to_owned())).collect();
    (!paths.is_empty()).then_some(Value::Array(paths))
}
