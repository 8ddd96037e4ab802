//! What is asked of starts: whose runs, on which problem, from which pixels.

use std::sync::Arc;

use crate::flight::{Case, Surveyed};
use crate::problem::grid::Grid;
use crate::scene::Scene;
use crate::scene::run::RunSpec;

/// What is asked: runs of one scene over two weights, each from every pixel.
#[derive(Clone)]
pub struct Question {
    /// The scene.
    pub scene: Arc<Scene>,
    /// Its runs that are asked about.
    pub specs: Vec<RunSpec>,
    /// The problem.
    pub ground: Arc<Surveyed>,
    /// The starts.
    pub grid: Grid,
}

impl Question {
    /// What is run of spec `run` from `at`.
    #[must_use]
    pub fn case(&self, run: usize, at: [f64; 2]) -> Option<Case> {
        let spec = self.specs.get(run)?;
        let mut case = Case::of(&self.scene, spec, &self.ground);
        case.setup.start = ndarray::arr1(&at);
        Some(case)
    }

    /// The start of a pixel.
    pub(super) fn start(&self, pixel: usize) -> [f64; 2] {
        [self.grid.x(pixel % self.grid.columns), self.grid.y(pixel / self.grid.columns)]
    }
}
