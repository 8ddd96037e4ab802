//! `LookSAM`: look around every k-th step only, and remember what was new.
//!
//! ```text
//! t mod k = 0     g_v = g_SAM − (g_SAM·g/‖g‖²) g,     direction = g_SAM            two gradients
//! else            direction = g + α (‖g‖/‖g_v‖) g_v                                one
//! ```
//!
//! `g_v`, the part of `g_SAM` that is orthogonal to g, is what pulls toward flat ground, and it changes slowly. Y. Liu,
//! S. Mai, X. Chen, C.-J. Hsieh and Y. You (2022), "Towards efficient and scalable Sharpness-Aware Minimization", CVPR,
//! algorithm 1, without the layer-wise scaling. k = 1 is SAM. In between ε = 0, since nobody looks.

use super::cell::Cell;
use super::{Ascent, step};
use crate::catalog::{Build, Entry};

const CELL: Cell = Cell { direction: "gradient", radius: "fixed", step: "reused" };

pub(super) static ENTRY: Entry<dyn Ascent> = Entry {
    id: "looksam",
    name: "LookSAM",
    formula: "g + α (‖g‖/‖g_v‖) g_v, g_v from every k-th step's g_SAM",
    source: "Liu et al. 2022",
    about: "Nearly SAM for nearly the price of the base optimizer: (k + 1)/k gradients a step.",
    settings: step::reused::SETTINGS,
    build: Build::Sure(|settings| CELL.build(settings)),
};

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ndarray::array;

    use crate::math::norm::{Ball, Norm, Radius};
    use crate::optim::ascent;
    use crate::optim::replay::{Replay, Step};
    use crate::optim::run::Setup;
    use crate::problem::{Formula, landscapes};

    #[test]
    fn between_looks_the_remembered_part_is_added_at_the_length_of_g() {
        let quadratic = landscapes::ALL.choose("quadratic").unwrap().build();
        let norm = Norm::L2;
        let ball = Ball { norm, rho: Radius::new(0.1).unwrap() };
        let path: Vec<Step> = Replay::new(&Setup {
            ascent: ascent::ALL.choose("looksam").unwrap(),
            ..Setup::new(Arc::new(Formula(quadratic)), array![0.3, 0.4], 0.05, ball, 6)
        })
        .collect();
        let row = |step: usize| &path[step];
        // At the start g = (3, 0.4) and g_SAM = (10, 1) ⊙ (w + ε): g_v points from (3, 0.4) toward (0.4, −3).
        let unit = array![0.4, -3.0] / norm.length(array![0.4, -3.0].view());
        for step in 1..5 {
            let g = &row(step).gradient;
            let direction = g + &(&unit * (0.7 * norm.length(g.view())));
            let expected = &row(step).w - &(direction * 0.05);
            let off = norm.length((&row(step + 1).w - &expected).view());
            assert!(off < 1e-12, "step {step}: {off:e}");
            assert_eq!(row(step).epsilon, array![0.0, 0.0]);
        }
        assert!(
            (norm.length(row(5).epsilon.view()) - 0.1).abs() < 1e-12,
            "the sixth step looks again"
        );
    }
}
