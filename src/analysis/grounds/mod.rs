//! Grounds: what the map of a run may show the height of.
//!
//! | id | height at `w` |
//! |---|---|
//! | `loss` | `L(w)` |
//! | `penalised` | `L(w) + ρ‖T∇L(w)‖_q`, the maximum of the linearised loss over the neighbourhood |
//! | `surrogate` | `L(w + ε(w))`, the loss where the run's ascent looks |
//! | `worst` | `max L(w + ε)` over the neighbourhood |
//! | `angle` | the angle between `∇L(w)` and `∇L(w + ε(w))`, in degrees |
//!
//! All are on all data, and but for the first all are of one run: of the ascent and the ball that it first looks around
//! with, as at its first step, without memory of others. A classic mistake of the run plays no part in them. With more than two weights
//! ε is of the whole space, not of the plane of the map.
//!
//! Where `∇L = 0` there is no way up: ε = 0, and `penalised` and `surrogate` are the loss. Where the loss has a kink its
//! gradient is what the run itself would take. A height that is no finite number leaves its pixel blank.

use std::cell::OnceCell;

use ndarray::{Array1, ArrayView1};

use crate::catalog::Choice;
use crate::math::norm::Ball;
use crate::math::random::Streams;
use crate::optim::ascent::{Ascent, Here, Oracle, Sight};
use crate::optim::neighbourhood::Neighbourhood;
use crate::problem::noise::Noise;
use crate::problem::{Batch, Objective};

mod loss;
mod penalised;
mod surrogate;
mod worst;
mod angle;
#[cfg(test)]
mod tests;

/// Something that the map of a run may show the height of.
#[derive(Debug)]
pub struct Ground {
    /// Its name in files and on the command line.
    pub id: &'static str,
    /// Its name in a menu.
    pub name: &'static str,
    /// What it is called in the middle of a sentence.
    pub noun: &'static str,
    /// Its formula, short enough for a legend.
    pub symbol: &'static str,
    /// What it is, for a tooltip.
    pub about: &'static str,
    /// What its heights are measured in: empty for those of a loss.
    pub unit: &'static str,
    /// Where it was published; "—" for folklore.
    pub source: &'static str,
    /// How finely it is drawn.
    pub cost: Cost,
    height: fn(&Place<'_>) -> f64,
    lacks: fn(&Looking) -> Option<&'static str>,
}

/// What a pixel costs, which decides how fine a map of them is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cost {
    /// One look around.
    Look,
    /// A search of the neighbourhood.
    Search,
}

/// Grounds are told apart by their names.
impl PartialEq for Ground {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// Every ground, in the order of a menu; the loss is the first.
pub static ALL: &[&Ground] =
    &[&loss::GROUND, &penalised::GROUND, &surrogate::GROUND, &worst::GROUND, &angle::GROUND];

/// The loss itself.
#[must_use]
pub fn loss() -> &'static Ground {
    &loss::GROUND
}

/// The ground called `id`.
#[must_use]
pub fn find(id: &str) -> Option<&'static Ground> {
    ALL.iter().copied().find(|ground| ground.id == id)
}

impl Ground {
    /// Whether it is the loss itself, whoever looks.
    #[must_use]
    pub fn is_the_loss(&self) -> bool {
        *self == loss::GROUND
    }

    /// Why there is none for those who look so, where there is none: "unnormalised SAM has no ball".
    #[must_use]
    pub fn lacks(&self, looking: &Looking) -> Option<&'static str> {
        (self.lacks)(looking)
    }

    /// The height at `w` for those who look so; NaN where there is none.
    #[must_use]
    pub fn height(
        &self,
        objective: &dyn Objective,
        w: ArrayView1<'_, f64>,
        looking: &Looking,
    ) -> f64 {
        if self.lacks(looking).is_some() {
            return f64::NAN;
        }
        (self.height)(&Place::of(objective, w, looking))
    }

    /// The one after it in the menu; the first after the last.
    #[must_use]
    pub fn next(&self) -> &'static Self {
        let place = ALL.iter().position(|other| *other == self).map_or(0, |place| place + 1);
        ALL[place % ALL.len()]
    }
}

/// How a run looks around: its ascent, and norm and radius.
#[derive(Debug, Clone, PartialEq)]
pub struct Looking {
    /// The ascent.
    pub ascent: Choice<dyn Ascent>,
    /// Norm and radius ρ.
    pub ball: Ball,
}

impl Looking {
    /// The neighbourhood of `w` that it chooses from; none where neither norm nor radius bound its ε.
    #[must_use]
    pub fn neighbourhood(&self, w: ArrayView1<'_, f64>) -> Option<Neighbourhood> {
        self.ascent.build().neighbourhood(w, self.ball)
    }

    /// How many gradients it takes to look around at `w`, the one there included.
    #[must_use]
    pub fn price(&self, objective: &dyn Objective, w: ArrayView1<'_, f64>) -> usize {
        1 + Place::of(objective, w, self).look().1
    }

    /// Why a place alone tells no ε: it follows what was seen at the steps before, and nothing of the place.
    fn remembers(&self) -> Option<&'static str> {
        let direction = self.ascent.build().cell().map(|cell| cell.direction);
        (direction == Some("momentum")).then_some("its ε is against the momentum of steps before")
    }

    /// Whether its ε is chance, on a sphere.
    fn is_chance(&self) -> bool {
        self.neighbourhood(ArrayView1::from(&[])).is_some_and(|around| around.is_sphere())
    }

    /// `∇L(w)`, and the gradient `g_s` that it sees from there: `∇L(w + ε(w))` for most ascents. On all data, as at a first step.
    #[must_use]
    pub fn gradients(&self, objective: &dyn Objective, w: ArrayView1<'_, f64>) -> [Array1<f64>; 2] {
        let place = Place::of(objective, w, self);
        [place.here().1.clone(), place.sight().gradient.clone()]
    }
}

/// A place that is looked at, and what is known of it so far.
struct Place<'a> {
    objective: &'a dyn Objective,
    w: ArrayView1<'a, f64>,
    looking: &'a Looking,
    here: OnceCell<(f64, Array1<f64>)>,
    sight: OnceCell<Sight>,
}

impl<'a> Place<'a> {
    fn of(objective: &'a dyn Objective, w: ArrayView1<'a, f64>, looking: &'a Looking) -> Self {
        Self { objective, w, looking, here: OnceCell::new(), sight: OnceCell::new() }
    }

    /// `L(w)` and `∇L(w)`.
    fn here(&self) -> &(f64, Array1<f64>) {
        self.here.get_or_init(|| self.objective.loss_and_gradient(self.w, Batch::Whole))
    }

    /// What the ascent makes of it at a first step.
    fn sight(&self) -> &Sight {
        self.sight.get_or_init(|| self.look().0)
    }

    /// The same, with the number of gradients that it took.
    fn look(&self) -> (Sight, usize) {
        let (loss, gradient) = self.here();
        let (w, ball) = (self.w, self.looking.ball);
        let here = Here { step: 0, w, loss: *loss, gradient: gradient.view(), ball };
        if ball.rho.is_zero() {
            return (here.plain(), 0);
        }
        let noise = Noise::none();
        // The same dice at every place: what they show is then a function of the place.
        let mut stream = Streams::new(0).ascent();
        let mut oracle = Oracle::new(self.objective, Batch::Whole, &noise, &mut stream);
        let sight = self.looking.ascent.build().look(&here, &mut oracle);
        (sight, oracle.gradients())
    }

    fn neighbourhood(&self) -> Option<Neighbourhood> {
        self.looking.neighbourhood(self.w)
    }
}
