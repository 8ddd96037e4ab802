//! Scenes as TOML that a person can read and write.
//!
//! ```toml
//! format = 2
//! data = "clique_and_crowd"
//! rho = 0.15
//!
//! [[run]]
//! ascent = "none"
//!
//! [[run]]
//! name = "square"
//! p = inf
//!
//! [[run]]
//! ascent = "none"
//! [[run.then]]
//! at = 20
//! ascent = "sam"
//! ```
//!
//! A file says only what it wants to say; the rest is that of the ground of its format, which never changes. Its keys
//! are those of `--set`, and in a `[[run]]` those of `--run`. A file without `format` has format 1. Format 2 has runs;
//! files written as format 1 have none and get the default two.

use std::path::{Path, PathBuf};

use super::keys::{self, BadEdit, Edit};
use super::run::{BadRuns, Runs};
use super::text::{self, CannotRead};
use super::{Scene, grounds};
use crate::problem::points::BadPoints;
use crate::typed::{echo, echo_path};

mod kept;
mod write;

pub use kept::kept;
pub use write::{run_in_words, write};

/// The newest version, which this program writes.
const FORMAT: i64 = 2;

/// Why a text is no scene.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum BadScene {
    /// Not TOML.
    #[error("it is not TOML: {0}")]
    Syntax(String),
    /// Neither TOML nor points.
    #[error("it is not TOML; read as a table of points: {0}")]
    Points(BadPoints),
    /// A format from the future.
    #[error(
        "it has format {0}, and this samscope reads formats 1 and {FORMAT}; a newer samscope may read it"
    )]
    Format(String),
    /// A format that never was.
    #[error("format = {0} is none; say format = {FORMAT}, or leave it out for format 1")]
    NoFormat(String),
    /// A table or the like where a plain value belongs.
    #[error("{key} is {found}; use a number, a text or a list of numbers")]
    Shape {
        /// The key.
        key: String,
        /// What it is.
        found: &'static str,
    },
    /// A list where one value belongs.
    #[error("{key} takes one value, and here stands a list; write it without [ ]")]
    List {
        /// The key.
        key: String,
    },
    /// Something else than a list of changes, or a change without a step.
    #[error(
        "a change of a run is a [[run.then]] with at = 20, or another step, and what holds from there on; here {0}"
    )]
    NoChange(&'static str),
    /// A file named where no file is read: in a picture, a word, or on a pipe.
    #[error(
        "data_file names a file, which only a scene in a file can do; say data_points in its place"
    )]
    NoFolder,
    /// A list of no runs.
    #[error("run = [] is no run; leave it out for the usual two, or write a [[run]] for each")]
    NoRun,
    /// A key or value that no scene can have.
    #[error(transparent)]
    Edit(#[from] BadEdit),
    /// A key or value that no run can have.
    #[error("in [[run]] number {place}: {source}")]
    Run {
        /// Which run, counted from one.
        place: usize,
        /// Why.
        source: BadEdit,
    },
    /// A list of runs that no scene can have.
    #[error(transparent)]
    Runs(#[from] BadRuns),
}

/// Why a file could not be opened as a scene.
#[derive(Debug, thiserror::Error)]
pub enum CannotOpen {
    /// It could not be read.
    #[error(transparent)]
    Unreadable(#[from] CannotRead),
    /// It is no scene.
    #[error("{} is not a scene: {source}", echo_path(path))]
    Bad {
        /// The file.
        path: PathBuf,
        /// Why.
        source: BadScene,
    },
}

/// Reads the scene in `path`, or from the standard input where it is `-`.
///
/// # Errors
/// When the file cannot be read, or is no scene.
pub fn open(path: &Path) -> Result<Scene, CannotOpen> {
    let text = text::read(path)?;
    read_in(&text, path.parent().unwrap_or(Path::new("")))
        .map_err(|source| CannotOpen::Bad { path: path.to_owned(), source })
}

/// The same, where files that it names are beside it in `folder`.
///
/// # Errors
/// As [`read`].
pub fn read_in(text: &str, folder: &Path) -> Result<Scene, BadScene> {
    read_table(text, Some(folder))
}

/// What a file says that says nothing: the ground of the newest format.
#[must_use]
pub fn ground() -> Scene {
    grounds::of_format_1()
}

/// The scene that `text` describes, on the ground of its format.
///
/// # Errors
/// When `text` is not TOML, or says what no scene can be.
pub fn read(text: &str) -> Result<Scene, BadScene> {
    read_table(text, None)
}

fn read_table(text: &str, folder: Option<&Path>) -> Result<Scene, BadScene> {
    let mut table: toml::Table =
        toml::from_str(text).map_err(|error| BadScene::Syntax(one_line(&error, text)))?;
    match (table.get(keys::FILE).and_then(toml::Value::as_str), folder) {
        (Some(_), None) => return Err(BadScene::NoFolder),
        (Some(path), Some(folder)) if !path.starts_with('~') => {
            let path = folder.join(path).to_string_lossy().into_owned();
            table.insert(keys::FILE.to_owned(), path.into());
        }
        (Some(_) | None, _) => {}
    }
    let mut scene = match table.get("format") {
        None => grounds::of_format_1(),
        Some(format) => match whole(format) {
            Some(1 | FORMAT) => grounds::of_format_1(),
            found => {
                let said = echo(&format.to_string());
                let is_newer = found.is_some_and(|found| found > FORMAT);
                return Err(if is_newer {
                    BadScene::Format(said)
                } else {
                    BadScene::NoFormat(said)
                });
            }
        },
    };
    read_onto(&mut scene, &table)?;
    Ok(scene)
}

/// Applies what a file says to `scene`, or a part of a file: its keys are the same.
///
/// # Errors
/// When it says what no scene can be; `scene` may then be changed in part.
pub fn read_onto(scene: &mut Scene, table: &toml::Table) -> Result<(), BadScene> {
    let said = table.iter().filter(|(key, _)| !["format", RUN].contains(&key.as_str()));
    keys::apply(scene, &edits(said)?)?;
    let Some(runs) = table.get(RUN) else { return Ok(()) };
    let shape =
        || BadScene::Shape { key: RUN.to_owned(), found: "no list of tables; write [[run]]" };
    let mut asked = Vec::new();
    if runs.as_array().is_some_and(Vec::is_empty) {
        return Err(BadScene::NoRun);
    }
    for (place, run) in runs.as_array().ok_or_else(shape)?.iter().enumerate() {
        let table = run.as_table().ok_or_else(shape)?;
        let wished = run_edits(table)?;
        let run = keys::run(scene, &wished);
        asked.push(run.map_err(|source| BadScene::Run { place: place + 1, source })?);
    }
    scene.runs = Runs::of(asked)?;
    scene.check_size().map_err(|error| BadEdit::Refused(error.to_string()))?;
    Ok(())
}

/// The key of the list of runs.
const RUN: &str = "run";

fn edits<'a>(
    said: impl Iterator<Item = (&'a String, &'a toml::Value)>,
) -> Result<Vec<Edit>, BadScene> {
    said.map(|(key, value)| Ok(Edit { key: key.clone(), value: plain(key, value)? })).collect()
}

/// The key of the changes of a run.
const THEN: &str = "then";

/// The edits of a run, and of its changes after them; whether it is hidden is the one thing that is true or false.
fn run_edits(table: &toml::Table) -> Result<Vec<Edit>, BadScene> {
    let hidden = table.get("hidden").and_then(toml::Value::as_bool);
    let is_plain = |key: &str| key != THEN && !(hidden.is_some() && key == "hidden");
    if table.keys().any(|key| key.trim() == keys::AT) {
        return Err(BadScene::NoChange("at stands outside of one"));
    }
    let mut said = edits(table.iter().filter(|(key, _)| is_plain(key)))?;
    said.extend(hidden.map(|hidden| Edit { key: "hidden".to_owned(), value: hidden.to_string() }));
    let Some(then) = table.get(THEN) else { return Ok(said) };
    let list = then.as_array().ok_or(BadScene::NoChange("then is no list of tables"))?;
    for change in list {
        let change = change.as_table().ok_or(BadScene::NoChange("then is no list of tables"))?;
        let (at, rest): (Vec<_>, Vec<_>) =
            change.iter().partition(|(key, _)| key.trim() == keys::AT);
        if at.is_empty() {
            return Err(BadScene::NoChange("one has no step"));
        }
        said.extend(edits(at.into_iter().chain(rest))?);
    }
    Ok(said)
}

/// The parser's complaint without its drawing, and the line it is about.
fn one_line(error: &toml::de::Error, text: &str) -> String {
    let message = error.message().replace('\n', " ");
    match error.span() {
        Some(span) => {
            let line = 1 + text.bytes().take(span.start).filter(|&byte| byte == b'\n').count();
            format!("{message} (line {line})")
        }
        None => message,
    }
}

/// A whole number, or a text that is one.
fn whole(value: &toml::Value) -> Option<i64> {
    value.as_integer().or_else(|| value.as_str()?.trim().parse().ok())
}

/// A TOML value as it would be typed after `--set key=`.
fn plain(key: &str, value: &toml::Value) -> Result<String, BadScene> {
    let shape = |found| BadScene::Shape { key: echo(key), found };
    match value {
        toml::Value::String(text) => Ok(text.clone()),
        toml::Value::Integer(number) => Ok(number.to_string()),
        toml::Value::Float(number) => Ok(number.to_string()),
        toml::Value::Array(_) if !keys::takes_list(key) => Err(BadScene::List { key: echo(key) }),
        toml::Value::Array(list) => {
            let parts: Result<Vec<_>, _> = list.iter().map(|item| plain(key, item)).collect();
            Ok(parts?.join(","))
        }
        toml::Value::Boolean(_) => Err(shape("true or false")),
        toml::Value::Datetime(_) => Err(shape("a date")),
        toml::Value::Table(_) => Err(shape("a table")),
    }
}

#[cfg(test)]
mod tests;
