//! What must not matter: a ball of radius zero; and, for p = 2 alone, a turn of the axes.
//!
//! ```text
//! ρ = 0    every ascent over every base is that base, bit for bit
//! p = 2    SAM from Rw on L(Rᵀ·) is R times SAM from w on L
//! p = ∞    w⁺ differs, turned back, by ηH(Rᵀε′ − ε),  ε = ρ sign(g),  ε′ = ρ sign(Rg)
//! p = 1    likewise, with ε and ε′ along the axis where g and Rg are largest
//! ```

use ndarray::{Array1, ArrayView1, array};

use super::{Finding, apart, ball, quadratic, sam};
use crate::catalog::Choice;
use crate::math::norm::Norm;
use crate::optim::run::{Run, Setup};
use crate::optim::{ascent, base};

const DEGREES: f64 = 30.0;
const ETA: f64 = 0.05;
const RHO: f64 = 0.1;
const START: [f64; 2] = [0.3, 0.4];

pub(super) fn check() -> Vec<Finding> {
    vec![
        zero_radius(),
        turned(2.0, 50, 0.0),
        turned(f64::INFINITY, 1, by_hand(|g| g.mapv(|x| RHO.copysign(x)))),
        turned(1.0, 1, by_hand(along_the_larger)),
    ]
}

fn zero_radius() -> Finding {
    let objective = quadratic([10.0, 1.0], DEGREES);
    let plain = sam(&objective, START, ETA, ball(2.0, 0.0), 60);
    let mut different = 0_u32;
    for entry in base::ALL.entries {
        let setup = Setup { base: Choice::new(entry), ..plain.clone() };
        let alone = Run::to_end(Setup { ascent: ascent::none(), ..setup.clone() });
        for entry in ascent::ALL.entries {
            let path = Run::to_end(Setup { ascent: Choice::new(entry), ..setup.clone() });
            different += u32::from(path != alone);
        }
    }
    Finding {
        law: "with ρ = 0 every ascent over every base is the base alone: pairs that differ"
            .to_owned(),
        source: "—",
        expected: 0.0,
        found: f64::from(different),
        tolerance: 0.0,
    }
}

fn turn(w: ArrayView1<'_, f64>, degrees: f64) -> Array1<f64> {
    let (sin, cos) = libm::sincos(degrees.to_radians());
    array![cos * w[0] - sin * w[1], sin * w[0] + cos * w[1]]
}

/// How far a run on the turned quadratic, turned back, ends from the run on the straight one.
fn turned(p: f64, steps: usize, expected: f64) -> Finding {
    let curvatures = [10.0, 1.0];
    let straight = Run::to_end(sam(&quadratic(curvatures, 0.0), START, ETA, ball(p, RHO), steps));
    let start = turn(ArrayView1::from(&START), DEGREES);
    let objective = quadratic(curvatures, DEGREES);
    let other = Run::to_end(sam(&objective, [start[0], start[1]], ETA, ball(p, RHO), steps));
    let found = match (straight.end(), other.end()) {
        (Some(a), Some(b)) => apart(a.view(), turn(b.view(), -DEGREES).view()),
        _ => f64::NAN,
    };
    Finding {
        law: format!(
            "turning the axes by {DEGREES}° moves SAM's end, p = {p}, after {steps} steps by"
        ),
        source: "—",
        expected,
        found,
        tolerance: 1e-12,
    }
}

/// `‖ηH(Rᵀε′ − ε)‖` at the start, for a ball whose maximizer is `epsilon`.
fn by_hand(epsilon: fn(Array1<f64>) -> Array1<f64>) -> f64 {
    let h = array![10.0, 1.0];
    let g = &h * &ArrayView1::from(&START);
    let turned = turn(epsilon(turn(g.view(), DEGREES)).view(), -DEGREES);
    Norm::L2.length((ETA * &h * (turned - epsilon(g))).view())
}

fn along_the_larger(g: Array1<f64>) -> Array1<f64> {
    if g[0].abs() >= g[1].abs() {
        array![RHO.copysign(g[0]), 0.0]
    } else {
        array![0.0, RHO.copysign(g[1])]
    }
}
