//! A film: a figure at one step after the other, as GIF, animated PNG, a numbered sequence of PNG, or raw frames.
//!
//! ```text
//! GIF            one palette of 255 colours for the whole film, and of each frame the rectangle that changed
//! animated PNG   the same rectangles in all colours
//! PNG sequence   each picture whole, with the step that it shows
//! y4m            each frame whole, for the pipe of an encoder
//! ```
//!
//! Frames are drawn one at a time, by one engine that makes the runs once. Lenses are left out: while the step moves
//! there is no time to read them.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::ControlFlow;

use tiny_skia::{Pixmap, PremultipliedColorU8};

use super::file::CannotWrite;
use super::png::{self, CannotDraw, Known};
use crate::engine::Engine;
use crate::figure::palette::Theme;
use crate::figure::picture::Sight;
use crate::figure::shot::Shot;
use crate::optim::moment::Moment;
use crate::origin::Origin;

mod pace;
mod steps;
mod palette;
mod change;
mod gif;
mod apng;
mod y4m;
mod sequence;

use palette::Code;

pub use pace::{BadPace, Pace, Plays};
pub use sequence::Sequence;
pub use steps::{BadSteps, STRIDES, Steps};

/// A figure at one step after the other.
#[derive(Debug, Clone)]
pub struct Film {
    /// The figure; its moment is not looked at.
    pub shot: Shot,
    /// The steps shown.
    pub steps: Steps,
    /// How fast, and how often.
    pub pace: Pace,
    /// The colours.
    pub theme: Theme,
    /// Pixels a point.
    pub scale: f64,
}

/// How a film is held in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A palette of 255 colours.
    Gif,
    /// All colours.
    Apng,
    /// Raw frames: YUV4MPEG2.
    Y4m,
}

/// Why a film was not made.
#[derive(Debug, thiserror::Error)]
pub enum CannotFilm {
    /// A frame cannot be drawn.
    #[error(transparent)]
    Draw(#[from] CannotDraw),
    /// It is too fast for its format.
    #[error(transparent)]
    Pace(#[from] BadPace),
    /// Whoever watched had seen enough.
    #[error("the film was cancelled; no file was written")]
    Cancelled,
    /// A picture of a sequence cannot be written.
    #[error(transparent)]
    File(#[from] CannotWrite),
    /// What it is written into takes no more.
    #[error(transparent)]
    Write(#[from] io::Error),
}

/// Told which part is done, from 0 to 1, after every frame; may break the film off.
pub type Watch<'w> = &'w mut dyn FnMut(f64) -> ControlFlow<()>;

/// A film is watched, not read: its usual size, in points.
pub const USUAL: [f64; 2] = [640.0, 400.0];

impl Film {
    /// All steps of a figure, once a step and for ever again.
    #[must_use]
    pub fn of(shot: Shot, theme: Theme) -> Self {
        let steps = Steps::all(shot.scene.steps.get());
        Self { shot, steps, pace: Pace::default(), theme, scale: 1.0 }
    }

    /// Writes the film frame by frame.
    ///
    /// # Errors
    /// When a frame is too large to be drawn, the format cannot be so fast, `out` cannot be written, or `watch` breaks off.
    pub fn write(
        &self,
        format: Format,
        out: &mut dyn Write,
        watch: Watch<'_>,
    ) -> Result<(), CannotFilm> {
        match format {
            Format::Gif => gif::write(self, out, watch),
            Format::Apng => apng::write(self, out, watch),
            Format::Y4m => y4m::write(self, out, watch),
        }
    }

    /// What the film carries: its scene, at its last step.
    fn origin(&self) -> Origin {
        Origin::of(&self.shot.scene, Moment::Step(self.steps.last()))
    }
}

/// Draws the frames of a film.
struct Camera<'f> {
    film: &'f Film,
    engine: Engine,
    known: Known,
    /// Frames that were drawn before their turn.
    kept: BTreeMap<usize, Pixmap>,
}

/// The most pixels of a frame that is kept until its turn.
const KEPT: u32 = 1 << 21;

impl<'f> Camera<'f> {
    fn of(film: &'f Film) -> Self {
        Self { film, engine: Engine::in_place(), known: Known::default(), kept: BTreeMap::new() }
    }

    /// The frame that shows this step, which is not drawn again when its turn comes.
    fn ahead(&mut self, step: usize) -> Result<Pixmap, CannotDraw> {
        let frame = self.frame(step)?;
        if frame.width() * frame.height() <= KEPT {
            self.kept.insert(step, frame.clone());
        }
        Ok(frame)
    }

    /// The frame that shows this step.
    fn frame(&mut self, step: usize) -> Result<Pixmap, CannotDraw> {
        if let Some(frame) = self.kept.remove(&step) {
            return Ok(frame);
        }
        let Film { shot, theme, scale, .. } = self.film;
        let shot = Shot { at: Moment::Step(step), lens: Sight::Hidden, ..shot.clone() };
        let figure = shot.made_by(&mut self.engine);
        png::paint_on(&mut self.known, &figure, *theme, *scale)
    }

    /// Draws all frames in turn, each with its number; `watch` hears of each.
    fn roll(
        &mut self,
        watch: Watch<'_>,
        mut each: impl FnMut(usize, &Pixmap) -> Result<(), CannotFilm>,
    ) -> Result<(), CannotFilm> {
        let steps = self.film.steps;
        for (k, step) in steps.iter().enumerate() {
            each(k, &self.frame(step)?)?;
            if watch((k + 1) as f64 / steps.count() as f64).is_break() {
                return Err(CannotFilm::Cancelled);
            }
        }
        Ok(())
    }
}

/// Width and height of a film's frames.
fn sides(film: &Film) -> Result<[u32; 2], CannotDraw> {
    png::sides(film.shot.size, film.scale)
}

/// The colours of a frame.
fn codes(picture: &Pixmap) -> Vec<Code> {
    let code = |p: &PremultipliedColorU8| u32::from_be_bytes([0, p.red(), p.green(), p.blue()]);
    picture.pixels().iter().map(code).collect()
}

#[cfg(test)]
mod tests;
