//! Formulas in x and y as a person types them, with exact first and second derivatives.
//!
//! ```text
//! (x^2 + y - 11)^2 + (x + y^2 - 7)^2
//! 2x(y + 1) - |x|/3 + exp(-x²)
//! ax^2 + by^2                             with the parameters a and b
//! depth exp(-x^2) + tilt y                with the parameters depth and tilt
//! ```
//!
//! Precedence is that of mathematics: `-x^2` is `-(x²)`, `2^3^2` is `2^9`, `1/2x` is `x/2`. A text becomes a tape of
//! operations ([`Expression`]), which is evaluated with plain numbers, at one point or at several side by side to the same
//! bits, or with numbers that carry their derivatives along.

mod error;
mod lex;
mod functions;
mod vocabulary;
mod ring;
mod dual;
mod tape;
mod lanes;
mod build;
mod parse;

pub use error::BadFormula;
pub use functions::PARAMETERS;
pub use parse::LONGEST;

use dual::{Bend, Plain, Slope};
use ring::LANES;
use tape::{Sides, Tape};

/// A formula that can be evaluated.
#[derive(Debug, Clone)]
pub struct Expression {
    tape: Tape,
    used: [bool; PARAMETERS.len()],
    free: Vec<String>,
}

/// A formula with its derivatives at a point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Jet {
    /// `L`.
    pub value: f64,
    /// `∇L`.
    pub gradient: [f64; 2],
    /// `∇²L`.
    pub hessian: [[f64; 2]; 2],
}

/// What a formula lacks somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flaws {
    /// Whether it has no finite value at a point.
    pub has_gaps: bool,
    /// Whether a kink or a jump lies between points.
    pub has_breaks: bool,
}

impl Expression {
    /// Reads a formula whose parameters are 1.
    ///
    /// # Errors
    /// Says in which column it is none, why, and what was probably meant.
    pub fn read(text: &str) -> Result<Self, BadFormula> {
        Self::with(text, [1.0; PARAMETERS.len()], &[])
    }

    /// Reads a formula whose parameters have these values, in the order of [`PARAMETERS`]; those of free names by name.
    ///
    /// # Errors
    /// As [`Expression::read`].
    pub fn with(
        text: &str,
        parameters: [f64; PARAMETERS.len()],
        free: &[(String, f64)],
    ) -> Result<Self, BadFormula> {
        let parse::Read { tape, used, free } = parse::parse(text, parameters, free)?;
        Ok(Self { tape, used, free })
    }

    /// The parameters of free names that stand in it, in the order in which they come.
    #[must_use]
    pub fn free(&self) -> &[String] {
        &self.free
    }

    /// The parameters of one letter that stand in it.
    pub fn parameters(&self) -> impl Iterator<Item = &'static str> {
        std::iter::zip(PARAMETERS, self.used).filter_map(|(name, used)| used.then_some(name))
    }

    /// `L(x, y)`; not a number where it has no value.
    #[must_use]
    pub fn value(&self, x: f64, y: f64) -> f64 {
        self.tape.evaluate([Plain(x), Plain(y)]).0
    }

    /// `∇L(x, y)`.
    #[must_use]
    pub fn gradient(&self, x: f64, y: f64) -> [f64; 2] {
        self.value_and_gradient(x, y).1
    }

    /// `L` and `∇L` at `(x, y)`.
    #[must_use]
    pub fn value_and_gradient(&self, x: f64, y: f64) -> (f64, [f64; 2]) {
        let found = self.tape.evaluate([Slope::weight(0, x), Slope::weight(1, y)]);
        (found.value, found.first)
    }

    /// `L`, `∇L` and `∇²L` at `(x, y)`.
    #[must_use]
    pub fn jet(&self, x: f64, y: f64) -> Jet {
        let Bend { slope, second: [xx, xy, yy] } =
            self.tape.evaluate([Bend::weight(0, x), Bend::weight(1, y)]);
        Jet { value: slope.value, gradient: slope.first, hessian: [[xx, xy], [xy, yy]] }
    }

    /// Whether it has derivatives at `(x, y)`: no part of it has a kink or a jump there, and all are finite.
    #[must_use]
    pub fn is_smooth_at(&self, x: f64, y: f64) -> bool {
        let mut results = vec![Plain(0.0); self.tape.len()];
        self.tape.run([Plain(x), Plain(y)], &mut results);
        let Jet { value, gradient, hessian } = self.jet(x, y);
        let mut numbers = [value].into_iter().chain(gradient).chain(hessian.into_iter().flatten());
        numbers.all(f64::is_finite) && !self.tape.breaks_at(&results)
    }

    /// What it lacks around some points: values, or derivatives between two of them.
    pub fn flaws(&self, points: impl Iterator<Item = [f64; 2]>) -> Flaws {
        let mut results = vec![Plain(0.0); self.tape.len()];
        let mut sides = Sides::default();
        let mut has_gaps = false;
        for [x, y] in points {
            let Plain(value) = self.tape.run([Plain(x), Plain(y)], &mut results);
            has_gaps |= !value.is_finite();
            self.tape.note_sides(&results, &mut sides);
        }
        Flaws { has_gaps, has_breaks: sides.are_both() }
    }

    /// Writes `L` along a row of points with the same `y`.
    pub fn row(&self, x: &[f64], y: f64, values: &mut [f64]) {
        let y = Plain([y; LANES]);
        for (x, values) in std::iter::zip(x.chunks(LANES), values.chunks_mut(LANES)) {
            let mut lanes = [0.0; LANES];
            lanes[..x.len()].copy_from_slice(x);
            let Plain(found) = self.tape.evaluate([Plain(lanes), y]);
            values.copy_from_slice(&found[..values.len()]);
        }
    }
}

#[cfg(test)]
mod tests;
