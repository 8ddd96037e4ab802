//! How sharp the loss is along the runs: measured step by step, off the interface thread, coarse first.

use std::collections::VecDeque;
use std::sync::Arc;

use ndarray::ArrayView1;
use web_time::Instant;

use super::comparison::Comparison;
use super::terrain::Fineness;
use crate::analysis::measures::{Measured, MeasuresWork};
use crate::engine::slot::{Job, Progress, Task};
use crate::engine::{Asked, Engine, Implied, Product};
use crate::math::norm::{Ball, Radius};
use crate::optim::moment::Moment;
use crate::optim::neighbourhood::Neighbourhood;
use crate::optim::trajectory::Trajectory;

impl Product for Measures {
    type Job = MeasuresJob;

    fn implied(asked: &Asked<'_>, engine: &Engine) -> Implied<MeasuresJob> {
        match (asked.along, engine.comparison()) {
            (Some(Along::Everything), Some(runs)) => {
                Implied::Job(MeasuresJob::of(runs, Along::Everything))
            }
            // No chart of them is looked at; numbers at a step are `Here`.
            (Some(Along::At(_) | Along::Between(_)), _) => Implied::Nothing,
            (None, _) | (_, None) => Implied::Keep,
        }
    }
}

/// What was measured along the runs.
#[derive(Clone)]
pub struct Measures {
    /// The runs.
    pub comparison: Arc<Comparison>,
    /// Steps with what was measured there, in order, of each run.
    pub runs: Vec<Vec<(usize, Measured)>>,
    /// Where along the runs it was measured; a chart measures all runs over one neighbourhood, numbers each over its own.
    pub along: Along,
    /// Whether more steps are on their way.
    pub fineness: Fineness,
}

impl Measures {
    /// The neighbourhood that all runs of a chart are measured over, in words; none where no run has one, and proxy, gap,
    /// worst case and average mean nothing.
    #[must_use]
    pub fn neighbourhood(&self) -> Option<String> {
        let run = looking(&self.comparison)?;
        let first = self.comparison.runs.get(run)?.row(0)?;
        lent(&self.comparison, 0, first.w).map(|found| found.to_string())
    }

    /// What was measured at `step` of run number `run`, or at the nearest step before it.
    #[must_use]
    pub fn at(&self, run: usize, step: usize) -> Option<&Measured> {
        let run = self.runs.get(run)?;
        let after = run.partition_point(|(measured, _)| *measured <= step);
        after.checked_sub(1).and_then(|place| run.get(place)).map(|(_, measured)| measured)
    }
}

/// The first run that perturbs its weights within a neighbourhood: all runs of a chart are measured over that one.
#[must_use]
pub fn looking(comparison: &Comparison) -> Option<usize> {
    let w = ArrayView1::from(&[]);
    (0..comparison.runs.len()).find(|&run| {
        comparison.scene.spec(run).stretches().any(|(_, spec)| {
            spec.perturbs() && spec.ascent.build().neighbourhood(w, spec.ball).is_some()
        })
    })
}

/// The neighbourhood of run `run` at `step`, around the weights `w`; none for a run without one.
fn of_run(
    comparison: &Comparison,
    run: usize,
    step: usize,
    w: ArrayView1<'_, f64>,
) -> Option<Neighbourhood> {
    let path = comparison.runs.get(run)?;
    let spec = comparison.scene.spec(run).at(step.min(path.last_step()));
    if !spec.perturbs() {
        return None;
    }
    let rho = path.row_at_most(step)?.numbers.rho;
    let rho = Radius::new(rho).unwrap_or(spec.ball.rho);
    spec.ascent.build().neighbourhood(w, Ball { rho, ..spec.ball })
}

/// The neighbourhood of the first run that has one, around the weights `w`: the one at `step`, or where it has none there
/// the first that it has.
fn lent(comparison: &Comparison, step: usize, w: ArrayView1<'_, f64>) -> Option<Neighbourhood> {
    let run = looking(comparison)?;
    of_run(comparison, run, step, w).or_else(|| {
        let spec = comparison.scene.spec(run).looking();
        spec.ascent.build().neighbourhood(w, spec.ball)
    })
}

/// The neighbourhood that numbers of run `run` at `step` are measured over, around the weights `w`: its own, else that of
/// the first run that has one.
#[must_use]
pub fn around(
    comparison: &Comparison,
    run: usize,
    step: usize,
    w: ArrayView1<'_, f64>,
) -> Option<Neighbourhood> {
    of_run(comparison, run, step, w).or_else(|| lent(comparison, step, w))
}

/// The measures along runs; depends on them and not on how they are seen.
#[derive(Clone, PartialEq)]
pub struct MeasuresJob {
    comparison: Arc<Comparison>,
    along: Along,
}

/// Where along the runs one measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Along {
    /// From end to end, for a chart.
    Everything,
    /// At this moment, for the numbers shown there.
    At(Moment),
    /// From the first to the second of these, for the numbers shown there.
    Between([Moment; 2]),
}

impl Along {
    /// Whether it follows the moment shown.
    fn follows_the_moment(self) -> bool {
        match self {
            Self::Everything => false,
            Self::At(_) | Self::Between(_) => true,
        }
    }
}

impl MeasuresJob {
    /// The measures of `comparison`.
    #[must_use]
    pub fn of(comparison: &Arc<Comparison>, along: Along) -> Self {
        Self { comparison: Arc::clone(comparison), along }
    }
}

impl Job for MeasuresJob {
    type Product = Measures;

    fn is_followed_by(&self, next: &Self) -> bool {
        Arc::ptr_eq(&self.comparison, &next.comparison)
            && [self.along, next.along].iter().all(|along| along.follows_the_moment())
    }

    fn begin(&self) -> Box<dyn Task<Measures>> {
        Box::new(Measuring::new(Arc::clone(&self.comparison), self.along))
    }
}

struct Measuring {
    comparison: Arc<Comparison>,
    /// Run and step, coarse ones first.
    left: VecDeque<(usize, usize)>,
    /// The one that is being measured.
    under_way: Option<(usize, usize, MeasuresWork)>,
    along: Along,
    /// How many are left when the coarse ones are done.
    fine: usize,
    runs: Vec<Vec<(usize, Measured)>>,
}

/// Steps of a run with two weights that are measured; more are taken two by two, so that a bounce shows both its ends.
const ROWS: usize = 256;
/// The same with more weights, where a Hessian is large.
const ROWS_OF_MANY: usize = 48;
/// One in so many comes first.
const COARSER: usize = 8;

impl Measuring {
    fn new(comparison: Arc<Comparison>, along: Along) -> Self {
        let few = comparison.problem.objective.dimension() == 2;
        let most = if few { ROWS } else { ROWS_OF_MANY };
        let steps_of = |run: &Trajectory| match along {
            Along::Everything => spread(run.rows(), most),
            Along::At(at) => vec![at.step_of(run)],
            Along::Between([first, last]) => (first.step_of(run)..=last.step_of(run)).collect(),
        };
        let steps: Vec<Vec<usize>> = comparison.runs.iter().map(steps_of).collect();
        let turn = |first: bool| -> Vec<(usize, usize)> {
            let chosen = move |&(place, _): &(usize, usize)| place.is_multiple_of(COARSER) == first;
            let of = |(run, steps): (usize, &Vec<usize>)| {
                let places = steps.iter().copied().enumerate();
                places.filter(chosen).map(|(_, step)| (run, step)).collect::<Vec<_>>()
            };
            steps.iter().enumerate().flat_map(of).collect()
        };
        let (coarse, fine) = (turn(true), turn(false));
        let left_after = fine.len();
        Self {
            runs: vec![Vec::new(); comparison.runs.len()],
            comparison,
            left: coarse.into_iter().chain(fine).collect(),
            under_way: None,
            along,
            fine: left_after,
        }
    }

    /// What has to be done for a step of a run.
    fn work(&self, run: usize, step: usize) -> Option<MeasuresWork> {
        let row = self.comparison.runs.get(run)?.row(step)?;
        let around = self.around(run, step, row.w);
        // Where no run looks around, nothing is read off the ball: see `Measures::neighbourhood`.
        let ball = self.comparison.scene.shared.ball;
        let around = around.unwrap_or_else(|| Neighbourhood::ball(ball));
        let start = self.comparison.runs.get(run)?.row(0)?.w;
        Some(MeasuresWork::at(row.w, around).from(start))
    }

    /// The neighbourhood that a step of a run is measured over.
    fn around(&self, run: usize, step: usize, w: ArrayView1<'_, f64>) -> Option<Neighbourhood> {
        if self.along.follows_the_moment() {
            return around(&self.comparison, run, step, w);
        }
        lent(&self.comparison, step, w)
    }

    /// One more piece; true when a step has been measured.
    fn go_on(&mut self) -> bool {
        let Some((run, step, work)) = &mut self.under_way else {
            let Some((run, step)) = self.left.pop_front() else { return false };
            self.under_way = self.work(run, step).map(|work| (run, step, work));
            return self.under_way.is_none();
        };
        let Some(measured) = work.advance(&*self.comparison.problem.objective) else {
            return false;
        };
        self.runs[*run].push((*step, measured));
        self.under_way = None;
        true
    }

    fn is_done(&self) -> bool {
        self.under_way.is_none() && self.left.is_empty()
    }

    fn product(&self, fineness: Fineness) -> Measures {
        let mut runs = self.runs.clone();
        for run in &mut runs {
            run.sort_by_key(|(step, _)| *step);
        }
        let along = self.along;
        Measures { comparison: Arc::clone(&self.comparison), runs, along, fineness }
    }
}

/// At most about `most` of the first `rows` numbers: all, or pairs of neighbours spread evenly, both ends included.
fn spread(rows: usize, most: usize) -> Vec<usize> {
    if rows <= most {
        return (0..rows).collect();
    }
    let pairs = most / 2;
    let first = |pair: usize| pair * (rows - 2) / (pairs - 1);
    (0..pairs).flat_map(|pair| [first(pair), first(pair) + 1]).collect()
}

impl Task<Measures> for Measuring {
    fn advance(&mut self, until: Instant) -> Progress<Measures> {
        while !self.is_done() {
            let measured = self.go_on();
            if measured && self.left.len() == self.fine && self.fine > 0 {
                return Progress::Preview(self.product(Fineness::Preview));
            }
            if Instant::now() >= until {
                return Progress::Working;
            }
        }
        Progress::Done(self.product(Fineness::Full))
    }
}

#[cfg(test)]
mod tests {
    use super::super::comparison::ComparisonJob;
    use super::*;
    use crate::engine::slot::to_end;
    use crate::scene::file;

    #[test]
    fn every_step_of_a_short_run_is_measured_in_order() {
        let scene = file::read("landscape = \"quadratic\"\nsteps = 20").unwrap();
        let comparison = to_end(&ComparisonJob::of(&scene));
        let measures = to_end(&MeasuresJob::of(&comparison, Along::Everything));
        for run in &measures.runs {
            let steps: Vec<usize> = run.iter().map(|(step, _)| *step).collect();
            assert_eq!(steps, (0..=20).collect::<Vec<_>>());
            // The curvature of the quadratic is the same everywhere.
            assert!(run.iter().all(|(_, measured)| (measured.lambda_max - 10.0).abs() < 1e-9));
            assert!(run.iter().all(|(_, measured)| measured.worst >= measured.average));
        }
    }

    #[test]
    fn a_long_run_is_measured_at_neighbouring_steps_from_end_to_end() {
        let steps = spread(20_001, 256);
        assert_eq!(steps.len(), 256);
        assert_eq!((steps[0], steps[1]), (0, 1));
        assert_eq!((steps[254], steps[255]), (19_999, 20_000));
        assert!(steps.is_sorted_by(|a, b| a < b));
    }
}
