//! The gradient at the weights: to first order, where the loss rises most.

use super::Direction;
use crate::catalog::{Build, Entry};
use crate::optim::ascent::radius::Reach;
use crate::optim::ascent::{Here, Oracle, Sight};

pub(in crate::optim::ascent) static ENTRY: Entry<dyn Direction> = Entry {
    id: "gradient",
    name: "gradient",
    formula: "g",
    source: "Foret et al. 2021",
    about: "The gradient of the step's batch at the weights.",
    settings: &[],
    build: Build::Sure(|_| Box::new(Gradient)),
};

struct Gradient;

impl Direction for Gradient {
    fn look(&mut self, here: &Here<'_>, reach: &dyn Reach, oracle: &mut Oracle<'_>) -> Sight {
        here.from(reach.along(here, here.gradient, oracle), oracle)
    }

    fn keeps_to_an_eigenvector(&self) -> bool {
        true
    }
}
