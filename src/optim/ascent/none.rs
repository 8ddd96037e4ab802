//! No ascent: the base optimizer alone.
//!
//! ```text
//! ε = 0
//! ```

use ndarray::ArrayView1;

use super::{Ascent, Here, Oracle, Sight};
use crate::catalog::{Build, Entry};
use crate::math::norm::Ball;
use crate::optim::base::Base;
use crate::optim::mistake::Climb;
use crate::optim::neighbourhood::Neighbourhood;
use crate::optim::stability::{self, Edge};

pub(super) static ENTRY: Entry<dyn Ascent> = Entry {
    id: "none",
    name: "None",
    formula: "ε = 0",
    source: "—",
    about: "The base optimizer alone, one gradient a step.",
    settings: &[],
    build: Build::Sure(|_| Box::new(Plain)),
};

struct Plain;

impl Ascent for Plain {
    fn look(&mut self, here: &Here<'_>, _: &mut Oracle<'_>) -> Sight {
        here.plain()
    }

    fn neighbourhood(&self, _: ArrayView1<'_, f64>, _: Ball) -> Option<Neighbourhood> {
        None
    }

    fn climb(&self) -> Climb {
        Climb::Neither
    }

    fn edge(&self, base: &dyn Base, at: &stability::At) -> Option<Edge> {
        base.edge(at)
    }

    fn length_of_epsilon(&self) -> &'static str {
        "zero: it does not look around"
    }
}
