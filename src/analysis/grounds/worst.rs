//! The worst case: the highest loss in the neighbourhood of each place, which SAM is meant to lower.
//!
//! ```text
//! max { L(w + ε) : ‖T⁻¹ε‖_p ≤ ρ }
//! ```
//!
//! With two weights the whole neighbourhood is searched, on a coarser net than where one place is asked for: what is
//! narrower than some ten degrees of the rim may be missed. With more, ε climbs from SAM's guess for a few rounds, which
//! gives a lower bound. Either begins at the maximizer of `gᵀε` and is never below the loss there.

use super::{Cost, Ground};
use crate::analysis::worst_case::worst_on_a_map;

pub(super) static GROUND: Ground = Ground {
    id: "worst",
    name: "Worst case in the ball",
    noun: "the worst case",
    symbol: "max L(w + ε)",
    about: "the highest loss within the ball around each place; above two weights a lower bound of it",
    unit: "",
    source: "Foret et al. 2021",
    cost: Cost::Search,
    height: |place| match place.neighbourhood() {
        Some(around) => {
            let found = worst_on_a_map(place.objective, place.w, around);
            place.here().0 + found.rise
        }
        None => f64::NAN,
    },
    lacks: |looking| {
        let none = looking.neighbourhood(ndarray::ArrayView1::from(&[])).is_none();
        none.then_some("its ε is bounded by no ball")
    },
};
