//! Sine and cosine, together because they share their work.
//!
//! ```text
//! n = round(x/π),   r = x − n π,   |r| ≤ ½ π
//! sin x = (−1)ⁿ sin r,   cos x = (−1)ⁿ cos r,   each by its Taylor polynomial
//! ```
//!
//! π is subtracted in three parts, the first two so short that `n` times them is exact (W. Cody and W. Waite, 1980,
//! "Software manual for the elementary functions", Prentice-Hall; the parts are four times those of S. Moshier's Cephes).

use std::f64::consts::FRAC_1_PI;

use super::Lanes;

/// How an angle is brought near to zero in numbers of one kind, and the polynomials there.
pub(super) struct Wave<const N: usize> {
    /// Adding this and taking it away again rounds to a whole number.
    pub(super) whole: f64,
    /// π in three parts.
    pub(super) pi: [f64; 3],
    /// `sin r / r` and `cos r` as polynomials in `r²`.
    pub(super) sine: [f64; N],
    pub(super) cosine: [f64; N],
}

/// That of `f32`: its rest is below 10⁻⁸.
pub(super) const SINGLE: Wave<7> = Wave {
    whole: 12_582_912.0, // 1.5 · 2²³
    pi: [3.140_625, 9.675_025_939_941_406e-4, 1.509_957_990_978_376_4e-7],
    sine: taylor(1),
    cosine: taylor(0),
};

/// That of `f64`: its rest is below 10⁻¹⁷.
pub(super) const DOUBLE: Wave<13> = Wave {
    whole: 6_755_399_441_055_744.0, // 1.5 · 2⁵²
    pi: [3.141_592_502_593_994, 1.509_957_883_172_319_3e-7, 1.078_060_571_631_623_8e-14],
    sine: taylor(1),
    cosine: taylor(0),
};

/// `(−1)ᵏ/(2k + odd)!` for `k = N − 1, … 0`.
const fn taylor<const N: usize>(odd: usize) -> [f64; N] {
    let mut coefficients = [0.0; N];
    let (mut k, mut term) = (0, 1.0);
    while k < N {
        coefficients[N - 1 - k] = term;
        term /= -(((2 * k + odd + 1) * (2 * k + odd + 2)) as f64);
        k += 1;
    }
    coefficients
}

/// `(sin x, cos x)`.
#[inline(always)]
pub(super) fn sin_cos<L: Lanes, const N: usize>(
    l: L,
    x: L::Pack,
    wave: &Wave<N>,
) -> (L::Pack, L::Pack) {
    let whole = l.number(wave.whole);
    let n = l.sub(l.mul_add(x, l.number(FRAC_1_PI), whole), whole);
    let mut r = x;
    for part in wave.pi {
        r = l.sub_product(n, l.number(part), r);
    }
    // What is left of n beside an even number is −1, 0 or 1.
    let even = l.sub(l.mul_add(n, l.number(0.5), whole), whole);
    let odd = l.abs(l.sub_product(even, l.number(2.0), n));
    let sign = l.sub_product(odd, l.number(2.0), l.number(1.0));
    let square = l.mul(r, r);
    let sine = l.mul(l.mul(r, sign), l.polynomial(square, wave.sine));
    (sine, l.mul(sign, l.polynomial(square, wave.cosine)))
}
