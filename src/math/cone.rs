//! The cone measure of a sphere of a p-norm: what "uniform on the sphere" means for every p.
//!
//! ```text
//! ε = ρ x/‖x‖_p,     x_i independent with density ∝ exp(−|x_i|^p)
//!                    x_i = ± U G^(1/p),   U uniform on (0, 1),   G ~ Gamma(1 + 1/p)
//! E ε_i² = ρ² Γ(3/p) Γ(d/p) / (Γ(1/p) Γ((d + 2)/p)),     E ε_i ε_j = 0
//! ```
//!
//! A patch of the sphere is as likely as the cone over it is a part of the ball's volume. For p = 1, 2 and ∞ that is
//! uniform by surface area too, for other p it is not. G. Schechtman and J. Zinn (1990), "On the volume of the
//! intersection of two `L_p^n` balls", Proc. AMS 110; F. Barthe, O. Guédon, S. Mendelson and A. Naor (2005), "A
//! probabilistic approach to the geometry of the ℓ_p^n-ball", Ann. Probab. 33(2): x/‖x‖_p is independent of ‖x‖_p, whose
//! p-th power is Gamma(d/p), which gives the second moment.
//!
//! The split of x into U and G is that of the gamma law for small shapes; for p = ∞ only `± U` is left. G is drawn by
//! the method of G. Marsaglia and W. Tsang (2000), "A simple method for generating gamma variables", ACM TOMS 26(3).

use ndarray::Array1;
use rand::RngExt as _;
use rand_distr::{Distribution as _, Exp1, Open01};

use super::norm::{Ball, Norm};
use super::random::{Stream, normal};

/// A point of the sphere of `ball` in `dimension` dimensions, by the cone measure.
pub fn on_the_sphere(ball: Ball, dimension: usize, stream: &mut Stream) -> Array1<f64> {
    let power = 1.0 / ball.norm.p();
    let x: Array1<f64> = (0..dimension)
        .map(|_| {
            let side = 2.0 * stream.random::<f64>() - 1.0;
            side * libm::pow(gamma(1.0 + power, stream), power)
        })
        .collect();
    let length = ball.norm.length(x.view());
    // That all components are exactly zero is possible in principle; the point is then its own centre.
    if length > 0.0 { x * (ball.rho.get() / length) } else { x }
}

/// A number from the gamma law of a shape from 1 to 2 and scale 1.
///
/// Number for number the `Gamma` of `rand_distr`, from the same words of the stream, but with the same normal numbers
/// and logarithms on every platform.
fn gamma(shape: f64, stream: &mut Stream) -> f64 {
    if shape <= 1.0 {
        return Exp1.sample(stream);
    }
    let d = shape - 1.0 / 3.0;
    let c = 1.0 / (9.0 * d).sqrt();
    loop {
        let x = normal(stream);
        let root = 1.0 + c * x;
        if root <= 0.0 {
            continue;
        }
        let v = root * root * root;
        let u: f64 = stream.sample(Open01);
        let square = x * x;
        if u < 1.0 - 0.0331 * square * square
            || libm::log(u) < 0.5 * square + d * (1.0 - v + libm::log(v))
        {
            return v * d;
        }
    }
}

/// `E ε_i²/ρ²`, the second moment of one component of a point of the unit sphere in `dimension` dimensions: 1/d for
/// p = 2, 2/(d(d + 1)) for p = 1, (d + 2)/(3d) for p = ∞.
#[must_use]
pub fn second_moment(norm: Norm, dimension: usize) -> f64 {
    let d = dimension as f64;
    match norm {
        Norm::L1 => 2.0 / (d * (d + 1.0)),
        Norm::L2 => 1.0 / d,
        Norm::LInf => (d + 2.0) / (3.0 * d),
        Norm::P(exponent) => {
            let ln_gamma = |x: f64| libm::lgamma(x / exponent.get());
            libm::exp(ln_gamma(3.0) - ln_gamma(1.0) + ln_gamma(d) - ln_gamma(d + 2.0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::norm::Radius;
    use crate::math::random::Streams;
    use rand_distr::Gamma;

    fn unit(p: f64) -> Ball {
        Ball { norm: Norm::new(p).unwrap(), rho: Radius::new(1.0).unwrap() }
    }

    /// Draws from the sphere of radius 1.
    fn drawn(p: f64, dimension: usize, count: usize) -> Vec<Array1<f64>> {
        let mut stream = Streams::new(5).ascent();
        (0..count).map(|_| on_the_sphere(unit(p), dimension, &mut stream)).collect()
    }

    #[test]
    fn every_draw_lies_on_the_sphere() {
        for p in [1.0, 1.01, 1.5, 2.0, 7.0, 1e6, f64::INFINITY] {
            let norm = Norm::new(p).unwrap();
            for epsilon in drawn(p, 2, 200) {
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
            let draws = drawn(p, 2, COUNT);
            let part = |inside: &dyn Fn(f64, f64) -> bool| {
                draws.iter().filter(|x| inside(x[0], x[1])).count() as f64 / COUNT as f64
            };
            // Three standard deviations of a share of a quarter are 0.0065.
            assert!((part(&|x, y| x > y.abs()) - 0.25).abs() < 0.0065, "p = {p}");
            assert!((part(&|x, y| 0.0 < y && y < x / 2.0) - expected).abs() < 0.0065, "p = {p}");
        }
    }

    #[test]
    fn the_second_moment_is_that_of_the_draws() {
        for p in [1.0, 1.5, 2.0, 4.0, f64::INFINITY] {
            const COUNT: usize = 20_000;
            let squares: Vec<f64> =
                drawn(p, 5, COUNT).iter().map(|epsilon| epsilon[0] * epsilon[0]).collect();
            let mean = squares.iter().sum::<f64>() / COUNT as f64;
            let variance = squares.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>();
            let error = variance.sqrt() / COUNT as f64;
            let expected = second_moment(Norm::new(p).unwrap(), 5);
            assert!((mean - expected).abs() < 4.0 * error, "p = {p}: {mean} for {expected}");
        }
    }

    #[test]
    fn the_second_moment_has_no_jump_where_the_formula_changes() {
        for (special, near) in [(1.0, 1.0 + 1e-9), (2.0, 2.0 + 1e-9), (f64::INFINITY, 1e9)] {
            let [special, near] = [special, near].map(|p| second_moment(Norm::new(p).unwrap(), 7));
            assert!((special - near).abs() < 1e-7 * special);
        }
    }

    #[test]
    fn the_gamma_numbers_are_those_of_rand_distr() {
        for p in [1.0, 1.5, 2.0, 7.0, f64::INFINITY] {
            let shape = 1.0 + 1.0 / p;
            let law = Gamma::new(shape, 1.0).unwrap();
            let [mut ours, mut theirs] = [0, 0].map(|_| Streams::new(3).ascent());
            for _ in 0..2000 {
                let [found, expected] = [gamma(shape, &mut ours), law.sample(&mut theirs)];
                // A normal number in the tail may differ in its last bit.
                assert!((found - expected).abs() <= 4.0 * f64::EPSILON * expected, "p = {p}");
                assert_eq!(ours.get_word_pos(), theirs.get_word_pos());
            }
        }
    }
}
