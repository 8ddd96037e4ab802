//! A surface as pixels, for painters that know no triangles: files hold the ground as one picture, and lines over it.

use std::sync::Arc;

use super::faces::{Corner, Paint};
use super::{Surface, pixel, sampled};
use crate::analysis::relief::{NOTHING, Relief};
use crate::problem::grid::Window;

/// Pixels a point: two, so that the edge of the block is smooth where a point is a pixel.
const GRAIN: f64 = 2.0;
/// No picture has more pixels to a side than this.
const MOST: f64 = 4096.0;

impl Surface {
    /// What of the plane its picture covers, from the middle of the outermost pixels on, and the picture: pixels beside
    /// the block show [`NOTHING`].
    #[must_use]
    pub fn picture(&self) -> (Window, &Arc<Relief>) {
        let (window, picture) = self.picture.get_or_init(|| {
            let (window, picture) = self.painted();
            (window, Arc::new(picture))
        });
        (*window, picture)
    }

    fn painted(&self) -> (Window, Relief) {
        let corners = self.corners();
        let range = |k: usize| {
            corners.iter().fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], at| {
                [low.min(at[k]), high.max(at[k])]
            })
        };
        let (x, y) = (range(0), range(1));
        let longest = (x[1] - x[0]).max(y[1] - y[0]);
        let unit = (GRAIN * self.points_per_unit).min(MOST / longest);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a positive number, and not a large one"
        )]
        let side = |[low, high]: [f64; 2]| ((high - low) * unit).ceil().max(1.0) as usize + 1;
        let (columns, rows) = (side(x), side(y));
        let far = |from: f64, count: usize| from + (count - 1) as f64 / unit;
        let window = Window::new([x[0], far(x[0], columns)], [y[0], far(y[0], rows)]);
        let count = columns * rows;
        let mut canvas = Canvas {
            surface: self,
            picture: Relief {
                columns,
                rows,
                tone: vec![NOTHING; count],
                shade: vec![0.0; count],
                hues: if self.ground.hues.is_empty() { Vec::new() } else { vec![0; count] },
            },
        };
        let place = |at: [f64; 2]| [(at[0] - x[0]) * unit, (at[1] - y[0]) * unit];
        self.faces(|face| {
            let [a, b, c, d] = face.map(|Corner { at, paint }| Corner { at: place(at), paint });
            canvas.triangle([a, b, c]);
            canvas.triangle([a, c, d]);
        });
        (window, canvas.picture)
    }
}

struct Canvas<'a> {
    surface: &'a Surface,
    picture: Relief,
}

/// What of a pixel may lie beside a triangle that is painted over it: neighbours leave no gap.
const OVERLAP: f64 = 1e-6;

impl Canvas<'_> {
    fn triangle(&mut self, face: [Corner; 3]) {
        let [a, b, c] = face.map(|corner| corner.at);
        let area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
        if area == 0.0 || !area.is_finite() {
            return;
        }
        let range = |k: usize, count: usize| {
            let low = a[k].min(b[k]).min(c[k]).ceil().max(0.0);
            let high = a[k].max(b[k]).max(c[k]).floor();
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "places of the picture, and the cast saturates"
            )]
            let pixels = low as usize..(high.max(-1.0) + 1.0).min(count as f64) as usize;
            pixels
        };
        for row in range(1, self.picture.rows) {
            for column in range(0, self.picture.columns) {
                let at = [column as f64, row as f64];
                let part = |from: [f64; 2], to: [f64; 2]| {
                    ((to[0] - from[0]) * (at[1] - from[1]) - (to[1] - from[1]) * (at[0] - from[0]))
                        / area
                };
                let weights = [part(b, c), part(c, a), part(a, b)];
                if weights.iter().all(|weight| *weight >= -OVERLAP) {
                    self.paint(row * self.picture.columns + column, face, weights);
                }
            }
        }
    }

    fn paint(&mut self, k: usize, face: [Corner; 3], weights: [f64; 3]) {
        let mixed = |of: &dyn Fn(Paint) -> f64| {
            face.iter().zip(weights).map(|(corner, weight)| weight * of(corner.paint)).sum::<f64>()
        };
        let picture = &mut self.picture;
        if let [Paint::Ground(_), ..] = face.map(|corner| corner.paint) {
            let part = [0, 1].map(|axis| {
                mixed(&|paint| if let Paint::Ground(part) = paint { part[axis] } else { 0.0 })
                    .clamp(0.0, 1.0)
            });
            let ground = &*self.surface.ground;
            let nearest = nearest(ground, part);
            let tone = single(sampled(ground, &ground.tone, part));
            // Beside a hole it is the nearest pixel that has a tone, or none.
            picture.tone[k] = if tone.is_nan() { ground.tone[nearest] } else { tone };
            picture.shade[k] = single(sampled(ground, &ground.shade, part));
            if let Some(hue) = picture.hues.get_mut(k) {
                *hue = ground.hues.get(nearest).copied().unwrap_or_default();
            }
        } else {
            let side = |which: usize| {
                move |paint| match paint {
                    Paint::Side(tone, shade) => f64::from([tone, shade][which]),
                    Paint::Ground(_) => 0.0,
                }
            };
            picture.tone[k] = single(mixed(&side(0)).clamp(0.0, 1.0));
            picture.shade[k] = single(mixed(&side(1)));
            if let Some(hue) = picture.hues.get_mut(k) {
                *hue = 0;
            }
        }
    }
}

/// The pixel of a relief that is nearest to a part of its width and height.
fn nearest(relief: &Relief, part: [f64; 2]) -> usize {
    let ([column, row], [right, up]) = pixel(relief, part);
    (row + usize::from(up > 0.5)) * relief.columns + column + usize::from(right > 0.5)
}

#[expect(clippy::cast_possible_truncation, reason = "a tone or a shade")]
fn single(number: f64) -> f32 {
    number as f32
}
