//! Binary cross-entropy: the surprise, in nats, at the class that was right.
//!
//! ```text
//! ℓ(z, t) = ln(1 + eᶻ) − t z,    ℓ′ = σ(z) − t,    ℓ″ = σ(z) σ(−z),    σ(z) = 1/(1 + e⁻ᶻ)
//! ```
//!
//! `z` is the log-odds of class 1 and `t` is 0 or 1 (anything between is a soft label).
//! D. Cox (1958), "The regression analysis of binary sequences", J. R. Stat. Soc. B 20(2).
//!
//! Only `e^{−|z|}` is ever computed, so nothing overflows, and `σ(z) − t` is written `(1 − t) σ(z) − t σ(−z)`: for
//! `t = 1` and a large `z` the printed form would subtract two numbers that are equal to the last digit.

use ndarray::ArrayView1;
use pulp::Simd;

use super::{Loss, linear};
use crate::catalog::{Build, Entry};
use crate::math::fast::{Lanes, Several, Strict};
use crate::math::odds::unlikely;
use crate::problem::affine::Affine;
use crate::problem::datasets::Task;
use crate::problem::examples::Examples;
use crate::problem::flock::Herd;
use crate::problem::grid::Tile;
use crate::problem::lanes;
use crate::problem::pairs::{Fit, Pairs};
use crate::problem::tally::Tally;

pub(super) static ENTRY: Entry<dyn Loss> = Entry {
    id: "cross_entropy",
    name: "Cross-entropy",
    formula: "ln(1 + eᶻ) − t z",
    source: "Cox 1958",
    about: "What logistic regression minimises; confident mistakes cost in proportion.",
    settings: &[],
    build: Build::Sure(|_| Box::new(CrossEntropy)),
};

pub(super) struct CrossEntropy;

/// No tail is less than the exponential of this: what is subnormal in `f32` takes a processor a hundred times as long.
const LEAST: f64 = -80.0;

/// Factors between one and two whose product is in the range of `f32`.
const FACTORS: usize = 100;

/// `σ(z)` and `σ(−z)`, both to full relative accuracy, from `z` and `e^{−|z|}`.
fn yes_and_no(z: f64, small: f64) -> (f64, f64) {
    let (likely, unlikely) = (1.0 / (1.0 + small), small / (1.0 + small));
    if z >= 0.0 { (likely, unlikely) } else { (unlikely, likely) }
}

impl Loss for CrossEntropy {
    fn task(&self) -> Task {
        Task::Classification
    }

    fn value_and_slope(&self, z: f64, t: f64) -> (f64, f64) {
        let small = libm::exp(-z.abs());
        let (yes, no) = yes_and_no(z, small);
        let tail = libm::log1p(small);
        ((z.max(0.0) - t * z) + tail, (1.0 - t) * yes - t * no)
    }

    fn is_analytic(&self) -> bool {
        true
    }

    fn curvature(&self, z: f64, _: f64) -> f64 {
        let (yes, no) = yes_and_no(z, libm::exp(-z.abs()));
        yes * no
    }

    fn sum_and_slopes(&self, z: &mut [f64], targets: &[f64]) -> f64 {
        lanes::sum_and_slopes(self, z, targets)
    }

    fn sum(&self, z: &[f64], targets: &[f64]) -> f64 {
        lanes::sum(self, z, targets)
    }

    fn learn_linear(
        &self,
        w: ArrayView1<'_, f64>,
        examples: &Examples,
        gradient: &mut [f64],
    ) -> f64 {
        linear::learn(self, w, examples, gradient)
    }

    fn sum_at_pixel(&self, z: Several<'_>, targets: Several<'_>) -> f64 {
        lanes::sum_at_pixel(self, z, targets)
    }

    fn herd<'a>(&'a self, pairs: &'a Pairs) -> Option<Box<dyn Herd + 'a>> {
        Some(Box::new(Fit { curve: self, pairs }))
    }

    fn field(&self, predictions: &Affine<'_>, tile: &mut Tile<'_>) {
        predictions.mean_log_loss(tile);
    }
}

impl lanes::Curve for CrossEntropy {
    #[inline(always)]
    fn value_and_slope<L: Lanes>(&self, l: L, z: L::Pack, t: L::Pack) -> (L::Pack, L::Pack) {
        let (zero, one) = (l.number(0.0), l.number(1.0));
        let small = l.exp(l.max(l.sub(zero, l.abs(z)), l.number(LEAST)));
        let level = l.sub(l.max(z, zero), l.mul(t, z));
        let likely = l.div(one, l.add(one, small));
        let unlikely = l.mul(small, likely);
        let yes = l.where_positive(z, likely, unlikely);
        let no = l.where_positive(z, unlikely, likely);
        let slope = l.sub(l.mul(l.sub(one, t), yes), l.mul(t, no));
        (l.add(level, l.log_one_plus(small)), slope)
    }

    #[inline(always)]
    fn tally<S: Simd, const N: usize, const M: usize>(
        &self,
        l: Strict<S>,
        z: [S::f64s; N],
        t: [S::f64s; N],
        tally: &mut [Tally<S>; M],
    ) -> [S::f64s; N] {
        let (zero, one) = (l.number(0.0), l.number(1.0));
        let unlikely = unlikely(l, z);
        let mut slopes = z;
        for k in 0..N {
            tally[k % M].add_tail(l, unlikely[k]);
            // σ(z) − t without the tail: of a right answer nothing is left, so that the tail keeps its digits.
            let stark = l.sub(l.where_positive(z[k], one, zero), t[k]);
            tally[k % M].add(l, l.mul(stark, z[k]));
            let tail = l.where_positive(z[k], unlikely[k], l.sub(zero, unlikely[k]));
            slopes[k] = l.sub(stark, tail);
        }
        slopes
    }

    /// `Σ ln(1 + x_i) = ln(1 + q)` with `1 + q = Π (1 + x_i)`: one logarithm for many examples, and `q` keeps the digits
    /// of the smallest `x`.
    #[inline(always)]
    fn sum<L: Lanes>(&self, l: L, z: &[L::Pack], targets: &[L::Pack]) -> L::Pack {
        let (zero, one) = (l.number(0.0), l.number(1.0));
        let mut sum = zero;
        for (z, targets) in std::iter::zip(z.chunks(FACTORS), targets.chunks(FACTORS)) {
            let mut q = zero;
            for (z, t) in std::iter::zip(z, targets) {
                let x = l.exp(l.sub(zero, l.abs(*z)));
                sum = l.add(sum, l.sub(l.max(*z, zero), l.mul(*t, *z)));
                q = l.mul_add(q, l.add(one, x), x);
            }
            sum = l.add(sum, l.log_one_plus_any(q));
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_confident_right_answer_costs_its_tiny_tail() {
        let (value, slope) = CrossEntropy.value_and_slope(50.0, 1.0);
        let tail = (-50.0f64).exp();
        assert!((value / tail - 1.0).abs() < 1e-12, "{value}");
        assert!((slope / -tail - 1.0).abs() < 1e-12, "{slope}");
    }

    #[test]
    fn a_confident_wrong_answer_costs_its_log_odds() {
        for (z, t) in [(-800.0, 1.0), (800.0, 0.0)] {
            let (value, slope) = CrossEntropy.value_and_slope(z, t);
            assert!((value - 800.0).abs() < 1e-9);
            assert!((slope.abs() - 1.0).abs() < 1e-15);
        }
    }
}
