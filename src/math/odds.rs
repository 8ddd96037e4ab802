//! The smaller of both odds of a log-odds, several at a time and to the same bits everywhere.
//!
//! ```text
//! σ(−|z|) = e/(1 + e),    e = e^{−|z|} = 2ⁿ (R + r)/(R − r),    R(r) = r coth(r/2),    |r| ≤ ½ ln 2
//!
//!         = 2ⁿ(R + r)/(R − r + 2ⁿ(R + r))
//! ```
//!
//! One division, and full relative accuracy however small it is; the other of both odds is 1 less this one, at least ½,
//! and loses nothing by the subtraction. The fraction for `e^r` and the coefficients of `R` are those of `exp` in K. Ng
//! and others (1995), FDLIBM, Sun Microsystems.

use pulp::Simd;

use super::fast::{Double, Lanes as _, Strict};

/// `R(r) = 2 + r²(R₀ + R₁ r² + …)`; its error is below 2⁻⁵⁹.
const R: [f64; 5] = [
    1.666_666_666_666_660_2e-1,
    -2.777_777_777_701_559_3e-3,
    6.613_756_321_437_934e-5,
    -1.653_390_220_546_525_2e-6,
    4.138_136_797_057_238_5e-8,
];

/// Adding this puts a small whole number into the lowest bits of the upper half of an `f64`.
const WHOLE: f64 = 1_572_864.0; // 1.5 · 2²⁰

/// Below this `e` is taken for the smallest that is not subnormal.
const LOWEST: f64 = -708.0;

/// `σ(−|z|)`, between 0 and ½, of several packs at a time: what one of them waits for leaves time for the others.
#[inline(always)]
pub fn unlikely<S: Simd, const N: usize>(l: Strict<S>, z: [S::f64s; N]) -> [S::f64s; N] {
    let Double(simd) = l;
    let (zero, half_up) = (l.splat(0.0), l.splat(WHOLE + 0.5));
    let upper = simd.splat_u64s(0xffff_ffff_0000_0000);
    let [a, b, c, d, e] =
        [l.splat(R[0]), l.splat(R[1]), l.splat(R[2]), l.splat(R[3]), l.splat(R[4])];
    // Closures would not be inlined before their registers are known, so these are loops.
    let (mut r, mut square, mut fourth, mut high, mut odds) = (z, z, z, z, z);
    let mut whole = [upper; N];
    for k in 0..N {
        r[k] = l.max(l.sub(zero, l.abs(z[k])), l.splat(LOWEST));
    }
    for k in 0..N {
        // What lies below the upper half is the fraction.
        let shifted = l.mul_add(r[k], l.splat(std::f64::consts::LOG2_E), half_up);
        whole[k] = simd.and_u64s(simd.transmute_u64s_f64s(shifted), upper);
    }
    for k in 0..N {
        // ln 2 in two parts, the first so short that n times it is exact.
        let n = l.sub(simd.transmute_f64s_u64s(whole[k]), l.splat(WHOLE));
        r[k] = l.mul_add(n, l.splat(-0.693_147_180_369_123_8), r[k]);
        r[k] = l.mul_add(n, l.splat(-1.908_214_929_270_587_7e-10), r[k]);
    }
    for k in 0..N {
        square[k] = l.mul(r[k], r[k]);
        high[k] = l.mul_add(square[k], d, c);
        fourth[k] = l.mul(square[k], square[k]);
    }
    for k in 0..N {
        high[k] = l.mul_add(fourth[k], e, high[k]);
    }
    for k in 0..N {
        high[k] = l.mul_add(fourth[k], high[k], l.mul_add(square[k], b, a));
    }
    for k in 0..N {
        high[k] = l.mul_add(square[k], high[k], l.splat(2.0));
    }
    for k in 0..N {
        let above = simd.transmute_u64s_f64s(l.add(high[k], r[k]));
        let above = simd.add_u64s(above, exponents_from_halves(simd, whole[k]));
        let above = simd.transmute_f64s_u64s(above);
        odds[k] = l.div(above, l.add(l.sub(high[k], r[k]), above));
    }
    odds
}

/// Moves the whole number in the upper half of each lane to where an exponent is, by shifting halves: there is no shift
/// of 64 bits among the lanes.
#[inline(always)]
fn exponents_from_halves<S: Simd>(simd: S, whole: S::u64s) -> S::u64s {
    let mut pack = [whole];
    for half in pulp::bytemuck::cast_slice_mut::<S::u64s, S::u32s>(&mut pack) {
        *half = simd.wrapping_dyn_shl_u32s(*half, simd.splat_u32s(20));
    }
    pack[0]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pulp::{Arch, WithSimd};

    struct Unlikely<'a>(&'a [f64]);

    impl WithSimd for Unlikely<'_> {
        type Output = Vec<f64>;

        #[inline(always)]
        fn with_simd<S: Simd>(self, simd: S) -> Self::Output {
            let mut z = self.0.to_vec();
            z.resize(z.len().next_multiple_of(16), 0.0);
            for z in Strict::<S>::packs_mut(&mut z) {
                [*z] = unlikely(Double(simd), [*z]);
            }
            z.truncate(self.0.len());
            z
        }
    }

    proptest! {
        #[test]
        fn the_odds_are_exact_to_their_last_digits(z in proptest::collection::vec(-700.0f64..700.0, 1..40)) {
            for (z, found) in z.iter().zip(Arch::new().dispatch(Unlikely(&z))) {
                let e = libm::exp(-z.abs());
                let expected = e / (1.0 + e);
                prop_assert!((found - expected).abs() <= 1.5e-15 * expected, "{}: {}", z, found);
            }
        }

        #[test]
        fn every_processor_gives_the_same_bits(z in proptest::collection::vec(-900.0f64..900.0, 1..40)) {
            let here = Arch::new().dispatch(Unlikely(&z));
            let portable = Unlikely(&z).with_simd(pulp::Scalar::new());
            for (here, portable) in here.iter().zip(&portable) {
                prop_assert_eq!(here.to_bits(), portable.to_bits());
            }
        }
    }

    #[test]
    fn even_odds_are_a_half_and_no_odds_are_zero() {
        let found = Arch::new().dispatch(Unlikely(&[0.0, -0.0, 1e300, f64::NEG_INFINITY]));
        assert_eq!(found[..2], [0.5; 2]);
        assert!(found[2..].iter().all(|odds| 0.0 < *odds && *odds < 1e-307));
    }
}
