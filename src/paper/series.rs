//! Series: numbers along a run, step by step, that claims are about.

use ndarray::{Array1, ArrayView1};

use crate::analysis::directions::{angle, cosine};
use crate::analysis::worst_case::worst_case;
use crate::math::norm::{Ball, Norm, Radius};
use crate::optim::replay::Step;
use crate::optim::run::Setup;
use crate::problem::Batch;
use crate::problem::noise::Noise;

/// A step of a run, and what it is a step of.
#[derive(Clone, Copy)]
pub struct Seen<'a> {
    /// The step that leaves the weights.
    pub step: &'a Step,
    /// The run.
    pub setup: &'a Setup,
}

/// A number of a step, by the name that claims have for it.
#[derive(Clone, Copy)]
pub struct Series {
    /// Its key.
    pub id: &'static str,
    /// What it is called in a line.
    pub symbol: &'static str,
    /// What it is.
    pub about: &'static str,
    /// Its value; none where a step has none.
    value: fn(&Seen<'_>) -> Option<f64>,
}

impl std::fmt::Debug for Series {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id)
    }
}

impl PartialEq for Series {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Series {
    /// The series of this name.
    #[must_use]
    pub fn find(id: &str) -> Option<&'static Self> {
        ALL.iter().find(|series| series.id == id)
    }

    /// Its value at a step, where it has one that is finite.
    #[must_use]
    pub fn of(&self, seen: &Seen<'_>) -> Option<f64> {
        (self.value)(seen).filter(|value| value.is_finite())
    }
}

const fn series(
    id: &'static str,
    symbol: &'static str,
    about: &'static str,
    value: fn(&Seen<'_>) -> Option<f64>,
) -> Series {
    Series { id, symbol, about, value }
}

/// Every series.
pub static ALL: &[Series] = &[
    series("w0", "the first weight", "the first weight", |it| it.step.w.get(0).copied()),
    series("w1", "the second weight", "the second weight", |it| it.step.w.get(1).copied()),
    series("size0", "the size of the first weight", "the first weight without its sign", |it| {
        Some(it.step.w.get(0)?.abs())
    }),
    series("size1", "the size of the second weight", "the second one without its sign", |it| {
        Some(it.step.w.get(1)?.abs())
    }),
    series("share0", "the share of the first weight", "w₀²/(w₀² + w₁²)", |it| {
        let [x, y] = squares(it)?;
        Some(x / (x + y))
    }),
    series("balance", "the balance", "w₀² − w₁²", |it| {
        let [x, y] = squares(it)?;
        Some(x - y)
    }),
    series("norm", "‖w‖", "the length of the weights", |it| Some(length(it.step.w.view()))),
    series("distance", "the distance from the start", "‖w − w of step 0‖", |it| {
        Some(length((&it.step.w - &it.setup.start).view()))
    }),
    series("loss", "the loss", "L(w) on all data", |it| Some(it.step.numbers.loss)),
    series("gradient_norm", "‖g‖", "the length of the gradient", |it| {
        Some(it.step.numbers.gradient_norm)
    }),
    series(
        "cosine",
        "cos(g, g_s)",
        "the cosine of the angle between the gradients at w and at w + ε",
        |it| cosine(it.step.gradient.view(), there(it)?),
    ),
    series(
        "angle_g",
        "the angle of g to the worst direction",
        "the angle in degrees between g and the way to the highest point of the ball",
        |it| angle(it.step.gradient.view(), worst(it)?.view()),
    ),
    series(
        "angle_gs",
        "the angle of g_s to the worst direction",
        "the same for the gradient at w + ε",
        |it| angle(there(it)?, worst(it)?.view()),
    ),
    series(
        "gain_most",
        "the largest gain of an example",
        "‖∇ℓ(w + ε)‖/‖∇ℓ(w)‖ of the example whose gradient grows most by an ε of its own",
        |it| gains(it).into_iter().reduce(f64::max),
    ),
    series(
        "gain_least",
        "the smallest gain of an example",
        "the same of the one whose grows least",
        |it| gains(it).into_iter().reduce(f64::min),
    ),
];

fn squares(it: &Seen<'_>) -> Option<[f64; 2]> {
    let square = |k: usize| it.step.w.get(k).map(|x| x * x);
    Some([square(0)?, square(1)?])
}

fn length(v: ArrayView1<'_, f64>) -> f64 {
    Norm::L2.length(v)
}

/// The gradient at `w + ε`; none where nobody looked around.
fn there<'a>(it: &Seen<'a>) -> Option<ArrayView1<'a, f64>> {
    let looked = it.step.epsilon.iter().any(|&x| x != 0.0);
    looked.then(|| it.step.gradient_there.view())
}

/// The way to the highest point of the ball of a step.
fn worst(it: &Seen<'_>) -> Option<Array1<f64>> {
    let ball = Ball {
        norm: it.setup.in_force(it.step.step).ball.norm,
        rho: Radius::new(it.step.numbers.rho).ok()?,
    };
    Some(worst_case(&*it.setup.objective, it.step.w.view(), ball).epsilon)
}

/// By how much the gradient of each example grows by a perturbation of its own.
fn gains(it: &Seen<'_>) -> Vec<f64> {
    let objective = &*it.setup.objective;
    let ball = it.setup.in_force(it.step.step).ball;
    let gain = |example: usize| {
        let members = [example];
        let at = |w: ArrayView1<'_, f64>| {
            objective.training_pass(w, Batch::Members(&members), &Noise::none()).1
        };
        let here = at(it.step.w.view());
        let there = at((&it.step.w + &ball.steepest_ascent(here.view())).view());
        length(there.view()) / length(here.view())
    };
    (0..objective.examples()).map(gain).filter(|gain| gain.is_finite()).collect()
}
