//! Numbers that carry their derivatives along: forward differentiation in the plane.
//!
//! ```text
//! Slope   v, ∂v                  (uv)′ = u′v + uv′,     f(u)′ = f′ u′
//! Bend    v, ∂v, ∂²v             f(u)″ = f″ u′u′ᵀ + f′ u″
//! ```
//!
//! Numbers alone ([`Plain`]) may be several points side by side ([`Ring`]).

use super::functions::{Function, LN};
use super::ring::{Ring, add, divide, either, multiply, subtract};

/// What a tape is evaluated with: plain numbers, or numbers with derivatives.
pub(super) trait Number: Copy {
    /// Plain numbers of as many points.
    type Plain: Ring;

    /// A number that depends on no weight.
    fn constant(value: f64) -> Self;

    /// The number without its derivatives.
    fn value(self) -> Self::Plain;

    fn plus(self, other: Self) -> Self;
    fn minus(self, other: Self) -> Self;
    fn times(self, other: Self) -> Self;
    fn over(self, other: Self) -> Self;
    fn negated(self) -> Self;

    /// A function of this one with the values `f`, `f′` and `f″`, each made only where it is asked for.
    fn through(
        self,
        f: Self::Plain,
        first: impl Fn() -> Self::Plain,
        second: impl Fn(Self::Plain) -> Self::Plain,
    ) -> Self;

    /// This one where `mask` is 1, the other where it is not.
    fn or(self, other: Self, mask: Self::Plain) -> Self;

    #[inline(always)]
    fn apply(self, function: &Function) -> Self {
        let x = self.value();
        let f = x.map(function.value);
        self.through(
            f,
            || x.zip(f, function.first),
            |first| x.zip3(f, first, |x, f, first| (function.second)(x, f, first)),
        )
    }

    /// `uⁿ` as products, so that it is what one would write by hand.
    #[inline(always)]
    fn to_the(self, n: i32) -> Self {
        let x = self.value();
        let by = f64::from(n);
        self.through(
            x.map(|x| whole_power(x, n)),
            || x.map(|x| by * whole_power(x, n - 1)),
            |_| x.map(|x| by * (by - 1.0) * whole_power(x, n - 2)),
        )
    }

    /// `uᶜ` for a constant c that is not whole.
    #[inline(always)]
    fn to_the_real(self, c: f64) -> Self {
        let x = self.value();
        self.through(
            x.map(|x| libm::pow(x, c)),
            || x.map(|x| c * libm::pow(x, c - 1.0)),
            |_| x.map(|x| c * (c - 1.0) * libm::pow(x, c - 2.0)),
        )
    }

    /// `uᵛ = exp(v ln u)`.
    #[inline(always)]
    fn to_the_number(self, other: Self) -> Self {
        let value = self.value().zip(other.value(), libm::pow);
        other.times(self.apply(&LN)).through(value, || value, |_| value)
    }

    /// The smaller of two; what is not a number stays so.
    #[inline(always)]
    fn least(self, other: Self) -> Self {
        let mask =
            self.value().zip(other.value(), |a, b| f64::from(u8::from(a.is_nan() || a <= b)));
        self.or(other, mask)
    }

    /// The larger of two; what is not a number stays so.
    #[inline(always)]
    fn most(self, other: Self) -> Self {
        let mask =
            self.value().zip(other.value(), |a, b| f64::from(u8::from(a.is_nan() || a >= b)));
        self.or(other, mask)
    }
}

/// `xⁿ` by repeated squares.
#[inline(always)]
fn whole_power(x: f64, n: i32) -> f64 {
    match n {
        0 => 1.0,
        1 => x,
        2 => x * x,
        3 => x * x * x,
        _ => {
            let (mut power, mut square, mut rest) = (1.0, x, n.unsigned_abs());
            while rest > 0 {
                if rest % 2 == 1 {
                    power *= square;
                }
                square *= square;
                rest /= 2;
            }
            if n < 0 { 1.0 / power } else { power }
        }
    }
}

/// A number alone.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plain<R>(pub(super) R);

impl<R: Ring> Number for Plain<R> {
    type Plain = R;

    #[inline(always)]
    fn constant(value: f64) -> Self {
        Self(R::constant(value))
    }

    #[inline(always)]
    fn value(self) -> R {
        self.0
    }

    #[inline(always)]
    fn plus(self, other: Self) -> Self {
        Self(add(self.0, other.0))
    }

    #[inline(always)]
    fn minus(self, other: Self) -> Self {
        Self(subtract(self.0, other.0))
    }

    #[inline(always)]
    fn times(self, other: Self) -> Self {
        Self(multiply(self.0, other.0))
    }

    #[inline(always)]
    fn over(self, other: Self) -> Self {
        Self(divide(self.0, other.0))
    }

    #[inline(always)]
    fn negated(self) -> Self {
        Self(self.0.map(|a| -a))
    }

    #[inline(always)]
    fn through(self, f: R, _: impl Fn() -> R, _: impl Fn(R) -> R) -> Self {
        Self(f)
    }

    #[inline(always)]
    fn or(self, other: Self, mask: R) -> Self {
        Self(either(mask, self.0, other.0))
    }
}

/// A number with its gradient.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slope {
    pub(super) value: f64,
    pub(super) first: [f64; 2],
}

impl Slope {
    /// The weight number `k` of two, with the value `value`.
    #[inline(always)]
    pub(super) fn weight(k: usize, value: f64) -> Self {
        Self { value, first: if k == 0 { [1.0, 0.0] } else { [0.0, 1.0] } }
    }

    /// Joins two, value by value and slope by slope.
    #[inline(always)]
    fn joined(self, other: Self, f: impl Fn(f64, f64) -> f64) -> Self {
        let first = [f(self.first[0], other.first[0]), f(self.first[1], other.first[1])];
        Self { value: f(self.value, other.value), first }
    }
}

impl Number for Slope {
    type Plain = f64;

    #[inline(always)]
    fn constant(value: f64) -> Self {
        Self { value, first: [0.0; 2] }
    }

    #[inline(always)]
    fn value(self) -> f64 {
        self.value
    }

    #[inline(always)]
    fn plus(self, other: Self) -> Self {
        self.joined(other, add)
    }

    #[inline(always)]
    fn minus(self, other: Self) -> Self {
        self.joined(other, subtract)
    }

    #[inline(always)]
    fn times(self, other: Self) -> Self {
        let first = [0, 1].map(|i| self.first[i] * other.value + self.value * other.first[i]);
        Self { value: self.value * other.value, first }
    }

    #[inline(always)]
    fn over(self, other: Self) -> Self {
        let value = self.value / other.value;
        let first = [0, 1].map(|i| (self.first[i] - value * other.first[i]) / other.value);
        Self { value, first }
    }

    #[inline(always)]
    fn negated(self) -> Self {
        Self { value: -self.value, first: self.first.map(|a| -a) }
    }

    #[inline(always)]
    fn through(self, f: f64, first: impl Fn() -> f64, _: impl Fn(f64) -> f64) -> Self {
        let slope = first();
        Self { value: f, first: self.first.map(|a| slope * a) }
    }

    #[inline(always)]
    fn or(self, other: Self, mask: f64) -> Self {
        self.joined(other, |a, b| either(mask, a, b))
    }
}

/// A number with its gradient and its second derivatives: xx, xy, yy.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bend {
    pub(super) slope: Slope,
    pub(super) second: [f64; 3],
}

/// Which first derivatives belong to each second one.
const PAIRS: [(usize, usize); 3] = [(0, 0), (0, 1), (1, 1)];

impl Bend {
    /// As [`Slope::weight`].
    pub(super) fn weight(k: usize, value: f64) -> Self {
        Self { slope: Slope::weight(k, value), second: [0.0; 3] }
    }

    fn seconds(self, other: Self, f: impl Fn(f64, f64) -> f64) -> [f64; 3] {
        [0, 1, 2].map(|k| f(self.second[k], other.second[k]))
    }
}

impl Number for Bend {
    type Plain = f64;

    fn constant(value: f64) -> Self {
        Self { slope: Slope::constant(value), second: [0.0; 3] }
    }

    fn value(self) -> f64 {
        self.slope.value
    }

    fn plus(self, other: Self) -> Self {
        Self { slope: self.slope.plus(other.slope), second: self.seconds(other, |a, b| a + b) }
    }

    fn minus(self, other: Self) -> Self {
        Self { slope: self.slope.minus(other.slope), second: self.seconds(other, |a, b| a - b) }
    }

    fn times(self, other: Self) -> Self {
        let (a, b) = (self.slope, other.slope);
        let mut second = self.seconds(other, |p, q| p * b.value + a.value * q);
        for (second, (i, j)) in second.iter_mut().zip(PAIRS) {
            *second += a.first[i] * b.first[j] + a.first[j] * b.first[i];
        }
        Self { slope: a.times(b), second }
    }

    fn over(self, other: Self) -> Self {
        let (b, slope) = (other.slope, self.slope.over(other.slope));
        // u = qv, so u″ = q″v + q′v′ + v′q′ + qv″.
        let mut second = self.seconds(other, |p, q| p - slope.value * q);
        for (second, (i, j)) in second.iter_mut().zip(PAIRS) {
            *second -= slope.first[i] * b.first[j] + slope.first[j] * b.first[i];
            *second /= b.value;
        }
        Self { slope, second }
    }

    fn negated(self) -> Self {
        Self { slope: self.slope.negated(), second: self.second.map(|a| -a) }
    }

    fn through(self, f: f64, first: impl Fn() -> f64, second: impl Fn(f64) -> f64) -> Self {
        let slope = first();
        let bend = second(slope);
        let u = self.slope.first;
        let mut bent = self.second.map(|a| slope * a);
        for (bent, (i, j)) in bent.iter_mut().zip(PAIRS) {
            *bent += bend * (u[i] * u[j]);
        }
        Self { slope: self.slope.through(f, || slope, |_| bend), second: bent }
    }

    fn or(self, other: Self, mask: f64) -> Self {
        let second = self.seconds(other, |a, b| either(mask, a, b));
        Self { slope: self.slope.or(other.slope, mask), second }
    }
}
