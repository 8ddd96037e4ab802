//! `a/√v` for pictures: several numbers at a time, to five digits, without a root and without a division.
//!
//! ```text
//! y₀ = the number whose bits are M − bits(v)/2,     y = y₀ (c₀ − u (c₁ − c₂ u)) ≈ 1/√v,    u = v y₀²
//! ```
//!
//! Halving the bits of a number halves its logarithm, nearly; `M` makes the error smallest (J. Blinn, 1997,
//! "Floating-point tricks", IEEE Comput. Graph. Appl. 17(4)). The parabola is the one that errs least over all `u` that
//! occur; the three terms of the series, 15/8, 10/8 and 3/8, would err four times as much.

use pulp::Simd;

use super::fast::{Lanes as _, Single};

/// `M`, with which the first guess is within 3.5 % (C. Lomont, 2003, "Fast inverse square root").
const MIDDLE: u32 = 0x5f37_59df;

/// `c₀, c₁, c₂`, for `u` from 0.932 to 1.0695 (E. Remez's exchange algorithm).
const PARABOLA: [f64; 3] = [1.876_622_84, 1.252_149_52, 0.375_526_868];

/// `a/√v` for a positive normal number, within 3·10⁻⁵ of it. It is not a number or infinite where `v` is.
#[inline(always)]
pub fn over_sqrt<S: Simd>(l: Single<S>, a: f64, v: S::f32s) -> S::f32s {
    let Single(simd) = l;
    let half = simd.wrapping_dyn_shr_u32s(simd.transmute_u32s_f32s(v), simd.splat_u32s(1));
    let guess = simd.transmute_f32s_u32s(simd.sub_u32s(simd.splat_u32s(MIDDLE), half));
    let u = l.mul(v, l.mul(guess, guess));
    let [flat, slope, bend] = PARABOLA;
    let inner = l.mul_add(u, l.number(bend * a), l.number(-slope * a));
    l.mul(guess, l.mul_add(u, inner, l.number(flat * a)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pulp::{Arch, WithSimd};

    struct Apply([f32; 16]);

    impl WithSimd for Apply {
        type Output = [f32; 16];

        #[inline(always)]
        fn with_simd<S: Simd>(mut self, simd: S) -> [f32; 16] {
            for v in Single::<S>::packs_mut(&mut self.0) {
                *v = over_sqrt(Single(simd), 3.0, *v);
            }
            self.0
        }
    }

    proptest! {
        #[test]
        fn it_is_what_a_root_and_a_division_give(exponent in -37.0f32..38.0) {
            let v = 10f32.powf(exponent);
            let exact = 3.0 / v.sqrt();
            for found in [Arch::new().dispatch(Apply([v; 16])), Apply([v; 16]).with_simd(pulp::Scalar::new())] {
                prop_assert!((found[3] / exact - 1.0).abs() <= 3e-5, "{} for {}", found[3], exact);
            }
        }
    }

    #[test]
    fn what_is_not_finite_stays_so() {
        for v in [f32::NAN, f32::INFINITY] {
            assert!(!Arch::new().dispatch(Apply([v; 16]))[0].is_finite(), "{v}");
        }
    }
}
