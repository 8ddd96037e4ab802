//! How soon the first picture is there, for `benches/start`: the environment names the moment of the start, the
//! milliseconds until then are printed, and the window closes.

use std::io::Write as _;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use egui::{Context, Ui, ViewportCommand};

use crate::app::App;
use crate::engine::products::terrain::Fineness;

/// The moment of the start, in seconds since 1970, as shells tell it.
const STARTED: &str = "SAMSCOPE_STARTED";

/// What is waited for, in order, and how long it took.
#[derive(Debug)]
pub(super) struct Stopwatch {
    started: SystemTime,
    /// What the last frame showed.
    shown: Shown,
    /// What was told already.
    told: Shown,
}

/// How much of the picture a frame shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Shown {
    /// Empty maps.
    Nothing,
    /// Runs on their ground, which is still coarse.
    Runs,
    /// Runs on the ground as it stays.
    Whole,
}

impl Stopwatch {
    /// The one that the environment asks for, if it does.
    pub(super) fn of_environment() -> Option<Self> {
        let seconds = std::env::var(STARTED).ok()?.replace(',', ".").parse().ok()?;
        let started = UNIX_EPOCH + Duration::try_from_secs_f64(seconds).ok()?;
        Some(Self { started, shown: Shown::Nothing, told: Shown::Nothing })
    }

    /// Notes what a frame shows that was laid out just now.
    fn note(&mut self, app: &App) {
        let ground = app.engine().shown().and(app.engine().terrain());
        self.shown = match ground.map(|ground| ground.fineness) {
            None => Shown::Nothing,
            Some(Fineness::Full) => Shown::Whole,
            Some(_) => Shown::Runs,
        };
    }

    /// Tells how long it took to what is on the screen now, which the last frame put there; whether that was all.
    fn tell(&mut self) -> bool {
        let passed = self.started.elapsed().unwrap_or_default().as_secs_f64() * 1e3;
        for (shown, what) in [(Shown::Runs, "first picture"), (Shown::Whole, "whole picture")] {
            if self.told < shown && shown <= self.shown {
                let _ = writeln!(std::io::stdout(), "{what} after {passed:.0} ms");
                self.told = shown;
            }
        }
        self.told == Shown::Whole
    }
}

/// The window with a stopwatch.
pub(super) struct Timed {
    pub(super) app: App,
    pub(super) watch: Stopwatch,
}

impl eframe::App for Timed {
    fn logic(&mut self, ctx: &Context, frame: &mut eframe::Frame) {
        if self.watch.tell() {
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
        eframe::App::logic(&mut self.app, ctx, frame);
    }

    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        eframe::App::ui(&mut self.app, ui, frame);
        self.watch.note(&self.app);
        ui.ctx().request_repaint();
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        self.app.clear_color(visuals)
    }
}
