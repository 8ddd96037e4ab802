//! Lanes of `f64`.

use pulp::Simd;

use super::arithmetic::arithmetic;
use super::wave::{self, sin_cos};
use super::{Lanes, TAYLOR};

/// `f64` lanes of a processor, which may fuse a product and a sum into one rounding.
#[derive(Debug, Clone, Copy)]
pub struct Double<S, const FUSED: bool = true>(pub S);

/// `f64` lanes that round every product and every sum, so that every processor gives the same bits.
pub type Strict<S> = Double<S, false>;

/// Adding this puts a small whole number into the lowest bits of the upper half of an `f64`: there is no shift by 52
/// among the lanes, but one by 20 for each half.
const WHOLE_64: f64 = 1_572_864.0; // 1.5 · 2²⁰

impl<S: Simd, const FUSED: bool> Lanes for Double<S, FUSED> {
    const FLAT: f64 = 60.0;

    arithmetic!(
        f64,
        f64s,
        F64_LANES,
        splat_f64s,
        as_simd_f64s,
        as_mut_simd_f64s,
        add_f64s,
        sub_f64s,
        mul_f64s,
        div_f64s,
        min_f64s,
        max_f64s,
        abs_f64s,
        sqrt_f64s
    );

    #[inline(always)]
    fn mul_add(self, a: S::f64s, b: S::f64s, c: S::f64s) -> S::f64s {
        if FUSED { self.0.mul_add_e_f64s(a, b, c) } else { self.add(self.mul(a, b), c) }
    }

    #[inline(always)]
    fn sub_product(self, a: S::f64s, b: S::f64s, c: S::f64s) -> S::f64s {
        if FUSED { self.0.negate_mul_add_e_f64s(a, b, c) } else { self.sub(c, self.mul(a, b)) }
    }

    #[inline(always)]
    fn where_positive(self, a: S::f64s, yes: S::f64s, no: S::f64s) -> S::f64s {
        self.0.select_f64s(self.0.greater_than_or_equal_f64s(a, self.splat(0.0)), yes, no)
    }

    #[inline(always)]
    fn exps<const N: usize>(self, mut x: [S::f64s; N]) -> [S::f64s; N] {
        let Self(simd) = self;
        let half_up = self.splat(WHOLE_64 + 0.5);
        // What lies below the upper half is the fraction.
        let upper = simd.splat_u64s(0xffff_ffff_0000_0000);
        let mut whole = [upper; N];
        for k in 0..N {
            let within = self.max(self.min(x[k], self.splat(709.0)), self.splat(-708.0));
            let shifted = self.mul_add(within, self.splat(std::f64::consts::LOG2_E), half_up);
            whole[k] = simd.and_u64s(simd.transmute_u64s_f64s(shifted), upper);
            let n = self.sub(simd.transmute_f64s_u64s(whole[k]), self.splat(WHOLE_64));
            // ln 2 in two parts, the first so short that n times it is exact.
            let r = self.mul_add(n, self.splat(-0.693_147_180_369_123_8), within);
            x[k] = self.mul_add(n, self.splat(-1.908_214_929_270_587_7e-10), r);
        }
        let mut power = self.polynomials(x, &TAYLOR);
        for k in 0..N {
            let lifted = each_half(simd, whole[k], |half| {
                simd.wrapping_dyn_shl_u32s(half, simd.splat_u32s(20))
            });
            let bits = simd.add_u64s(simd.transmute_u64s_f64s(power[k]), lifted);
            power[k] = simd.transmute_f64s_u64s(bits);
        }
        power
    }

    #[inline(always)]
    fn power_of_two(self, x: S::f64s) -> (S::f64s, S::f64s) {
        let Self(simd) = self;
        let shifted = self.add(x, self.splat(WHOLE_64 + 0.5));
        let upper = simd.splat_u64s(0xffff_ffff_0000_0000);
        let whole = simd.and_u64s(simd.transmute_u64s_f64s(shifted), upper);
        let n = self.sub(simd.transmute_f64s_u64s(whole), self.splat(WHOLE_64));
        let r = self.sub(x, n);
        let s = self.mul(r, r);
        let [c, bent, d, steep, steeper] = HALF_64;
        let c = self.mul_add(self.mul_add(r, r, self.splat(bent)), s, self.splat(c));
        let d = self.polynomial(s, [steeper, steep, d]);
        let lifted =
            each_half(simd, whole, |half| simd.wrapping_dyn_shl_u32s(half, simd.splat_u32s(20)));
        let above = simd.transmute_u64s_f64s(self.mul_add(r, c, d));
        (simd.transmute_f64s_u64s(simd.add_u64s(above, lifted)), self.sub_product(r, c, d))
    }

    #[inline(always)]
    fn split(self, x: S::f64s) -> (S::f64s, S::f64s) {
        let Self(simd) = self;
        let bits = simd.transmute_u64s_f64s(x);
        let mantissa = simd.and_u64s(bits, simd.splat_u64s(0x000f_ffff_ffff_ffff));
        let m = simd.or_u64s(mantissa, simd.splat_u64s(1_f64.to_bits()));
        let exponent = simd.and_u64s(bits, simd.splat_u64s(0x7ff0_0000_0000_0000));
        let exponent =
            each_half(simd, exponent, |half| simd.wrapping_dyn_shr_u32s(half, simd.splat_u32s(20)));
        // The exponent in the lowest bits of the upper half of 2²⁰ is 2²⁰ and the exponent.
        let n = simd.or_u64s(exponent, simd.splat_u64s(1_048_576_f64.to_bits()));
        let n = self.sub(simd.transmute_f64s_u64s(n), self.splat(1_048_576.0 + 1023.0));
        (simd.transmute_f64s_u64s(m), n)
    }

    #[inline(always)]
    fn sin_cos(self, x: S::f64s) -> (S::f64s, S::f64s) {
        sin_cos(self, x, &wave::DOUBLE)
    }

    #[inline(always)]
    fn twice_artanh(self, s: S::f64s) -> S::f64s {
        let series = self.polynomial(
            self.mul(s, s),
            [
                2.0 / 17.0,
                2.0 / 15.0,
                2.0 / 13.0,
                2.0 / 11.0,
                2.0 / 9.0,
                2.0 / 7.0,
                2.0 / 5.0,
                2.0 / 3.0,
                2.0,
            ],
        );
        self.mul(s, series)
    }
}

/// Changes the upper and lower halves of 64-bit lanes.
#[inline(always)]
fn each_half<S: Simd>(_: S, x: S::u64s, change: impl Fn(S::u32s) -> S::u32s) -> S::u64s {
    let mut pack = [x];
    for half in pulp::bytemuck::cast_slice_mut::<S::u64s, S::u32s>(&mut pack) {
        *half = change(*half);
    }
    pack[0]
}

/// `tanh(½ r ln 2) ≈ r (c + b r² + r⁴)/(d + s r² + t r⁴)`, as `[c, b, d, s, t]`: right at five points of `0 ≤ r² ≤ ¼`,
/// the zeros of Chebyshev's polynomial, and 10⁻¹⁷ off at the most.
const HALF_64: [f64; 5] = [
    65_551.010_011_790_1,
    874.743_503_975_744_5,
    189_140.234_138_544_74,
    10_096.725_859_225_942,
    43.300_549_290_255_425,
];
