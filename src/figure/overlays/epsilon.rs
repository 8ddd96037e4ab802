//! The perturbation: from the weights to the worst place nearby, `w → w + ε`.

use super::{Extract, Overlay, Placed};
use crate::figure::{Ink, Mark, Pen};

pub(super) static OVERLAY: Overlay =
    Overlay { id: "epsilon", about: "the perturbation ε", place: Placed::OnMap, marks };

fn marks(extract: &Extract<'_>) -> Vec<Mark> {
    extract
        .steps()
        .filter(|(run, step)| extract.picture.spec_at(*run, step.step).perturbs())
        .filter_map(|(_, step)| {
            let w = step.w.view();
            let there = extract.moved(w, 1.0, step.epsilon.view());
            extract.arrow(extract.picture.place(w), there, Pen::new(Ink::Epsilon, 2.0).cased())
        })
        .collect()
}
