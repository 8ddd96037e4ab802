//! The surrogate: the loss where the ascent looks, as a function of the weights that it looks from.
//!
//! ```text
//! L(w + ε(w)),     ε(w) = ρ ∇L(w)/‖∇L(w)‖   for SAM with p = 2
//! ```
//!
//! Its gradient is not the `g_s = ∇L(w + ε)` that SAM steps with, for ε moves with `w`:
//!
//! ```text
//! ∇[L(w + ε(w))] = g_s + (∂ε/∂w)ᵀ g_s,     (∂ε/∂w)ᵀ g_s = (ρ/‖g‖) ∇²L(w) (I − ĝĝᵀ) g_s   for p = 2
//! ```
//!
//! SAM drops the second term (P. Foret et al., 2021, section 2). For p = 1 and p = ∞ that costs nothing: ε̂ is the same all around
//! almost every place, and `g_s` is the surrogate's gradient there.
//!
//! The surrogate of m-SAM is the mean over its parts, each with an ε of its own; that of a random ascent is the mean of
//! `L(w + ε)` over its sphere, for that is what it descends on average.

use ndarray::{Array1, ArrayView1};

use super::{Cost, Ground, Looking, Place};
use crate::analysis::average_case::{AverageCaseWork, Bend};
use crate::problem::Objective;

pub(super) static GROUND: Ground = Ground {
    id: "surrogate",
    name: "Surrogate",
    noun: "the surrogate",
    symbol: "L(w + ε(w))",
    about: "the loss where the run's ascent looks, L(w + ε(w)): what SAM tries to descend",
    unit: "",
    source: "Foret et al. 2021",
    cost: Cost::Look,
    height,
    lacks: Looking::remembers,
};

fn height(place: &Place<'_>) -> f64 {
    if !place.looking.is_chance() {
        return place.sight().loss;
    }
    let Some(around) = place.neighbourhood() else { return f64::NAN };
    let mut work = AverageCaseWork::at(place.w, around, Bend::Unknown);
    loop {
        if let Some(mean) = work.advance(place.objective) {
            return place.here().0 + mean.value;
        }
    }
}

/// How far apart the surrogate is looked at for its slope, as a part of the size of the weights and of one.
///
/// The cube root of the precision of `f64` balances what rounding and what curvature leave of a central difference: some
/// 1e-10 of the surrogate where it is smooth.
const APART: f64 = 6e-6;

impl Looking {
    /// The slope of the surrogate at `w` along some directions, by central differences: with the derivative of ε, which SAM
    /// drops. Across a jump of ε it is large and means nothing.
    #[must_use]
    pub fn slopes_of_surrogate<const N: usize>(
        &self,
        objective: &dyn Objective,
        w: ArrayView1<'_, f64>,
        along: [&Array1<f64>; N],
    ) -> [f64; N] {
        let size = w.iter().fold(1.0_f64, |most, x| most.max(x.abs()));
        let value = |w: &Array1<f64>| GROUND.height(objective, w.view(), self);
        along.map(|way| {
            let length = way.dot(way).sqrt();
            let h = if length > 0.0 { APART * size / length } else { APART };
            (value(&(&w + &(way * h))) - value(&(&w - &(way * h)))) / (2.0 * h)
        })
    }
}
