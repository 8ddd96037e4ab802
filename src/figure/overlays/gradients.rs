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

pub(super) static OVERLAY: Overlay = Overlay {
    id: "gradients",
    about: "−η∇L at w and at w + ε, and the step made of them, at true scale",
    place: Placed::Everywhere,
    marks,
};

fn marks(extract: &Extract<'_>) -> Vec<Mark> {
    let thin = Pen::new(Ink::Gradient, 1.1);
    let mut marks = Vec::new();
    for (run, row) in extract.rows() {
        let (w, eta) = (extract.picture.place(row.w), row.numbers.eta);
        marks.extend(extract.arrow(w, extract.moved(row.w, -eta, row.gradient), thin));
        if extract.picture.perturbs(run) {
            let there = &row.w + &row.epsilon;
            let to = extract.moved(there.view(), -eta, row.gradient_there);
            marks.extend(extract.arrow(extract.picture.place(there.view()), to, thin));
        }
        marks.extend(step(extract, run, w));
    }
    marks
}

/// From the weights shown to the next.
fn step(extract: &Extract<'_>, run: usize, w: [f64; 2]) -> Option<Mark> {
    let places = &extract.picture.shadow(run)?.places;
    let next = *places.get(extract.picture.look.step.checked_add(1)?)?;
    extract.arrow(w, next, Pen::new(Ink::Run(run), 2.2).cased())
}
