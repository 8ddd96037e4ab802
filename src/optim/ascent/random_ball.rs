//! A random perturbation: ε uniform on the sphere, independent of the gradient.
//!
//! ```text
//! ε = ρ x/‖x‖_p,     uniform on the sphere ‖ε‖_p = ρ in the sense of its cone measure
//! ```
//!
//! The measure, and how it is drawn from, is that of [`cone`](crate::math::cone), which average sharpness is a mean over
//! too.
//!
//! One gradient a step, at `w + ε`: the one at w is taken for the record only.

use ndarray::ArrayView1;

use super::{Ascent, Here, Oracle, Sight};
use crate::catalog::{Build, Entry};
use crate::math::cone;
use crate::math::norm::Ball;
use crate::optim::mistake::Climb;
use crate::optim::neighbourhood::Neighbourhood;

pub(super) static ENTRY: Entry<dyn Ascent> = Entry {
    id: "random_ball",
    name: "Random on the sphere",
    formula: "ε uniform on ‖ε‖_p = ρ",
    source: "—",
    about: "The ablation: it shows whether the worst point matters, or any point nearby would do.",
    settings: &[],
    build: Build::Sure(|_| Box::new(RandomBall)),
};

struct RandomBall;

impl Ascent for RandomBall {
    fn look(&mut self, here: &Here<'_>, oracle: &mut Oracle<'_>) -> Sight {
        oracle.refund(1);
        let epsilon = cone::on_the_sphere(here.ball, here.w.len(), oracle.stream());
        here.from(epsilon, oracle)
    }

    fn neighbourhood(&self, _: ArrayView1<'_, f64>, ball: Ball) -> Option<Neighbourhood> {
        Some(Neighbourhood::sphere(ball))
    }

    fn climb(&self) -> Climb {
        Climb::Neither
    }

    /// Its dice have been thrown at every step before.
    fn remembers_since(&self, _: usize) -> usize {
        0
    }

    fn length_of_epsilon(&self) -> &'static str {
        "always equal to ρ"
    }
}
