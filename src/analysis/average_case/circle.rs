//! The mean over the boundary with two weights: an integral over the angle, with the cone measure's density.
//!
//! ```text
//! p = 2    u = ρ (cos θ, sin θ), uniform in θ: the trapezoidal rule
//! else     u = ρ (1, t)/‖(1, t)‖_p and its seven mirror images, 0 ≤ t ≤ 1, density ½ u₁² dt: the area of the cone over it
//!          t = 1/(1 + e^(−π sinh s)),  the trapezoidal rule in s: tanh-sinh quadrature
//! ```
//!
//! For p = 1 and ∞ that is an integral along the edges of the diamond and the square, whose corners are ends. For p
//! between, t^p has no Taylor series at t = 0 and falls off within 1/p of t = 1 for large p; tanh-sinh quadrature is
//! made for both: H. Takahasi and M. Mori (1974), "Double exponential formulas for numerical integration", Publ. RIMS 9.
//! The step is halved, and the old nodes are used again, until two rules agree.

use ndarray::{Array1, array};

use super::Around;
use crate::analysis::estimate::Estimate;
use crate::math::norm::Norm;

/// Relative to the mean, two rules that differ by less agree: two digits more than anyone is shown.
const AGREED: f64 = 1e-8;
/// Relative to the largest loss seen, a difference this small is rounding.
const ROUNDING: f64 = 1e-14;
/// How often the step is halved at most; on a loss with a kink the rules may never agree, and the difference is said.
const HALVINGS: u32 = 8;
/// Nodes in a quarter of the circle to begin with.
const ANGLES: usize = 8;
/// `s` runs from −END to END: beyond, `e^(−π sinh s)` is below rounding.
const END: f64 = 3.1;
/// Steps in `s` to begin with.
const STEPS: usize = 12;

/// A mean over the boundary, one node with all its mirror images a piece.
pub(super) struct Circle {
    norm: Norm,
    /// How often the step has been halved.
    halved: u32,
    /// The node that is next, of those of this step that are new.
    next: usize,
    /// Sums over all nodes: of the density, and of density times rise.
    weight: f64,
    sum: f64,
    /// The largest size of a loss at a node.
    largest: f64,
    /// The mean of the rule before.
    before: Option<f64>,
}

impl Circle {
    /// The mean over the sphere of a norm.
    pub(super) fn of(norm: Norm) -> Self {
        Self { norm, halved: 0, next: 0, weight: 0.0, sum: 0.0, largest: 0.0, before: None }
    }

    /// One more node; the mean when two rules agree.
    pub(super) fn advance(&mut self, around: &Around<'_>) -> Option<Estimate> {
        let intervals = self.first_intervals() << self.halved;
        // After the first rule every other node is known.
        let (node, nodes) = if self.halved == 0 {
            (self.next, self.nodes(intervals))
        } else {
            (2 * self.next + 1, intervals / 2)
        };
        self.take(node as f64 / intervals as f64, around);
        self.next += 1;
        if self.next < nodes {
            return None;
        }
        self.next = 0;
        self.halved += 1;
        let mean = self.sum / self.weight;
        let off = self.before.map(|before| (mean - before).abs());
        self.before = Some(mean);
        let off = off?;
        if !mean.is_finite() || off <= AGREED * mean.abs() + ROUNDING * self.largest {
            return Some(Estimate::known(mean));
        }
        (self.halved > HALVINGS).then_some(Estimate { value: mean, error: Some(off) })
    }

    fn first_intervals(&self) -> usize {
        if self.norm == Norm::L2 { ANGLES } else { STEPS }
    }

    /// Nodes of a rule with so many intervals: a circle has no end.
    fn nodes(&self, intervals: usize) -> usize {
        if self.norm == Norm::L2 { intervals } else { intervals + 1 }
    }

    /// Takes in the node at a part of the way, with all its mirror images.
    fn take(&mut self, part: f64, around: &Around<'_>) {
        if self.norm == Norm::L2 {
            let (y, x) = libm::sincos(std::f64::consts::FRAC_PI_2 * part);
            self.add(1.0, &[[x, y], [-y, x]], around);
        } else {
            let s = END * (2.0 * part - 1.0);
            let grown = libm::exp(std::f64::consts::PI * libm::sinh(s));
            let [t, rest] = [grown / (1.0 + grown), 1.0 / (1.0 + grown)];
            let x = 1.0 / self.norm.length(array![1.0, t].view());
            let density = x * x * t * rest * libm::cosh(s);
            let y = x * t;
            self.add(density, &[[x, y], [y, x], [-y, x], [-x, y]], around);
        }
    }

    /// Takes in some points of the unit sphere, and their opposites.
    fn add(&mut self, density: f64, points: &[[f64; 2]], around: &Around<'_>) {
        let rho = around.neighbourhood.unit().rho.get();
        for [x, y] in points {
            let u: Array1<f64> = array![rho * x, rho * y];
            let rise = around.rise_of_pair(&around.neighbourhood.stretch(u));
            self.largest = self.largest.max((rise + around.here).abs()).max(around.here.abs());
            self.weight += density;
            self.sum += density * rise;
        }
    }
}
