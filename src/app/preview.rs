//! The preview of a figure that is to be saved: the figure itself, laid out as the file will be, with as many pixels as
//! the dialog has room for.
//!
//! It is a product: made beside the window, dropped within a turn when something else is chosen. One engine serves all
//! previews, so that what they have in common (runs, outcomes) is made once.

use std::cell::RefCell;
use std::sync::Arc;

use egui::ColorImage;
use web_time::Instant;

use crate::engine::Engine;
use crate::engine::slot::{Job, Progress, Task};
use crate::export::png::{self, Grain};
use crate::figure::palette::Theme;
use crate::figure::shot::Shot;

/// A figure to be looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// The figure.
    pub shot: Shot,
    /// Its colours.
    pub theme: Theme,
    /// Whether there is no paper behind it.
    pub is_clear: bool,
    /// Width and height that it may have, in pixels.
    pub room: [u32; 2],
}

thread_local! {
    /// The engine that the previews of a thread share.
    static EASEL: RefCell<Option<Engine>> = const { RefCell::new(None) };
}

/// A figure as pixels.
pub struct Previewed {
    /// The figure that it is of.
    pub of: Preview,
    /// The pixels, or why there are none.
    pub picture: Result<Arc<ColorImage>, String>,
}

impl Job for Preview {
    type Product = Previewed;

    fn begin(&self) -> Box<dyn Task<Previewed>> {
        Box::new(Painting(self.clone()))
    }
}

struct Painting(Preview);

impl Task<Previewed> for Painting {
    fn advance(&mut self, until: Instant) -> Progress<Previewed> {
        let shot = &self.0.shot;
        // One that panics is not put back.
        let mut engine = EASEL.take().unwrap_or_else(Engine::between_frames);
        // What is asked for follows from what is known by then, so it is asked again after every turn.
        let look = shot.seen_by(&mut engine);
        if engine.is_busy() {
            engine.advance(until.saturating_duration_since(Instant::now()));
            EASEL.set(Some(engine));
            return Progress::Working;
        }
        let figure = shot.drawn(&engine, look);
        EASEL.set(Some(engine));
        let [wide, high] = std::array::from_fn(|k| f64::from(self.0.room[k]) / figure.size[k]);
        let scale = wide.min(high);
        let grain = Grain { is_clear: self.0.is_clear, ..Grain::from(scale) };
        let picture = png::painted(&figure, self.0.theme, grain);
        let picture = picture.map(|it| Arc::new(pixels(&it))).map_err(|error| error.to_string());
        Progress::Done(Previewed { of: self.0.clone(), picture })
    }
}

/// A picture as egui has them.
#[must_use]
pub fn pixels(picture: &tiny_skia::Pixmap) -> ColorImage {
    let size = [picture.width() as usize, picture.height() as usize];
    ColorImage::from_rgba_premultiplied(size, picture.data())
}
