//! No gradient at all: a direction uniform on the sphere, in the sense of its cone measure.
//!
//! The measure, and how it is drawn from, is that of [`cone`](crate::math::cone), which average sharpness is a mean over
//! too.

use super::Direction;
use crate::catalog::{Build, Entry};
use crate::math::cone;
use crate::optim::ascent::radius::Reach;
use crate::optim::ascent::{Here, Oracle, Sight};
use crate::optim::mistake::Climb;

pub(in crate::optim::ascent) static ENTRY: Entry<dyn Direction> = Entry {
    id: "random",
    name: "random",
    formula: "uniform on the sphere",
    source: "—",
    about: "The ablation: a direction that knows nothing of the loss.",
    settings: &[],
    build: Build::Sure(|_| Box::new(Random)),
};

struct Random;

impl Direction for Random {
    fn is_uphill(&self) -> bool {
        false
    }

    fn look(&mut self, here: &Here<'_>, reach: &dyn Reach, oracle: &mut Oracle<'_>) -> Sight {
        let drawn = cone::on_the_sphere(here.ball, here.w.len(), oracle.stream());
        here.from(reach.to(here, drawn), oracle)
    }

    fn climb(&self) -> Climb {
        Climb::Neither
    }

    fn uses_gradient(&self) -> bool {
        false
    }

    /// Its dice have been thrown at every step before.
    fn remembers(&self) -> bool {
        true
    }

    fn length_in_the_ball(&self) -> &'static str {
        "always equal to ρ"
    }
}
