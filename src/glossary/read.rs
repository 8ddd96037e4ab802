//! The file of terms, read; formulas and sources of what is in a catalogue come from there.

use toml::{Table, Value};

use super::Term;
use crate::analysis::gauge::Gauge;
use crate::optim::{ascent, base};

/// The terms of a file.
///
/// # Errors
/// Says which term lacks what, or names what is in no catalogue.
pub(super) fn terms(text: &str) -> Result<Vec<Term>, String> {
    let file: Table = toml::from_str(text).map_err(|error| error.to_string())?;
    let Some(Value::Array(terms)) = file.get("term") else {
        return Err("the glossary has no [[term]]".to_owned());
    };
    terms.iter().map(term).collect()
}

/// Every key that a term can have.
const KEYS: [&str; 11] =
    ["id", "term", "symbol", "said", "formula", "more", "source", "of", "names", "words", "see"];

fn term(value: &Value) -> Result<Term, String> {
    let table = value.as_table().ok_or("a term is a table")?;
    let id = text(table, "id");
    if let Some(key) = table.keys().find(|key| !KEYS.contains(&key.as_str())) {
        return Err(format!("{id}: a term has no \"{key}\"; it has {}", KEYS.join(", ")));
    }
    if let Some(key) =
        ["id", "term", "said", "more"].into_iter().find(|key| text(table, key).is_empty())
    {
        return Err(format!("{id}: it has no {key}"));
    }
    let mut term = Term {
        id,
        name: text(table, "term"),
        symbol: text(table, "symbol"),
        said: text(table, "said"),
        formula: text(table, "formula"),
        more: text(table, "more"),
        source: text(table, "source"),
        of: text(table, "of"),
        names: texts(table, "names"),
        words: texts(table, "words"),
        see: texts(table, "see"),
    };
    catalogued(&mut term)?;
    Ok(term)
}

/// Takes over what a catalogue says of a member.
fn catalogued(term: &mut Term) -> Result<(), String> {
    let Some((family, member)) = term.of.split_once(' ') else { return Ok(()) };
    let unknown = |error: &dyn std::fmt::Display| format!("{}: {error}", term.id);
    let (name, formula, source) = match family {
        "ascent" => {
            let entry = ascent::ALL.find(member).map_err(|error| unknown(&error))?;
            (entry.name, entry.formula, entry.source)
        }
        "base" => {
            let entry = base::ALL.find(member).map_err(|error| unknown(&error))?;
            (entry.name, entry.formula, entry.source)
        }
        "measure" => {
            let gauge = Gauge::ALL.into_iter().find(|gauge| gauge.id() == member);
            let gauge = gauge.ok_or_else(|| unknown(&format!("there is no measure {member}")))?;
            (gauge.name(), gauge.symbol(), "—")
        }
        _ => return Err(unknown(&format!("there is no family {family}"))),
    };
    if !term.names.iter().any(|own| own == name) {
        term.names.push(name.to_owned());
    }
    if term.formula.is_empty() {
        formula.clone_into(&mut term.formula);
    } else if term.symbol.is_empty() {
        // A measure whose definition takes more than its symbol.
        formula.clone_into(&mut term.symbol);
    }
    if term.source.is_empty() && source != "—" {
        source.clone_into(&mut term.source);
    }
    Ok(())
}

fn text(table: &Table, key: &str) -> String {
    table.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn texts(table: &Table, key: &str) -> Vec<String> {
    let list = table.get(key).and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str).map(str::to_owned).collect()
}
