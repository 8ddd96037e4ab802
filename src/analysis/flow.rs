//! Gradient flow: the path `w(t)` of steepest descent with steps of no length, and where it leads.
//!
//! ```text
//! ẇ = −∇L(w)
//!
//! M K₁ = −g(w)                                    M = 2/h + ∇²L(w)
//! M K₂ = −g(w) + 4/h K₁
//! M K₃ = −g(w + 2K₁) + 1/h (K₁ − K₂)
//! M K₄ = −g(w + 2K₁ + K₃) + 1/h (K₁ − K₂ − 8/3 K₃)
//! w ← w + 2K₁ + K₃ + K₄,      error ≈ K₄
//! ```
//!
//! This is RODAS3, a Rosenbrock method of order three (A. Sandu et al., 1997, "Benchmarking stiff ODE solvers for
//! atmospheric chemistry problems II: Rosenbrock solvers", Atmos. Environ. 31). It is L-stable: a valley whose walls are
//! a thousand times steeper than its floor costs no more steps than its bends ask for. For two weights the systems are
//! solved in closed form.
//!
//! Beside the path it follows how far apart two neighbouring paths drift: across the flow a small distance grows like
//! `exp(−∫ nᵀ∇²L n dt)`, `n ⟂ g`. A path that passes close to a saddle has a large growth, and only there do small
//! errors decide where it ends.

use crate::math::eigen::{symmetric_2x2, symmetric_2x2_values};
use crate::problem::Objective;

/// A point of a two-weight problem.
pub type Point = [f64; 2];

/// Steps are never cut or stretched by more than these factors.
const CHANGE: [f64; 2] = [0.2, 5.0];
/// What a step of the right length would leave of the tolerance: below one, so that few steps are repeated.
const CAUTION: f64 = 0.8;
/// How often a step is shortened before the flow is said to be stuck: five to this power exceeds every `f64`.
const ATTEMPTS: usize = 440;
/// With `h λ_min` below this a step would end where the matrix `M` has no inverse.
const LONGEST_ON_A_RIDGE: f64 = -1.0;
/// Gradients this part of the longest step apart tell the curvature to six digits.
const DIFFERENCE: f64 = 1e-6;
/// A loss that rises by this part of its size did so by rounding only.
const ROUNDING: f64 = 1e-13;

/// The curvature of a two-weight loss at a point: its Hessian `[[xx, xy], [xy, yy]]`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bend {
    /// `∂²L/∂x²`.
    pub xx: f64,
    /// `∂²L/∂x∂y`.
    pub xy: f64,
    /// `∂²L/∂y²`.
    pub yy: f64,
}

impl Bend {
    /// The Hessian of `objective` on all data at `at`.
    #[must_use]
    pub fn at(objective: &dyn Objective, at: Point) -> Self {
        let [[xx, xy], [_, yy]] = objective.hessian_at(at);
        Self { xx, xy, yy }
    }

    /// The Hessian for the purposes of a flow: from two more gradients where examples make the exact one dear.
    fn near(objective: &dyn Objective, at: Point, slope: Point, unit: f64) -> Self {
        if objective.examples() == 0 {
            return Self::at(objective, at);
        }
        let ahead = |k: usize| {
            let mut there = at;
            there[k] += unit;
            let (_, g) = self::slope(objective, there);
            [0, 1].map(|i| (g[i] - slope[i]) / (there[k] - at[k]))
        };
        let [[xx, yx], [xy, yy]] = [ahead(0), ahead(1)];
        Self { xx, xy: f64::midpoint(xy, yx), yy }
    }

    /// Its eigenvalues, largest first, and the unit eigenvector of the largest.
    #[must_use]
    pub fn eigen(self) -> ([f64; 2], Point) {
        symmetric_2x2(self.xx, self.xy, self.yy)
    }

    /// Its eigenvalues alone, largest first: half the work.
    #[must_use]
    pub fn curvatures(self) -> [f64; 2] {
        symmetric_2x2_values(self.xx, self.xy, self.yy)
    }

    /// `nᵀ H n`.
    fn along(self, [x, y]: Point) -> f64 {
        self.xx * x * x + 2.0 * self.xy * x * y + self.yy * y * y
    }

    /// The solution `k` of `(shift + H) k = right`.
    fn solve(self, shift: f64, right: Point) -> Point {
        let (a, b, d) = (self.xx + shift, self.xy, self.yy + shift);
        let determinant = a * d - b * b;
        [(d * right[0] - b * right[1]) / determinant, (a * right[1] - b * right[0]) / determinant]
    }

    /// Newton's step `H⁻¹ g`, which may be infinite.
    #[must_use]
    pub fn newton(self, slope: Point) -> Point {
        self.solve(0.0, slope)
    }
}

/// `L(w)` and `∇L(w)` on all data.
#[must_use]
pub fn slope(objective: &dyn Objective, at: Point) -> (f64, Point) {
    objective.loss_and_slope(at)
}

/// The length of `v`.
#[must_use]
pub fn length(v: Point) -> f64 {
    libm::hypot(v[0], v[1])
}

/// The distance of two points.
#[must_use]
pub fn apart(a: Point, b: Point) -> f64 {
    length([a[0] - b[0], a[1] - b[1]])
}

/// How exactly and how boldly a flow is followed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Care {
    /// The error of one step, a length.
    pub tolerance: f64,
    /// The longest step, a length.
    pub stride: f64,
}

/// A gradient flow under way.
pub struct Flow<'a> {
    objective: &'a dyn Objective,
    /// How exactly it is followed.
    pub care: Care,
    /// Where it is.
    pub at: Point,
    /// `L` there.
    pub loss: f64,
    /// `∇L` there.
    pub slope: Point,
    /// `∇²L` there.
    pub bend: Bend,
    /// Its eigenvalues, largest first.
    pub curvatures: [f64; 2],
    /// How many steps were tried so far: what the flow has cost.
    pub tried: usize,
    /// The step in time that is tried next.
    h: f64,
    /// `−∫ nᵀ∇²L n dt` so far, the least it was, and the most it rose from a least one.
    drift: f64,
    least: f64,
    most: f64,
}

impl<'a> Flow<'a> {
    /// The flow of a two-weight `objective` from `start`; none where the loss is not finite.
    #[must_use]
    pub fn new(objective: &'a dyn Objective, start: Point, care: Care) -> Option<Self> {
        let (loss, slope) = slope(objective, start);
        let finite = loss.is_finite() && slope.iter().all(|x| x.is_finite());
        finite.then(|| {
            let bend = Bend::near(objective, start, slope, DIFFERENCE * care.stride);
            let h = first_step(slope, bend, care);
            Self {
                objective,
                care,
                at: start,
                loss,
                slope,
                bend,
                curvatures: bend.curvatures(),
                tried: 0,
                h,
                drift: 0.0,
                least: 0.0,
                most: 0.0,
            }
        })
    }

    /// The largest factor by which a small distance across the path grew between two of its points: one or more.
    #[must_use]
    pub fn growth(&self) -> f64 {
        libm::exp(self.most)
    }

    /// The logarithm of how much a small distance across the path has grown since its start; negative where it shrank.
    #[must_use]
    pub fn drift(&self) -> f64 {
        self.drift
    }

    /// How far from here no flow goes the other way: half the way to the critical point that Newton's method sees where the
    /// loss bends down, as beside a saddle that the path has come from; infinite where it bends up.
    #[must_use]
    pub fn room(&self) -> f64 {
        if length(self.slope) == 0.0 {
            return 0.0;
        }
        let [_, lowest] = self.curvatures;
        let way = 0.5 * length(self.bend.newton(self.slope));
        if lowest < 0.0 && way.is_finite() { way } else { f64::INFINITY }
    }

    /// The largest growth of the whole path where its rest is known: by how much [`Flow::drift`] still rises from here,
    /// and from any later point.
    #[must_use]
    pub fn growth_on(&self, [from_here, from_later]: [f64; 2]) -> f64 {
        libm::exp(self.most.max(self.drift - self.least + from_here).max(from_later))
    }

    /// Makes one step of the length that the tolerance allows; false where the flow cannot move any further.
    pub fn advance(&mut self) -> bool {
        if length(self.slope) == 0.0 {
            return false;
        }
        let [_, lowest] = self.curvatures;
        for _ in 0..ATTEMPTS {
            let ridge = self.h * lowest < LONGEST_ON_A_RIDGE;
            if ridge {
                self.h = LONGEST_ON_A_RIDGE / lowest;
            }
            self.tried += 1;
            if let Some((at, error)) = self.attempt(self.h) {
                let way = apart(at, self.at);
                // The estimate is of order two, the step of order three.
                let wish = CAUTION * (self.care.tolerance / error).cbrt();
                if error <= self.care.tolerance && way <= self.care.stride {
                    let (loss, slope) = slope(self.objective, at);
                    if loss <= self.loss + ROUNDING * self.loss.abs() && finite(slope) {
                        if way == 0.0 {
                            return false;
                        }
                        self.arrive(at, loss, slope);
                        let room = CHANGE[1].min(self.care.stride / way);
                        self.h *= wish.clamp(CHANGE[0], room.max(CHANGE[0]));
                        return self.h.is_finite();
                    }
                    self.h *= CHANGE[0];
                } else {
                    let short = wish.min(CAUTION * self.care.stride / way);
                    // A number that is none shortens like the worst one.
                    self.h *= if short > CHANGE[0] { short.min(CAUTION) } else { CHANGE[0] };
                }
            } else {
                self.h *= CHANGE[0];
            }
            if self.h == 0.0 {
                return false;
            }
        }
        false
    }

    fn arrive(&mut self, at: Point, loss: f64, slope: Point) {
        let across = |bend: Bend, slope: Point| {
            let size = length(slope);
            if size > 0.0 { bend.along([-slope[1] / size, slope[0] / size]) } else { 0.0 }
        };
        let before = across(self.bend, self.slope);
        let unit = DIFFERENCE * self.care.stride;
        self.bend = Bend::near(self.objective, at, slope, unit);
        self.curvatures = self.bend.curvatures();
        let after = across(self.bend, slope);
        self.drift -= 0.5 * self.h * (before + after);
        self.least = self.least.min(self.drift);
        self.most = self.most.max(self.drift - self.least);
        (self.at, self.loss, self.slope) = (at, loss, slope);
    }

    /// Where a step of `h` leads, and its error; none when that is not a number.
    fn attempt(&self, h: f64) -> Option<(Point, f64)> {
        let g = |at: Point| slope(self.objective, at).1;
        let solve = |right: Point| self.bend.solve(2.0 / h, right);
        let w = self.at;
        let g0 = self.slope;
        let k1 = solve([-g0[0], -g0[1]]);
        let k2 = solve([0, 1].map(|i| -g0[i] + 4.0 / h * k1[i]));
        let there = g([0, 1].map(|i| w[i] + 2.0 * k1[i]));
        let k3 = solve([0, 1].map(|i| -there[i] + (k1[i] - k2[i]) / h));
        let near = [0, 1].map(|i| w[i] + 2.0 * k1[i] + k3[i]);
        let there = g(near);
        let k4 = solve([0, 1].map(|i| -there[i] + (k1[i] - k2[i] - 8.0 / 3.0 * k3[i]) / h));
        let at = [0, 1].map(|i| near[i] + k4[i]);
        let error = length(k4);
        (finite(at) && error.is_finite()).then_some((at, error))
    }
}

fn finite(v: Point) -> bool {
    v.iter().all(|x| x.is_finite())
}

/// A step in time that leads about a tenth of the longest stride away, or as far as the curvature allows.
fn first_step(slope: Point, bend: Bend, care: Care) -> f64 {
    let [highest, lowest] = bend.curvatures();
    let steepest = highest.abs().max(lowest.abs());
    let by_slope = 0.1 * care.stride / length(slope).max(f64::MIN_POSITIVE);
    let by_bend = 0.1 / steepest.max(f64::MIN_POSITIVE);
    by_slope.min(by_bend).min(f64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::{Formula, landscapes};

    const CARE: Care = Care { tolerance: 1e-7, stride: 0.1 };

    fn landscape(id: &str) -> Formula {
        Formula(landscapes::ALL.choose(id).unwrap().build())
    }

    /// Follows the flow for so long that it rests.
    fn end(id: &str, start: Point) -> Point {
        let objective = landscape(id);
        let mut flow = Flow::new(&objective, start, CARE).unwrap();
        for _ in 0..2000 {
            if !flow.advance() || length(flow.slope) < 1e-9 {
                break;
            }
        }
        flow.at
    }

    #[test]
    fn on_the_quadratic_it_ends_in_the_minimum() {
        assert!(length(end("quadratic", [0.7, -0.9])) < 1e-8);
    }

    #[test]
    fn it_keeps_what_the_factorization_conserves() {
        // u² − v² is constant along the flow, so the end is known in closed form.
        let [u, v] = end("factorization", [3.0, 0.2]);
        assert!((u * v - 1.0).abs() < 1e-8);
        assert!((u * u - v * v - (9.0 - 0.04)).abs() < 1e-4, "{u} {v}");
    }

    #[test]
    fn it_follows_the_bent_valley_to_its_minimum() {
        assert!(apart(end("rosenbrock", [-1.2, 1.0]), [1.0, 1.0]) < 1e-6);
    }

    #[test]
    fn neighbours_part_where_their_hyperbola_passes_the_saddle() {
        // Paths are the hyperbolas xy = c, which lie δc/√(x² + y²) from each other: most at x = y, by 1/√(2c).
        let objective = landscape("saddle");
        let mut flow = Flow::new(&objective, [1.0, 1e-4], CARE).unwrap();
        while flow.at[1] < 1.0 && flow.advance() {}
        let most = 1.0 / f64::sqrt(2e-4);
        assert!((flow.growth() / most - 1.0).abs() < 0.02, "{} against {most}", flow.growth());
    }

    #[test]
    fn on_level_ground_it_does_not_move() {
        let objective = landscape("two_wells");
        let mut flow = Flow::new(&objective, [60.0, 60.0], CARE).unwrap();
        assert!(!flow.advance());
    }
}
