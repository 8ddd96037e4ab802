//! The tables of an atlas: a row a cell, as a sweep over its two settings writes them, and the places of its boundaries.
//!
//! ```text
//! line,place,rho,eta,before,beyond,alternates
//! 0,0,0.0637…,0.4,narrow,wide,false
//! ```
//!
//! `before` and `beyond` are how runs end to either side of a place, 10⁻⁸ of the side of the atlas away; where ends
//! alternate within 10⁻⁶ there is a band, and `alternates` is true.

use ::csv as csv_format;

use super::sweep::Table;
use crate::atlas::cells::Cells;
use crate::atlas::trace::Boundary;
use crate::atlas::value::Value;
use crate::figure::ends;
use crate::sweep::{BadPlan, Ended, Plan};
use crate::typed::{Along, Axis, spelled};

/// One row a cell, the first setting the slowest.
///
/// # Errors
/// When the cells make no sweep.
pub fn cells(cells: &Cells) -> Result<Vec<u8>, BadPlan> {
    let settings = &cells.settings;
    let axis = |k: usize| Axis {
        key: settings.sides[k].key.clone(),
        along: Along::Range(settings.sides[k].range),
    };
    let plan = Plan::new(&[axis(0), axis(1)], None)?;
    let run = settings.scene.runs.get(settings.run).map(|run| run.name.clone());
    let [columns, rows] = settings.counts();
    let runs = run.iter().cloned().collect();
    let table = Table { plan: &plan, cells: 0..columns * rows, runs };
    let mut bytes = table.header();
    for number in 0..columns * rows {
        let (column, row) = (number / rows, number % rows);
        if let (Some(run), Some(cell)) = (&run, cells.get(column, row)) {
            let ended = Ended { run: run.clone(), outcome: cell.outcome.clone() };
            bytes.extend(table.rows(number, &[ended]));
        }
    }
    Ok(bytes)
}

/// One row a place of a boundary, line by line.
#[must_use]
pub fn boundary(cells: &Cells, boundary: &Boundary, value: Value) -> Vec<u8> {
    let sides = &cells.settings.sides;
    let mut table = csv_format::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail, and every record has the header's length.
    let keys = [&*sides[0].key, &*sides[1].key];
    let _ =
        table.write_record(["line", "place", keys[0], keys[1], "before", "beyond", "alternates"]);
    let called = |number: u8| match value {
        Value::Rise => if number == 0 { "fell" } else { "rose" }.to_owned(),
        _ => cells.kinds.get(number).map(ends::label).unwrap_or_default(),
    };
    for (line, places) in boundary.lines().into_iter().enumerate() {
        for (number, place) in places.into_iter().enumerate() {
            let crossing = &boundary.crossings[place];
            let at = [0, 1].map(|k| spelled(sides[k].at(crossing.at[k])));
            let [before, beyond] = crossing.sides.map(called);
            let _ = table.write_record([
                line.to_string(),
                number.to_string(),
                at[0].clone(),
                at[1].clone(),
                before,
                beyond,
                crossing.alternates.to_string(),
            ]);
        }
    }
    table.into_inner().unwrap_or_default()
}
