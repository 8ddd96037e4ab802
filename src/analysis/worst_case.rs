//! True sharpness: how far the loss rises at the worst point of the ball, not to first order but in fact.
//!
//! ```text
//! max { L(w + ε) : ‖ε‖_p ≤ ρ } − L(w)  ≥  L(w + ε̂) − L(w)        ε̂ is SAM's guess at the maximizer
//!
//!        · · ·          with two weights the rim is walked round and the inside sampled on rings;
//!      ·  ∘ ∘  ·        every sample that none of its neighbours exceeds is followed to the top
//!     ·  ∘ w ∘  ·
//!      ·  ∘ ∘  ·        with more, ε climbs from several starts, and the answer is a lower bound
//!        · · ·
//! ```
//!
//! At a minimum the proxy `ρ‖g‖_q` is zero and this is not: `½ρ²λ_max` to second order, for `p = 2`.
//!
//! Above two dimensions each round goes from ε toward the point of the ball that is highest to first order there
//! (M. Frank and P. Wolfe, 1956, "An algorithm for quadratic programming", Nav. Res. Logist. Q. 3), so that it never
//! leaves the ball of any norm; it starts at SAM's ε̂ and therefore never ends below it.

use ndarray::{Array1, ArrayView1, array};
use rand_distr::{Distribution as _, StandardNormal};

use crate::math::norm::Ball;
use crate::math::random::Streams;
use crate::problem::{Batch, Objective};

/// The worst point found in a ball.
#[derive(Debug, Clone, PartialEq)]
pub struct WorstCase {
    /// Where it is, from the weights.
    pub epsilon: Array1<f64>,
    /// `L(w + ε) − L(w)`; zero or more. Infinite where the loss is.
    pub rise: f64,
    /// What is known about it.
    pub certainty: Certainty,
}

/// What is known about a worst point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// The whole ball was searched: nothing rises higher that is wider than a few degrees of the rim.
    Searched,
    /// It was climbed to; somewhere the loss may rise higher.
    LowerBound,
}

/// The worst point of the ball around `w`, on all examples.
#[must_use]
pub fn worst_case(objective: &dyn Objective, w: ArrayView1<'_, f64>, ball: Ball) -> WorstCase {
    let search = Search { objective, w, ball, here: objective.loss(w, Batch::Whole) };
    if w.len() == 2 { search.in_the_plane() } else { search.by_climbing() }
}

/// Samples along the rim; a multiple of eight, so that the corners of square and diamond are among them.
const RIM: usize = 128;
/// Rings inside.
const RINGS: usize = 8;
/// A ring has every so many of the rim's angles.
const COARSER: usize = 4;
/// Tops that are followed on the rim. A flat loss has as many as rounding makes.
const TOPS: usize = 8;
/// A look inward from the rim, as part of the radius: at a top of the rim it tells whether the loss falls outward there.
const NEAR: f64 = 1e-4;
/// How finely a top is located, as part of the radius or of a radian: at a smooth top the loss is then exact to
/// rounding, and beside a corner to a billionth of the slope.
const FINE: f64 = 1e-9;

/// Random starts of a climb, besides SAM's and the opposite one.
const STARTS: usize = 6;
/// Rounds of a climb; on a quadratic most of the way is made in the first few.
const ROUNDS: usize = 60;
/// How often a step that does not rise is halved.
const HALVINGS: usize = 12;

struct Search<'a> {
    objective: &'a dyn Objective,
    w: ArrayView1<'a, f64>,
    ball: Ball,
    here: f64,
}

impl Search<'_> {
    /// How far the loss rises at ε; what is not a number does not rise.
    fn rise(&self, epsilon: ArrayView1<'_, f64>) -> f64 {
        let there = self.objective.loss((&self.w + &epsilon).view(), Batch::Whole);
        if there.is_nan() { f64::NEG_INFINITY } else { there - self.here }
    }

    /// SAM's guess.
    fn guess(&self) -> Array1<f64> {
        let (_, gradient) = self.objective.loss_and_gradient(self.w, Batch::Whole);
        let epsilon = self.ball.steepest_ascent(gradient.view());
        if epsilon.iter().all(|x| x.is_finite()) { epsilon } else { Array1::zeros(self.w.len()) }
    }

    fn in_the_plane(&self) -> WorstCase {
        let guess = self.guess();
        let mut best = ([0.0, 0.0], 0.0);
        let mut offer = |at: [f64; 2], rise: f64| {
            if rise > best.1 {
                best = (at, rise);
            }
        };
        offer([guess[0], guess[1]], self.rise(guess.view()));
        if !self.ball.rho.is_zero() {
            let rim: Vec<f64> = (0..RIM).map(|k| self.rise_at(self.rim(angle(k)))).collect();
            for k in tops(&rim) {
                offer(self.rim(angle(k)), rim[k]);
                let around = [k as f64 - 1.0, k as f64 + 1.0].map(|k| k * angle(1));
                let at = self.rim(highest(around, |angle| self.rise_at(self.rim(angle))));
                let rise = self.rise_at(at);
                offer(at, rise);
                // Between the last ring and the rim there is a top that no ring has seen.
                if self.rise_at(at.map(|x| x * (1.0 - NEAR))) > rise {
                    let at = self.climb_inside(at);
                    offer(at, self.rise_at(at));
                }
            }
            for at in self.tops_inside(&rim) {
                let at = self.climb_inside(at);
                offer(at, self.rise_at(at));
            }
        }
        let (at, rise) = best;
        WorstCase { epsilon: array![at[0], at[1]], rise, certainty: Certainty::Searched }
    }

    /// The point of the rim in a direction.
    fn rim(&self, angle: f64) -> [f64; 2] {
        let (y, x) = libm::sincos(angle);
        let reach = self.ball.rho.get() / self.ball.norm.length(ArrayView1::from(&[x, y]));
        [reach * x, reach * y]
    }

    fn rise_at(&self, at: [f64; 2]) -> f64 {
        self.rise(ArrayView1::from(&at))
    }

    /// Samples inside the ball that no neighbour exceeds, neither on their ring nor on the next.
    fn tops_inside(&self, rim: &[f64]) -> Vec<[f64; 2]> {
        let spokes = RIM / COARSER;
        let place = |ring: usize, spoke: usize| {
            let part = ring as f64 / RINGS as f64;
            self.rim(angle(spoke * COARSER)).map(|x| part * x)
        };
        let mut rings: Vec<Vec<f64>> = vec![vec![0.0; spokes]];
        for ring in 1..RINGS {
            rings.push((0..spokes).map(|spoke| self.rise_at(place(ring, spoke))).collect());
        }
        rings.push(rim.iter().copied().step_by(COARSER).collect());
        let mut found = Vec::new();
        for ring in 1..RINGS {
            for spoke in 0..spokes {
                let here = rings[ring][spoke];
                let beside = [spoke + spokes - 1, spoke, spoke + 1].map(|spoke| spoke % spokes);
                let exceeded = rings[ring - 1..=ring + 1]
                    .iter()
                    .any(|ring| beside.iter().any(|&spoke| ring[spoke] > here));
                if here > 0.0 && !exceeded {
                    found.push(place(ring, spoke));
                }
            }
        }
        found
    }

    /// Goes to the highest of the four points around, and looks closer when none is higher.
    fn climb_inside(&self, start: [f64; 2]) -> [f64; 2] {
        let rho = self.ball.rho.get();
        let (mut at, mut rise) = (start, self.rise_at(start));
        let mut step = rho / RINGS as f64;
        while step > FINE * rho {
            let around = [[step, 0.0], [-step, 0.0], [0.0, step], [0.0, -step]];
            let next = around
                .map(|[x, y]| [at[0] + x, at[1] + y])
                .into_iter()
                .filter(|next| self.ball.norm.length(ArrayView1::from(next)) <= rho)
                .map(|next| (next, self.rise_at(next)))
                .max_by(|a, b| a.1.total_cmp(&b.1));
            match next {
                Some((next, higher)) if higher > rise => (at, rise) = (next, higher),
                _ => step /= 2.0,
            }
        }
        at
    }

    fn by_climbing(&self) -> WorstCase {
        let guess = self.guess();
        let mut dice = Streams::new(0).directions();
        let opposite = -&guess;
        let mut starts = vec![guess, opposite];
        for _ in 0..STARTS {
            let direction: Array1<f64> =
                self.w.iter().map(|_| StandardNormal.sample(&mut dice)).collect();
            starts.push(self.ball.steepest_ascent(direction.view()));
        }
        let nowhere = (Array1::zeros(self.w.len()), 0.0);
        let (epsilon, rise) = starts
            .into_iter()
            .map(|start| self.climb(start))
            .fold(nowhere, |best, found| if found.1 > best.1 { found } else { best });
        WorstCase { epsilon, rise, certainty: Certainty::LowerBound }
    }

    /// Goes toward the point that is highest to first order, as far as the loss rises on the way.
    fn climb(&self, start: Array1<f64>) -> (Array1<f64>, f64) {
        let (mut at, mut rise) = (start.clone(), self.rise(start.view()));
        for _ in 0..ROUNDS {
            let there = &self.w + &at;
            let (_, gradient) = self.objective.loss_and_gradient(there.view(), Batch::Whole);
            if !gradient.iter().all(|g| g.is_finite()) {
                break;
            }
            let way = self.ball.steepest_ascent(gradient.view()) - &at;
            let higher = std::iter::successors(Some(1.0), |part: &f64| Some(part / 2.0))
                .take(HALVINGS)
                .map(|part| &at + &(&way * part))
                .map(|next| (self.rise(next.view()), next))
                .find(|(higher, _)| *higher > rise);
            match higher {
                Some((higher, next)) => (at, rise) = (next, higher),
                None => break,
            }
        }
        (at, rise)
    }
}

/// The angle of a sample on the rim.
fn angle(k: usize) -> f64 {
    std::f64::consts::TAU * k as f64 / RIM as f64
}

/// The places on a circle of numbers that neither neighbour exceeds, highest first, the best few.
fn tops(circle: &[f64]) -> Vec<usize> {
    let count = circle.len();
    let mut tops: Vec<usize> = (0..count)
        .filter(|&k| {
            circle[k] >= circle[(k + count - 1) % count] && circle[k] >= circle[(k + 1) % count]
        })
        .collect();
    tops.sort_by(|&a, &b| circle[b].total_cmp(&circle[a]));
    tops.truncate(TOPS);
    tops
}

/// The place of the highest value in an interval with one top, by golden section (J. Kiefer, 1953, "Sequential minimax
/// search for a maximum", Proc. Amer. Math. Soc. 4).
fn highest([mut low, mut high]: [f64; 2], value: impl Fn(f64) -> f64) -> f64 {
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    let inner = |low: f64, high: f64| [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
    let mut at = inner(low, high);
    let mut found = at.map(&value);
    while high - low > FINE {
        if found[0] > found[1] {
            high = at[1];
            at = [inner(low, high)[0], at[0]];
            found = [value(at[0]), found[0]];
        } else {
            low = at[0];
            at = [at[1], inner(low, high)[1]];
            found = [found[1], value(at[1])];
        }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::norm::{Norm, Radius};
    use crate::problem::Formula;
    use crate::problem::landscapes::{self, Landscape};
    use ndarray::Array2;
    use proptest::prelude::*;

    fn ball(p: f64, rho: f64) -> Ball {
        Ball { norm: Norm::new(p).unwrap(), rho: Radius::new(rho).unwrap() }
    }

    fn formula(id: &str) -> Formula {
        Formula(landscapes::ALL.choose(id).unwrap().build())
    }

    /// `½ Σ λ_i x_i²`, in any number of dimensions.
    struct Bowl(Vec<f64>);

    impl Objective for Bowl {
        fn dimension(&self) -> usize {
            self.0.len()
        }

        fn weight_names(&self) -> Vec<String> {
            self.0.iter().map(|lambda| lambda.to_string()).collect()
        }

        fn examples(&self) -> usize {
            0
        }

        fn loss(&self, w: ArrayView1<'_, f64>, _: Batch<'_>) -> f64 {
            w.iter().zip(&self.0).map(|(x, lambda)| 0.5 * lambda * x * x).sum()
        }

        fn loss_and_gradient(&self, w: ArrayView1<'_, f64>, _: Batch<'_>) -> (f64, Array1<f64>) {
            let gradient = w.iter().zip(&self.0).map(|(x, lambda)| lambda * x).collect();
            (self.loss(w, Batch::Whole), gradient)
        }

        fn hessian(&self, _: ArrayView1<'_, f64>) -> Array2<f64> {
            Array2::from_diag(&Array1::from(self.0.clone()))
        }
    }

    proptest! {
        #[test]
        fn at_the_minimum_of_a_quadratic_it_is_known(
            l1 in 0.1f64..50.0, l2 in 0.1f64..50.0, angle in 0.0f64..180.0, rho in 0.001f64..2.0,
        ) {
            let bowl = landscapes::ALL.choose("quadratic").unwrap()
                .with("curvature1", l1).unwrap().with("curvature2", l2).unwrap();
            let turned = Formula(bowl.clone().with("angle", angle).unwrap().build());
            let straight = Formula(bowl.build());
            let at = |objective: &Formula, p: f64| {
                worst_case(objective, array![0.0, 0.0].view(), ball(p, rho)).rise
            };
            let half = 0.5 * rho * rho;
            for (found, expected) in [
                (at(&turned, 2.0), half * l1.max(l2)),
                (at(&straight, 1.0), half * l1.max(l2)),
                (at(&straight, f64::INFINITY), half * (l1 + l2)),
            ] {
                prop_assert!((found - expected).abs() <= 1e-9 * expected, "{found} for {expected}");
            }
        }

        #[test]
        fn no_point_of_the_ball_is_worse_and_the_point_found_lies_in_it(
            p in prop_oneof![Just(1.0), Just(1.05), Just(1.5), Just(2.0), Just(7.0), Just(f64::INFINITY)],
            id in prop_oneof![Just("rosenbrock"), Just("himmelblau"), Just("beale"), Just("factorization")],
            w in (-1.5f64..1.5, -1.5f64..1.5),
            rho in 0.01f64..0.6,
            others in proptest::collection::vec((0.0f64..1.0, 0.0f64..7.0), 40),
        ) {
            let objective = formula(id);
            let (w, ball) = (array![w.0, w.1], ball(p, rho));
            let found = worst_case(&objective, w.view(), ball);
            prop_assert!(ball.norm.length(found.epsilon.view()) <= rho * (1.0 + 1e-12));
            let loss = |w: &Array1<f64>| objective.loss(w.view(), Batch::Whole);
            let rise = loss(&(&w + &found.epsilon)) - loss(&w);
            prop_assert!((rise - found.rise).abs() < 1e-12 * (1.0 + loss(&w)));
            for (part, angle) in others {
                let direction = array![libm::cos(angle), libm::sin(angle)];
                let epsilon = &direction * (part * rho / ball.norm.length(direction.view()));
                let other = loss(&(&w + &epsilon)) - loss(&w);
                prop_assert!(other <= found.rise * (1.0 + 1e-6) + 1e-12 * (1.0 + loss(&w)));
            }
        }

        #[test]
        fn it_is_never_below_the_gap_that_sam_sees(
            p in prop_oneof![Just(1.0), Just(1.5), Just(2.0), Just(f64::INFINITY)],
            lambdas in proptest::collection::vec(-3.0f64..9.0, 1..6),
            w in proptest::collection::vec(-2.0f64..2.0, 6),
            rho in 0.0f64..1.0,
        ) {
            let w = Array1::from(w[..lambdas.len()].to_vec());
            let (bowl, ball) = (Bowl(lambdas), ball(p, rho));
            let (here, gradient) = bowl.loss_and_gradient(w.view(), Batch::Whole);
            let there = &w + &ball.steepest_ascent(gradient.view());
            let gap = bowl.loss(there.view(), Batch::Whole) - here;
            let found = worst_case(&bowl, w.view(), ball);
            prop_assert!(found.rise >= gap && found.rise >= 0.0);
            prop_assert!(ball.norm.length(found.epsilon.view()) <= rho * (1.0 + 1e-12));
        }
    }

    #[test]
    fn many_weights_climb_to_the_sharpest_axis() {
        let bowl = Bowl(vec![1.0, 7.0, 3.0, 0.5, 2.0]);
        let found = worst_case(&bowl, Array1::zeros(5).view(), ball(2.0, 0.1));
        assert_eq!(found.certainty, Certainty::LowerBound);
        assert!((found.rise - 0.5 * 0.01 * 7.0).abs() < 1e-6 * found.rise, "{}", found.rise);
    }

    #[test]
    fn a_peak_inside_the_ball_is_found() {
        struct Hill;
        impl Landscape for Hill {
            fn value(&self, x: f64, y: f64) -> f64 {
                libm::exp(-40.0 * ((x - 0.2) * (x - 0.2) + (y - 0.1) * (y - 0.1)))
            }

            fn gradient(&self, x: f64, y: f64) -> [f64; 2] {
                let slope = -80.0 * self.value(x, y);
                [slope * (x - 0.2), slope * (y - 0.1)]
            }

            fn hessian(&self, _: f64, _: f64) -> [[f64; 2]; 2] {
                [[0.0; 2]; 2]
            }

            fn minima(&self) -> Vec<[f64; 2]> {
                Vec::new()
            }

            fn view(&self) -> landscapes::View {
                formula("quadratic").0.view()
            }
        }
        let hill = Formula(Box::new(Hill));
        for p in [1.0, 2.0, f64::INFINITY] {
            let found = worst_case(&hill, array![0.0, 0.0].view(), ball(p, 0.9));
            assert!((found.rise - (1.0 - Hill.value(0.0, 0.0))).abs() < 1e-9);
            assert!((found.epsilon[0] - 0.2).abs() < 1e-6);
        }
    }

    #[test]
    fn a_top_between_the_last_ring_and_the_rim_is_found() {
        let himmelblau = formula("himmelblau");
        let w = array![-0.722_485_105_957_799, -1.146_266_259_679_277_6];
        let found = worst_case(&himmelblau, w.view(), ball(7.0, 0.488_871_642_460_276_6));
        // The hill between its four valleys.
        let hill = himmelblau.loss(array![-0.270_845, -0.923_039].view(), Batch::Whole);
        let there = &w + &found.epsilon;
        assert!((himmelblau.loss(there.view(), Batch::Whole) - hill).abs() < 1e-6, "{there}");
    }

    #[test]
    fn a_ball_that_is_a_point_does_not_rise() {
        let found = worst_case(&formula("rosenbrock"), array![0.3, 0.4].view(), ball(2.0, 0.0));
        assert_eq!((found.epsilon, found.rise), (array![0.0, 0.0], 0.0));
    }
}
