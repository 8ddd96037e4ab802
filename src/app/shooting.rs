//! Pictures of what the window shows: as a figure, at once, or as a film.

use std::path::{Path, PathBuf};

use super::App;
use super::files::{self, Image};
use super::filming::Filming;
use super::toasts::Tone;
use super::view::View;
use crate::export::file;
use crate::export::film::{self, Film, Format, Steps};
use crate::figure::palette::Theme;
use crate::figure::panels::Panels;
use crate::figure::picture::Closer;
use crate::figure::shot::{self, Shot};
use crate::problem::grid::Window;

/// Pixels a point of a figure that is saved without a question.
const SHARP: f64 = 2.0;

impl App {
    /// The figure of what is shown; `window` is the part of the map.
    pub(super) fn shot(&self, window: Window) -> Shot {
        let scene = self.scene.clone();
        let View { future, pulls, against, .. } = self.view;
        Shot {
            at: self.view.moment(self.view.playback.step(self.last())),
            // A map that nobody zoomed shows the scene's own window, whatever the shape of this one.
            window: self.view.zoom_on(&scene).map(|_| window),
            against,
            gauge: scene.shown_measure(),
            charts: Closer { read: None, ..self.view.charts },
            lens: self.view.sight(),
            future,
            story: self.view.telling.map(super::telling::Telling::told),
            pulls,
            size: shot::USUAL,
            panels: Panels::ALL,
            scene,
        }
    }

    /// Saves the figure without a question, beside the file that was saved or opened last and over none.
    pub(super) fn save_at_once(&mut self, window: Window) {
        let folder = self.last_file.as_deref().and_then(Path::parent).map(Path::to_path_buf);
        let folder = folder.or_else(|| std::env::current_dir().ok()).unwrap_or_default();
        let path: PathBuf = file::unused(&folder.join("figure.png"));
        let (shot, theme) = (self.shot(window), self.view.theme);
        self.files.start(move || files::save_figure(&shot, theme, Image::Png, SHARP, &path));
    }

    /// Makes a film of all steps, beside the window.
    pub(super) fn film(
        &mut self,
        shot: &Shot,
        theme: Theme,
        scale: u8,
        format: Format,
        stride: usize,
        path: &Path,
    ) {
        if self.filming.is_some() {
            self.toasts.say(Tone::Bad, "a film is being made; wait for it, or cancel it");
            return;
        }
        let last = self.scene.steps.get();
        let steps = match Steps::new(0, last, stride, last) {
            Ok(steps) => steps,
            Err(_) => Steps::all(last),
        };
        let shot = Shot { size: film::USUAL, ..shot.clone() };
        let film = Film { steps, scale: scale.into(), ..Film::of(shot, theme) };
        let filming = Filming::to(path);
        self.filming = Some(filming.clone());
        let ctx = self.files.repaints();
        let woken = move || {
            if let Some(ctx) = &ctx {
                ctx.request_repaint();
            }
        };
        self.files.start(move || filming.make(&film, format, woken));
    }
}
