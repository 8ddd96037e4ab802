//! `samscope paper`: the papers by name, what one claims and whether it is so here, and its picture.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;

use super::{Refusal, print};
use crate::export::file::Target;
use crate::paper::claim::Claim;
use crate::paper::trial::{self, Verdict};
use crate::paper::{self, builtin};
use crate::typed::{echo, expanded};

/// Name the papers, try the claims of one, or draw its scene.
#[derive(Debug, Args)]
pub struct Paper {
    /// A paper (see --list), a TOML file of your own, or - for the standard input: its claims are tried.
    #[arg(value_name = "NAME")]
    pub name: Option<OsString>,
    /// Name all papers, one a line.
    #[arg(long, conflicts_with_all = ["name", "output", "scene"])]
    pub list: bool,
    /// Print its scene, as a file that samscope opens.
    #[arg(long, requires = "name", conflicts_with = "output")]
    pub scene: bool,
    /// Draw its scene in place of trying its claims; ends in .png, .svg or .pdf.
    #[arg(short, long, value_name = "FILE", requires = "name")]
    pub output: Option<PathBuf>,
}

impl Paper {
    pub(super) fn carry_out(&self) -> Result<(), Refusal> {
        let Some(name) = self.name.as_ref().filter(|_| !self.list) else {
            return print(list().as_bytes());
        };
        let said = name.to_string_lossy().into_owned();
        let paper = found(Path::new(name))?;
        if self.scene {
            return print(crate::scene::file::write(&paper.scene).as_bytes());
        }
        if let Some(output) = &self.output {
            let target = Target::of(output.as_os_str());
            return super::render::plainly(&paper.scene, &target);
        }
        let mut text = format!("{}\n{}\n{}\n", paper.title, paper.source, paper.about);
        let unlike = try_out(&echo(&said), &paper, &mut text);
        print(text.as_bytes())?;
        failed(unlike, paper.claims.len())
    }
}

/// The paper of this name, or in this file.
pub(super) fn found(name: &Path) -> Result<paper::Paper, Refusal> {
    let said = name.to_string_lossy();
    let is_a_file = said == "-"
        || expanded(name).exists()
        || said.contains(['/', '\\'])
        || name.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
    match builtin::find(&said) {
        Ok(paper) => Ok(paper.clone()),
        Err(_) if is_a_file => Ok(paper::open(name)?),
        Err(unknown) => Err(unknown.into()),
    }
}

/// The names of all papers with what they are, one a line.
#[must_use]
pub fn list() -> String {
    let mut text = String::new();
    for (name, paper) in builtin::all() {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{name:<18} {} [{}]", paper.title, paper.source);
    }
    text
}

/// Tries the claims of a paper, a line each; how many came out otherwise than its file expects.
pub(super) fn try_out(name: &str, paper: &paper::Paper, text: &mut String) -> usize {
    let mut unlike = 0;
    for (claim, verdict) in trial::verdicts(paper) {
        unlike += usize::from(!verdict.is_expected);
        let _ = writeln!(text, "{}", line(name, claim, &verdict));
    }
    unlike
}

/// The verdict, the paper, what it says, and what was found beside what is claimed.
fn line(name: &str, claim: &Claim, verdict: &Verdict) -> String {
    let holds = if verdict.holds { "holds" } else { "fails" };
    let Verdict { found, claimed, .. } = verdict;
    let mut line = format!("{holds}  {name:<18} {}: found {found}; claimed {claimed}", claim.says);
    match (&claim.fails_because, verdict.holds) {
        (Some(why), false) => line += &format!(" (as expected: {why})"),
        (Some(_), true) => line += " (it was expected to fail)",
        (None, _) => {}
    }
    line
}

/// Whether all claims came out as expected.
pub(super) fn failed(unlike: usize, of: usize) -> Result<(), Refusal> {
    if unlike == 0 { Ok(()) } else { Err(Refusal::ClaimsFailed { unlike, of }) }
}
