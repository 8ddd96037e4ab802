//! Neighbourhoods: the set of perturbations ε that a run's ascent chooses from, and that its measures are taken over.
//!
//! ```text
//! ball             ‖ε‖_p ≤ ρ           SAM and most of its variants
//! stretched ball   ‖T⁻¹ε‖_p ≤ ρ        ASAM, T diagonal: ε = T u with ‖u‖_p ≤ ρ
//! sphere           ‖ε‖_p = ρ           random perturbations, by the sphere's cone measure
//! ```
//!
//! Everything that is measured around the weights of a run (proxy, gap, worst case, average) is over one of them. A
//! linear function `gᵀε` is largest at `ε̂ = T û(Tg)`, since `gᵀTu = (Tg)ᵀu`, and rises there by the dual norm `ρ‖Tg‖_q`:
//! P. Foret et al. (2021), eq. 2, and J. Kwon et al. (2021), eq. 5, as cited in [`ascent`](super::ascent).

use std::fmt;

use ndarray::{Array1, ArrayView1};

use crate::math::norm::{Ball, Norm};

/// A set of perturbations around the weights, of one of three shapes.
#[derive(Debug, Clone, PartialEq)]
pub struct Neighbourhood {
    ball: Ball,
    shape: Shape,
}

/// The shape of a neighbourhood of radius ρ.
#[derive(Debug, Clone, PartialEq)]
enum Shape {
    /// `‖ε‖_p ≤ ρ`.
    Ball,
    /// `‖T⁻¹ε‖_p ≤ ρ`, with the diagonal of `T`, none of it negative.
    Stretched(Array1<f64>),
    /// `‖ε‖_p = ρ`.
    Sphere,
}

/// Relative to ρ, a length beyond it by no more than this is rounding.
const ROUNDING: f64 = 1e-9;

impl Neighbourhood {
    /// The ball `‖ε‖_p ≤ ρ`.
    #[must_use]
    pub fn ball(ball: Ball) -> Self {
        Self { ball, shape: Shape::Ball }
    }

    /// The stretched ball `‖T⁻¹ε‖_p ≤ ρ`, where `scale` is the diagonal of `T`; signs of it play no part.
    #[must_use]
    pub fn stretched(ball: Ball, scale: Array1<f64>) -> Self {
        Self { ball, shape: Shape::Stretched(scale.mapv_into(f64::abs)) }
    }

    /// The sphere `‖ε‖_p = ρ`.
    #[must_use]
    pub fn sphere(ball: Ball) -> Self {
        Self { ball, shape: Shape::Sphere }
    }

    /// The norm and the radius ρ that its lengths are measured by: the ball of `u = T⁻¹ε`.
    #[must_use]
    pub fn unit(&self) -> Ball {
        self.ball
    }

    /// The diagonal of `T` where the ball is a stretched one.
    #[must_use]
    pub fn scale(&self) -> Option<ArrayView1<'_, f64>> {
        match &self.shape {
            Shape::Stretched(scale) => Some(scale.view()),
            Shape::Ball | Shape::Sphere => None,
        }
    }

    /// Whether only the boundary belongs to it, and not the inside.
    #[must_use]
    pub fn is_sphere(&self) -> bool {
        matches!(self.shape, Shape::Sphere)
    }

    /// `T v`: the perturbation that belongs to a point of the unit ball's space, or the gradient as seen from there.
    #[must_use]
    pub fn stretch(&self, v: Array1<f64>) -> Array1<f64> {
        match &self.shape {
            Shape::Stretched(scale) => v * scale,
            Shape::Ball | Shape::Sphere => v,
        }
    }

    /// `ρ‖Tg‖_q`: how far a loss with gradient `g` rises over it to first order, the sharpness proxy.
    #[must_use]
    pub fn rise(&self, g: ArrayView1<'_, f64>) -> f64 {
        match &self.shape {
            Shape::Stretched(scale) => self.ball.rise((scale * &g).view()),
            Shape::Ball | Shape::Sphere => self.ball.rise(g),
        }
    }

    /// `ε̂ = T û(Tg)`, where `gᵀε` is largest; zero where `Tg` is.
    #[must_use]
    pub fn maximizer(&self, g: ArrayView1<'_, f64>) -> Array1<f64> {
        match &self.shape {
            Shape::Stretched(scale) => scale * self.ball.steepest_ascent((scale * &g).view()),
            Shape::Ball | Shape::Sphere => self.ball.steepest_ascent(g),
        }
    }

    /// `‖T⁻¹ε‖_p`; infinite where ε leaves a weight in which the neighbourhood has no width.
    #[must_use]
    pub fn length(&self, epsilon: ArrayView1<'_, f64>) -> f64 {
        match &self.shape {
            Shape::Stretched(scale) => {
                let mut u = epsilon.to_owned();
                u.zip_mut_with(scale, |u, &t| *u = if *u == 0.0 { 0.0 } else { *u / t });
                self.ball.norm.length(u.view())
            }
            Shape::Ball | Shape::Sphere => self.ball.norm.length(epsilon),
        }
    }

    /// Whether ε belongs to it, up to rounding.
    #[must_use]
    pub fn contains(&self, epsilon: ArrayView1<'_, f64>) -> bool {
        let (length, rho) = (self.length(epsilon), self.ball.rho.get());
        let inside = length <= rho * (1.0 + ROUNDING);
        match self.shape {
            Shape::Ball | Shape::Stretched(_) => inside,
            Shape::Sphere => inside && length >= rho * (1.0 - ROUNDING),
        }
    }

    /// Its boundary where there are two weights, `corners` points in order of angle around the origin.
    #[must_use]
    pub fn outline(&self, corners: usize) -> Vec<[f64; 2]> {
        let mut outline = self.ball.outline(corners);
        if let Shape::Stretched(scale) = &self.shape
            && let [along, across] = scale.as_slice().unwrap_or_default()
        {
            for [x, y] in &mut outline {
                (*x, *y) = (*x * along, *y * across);
            }
        }
        outline
    }
}

impl From<Ball> for Neighbourhood {
    fn from(ball: Ball) -> Self {
        Self::ball(ball)
    }
}

impl From<&Self> for Neighbourhood {
    fn from(neighbourhood: &Self) -> Self {
        neighbourhood.clone()
    }
}

/// In words, as a chart names it: "the ball ‖ε‖₂ ≤ 0.15".
impl fmt::Display for Neighbourhood {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (norm, rho) = (subscript(self.ball.norm), self.ball.rho.get());
        match self.shape {
            Shape::Ball => write!(f, "the ball ‖ε‖{norm} ≤ {rho}"),
            Shape::Stretched(_) => write!(f, "the stretched ball ‖T⁻¹ε‖{norm} ≤ {rho}"),
            Shape::Sphere => write!(f, "the sphere ‖ε‖{norm} = {rho}"),
        }
    }
}

/// The exponent of a norm as it stands behind the bars: "₂", "_1.5".
fn subscript(norm: Norm) -> String {
    match norm {
        Norm::L1 => "₁".to_owned(),
        Norm::L2 => "₂".to_owned(),
        Norm::LInf => "_∞".to_owned(),
        Norm::P(exponent) => format!("_{}", exponent.get()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::norm::Radius;
    use ndarray::array;
    use proptest::prelude::*;

    fn ball(p: f64, rho: f64) -> Ball {
        Ball { norm: Norm::new(p).unwrap(), rho: Radius::new(rho).unwrap() }
    }

    fn all(p: f64, rho: f64, scale: Array1<f64>) -> [Neighbourhood; 3] {
        let ball = ball(p, rho);
        [
            Neighbourhood::ball(ball),
            Neighbourhood::stretched(ball, scale),
            Neighbourhood::sphere(ball),
        ]
    }

    fn exponents() -> impl Strategy<Value = f64> {
        prop_oneof![Just(1.0), Just(1.5), Just(2.0), Just(3.0), Just(f64::INFINITY)]
    }

    proptest! {
        #[test]
        fn the_maximizer_belongs_to_it_and_rises_by_the_dual_norm(
            p in exponents(),
            g in (-3.0f64..3.0, 0.1f64..3.0, -3.0f64..3.0),
            scale in (0.0f64..3.0, 0.01f64..3.0, 0.0f64..3.0),
        ) {
            let g = array![g.0, g.1, g.2];
            for neighbourhood in all(p, 0.3, array![scale.0, scale.1, scale.2]) {
                let epsilon = neighbourhood.maximizer(g.view());
                prop_assert!(neighbourhood.contains(epsilon.view()), "{}", neighbourhood);
                let promised = neighbourhood.rise(g.view());
                prop_assert!((g.dot(&epsilon) - promised).abs() <= 1e-9 * promised);
            }
        }

        #[test]
        fn no_other_member_rises_higher(
            p in exponents(),
            g in (-3.0f64..3.0, -3.0f64..3.0),
            u in (-1.0f64..1.0, 0.1f64..1.0),
            scale in (0.01f64..3.0, 0.01f64..3.0),
        ) {
            let g = array![g.0, g.1];
            for neighbourhood in all(p, 0.3, array![scale.0, scale.1]) {
                let u = array![u.0, u.1];
                let other = neighbourhood.stretch(&u * (0.3 / ball(p, 1.0).norm.length(u.view())));
                prop_assert!(neighbourhood.contains(other.view()));
                let promised = neighbourhood.rise(g.view());
                prop_assert!(g.dot(&other) <= promised + 1e-9);
            }
        }

        #[test]
        fn its_outline_is_its_boundary(p in exponents(), scale in (0.01f64..3.0, 0.01f64..3.0)) {
            for neighbourhood in all(p, 0.3, array![scale.0, scale.1]) {
                for corner in neighbourhood.outline(32) {
                    let length = neighbourhood.length(ArrayView1::from(&corner));
                    prop_assert!((length - 0.3).abs() < 1e-9);
                }
            }
        }
    }

    #[test]
    fn it_is_named_as_a_chart_names_it() {
        let [ball, stretched, sphere] = all(2.0, 0.15, array![1.0]).map(|n| n.to_string());
        assert_eq!(ball, "the ball ‖ε‖₂ ≤ 0.15");
        assert_eq!(stretched, "the stretched ball ‖T⁻¹ε‖₂ ≤ 0.15");
        assert_eq!(sphere, "the sphere ‖ε‖₂ = 0.15");
        let names = [1.0, 1.5, f64::INFINITY].map(|p| all(p, 1.0, array![1.0])[0].to_string());
        assert_eq!(names, ["the ball ‖ε‖₁ ≤ 1", "the ball ‖ε‖_1.5 ≤ 1", "the ball ‖ε‖_∞ ≤ 1"]);
    }

    #[test]
    fn only_the_boundary_belongs_to_a_sphere_and_nothing_to_a_width_of_zero() {
        let [ball, stretched, sphere] = all(2.0, 0.5, array![0.0, 2.0]);
        let inside = array![0.0, 0.1];
        assert!(ball.contains(inside.view()) && stretched.contains(inside.view()));
        assert!(!sphere.contains(inside.view()) && sphere.contains(array![0.3, 0.4].view()));
        assert!(!stretched.contains(array![1e-9, 0.0].view()));
        assert!(stretched.contains(array![0.0, 1.0].view()));
    }
}
