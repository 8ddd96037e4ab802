//! n-step SAM: climb in several short steps, looking again after each.
//!
//! ```text
//! ε₀ = 0,     ε_{i+1} = ε_i + ε̂_{ρ/n}(∇L_B(w + ε_i)),     ε = ε_n
//! ```
//!
//! Each step has length ρ/n, so that by the triangle inequality the sum stays in the ball. P. Foret, A. Kleiner,
//! H. Mobahi and B. Neyshabur (2021), "Sharpness-Aware Minimization for efficiently improving generalization", ICLR,
//! appendix on several ascent steps; here none can leave the ball, so none is projected back. It costs `n + 1`
//! gradients a step; n = 1 is SAM.

use ndarray::Array1;

use super::{Ascent, Here, Oracle, Sight, Via};
use crate::catalog::{Build, Entry, Kind, Scale, Setting};

pub(super) static ENTRY: Entry<dyn Ascent> = Entry {
    id: "n_step",
    name: "n-step SAM",
    formula: "ε ← ε + ε̂(∇L(w + ε)) with radius ρ/n, n times",
    source: "Foret et al. 2021",
    about: "Finds a worse point than one straight step does, for n + 1 gradients.",
    settings: &[Setting {
        key: "n",
        label: "ascent steps n",
        about: "in how many steps of length ρ/n the ball is climbed",
        kind: Kind::Number { default: 2.0, range: (1.0, 50.0), scale: Scale::Whole },
    }],
    build: Build::Sure(|settings| Box::new(NStep { steps: settings.count("n") })),
};

struct NStep {
    steps: usize,
}

impl Ascent for NStep {
    fn look(&mut self, here: &Here<'_>, oracle: &mut Oracle<'_>) -> Sight {
        let ball = here.ball.scaled(1.0 / self.steps as f64);
        let mut epsilon: Array1<f64> = oracle.steepest(ball, here.gradient);
        let is_kept = self.steps * epsilon.len() <= Via::MOST;
        let mut via = Vec::new();
        for _ in 1..self.steps {
            via.extend(is_kept.then(|| epsilon.clone()));
            let (_, gradient) = oracle.gradient((&here.w + &epsilon).view());
            epsilon += &oracle.steepest(ball, gradient.view());
        }
        Sight { via: Via::Sums(via), ..here.from(epsilon, oracle) }
    }

    fn length_of_epsilon(&self) -> &'static str {
        "at most ρ: it is the sum of n steps of length ρ/n"
    }
}
