//! Capture: a region around a minimum that no gradient flow leaves again.
//!
//! ```text
//! from the minimum m on every ray     ∂L/∂r > 0   as far as R(θ)
//! level                               ℓ = min over θ of L(m + R(θ))
//! captured                            r < R(θ) and L(w) < ℓ
//! ```
//!
//! Along a flow L falls, so it cannot pass the border, where L is ℓ or more; and with a slope on every ray there is no
//! other critical point inside. What enters the region therefore ends in `m` (J. `LaSalle`, 1960, "Some extensions of
//! Liapunov's second method"), and a flow needs to be followed no further. Rays are spread evenly after the Hessian at
//! `m` is made round, so that a narrow valley is seen as well as a bowl. They are samples: the region is drawn smaller
//! than they would allow, and never reaches half-way to another minimum.

use super::flow::{Bend, Point, apart, slope};
use crate::problem::Objective;

/// How many rays are sent out.
const RAYS: usize = 32;
/// The first sample lies at this part of the longest distance; from one to the next it grows by [`STRIDE`].
const FIRST: f64 = 0.02;
const STRIDE: f64 = 1.25;
/// What is used of the height that the rays allow: the rest is for what lies between them.
const CAUTION: f64 = 0.8;
/// A valley is made round up to this ratio of its curvatures.
const LEANEST: f64 = 1e-6;

/// For what rounding makes of a square.
const ROOM: f64 = 1.0 + 1e-9;

/// The region around one minimum.
#[derive(Debug, Clone, PartialEq)]
pub struct Capture {
    centre: Point,
    /// The unit directions in which the region is round, and how long a unit of `r` is along each.
    axes: [(Point, f64); 2],
    /// `R(θ)`, ray by ray.
    reach: Vec<f64>,
    /// The least of them that two neighbours allow.
    inner: f64,
    /// The square of a distance beyond which nothing is held.
    beyond: f64,
    /// `ℓ`.
    pub level: f64,
}

impl Capture {
    /// The region around the minimum `centre` of height `loss`, within `limit` of it.
    ///
    /// `bend` is the Hessian there; none at the tip of a cone.
    #[must_use]
    pub fn around(
        objective: &dyn Objective,
        centre: Point,
        loss: f64,
        bend: Option<Bend>,
        limit: f64,
    ) -> Self {
        let axes = round(bend, limit);
        let longest = axes[0].1.max(axes[1].1);
        let mut region = Self {
            centre,
            axes,
            reach: vec![0.0; RAYS],
            inner: 0.0,
            beyond: ROOM * longest * longest,
            level: loss,
        };
        region.send_rays(objective, loss);
        region
    }

    fn send_rays(&mut self, objective: &dyn Objective, loss: f64) {
        let mut level = f64::INFINITY;
        let mut open: Vec<(usize, f64)> = (0..RAYS).map(|ray| (ray, loss)).collect();
        let mut r = FIRST;
        let mut before = 0.0;
        while r <= 1.0 && !open.is_empty() {
            let last = r * STRIDE > 1.0;
            open.retain_mut(|(ray, height)| {
                let along = self.direction(*ray);
                let at = [0, 1].map(|k| self.centre[k] + r * along[k]);
                let (there, slope) = slope(objective, at);
                let rises = slope[0] * along[0] + slope[1] * along[1] > 0.0 && there > *height;
                if !rises {
                    level = level.min(*height);
                    self.reach[*ray] = before;
                    return false;
                }
                *height = there;
                self.reach[*ray] = r;
                if last {
                    level = level.min(there);
                }
                // A ray that is above the level already need not be followed any higher.
                there < level
            });
            before = r;
            r *= STRIDE;
        }
        if level.is_finite() {
            self.level = loss + CAUTION * (level - loss);
        }
        let both = |ray: usize| self.reach[ray].min(self.reach[(ray + 1) % RAYS]);
        self.inner = (0..RAYS).map(both).fold(f64::INFINITY, f64::min);
    }

    /// The displacement for `r = 1` on a ray.
    fn direction(&self, ray: usize) -> Point {
        let (sin, cos) = libm::sincos(std::f64::consts::TAU * ray as f64 / RAYS as f64);
        let [(a, unit_a), (b, unit_b)] = self.axes;
        [0, 1].map(|k| cos * unit_a * a[k] + sin * unit_b * b[k])
    }

    /// Whether the flow from `at`, where the loss is `loss`, ends in the minimum for certain.
    #[must_use]
    pub fn holds(&self, at: Point, loss: f64) -> bool {
        // Written so that a loss that is no number is held nowhere.
        let below = loss < self.level;
        if !below {
            return apart(at, self.centre) == 0.0;
        }
        let away = [at[0] - self.centre[0], at[1] - self.centre[1]];
        if away[0] * away[0] + away[1] * away[1] > self.beyond {
            return false;
        }
        let [x, y] = self.axes.map(|(axis, unit)| (away[0] * axis[0] + away[1] * axis[1]) / unit);
        let r = libm::hypot(x, y);
        if r < self.inner {
            return true;
        }
        if r >= 1.0 {
            return false;
        }
        let turn = libm::atan2(y, x) / std::f64::consts::TAU;
        let place = (turn.rem_euclid(1.0) * RAYS as f64).floor();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in 0..=RAYS")]
        let ray = place as usize % RAYS;
        r < self.reach[ray].min(self.reach[(ray + 1) % RAYS])
    }

    /// The lowest and the highest coordinates of a box that holds the region.
    pub(super) fn bounds(&self) -> [Point; 2] {
        let reach = ROOM * self.beyond.sqrt();
        [-reach, reach].map(|away| self.centre.map(|x| x + away))
    }

    /// How far the region reaches from the minimum at least, as a length.
    #[must_use]
    pub fn radius(&self) -> f64 {
        self.inner * self.axes[0].1.min(self.axes[1].1)
    }

    /// Whether `at` is so close to the minimum that no step tells them apart.
    #[must_use]
    pub fn is_centred_on(&self, at: Point, within: f64) -> bool {
        apart(at, self.centre) <= within
    }
}

/// The directions in which the loss is round, with a unit of each: the longer is `limit`.
fn round(bend: Option<Bend>, limit: f64) -> [(Point, f64); 2] {
    let Some(bend) = bend else { return [([1.0, 0.0], limit), ([0.0, 1.0], limit)] };
    let ([steep, flat], [x, y]) = bend.eigen();
    let lean = (flat / steep).max(LEANEST).sqrt();
    [([x, y], limit * lean), ([-y, x], limit)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::{Formula, landscapes};
    use proptest::prelude::*;

    fn around(id: &str, centre: Point) -> (Formula, Capture) {
        let objective = Formula(landscapes::ALL.choose(id).unwrap().build());
        let (loss, _) = slope(&objective, centre);
        let bend = Bend::at(&objective, centre);
        let region = Capture::around(&objective, centre, loss, Some(bend), 2.0);
        (objective, region)
    }

    proptest! {
        #[test]
        fn a_region_of_the_camel_holds_none_of_another_basin(x in -2.0f64..2.0, y in -1.0f64..1.0) {
            // The level of the nearest saddle bounds the basin; the region must stay below it and beside its minimum.
            let (objective, region) = around("six_hump_camel", [0.089_842_013_1, -0.712_656_403]);
            let (loss, _) = slope(&objective, [x, y]);
            if region.holds([x, y], loss) {
                prop_assert!(y < 0.0 && loss < 0.0, "({x}, {y})");
            }
        }
    }

    #[test]
    fn a_bowl_is_held_as_far_as_was_asked() {
        let (objective, region) = around("quadratic", [0.0, 0.0]);
        for (at, held) in [([0.1, 0.1], true), ([0.0, 1.0], true), ([0.0, 3.0], false)] {
            assert_eq!(region.holds(at, slope(&objective, at).0), held, "{at:?}");
        }
        assert!(!region.holds([0.0, 0.1], f64::NAN));
    }
}
