//! Exponentials and logarithms for fields: several numbers at a time, nearly exact, the same on every run.
//!
//! ```text
//! exp x = 2ⁿ · exp r,          n = round(x / ln 2),    |r| ≤ ½ ln 2,     exp r by its Taylor polynomial
//! ln x  = n ln 2 + ln m,       x = 2ⁿ m,               ½√2 ≤ m < √2,     ln m = 2 artanh((m − 1)/(m + 1))
//! ```
//!
//! A kernel is written once, for any [`Lanes`]: `f32` or `f64`, as many as the processor's registers hold, found out
//! when the program runs. Results may differ in their last digits from one kind of processor to another, since some
//! fuse a product and a sum into one rounding: good enough for pictures. [`Strict`] lanes never fuse: they give the same
//! bits everywhere, and may be used for trajectories.

use std::f64::consts::LOG2_E;

use pulp::Simd;

/// Several numbers at a time, and what can be done with them.
///
/// Functions that use lanes must be inlined all the way into [`pulp::WithSimd::with_simd`], or the compiler will not
/// use the registers: mark them `#[inline(always)]`.
pub trait Lanes: Copy {
    /// One number.
    type Number: Number;
    /// As many as fit a register.
    type Pack: Copy;
    /// How many.
    const COUNT: usize;
    /// Where `1/(1 + 2ˣ)` is 0 or 1 to the rounding of 1, on either side.
    const FLAT: f64;

    /// The same number in every lane.
    fn splat(self, x: Self::Number) -> Self::Pack;
    /// Whole packs of a slice; what does not fill one is left out.
    fn packs(x: &[Self::Number]) -> &[Self::Pack];
    /// Whole packs of a slice; what does not fill one is left out.
    fn packs_mut(x: &mut [Self::Number]) -> &mut [Self::Pack];
    /// `a + b`.
    fn add(self, a: Self::Pack, b: Self::Pack) -> Self::Pack;
    /// `a − b`.
    fn sub(self, a: Self::Pack, b: Self::Pack) -> Self::Pack;
    /// `a b`.
    fn mul(self, a: Self::Pack, b: Self::Pack) -> Self::Pack;
    /// `a / b`.
    fn div(self, a: Self::Pack, b: Self::Pack) -> Self::Pack;
    /// `a b + c`, in one rounding or two.
    fn mul_add(self, a: Self::Pack, b: Self::Pack, c: Self::Pack) -> Self::Pack;
    /// `c − a b`, in one rounding or two.
    fn sub_product(self, a: Self::Pack, b: Self::Pack, c: Self::Pack) -> Self::Pack;
    /// The smaller of `a` and `b`.
    fn min(self, a: Self::Pack, b: Self::Pack) -> Self::Pack;
    /// The larger of `a` and `b`.
    fn max(self, a: Self::Pack, b: Self::Pack) -> Self::Pack;
    /// `|a|`.
    fn abs(self, a: Self::Pack) -> Self::Pack;
    /// `yes` where `a ≥ 0`, `no` elsewhere.
    fn where_positive(self, a: Self::Pack, yes: Self::Pack, no: Self::Pack) -> Self::Pack;
    /// `√a`.
    fn sqrt(self, a: Self::Pack) -> Self::Pack;
    /// `exp x`; the largest or smallest power of two beyond the range, never infinity or zero.
    fn exp(self, x: Self::Pack) -> Self::Pack;
    /// `(m, n)` with `x = 2ⁿ m` and `1 ≤ m < 2`, for a positive normal number.
    fn split(self, x: Self::Pack) -> (Self::Pack, Self::Pack);
    /// `(p, q)` with `2ˣ = p/q`, both positive, for `|x| ≤` [`Lanes::FLAT`]: with `n = round(x)` and `r = x − n` they are
    /// `2ⁿ (d + r c)` and `d − r c`, where `r c/d` is `tanh(½ r ln 2)`.
    fn power_of_two(self, x: Self::Pack) -> (Self::Pack, Self::Pack);
    /// `2 artanh s = ln((1 + s)/(1 − s))` for `|s| ≤ 0.18`.
    fn twice_artanh(self, s: Self::Pack) -> Self::Pack;

    /// One number, wherever it came from, in every lane.
    #[inline(always)]
    fn number(self, x: f64) -> Self::Pack {
        self.splat(Self::Number::rounded(x))
    }

    /// `ln x` for a positive normal number.
    #[inline(always)]
    fn ln(self, x: Self::Pack) -> Self::Pack {
        let one = self.number(1.0);
        // Dividing by √2 first moves the mantissa from [1, 2) to [½√2, √2), where the series is short.
        let (m, n) = self.split(self.mul(x, self.number(std::f64::consts::SQRT_2)));
        let m = self.mul(m, self.number(std::f64::consts::FRAC_1_SQRT_2));
        let s = self.div(self.sub(m, one), self.add(m, one));
        self.mul_add(n, self.number(std::f64::consts::LN_2), self.twice_artanh(s))
    }

    /// `ln(1 + exp z)`.
    #[inline(always)]
    fn softplus(self, z: Self::Pack) -> Self::Pack {
        let zero = self.number(0.0);
        let e = self.exp(self.sub(zero, self.abs(z)));
        self.add(self.max(z, zero), self.log_one_plus(e))
    }

    /// `ln(1 + x)` for `0 ≤ x ≤ 1`.
    #[inline(always)]
    fn log_one_plus(self, x: Self::Pack) -> Self::Pack {
        // ln(1 + x) = 2 artanh(x / (2 + x)) loses no digits where x is small.
        let s = self.div(x, self.add(x, self.number(2.0)));
        self.mul(s, self.polynomial(self.mul(s, s), TWICE_ARTANH))
    }

    /// `ln(1 + x)` for any `x ≥ 0`.
    #[inline(always)]
    fn log_one_plus_any(self, x: Self::Pack) -> Self::Pack {
        let one = self.number(1.0);
        let small = self.log_one_plus(self.min(x, one));
        self.where_positive(self.sub(one, x), small, self.ln(self.add(one, x)))
    }

    /// `tanh x`, to the rounding of 1.
    #[inline(always)]
    fn tanh(self, x: Self::Pack) -> Self::Pack {
        let (above, below) = self.power_of_two(self.doubled_logarithm(x));
        self.div(self.sub(above, below), self.add(above, below))
    }

    /// The logarithm of `e^{2x}` to base 2, no farther out than where `tanh` is flat.
    #[inline(always)]
    fn doubled_logarithm(self, x: Self::Pack) -> Self::Pack {
        self.within_flat(self.mul(x, self.number(2.0 * LOG2_E)))
    }

    /// `x`, no farther out than [`Lanes::FLAT`].
    #[inline(always)]
    fn within_flat(self, x: Self::Pack) -> Self::Pack {
        self.max(self.min(x, self.number(Self::FLAT)), self.number(-Self::FLAT))
    }

    /// The polynomial with these coefficients, the constant one last.
    #[inline(always)]
    fn polynomial<const N: usize>(self, x: Self::Pack, coefficients: [f64; N]) -> Self::Pack {
        let mut sum = self.number(coefficients[0]);
        for c in &coefficients[1..] {
            sum = self.mul_add(sum, x, self.number(*c));
        }
        sum
    }
}

/// One lane's number.
pub trait Number: Copy + Send + Sync + 'static {
    /// The nearest number of this kind.
    fn rounded(x: f64) -> Self;
    /// The same number.
    fn widened(self) -> f64;
    /// Several of them, of whichever kind.
    fn several(x: &[Self]) -> Several<'_>;
}

/// Numbers of either kind, for callers that know lanes and callees that are chosen when the program runs.
#[derive(Debug, Clone, Copy)]
pub enum Several<'a> {
    /// `f32`.
    Single(&'a [f32]),
    /// `f64`.
    Double(&'a [f64]),
}

impl Several<'_> {
    /// The same numbers as `f64`.
    #[must_use]
    pub fn widened(self) -> Vec<f64> {
        match self {
            Self::Single(x) => x.iter().map(|x| x.widened()).collect(),
            Self::Double(x) => x.to_vec(),
        }
    }
}

impl Number for f32 {
    #[inline(always)]
    #[expect(clippy::cast_possible_truncation, reason = "rounding is what it is for")]
    fn rounded(x: f64) -> Self {
        x as Self
    }

    #[inline(always)]
    fn widened(self) -> f64 {
        f64::from(self)
    }

    #[inline(always)]
    fn several(x: &[Self]) -> Several<'_> {
        Several::Single(x)
    }
}

impl Number for f64 {
    #[inline(always)]
    fn rounded(x: f64) -> Self {
        x
    }

    #[inline(always)]
    fn widened(self) -> f64 {
        self
    }

    #[inline(always)]
    fn several(x: &[Self]) -> Several<'_> {
        Several::Double(x)
    }
}

/// `f32` lanes of a processor.
#[derive(Debug, Clone, Copy)]
pub struct Single<S>(pub S);

/// `f64` lanes of a processor, which may fuse a product and a sum into one rounding.
#[derive(Debug, Clone, Copy)]
pub struct Double<S, const FUSED: bool = true>(pub S);

/// `f64` lanes that round every product and every sum, so that every processor gives the same bits.
pub type Strict<S> = Double<S, false>;

/// What the two kinds of lanes have in common but for the names.
macro_rules! arithmetic {
    (
        $number:ident, $pack:ident, $count:ident, $splat:ident, $packs:ident, $packs_mut:ident,
        $add:ident, $sub:ident, $mul:ident, $div:ident,
        $min:ident, $max:ident, $abs:ident, $sqrt:ident
    ) => {
        type Number = $number;
        type Pack = S::$pack;
        const COUNT: usize = S::$count;

        #[inline(always)]
        fn splat(self, x: $number) -> S::$pack {
            self.0.$splat(x)
        }

        #[inline(always)]
        fn packs(x: &[$number]) -> &[S::$pack] {
            S::$packs(x).0
        }

        #[inline(always)]
        fn packs_mut(x: &mut [$number]) -> &mut [S::$pack] {
            S::$packs_mut(x).0
        }

        #[inline(always)]
        fn add(self, a: S::$pack, b: S::$pack) -> S::$pack {
            self.0.$add(a, b)
        }

        #[inline(always)]
        fn sub(self, a: S::$pack, b: S::$pack) -> S::$pack {
            self.0.$sub(a, b)
        }

        #[inline(always)]
        fn mul(self, a: S::$pack, b: S::$pack) -> S::$pack {
            self.0.$mul(a, b)
        }

        #[inline(always)]
        fn div(self, a: S::$pack, b: S::$pack) -> S::$pack {
            self.0.$div(a, b)
        }

        #[inline(always)]
        fn min(self, a: S::$pack, b: S::$pack) -> S::$pack {
            self.0.$min(a, b)
        }

        #[inline(always)]
        fn max(self, a: S::$pack, b: S::$pack) -> S::$pack {
            self.0.$max(a, b)
        }

        #[inline(always)]
        fn abs(self, a: S::$pack) -> S::$pack {
            self.0.$abs(a)
        }

        #[inline(always)]
        fn sqrt(self, a: S::$pack) -> S::$pack {
            self.0.$sqrt(a)
        }
    };
}

/// Adding this puts a small whole number into the lowest bits of an `f32`, rounded.
const WHOLE_32: f32 = 12_582_912.0; // 1.5 · 2²³

/// Adding this puts a small whole number into the lowest bits of the upper half of an `f64`: there is no shift by 52
/// among the lanes, but one by 20 for each half.
const WHOLE_64: f64 = 1_572_864.0; // 1.5 · 2²⁰

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
    fn exp(self, x: S::f32s) -> S::f32s {
        let Self(simd) = self;
        let x = self.max(self.min(x, self.splat(88.0)), self.splat(-87.0));
        let shifted = self.mul_add(x, self.splat(std::f32::consts::LOG2_E), self.splat(WHOLE_32));
        let n = self.sub(shifted, self.splat(WHOLE_32));
        // ln 2 in two parts, the first so short that n times it is exact.
        let r = self.mul_add(n, self.splat(-0.693_359_4), x);
        let r = self.mul_add(n, self.splat(2.121_944_4e-4), r);
        let [.., a, b, c, d, e, f, g] = TAYLOR;
        let power = self.polynomial(r, [a, b, c, d, e, f, g]);
        let lifted =
            simd.wrapping_dyn_shl_u32s(simd.transmute_u32s_f32s(shifted), simd.splat_u32s(23));
        simd.transmute_f32s_u32s(simd.add_u32s(simd.transmute_u32s_f32s(power), lifted))
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
    fn twice_artanh(self, s: S::f32s) -> S::f32s {
        let series = self.polynomial(self.mul(s, s), [2.0 / 7.0, 2.0 / 5.0, 2.0 / 3.0, 2.0]);
        self.mul(s, series)
    }
}

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
    fn exp(self, x: S::f64s) -> S::f64s {
        let Self(simd) = self;
        let x = self.max(self.min(x, self.splat(709.0)), self.splat(-708.0));
        let half_up = self.splat(WHOLE_64 + 0.5);
        let shifted = self.mul_add(x, self.splat(std::f64::consts::LOG2_E), half_up);
        // What lies below the upper half is the fraction.
        let upper = simd.splat_u64s(0xffff_ffff_0000_0000);
        let whole = simd.and_u64s(simd.transmute_u64s_f64s(shifted), upper);
        let n = self.sub(simd.transmute_f64s_u64s(whole), self.splat(WHOLE_64));
        // ln 2 in two parts, the first so short that n times it is exact.
        let r = self.mul_add(n, self.splat(-0.693_147_180_369_123_8), x);
        let r = self.mul_add(n, self.splat(-1.908_214_929_270_587_7e-10), r);
        let power = self.polynomial(r, TAYLOR);
        let lifted =
            each_half(simd, whole, |half| simd.wrapping_dyn_shl_u32s(half, simd.splat_u32s(20)));
        simd.transmute_f64s_u64s(simd.add_u64s(simd.transmute_u64s_f64s(power), lifted))
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

/// `1/k!` for `k = 13, 12, … 0`. For `|r| ≤ ½ ln 2` the rest of the series is below rounding, and below 10⁻⁷ when
/// only the last seven are taken.
const TAYLOR: [f64; 14] = [
    1.0 / 6_227_020_800.0,
    1.0 / 479_001_600.0,
    1.0 / 39_916_800.0,
    1.0 / 3_628_800.0,
    1.0 / 362_880.0,
    1.0 / 40_320.0,
    1.0 / 5_040.0,
    1.0 / 720.0,
    1.0 / 120.0,
    1.0 / 24.0,
    1.0 / 6.0,
    1.0 / 2.0,
    1.0,
    1.0,
];

/// `tanh(½ r ln 2) ≈ r (c + b r² + r⁴)/(d + s r² + t r⁴)`, as `[c, b, d, s, t]`: right at five points of `0 ≤ r² ≤ ¼`,
/// the zeros of Chebyshev's polynomial, and 10⁻¹⁷ off at the most.
const HALF_64: [f64; 5] = [
    65_551.010_011_790_1,
    874.743_503_975_744_5,
    189_140.234_138_544_74,
    10_096.725_859_225_942,
    43.300_549_290_255_425,
];

/// `tanh(½ r ln 2) ≈ r (c + r²)/(d + s r²)`, as `[c, d, s]`: the same with three points, and 5 · 10⁻¹⁰ off at the most.
const HALF_32: [f64; 3] = [125.043_007, 360.797_852, 17.330_909_7];

/// `2/(2k + 1)` for `k = 16, 15, … 0`: `2 artanh s / s` as a polynomial in `s²`, to rounding for `|s| ≤ 1/3`.
const TWICE_ARTANH: [f64; 17] = {
    let mut coefficients = [0.0; 17];
    let mut k = 0;
    while k < 17 {
        coefficients[k] = 2.0 / (33 - 2 * k) as f64;
        k += 1;
    }
    coefficients
};

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pulp::{Arch, WithSimd};

    #[derive(Debug, Clone, Copy)]
    enum Fast {
        Exp,
        Ln,
        LogOnePlus,
        Softplus,
        Tanh,
        LogOnePlusAny,
    }

    /// Applies a function to numbers, in `f64` lanes and in `f32` lanes.
    struct Apply<'a>(Fast, &'a [f64]);

    impl Apply<'_> {
        #[inline(always)]
        fn run<L: Lanes>(&self, l: L) -> Vec<f64> {
            let mut x: Vec<L::Number> = self.1.iter().map(|x| L::Number::rounded(*x)).collect();
            x.resize(x.len().next_multiple_of(L::COUNT), L::Number::rounded(1.0));
            for pack in L::packs_mut(&mut x) {
                *pack = match self.0 {
                    Fast::Exp => l.exp(*pack),
                    Fast::Ln => l.ln(*pack),
                    Fast::LogOnePlus => l.log_one_plus(*pack),
                    Fast::Softplus => l.softplus(*pack),
                    Fast::Tanh => l.tanh(*pack),
                    Fast::LogOnePlusAny => l.log_one_plus_any(*pack),
                };
            }
            x[..self.1.len()].iter().map(|x| x.widened()).collect()
        }
    }

    impl WithSimd for Apply<'_> {
        type Output = [Vec<f64>; 2];

        #[inline(always)]
        fn with_simd<S: Simd>(self, simd: S) -> [Vec<f64>; 2] {
            [self.run::<Double<S>>(Double(simd)), self.run(Single(simd))]
        }
    }

    fn close(function: Fast, x: &[f64], exact: impl Fn(f64) -> f64, scale: impl Fn(f64) -> f64) {
        let fast = Arch::new().dispatch(Apply(function, x));
        let portable = Apply(function, x).with_simd(pulp::Scalar::new());
        for [double, single] in [fast, portable] {
            for (k, &x) in x.iter().enumerate() {
                let here = exact(x);
                assert!(
                    (double[k] - here).abs() <= 1e-15 * scale(here),
                    "f64: {x}: {} for {here}",
                    double[k]
                );
                let x = f64::from(<f32 as Number>::rounded(x));
                let here = exact(x);
                assert!(
                    (single[k] - here).abs() <= 4e-7 * scale(here),
                    "f32: {x}: {} for {here}",
                    single[k]
                );
            }
        }
    }

    proptest! {
        #[test]
        fn exponentials_are_exponentials(x in proptest::collection::vec(-86.0f64..87.0, 1..40)) {
            close(Fast::Exp, &x, libm::exp, f64::abs);
        }

        #[test]
        fn logarithms_are_logarithms(x in proptest::collection::vec(1e-30f64..1e30, 1..40)) {
            close(Fast::Ln, &x, libm::log, |y| 1.0 + y.abs());
        }

        #[test]
        fn softplus_is_softplus(x in proptest::collection::vec(-80.0f64..80.0, 1..40)) {
            let softplus = |x: f64| x.max(0.0) + libm::log1p(libm::exp(-x.abs()));
            close(Fast::Softplus, &x, softplus, |y| 1.0 + y.abs());
        }

        #[test]
        fn tanh_is_tanh(x in proptest::collection::vec(-40.0f64..40.0, 1..40)) {
            close(Fast::Tanh, &x, libm::tanh, |_| 1.0);
        }

        #[test]
        fn logarithms_of_one_and_more_are_logarithms(
            x in proptest::collection::vec(prop_oneof![0.0f64..4.0, 1e-12f64..1e-9, 1.0f64..1e30], 1..40),
        ) {
            close(Fast::LogOnePlusAny, &x, libm::log1p, f64::abs);
        }
    }

    #[test]
    fn beyond_its_range_an_exponential_stays_finite_and_positive() {
        let far = [-1e300, -1000.0, 1000.0, 1e300];
        for lanes in Arch::new().dispatch(Apply(Fast::Exp, &far)) {
            assert!(lanes.iter().all(|e| e.is_finite() && *e > 0.0));
            assert!(lanes[1] < 1e-37 && lanes[2] > 1e38);
        }
    }

    /// Functions in lanes that never fuse.
    struct Exactly<'a>(Fast, &'a [f64]);

    impl WithSimd for Exactly<'_> {
        type Output = Vec<f64>;

        #[inline(always)]
        fn with_simd<S: Simd>(self, simd: S) -> Vec<f64> {
            Apply(self.0, self.1).run::<Strict<S>>(Double(simd))
        }
    }

    proptest! {
        #[test]
        fn strict_lanes_give_the_same_bits_on_every_processor(
            x in proptest::collection::vec(prop_oneof![0.0f64..=1.0, 0.0f64..1e-9, Just(1e-300)], 1..40),
        ) {
            for function in [Fast::Exp, Fast::LogOnePlus, Fast::Softplus, Fast::Tanh] {
                let here = Arch::new().dispatch(Exactly(function, &x));
                let portable = Exactly(function, &x).with_simd(pulp::Scalar::new());
                for (here, portable) in here.iter().zip(&portable) {
                    prop_assert_eq!(here.to_bits(), portable.to_bits(), "{:?}", function);
                }
            }
            let logarithms = Arch::new().dispatch(Exactly(Fast::LogOnePlus, &x));
            for (found, x) in logarithms.iter().zip(&x) {
                let exact = libm::log1p(*x);
                prop_assert!((found - exact).abs() <= 1e-15 * exact);
            }
        }
    }
}
