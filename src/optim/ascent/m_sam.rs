//! m-SAM: every few examples have their own worst case.
//!
//! ```text
//! B = B₁ ∪ B₂ ∪ …  of m examples each, in the order of the batch; the last may be smaller
//! g = Σ_j |B_j|/|B| ∇L_{B_j}(w + ε̂(∇L_{B_j}(w)))
//! ```
//!
//! m = |B| is SAM, m = 1 is per-example SAM. P. Foret et al. (2021), sec. 4.1 (m-sharpness), and M. Andriushchenko and
//! N. Flammarion (2022), "Towards understanding Sharpness-Aware Minimization", ICML. Both passes go through the batch
//! once, so it costs two gradients whatever m is. For logistic regression the per-example worst case moves every margin
//! by `ρ‖x‖_q`. A formula has no examples to divide and is left to SAM.

use ndarray::Array1;

use super::{Ascent, Here, Oracle, Sight, Via};
use crate::catalog::{Build, Entry, Kind, Scale, Setting};

pub(super) static ENTRY: Entry<dyn Ascent> = Entry {
    id: "m_sam",
    name: "m-SAM",
    formula: "mean over parts of m examples of ∇L_j(w + ε̂_j)",
    source: "Foret et al. 2021",
    about: "Each m examples have their own worst case; m = 1 regularises most.",
    settings: &[Setting {
        key: "m",
        label: "examples m",
        about: "how many examples share one perturbation",
        kind: Kind::Number { default: 1.0, range: (1.0, 4096.0), scale: Scale::Whole },
    }],
    build: Build::Sure(|settings| Box::new(MSam { size: settings.count("m") })),
};

struct MSam {
    size: usize,
}

impl Ascent for MSam {
    fn look(&mut self, here: &Here<'_>, oracle: &mut Oracle<'_>) -> Sight {
        let members = oracle.members();
        if members.len() <= self.size {
            return here.from(oracle.steepest(here.ball, here.gradient), oracle);
        }
        // The parts' gradients at w are the pass that the batch's own gradient has paid for already.
        oracle.pay(1);
        let zero = || Array1::zeros(here.w.len());
        let mut sum = Sight {
            epsilon: zero(),
            loss: 0.0,
            gradient: zero(),
            direction: None,
            via: Via::Straight,
        };
        let mut own = Vec::new();
        let parts = members.len().div_ceil(self.size);
        let is_kept = parts * here.w.len() <= Via::MOST;
        let there = oracle.members_there();
        let mut parts_there = there.chunks(self.size);
        for part in members.chunks(self.size) {
            let share = part.len() as f64 / members.len() as f64;
            let part_there = parts_there.next().unwrap_or(part);
            let gradient = oracle.gradient_of(part, here.w);
            let epsilon = oracle.steepest(here.ball, gradient.view());
            let (loss, gradient) = oracle.gradient_there(part_there, (&here.w + &epsilon).view());
            sum.loss += share * loss;
            sum.epsilon.scaled_add(share, &epsilon);
            sum.gradient.scaled_add(share, &gradient);
            own.extend(is_kept.then_some(epsilon));
        }
        sum.via = Via::Parts(own);
        sum
    }

    fn length_of_epsilon(&self) -> &'static str {
        "at most ρ: it is the mean over parts of the batch, each of which has its own of length ρ"
    }
}
