//! The tint of the ground: the deeper, the darker, in every theme.
//!
//! ```text
//! place on the ramp = tone · (1 + 0.05 · shade)        the cast of light and shadow moves hue, not lightness
//! ```
//!
//! Tone is what says how deep a place is, so the floor and the plateau are 2.5 : 1 apart. The shade is texture: it moves
//! the tone by a part of itself, so that it vanishes on the floor and makes no valley beside the valley, and its warmth
//! and coolness are of equal lightness.

use super::{Rgb, Theme, mix, oklab, rgb, srgb};
use crate::analysis::relief::{NOTHING, Relief};
use crate::figure::Ink;

/// How much of its tone full light adds, or full shadow takes. At twice this the eastern side of a ridge is darker than
/// the floor beyond it; at half of it the hillside is flat.
const RELIEF: f32 = 0.05;
/// The warmth of full light in `OKLab`, without lightness; full shadow is as cool.
const WARMTH: [f32; 2] = [0.002, 0.009];

impl Theme {
    /// The colour of the ground at a tone (0 to 1, NaN where the loss is no number) and shade (−1 to 1).
    #[must_use]
    pub fn terrain(self, tone: f32, shade: f32) -> Rgb {
        Mixing::of(self).at(tone, shade)
    }

    /// The tints from low to high, at equal steps of lightness, and what stands where there is no height.
    const fn ground(self) -> Ground {
        match self {
            Self::Light | Self::Talk => Ground {
                tints: [
                    rgb(0x72_9D_9A),
                    rgb(0x93_B2_AC),
                    rgb(0xB4_C7_BE),
                    rgb(0xD6_DC_D1),
                    rgb(0xF7_F2_E4),
                ],
                blank: rgb(0xD4_D4_D4),
            },
            Self::Dark | Self::DarkTalk => Ground {
                tints: [
                    rgb(0x02_19_22),
                    rgb(0x15_29_30),
                    rgb(0x2A_39_40),
                    rgb(0x3F_4B_4F),
                    rgb(0x55_5D_5F),
                ],
                blank: rgb(0x2B_2B_2B),
            },
            Self::Print => Ground {
                tints: [
                    rgb(0x8B_9F_9F),
                    rgb(0xA7_B6_B5),
                    rgb(0xC3_CD_CC),
                    rgb(0xE0_E5_E4),
                    rgb(0xFE_FD_FC),
                ],
                blank: rgb(0xDD_DD_DD),
            },
            Self::Grey => Ground {
                tints: [
                    rgb(0xA0_A0_A0),
                    rgb(0xB7_B7_B7),
                    rgb(0xCE_CE_CE),
                    rgb(0xE6_E6_E6),
                    rgb(0xFE_FE_FE),
                ],
                blank: rgb(0xDD_DD_DD),
            },
        }
    }
}

/// The colours of the ground, mixed once: mixing them anew for every pixel of every new ground would hold up a frame.
pub struct Tints {
    /// Row by row of one tone, from full shadow to full light.
    table: Vec<Rgb>,
    blank: Rgb,
    paper: Rgb,
    theme: Theme,
}

/// Tones and shades of the table: its steps are smaller than those of eight bits.
const TONES: usize = 512;
/// See [`TONES`].
const SHADES: usize = 129;

impl Tints {
    /// Those of `theme`.
    #[must_use]
    pub fn of(theme: Theme) -> Self {
        let part = |k: usize, count: usize| k as f32 / (count - 1) as f32;
        let mixing = Mixing::of(theme);
        let colour = |k: usize| {
            let (tone, shade) = (k / SHADES, k % SHADES);
            mixing.at(part(tone, TONES), 2.0 * part(shade, SHADES) - 1.0)
        };
        let table = (0..TONES * SHADES).map(colour).collect();
        let (blank, paper) = (theme.terrain(f32::NAN, 0.0), theme.ink(Ink::Paper));
        Self { table, blank, paper, theme }
    }

    /// The colour of a pixel: that of its hue where it has one, else the tint of its height.
    #[must_use]
    pub fn of_pixel(&self, relief: &Relief, pixel: usize) -> Rgb {
        let (tone, shade) = (relief.tone[pixel], relief.shade[pixel]);
        match relief.hue(pixel) {
            _ if tone == NOTHING => self.paper,
            Some(hue) => self.theme.hue_on(hue, tone, shade),
            None => self.at(tone, shade),
        }
    }

    /// What [`Theme::terrain`] says, to the nearest entry.
    #[must_use]
    pub fn at(&self, tone: f32, shade: f32) -> Rgb {
        if tone.is_nan() {
            return self.blank;
        }
        let place = |part: f32, count: usize| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "between 0 and the number of entries"
            )]
            let place = (part.clamp(0.0, 1.0) * (count - 1) as f32 + 0.5) as usize;
            place
        };
        let shade = if shade.is_nan() { 0.0 } else { shade };
        self.table[place(tone, TONES) * SHADES + place(f32::midpoint(shade, 1.0), SHADES)]
    }
}

struct Ground {
    tints: [Rgb; 5],
    blank: Rgb,
}

/// The colours of a ground in `OKLab`, where they are mixed.
struct Mixing {
    tints: [[f32; 3]; 5],
    blank: Rgb,
    warmth: [f32; 2],
}

impl Mixing {
    fn of(theme: Theme) -> Self {
        let Ground { tints, blank } = theme.ground();
        let warmth = if matches!(theme, Theme::Grey) { [0.0; 2] } else { WARMTH };
        Self { tints: tints.map(oklab), blank, warmth }
    }

    fn at(&self, tone: f32, shade: f32) -> Rgb {
        if tone.is_nan() {
            return self.blank;
        }
        let shade = if shade.is_nan() { 0.0 } else { shade.clamp(-1.0, 1.0) };
        let lit = tone.clamp(0.0, 1.0) * (1.0 + RELIEF * shade);
        let place = lit.min(1.0) * (self.tints.len() - 1) as f32;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and the number of tints"
        )]
        let below = (place as usize).min(self.tints.len() - 2);
        let [lightness, a, b] = mix(self.tints[below], self.tints[below + 1], place - below as f32);
        srgb([lightness, a + self.warmth[0] * shade, b + self.warmth[1] * shade])
    }
}
