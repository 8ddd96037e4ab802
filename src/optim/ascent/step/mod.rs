//! Steps: what the base is handed, once the gradient at `w + ε` is known.
//!
//! ```text
//! there    g_SAM                            scaled   g_SAM ‖g‖/‖g_SAM‖        mixed   (1 − α) g + α g_SAM
//! across   g_SAM − α g_⊥, g_⊥ of g          reused   g + α (‖g‖/‖g_v‖) g_v, g_v of an earlier g_SAM
//! ```

use ndarray::Array1;

use super::{Here, Sight};
use crate::catalog::Catalog;

pub(super) mod there;
pub(super) mod scaled;
pub(super) mod mixed;
pub(super) mod across;
pub(super) mod reused;

/// What the base is handed, with its memory, for one run.
pub trait Handing: Send {
    /// What is handed on where it is not the gradient at `w + ε`.
    fn hand(&mut self, here: &Here<'_>, sight: &Sight) -> Option<Array1<f64>>;

    /// Whether one looks around at this step.
    fn looks_at(&self, step: usize) -> bool {
        let _ = step;
        true
    }

    /// What is handed on at a step at which nobody looks around; none where it is the gradient at the weights.
    fn between(&mut self, here: &Here<'_>) -> Option<Array1<f64>> {
        let _ = here;
        None
    }

    /// Whether the gradient at the weights is needed for it.
    fn uses_gradient(&self) -> bool {
        true
    }

    /// The first step whose look is still remembered at `step`.
    fn remembers_since(&self, step: usize) -> usize {
        step
    }

    /// α such that along an eigenvector of a quadratic `g + α (g_SAM − g)` is handed on; none where it is not.
    fn on_an_eigenvector(&self) -> Option<f64>;

    /// Whether it looks around at some steps only.
    fn skips(&self) -> bool {
        false
    }
}

/// Every step, in the order of the tables.
pub static ALL: Catalog<dyn Handing> = Catalog {
    family: "step",
    entries: &[&there::ENTRY, &scaled::ENTRY, &mixed::ENTRY, &across::ENTRY, &reused::ENTRY],
};
