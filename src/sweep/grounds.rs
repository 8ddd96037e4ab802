//! How the runs of many scenes end, in parallel: a problem that several of them share is drawn and surveyed once.

use std::sync::Arc;

use rayon::prelude::*;

use crate::analysis::basins::Basins;
use crate::analysis::outcome::{Outcome, OutcomeWork};
use crate::analysis::survey::Survey;
use crate::optim::run::Run;
use crate::scene::run::RunName;
use crate::scene::{Problem, Scene, Source, about};

/// A run and how it ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Ended {
    /// What it is called.
    pub run: RunName,
    /// How it ended.
    pub outcome: Outcome,
}

/// The problems that scenes of a sweep were about so far.
#[derive(Default)]
pub struct Grounds(Vec<Ground>);

struct Ground {
    source: Source,
    problem: Problem,
    /// The minima of the problem, where it has two weights.
    basins: Option<Arc<Basins>>,
}

/// Problems that are kept, the first ones: of seeds that come again and again the last would be gone when they come.
const KEPT: usize = 256;
/// Numbers in all paths under way, at most: 0.4 GB, half of what one scene may have.
const MOST_NUMBERS: usize = 50_000_000;
/// Numbers that a row has beside its weights, about.
const BESIDE: usize = 12;

impl Ground {
    fn of(source: &Source) -> Self {
        let problem = source.build();
        let basins = (problem.objective.dimension() == 2).then(|| {
            let own = source.subject.view().window;
            Arc::new(Survey::of(Arc::clone(&problem.objective), own))
        });
        Self { source: source.clone(), problem, basins }
    }

    /// How run `place` of `scene` ends, which is about this problem.
    fn outcome(&self, scene: &Scene, place: usize) -> Outcome {
        let spec = scene.spec(place);
        let objective = &self.problem.objective;
        let path = Run::to_end(scene.setup(spec.clone(), &self.problem));
        let about = about::of(scene, &spec, objective.examples(), &path);
        OutcomeWork::to_end(Arc::clone(objective), self.basins.as_deref(), &path, about)
    }
}

impl Grounds {
    /// How the runs of every scene end, or only the one of this name, scene by scene.
    ///
    /// Each outcome is that of its scene alone, whatever else is asked for.
    pub fn outcomes(&mut self, scenes: &[Scene], only: Option<&RunName>) -> Vec<Vec<Ended>> {
        let places = self.places(scenes);
        let mut jobs = Vec::new();
        for (number, scene) in scenes.iter().enumerate() {
            let runs = scene.runs.iter().enumerate();
            let asked = runs.filter(|(_, run)| only.is_none_or(|name| *name == run.name));
            jobs.extend(asked.map(|(place, _)| (number, place)));
        }
        let all = &self.0;
        let work =
            |&(number, place): &(usize, usize)| all[places[number]].outcome(&scenes[number], place);
        let threads = rayon::current_num_threads();
        let at_once = room(scenes);
        let outcomes: Vec<Outcome> = if threads <= at_once {
            jobs.par_iter().map(work).collect()
        } else {
            let strands = jobs.par_chunks(jobs.len().div_ceil(at_once).max(1));
            strands.flat_map_iter(|strand| strand.iter().map(work)).collect()
        };
        let mut ended: Vec<Vec<Ended>> = scenes.iter().map(|_| Vec::new()).collect();
        for ((number, place), outcome) in jobs.into_iter().zip(outcomes) {
            let run = scenes[number].runs.get(place).map(|run| run.name.clone());
            ended[number].extend(run.map(|run| Ended { run, outcome }));
        }
        self.0.truncate(KEPT);
        ended
    }

    /// Where the problem of each scene is; those that are not there yet are drawn and surveyed.
    fn places(&mut self, scenes: &[Scene]) -> Vec<usize> {
        let there = self.0.len();
        let mut fresh: Vec<Source> = Vec::new();
        let place = |scene: &Scene| {
            let source = scene.source();
            let known = self.0.iter().position(|ground| ground.source == source);
            known.unwrap_or_else(|| {
                let found = fresh.iter().position(|other| *other == source);
                there
                    + found.unwrap_or_else(|| {
                        fresh.push(source);
                        fresh.len() - 1
                    })
            })
        };
        let places = scenes.iter().map(place).collect();
        self.0.par_extend(fresh.par_iter().map(Ground::of));
        places
    }
}

/// How many paths of these scenes fit into memory at once, one or more.
fn room(scenes: &[Scene]) -> usize {
    let numbers = |scene: &Scene| {
        let a_row = scene.subject.dimension().saturating_add(BESIDE);
        a_row.saturating_mul(scene.steps.get().saturating_add(1))
    };
    let longest = scenes.iter().map(numbers).max().unwrap_or(1);
    (MOST_NUMBERS / longest).max(1)
}
