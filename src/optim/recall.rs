//! Recall: the vectors of any one step of a finished run, computed again from the weights that it recorded.
//!
//! ```text
//! full batch, an ascent without memory     g, ε, g_s of step k follow from w_k         two gradients
//! batches, dropout                         deal and throw k times, then the same       no gradient more
//! memory, dice (LookSAM, Friendly-SAM, …)  look again at every step still remembered   two gradients each
//! ```
//!
//! The weights are those of the trajectory, so that no base optimizer has to step again. What was recalled last is
//! where the next search begins: forward, only the steps in between are gone through.

use super::replay::Step;
use super::run::{Setup, Walk};
use super::trajectory::Trajectory;

/// A finished run, of which steps can be asked for in any order; fastest forward.
pub struct Recall {
    walk: Walk,
    /// What was recalled last.
    last: Option<Step>,
}

impl Recall {
    /// Nothing is recalled yet of the run of `setup`.
    #[must_use]
    pub fn new(setup: &Setup) -> Self {
        Self { walk: Walk::new(setup.clone()), last: None }
    }

    /// How many gradients at most [`Recall::step`] will ask for, to be compared with how long one may take.
    #[must_use]
    pub fn gradients(&self, step: usize) -> usize {
        if self.last.as_ref().is_some_and(|last| last.step == step) {
            return 0;
        }
        let from = if step < self.walk.step() { 0 } else { self.walk.step() };
        let since = self.walk.remembers_since(step).max(from);
        2 * (step - since + 1)
    }

    /// How many steps will be skipped, each at the cost of drawing a batch.
    #[must_use]
    pub fn passes(&self, step: usize) -> usize {
        let from = if step < self.walk.step() { 0 } else { self.walk.step() };
        if self.walk.deals() { step - from } else { 0 }
    }

    /// Works toward `step` of the run that left `path`, making at most `most` steps; true when it is reached, and
    /// when the run has no such step.
    pub fn advance(&mut self, path: &Trajectory, step: usize, most: usize) -> bool {
        let Some(row) = path.row(step) else {
            self.last = None;
            return true;
        };
        if self.last.as_ref().is_some_and(|last| last.step == step) {
            return true;
        }
        if step < self.walk.step() {
            self.walk = Walk::new(self.walk.setup().clone());
        }
        let since = self.walk.remembers_since(step);
        for _ in 0..most {
            let at = self.walk.step();
            if at < since {
                if !self.walk.deals() {
                    self.walk.jump_to(since);
                    continue;
                }
                self.walk.pass();
                continue;
            }
            if let Some(row) = path.row(at) {
                self.walk.stand_at(row.w);
            }
            let seen = self.walk.look();
            self.walk.jump_to(at + 1);
            if at == step {
                let (w, statistics) = (row.w.to_owned(), row.statistics.to_vec());
                self.last = Some(Step::of(step, w, seen, row.numbers, statistics));
                return true;
            }
        }
        false
    }

    /// Step `step` of the run that left `path`, if it has one.
    pub fn step(&mut self, path: &Trajectory, step: usize) -> Option<&Step> {
        while !self.advance(path, step, usize::MAX) {}
        self.last.as_ref()
    }

    /// The step that was recalled last.
    #[must_use]
    pub fn last(&self) -> Option<&Step> {
        self.last.as_ref()
    }
}
