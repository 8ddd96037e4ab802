//! `samscope run`: the steps of all runs as CSV, with measured columns where they are asked for.

use std::io::{self, IsTerminal as _, Write as _};
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

use super::progress::Progress;
use super::{Refusal, Wish};
use crate::analysis::measurable::{self, Measurable};
use crate::export::csv::Table;
use crate::export::file::{self, Target};
use crate::scene::keys;

/// Write the steps of all runs as CSV.
#[derive(Debug, Args)]
pub struct Run {
    /// What to run.
    #[command(flatten)]
    pub wish: Wish,
    /// Measured columns to add, in the order said.
    #[arg(long, value_name = "MEASURE,…", value_delimiter = ',', help = measures_help())]
    pub measures: Vec<String>,
    /// Keep steps 0, N, 2N … and the last of each run.
    #[arg(long, value_name = "N", default_value = "1")]
    pub every: NonZeroUsize,
    /// Where to write it; the terminal when not said, or `-`.
    #[arg(short, long, value_name = "FILE.csv")]
    pub output: Option<PathBuf>,
}

impl Run {
    pub(super) fn carry_out(&self) -> Result<(), Refusal> {
        let scene = self.wish.scene()?;
        let measures = measures(&self.measures)?;
        let target = self.output.as_ref().map_or(Target::Stdout, Target::from);
        file::check(&target)?;
        let problem = scene.source().build();
        let table =
            Table { scene: &scene, problem: &problem, every: self.every, measures: &measures };
        let mut diverged = Vec::new();
        file::write(&target, |out| {
            // Where the table itself runs over the terminal, a line of progress would run through it.
            let is_read = target == Target::Stdout && io::stdout().is_terminal();
            let mut progress = (!is_read).then(Progress::new);
            let mut done = |part| {
                if let Some(progress) = &mut progress {
                    progress.at(part);
                }
            };
            diverged = table.write(out, &mut done)?;
            Ok(())
        })?;
        for found in diverged {
            let (run, after) = (found.run, found.after);
            // Where nobody listens there is nobody to tell.
            let _ = writeln!(io::stderr(), "samscope: {run} diverged after step {after}");
        }
        Ok(())
    }
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
            .ok_or_else(|| Refusal::UnknownMeasure { given: keys::echo(given), known: known() })
    };
    asked.iter().map(find).collect()
}
