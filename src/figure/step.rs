//! The formulas of a step with its numbers, each in the ink that it has on the map.
//!
//! ```text
//! g = ∇L(w)                (+0.017, +0.025)    ‖g‖ = 0.030
//! ε = ρ g/‖g‖              (+0.084, +0.124)    ‖ε‖ = 0.15
//! g_SAM = ∇L(w + ε)        (+0.322, +0.154)    ‖g_SAM‖ = 0.36
//! w′ = w − η g_SAM         (+0.627, −0.168)
//! ```
//!
//! Every ascent has the formula that it has in the catalogue; only SAM itself, where the norm is known, has that of its
//! norm. Of more than two weights the lengths are told, and no coordinates.

use ndarray::ArrayView1;

use super::numerals::{decimals, short};
use super::picture::Picture;
use super::promise::Promise;
use super::quantity::Quantity;
use super::stride::Stride;
use super::{Ink, step_sentence};
use crate::catalog::Choice;
use crate::math::norm::Norm;
use crate::optim::clip::Place;
use crate::optim::mistake::Mistake;
use crate::optim::{ascent, base};
use crate::problem::batches::BatchSize;

/// A quantity of a step: its formula and its numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// What it is the formula of.
    pub quantity: Quantity,
    /// Its ink on the map.
    pub ink: Ink,
    /// "g = ∇L(w)".
    pub formula: String,
    /// Its coordinates, of two weights; empty of more.
    pub value: String,
    /// "‖g‖ = 0.030"; empty where it is no vector of its own.
    pub length: String,
}

/// The formulas of the step that a run makes, with their numbers; none while they are not known.
#[must_use]
pub fn terms(picture: &Picture<'_>, run: usize) -> Vec<Term> {
    Stride::of(picture, run).map(|stride| of_stride(&stride)).unwrap_or_default()
}

/// What there is to say about the step of a run, in a sentence; empty while it is not known.
#[must_use]
pub fn sentence(picture: &Picture<'_>, run: usize) -> String {
    let facts = step_sentence::facts(picture, run);
    facts.map(|facts| step_sentence::sentence(&facts)).unwrap_or_default()
}

pub(super) fn of_stride(stride: &Stride<'_>) -> Vec<Term> {
    let Some(step) = stride.vectors else { return Vec::new() };
    let loss = match stride.spec.batch {
        BatchSize::Full => "L",
        BatchSize::Of(_) => "L_B",
    };
    let vector = |quantity, ink, name: &str, formula: String, v: ArrayView1<'_, f64>| Term {
        quantity,
        ink,
        formula,
        value: coordinates(v),
        length: format!("‖{name}‖ = {}", short(Norm::L2.length(v), 3)),
    };
    let mut terms = vec![vector(
        Quantity::Gradient,
        Ink::Gradient,
        "g",
        format!("g = ∇{loss}(w)"),
        step.gradient.view(),
    )];
    let mut handed = "g";
    if stride.spec.perturbs() {
        let known = &*ascent::table::formula(&stride.spec.ascent);
        if stride.looks() {
            let clip = stride.spec.clip;
            let is_short = clip.clipped(Place::Before, step.gradient.view()).is_some();
            let clipped = || format!(", g clipped to {}", short(clip.most(), 3));
            let formula = epsilon(stride, known) + &is_short.then(clipped).unwrap_or_default();
            terms.push(vector(Quantity::Epsilon, Ink::Epsilon, "ε", formula, step.epsilon.view()));
            terms.extend(Promise::of(stride, step).map(|promise| told_promise(&promise)));
            let there = step.gradient_there.view();
            let formula = if is_mean(known) {
                format!("{GRADIENT_THERE} = {known}")
            } else {
                format!("{GRADIENT_THERE} = ∇{loss}(w + ε)")
            };
            terms.push(vector(
                Quantity::GradientThere,
                Ink::Gradient,
                GRADIENT_THERE,
                formula,
                there,
            ));
            handed = GRADIENT_THERE;
        } else {
            let none = "ε = 0".to_owned();
            terms.push(Term {
                quantity: Quantity::Epsilon,
                ink: Ink::Epsilon,
                formula: none,
                value: String::new(),
                length: String::new(),
            });
        }
    }
    if let Some(direction) = stride.hands_on() {
        let formula = format!("u = {}", direction_of(stride, handed));
        terms.push(vector(Quantity::Direction, Ink::Gradient, "u", formula, direction.view()));
        handed = "u";
    }
    let update = stride.update();
    if let (Some(next), Some(update)) = (stride.next, &update) {
        terms.push(Term {
            quantity: Quantity::Next,
            ink: stride.ink,
            formula: next_weights(stride, handed),
            value: coordinates(next),
            length: format!("‖w′ − w‖ = {}", short(Norm::L2.length(update.view()), 3)),
        });
    }
    if stride.spec.is_mistaken() && stride.looks() {
        spoil(&mut terms, &stride.spec.mistake);
    }
    terms
}

/// The formula of what the base is handed, where it is not the gradient that was taken last, `handed`.
fn direction_of(stride: &Stride<'_>, handed: &str) -> String {
    let own = ascent::table::handed(&stride.spec.ascent).replace("g_SAM", GRADIENT_THERE);
    let Some(direction) = stride.hands_on().filter(|_| !stride.spec.clip.is_none()) else {
        return own;
    };
    let most = stride.spec.clip.most();
    let is_short = (Norm::L2.length(direction.view()) - most).abs() <= 1e-9 * most;
    if stride.is_only_clipped() {
        format!("{handed} clipped to {}", short(most, 3))
    } else if is_short && stride.spec.clip.place == Place::After {
        format!("{own}, clipped to {}", short(most, 3))
    } else {
        own
    }
}

/// Puts the formula of a mistake in the place of the right one.
fn spoil(terms: &mut Vec<Term>, mistake: &Choice<dyn Mistake>) {
    let wrong = mistake.entry().formula;
    let (of, formula) = match wrong.split_once(' ').map(|(first, _)| first) {
        Some("ε") => (Quantity::Epsilon, wrong.to_owned()),
        Some("g_SAM") => (Quantity::GradientThere, wrong.replacen("g_SAM", GRADIENT_THERE, 1)),
        Some("w") => (Quantity::Next, wrong.replacen("w ←", "w′ =", 1)),
        // Statistics are no part of a step's vectors.
        _ => return,
    };
    if mistake.build().hands_on_the_plain_gradient() {
        // What is handed on is then no work of the ascent.
        terms.retain(|term| term.quantity != Quantity::Direction);
    }
    if let Some(term) = terms.iter_mut().find(|term| term.quantity == of) {
        term.formula = formula;
    }
}

/// "gᵀε = ρ‖g‖₂ = 0.0223", with the exponent of the dual norm.
fn told_promise(promise: &Promise) -> Term {
    let relation = if promise.is_kept { '=' } else { '≤' };
    Term {
        quantity: Quantity::Ball,
        ink: Ink::Epsilon,
        formula: format!("gᵀε {relation} {}", promise.formula),
        value: short(promise.gains, 3),
        length: format!("q = {}", promise.q),
    }
}

/// The formula of a quantity with its numbers; empty where the step has none.
pub(super) fn told(stride: &Stride<'_>, quantity: Quantity) -> String {
    let terms = of_stride(stride);
    let term = terms.iter().find(|term| term.quantity == quantity);
    let parts = term.map(|term| [&*term.formula, &*term.value, &*term.length]);
    let said = parts.into_iter().flatten().filter(|part| !part.is_empty());
    said.collect::<Vec<_>>().join("   ")
}

/// What the gradient at `w + ε` is called.
pub const GRADIENT_THERE: &str = "gₛₐₘ";

/// The formula of ε: that of its norm for SAM, else the catalogue's.
fn epsilon(stride: &Stride<'_>, known: &str) -> String {
    let known = &*known.replace("g_SAM", GRADIENT_THERE);
    let of = ascent::table::entry(&stride.spec.ascent).id;
    let (is_sam, is_monge) = (of == ascent::sam().id(), of == "monge");
    match stride.spec.ball.norm {
        Norm::L2 if is_sam => "ε = ρ g/‖g‖".to_owned(),
        Norm::LInf if is_sam => "ε = ρ sign(g)".to_owned(),
        Norm::L1 if is_sam => "ε = ρ sign(gₖ) eₖ, k = argmax |gᵢ|".to_owned(),
        Norm::L2 if is_monge => "ε = ρ g/(‖g‖ √(1 + ‖g‖²))".to_owned(),
        _ if known.starts_with("ε̂(") => known.replacen("ε̂(", "ε = ε̂(", 1),
        _ if known.starts_with('ε') => known.to_owned(),
        _ if is_mean(known) => "ε = mean of ε̂_j".to_owned(),
        // What is special about these ascents is what they make of the gradients.
        _ => "ε = ε̂(g)".to_owned(),
    }
}

/// Whether an ascent has an ε for each part of the batch, and ε and the gradient there are their means.
fn is_mean(formula: &str) -> bool {
    formula.starts_with("mean")
}

/// The formula of the next weights, from what the base is handed.
fn next_weights(stride: &Stride<'_>, handed: &str) -> String {
    let choice = &stride.spec.base;
    let decays = choice.get("weight_decay").is_some_and(|decay| decay != 0.0);
    if choice.id() == base::sgd().id() {
        return if decays {
            format!("w′ = w − η ({handed} + λ w)")
        } else {
            format!("w′ = w − η {handed}")
        };
    }
    let entry = choice.entry();
    let known = if handed == "g" { String::new() } else { format!(" of {handed}") };
    format!("w′ by {}{known}: {}", entry.name, entry.formula)
}

fn coordinates(v: ArrayView1<'_, f64>) -> String {
    if v.len() == 2 { format!("({}, {})", signed(v[0]), signed(v[1])) } else { String::new() }
}

/// A coordinate with its sign.
fn signed(x: f64) -> String {
    let small = x != 0.0 && x.abs() < 1e-3;
    let text =
        if small || x.abs() >= 1e4 { short(x, 2).replace(" × ", "·") } else { decimals(x, 3) };
    if text.starts_with('−') || x == 0.0 { text } else { format!("+{text}") }
}
