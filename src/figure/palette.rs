//! Which colour an ink is, in each theme.
//!
//! The two runs are an Okabe–Ito pair, orange and blue, moved apart in lightness so that they differ without colour
//! too: M. Okabe and K. Ito (2008), "Color Universal Design". The ground is mixed in `OKLab`: B. Ottosson (2020), "A
//! perceptual color space for image processing", so that equal steps of tone look like equal steps. Light is warm and
//! shadow is cool, as in E. Imhof's relief.

use super::Ink;

/// A set of colours for one purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// For a projector or a bright room.
    Light,
    /// For a dark room.
    Dark,
    /// For paper: white ground.
    Print,
}

/// A colour, red, green and blue.
pub type Rgb = [u8; 3];

/// The colours of the runs in each theme: light, dark, print.
const RUNS: [[u32; 3]; 6] = [
    [0xD9_62_00, 0xFF_B5_47, 0xD0_5A_00],
    [0x00_58_96, 0x45_9F_E0, 0x00_4F_8A],
    [0x0A_8F_68, 0x1F_8A_62, 0x00_8A_6A],
    [0x6B_2C_10, 0xF6_F0_D2, 0x5E_28_10],
    [0x2F_93_E0, 0xB9_DC_FF, 0x2A_8A_E0],
    [0x1C_0A_40, 0xC0_48_3F, 0x18_00_48],
];

impl Theme {
    /// Every theme, in the order of menus.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::Print];

    /// The colour of `ink`.
    #[must_use]
    pub const fn ink(self, ink: Ink) -> Rgb {
        let [light, dark, print] = match ink {
            Ink::Text => [0x24_28_2C, 0xE9_EB_ED, 0x11_11_11],
            Ink::Quiet => [0x62_68_6E, 0x9D_A5_AE, 0x55_55_55],
            Ink::Hairline => [0xD8_D5_CC, 0x3A_42_4A, 0xCC_CC_CC],
            Ink::Paper => [0xFC_FB_F8, 0x15_19_1E, 0xFF_FF_FF],
            Ink::Contour => [0x9A_91_7C, 0x6B_77_7F, 0xA6_A6_A0],
            Ink::IndexContour => [0x74_6B_56, 0x93_A0_A8, 0x77_77_70],
            Ink::Run(place) => RUNS[if place < RUNS.len() { place } else { RUNS.len() - 1 }],
            Ink::Epsilon => [0xB8_1F_7D, 0xF2_77_BA, 0xA8_12_6E],
            Ink::Gradient => [0x2E_2E_2E, 0xE0_E2_E4, 0x22_22_22],
            Ink::Minimum => [0x4A_45_38, 0xC9_CF_D3, 0x40_40_40],
            Ink::GroupA => [0x9A_A1_9C, 0x7C_87_8F, 0xA0_A0_A0],
            Ink::GroupB => [0x3E_4A_45, 0xD2_D8_DC, 0x38_38_38],
            Ink::Playhead => [0x4A_4F_55, 0xB9_C0_C7, 0x44_44_44],
        };
        match self {
            Self::Light => rgb(light),
            Self::Dark => rgb(dark),
            Self::Print => rgb(print),
        }
    }

    /// The colour of the ground at a tone (0 to 1, NaN where the loss is no number) and shade (−1 to 1).
    #[must_use]
    pub fn terrain(self, tone: f32, shade: f32) -> Rgb {
        Mixing::of(self).at(tone, shade)
    }

    /// The tints from low to high, and how light and shadow change them.
    const fn ground(self) -> Ground {
        match self {
            Self::Light => Ground {
                tints: [
                    rgb(0xB2_CC_B9),
                    rgb(0xC9_D8_C2),
                    rgb(0xDC_E1_CC),
                    rgb(0xEA_E7_D8),
                    rgb(0xF3_EF_E5),
                ],
                light: (rgb(0xFF_FD_F2), 0.55),
                shadow: (rgb(0x6C_72_84), 0.22),
                blank: rgb(0xD4_D4_D4),
            },
            Self::Dark => Ground {
                tints: [
                    rgb(0x16_2A_2E),
                    rgb(0x1E_30_35),
                    rgb(0x28_37_3D),
                    rgb(0x32_3E_45),
                    rgb(0x3D_47_4D),
                ],
                light: (rgb(0x7C_86_88), 0.30),
                shadow: (rgb(0x06_0A_10), 0.55),
                blank: rgb(0x2B_2B_2B),
            },
            Self::Print => Ground {
                tints: [
                    rgb(0xE2_E7_E3),
                    rgb(0xEB_EE_EA),
                    rgb(0xF2_F3_F0),
                    rgb(0xF8_F8_F6),
                    rgb(0xFD_FD_FC),
                ],
                light: (rgb(0xFF_FF_FF), 0.50),
                shadow: (rgb(0x80_80_84), 0.16),
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
        Self { table, blank: theme.terrain(f32::NAN, 0.0) }
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
    light: (Rgb, f32),
    shadow: (Rgb, f32),
    blank: Rgb,
}

/// The colours of a ground in `OKLab`, where they are mixed.
struct Mixing {
    tints: [[f32; 3]; 5],
    light: ([f32; 3], f32),
    shadow: ([f32; 3], f32),
    blank: Rgb,
}

impl Mixing {
    fn of(theme: Theme) -> Self {
        let Ground { tints, light, shadow, blank } = theme.ground();
        let cast = |(colour, strength): (Rgb, f32)| (oklab(colour), strength);
        Self { tints: tints.map(oklab), light: cast(light), shadow: cast(shadow), blank }
    }

    fn at(&self, tone: f32, shade: f32) -> Rgb {
        if tone.is_nan() {
            return self.blank;
        }
        let place = tone.clamp(0.0, 1.0) * (self.tints.len() - 1) as f32;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and the number of tints"
        )]
        let below = (place as usize).min(self.tints.len() - 2);
        let tint = mix(self.tints[below], self.tints[below + 1], place - below as f32);
        let shade = if shade.is_nan() { 0.0 } else { shade.clamp(-1.0, 1.0) };
        let (cast, strength) = if shade < 0.0 { self.shadow } else { self.light };
        srgb(mix(tint, cast, strength * shade.abs()))
    }
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
mod tests {
    use super::*;

    #[test]
    fn a_mixed_colour_is_the_ground_s_to_what_the_eye_tells() {
        for theme in Theme::ALL {
            let tints = Tints::of(theme);
            for k in 0..=1000 {
                let (tone, shade) = (k as f32 / 1000.0, ((k * 37) % 201) as f32 / 100.0 - 1.0);
                let (exact, mixed) = (theme.terrain(tone, shade), tints.at(tone, shade));
                let apart = exact.iter().zip(mixed).map(|(a, b)| a.abs_diff(b)).max();
                assert!(apart <= Some(2), "{theme:?} {tone} {shade}: {exact:?} {mixed:?}");
            }
            assert_eq!(tints.at(f32::NAN, 0.3), theme.terrain(f32::NAN, 0.3));
            assert_eq!(tints.at(0.0, f32::NAN), theme.terrain(0.0, 0.0));
            assert_eq!(tints.at(7.0, 9.0), theme.terrain(1.0, 1.0));
        }
    }

    /// The contrast of the Web Content Accessibility Guidelines 2.2, from 1 to 21.
    fn contrast(a: Rgb, b: Rgb) -> f32 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn luminance(colour: Rgb) -> f32 {
        let [r, g, b] = colour.map(linear);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    #[test]
    fn words_and_routes_can_be_read_on_paper() {
        for theme in Theme::ALL {
            let on_paper = |ink| contrast(theme.ink(ink), theme.ink(Ink::Paper));
            assert!(on_paper(Ink::Text) >= 7.0, "{theme:?} text");
            assert!(on_paper(Ink::Quiet) >= 4.5, "{theme:?} quiet");
            for ink in [Ink::Run(0), Ink::Run(1), Ink::Epsilon, Ink::Gradient, Ink::Playhead] {
                assert!(on_paper(ink) >= 3.0, "{theme:?} {ink:?}: {}", on_paper(ink));
            }
        }
    }

    #[test]
    fn routes_stand_out_from_any_ground() {
        for theme in Theme::ALL {
            for tone in [0.0, 0.25, 0.5, 0.75, 1.0] {
                let ground = theme.terrain(tone, 0.0);
                for ink in [Ink::Run(1), Ink::Epsilon, Ink::Gradient] {
                    assert!(contrast(theme.ink(ink), ground) >= 3.0, "{theme:?} {ink:?} at {tone}");
                }
                // Orange cannot be both light enough to differ from the blue and dark enough for 3:1 on sage; its
                // casing is what separates it there.
                assert!(
                    contrast(theme.ink(Ink::Run(0)), ground) >= 2.0,
                    "{theme:?} base at {tone}"
                );
            }
        }
    }

    #[test]
    fn the_two_runs_differ_without_colour() {
        for theme in Theme::ALL {
            let apart = oklab(theme.ink(Ink::Run(0)))[0] - oklab(theme.ink(Ink::Run(1)))[0];
            assert!(apart.abs() >= 0.12, "{theme:?}: {apart}");
        }
    }

    /// How linear light is seen with the three kinds of colour blindness: G. Machado, M. Oliveira and L. Fernandes
    /// (2009), "A physiologically-based model for simulation of color vision deficiency", severity 1.
    const VISIONS: [[[f32; 3]; 3]; 4] = [
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ];

    fn seen(colour: Rgb, vision: [[f32; 3]; 3]) -> [f32; 3] {
        let light = colour.map(linear);
        let through = vision.map(|row| row.iter().zip(light).map(|(a, b)| a * b).sum::<f32>());
        oklab(through.map(companded))
    }

    #[test]
    fn six_runs_are_told_apart_by_colour_blind_people() {
        for theme in Theme::ALL {
            let inks: Vec<Ink> = (0..6).map(Ink::Run).collect();
            for vision in VISIONS {
                for (k, a) in inks.iter().enumerate() {
                    for b in &inks[..k] {
                        let [a_seen, b_seen] = [a, b].map(|ink| seen(theme.ink(*ink), vision));
                        let apart =
                            (0..3).map(|k| (a_seen[k] - b_seen[k]).powi(2)).sum::<f32>().sqrt();
                        assert!(apart >= 0.05, "{theme:?} {a:?} {b:?}: {apart}");
                    }
                }
            }
        }
    }

    #[test]
    fn six_runs_differ_in_dash_and_marker_too() {
        let looks: Vec<_> = (0..6).map(crate::figure::route::of).collect();
        for (k, a) in looks.iter().enumerate() {
            assert!(looks[..k].iter().all(|b| a.dash != b.dash && a.shape != b.shape), "run {k}");
        }
    }

    #[test]
    fn oklab_goes_both_ways() {
        for theme in Theme::ALL {
            let colour = theme.ink(Ink::Run(0));
            assert_eq!(srgb(oklab(colour)), colour);
        }
    }

    #[test]
    fn the_ground_stays_quiet_in_full_light_and_full_shadow() {
        for (tone, shade) in
            [(0.0, -1.0), (1.0, 1.0), (f32::NAN, 0.0), (0.5, f32::NAN), (9.0, -9.0)]
        {
            assert!(luminance(Theme::Light.terrain(tone, shade)) > 0.3);
            assert!(luminance(Theme::Dark.terrain(tone, shade)) < 0.16);
        }
    }
}
