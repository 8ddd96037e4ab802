//! The lesson that is open: which page, and what turning pages does to the scene.

use std::path::PathBuf;

use super::App;
use super::commands::{Command, Commands};
use super::files::{Kind, SCENES};
use super::toasts::Tone;
use super::turn::{Prediction, Turn};
use super::watch::Watch;
use crate::figure::picture::Future;
use crate::lesson::controls::{Access, Control, Controls};
use crate::lesson::evidence::Evidence;
use crate::lesson::goal::Status;
use crate::lesson::{Lesson, Page, builtin};

/// A lesson to open with, and its file unless it comes with the program.
pub type Opened = (Lesson, Option<PathBuf>);

/// The lesson that is open.
pub struct Teaching {
    /// The lesson.
    pub lesson: Lesson,
    page: usize,
    /// From which edit on, counted since the program began, which page was shown: undo goes back over them.
    turns: Vec<(usize, usize)>,
    /// What looks for changes of its file, where it has one.
    watch: Option<Watch>,
    /// What was said of the goal last: it stays while a slider moves and nothing newer is known.
    said: Option<Status>,
    /// What is wrong with its file since it was read last; empty where nothing is.
    pub trouble: String,
}

impl Teaching {
    /// The page that is shown.
    #[must_use]
    pub fn page(&self) -> Option<&Page> {
        self.lesson.pages.get(self.page)
    }

    /// Which page that is, counted from one, and how many there are.
    #[must_use]
    pub fn place(&self) -> [usize; 2] {
        [self.page + 1, self.lesson.pages.len()]
    }

    /// What can be done to the controls.
    #[must_use]
    pub fn controls(&self) -> Controls {
        self.page().map(|page| page.controls).unwrap_or_default()
    }
}

impl App {
    /// Opens a lesson on its first page; `path` is its file, if it has one.
    pub fn teach(&mut self, lesson: Lesson, path: Option<PathBuf>) {
        let watch = path.map(|path| Watch::of(path, self.files.repaints()));
        let teaching = Teaching {
            lesson,
            page: 0,
            turns: Vec::new(),
            watch,
            said: None,
            trouble: String::new(),
        };
        self.teaching = Some(teaching);
        self.view.lessons = false;
        self.turn_to(0);
    }

    /// The lesson that is open.
    #[must_use]
    pub fn teaching(&self) -> Option<&Teaching> {
        self.teaching.as_ref()
    }

    /// How near the goal of the page is; nothing where it has none, or where it is not known.
    #[must_use]
    pub fn goal_status(&self) -> Option<Status> {
        let goal = self.teaching.as_ref()?.page()?.goal.as_ref()?;
        let at = self.view.moment(self.view.playback.step(self.last()));
        let mut evidence = Evidence::of(&self.scene, &self.engine, at)?;
        evidence.predicted = self.view.prediction.at;
        Some(goal.status(&evidence, self.view.future))
    }

    /// The same, or what was said last while it is not known.
    pub(super) fn goal_said(&mut self) -> Option<Status> {
        let now = self.goal_status();
        let teaching = self.teaching.as_mut()?;
        if now.is_some() {
            teaching.said = now;
        }
        teaching.said.clone()
    }

    /// Carries out a wish about lessons.
    pub(super) fn grant_turn(&mut self, turn: Turn) {
        match turn {
            Turn::List => self.view.lessons = !self.view.lessons,
            Turn::Open(name) => {
                if let Ok(lesson) = builtin::find(name) {
                    self.teach(lesson.clone(), None);
                }
            }
            Turn::Read(path, lesson) => self.teach(*lesson, Some(path)),
            Turn::Ask => {
                self.view.lessons = false;
                self.view.form = Some(self.form(Kind::OpenLesson));
            }
            Turn::By(pages) => {
                if let Some(teaching) = &self.teaching {
                    let last = teaching.lesson.pages.len().saturating_sub(1);
                    let page = teaching.page.saturating_add_signed(pages).min(last);
                    let next = builtin::after(&teaching.lesson).filter(|_| pages > 0);
                    if page != teaching.page {
                        self.turn_to(page);
                    } else if let Some((_, lesson)) = next {
                        // A remote has no other way on.
                        self.teach(lesson.clone(), None);
                    }
                }
            }
            Turn::Again => {
                if let Some(teaching) = &self.teaching {
                    self.turn_to(teaching.page);
                }
            }
            Turn::Predict(_) | Turn::Aim if self.has_been_told() => {
                let words =
                    "the run has begun; press Home to go back to its start, then say where it ends";
                self.toasts.say(Tone::Bad, words);
            }
            Turn::Predict(at) => self.view.prediction.at = Some(at),
            Turn::Aim => {
                let centre = self.engine.window_of(&self.scene, self.engine.shown()).centre();
                let prediction = &mut self.view.prediction;
                if prediction.is_asked {
                    prediction.at = prediction.at.or(Some(centre));
                    prediction.is_aimed = true;
                }
            }
            Turn::Close => {
                self.teaching = None;
                self.is_on_page = false;
                self.view.prediction = Prediction::default();
                self.view.future = Future::Shown;
            }
        }
    }

    /// Whether how the runs end is not to be told yet.
    pub(super) fn hides_an_end(&self) -> bool {
        let last = self.last();
        self.view.future == Future::Hidden && self.view.playback.step(last) < last
    }

    /// Whether a part of the run that somebody is to predict has been shown already.
    fn has_been_told(&self) -> bool {
        let start = self.teaching.as_ref().and_then(Teaching::page).and_then(|page| page.step);
        let is_under_way = self.view.playback.step(self.last()) > start.unwrap_or(0);
        self.view.future == Future::Hidden && is_under_way
    }

    /// Shows a page as it is when it is opened.
    fn turn_to(&mut self, page: usize) {
        let Some(shown) = self.teaching.as_ref().and_then(|it| it.lesson.pages.get(page)) else {
            return;
        };
        let (scene, step, lens) = (shown.scene.clone(), shown.step, shown.lens);
        let hides = shown.future == Future::Hidden;
        self.show(scene);
        self.is_on_page = true;
        self.safe.note(None, &self.scene);
        self.history.settle(&self.scene);
        let depth = self.history.depth();
        if let Some(teaching) = &mut self.teaching {
            teaching.page = page;
            teaching.said = None;
            teaching.turns.retain(|(of, _)| *of < depth);
            teaching.turns.push((depth, page));
        }
        match step {
            Some(step) => self.view.playback.go_to(step),
            None if hides => self.view.playback.go_to(0),
            None => {}
        }
        self.view.lens = lens.unwrap_or_default();
        self.view.enlarged = None;
        self.view.telling = None;
        self.view.why = None;
        self.look_at_page();
    }

    /// Tells and asks what the page shown tells and asks.
    fn look_at_page(&mut self) {
        let Some(page) = self.teaching.as_ref().and_then(Teaching::page) else { return };
        let asks = page.goal.as_ref().is_some_and(|goal| goal.prediction().is_some());
        self.view.future = page.future;
        self.view.prediction = Prediction { is_asked: asks, ..Prediction::default() };
    }

    /// Shows the page to which undo or redo came.
    pub(super) fn follow_history(&mut self) {
        let depth = self.history.depth();
        let Some(teaching) = &mut self.teaching else { return };
        let there = teaching.turns.iter().rev().find(|(from, _)| *from <= depth);
        if let Some((_, page)) = there.filter(|(_, page)| *page != teaching.page) {
            teaching.page = *page;
            teaching.said = None;
            self.look_at_page();
        }
    }

    /// Takes in what was changed in the file of the lesson, and files that were dropped on the window.
    pub(super) fn hear_of_lessons(&mut self, ctx: &egui::Context, commands: &mut Commands) {
        if let Some(read) = self.teaching.as_mut().and_then(|it| it.watch.as_mut()?.news()) {
            self.reread(read);
        }
        for file in ctx.input(|input| input.raw.dropped_files.clone()) {
            let path = file.path().to_path_buf();
            let is = |wanted: &str| {
                path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(wanted))
            };
            if is("md") {
                commands.push(Command::Carry { kind: Kind::OpenLesson, path });
            } else if SCENES.into_iter().any(is) {
                commands.push(Command::Carry { kind: Kind::OpenScene, path });
            } else {
                self.toasts
                    .say(Tone::Bad, "a lesson ends in .md, a scene in .toml, points in .csv, a picture that carries a scene in .png, .gif, .svg or .pdf; drop one of these");
            }
        }
    }

    /// Shows a lesson as its file has become; the last good one stays where it is none.
    fn reread(&mut self, read: Result<Lesson, String>) {
        let Some(teaching) = &mut self.teaching else { return };
        match read {
            Err(trouble) => teaching.trouble = trouble,
            Ok(lesson) => {
                teaching.trouble = String::new();
                let before = teaching.page().cloned();
                let page = teaching.page.min(lesson.pages.len().saturating_sub(1));
                teaching.lesson = lesson;
                let now = teaching.lesson.pages.get(page);
                let is_as_before = |before: &Page, now: &Page| {
                    before.scene == now.scene
                        && before.step == now.step
                        && before.future == now.future
                };
                let stays =
                    before.as_ref().zip(now).is_some_and(|(before, now)| is_as_before(before, now));
                if stays && page == teaching.page {
                    // Only words were changed: what somebody is doing on the page goes on.
                    let asks = now
                        .and_then(|page| page.goal.as_ref())
                        .is_some_and(|it| it.prediction().is_some());
                    self.view.prediction.is_asked = asks;
                } else {
                    self.turn_to(page);
                }
            }
        }
    }

    /// Whether the start may be moved on the map.
    pub(super) fn start_is_free(&self) -> bool {
        self.controls().access(Control::Start) == Access::Free
    }

    /// What the page of a lesson leaves free; everything where there is none.
    pub(super) fn controls(&self) -> Controls {
        self.teaching.as_ref().map(Teaching::controls).unwrap_or_default()
    }
}
