//! `samscope merge`: the tables of a sweep's shards as one.

use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::Args;

use super::{Refusal, counted};
use crate::export::file::{self, Target};
use crate::export::merge;
use crate::typed::expanded;

/// Put the shards of a sweep together, in whatever order they are named; the bytes are those of the sweep as one.
#[derive(Debug, Args)]
pub struct Merge {
    /// The tables that `samscope sweep --shard` has written.
    #[arg(value_name = "SHARD.csv", required = true)]
    pub shards: Vec<PathBuf>,
    /// Where to write the whole table; the standard output when not said, or -.
    #[arg(short, long, value_name = "FILE.csv")]
    pub output: Option<PathBuf>,
}

impl Merge {
    pub(super) fn carry_out(&self) -> Result<(), Refusal> {
        let target = self.output.as_ref().map_or(Target::Stdout, Target::from);
        target.ending(&["csv"])?;
        let paths: Vec<PathBuf> = self.shards.iter().map(|path| expanded(path)).collect();
        for path in &paths {
            file::check_apart(&target, path)?;
        }
        file::check(&target)?;
        let whole = merge::Merge::of(&paths)?;
        // A table of a sweep may be written over, anything else is somebody's work.
        if let Some(path) = target.path().filter(|path| path.is_file())
            && !merge::is_table(path)
        {
            return Err(Refusal::NotOverwritten { path: path.to_owned() });
        }
        file::write(&target, |out| whole.write(out))?;
        let merge::Merge { cells, rows, .. } = whole;
        // Where nobody listens there is nobody to tell.
        let _ = writeln!(
            io::stderr(),
            "samscope: {}, {}",
            counted(cells, "scene"),
            counted(rows, "row")
        );
        Ok(())
    }
}
