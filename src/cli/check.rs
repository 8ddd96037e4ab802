//! `samscope check`: every law that the optimizers must obey, put next to what they do; and what papers claim.

use std::fmt::Write as _;

use clap::Args;

use super::{Refusal, paper, print};
use crate::laws::{self, Finding};
use crate::paper::builtin;

/// Check every number against published laws; exit code 1 if one fails.
#[derive(Debug, Args)]
pub struct Check {
    /// Try the claims of papers instead, a line each: holds or fails, what was found, what is claimed. Exit code 1 if one
    /// comes out otherwise than its file expects.
    #[arg(long)]
    pub papers: bool,
}

impl Check {
    pub(super) fn carry_out(&self) -> Result<(), Refusal> {
        if self.papers {
            return papers();
        }
        let findings = laws::check();
        print(table(&findings).as_bytes())?;
        match findings.iter().filter(|finding| !finding.holds()).count() {
            0 => Ok(()),
            failed => Err(Refusal::LawsFailed { failed, of: findings.len() }),
        }
    }
}

/// Tries the claims of all papers, a line each as they come.
fn papers() -> Result<(), Refusal> {
    let (mut unlike, mut of, mut red) = (0, 0, 0);
    for (name, paper) in builtin::all() {
        let mut text = String::new();
        unlike += paper::try_out(name, paper, &mut text);
        of += paper.claims.len();
        red += paper.claims.iter().filter(|claim| claim.fails_because.is_some()).count();
        print(text.as_bytes())?;
    }
    let fail = if red == 1 { "1 that fails" } else { &format!("{red} that fail") };
    let said = format!("{} of {of} claims came out as expected, {fail} among them\n", of - unlike);
    print(said.as_bytes())?;
    paper::failed(unlike, of)
}

/// One line a law: the verdict, the law, its source, and the numbers.
fn table(findings: &[Finding]) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "{:<5} {:>21} {:>21} {:>9} {:>9}  law [source]",
        "", "expected", "found", "error", "allowed"
    );
    for finding in findings {
        let _ = writeln!(
            text,
            "{:<5} {:>21} {:>21} {:>9.1e} {:>9.1e}  {} [{}]",
            if finding.holds() { "pass" } else { "FAIL" },
            digits(finding.expected),
            digits(finding.found),
            finding.error(),
            finding.tolerance,
            finding.law,
            finding.source,
        );
    }
    let held = findings.iter().filter(|finding| finding.holds()).count();
    let _ = writeln!(text, "{held} of {} laws hold", findings.len());
    text
}

/// A number with the twelve decimals that the laws are stated to, or its power of ten where that would hide it.
fn digits(number: f64) -> String {
    if number == 0.0 || (1e-4..1e6).contains(&number.abs()) {
        format!("{number:.12}")
    } else {
        format!("{number:.9e}")
    }
}
