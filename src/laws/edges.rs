//! The edges of stability are where the families say: a quadratic on either side of an edge is left, or not.
//!
//! ```text
//! one axis of curvature λ, a = ηλ, decay δ; a factor z a step
//! SGD            z = 1 − a − ηδ                                       z = −1  ⟹  λ = 2/η − δ
//! heavy ball     (z − 1 + ηδ)(z − β) + az = 0                         z = −1  ⟹  λ = (1 + β)(2/η − δ)
//! Nesterov       (z − 1 + ηδ + a)(z − β) + aβz = 0                    z = −1  ⟹  λ = (2/η − δ)(1 + β)/(1 + 2β)
//! RMSprop        SGD on P⁻¹H, P held still
//! Adam           (z − 1 + ηδ)(z − β₁) + a(1 − β₁)z/(1 − β₁ᵗ) = 0      a of P⁻¹H, P and t held still
//! SAM, p = 2     w⁺ = (1 − a(1 + ρλ/‖g‖)) w, and ‖g‖ = λ|w| moves with w: one step at a given ‖g‖
//! unnormalised   z = 1 − a(1 + ρλ)                                    z = −1  ⟹  λ = (√(1 + 8ρ/η) − 1)/(2ρ)
//! ```
//!
//! J. Cohen et al. (2021), "Gradient descent on neural networks typically occurs at the edge of stability", ICLR, eq. 1;
//! J. Cohen et al. (2022), "Adaptive gradient methods at the edge of stability"; P. Long and P. Bartlett (2023); A.
//! Agarwala and Y. Dauphin (2023), "SAM operates far from home".

use ndarray::{Array1, array};

use super::{Finding, ball, quadratic, sam};
use crate::analysis::preconditioned;
use crate::catalog::Choice;
use crate::math::norm::Norm;
use crate::optim::ascent::{self, Ascent};
use crate::optim::base::{self, Base};
use crate::optim::edge::{self, At};
use crate::optim::run::{Run, Setup};

/// Where a run is, as a part of its edge.
const PARTS: [f64; 4] = [0.5, 0.999, 1.001, 1.3];
/// Long enough for the slowest of the cases, 0.1 % from its edge, to grow or shrink beyond doubt.
const STEPS: usize = 4000;
/// A place from which nothing comes back.
const FAR: f64 = 1e6;
const DESCENT: &str = "Cohen et al. 2021";
const ADAPTIVE: &str = "Cohen et al. 2022";

pub(super) fn check() -> Vec<Finding> {
    let chosen = |id: &str, settings: &[(&str, f64)]| base(id, settings);
    let heavy = |id: &str| -> Vec<Choice<dyn Base>> {
        let cases = [(0.0, 0.0), (0.5, 0.0), (0.9, 0.0), (0.5, 0.6), (0.9, 0.6)];
        cases.map(|(beta, decay)| chosen(id, &[("momentum", beta), ("weight_decay", decay)])).into()
    };
    let plain = [0.0, 0.6].map(|decay| chosen("sgd", &[("weight_decay", decay)]));
    let mut findings = vec![
        number("Nesterov’s edge, η = 0.1, β = 0.9", &chosen("nesterov", &[]), 3.8 / 0.28),
        number("the heavy ball’s edge, η = 0.1, β = 0.9", &chosen("momentum", &[]), 38.0),
        either_side("SGD", &plain, &ascent::none(), 0.1, 0.0, DESCENT),
        either_side("heavy ball", &heavy("momentum"), &ascent::none(), 0.1, 0.0, DESCENT),
        either_side("Nesterov", &heavy("nesterov"), &ascent::none(), 0.1, 0.0, DESCENT),
    ];
    findings.extend(far_from_home());
    findings.push(one_step_of("SAM", "Long & Bartlett 2023", &ascent::sam()));
    findings.extend(of_the_table());
    let adaptive =
        [("rmsprop", 0.0), ("rmsprop", 0.6), ("adam", 0.0), ("adam", 0.6), ("adamw", 0.01)];
    let adaptive = adaptive.map(|(id, decay)| chosen(id, &[("weight_decay", decay)]));
    findings.push(divides_by_its_preconditioner(&adaptive));
    findings.push(held_still(&adaptive));
    findings
}

fn base(id: &str, settings: &[(&str, f64)]) -> Choice<dyn Base> {
    let choice = base::ALL.choose(id).expect("laws name bases that are listed");
    let with = |choice: Choice<dyn Base>, &(key, value): &(&str, f64)| choice.with(key, value);
    settings.iter().try_fold(choice, with).expect("laws use settings in range")
}

/// The edge of a base with an ascent after `step` steps, where the gradient has length `gradient_norm`.
fn edge_of(
    base: &Choice<dyn Base>,
    ascent: &Choice<dyn Ascent>,
    [eta, rho, gradient_norm]: [f64; 3],
    step: usize,
) -> f64 {
    let at = At { eta, ball: ball(2.0, rho), gradient_norm, step };
    edge::of(&*base.build(), &*ascent.build(), &at).map_or(f64::NAN, |edge| edge.lambda)
}

fn number(law: &str, base: &Choice<dyn Base>, expected: f64) -> Finding {
    Finding {
        law: law.to_owned(),
        source: DESCENT,
        expected,
        found: edge_of(base, &ascent::none(), [0.1, 0.0, 1.0], 0),
        tolerance: 1e-12,
    }
}

/// How often a run leaves a quadratic below its edge, or does not above.
fn either_side(
    who: &str,
    bases: &[Choice<dyn Base>],
    ascent: &Choice<dyn Ascent>,
    eta: f64,
    rho: f64,
    source: &'static str,
) -> Finding {
    let mut disagreements = 0_u32;
    for base in bases {
        for part in PARTS {
            let lambda = part * edge_of(base, ascent, [eta, rho, 1.0], 0);
            let objective = quadratic([lambda, 0.0], 0.0);
            let setup = Setup {
                base: base.clone(),
                ascent: ascent.clone(),
                ..sam(&objective, [1.0, 0.0], eta, ball(2.0, rho), STEPS)
            };
            let left = Run::to_end(setup).end().map(|w| w[0].abs() > 1.0);
            disagreements += u32::from(left != Some(part > 1.0));
        }
    }
    Finding {
        law: format!(
            "{who}: it leaves a quadratic iff λ is above its edge, η = {eta}: disagreements in {} cases",
            bases.len() * PARTS.len()
        ),
        source,
        expected: 0.0,
        found: f64::from(disagreements),
        tolerance: 0.0,
    }
}

fn far_from_home() -> [Finding; 2] {
    const SOURCE: &str = "Agarwala & Dauphin 2023";
    let unnormalised = ascent::ALL.choose("unnormalised").expect("unnormalised SAM is listed");
    let (sgd, eta, rho) = (base::sgd(), 0.05, 0.1);
    [
        Finding {
            law: "unnormalised SAM’s edge, η = 0.05, ρ = 0.1".to_owned(),
            source: SOURCE,
            expected: 15.615_528_1,
            found: edge_of(&sgd, &unnormalised, [eta, rho, 1.0], 0),
            tolerance: 1e-7,
        },
        either_side("unnormalised SAM, ρ = 0.1", &[sgd], &unnormalised, eta, rho, SOURCE),
    ]
}

/// The edges of other cells of the table of ascents: along an eigenvector they are SAM's with another radius or weight, or
/// the base's own.
fn of_the_table() -> Vec<Finding> {
    let chosen = |id: &str| ascent::ALL.choose(id).expect("laws name ascents that are listed");
    let bases = ["sgd", "momentum", "nesterov"].map(|id| base(id, &[]));
    vec![
        one_step_of("GSAM", "Zhuang et al. 2022", &chosen("gsam")),
        one_step_of("Monge SAM", "Jacobsen & Arvanitidis 2025", &chosen("monge")),
        one_step_of("WSAM, α = 0.8", "Zhao, Zhang & Hu 2022", &chosen("wsam")),
        one_step_of("WSAM, α = 3", "Yue et al. 2023", &super::ascent("wsam", "mix", 3.0)),
        one_step_of("eigenvector SAM", "after Luo et al. 2024", &chosen("eigenvector")),
        either_side("StableSAM, ρ = 0.1", &bases, &chosen("stable"), 0.1, 0.1, "Tan et al. 2024"),
    ]
}

/// How often one step of an ascent shortens w above its edge, or does not below.
fn one_step_of(who: &str, source: &'static str, ascent: &Choice<dyn Ascent>) -> Finding {
    let (eta, rho) = (0.05, 0.1);
    let sizes = [0.01, 0.1, 1.0, 10.0];
    let mut disagreements = 0_u32;
    for size in sizes {
        for part in PARTS {
            let lambda = part * edge_of(&base::sgd(), ascent, [eta, rho, size], 0);
            let w = size / lambda;
            let objective = quadratic([lambda, 0.0], 0.0);
            let setup = sam(&objective, [w, 0.0], eta, ball(2.0, rho), 1);
            let path = Run::to_end(Setup { ascent: ascent.clone(), ..setup });
            let shorter = path.row(1).map(|row| row.w[0].abs() < w);
            disagreements += u32::from(shorter != Some(part < 1.0));
        }
    }
    Finding {
        law: format!(
            "{who}, p = 2: a step shortens w iff λ is below its edge at that ‖g‖: disagreements in {} cases",
            sizes.len() * PARTS.len()
        ),
        source,
        expected: 0.0,
        found: f64::from(disagreements),
        tolerance: 0.0,
    }
}

/// Gradients that nothing follows from: what a base has seen before.
fn gradient(step: usize) -> Array1<f64> {
    let t = step as f64;
    array![1.0 + libm::sin(1.3 * t), 0.2 * libm::cos(2.1 * t) - 0.1]
}

/// `β₁` of Adam; zero for `RMSprop`, whose direction is the gradient.
fn memory(base: &Choice<dyn Base>) -> f64 {
    base.get("beta1").unwrap_or(0.0)
}

/// How far a step is from `w ← w − η(P⁻¹m̂ + δw)` with the P that the base says it divided by.
fn divides_by_its_preconditioner(bases: &[Choice<dyn Base>]) -> Finding {
    let eta = 0.01;
    let mut worst = 0.0_f64;
    for choice in bases {
        let (beta, decay) = (memory(choice), choice.get("weight_decay").unwrap_or(0.0));
        let mut base = choice.build();
        let (mut w, mut m) = (array![0.3, -0.4], array![0.0, 0.0]);
        for step in 0..30 {
            let g = gradient(step);
            let before = w.clone();
            base.step(w.view_mut(), g.view(), eta);
            m = &m * beta + &g * (1.0 - beta);
            let corrected = &m / (1.0 - libm::pow(beta, step as f64 + 1.0));
            let p = base.preconditioner().unwrap_or_else(|| array![f64::NAN, f64::NAN]);
            let expected = &before - &((corrected / p + &before * decay) * eta);
            let off = Norm::LInf.length((&w - &expected).view());
            worst = if off.is_nan() { f64::INFINITY } else { worst.max(off) };
        }
    }
    Finding {
        law: "RMSprop and Adam step by −η(P⁻¹m̂ + δw) with the P they say: error in 150 steps"
            .to_owned(),
        source: ADAPTIVE,
        expected: 0.0,
        found: worst,
        tolerance: 1e-15,
    }
}

/// How often a step with P held still leaves a quadratic below its edge, or does not above.
fn held_still(bases: &[Choice<dyn Base>]) -> Finding {
    let eta = 0.1;
    let objective = quadratic([10.0, 3.0], 30.0);
    let centre = array![0.0, 0.0];
    let mut disagreements = 0_u32;
    let ages: [u16; 3] = [1, 4, 1000];
    for choice in bases {
        let mut base = choice.build();
        for step in 0..30 {
            base.step(array![0.3, -0.4].view_mut(), gradient(step).view(), eta);
        }
        let p = base.preconditioner().unwrap_or_else(|| array![f64::NAN, f64::NAN]);
        let feels = preconditioned::lambda_max(&*objective, centre.view(), p.view());
        let (beta, decay) = (memory(choice), choice.get("weight_decay").unwrap_or(0.0));
        for t in ages {
            let corrected = 1.0 - libm::pow(beta, f64::from(t));
            let edge = edge_of(choice, &ascent::none(), [eta, 0.0, 1.0], usize::from(t) - 1);
            for part in PARTS {
                let hessian = objective.hessian(centre.view()) * (part * edge / feels);
                let (mut w, mut m) = (array![1.0, 0.7], array![0.0, 0.0]);
                for _ in 0..STEPS {
                    // Farther out it would only run out of numbers.
                    if Norm::L2.length(w.view()) > FAR {
                        break;
                    }
                    m = &m * beta + hessian.dot(&w) * (1.0 - beta);
                    w = &w - &((&m / corrected / &p + &w * decay) * eta);
                }
                let left = Norm::L2.length(w.view()) > 1.0;
                disagreements += u32::from(left != (part > 1.0));
            }
        }
    }
    Finding {
        law: format!(
            "RMSprop and Adam, P held still: they leave a quadratic iff λ_max(P⁻¹H) is above their edge: disagreements in {} cases",
            bases.len() * ages.len() * PARTS.len()
        ),
        source: ADAPTIVE,
        expected: 0.0,
        found: f64::from(disagreements),
        tolerance: 0.0,
    }
}
