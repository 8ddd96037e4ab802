//! How a table is written, found from its first lines where it is not said.
//!
//! ```text
//! separator   of ; tab , and space the one that parts every line into the same number of columns, two or more
//! decimals    a comma where commas do not separate and stand between digits
//! header      the first line where a cell of it is no number and the one below is
//! label       the column named label, class, target, group, kind or species, else a third column with two values
//! x, y        the columns of these names, else the first two others
//! ```

use super::BadPoints;
use crate::typed::echo;

/// What is said of a table; what is not is found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// The column of x, by its name or its number from one.
    pub x: Option<String>,
    /// The column of y.
    pub y: Option<String>,
    /// The column of labels; "none" where there is none.
    pub label: Option<String>,
    /// What separates columns: comma, semicolon, tab or space.
    pub separator: Option<String>,
    /// What stands before decimals: point or comma.
    pub decimal: Option<String>,
    /// Whether the first line has the names of the columns: yes or no.
    pub header: Option<String>,
}

impl Wanted {
    /// The form that scenes hold.
    pub(super) fn canonical() -> Self {
        let said = |word: &str| Some(word.to_owned());
        Self {
            separator: said("comma"),
            decimal: said("point"),
            header: said("no"),
            ..Self::default()
        }
    }
}

/// How a table is written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Style {
    pub(super) separator: u8,
    pub(super) decimal: Decimal,
    pub(super) header: Option<Vec<String>>,
    pub(super) width: usize,
}

/// Separators in the order in which they are tried: those that stand in no number first.
const SEPARATORS: [u8; 4] = [b';', b'\t', b',', b' '];

/// Cells of a line.
pub(super) fn cells(line: &str, separator: u8) -> Vec<&str> {
    if separator == b' ' {
        return line.split_whitespace().collect();
    }
    // What stands in quotes is one cell, whatever it has inside.
    let mut is_quoted = false;
    let parts = line.split(|letter: char| {
        is_quoted ^= letter == '"';
        !is_quoted && letter == char::from(separator)
    });
    parts.map(|cell| cell.trim().trim_matches('"')).collect()
}

/// What stands before decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decimal {
    Point,
    Comma,
}

/// A number as it is written in a cell.
pub(super) fn number(cell: &str, decimal: Decimal) -> Option<f64> {
    let cell = cell.trim();
    let number = match decimal {
        Decimal::Comma => cell.replace(',', ".").parse::<f64>(),
        Decimal::Point => cell.parse(),
    };
    number.ok().filter(|number| number.is_finite())
}

/// Whether two labels are one: the same letters, or the same number, as 0 and 0.0.
pub(super) fn is_same(one: &str, other: &str, decimal: Decimal) -> bool {
    let number = |label| number(label, decimal);
    one == other
        || number(one).zip(number(other)).is_some_and(|(one, other)| one.total_cmp(&other).is_eq())
}

/// How a table with these first lines is written.
pub(super) fn style(lines: &[&str], wanted: &Wanted) -> Result<Style, BadPoints> {
    let separator = match wanted.separator.as_deref() {
        Some("comma" | ",") => b',',
        Some("semicolon" | ";") => b';',
        Some("tab" | "\t") => b'\t',
        Some("space" | " ") => b' ',
        Some(other) => return Err(BadPoints::Separator { given: echo(other) }),
        None => separator(lines),
    };
    let decimal = match wanted.decimal.as_deref() {
        Some("comma" | ",") => Decimal::Comma,
        Some("point" | ".") => Decimal::Point,
        Some(other) => return Err(BadPoints::Decimal { given: echo(other) }),
        None => {
            let mut all = lines.iter().flat_map(|line| cells(line, separator));
            let is_one = |cell: &str| cell.contains(',') && number(cell, Decimal::Comma).is_some();
            if separator != b',' && all.any(is_one) { Decimal::Comma } else { Decimal::Point }
        }
    };
    let row = |k: usize| lines.get(k).map(|line| cells(line, separator)).unwrap_or_default();
    let (first, second) = (row(0), row(1));
    let has_header = match wanted.header.as_deref() {
        Some("yes" | "true") => true,
        Some("no" | "false") => false,
        Some(other) => return Err(BadPoints::Header { given: echo(other) }),
        // A line without a number that nothing follows is a header of nothing.
        None if second.is_empty() => first.iter().all(|name| number(name, decimal).is_none()),
        // A line with a number in it is one of points, if a faulty one.
        None if first.iter().any(|name| number(name, decimal).is_some()) => false,
        None => first.iter().zip(&second).any(|(name, below)| {
            number(name, decimal).is_none() && !name.is_empty() && number(below, decimal).is_some()
        }),
    };
    let header = has_header.then(|| first.iter().map(|name| (*name).to_owned()).collect());
    let width = if has_header && !second.is_empty() { second.len() } else { first.len() };
    Ok(Style { separator, decimal, header, width })
}

/// The separator that parts all lines alike, in two columns of numbers or more, else in two columns; a comma where none
/// does.
fn separator(lines: &[&str]) -> u8 {
    let parts = |separator: &u8| {
        let mut widths = lines.iter().map(|line| cells(line, *separator).len());
        let first = widths.next().unwrap_or(0);
        first > 1 && widths.all(|width| width == first)
    };
    // A comma before decimals parts "1,5 2,5" too, into what is no number.
    let numbers = |separator: &u8| {
        let is_one = |cell: &&str| {
            number(cell, Decimal::Point).is_some()
                || (*separator != b',' && number(cell, Decimal::Comma).is_some())
        };
        lines
            .last()
            .is_some_and(|line| cells(line, *separator).iter().filter(|it| is_one(it)).count() > 1)
    };
    let some = |separator: &u8| lines.iter().any(|line| cells(line, *separator).len() > 1);
    let first = |such: &dyn Fn(&u8) -> bool| SEPARATORS.into_iter().find(such);
    let found =
        first(&|separator| parts(separator) && numbers(separator)).or_else(|| first(&parts));
    found.or_else(|| first(&some)).unwrap_or(b',')
}

/// Where x, y and the label stand in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) x: usize,
    pub(super) y: usize,
    pub(super) label: Option<usize>,
}

/// What a column of labels is called.
const LABELS: [&str; 7] = ["label", "class", "target", "group", "kind", "species", "category"];

impl Style {
    /// What column `k` is called.
    pub(super) fn name(&self, k: usize) -> String {
        let named =
            self.header.as_ref().and_then(|header| header.get(k)).filter(|it| !it.is_empty());
        named.map_or_else(|| format!("column {}", k + 1), |name| echo(name))
    }

    /// The columns of a table whose first rows these are.
    pub(super) fn columns(&self, lines: &[&str], wanted: &Wanted) -> Result<Columns, BadPoints> {
        let called = |names: &[&str]| {
            let header = self.header.as_ref()?;
            let is_one = |cell: &String| names.contains(&cell.trim().to_lowercase().as_str());
            header.iter().position(is_one)
        };
        let label = match wanted.label.as_deref() {
            Some("none") => None,
            Some(given) => Some(self.find("data_label", given)?),
            None => called(&LABELS).or_else(|| self.third(lines, wanted)),
        };
        let taken = |k: &usize| Some(*k) != label;
        let x = match wanted.x.as_deref() {
            Some(given) => self.find("data_x", given)?,
            None => {
                called(&["x"]).filter(taken).or_else(|| (0..self.width).find(taken)).unwrap_or(0)
            }
        };
        let y = match wanted.y.as_deref() {
            Some(given) => self.find("data_y", given)?,
            None => {
                let other = |k: &usize| taken(k) && *k != x;
                called(&["y"]).filter(other).or_else(|| (0..self.width).find(other)).unwrap_or(1)
            }
        };
        if x == y {
            return Err(BadPoints::OneForBoth { column: self.name(x) });
        }
        Ok(Columns { x, y, label })
    }

    /// A third column with at most two values, or with words.
    fn third(&self, lines: &[&str], wanted: &Wanted) -> Option<usize> {
        let said = [&wanted.x, &wanted.y].into_iter().flatten().count();
        if self.width != 3 || said > 0 {
            return None;
        }
        let rows = lines.iter().skip(usize::from(self.header.is_some()));
        let mut values: Vec<&str> =
            rows.filter_map(|line| cells(line, self.separator).get(2).copied()).collect();
        if values.iter().all(|value| value.is_empty()) {
            // Every line ends in a separator.
            return None;
        }
        let are_words = values.iter().any(|value| number(value, self.decimal).is_none());
        values.sort_unstable();
        let mut kinds: Vec<&str> = Vec::new();
        for value in values {
            if !kinds.iter().any(|known| is_same(known, value, self.decimal)) {
                kinds.push(value);
            }
        }
        (kinds.len() <= 2 || are_words).then_some(2)
    }

    /// The column that is called so, or has this number.
    fn find(&self, key: &'static str, given: &str) -> Result<usize, BadPoints> {
        let given = given.trim();
        let header = self.header.as_deref().unwrap_or_default();
        let named = header.iter().position(|name| name.trim() == given);
        let numbered = || {
            let number = given.parse::<usize>().ok()?;
            (1..=self.width).contains(&number).then(|| number - 1)
        };
        named.or_else(numbered).ok_or_else(|| {
            let known: Vec<String> = (0..self.width.min(12)).map(|k| self.name(k)).collect();
            BadPoints::NoColumn { key, given: echo(given), known: known.join(", ") }
        })
    }
}
