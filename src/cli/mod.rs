//! What the program does without a window: `run`, `render`, `list`, `check`, `lesson` and `glossary`, and how the command line is read.
//!
//! Everything here returns; only `main` prints errors and ends the process.

use std::ffi::{OsStr, OsString};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand};

use crate::catalog::UnknownId;
use crate::export::file::{self as output, CannotWrite, Target, UnknownEnding};
use crate::export::png::CannotDraw;
use crate::scene::file::CannotOpen;
use crate::scene::keys::{self, BadEdit, Edit};
use crate::scene::run::{BadRuns, Runs};
use crate::scene::{Scene, TooLarge, builtin, file};
use crate::typed::{echo, echo_path, expanded};

mod progress;
pub mod run;
pub mod render;
pub mod why;
pub mod list;
pub mod check;
pub mod lesson;
pub mod glossary;

/// See why Sharpness-Aware Minimization finds flatter minima.
///
/// Without a command, opens the window on SCENE.
#[derive(Debug, Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
pub struct Cli {
    /// What to do instead of opening the window.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// What to open.
    #[command(flatten)]
    pub wish: Wish,
}

/// What can be done without a window.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write the steps of all runs as CSV.
    Run(run::Run),
    /// Draw the figure as PNG or SVG.
    Render(render::Render),
    /// Say why a run ended as it did.
    Why(why::Why),
    /// Name everything that can be chosen.
    List(list::List),
    /// Check every number against published laws.
    Check(check::Check),
    /// Name the lessons, open or draw one, check one of your own, or begin a new one.
    Lesson(lesson::Lesson),
    /// Say what a term means, or name all terms.
    Glossary(glossary::Glossary),
}

/// Which scene, and what to change in it.
#[derive(Debug, Clone, Args)]
pub struct Wish {
    /// A built-in scene (see `samscope list`), a TOML file, or - for the standard input; the opening scene when not said.
    #[arg(value_name = "SCENE")]
    pub scene: Option<OsString>,
    /// Set a key of the scene, for instance rho=0.1 or landscape=himmelblau; may be said many times.
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    /// A run, by what differs from the others: "rho=0.05" or "name=square p=inf rho=0.1"; may be said up to six times.
    /// Together they replace the scene's runs.
    #[arg(long = "run", value_name = "KEY=VALUE …")]
    pub run: Vec<String>,
}

/// Why a command could not be carried out.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// A scene that is neither built in nor a file.
    #[error("there is no scene \"{given}\", built in or as a file; built in are {known}")]
    UnknownScene {
        /// As it was typed.
        given: String,
        /// What exists.
        known: String,
    },
    /// A `--set` without a value.
    #[error("--set {given} has no value; say KEY=VALUE, for instance rho=0.1")]
    NoValue {
        /// As it was typed.
        given: String,
    },
    /// A key or value that the scene cannot have.
    #[error(transparent)]
    Edit(#[from] BadEdit),
    /// A run that the scene does not have.
    #[error("the scene has no run \"{given}\"; it has {known}")]
    UnknownRun {
        /// As it was typed.
        given: String,
        /// What exists.
        known: String,
    },
    /// A key or value that a run cannot have.
    #[error("--run number {place}: {why}")]
    BadRun {
        /// Which, counted from one.
        place: usize,
        /// Why.
        why: String,
    },
    /// A list of runs that no scene can have.
    #[error(transparent)]
    BadRuns(#[from] BadRuns),
    /// Runs that do not fit into memory.
    #[error(transparent)]
    TooLarge(#[from] TooLarge),
    /// A file that is no scene.
    #[error(transparent)]
    Open(#[from] CannotOpen),
    /// An output that cannot be written.
    #[error(transparent)]
    Write(#[from] CannotWrite),
    /// A figure that cannot be drawn.
    #[error(transparent)]
    Draw(#[from] CannotDraw),
    /// An ending that the output cannot have.
    #[error(transparent)]
    UnknownEnding(#[from] UnknownEnding),
    /// A picture without an ending, and without a word about its format.
    #[error("which format? name the output so that it ends in .png or .svg, or say --format png")]
    NoFormat,
    /// A format that is not the one that the name ends in.
    #[error("--format is one picture and the output's name ends in another; let them agree")]
    TwoFormats,
    /// A measure that is not in the list.
    #[error("there is no measure \"{given}\"; there are {known}")]
    UnknownMeasure {
        /// As it was typed.
        given: String,
        /// What exists.
        known: String,
    },
    /// A measure that would be two columns of one name.
    #[error("--measures has {id} twice; say each once")]
    MeasureTwice {
        /// Its name.
        id: &'static str,
    },
    /// A chart that would be spread in two ways.
    #[error("--log and --linear both name {chart}; say it in one of them")]
    TwoSpreads {
        /// Its name.
        chart: String,
    },
    /// The program is wrong somewhere.
    #[error(
        "{failed} of {of} laws do not hold; this is a mistake of the program, please report it"
    )]
    LawsFailed {
        /// How many.
        failed: usize,
        /// Of how many.
        of: usize,
    },
    /// A lesson that is neither built in nor a file, or a term that is not in the glossary.
    #[error(transparent)]
    UnknownName(#[from] UnknownId),
    /// A file that is no lesson.
    #[error(transparent)]
    OpenLesson(#[from] crate::lesson::CannotOpen),
    /// A page that a lesson does not have.
    #[error("{lesson} has pages 1 to {pages}, and no page {number}")]
    NoPage {
        /// The lesson's name.
        lesson: String,
        /// As it was asked for.
        number: usize,
        /// How many there are.
        pages: usize,
    },
    /// A page without a file to draw it into.
    #[error("where should the page go? say -o page.png, or -o page.svg")]
    NoOutput,
    /// A new lesson over an old one.
    #[error("there is a file {} already; choose another name", echo_path(path))]
    LessonIsThere {
        /// The file.
        path: PathBuf,
    },
    /// A lesson that says what is not so.
    #[error("{} of the lesson", if *count == 1 { "mend this line".to_owned() } else { format!("mend these {count} lines") })]
    LessonFaults {
        /// How much is wrong.
        count: usize,
    },
    /// The terminal or pipe is gone in another way than by being closed.
    #[error("cannot print: {0}")]
    Print(#[from] io::Error),
}

impl Wish {
    /// Whether `target` can be written, asked before long work; never over the scene that is read.
    ///
    /// # Errors
    /// When it cannot, or is the scene itself.
    pub fn check(&self, target: &Target) -> Result<(), Refusal> {
        match self.scene.as_deref() {
            // Where a file is piped in, the system may know it by this name.
            Some(name) if name == "-" => output::check_apart(target, Path::new("/dev/stdin"))?,
            Some(name) if looks_like_a_file(name) => {
                output::check_apart(target, &expanded(Path::new(name)))?;
            }
            Some(_) | None => {}
        }
        Ok(output::check(target)?)
    }

    /// The scene that is wished for.
    ///
    /// # Errors
    /// When there is no such scene, its file cannot be read, or a `--set` cannot be granted.
    pub fn scene(&self) -> Result<Scene, Refusal> {
        let mut scene = match &self.scene {
            None => builtin::opening(),
            Some(name) => named(name)?,
        };
        let edits: Result<Vec<Edit>, Refusal> = self.set.iter().map(|text| edit(text)).collect();
        keys::apply(&mut scene, &edits?)?;
        if !self.run.is_empty() {
            let asked: Result<Vec<keys::Asked>, Refusal> =
                self.run.iter().enumerate().map(|(k, text)| run(&scene, k, text)).collect();
            scene.runs = Runs::of(asked?)?;
            scene.check_size()?;
        }
        Ok(scene)
    }
}

fn named(name: &OsStr) -> Result<Scene, Refusal> {
    let said = name.to_string_lossy();
    if let Ok(scene) = builtin::find(&said) {
        return Ok(scene);
    }
    if looks_like_a_file(name) {
        return Ok(file::open(Path::new(name))?);
    }
    let known: Vec<_> = builtin::names().collect();
    Err(Refusal::UnknownScene { given: echo(&said), known: known.join(", ") })
}

fn looks_like_a_file(name: &OsStr) -> bool {
    let said = name.to_string_lossy();
    said == "-"
        || expanded(Path::new(name)).exists()
        || said.contains(['/', '\\'])
        || said.ends_with(".toml")
}

/// The run that `text` asks for, the `place`-th of its kind.
fn run(scene: &Scene, place: usize, text: &str) -> Result<keys::Asked, Refusal> {
    let because = |why: String| Refusal::BadRun { place: place + 1, why };
    let edits: Result<Vec<Edit>, Refusal> = text
        .split_whitespace()
        .map(|word| {
            edit(word)
                .map_err(|_| because(format!("\"{}\" has no value; say KEY=VALUE", echo(word))))
        })
        .collect();
    keys::run(scene, &edits?).map_err(|error| because(error.to_string()))
}

fn edit(text: &str) -> Result<Edit, Refusal> {
    match text.split_once('=') {
        Some((key, value)) => {
            Ok(Edit { key: key.trim().to_owned(), value: value.trim().to_owned() })
        }
        None => Err(Refusal::NoValue { given: echo(text) }),
    }
}

impl Refusal {
    /// The exit code: 1 where the program was found wrong, 2 where it was asked for something wrong.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::LawsFailed { .. } => 1,
            Self::UnknownScene { .. }
            | Self::NoValue { .. }
            | Self::Edit(_)
            | Self::BadRun { .. }
            | Self::BadRuns(_)
            | Self::UnknownRun { .. }
            | Self::TooLarge(_)
            | Self::Open(_)
            | Self::Write(_)
            | Self::Draw(_)
            | Self::UnknownEnding(_)
            | Self::NoFormat
            | Self::TwoFormats
            | Self::UnknownMeasure { .. }
            | Self::MeasureTwice { .. }
            | Self::UnknownName(_)
            | Self::OpenLesson(_)
            | Self::NoPage { .. }
            | Self::NoOutput
            | Self::LessonIsThere { .. }
            | Self::LessonFaults { .. }
            | Self::TwoSpreads { .. }
            | Self::Print(_) => 2,
        }
    }
}

/// Carries out a command.
///
/// # Errors
/// Says in one sentence what was wrong, why, and what would be right; nothing was written then.
pub fn carry_out(command: &Command) -> Result<(), Refusal> {
    match command {
        Command::Run(run) => run.carry_out(),
        Command::Render(render) => render.carry_out(),
        Command::Why(why) => why.carry_out(),
        Command::List(list) => list.carry_out(),
        Command::Check(check) => check.carry_out(),
        Command::Lesson(lesson) => lesson.carry_out(),
        Command::Glossary(glossary) => glossary.carry_out(),
    }
}

/// What was wrong with a command line, in one line, and where help is; none where it asked for help or the version.
#[must_use]
pub fn misread(error: &clap::Error) -> Option<String> {
    if !error.use_stderr() {
        return None;
    }
    let said = error.to_string();
    let mut lines = said.lines().map(str::trim).take_while(|line| !line.starts_with("Usage:"));
    let first = lines.next()?.trim_start_matches("error: ").to_owned();
    let more = lines.filter(|line| !line.is_empty() && !line.starts_with("For more information"));
    let whole = more.fold(first, |said, line| {
        let joint = if said.ends_with(':') { " " } else { "; " };
        said + joint + line.trim_start_matches("tip: ")
    });
    Some(format!("{whole}; samscope --help says what there is"))
}

/// Prints to the terminal or a pipe; a reader that has seen enough is no error.
fn print(bytes: &[u8]) -> Result<(), Refusal> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Refusal::Print(error)),
        _ => Ok(()),
    }
}
