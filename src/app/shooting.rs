//! Pictures of what the window shows: as a figure, at once, as a film, to be looked at before it is saved, or copied.

use std::path::{Path, PathBuf};

use super::App;
use super::chosen::Chosen;
use super::files::{self, Image, News, Reel};
use super::filming::Filming;
use super::form::Form;
use super::preview::{self, Preview};
use super::toasts::Tone;
use super::view::View;
use crate::export::file;
use crate::export::film::{Film, Steps};
use crate::export::laid::{BadLayout, Wanted};
use crate::export::page::{MILLIMETRES, POINTS, Page};
use crate::export::png::{self, Grain};
use crate::figure::palette::Theme;
use crate::figure::panels::{Layout, Maps, Panels};
use crate::figure::picture::{Closer, Sight};
use crate::figure::shot::{self, Shot};
use crate::problem::grid::Window;
use crate::scene::Scene;

/// A figure on its page, ready to be made.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sheet {
    /// The figure.
    shot: Shot,
    /// Its colours.
    theme: Theme,
    /// What it lies on.
    page: Page,
    /// How fine its pixels are.
    grain: Grain,
}

impl Sheet {
    /// How large it is, in words.
    fn said(&self, chosen: &Chosen) -> String {
        let [width, height] = self.shot.size;
        let mut said = match chosen.paper.filter(|_| !chosen.image.is_film()) {
            Some(paper) => {
                let side = |points: f64| points * self.page.magnified * MILLIMETRES / POINTS;
                let (width, height) = (side(width), side(height));
                format!("{width:.1} × {height:.1} mm, letters of {} pt", paper.font)
            }
            None => format!("{width:.0} × {height:.0} points"),
        };
        if chosen.image.is_pixels() {
            let [wide, high] = self.shot.size.map(|side| (side * self.grain.scale).ceil());
            said += &format!(", {wide} × {high} pixels");
        }
        said
    }
}

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
            maps: self.view.maps,
            scene,
        }
    }

    /// The figure as it is chosen, without some runs, and with so many maps.
    ///
    /// # Errors
    /// When letters of this size have no room on such a page.
    pub(super) fn sheet(
        &self,
        window: Window,
        chosen: &Chosen,
        (without, maps): (&[usize], Maps),
    ) -> Result<Sheet, BadLayout> {
        let mut shot = Shot { maps, ..self.shot(window) };
        for &place in without {
            shot.scene.runs.hide(place);
        }
        if chosen.image.is_film() {
            // While steps go by there is no time to read a lens.
            shot.lens = Sight::Hidden;
        }
        let wanted = Wanted { maps: shot.maps, ..chosen.wanted() };
        let (Layout { size, panels, .. }, page) = wanted.sheet(&shot.scene)?;
        let theme = chosen.theme.unwrap_or(self.view.theme);
        Ok(Sheet { shot: Shot { size, panels, ..shot }, theme, page, grain: chosen.grain(page) })
    }

    /// Asks for the preview of the figure of the form that is open, with so many pixels of room; none is made where none
    /// is open.
    pub(super) fn preview(&mut self, window: Window) {
        let form = self.view.form.as_ref().filter(|form| form.kind.is_figure());
        let sheet = form.map(|form| self.sheet(window, &form.figure, (&form.without, form.maps)));
        if let (Some(sheet), Some(form)) = (&sheet, form) {
            let said = sheet.as_ref().map(|sheet| sheet.said(&form.figure));
            self.figure_said = said.map_err(ToString::to_string);
        }
        match (sheet, self.view.preview_room) {
            (Some(Ok(Sheet { shot, theme, page, .. })), Some(room)) => {
                let is_clear = page.is_clear;
                self.preview.want(Preview { shot, theme, is_clear, room });
                self.preview.poll();
            }
            (Some(_), _) => {}
            (None, _) => self.preview.leave(),
        }
        if let Some(failure) = self.preview.take_failure() {
            self.toasts.say(Tone::Bad, format!("the preview could not be drawn: {failure}"));
        }
    }

    /// The format of the last figure that was saved, where that does not move.
    pub(super) fn still(&self) -> Image {
        let image = Some(self.chosen.image).filter(|image| !image.is_film());
        image.unwrap_or(Image::Png)
    }

    /// Saves the figure as it was chosen last without a question, beside the file that was saved or opened last and over
    /// none.
    pub(super) fn save_at_once(&mut self, window: Window) {
        let folder = self.last_file.as_deref().and_then(Path::parent).map(Path::to_path_buf);
        let folder = folder.or_else(|| std::env::current_dir().ok()).unwrap_or_default();
        let chosen = Chosen { image: self.still(), ..self.chosen };
        let path: PathBuf =
            file::unused(&folder.join("figure").with_extension(chosen.image.name()));
        match self.sheet(window, &chosen, (&[], self.view.maps)) {
            Ok(Sheet { shot, theme, page, grain }) => self.files.start(move || {
                files::save_figure(&shot, theme, chosen.image, (page, grain), &path)
            }),
            Err(why) => self.toasts.say(Tone::Bad, why.to_string()),
        }
    }

    /// Puts the figure into the clipboard, as pixels: as it is chosen in the form that is open, else as it is seen, on a sheet
    /// of the usual size.
    pub(super) fn copy_picture(&mut self, window: Window) {
        let form = self.view.form.as_ref().filter(|form| form.kind.is_figure());
        let as_seen = (Chosen::default(), (&[][..], self.view.maps));
        let (chosen, runs) =
            form.map_or(as_seen, |form| (form.figure, (&form.without[..], form.maps)));
        match self.sheet(window, &Chosen { image: Image::Png, ..chosen }, runs) {
            Ok(Sheet { shot, theme, grain, .. }) => self.files.start(move || {
                let figure = shot.figure();
                match png::painted(&figure, theme, grain) {
                    Ok(picture) => News::Painted(preview::pixels(&picture)),
                    Err(error) => News::Failed(error.to_string()),
                }
            }),
            Err(why) => self.toasts.say(Tone::Bad, why.to_string()),
        }
    }

    /// Saves the figure of a form: beside the window, films with their progress.
    pub(super) fn save_form(&mut self, window: Window, form: &Form, image: Image, path: PathBuf) {
        let chosen = Chosen { image, ..form.figure };
        self.chosen = chosen;
        let sheet = match self.sheet(window, &chosen, (&form.without, form.maps)) {
            Ok(sheet) => sheet,
            Err(why) => {
                if let Some(form) = &mut self.view.form {
                    form.trouble = why.to_string();
                }
                return;
            }
        };
        if let Some(reel) = image.film() {
            self.view.form = None;
            self.film(sheet, reel, chosen.stride, &path);
            return;
        }
        let Sheet { shot, theme, page, grain } = sheet;
        self.files.start(move || files::save_figure(&shot, theme, image, (page, grain), &path));
    }

    /// Makes a film of all steps, beside the window.
    fn film(&mut self, sheet: Sheet, reel: Reel, stride: usize, path: &Path) {
        if let Some(filming) = &self.filming {
            self.toasts.say(Tone::Bad, filming.is_busy());
            return;
        }
        let Sheet { shot, theme, grain, .. } = sheet;
        let last = self.scene.steps.get();
        let steps = Steps::new(0, last, stride, last).unwrap_or_else(|_| Steps::all(last));
        let film = Film { steps, scale: grain.scale, ..Film::of(shot, theme) };
        let filming = Filming::to(path);
        self.filming = Some(filming.clone());
        let woken = self.wakes();
        self.files.start(move || filming.make(&film, reel, woken));
    }

    /// Writes the table of all steps, beside the window.
    pub(super) fn write_table(&mut self, scene: Scene, path: &Path) {
        if let Some(filming) = &self.filming {
            self.toasts.say(Tone::Bad, filming.is_busy());
            return;
        }
        // A place that cannot be written is told where it is typed.
        if let Err(error) = file::check(path) {
            if let Some(form) = &mut self.view.form {
                form.trouble = error.to_string();
            }
            return;
        }
        self.view.form = None;
        let filming = Filming::table_to(path);
        self.filming = Some(filming.clone());
        let woken = self.wakes();
        self.files.start(move || filming.write_table(&scene, woken));
    }

    /// What whoever works beside the window calls when there is something to be seen.
    fn wakes(&self) -> impl Fn() + Send + 'static {
        let ctx = self.files.repaints();
        move || {
            if let Some(ctx) = &ctx {
                ctx.request_repaint();
            }
        }
    }
}
