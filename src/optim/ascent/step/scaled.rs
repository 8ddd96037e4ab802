//! The gradient at `w + ε`, as long as the one at w: only its direction is new.
//!
//! ```text
//! g_SAM ‖g‖/‖g_SAM‖
//! ```
//!
//! Along an eigenvector of a quadratic it is g itself: whatever ρ is, the edge is the base's. Where `g_SAM` vanishes it has
//! no direction, and is handed on as it is.

use ndarray::Array1;

use super::Handing;
use crate::catalog::{Build, Entry};
use crate::math::norm::Norm;
use crate::optim::ascent::{Here, Sight, is_flat};

pub(in crate::optim::ascent) static ENTRY: Entry<dyn Handing> = Entry {
    id: "scaled",
    name: "g_SAM as long as g",
    formula: "g_SAM ‖g‖/‖g_SAM‖",
    source: "Tan et al. 2024",
    about: "The direction of the gradient at w + ε, and the length of the one at w.",
    settings: &[],
    build: Build::Sure(|_| Box::new(Scaled)),
};

struct Scaled;

impl Handing for Scaled {
    fn hand(&mut self, here: &Here<'_>, sight: &Sight) -> Option<Array1<f64>> {
        let gradient = sight.gradient.view();
        // Divided first: the quotient of two lengths could leave the range of numbers.
        let unit = (!is_flat(gradient)).then(|| &gradient / Norm::L2.length(gradient))?;
        Some(unit * Norm::L2.length(here.gradient))
    }

    fn on_an_eigenvector(&self) -> Option<f64> {
        Some(0.0)
    }
}
