//! The ground that the cells of an atlas make: in the hues of their ends, or in the tones of a number.

use super::cells::{Cell, Cells};
use super::kind::Hue;
use super::starts::How;
use super::value::Value;
use crate::analysis::relief::Relief;

/// Pixels of a ground along a side, at least: cells keep their edges where pixels are blended.
const PIXELS: usize = 400;
/// The tone of a cell whose run goes around, and that of others.
const AROUND: f32 = 0.0;
const AT_REST: f32 = 1.0;

/// The ground of cells: in hues where they are coloured by their ends, else in tones.
#[must_use]
pub fn relief(cells: &Cells, value: Value) -> Relief {
    let counts = cells.settings.counts();
    let filled = cells.filled();
    let hues: Vec<u8> = cells.kinds.hues().into_iter().map(Hue::number).collect();
    let range = range(cells, value);
    let paint = |cell: &Cell| -> (f32, u8) {
        match (value, range) {
            (Value::End, _) => {
                let around =
                    matches!(How::of(&cell.outcome), How::Cycles { .. } | How::Rattles { .. });
                let hue = hues.get(usize::from(cell.kind)).map_or(0, |hue| hue + 1);
                (if around { AROUND } else { AT_REST }, hue)
            }
            // Of several seeds it depends on where in the cell a pixel is.
            (Value::Share, _) => (AT_REST, 0),
            (_, Some(range)) => (value.of(cell).map_or(f32::NAN, |x| range.tone(x)), 0),
            (_, None) => (f32::NAN, 0),
        }
    };
    let [columns, rows] = counts.map(|count| PIXELS.max(2 * count));
    let place = |pixel: usize, pixels: usize, count: usize| {
        (pixel * (count - 1) * 2 + pixels - 1) / (2 * (pixels - 1))
    };
    // How far from the middle of its cell a pixel is, in widths of a cell.
    let off = |pixel: usize, pixels: usize, count: usize| {
        let at = (pixel * (count - 1)) as f64 / (pixels - 1) as f64;
        (at - place(pixel, pixels, count) as f64).abs()
    };
    let (mut tone, mut all_hues) = (Vec::new(), Vec::new());
    for y in 0..rows {
        for x in 0..columns {
            let cell = place(y, rows, counts[1]) * counts[0] + place(x, columns, counts[0]);
            let (t, mut hue) = filled[cell].map_or((f32::NAN, 0), paint);
            if let (Value::Share, Some(cell)) = (value, filled[cell]) {
                let away = off(x, columns, counts[0]).max(off(y, rows, counts[1]));
                let kind = if 2.0 * away <= cell.share.sqrt() { cell.most } else { cell.next };
                hue = hues.get(usize::from(kind)).map_or(0, |hue| hue + 1);
            }
            tone.push(t);
            all_hues.push(hue);
        }
    }
    let shade = vec![0.0; tone.len()];
    Relief { columns, rows, tone, shade, hues: all_hues }
}

/// The smallest and the largest number of cells, and how tones are spread between them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// Both.
    pub ends: [f64; 2],
    /// Whether they are spread by ratios.
    pub is_log: bool,
}

impl Range {
    fn tone(&self, x: f64) -> f32 {
        let place = |x: f64| if self.is_log { x.ln() } else { x };
        let [low, high] = self.ends.map(place);
        #[expect(clippy::cast_possible_truncation, reason = "a part from 0 to 1")]
        let tone = ((place(x) - low) / (high - low)) as f32;
        if tone.is_finite() { tone.clamp(0.0, 1.0) } else { 0.5 }
    }
}

/// Numbers of this ratio are spread by ratios.
const BY_RATIOS: f64 = 50.0;

/// The range of the numbers of cells; none where none has one.
#[must_use]
pub fn range(cells: &Cells, value: Value) -> Option<Range> {
    let numbers = cells.all.iter().flatten().filter_map(|cell| value.of(cell));
    let ends = numbers
        .fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], x| [low.min(x), high.max(x)]);
    let is_log = ends[0] > 0.0 && ends[1] > BY_RATIOS * ends[0];
    (ends[0] <= ends[1]).then_some(Range { ends, is_log })
}
