//! The stride: the step of one run that leaves the row shown, with everything that is known of it.
//!
//! ```text
//! w ── ε ──► w + ε        g = ∇L(w),  g_SAM = ∇L(w + ε)
//! w ──────► w′            what the base makes of it
//! w ──────► w°            what the base would make of g, from the same w, with the same memory
//! ```

use ndarray::{Array1, ArrayView1};

use super::Ink;
use super::picture::Picture;
use crate::math::norm::Norm;
use crate::optim::ending::Ending;
use crate::optim::replay::Step;
use crate::optim::trajectory::Row;
use crate::scene::run::RunSpec;

/// The step of one run that leaves the row shown; every number of it is finite.
pub struct Stride<'a> {
    /// Which run, by its place in the scene.
    pub run: usize,
    /// The ink of the run.
    pub ink: Ink,
    /// What it is made with.
    pub spec: RunSpec,
    /// The row.
    pub row: Row<'a>,
    /// How many steps were made before it.
    pub step: usize,
    /// Whether the run makes this step, or ends before it.
    pub is_taken: bool,
    /// Its vectors, once they are recalled.
    pub vectors: Option<&'a Step>,
    /// `w′`, where it goes.
    pub next: Option<ArrayView1<'a, f64>>,
    /// Where the base would go by `g`.
    pub plain: Option<ArrayView1<'a, f64>>,
    /// `∇L(w′)`.
    pub gradient_ahead: Option<ArrayView1<'a, f64>>,
    /// Where it came from.
    pub previous: Option<ArrayView1<'a, f64>>,
}

impl<'a> Stride<'a> {
    /// The step of run number `run`; none where the run has diverged, and without a row.
    #[must_use]
    pub fn of(picture: &Picture<'a>, run: usize) -> Option<Self> {
        let path = picture.run(run)?;
        let step = picture.step_of(run);
        let row = path.row(step)?;
        let is_over =
            matches!(path.ending, Ending::Diverged { .. }) && picture.look.at.is_after(path);
        if is_over || !is_finite(row.w) {
            return None;
        }
        let moves = picture.moves(run);
        let taken = path.row(step + 1).map(|row| row.w);
        let finite = |w: &ArrayView1<'_, f64>| is_finite(*w);
        Some(Self {
            run,
            ink: picture.ink(run),
            spec: picture.spec_at(run, step),
            row,
            step,
            is_taken: taken.is_some(),
            vectors: picture.step(run).filter(|found| found.step == step),
            next: taken.or_else(|| moves.map(|moves| moves.next.view())).filter(finite),
            plain: moves.map(|moves| moves.plain.view()).filter(finite),
            gradient_ahead: moves.map(|moves| moves.gradient_ahead.view()).filter(finite),
            previous: step.checked_sub(1).and_then(|before| path.row(before)).map(|row| row.w),
        })
    }

    /// Whether the run looks around, and found something to climb, at this step.
    #[must_use]
    pub fn looks(&self) -> bool {
        self.vectors.is_some_and(|step| step.epsilon.iter().any(|&x| x != 0.0))
    }

    /// What the base is handed, where it is something else than the gradient that was taken last.
    #[must_use]
    pub fn hands_on(&self) -> Option<&'a Array1<f64>> {
        self.vectors?.direction.as_ref()
    }

    /// Whether what the base is handed is the gradient that was taken last, only shorter: clipped, and nothing else.
    #[must_use]
    pub fn is_only_clipped(&self) -> bool {
        let Some((step, handed)) = self.vectors.zip(self.hands_on()) else { return false };
        let there = &step.gradient_there;
        // The same direction: the product is that of the lengths, to rounding.
        let lengths = Norm::L2.length(handed.view()) * Norm::L2.length(there.view());
        !self.spec.clip.is_none() && (handed.dot(there) - lengths).abs() <= 1e-12 * lengths
    }

    /// `w′ − w`.
    #[must_use]
    pub fn update(&self) -> Option<Array1<f64>> {
        Some(&self.next? - &self.row.w)
    }

    /// Where the base would go by `g`, from `w`.
    #[must_use]
    pub fn plain_update(&self) -> Option<Array1<f64>> {
        Some(&self.plain? - &self.row.w)
    }
}

fn is_finite(w: ArrayView1<'_, f64>) -> bool {
    w.iter().all(|x| x.is_finite())
}
