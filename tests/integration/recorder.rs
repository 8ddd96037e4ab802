//! A painter that remembers what is lettered: what it says, where, in which part of the figure, and on what it stands.

use std::sync::Arc;

use kurbo::Rect;
use samscope::analysis::relief::Relief;
use samscope::figure::painter::{Colour, GAP, Outline, Painter, Scope, Stroke, Text};
use samscope::figure::palette::{Rgb, Theme, Tints};
use samscope::figure::{Anchor, Figure, Ink, lower, metrics};

/// How far letters reach above and below their baseline, in heights of the text: no digit, capital or descender of the
/// bundled fonts reaches farther.
const REACH: [f64; 2] = [0.76, 0.22];

/// What is added to luminances of which a ratio is taken: the light that a screen reflects (Web Content Accessibility
/// Guidelines 2.2).
pub(crate) const FLARE: f64 = 0.05;

/// The relative luminance of a colour, 0 to 1.
pub(crate) fn luminance(colour: Rgb) -> f64 {
    let linear = |channel: u8| {
        let c = f64::from(channel) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    let [r, g, b] = colour.map(linear);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// The contrast of two colours, 1 to 21.
fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + FLARE) / (a.min(b) + FLARE)
}

/// A colour over another.
fn over(Colour { rgb, opacity }: Colour, below: Rgb) -> Rgb {
    let part = f64::from(opacity);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a mixture of two bytes is one"
    )]
    let mixed =
        |k: usize| (part * f64::from(rgb[k]) + (1.0 - part) * f64::from(below[k])).round() as u8;
    [0, 1, 2].map(mixed)
}

/// A line of text on a figure.
#[derive(Debug, Clone)]
pub(crate) struct Lettered {
    /// What it says.
    pub(crate) text: String,
    /// The id of the pane that it belongs to; empty for free words.
    pub(crate) part: String,
    /// Its height in points.
    pub(crate) size: f64,
    /// Its weakest contrast against what it stands on, its halo included.
    pub(crate) contrast: f64,
    /// Whether it stands on a map, which it then has a halo for.
    pub(crate) on_map: bool,
    /// Its corners, in order.
    pub(crate) corners: [[f64; 2]; 4],
    /// What it is clipped to.
    pub(crate) clip: Option<Rect>,
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

    /// Whether all of it is in a rectangle.
    pub(crate) fn is_inside(&self, place: Rect) -> bool {
        let inside =
            |[x, y]: [f64; 2]| place.x0 <= x && x <= place.x1 && place.y0 <= y && y <= place.y1;
        self.corners.into_iter().all(inside)
    }

    /// Whether it is cut by the edge of what it is clipped to.
    pub(crate) fn is_cut(&self) -> bool {
        self.clip.is_some_and(|clip| !self.is_inside(clip))
    }
}

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
        let Relief { columns, rows, tone, shade } = &**relief;
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
        let halo = |below: Rgb| text.halo.map_or(below, |halo| over(halo.colour, below));
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

/// The least height of letters, in points.
const LEAST: f64 = 11.0;
/// The least contrast of words (Web Content Accessibility Guidelines 2.2, success criterion 1.4.3).
const CONTRAST: f64 = 4.5;

/// What is wrong with words on a sheet of this size: each that is not on it, cut, small, faint, or over another.
pub(crate) fn faults(lettered: &[Lettered], [width, height]: [f64; 2]) -> Vec<String> {
    let sheet = Rect::new(0.0, 0.0, width, height);
    let mut faults = Vec::new();
    for (k, text) in lettered.iter().enumerate() {
        let Lettered { text: said, part, size, contrast, .. } = text;
        let mut fault = |what: &str| faults.push(format!("{part} \"{said}\" {what}"));
        if !text.is_inside(sheet) {
            fault("is not on the sheet");
        }
        // A word that a person made too long for its room may be cut; a sentence may not.
        if text.is_cut() || (said.ends_with('…') && said.contains(' ')) {
            fault("is cut");
        }
        if *size < LEAST {
            fault(&format!("is {size} points high"));
        }
        if *contrast < CONTRAST {
            fault(&format!("has a contrast of {contrast}"));
        }
        for other in lettered[..k].iter().filter(|other| text.overlaps(other)) {
            fault(&format!("covers {} \"{}\"", other.part, other.text));
        }
    }
    faults
}
