//! Loss, gradient and curvature at the point of the map that is pointed at.

use std::sync::Arc;

use web_time::Instant;

use super::seen::Seen;
use crate::analysis::section::Section;
use crate::engine::slot::{Job, Progress, Task};
use crate::engine::{Asked, Engine, Implied, Product};
use crate::math::eigen::symmetric_2x2;
use crate::math::norm::Norm;
use crate::problem::Batch;

impl Product for Pointed {
    type Job = PointedJob;

    fn implied(asked: &Asked<'_>, engine: &Engine) -> Implied<PointedJob> {
        match (engine.shown(), asked.pointer) {
            (Some(seen), Some(at)) => Implied::Job(PointedJob::of(seen, at)),
            (None, _) | (_, None) => Implied::Nothing,
        }
    }
}

/// What there is to say about a point of the map.
#[derive(Clone)]
pub struct Pointed {
    section: Arc<Section>,
    /// Where it is, in coordinates of the map.
    pub at: [f64; 2],
    /// `L` on all data.
    pub loss: f64,
    /// `‖∇L‖₂` on all data.
    pub slope: f64,
    /// `λ_max` of the Hessian, for two weights: with more it is a search, too long for a pointer that moves.
    pub lambda_max: Option<f64>,
}

impl Pointed {
    /// Whether it is a point of the plane of `section`.
    #[must_use]
    pub fn is_on(&self, section: &Section) -> bool {
        std::ptr::eq(&*self.section, section)
    }
}

/// What is to be known of a point; depends on the plane that it lies in.
#[derive(Clone)]
pub struct PointedJob {
    seen: Seen,
    at: [f64; 2],
}

impl PartialEq for PointedJob {
    fn eq(&self, other: &Self) -> bool {
        self.seen.is(&other.seen) && self.at == other.at
    }
}

impl PointedJob {
    /// The point `at` of the map of `seen`.
    #[must_use]
    pub fn of(seen: &Seen, at: [f64; 2]) -> Self {
        Self { seen: seen.clone(), at }
    }
}

impl Job for PointedJob {
    type Product = Pointed;

    fn begin(&self) -> Box<dyn Task<Pointed>> {
        Box::new(PointedTask(self.clone()))
    }
}

struct PointedTask(PointedJob);

impl Task<Pointed> for PointedTask {
    fn advance(&mut self, _: Instant) -> Progress<Pointed> {
        let PointedJob { seen: Seen { comparison, section }, at } = &self.0;
        let objective = &comparison.problem.objective;
        let w = section.plane.at(at[0], at[1]);
        let (loss, gradient) = objective.loss_and_gradient(w.view(), Batch::Whole);
        let lambda_max = (objective.dimension() == 2).then(|| {
            let h = objective.hessian(w.view());
            symmetric_2x2(h[[0, 0]], h[[0, 1]], h[[1, 1]]).0[0]
        });
        Progress::Done(Pointed {
            section: Arc::clone(section),
            at: *at,
            loss,
            slope: Norm::L2.length(gradient.view()),
            lambda_max,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::file;

    #[test]
    fn what_is_said_of_a_point_is_so_there() {
        let scene = file::read("landscape = \"quadratic\"").unwrap();
        let mut engine = Engine::in_place();
        let at = [0.3, -0.2];
        engine.follow(|engine| {
            let window = engine.window_of(&scene, engine.coming());
            Asked { pointer: Some(at), ..Asked::of(&scene, 0).on(window) }
        });
        let seen = engine.shown().unwrap();
        let found = engine.product::<Pointed>().unwrap();
        assert!(found.is_on(&seen.section) && found.at == at);
        let objective = &seen.comparison.problem.objective;
        let w = ndarray::arr1(&at);
        assert_eq!(found.loss, objective.loss(w.view(), Batch::Whole));
        assert!((found.lambda_max.unwrap() - 10.0).abs() < 1e-9);
    }
}
