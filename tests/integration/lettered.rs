//! Lines of text as they stand in a figure or in a window, and what can be wrong with them.

use kurbo::Rect;
use samscope::figure::palette::Rgb;

/// How far letters reach above and below their baseline, in heights of the text: no digit, capital or descender of the
/// bundled fonts reaches farther.
pub(crate) const REACH: [f64; 2] = [0.76, 0.22];

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
pub(crate) fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + FLARE) / (a.min(b) + FLARE)
}

/// A colour that covers another by this part.
pub(crate) fn over(rgb: Rgb, part: f64, below: Rgb) -> Rgb {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a mixture of two bytes is one"
    )]
    let mixed =
        |k: usize| (part * f64::from(rgb[k]) + (1.0 - part) * f64::from(below[k])).round() as u8;
    [0, 1, 2].map(mixed)
}

/// A line of text of a figure or a window.
#[derive(Debug, Clone)]
pub(crate) struct Lettered {
    /// What it says.
    pub(crate) text: String,
    /// The id of the pane that it belongs to; empty for free words.
    pub(crate) part: String,
    /// Its height, in points of a figure or pixels of a window.
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

/// The least height of letters, in points of a figure or pixels of a window.
pub(crate) const LEAST: f64 = 11.0;
/// The least contrast of words (Web Content Accessibility Guidelines 2.2, success criterion 1.4.3).
const CONTRAST: f64 = 4.5;

/// What is wrong with words on a sheet of this size: each that is not on it, cut, lower than `least`, faint, or over another.
pub(crate) fn faults(lettered: &[Lettered], [width, height]: [f64; 2], least: f64) -> Vec<String> {
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
        if *size < least - 1e-3 {
            fault(&format!("is {size} high"));
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
