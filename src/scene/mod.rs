//! What was asked for: plain data that can be compared, saved and undone, and is always valid.
//!
//! A [`Scene`] holds choices and checked numbers and nothing that follows from them. The same keys set it from the
//! command line ([`keys`]) and from TOML ([`mod@file`]).

use std::sync::Arc;

use ndarray::Array1;

use crate::analysis::charted::Spreads;
use crate::analysis::gauge::Gauge;
use crate::analysis::grounds::Ground;
use crate::analysis::slices::Slice;
use crate::catalog::Choice;
use crate::math::norm::{Ball, Radius};
use crate::math::random::Streams;
use crate::optim::run::{Seeds, Setup};
use crate::problem::datasets::{self, Dataset};
use crate::problem::grid::Window;
use crate::problem::landscapes::{self, Landscape, View};
use crate::problem::losses::Loss;
use crate::problem::models::Model;
use crate::problem::ridge::Ridge;
use crate::problem::risk::Risk;
use crate::problem::{Formula, Objective};

pub mod number;
pub mod run;
pub mod text;
pub mod keys;
pub mod names;
pub mod about;
pub mod layer;
pub mod remarks;
pub mod arrows;
pub mod prospect;
mod size;
mod drawn;
mod rates;
mod suited;
pub mod file;
mod grounds;
pub mod builtin;

use arrows::Arrows;
pub use drawn::NoPoints;
use layer::Layer;
use number::{LearningRate, Penalty, Steps, TestShare};
use prospect::{Bearing, Prospect};
use run::{Aspect, RunSpec, Runs};
use size::MOST_NUMBERS;
pub use size::TooLarge;

/// Everything a picture follows from.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// What the figure is called.
    pub title: String,
    /// What to look for in it and what to try, in a paragraph.
    pub about: String,
    /// What is minimised.
    pub subject: Subject,
    /// What all runs share, unless they have it of their own.
    pub shared: RunSpec,
    /// The runs, and what each has of its own.
    pub runs: Runs,
    /// How many steps are made.
    pub steps: Steps,
    /// Where random numbers come from.
    pub seed: u64,
    /// Where the data come from; `seed` when not said.
    pub seed_data: Option<u64>,
    /// The penalty `½ λ ‖w‖²` that is part of the loss in both passes.
    pub l2: Penalty,
    /// The part of the data that is set aside for testing.
    pub test: TestShare,
    /// The plane of the map, where there are more than two weights.
    pub slice: Choice<dyn Slice>,
    /// The part of the map that is shown; the subject's or the plane's own when not said.
    pub window: Option<Window>,
    /// The measure of sharpness that the scene is about; one that suits the problem when not said.
    pub measure: Option<Gauge>,
    /// Which charts spread their values otherwise than their measure declares.
    pub spreads: Spreads,
    /// What the ground of the maps is coloured by.
    pub layer: Layer,
    /// What the map of each run shows the height of.
    pub ground: &'static Ground,
    /// What arrows on the maps show.
    pub arrows: Arrows,
    /// How the maps are seen.
    pub view: Prospect,
    /// From where, in relief.
    pub turn: Bearing,
}

/// What is minimised.
#[derive(Debug, Clone, PartialEq)]
pub enum Subject {
    /// A formula in the plane.
    Formula(Choice<dyn Landscape>),
    /// The risk of a model on data.
    Fit(Fit),
}

/// Data, a model that can learn its task, and a loss that judges such predictions.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// Where the examples come from.
    pub data: Choice<dyn Dataset>,
    /// What is fitted to them.
    pub model: Choice<dyn Model>,
    /// What a prediction costs.
    pub loss: Choice<dyn Loss>,
}

/// Exactly what is minimised: all of a scene that the loss depends on, and nothing else.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// The formula, or data, model and loss.
    pub subject: Subject,
    /// Where the data come from.
    pub seed: u64,
    /// The penalty on the weights' size that is part of the loss.
    pub l2: Penalty,
    /// The part of the data that is set aside.
    pub test: TestShare,
}

/// A source that was built: it can be evaluated.
#[derive(Clone)]
pub struct Problem {
    /// The loss over weights, penalty included.
    pub objective: Arc<dyn Objective>,
    /// The risk on the training data, without penalty, when there are data.
    pub risk: Option<Arc<Risk>>,
    /// The risk on the data that were set aside, when some were.
    pub test: Option<Arc<Risk>>,
}

impl Source {
    /// Draws the data, if any, sets the test part aside, and makes the objective.
    #[must_use]
    pub fn build(&self) -> Problem {
        let Self { subject, seed, l2, test } = self;
        let bare = match subject {
            Subject::Formula(landscape) => {
                let objective = Arc::new(Formula(landscape.build()));
                return Problem {
                    objective: Ridge::over(objective, l2.get()),
                    risk: None,
                    test: None,
                };
            }
            Subject::Fit(fit) => fit,
        };
        let streams = Streams::new(*seed);
        let sample = bare.data.build().sample(&mut streams.dataset());
        let risk = |sample| Arc::new(Risk::new(sample, bare.model.build(), bare.loss.build()));
        let (train, test) = if test.is_none() {
            (risk(sample), None)
        } else {
            let (train, test) = sample.split(test.get(), &mut streams.split());
            (risk(train), Some(test).filter(|test| !test.is_empty()).map(risk))
        };
        let objective = Ridge::over(Arc::clone(&train) as Arc<dyn Objective>, l2.get());
        Problem { objective, risk: Some(train), test }
    }
}

impl Subject {
    /// Where and how it is best looked at.
    #[must_use]
    pub fn view(&self) -> View {
        match self {
            Self::Formula(landscape) => landscape.build().view(),
            Self::Fit(fit) => suited::view(fit).unwrap_or_else(|| fit.model.build().view()),
        }
    }

    /// How many weights it has.
    #[must_use]
    pub fn dimension(&self) -> usize {
        match self {
            Self::Formula(_) => 2,
            Self::Fit(fit) => fit.model.build().dimension(fit.data.build().features()),
        }
    }

    /// What it is called.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Formula(landscape) => landscapes::name(landscape),
            Self::Fit(Fit { data, model, loss }) => {
                format!(
                    "{}, {}, {} loss",
                    datasets::name(data),
                    model.entry().name,
                    loss.entry().name
                )
            }
        }
    }
}

impl Scene {
    /// Exactly what is minimised.
    #[must_use]
    pub fn source(&self) -> Source {
        Source {
            subject: self.subject.clone(),
            seed: self.seed_data.unwrap_or(self.seed),
            l2: self.l2,
            test: self.test,
        }
    }

    /// The measure of sharpness that is shown first: of two weights that of the minima, of more the largest curvature.
    #[must_use]
    pub fn shown_measure(&self) -> Gauge {
        let of_two = self.subject.dimension() == 2;
        self.measure.unwrap_or(if of_two { Gauge::Minima } else { Gauge::LambdaMax })
    }

    /// Everything that run `place` follows from; what all share where there is no such run.
    #[must_use]
    pub fn spec(&self, place: usize) -> RunSpec {
        match self.runs.get(place) {
            Some(run) => self.shared.with(&run.own),
            None => self.shared.clone(),
        }
    }

    /// Everything that each run follows from, in order.
    #[must_use]
    pub fn specs(&self) -> Vec<RunSpec> {
        self.runs.iter().map(|run| self.shared.with(&run.own)).collect()
    }

    /// The first run before run `place` that follows from the same, and so goes the same way.
    #[must_use]
    pub fn same_before(&self, place: usize) -> Option<usize> {
        let specs = self.specs();
        let own = specs.get(place)?;
        specs[..place].iter().position(|other| other.goes_as(own))
    }

    /// The runs that are shown, by their places.
    pub fn shown_runs(&self) -> impl Iterator<Item = usize> + Clone + '_ {
        self.runs.iter().enumerate().filter(|(_, run)| !run.hidden).map(|(place, _)| place)
    }

    /// The first weights that runs share, as said or as the subject suggests.
    #[must_use]
    pub fn first_weights(&self) -> Array1<f64> {
        self.starting_at(self.shared.start.as_deref())
    }

    /// The first weights of run `place`.
    #[must_use]
    pub fn first_weights_of(&self, place: usize) -> Array1<f64> {
        self.starting_at(self.spec(place).start.as_deref())
    }

    fn starting_at(&self, said: Option<&[f64]>) -> Array1<f64> {
        match (said, &self.subject) {
            (Some(start), _) => Array1::from(start.to_vec()),
            (None, Subject::Formula(landscape)) => {
                Array1::from(landscape.build().view().start.to_vec())
            }
            (None, Subject::Fit(fit)) => {
                if let Some(view) = suited::view(fit) {
                    return Array1::from(view.start.to_vec());
                }
                let mut stream = Streams::new(self.seed).weights();
                fit.model.build().start(fit.data.build().features(), &mut stream)
            }
        }
    }

    /// The window of the map, as said or as the subject suggests.
    #[must_use]
    pub fn shown_window(&self) -> Window {
        self.window.unwrap_or_else(|| self.subject.view().window)
    }

    /// The runs that the scene asks for, ready to be made.
    #[must_use]
    pub fn setups(&self, problem: &Problem) -> Vec<Setup> {
        self.specs().into_iter().map(|spec| self.setup(spec, problem)).collect()
    }

    /// A run of `spec` among those of the scene, ready to be made.
    #[must_use]
    pub fn setup(&self, spec: RunSpec, problem: &Problem) -> Setup {
        Setup {
            start: self.starting_at(spec.start.as_deref()),
            then: spec.later(),
            objective: Arc::clone(&problem.objective),
            test: problem.test.clone().map(|test| test as Arc<dyn Objective>),
            base: spec.base,
            ascent: spec.ascent,
            mistake: spec.mistake,
            eta: spec.eta.get(),
            eta_schedule: spec.eta_schedule,
            rho_schedule: spec.rho_schedule,
            ball: spec.ball,
            clip: spec.clip,
            steps: self.steps.get(),
            batch: spec.batch,
            order: spec.order,
            seeds: Seeds {
                batches: spec.seed_batches.unwrap_or(self.seed),
                ascent: spec.seed_ascent.unwrap_or(self.seed),
                dropout: self.seed,
            },
        }
    }

    /// The same scene on another subject, at the start, η and ρ that suit it.
    #[must_use]
    pub fn on(&self, subject: Subject) -> Self {
        let view = subject.view();
        let shared = &self.shared;
        let mut runs = self.runs.clone();
        for own in runs.owns_mut() {
            own.share(Aspect::Start);
        }
        Self {
            title: String::new(),
            about: String::new(),
            shared: RunSpec {
                eta: LearningRate::new(view.eta).unwrap_or(shared.eta),
                ball: Radius::new(view.rho).map_or(shared.ball, |rho| Ball { rho, ..shared.ball }),
                start: None,
                ..shared.clone()
            },
            runs,
            window: None,
            measure: None,
            spreads: Spreads::default(),
            subject,
            ..self.clone()
        }
    }

    /// Whether all runs fit into memory together.
    ///
    /// # Errors
    /// Says how much they would need, and what would be less.
    pub fn check_size(&self) -> Result<(), TooLarge> {
        let weights = self.subject.dimension();
        let (runs, steps) = (self.runs.len(), self.steps.get());
        let numbers = weights.saturating_mul(steps).saturating_mul(runs);
        if numbers <= MOST_NUMBERS { Ok(()) } else { Err(TooLarge { weights, steps, runs }) }
    }

    /// The most steps that [`Scene::check_size`] allows.
    #[must_use]
    pub fn most_steps(&self) -> usize {
        let a_step = self.subject.dimension().saturating_mul(self.runs.len()).max(1);
        (MOST_NUMBERS / a_step).clamp(1, Steps::MOST)
    }

    /// What the figure is called: its title, or its subject's name.
    #[must_use]
    pub fn heading(&self) -> String {
        if self.title.is_empty() { self.subject.name() } else { self.title.clone() }
    }
}
