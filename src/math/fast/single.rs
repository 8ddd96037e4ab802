//! Lanes of `f32`.

use pulp::Simd;

use super::arithmetic::arithmetic;
use super::wave::{self, sin_cos};
use super::{Lanes, TAYLOR};

/// `f32` lanes of a processor.
#[derive(Debug, Clone, Copy)]
pub struct Single<S>(pub S);

/// Adding this puts a small whole number into the lowest bits of an `f32`, rounded.
const WHOLE_32: f32 = 12_582_912.0; // 1.5 · 2²³

impl<S: Simd> Lanes for Single<S> {
    const FLAT: f64 = 30.0;

    arithmetic!(
        f32,
        f32s,
        F32_LANES,
        splat_f32s,
        as_simd_f32s,
        as_mut_simd_f32s,
        add_f32s,
        sub_f32s,
        mul_f32s,
        div_f32s,
        min_f32s,
        max_f32s,
        abs_f32s,
        sqrt_f32s
    );

    #[inline(always)]
    fn mul_add(self, a: S::f32s, b: S::f32s, c: S::f32s) -> S::f32s {
        self.0.mul_add_e_f32s(a, b, c)
    }

    #[inline(always)]
    fn sub_product(self, a: S::f32s, b: S::f32s, c: S::f32s) -> S::f32s {
        self.0.negate_mul_add_e_f32s(a, b, c)
    }

    #[inline(always)]
    fn where_positive(self, a: S::f32s, yes: S::f32s, no: S::f32s) -> S::f32s {
        self.0.select_f32s(self.0.greater_than_or_equal_f32s(a, self.splat(0.0)), yes, no)
    }

    #[inline(always)]
    fn exps<const N: usize>(self, mut x: [S::f32s; N]) -> [S::f32s; N] {
        let Self(simd) = self;
        let whole = self.splat(WHOLE_32);
        let mut shifted = [whole; N];
        for k in 0..N {
            let within = self.max(self.min(x[k], self.splat(88.0)), self.splat(-87.0));
            shifted[k] = self.mul_add(within, self.splat(std::f32::consts::LOG2_E), whole);
            let n = self.sub(shifted[k], whole);
            // ln 2 in two parts, the first so short that n times it is exact.
            let r = self.mul_add(n, self.splat(-0.693_359_4), within);
            x[k] = self.mul_add(n, self.splat(2.121_944_4e-4), r);
        }
        // The last seven.
        let mut power = self.polynomials(x, &TAYLOR[7..]);
        for k in 0..N {
            let bits = simd.transmute_u32s_f32s(shifted[k]);
            let lifted = simd.wrapping_dyn_shl_u32s(bits, simd.splat_u32s(23));
            let bits = simd.add_u32s(simd.transmute_u32s_f32s(power[k]), lifted);
            power[k] = simd.transmute_f32s_u32s(bits);
        }
        power
    }

    #[inline(always)]
    fn power_of_two(self, x: S::f32s) -> (S::f32s, S::f32s) {
        let Self(simd) = self;
        let shifted = self.add(x, self.splat(WHOLE_32));
        let r = self.sub(x, self.sub(shifted, self.splat(WHOLE_32)));
        let s = self.mul(r, r);
        let [c, d, steep] = HALF_32;
        // Products and sums have units of their own in most processors: both get their share.
        let c = self.mul_add(r, r, self.number(c));
        let d = self.mul_add(self.number(steep), s, self.number(d));
        let lifted =
            simd.wrapping_dyn_shl_u32s(simd.transmute_u32s_f32s(shifted), simd.splat_u32s(23));
        let above = simd.transmute_u32s_f32s(self.mul_add(r, c, d));
        (simd.transmute_f32s_u32s(simd.add_u32s(above, lifted)), self.sub_product(r, c, d))
    }

    #[inline(always)]
    fn split(self, x: S::f32s) -> (S::f32s, S::f32s) {
        let Self(simd) = self;
        let bits = simd.transmute_u32s_f32s(x);
        let mantissa = simd.and_u32s(bits, simd.splat_u32s(0x007f_ffff));
        let m = simd.or_u32s(mantissa, simd.splat_u32s(1_f32.to_bits()));
        let exponent = simd.wrapping_dyn_shr_u32s(bits, simd.splat_u32s(23));
        // The exponent in the lowest bits of 2²³ is 2²³ and the exponent.
        let n = simd.or_u32s(exponent, simd.splat_u32s(8_388_608_f32.to_bits()));
        let n = self.sub(simd.transmute_f32s_u32s(n), self.splat(8_388_608.0 + 127.0));
        (simd.transmute_f32s_u32s(m), n)
    }

    #[inline(always)]
    fn sin_cos(self, x: S::f32s) -> (S::f32s, S::f32s) {
        sin_cos(self, x, &wave::SINGLE)
    }

    #[inline(always)]
    fn twice_artanh(self, s: S::f32s) -> S::f32s {
        let series = self.polynomial(self.mul(s, s), [2.0 / 7.0, 2.0 / 5.0, 2.0 / 3.0, 2.0]);
        self.mul(s, series)
    }
}

/// `tanh(½ r ln 2) ≈ r (c + r²)/(d + s r²)`, as `[c, d, s]`: the same with three points, and 5 · 10⁻¹⁰ off at the most.
const HALF_32: [f64; 3] = [125.043_007, 360.797_852, 17.330_909_7];
