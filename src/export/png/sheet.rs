//! A picture that is being painted.

use std::sync::Arc;

use kurbo::Rect;
use tiny_skia::{FillRule, LineCap, LineJoin, Mask, Path, Pixmap, StrokeDash, Transform};

use super::brush::{paint_of, path_of, single};
use super::known::{Ground, Known, Word};
use super::stamp::{Sight, Stamp};
use super::{CannotDraw, sides};
use crate::analysis::relief::Relief;
use crate::figure::painter::{Colour, Outline, Painter, Scope, Stroke, Text};
use crate::figure::palette::Theme;

fn blank(size: [f64; 2], scale: f64) -> Result<Pixmap, CannotDraw> {
    let [width, height] = sides(size, scale)?;
    let picture = Pixmap::new(width, height);
    picture.ok_or_else(|| CannotDraw("it has no pixels; use a larger scale or size".to_owned()))
}

/// A picture that is being painted.
pub(super) struct Sheet {
    pub(super) picture: Pixmap,
    /// Pixels a point.
    scale: f64,
    /// What is open; a clip with where it lets paint through.
    scopes: Vec<Option<Window>>,
    /// Of the picture before it, and not needed yet.
    pub(super) known: Known,
    /// What was needed.
    pub(super) used: Known,
}

impl Sheet {
    pub(super) fn blank(size: [f64; 2], scale: f64) -> Result<Self, CannotDraw> {
        let picture = blank(size, scale)?;
        Ok(Self {
            picture,
            scale,
            scopes: Vec::new(),
            known: Known::default(),
            used: Known::default(),
        })
    }

    fn zoom(&self) -> Transform {
        Transform::from_scale(single(self.scale), single(self.scale))
    }

    fn fill_path(&mut self, path: &Path, colour: Colour) {
        let zoom = self.zoom();
        let mask = mask_over(&self.scopes, bounds(path), 0.0);
        self.picture.fill_path(path, &paint_of(colour), FillRule::Winding, zoom, mask);
    }

    fn stroke_path(&mut self, path: &Path, stroke: &tiny_skia::Stroke, colour: Colour) {
        let zoom = self.zoom();
        let mask = mask_over(&self.scopes, bounds(path), f64::from(stroke.width) / 2.0);
        self.picture.stroke_path(path, &paint_of(colour), stroke, zoom, mask);
    }

    /// Pixels as they are, those that the open scopes hide left out.
    fn lay(&mut self, stamp: &Stamp) {
        let mask = mask_over(&self.scopes, stamp.bounds, 0.0);
        stamp.lay(&mut self.picture, mask);
    }
}

/// Where a clip lets paint through.
struct Window {
    mask: Mask,
    /// Within it, in points, it hides nothing.
    open: Rect,
}

/// The innermost clip that is open.
fn window(scopes: &[Option<Window>]) -> Option<&Window> {
    scopes.iter().rev().find_map(Option::as_ref)
}

/// Where the open scopes let paint through, if they hide anything of a place or of what is within `reach` of it.
fn mask_over(scopes: &[Option<Window>], place: Rect, reach: f64) -> Option<&Mask> {
    let window = window(scopes)?;
    let is_open = window.open.contains_rect(place.inflate(reach, reach));
    (!is_open).then_some(&window.mask)
}

fn bounds(path: &Path) -> Rect {
    let [x0, y0, x1, y1] = {
        let bounds = path.bounds();
        [bounds.left(), bounds.top(), bounds.right(), bounds.bottom()].map(f64::from)
    };
    Rect { x0, y0, x1, y1 }
}

impl Painter for Sheet {
    fn fill(&mut self, outlines: &[Outline<'_>], colour: Colour) {
        for path in outlines.iter().filter_map(path_of) {
            self.fill_path(&path, colour);
        }
    }

    fn stroke(&mut self, outlines: &[Outline<'_>], stroke: &Stroke) {
        let pen = tiny_skia::Stroke {
            width: single(stroke.width),
            line_cap: LineCap::Butt,
            line_join: LineJoin::Round,
            dash: StrokeDash::new(stroke.dash.iter().map(|&part| single(part)).collect(), 0.0),
            ..tiny_skia::Stroke::default()
        };
        for path in outlines.iter().filter_map(path_of) {
            self.stroke_path(&path, &pen, stroke.colour);
        }
    }

    fn text(&mut self, text: &Text<'_>) {
        let sheet = Sight::of(&self.picture, self.scale);
        if let Some(word) = self.known.word(text).or_else(|| Word::of(text, sheet)) {
            self.lay(&word.stamp);
            self.used.words.push(word);
        }
    }

    fn image(&mut self, relief: &Arc<Relief>, theme: Theme, place: Rect) {
        let sheet = Sight::of(&self.picture, self.scale);
        let known = self.known.ground(relief, place);
        if let Some(ground) = known.or_else(|| Ground::of(relief, theme, place, sheet)) {
            self.lay(&ground.stamp);
            self.used.grounds.push(ground);
        }
    }

    fn enter(&mut self, scope: Scope<'_>) {
        let clip = match scope {
            Scope::Part { .. } => None,
            Scope::Clip(place) => path_of(&Outline::Box(place)).and_then(|path| {
                let zoom = self.zoom();
                // The pixel at its edge is open in part.
                let open = place.inset(-1.0 / self.scale);
                if let Some(outer) = window(&self.scopes) {
                    let mut mask = outer.mask.clone();
                    mask.intersect_path(&path, FillRule::Winding, true, zoom);
                    return Some(Window { mask, open: open.intersect(outer.open) });
                }
                let mut mask = Mask::new(self.picture.width(), self.picture.height())?;
                mask.fill_path(&path, FillRule::Winding, true, zoom);
                Some(Window { mask, open })
            }),
        };
        self.scopes.push(clip);
    }

    fn leave(&mut self) {
        self.scopes.pop();
    }
}
