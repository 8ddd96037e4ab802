//! Whether a scene would be lost: what was opened or saved as it is, and the question before something else takes its place.
//!
//! A scene is safe where it can be had again: it comes with the program, or it is what a file holds. So nothing is asked
//! of a scene that nobody changed, nor of one whose changes were undone. While a page of a lesson is shown, its scene is
//! the page's to give again.

use std::path::{Path, PathBuf};

use egui::{Context, ViewportCommand};

use super::App;
use super::commands::{Answer, Command, Next};
use super::files::{self, Comments, Kind};
use super::form::Form;
use super::table::is_table;
use super::turn::Turn;
use crate::origin::short;
use crate::scene::{Scene, builtin};

/// The scenes that can be had again.
#[derive(Debug, Clone)]
pub struct Safe {
    /// What files hold, and what was shown without one; the latest last.
    scenes: Vec<(Option<PathBuf>, Scene)>,
}

/// Older ones are forgotten, and asked about.
const MOST: usize = 64;

impl Safe {
    /// What a window begins with.
    #[must_use]
    pub fn new(scene: &Scene) -> Self {
        Self { scenes: vec![(None, scene.clone())] }
    }

    /// Notes what is shown as it comes, or what a file holds now.
    pub fn note(&mut self, file: Option<&Path>, scene: &Scene) {
        // What a file held before can no longer be had from it.
        self.scenes.retain(|(of, _)| of.is_none() || of.as_deref() != file);
        self.scenes.push((file.map(Path::to_path_buf), scene.clone()));
        if self.scenes.len() > MOST {
            self.scenes.remove(0);
        }
    }

    /// Whether this scene can be had again.
    #[must_use]
    pub fn has(&self, scene: &Scene) -> bool {
        let comes_with_it = || builtin::all().any(|(_, known)| known == scene);
        self.scenes.iter().rev().any(|(_, safe)| safe == scene) || comes_with_it()
    }
}

impl App {
    /// Whether the scene would be lost if something else took its place.
    #[must_use]
    pub fn is_unsaved(&self) -> bool {
        !self.is_on_page && !self.safe.has(&self.scene)
    }

    /// What is asked about the scene, if anything is.
    #[must_use]
    pub fn question(&self) -> Option<&Next> {
        self.view.question.as_ref()
    }

    /// Keeps the window open where closing it would lose the scene, and asks.
    pub(super) fn hear_of_closing(&mut self, ctx: &Context) {
        let is_closing = ctx.input(|input| input.viewport().close_requested());
        if is_closing && !self.may_close && self.is_unsaved() {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.ask_before(Next::Close);
        }
    }

    /// Says in the window's title which scene it is, and whether it would be lost.
    pub(super) fn entitle(&mut self, ctx: &Context) {
        let file = self.file().and_then(Path::file_name);
        let name = file.map(|name| name.to_string_lossy().into_owned());
        let name = name.unwrap_or_else(|| self.scene.heading());
        let mark = if self.is_unsaved() { "● " } else { "" };
        let title = format!("{mark}{name} — samscope");
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// The file that the scene is saved in.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        let is_scene =
            |path: &Path| path.extension().is_some_and(|it| it == Kind::Scene.extension());
        self.opened.as_deref().filter(|path| is_scene(path))
    }

    /// Whether a command puts another scene in the place of one that would be lost.
    pub(super) fn would_lose(&self, command: &Command) -> bool {
        let leaves = match command {
            Command::Show(_)
            | Command::New
            | Command::TakeTable
            | Command::Lesson(Turn::Open(_)) => true,
            Command::Recent(path) => !is_table(path),
            // A table is looked at first.
            Command::Carry { kind, path } => kind.is_opened() && !is_table(path),
            Command::Paste(word) => matches!(short::read(word), Some(Ok(_))),
            _ => false,
        };
        leaves && self.is_unsaved()
    }

    /// Asks what becomes of the scene before this.
    pub(super) fn ask_before(&mut self, next: Next) {
        self.view.form = None;
        self.view.question = Some(next);
    }

    /// Does what was answered.
    pub(super) fn answer(&mut self, ctx: &Context, answer: Answer) {
        let Some(next) = self.view.question.take() else { return };
        match answer {
            Answer::Keep => {}
            Answer::Discard => self.go_on(ctx, next),
            Answer::Save => {
                self.save_scene();
                self.after_saving = Some(next);
            }
        }
    }

    /// Saves the scene in its file; asks for one where it has none.
    pub(super) fn save_scene(&mut self) {
        match self.file().map(Path::to_path_buf) {
            Some(path) => {
                let scene = self.scene.clone();
                self.files.start(move || files::save_scene(&scene, &path, Comments::Kept));
            }
            None => self.view.form = Some(self.form(Kind::Scene)),
        }
    }

    /// A form that asks for a file of this kind.
    pub(super) fn form(&self, kind: Kind) -> Form {
        Form::new(kind, self.last_file.as_deref(), self.chosen).with(self.view.maps)
    }

    /// Takes note that the scene was saved, and does what waited for it.
    pub(super) fn saved(&mut self, ctx: &Context, path: &Path, scene: &Scene) {
        self.safe.note(Some(path), scene);
        self.opened = Some(path.to_owned());
        if let Some(next) = self.after_saving.take() {
            self.go_on(ctx, next);
        }
    }

    /// Goes on without the scene.
    fn go_on(&mut self, ctx: &Context, next: Next) {
        match next {
            Next::Do(command) => self.waiting.push(*command),
            Next::Close => {
                self.may_close = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
        }
        ctx.request_repaint();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seeded(seed: u64) -> Scene {
        Scene { seed, ..builtin::opening() }
    }

    #[test]
    fn what_is_in_a_file_is_safe_and_what_was_overwritten_there_is_not() {
        let mut safe = Safe::new(&builtin::opening());
        assert!(safe.has(&builtin::opening()) && !safe.has(&seeded(1)));
        let file = Path::new("mine.toml");
        safe.note(Some(file), &seeded(1));
        assert!(safe.has(&seeded(1)));
        safe.note(Some(file), &seeded(2));
        assert!(safe.has(&seeded(2)) && !safe.has(&seeded(1)), "the file holds the other now");
        safe.note(Some(Path::new("other.toml")), &seeded(1));
        assert!(safe.has(&seeded(2)) && safe.has(&seeded(1)));
    }

    #[test]
    fn what_comes_with_the_program_is_always_safe() {
        let safe = Safe::new(&seeded(1));
        for (name, scene) in builtin::all() {
            assert!(safe.has(scene), "{name}");
        }
    }
}
