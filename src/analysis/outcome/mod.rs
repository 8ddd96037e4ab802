//! Outcome: how a run ended, as data. Sentences, tables and goals only format it.
//!
//! It follows from the run, its problem and the problem's domain alone. Where several endings hold it is the first of
//! this table.
//!
//! ```text
//! diverged   its numbers ended before the steps that were asked for; or it left its domain for good, goes on outward,
//!            and the loss rises, or falls at a rate that does not lessen
//! stopped    η fell to a thousandth of its most, on a slope: not at a minimum, and ‖g‖ would still move it
//! saddle     its last quarter stays, no farther at its end than before, near a critical point around which the
//!            curvature is negative
//! stalled    at rest, while g does not vanish and g_SAM is a thousandth of it
//! cycle      every k-th point agrees to a thousandth of the amplitude, k = 2 … 16; without a period: the last quarter
//!            has the mean, the size and the long steps of the quarter before, and does not shrink steadily
//! rest       what is left of the way is a millionth of the size of the weights
//! drifting   on a floor of minima, or on the way to infinity at a bounded loss
//! moving     none of these
//! ```
//!
//! The *place* of a cycle is its mean over whole periods (over the last quarter without one), of everything else the
//! last point. It is *in* a basin only if its whole last period, or last tenth, flows there, and *at* the minimum only
//! if what is left of the loss is a thousandth of what it was at the start, or of a tenth of the well's depth.

use super::basins::{Basins, Lowest};
use super::flow::{Point, apart};
use super::survey::thrice;
use super::verdict::Verdict;
use crate::problem::grid::Window;

mod track;
mod signs;
mod held;
mod travel;
mod judge;
mod work;

pub use work::{About, OutcomeWork, tail};

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Ending {
    /// It left every bound.
    Diverged {
        /// Whether the loss rose or fell without bound.
        heading: Heading,
        /// The last step that was recorded.
        last: usize,
        /// Whether the numbers ended there, before the steps that were asked for.
        numbers_end: bool,
    },
    /// The learning rate fell to nothing on a slope.
    Stopped {
        /// `‖g‖` there.
        gradient_norm: f64,
    },
    /// It stays near a critical point with negative curvature.
    Saddle {
        /// The critical point.
        at: Point,
    },
    /// Its steps vanish although the gradient does not, because the gradient at the perturbed weights does.
    Stalled {
        /// `‖g‖` there.
        gradient_norm: f64,
    },
    /// It goes around for ever.
    Cycle {
        /// How many points it visits; none where no point is visited again.
        period: Option<usize>,
        /// The largest distance of one of them from their mean.
        amplitude: f64,
    },
    /// It does not move.
    Rest {
        /// Why it does not.
        why: Stillness,
    },
    /// It moves along a floor of minima or to infinity, at a bounded loss.
    Drifting {
        /// How `λ_max` at its weights changes, per step; none where it cannot be told.
        lambda_rate: Option<f64>,
        /// Whether it goes to infinity.
        away: bool,
    },
    /// It is still on its way.
    Moving,
}

/// Where the loss of a diverging run goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heading {
    /// Up, or to what is no number.
    Up,
    /// Down without bound.
    Down,
}

/// Why a run rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stillness {
    /// The gradient vanishes at a minimum.
    Minimum,
    /// Weight decay holds it where the gradient does not vanish: `g + δw = 0`.
    Decay,
    /// The ground is level, and higher than a minimum.
    Plateau,
    /// The ground is not level, and steps come to nothing: the learning rate is too small, or a mistake undoes them.
    Short,
}

/// What a basin is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    /// The narrower one of exactly two.
    Narrow,
    /// The wider one of exactly two.
    Wide,
    /// By the place of its minimum.
    Place,
    /// It is the only one.
    Only,
    /// A connected floor of minima.
    Floor,
}

/// A basin that a run was in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Basin {
    /// The minimum that is flowed to.
    pub at: Point,
    /// `λ_max` there; none at the tip of a cone.
    pub lambda: Option<f64>,
    /// What it is called.
    pub name: Name,
}

/// How close to its minimum a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// At the minimum.
    At,
    /// In its basin, and coming closer to the minimum.
    OnTheWay,
    /// In its basin, and coming no closer to the minimum.
    Inside,
    /// Neither: its last points belong to several basins, or to none.
    Between,
}

/// The basins a run was in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Travel {
    /// The basin of its start.
    pub start: Option<Basin>,
    /// The basin of its last point.
    pub end: Option<Basin>,
    /// The first step outside the start's basin.
    pub first_out: Option<usize>,
    /// The last step inside it, if it ever left.
    pub last_in: Option<usize>,
    /// In how many other basins it was; none where its way was too long to be followed.
    pub crossed: Option<usize>,
    /// How close to the minimum it is.
    pub standing: Standing,
}

/// A stretch of a run whose flow leads to one place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stay {
    /// Its first step.
    pub from: usize,
    /// `λ_max` at the minimum that is flowed to; none where there is no minimum, or none with a curvature.
    pub lambda: Option<f64>,
}

/// How a run ended and what it did on the way.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// How it ended.
    pub ending: Ending,
    /// From when the ending holds; of a diverged run the step at which it left its domain.
    pub at_step: Option<usize>,
    /// The last step that was made.
    pub steps: usize,
    /// Where it ended, for two weights.
    pub place: Option<Point>,
    /// The basins it was in, for two weights.
    pub travel: Option<Travel>,
    /// The basins it was in one after the other, for two weights.
    pub stays: Vec<Stay>,
    /// What is said of more weights.
    pub verdict: Option<Verdict>,
    /// `L` on all training data at the last row.
    pub loss: f64,
    /// The loss on the data that were set aside, there.
    pub test_loss: Option<f64>,
    /// `λ_max` there, where it is a number.
    pub lambda_max: Option<f64>,
    /// Gradients that were needed.
    pub gradients: usize,
}

/// The basin of minimum `number` among those of a formula whose own box is `own`, as outcomes tell it.
#[must_use]
pub fn basin_of_formula(basins: &Basins, own: Window, number: usize) -> Basin {
    let domain = thrice(own);
    let known = basins.minima();
    let minima: Vec<&Lowest> = known.iter().filter(|minimum| domain.contains(minimum.at)).collect();
    let Lowest { at, lambda_max, .. } = known[number];
    Basin { at, lambda: lambda_max, name: name(&minima, at) }
}

/// Curvatures with at least this ratio are called narrow and wide.
const TOLD_APART: f64 = 1.5;

/// What the basin of the minimum at `at` is called, one of those in a domain.
fn name(minima: &[&Lowest], at: Point) -> Name {
    let same = |minimum: &Lowest| apart(minimum.at, at) == 0.0;
    match minima {
        [only] if same(only) => Name::Only,
        [a, b] => {
            let [Some(first), Some(second)] = [a.lambda_max, b.lambda_max] else {
                return Name::Place;
            };
            let (sharp, broad) = if first > second { (a, b) } else { (b, a) };
            if first.max(second) < TOLD_APART * first.min(second) {
                Name::Place
            } else if same(sharp) {
                Name::Narrow
            } else if same(broad) {
                Name::Wide
            } else {
                Name::Place
            }
        }
        _ => Name::Place,
    }
}
