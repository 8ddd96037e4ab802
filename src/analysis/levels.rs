//! The levels of contour lines, spaced so that the lines read evenly, and the tint that agrees with them.
//!
//! ```text
//! linear        k · step,              step = 1, 2 or 5 times a power of ten
//! logarithmic   base + preferred · 10^k    above the floor of the valley, base a round number below the minimum
//! quantile      as many pixels between any two neighbours
//! ```
//!
//! A Rosenbrock valley drawn at equal steps shows its walls and no floor; a saturating loss drawn on a logarithmic
//! scale shows one dark spot. Which is which is seen in the heights themselves: where half of the window lies in the
//! lowest part of the range, the walls would take all the lines.
//!
//! The round numbers of the logarithmic scale are Renard's (ISO 3, preferred numbers): 1, 1.6, 2.5, 4, 6.3 divide a
//! decade into five equal ratios, so that with every fifth line an index line, the index lines are the decades.

use super::field::Field;

/// How contour levels are spaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Spacing {
    /// Linear or logarithmic, whichever lets the lines read more evenly.
    #[default]
    Auto,
    /// Equal steps.
    Linear,
    /// Equal ratios of the height above the minimum.
    Logarithmic,
    /// Equal numbers of pixels.
    Quantile,
}

/// Levels for the contour lines of one field, lowest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Levels {
    /// The levels, in increasing order. None when the field is flat or nowhere finite.
    pub values: Vec<f64>,
    /// Which of them are index lines: thicker, labelled, every fifth.
    pub index: Vec<bool>,
    /// How they are spaced: never [`Spacing::Auto`].
    pub spacing: Spacing,
    /// How far the highest finite value of the field lies above the lowest; zero where there is none.
    pub span: f64,
    tint: Tint,
}

/// What a value's place between dark and light is measured on.
#[derive(Debug, Clone, PartialEq)]
enum Tint {
    /// A field of one value.
    Flat,
    /// `(L − low) / (high − low)`.
    Linear { low: f64, high: f64 },
    /// Logarithmic above `base + floor`, straight below it, without a kink where they meet.
    Logarithmic { base: f64, floor: f64, top: f64 },
    /// Straight between these, which are equally far apart on the tint.
    Knots(Vec<f64>),
}

/// More lines than this close up where the ground is steep; with fewer, valleys lose their shape.
const COUNT: usize = 20;

/// Every fifth line is an index line.
const INDEX: i64 = 5;

impl Levels {
    /// Levels for `field`, as many as read well on a map.
    #[must_use]
    pub fn of(field: &Field, spacing: Spacing) -> Self {
        Self::about(COUNT, field, spacing)
    }

    /// About `count` levels for `field`.
    #[must_use]
    pub fn about(count: usize, field: &Field, spacing: Spacing) -> Self {
        let range = field.range();
        let span = range.map_or(0.0, |[low, high]| high - low);
        Self { span, ..Self::spaced(range, count, field, spacing) }
    }

    /// The same, without their span.
    fn spaced(range: Option<[f64; 2]>, count: usize, field: &Field, spacing: Spacing) -> Self {
        let drawable = |[low, high]: &[f64; 2]| low < high && high - low < HIGHEST;
        let Some([low, high]) = range.filter(drawable) else {
            return Self::none(spacing);
        };
        let quantiles = field.quantiles(&[FLOOR, 0.5]);
        let [floor, median] = [quantiles[0] - low, quantiles[1] - low]; // a field with a range has quantiles
        match spacing {
            Spacing::Auto if median < CROWDED * (high - low) => {
                Self::logarithmic(low, floor, high, count)
            }
            Spacing::Auto | Spacing::Linear => Self::linear(low, high, count),
            Spacing::Logarithmic => Self::logarithmic(low, floor, high, count),
            Spacing::Quantile => Self::quantile(field, [low, high], count),
        }
    }

    fn none(spacing: Spacing) -> Self {
        let spacing = if spacing == Spacing::Auto { Spacing::Linear } else { spacing };
        Self { values: Vec::new(), index: Vec::new(), spacing, span: 0.0, tint: Tint::Flat }
    }

    fn linear(low: f64, high: f64, count: usize) -> Self {
        let step = Step::near((high - low) / (count.max(1) as f64));
        let (values, index) = step.between(low, high);
        let tint = Tint::Linear { low, high };
        Self { values, index, spacing: Spacing::Linear, span: 0.0, tint }
    }

    fn logarithmic(low: f64, floor: f64, high: f64, count: usize) -> Self {
        let floor = floor.max((high - low) * DEEPEST).max(f64::MIN_POSITIVE);
        // A base with few digits makes levels with few digits; it lies below the minimum by less than the eye sees.
        let base = Step::near(floor / 10.0).below(low);
        let top = high - base;
        let decades = libm::log10(top / floor);
        let series = SERIES
            .iter()
            .min_by(|a, b| a.miss(decades, count).total_cmp(&b.miss(decades, count)))
            .expect("the list of series is not empty");
        let (values, index) = series.between(base, floor, top);
        let tint = Tint::Logarithmic { base, floor, top };
        Self { values, index, spacing: Spacing::Logarithmic, span: 0.0, tint }
    }

    fn quantile(field: &Field, [low, high]: [f64; 2], count: usize) -> Self {
        let parts: Vec<f64> = (1..=count).map(|k| k as f64 / (count + 1) as f64).collect();
        let mut values = field.quantiles(&parts);
        // Where many pixels are equal, several quantiles are one line.
        values.dedup();
        values.retain(|&value| low < value && value < high);
        let index = (1..).map(|k: i64| k % INDEX == 0).take(values.len()).collect();
        let knots = std::iter::once(low).chain(values.iter().copied()).chain([high]).collect();
        let tint = Tint::Knots(knots);
        Self { values, index, spacing: Spacing::Quantile, span: 0.0, tint }
    }

    /// Where a value lies between the lowest (0) and the highest (1) of the field, on the scale of the lines: from
    /// one line to the next it rises by the same amount. Any number has a tone; what is not a number is taken as high.
    #[must_use]
    pub fn tone(&self, value: f64) -> f64 {
        let tone = match &self.tint {
            Tint::Flat => 0.0,
            Tint::Linear { low, high } => (value - low) / (high - low),
            Tint::Logarithmic { base, floor, top } => {
                let height = (value - base) / floor;
                let risen = if height < 1.0 { height } else { 1.0 + libm::log(height) };
                risen / (1.0 + libm::log(top / floor))
            }
            Tint::Knots(knots) => {
                let above = knots.partition_point(|knot| *knot <= value).clamp(1, knots.len() - 1);
                let (left, right) = (knots[above - 1], knots[above]);
                let part = (value - left) / (right - left);
                ((above - 1) as f64 + part.clamp(0.0, 1.0)) / (knots.len() - 1) as f64
            }
        };
        if tone.is_nan() { 1.0 } else { tone.clamp(0.0, 1.0) }
    }
}

/// Half of the window in this lowest part of the range asks for a logarithmic scale: a quadratic bowl has its median
/// near a quarter, Himmelblau's function near a seventh, Rosenbrock's near a twentieth.
const CROWDED: f64 = 0.17;

/// The lowest line encloses about this part of the window.
const FLOOR: f64 = 0.005;

/// Walls this high have no levels: their heights could not be added up.
const HIGHEST: f64 = 1e300;

/// How far below the height of the walls the logarithmic scale can begin: a window can lie in the valley.
const DEEPEST: f64 = 1e-9;

/// A step of 1, 2 or 5 times a power of ten.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Step {
    digit: i64,
    exponent: i32,
}

impl Step {
    /// The step whose logarithm is nearest to that of `size`, a positive number.
    fn near(size: f64) -> Self {
        let exponent = decade(size);
        let digits = size / decimal(1, exponent);
        // Between two steps the geometric mean decides.
        let (digit, carry) = if digits < std::f64::consts::SQRT_2 {
            (1, 0)
        } else if digits < 10_f64.sqrt() {
            (2, 0)
        } else if digits < 50_f64.sqrt() {
            (5, 0)
        } else {
            (1, 1)
        };
        Self { digit, exponent: exponent + carry }
    }

    fn size(self) -> f64 {
        decimal(self.digit, self.exponent)
    }

    /// How many steps lead to `value`.
    fn steps(self, value: f64) -> f64 {
        value / self.size()
    }

    /// The multiple `k` of the step.
    fn multiple(self, k: i64) -> f64 {
        decimal(self.digit.saturating_mul(k), self.exponent)
    }

    /// The last multiple at or below `value`; `value` itself when it is too large for its step to be counted.
    fn below(self, value: f64) -> f64 {
        let k = whole(self.steps(value).floor());
        let multiple = self.multiple(k);
        if (multiple - value).abs() <= self.size() { multiple.min(value) } else { value }
    }

    /// The multiples strictly between two values, and which of them are index lines.
    fn between(self, low: f64, high: f64) -> (Vec<f64>, Vec<bool>) {
        let (first, last) = (whole(self.steps(low).ceil()), whole(self.steps(high).floor()));
        let mut lines: Vec<(f64, bool)> = (first..=last)
            .take(MOST)
            .map(|k| (self.multiple(k), k % INDEX == 0))
            .filter(|(value, _)| low < *value && *value < high)
            .collect();
        lines.dedup_by(|a, b| a.0 <= b.0);
        lines.into_iter().unzip()
    }
}

/// No map has more lines than this, whatever is asked for.
const MOST: usize = 1000;

/// `mantissa · 10^exponent`, correctly rounded: 3·10⁻¹ is 0.3, which three times 0.1 is not.
fn decimal(mantissa: i64, exponent: i32) -> f64 {
    format!("{mantissa}e{exponent}").parse().expect("this is how numbers are written")
}

/// The exponent of the power of ten at or below a positive number.
fn decade(x: f64) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "no logarithm of a number is that large")]
    let decade = libm::floor(libm::log10(x)) as i32;
    decade
}

/// The nearest number of type `i64`.
fn whole(x: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "the cast saturates")]
    let whole = x as i64;
    whole
}

/// Preferred numbers that divide a decade into nearly equal ratios, in hundredths.
struct Series(&'static [i64]);

const SERIES: [Series; 6] = [
    Series(&[100]),
    Series(&[100, 300]),
    Series(&[100, 200, 500]),
    Series(&[100, 160, 250, 400, 630]),
    Series(&[100, 125, 160, 200, 250, 315, 400, 500, 630, 800]),
    Series(&[
        100, 112, 125, 140, 160, 180, 200, 224, 250, 280, 315, 355, 400, 450, 500, 560, 630, 710,
        800, 900,
    ]),
];

impl Series {
    /// How far this series is from `count` lines over so many decades.
    fn miss(&self, decades: f64, count: usize) -> f64 {
        (decades * self.0.len() as f64 - count as f64).abs()
    }

    /// The levels `base + height` for the heights of the series from `floor` to `top`.
    fn between(&self, base: f64, floor: f64, top: f64) -> (Vec<f64>, Vec<bool>) {
        let first = decade(floor);
        let last = decade(top);
        let mut lines: Vec<(f64, bool)> = Vec::new();
        for decade in first..=last {
            for (k, hundredths) in self.0.iter().enumerate() {
                let height = decimal(*hundredths, decade - 2);
                let number = i64::from(decade) * self.0.len() as i64 + k as i64;
                let higher = lines.last().is_none_or(|last| last.0 < base + height);
                if floor <= height && height < top && higher {
                    lines.push((base + height, number % INDEX == 0));
                }
            }
        }
        lines.into_iter().unzip()
    }
}

#[cfg(test)]
mod tests;
