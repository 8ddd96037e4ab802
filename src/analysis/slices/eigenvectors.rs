//! The two directions in which the loss is sharpest, where the last run stands at the step shown.
//!
//! ```text
//! ∇²L(w) vᵢ = λᵢ vᵢ,     w + a·v₁ + b·v₂,     λ₁ ≥ λ₂ ≥ …
//! ```
//!
//! In this plane SAM's bounce is seen as it is: along `v₁`, across the valley. B. Ghorbani, S. Krishnan and Y. Xiao
//! (2019), "An investigation into neural net optimization via Hessian eigenvalue density", ICML.

use ndarray::Array1;

use super::{Cut, Frame, Ground, Slice, Work};
use crate::analysis::sharpest::SharpestWork;
use crate::catalog::{Build, Entry};
use crate::problem::Batch;

pub(super) static ENTRY: Entry<dyn Slice> = Entry {
    id: "eigenvectors",
    name: "Sharpest directions",
    formula: "w + a·v₁ + b·v₂, ∇²L v = λ v",
    source: "Ghorbani, Krishnan & Xiao 2019",
    about: "The two sharpest directions where the last run stands at the step shown.",
    settings: &[],
    build: Build::Sure(|_| Box::new(Eigenvectors)),
};

struct Eigenvectors;

impl Slice for Eigenvectors {
    fn begin(&self) -> Box<dyn Work> {
        Box::new(Searching { at: None, search: SharpestWork::of(2) })
    }

    fn follows_the_step(&self) -> bool {
        true
    }
}

/// The search for the two directions.
struct Searching {
    /// The step, and the weights there, once they are looked up.
    at: Option<(usize, Array1<f64>)>,
    search: SharpestWork,
}

impl Work for Searching {
    fn advance(&mut self, ground: &Ground<'_>) -> Option<Cut> {
        let (step, w) = self.at.get_or_insert_with(|| stand(ground));
        let found = self.search.advance(ground.objective, w.view())?;
        Some(cut(ground, *step, w, &found.values, &found.vectors))
    }
}

/// Where the last run stands at the step shown, as long as it is not lost.
fn stand(ground: &Ground<'_>) -> (usize, Array1<f64>) {
    let Some(run) = ground.last_run() else { return (0, ground.start.to_owned()) };
    let kept = ground.kept(run).count();
    let step = ground.step.min(kept.saturating_sub(1));
    (step, ground.kept(run).nth(step).unwrap_or(ground.start).to_owned())
}

fn cut(
    ground: &Ground<'_>,
    step: usize,
    w: &Array1<f64>,
    values: &[f64],
    vectors: &[Array1<f64>],
) -> Cut {
    let mut frame = Frame::default();
    let mut axes = Vec::new();
    for ((value, vector), name) in values.iter().zip(vectors).zip(["sharpest", "second sharpest"]) {
        if frame.admit(vector) {
            axes.push(format!("{name} direction, λ = {value:.3}"));
        }
    }
    axes.extend(frame.fill_up(ground.objective).into_iter().map(|name| format!("along {name}")));
    axes.resize(2, "nothing: there is one weight only".to_owned());
    let reach = values.first().map_or(0.0, |&value| {
        let height = ground.objective.loss(w.view(), Batch::Whole).abs();
        // From the bottom of a parabola of this curvature, as far as it takes to climb the loss once more.
        let reach = (2.0 * height / value).sqrt();
        if reach.is_finite() { reach.min(w.dot(w).sqrt()) } else { 0.0 }
    });
    Cut {
        plane: frame.plane(w.clone()),
        axes: [axes.swap_remove(0), axes.pop().unwrap_or_default()],
        about: format!("along the two sharpest directions at {}'s step {step}", ground.last_name()),
        note: String::new(),
        reach,
    }
}
