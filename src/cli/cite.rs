//! `samscope cite`: the published works that scenes use, as a list for BibTeX.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Args;

use super::beside::is_somebodys;
use super::{Refusal, Wish};
use crate::cite::{self, companion};
use crate::export::file::{self, Target};
use crate::typed::echo_path;

/// A list that is somebody's own.
#[derive(Debug, thiserror::Error)]
#[error(
    "{} is there and samscope did not write it, so it is left; choose another name",
    echo_path(path)
)]
pub struct CannotCite {
    path: PathBuf,
}

/// List the published works that scenes use, for BibTeX: the problem, base, ascent, measures, the paper, and samscope.
#[derive(Debug, Args)]
pub struct Cite {
    /// Built-in scenes, TOML files, CSV files of points, pictures that samscope made, samscope:…, or - for the standard
    /// input; of several each work is listed once. The opening scene when not said.
    #[arg(value_name = "SCENE")]
    pub scenes: Vec<OsString>,
    /// Set a key of the scenes, for instance ascent=asam; may be said many times.
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    /// A run, by what differs from the others; together they replace the scenes' runs.
    #[arg(long = "run", value_name = "KEY=VALUE …")]
    pub run: Vec<String>,
    /// Where to write the list; ends in .bib. The standard output when not said, or -.
    #[arg(short, long, value_name = "FILE.bib")]
    pub output: Option<PathBuf>,
}

impl Cite {
    pub(super) fn carry_out(&self) -> Result<(), Refusal> {
        let target = self.output.as_ref().map_or(Target::Stdout, Target::from);
        target.ending(&["bib"])?;
        if let Some(path) = target.path().filter(|path| is_somebodys(path)) {
            return Err(CannotCite { path: path.to_path_buf() }.into());
        }
        let named = self.scenes.iter().cloned().map(Some);
        let named: Vec<Option<OsString>> =
            if self.scenes.is_empty() { vec![None] } else { named.collect() };
        let mut scenes = Vec::with_capacity(named.len());
        for scene in named {
            let wish = Wish { scene, set: self.set.clone(), run: self.run.clone() };
            scenes.push(wish.scene()?);
            wish.check(&target)?;
        }
        let list = cite::bibtex(&scenes);
        // In a file of its own it says whose it is, so that it may be written anew.
        let list = if target.path().is_some() { companion::list(&list) } else { list };
        Ok(file::save(&target, list.as_bytes())?)
    }
}
