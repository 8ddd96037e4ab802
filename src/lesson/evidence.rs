//! What a goal or a claim is judged by: how the runs of a scene ended, and the step that is shown.

use crate::analysis::outcome::Outcome;
use crate::engine::products::comparison::ComparisonJob;
use crate::engine::products::outcomes::Outcomes;
use crate::engine::products::steps::{Steps, StepsJob};
use crate::engine::slot::to_end;
use crate::engine::{Asked, Engine};
use crate::optim::ending::Ending;
use crate::optim::moment::Moment;
use crate::optim::replay::Step;
use crate::optim::trajectory::{Row, Trajectory};
use crate::scene::run::{RunName, RunSpec};
use crate::scene::{Scene, names};

/// What is known of a scene whose runs are over.
#[derive(Clone, Copy)]
pub struct Evidence<'a> {
    scene: &'a Scene,
    known: Known<'a>,
    steps: Option<&'a Steps>,
    at: Moment,
    /// Where somebody clicked to say where a run will end.
    pub predicted: Option<[f64; 2]>,
}

/// What is known of the runs.
#[derive(Clone, Copy)]
enum Known<'a> {
    /// Their paths, and how they ended.
    Whole(&'a Outcomes),
    /// How some of them ended.
    Ends(&'a [(&'a RunName, &'a Outcome)]),
}

impl<'a> Evidence<'a> {
    /// What is known where only ends of some runs of `scene` are.
    #[must_use]
    pub fn of_outcomes(scene: &'a Scene, ends: &'a [(&'a RunName, &'a Outcome)]) -> Self {
        let at = Moment::Step(scene.steps.get());
        Self { scene, known: Known::Ends(ends), steps: None, at, predicted: None }
    }

    /// The path of run `place`.
    fn path(&self, place: usize) -> Option<&'a Trajectory> {
        match self.known {
            Known::Whole(outcomes) => outcomes.comparison.runs.get(place),
            Known::Ends(_) => None,
        }
    }

    /// Where run `place` begins.
    #[must_use]
    pub fn start(&self, place: usize) -> Vec<f64> {
        self.scene.first_weights_of(place).to_vec()
    }

    /// What `engine` has found out about `scene`; nothing while its runs or how they ended are not known.
    #[must_use]
    pub fn of(scene: &'a Scene, engine: &'a Engine, at: Moment) -> Option<Self> {
        let outcomes = engine.product::<Outcomes>()?;
        let is_its = ComparisonJob::of(&outcomes.comparison.scene) == ComparisonJob::of(scene);
        let steps = engine.product::<Steps>().filter(|steps| {
            std::sync::Arc::ptr_eq(&steps.comparison, &outcomes.comparison) && steps.at == at
        });
        let known = Known::Whole(outcomes);
        is_its.then_some(Self { scene, known, steps, at, predicted: None })
    }

    /// The place of the run called `name`.
    #[must_use]
    pub fn place(&self, name: &str) -> Option<usize> {
        self.scene.runs.iter().position(|run| run.name.as_str() == name)
    }

    /// How run `place` ended.
    #[must_use]
    pub fn outcome(&self, place: usize) -> Option<&'a Outcome> {
        match self.known {
            Known::Whole(outcomes) => outcomes.runs.get(place),
            Known::Ends(ends) => {
                let name = &self.scene.runs.get(place)?.name;
                ends.iter().find(|(run, _)| *run == name).map(|(_, outcome)| *outcome)
            }
        }
    }

    /// What run `place` follows from.
    #[must_use]
    pub fn spec(&self, place: usize) -> RunSpec {
        self.scene.spec(place)
    }

    /// How many steps runs make.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.scene.steps.get()
    }

    /// What run `place` is called on the map.
    #[must_use]
    pub fn label(&self, place: usize) -> String {
        match self.known {
            Known::Whole(outcomes) => outcomes.comparison.labels.get(place).cloned(),
            Known::Ends(_) => names::labels(self.scene).into_iter().nth(place),
        }
        .unwrap_or_default()
    }

    /// What run `place` was doing at the step shown; nothing where it had diverged before.
    #[must_use]
    pub fn row(&self, place: usize) -> Option<Row<'a>> {
        let run = self.path(place)?;
        if matches!(run.ending, Ending::Diverged { .. }) && self.at.is_after(run) {
            return None;
        }
        run.row(self.at.step_of(run))
    }

    /// The vectors of that step, once they are recalled.
    #[must_use]
    pub fn step(&self, place: usize) -> Option<&'a Step> {
        self.row(place)?;
        self.steps?.runs.get(place)?.as_ref()
    }

    /// Whether the step shown is the last of run `place`.
    #[must_use]
    pub fn is_over(&self, place: usize) -> bool {
        self.path(place).is_none_or(|run| run.last_step() <= self.at.step_of(run))
    }
}

/// Looks at the evidence of `scene` at `step`, which is found here and now; nothing where there is none.
pub fn examine<T>(
    engine: &mut Engine,
    scene: &Scene,
    step: usize,
    look: impl FnOnce(&Evidence<'_>) -> T,
) -> Option<T> {
    engine.follow(|_| Asked { outcomes: true, ..Asked::of(scene, step) });
    let outcomes = engine.product::<Outcomes>()?;
    let at = Moment::Step(step);
    let steps = to_end(&StepsJob::of(&outcomes.comparison, at));
    let known = Known::Whole(outcomes);
    let evidence = Evidence { scene, known, steps: Some(&steps), at, predicted: None };
    Some(look(&evidence))
}
