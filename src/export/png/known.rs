//! What one picture has of another: grounds and words take longer to paint than to lay down again.

use std::sync::Arc;

use kurbo::{Rect, Shape};
use tiny_skia::{
    FillRule, FilterQuality, LineJoin, Paint, Pattern, Pixmap, PremultipliedColorU8, SpreadMode,
    Transform,
};

use super::brush::{bezier, paint_of, path_of, single};
use super::stamp::{Sight, Stamp};
use crate::analysis::relief::Relief;
use crate::export::ground;
use crate::figure::Anchor;
use crate::figure::metrics::Face;
use crate::figure::painter::{Colour, Halo, Outline, Part, Text};
use crate::figure::palette::{Rgb, Theme};

/// Grounds and words of a picture, in one theme and one scale.
#[derive(Default)]
pub(in crate::export) struct Known {
    pub(super) grounds: Vec<Ground>,
    pub(super) words: Vec<Word>,
}

impl Known {
    /// Takes a ground out that lies here.
    pub(super) fn ground(&mut self, relief: &Arc<Relief>, place: Rect) -> Option<Ground> {
        let is_it = |known: &Ground| Arc::ptr_eq(&known.relief, relief) && known.place == place;
        let k = self.grounds.iter().position(is_it)?;
        Some(self.grounds.swap_remove(k))
    }

    /// Takes these words out.
    pub(super) fn word(&mut self, text: &Text<'_>) -> Option<Word> {
        let k = self.words.iter().position(|known| known.is(text))?;
        Some(self.words.swap_remove(k))
    }
}

/// A ground where it lies.
pub(super) struct Ground {
    relief: Arc<Relief>,
    /// In points.
    place: Rect,
    pub(super) stamp: Stamp,
}

impl Ground {
    pub(super) fn of(
        relief: &Arc<Relief>,
        theme: Theme,
        place: Rect,
        sight: Sight,
    ) -> Option<Self> {
        let tints = tints(relief, theme)?;
        let stretch = Transform::from_row(
            single(place.width() / f64::from(tints.width())),
            0.0,
            0.0,
            single(place.height() / f64::from(tints.height())),
            single(place.x0),
            single(place.y0),
        );
        let shader =
            Pattern::new(tints.as_ref(), SpreadMode::Pad, FilterQuality::Bilinear, 1.0, stretch);
        let paint = Paint { shader, ..Paint::default() };
        let path = path_of(&Outline::Box(place))?;
        let stamp = Stamp::of(place, sight, |pixels, zoom| {
            pixels.fill_path(&path, &paint, FillRule::Winding, zoom, None);
        })?;
        Some(Self { relief: Arc::clone(relief), place, stamp })
    }
}

/// The colours of a ground, one a pixel of its own.
fn tints(relief: &Relief, theme: Theme) -> Option<Pixmap> {
    let [columns, rows] = ground::sides(relief);
    let mut tints = Pixmap::new(columns, rows)?;
    let colours = ground::pixels(relief, theme);
    for (to, [red, green, blue]) in tints.pixels_mut().iter_mut().zip(colours) {
        *to = PremultipliedColorU8::from_rgba(red, green, blue, u8::MAX)?;
    }
    let alphas = ground::alphas(relief).unwrap_or_default();
    for (to, _) in tints.pixels_mut().iter_mut().zip(alphas).filter(|(_, alpha)| *alpha == 0) {
        *to = PremultipliedColorU8::TRANSPARENT;
    }
    Some(tints)
}

/// A line of text where it stands.
pub(super) struct Word {
    parts: Vec<(String, Face, Rgb)>,
    at: [f64; 2],
    size: f64,
    anchor: Anchor,
    angle: f64,
    halo: Option<Halo>,
    pub(super) stamp: Stamp,
}

impl Word {
    pub(super) fn of(text: &Text<'_>, sight: Sight) -> Option<Self> {
        let outlines = text.outlines();
        let reach = text.halo.map_or(0.0, |halo| halo.reach);
        let inked = outlines.iter().map(|(path, _)| path).filter(|path| !path.is_empty());
        let bounds = inked.map(Shape::bounding_box);
        let bounds = bounds.reduce(|a, b| a.union(b))?.inflate(reach, reach);
        let letters: Vec<_> =
            outlines.iter().filter_map(|(path, rgb)| Some((bezier(path)?, *rgb))).collect();
        let stamp = Stamp::of(bounds, sight, |pixels, zoom| {
            if let Some(halo) = text.halo {
                let pen = tiny_skia::Stroke {
                    width: single(2.0 * halo.reach),
                    line_join: LineJoin::Round,
                    ..tiny_skia::Stroke::default()
                };
                let paint = paint_of(halo.colour);
                for (path, _) in &letters {
                    pixels.stroke_path(path, &paint, &pen, zoom, None);
                }
            }
            for (path, rgb) in &letters {
                let paint = paint_of(Colour { rgb: *rgb, opacity: 1.0 });
                pixels.fill_path(path, &paint, FillRule::Winding, zoom, None);
            }
        })?;
        let Text { at, size, anchor, angle, halo, .. } = *text;
        let part = |part: &Part<'_>| (part.text.to_owned(), part.face, part.rgb);
        let parts = text.parts.iter().map(part).collect();
        Some(Self { parts, at, size, anchor, angle, halo, stamp })
    }

    fn is(&self, text: &Text<'_>) -> bool {
        let part = |(mine, other): (&(String, Face, Rgb), &Part<'_>)| {
            (mine.0.as_str(), mine.1, mine.2) == (other.text, other.face, other.rgb)
        };
        let place = (text.at, text.size, text.anchor, text.angle, text.halo);
        (self.at, self.size, self.anchor, self.angle, self.halo) == place
            && self.parts.len() == text.parts.len()
            && self.parts.iter().zip(text.parts).all(part)
    }
}
