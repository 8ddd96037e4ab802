//! Two wells, one of them narrow: descent falls into the near one, SAM leaves it for the wide one.
//!
//! ```text
//! L(x, y) = −exp(−(x − 2)² − y²) − exp(−x² − 100y²)        start (−0.4, −0.4), η = 0.01, ρ = 0.1
//! ```
//!
//! The example of the notebook on SAM in optax's documentation (examples/contrib/sam.ipynb), which lets descent make
//! 8000 steps and SAM 4000, the same number of gradients. The ends are known to six digits; both runs have come to them, one
//! to rest and one to a cycle, long before.

use super::bare::Bare;
use super::{Finding, ball, sam};
use crate::optim::ascent;
use crate::optim::run::{Run, Setup};

/// The ends were written down with six decimals.
const DIGITS: f64 = 1e-6;

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
    let mut findings = ending("descent ends in the narrow one", descent, [0.042_496, 0.0]).to_vec();
    findings.extend(ending("SAM bounces in the wide one", climbing, [1.959_210, 0.001_700]));
    findings
}

/// The end of a run, with the size of y; and y one step before, which has the other sign where there is any.
fn ending(what: &str, setup: Setup, [x, y]: [f64; 2]) -> [Finding; 3] {
    let path = Run::to_end(setup);
    let last = path.row(path.last_step()).map(|row| [row.w[0], row.w[1]]);
    let before = path.row(path.last_step().saturating_sub(1)).map(|row| row.w[1]);
    let [found_x, found_y] = last.unwrap_or([f64::NAN; 2]);
    let finding = |part: &str, expected: f64, found: f64| Finding {
        law: format!("optax's two wells: {what}, {part}"),
        source: "optax documentation",
        expected,
        found,
        tolerance: DIGITS,
    };
    [
        finding("x", x, found_x),
        finding("|y|", y, found_y.abs()),
        finding("y of the last two steps together", 0.0, found_y + before.unwrap_or(f64::NAN)),
    ]
}
