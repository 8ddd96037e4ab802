//! The functions that a formula may use, each with its first two derivatives.

use std::f64::consts::{LN_2, LN_10};

/// A function of one number: `f(x)`, `f′` from `x` and `f`, and `f″` from `x`, `f` and `f′`.
pub(super) struct Function {
    pub(super) name: &'static str,
    pub(super) value: fn(f64) -> f64,
    pub(super) first: fn(f64, f64) -> f64,
    pub(super) second: fn(f64, f64, f64) -> f64,
    /// Whether it has a kink or a jump at zero.
    pub(super) breaks_at_zero: bool,
    /// How lanes make it.
    pub(super) in_lanes: InLanes,
}

/// How a function is made in lanes.
#[derive(Debug, Clone, Copy)]
pub(super) enum InLanes {
    Sine,
    Cosine,
    Tangent,
    HyperbolicTangent,
    Exponential,
    /// To the base whose natural logarithm this is.
    Logarithm(f64),
    Root,
    Size,
    Side,
    /// Number by number, in `f64`: what few formulas use.
    OneByOne,
}

impl Function {
    const fn by(self, in_lanes: InLanes) -> Self {
        Self { in_lanes, ..self }
    }
}

/// One that is smooth wherever it is finite.
const fn smooth(
    name: &'static str,
    value: fn(f64) -> f64,
    first: fn(f64, f64) -> f64,
    second: fn(f64, f64, f64) -> f64,
) -> Function {
    Function { name, value, first, second, breaks_at_zero: false, in_lanes: InLanes::OneByOne }
}

const LOGARITHM: Function =
    smooth("ln", libm::log, |x, _| 1.0 / x, |x, _, d| -d / x).by(InLanes::Logarithm(1.0));

/// The natural logarithm.
pub(super) static LN: Function = LOGARITHM;

/// Those of one argument.
pub(super) static FUNCTIONS: [Function; 18] = [
    smooth("sin", libm::sin, |x, _| libm::cos(x), |_, v, _| -v).by(InLanes::Sine),
    smooth("cos", libm::cos, |x, _| -libm::sin(x), |_, v, _| -v).by(InLanes::Cosine),
    smooth("tan", libm::tan, |_, v| 1.0 + v * v, |_, v, d| 2.0 * v * d).by(InLanes::Tangent),
    smooth("asin", libm::asin, |x, _| 1.0 / (1.0 - x * x).sqrt(), |x, _, d| x * d * d * d),
    smooth("acos", libm::acos, |x, _| -1.0 / (1.0 - x * x).sqrt(), |x, _, d| x * d * d * d),
    smooth("atan", libm::atan, |x, _| 1.0 / (1.0 + x * x), |x, _, d| -2.0 * x * d * d),
    smooth("sinh", libm::sinh, |x, _| libm::cosh(x), |_, v, _| v),
    smooth("cosh", libm::cosh, |x, _| libm::sinh(x), |_, v, _| v),
    smooth("tanh", libm::tanh, |_, v| 1.0 - v * v, |_, v, d| -2.0 * v * d)
        .by(InLanes::HyperbolicTangent),
    smooth("exp", libm::exp, |_, v| v, |_, v, _| v).by(InLanes::Exponential),
    LOGARITHM,
    smooth("log", libm::log, |x, _| 1.0 / x, |x, _, d| -d / x).by(InLanes::Logarithm(1.0)),
    smooth("log10", libm::log10, |x, _| 1.0 / (LN_10 * x), |x, _, d| -d / x)
        .by(InLanes::Logarithm(LN_10)),
    smooth("log2", libm::log2, |x, _| 1.0 / (LN_2 * x), |x, _, d| -d / x)
        .by(InLanes::Logarithm(LN_2)),
    smooth("log1p", libm::log1p, |x, _| 1.0 / (1.0 + x), |_, _, d| -d * d),
    smooth("sqrt", f64::sqrt, |_, v| 0.5 / v, |x, _, d| -0.5 * d / x).by(InLanes::Root),
    Function {
        name: "abs",
        value: f64::abs,
        first: |x, _| side(x),
        second: |_, _, _| 0.0,
        breaks_at_zero: true,
        in_lanes: InLanes::Size,
    },
    Function {
        name: "sign",
        value: side,
        first: |_, _| 0.0,
        second: |_, _, _| 0.0,
        breaks_at_zero: true,
        in_lanes: InLanes::Side,
    },
];

/// −1, 0 or 1, as `x` is.
fn side(x: f64) -> f64 {
    if x > 0.0 {
        1.0
    } else if x < 0.0 {
        -1.0
    } else {
        x
    }
}

/// The place of the function of one argument called `name`.
pub(super) fn named(name: &str) -> Option<usize> {
    FUNCTIONS.iter().position(|function| function.name == name)
}

/// A function of two arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OfTwo {
    Min,
    Max,
    Pow,
}

/// Those of two arguments.
pub(super) const OF_TWO: [(&str, OfTwo); 3] =
    [("min", OfTwo::Min), ("max", OfTwo::Max), ("pow", OfTwo::Pow)];

/// The constants.
pub(super) const CONSTANTS: [(&str, f64); 2] =
    [("pi", std::f64::consts::PI), ("e", std::f64::consts::E)];

/// The two weights, and what else they are called.
pub(super) const WEIGHTS: [(&str, usize); 4] = [("x", 0), ("y", 1), ("w0", 0), ("w1", 1)];

/// The parameters of a formula: numbers that stay free, each a letter.
pub const PARAMETERS: [&str; 5] = ["a", "b", "c", "d", "k"];

/// Whether `letter` alone is a weight or a parameter, so that a row of such letters is their product.
pub(super) fn is_factor(letter: char) -> bool {
    let mut buffer = [0; 4];
    let letter: &str = letter.encode_utf8(&mut buffer);
    PARAMETERS.contains(&letter) || WEIGHTS.iter().any(|(known, _)| *known == letter)
}

/// Every name that a formula may use.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    let functions = FUNCTIONS.iter().map(|function| function.name);
    let of_two = OF_TWO.iter().map(|(name, _)| *name);
    let constants = CONSTANTS.iter().map(|(name, _)| *name);
    let weights = WEIGHTS.iter().map(|(name, _)| *name);
    functions.chain(of_two).chain(constants).chain(weights).chain(PARAMETERS)
}
