//! Reruns: a run of a scene made again with other specifications, up to their outcomes, several at a time.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::analysis::basins::Basins;
use crate::analysis::outcome::Outcome;
use crate::flight::{self, Case, Known, Surveyed};
use crate::scene::run::RunSpec;
use crate::scene::{Problem, Scene};

/// What all reruns have in common.
#[derive(Clone)]
pub(super) struct Ground {
    pub(super) scene: Arc<Scene>,
    surveyed: Arc<Surveyed>,
}

impl Ground {
    /// A scene and its problem, with the minima of that where it has two weights.
    pub(super) fn new(scene: &Scene, problem: &Problem, basins: Option<Arc<Basins>>) -> Self {
        let own = scene.subject.view().window;
        let surveyed = Surveyed { problem: problem.clone(), basins, own };
        Self { scene: Arc::new(scene.clone()), surveyed: Arc::new(surveyed) }
    }

    fn case(&self, spec: RunSpec, known: Known) -> Case {
        let case = Case::of(&self.scene, &spec, &self.surveyed);
        // What an outcome depends on is asked of the path: it may end before a change.
        Case { whole: Some((Arc::clone(&self.scene), spec)), known, ..case }
    }
}

/// Reruns that are made together.
pub(super) struct Fleet {
    waiting: VecDeque<(usize, RunSpec)>,
    flying: flight::Fleet,
    landed: Vec<Option<Outcome>>,
    of_the_first: Known,
}

impl Fleet {
    /// Nothing is done yet; of every rerun the end will be known.
    pub(super) fn new(specs: impl IntoIterator<Item = RunSpec>) -> Self {
        let waiting: VecDeque<_> = specs.into_iter().enumerate().collect();
        let landed = vec![None; waiting.len()];
        Self { waiting, flying: flight::Fleet::new(), landed, of_the_first: Known::End }
    }

    /// The same, with the way of the first one known too.
    pub(super) fn with_the_way_of_the_first(self) -> Self {
        Self { of_the_first: Known::Way, ..self }
    }

    /// Does one piece of the work on every rerun under way, in parallel; true when all outcomes are there.
    pub(super) fn advance(&mut self, ground: &Ground) -> bool {
        let Self { waiting, flying, of_the_first, .. } = self;
        let (landed, is_more) = flying.advance(|| {
            let (number, spec) = waiting.pop_front()?;
            let known = if number == 0 { *of_the_first } else { Known::End };
            Some((number, ground.case(spec, known)))
        });
        for (number, landed) in landed {
            self.landed[number] = Some(landed.outcome);
        }
        !is_more
    }

    /// How many outcomes there are to be.
    pub(super) fn len(&self) -> usize {
        self.landed.len()
    }

    /// How many of them are there.
    pub(super) fn done(&self) -> usize {
        self.landed.iter().flatten().count()
    }

    /// The outcomes that are there, in the order in which they were asked for.
    pub(super) fn outcomes(&self) -> Vec<Outcome> {
        self.landed.iter().flatten().cloned().collect()
    }
}
