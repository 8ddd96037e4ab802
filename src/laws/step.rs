//! One step by hand, on `½(10x² + y²)` with `η = 0.05`, `ρ = 0.1`.
//!
//! ```text
//! SAM   w = (0.3, 0.4),  g = (3, 0.4)
//!       p = 2   ε = 0.1 (3, 0.4)/√9.16,  g_SAM = (3 + 10ε₁, 0.4 + ε₂)
//!       p = ∞   ε = (0.1, 0.1),          g_SAM = (4, 0.5)
//!       p = 1   ε = (0.1, 0),            g_SAM = (4, 0.4)
//! GSAM  w = (0.2, 1),    g = (2, 1),  α = 0.4,  from the direction w⁺ = w − η (2.929952421466, 0.946297801834)
//! ```

use ndarray::ArrayView1;

use super::{Finding, ascent, ball, quadratic, sam};
use crate::optim::run::{Run, Setup};

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
    let setup = Setup {
        ascent: ascent("gsam", "alpha", 0.4),
        ..sam(&objective, [0.2, 1.0], ETA, ball(2.0, RHO), 1)
    };
    let direction = [2.929_952_421_466, 0.946_297_801_834];
    let expected = [0.2 - ETA * direction[0], 1.0 - ETA * direction[1]];
    findings.extend(rows(setup, "one GSAM step by hand, α = 0.4", "Zhuang et al. 2022", expected));
    findings
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
