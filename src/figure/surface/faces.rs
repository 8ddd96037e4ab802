//! The faces of a surface, from the farthest to the nearest: quadrangles of two triangles.

use super::{Surface, part_of};

/// A corner of a face.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Corner {
    /// Where it is seen, in the plane of the camera.
    pub at: [f64; 2],
    /// What it is painted with there.
    pub paint: Paint,
}

/// What a surface is painted with at a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Paint {
    /// The picture of the ground, at a part of its width and height.
    Ground([f64; 2]),
    /// The tint of a height, on a side of the block: tone and shade.
    Side(f32, f32),
}

/// A side of the block has so many bands from the ground up, each of which fades from one tint to the next.
const BANDS: usize = 4;
/// How a side that faces west, east, south or north is lit: the sun stands in the north-west.
const LIT: f32 = 0.7;

impl Surface {
    /// Hands over every face, from the farthest to the nearest: of its corners the first three are the farther triangle, and
    /// the first, the third and the fourth the nearer one.
    pub fn faces(&self, mut paint: impl FnMut([Corner; 4])) {
        let [columns, rows] = self.cells;
        let corners: Vec<Corner> = (0..=rows)
            .flat_map(|row| (0..=columns).map(move |column| [column, row]))
            .zip(&self.heights)
            .map(|(corner, &height)| {
                let at = self.in_cells(corner.map(|k| k as f64));
                let paint = Paint::Ground(part_of(self.covered, at));
                Corner { at: self.camera.project([at[0], at[1], height]), paint }
            })
            .collect();
        let [east, north] = self.camera.forward();
        let order = |way: f64, count: usize, k: usize| if way > 0.0 { count - 1 - k } else { k };
        for row in (0..rows).map(|k| order(north, rows, k)) {
            for column in (0..columns).map(|k| order(east, columns, k)) {
                self.cell([column, row], &corners, &mut paint);
            }
        }
    }

    fn cell(
        &self,
        [column, row]: [usize; 2],
        corners: &[Corner],
        paint: &mut impl FnMut([Corner; 4]),
    ) {
        let heights = self.corner_heights(column, row);
        let is_hole = heights.is_none();
        let heights = heights.unwrap_or_default();
        let ends = [[0, 0], [1, 0], [1, 1], [0, 1]].map(|[right, up]| [column + right, row + up]);
        let place = |[column, row]: [usize; 2]| self.in_cells([column as f64, row as f64]);
        let [lower_left, lower_right, upper_right, upper_left] = ends.map(|end| {
            let corner = corners[end[1] * (self.cells[0] + 1) + end[0]];
            // The ground of a hole is as low as can be.
            let [x, y] = place(end);
            if is_hole { Corner { at: self.camera.project([x, y, 0.0]), ..corner } } else { corner }
        });
        let [east, north] = self.camera.forward();
        paint(if east > north {
            [lower_left, lower_right, upper_right, upper_left]
        } else {
            [upper_right, upper_left, lower_left, lower_right]
        });
        if is_hole {
            return;
        }
        let is_at_an_end =
            column == 0 || row == 0 || column + 1 == self.cells[0] || row + 1 == self.cells[1];
        if !is_at_an_end && !self.has_holes {
            return;
        }
        let at = ends.map(place);
        // The two sides that face the viewer, where nothing stands before them.
        if north.abs() > EDGE_ON {
            let (from, to, shade) = if north > 0.0 { (0, 1, -LIT) } else { (3, 2, LIT) };
            let beyond = if north > 0.0 { row.checked_sub(1) } else { Some(row + 1) };
            if !beyond.is_some_and(|row| self.is_solid(column, row)) {
                self.side([at[from], at[to]], [heights[from], heights[to]], shade, paint);
            }
        }
        if east.abs() > EDGE_ON {
            let (from, to, shade) = if east > 0.0 { (0, 3, LIT) } else { (1, 2, -LIT) };
            let beyond = if east > 0.0 { column.checked_sub(1) } else { Some(column + 1) };
            if !beyond.is_some_and(|column| self.is_solid(column, row)) {
                self.side([at[from], at[to]], [heights[from], heights[to]], shade, paint);
            }
        }
    }

    fn is_solid(&self, column: usize, row: usize) -> bool {
        column < self.cells[0] && row < self.cells[1] && self.corner_heights(column, row).is_some()
    }

    /// A side of the block below an edge of a cell.
    fn side(
        &self,
        at: [[f64; 2]; 2],
        heights: [f64; 2],
        shade: f32,
        paint: &mut impl FnMut([Corner; 4]),
    ) {
        let corner = |k: usize, band: usize| {
            let z = heights[k] * band as f64 / BANDS as f64;
            #[expect(clippy::cast_possible_truncation, reason = "a tone lies between 0 and 1")]
            let tone = (z / self.rise) as f32;
            let [x, y] = at[k];
            Corner { at: self.camera.project([x, y, z]), paint: Paint::Side(tone, shade) }
        };
        for band in 0..BANDS {
            let [a, b] = [corner(0, band), corner(1, band)];
            let [c, d] = [corner(1, band + 1), corner(0, band + 1)];
            paint([a, b, c, d]);
        }
    }
}

/// A side that is seen along its own plane has no width.
const EDGE_ON: f64 = 1e-9;
