//! The measured columns of a table: every run over its own neighbourhood, at the norm and radius of the step.
//!
//! A run that knows no neighbourhood is measured over that of the first run that knows one, with that run's ρ at the same
//! step, around its own weights; where no run knows one, what is measured over one stays empty. The edge is given where
//! it is compared with `λ_max` of the loss, on full batches.

use ndarray::ArrayView1;

use crate::analysis::measurable::{At, Measurable};
use crate::math::norm::Ball;
use crate::optim::ascent;
use crate::optim::edge::{self, Curvature};
use crate::optim::mistake;
use crate::optim::neighbourhood::Neighbourhood;
use crate::optim::replay::{Replay, Step};
use crate::optim::run::Setup;
use crate::optim::schedule::Schedule;
use crate::optim::stability;
use crate::problem::batches::BatchSize;

/// Measures the steps of one run.
pub(super) struct Measuring<'a> {
    asked: &'a [&'static Measurable],
    setup: &'a Setup,
    own: Around<'a>,
    lent: Option<Around<'a>>,
}

/// The neighbourhood of a run at each step.
struct Around<'a> {
    setup: &'a Setup,
    schedule: Box<dyn Schedule>,
}

impl<'a> Around<'a> {
    fn of(setup: &'a Setup) -> Self {
        Self { setup, schedule: setup.rho_schedule.build() }
    }

    fn ball(&self, step: usize) -> Ball {
        self.setup.in_force(step).ball.scaled(self.schedule.factor(step, self.setup.steps))
    }

    fn neighbourhood(&self, step: usize, w: ArrayView1<'_, f64>) -> Option<Neighbourhood> {
        self.setup.in_force(step).ascent.build().neighbourhood(w, self.ball(step))
    }

    /// The first step at which its run knows a neighbourhood, if it does at any.
    fn lends_from(&self) -> Option<usize> {
        let mut steps = std::iter::once(0).chain(self.setup.then.iter().map(|then| then.at));
        steps.find(|&step| self.setup.in_force(step).ascent.build().has_neighbourhood())
    }
}

impl<'a> Measuring<'a> {
    /// Measures `asked` along run `place` of `setups`.
    pub(super) fn of(
        asked: &'a [&'static Measurable],
        setups: &'a [Setup],
        place: usize,
    ) -> Option<Self> {
        let setup = setups.get(place)?;
        let own = Around::of(setup);
        let lent = setups.iter().map(Around::of).find(|around| around.lends_from().is_some());
        Some(Self { asked, setup, own, lent })
    }

    /// The cells of a step that `replay` has just handed out.
    pub(super) fn cells(&self, step: &Step, replay: &Replay) -> Vec<Option<f64>> {
        let own = self.own.neighbourhood(step.step, step.w.view());
        let lent = || {
            let around = self.lent.as_ref()?;
            let at = |step: usize, w| around.neighbourhood(step, w);
            // One that looks around later lends what it will have then.
            at(step.step, step.w.view()).or_else(|| at(around.lends_from()?, step.w.view()))
        };
        let at = At {
            objective: &*self.setup.objective,
            w: step.w.view(),
            neighbourhood: own.or_else(lent),
            start: Some(self.setup.start.view()),
            edge: self.edge(step),
            preconditioner: replay.preconditioner(),
        };
        at.values(self.asked)
    }

    fn edge(&self, step: &Step) -> Option<f64> {
        let examples = self.setup.objective.examples();
        let is_full = match self.setup.batch {
            BatchSize::Full => true,
            BatchSize::Of(size) => examples <= size.get(),
        };
        let now = self.setup.in_force(step.step);
        let at = stability::At {
            eta: step.numbers.eta,
            ball: self.own.ball(step.step),
            gradient_norm: step.numbers.gradient_norm,
            step: step.step - now.base_since,
        };
        let edge = edge::of(&*now.base.build(), &*now.ascent.build(), &at).filter(|_| is_full)?;
        let alone = now.ascent.id() == ascent::none().id() || at.ball.rho.is_zero();
        let edge = Some(edge).filter(|_| alone || mistake::is_none(&self.setup.mistake))?;
        (edge.of == Curvature::Hessian).then_some(edge.lambda)
    }
}
