//! What the program does without a window, a file a command, and how the command line is read.
//!
//! Everything here returns; only `main` prints errors and ends the process.

use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::catalog::UnknownId;
use crate::export::file::{CannotWrite, UnknownEnding};
use crate::export::film::{BadPace, BadSteps, CannotFilm};
use crate::export::merge::BadMerge;
use crate::export::png::CannotDraw;
use crate::origin::{BadOrigin, CannotOpen};
use crate::scene::TooLarge;
use crate::scene::keys::BadEdit;
use crate::scene::run::BadRuns;
use crate::typed::echo_path;

mod misread;
mod progress;
pub mod wish;
pub mod drawn;
mod idle;
mod unread;
pub mod laid;
pub mod run;
pub mod render;
pub mod film;
pub mod why;
pub mod sweep;
pub mod atlas;
pub mod merge;
pub mod list;
pub mod variants;
pub mod check;
pub mod lesson;
pub mod paper;
pub mod glossary;
pub mod shell;
pub mod share;
pub mod cite;
pub mod beside;

pub use misread::misread;
pub use wish::Wish;

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
    /// Draw the figure as PNG, SVG or PDF.
    Render(render::Render),
    /// Draw one step after the other as a film: GIF, animated PNG, numbered pictures, or y4m for an encoder.
    Film(film::Film),
    /// Say why a run ended as it did.
    Why(why::Why),
    /// Write how runs end while keys go over ranges, as CSV.
    ///
    /// A file that is the beginning of the same sweep is gone on with: say the same words again after an interruption.
    Sweep(sweep::Sweep),
    /// Draw how a run ends over two settings, with the boundaries where it begins to end otherwise.
    Atlas(atlas::Atlas),
    /// Put the shards of a sweep together.
    Merge(merge::Merge),
    /// Name everything that can be chosen.
    List(list::List),
    /// Check every number against published laws.
    Check(check::Check),
    /// Name the lessons, open or draw one, check one of your own, or begin a new one.
    Lesson(lesson::Lesson),
    /// Name the papers, try the claims of one, or draw its scene.
    Paper(paper::Paper),
    /// Say what a term means, or name all terms.
    Glossary(glossary::Glossary),
    /// Print the scene as one word, to be pasted.
    Share(share::Share),
    /// List the published works that a scene uses, for BibTeX.
    Cite(cite::Cite),
    /// Print what completes words in a shell.
    Completions(shell::Completions),
    /// Print the manual page.
    Man(shell::Man),
}

/// Why a command could not be carried out.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// A scene that is neither built in nor a file.
    #[error("there is no scene \"{given}\", built in or as a file; {advice}")]
    UnknownScene {
        /// As it was typed.
        given: String,
        /// What was meant, or what exists.
        advice: String,
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
    /// A file that is no scene, or a picture that carries none.
    #[error(transparent)]
    Open(#[from] CannotOpen),
    /// A word that tells no scene.
    #[error(transparent)]
    Word(#[from] BadOrigin),
    /// An output that cannot be written.
    #[error(transparent)]
    Write(#[from] CannotWrite),
    /// A figure that cannot be drawn.
    #[error(transparent)]
    Draw(#[from] CannotDraw),
    /// A figure that cannot be laid out so.
    #[error("{trouble} ({flag})", trouble = .0, flag = laid::says(.0))]
    Layout(#[from] crate::export::laid::BadLayout),
    /// A file that is no table, where a table should go.
    #[error("{} is there already and is no table of a sweep; choose another name", echo_path(path))]
    NotOverwritten {
        /// The file.
        path: PathBuf,
    },
    /// A film that cannot be made.
    #[error(transparent)]
    Film(#[from] CannotFilm),
    /// Steps that are none of a film.
    #[error(transparent)]
    Steps(#[from] BadSteps),
    /// A film that would be too fast, or stand still.
    #[error(transparent)]
    Pace(#[from] BadPace),
    /// A film whose name does not say in what it is held.
    #[error(
        "which kind of film? name the output so that it ends in .gif, .apng or .y4m, or say frames/%04d.png for a picture a step, or --format"
    )]
    NoFilmFormat,
    /// Numbered pictures without numbers in their names, or one file with them.
    #[error(
        "--format png is a picture a step, with a place for its number in the output's name: frames/%04d.png"
    )]
    NoNumber,
    /// No ground to take numbers from.
    #[error("there is no ground: the loss is nowhere finite in this part of the map")]
    NoGround,
    /// A place for a number in the name of the one file that holds all frames.
    #[error(
        "one file holds all frames of this format, so its name has no place for a number; leave out the % part, or end it in .png for a picture a step"
    )]
    OneFile,
    /// An ending that the output cannot have.
    #[error(transparent)]
    UnknownEnding(#[from] UnknownEnding),
    /// A picture without an ending, and without a word about its format.
    #[error(
        "which format? name the output so that it ends in .png, .svg or .pdf, or say --format png"
    )]
    NoFormat,
    /// A figure that LaTeX cannot set.
    #[error(transparent)]
    Latex(#[from] beside::CannotSet),
    /// A list of works that would go over somebody's own.
    #[error(transparent)]
    Cite(#[from] cite::CannotCite),
    /// A format that is not the one that the name ends in.
    #[error("--format is one kind of file and the output's name ends in another; let them agree")]
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
    /// A sweep that cannot be made.
    #[error(transparent)]
    Sweep(#[from] sweep::BadSweep),
    /// An atlas that cannot be made.
    #[error(transparent)]
    Atlas(#[from] atlas::BadAtlas),
    /// Tables that are not those of one sweep.
    #[error(transparent)]
    Merge(#[from] BadMerge),
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
    /// Claims of papers came out otherwise than their files expect.
    #[error("{unlike} of {of} claims came out otherwise than expected")]
    ClaimsFailed {
        /// How many.
        unlike: usize,
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

impl Refusal {
    /// The exit code: 1 where the program was found wrong, 2 where it was asked for something wrong.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::LawsFailed { .. } | Self::ClaimsFailed { .. } | Self::LessonFaults { .. } => 1,
            Self::UnknownScene { .. }
            | Self::NoValue { .. }
            | Self::Edit(_)
            | Self::BadRun { .. }
            | Self::BadRuns(_)
            | Self::UnknownRun { .. }
            | Self::TooLarge(_)
            | Self::Sweep(_)
            | Self::Atlas(_)
            | Self::Merge(_)
            | Self::Open(_)
            | Self::Word(_)
            | Self::Write(_)
            | Self::Draw(_)
            | Self::Layout(_)
            | Self::NotOverwritten { .. }
            | Self::Film(_)
            | Self::Steps(_)
            | Self::Pace(_)
            | Self::NoFilmFormat
            | Self::NoNumber
            | Self::OneFile
            | Self::NoGround
            | Self::UnknownEnding(_)
            | Self::NoFormat
            | Self::TwoFormats
            | Self::Latex(_)
            | Self::Cite(_)
            | Self::UnknownMeasure { .. }
            | Self::MeasureTwice { .. }
            | Self::UnknownName(_)
            | Self::OpenLesson(_)
            | Self::NoPage { .. }
            | Self::NoOutput
            | Self::LessonIsThere { .. }
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
        Command::Film(film) => film.carry_out(),
        Command::Why(why) => why.carry_out(),
        Command::Sweep(sweep) => sweep.carry_out(),
        Command::Atlas(atlas) => atlas.carry_out(),
        Command::Merge(merge) => merge.carry_out(),
        Command::List(list) => list.carry_out(),
        Command::Check(check) => check.carry_out(),
        Command::Lesson(lesson) => lesson.carry_out(),
        Command::Paper(paper) => paper.carry_out(),
        Command::Glossary(glossary) => glossary.carry_out(),
        Command::Share(share) => share.carry_out(),
        Command::Cite(cite) => cite.carry_out(),
        Command::Completions(completions) => completions.carry_out(),
        Command::Man(man) => man.carry_out(),
    }
}

/// Says something on the terminal. Where nobody reads it, nobody misses it.
fn say(words: &str) {
    let _ = writeln!(io::stderr(), "samscope: {words}");
}

/// "1 scene", "200 scenes".
fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// Prints to the terminal or a pipe; a reader that has seen enough is no error.
fn print(bytes: &[u8]) -> Result<(), Refusal> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Refusal::Print(error)),
        _ => Ok(()),
    }
}
