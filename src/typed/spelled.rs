//! Numbers as a person would type them.

/// `x` in full, "0.05"; with its power of ten where that would be a row of zeros, "1e-300". Read back, it is `x` again.
#[must_use]
pub fn spelled(x: f64) -> String {
    let size = x.abs();
    if size != 0.0 && size.is_finite() && !(1e-5..1e7).contains(&size) {
        format!("{x:e}")
    } else {
        x.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn plain_numbers_are_plain_and_no_row_of_zeros_is_spelled() {
        for (x, said) in [
            (0.05, "0.05"),
            (0.0, "0"),
            (-3.0, "-3"),
            (1e-300, "1e-300"),
            (-2.5e300, "-2.5e300"),
            (f64::INFINITY, "inf"),
        ] {
            assert_eq!(spelled(x), said);
        }
    }

    proptest! {
        #[test]
        fn read_back_it_is_the_same_number(x in any::<f64>().prop_filter("a number", |x| !x.is_nan())) {
            let said = spelled(x);
            prop_assert_eq!(said.parse::<f64>().unwrap(), x);
            prop_assert!(said.len() <= 24, "{}", said);
        }
    }
}
