//! Two wells, one of them narrow: descent falls into the near one, SAM leaves it for the wide one.
//!
//! ```text
//! L(x, y) = −exp(−(x − 2)² − y²) − exp(−x² − 100y²)        start (−0.4, −0.4), η = 0.01, ρ = 0.1
//! ```
//!
//! The example of the notebook on SAM in optax's documentation (examples/contrib/sam.ipynb), which lets descent make
//! 8000 steps and SAM 4000, the same number of gradients.

use super::bare::Bare;
use super::{Finding, ball, sam};
use crate::optim::ascent;
use crate::optim::run::{Run, Setup};

fn wide(x: f64, y: f64) -> f64 {
    libm::exp(-(x - 2.0) * (x - 2.0) - y * y)
}

fn narrow(x: f64, y: f64) -> f64 {
    libm::exp(-x * x - 100.0 * y * y)
}

pub(super) fn check() -> Vec<Finding> {
    let objective = Bare {
        value: |x, y| -wide(x, y) - narrow(x, y),
        gradient: |x, y| {
            let (a, b) = (wide(x, y), narrow(x, y));
            [2.0 * (x - 2.0) * a + 2.0 * x * b, 2.0 * y * a + 200.0 * y * b]
        },
        hessian: |x, y| {
            let (a, b) = (wide(x, y), narrow(x, y));
            let x2 = x - 2.0;
            let mixed = -4.0 * x2 * y * a - 400.0 * x * y * b;
            [
                [(2.0 - 4.0 * x2 * x2) * a + (2.0 - 4.0 * x * x) * b, mixed],
                [mixed, (2.0 - 4.0 * y * y) * a + (200.0 - 40_000.0 * y * y) * b],
            ]
        },
    }
    .shared();
    let climbing = sam(&objective, [-0.4, -0.4], 0.01, ball(2.0, 0.1), 4000);
    let descent = Setup { ascent: ascent::none(), steps: 8000, ..climbing.clone() };
    [("descent", "narrow", descent, 0.0), ("SAM", "wide", climbing, 2.0)]
        .map(|(who, which, setup, expected)| Finding {
            law: format!("optax's two wells: {who} ends in the {which} one at x = {expected}"),
            source: "optax documentation",
            expected,
            found: Run::to_end(setup).end().map_or(f64::NAN, |w| w[0]),
            tolerance: 0.15,
        })
        .to_vec()
}
