//! A random perturbation: what is left of SAM when ε does not know the gradient.
//!
//! ```text
//! ε = ρ x/‖x‖_p,     x_i independent with density ∝ exp(−|x_i|^p)
//!                    x_i = ± U G^(1/p),   U uniform on (0, 1),   G ~ Gamma(1 + 1/p)
//! ```
//!
//! ε is uniform on the sphere in the sense of the *cone measure*: a patch is as likely as the cone over it is a part of
//! the ball's volume. For p = 1, 2 and ∞ that is uniform by surface area too, for other p it is not. G. Schechtman and
//! J. Zinn (1990), "On the volume of the intersection of two `L_p^n` balls", Proc. AMS 110; F. Barthe, O. Guédon,
//! S. Mendelson and A. Naor (2005), "A probabilistic approach to the geometry of the ℓ_p^n-ball", Ann. Probab. 33(2).
//! The split of x into U and G is that of the gamma law for small shapes; for p = ∞ only `± U` is left.
//!
//! One gradient a step, at `w + ε`: the one at w is taken for the record only.

use ndarray::Array1;
use rand::RngExt as _;
use rand_distr::{Distribution as _, Gamma};

use super::{Ascent, Here, Oracle, Sight};
use crate::catalog::{Build, Entry};
use crate::math::norm::Ball;
use crate::math::random::Stream;

pub(super) static ENTRY: Entry<dyn Ascent> = Entry {
    id: "random_ball",
    name: "Random in the ball",
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
        let epsilon = on_the_sphere(here.ball, here.w.len(), oracle.stream());
        here.from(epsilon, oracle)
    }
}

/// A point of the sphere of `ball` in `dimension` dimensions, by the cone measure.
fn on_the_sphere(ball: Ball, dimension: usize, stream: &mut Stream) -> Array1<f64> {
    let power = 1.0 / ball.norm.p();
    let gamma = Gamma::new(1.0 + power, 1.0).expect("the shape 1 + 1/p lies between 1 and 2");
    let x: Array1<f64> = (0..dimension)
        .map(|_| {
            let side = 2.0 * stream.random::<f64>() - 1.0;
            side * libm::pow(gamma.sample(stream), power)
        })
        .collect();
    let length = ball.norm.length(x.view());
    // That all components are exactly zero is possible in principle; the point is then its own centre.
    if length > 0.0 { x * (ball.rho.get() / length) } else { x }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::norm::{Norm, Radius};
    use crate::math::random::Streams;

    /// Draws from the sphere of radius 1 in the plane.
    fn drawn(p: f64, count: usize) -> Vec<Array1<f64>> {
        let ball = Ball { norm: Norm::new(p).unwrap(), rho: Radius::new(1.0).unwrap() };
        let mut stream = Streams::new(5).ascent();
        (0..count).map(|_| on_the_sphere(ball, 2, &mut stream)).collect()
    }

    #[test]
    fn every_draw_lies_on_the_sphere() {
        for p in [1.0, 1.01, 1.5, 2.0, 7.0, 1e6, f64::INFINITY] {
            let norm = Norm::new(p).unwrap();
            for epsilon in drawn(p, 200) {
                assert!((norm.length(epsilon.view()) - 1.0).abs() < 1e-12, "p = {p}");
            }
        }
    }

    #[test]
    fn every_cone_gets_its_share_of_the_volume() {
        // The quarter plane x > |y| is a quarter of every ball; the wedge 0 < y < x/2 is known for three of them.
        let wedges = [
            (1.0, 1.0 / 12.0),
            (2.0, 0.5f64.atan() / std::f64::consts::TAU),
            (f64::INFINITY, 1.0 / 16.0),
        ];
        for (p, expected) in wedges {
            const COUNT: usize = 40_000;
            let draws = drawn(p, COUNT);
            let part = |inside: &dyn Fn(f64, f64) -> bool| {
                draws.iter().filter(|x| inside(x[0], x[1])).count() as f64 / COUNT as f64
            };
            // Three standard deviations of a share of a quarter are 0.0065.
            assert!((part(&|x, y| x > y.abs()) - 0.25).abs() < 0.0065, "p = {p}");
            assert!((part(&|x, y| 0.0 < y && y < x / 2.0) - expected).abs() < 0.0065, "p = {p}");
        }
    }
}
