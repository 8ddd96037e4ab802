//! Lessons: pages of text, each with a scene, controls and perhaps a goal that is judged by outcomes.
//!
//! ```text
//! +++
//! title = "Why SAM leaves"            the lesson's front matter
//! +++
//! +++
//! scene = "opening"                   a page's: the scene of the page before, or this one …
//! set = { rho = 0.02 }                … changed by the keys of scene files
//! show = ["rho"]
//! [goal]
//! task = "Make SAM leave."
//! left = true
//! +++
//! # SAM stays                         its text
//! ```
//!
//! A teacher writes one without Rust (`docs/lessons.md`). A lesson says what is shown and judged; it does not know how a
//! window shows it.

use std::path::Path;

use crate::figure::picture::{Future, Sight};
use crate::scene::Scene;
use crate::scene::text::read_a;

mod error;
pub(crate) mod front;
pub(crate) mod fields;
mod formula;
pub mod text;
mod beside;
pub mod controls;
pub mod evidence;
pub mod quantity;
pub mod predicate;
pub(crate) mod asks;
pub mod goal;
mod read;
pub mod laid;
pub mod sheet;
pub mod proof;
pub mod builtin;

pub use beside::Beside;
pub use error::{BadLesson, CannotOpen};

use controls::Controls;
use goal::{Claim, Goal};
use text::{Block, Span};

/// A lesson.
#[derive(Debug, Clone, PartialEq)]
pub struct Lesson {
    /// What it is called.
    pub title: String,
    /// What it is about, in a sentence; may be empty.
    pub about: String,
    /// Its pages in order, one or more.
    pub pages: Vec<Page>,
}

/// A page of a lesson.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Its text.
    pub blocks: Vec<Block>,
    /// What it asks the class; may be empty.
    pub question: Vec<Span>,
    /// What it asks one to reach.
    pub goal: Option<Goal>,
    /// What it says and a test holds.
    pub claims: Vec<Claim>,
    /// What it shows.
    pub scene: Scene,
    /// The step that it stands at; where there is none it plays from the start.
    pub step: Option<usize>,
    /// Whether what comes after the step shown is told.
    pub future: Future,
    /// Where the lenses of the maps are, where it says so.
    pub lens: Option<Sight>,
    /// What stands beside the maps even before a room.
    pub beside: Option<Beside>,
    /// What can be done to the controls.
    pub controls: Controls,
    /// Every number of its scene's changes, its claims and its goal.
    pub numbers: Vec<f64>,
    /// The line of the lesson that it begins in.
    pub line: usize,
    /// Its words as they were typed, each line with its place in the lesson.
    pub lines: Vec<(usize, String)>,
}

/// The template of a new lesson, with what each key does.
pub const TEMPLATE: &str = include_str!("../../assets/lesson-template.md");

/// The lesson that `text` describes.
///
/// # Errors
/// Says which line is wrong, why, and what would be right.
pub fn read(text: &str) -> Result<Lesson, BadLesson> {
    read::read(text)
}

/// Reads the lesson in `path`, or from the standard input where it is `-`.
///
/// # Errors
/// When the file cannot be read, or is no lesson.
pub fn open(path: &Path) -> Result<Lesson, CannotOpen> {
    let text = read_a("lesson", path)?;
    read(&text).map_err(|why| CannotOpen::Bad { path: path.to_owned(), why })
}

impl Page {
    /// The text of its first heading; empty where it has none.
    #[must_use]
    pub fn heading(&self) -> String {
        let heading = self.blocks.iter().find(|block| matches!(block, Block::Heading(_)));
        heading.map(Block::said).unwrap_or_default()
    }

    /// All that it says, to be read aloud.
    #[must_use]
    pub fn said(&self) -> String {
        let line = |spans: &[Span]| spans.iter().map(|span| span.text.as_str()).collect::<String>();
        let blocks = self.blocks.iter().map(Block::said);
        let task = self.goal.as_ref().map(|goal| line(&goal.task));
        let rest = [Some(line(&self.question)), task].into_iter().flatten();
        blocks.chain(rest.filter(|said| !said.is_empty())).collect::<Vec<_>>().join("\n")
    }

    /// The step that is shown where nothing moves: its own; else the last one, or the first where the future is hidden.
    #[must_use]
    pub fn still(&self) -> usize {
        let last = self.scene.steps.get();
        let open = if self.future == Future::Hidden { 0 } else { last };
        self.step.unwrap_or(open).min(last)
    }
}
