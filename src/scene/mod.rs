//! What was asked for: plain data that can be compared, saved and undone, and is always valid.
//!
//! A [`Scene`] holds choices and checked numbers and nothing that follows from them. The same keys set it from the
//! command line ([`keys`]) and from TOML ([`mod@file`]).

use std::sync::Arc;

use ndarray::Array1;

use crate::analysis::slices::Slice;
use crate::catalog::Choice;
use crate::math::norm::Ball;
use crate::math::random::Streams;
use crate::optim::ascent::Ascent;
use crate::optim::base::Base;
use crate::optim::run::Setup;
use crate::optim::schedule::Schedule;
use crate::problem::batches::{BatchSize, Order};
use crate::problem::datasets::Dataset;
use crate::problem::grid::Window;
use crate::problem::landscapes::{Landscape, View};
use crate::problem::losses::Loss;
use crate::problem::models::Model;
use crate::problem::ridge::Ridge;
use crate::problem::risk::Risk;
use crate::problem::{Formula, Objective};

pub mod number;
pub mod text;
pub mod keys;
pub mod file;
pub mod builtin;

use number::{LearningRate, Penalty, Steps, TestShare};

/// Everything a picture follows from.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// What the figure is called.
    pub title: String,
    /// What is minimised.
    pub subject: Subject,
    /// What is done with a gradient, by both runs.
    pub base: Choice<dyn Base>,
    /// Where the second run takes its gradient; the first looks nowhere.
    pub ascent: Choice<dyn Ascent>,
    /// The learning rate η of both runs.
    pub eta: LearningRate,
    /// How η changes over the run.
    pub eta_schedule: Choice<dyn Schedule>,
    /// The ball that the second run looks around in: ρ and the norm.
    pub ball: Ball,
    /// How ρ changes over the run.
    pub rho_schedule: Choice<dyn Schedule>,
    /// How many steps are made.
    pub steps: Steps,
    /// Where random numbers come from.
    pub seed: u64,
    /// The penalty `½ λ ‖w‖²` that is part of the loss in both passes.
    pub l2: Penalty,
    /// The part of the data that is set aside for testing.
    pub test: TestShare,
    /// How many examples a step sees.
    pub batch: BatchSize,
    /// In which order.
    pub order: Order,
    /// The first weights; the subject's own start when not said.
    pub start: Option<Vec<f64>>,
    /// The plane of the map, where there are more than two weights.
    pub slice: Choice<dyn Slice>,
    /// The part of the map that is shown; the subject's or the plane's own when not said.
    pub window: Option<Window>,
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
            Self::Fit(fit) => fit.model.build().view(),
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
            Self::Formula(landscape) => landscape.entry().name.to_owned(),
            Self::Fit(Fit { data, model, loss }) => {
                format!("{}, {}, {} loss", data.entry().name, model.entry().name, loss.entry().name)
            }
        }
    }
}

impl Scene {
    /// Exactly what is minimised.
    #[must_use]
    pub fn source(&self) -> Source {
        Source { subject: self.subject.clone(), seed: self.seed, l2: self.l2, test: self.test }
    }

    /// The first weights, as said or as the subject suggests.
    #[must_use]
    pub fn first_weights(&self) -> Array1<f64> {
        match (&self.start, &self.subject) {
            (Some(start), _) => Array1::from(start.clone()),
            (None, Subject::Formula(landscape)) => {
                Array1::from(landscape.build().view().start.to_vec())
            }
            (None, Subject::Fit(fit)) => {
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

    /// The two runs that the scene asks for: the base optimizer alone, and with the ascent.
    #[must_use]
    pub fn setups(&self, problem: &Problem) -> [Setup; 2] {
        let with = |ascent| Setup {
            objective: Arc::clone(&problem.objective),
            test: problem.test.clone().map(|test| test as Arc<dyn Objective>),
            base: self.base.clone(),
            ascent,
            eta: self.eta.get(),
            eta_schedule: self.eta_schedule.clone(),
            rho_schedule: self.rho_schedule.clone(),
            ball: self.ball,
            steps: self.steps.get(),
            start: self.first_weights(),
            batch: self.batch,
            order: self.order,
            seed: self.seed,
        };
        [with(crate::optim::ascent::none()), with(self.ascent.clone())]
    }

    /// The same scene on another subject, at the start, η and ρ that suit it.
    #[must_use]
    pub fn on(&self, subject: Subject) -> Self {
        let view = subject.view();
        Self {
            title: String::new(),
            eta: LearningRate::new(view.eta).unwrap_or(self.eta),
            ball: crate::math::norm::Radius::new(view.rho)
                .map_or(self.ball, |rho| Ball { rho, ..self.ball }),
            start: None,
            window: None,
            subject,
            ..self.clone()
        }
    }

    /// What the figure is called: its title, or its subject's name.
    #[must_use]
    pub fn heading(&self) -> String {
        if self.title.is_empty() { self.subject.name() } else { self.title.clone() }
    }
}
