//! The gradients of parts of the batch, each for its own part: every few examples have their own worst case.
//!
//! ```text
//! B = B₁ ∪ B₂ ∪ …  of m examples each, in the order of the batch; the last may be smaller
//! g_SAM = Σ_j |B_j|/|B| ∇L_{B_j}(w + ε̂(∇L_{B_j}(w)))
//! ```
//!
//! Both passes go through the batch once, so it costs two gradients whatever m is. A formula has no examples to divide.

use ndarray::Array1;

use super::Direction;
use crate::catalog::{Build, Entry, Kind, Scale, Setting};
use crate::optim::ascent::radius::Reach;
use crate::optim::ascent::{Here, Oracle, Sight, Via};

pub(in crate::optim::ascent) const SETTINGS: &[Setting] = &[Setting {
    key: "m",
    label: "examples m",
    about: "how many examples share one perturbation",
    kind: Kind::Number { default: 1.0, range: (1.0, 4096.0), scale: Scale::Whole },
}];

pub(in crate::optim::ascent) static ENTRY: Entry<dyn Direction> = Entry {
    id: "parts",
    name: "gradients of m examples",
    formula: "g_j of each m examples, for their own part of the step",
    source: "Foret et al. 2021",
    about: "Each m examples of the batch climb their own gradient.",
    settings: SETTINGS,
    build: Build::Sure(|settings| Box::new(Parts { size: settings.count("m") })),
};

struct Parts {
    size: usize,
}

impl Direction for Parts {
    fn look(&mut self, here: &Here<'_>, reach: &dyn Reach, oracle: &mut Oracle<'_>) -> Sight {
        let members = oracle.members();
        if members.len() <= self.size {
            return here.from(reach.along(here, here.gradient, oracle), oracle);
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
            let of_part = Here { gradient: gradient.view(), ..*here };
            let epsilon = reach.along(&of_part, gradient.view(), oracle);
            let (loss, gradient) = oracle.gradient_there(part_there, (&here.w + &epsilon).view());
            sum.loss += share * loss;
            sum.epsilon.scaled_add(share, &epsilon);
            sum.gradient.scaled_add(share, &gradient);
            own.extend(is_kept.then_some(epsilon));
        }
        sum.via = Via::Parts(own);
        sum
    }

    fn length_in_the_ball(&self) -> &'static str {
        "at most ρ: it is the mean over parts of the batch, each of which has its own of length ρ"
    }
}
