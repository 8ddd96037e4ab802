//! The colours of kinds of ends: the hues of regions on a map and of cells in an atlas.
//!
//! They lie between the lightest and the deepest tint of the ground, so that routes, contour lines and heights stand out
//! from them as from the ground, and are told apart by the colour-blind: tests hold both.

use super::{Rgb, Theme, oklab, rgb, srgb};
use crate::atlas::kind::Hue;

/// How much of its lightness the shade of a hill adds to a hue, at most, and how much its depth does.
const SHADE: f32 = 0.012;
const DEPTH: f32 = 0.02;

/// Light and print, dark; in the order of [`Hue::number`].
const COLOURS: [[u32; 2]; Hue::ALL as usize] = [
    [0xD5_89_94, 0x78_4D_5A],
    [0x98_E3_D8, 0x33_5A_88],
    [0xD2_D3_A0, 0x4F_61_1D],
    [0x8F_9E_DC, 0x56_18_0A],
    [0x69_C5_C7, 0x25_41_70],
    [0xA9_A1_59, 0x35_12_26],
    [0xA9_C2_FE, 0x18_17_4B],
    [0xB8_BA_77, 0x24_32_46],
    [0xFB_E3_A0, 0x52_3E_37],
    [0xF2_C2_3F, 0x6E_36_0A],
    [0xF4_F1_F2, 0x0B_0C_0E],
];

/// Without colour, in the same order. No more than six greys as light as the ground can be told apart: the first basins,
/// saddles and what is beyond have one of their own, the others share those.
const GREYS: [u8; Hue::ALL as usize] =
    [0x9B, 0xE8, 0xC1, 0xAE, 0x9B, 0xE8, 0xD4, 0xAE, 0xC1, 0xC1, 0xFA];

/// The hue of this number without its colour.
pub(super) const fn grey(number: u8) -> Rgb {
    [GREYS[at_most(number)]; 3]
}

const fn at_most(number: u8) -> usize {
    let last = Hue::ALL - 1;
    (if number < last { number } else { last }) as usize
}

impl Theme {
    /// The colour of the hue of this number; that of the last one for numbers beyond.
    #[must_use]
    pub const fn hue(self, number: u8) -> Rgb {
        if matches!(self, Self::Grey) {
            return grey(number);
        }
        let [light, dark] = COLOURS[at_most(number)];
        rgb(if self.is_dark() { dark } else { light })
    }

    /// The same on ground of a tone and a shade.
    #[must_use]
    pub fn hue_on(self, number: u8, tone: f32, shade: f32) -> Rgb {
        let [lightness, a, b] = oklab(self.hue(number));
        let part = |x: f32| if x.is_nan() { 0.0 } else { x };
        let deep = part(tone).clamp(0.0, 1.0) - 0.5;
        srgb([lightness + SHADE * part(shade).clamp(-1.0, 1.0) + DEPTH * deep, a, b])
    }
}
