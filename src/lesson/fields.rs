//! The fields of a table in front matter, read one by one; what is wrong is said with its line and what would be right.

use std::collections::BTreeSet;

use toml::{Table, Value};

use super::error::BadLesson;
use super::front::Places;
use crate::catalog::nearest;
use crate::typed::echo;

/// A table with the way to it.
#[derive(Clone)]
pub(crate) struct Fields<'a> {
    table: &'a Table,
    path: Vec<String>,
    places: &'a Places<'a>,
}

impl<'a> Fields<'a> {
    /// The table at the end of `path`, whose keys can only be these.
    ///
    /// # Errors
    /// When it has another key; the nearest one is named.
    pub(crate) fn of(
        table: &'a Table,
        path: Vec<String>,
        places: &'a Places<'a>,
        known: &[&str],
    ) -> Result<Self, BadLesson> {
        let fields = Self { table, path, places };
        match table.keys().find(|key| !known.contains(&key.as_str())) {
            Some(key) => Err(fields
                .bad(key, format!("there is no key \"{}\" here; {}", echo(key), hint(key, known)))),
            None => Ok(fields),
        }
    }

    /// What is wrong with `key`.
    pub(crate) fn bad(&self, key: &str, what: impl Into<String>) -> BadLesson {
        BadLesson::new(self.line(key), what)
    }

    /// What is wrong with the `place`-th table of the list `key`, counted from zero.
    pub(crate) fn bad_in(&self, key: &str, place: usize, what: impl Into<String>) -> BadLesson {
        let way = [self.way(key), vec![place.to_string()]].concat();
        BadLesson::new(self.places.line(&way), what)
    }

    /// The line of `key`.
    pub(crate) fn line(&self, key: &str) -> usize {
        self.places.line(&self.way(key))
    }

    fn way(&self, key: &str) -> Vec<String> {
        [&self.path[..], &[key.to_owned()]].concat()
    }

    fn is_not(&self, key: &str, value: &Value, wanted: &str) -> BadLesson {
        self.bad(key, format!("{} is {}; use {wanted}", echo(key), said(value)))
    }

    /// The value of `key`, whatever it is.
    pub(crate) fn value(&self, key: &str) -> Option<&'a Value> {
        self.table.get(key)
    }

    /// The text of `key`.
    pub(crate) fn text(&self, key: &str) -> Result<Option<&'a str>, BadLesson> {
        let Some(value) = self.table.get(key) else { return Ok(None) };
        value.as_str().map(Some).ok_or_else(|| self.is_not(key, value, "a text in quotes"))
    }

    /// Whether `key` is true.
    pub(crate) fn flag(&self, key: &str) -> Result<Option<bool>, BadLesson> {
        let Some(value) = self.table.get(key) else { return Ok(None) };
        value.as_bool().map(Some).ok_or_else(|| self.is_not(key, value, "true or false"))
    }

    /// The number of `key`.
    pub(crate) fn number(&self, key: &str) -> Result<Option<f64>, BadLesson> {
        let Some(value) = self.table.get(key) else { return Ok(None) };
        match number(value) {
            Some(infinite) if infinite.is_infinite() => {
                let what = format!(
                    "{} is no finite number; of a run whose numbers end say ending = \"diverged\"",
                    echo(key)
                );
                Err(self.bad(key, what))
            }
            number => number.map(Some).ok_or_else(|| self.is_not(key, value, "a number")),
        }
    }

    /// The whole number of `key`.
    pub(crate) fn count(&self, key: &str) -> Result<Option<usize>, BadLesson> {
        let Some(value) = self.table.get(key) else { return Ok(None) };
        let count = value.as_integer().and_then(|count| usize::try_from(count).ok());
        count.map(Some).ok_or_else(|| self.is_not(key, value, "a whole number of zero or more"))
    }

    /// The two numbers of `key`.
    pub(crate) fn point(&self, key: &str) -> Result<Option<[f64; 2]>, BadLesson> {
        let Some(value) = self.table.get(key) else { return Ok(None) };
        let wrong = || self.is_not(key, value, "two numbers, for instance [0.6, -0.3]");
        let list = value.as_array().ok_or_else(wrong)?;
        let numbers: Option<Vec<f64>> = list.iter().map(number).collect();
        let point: Option<[f64; 2]> = numbers.and_then(|numbers| numbers.try_into().ok());
        let point = point.ok_or_else(wrong)?;
        if point.iter().any(|x| !x.is_finite()) {
            return Err(self.bad(key, format!("{} is a place; use two finite numbers", echo(key))));
        }
        Ok(Some(point))
    }

    /// The texts of `key`: a list of them, or a single one; `example` is said where it is neither.
    pub(crate) fn texts(&self, key: &str, example: &str) -> Result<Vec<&'a str>, BadLesson> {
        let Some(value) = self.table.get(key) else { return Ok(Vec::new()) };
        let wrong =
            || self.is_not(key, value, &format!("a text or a list of texts, as in {example}"));
        match value {
            Value::String(text) => Ok(vec![text]),
            Value::Array(list) => list.iter().map(|item| item.as_str().ok_or_else(wrong)).collect(),
            Value::Integer(_)
            | Value::Float(_)
            | Value::Boolean(_)
            | Value::Datetime(_)
            | Value::Table(_) => Err(wrong()),
        }
    }

    /// The table of `key`, unread.
    pub(crate) fn table(&self, key: &str) -> Result<Option<&'a Table>, BadLesson> {
        let Some(value) = self.table.get(key) else { return Ok(None) };
        let wanted = format!("a table: a line of [{key}], or {key} = {{ … }}");
        value.as_table().map(Some).ok_or_else(|| self.is_not(key, value, &wanted))
    }

    /// The tables of `key`, with keys out of these; a single one may stand without a list.
    pub(crate) fn tables(&self, key: &str, known: &[&str]) -> Result<Vec<Self>, BadLesson> {
        let Some(value) = self.table.get(key) else { return Ok(Vec::new()) };
        let wrong = || self.is_not(key, value, &format!("a table: a line of [{key}] or [[{key}]]"));
        match value {
            Value::Table(table) => Ok(vec![Self::of(table, self.way(key), self.places, known)?]),
            Value::Array(list) => {
                let one = |(place, item): (usize, &'a Value)| {
                    let table = item.as_table().ok_or_else(wrong)?;
                    let way = [self.way(key), vec![place.to_string()]].concat();
                    Self::of(table, way, self.places, known)
                };
                list.iter().enumerate().map(one).collect()
            }
            Value::String(_)
            | Value::Integer(_)
            | Value::Float(_)
            | Value::Boolean(_)
            | Value::Datetime(_) => Err(wrong()),
        }
    }

    /// The line of the key of the table at `key` that `message` names, or of the table.
    pub(crate) fn line_named(&self, key: &str, message: &str) -> usize {
        let named = |name: &&String| {
            let is_end = |letter: Option<char>| {
                letter.is_none_or(|letter| !(letter.is_alphanumeric() || letter == '_'))
            };
            message.match_indices(name.as_str()).any(|(at, found)| {
                let (before, after) = (&message[..at], &message[at + found.len()..]);
                is_end(before.chars().next_back()) && is_end(after.chars().next())
            })
        };
        let table = self.table.get(key).and_then(Value::as_table);
        let name = table.and_then(|table| table.keys().find(named));
        let way = self.way(key).into_iter().chain(name.cloned());
        self.places.line(&way.collect::<Vec<_>>())
    }
}

/// What to say of a name that is not among these.
pub(crate) fn hint(given: &str, known: &[&str]) -> String {
    match nearest(given, known.iter().copied()) {
        Some(name) => format!("did you mean {name}?"),
        None => format!("use one of {}", known.join(", ")),
    }
}

/// A number, whole or not.
pub(crate) fn number(value: &Value) -> Option<f64> {
    value
        .as_float()
        .or_else(|| value.as_integer().map(|whole| whole as f64))
        .filter(|x| !x.is_nan())
}

/// A value as it is told to whoever wrote it: a number by its digits, anything else by its kind.
fn said(value: &Value) -> String {
    match value {
        Value::Integer(_) | Value::Float(_) => echo(&value.to_string()),
        Value::String(text) => format!("the text \"{}\"", echo(text)),
        Value::Array(list) => format!("a list of {}", counted(list)),
        Value::Boolean(_) | Value::Datetime(_) | Value::Table(_) => kind(value).to_owned(),
    }
}

/// How many things of which kind: "2 numbers".
fn counted(list: &[Value]) -> String {
    let kinds: BTreeSet<&str> = list.iter().map(kind).collect();
    let (count, plural) = (list.len(), if list.len() == 1 { "" } else { "s" });
    match kinds.into_iter().collect::<Vec<_>>()[..] {
        ["a text"] => format!("{count} text{plural}"),
        ["a number"] => format!("{count} number{plural}"),
        _ => format!("{count} thing{plural}"),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::String(_) => "a text",
        Value::Integer(_) | Value::Float(_) => "a number",
        Value::Boolean(_) => "true or false",
        Value::Datetime(_) => "a date",
        Value::Array(_) => "a list",
        Value::Table(_) => "a table",
    }
}
