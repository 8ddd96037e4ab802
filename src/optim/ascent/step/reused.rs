//! What was new in the gradient at `w + ε`, used again for some steps.
//!
//! ```text
//! t mod k = 0     g_v = g_SAM − (g_SAM·g/‖g‖²) g,     direction = g_SAM            two gradients
//! else            direction = g + α (‖g‖/‖g_v‖) g_v                                one
//! ```
//!
//! `g_v`, the part of `g_SAM` that is orthogonal to g, is what pulls toward flat ground, and it changes slowly. In between
//! ε = 0, since nobody looks.

use ndarray::Array1;

use super::Handing;
use crate::catalog::{Build, Entry, Kind, Scale, Setting};
use crate::math::norm::Norm;
use crate::optim::ascent::{Here, Sight, is_flat, orthogonal};

pub(in crate::optim::ascent) const SETTINGS: &[Setting] = &[
    Setting {
        key: "k",
        label: "every k steps",
        about: "how many steps one look around must last",
        kind: Kind::Number { default: 5.0, range: (1.0, 100.0), scale: Scale::Whole },
    },
    Setting {
        key: "reuse",
        label: "reuse α",
        about: "how strong the remembered part is, α in g + α (‖g‖/‖g_v‖) g_v",
        kind: Kind::Number { default: 0.7, range: (0.0, 5.0), scale: Scale::Linear },
    },
];

pub(in crate::optim::ascent) static ENTRY: Entry<dyn Handing> = Entry {
    id: "reused",
    name: "g_SAM every k steps",
    formula: "g + α (‖g‖/‖g_v‖) g_v, g_v from every k-th step's g_SAM",
    source: "Liu et al. 2022",
    about: "The gradient at w + ε every k-th step, and what was new in it in between.",
    settings: SETTINGS,
    build: Build::Sure(|settings| {
        Box::new(Reused {
            every: settings.count("k"),
            reuse: settings.get("reuse"),
            remembered: None,
        })
    }),
};

struct Reused {
    every: usize,
    reuse: f64,
    remembered: Option<Array1<f64>>, // g_v, scaled to length 1
}

/// An orthogonal part below this share of the whole is what subtraction left over.
const ROUNDING: f64 = 1e-12;

impl Handing for Reused {
    fn hand(&mut self, here: &Here<'_>, sight: &Sight) -> Option<Array1<f64>> {
        let new = orthogonal(sight.gradient.view(), here.gradient);
        // A part this short is rounding; blown up to the length of g it would be noise.
        let length = Norm::L2.length(new.view());
        let rounding = ROUNDING * Norm::L2.length(sight.gradient.view());
        self.remembered = (length > rounding && !is_flat(new.view())).then(|| new / length);
        None
    }

    fn looks_at(&self, step: usize) -> bool {
        step.is_multiple_of(self.every)
    }

    fn between(&mut self, here: &Here<'_>) -> Option<Array1<f64>> {
        self.remembered.as_ref().map(|unit| {
            let length = Norm::L2.length(here.gradient);
            &here.gradient + &(unit * (self.reuse * length))
        })
    }

    fn remembers_since(&self, step: usize) -> usize {
        step - step % self.every
    }

    fn on_an_eigenvector(&self) -> Option<f64> {
        None
    }

    fn skips(&self) -> bool {
        true
    }
}
