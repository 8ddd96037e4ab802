//! How much room axes take around a plot.

use egui::{Rect, vec2};

use crate::app::fonts;
use crate::figure::Pane;
use crate::figure::lower::Letters;
use crate::figure::lower::axes::TO_NUMBER;
use crate::figure::metrics::{self, Face};

/// How much room axes take: left and below.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Margins {
    /// For the numbers and the name of the vertical axis.
    pub left: f32,
    /// For those of the horizontal axis.
    pub bottom: f32,
}

/// The size of numbers.
const SIZE: f32 = 11.0;
/// The room of an axis' name.
const NAME: f32 = 16.0;
/// From the left edge of the room to the middle of the upright axis' name.
const TO_NAME: f32 = 7.0;

impl Margins {
    /// The same for both maps, whose plots must be alike before their ticks are known.
    pub const MAP: Self = Self { left: 46.0, bottom: 34.0 };

    /// The same where a map is so small that the names of its axes would take a good part of it.
    pub const BARE: Self = Self { left: 34.0, bottom: 18.0 };

    /// What the ticks of `pane` need.
    #[must_use]
    pub fn of(pane: &Pane) -> Self {
        let width = |text: &str| metrics::width(text, Face::Regular, f64::from(SIZE));
        let widest = pane.y.ticks.iter().map(|tick| width(&tick.text)).fold(0.0, f64::max);
        let name = |label: &str| if label.is_empty() { 0.0 } else { NAME };
        #[expect(clippy::cast_possible_truncation, reason = "some tens of points")]
        let numbers = (widest + TO_NUMBER) as f32;
        Self {
            left: (numbers + name(&pane.y.label)).max(Self::MAP.left).ceil(),
            bottom: 18.0 + name(&pane.x.label),
        }
    }

    /// The plot inside of a cell.
    #[must_use]
    pub fn plot(self, cell: Rect) -> Rect {
        // Half of the last number of the horizontal axis lies to the right of its tick.
        let right = 8.0;
        Rect::from_min_max(cell.min + vec2(self.left, 4.0), cell.max - vec2(right, self.bottom))
    }

    /// The heights of text around a plot with these margins.
    #[must_use]
    pub fn letters(self) -> Letters {
        Letters {
            numbers: SIZE.into(),
            names: fonts::SMALL.into(),
            text: fonts::BODY.into(),
            upright: (self.left - TO_NAME).into(),
        }
    }
}
