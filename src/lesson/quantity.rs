//! The numbers that goals and claims are about: of a run's settings, of its outcome, and of the step shown.

use super::evidence::Evidence;
use crate::analysis::flow::apart;
use crate::analysis::outcome::{Ending, Standing};

/// A number of a run, by the name that lessons have for it.
#[derive(Clone, Copy)]
pub struct Quantity {
    /// Its key.
    pub id: &'static str,
    /// What it is, for the list of keys.
    pub about: &'static str,
    /// What it is called in a sentence.
    pub symbol: &'static str,
    /// Whether it is set, rather than found.
    pub is_setting: bool,
    value: fn(&Evidence<'_>, usize) -> Option<f64>,
}

impl std::fmt::Debug for Quantity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id)
    }
}

impl PartialEq for Quantity {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Quantity {
    /// The quantity of this name.
    #[must_use]
    pub fn find(id: &str) -> Option<Self> {
        ALL.iter().copied().find(|quantity| quantity.id == id)
    }

    /// Its value of run `place`, where it has one.
    #[must_use]
    pub fn of(&self, evidence: &Evidence<'_>, place: usize) -> Option<f64> {
        (self.value)(evidence, place).filter(|value| !value.is_nan())
    }
}

const fn set(
    id: &'static str,
    symbol: &'static str,
    about: &'static str,
    value: fn(&Evidence<'_>, usize) -> Option<f64>,
) -> Quantity {
    Quantity { id, about, symbol, is_setting: true, value }
}

const fn found(
    id: &'static str,
    symbol: &'static str,
    about: &'static str,
    value: fn(&Evidence<'_>, usize) -> Option<f64>,
) -> Quantity {
    Quantity { id, about, symbol, is_setting: false, value }
}

/// Every quantity.
pub static ALL: &[Quantity] = &[
    set("rho", "ρ", "the radius ρ of the run", |it, run| Some(it.spec(run).ball.rho.get())),
    set("eta", "η", "the learning rate η of the run", |it, run| Some(it.spec(run).eta.get())),
    set("p", "p", "the exponent of the run's norm", |it, run| Some(it.spec(run).ball.norm.p())),
    set(
        "start0",
        "the first weight at the start",
        "the first weight of the run's start",
        |it, run| it.start(run).first().copied(),
    ),
    set("start1", "the second weight at the start", "the second weight of it", |it, run| {
        it.start(run).get(1).copied()
    }),
    set("steps", "the number of steps", "how many steps are asked for", |it, _| {
        Some(it.steps() as f64)
    }),
    found("loss", "the last loss", "the loss on all training data at the last step", |it, run| {
        Some(it.outcome(run)?.loss)
    }),
    found("test_loss", "the last test loss", "the loss on the data set aside, there", |it, run| {
        it.outcome(run)?.test_loss
    }),
    found("lambda_max", "the last λ_max", "the largest curvature at the last step", |it, run| {
        it.outcome(run)?.lambda_max
    }),
    found(
        "lambda_minimum",
        "λ_max at the minimum",
        "λ_max at the minimum whose basin it ended in",
        |it, run| it.outcome(run)?.travel?.end?.lambda,
    ),
    found(
        "lambda_start",
        "λ_max at the first minimum",
        "λ_max at the minimum whose basin it began in",
        |it, run| it.outcome(run)?.travel?.start?.lambda,
    ),
    found(
        "amplitude",
        "the amplitude",
        "how far a run that rattles goes from its mean",
        |it, run| match it.outcome(run)?.ending {
            Ending::Cycle { amplitude, .. } => Some(amplitude),
            _ => None,
        },
    ),
    found(
        "period",
        "the period",
        "how many points a run that rattles visits in turn",
        |it, run| match it.outcome(run)?.ending {
            Ending::Cycle { period, .. } => period.map(|period| period as f64),
            _ => None,
        },
    ),
    found("at_step", "the step", "the step from which on its ending holds", |it, run| {
        it.outcome(run)?.at_step.map(|step| step as f64)
    }),
    found(
        "first_out",
        "the first step outside",
        "the first step outside of the basin it began in",
        |it, run| it.outcome(run)?.travel?.first_out.map(|step| step as f64),
    ),
    found(
        "left_at",
        "the step at which it left",
        "the step after the last one in the basin it began in",
        |it, run| it.outcome(run)?.travel?.last_in.map(|step| step as f64 + 1.0),
    ),
    found("gradients", "the number of gradients", "how many gradients it needed", |it, run| {
        Some(it.outcome(run)?.gradients as f64)
    }),
    found("place0", "the first weight", "the first weight of where it ended", |it, run| {
        Some(it.outcome(run)?.place?[0])
    }),
    found("place1", "the second weight", "the second weight of where it ended", |it, run| {
        Some(it.outcome(run)?.place?[1])
    }),
    found(
        "size0",
        "the size of the first weight",
        "the size of the first weight there",
        |it, run| Some(it.outcome(run)?.place?[0].abs()),
    ),
    found("size1", "the size of the second weight", "the size of the second one", |it, run| {
        Some(it.outcome(run)?.place?[1].abs())
    }),
    found("reach", "‖w‖", "how far from the origin it ended", |it, run| {
        let [x, y] = it.outcome(run)?.place?;
        Some(x.hypot(y))
    }),
    found("loss_here", "the loss", "the loss at the step shown", |it, run| {
        Some(it.row(run)?.numbers.loss)
    }),
    found("gradient_norm", "‖g‖", "the length of the gradient at the step shown", |it, run| {
        Some(it.row(run)?.numbers.gradient_norm)
    }),
    found(
        "gradient_there",
        "‖g_SAM‖",
        "the length of the gradient at w + ε, at the step shown",
        |it, run| {
            let gradient = &it.step(run)?.gradient_there;
            Some(gradient.dot(gradient).sqrt())
        },
    ),
    found("gap", "the SAM gap", "L(w + ε) − L(w) at the step shown", |it, run| {
        Some(it.row(run)?.numbers.gap())
    }),
    found(
        "proxy",
        "ρ‖g‖_q",
        "the rise that is promised to first order, at the step shown",
        |it, run| Some(it.row(run)?.numbers.proxy),
    ),
    found(
        "epsilon_parts",
        "the number of components of ε",
        "how many components of ε are not zero, at the step shown",
        |it, run| Some(it.step(run)?.epsilon.iter().filter(|part| **part != 0.0).count() as f64),
    ),
    found(
        "epsilon_length",
        "‖ε‖₂",
        "the length ‖ε‖₂ at the step shown",
        |it, run| {
            let epsilon = &it.step(run)?.epsilon;
            Some(epsilon.dot(epsilon).sqrt())
        },
    ),
];

/// Whether run `place` is in another basin for good than the one it began in; nothing where there are no basins, or where
/// it diverged, for then it neither stayed nor is anywhere.
#[must_use]
pub fn has_left(evidence: &Evidence<'_>, place: usize) -> Option<bool> {
    let outcome = evidence.outcome(place)?;
    if matches!(outcome.ending, Ending::Diverged { .. }) {
        return None;
    }
    let travel = outcome.travel?;
    let start = travel.start?;
    let is_elsewhere = travel.end.is_some_and(|end| apart(end.at, start.at) > 0.0);
    Some(travel.last_in.is_some() && is_elsewhere && travel.standing != Standing::Between)
}
