//! `samscope list`: everything that can be chosen, read from the catalogues.

use std::fmt::Write as _;

use clap::Args;

use super::{Refusal, print, variants};
use crate::analysis::slices;
use crate::catalog::{Choice, Entry, Kind, Scale, Setting};
use crate::optim::{ascent, base, mistake, schedule};
use crate::problem::{datasets, landscapes, losses, models};
use crate::scene::{builtin, keys};

/// Name everything that can be chosen.
#[derive(Debug, Args)]
pub struct List {
    /// Print the tables as Markdown, as README has them.
    #[arg(long)]
    pub markdown: bool,
    /// Print the ascents as one table, direction × radius × step, instead.
    #[arg(long)]
    pub variants: bool,
}

impl List {
    pub(super) fn carry_out(&self) -> Result<(), Refusal> {
        let text = match (self.variants, self.markdown) {
            (false, false) => plain(),
            (false, true) => markdown(),
            (true, false) => variants::plain(),
            (true, true) => variants::markdown(),
        };
        print(text.as_bytes())
    }
}

/// One row of a table: what an entry says of itself, whatever its family.
struct Row {
    id: &'static str,
    name: &'static str,
    formula: &'static str,
    source: &'static str,
    settings: &'static [Setting],
    note: Option<&'static str>,
}

/// What is said of ascents that know no ball.
const NO_NORM: &str = "p plays no part";

/// Every family: its heading, the key that chooses from it, its members.
fn families() -> Vec<(&'static str, &'static str, Vec<Row>)> {
    vec![
        ("Landscapes", "landscape", rows(landscapes::ALL.entries)),
        ("Own formula", "formula", rows(&[&landscapes::OWN])),
        ("Datasets", "data", rows(datasets::ALL.entries)),
        ("Models", "model", rows(models::ALL.entries)),
        ("Losses", "loss", rows(losses::ALL.entries)),
        ("Base optimizers", "base", rows(base::ALL.entries)),
        ("Ascents", "ascent", ascents()),
        ("Mistakes", "mistake", rows(mistake::ALL.entries)),
        ("Map planes", "slice", rows(slices::ALL.entries)),
        ("Schedules", "eta_schedule, rho_schedule", rows(schedule::ALL.entries)),
    ]
}

fn rows<T: ?Sized>(entries: &[&'static Entry<T>]) -> Vec<Row> {
    entries
        .iter()
        .map(|entry| Row {
            id: entry.id,
            name: entry.name,
            formula: entry.formula,
            source: entry.source,
            settings: entry.settings,
            note: None,
        })
        .collect()
}

/// The ascents, those marked that are the same in every norm.
fn ascents() -> Vec<Row> {
    let norms =
        ascent::ALL.entries.iter().map(|entry| Choice::new(entry).build().has_neighbourhood());
    rows(ascent::ALL.entries)
        .into_iter()
        .zip(norms)
        .map(|(row, norms)| match norms {
            true => row,
            false => Row { note: Some(NO_NORM), ..row },
        })
        .collect()
}

/// The list for a terminal.
#[must_use]
pub fn plain() -> String {
    let mut text = String::new();
    let mut line = |words: std::fmt::Arguments<'_>| {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{words}");
    };
    line(format_args!("Scenes"));
    for (name, scene) in builtin::all() {
        line(format_args!("  {name:<18} {}", scene.heading()));
        for said in wrapped(&scene.about, PARAGRAPH) {
            line(format_args!("      {said}"));
        }
    }
    for (heading, key, rows) in families() {
        line(format_args!("\n{heading} ({key}=…)"));
        for row in rows {
            line(format_args!("  {:<18} {} — {} [{}]", row.id, row.name, row.formula, row.source));
            if let Some(note) = row.note {
                line(format_args!("      {note}"));
            }
            for setting in row.settings {
                line(format_args!(
                    "      {:<16} {} ({})",
                    setting.key,
                    setting.about,
                    range(setting)
                ));
            }
        }
    }
    line(format_args!("\nKeys of every scene (--set KEY=VALUE)"));
    for (key, takes) in keys::KEYS {
        line(format_args!("  {key:<18} {takes}"));
    }
    text
}

/// The letters of a line of a paragraph, at most.
pub(super) const PARAGRAPH: usize = 100;

/// `text` in lines of so many letters at most; a longer word has a line of its own.
pub(super) fn wrapped(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) | None => lines.push(word.to_owned()),
        }
    }
    lines
}

fn range(setting: &Setting) -> String {
    let default = setting.default();
    match setting.kind {
        Kind::Choice { names } => format!("{}, default {default}", names.join(" or ")),
        Kind::Number { range: (low, high), scale: Scale::Whole, .. } => {
            format!("whole, {low} to {high}, default {default}")
        }
        Kind::Number { range: (low, high), scale: Scale::Linear | Scale::Log, .. } => {
            format!("{low} to {high}, default {default}")
        }
        Kind::Text { longest, .. } => {
            format!("a text, {longest} letters at most, default {default}")
        }
        Kind::Path => "a file".to_owned(),
    }
}

/// The list as Markdown tables.
#[must_use]
pub fn markdown() -> String {
    let mut text = String::new();
    for (heading, key, rows) in families() {
        let _ = writeln!(text, "**{heading}** (`{key}`)\n");
        let _ =
            writeln!(text, "| id | name | formula | settings | source |\n|---|---|---|---|---|");
        for row in rows {
            let keys = row.settings.iter().map(|setting| format!("`{}`", setting.key));
            let settings: Vec<_> = keys.chain(row.note.map(str::to_owned)).collect();
            let _ = writeln!(
                text,
                "| `{}` | {} | {} | {} | {} |",
                row.id,
                escaped(row.name),
                escaped(row.formula),
                settings.join(" "),
                escaped(row.source)
            );
        }
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// A bar would end the table's cell.
fn escaped(text: &str) -> String {
    text.replace('|', "\\|")
}
