//! Basins: where each start of a grid ends.
//!
//! ```text
//! descent   w ← w − η ∇L(w)
//! SAM       w ← w − η ∇L(w + ρ ∇L(w)/‖∇L(w)‖)
//! ```
//!
//! The map that a single pair of paths is a sample of: which minimum a start belongs to, and how the borders move
//! when ρ grows. Plain descent and plain SAM with `p = 2` only, on all examples, so that thousands of starts can be
//! moved together; the paths themselves, with every base and ascent, are those of [`crate::optim`].

use std::sync::Arc;

use pulp::Arch;
use rayon::iter::{
    IndexedParallelIterator as _, IntoParallelRefMutIterator as _, ParallelIterator as _,
};
use rayon::slice::ParallelSlice as _;

use crate::math::fast::Number as _;
use crate::optim::ascent::FLAT;
use crate::problem::Objective;
pub use crate::problem::flock::Rule;
use crate::problem::grid::{Grid, Precision};

/// Where the starts of a grid are after some steps.
#[derive(Debug, Clone, PartialEq)]
pub struct Basins {
    /// The starts.
    pub grid: Grid,
    /// Where each is now, in the order of pixels. Those that diverged are not finite.
    pub ends: Vec<[f64; 2]>,
}

/// Starts on their way, advanced a few steps at a time and dropped at any moment.
pub struct BasinWork {
    objective: Arc<dyn Objective>,
    rule: Rule,
    grid: Grid,
    flocks: Vec<Flock>,
    done: usize,
}

/// Starts that are moved together: as many as stay in the nearest cache with their gradients.
const TOGETHER: usize = 512;
/// The same in `f32`, where gradients stay in registers: so many that the few that do not settle fill theirs.
const TOGETHER_SINGLE: usize = 4096;

/// Some starts, coordinate by coordinate.
#[derive(Debug, Clone)]
enum Flock {
    /// In `f32`, for objectives that move them themselves.
    Single([Vec<f32>; 2]),
    Double(Exact),
}

#[derive(Debug, Clone)]
struct Exact {
    here: [Vec<f64>; 2],
    /// `w + ε`.
    there: [Vec<f64>; 2],
    slope: [Vec<f64>; 2],
}

impl Exact {
    fn new(starts: &[[f64; 2]]) -> Self {
        let here = [0, 1].map(|k| starts.iter().map(|start| start[k]).collect::<Vec<f64>>());
        Self { there: here.clone(), slope: here.clone(), here }
    }

    fn step(&mut self, objective: &dyn Objective, rule: Rule) {
        let Self { here, there, slope } = self;
        objective.gradients(here, slope);
        if rule.rho > 0.0 {
            Arch::new().dispatch(|| look_around(here, slope, rule.rho, there));
            objective.gradients(there, slope);
        }
        Arch::new().dispatch(|| {
            for (w, slope) in std::iter::zip(here, slope) {
                for (w, slope) in std::iter::zip(w, slope) {
                    *w -= rule.eta * *slope;
                }
            }
        });
    }
}

/// `w + ρ g/‖g‖`, and `w` where the gradient is too short to have a direction.
#[inline(always)]
fn look_around(here: &[Vec<f64>; 2], slope: &[Vec<f64>; 2], rho: f64, there: &mut [Vec<f64>; 2]) {
    let [x, y] = here;
    let [slope_x, slope_y] = slope;
    let [there_x, there_y] = there;
    let places = std::iter::zip(x, y).zip(std::iter::zip(slope_x, slope_y));
    for ((there_x, there_y), ((x, y), (slope_x, slope_y))) in
        std::iter::zip(there_x, there_y).zip(places)
    {
        let length = (slope_x * slope_x + slope_y * slope_y).sqrt();
        let part = if length < FLAT { 0.0 } else { rho / length };
        *there_x = x + part * slope_x;
        *there_y = y + part * slope_y;
    }
}

impl BasinWork {
    /// Starts at the pixels of `grid`, for an objective of two weights.
    ///
    /// With [`Precision::Fast`] they are moved in `f32` where the objective can: a start that is not at a border between
    /// two basins ends where it does in `f64`, but for the last digits.
    #[must_use]
    pub fn new(
        objective: Arc<dyn Objective>,
        rule: Rule,
        grid: Grid,
        precision: Precision,
    ) -> Self {
        let mut starts = Vec::with_capacity(grid.columns * grid.rows);
        for y in (0..grid.rows).map(|row| grid.y(row)) {
            starts.extend((0..grid.columns).map(|column| [grid.x(column), y]));
        }
        let single = precision == Precision::Fast && objective.herd().is_some();
        let flock = |starts: &[[f64; 2]]| {
            if single {
                Flock::Single([0, 1].map(|k| starts.iter().map(|w| f32::rounded(w[k])).collect()))
            } else {
                Flock::Double(Exact::new(starts))
            }
        };
        let flocks =
            starts.par_chunks(if single { TOGETHER_SINGLE } else { TOGETHER }).map(flock).collect();
        Self { objective, rule, grid, flocks, done: 0 }
    }

    /// Makes `steps` more steps from every start, on all cores; false when all are made.
    pub fn advance(&mut self, steps: usize) -> bool {
        let steps = steps.min(self.rule.steps - self.done);
        let Self { objective, rule, .. } = self;
        self.flocks.par_iter_mut().with_max_len(1).for_each(|flock| {
            match (flock, objective.herd()) {
                (Flock::Single(starts), Some(herd)) => herd.drive(*rule, FLAT, steps, starts),
                (Flock::Single(_), None) => {}
                (Flock::Double(starts), _) => {
                    for _ in 0..steps {
                        starts.step(&**objective, *rule);
                    }
                }
            }
        });
        self.done += steps;
        self.done < self.rule.steps
    }

    /// How much is done, from 0 to 1.
    #[must_use]
    pub fn progress(&self) -> f64 {
        self.done as f64 / self.rule.steps.max(1) as f64
    }

    /// Where the starts are now.
    #[must_use]
    pub fn finish(self) -> Basins {
        let mut ends = Vec::with_capacity(self.grid.columns * self.grid.rows);
        for flock in &self.flocks {
            match flock {
                Flock::Single([x, y]) => {
                    ends.extend(std::iter::zip(x, y).map(|(x, y)| [x.widened(), y.widened()]));
                }
                Flock::Double(Exact { here: [x, y], .. }) => {
                    ends.extend(std::iter::zip(x, y).map(|(x, y)| [*x, *y]));
                }
            }
        }
        Basins { grid: self.grid, ends }
    }
}

impl Basins {
    /// Which of `minima` each start is nearest to, within `reach`; none for those that are elsewhere.
    #[must_use]
    pub fn homes(&self, minima: &[[f64; 2]], reach: f64) -> Vec<Option<usize>> {
        let away = |a: &[f64; 2], b: &[f64; 2]| libm::hypot(a[0] - b[0], a[1] - b[1]);
        self.ends
            .iter()
            .map(|end| {
                let homes = minima.iter().map(|minimum| away(end, minimum)).enumerate();
                homes.filter(|(_, away)| *away <= reach).min_by(|a, b| a.1.total_cmp(&b.1))
            })
            .map(|home| home.map(|(home, _)| home))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::norm::{Ball, Norm, Radius};
    use crate::optim::ascent;
    use crate::optim::run::{Run, Setup};
    use crate::problem::Formula;
    use crate::problem::grid::Window;
    use crate::problem::landscapes;
    use ndarray::array;

    fn himmelblau() -> Arc<dyn Objective> {
        Arc::new(Formula(landscapes::ALL.choose("himmelblau").unwrap().build()))
    }

    fn grid() -> Grid {
        Grid { window: Window::new([-5.0, 5.0], [-4.0, 4.0]), columns: 9, rows: 7 }
    }

    fn ends(rho: f64, stride: usize) -> Basins {
        let rule = Rule { eta: 0.003, rho, steps: 120 };
        let mut work = BasinWork::new(himmelblau(), rule, grid(), Precision::Exact);
        while work.advance(stride) {}
        work.finish()
    }

    #[test]
    fn a_start_ends_where_its_path_ends() {
        for (name, rho) in [("none", 0.0), ("sam", 0.1)] {
            let basins = ends(rho, 1000);
            for (pixel, end) in basins.ends.iter().enumerate() {
                let (column, row) = (pixel % 9, pixel / 9);
                let start = array![grid().x(column), grid().y(row)];
                let ball = Ball { norm: Norm::L2, rho: Radius::new(rho).unwrap() };
                let path = Run::to_end(Setup {
                    ascent: ascent::ALL.choose(name).unwrap(),
                    ..Setup::new(himmelblau(), start, 0.003, ball, 120)
                });
                let expected = path.end().unwrap();
                assert!((end[0] - expected[0]).abs() < 1e-9, "{name} from pixel {pixel}");
                assert!((end[1] - expected[1]).abs() < 1e-9, "{name} from pixel {pixel}");
            }
        }
    }

    #[test]
    fn starts_advanced_in_pieces_end_at_the_same_bits() {
        assert_eq!(ends(0.1, 1), ends(0.1, 50));
    }

    #[test]
    fn starts_that_settle_early_end_at_the_same_bits_as_if_watched_at_every_step() {
        // Steps of fewer than a round never take a start out.
        for (rho, steps) in [(0.0, 500), (0.1, 500), (0.1, 501), (30.0, 499)] {
            let [watched, left_alone] = [1, 1000].map(|stride| {
                let rule = Rule { eta: 0.003, rho, steps };
                let grid = Grid { columns: 40, rows: 30, ..grid() };
                let mut work = BasinWork::new(himmelblau(), rule, grid, Precision::Fast);
                while work.advance(stride) {}
                work.finish().ends.into_iter().flatten().map(f64::to_bits).collect::<Vec<_>>()
            });
            assert!(watched == left_alone, "ρ = {rho}, {steps} steps");
        }
    }

    #[test]
    fn every_corner_of_himmelblau_goes_home() {
        let minima: Vec<[f64; 2]> =
            himmelblau().known_minima().iter().map(|w| [w[0], w[1]]).collect();
        let homes = ends(0.0, 1000).homes(&minima, 0.5);
        let corners: Vec<_> = [0, 8, 54, 62].iter().map(|&pixel| homes[pixel]).collect();
        assert!(corners.iter().all(Option::is_some), "{corners:?}");
        let mut distinct = corners.clone();
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), 4);
    }
}
