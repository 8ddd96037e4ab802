//! The origin of a picture: the scene, the moment and the version that it was drawn from, as a text that it carries.
//!
//! ```toml
//! samscope = "0.1.0"
//! step = 40                        # or gradients = 60; the last step where neither is said
//! scene = '''…a scene file…'''
//! ```
//!
//! A PNG has it in a chunk of text, a GIF in a comment, an SVG in its metadata, a PDF among its keywords, and [`short`]
//! packs it into a word for chat and slides. Whoever takes a scene file takes any of these: [`open`].

use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::optim::moment::Moment;
use crate::problem::datasets::POINTS;
use crate::problem::points::{Points, Wanted};
use crate::scene::Scene;
use crate::scene::builtin;
use crate::scene::file::{self, BadScene};
use crate::scene::keys::{self, Edit};
use crate::scene::text::{CannotRead, Source};
use crate::typed::{echo, echo_path};

pub mod picture;
pub mod short;

/// What a picture was drawn from.
#[derive(Debug, Clone, PartialEq)]
pub struct Origin {
    /// The scene.
    pub scene: Scene,
    /// The moment shown; none where only a scene is told.
    pub at: Option<Moment>,
    /// The version of samscope that wrote it.
    pub version: String,
}

/// Why a text, or a picture, tells no origin.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum BadOrigin {
    /// A picture that this program did not make, or that lost what it carried.
    #[error(
        "it carries no scene that can be read: other programs drop it when they save a picture, and damage destroys it; open the file that samscope wrote"
    )]
    Nothing,
    /// A picture whose scene is there and was damaged.
    #[error(
        "the scene that it carries is damaged; open the file that samscope wrote, or a copy of it"
    )]
    Damaged,
    /// A picture that cannot be read.
    #[error("it cannot be read as {kind}: {why}")]
    Broken {
        /// What it should be.
        kind: &'static str,
        /// Why it is none.
        why: String,
    },
    /// A text of another shape.
    #[error("what it carries is not what samscope writes: {0}")]
    Shape(String),
    /// A scene that cannot be read, of a picture by this version.
    #[error("the scene that it carries, written by samscope {version}, cannot be read: {why}")]
    Scene {
        /// Which version wrote it.
        version: String,
        /// Why.
        why: Box<BadScene>,
    },
}

/// Why a file could not be opened as a scene, or as a picture of one.
#[derive(Debug, thiserror::Error)]
pub enum CannotOpen {
    /// It could not be read.
    #[error(transparent)]
    Unreadable(#[from] CannotRead),
    /// Nothing came through a pipe.
    #[error(
        "the standard input is empty; pipe a scene, a picture that samscope made or a table of points into it, or leave out - for the opening scene"
    )]
    Nothing,
    /// It is no scene.
    #[error("{} is not a scene: {why}", echo_path(path))]
    NoScene {
        /// The file.
        path: PathBuf,
        /// Why.
        why: BadScene,
    },
    /// It is a picture without a scene.
    #[error("no scene can be taken from the picture {}: {why}", echo_path(path))]
    NoOrigin {
        /// The file.
        path: PathBuf,
        /// Why.
        why: BadOrigin,
    },
}

/// The keys of the text.
const VERSION: &str = "samscope";
const STEP: &str = "step";
const GRADIENTS: &str = "gradients";
const SCENE: &str = "scene";

impl Origin {
    /// That of a picture of `scene` at a moment, made by this version.
    #[must_use]
    pub fn of(scene: &Scene, at: Moment) -> Self {
        let version = env!("CARGO_PKG_VERSION").to_owned();
        Self { scene: scene.clone(), at: Some(at), version }
    }

    /// The text that a picture carries.
    #[must_use]
    pub fn text(&self) -> String {
        let mut table = toml::Table::new();
        table.insert(VERSION.to_owned(), self.version.clone().into());
        let moment = self.at.map(|at| match at {
            Moment::Step(step) => (STEP, step),
            Moment::Gradients(paid) => (GRADIENTS, paid),
        });
        if let Some((key, count)) = moment {
            table.insert(key.to_owned(), i64::try_from(count).unwrap_or(i64::MAX).into());
        }
        table.insert(SCENE.to_owned(), file::write(&self.scene).into());
        // A table of texts and numbers can always be written.
        toml::to_string(&table).unwrap_or_default()
    }

    /// The origin that `text` tells.
    ///
    /// # Errors
    /// When it is not such a text, or its scene is none that this version can read.
    pub fn read(text: &str) -> Result<Self, BadOrigin> {
        let table: toml::Table = toml::from_str(text)
            .map_err(|error| BadOrigin::Shape(echo(&error.message().replace('\n', " "))))?;
        let said = |key: &str| table.get(key).and_then(toml::Value::as_str);
        let version = said(VERSION).map(echo).unwrap_or_else(|| "of unknown version".to_owned());
        let scene = said(SCENE).ok_or_else(|| BadOrigin::Shape("it has no scene".to_owned()))?;
        let count = |key: &str| {
            let count = table.get(key).and_then(toml::Value::as_integer);
            count.and_then(|count| usize::try_from(count).ok())
        };
        let gradients = || count(GRADIENTS).map(Moment::Gradients);
        let at = count(STEP).map(Moment::Step).or_else(gradients);
        match file::read(scene) {
            Ok(scene) => Ok(Self { scene, at, version }),
            Err(why) => Err(BadOrigin::Scene { version, why: Box::new(why) }),
        }
    }

    /// That of a scene alone.
    #[must_use]
    pub fn bare(scene: Scene) -> Self {
        Self { scene, at: None, version: env!("CARGO_PKG_VERSION").to_owned() }
    }
}

/// Opens a scene file, or a picture that carries one, or reads either from the standard input where `path` is `-`.
///
/// # Errors
/// When the file cannot be read, is no scene, or is a picture without one.
pub fn open(path: &Path) -> Result<Origin, CannotOpen> {
    let mut source = Source::open("scene", path)?;
    let no_origin = |why| CannotOpen::NoOrigin { path: path.to_owned(), why };
    if let Some(kind) = picture::Kind::by_name(path).filter(|_| source.head().is_empty()) {
        return Err(no_origin(BadOrigin::Broken { kind, why: "it is empty".to_owned() }));
    }
    let Some(kind) = picture::Kind::of(source.head()) else {
        let no_scene = |why| CannotOpen::NoScene { path: path.to_owned(), why };
        if is_table(path) {
            return of_table(path, &[]).map(Origin::bare).map_err(no_scene);
        }
        let folder = path.parent().filter(|_| path != Path::new("-"));
        let text = source.text()?;
        if folder.is_none() && path == Path::new("-") && text.trim().is_empty() {
            return Err(CannotOpen::Nothing);
        }
        let scene = folder.map_or_else(|| file::read(&text), |folder| file::read_in(&text, folder));
        let scene = scene.or_else(|why| of_points(&text, why));
        return scene.map(Origin::bare).map_err(no_scene);
    };
    let mut bytes = Vec::new();
    let read = source.reader().take(kind.longest()).read_to_end(&mut bytes);
    read.map_err(|error| source.cannot(&error))?;
    let text = picture::text(kind, &bytes);
    let origin = text.and_then(|text| Origin::read(&text));
    origin.map_err(no_origin)
}

/// Opens a table of points, with what is said of how it is written (`data_x`, `data_separator` and the like).
///
/// # Errors
/// As [`open`].
pub fn open_table(path: &Path, said: &[Edit]) -> Result<Origin, CannotOpen> {
    Source::open("table", path)?;
    let no_scene = |why| CannotOpen::NoScene { path: path.to_owned(), why };
    of_table(path, said).map(Origin::bare).map_err(no_scene)
}

/// Whether a file is named as a table of points.
#[must_use]
pub fn is_table(path: &Path) -> bool {
    let ending = path.extension();
    ending.is_some_and(|it| TABLES.iter().any(|table| it.eq_ignore_ascii_case(table)))
}

/// What tables of points are called.
pub const TABLES: [&str; 2] = ["csv", "tsv"];

/// The opening scene on the points of a table.
fn of_table(path: &Path, said: &[Edit]) -> Result<Scene, BadScene> {
    let mut scene = builtin::opening();
    let value = path.to_string_lossy().into_owned();
    let file = Edit { key: keys::FILE.to_owned(), value };
    keys::apply(&mut scene, &[&[file], said].concat())?;
    Ok(scene)
}

/// The opening scene on points, where a text that is `why` no scene is a table of them under any name.
fn of_points(text: &str, why: BadScene) -> Result<Scene, BadScene> {
    if !matches!(why, BadScene::Syntax(_)) {
        return Err(why);
    }
    let points = match Points::read(text.as_bytes(), &Wanted::default()) {
        Ok(points) => points,
        Err(faulty) if is_like_points(text) => return Err(BadScene::Points(faulty)),
        Err(_) => return Err(why),
    };
    let mut scene = builtin::opening();
    let edit = Edit { key: POINTS.to_owned(), value: points.text() };
    keys::apply(&mut scene, &[edit])?;
    Ok(scene)
}

/// Whether the first lines of a text are cells, some of them numbers, and nothing that TOML has.
fn is_like_points(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(3).collect();
    let cells = |line: &&str| line.split([',', ';', '\t', ' ']).filter(|it| !it.is_empty()).count();
    let is_number = |cell: &str| cell.trim().parse::<f64>().is_ok();
    lines.iter().all(|line| !line.contains(['=', '[', '#']) && cells(line) > 1)
        && lines.iter().any(|line| line.split([',', ';', '\t', ' ']).any(is_number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_is_read_back() {
        for at in [Moment::Step(0), Moment::Step(40), Moment::Gradients(61)] {
            let origin = Origin::of(&builtin::opening(), at);
            assert_eq!(Origin::read(&origin.text()), Ok(origin));
        }
        let bare = Origin::bare(builtin::opening());
        assert_eq!(Origin::read(&bare.text()), Ok(bare));
    }

    #[test]
    fn a_text_of_another_shape_says_so() {
        for text in ["", "step = 3", "]", "scene = 4", "scene = \"rho = 1\\nrhoo = 2\""] {
            assert!(Origin::read(text).is_err(), "{text}");
        }
        let newer = "samscope = \"9.0\"\nscene = \"format = 9\"";
        let said = Origin::read(newer).unwrap_err().to_string();
        assert!(said.contains("9.0") && said.contains("format 9"), "{said}");
        // A moment that cannot be is none.
        assert_eq!(Origin::read("step = -3\nscene = \"\"").unwrap().at, None);
    }
}
