//! A painter that remembers what is lettered: what it says, where, in which colour, and in which part of the figure.

use std::sync::Arc;

use samscope::analysis::relief::Relief;
use samscope::figure::painter::{Colour, GAP, Outline, Painter, Scope, Stroke, Text};
use samscope::figure::palette::{Rgb, Theme};
use samscope::figure::{Anchor, Figure, lower, metrics};

/// How far letters reach above and below their baseline, in heights of the text: no digit, capital or descender of the
/// bundled fonts reaches farther.
const REACH: [f64; 2] = [0.76, 0.22];

/// A line of text on a figure.
#[derive(Debug, Clone)]
pub(crate) struct Lettered {
    /// What it says.
    pub(crate) text: String,
    /// The id of the pane that it belongs to; empty for free words.
    pub(crate) part: String,
    /// Its height in points.
    pub(crate) size: f64,
    /// The colour of each of its pieces.
    pub(crate) colours: Vec<Rgb>,
    /// Its corners, in order.
    pub(crate) corners: [[f64; 2]; 4],
    /// What it is clipped to: left, top, right, bottom.
    pub(crate) clip: Option<[f64; 4]>,
}

impl Lettered {
    /// Whether it and another cover each other by more than a hair.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        /// Less than this is not seen, in points.
        const HAIR: f64 = 0.25;
        let normals = |corners: &[[f64; 2]; 4]| {
            [0, 1].map(|k| {
                let along = [0, 1].map(|axis| corners[k + 1][axis] - corners[k][axis]);
                let length = along[0].hypot(along[1]).max(1e-9);
                [-along[1] / length, along[0] / length]
            })
        };
        let shadow = |corners: &[[f64; 2]; 4], normal: [f64; 2]| {
            let along = corners.map(|at| at[0] * normal[0] + at[1] * normal[1]);
            let low = along.into_iter().fold(f64::INFINITY, f64::min);
            [low, along.into_iter().fold(f64::NEG_INFINITY, f64::max)]
        };
        let own = normals(&self.corners).into_iter().chain(normals(&other.corners));
        own.into_iter().all(|normal| {
            let (a, b) = (shadow(&self.corners, normal), shadow(&other.corners, normal));
            a[1].min(b[1]) - a[0].max(b[0]) > HAIR
        })
    }

    /// Whether all of it is in a rectangle: left, top, right, bottom.
    pub(crate) fn is_inside(&self, [left, top, right, bottom]: [f64; 4]) -> bool {
        let inside = |[x, y]: [f64; 2]| left <= x && x <= right && top <= y && y <= bottom;
        self.corners.into_iter().all(inside)
    }

    /// Whether it is cut by the edge of what it is clipped to.
    pub(crate) fn is_cut(&self) -> bool {
        self.clip.is_some_and(|clip| !self.is_inside(clip))
    }
}

/// Remembers text.
#[derive(Default)]
pub(crate) struct Recorder {
    /// All of it, in the order of painting.
    pub(crate) texts: Vec<Lettered>,
    scopes: Vec<(Option<String>, Option<[f64; 4]>)>,
}

impl Recorder {
    /// Everything that is lettered on a figure.
    pub(crate) fn of(figure: &Figure, theme: Theme) -> Vec<Lettered> {
        let mut recorder = Self::default();
        lower::figure(&mut recorder, figure, theme);
        recorder.texts
    }
}

impl Painter for Recorder {
    fn fill(&mut self, _: &[Outline<'_>], _: Colour) {}

    fn stroke(&mut self, _: &[Outline<'_>], _: &Stroke) {}

    fn text(&mut self, text: &Text<'_>) {
        let width = |part: &samscope::figure::painter::Part<'_>| {
            metrics::width(part.text, part.face, text.size)
        };
        let gaps = GAP * text.parts.len().saturating_sub(1) as f64;
        let whole = gaps + text.parts.iter().map(width).sum::<f64>();
        let left = match text.anchor {
            Anchor::Left => 0.0,
            Anchor::Middle => -whole / 2.0,
            Anchor::Right => -whole,
        };
        let [up, down] = REACH.map(|part| part * text.size);
        let (sine, cosine) = text.angle.sin_cos();
        let turned = |x: f64, y: f64| {
            [text.at[0] + x * cosine + y * sine, text.at[1] - x * sine + y * cosine]
        };
        let right = left + whole;
        let said: Vec<&str> = text.parts.iter().map(|part| part.text).collect();
        self.texts.push(Lettered {
            text: said.join(" "),
            part: self.scopes.iter().rev().find_map(|scope| scope.0.clone()).unwrap_or_default(),
            size: text.size,
            colours: text.parts.iter().map(|part| part.rgb).collect(),
            corners: [
                turned(left, -up),
                turned(right, -up),
                turned(right, down),
                turned(left, down),
            ],
            clip: self.scopes.iter().rev().find_map(|scope| scope.1),
        });
    }

    fn image(&mut self, _: &Arc<Relief>, _: Theme, _: kurbo::Rect) {}

    fn enter(&mut self, scope: Scope<'_>) {
        self.scopes.push(match scope {
            Scope::Clip(place) => (None, Some([place.x0, place.y0, place.x1, place.y1])),
            Scope::Part { id, .. } => (Some(id.to_owned()), None),
        });
    }

    fn leave(&mut self) {
        self.scopes.pop();
    }
}
