//! The ground of a map: a tone for the height, and the shade of a low sun from the north-west.
//!
//! ```text
//! shade = − light · ∇t / |∇t| · |∇t|² / (1 + |∇t|²)
//! ```
//!
//! −1 where a cliff turns its back to the light, 1 where it faces it. It grows with the square of a slope: one that grew
//! with the slope itself would put the darkest place of a bowl beside its lowest.
//!
//! The shade is taken from the *tones*, so that a landscape whose heights span ten powers of ten still has relief
//! everywhere. E. Imhof (1965), "Kartographische Geländedarstellung", says why the light comes from the north-west.

use super::field::Field;
use super::levels::Levels;

/// The tone (height) and the shade (light) of every pixel of a field: what a map is tinted by.
#[derive(Debug, Clone, PartialEq)]
pub struct Relief {
    /// Pixels in a row.
    pub columns: usize,
    /// Rows; the first is at the *lower* edge.
    pub rows: usize,
    /// 0 at the lowest, 1 at the highest; NaN where the loss is no number, and [`NOTHING`] beside the ground.
    pub tone: Vec<f32>,
    /// −1 in full shadow, 1 in full light, 0 on flat ground.
    pub shade: Vec<f32>,
    /// The number of a hue that a pixel has in place of the tint of its height, counted from one; zero for none. Empty
    /// where no pixel has one.
    pub hues: Vec<u8>,
}

/// The tone of a pixel that shows no ground, but what lies below the picture.
pub const NOTHING: f32 = f32::NEG_INFINITY;

/// How steep the tones are taken to be: the height of the whole tone range against the longer side of the map.
const EXAGGERATION: f32 = 0.9;
/// Where the light comes from: the north-west (left, up).
const LIGHT: [f32; 2] = [-std::f32::consts::FRAC_1_SQRT_2, std::f32::consts::FRAC_1_SQRT_2];

impl Relief {
    /// The relief of `field`, toned as `levels` say.
    #[must_use]
    pub fn new(field: &Field, levels: &Levels) -> Self {
        let (columns, rows) = (field.grid.columns, field.grid.rows);
        #[expect(clippy::cast_possible_truncation, reason = "a tone lies between 0 and 1")]
        let tone: Vec<f32> = field
            .values
            .iter()
            .map(|&value| if value.is_nan() { f32::NAN } else { levels.tone(value) as f32 })
            .collect();
        let height = |column: usize, row: usize| tone[row * columns + column];
        let scale = EXAGGERATION * columns.max(rows) as f32;
        let mut shade = Vec::with_capacity(tone.len());
        for row in 0..rows {
            let (below, above) = (row.saturating_sub(1), (row + 1).min(rows - 1));
            for column in 0..columns {
                let (left, right) = (column.saturating_sub(1), (column + 1).min(columns - 1));
                let east = scale * (height(right, row) - height(left, row)) / (right - left) as f32;
                let north = scale * (height(column, above) - height(column, below))
                    / (above - below) as f32;
                shade.push(lit(east, north));
            }
        }
        Self { columns, rows, tone, shade, hues: Vec::new() }
    }
}

impl Relief {
    /// The same ground with pixels in hues of their own.
    #[must_use]
    pub fn with_hues(&self, hues: Vec<u8>) -> Self {
        Self { hues, ..self.clone() }
    }

    /// The number of the hue of a pixel; none where it has the tint of its height.
    #[must_use]
    pub fn hue(&self, pixel: usize) -> Option<u8> {
        self.hues.get(pixel).and_then(|hue| hue.checked_sub(1))
    }
}

/// How a slope that rises by `east` and `north` is lit: one that rises away from the light faces it.
fn lit(east: f32, north: f32) -> f32 {
    let steep = east * east + north * north;
    let away = -(LIGHT[0] * east + LIGHT[1] * north) / steep.sqrt();
    let shade = away * steep / (1.0 + steep);
    if shade.is_finite() { shade.clamp(-1.0, 1.0) } else { 0.0 }
}
