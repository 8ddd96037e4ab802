//! Chooses a front end; the only place that ends the process.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use clap::Parser as _;

use samscope::cli::lesson::Found;
use samscope::cli::{self, Cli, Command, Refusal};
use samscope::engine::pool;
use samscope::export::file;
use samscope::lesson::Lesson;
use samscope::origin::Origin;
use samscope::scene::{Scene, builtin};

/// Where the picture goes when no window can be opened; numbered where there is one already.
const PICTURE: &str = "samscope.png";

fn main() -> ExitCode {
    let Cli { command, wish } = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => match cli::misread(&error) {
            Some(why) => {
                say(&why);
                return ExitCode::from(2);
            }
            // Help, or the version.
            None => error.exit(),
        },
    };
    pool::prepare();
    let outcome = match command {
        Some(Command::Lesson(lesson)) if lesson.is_shown() => lesson.found().and_then(teach),
        Some(command) => cli::carry_out(&command),
        None => wish.origin().and_then(window),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(refusal) => {
            say(&refusal);
            ExitCode::from(refusal.exit_code())
        }
    }
}

/// Opens the window on a lesson, or draws its first page's scene where there can be none.
#[cfg(feature = "gui")]
fn teach((_, lesson, path): Found) -> Result<(), Refusal> {
    let first = first_scene(&lesson);
    match samscope::app::run(Origin::bare(first.clone()), Some((lesson, path))) {
        Ok(()) => Ok(()),
        Err(no_window) => picture(&first, &no_window.to_string()),
    }
}

#[cfg(not(feature = "gui"))]
fn teach((_, lesson, _): Found) -> Result<(), Refusal> {
    picture(&first_scene(&lesson), "this samscope was built without the window")
}

fn first_scene(lesson: &Lesson) -> Scene {
    lesson.pages.first().map_or_else(builtin::opening, |page| page.scene.clone())
}

/// Opens the window, or draws the scene into a file where there can be none.
#[cfg(feature = "gui")]
fn window(origin: Origin) -> Result<(), Refusal> {
    match samscope::app::run(origin.clone(), None) {
        Ok(()) => Ok(()),
        Err(no_window) => picture(&origin.scene, &no_window.to_string()),
    }
}

#[cfg(not(feature = "gui"))]
fn window(origin: Origin) -> Result<(), Refusal> {
    picture(&origin.scene, "this samscope was built without the window")
}

fn picture(scene: &Scene, why: &str) -> Result<(), Refusal> {
    let path = file::unused(Path::new(PICTURE));
    cli::render::instead_of_a_window(scene, &path)?;
    say(&format_args!("{why}; drew the scene into {} instead", path.display()));
    Ok(())
}

/// Tells the terminal. Where nobody listens (closed, or a full disk) the exit code still says it.
fn say(words: &dyn std::fmt::Display) {
    let _ = writeln!(std::io::stderr(), "samscope: {words}");
}
