//! Numbers with their gradients at several packs of places, and what a formula does with them.

use crate::math::fast::Lanes;
use crate::problem::expression::functions::{Function, InLanes};

/// Numbers with their gradients at several packs of places.
#[derive(Clone, Copy)]
pub(super) struct Dual<P, const N: usize> {
    pub(super) value: [P; N],
    pub(super) first: [[P; N]; 2],
}

#[inline(always)]
pub(super) fn sum<L: Lanes, const N: usize>(
    l: L,
    mut a: Dual<L::Pack, N>,
    b: Dual<L::Pack, N>,
) -> Dual<L::Pack, N> {
    for k in 0..N {
        a.value[k] = l.add(a.value[k], b.value[k]);
        for i in 0..2 {
            a.first[i][k] = l.add(a.first[i][k], b.first[i][k]);
        }
    }
    a
}

#[inline(always)]
pub(super) fn difference<L: Lanes, const N: usize>(
    l: L,
    mut a: Dual<L::Pack, N>,
    b: Dual<L::Pack, N>,
) -> Dual<L::Pack, N> {
    for k in 0..N {
        a.value[k] = l.sub(a.value[k], b.value[k]);
        for i in 0..2 {
            a.first[i][k] = l.sub(a.first[i][k], b.first[i][k]);
        }
    }
    a
}

#[inline(always)]
pub(super) fn product<L: Lanes, const N: usize>(
    l: L,
    a: Dual<L::Pack, N>,
    b: Dual<L::Pack, N>,
) -> Dual<L::Pack, N> {
    let mut product = a;
    for k in 0..N {
        product.value[k] = l.mul(a.value[k], b.value[k]);
        for i in 0..2 {
            let other = l.mul(a.value[k], b.first[i][k]);
            product.first[i][k] = l.mul_add(a.first[i][k], b.value[k], other);
        }
    }
    product
}

#[inline(always)]
pub(super) fn quotient<L: Lanes, const N: usize>(
    l: L,
    a: Dual<L::Pack, N>,
    b: Dual<L::Pack, N>,
) -> Dual<L::Pack, N> {
    let mut quotient = a;
    for k in 0..N {
        let value = l.div(a.value[k], b.value[k]);
        quotient.value[k] = value;
        for i in 0..2 {
            let left = l.sub_product(value, b.first[i][k], a.first[i][k]);
            quotient.first[i][k] = l.div(left, b.value[k]);
        }
    }
    quotient
}

/// A function of `a` with this value and this derivative.
#[inline(always)]
pub(super) fn through<L: Lanes, const N: usize>(
    l: L,
    a: Dual<L::Pack, N>,
    value: [L::Pack; N],
    slope: [L::Pack; N],
) -> Dual<L::Pack, N> {
    let mut result = Dual { value, first: a.first };
    for (k, slope) in slope.into_iter().enumerate() {
        for i in 0..2 {
            result.first[i][k] = l.mul(slope, a.first[i][k]);
        }
    }
    result
}

#[inline(always)]
pub(super) fn negated<L: Lanes, const N: usize>(l: L, mut a: [L::Pack; N]) -> [L::Pack; N] {
    for a in &mut a {
        *a = l.sub(l.number(0.0), *a);
    }
    a
}

/// The one of two that is smaller, or larger where `sign` is −1; what is not a number stays so.
#[inline(always)]
pub(super) fn either<L: Lanes, const N: usize>(
    l: L,
    a: Dual<L::Pack, N>,
    b: Dual<L::Pack, N>,
    sign: f64,
) -> Dual<L::Pack, N> {
    let (sign, mut result) = (l.number(sign), a);
    for k in 0..N {
        let above = l.mul(l.sub(b.value[k], a.value[k]), sign);
        let size = l.abs(a.value[k]);
        let picked = l.where_positive(above, a.value[k], b.value[k]);
        result.value[k] = l.where_positive(size, picked, a.value[k]);
        for i in 0..2 {
            let picked = l.where_positive(above, a.first[i][k], b.first[i][k]);
            result.first[i][k] = l.where_positive(size, picked, a.first[i][k]);
        }
    }
    result
}

/// `xⁿ` by repeated squares.
#[inline(always)]
pub(super) fn whole_power<L: Lanes>(l: L, x: L::Pack, n: i32) -> L::Pack {
    let (mut power, mut square, mut rest) = (l.number(1.0), x, n.unsigned_abs());
    while rest > 0 {
        if rest % 2 == 1 {
            power = l.mul(power, square);
        }
        rest /= 2;
        if rest > 0 {
            square = l.mul(square, square);
        }
    }
    if n < 0 { l.div(l.number(1.0), power) } else { power }
}

#[inline(always)]
pub(super) fn exponential<L: Lanes, const N: usize>(l: L, a: Dual<L::Pack, N>) -> Dual<L::Pack, N> {
    let mut value = a.value;
    for value in &mut value {
        *value = l.where_positive(l.abs(*value), l.exp(*value), *value);
    }
    through(l, a, value, value)
}

/// The logarithm to the base whose own natural one is `base`.
#[inline(always)]
pub(super) fn logarithm<L: Lanes, const N: usize>(
    l: L,
    a: Dual<L::Pack, N>,
    base: f64,
) -> Dual<L::Pack, N> {
    let part = l.number(1.0 / base);
    let (lowest, below) = (l.number(f64::from(f32::MIN_POSITIVE)), l.number(f64::NEG_INFINITY));
    let nothing = l.number(f64::NAN);
    let (mut value, mut slope) = (a.value, a.value);
    for k in 0..N {
        let x = a.value[k];
        let known = l.mul(l.ln(x), part);
        let least = l.where_positive(x, below, nothing);
        value[k] = l.where_positive(l.sub(x, lowest), known, least);
        slope[k] = l.div(part, x);
    }
    through(l, a, value, slope)
}

/// −1, 0 or 1, as `x` is.
#[inline(always)]
fn side<L: Lanes>(l: L, x: L::Pack) -> L::Pack {
    let minus = l.sub(l.number(0.0), x);
    let above = l.where_positive(minus, x, l.number(1.0));
    let below = l.where_positive(minus, l.number(-1.0), x);
    l.where_positive(x, above, below)
}

#[inline(always)]
pub(super) fn apply<L: Lanes, const N: usize>(
    l: L,
    function: &Function,
    a: Dual<L::Pack, N>,
) -> Dual<L::Pack, N> {
    let (zero, one) = (l.number(0.0), l.number(1.0));
    let (mut value, mut slope) = (a.value, a.value);
    match function.in_lanes {
        InLanes::Exponential => return exponential(l, a),
        InLanes::Logarithm(base) => return logarithm(l, a, base),
        InLanes::Sine => {
            for k in 0..N {
                (value[k], slope[k]) = l.sin_cos(a.value[k]);
            }
        }
        InLanes::Cosine => {
            for k in 0..N {
                let (sine, cosine) = l.sin_cos(a.value[k]);
                (value[k], slope[k]) = (cosine, l.sub(zero, sine));
            }
        }
        InLanes::Tangent => {
            for k in 0..N {
                let (sine, cosine) = l.sin_cos(a.value[k]);
                value[k] = l.div(sine, cosine);
                slope[k] = l.mul_add(value[k], value[k], one);
            }
        }
        InLanes::HyperbolicTangent => {
            for k in 0..N {
                // 1 − tanh² would lose its digits where it is flat.
                let e = l.exp(l.mul(l.abs(a.value[k]), l.number(-2.0)));
                let both = l.add(one, e);
                value[k] = l.where_positive(l.abs(a.value[k]), l.tanh(a.value[k]), a.value[k]);
                slope[k] = l.div(l.mul(e, l.number(4.0)), l.mul(both, both));
            }
        }
        InLanes::Root => {
            for k in 0..N {
                value[k] = l.sqrt(a.value[k]);
                slope[k] = l.div(l.number(0.5), value[k]);
            }
        }
        InLanes::Size => {
            for k in 0..N {
                value[k] = l.abs(a.value[k]);
                slope[k] = side(l, a.value[k]);
            }
        }
        InLanes::Side => {
            for k in 0..N {
                value[k] = side(l, a.value[k]);
                slope[k] = zero;
            }
        }
        InLanes::OneByOne => {
            for k in 0..N {
                value[k] = l.each(a.value[k], function.value);
                slope[k] = l.each(a.value[k], |x| (function.first)(x, (function.value)(x)));
            }
        }
    }
    through(l, a, value, slope)
}
