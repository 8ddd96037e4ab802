//! Where variants of SAM meet SAM, and each other.
//!
//! ```text
//! are SAM, bit for bit  GSAM with α = 0, LookSAM with k = 1, Friendly SAM with σ = 0, n-step SAM with n = 1,
//!                       m-SAM with m = |B|, WSAM with α = 1, VaSSO with θ = 1
//! unnormalised SAM      ε = ρg is SAM's, p = 2, of radius ρ‖g‖;  on a quadratic w_i ← (1 − ηλ_i(1 + ρλ_i)) w_i:
//!                       it comes to rest where SAM bounces
//! ASAM, |w_i| + c = τ   T = τ1  ⟹  ε̂ = τ û(τg) ρ is SAM's of radius ρτ
//! ASAM, c = 0           L(Aw) = L(w), A diagonal  ⟹  g(Aw) = A⁻¹g(w),  T(Aw) = |A| T(w)
//!                       ⟹  Tg is the same up to signs, ε̂(Aw) = A ε̂(w), and so is the gap
//! ```

use std::sync::Arc;

use ndarray::{ArrayView1, array};

use super::margins::Logistic;
use super::{Finding, apart, ascent, ball, factorization, quadratic, sam};
use crate::catalog::Choice;
use crate::math::norm::Norm;
use crate::optim::ascent::{self, Ascent};
use crate::optim::base;
use crate::optim::replay::Replay;
use crate::optim::run::{Run, Setup};
use crate::problem::{Batch, Objective};

const ETA: f64 = 0.05;
const RHO: f64 = 0.1;
const EXPONENTS: [f64; 4] = [1.0, 1.5, 2.0, f64::INFINITY];

pub(super) fn check() -> Vec<Finding> {
    let valley = factorization();
    let data: Arc<dyn Objective> = Arc::new(Logistic);
    let whole = data.examples() as f64;
    let mut findings = vec![
        the_same("GSAM with α = 0", "Zhuang et al. 2022", &valley, ascent("gsam", "alpha", 0.0)),
        the_same("LookSAM with k = 1", "Liu et al. 2022", &valley, ascent("looksam", "k", 1.0)),
        the_same(
            "Friendly SAM with σ = 0",
            "Li et al. 2024",
            &valley,
            ascent("friendly", "sigma", 0.0),
        ),
        the_same("WSAM with α = 1", "Zhao, Zhang & Hu 2022", &valley, ascent("wsam", "mix", 1.0)),
        the_same("VaSSO with θ = 1", "Li & Giannakis 2023", &valley, ascent("vasso", "theta", 1.0)),
        the_same("n-step SAM with n = 1", "Foret et al. 2021", &valley, ascent("n_step", "n", 1.0)),
        the_same("m-SAM with m = |B|", "Foret et al. 2021", &data, ascent("m_sam", "m", whole)),
        unnormalised(),
        at_rest(),
    ];
    findings.extend(EXPONENTS.map(of_equal_weights));
    findings.extend(EXPONENTS.map(rescaled));
    findings
}

/// How many runs differ from SAM's.
fn the_same(
    who: &str,
    source: &'static str,
    objective: &Arc<dyn Objective>,
    variant: Choice<dyn Ascent>,
) -> Finding {
    let mut different = 0_u32;
    for entry in base::ALL.entries {
        for p in EXPONENTS {
            let plain = Setup {
                base: Choice::new(entry),
                ..sam(objective, [1.3, 0.4], ETA, ball(p, RHO), 60)
            };
            let other = Setup { ascent: variant.clone(), ..plain.clone() };
            different += u32::from(Run::to_end(plain) != Run::to_end(other));
        }
    }
    Finding {
        law: format!("{who} is SAM, over every base and in every norm: runs that differ"),
        source,
        expected: 0.0,
        found: f64::from(different),
        tolerance: 0.0,
    }
}

/// The unnormalised ascent.
fn far_looking(setup: Setup) -> Setup {
    let ascent = ascent::ALL.choose("unnormalised").expect("unnormalised SAM is listed");
    Setup { ascent, ..setup }
}

/// How far the first ε of two setups are apart.
fn difference(one: Setup, other: Setup) -> f64 {
    let [one, other] = [one, other].map(|setup| Replay::new(&setup).next());
    match (one, other) {
        (Some(one), Some(other)) => apart(one.epsilon.view(), other.epsilon.view()),
        _ => f64::NAN,
    }
}

fn unnormalised() -> Finding {
    let objective = quadratic([10.0, 1.0], 25.0);
    let w = [0.3, 0.4];
    let (_, g) = objective.loss_and_gradient(ArrayView1::from(&w), Batch::Whole);
    let setup = |rho| sam(&objective, w, ETA, ball(2.0, rho), 0);
    Finding {
        law: "unnormalised SAM's ε is SAM's of radius ρ‖g‖: they differ by".to_owned(),
        source: "Andriushchenko & Flammarion 2022",
        expected: 0.0,
        found: difference(far_looking(setup(RHO)), setup(RHO * Norm::L2.length(g.view()))),
        tolerance: 1e-14,
    }
}

fn at_rest() -> Finding {
    const STEPS: i32 = 10;
    let eta = 0.08;
    let curvatures = [10.0, 1.0];
    let objective = quadratic(curvatures, 0.0);
    let path = Run::to_end(far_looking(sam(&objective, [0.3, 0.4], eta, ball(2.0, RHO), 10)));
    let shrunk = |w: f64, lambda: f64| w * (1.0 - eta * lambda * (1.0 + RHO * lambda)).powi(STEPS);
    let expected = array![shrunk(0.3, curvatures[0]), shrunk(0.4, curvatures[1])];
    Finding {
        law: format!(
            "unnormalised SAM on a quadratic: w_i ← (1 − ηλ_i(1 + ρλ_i)) w_i, error after {STEPS} steps"
        ),
        source: "Dai, Ahn & Sra 2023",
        expected: 0.0,
        found: path.end().map_or(f64::NAN, |end| apart(end.view(), expected.view())),
        tolerance: 1e-14,
    }
}

fn of_equal_weights(p: f64) -> Finding {
    let objective = quadratic([10.0, 1.0], 25.0);
    let (size, c) = (0.7, 0.05);
    let setup = |rho| sam(&objective, [size, -size], ETA, ball(p, rho), 0);
    let asam = Setup { ascent: ascent("asam", "asam_c", c), ..setup(RHO) };
    Finding {
        law: format!(
            "where |w_i| + c = τ, ASAM's ε is SAM's of radius ρτ, p = {p}: they differ by"
        ),
        source: "Kwon et al. 2021",
        expected: 0.0,
        found: difference(asam, setup(RHO * (size + c))),
        tolerance: 1e-14,
    }
}

/// The gap that ASAM with c = 0 sees at `w`.
fn gap(objective: &Arc<dyn Objective>, w: [f64; 2], p: f64) -> f64 {
    let setup =
        Setup { ascent: ascent("asam", "asam_c", 0.0), ..sam(objective, w, ETA, ball(p, RHO), 0) };
    Run::to_end(setup).row(0).map_or(f64::NAN, |row| row.numbers.gap())
}

fn rescaled(p: f64) -> Finding {
    let objective = factorization();
    Finding {
        law: format!("½(uv − 1)²: ASAM with c = 0 sees one gap at (2, 1) and at (8, 1/4), p = {p}"),
        source: "Kwon et al. 2021, theorem 1",
        expected: gap(&objective, [2.0, 1.0], p),
        found: gap(&objective, [8.0, 0.25], p),
        tolerance: 1e-12,
    }
}
