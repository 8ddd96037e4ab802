//! The formats of figures: pixels, lines and letters, and films.

use crate::export::film::Format;

/// How a figure is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Image {
    /// Pixels.
    Png,
    /// Lines and letters.
    Svg,
    /// Lines and letters on a page, with the fonts.
    Pdf,
    /// Pixels that move, of 255 colours.
    Gif,
    /// Pixels that move, of all colours.
    Apng,
    /// Raw frames, for an encoder.
    Y4m,
    /// A picture a step, numbered.
    Frames,
}

/// A film, as what it is written into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reel {
    /// One file.
    One(Format),
    /// A file a frame.
    Pictures,
}

impl Image {
    /// All of them, in the order of menus.
    pub const ALL: [Self; 7] =
        [Self::Png, Self::Svg, Self::Pdf, Self::Gif, Self::Apng, Self::Y4m, Self::Frames];

    /// The film, where it moves.
    #[must_use]
    pub fn film(self) -> Option<Reel> {
        match self {
            Self::Gif => Some(Reel::One(Format::Gif)),
            Self::Apng => Some(Reel::One(Format::Apng)),
            Self::Y4m => Some(Reel::One(Format::Y4m)),
            Self::Frames => Some(Reel::Pictures),
            Self::Png | Self::Svg | Self::Pdf => None,
        }
    }

    /// Whether it is a film.
    #[must_use]
    pub fn is_film(self) -> bool {
        self.film().is_some()
    }

    /// Whether it is made of pixels.
    #[must_use]
    pub fn is_pixels(self) -> bool {
        !matches!(self, Self::Svg | Self::Pdf)
    }

    /// What it is called in settings.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Pdf => "pdf",
            Self::Gif => "gif",
            Self::Apng => "apng",
            Self::Y4m => "y4m",
            Self::Frames => "frames",
        }
    }

    /// The one that is called so.
    #[must_use]
    pub fn called(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|image| image.name() == name)
    }
}
