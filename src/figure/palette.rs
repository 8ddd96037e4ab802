//! Which colour an ink is, in each theme.
//!
//! The two runs are an Okabe–Ito pair, orange and blue, moved apart in lightness so that they differ without colour
//! too: M. Okabe and K. Ito (2008), "Color Universal Design". The ground is mixed in `OKLab`: B. Ottosson (2020), "A
//! perceptual color space for image processing", so that equal steps of tone look like equal steps. Light is warm and
//! shadow is cool, as in E. Imhof's relief. A line is told by its hue, words have to be read: some inks have a second
//! colour for words, at 4.5 : 1 or more.

use super::Ink;

mod ground;
mod hues;

pub use ground::Tints;

/// A set of colours for one purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// For a projector or a bright room.
    Light,
    /// For a dark room.
    Dark,
    /// For paper: white ground.
    Print,
    /// For the last row of a room: as light, with words at 7 : 1.
    Talk,
    /// The same, dark.
    DarkTalk,
    /// For paper without colours: runs differ in lightness, dash and marker.
    Grey,
}

/// Who looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Whoever sits before it.
    Desk,
    /// A room: type is large, panels are folded, words have a contrast of 7 : 1.
    Room,
}

/// A colour, red, green and blue.
pub type Rgb = [u8; 3];

/// The colours of the runs in each theme: light, dark, print.
const RUNS: [[u32; 3]; 6] = [
    [0xD9_62_00, 0xFF_CC_74, 0xD0_5A_00],
    [0x00_4A_84, 0x68_B5_EE, 0x00_4B_84],
    [0x0A_8F_68, 0x1F_8A_62, 0x00_8A_6A],
    [0x6B_2C_10, 0xF6_F0_D2, 0x5E_28_10],
    [0x2F_93_E0, 0xB9_DC_FF, 0x2A_8A_E0],
    [0x1C_0A_40, 0xC0_48_3F, 0x18_00_48],
];

/// The colours of their words before a room, light and dark.
const WORDS_OF_TALKS: [[u32; 2]; 6] = [
    [0x8A_3A_00, 0xFF_CC_74],
    [0x00_4A_84, 0x7C_C0_F2],
    [0x00_58_3E, 0x5C_C4_9A],
    [0x6B_2C_10, 0xF6_F0_D2],
    [0x0E_52_8C, 0xB9_DC_FF],
    [0x1C_0A_40, 0xF4_9A_92],
];

/// The colours of their words.
const WORDS: [[u32; 3]; 6] = [
    [0xA6_47_00, 0xFF_CC_74, 0xA0_45_00],
    [0x00_4A_84, 0x68_B5_EE, 0x00_4B_84],
    [0x00_6B_4C, 0x3B_A9_7F, 0x00_68_50],
    [0x6B_2C_10, 0xF6_F0_D2, 0x5E_28_10],
    [0x14_68_AC, 0xB9_DC_FF, 0x10_66_AA],
    [0x1C_0A_40, 0xE8_7C_72, 0x18_00_48],
];

/// The runs without colours, and their words.
const GREY_RUNS: [u8; 6] = [0x7A, 0x1E, 0x4C, 0x34, 0x8A, 0x62];
const GREY_WORDS: [u8; 6] = [0x5E, 0x1E, 0x4C, 0x34, 0x62, 0x56];

impl Theme {
    /// Every theme, in the order of menus.
    pub const ALL: [Self; 6] =
        [Self::Light, Self::Dark, Self::Print, Self::Talk, Self::DarkTalk, Self::Grey];

    /// Whether it is for words at 7 : 1.
    #[must_use]
    pub const fn is_for_room(self) -> bool {
        matches!(self, Self::Talk | Self::DarkTalk)
    }

    /// Whether the paper is darker than the words.
    #[must_use]
    pub const fn is_dark(self) -> bool {
        matches!(self, Self::Dark | Self::DarkTalk)
    }

    /// The same before a room, or for whoever sits before it.
    #[must_use]
    pub const fn before(self, audience: Audience) -> Self {
        match (audience, self.is_dark()) {
            (Audience::Desk, false) => Self::Light,
            (Audience::Desk, true) => Self::Dark,
            (Audience::Room, false) => Self::Talk,
            (Audience::Room, true) => Self::DarkTalk,
        }
    }

    /// Light for dark, and dark for light.
    #[must_use]
    pub const fn turned(self) -> Self {
        match self {
            Self::Light | Self::Print | Self::Grey => Self::Dark,
            Self::Dark => Self::Light,
            Self::Talk => Self::DarkTalk,
            Self::DarkTalk => Self::Talk,
        }
    }

    /// The colour of `ink`.
    #[must_use]
    pub const fn ink(self, ink: Ink) -> Rgb {
        if matches!(self, Self::Grey) {
            return grey(ink);
        }
        let [light, dark, print] = match ink {
            Ink::Text => [0x24_28_2C, 0xE9_EB_ED, 0x11_11_11],
            Ink::Quiet if self.is_for_room() => [0x4A_50_56, 0xB8_C0_C8, 0x4A_50_56],
            Ink::Quiet => [0x62_68_6E, 0x9D_A5_AE, 0x55_55_55],
            Ink::Hairline => [0xD8_D5_CC, 0x3A_42_4A, 0xCC_CC_CC],
            Ink::Paper => [0xFC_FB_F8, 0x15_19_1E, 0xFF_FF_FF],
            Ink::Contour => [0x4E_48_38, 0xB4_BE_C4, 0x4A_4A_46],
            Ink::IndexContour => [0x2E_2A_1E, 0xD6_DC_E0, 0x2E_2E_2C],
            Ink::Run(place) => RUNS[at_most(place)],
            Ink::Epsilon => [0x8F_00_5C, 0xF8_93_CB, 0x94_10_5F],
            Ink::Gradient => [0x2E_2E_2E, 0xE0_E2_E4, 0x22_22_22],
            Ink::Minimum => [0x2A_26_1B, 0xDC_E0_E3, 0x2C_2C_2C],
            Ink::GroupA => [0x9A_A1_9C, 0x7C_87_8F, 0xA0_A0_A0],
            Ink::GroupB => [0x3E_4A_45, 0xD2_D8_DC, 0x38_38_38],
            Ink::Playhead => [0x4A_4F_55, 0xB9_C0_C7, 0x44_44_44],
            Ink::Mistake => [0xA8_00_00, 0xFF_8A_80, 0xA8_00_00],
            Ink::Hue(number) => return self.hue(number),
        };
        self.of([light, dark, print])
    }

    /// The colour of words in `ink`.
    #[must_use]
    pub const fn word(self, ink: Ink) -> Rgb {
        match ink {
            Ink::Run(place) if matches!(self, Self::Grey) => [GREY_WORDS[at_most(place)]; 3],
            Ink::Run(place) if self.is_for_room() => {
                let [light, dark] = WORDS_OF_TALKS[at_most(place)];
                self.of([light, dark, light])
            }
            Ink::Run(place) => self.of(WORDS[at_most(place)]),
            Ink::Text
            | Ink::Quiet
            | Ink::Hairline
            | Ink::Paper
            | Ink::Contour
            | Ink::IndexContour
            | Ink::Epsilon
            | Ink::Gradient
            | Ink::Minimum
            | Ink::GroupA
            | Ink::GroupB
            | Ink::Playhead
            | Ink::Hue(_)
            | Ink::Mistake => self.ink(ink),
        }
    }

    const fn of(self, [light, dark, print]: [u32; 3]) -> Rgb {
        match self {
            Self::Light | Self::Talk => rgb(light),
            Self::Dark | Self::DarkTalk => rgb(dark),
            Self::Print | Self::Grey => rgb(print),
        }
    }
}

/// The colours without colour: as light as those of print, but for the runs, which differ in lightness alone.
const fn grey(ink: Ink) -> Rgb {
    let level = match ink {
        Ink::Text => 0x11,
        Ink::Quiet => 0x55,
        Ink::Hairline => 0xCC,
        Ink::Paper => 0xFF,
        Ink::Contour => 0x4A,
        Ink::IndexContour => 0x2E,
        Ink::Run(place) => GREY_RUNS[at_most(place)],
        Ink::Epsilon => 0x40,
        Ink::Gradient => 0x22,
        Ink::Minimum => 0x2C,
        Ink::GroupA => 0xA0,
        Ink::GroupB => 0x38,
        Ink::Playhead => 0x44,
        Ink::Mistake => 0x33,
        Ink::Hue(number) => return hues::grey(number),
    };
    [level; 3]
}

/// The run at `place`, or the last one that has a colour of its own.
const fn at_most(place: usize) -> usize {
    if place < RUNS.len() { place } else { RUNS.len() - 1 }
}

/// A colour written as `0xRR_GG_BB`.
const fn rgb(code: u32) -> Rgb {
    let [_, red, green, blue] = code.to_be_bytes();
    [red, green, blue]
}

fn mix(a: [f32; 3], b: [f32; 3], part: f32) -> [f32; 3] {
    [0, 1, 2].map(|k| a[k] + (b[k] - a[k]) * part)
}

/// A channel of sRGB as an amount of light.
fn linear(channel: u8) -> f32 {
    let c = f32::from(channel) / 255.0;
    if c <= 0.040_45 { c / 12.92 } else { libm::powf((c + 0.055) / 1.055, 2.4) }
}

fn companded(light: f32) -> u8 {
    let light = light.clamp(0.0, 1.0);
    let c = if light <= 0.003_130_8 {
        12.92 * light
    } else {
        1.055 * libm::powf(light, 1.0 / 2.4) - 0.055
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
    let byte = (255.0 * c).round() as u8;
    byte
}

fn oklab(colour: Rgb) -> [f32; 3] {
    let [r, g, b] = colour.map(linear);
    let l = libm::cbrtf(0.412_221_47 * r + 0.536_332_55 * g + 0.051_445_99 * b);
    let m = libm::cbrtf(0.211_903_5 * r + 0.680_699_5 * g + 0.107_396_96 * b);
    let s = libm::cbrtf(0.088_302_46 * r + 0.281_718_85 * g + 0.629_978_7 * b);
    [
        0.210_454_26 * l + 0.793_617_8 * m - 0.004_072_047 * s,
        1.977_998_5 * l - 2.428_592_2 * m + 0.450_593_7 * s,
        0.025_904_037 * l + 0.782_771_77 * m - 0.808_675_77 * s,
    ]
}

fn srgb([lightness, a, b]: [f32; 3]) -> Rgb {
    let cube = |x: f32| x * x * x;
    let l = cube(lightness + 0.396_337_78 * a + 0.215_803_76 * b);
    let m = cube(lightness - 0.105_561_346 * a - 0.063_854_17 * b);
    let s = cube(lightness - 0.089_484_18 * a - 1.291_485_5 * b);
    [
        4.076_741_7 * l - 3.307_711_6 * m + 0.230_969_94 * s,
        -1.268_438 * l + 2.609_757_4 * m - 0.341_319_4 * s,
        -0.004_196_086_3 * l - 0.703_418_6 * m + 1.707_614_7 * s,
    ]
    .map(companded)
}

#[cfg(test)]
mod tests;
