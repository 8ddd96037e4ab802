//! Recall: the vectors of any one step of a finished run, computed again from the weights that it recorded.
//!
//! ```text
//! full batch, an ascent without memory     g, ε, g_s of step k follow from w_k         two gradients
//! batches, dropout                         deal and throw k times, then the same       no gradient more
//! memory, dice (LookSAM, Friendly-SAM, …)  look again at every step still remembered   two gradients each
//! w′, and where the base would go by g     a base with memory sees all directions      two gradients a step
//! ```
//!
//! The weights are those of the trajectory, so that for the vectors no base optimizer has to step again; what the base
//! [makes of them](Moves) is recalled by [`Recall::with_base`]. What was recalled last is where the next search
//! begins: forward, only the steps in between are gone through.

use super::replay::Step;
use super::run::{Moves, Setup, Walk};
use super::trajectory::Trajectory;

/// A finished run, of which steps can be asked for in any order; fastest forward.
pub struct Recall {
    walk: Walk,
    base: Base,
    /// What was recalled last.
    last: Option<Step>,
    moves: Option<Moves>,
}

/// Whether one asks what the base makes of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Base {
    /// No: it rests.
    Rests,
    /// Yes: where it has a memory, it is shown every direction since the start.
    Follows,
}

impl Recall {
    /// Nothing is recalled yet of the run of `setup`.
    #[must_use]
    pub fn new(setup: &Setup) -> Self {
        Self { walk: Walk::new(setup.clone()), base: Base::Rests, last: None, moves: None }
    }

    /// The same, with what the base makes of the step: where it has a memory, it is shown every step from the start.
    #[must_use]
    pub fn with_base(setup: &Setup) -> Self {
        Self { base: Base::Follows, ..Self::new(setup) }
    }

    /// The first step that has to be looked at again for `step`.
    fn since(&self, step: usize) -> usize {
        let ascent = self.walk.remembers_since(step);
        // What the base was handed first may follow from what the ascent saw before.
        let shown = self.base_since(step).map(|base| self.walk.remembers_since(base));
        shown.map_or(ascent, |shown| ascent.min(shown))
    }

    /// The first step that the base has to be shown again; none where it rests, or remembers nothing.
    fn base_since(&self, step: usize) -> Option<usize> {
        let follows = self.base == Base::Follows;
        follows.then(|| self.walk.base_remembers_since(step)).flatten()
    }

    /// How many gradients at most [`Recall::step`] will ask for, to be compared with how long one may take.
    #[must_use]
    pub fn gradients(&self, step: usize) -> usize {
        if self.last.as_ref().is_some_and(|last| last.step == step) {
            return 0;
        }
        let from = if step < self.walk.step() { 0 } else { self.walk.step() };
        let since = self.since(step).max(from);
        let ahead = usize::from(self.base == Base::Follows);
        2 * (step - since + 1) + ahead
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
            (self.last, self.moves) = (None, None);
            return true;
        };
        if self.last.as_ref().is_some_and(|last| last.step == step) {
            return true;
        }
        if step < self.walk.step() {
            self.walk = Walk::new(self.walk.setup().clone());
        }
        let since = self.since(step);
        let follows = self.base_since(step).is_some();
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
            if at == step && self.base == Base::Follows {
                self.moves = Some(self.walk.foretell(&seen));
            }
            if follows {
                self.walk.go(&seen);
            } else {
                self.walk.jump_to(at + 1);
            }
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

    /// What the base makes of the step that was recalled last; none where it [rests](Recall::new).
    #[must_use]
    pub fn moves(&self) -> Option<&Moves> {
        self.moves.as_ref()
    }

    /// The step that was recalled last.
    #[must_use]
    pub fn last(&self) -> Option<&Step> {
        self.last.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ndarray::{Array1, array};

    use super::*;
    use crate::catalog::Choice;
    use crate::math::norm::{Ball, Norm, Radius};
    use crate::optim::run::Run;
    use crate::optim::{ascent, base};
    use crate::problem::{Formula, landscapes};

    fn setup(base: &str, ascent: &str, steps: usize) -> Setup {
        let objective = landscapes::ALL.choose("himmelblau").unwrap().build();
        let ball = Ball { norm: Norm::L2, rho: Radius::new(0.2).unwrap() };
        Setup {
            base: base::ALL.choose(base).unwrap().with("weight_decay", 0.01).unwrap(),
            ascent: ascent::ALL.choose(ascent).unwrap(),
            ..Setup::new(Arc::new(Formula(objective)), array![0.5, -0.3], 0.01, ball, steps)
        }
    }

    /// Where `base` stands after it was handed these one after the other from `w`.
    fn handed(
        base: &Choice<dyn base::Base>,
        directions: &[Array1<f64>],
        from: &[Array1<f64>],
    ) -> Array1<f64> {
        let mut base = base.build();
        let mut w = array![0.0, 0.0];
        for (direction, at) in directions.iter().zip(from) {
            w = at.clone();
            base.step(w.view_mut(), direction.view(), 0.01);
        }
        w
    }

    #[test]
    fn the_update_is_the_next_row_and_the_plain_one_what_the_base_makes_of_g() {
        for entry in base::ALL.entries {
            for ascent in ["sam", "looksam", "friendly", "none"] {
                let setup = setup(entry.id, ascent, 13);
                let path = Run::to_end(setup.clone());
                // A run of more steps makes the one that this one does not take.
                let longer = Run::to_end(Setup { steps: 14, ..setup.clone() });
                let steps: Vec<Step> = crate::optim::replay::Replay::new(&setup).collect();
                let places: Vec<Array1<f64>> = steps.iter().map(|step| step.w.clone()).collect();
                for step in [13, 4, 0, 5, 12] {
                    let mut recall = Recall::with_base(&setup);
                    recall.step(&path, step);
                    let moves = recall.moves().unwrap();
                    let told = format!("{} with {ascent}, step {step}", entry.id);
                    assert_eq!(moves.next, longer.row(step + 1).unwrap().w, "{told}");
                    let mut seen: Vec<_> =
                        steps[..step].iter().map(|step| step.direction().clone()).collect();
                    seen.push(steps[step].gradient.clone());
                    assert_eq!(moves.plain, handed(&setup.base, &seen, &places), "{told}");
                }
            }
        }
    }

    #[test]
    fn going_back_and_forth_recalls_the_same_moves() {
        let setup = setup("adam", "sam", 30);
        let path = Run::to_end(setup.clone());
        let mut recall = Recall::with_base(&setup);
        let mut moves = |step| {
            recall.step(&path, step);
            recall.moves().cloned()
        };
        let (late, early) = (moves(20), moves(3));
        assert_eq!([moves(20), moves(3)], [late, early]);
    }
}
