//! p-norms, their duals, and the steepest direction out of the centre of a ball.
//!
//! ```text
//! ‖v‖_p = (Σ |v_i|^p)^(1/p),     1/p + 1/q = 1,     max { gᵀε : ‖ε‖_p ≤ ρ } = ρ ‖g‖_q
//!
//!   p = 1          p = 2          p = ∞
//!     ╱╲            ╭──╮          ┌───┐
//!    ╱  ╲          │    │         │   │      the balls in two dimensions
//!    ╲  ╱          │    │         │   │
//!     ╲╱            ╰──╯          └───┘
//! ```
//!
//! The maximizer is eq. 2 of P. Foret, A. Kleiner, H. Mobahi and B. Neyshabur (2021), "Sharpness-Aware
//! Minimization for efficiently improving generalization", ICLR. The printed formula overflows near `p = 1`
//! and underflows for tiny gradients; here everything is divided by the largest component first, which changes
//! nothing on paper.

use std::borrow::Cow;

use ndarray::{Array1, ArrayView1};

use crate::typed::spelled;

/// An exponent strictly between 1 and ∞, other than 2.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Exponent(f64);

impl Exponent {
    /// The exponent as a number.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }
}

/// A p-norm with `1 ≤ p ≤ ∞`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Norm {
    /// Sum of sizes, `p = 1`.
    L1,
    /// Euclid's, `p = 2`.
    L2,
    /// Largest size, `p = ∞`.
    LInf,
    /// Any `p` between.
    P(Exponent),
}

/// A number that is no exponent of a norm.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error(
    "p = {} is not the exponent of a norm; use a number of 1 or more, or inf",
    spelled(*given)
)]
pub struct BadExponent {
    given: f64,
}

impl Norm {
    /// The norm with exponent `p`.
    ///
    /// # Errors
    /// When `p` is below 1 or not a number.
    pub fn new(p: f64) -> Result<Self, BadExponent> {
        if p.is_nan() || p < 1.0 {
            Err(BadExponent { given: p })
        } else if p == f64::INFINITY {
            Ok(Self::LInf)
        } else if p <= 1.0 {
            Ok(Self::L1)
        } else if (p - 2.0).abs() < f64::EPSILON {
            Ok(Self::L2)
        } else {
            Ok(Self::P(Exponent(p)))
        }
    }

    /// The exponent `p`, infinite for the largest-component norm.
    #[must_use]
    pub fn p(self) -> f64 {
        match self {
            Self::L1 => 1.0,
            Self::L2 => 2.0,
            Self::LInf => f64::INFINITY,
            Self::P(exponent) => exponent.0,
        }
    }

    /// The dual exponent `q = p / (p − 1)`.
    #[must_use]
    pub fn dual_exponent(self) -> f64 {
        match self {
            Self::L1 => f64::INFINITY,
            Self::L2 => 2.0,
            Self::LInf => 1.0,
            Self::P(Exponent(p)) => p / (p - 1.0),
        }
    }

    /// `‖v‖_p`.
    #[must_use]
    pub fn length(self, v: ArrayView1<'_, f64>) -> f64 {
        self.length_of(&slice(v))
    }

    /// `‖v‖_p` of components that lie side by side.
    #[inline]
    #[must_use]
    pub fn length_of(self, v: &[f64]) -> f64 {
        match self {
            // Most are of this kind, and the exponent is then known where it is compared.
            Self::L2 => length(v, 2.0),
            _ => length(v, self.p()),
        }
    }

    /// `‖g‖_q`, the length of a gradient as seen by this norm's ball.
    #[must_use]
    pub fn dual_length(self, g: ArrayView1<'_, f64>) -> f64 {
        length(&slice(g), self.dual_exponent())
    }
}

/// Components side by side.
fn slice(v: ArrayView1<'_, f64>) -> Cow<'_, [f64]> {
    v.to_slice().map_or_else(|| Cow::Owned(v.to_vec()), Cow::Borrowed)
}

/// `(Σ |v_i|^p)^(1/p)` for any `p ≥ 1`, infinity included.
#[inline]
fn length(v: &[f64], p: f64) -> f64 {
    let largest = largest(v);
    if largest == 0.0 || !largest.is_finite() {
        return largest;
    }
    if p == f64::INFINITY {
        return largest;
    }
    largest * root(scaled_power_sum(v, largest, p), p)
}

/// The largest size of a component; infinity or NaN shows through.
#[inline]
fn largest(v: &[f64]) -> f64 {
    v.iter().fold(0.0, |most: f64, x| if x.is_nan() { f64::NAN } else { most.max(x.abs()) })
}

/// `Σ (|v_i| / largest)^p`, between 1 and the number of components.
#[inline]
fn scaled_power_sum(v: &[f64], largest: f64, p: f64) -> f64 {
    v.iter().map(|x| power(x.abs() / largest, p)).sum()
}

/// `x^p` with the exponents that need no general power written out, so that they round once.
#[expect(clippy::float_cmp, reason = "1 and 2 are exact exponents, set by the norm's variants")]
#[inline]
fn power(x: f64, p: f64) -> f64 {
    if p == 1.0 {
        x
    } else if p == 2.0 {
        x * x
    } else {
        libm::pow(x, p)
    }
}

/// `x^(1/p)`, exact where the exponent allows.
#[expect(clippy::float_cmp, reason = "1 and 2 are exact exponents, set by the norm's variants")]
#[inline]
fn root(x: f64, p: f64) -> f64 {
    if p == 1.0 {
        x
    } else if p == 2.0 {
        x.sqrt()
    } else {
        libm::pow(x, 1.0 / p)
    }
}

/// The radius ρ of a ball; finite and not negative.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Radius(f64);

/// A number that is no radius.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("rho = {} is not a radius; use a number of zero or more", spelled(*given))]
pub struct BadRadius {
    given: f64,
}

impl Radius {
    /// The ball that is a point.
    pub const ZERO: Self = Self(0.0);

    /// The radius `rho`.
    ///
    /// # Errors
    /// When `rho` is negative, infinite or not a number.
    pub fn new(rho: f64) -> Result<Self, BadRadius> {
        if rho.is_finite() && rho >= 0.0 {
            // Adding zero turns −0 into 0, so that equal radii print alike.
            Ok(Self(rho + 0.0))
        } else {
            Err(BadRadius { given: rho })
        }
    }

    /// The radius as a number.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }

    /// Whether the ball is a point.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.0 == 0.0
    }
}

/// The ball `{ ε : ‖ε‖_p ≤ ρ }` that SAM looks around in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ball {
    /// Its shape.
    pub norm: Norm,
    /// Its size ρ.
    pub rho: Radius,
}

impl Ball {
    /// `ε̂(g) = argmax { gᵀε : ‖ε‖_p ≤ ρ }`, on the sphere unless `g = 0`, where it is zero.
    ///
    /// For `p = ∞` a zero component stays zero; for `p = 1` the lowest index of the largest component wins.
    ///
    /// ```
    /// use ndarray::array;
    /// use samscope::math::norm::{Ball, Norm, Radius};
    /// let ball = Ball { norm: Norm::LInf, rho: Radius::new(0.5)? };
    /// assert_eq!(ball.steepest_ascent(array![3.0, -4.0].view()), array![0.5, -0.5]);
    /// # Ok::<(), samscope::math::norm::BadRadius>(())
    /// ```
    #[must_use]
    pub fn steepest_ascent(self, g: ArrayView1<'_, f64>) -> Array1<f64> {
        let mut epsilon = g.to_vec();
        self.climb(&mut epsilon);
        Array1::from(epsilon)
    }

    /// Puts `ε̂(g)` in the place of `g`, as [`Ball::steepest_ascent`] finds it.
    #[inline]
    pub fn climb(self, g: &mut [f64]) {
        let rho = self.rho.get();
        let steepest = largest(g);
        if steepest == 0.0 || self.rho.is_zero() {
            return g.fill(0.0);
        }
        if !steepest.is_finite() {
            // A gradient without a size has no direction; the run that met it is about to be called diverged.
            return g.fill(f64::NAN);
        }
        match self.norm {
            Norm::L1 => {
                let leader = g.iter().position(|x| x.abs() >= steepest);
                for (i, x) in g.iter_mut().enumerate() {
                    *x = if Some(i) == leader { rho.copysign(*x) } else { 0.0 };
                }
            }
            Norm::L2 => {
                let length = scaled_power_sum(g, steepest, 2.0).sqrt();
                for x in g {
                    *x = rho * (*x / steepest / length);
                }
            }
            Norm::LInf => {
                for x in g {
                    *x = if *x == 0.0 { 0.0 } else { rho.copysign(*x) };
                }
            }
            Norm::P(Exponent(p)) => {
                let q = self.norm.dual_exponent();
                let lift = 1.0 / (p - 1.0); // q − 1, without the cancellation
                let length = libm::pow(scaled_power_sum(g, steepest, q), 1.0 / p); // (‖g‖_q / max)^(q−1)
                for x in g {
                    let size = rho * libm::pow(x.abs() / steepest, lift) / length;
                    *x = if *x == 0.0 { 0.0 } else { size.copysign(*x) };
                }
            }
        }
    }

    /// The ball of the same shape with radius `factor · ρ`; a factor that leaves no radius (negative, or not a number)
    /// leaves the point.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Self {
        let rho = Radius::new(self.rho.0 * factor).unwrap_or(Radius::ZERO);
        Self { rho, ..self }
    }

    /// `ρ ‖g‖_q`: the rise that the ball promises to first order, the sharpness proxy.
    #[must_use]
    pub fn rise(self, g: ArrayView1<'_, f64>) -> f64 {
        self.rise_of(&slice(g))
    }

    /// `ρ ‖g‖_q` of components that lie side by side.
    #[inline]
    #[must_use]
    pub fn rise_of(self, g: &[f64]) -> f64 {
        if self.rho.is_zero() { 0.0 } else { self.rho.get() * length(g, self.norm.dual_exponent()) }
    }

    /// The outline of the ball in the plane, `corners` points in order of angle, around the origin.
    #[must_use]
    pub fn outline(self, corners: usize) -> Vec<[f64; 2]> {
        let rho = self.rho.get();
        (0..corners)
            .map(|k| {
                let angle = std::f64::consts::TAU * k as f64 / corners as f64;
                let (y, x) = angle.sin_cos();
                let reach = rho / self.norm.length(ArrayView1::from(&[x, y]));
                [reach * x, reach * y]
            })
            .collect()
    }
}

#[cfg(test)]
mod tests;
