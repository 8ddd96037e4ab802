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

/// The edits of a run; whether it is hidden is the one thing that is true or false.
fn run_edits(table: &toml::Table) -> Result<Vec<Edit>, BadScene> {
    let hidden = table.get("hidden").and_then(toml::Value::as_bool);
    let mut said = edits(table.iter().filter(|(key, _)| !(hidden.is_some() && *key == "hidden")))?;
    said.extend(hidden.map(|hidden| Edit { key: "hidden".to_owned(), value: hidden.to_string() }));
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
mod tests {
    use super::*;
    use crate::scene::builtin;

    #[test]
    fn a_scene_comes_back_as_it_was_written() {
        for name in builtin::names() {
            let scene = builtin::find(name).unwrap();
            assert_eq!(read(&write(&scene)).unwrap(), scene, "{name}");
        }
        let mut scene = builtin::opening();
        scene.seed = u64::MAX;
        scene.shared.start = Some(vec![1e-300, -0.1]);
        assert_eq!(read(&write(&scene)).unwrap(), scene);
    }

    const RUNS: &str = "
        base = \"momentum\"
        seed_batches = 5
        [[run]]
        ascent = \"none\"
        hidden = true
        [[run]]
        name = \"square\"
        p = inf
        rho = 0.1
        momentum = 0.5
        [[run]]
        eta_schedule = \"step\"
        eta_every = 7
        start = [0.1, 0.2]
        seed_ascent = 3
    ";

    #[test]
    fn runs_come_back_as_they_were_written() {
        let scene = read(RUNS).unwrap();
        assert_eq!(scene.runs.len(), 3);
        assert_eq!(scene.spec(1).base.get("momentum"), Some(0.5));
        assert_eq!(scene.spec(0).base.get("momentum"), Some(0.9));
        assert_eq!(scene.spec(2).eta_schedule.get("every"), Some(7.0));
        let written = write(&scene);
        assert_eq!(read(&written).unwrap(), scene, "{written}");
    }

    #[test]
    fn what_no_run_can_have_is_refused_with_its_place() {
        for (text, said) in [
            ("[[run]]\nrho = 1\n[[run]]\nsteps = 3", "number 2: steps is the scene's"),
            ("[[run]]\nrho = -1", "number 1: rho = -1"),
            ("[[run]]\nrhoo = 1", "did you mean rho?"),
            ("[[run]]\nstart = [1]", "has 1 weights"),
            ("[[run]]\nname = \"A\"", "not a run's name"),
            ("run = 3", "[[run]]"),
            ("run = []", "leave it out"),
            ("rho = [1]", "rho takes one value"),
            ("[[run]]\neta = [0.1]", "eta takes one value"),
            ("[run]\nrho = 1", "[[run]]"),
        ] {
            let error = read(text).unwrap_err().to_string();
            assert!(error.contains(said), "{text}: {error}");
        }
    }

    #[test]
    fn a_key_with_a_space_is_the_key_and_said_twice_it_is_refused() {
        assert_eq!(read("\" rho \" = 0.2").unwrap(), read("rho = 0.2").unwrap());
        assert!(read("rho = 0.1\n\" rho\" = 0.2").is_err());
        assert_eq!(read("\" landscape \" = \"quadratic\"").unwrap().subject.dimension(), 2);
    }

    #[test]
    fn infinity_can_be_written_as_a_number_and_as_a_word() {
        assert_eq!(read("p = inf").unwrap(), read("p = \"inf\"").unwrap());
    }

    #[test]
    fn a_broken_file_is_answered_with_its_line() {
        let error = read("rho = 0.1\neta = = 2\n").unwrap_err().to_string();
        assert!(error.contains("line 2"), "{error}");
    }

    #[test]
    fn a_format_from_the_future_is_said_so() {
        assert!(matches!(read("format = 9"), Err(BadScene::Format(_))));
        assert_eq!(read("format = \"2\"").unwrap(), read("format = 2").unwrap());
        for never in ["0", "-3", "1.5", "\"two\""] {
            assert!(matches!(read(&format!("format = {never}")), Err(BadScene::NoFormat(_))));
        }
    }
}
