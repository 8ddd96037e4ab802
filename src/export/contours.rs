//! The tables of a map: the loss at every pixel of its field, and its contour lines.
//!
//! ```text
//! x,y,loss                 a row a pixel, the lowest row of the field first
//! line,loss,closed,x,y     a row a corner; a closed line ends where it began
//! ```
//!
//! In a plane through weight space x and y are the two coordinates in it. Where the loss is no number, the cell is empty. A
//! ground that is filled in single precision has seven digits.

use super::summary::exact;
use crate::engine::products::terrain::Terrain;

/// The loss, or another ground of this name, at every pixel.
#[must_use]
pub fn field(terrain: &Terrain, name: &str) -> Vec<u8> {
    let grid = terrain.field.grid;
    let rows = (0..grid.rows).flat_map(|row| (0..grid.columns).map(move |column| (column, row)));
    let cells = rows.map(|(column, row)| {
        let loss = terrain.field.pixel(column, row);
        let loss = if loss.is_finite() { exact(loss) } else { String::new() };
        vec![exact(grid.x(column)), exact(grid.y(row)), loss]
    });
    table(&["x", "y", name], cells)
}

/// The corners of every contour line of it.
#[must_use]
pub fn lines(terrain: &Terrain, name: &str) -> Vec<u8> {
    let levels = &terrain.levels.values;
    let rows = terrain.contours.iter().enumerate().flat_map(|(line, contour)| {
        let first = contour.points.first().filter(|_| contour.closed);
        let level = levels.get(contour.level_index).copied().unwrap_or(f64::NAN);
        contour.points.iter().chain(first).map(move |[x, y]| {
            let closed = contour.closed.to_string();
            vec![line.to_string(), exact(level), closed, exact(*x), exact(*y)]
        })
    });
    table(&["line", name, "closed", "x", "y"], rows)
}

fn table(header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut table = ::csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail, and every record has the header's length.
    let _ = table.write_record(header);
    for row in rows {
        let _ = table.write_record(row);
    }
    table.into_inner().unwrap_or_default()
}
