//! The largest coordinates of the gradient: the others are masked.
//!
//! ```text
//! m ⊙ g,     m_i = 1 where |g_i| is among the k largest of n, else 0,     k = max(1, round(s n))
//! ```
//!
//! Sparse SAM (P. Mi et al., 2022, "Make Sharpness-Aware Minimization Stronger: A Sparsified Perturbation Approach",
//! `NeurIPS`) chooses the mask by the Fisher information, and seldom; for a single batch that is `g_i²`, so here it is
//! chosen anew at every step. Of coordinates as large the first are kept. With s = 1 nothing is masked, and it is the gradient.

use ndarray::Array1;

use super::Direction;
use crate::catalog::{Build, Entry, Kind, Scale, Setting};
use crate::optim::ascent::radius::Reach;
use crate::optim::ascent::{Here, Oracle, Sight};

pub(in crate::optim::ascent) const SETTINGS: &[Setting] = &[Setting {
    key: "kept_share",
    label: "share kept",
    about: "the share of coordinates that are not masked, the largest of the gradient; one is always kept",
    kind: Kind::Number { default: 0.5, range: (0.0, 1.0), scale: Scale::Linear },
}];

pub(in crate::optim::ascent) static ENTRY: Entry<dyn Direction> = Entry {
    id: "masked",
    name: "masked gradient",
    formula: "m ⊙ g, m keeps the largest |g_i|",
    source: "after Mi et al. 2022",
    about: "The gradient without its smaller coordinates.",
    settings: SETTINGS,
    build: Build::Sure(|settings| Box::new(Masked { share: settings.get("kept_share") })),
};

struct Masked {
    share: f64,
}

impl Masked {
    /// How many of `n` coordinates are kept.
    fn kept(&self, n: usize) -> usize {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in 0..=n")]
        let kept = (self.share * n as f64).round() as usize;
        kept.clamp(1, n.max(1))
    }
}

impl Direction for Masked {
    fn look(&mut self, here: &Here<'_>, reach: &dyn Reach, oracle: &mut Oracle<'_>) -> Sight {
        let g = here.gradient;
        let mut order: Vec<usize> = (0..g.len()).collect();
        // A stable order: of coordinates as large the first come first.
        order.sort_by(|&a, &b| g[b].abs().total_cmp(&g[a].abs()));
        let mut masked = Array1::zeros(g.len());
        for &i in order.iter().take(self.kept(g.len())) {
            masked[i] = g[i];
        }
        here.from(reach.along(here, masked.view(), oracle), oracle)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ndarray::array;
    use proptest::prelude::*;

    use crate::catalog::Choice;
    use crate::math::norm::{Ball, Norm, Radius};
    use crate::optim::ascent::{self, Ascent};
    use crate::optim::replay::Replay;
    use crate::optim::run::{Run, Setup};
    use crate::problem::{Formula, Objective, landscapes};

    fn masked(share: f64) -> Choice<dyn Ascent> {
        let mut choice = ascent::ALL.choose("composed").unwrap();
        choice.set("direction", "masked").unwrap();
        choice.set("kept_share", share).unwrap();
        choice
    }

    fn setup(ascent: Choice<dyn Ascent>, at: [f64; 2], norm: Norm) -> Setup {
        let objective: Arc<dyn Objective> =
            Arc::new(Formula(landscapes::ALL.choose("himmelblau").unwrap().build()));
        let ball = Ball { norm, rho: Radius::new(0.1).unwrap() };
        Setup { ascent, ..Setup::new(objective, array![at[0], at[1]], 0.002, ball, 6) }
    }

    proptest! {
        #[test]
        fn of_two_coordinates_epsilon_has_the_one_with_the_larger_slope(x in -3.0f64..3.0, y in -3.0f64..3.0) {
            for step in Replay::new(&setup(masked(0.5), [x, y], Norm::L2)) {
                let g = &step.gradient;
                let large = usize::from(g[1].abs() > g[0].abs());
                prop_assert_eq!(step.epsilon[1 - large], 0.0);
                prop_assert!((step.epsilon[large] - 0.1 * g[large].signum()).abs() <= 1e-15);
            }
        }

        #[test]
        fn with_nothing_masked_it_is_sam_to_the_bit(x in -3.0f64..3.0, y in -3.0f64..3.0, p in prop::sample::select(vec![1.0, 2.0, 3.0])) {
            let norm = Norm::new(p).unwrap();
            let sam = Run::to_end(setup(ascent::ALL.choose("sam").unwrap(), [x, y], norm));
            let whole = Run::to_end(setup(masked(1.0), [x, y], norm));
            for (a, b) in sam.iter().zip(whole.iter()) {
                prop_assert_eq!(a.w, b.w);
            }
        }
    }
}
