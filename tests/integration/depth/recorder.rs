//! A painter that writes down what it is given, and what each word stands on.

use std::sync::Arc;

use kurbo::Rect;
use samscope::analysis::relief::Relief;
use samscope::figure::Anchor;
use samscope::figure::metrics;
use samscope::figure::painter::{Colour, GAP, Outline, Painter, Scope, Stroke, Text};
use samscope::figure::palette::{Rgb, Theme, Tints};

/// What is added to luminances of which a ratio is taken: the light that a screen reflects (Web Content Accessibility
/// Guidelines 2.2).
pub(super) const FLARE: f64 = 0.05;

/// The relative luminance of a colour, 0 to 1.
pub(super) fn luminance(colour: Rgb) -> f64 {
    let linear = |channel: u8| {
        let c = f64::from(channel) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    let [r, g, b] = colour.map(linear);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// The contrast of two colours, 1 to 21.
pub(crate) fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + FLARE) / (a.min(b) + FLARE)
}

/// A colour over another.
fn over(Colour { rgb, opacity }: Colour, below: Rgb) -> Rgb {
    let part = f64::from(opacity);
    [0, 1, 2].map(|k| (part * f64::from(rgb[k]) + (1.0 - part) * f64::from(below[k])).round() as u8)
}

/// A word or a line of them.
pub(super) struct Written {
    /// What it says.
    pub(super) text: String,
    /// The box around it, as it is turned.
    pub(super) place: Rect,
    /// Its weakest contrast against what it stands on, its halo included.
    pub(super) contrast: f64,
    /// Whether it stands on a map, which it then has a halo for.
    pub(super) on_map: bool,
}

/// A ground where it is seen.
struct Ground {
    relief: Arc<Relief>,
    theme: Theme,
    place: Rect,
    seen: Rect,
}

/// What was painted.
pub(super) struct Recorder {
    paper: Rgb,
    grounds: Vec<Ground>,
    clips: Vec<Option<Rect>>,
    tints: Tints,
    /// Words, in order.
    pub(super) words: Vec<Written>,
}

impl Recorder {
    /// On the paper of this theme.
    pub(super) fn on(theme: Theme) -> Self {
        Self {
            paper: theme.ink(samscope::figure::Ink::Paper),
            grounds: Vec::new(),
            clips: Vec::new(),
            tints: Tints::of(theme),
            words: Vec::new(),
        }
    }

    /// The grounds that were painted, in order.
    pub(super) fn reliefs(&self) -> impl Iterator<Item = &Arc<Relief>> {
        self.grounds.iter().map(|ground| &ground.relief)
    }

    /// Where the first ground is seen.
    pub(super) fn plot(&self) -> Rect {
        self.grounds.first().map_or(Rect::ZERO, |ground| ground.seen)
    }

    /// The colours that lie under a box.
    fn below(&self, place: Rect) -> Vec<Rgb> {
        let middle = place.center();
        let Some(ground) = self.grounds.iter().rfind(|ground| ground.seen.contains(middle)) else {
            return vec![self.paper];
        };
        let Relief { columns, rows, tone, shade } = &*ground.relief;
        let across = |x: f64| (x - ground.place.x0) / ground.place.width() * *columns as f64;
        let up = |y: f64| (ground.place.y1 - y) / ground.place.height() * *rows as f64;
        let cut = |at: f64, count: usize| (at.max(0.0) as usize).min(count - 1);
        let (left, right) = (cut(across(place.x0), *columns), cut(across(place.x1), *columns));
        let (low, high) = (cut(up(place.y1), *rows), cut(up(place.y0), *rows));
        let pixels = (low..=high).flat_map(|row| (left..=right).map(move |k| row * columns + k));
        assert_eq!(self.tints.at(0.5, 0.0), ground.theme.terrain(0.5, 0.0), "one theme a picture");
        pixels.map(|k| self.tints.at(tone[k], shade[k])).collect()
    }
}

impl Painter for Recorder {
    fn fill(&mut self, _: &[Outline<'_>], _: Colour) {}

    fn stroke(&mut self, _: &[Outline<'_>], _: &Stroke) {}

    fn text(&mut self, text: &Text<'_>) {
        let widths = text.parts.iter().map(|part| metrics::width(part.text, part.face, text.size));
        let width = widths.sum::<f64>() + GAP * (text.parts.len().saturating_sub(1)) as f64;
        let left = match text.anchor {
            Anchor::Left => 0.0,
            Anchor::Middle => -width / 2.0,
            Anchor::Right => -width,
        };
        // From the baseline up to the capitals.
        let high = 0.7 * text.size;
        let corners = [[left, 0.0], [left + width, 0.0], [left, -high], [left + width, -high]];
        let (sine, cosine) = text.angle.sin_cos();
        let turned = corners.map(|[x, y]| {
            kurbo::Point::new(
                text.at[0] + x * cosine + y * sine,
                text.at[1] - x * sine + y * cosine,
            )
        });
        let place = Rect::from_points(turned[0], turned[1]).union_pt(turned[2]).union_pt(turned[3]);
        let below = self.below(place);
        let halo = |below: Rgb| text.halo.map_or(below, |halo| over(halo.colour, below));
        let weakest = text
            .parts
            .iter()
            .flat_map(|part| below.iter().map(move |below| contrast(part.rgb, halo(*below))))
            .fold(f64::INFINITY, f64::min);
        self.words.push(Written {
            text: text.parts.iter().map(|part| part.text).collect::<Vec<_>>().join(" "),
            place,
            contrast: weakest,
            on_map: text.halo.is_some(),
        });
    }

    fn image(&mut self, relief: &Arc<Relief>, theme: Theme, place: Rect) {
        let clips = self.clips.iter().flatten();
        let seen = clips.fold(place, |seen, clip| seen.intersect(*clip));
        self.grounds.push(Ground { relief: Arc::clone(relief), theme, place, seen });
    }

    fn enter(&mut self, scope: Scope<'_>) {
        self.clips.push(match scope {
            Scope::Clip(place) => Some(place),
            Scope::Part { .. } => None,
        });
    }

    fn leave(&mut self) {
        self.clips.pop();
    }
}
