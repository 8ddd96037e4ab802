//! Which colour an ink is, in each theme.

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

impl Theme {
    /// The colour of `ink`.
    #[must_use]
    pub fn ink(self, ink: Ink) -> Rgb {
        let _ = ink;
        [0, 0, 0]
    }

    /// The colour of the ground at a tone (0 to 1, NaN where the loss is no number) and shade (−1 to 1).
    #[must_use]
    pub fn terrain(self, tone: f32, shade: f32) -> Rgb {
        let _ = (tone, shade);
        [230, 230, 230]
    }
}
