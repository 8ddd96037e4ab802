//! Planes through weight space, for problems with more than two weights.
//!
//! A slice is a pure function of the problem and the runs. It names its two directions and says what it is, and
//! where it could not be what it was asked to be, it says that too.

use ndarray::{Array1, ArrayView1};

use crate::catalog::{Catalog, Choice};
use crate::math::random::Streams;
use crate::optim::trajectory::Trajectory;
use crate::problem::Objective;
use crate::problem::grid::Plane;

mod three_points;
mod principal;
mod axes;
mod random;
mod eigenvectors;

/// A way to lay a plane through weight space.
pub trait Slice: Send + Sync {
    /// The work of laying it, not begun.
    fn begin(&self) -> Box<dyn Work>;

    /// Whether the plane depends on the step shown.
    fn follows_the_step(&self) -> bool {
        false
    }

    /// The plane at once.
    fn cut(&self, ground: &Ground<'_>) -> Cut {
        let mut work = self.begin();
        loop {
            if let Some(cut) = work.advance(ground) {
                return cut;
            }
        }
    }
}

/// A plane being laid, in pieces short enough that it can be dropped for another at any moment.
pub trait Work: Send {
    /// One more piece, on the same ground every time; the plane when it was the last.
    fn advance(&mut self, ground: &Ground<'_>) -> Option<Cut>;
}

/// What a slice is cut through.
pub struct Ground<'a> {
    /// What is minimised.
    pub objective: &'a dyn Objective,
    /// The first weights of the first run.
    pub start: ArrayView1<'a, f64>,
    /// The runs, in order.
    pub runs: &'a [Trajectory],
    /// What each is called in words about the plane: "SGD".
    pub names: &'a [String],
    /// The step shown.
    pub step: usize,
    /// Where random directions come from.
    pub streams: Streams,
}

/// A plane with words about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Cut {
    /// The plane.
    pub plane: Plane,
    /// What its two directions are.
    pub axes: [String; 2],
    /// What it is: "through the start and both ends".
    pub about: String,
    /// Where it could not be that, what it is instead; empty otherwise.
    pub note: String,
    /// How far one should see from the origin at least, in the plane's coordinates.
    pub reach: f64,
}

/// Every slice, in the order of the menu.
///
/// The first is the default: in the plane through the start and both ends the three heights that matter are true
/// losses, and neither end is a shadow; the principal plane holds more of the way, but usually neither end.
pub static ALL: Catalog<dyn Slice> = Catalog {
    family: "slice",
    entries: &[
        &three_points::ENTRY,
        &principal::ENTRY,
        &axes::ENTRY,
        &random::ENTRY,
        &eigenvectors::ENTRY,
    ],
};

/// The slice that a scene has unless it says otherwise.
#[must_use]
pub fn default() -> Choice<dyn Slice> {
    Choice::new(ALL.entries[0])
}

/// A run counts as long as its loss stays below so many times the first one: beyond, it is lost.
const LOST: f64 = 10.0;
/// And as long as it stays within so many lengths of the start: a bounded loss never says that a run is lost.
const AWAY: f64 = 1e4;

impl<'a> Ground<'a> {
    /// The weights of a run as long as it is not lost.
    pub fn kept(&self, run: &'a Trajectory) -> impl Iterator<Item = ArrayView1<'a, f64>> + use<'a> {
        let bound = run.row(0).map_or(0.0, |row| LOST * row.numbers.loss.abs() + 1.0);
        let size = |w: ArrayView1<'_, f64>| w.iter().fold(0.0f64, |most, x| most.max(x.abs()));
        let far = AWAY * (1.0 + size(self.start));
        run.iter()
            .take_while(move |row| row.numbers.loss.abs() <= bound && size(row.w) <= far)
            .map(|row| row.w)
    }

    /// The weights of all runs as long as they are not lost.
    pub fn kept_of_all(&self) -> impl Iterator<Item = ArrayView1<'a, f64>> + use<'a, '_> {
        self.runs.iter().flat_map(|run| self.kept(run))
    }

    /// The last run: the one that planes around a single run are laid around.
    #[must_use]
    pub fn last_run(&self) -> Option<&'a Trajectory> {
        self.runs.last()
    }

    /// Where the last run ends; the start where there is none.
    #[must_use]
    pub fn last_end(&self) -> Array1<f64> {
        self.last_run().map_or_else(|| self.start.to_owned(), |run| self.end(run))
    }

    /// What the last run is called.
    fn last_name(&self) -> &'a str {
        self.name(self.runs.len().saturating_sub(1))
    }

    /// What run `k` is called.
    fn name(&self, k: usize) -> &'a str {
        self.names.get(k).map_or("the run", String::as_str)
    }

    /// Where a run ends, or where it gets lost.
    #[must_use]
    pub fn end(&self, run: &'a Trajectory) -> Array1<f64> {
        self.kept(run).last().unwrap_or(self.start).to_owned()
    }
}

/// A direction below this part of its length is what rounding left of nothing.
const NOTHING: f64 = 1e-9;

/// An orthonormal frame that grows by directions that are not in it yet (Gram–Schmidt, twice over).
#[derive(Default)]
struct Frame {
    directions: Vec<Array1<f64>>,
}

impl Frame {
    /// Takes in what is new about `direction`; false when nothing is.
    fn admit(&mut self, direction: &Array1<f64>) -> bool {
        let length = direction.dot(direction).sqrt();
        let Some(rest) = self.rest(direction) else { return false };
        let new = rest.dot(&rest).sqrt();
        // Asked this way round, a length that is no number is nothing new either.
        let is_new = new > NOTHING * length;
        if !is_new {
            return false;
        }
        self.directions.push(rest / new);
        true
    }

    /// The part of `direction` that is at right angles to the frame; none where there is no such direction.
    fn rest(&self, direction: &Array1<f64>) -> Option<Array1<f64>> {
        let mut rest = direction.clone();
        for _ in 0..2 {
            for known in &self.directions {
                let share = known.dot(&rest);
                rest.scaled_add(-share, known);
            }
        }
        rest.iter().all(|x| x.is_finite()).then_some(rest)
    }

    /// Takes in the first weight that is not in it yet; says which.
    fn admit_a_weight(&mut self, dimension: usize) -> Option<usize> {
        (0..dimension).find(|&k| {
            let mut direction = Array1::zeros(dimension);
            direction[k] = 1.0;
            self.admit(&direction)
        })
    }

    /// Takes in weights until there are two directions; says what the filled ones are called.
    fn fill_up(&mut self, objective: &dyn Objective) -> Vec<String> {
        let names = objective.weight_names();
        let mut filled = Vec::new();
        while self.directions.len() < 2 {
            let Some(k) = self.admit_a_weight(objective.dimension()) else { break };
            filled.push(names.get(k).cloned().unwrap_or_default());
        }
        filled
    }

    /// The plane through `origin`; a direction that is missing is zero.
    fn plane(self, origin: Array1<f64>) -> Plane {
        let none = Array1::zeros(origin.len());
        let mut directions = self.directions.into_iter();
        let along = directions.next().unwrap_or_else(|| none.clone());
        let across = directions.next().unwrap_or(none);
        Plane { origin, along, across }
    }
}

#[cfg(test)]
mod tests;
