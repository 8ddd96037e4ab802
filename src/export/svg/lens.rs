//! The magnified neighbourhood of a point, in a corner of its map.

use std::fmt::{self, Write as _};

use super::axes::Border;
use super::text::{Pt, Words};
use super::{Frame, Page};
use crate::figure::sheet::SMALL;
use crate::figure::{Anchor, Axis, AxisScale, Corner, Ink, Lens, Place};

impl Page {
    /// The magnified neighbourhood in its corner.
    pub(super) fn lens(&mut self, map: Frame<'_>, lens: &Lens) -> fmt::Result {
        let [left, top] = map.at([lens.window.x[0], lens.window.y[1]]);
        let [right, bottom] = map.at([lens.window.x[1], lens.window.y[0]]);
        // Whole points: its edges are straight, and no last bit decides how they are rounded.
        let [width, height] = [right - left, bottom - top].map(|side| (lens.power * side).round());
        let Place { left, top, width: wide, height: high } = map.place;
        let (near, far) = (LENS_INSET, LENS_INSET);
        let (left, top) = match lens.corner {
            Corner::TopLeft => (left + near, top + near),
            Corner::TopRight => (left + wide - width - far, top + near),
            Corner::BottomLeft => (left + near, top + high - height - far),
            Corner::BottomRight => (left + wide - width - far, top + high - height - far),
        };
        let place = Place { left, top, width, height };
        let axis = |range| Axis {
            label: String::new(),
            range,
            scale: AxisScale::Linear,
            ticks: Vec::new(),
        };
        let (x, y) = (axis(lens.window.x), axis(lens.window.y));
        let frame = Frame { place, x: &x, y: &y };
        let paper = self.colour(Ink::Paper);
        writeln!(
            self.out,
            r#"<rect x="{}" y="{}" width="{}" height="{}" fill="{paper}" stroke="{paper}" stroke-width="5" stroke-opacity="0.7"/>"#,
            Pt(left),
            Pt(top),
            Pt(width),
            Pt(height)
        )?;
        self.marks(frame, &lens.marks)?;
        self.border(place, Border::Box)?;
        let power = format!("×{}", crate::figure::numerals::short(lens.power, 2));
        self.words(&Words {
            halo: true,
            ..Words::new([left + 6.0, top + 10.0], &power, Ink::Text, SMALL, Anchor::Left)
        })
    }
}

/// From the edge of the map to its lens, in points.
const LENS_INSET: f64 = 8.0;
