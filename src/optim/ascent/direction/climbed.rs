//! The gradient again and again, on the way: several short climbs, each by the slope where it stands.
//!
//! ```text
//! ε₀ = 0,     ε_{i+1} = ε_i + ε̂_{ρ/n}(∇L_B(w + ε_i)),     ε = ε_n
//! ```
//!
//! Each climb is what the radius makes of ρ/n, with the metric of the weights themselves.

use ndarray::Array1;

use super::Direction;
use crate::catalog::{Build, Entry, Kind, Scale, Setting};
use crate::optim::ascent::radius::Reach;
use crate::optim::ascent::{Here, Oracle, Sight, Via};

pub(in crate::optim::ascent) const SETTINGS: &[Setting] = &[Setting {
    key: "n",
    label: "ascent steps n",
    about: "in how many steps of length ρ/n the ball is climbed",
    kind: Kind::Number { default: 2.0, range: (1.0, 50.0), scale: Scale::Whole },
}];

pub(in crate::optim::ascent) static ENTRY: Entry<dyn Direction> = Entry {
    id: "climbed",
    name: "n gradients",
    formula: "g after g on the way, n times ρ/n",
    source: "Foret et al. 2021",
    about: "The gradient again after each of n short climbs.",
    settings: SETTINGS,
    build: Build::Sure(|settings| Box::new(Climbed { steps: settings.count("n") })),
};

struct Climbed {
    steps: usize,
}

impl Direction for Climbed {
    fn look(&mut self, here: &Here<'_>, reach: &dyn Reach, oracle: &mut Oracle<'_>) -> Sight {
        let part = Here { ball: here.ball.scaled(1.0 / self.steps as f64), ..*here };
        let mut epsilon: Array1<f64> = reach.along(&part, here.gradient, oracle);
        let is_kept = self.steps * epsilon.len() <= Via::MOST;
        let mut via = Vec::new();
        for _ in 1..self.steps {
            via.extend(is_kept.then(|| epsilon.clone()));
            let (_, gradient) = oracle.gradient((&here.w + &epsilon).view());
            let part = Here { gradient: gradient.view(), ..part };
            epsilon += &reach.along(&part, gradient.view(), oracle);
        }
        Sight { via: Via::Sums(via), ..here.from(epsilon, oracle) }
    }

    fn length_in_the_ball(&self) -> &'static str {
        "at most ρ: it is the sum of n steps of length ρ/n"
    }
}
