//! `samscope run`: every step of all runs as CSV.

use std::path::PathBuf;

use clap::Args;

use super::{Refusal, Wish, print};
use crate::engine::{Asked, Engine};
use crate::export::{csv, file};

/// Write every step of all runs as CSV.
#[derive(Debug, Args)]
pub struct Run {
    /// What to run.
    #[command(flatten)]
    pub wish: Wish,
    /// Where to write it; the terminal when not said.
    #[arg(short, long, value_name = "FILE.csv")]
    pub output: Option<PathBuf>,
}

impl Run {
    pub(super) fn carry_out(&self) -> Result<(), Refusal> {
        let scene = self.wish.scene()?;
        if let Some(path) = &self.output {
            file::check(path)?;
        }
        let mut engine = Engine::in_place();
        engine.ask(&Asked::of(&scene, scene.steps.get()));
        let table = engine.comparison().map(|runs| csv::write(runs)).unwrap_or_default();
        match &self.output {
            Some(path) => Ok(file::save(path, &table)?),
            None => print(&table),
        }
    }
}
