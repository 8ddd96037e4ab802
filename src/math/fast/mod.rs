//! Exponentials and logarithms for fields: several numbers at a time, nearly exact, the same on every run.
//!
//! ```text
//! exp x = 2ⁿ · exp r,          n = round(x / ln 2),    |r| ≤ ½ ln 2,     exp r by its Taylor polynomial
//! ln x  = n ln 2 + ln m,       x = 2ⁿ m,               ½√2 ≤ m < √2,     ln m = 2 artanh((m − 1)/(m + 1))
//! sin x = ±sin r,              n = round(x/π),         |r| ≤ ½ π,         sin r by its Taylor polynomial
//! ```
//!
//! A kernel is written once, for any [`Lanes`]: `f32` or `f64`, as many as the processor's registers hold, found out
//! when the program runs. Results may differ in their last digits from one kind of processor to another, since some
//! fuse a product and a sum into one rounding: good enough for pictures. [`Strict`] lanes never fuse: they give the same
//! bits everywhere, and may be used for trajectories.

use std::f64::consts::LOG2_E;
use std::hint::black_box;

mod arithmetic;
mod number;
mod wave;
mod single;
mod double;

pub use double::{Double, Strict};
pub use number::{Number, Several};
pub use single::Single;

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
    /// `exp x` of several packs; the largest or smallest power of two beyond the range, never infinity or zero.
    ///
    /// Each operation is made of all of them before the next is: none waits for its own predecessor.
    fn exps<const N: usize>(self, x: [Self::Pack; N]) -> [Self::Pack; N];
    /// `(m, n)` with `x = 2ⁿ m` and `1 ≤ m < 2`, for a positive normal number.
    fn split(self, x: Self::Pack) -> (Self::Pack, Self::Pack);
    /// `(p, q)` with `2ˣ = p/q`, both positive, for `|x| ≤` [`Lanes::FLAT`]: with `n = round(x)` and `r = x − n` they are
    /// `2ⁿ (d + r c)` and `d − r c`, where `r c/d` is `tanh(½ r ln 2)`.
    fn power_of_two(self, x: Self::Pack) -> (Self::Pack, Self::Pack);
    /// `2 artanh s = ln((1 + s)/(1 − s))` for `|s| ≤ 0.18`.
    fn twice_artanh(self, s: Self::Pack) -> Self::Pack;
    /// `(sin x, cos x)`, to the rounding of 1 and of `x`, for `|x| ≤ 10 000`; far beyond they are neither.
    fn sin_cos(self, x: Self::Pack) -> (Self::Pack, Self::Pack);

    /// `f` of each number, one after the other: for what is asked for too rarely to be written for lanes.
    #[inline(always)]
    fn each(self, x: Self::Pack, f: impl Fn(f64) -> f64) -> Self::Pack {
        let mut numbers = [Self::Number::rounded(0.0); WIDEST];
        Self::packs_mut(&mut numbers)[0] = x;
        for number in &mut numbers[..Self::COUNT] {
            *number = Self::Number::rounded(f(number.widened()));
        }
        Self::packs(&numbers)[0]
    }

    /// `exp x`, as [`Lanes::exps`].
    #[inline(always)]
    fn exp(self, x: Self::Pack) -> Self::Pack {
        let [e] = self.exps([x]);
        e
    }

    /// One number, wherever it came from, in every lane.
    #[inline(always)]
    fn number(self, x: f64) -> Self::Pack {
        self.splat(Self::Number::rounded(x))
    }

    /// A number that was rounded before, in every lane.
    #[inline(always)]
    fn single(self, x: f32) -> Self::Pack {
        self.splat(Self::Number::of_single(x))
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

    /// The same of several packs, step by step of all of them.
    #[inline(always)]
    fn polynomials<const M: usize>(
        self,
        x: [Self::Pack; M],
        coefficients: &[f64],
    ) -> [Self::Pack; M] {
        let mut sums = [self.number(0.0); M];
        let Some((first, others)) = coefficients.split_first() else { return sums };
        sums = [self.number(*first); M];
        // A compiler that knows how many there are makes one pack after the other, each step waiting for the last. One pack
        // alone waits in any case.
        let others = if M == 1 { others } else { black_box(others) };
        for c in others {
            let c = self.number(*c);
            for k in 0..M {
                sums[k] = self.mul_add(sums[k], x[k], c);
            }
        }
        sums
    }
}

/// The widest registers hold so many numbers.
const WIDEST: usize = 16;

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
mod tests;
