//! A number together with how well it is known.
//!
//! ```text
//! 0.00270 ± 0.00006        a mean of samples, with its standard error
//! 0.0585101                computed to the last digit that is shown
//! ```

use std::fmt;

/// A value, and its standard error where it is a mean of samples.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The value.
    pub value: f64,
    /// Its standard error; none where the value is known to more digits than anyone looks at.
    pub error: Option<f64>,
}

/// Significant digits of a number that is known.
const DIGITS: i32 = 4;
/// An error below this part of one in the last digit is none to speak of: rounding to that digit does more.
const SMALL: f64 = 0.1;
/// Smaller or larger powers of ten than these are written as such.
const PLAIN: std::ops::RangeInclusive<i32> = -5..=5;

impl Estimate {
    /// A value that is known.
    #[must_use]
    pub fn known(value: f64) -> Self {
        Self { value, error: None }
    }

    /// The mean of `samples` with its standard error; of one sample the error is not known, and infinite.
    #[must_use]
    pub fn mean_of(samples: &[f64]) -> Self {
        let count = samples.len() as f64;
        let value = samples.iter().sum::<f64>() / count;
        let squares = samples.iter().map(|x| (x - value) * (x - value)).sum::<f64>();
        let error = if samples.len() > 1 {
            (squares / (count * (count - 1.0))).sqrt()
        } else {
            f64::INFINITY
        };
        Self { value, error: Some(error) }
    }

    /// The power of ten of the last digit that is real: the first digit of the error, or the fourth of a value that is
    /// known better than that. None where value or error are not finite.
    #[must_use]
    pub fn last_digit(&self) -> Option<i32> {
        if !self.value.is_finite() {
            return None;
        }
        let least = if self.value == 0.0 { 0 } else { exponent(self.value) - DIGITS + 1 };
        match self.error {
            None => Some(least),
            Some(error) if !error.is_finite() => None,
            Some(error) if error > 0.0 => Some(exponent(error).max(least)),
            Some(_) => Some(least),
        }
    }

    /// The error as it is written, no less than one in the last digit; none where it is too small to change that digit.
    fn shown_error(&self, last: i32) -> Option<f64> {
        let unit = libm::pow(10.0, f64::from(last));
        self.error.filter(|error| *error >= SMALL * unit).map(|error| error.max(unit))
    }
}

/// The power of ten of the first digit of `x`, as it is written with one digit: 9.7 is 1e1.
fn exponent(x: f64) -> i32 {
    format!("{x:.0e}").split('e').nth(1).and_then(|power| power.parse().ok()).unwrap_or(0)
}

/// With no more digits than are real: "0.00270 ± 0.00006", "(3.1 ± 0.2) × 10⁻⁹", "—" where there is no number.
impl fmt::Display for Estimate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(last) = self.last_digit() else { return f.write_str("—") };
        let error = self.shown_error(last);
        let first = if self.value == 0.0 { last } else { exponent(self.value).max(last) };
        let shift = if PLAIN.contains(&first) && last <= 0 { 0 } else { first };
        let decimals = usize::try_from(shift - last).unwrap_or(0);
        let written =
            |x: f64| minus(format!("{:.decimals$}", x * libm::pow(10.0, f64::from(-shift))));
        match (error, shift) {
            (None, 0) => write!(f, "{}", written(self.value)),
            (None, _) => write!(f, "{} × 10{}", written(self.value), raised(shift)),
            (Some(error), 0) => write!(f, "{} ± {}", written(self.value), written(error)),
            (Some(error), _) => {
                write!(f, "({} ± {}) × 10{}", written(self.value), written(error), raised(shift))
            }
        }
    }
}

fn minus(text: String) -> String {
    if let Some(digits) = text.strip_prefix('-') {
        let nothing = digits.chars().all(|c| c == '0' || c == '.');
        return if nothing { digits.to_owned() } else { format!("−{digits}") };
    }
    text
}

fn raised(power: i32) -> String {
    let superscript = |c: char| match c {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        digit => digit.to_digit(10).and_then(|d| char::from_u32(0x2070 + d)).unwrap_or(digit),
    };
    power.to_string().chars().map(superscript).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_digits_that_are_real_are_written() {
        let cases = [
            (0.002_703_4, Some(0.000_061), "0.00270 ± 0.00006"),
            (0.058_510_3, None, "0.05851"),
            (0.058_510_3, Some(1e-12), "0.05851"),
            (0.001_010_1, Some(6.6e-7), "0.001010 ± 0.000001"),
            (0.001_010_1, Some(6.6e-8), "0.001010"),
            (12.345, Some(0.97), "12 ± 1"),
            (3.14e-9, Some(2.2e-10), "(3.1 ± 0.2) × 10⁻⁹"),
            (-0.000_12, Some(0.000_3), "−0.0001 ± 0.0003"),
            (-0.000_01, Some(0.02), "0.00 ± 0.02"),
            (1.5e12, None, "1.500 × 10¹²"),
            (0.0, None, "0"),
            (f64::NAN, None, "—"),
            (1.0, Some(f64::INFINITY), "—"),
        ];
        for (value, error, written) in cases {
            assert_eq!(Estimate { value, error }.to_string(), written);
        }
    }

    #[test]
    fn the_error_of_a_mean_is_that_of_its_samples() {
        let found = Estimate::mean_of(&[1.0, 2.0, 3.0, 4.0]);
        assert!((found.value - 2.5).abs() < 1e-15);
        // Variance 5/3 over four samples.
        assert!((found.error.unwrap() - (5.0f64 / 12.0).sqrt()).abs() < 1e-15);
        assert_eq!(Estimate::mean_of(&[1.0]).error, Some(f64::INFINITY));
    }
}
