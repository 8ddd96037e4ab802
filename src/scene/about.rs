//! What is to be known of a run beside its path: what its outcome depends on, and which mistakes make a difference to it.

use super::run::RunSpec;
use super::{Scene, Subject};
use crate::analysis::outcome::About;
use crate::catalog::Value;
use crate::math::norm::{Ball, Radius};
use crate::optim::edge;
use crate::optim::mistake::{Circumstances, Decay};
use crate::optim::stability::{At, Curvature};
use crate::optim::trajectory::Trajectory;
use crate::problem::Objective;

/// What the outcome of `path`, the run of `spec` on the problem of `scene` with so many examples, depends on.
#[must_use]
pub fn of(scene: &Scene, spec: &RunSpec, examples: usize, path: &Trajectory) -> About {
    let last = spec.at(path.last_step());
    About {
        steps: scene.steps.get(),
        weight_decay: last.base.get("weight_decay").unwrap_or(0.0),
        own: scene.subject.view().window,
        edge: edge_at_the_end(spec, examples, path),
    }
}

/// The curvature above which a run's step overshoots at its last weights, where it is derived and steps see all data.
fn edge_at_the_end(spec: &RunSpec, examples: usize, path: &Trajectory) -> Option<f64> {
    let last = path.last_step();
    let numbers = path.row(last)?.numbers;
    let now = spec.at(last);
    let rho = Radius::new(numbers.rho).ok()?;
    let ball = Ball { rho, ..now.ball };
    let (eta, gradient_norm) = (numbers.eta, numbers.gradient_norm);
    let at = At { eta, ball, gradient_norm, step: last - spec.base_since(last) };
    let edge = edge::of(&*now.base.build(), &*now.ascent.build(), &at)?;
    let is_derived = now.batch.is_all_of(examples) && !now.is_mistaken();
    (is_derived && edge.of == Curvature::Hessian).then_some(edge.lambda)
}

/// What decides which mistakes make a difference to a run of `spec` on the problem of `scene`.
#[must_use]
pub fn circumstances(scene: &Scene, spec: &RunSpec, objective: &dyn Objective) -> Circumstances {
    let normalises = match &scene.subject {
        Subject::Fit(fit) => {
            let normalization = fit.model.value("normalization").and_then(Value::choice);
            normalization.is_some_and(|kind| kind != "none")
        }
        Subject::Formula(_) => false,
    };
    // Of a run that changes, what it is made with where it first looks around.
    let spec = &spec.looking();
    Circumstances {
        looks_around: spec.perturbs(),
        climb: spec.ascent.build().climb(),
        sees_all: spec.batch.is_all_of(objective.examples()),
        drops_units: objective.dropout().is_some_and(|dropout| dropout.rate > 0.0),
        normalises,
        decay: Decay {
            penalty: objective.penalty(),
            decoupled: spec.base.get("weight_decay").unwrap_or(0.0),
        },
        norm: spec.ball.norm,
    }
}
