//! The numbers of a picture as lines and tabs, for the clipboard: those at the moment shown and, where it is told already,
//! how each run ends. A spreadsheet takes them as a table.

use super::summary;
use crate::figure::picture::{Future, Picture};
use crate::figure::readings::readings;

/// The table: a column a run; first the readings, then below a row of nothing those of the summary.
#[must_use]
pub fn tabbed(picture: &Picture<'_>) -> String {
    let runs = picture.runs();
    let line = |name: &str, cells: Vec<String>| {
        let cells = std::iter::once(name.to_owned()).chain(cells);
        cells.map(|cell| cell.replace(['\t', '\n'], " ")).collect::<Vec<_>>().join("\t") + "\n"
    };
    let mut text = line("", runs.iter().map(|&run| picture.name(run)).collect());
    for reading in readings(picture) {
        text += &line(&reading.name, reading.values);
    }
    let hides = |run: &crate::optim::trajectory::Trajectory| {
        picture.look.future == Future::Hidden && picture.look.at.step_of(run) < run.last_step()
    };
    let is_hidden = runs.iter().any(|&run| picture.run(run).is_some_and(hides));
    let Some(outcomes) = picture.outcomes.filter(|_| !is_hidden) else { return text };
    let rows: Vec<[String; 17]> = runs
        .iter()
        .filter_map(|&run| Some(summary::row(&picture.name(run), outcomes.runs.get(run)?)))
        .collect();
    if rows.len() < runs.len() {
        return text;
    }
    text += &line("", vec![String::new(); runs.len()]);
    for (k, name) in summary::HEADER.iter().enumerate().skip(1) {
        text += &line(name, rows.iter().map(|row| row[k].clone()).collect());
    }
    text
}
