//! Where an axis is marked: at round numbers, few enough to read.
//!
//! ```text
//! step ∈ { 1, 2, 5 } · 10^k,   the smallest that needs no more than `most` marks
//! ```

use super::{Axis, AxisScale, Tick, numerals};

/// An axis with marks.
#[must_use]
pub fn axis(label: String, range: [f64; 2], scale: AxisScale, most: usize) -> Axis {
    let ticks = match scale {
        AxisScale::Linear => linear(range, most),
        AxisScale::Log => log(range, most),
        AxisScale::Signed { knee } => signed(range, knee, most),
    };
    Axis { label, range, scale, ticks }
}

/// Marks of an evenly divided axis.
#[must_use]
pub fn linear([low, high]: [f64; 2], most: usize) -> Vec<Tick> {
    let span = high - low;
    if !(span > 0.0 && span.is_finite() && most > 0) {
        return Vec::new();
    }
    let step = round_step(span / most as f64);
    let first = (low / step).ceil();
    let decimals = places(step);
    (0..=most)
        .map(|k| first + k as f64)
        .map(|multiple| multiple * step)
        .take_while(|&at| at <= high + 1e-9 * step)
        .map(|at| Tick { at, text: text(at, step, decimals) })
        .collect()
}

/// Beyond so many decimals, digits are counted instead.
const MOST_DECIMALS: usize = 9;

fn text(at: f64, step: f64, decimals: usize) -> String {
    if decimals <= MOST_DECIMALS && at.abs().max(step) < 1e6 {
        numerals::decimals(at, decimals)
    } else if at.abs() < 1e-6 * step {
        "0".to_owned()
    } else {
        numerals::short(at, 3)
    }
}

/// The smallest of 1, 2, 5 times a power of ten that is no less than `least`.
fn round_step(least: f64) -> f64 {
    let decade = 10f64.powf(least.log10().floor());
    [1.0, 2.0, 5.0, 10.0]
        .map(|factor| factor * decade)
        .into_iter()
        .find(|&step| step >= least * (1.0 - 1e-9))
        .unwrap_or(10.0 * decade)
}

/// Decimals that tell multiples of `step` apart.
fn places(step: f64) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    let places = (-(step.log10() + 1e-9).floor()).clamp(0.0, 99.0) as usize;
    places
}

/// Marks of an axis of ratios: powers of ten, and 2 and 5 between them where there is room.
#[must_use]
pub fn log([low, high]: [f64; 2], most: usize) -> Vec<Tick> {
    if !(0.0 < low && low < high && high.is_finite() && most > 0) {
        return Vec::new();
    }
    let decades = high.log10() - low.log10();
    let factors: &[f64] = if 3.0 * decades <= most as f64 { &[1.0, 2.0, 5.0] } else { &[1.0] };
    #[expect(clippy::cast_possible_truncation, reason = "an exponent of an f64")]
    let (first, last) = (low.log10().floor() as i32, high.log10().ceil() as i32);
    let stride = (decades / most as f64).ceil().max(1.0);
    #[expect(clippy::cast_possible_truncation, reason = "fewer than 700 decades")]
    let stride = stride as i32;
    let inside = |at: f64| low * (1.0 - 1e-9) <= at && at <= high * (1.0 + 1e-9);
    (first..=last)
        .filter(|exponent| exponent.rem_euclid(stride) == 0)
        .flat_map(|exponent| factors.iter().map(move |factor| (exponent, *factor)))
        .map(|(exponent, factor)| (exponent, factor * 10f64.powi(exponent)))
        .filter(|&(_, at)| inside(at))
        .map(|(exponent, at)| Tick {
            at,
            text: if (-3..=3).contains(&exponent) || factors.len() > 1 {
                numerals::short(at, 1)
            } else {
                numerals::power_of_ten(exponent)
            },
        })
        .collect()
}

/// Marks of an axis of signed ratios: zero, and powers of ten on both sides of it.
#[must_use]
pub fn signed([low, high]: [f64; 2], knee: i32, most: usize) -> Vec<Tick> {
    if !(low < high && (high - low).is_finite() && most > 0) {
        return Vec::new();
    }
    // The power at the knee itself stands a third of a decade from zero, and would crowd it.
    let exponents = |end: f64| {
        #[expect(clippy::cast_possible_truncation, reason = "an exponent of an f64")]
        let last = if end > 0.0 { end.log10().floor() as i32 } else { knee };
        knee + 1..=last
    };
    let (below, above) = (exponents(-low), exponents(high));
    let count = below.clone().count() + above.clone().count() + 1;
    let stride = i32::try_from(count.div_ceil(most)).unwrap_or(i32::MAX);
    let powers = |range: std::ops::RangeInclusive<i32>| {
        let last = *range.end();
        range.filter(move |exponent| (last - exponent) % stride == 0)
    };
    let written = |exponent: i32| {
        if (-2..=3).contains(&exponent) {
            numerals::short(10f64.powi(exponent), 1)
        } else {
            numerals::power_of_ten(exponent)
        }
    };
    let tick = |at: f64, text: String| Tick { at, text };
    let minus = |k: i32| tick(-(10f64.powi(k)), format!("−{}", written(k)));
    let plus = |k: i32| tick(10f64.powi(k), written(k));
    let zero = (low <= 0.0 && 0.0 <= high).then(|| tick(0.0, "0".to_owned()));
    let mut below: Vec<Tick> = powers(below).map(minus).collect();
    below.reverse();
    let inside = |tick: &Tick| low <= tick.at && tick.at <= high;
    below.into_iter().chain(zero).chain(powers(above).map(plus)).filter(inside).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(ticks: &[Tick]) -> Vec<&str> {
        ticks.iter().map(|tick| tick.text.as_str()).collect()
    }

    #[test]
    fn marks_are_round_numbers() {
        assert_eq!(texts(&linear([-2.4, 2.4], 7)), ["−2", "−1", "0", "1", "2"]);
        assert_eq!(texts(&linear([0.0, 1.0], 5)), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
        assert_eq!(texts(&log([0.005, 200.0], 6)), ["0.01", "0.1", "1", "10", "100"]);
        assert_eq!(texts(&log([0.9, 6.0], 6)), ["1", "2", "5"]);
    }

    #[test]
    fn marks_on_both_sides_of_zero_are_powers_of_ten() {
        assert_eq!(texts(&signed([-0.5, 20.0], -2, 9)), ["−0.1", "0", "0.1", "1", "10"]);
        assert_eq!(texts(&signed([-5e-5, 2e4], -3, 5)), ["0", "0.01", "1", "100", "10⁴"]);
        assert!(signed([1.0, 1.0], 0, 5).is_empty());
    }

    #[test]
    fn a_signed_scale_is_undone() {
        let scale = AxisScale::Signed { knee: -3 };
        for value in [-40.0, -1e-5, 0.0, 3e-9, 0.02, 7.0, 1e5] {
            let back = scale.unproject(scale.project(value));
            assert!((back - value).abs() <= 1e-12 * f64::abs(value), "{value}: {back}");
        }
        assert!(scale.project(f64::INFINITY).is_infinite());
    }

    #[test]
    fn an_axis_without_length_has_no_marks() {
        assert!(linear([1.0, 1.0], 5).is_empty());
        assert!(linear([f64::NAN, 1.0], 5).is_empty());
        assert!(log([0.0, 1.0], 5).is_empty());
    }

    proptest! {
        #[test]
        fn marks_lie_inside_and_are_few(low in -1e6f64..1e6, span in 1e-6f64..1e6, most in 2usize..9) {
            let ticks = linear([low, low + span], most);
            prop_assert!(ticks.len() <= most + 1);
            for tick in ticks {
                prop_assert!(low - 1e-6 * span <= tick.at && tick.at <= low + span * (1.0 + 1e-6));
            }
        }
    }
}
