//! What the colours keep to.

use super::*;
use crate::atlas::kind::Hue;

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
fn before_a_room_every_word_has_seven_to_one() {
    for theme in [Theme::Talk, Theme::DarkTalk] {
        let words =
            (0..6).map(Ink::Run).chain([Ink::Text, Ink::Quiet, Ink::Gradient, Ink::Mistake]);
        for ink in words {
            let seen = contrast(theme.word(ink), theme.ink(Ink::Paper));
            assert!(seen >= 7.0, "{theme:?} {ink:?}: {seen}");
        }
    }
}

#[test]
fn a_room_and_a_desk_see_the_same_ground_and_light_stays_light() {
    for theme in Theme::ALL {
        for audience in [Audience::Desk, Audience::Room] {
            let before = theme.before(audience);
            assert_eq!(before.is_dark(), theme.is_dark());
            assert_eq!(before.is_for_room(), audience == Audience::Room);
            assert_ne!(theme.turned().is_dark(), theme.is_dark());
        }
    }
    assert_eq!(Theme::Talk.terrain(0.3, 0.1), Theme::Light.terrain(0.3, 0.1));
}

#[test]
fn routes_stand_out_from_any_ground_or_from_their_casing_on_it() {
    for theme in Theme::ALL {
        for tone in [0.0, 0.25, 0.5, 0.75, 1.0] {
            let ground = theme.terrain(tone, 0.0);
            for ink in [Ink::Run(1), Ink::Epsilon, Ink::Gradient] {
                let seen = contrast(theme.ink(ink), ground);
                assert!(seen >= 3.0, "{theme:?} {ink:?} at {tone}: {seen}");
            }
            // Orange cannot be both light enough to differ from the blue and dark enough for 3:1 on a deep floor; its
            // casing is what separates it there.
            let casing = over(theme.ink(Ink::Paper), crate::figure::lower::strokes::VEIL, ground);
            for ink in (0..6).map(Ink::Run) {
                let seen = contrast(theme.ink(ink), ground).max(contrast(theme.ink(ink), casing));
                assert!(seen >= 2.7, "{theme:?} {ink:?} at {tone}: {seen}");
            }
        }
    }
}

/// A colour that covers so much of the one below, as painters mix them.
fn over(above: Rgb, covers: f32, below: Rgb) -> Rgb {
    [0, 1, 2].map(|k| {
        let mixed = covers * f32::from(above[k]) + (1.0 - covers) * f32::from(below[k]);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
        let byte = mixed.round() as u8;
        byte
    })
}

#[test]
fn words_are_read_on_paper_and_heights_on_any_ground() {
    for theme in Theme::ALL {
        for ink in (0..6).map(Ink::Run).chain([
            Ink::Text,
            Ink::Quiet,
            Ink::Epsilon,
            Ink::Minimum,
            Ink::Mistake,
        ]) {
            let seen = contrast(theme.word(ink), theme.ink(Ink::Paper));
            assert!(seen >= 4.5, "{theme:?} {ink:?}: {seen}");
        }
        for k in 0u8..=20 {
            let ground = theme.terrain(f32::from(k) / 20.0, 0.0);
            for ink in [Ink::IndexContour, Ink::Minimum] {
                let seen = contrast(theme.word(ink), ground);
                assert!(seen >= 4.5, "{theme:?} {ink:?} at {k}: {seen}");
            }
        }
    }
}

#[test]
fn the_deeper_the_darker_and_the_floor_is_far_below_the_plateau() {
    for theme in Theme::ALL {
        for shade in [-1.0, -0.4, 0.0, 0.7, 1.0] {
            let light = |k: u8| luminance(theme.terrain(f32::from(k) / 64.0, shade));
            assert!((0..64).all(|k| light(k) <= light(k + 1)), "{theme:?} at shade {shade}");
        }
        let apart = contrast(theme.terrain(0.0, 0.0), theme.terrain(1.0, 0.0));
        assert!(apart >= 2.5, "{theme:?}: {apart}");
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
                    let apart = (0..3).map(|k| (a_seen[k] - b_seen[k]).powi(2)).sum::<f32>().sqrt();
                    assert!(apart >= 0.05, "{theme:?} {a:?} {b:?}: {apart}");
                }
            }
        }
    }
}

#[test]
fn kinds_of_ends_are_told_apart_by_colour_blind_people() {
    // Without colour only the first kinds differ: a basin of ten is no picture for such paper.
    let greys = [0, 1, 2, 3, 6, 10].map(|hue| oklab(Theme::Grey.hue(hue))[0]);
    for (k, a) in greys.iter().enumerate() {
        assert!(greys[..k].iter().all(|b| (a - b).abs() >= 0.05), "{greys:?}");
    }
    for theme in Theme::ALL.into_iter().filter(|theme| *theme != Theme::Grey) {
        for vision in VISIONS {
            for a in 0..Hue::ALL {
                for b in 0..a {
                    let [a_seen, b_seen] = [a, b].map(|hue| seen(theme.hue(hue), vision));
                    let apart = (0..3).map(|k| (a_seen[k] - b_seen[k]).powi(2)).sum::<f32>().sqrt();
                    assert!(apart >= 0.055, "{theme:?} {a} {b}: {apart}");
                }
            }
        }
    }
}

#[test]
fn routes_and_heights_stand_out_from_every_kind_of_end() {
    for theme in Theme::ALL {
        for hue in 0..Hue::ALL {
            for (tone, shade) in [(0.0, -1.0), (0.5, 0.0), (1.0, 1.0)] {
                let ground = theme.hue_on(hue, tone, shade);
                for ink in [Ink::Run(1), Ink::Epsilon, Ink::Gradient] {
                    let seen = contrast(theme.ink(ink), ground);
                    assert!(seen >= 2.8, "{theme:?} {ink:?} on {hue}: {seen}");
                }
                let casing =
                    over(theme.ink(Ink::Paper), crate::figure::lower::strokes::VEIL, ground);
                for ink in (0..6).map(Ink::Run) {
                    let seen =
                        contrast(theme.ink(ink), ground).max(contrast(theme.ink(ink), casing));
                    assert!(seen >= 2.7, "{theme:?} {ink:?} on {hue}: {seen}");
                }
                let seen = contrast(theme.word(Ink::IndexContour), ground);
                assert!(seen >= 4.4, "{theme:?} heights on {hue}: {seen}");
            }
        }
    }
}

#[test]
fn six_runs_differ_in_dash_and_marker_too() {
    let looks: Vec<_> = (0..6).map(crate::figure::route::at).collect();
    for (k, a) in looks.iter().enumerate() {
        assert!(looks[..k].iter().all(|b| a.dash != b.dash && a.shape != b.shape), "run {k}");
    }
}

#[test]
fn grey_has_no_colour() {
    let inks = [Ink::Text, Ink::Quiet, Ink::Epsilon, Ink::Gradient, Ink::Mistake, Ink::GroupA];
    for ink in (0..6).map(Ink::Run).chain(inks) {
        let is_grey = |[r, g, b]: Rgb| r == g && g == b;
        assert!(is_grey(Theme::Grey.ink(ink)) && is_grey(Theme::Grey.word(ink)), "{ink:?}");
    }
    for k in 0u8..=50 {
        let [r, g, b] = Theme::Grey.terrain(f32::from(k) / 50.0, f32::from(k % 3) - 1.0);
        assert!(r.abs_diff(g) <= 1 && g.abs_diff(b) <= 1, "{k}");
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
    for (tone, shade) in [(0.0, -1.0), (1.0, 1.0), (f32::NAN, 0.0), (0.5, f32::NAN), (9.0, -9.0)] {
        assert!(luminance(Theme::Light.terrain(tone, shade)) > 0.29);
        assert!(luminance(Theme::Dark.terrain(tone, shade)) < 0.16);
    }
}
