//! `c/√v` for pictures: several numbers at a time, to five digits, without a root and without a division.
//!
//! ```text
//! y₀ = the number whose bits are M − bits(v)/2,     y = y₀ (15/8 − u (10/8 − 3/8 u)) ≈ 1/√v,    u = v y₀²
//! ```
//!
//! Halving the bits of a number halves its logarithm, nearly; `M` makes the error smallest (J. Blinn, 1997,
//! "Floating-point tricks", IEEE Comput. Graph. Appl. 17(4)). One step of E. Halley's method then leaves 10⁻⁵ of it.

use pulp::Simd;

use super::fast::{Lanes as _, Single};

/// `M`, with which the first guess is within 3.5 % (C. Lomont, 2003, "Fast inverse square root").
const MIDDLE: u32 = 0x5f37_59df;

/// `c/√v` for a positive normal number, within 2·10⁻⁵ of it. It is not a number or infinite where `v` is.
#[inline(always)]
pub fn over_sqrt<S: Simd>(l: Single<S>, c: f64, v: S::f32s) -> S::f32s {
    let Single(simd) = l;
    let half = simd.wrapping_dyn_shr_u32s(simd.transmute_u32s_f32s(v), simd.splat_u32s(1));
    let guess = simd.transmute_f32s_u32s(simd.sub_u32s(simd.splat_u32s(MIDDLE), half));
    let u = l.mul(v, l.mul(guess, guess));
    let bend = l.mul_add(u, l.number(0.375 * c), l.number(-1.25 * c));
    l.mul(guess, l.mul_add(u, bend, l.number(1.875 * c)))
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
                prop_assert!((found[3] / exact - 1.0).abs() <= 2e-5, "{} for {}", found[3], exact);
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
