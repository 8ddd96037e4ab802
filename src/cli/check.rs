//! `samscope check`: every law that the optimizers must obey, put next to what they do.

use std::fmt::Write as _;

use clap::Args;

use super::{Refusal, print};
use crate::laws::{self, Finding};

/// Check every number against published laws; exit code 1 if one fails.
#[derive(Debug, Args)]
pub struct Check {}

impl Check {
    pub(super) fn carry_out(&self) -> Result<(), Refusal> {
        let findings = laws::check();
        print(table(&findings).as_bytes())?;
        match findings.iter().filter(|finding| !finding.holds()).count() {
            0 => Ok(()),
            failed => Err(Refusal::LawsFailed { failed, of: findings.len() }),
        }
    }
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
