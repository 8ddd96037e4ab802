//! What is told in each phase.

use crate::figure::Ink;
use crate::figure::numerals::{short, significant};
use crate::figure::phase::Phase;
use crate::figure::picture::Picture;
use crate::figure::promise::Promise;
use crate::figure::quantity::Quantity;
use crate::figure::step::{self, Term};
use crate::figure::step_sentence;
use crate::figure::stride::Stride;
use crate::figure::words::exponent;
use crate::math::norm::Norm;
use crate::optim::ascent::{FLAT, Via};
use crate::optim::replay::Step;

/// A rise that differs from what the slope promised by less than this part is as it promised.
const AS_PROMISED: f64 = 0.05;

/// An ε that is this near to a part of the maximizer, in parts of its length, points where that does.
const ALONG: f64 = 1e-9;

/// The formulas and the sentence of a phase.
pub(super) fn told(
    picture: &Picture<'_>,
    stride: &Stride<'_>,
    step: &Step,
    phase: Phase,
) -> (Vec<Term>, String) {
    let name = picture.name_at(stride.run, stride.step);
    let all = step::of_stride(stride);
    let only = |wanted: &[Quantity]| -> Vec<Term> {
        all.iter().filter(|term| wanted.contains(&term.quantity)).cloned().collect()
    };
    let looks = stride.looks();
    let of = if picture.sees_a_part(stride.run) { Of::Batch } else { Of::All };
    match phase {
        Phase::Gradient => (only(&[Quantity::Gradient]), gradient(step, of)),
        Phase::Step => {
            let mut terms = only(&[Quantity::Direction, Quantity::Next]);
            if terms.is_empty() {
                terms = only(&[Quantity::Gradient]);
            }
            let facts = step_sentence::facts(picture, stride.run);
            (terms, facts.map(|facts| step_sentence::going(&facts)).unwrap_or_default())
        }
        _ if !looks => (Vec::new(), blind(stride, &name)),
        Phase::Ball => (only(&[Quantity::Epsilon]), ball(stride, step, &name)),
        Phase::Climb => (vec![rise(stride, of)], climb(stride, step, of)),
        Phase::There => (only(&[Quantity::GradientThere]), there(picture, stride)),
    }
}

/// Which data a step sees.
#[derive(Clone, Copy)]
enum Of {
    All,
    Batch,
}

impl Of {
    fn name(self) -> &'static str {
        match self {
            Self::All => "the loss",
            Self::Batch => "the batch's loss",
        }
    }

    fn symbol(self) -> &'static str {
        match self {
            Self::All => "L",
            Self::Batch => "L_B",
        }
    }
}

fn gradient(step: &Step, of: Of) -> String {
    let length = Norm::L2.length(step.gradient.view());
    if length < FLAT {
        return "The ground is level here: g vanishes, and nothing points anywhere.".to_owned();
    }
    format!(
        "At w, {} rises fastest along g, by {} a unit; −g points down.",
        of.name(),
        short(length, 3)
    )
}

/// Why a run has nothing to show in the phases of the ascent.
fn blind(stride: &Stride<'_>, name: &str) -> String {
    if !stride.spec.perturbs() {
        format!("{name} does not look around: it has g, and steps by it.")
    } else if stride.hands_on().is_some() && !stride.is_only_clipped() {
        format!("{name} does not look around at this step: it uses what it saw before.")
    } else if Norm::L2.length(stride.vectors.map_or(stride.row.w, |step| step.gradient.view()))
        < FLAT
    {
        format!("{name} finds nothing to climb: without a slope ε is zero.")
    } else {
        format!("{name} has ε = 0 at this step: it steps as its base does.")
    }
}

fn ball(stride: &Stride<'_>, step: &Step, name: &str) -> String {
    let rho = short(stride.row.numbers.rho, 3);
    let p = exponent(stride.spec.ball.norm.p());
    let many = match &step.via {
        Via::Straight => String::new(),
        Via::Sums(sums) => {
            format!(
                "{name} gets to ε in {} shorter climbs, each by the slope where it stands. ",
                sums.len() + 1
            )
        }
        Via::Parts(parts) => {
            format!(
                "Each of {} parts of the batch has its own ε; theirs is the mean. ",
                parts.len()
            )
        }
    };
    let gains = step.gradient.dot(&step.epsilon);
    let Some(Promise { neighbourhood, most, formula: dual, is_kept, .. }) =
        Promise::of(stride, step)
    else {
        let long = short(Norm::L2.length(step.epsilon.view()), 3);
        return format!(
            "{many}No ball bounds ε: it is {long} long, and gᵀε = {}.",
            short(gains, 3)
        );
    };
    let reach = if neighbourhood.scale().is_some() {
        format!("a ball of ρ = {rho} (p = {p}) that is stretched along large weights")
    } else if neighbourhood.is_sphere() {
        format!("the rim at ρ = {rho} (p = {p})")
    } else {
        format!("the ball of ρ = {rho} (p = {p})")
    };
    let part = gains / most;
    let straight = neighbourhood.maximizer(step.gradient.view()) * part;
    let off = Norm::L2.length((&straight - &step.epsilon).view());
    if !is_kept && part > 0.0 && off <= ALONG * Norm::L2.length(step.epsilon.view()) {
        return format!(
            "{many}ε points where {reach} promises most, and goes {} of the way there: gᵀε = {}, where {dual} = {} would be most.",
            percent(part),
            short(gains, 3),
            short(most, 3)
        );
    }
    if is_kept {
        format!(
            "{many}Nowhere in {reach} does the slope promise more than at ε: gᵀε = {dual} = {}.",
            short(gains, 3)
        )
    } else {
        format!(
            "{many}Of {reach}, ε is chosen otherwise than by the slope: gᵀε = {}, where {dual} = {} would be most.",
            short(gains, 3),
            short(most, 3)
        )
    }
}

fn rise(stride: &Stride<'_>, of: Of) -> Term {
    let (numbers, of) = (&stride.row.numbers, of.symbol());
    Term {
        quantity: Quantity::Perturbed,
        ink: Ink::Epsilon,
        formula: format!("{of}(w + ε) − {of}(w)"),
        value: format!(
            "{} − {}",
            significant(numbers.adversarial_loss, 4),
            significant(numbers.batch_loss, 4)
        ),
        length: format!("= {}", short(numbers.gap(), 3)),
    }
}

fn climb(stride: &Stride<'_>, step: &Step, of: Of) -> String {
    let numbers = &stride.row.numbers;
    let gap = numbers.gap();
    let promised = step.gradient.dot(&step.epsilon);
    let lead = format!("At w + ε {} is {}", of.name(), short(numbers.adversarial_loss, 4));
    if gap <= 0.0 {
        let why =
            if promised > 0.0 { "the ground falls again on the way" } else { "ε leads down" };
        return format!("{lead}, no higher than at w: {why}.");
    }
    let by = short(gap, 3);
    let ratio = gap / promised;
    let ratio = if ratio.is_finite() { ratio } else { f64::INFINITY };
    if promised <= 0.0 || ratio.is_infinite() {
        format!("{lead}, {by} higher than at w, where the slope promised no rise.")
    } else if (ratio - 1.0).abs() < AS_PROMISED {
        format!("{lead}, {by} higher than at w: about what the slope promised.")
    } else if ratio > 1.0 {
        format!(
            "{lead}, {by} higher than at w: {} times what the slope promised, since the ground steepens.",
            short(ratio, 2)
        )
    } else {
        format!(
            "{lead}, {by} higher than at w: {} of what the slope promised, since the ground levels out.",
            percent(ratio)
        )
    }
}

fn percent(part: f64) -> String {
    format!("{} %", short(100.0 * part, 2))
}

fn there(picture: &Picture<'_>, stride: &Stride<'_>) -> String {
    let facts = step_sentence::facts(picture, stride.run);
    facts.map(|facts| step_sentence::looking(&facts)).unwrap_or_default()
}
