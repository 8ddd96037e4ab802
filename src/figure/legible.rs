//! Inks of words: those of lines, darkened (on dark paper lightened) until they can be read.
//!
//! A line is seen at 3 : 1; words need 4.5 : 1, by the Web Content Accessibility Guidelines 2.2. Contrast is
//! `(L₁ + 0.05) / (L₂ + 0.05)` with the relative luminances `L` of both colours.

use super::Ink;
use super::palette::{Rgb, Theme};

/// The least contrast of words with the paper; a little more than is asked for, since colours are whole numbers.
const LEAST: f64 = 4.6;

/// The colour of words in `ink`.
#[must_use]
pub fn words(theme: Theme, ink: Ink) -> Rgb {
    let (colour, paper) = (theme.ink(ink), theme.ink(Ink::Paper));
    if ink == Ink::Paper || contrast(colour, paper) >= LEAST {
        return colour;
    }
    let (own, ground) = (luminance(colour), luminance(paper));
    let light = colour.map(linear);
    let dark = (ground + 0.05) / LEAST - 0.05;
    let mixed = if dark > 0.0 {
        light.map(|channel| channel * dark / own)
    } else {
        let bright = LEAST * (ground + 0.05) - 0.05;
        let part = (bright - own) / (1.0 - own);
        light.map(|channel| channel + part * (1.0 - channel))
    };
    mixed.map(companded)
}

/// The contrast of two colours, from 1 to 21.
#[must_use]
pub fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// How light a colour is, from 0 to 1.
#[must_use]
pub fn luminance(colour: Rgb) -> f64 {
    let [r, g, b] = colour.map(linear);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// A channel of sRGB as an amount of light.
fn linear(channel: u8) -> f64 {
    let c = f64::from(channel) / 255.0;
    if c <= 0.040_45 { c / 12.92 } else { libm::pow((c + 0.055) / 1.055, 2.4) }
}

fn companded(light: f64) -> u8 {
    let c = if light <= 0.003_130_8 {
        12.92 * light
    } else {
        1.055 * libm::pow(light, 1.0 / 2.4) - 0.055
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
    let byte = (255.0 * c.clamp(0.0, 1.0)).round() as u8;
    byte
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_every_run_can_be_read_in_every_theme() {
        for theme in Theme::ALL {
            for ink in (0..6).map(Ink::Run).chain([Ink::Text, Ink::Quiet, Ink::Epsilon]) {
                let found = contrast(words(theme, ink), theme.ink(Ink::Paper));
                assert!(found >= 4.5, "{theme:?} {ink:?}: {found}");
            }
        }
    }

    #[test]
    fn an_ink_that_can_be_read_is_left_alone() {
        assert_eq!(words(Theme::Light, Ink::Text), Theme::Light.ink(Ink::Text));
    }
}
