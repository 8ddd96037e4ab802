//! A painter that remembers what is lettered: what it says, where, in which part of the figure, and on what it stands.

use std::sync::Arc;

use kurbo::Rect;
use samscope::analysis::relief::Relief;
use samscope::figure::painter::{Colour, GAP, Outline, Painter, Scope, Stroke, Text};
use samscope::figure::palette::{Rgb, Theme, Tints};
use samscope::figure::{Anchor, Figure, Ink, lower, metrics};

use crate::lettered::{Lettered, REACH, contrast, over};

/// What words stand on, where it is seen.
enum Ground {
    /// One colour.
    Plain(Rgb, Rect),
    /// The picture of a loss: all of it, and the part that is seen.
    Relief { relief: Arc<Relief>, place: Rect, seen: Rect },
}

impl Ground {
    fn seen(&self) -> Rect {
        match self {
            Self::Plain(_, seen) | Self::Relief { seen, .. } => *seen,
        }
    }
}

/// Remembers text, and grounds.
pub(crate) struct Recorder {
    theme: Theme,
    tints: Tints,
    /// All of the text, in the order of painting.
    pub(crate) texts: Vec<Lettered>,
    grounds: Vec<Ground>,
    scopes: Vec<(Option<String>, Option<Rect>)>,
}

impl Recorder {
    /// On the paper of this theme.
    pub(crate) fn on(theme: Theme) -> Self {
        let (texts, grounds, scopes) = (Vec::new(), Vec::new(), Vec::new());
        Self { theme, tints: Tints::of(theme), texts, grounds, scopes }
    }

    /// Everything that is lettered on a figure.
    pub(crate) fn of(figure: &Figure, theme: Theme) -> Vec<Lettered> {
        let mut recorder = Self::on(theme);
        lower::figure(&mut recorder, figure, theme);
        recorder.texts
    }

    /// The grounds of maps and lenses, in order.
    pub(crate) fn reliefs(&self) -> impl Iterator<Item = &Arc<Relief>> {
        self.grounds.iter().filter_map(|ground| match ground {
            Ground::Plain(..) => None,
            Ground::Relief { relief, .. } => Some(relief),
        })
    }

    /// Where the first of them is seen.
    pub(crate) fn plot(&self) -> Rect {
        let mut reliefs = self.grounds.iter().filter(|g| matches!(g, Ground::Relief { .. }));
        reliefs.next().map_or(Rect::ZERO, Ground::seen)
    }

    /// What everything is clipped to.
    fn clip(&self) -> Option<Rect> {
        let clips = self.scopes.iter().filter_map(|scope| scope.1);
        clips.reduce(|seen, clip| seen.intersect(clip))
    }

    /// The colours that lie under a box.
    fn below(&self, place: Rect) -> Vec<Rgb> {
        let middle = place.center();
        let ground = self.grounds.iter().rfind(|ground| ground.seen().contains(middle));
        let (relief, whole) = match ground {
            None => return vec![self.theme.ink(Ink::Paper)],
            Some(Ground::Plain(rgb, _)) => return vec![*rgb],
            Some(Ground::Relief { relief, place, .. }) => (relief, place),
        };
        let Relief { columns, rows, tone, shade, .. } = &**relief;
        let across = |x: f64| (x - whole.x0) / whole.width() * *columns as f64;
        let up = |y: f64| (whole.y1 - y) / whole.height() * *rows as f64;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a place among pixels, not below zero"
        )]
        let cut = |at: f64, count: usize| (at.max(0.0) as usize).min(count - 1);
        let (left, right) = (cut(across(place.x0), *columns), cut(across(place.x1), *columns));
        let (low, high) = (cut(up(place.y1), *rows), cut(up(place.y0), *rows));
        let pixels = (low..=high).flat_map(|row| (left..=right).map(move |k| row * columns + k));
        pixels.map(|k| self.tints.at(tone[k], shade[k])).collect()
    }
}

impl Painter for Recorder {
    fn fill(&mut self, outlines: &[Outline<'_>], colour: Colour) {
        for outline in outlines {
            if let Outline::Box(place) = *outline
                && colour.opacity >= 1.0
            {
                let seen = self.clip().map_or(place, |clip| clip.intersect(place));
                self.grounds.push(Ground::Plain(colour.rgb, seen));
            }
        }
    }

    fn stroke(&mut self, _: &[Outline<'_>], _: &Stroke) {}

    fn text(&mut self, text: &Text<'_>) {
        let widths = text.parts.iter().map(|part| metrics::width(part.text, part.face, text.size));
        let whole = widths.sum::<f64>() + GAP * text.parts.len().saturating_sub(1) as f64;
        let left = match text.anchor {
            Anchor::Left => 0.0,
            Anchor::Middle => -whole / 2.0,
            Anchor::Right => -whole,
        };
        let [up, down] = REACH.map(|part| part * text.size);
        let (sine, cosine) = text.angle.sin_cos();
        let turned = |[x, y]: [f64; 2]| {
            [text.at[0] + x * cosine + y * sine, text.at[1] - x * sine + y * cosine]
        };
        let right = left + whole;
        let corners = [[left, -up], [right, -up], [right, down], [left, down]].map(turned);
        let [first, others @ ..] = corners.map(|[x, y]| kurbo::Point::new(x, y));
        let around =
            others.into_iter().fold(Rect::from_points(first, first), |r, at| r.union_pt(at));
        let below = self.below(around);
        let covered = |Colour { rgb, opacity }, below| over(rgb, f64::from(opacity), below);
        let halo = |below: Rgb| text.halo.map_or(below, |halo| covered(halo.colour, below));
        let contrasts = text
            .parts
            .iter()
            .flat_map(|part| below.iter().map(move |below| contrast(part.rgb, halo(*below))));
        let said: Vec<&str> = text.parts.iter().map(|part| part.text).collect();
        self.texts.push(Lettered {
            text: said.join(" "),
            part: self.scopes.iter().rev().find_map(|scope| scope.0.clone()).unwrap_or_default(),
            size: text.size,
            contrast: contrasts.fold(f64::INFINITY, f64::min),
            on_map: text.halo.is_some(),
            corners,
            clip: self.clip(),
        });
    }

    fn image(&mut self, relief: &Arc<Relief>, theme: Theme, place: Rect) {
        assert_eq!(theme, self.theme, "one theme a picture");
        let seen = self.clip().map_or(place, |clip| clip.intersect(place));
        self.grounds.push(Ground::Relief { relief: Arc::clone(relief), place, seen });
    }

    fn enter(&mut self, scope: Scope<'_>) {
        self.scopes.push(match scope {
            Scope::Clip(place) => (None, Some(place)),
            Scope::Part { id, .. } => (Some(id.to_owned()), None),
        });
    }

    fn leave(&mut self) {
        self.scopes.pop();
    }
}
