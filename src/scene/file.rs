//! Scenes as TOML that a person can read and write.
//!
//! ```toml
//! format = 1
//! data = "clique_and_crowd"
//! rho = 0.15
//! start = [0.6, -0.3]
//! ```
//!
//! A file says only what it wants to say; the rest is the opening scene's. Its keys are those of `--set`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::keys::{self, BadEdit, Edit};
use super::{Fit, Scene, Subject, builtin};
use crate::catalog::Value;
use crate::problem::batches::{BatchSize, Order};

/// The version that this program writes.
const FORMAT: i64 = 1;

/// Why a text is no scene.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum BadScene {
    /// Not TOML.
    #[error("it is not TOML: {0}")]
    Syntax(String),
    /// A format from the future.
    #[error(
        "it has format {0}, and this samscope reads format {FORMAT}; a newer samscope may read it"
    )]
    Format(String),
    /// A table or the like where a plain value belongs.
    #[error("{key} is {found}; use a number, a text or a list of numbers")]
    Shape {
        /// The key.
        key: String,
        /// What it is.
        found: &'static str,
    },
    /// A key or value that no scene can have.
    #[error(transparent)]
    Edit(#[from] BadEdit),
}

/// Why a file could not be opened as a scene.
#[derive(Debug, thiserror::Error)]
pub enum CannotOpen {
    /// The file could not be read.
    #[error("cannot read the scene {}: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// It is no scene.
    #[error("{} is not a scene: {source}", path.display())]
    Bad {
        /// The file.
        path: PathBuf,
        /// Why.
        source: BadScene,
    },
}

/// Reads the scene in `path`.
///
/// # Errors
/// When the file cannot be read, or is no scene.
pub fn open(path: &Path) -> Result<Scene, CannotOpen> {
    let text = std::fs::read_to_string(path)
        .map_err(|source| CannotOpen::Unreadable { path: path.to_owned(), source })?;
    read(&text).map_err(|source| CannotOpen::Bad { path: path.to_owned(), source })
}

/// The scene that `text` describes, on the ground of the opening scene.
///
/// # Errors
/// When `text` is not TOML, or says what no scene can be.
pub fn read(text: &str) -> Result<Scene, BadScene> {
    let mut scene = builtin::opening();
    scene.title.clear();
    read_onto(&mut scene, text)?;
    Ok(scene)
}

/// Applies what `text` says to `scene`.
pub(super) fn read_onto(scene: &mut Scene, text: &str) -> Result<(), BadScene> {
    let table: toml::Table =
        toml::from_str(text).map_err(|error| BadScene::Syntax(one_line(&error, text)))?;
    let mut edits = Vec::new();
    for (key, value) in &table {
        if key == "format" {
            if value.as_integer() != Some(FORMAT) {
                return Err(BadScene::Format(value.to_string()));
            }
            continue;
        }
        edits.push(Edit { key: key.clone(), value: plain(key, value)? });
    }
    keys::apply(scene, &edits)?;
    Ok(())
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

/// A TOML value as it would be typed after `--set key=`.
fn plain(key: &str, value: &toml::Value) -> Result<String, BadScene> {
    let shape = |found| BadScene::Shape { key: key.to_owned(), found };
    match value {
        toml::Value::String(text) => Ok(text.clone()),
        toml::Value::Integer(number) => Ok(number.to_string()),
        toml::Value::Float(number) => Ok(number.to_string()),
        toml::Value::Array(list) => {
            let parts: Result<Vec<_>, _> = list.iter().map(|item| plain(key, item)).collect();
            Ok(parts?.join(","))
        }
        toml::Value::Boolean(_) => Err(shape("true or false")),
        toml::Value::Datetime(_) => Err(shape("a date")),
        toml::Value::Table(_) => Err(shape("a table")),
    }
}

/// `scene` as TOML; reading it back gives an equal scene.
#[must_use]
pub fn write(scene: &Scene) -> String {
    let mut text = String::new();
    let mut line = |key: &str, value: toml::Value| {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{key} = {value}");
    };
    let named = |id: &str| toml::Value::String(id.to_owned());
    line("format", toml::Value::Integer(FORMAT));
    if !scene.title.is_empty() {
        line("title", named(&scene.title));
    }
    match &scene.subject {
        Subject::Formula(landscape) => line("landscape", named(landscape.id())),
        Subject::Fit(Fit { data, model, loss }) => {
            line("data", named(data.id()));
            line("model", named(model.id()));
            line("loss", named(loss.id()));
        }
    }
    line("base", named(scene.base.id()));
    line("ascent", named(scene.ascent.id()));
    line("eta", toml::Value::Float(scene.eta.get()));
    line("rho", toml::Value::Float(scene.ball.rho.get()));
    line("p", toml::Value::Float(scene.ball.norm.p()));
    line("steps", named_number(scene.steps.get() as u64));
    line("seed", named_number(scene.seed));
    line("l2", toml::Value::Float(scene.l2.get()));
    line("test", toml::Value::Float(scene.test.get()));
    match scene.batch {
        BatchSize::Full => line("batch", named("full")),
        BatchSize::Of(size) => line("batch", named_number(size.get() as u64)),
    }
    match scene.order {
        Order::Shuffled => line("order", named("shuffled")),
        Order::Sequential => line("order", named("sequential")),
    }
    let list = |numbers: &[f64]| {
        toml::Value::Array(numbers.iter().map(|&x| toml::Value::Float(x)).collect())
    };
    if let Some(start) = &scene.start {
        line("start", list(start));
    }
    if let Some(window) = scene.window {
        line("window", list(&[window.x[0], window.x[1], window.y[0], window.y[1]]));
    }
    line("slice", named(scene.slice.id()));
    for schedule in [("eta_schedule", &scene.eta_schedule), ("rho_schedule", &scene.rho_schedule)] {
        line(schedule.0, named(schedule.1.id()));
    }
    for parameter in keys::parameters(scene) {
        let value = match parameter.value {
            Value::Number(number) => toml::Value::Float(number),
            Value::Choice(_) | Value::Text(_) | Value::Path(_) => {
                named(&parameter.value.to_string())
            }
        };
        line(&parameter.key, value);
    }
    text
}

/// A whole number; TOML's own go no further than i64, beyond which it is written as a text.
fn named_number(number: u64) -> toml::Value {
    i64::try_from(number)
        .map_or_else(|_| toml::Value::String(number.to_string()), toml::Value::Integer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scene_comes_back_as_it_was_written() {
        for name in builtin::names() {
            let scene = builtin::find(name).unwrap();
            assert_eq!(read(&write(&scene)).unwrap(), scene, "{name}");
        }
        let mut scene = builtin::opening();
        scene.seed = u64::MAX;
        scene.start = Some(vec![1e-300, -0.1]);
        assert_eq!(read(&write(&scene)).unwrap(), scene);
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
    }
}
