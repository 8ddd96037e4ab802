//! The step that is being made, at true scale: what each gradient would do, and what was done.
//!
//! ```text
//!      w + ε ●─────▸ −η ∇L(w + ε)
//!           ╱
//!       w ●───▸ −η ∇L(w)            thin and dark: the gradients
//!         ●━━━━━▸ the next w        in the run's ink: the step
//! ```

use super::{Extract, Overlay, Placed};
use crate::figure::{Ink, Mark, Pen};
use crate::optim::replay::Step;

pub(super) static OVERLAY: Overlay = Overlay {
    id: "gradients",
    about: "−η∇L at w and at w + ε, and the step made of them, at true scale",
    place: Placed::OnMap,
    marks,
};

fn marks(extract: &Extract<'_>) -> Vec<Mark> {
    let thin = Pen::new(Ink::Gradient, 1.1);
    let mut marks = Vec::new();
    for (run, step) in extract.steps() {
        let (w, eta) = (step.w.view(), step.numbers.eta);
        let from = extract.picture.place(w);
        marks.extend(extract.arrow(from, extract.moved(w, -eta, step.gradient.view()), thin));
        if extract.picture.spec_at(run, step.step).perturbs() {
            let there = &step.w + &step.epsilon;
            let to = extract.moved(there.view(), -eta, step.gradient_there.view());
            marks.extend(extract.arrow(extract.picture.place(there.view()), to, thin));
        }
        marks.extend(made(extract, run, step));
    }
    marks
}

/// From the weights that a step leaves to the next.
fn made(extract: &Extract<'_>, run: usize, step: &Step) -> Option<Mark> {
    let places = &extract.picture.shadow(run)?.places;
    let [w, next] = [*places.get(step.step)?, *places.get(step.step.checked_add(1)?)?];
    extract.arrow(w, next, Pen::new(extract.picture.ink(run), 2.2).cased())
}
