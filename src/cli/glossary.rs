//! `samscope glossary`: what a term means.

use std::fmt::Write as _;

use clap::Args;

use super::list::{PARAGRAPH, wrapped};
use super::{Refusal, print};
use crate::glossary::{self, Term};

/// Say what a term means, or name all terms.
#[derive(Debug, Args)]
pub struct Glossary {
    /// A term by its name or symbol, for instance radius, "learning rate" or ρ; every term in a line when not said.
    #[arg(value_name = "TERM")]
    pub term: Vec<String>,
}

impl Glossary {
    pub(super) fn carry_out(&self) -> Result<(), Refusal> {
        let text = match self.term.join(" ").trim() {
            "" => list(),
            typed => entry(glossary::find(typed)?),
        };
        print(text.as_bytes())
    }
}

/// Every term in a line.
#[must_use]
pub fn list() -> String {
    let line = |term: &Term| format!("{:<20} {}\n", term.id, term.said);
    glossary::all().iter().map(line).collect()
}

/// A term with its definition, where it comes from, and where to read on.
#[must_use]
pub fn entry(term: &Term) -> String {
    let Term { name, symbol, said, formula, more, source, see, .. } = term;
    let mut text = name.clone();
    // Writing to a string cannot fail.
    if !symbol.is_empty() {
        let _ = write!(text, "  {symbol}");
    }
    let _ = writeln!(text, "\n{said}\n");
    if !formula.is_empty() {
        let _ = writeln!(text, "    {formula}\n");
    }
    let more: String = glossary::parts(more).map(glossary::Part::text).collect();
    for line in wrapped(&more, PARAGRAPH) {
        let _ = writeln!(text, "{line}");
    }
    if !source.is_empty() {
        let _ = writeln!(text, "\nSource: {source}");
    }
    if !see.is_empty() {
        let _ = writeln!(text, "\nSee also: {}", see.join(", "));
    }
    text
}
