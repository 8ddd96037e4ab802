//! Numbers as words: true minus signs, no trailing noise, never "NaN".

/// What is written where there is no number.
pub const NONE: &str = "—";

/// Beyond these powers of ten a number is written with its exponent.
const PLAIN: std::ops::Range<i32> = -4..6;

/// `x` with so many significant digits; trailing zeros stay, so that columns of numbers keep their width.
#[must_use]
pub fn significant(x: f64, digits: usize) -> String {
    written(x, digits, |text| text)
}

/// `x` with at most so many significant digits and no trailing zeros.
#[must_use]
pub fn short(x: f64, digits: usize) -> String {
    written(x, digits, trimmed)
}

/// `x` with so many decimals.
#[must_use]
pub fn decimals(x: f64, decimals: usize) -> String {
    if x.is_finite() { signed(format!("{x:.decimals$}")) } else { NONE.to_owned() }
}

/// A point of the plane, with as many decimals as a caption needs and no space to break a line at.
#[must_use]
pub fn point(at: [f64; 2]) -> String {
    format!("({},\u{A0}{})", coordinate(at[0]), coordinate(at[1]))
}

fn coordinate(x: f64) -> String {
    if x.abs() < 1e4 { decimals(x, 2) } else { short(x, 3) }
}

/// A power of ten: "10⁻³".
#[must_use]
pub fn power_of_ten(exponent: i32) -> String {
    format!("10{}", raised(exponent))
}

fn written(x: f64, digits: usize, finish: fn(String) -> String) -> String {
    if !x.is_finite() {
        return NONE.to_owned();
    }
    if x == 0.0 {
        return finish(format!("{:.*}", digits.saturating_sub(1), 0.0));
    }
    let scientific = format!("{:.*e}", digits.saturating_sub(1), x);
    let Some((mantissa, exponent)) = scientific.split_once('e') else { return scientific };
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if PLAIN.contains(&exponent) {
        let places = i32::try_from(digits).unwrap_or(i32::MAX).saturating_sub(1 + exponent).max(0);
        let places = usize::try_from(places).unwrap_or(0);
        signed(finish(format!("{x:.places$}")))
    } else {
        format!("{} × {}", signed(finish(mantissa.to_owned())), power_of_ten(exponent))
    }
}

/// Without zeros after the last digit that says something.
fn trimmed(text: String) -> String {
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// With a minus sign as wide as a digit, and none before nothing.
fn signed(text: String) -> String {
    match text.strip_prefix('-') {
        Some(size) if size.bytes().all(|byte| byte == b'0' || byte == b'.') => size.to_owned(),
        Some(size) => format!("−{size}"),
        None => text,
    }
}

fn raised(exponent: i32) -> String {
    exponent
        .to_string()
        .chars()
        .map(|sign| match sign {
            '-' => '⁻',
            '0' => '⁰',
            '1' => '¹',
            '2' => '²',
            '3' => '³',
            digit => char::from_u32(u32::from('⁴') + (u32::from(digit) - u32::from('4')))
                .unwrap_or(digit),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_write_them() {
        let cases = [
            (0.0, "0.000", "0"),
            (-0.5, "−0.5000", "−0.5"),
            (1234.5678, "1235", "1235"),
            (0.000_123_45, "0.0001234", "0.0001234"),
            (1e-7, "1.000 × 10⁻⁷", "1 × 10⁻⁷"),
            (-2.5e12, "−2.500 × 10¹²", "−2.5 × 10¹²"),
            (9.9999, "10.00", "10"),
            (100.0, "100.0", "100"),
        ];
        for (x, whole, brief) in cases {
            assert_eq!(significant(x, 4), whole);
            assert_eq!(short(x, 4), brief);
        }
    }

    #[test]
    fn what_is_no_number_is_a_dash() {
        assert_eq!(significant(f64::NAN, 4), "—");
        assert_eq!(decimals(f64::INFINITY, 2), "—");
        assert_eq!(point([f64::NAN, -1e30]), "(—,\u{A0}−1 × 10³⁰)");
    }

    #[test]
    fn nothing_has_no_sign() {
        assert_eq!(decimals(-0.001, 2), "0.00");
    }
}
