//! Statistics of a series: where it begins and ends, its extremes and when they come, and how much of it is below zero.

/// A number of a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Statistic {
    /// At step 0.
    First,
    /// At the last step.
    Last,
    /// The highest value.
    Highest,
    /// The step at which it comes first.
    HighestAt,
    /// The lowest value.
    Lowest,
    /// The step at which it comes first.
    LowestAt,
    /// The middle one of all values.
    Median,
    /// The share of steps with a value below zero, in per cent.
    BelowZero,
    /// The first step with a value of this or more.
    Passes(f64),
}

/// Every statistic with its key, but for [`Statistic::Passes`], whose value stands beside it.
pub const KEYS: [(&str, Statistic); 8] = [
    ("first", Statistic::First),
    ("last", Statistic::Last),
    ("highest", Statistic::Highest),
    ("highest_at", Statistic::HighestAt),
    ("lowest", Statistic::Lowest),
    ("lowest_at", Statistic::LowestAt),
    ("median", Statistic::Median),
    ("below_zero", Statistic::BelowZero),
];

impl Statistic {
    /// Its value of a series, by step; none where there is nothing it could be of.
    #[must_use]
    pub fn of(self, values: &[(usize, f64)]) -> Option<f64> {
        let ends = |better: fn(f64, f64) -> bool| {
            values
                .iter()
                .copied()
                .reduce(|best, next| if better(next.1, best.1) { next } else { best })
        };
        let highest = || ends(|next, best| next > best);
        let lowest = || ends(|next, best| next < best);
        match self {
            Self::First => values.first().map(|value| value.1),
            Self::Last => values.last().map(|value| value.1),
            Self::Highest => highest().map(|value| value.1),
            Self::HighestAt => highest().map(|value| value.0 as f64),
            Self::Lowest => lowest().map(|value| value.1),
            Self::LowestAt => lowest().map(|value| value.0 as f64),
            Self::Median => median(values.iter().map(|value| value.1).collect()),
            Self::BelowZero if values.is_empty() => None,
            Self::BelowZero => {
                let below = values.iter().filter(|value| value.1 < 0.0).count();
                Some(100.0 * below as f64 / values.len() as f64)
            }
            Self::Passes(bound) => {
                values.iter().find(|value| value.1 >= bound).map(|value| value.0 as f64)
            }
        }
    }

    /// What it is called of something, before "is": "the share … at the last step".
    #[must_use]
    pub fn named(self, of: &str) -> String {
        match self {
            Self::First => format!("{of} at the start"),
            Self::Last => format!("{of} at the last step"),
            Self::Highest => format!("the highest value of {of}"),
            Self::HighestAt => format!("the step with the highest value of {of}"),
            Self::Lowest => format!("the lowest value of {of}"),
            Self::LowestAt => format!("the step with the lowest value of {of}"),
            Self::Median => format!("the median of {of}"),
            Self::BelowZero => format!("the per cent of steps with {of} below zero"),
            Self::Passes(bound) => format!("the first step with {of} at {bound} or more"),
        }
    }
}

/// The middle value; of an even number the mean of the two middle ones.
#[must_use]
pub fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let upper = *values.get(middle)?;
    let is_odd = values.len() % 2 == 1;
    Some(if is_odd { upper } else { 0.5 * (upper + values[middle - 1]) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_what_it_says() {
        let values = [(0, 1.0), (1, 4.0), (2, -2.0), (3, 4.0), (5, 0.5)];
        let of = |statistic: Statistic| statistic.of(&values).unwrap();
        assert_eq!([of(Statistic::First), of(Statistic::Last)], [1.0, 0.5]);
        assert_eq!([of(Statistic::Highest), of(Statistic::HighestAt)], [4.0, 1.0]);
        assert_eq!([of(Statistic::Lowest), of(Statistic::LowestAt)], [-2.0, 2.0]);
        assert_eq!([of(Statistic::Median), of(Statistic::BelowZero)], [1.0, 20.0]);
        assert_eq!([of(Statistic::Passes(3.0)), of(Statistic::Passes(0.0))], [1.0, 0.0]);
        assert_eq!(Statistic::Passes(9.0).of(&values), None);
        for (_, statistic) in KEYS {
            assert_eq!(statistic.of(&[]), None, "{statistic:?} of nothing");
        }
        assert_eq!(median(vec![3.0, 1.0]), Some(2.0));
    }
}
