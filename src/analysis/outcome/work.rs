//! The work on an outcome, in pieces that can be dropped between any two.

use std::sync::Arc;

use super::judge::{self, Case};
use super::travel::Journey;
use super::{Ending, Heading, Outcome, Stillness};
use crate::analysis::basins::{Basins, Lowest};
use crate::analysis::spectrum::SpectrumWork;
use crate::analysis::survey::thrice;
use crate::analysis::verdict::Verdict;
use crate::optim::ending::Ending as Seen;
use crate::optim::run::Setup;
use crate::optim::trajectory::Trajectory;
use crate::optim::watch::Watch;
use crate::problem::grid::Window;
use crate::problem::{Batch, Objective};

/// What an outcome depends on beside the path and the problem.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct About {
    /// The steps that were asked for.
    pub steps: usize,
    /// Decoupled weight decay of the base, zero without.
    pub weight_decay: f64,
    /// The problem's own box, [`View::window`](crate::problem::landscapes::View::window).
    pub own: Window,
    /// The curvature above which the base overshoots at the last η, where it states one; for networks.
    pub edge: Option<f64>,
}

impl About {
    /// Of a run with this setup, on a problem whose own box is `own`.
    #[must_use]
    pub fn of(setup: &Setup, own: Window) -> Self {
        let last = setup.in_force(setup.steps);
        let weight_decay = last.base.get("weight_decay").unwrap_or(0.0);
        Self { steps: setup.steps, weight_decay, own, edge: None }
    }
}

/// Flows that are followed in one piece, and rows that are passed.
const FLOWS: usize = 8;
const ROWS: usize = 4096;

/// An outcome that is being found.
pub struct OutcomeWork {
    objective: Arc<dyn Objective>,
    about: About,
    stage: Stage,
}

enum Stage {
    /// Two weights: basins row by row.
    Plane {
        basins: Box<Basins>,
        surveyed: Arc<Vec<Lowest>>,
        journey: Box<Journey>,
    },
    /// More: the curvature at the end.
    Space(Box<SpectrumWork>),
    Done(Box<Outcome>),
}

impl OutcomeWork {
    /// The outcome of `path`, a run on `objective`.
    ///
    /// `basins` are those that [`Survey`](crate::analysis::survey::Survey) found of the same objective, for two
    /// weights; without them, and for other numbers of weights, there is no talk of basins.
    #[must_use]
    pub fn new(
        objective: Arc<dyn Objective>,
        basins: Option<&Basins>,
        path: &Trajectory,
        about: About,
    ) -> Self {
        let stage = match (path.end(), basins) {
            (None, _) => Stage::Done(Box::new(no_row(&*objective, path))),
            (Some(_), Some(basins)) if path.dimension == 2 => Stage::Plane {
                surveyed: basins.shared_minima(),
                basins: Box::new(basins.clone()),
                journey: Box::new(Journey::new(path.rows())),
            },
            (Some(end), _) => Stage::Space(Box::new(SpectrumWork::at(end.view()))),
        };
        Self { objective, about, stage }
    }

    /// The end of `path` only: nothing is known of its start and of the way, and there is a tenth of the work.
    #[must_use]
    pub fn of_the_end(
        objective: Arc<dyn Objective>,
        basins: Option<&Basins>,
        path: &Trajectory,
        about: About,
    ) -> Self {
        let mut work = Self::new(objective, basins, path, about);
        if let Stage::Plane { journey, .. } = &mut work.stage {
            **journey = Journey::of_the_end(path.rows());
        }
        work
    }

    /// The whole work at once.
    #[must_use]
    pub fn to_end(
        objective: Arc<dyn Objective>,
        basins: Option<&Basins>,
        path: &Trajectory,
        about: About,
    ) -> Outcome {
        let mut work = Self::new(objective, basins, path, about);
        loop {
            if let Some(outcome) = work.advance(path) {
                return outcome;
            }
        }
    }

    /// Does one piece of the work on the same path every time, some tens of microseconds for a formula; the outcome when
    /// it was the last.
    pub fn advance(&mut self, path: &Trajectory) -> Option<Outcome> {
        let Self { objective, about, stage } = self;
        match stage {
            Stage::Plane { basins, surveyed, journey } => {
                if journey.advance(basins, path, FLOWS, ROWS) {
                    return None;
                }
                let last = path.row(path.last_step())?;
                let domain = domain(path, about.own, surveyed, objective.examples());
                let minima: Vec<&Lowest> =
                    surveyed.iter().filter(|minimum| domain.contains(minimum.at)).collect();
                let route = journey.finish();
                let case = Case { path, basins, minima: &minima, domain, about: *about, route };
                let outcome = case.outcome(last);
                *stage = Stage::Done(Box::new(outcome.clone()));
                Some(outcome)
            }
            Stage::Space(work) => {
                let spectrum = work.advance(&**objective)?;
                let outcome = in_space(path, *about, spectrum.sharpest())?;
                *stage = Stage::Done(Box::new(outcome.clone()));
                Some(outcome)
            }
            Stage::Done(outcome) => Some((**outcome).clone()),
        }
    }
}

/// The rows that say where a path of so many rows ends: its last tenth, and no less than the longest period.
#[must_use]
pub fn tail(rows: usize) -> usize {
    rows.div_ceil(10).max(LONGEST)
}

/// The longest period of a cycle that is told.
const LONGEST: usize = 16;

/// Where a run may be: a landscape's own box three times as wide, else the box of its start and its minima.
fn domain(path: &Trajectory, own: Window, minima: &[Lowest], examples: usize) -> Window {
    let Some(start) = path.row(0).filter(|_| examples > 0) else { return thrice(own) };
    let start = [start.w[0], start.w[1]];
    let mut places: Vec<[f64; 2]> =
        minima.iter().map(|minimum| minimum.at).filter(|at| own.contains(*at)).collect();
    if places.is_empty() {
        // With neither minima nor a width the model's own box says how large weights are.
        places.extend([[own.x[0], own.y[0]], [own.x[1], own.y[1]]]);
    }
    places.push(start);
    let edges = |k: usize| {
        let ends = places.iter().map(|at| at[k]);
        ends.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], x| [low.min(x), high.max(x)])
    };
    thrice(Window::new(edges(0), edges(1)))
}

/// The outcome of a run whose first step cannot be made: it stands at its start.
fn no_row(objective: &dyn Objective, path: &Trajectory) -> Outcome {
    let start = path.unfollowed.as_ref();
    let loss = start.map_or(f64::NAN, |w| objective.loss(w.view(), Batch::Whole));
    Outcome {
        ending: Ending::Diverged { heading: Heading::Up, last: 0, numbers_end: true },
        at_step: Some(Watch::default().beyond()),
        steps: 0,
        place: start.filter(|w| w.len() == 2).map(|w| [w[0], w[1]]),
        travel: None,
        stays: Vec::new(),
        verdict: None,
        loss,
        test_loss: None,
        lambda_max: None,
        gradients: 0,
    }
}

/// The outcome of a run over more weights than a map has.
fn in_space(path: &Trajectory, about: About, lambda_max: Option<f64>) -> Option<Outcome> {
    let last = path.row(path.last_step())?;
    let numbers_end = path.rows() <= about.steps;
    let diverged = || {
        let watch = Watch::over(path);
        let since = if numbers_end { watch.beyond() } else { watch.grown()? };
        let ending = Ending::Diverged { heading: Heading::Up, last: path.last_step(), numbers_end };
        Some((ending, Some(since)))
    };
    let stopped = || {
        let halted = matches!(path.ending, Seen::Converged { .. });
        (halted && super::signs::rate_is_gone(path) && judge::would_move(path, &last))
            .then(|| judge::stop(path, &last))
    };
    let rest = || {
        let Seen::Converged { at_step } = path.ending else { return None };
        let decay = about.weight_decay * last.w.dot(&last.w).sqrt();
        let held = decay > 0.0 && last.numbers.gradient_norm > 0.5 * decay;
        let why = if held { Stillness::Decay } else { Stillness::Minimum };
        Some((Ending::Rest { why }, Some(at_step)))
    };
    let (ending, at_step) = diverged()
        .or_else(stopped)
        .or_else(|| judge::stalled(path, &last))
        .or_else(|| judge::cycle(path))
        .or_else(rest)
        .unwrap_or((Ending::Moving, None));
    Some(Outcome {
        ending,
        at_step,
        steps: path.last_step(),
        place: None,
        travel: None,
        stays: Vec::new(),
        verdict: Some(Verdict::of(path, lambda_max, about.edge)),
        loss: last.numbers.loss,
        test_loss: last.numbers.test_loss,
        lambda_max,
        gradients: last.numbers.gradients,
    })
}
