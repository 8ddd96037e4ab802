//! `samscope run`: every step of all runs as CSV, or how each run ended.

use std::io::Write as _;
use std::path::PathBuf;

use clap::Args;

use super::{Refusal, Wish};
use crate::analysis::outcome::Ending;
use crate::engine::products::outcomes::Outcomes;
use crate::engine::{Asked, Engine};
use crate::export::file::{self, Target};
use crate::export::{csv, summary};
use crate::scene::Scene;

/// Write every step of all runs as CSV.
#[derive(Debug, Args)]
pub struct Run {
    /// What to run.
    #[command(flatten)]
    pub wish: Wish,
    /// Write how each run ended, one row a run, instead of every step.
    #[arg(long)]
    pub summary: bool,
    /// Where to write it; the standard output when not said, or -.
    #[arg(short, long, value_name = "FILE.csv")]
    pub output: Option<PathBuf>,
}

impl Run {
    pub(super) fn carry_out(&self) -> Result<(), Refusal> {
        let target = self.output.as_ref().map_or(Target::Stdout, Target::from);
        target.ending(&["csv"])?;
        let scene = self.wish.scene()?;
        self.wish.check(&target)?;
        let engine = finished(&scene);
        let table = if self.summary {
            engine.product::<Outcomes>().map(summary::write)
        } else {
            engine.comparison().map(|runs| csv::write(runs))
        };
        file::save(&target, &table.unwrap_or_default())?;
        tell_of_divergence(&engine);
        Ok(())
    }
}

/// The runs of `scene`, and how they ended.
fn finished(scene: &Scene) -> Engine {
    let mut engine = Engine::in_place();
    engine.follow(|_| Asked { outcomes: true, ..Asked::of(scene, scene.steps.get()) });
    engine
}

/// A line on the terminal for every run that diverged: a table alone would only be shorter.
fn tell_of_divergence(engine: &Engine) {
    let Some(outcomes) = engine.product::<Outcomes>() else { return };
    for (run, outcome) in outcomes.comparison.scene.runs.iter().zip(&outcomes.runs) {
        if let Ending::Diverged { last, numbers_end, .. } = outcome.ending {
            let name = run.name.as_str();
            let said = match (numbers_end, outcome.at_step) {
                (false, Some(left)) => {
                    format!("{name} diverged: it left its domain at step {left}")
                }
                (true, Some(left)) if left <= last => format!(
                    "{name} diverged: it left its domain at step {left}, and numbers end after step {last}"
                ),
                _ => format!("{name} diverged: numbers end after step {last}"),
            };
            // Where nobody reads it, nobody misses it.
            let _ = writeln!(std::io::stderr(), "samscope: {said}");
        }
    }
}
