//! What a hidden unit does with its sum.
//!
//! ```text
//! tanh   φ = tanh u                        φ′ = 1 − φ²                φ″ = −2 φ φ′
//! ReLU   φ = max(0, u)                     φ′ = 1 where u > 0         φ″ = 0
//! GELU   φ = ½ u (1 + t),  t = tanh v,     v = √(2/π) (u + 0.044715 u³)
//!        φ′ = ½ (1 + t) + ½ u t′ v′        t′ = 1 − t²
//!        φ″ = t′ v′ + ½ u t′ (v″ − 2 t v′²)
//! ```
//!
//! V. Nair and G. Hinton (2010), "Rectified linear units improve restricted Boltzmann machines", ICML. D. Hendrycks and
//! K. Gimpel (2016), "Gaussian error linear units", whose formula with tanh is the one used here. At its corner ReLU's
//! slope is 0, as everywhere.

use crate::math::fast::Lanes;

/// The kinds of hidden units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Activation {
    /// Smooth and bounded.
    Tanh,
    /// Two straight pieces.
    Relu,
    /// A smooth corner.
    Gelu,
}

impl Activation {
    /// What they are called, in order.
    pub(super) const NAMES: &'static [&'static str] = &["tanh", "relu", "gelu"];

    /// The one of this name; the last where there is none.
    pub(super) fn named(name: &str) -> Self {
        match name {
            "tanh" => Self::Tanh,
            "relu" => Self::Relu,
            _ => Self::Gelu,
        }
    }

    /// The variance of a first weight that keeps signals from growing or fading from layer to layer.
    pub(super) fn first_variance(self, inputs: usize, outputs: usize) -> f64 {
        match self {
            Self::Tanh => 2.0 / (inputs + outputs) as f64,
            Self::Relu | Self::Gelu => 2.0 / inputs as f64,
        }
    }
}

/// `√(2/π)` and the cubic's coefficient, as GELU is printed.
const GELU: [f64; 2] = [0.797_884_560_802_865_4, 0.044_715];

/// `φ(u)`, `φ′(u)` and `φ″(u)`.
#[inline(always)]
pub(super) fn all<L: Lanes>(l: L, kind: Activation, u: L::Pack) -> [L::Pack; 3] {
    match kind {
        Activation::Tanh => tanh(l, l.tanh(u)),
        Activation::Relu => relu(l, u),
        Activation::Gelu => gelu(l, u),
    }
}

/// From `t = tanh u`.
#[inline(always)]
fn tanh<L: Lanes>(l: L, t: L::Pack) -> [L::Pack; 3] {
    let slope = l.sub(l.number(1.0), l.mul(t, t));
    [t, slope, l.mul(l.mul(l.number(-2.0), t), slope)]
}

#[inline(always)]
fn relu<L: Lanes>(l: L, u: L::Pack) -> [L::Pack; 3] {
    let zero = l.number(0.0);
    let value = l.max(u, zero);
    // Anything positive over itself is one, and zero over anything positive is zero.
    let slope = l.div(value, l.max(value, l.number(SMALLEST)));
    [value, slope, zero]
}

#[inline(always)]
fn gelu<L: Lanes>(l: L, u: L::Pack) -> [L::Pack; 3] {
    let [c, a] = GELU;
    let one = l.number(1.0);
    let half = l.mul(l.number(0.5), u);
    let square = l.mul(u, u);
    let t = l.tanh(l.mul(u, l.add(l.number(c), l.mul(l.number(c * a), square))));
    let steep = l.add(l.number(c), l.mul(l.number(3.0 * c * a), square));
    let bent = l.mul(l.number(6.0 * c * a), u);
    let rise = l.sub(one, l.mul(t, t));
    let lifted = l.mul(rise, steep);
    let value = l.add(half, l.mul(half, t));
    let slope = l.add(l.mul(l.number(0.5), l.add(one, t)), l.mul(half, lifted));
    let twist = l.sub(bent, l.mul(l.mul(l.number(2.0), t), l.mul(steep, steep)));
    [value, slope, l.add(lifted, l.mul(half, l.mul(rise, twist)))]
}

/// The smallest number that `f32` lanes know too without losing digits.
const SMALLEST: f64 = 1.2e-38;
