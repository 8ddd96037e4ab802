//! The gradient at `w + ε`, as it is.

use ndarray::Array1;

use super::Handing;
use crate::catalog::{Build, Entry};
use crate::optim::ascent::{Here, Sight};

pub(in crate::optim::ascent) static ENTRY: Entry<dyn Handing> = Entry {
    id: "there",
    name: "g_SAM",
    formula: "g_SAM",
    source: "Foret et al. 2021",
    about: "The gradient at w + ε, as it is.",
    settings: &[],
    build: Build::Sure(|_| Box::new(There)),
};

struct There;

impl Handing for There {
    fn hand(&mut self, _: &Here<'_>, _: &Sight) -> Option<Array1<f64>> {
        None
    }

    fn uses_gradient(&self) -> bool {
        false
    }

    fn on_an_eigenvector(&self) -> Option<f64> {
        Some(1.0)
    }
}
