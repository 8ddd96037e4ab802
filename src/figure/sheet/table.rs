//! The table of numbers on a sheet: up to three runs beside each other, more below.

use super::{ROW, SMALL, label};
use crate::figure::picture::Picture;
use crate::figure::readings::{Reading, readings};
use crate::figure::{Anchor, Ink, Mark, Place};
use crate::optim::moment::Moment;

/// Runs beside each other in the table of numbers.
const ABREAST: usize = 3;
/// A number longer than this has no room beside two others.
const LONGEST: usize = 10;

/// The table of numbers at the step shown, as far as the column has room.
pub(super) fn numbers(picture: &Picture<'_>, column: Place, top: f64) -> Vec<Mark> {
    let runs = picture.runs();
    let all = readings(picture);
    let groups = runs.len().div_ceil(ABREAST);
    let each = (column.top + column.height - top) / groups.max(1) as f64;
    let mut marks = Vec::new();
    for (group, runs) in runs.chunks(ABREAST).enumerate() {
        let top = top + group as f64 * each;
        let first = group * ABREAST;
        let bottom = top + each - if group + 1 < groups { ROW } else { 0.0 };
        marks.extend(table(picture, column, [top, bottom], &all, first, runs));
    }
    marks
}

/// The numbers of some runs, the first of which is shown as number `first`.
fn table(
    picture: &Picture<'_>,
    column: Place,
    [top, bottom]: [f64; 2],
    all: &[Reading],
    first: usize,
    runs: &[usize],
) -> Vec<Mark> {
    let right = column.left + column.width;
    // Two columns leave the names a quarter of the width; three leave them less.
    let each = if runs.len() < ABREAST { 0.36 } else { 0.25 } * column.width;
    let end = |k: usize| right - (runs.len() - 1 - k) as f64 * each;
    let mut marks =
        vec![label([column.left, top], moment(picture), Ink::Quiet, SMALL, Anchor::Left)];
    for (k, &run) in runs.iter().enumerate() {
        let name = if runs.len() < ABREAST { picture.name(run) } else { short_name(picture, run) };
        marks.push(label([end(k), top], name, Ink::Run(run), SMALL, Anchor::Right));
    }
    let mut y = top;
    for reading in all {
        let values: Vec<&String> = reading.values.iter().skip(first).take(runs.len()).collect();
        let is_long = |value: &&String| value.chars().count() > LONGEST;
        if runs.len() >= ABREAST && values.iter().any(is_long) {
            continue;
        }
        y += ROW;
        if y > bottom {
            break;
        }
        marks.push(label([column.left, y], reading.name.clone(), Ink::Quiet, SMALL, Anchor::Left));
        for (k, value) in values.into_iter().enumerate() {
            let value = short_of(value, runs.len());
            marks.push(label([end(k), y], value, Ink::Text, SMALL, Anchor::Right));
        }
    }
    marks
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

/// A value that has room beside the others: where its standard error has none, it is left to the window.
fn short_of(value: &str, abreast: usize) -> String {
    /// Characters in one of two columns.
    const ROOM: usize = 19;
    match value.split_once(" ± ") {
        Some((mean, _)) if abreast > 1 && value.chars().count() > ROOM => mean.to_owned(),
        _ => value.to_owned(),
    }
}

/// What stands over a narrow column: what tells a run from the others, where its whole name has no room.
fn short_name(picture: &Picture<'_>, run: usize) -> String {
    let name = picture.name(run);
    if name.chars().count() <= LONGEST {
        return name;
    }
    picture.scene.runs.get(run).map_or(name, |run| run.name.as_str().to_owned())
}
