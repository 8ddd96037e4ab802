//! `samscope run`: the steps of all runs as CSV, with measured columns where they are asked for; or how each run ended.

use std::io::{self, IsTerminal as _, Write as _};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::Args;

use super::progress::Progress;
use super::{Refusal, Wish, say};
use crate::analysis::measurable::{self, Measurable, Over};
use crate::analysis::outcome::Ending;
use crate::engine::products::outcomes::Outcomes;
use crate::engine::{Asked, Engine};
use crate::export::csv::{Table, Written};
use crate::export::file::{self, Target};
use crate::export::summary;
use crate::scene::Scene;
use crate::typed::echo;

/// Write the steps of all runs as CSV.
#[derive(Debug, Args)]
pub struct Run {
    /// What to run.
    #[command(flatten)]
    pub wish: Wish,
    /// Write how each run ended, one row a run, instead of every step.
    #[arg(long, conflicts_with_all = ["measures", "every"])]
    pub summary: bool,
    /// Measured columns to add, in the order said.
    #[arg(long, value_name = "MEASURE,…", value_delimiter = ',', help = measures_help())]
    pub measures: Vec<String>,
    /// Keep steps 0, N, 2N … and the last of each run.
    #[arg(long, value_name = "N", default_value = "1")]
    pub every: NonZeroUsize,
    /// Where to write it; the standard output when not said, or -.
    #[arg(short, long, value_name = "FILE.csv")]
    pub output: Option<PathBuf>,
}

impl Run {
    pub(super) fn carry_out(&self) -> Result<(), Refusal> {
        let target = self.output.as_ref().map_or(Target::Stdout, Target::from);
        target.ending(&["csv"])?;
        let measures = measures(&self.measures)?;
        let scene = self.wish.scene()?;
        self.wish.check(&target)?;
        let diverged = if self.summary {
            summarise(&scene, &target)?
        } else {
            self.write_steps(&scene, &measures, &target)?
        };
        for said in diverged {
            // Where nobody listens there is nobody to tell.
            let _ = writeln!(io::stderr(), "samscope: {said}");
        }
        Ok(())
    }

    /// Writes the table of steps; says which runs diverged.
    fn write_steps(
        &self,
        scene: &Scene,
        measures: &[&'static Measurable],
        target: &Target,
    ) -> Result<Vec<String>, Refusal> {
        let problem = scene.source().build();
        let table = Table { scene, problem: &problem, every: self.every, measures };
        let mut written = Written::default();
        file::write(target, |out| {
            // Where the table itself runs over the terminal, a line of progress would run through it.
            let is_read = *target == Target::Stdout && io::stdout().is_terminal();
            let mut progress = (!is_read).then(Progress::new);
            let mut done = |part| {
                if let Some(progress) = &mut progress {
                    progress.at(part);
                }
                ControlFlow::Continue(())
            };
            written = table.write(out, &mut done)?;
            Ok(())
        })?;
        if let Some(said) = blank(&written.blank) {
            say(&said);
        }
        // With two weights there is a domain to be left, which rows do not tell.
        if problem.objective.dimension() == 2 {
            return Ok(found(scene).as_ref().map(diverging).unwrap_or_default());
        }
        Ok(written.diverged.iter().map(|it| words(&it.run, it.at_step)).collect())
    }
}

/// Which measured columns have no number in any row, and why, in one line; none where all have one.
fn blank(columns: &[&'static Measurable]) -> Option<String> {
    let why = |measure: &Measurable| match (measure.over, measure.id) {
        (Over::Neighbourhood, _) => "no run looks around in a ball",
        (_, "edge") => "none is derived for such runs",
        (_, "lambda_max_p") => "no base divides by the size of gradients",
        (_, "share0" | "balance") => {
            "it is told of two weights, and the balance of a loss of their product"
        }
        (_, "condition") => "it is not told above 400 weights, nor where an eigenvalue is 0",
        _ => "it is finite at no step",
    };
    let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
    for measure in columns {
        let why = why(measure);
        match reasons.iter_mut().find(|(known, _)| *known == why) {
            Some((_, ids)) => ids.push(measure.id),
            None => reasons.push((why, vec![measure.id])),
        }
    }
    let said: Vec<String> =
        reasons.iter().map(|(why, ids)| format!("{} ({why})", ids.join(", "))).collect();
    let are = if columns.len() == 1 { "this column is empty" } else { "these columns are empty" };
    (!said.is_empty()).then(|| format!("{are}: {}", said.join("; ")))
}

/// Writes how the runs of `scene` ended; says which diverged.
fn summarise(scene: &Scene, target: &Target) -> Result<Vec<String>, Refusal> {
    let Some(outcomes) = found(scene) else { return Ok(Vec::new()) };
    file::save(target, &summary::write(&outcomes))?;
    Ok(diverging(&outcomes))
}

/// How the runs of `scene` ended.
fn found(scene: &Scene) -> Option<Outcomes> {
    let mut engine = Engine::in_place();
    engine.follow(|_| Asked { outcomes: true, ..Asked::of(scene, scene.steps.get()) });
    engine.product::<Outcomes>().cloned()
}

/// What is said of the runs that diverged.
fn diverging(outcomes: &Outcomes) -> Vec<String> {
    let runs = outcomes.comparison.scene.runs.iter().zip(&outcomes.runs);
    let diverged = runs.filter_map(|(run, outcome)| match outcome.ending {
        Ending::Diverged { last, .. } => {
            Some(words(run.name.as_str(), outcome.at_step.unwrap_or(last)))
        }
        Ending::Stopped { .. }
        | Ending::Saddle { .. }
        | Ending::Stalled { .. }
        | Ending::Cycle { .. }
        | Ending::Rest { .. }
        | Ending::Drifting { .. }
        | Ending::Moving => None,
    });
    diverged.collect()
}

fn words(run: &str, at_step: usize) -> String {
    format!("{run} diverged at step {at_step}")
}

/// The names of all measures.
fn known() -> String {
    measurable::ALL.iter().map(|measure| measure.id).collect::<Vec<_>>().join(", ")
}

fn measures_help() -> String {
    format!("Measured columns to add, in the order said: {}", known())
}

/// The measures of these names.
fn measures(asked: &[String]) -> Result<Vec<&'static Measurable>, Refusal> {
    let find = |given: &String| {
        measurable::find(given.trim())
            .ok_or_else(|| Refusal::UnknownMeasure { given: echo(given), known: known() })
    };
    let measures: Vec<&Measurable> = asked.iter().map(find).collect::<Result<_, _>>()?;
    let again = |(place, measure): &(usize, &&'static Measurable)| {
        measures[..*place].iter().any(|before| before.id == measure.id)
    };
    match measures.iter().enumerate().find(again) {
        Some((_, measure)) => Err(Refusal::MeasureTwice { id: measure.id }),
        None => Ok(measures),
    }
}
