//! The table of numbers on a sheet: up to three runs beside each other, more below.
//!
//! All runs have the same rows: those that have room beside each other in every group, from the most important on.

use super::{ROW, SMALL, label};
use crate::figure::metrics::{self, Face};
use crate::figure::numerals::NONE;
use crate::figure::picture::Picture;
use crate::figure::readings::readings;
use crate::figure::{Anchor, Ink, Mark, Place};
use crate::optim::moment::Moment;

/// Runs beside each other in the table of numbers.
const ABREAST: usize = 3;
/// Between two columns, at the least, and from line to line of a name above one, in points.
const BETWEEN: f64 = 8.0;
const LINE: f64 = 12.0;
/// From the last row of a group to the heading of the next.
const APART: f64 = 2.0 * ROW;
/// Lines of a name above its column.
const LINES: usize = 2;

/// The columns of the table, in points.
struct Columns {
    left: f64,
    /// From the left edge to the end of the first run's column.
    first: f64,
    /// From there to the end of the next.
    pitch: f64,
}

impl Columns {
    fn of(column: Place, abreast: usize) -> Self {
        // Two runs leave the names a quarter of the width; three leave them less.
        let pitch = if abreast < ABREAST { 0.36 } else { 0.25 } * column.width;
        let first = column.width - abreast.saturating_sub(1) as f64 * pitch;
        Self { left: column.left, first, pitch }
    }

    fn end(&self, k: usize) -> f64 {
        self.left + self.first + k as f64 * self.pitch
    }

    /// What a column has room for, beside so much at the left.
    fn room(&self, k: usize, taken: f64) -> f64 {
        if k == 0 { self.first - taken - BETWEEN } else { self.pitch - BETWEEN }
    }

    /// The values of a reading as they have room beside its name: where a standard error has none, it is left to the
    /// window, and where the value has none, the reading is.
    fn fitted(&self, name: &str, values: &[String]) -> Option<Vec<String>> {
        let taken = wide(name, Face::Regular);
        let fit =
            |value: &String, k: usize| wide(value, Face::Regular) <= self.room(k % ABREAST, taken);
        let fitted = |(k, value): (usize, &String)| {
            let mean = value.split_once(" ± ").map(|(mean, _)| mean.to_owned());
            [Some(value.clone()), mean].into_iter().flatten().find(|value| fit(value, k))
        };
        values.iter().enumerate().map(fitted).collect()
    }
}

/// The table of numbers at the step shown, as far as the column has room.
pub(super) fn numbers(picture: &Picture<'_>, column: Place, top: f64) -> Vec<Mark> {
    let runs = picture.runs();
    let groups = runs.len().div_ceil(ABREAST).max(1);
    let columns = Columns::of(column, runs.len().min(ABREAST));
    let heading = moment(picture);
    let heads: Vec<Vec<String>> = runs
        .iter()
        .enumerate()
        .map(|(k, &run)| {
            head(picture, run, columns.room(k % ABREAST, wide(&heading, Face::Regular)))
        })
        .collect();
    let lines = heads.iter().map(Vec::len).max().unwrap_or(1);
    let raised = lines.saturating_sub(1) as f64 * LINE;
    let apart = if groups > 1 { APART } else { 0.0 };
    let each = (column.top + column.height + apart - top) / groups as f64;
    let count = ((each - raised - apart) / ROW).floor();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few rows")]
    let count = count.max(0.0) as usize;
    let rows: Vec<(String, Vec<String>)> = readings(picture)
        .into_iter()
        // What no run has a number for takes the room of one.
        .filter(|reading| reading.values.iter().any(|value| value != NONE))
        .filter_map(|reading| {
            let values = columns.fitted(&reading.name, &reading.values)?;
            Some((reading.name, values))
        })
        .take(count)
        .collect();
    let mut marks = Vec::new();
    if rows.is_empty() {
        return marks;
    }
    let each = raised + rows.len() as f64 * ROW + APART;
    for (group, runs) in runs.chunks(ABREAST).enumerate() {
        let top = top + group as f64 * each + raised;
        marks.push(label([column.left, top], heading.clone(), Ink::Quiet, SMALL, Anchor::Left));
        for (k, &run) in runs.iter().enumerate() {
            let head = &heads[group * ABREAST + k];
            for (line, text) in head.iter().rev().enumerate() {
                let at = [columns.end(k), top - line as f64 * LINE];
                marks.push(label(at, text.clone(), picture.ink(run), SMALL, Anchor::Right));
            }
        }
        for (row, (name, values)) in rows.iter().enumerate() {
            let y = top + (row + 1) as f64 * ROW;
            marks.push(label([column.left, y], name.clone(), Ink::Quiet, SMALL, Anchor::Left));
            for (k, value) in values.iter().skip(group * ABREAST).take(runs.len()).enumerate() {
                let at = [columns.end(k), y];
                marks.push(label(at, value.clone(), Ink::Text, SMALL, Anchor::Right));
            }
        }
    }
    marks
}

fn wide(text: &str, face: Face) -> f64 {
    metrics::width(text, face, f64::from(SMALL))
}

/// What stands over the column of a run: its name, in two lines if need be, else what tells it from the others.
fn head(picture: &Picture<'_>, run: usize, room: f64) -> Vec<String> {
    let size = f64::from(SMALL);
    let name = picture.name(run);
    let lines = metrics::broken(&name, room, Face::Strong, size);
    if lines.len() <= LINES && lines.iter().all(|line| wide(line, Face::Strong) <= room) {
        return lines;
    }
    let own = picture.scene.runs.get(run).map_or(name, |run| run.name.as_str().to_owned());
    vec![metrics::cut(&own, room, Face::Strong, size)]
}

/// The moment shown, as a heading.
fn moment(picture: &Picture<'_>) -> String {
    match picture.look.at {
        Moment::Step(step) => format!("At step {}", step.min(picture.scene.steps.get())),
        Moment::Gradients(_) => {
            let runs = picture.comparison.map_or(&[][..], |comparison| &comparison.runs);
            format!("After {} gradients", picture.look.at.within(runs).count())
        }
    }
}
