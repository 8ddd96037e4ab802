//! The scale of a slider: linear, logarithmic, or linear in the inverse.
//!
//! ```text
//! linear     0 ───┼───┼───┼─── 1
//! log        0 │ 0.001 ──── 0.01 ──── 0.1 ──── 1       zero has a stretch of its own
//! inverse    1 ────────── 2 ────────── ∞               equal lengths for equal 1/p
//! ```

use egui::emath::smart_aim::best_in_range_f64;

use crate::catalog::Scale;

/// How a rail spreads a number between its ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Spread {
    /// Equal lengths for equal differences.
    Linear,
    /// The same, whole numbers only.
    Whole,
    /// Equal lengths for equal ratios above `floor`; a range that starts at zero keeps zero reachable.
    Log {
        /// The smallest value beside zero.
        floor: f64,
    },
    /// Equal lengths for equal differences of `1/value`; the upper end may be infinite.
    Inverse,
}

/// The part of a logarithmic rail that means zero.
const ZERO: f64 = 0.06;

/// Decades that a logarithmic rail shows when its range starts at zero.
const DECADES: f64 = 1e-4;

impl Spread {
    /// The spread of a catalogue setting.
    #[must_use]
    pub fn of(scale: Scale, range: (f64, f64)) -> Self {
        match scale {
            Scale::Linear => Self::Linear,
            Scale::Whole => Self::Whole,
            Scale::Log if range.0 > 0.0 => Self::Log { floor: range.0 },
            Scale::Log => Self::Log { floor: DECADES * range.1 },
        }
    }

    /// Where `value` lies on the rail, from 0 to 1.
    #[must_use]
    pub fn place(self, (low, high): (f64, f64), value: f64) -> f64 {
        let between = |low: f64, high: f64, value: f64| {
            if low < high { (value - low) / (high - low) } else { 0.0 }
        };
        let place = match self {
            Self::Linear | Self::Whole => between(low, high, value),
            Self::Log { floor } if low > 0.0 => between(floor.ln(), high.ln(), value.ln()),
            Self::Log { .. } if value <= 0.0 => 0.0,
            Self::Log { floor } => {
                ZERO + (1.0 - ZERO) * between(floor.ln(), high.ln(), value.max(floor).ln())
            }
            Self::Inverse => between(-1.0 / low, -1.0 / high, -1.0 / value),
        };
        if place.is_nan() { 0.0 } else { place.clamp(0.0, 1.0) }
    }

    /// The value at a place of the rail.
    #[must_use]
    pub fn value(self, (low, high): (f64, f64), place: f64) -> f64 {
        let place = place.clamp(0.0, 1.0);
        let mix = |low: f64, high: f64, part: f64| low + (high - low) * part;
        if place <= 0.0 {
            return low;
        }
        if place >= 1.0 {
            return high;
        }
        match self {
            Self::Linear => mix(low, high, place),
            Self::Whole => mix(low, high, place).round(),
            Self::Log { floor } if low > 0.0 => mix(floor.ln(), high.ln(), place).exp(),
            Self::Log { .. } if place < ZERO => 0.0,
            Self::Log { floor } => mix(floor.ln(), high.ln(), (place - ZERO) / (1.0 - ZERO)).exp(),
            Self::Inverse => 1.0 / mix(1.0 / low, 1.0 / high, place),
        }
    }

    /// The roundest value within `reach` of a place of the rail: what a pointer there is taken to mean.
    #[must_use]
    pub fn roundest(self, range: (f64, f64), place: f64, reach: f64) -> f64 {
        let value = self.value(range, place);
        let ends = [self.value(range, place - reach), self.value(range, place + reach)];
        let at_an_end = value <= range.0 || range.1 <= value;
        if self == Self::Whole || at_an_end || !ends.iter().all(|end| end.is_finite()) {
            return value;
        }
        best_in_range_f64(ends[0], ends[1]).clamp(range.0, range.1)
    }
}

/// A number as it is shown beside its rail: four digits that matter, no noise.
#[must_use]
pub fn shown(value: f64) -> String {
    if value == f64::INFINITY {
        return "∞".to_owned();
    }
    let size = value.abs();
    let text = if size != 0.0 && !(1e-3..1e5).contains(&size) {
        tidy(&format!("{value:.3e}"))
    } else {
        let decimals = if size >= 1000.0 {
            0
        } else if size >= 100.0 {
            1
        } else if size >= 10.0 {
            2
        } else if size >= 0.1 || size == 0.0 {
            3
        } else {
            4
        };
        let text = format!("{value:.decimals$}");
        if text.contains('.') {
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        } else {
            text
        }
    };
    text.replace('-', "−")
}

/// `1.500e-4` → `1.5e-4`.
fn tidy(text: &str) -> String {
    match text.split_once('e') {
        Some((digits, power)) if digits.contains('.') => {
            format!("{}e{power}", digits.trim_end_matches('0').trim_end_matches('.'))
        }
        Some(_) | None => text.to_owned(),
    }
}

/// What was typed, as a number.
#[must_use]
pub fn read(text: &str) -> Option<f64> {
    let text = text.trim().replace('−', "-").replace(',', ".");
    match text.as_str() {
        "∞" | "oo" => Some(f64::INFINITY),
        text => text.parse().ok().filter(|value: &f64| !value.is_nan()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CASES: [(Spread, (f64, f64)); 5] = [
        (Spread::Linear, (-1.0, 3.0)),
        (Spread::Whole, (1.0, 2000.0)),
        (Spread::Log { floor: 1e-3 }, (0.0, 2.0)),
        (Spread::Log { floor: 0.05 }, (0.05, 5.0)),
        (Spread::Inverse, (1.0, f64::INFINITY)),
    ];

    proptest! {
        #[test]
        fn a_place_comes_back(place in 0.07f64..0.999) {
            for (spread, range) in CASES {
                let back = spread.place(range, spread.value(range, place));
                prop_assert!((back - place).abs() < 1e-3, "{spread:?}: {place} became {back}");
            }
        }
    }

    #[test]
    fn both_ends_can_be_reached() {
        for (spread, range) in CASES {
            assert_eq!(spread.value(range, 0.0), range.0, "{spread:?}");
            assert_eq!(spread.value(range, 1.0), range.1, "{spread:?}");
            assert_eq!(spread.place(range, range.0), 0.0, "{spread:?}");
            assert_eq!(spread.place(range, range.1), 1.0, "{spread:?}");
        }
    }

    #[test]
    fn two_lies_in_the_middle_of_the_norms() {
        assert_eq!(Spread::Inverse.place((1.0, f64::INFINITY), 2.0), 0.5);
    }

    #[test]
    fn numbers_are_shown_short_and_read_back() {
        for (value, text) in [
            (0.15, "0.15"),
            (0.0, "0"),
            (200.0, "200"),
            (-0.8, "−0.8"),
            (1e6, "1e6"),
            (1.5e-4, "1.5e−4"),
            (f64::INFINITY, "∞"),
        ] {
            assert_eq!(shown(value), text);
            assert_eq!(read(text), Some(value));
        }
    }
}
