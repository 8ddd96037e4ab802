//! A key and the values that it takes one after the other.
//!
//! ```text
//! KEY=FROM:TO[:COUNT]        evenly apart, both ends included       rho=0:0.3:31
//! KEY=log:FROM:TO[:COUNT]    each the same multiple of the last     eta=log:0.01:1:31
//! KEY=A,B,C                  as they are said                       base=sgd,adam   p=1,2,inf
//! KEY=A;B                    values that have commas of their own   start=0.6,-0.3;1,1
//! ```
//!
//! Numbers between the ends are rounded to 15 significant digits, so that `0:0.3:31` has 0.03 and not
//! 0.030000000000000002 in it. What is a number follows from the text alone: a text that begins with `log:`, or with a
//! number and a colon, is a range.

use super::{echo, spelled};

/// A key and what it runs along.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// The key, as it was typed.
    pub key: String,
    /// Its values.
    pub along: Along,
}

/// What a key runs along.
#[derive(Debug, Clone, PartialEq)]
pub enum Along {
    /// Numbers from one to another.
    Range(Range),
    /// Values as they are said; at least one.
    List(Vec<String>),
}

/// Numbers from one to another, both included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    from: f64,
    to: f64,
    spacing: Spacing,
    count: Option<usize>,
}

/// How the numbers of a range are apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spacing {
    /// By equal steps.
    Linear,
    /// By equal ratios.
    Log,
}

/// A text that is no key with values.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadAxis {
    /// A key alone, or nothing after the sign.
    #[error(
        "\"{given}\" has no values; say KEY=FROM:TO:COUNT or KEY=A,B,C, for instance rho=0:0.3:31"
    )]
    NoValues {
        /// As it was typed.
        given: String,
    },
    /// Not two or three parts, or one that is no number.
    #[error(
        "{key} = \"{given}\" is no range; say FROM:TO, FROM:TO:COUNT or log:FROM:TO:COUNT, for instance 0.01:1:31"
    )]
    NoRange {
        /// The key.
        key: String,
        /// As it was typed.
        given: String,
    },
    /// Powers have no zero and no sign.
    #[error(
        "{key} = \"{given}\": a range by ratios has ends above zero; say for instance log:0.001:1"
    )]
    NoRatio {
        /// The key.
        key: String,
        /// As it was typed.
        given: String,
    },
    /// So many numbers do not reach from one end to the other, or there are not so many between them.
    #[error("{key} = \"{given}\": {why}")]
    Count {
        /// The key.
        key: String,
        /// As it was typed.
        given: String,
        /// Why.
        why: &'static str,
    },
    /// A value that would be two lines of a table.
    #[error(
        "{key} = \"{given}\" has a line break or another control character in it; leave it out"
    )]
    Control {
        /// The key.
        key: String,
        /// As it was typed.
        given: String,
    },
}

impl Axis {
    /// Reads `KEY=…`.
    ///
    /// # Errors
    /// When there are no values, a range has no ends, or its count does not fit them.
    pub fn read(text: &str) -> Result<Self, BadAxis> {
        let (key, values) = text.split_once('=').unwrap_or((text, ""));
        let (key, values) = (key.trim(), values.trim());
        if key.is_empty() || values.is_empty() {
            return Err(BadAxis::NoValues { given: echo(text) });
        }
        if values.chars().any(char::is_control) {
            return Err(BadAxis::Control { key: echo(key), given: echo(values) });
        }
        let along = if is_range(values) {
            Along::Range(Range::read(key, values)?)
        } else {
            let sign = if values.contains(';') { ';' } else { ',' };
            Along::List(values.split(sign).map(|value| value.trim().to_owned()).collect())
        };
        Ok(Self { key: key.to_owned(), along })
    }

    /// The values as they are typed, of a range without a count so many; each reads back to the same number.
    #[must_use]
    pub fn values(&self, unsaid: usize) -> Vec<String> {
        match &self.along {
            Along::Range(range) => range.numbers(unsaid).into_iter().map(spelled).collect(),
            Along::List(values) => values.clone(),
        }
    }

    /// How many values there are, of a range without a count so many.
    #[must_use]
    pub fn count(&self, unsaid: usize) -> usize {
        match &self.along {
            Along::Range(range) => range.count(unsaid),
            Along::List(values) => values.len(),
        }
    }
}

/// Whether a text is meant as a range: `log:…`, or a number and a colon.
fn is_range(values: &str) -> bool {
    let first = values.split_once(':').map(|(first, _)| first.trim());
    first.is_some_and(|first| first == "log" || first.parse::<f64>().is_ok())
}

impl Range {
    /// Reads `[log:]FROM:TO[:COUNT]`, the values of `key`.
    fn read(key: &str, given: &str) -> Result<Self, BadAxis> {
        let said = || (echo(key), echo(given));
        let mut parts: Vec<&str> = given.split(':').map(str::trim).collect();
        let spacing = if parts[0] == "log" { Spacing::Log } else { Spacing::Linear };
        if spacing == Spacing::Log {
            parts.remove(0);
        }
        let end = |text: &str| text.parse::<f64>().ok().filter(|end| end.is_finite());
        let read = match parts[..] {
            [from, to] => end(from).zip(end(to)).map(|ends| (ends, None)),
            [from, to, count] => {
                let count = count.parse::<usize>().ok();
                end(from).zip(end(to)).zip(count).map(|(ends, count)| (ends, Some(count)))
            }
            _ => None,
        };
        let Some(((from, to), count)) = read else {
            let (key, given) = said();
            if let [from, to, count] = parts[..]
                && end(from).and(end(to)).is_some()
                && let Ok(count) = count.parse::<f64>()
            {
                let why = if count < 0.0 {
                    "a count is not below 0; use 1 or more"
                } else {
                    "the count is no whole number; use 1 or more"
                };
                return Err(BadAxis::Count { key, given, why });
            }
            return Err(BadAxis::NoRange { key, given });
        };
        if spacing == Spacing::Log && !(from > 0.0 && to > 0.0) {
            let (key, given) = said();
            return Err(BadAxis::NoRatio { key, given });
        }
        let range = Self { from, to, spacing, count };
        range.refusal().map_or(Ok(range), |why| {
            let (key, given) = said();
            Err(BadAxis::Count { key, given, why })
        })
    }

    /// Why the count does not fit the ends.
    fn refusal(&self) -> Option<&'static str> {
        match self.count {
            Some(0) => Some("a count of 0 leaves no value; use 1 or more"),
            Some(1) if !self.is_one_number() => {
                Some("one value cannot be at both ends; use a count of 2 or more, or one end")
            }
            Some(2..) if self.is_one_number() => {
                Some("both ends are one number; use a count of 1, or ends that differ")
            }
            Some(_) | None => None,
        }
    }

    /// The first number and the last.
    #[must_use]
    pub fn ends(&self) -> [f64; 2] {
        [self.from, self.to]
    }

    /// How the numbers are apart.
    #[must_use]
    pub fn spacing(&self) -> Spacing {
        self.spacing
    }

    /// How many numbers there are: as many as said, else `unsaid`, and one where both ends are one number.
    #[must_use]
    pub fn count(&self, unsaid: usize) -> usize {
        self.count.unwrap_or(if self.is_one_number() { 1 } else { unsaid.max(2) })
    }

    /// How many whole numbers at equal steps there are from the first to the last, `most` at most; none where the ends are
    /// not whole, and where the count was said or the steps are ratios.
    #[must_use]
    pub fn whole(&self, most: usize) -> Option<usize> {
        let is_open = self.count.is_none() && self.spacing == Spacing::Linear;
        let is_whole = self.from.fract() == 0.0 && self.to.fract() == 0.0;
        let way = (self.to - self.from).abs();
        let mut counts = (2..=most).rev();
        // A count fits where the way can be gone in so many equal whole steps.
        let fits = |count: &usize| way % (count - 1) as f64 == 0.0 && way >= (count - 1) as f64;
        (is_open && is_whole && way > 0.0).then(|| counts.find(fits))?
    }

    fn is_one_number(&self) -> bool {
        self.from.total_cmp(&self.to).is_eq()
    }

    /// The numbers in order.
    #[must_use]
    pub fn numbers(&self, unsaid: usize) -> Vec<f64> {
        let last = self.count(unsaid) - 1;
        (0..=last).map(|k| self.number(k, last)).collect()
    }

    /// The number at a part of the way from the first to the last, by equal steps or by equal ratios; not rounded.
    #[must_use]
    pub fn at(&self, part: f64) -> f64 {
        let Self { from, to, .. } = *self;
        // The ends are as they were typed, whatever logarithms make of them.
        if part <= 0.0 || part >= 1.0 {
            return if part <= 0.0 { from } else { to };
        }
        match self.spacing {
            Spacing::Linear => from * (1.0 - part) + to * part,
            Spacing::Log => libm::exp((1.0 - part) * libm::log(from) + part * libm::log(to)),
        }
    }

    /// At which part of the way a number is; beyond 0 to 1 for numbers beside the range.
    #[must_use]
    pub fn part_of(&self, x: f64) -> f64 {
        let place = |x: f64| match self.spacing {
            Spacing::Linear => x,
            Spacing::Log => libm::log(x),
        };
        let [from, to] = [self.from, self.to].map(place);
        (place(x) - from) / (to - from)
    }

    /// The same with so many numbers where none is said.
    #[must_use]
    pub fn counted(self, unsaid: usize) -> Self {
        Self { count: Some(self.count(unsaid)), ..self }
    }

    /// So many numbers from one to another, both finite and, for ratios, above zero; none where they are not.
    #[must_use]
    pub fn new(from: f64, to: f64, spacing: Spacing, count: usize) -> Option<Self> {
        let is_ratio = spacing == Spacing::Linear || (from > 0.0 && to > 0.0);
        let range = Self { from, to, spacing, count: Some(count) };
        (from.is_finite() && to.is_finite() && is_ratio && range.refusal().is_none())
            .then_some(range)
    }

    /// Number `k` of those from 0 to `last`. The ends are as they were typed.
    fn number(&self, k: usize, last: usize) -> f64 {
        let Self { from, to, .. } = *self;
        if k == 0 {
            return from;
        }
        if k == last {
            return to;
        }
        let part = k as f64 / last as f64;
        let between = match self.spacing {
            // The two products cannot overflow where the difference of the ends would.
            Spacing::Linear => from * (1.0 - part) + to * part,
            Spacing::Log => libm::exp((1.0 - part) * libm::log(from) + part * libm::log(to)),
        };
        rounded(between).clamp(from.min(to), from.max(to))
    }
}

/// `x` to 15 significant digits: one or two less than it has, those that rounding made.
fn rounded(x: f64) -> f64 {
    format!("{x:.14e}").parse().unwrap_or(x)
}

#[cfg(test)]
mod tests;
