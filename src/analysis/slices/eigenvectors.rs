//! The two directions in which the loss is sharpest, where SAM's run stands at the step shown.
//!
//! ```text
//! ∇²L(w) vᵢ = λᵢ vᵢ,     w + a·v₁ + b·v₂,     λ₁ ≥ λ₂ ≥ …
//! ```
//!
//! In this plane SAM's bounce is seen as it is: along `v₁`, across the valley. B. Ghorbani, S. Krishnan and Y. Xiao
//! (2019), "An investigation into neural net optimization via Hessian eigenvalue density", ICML.

use ndarray::Array1;

use super::{Cut, Frame, Ground, Slice};
use crate::analysis::lanczos;
use crate::catalog::Entry;
use crate::math::eigen;

pub(super) static ENTRY: Entry<dyn Slice> = Entry {
    id: "eigenvectors",
    name: "Two sharpest directions",
    formula: "w + a·v₁ + b·v₂, ∇²L v = λ v",
    source: "Ghorbani et al. 2019",
    about: "The two sharpest directions where SAM's run stands at the step shown.",
    settings: &[],
    build: |_| Box::new(Eigenvectors),
};

struct Eigenvectors;

/// Up to so many weights the whole Hessian is taken apart.
const DENSE: usize = 128;
/// Products with the Hessian otherwise.
const PRODUCTS: usize = 80;

impl Slice for Eigenvectors {
    fn cut(&self, ground: &Ground<'_>) -> Cut {
        let kept = ground.kept(ground.sam).count();
        let step = ground.step.min(kept.saturating_sub(1));
        let w = ground.kept(ground.sam).nth(step).unwrap_or(ground.start).to_owned();
        let (values, vectors) = sharpest(ground, &w);
        let mut frame = Frame::default();
        let mut axes = Vec::new();
        for ((value, vector), name) in
            values.iter().zip(&vectors).zip(["sharpest", "second sharpest"])
        {
            if frame.admit(vector) {
                axes.push(format!("{name} direction, λ = {value:.3}"));
            }
        }
        axes.extend(
            frame.fill_up(ground.objective).into_iter().map(|name| format!("along {name}")),
        );
        axes.resize(2, "nothing: there is one weight only".to_owned());
        let reach = values.first().map_or(0.0, |&value| {
            let height = ground.objective.loss(w.view(), crate::problem::Batch::Whole).abs();
            // From the bottom of a parabola of this curvature, as far as it takes to climb the loss once more.
            let reach = (2.0 * height / value).sqrt();
            if reach.is_finite() { reach.min(w.dot(&w).sqrt()) } else { 0.0 }
        });
        Cut {
            plane: frame.plane(w),
            axes: [axes.swap_remove(0), axes.pop().unwrap_or_default()],
            about: format!("along the two sharpest directions at SAM's step {step}"),
            note: String::new(),
            reach,
        }
    }

    fn follows_the_step(&self) -> bool {
        true
    }
}

fn sharpest(ground: &Ground<'_>, w: &Array1<f64>) -> (Vec<f64>, Vec<Array1<f64>>) {
    let dimension = w.len();
    if dimension <= DENSE {
        let eigen = eigen::symmetric(ground.objective.hessian(w.view()).view());
        let vectors = eigen.vectors.rows().into_iter().take(2).map(|v| v.to_owned()).collect();
        (eigen.values.to_vec(), vectors)
    } else {
        let ritz = lanczos::largest(dimension, 2, PRODUCTS, |v| {
            ground.objective.hessian_times(w.view(), v)
        });
        (ritz.values, ritz.vectors)
    }
}
