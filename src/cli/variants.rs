//! `samscope list --variants`: the table of ascents, direction × radius × step, with the names in its cells.

use std::fmt::Write as _;

use crate::catalog::Entry;
use crate::optim::ascent::cell::Cell;
use crate::optim::ascent::{direction, radius, step, table};

/// What stands in a cell that no paper here has named.
const EMPTY: &str = "·";
/// Letters of a column.
const WIDE: usize = 22;

/// What a part says of itself, whichever of the three it is.
struct Part {
    id: &'static str,
    name: &'static str,
    formula: &'static str,
    source: &'static str,
    settings: Vec<&'static str>,
}

fn parts<T: ?Sized>(entries: &[&'static Entry<T>]) -> Vec<Part> {
    let part = |entry: &&'static Entry<T>| Part {
        id: entry.id,
        name: entry.name,
        formula: entry.formula,
        source: entry.source,
        settings: entry.settings.iter().map(|setting| setting.key).collect(),
    };
    entries.iter().map(part).collect()
}

fn families() -> [(&'static str, &'static str, Vec<Part>); 3] {
    [
        ("Direction", "what ε climbs along", parts(direction::ALL.entries)),
        ("Radius", "how far ε goes along it, d", parts(radius::ALL.entries)),
        ("Step", "what the base is handed", parts(step::ALL.entries)),
    ]
}

fn name(cell: Cell) -> &'static str {
    table::named(cell).map_or(EMPTY, |entry| entry.name)
}

/// The table for a terminal.
#[must_use]
pub fn plain() -> String {
    let [directions, radii, steps] = families();
    let mut text = String::new();
    for handed in &steps.2 {
        let _ = writeln!(text, "step={} — {}", handed.id, handed.formula);
        let head: String = radii.2.iter().map(|radius| padded(radius.id)).collect();
        let _ = writeln!(text, "  {}{}", padded("direction"), head.trim_end());
        for direction in &directions.2 {
            let row: String = radii
                .2
                .iter()
                .map(|radius| {
                    let cell = Cell { direction: direction.id, radius: radius.id, step: handed.id };
                    padded(name(cell))
                })
                .collect();
            let _ = writeln!(text, "  {}{}", padded(direction.id), row.trim_end());
        }
        text.push('\n');
    }
    for (family, about, parts) in families() {
        let _ = writeln!(text, "{family}: {about} ({}=…)", family.to_lowercase());
        for Part { id, name, formula, source, settings } in parts {
            let _ = writeln!(text, "  {id:<14} {name}: {formula} [{source}]");
            if !settings.is_empty() {
                let _ = writeln!(text, "      {}", settings.join(" "));
            }
        }
        text.push('\n');
    }
    text += "Any cell: --set ascent=composed --set direction=momentum --set radius=surface --set step=mixed\n";
    text
}

fn padded(word: &str) -> String {
    let room = WIDE.saturating_sub(word.chars().count()).max(1);
    format!("{word}{}", " ".repeat(room))
}

/// The table as Markdown, as docs/variants.md has it.
#[must_use]
pub fn markdown() -> String {
    let [directions, radii, steps] = families();
    let escaped = |text: &str| text.replace('|', "\\|");
    let mut text = String::new();
    for (family, about, parts) in families() {
        let _ = writeln!(text, "**{family}** (`{}`): {about}\n", family.to_lowercase());
        let _ =
            writeln!(text, "| id | name | formula | settings | source |\n|---|---|---|---|---|");
        for Part { id, name, formula, source, settings } in parts {
            let keys: Vec<String> = settings.iter().map(|key| format!("`{key}`")).collect();
            let (name, formula) = (escaped(name), escaped(formula));
            let keys = keys.join(" ");
            let _ = writeln!(text, "| `{id}` | {name} | {formula} | {keys} | {source} |");
        }
        text.push('\n');
    }
    for handed in &steps.2 {
        let _ = writeln!(text, "**step = `{}`**: {}\n", handed.id, handed.formula);
        let heads: Vec<String> = radii.2.iter().map(|radius| format!("`{}`", radius.id)).collect();
        let _ = writeln!(text, "| direction | {} |", heads.join(" | "));
        let _ = writeln!(text, "|---|{}", "---|".repeat(heads.len()));
        for direction in &directions.2 {
            let row: Vec<&str> = radii
                .2
                .iter()
                .map(|radius| {
                    let (direction, radius, step) = (direction.id, radius.id, handed.id);
                    name(Cell { direction, radius, step })
                })
                .collect();
            let _ = writeln!(text, "| `{}` | {} |", direction.id, row.join(" | "));
        }
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}
