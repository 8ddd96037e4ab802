//! One step by hand, on `½(10x² + y²)` with `η = 0.05`, `ρ = 0.1`.
//!
//! ```text
//! SAM   w = (0.3, 0.4),  g = (3, 0.4)
//!       p = 2   ε = 0.1 (3, 0.4)/√9.16,  g_SAM = (3 + 10ε₁, 0.4 + ε₂)
//!       p = ∞   ε = (0.1, 0.1),          g_SAM = (4, 0.5)
//!       p = 1   ε = (0.1, 0),            g_SAM = (4, 0.4)
//! GSAM  w = (0.2, 1),  g = (2, 1),  ε = 0.1 (2, 1)/√5,  g_SAM = (2 + 10ε₁, 1 + ε₂),  α = 0.4
//!       direction g_SAM − α (g − (g·g_SAM/‖g_SAM‖²) g_SAM)
//! ```

use ndarray::{ArrayView1, array};

use super::{Finding, ascent, ball, quadratic, sam};
use crate::math::random::Streams;
use crate::optim::ascent::{Here, Oracle};
use crate::optim::run::{Run, Setup};
use crate::problem::noise::Noise;
use crate::problem::{Batch, Objective};

const ETA: f64 = 0.05;
const RHO: f64 = 0.1;

pub(super) fn check() -> Vec<Finding> {
    let objective = quadratic([10.0, 1.0], 0.0);
    let cases = [
        (2.0, [0.100_438_604_966, 0.379_339_181_400]),
        (f64::INFINITY, [0.1, 0.375]),
        (1.0, [0.1, 0.38]),
    ];
    let mut findings = Vec::new();
    for (p, expected) in cases {
        let setup = sam(&objective, [0.3, 0.4], ETA, ball(p, RHO), 1);
        let law = format!("one SAM step by hand, p = {p}");
        findings.extend(rows(setup, &law, "Foret et al. 2021, alg. 1", expected));
    }
    findings.extend(of_gsam(&*objective));
    findings
}

/// The direction that GSAM hands to its base optimizer.
fn of_gsam(objective: &dyn Objective) -> [Finding; 2] {
    let w = array![0.2, 1.0];
    let (loss, gradient) = objective.loss_and_gradient(w.view(), Batch::Whole);
    let here = Here { step: 0, w: w.view(), loss, gradient: gradient.view(), ball: ball(2.0, RHO) };
    let (noise, mut dice) = (Noise::none(), Streams::new(0).ascent());
    let mut oracle = Oracle::new(objective, Batch::Whole, &noise, &mut dice);
    let direction = ascent("gsam", "alpha", 0.4).build().look(&here, &mut oracle).direction;
    let expected = [2.929_952_421_466, 0.946_297_801_834];
    [0, 1].map(|k| Finding {
        law: format!("GSAM's direction by hand, α = 0.4, component {}", k + 1),
        source: "Zhuang et al. 2022",
        expected: expected[k],
        found: direction.as_ref().map_or(f64::NAN, |direction| direction[k]),
        tolerance: 1e-12,
    })
}

fn rows(setup: Setup, law: &str, source: &'static str, expected: [f64; 2]) -> [Finding; 2] {
    let path = Run::to_end(setup);
    let found = path.row(1).map(|row| row.w);
    let component = |w: Option<ArrayView1<'_, f64>>, k: usize| w.map_or(f64::NAN, |w| w[k]);
    [0, 1].map(|k| Finding {
        law: format!("{law}, component {}", k + 1),
        source,
        expected: expected[k],
        found: component(found, k),
        tolerance: 1e-12,
    })
}
