//! The summary: one row of comma-separated values a run, of how it ended.
//!
//! ```text
//! run,ending,at_step,period,amplitude,place0,place1,basin0,basin1,first_out,last_in,basins_crossed,…
//! ```
//!
//! A field is empty where there is no such number: no period of a run that rests, no place of more than two weights.
//! `lambda_minimum` is `λ_max` at the minimum of the end's basin: empty for the tip of a cone, and on a floor of minima
//! that of the place on it that the end flows to.

use ::csv as csv_format;

use crate::analysis::outcome::{Ending, Outcome};
use crate::engine::products::outcomes::Outcomes;

/// The names of the columns.
pub const HEADER: [&str; 17] = [
    "run",
    "ending",
    "at_step",
    "period",
    "amplitude",
    "place0",
    "place1",
    "basin0",
    "basin1",
    "first_out",
    "last_in",
    "basins_crossed",
    "loss",
    "test_loss",
    "lambda_max",
    "lambda_minimum",
    "gradients",
];

/// The whole table, one row a run.
#[must_use]
pub fn write(outcomes: &Outcomes) -> Vec<u8> {
    let mut table = csv_format::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail, and every record has the header's length.
    let _ = table.write_record(HEADER);
    for (run, outcome) in outcomes.comparison.scene.runs.iter().zip(&outcomes.runs) {
        let _ = table.write_record(row(run.name.as_str(), outcome));
    }
    table.into_inner().unwrap_or_default()
}

/// The row of the run called `name`.
#[must_use]
pub fn row(name: &str, outcome: &Outcome) -> [String; 17] {
    let number =
        |number: Option<f64>| number.filter(|x| x.is_finite()).map(exact).unwrap_or_default();
    let count = |count: Option<usize>| count.map(|count| count.to_string()).unwrap_or_default();
    let (period, amplitude) = match outcome.ending {
        Ending::Cycle { period, amplitude } => (period, Some(amplitude)),
        _ => (None, None),
    };
    let travel = outcome.travel;
    let end = travel.and_then(|travel| travel.end);
    [
        name.to_owned(),
        ending(&outcome.ending).to_owned(),
        count(outcome.at_step),
        count(period),
        number(amplitude),
        number(outcome.place.map(|at| at[0])),
        number(outcome.place.map(|at| at[1])),
        number(end.map(|end| end.at[0])),
        number(end.map(|end| end.at[1])),
        count(travel.and_then(|travel| travel.first_out)),
        count(travel.and_then(|travel| travel.last_in)),
        count(travel.and_then(|travel| travel.crossed)),
        number(Some(outcome.loss)),
        number(outcome.test_loss),
        number(outcome.lambda_max),
        number(end.and_then(|end| end.lambda)),
        outcome.gradients.to_string(),
    ]
}

/// The word of the column `ending`.
#[must_use]
pub fn ending(ending: &Ending) -> &'static str {
    match ending {
        Ending::Rest { .. } => "rest",
        Ending::Cycle { .. } => "cycle",
        Ending::Stalled { .. } => "stalled",
        Ending::Saddle { .. } => "saddle",
        Ending::Stopped { .. } => "stopped",
        Ending::Diverged { .. } => "diverged",
        Ending::Drifting { .. } => "drifting",
        Ending::Moving => "moving",
    }
}

/// A number with 17 significant digits, which is enough for any `f64` to come back.
pub(super) fn exact(number: f64) -> String {
    format!("{number:.16e}")
}
