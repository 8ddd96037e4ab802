//! Formulas, typeset: plain text in, fractions, roots, raised and lowered letters out.
//!
//! ```text
//! "ε = ρ g/‖g‖"                 ρ times g over ‖g‖
//! "m̂ / (√v̂ + 1e-8)"             brackets that only hold a fraction together are gone
//! "|g|^(q − 1)",  "‖ε‖_p"       raised and lowered
//! ```
//!
//! It is the notation in which the catalogue and the terminal say them, so that nothing is written twice. Symbols that
//! stand for something on the map have its ink. Every text is a formula: what has no shape of its own is set as it is.

use super::prose::Letters;
use super::{Ink, Mark};

mod parse;
mod lay;

pub use lay::Typeset;

/// The formula `text`, `size` points high, with weights in the ink of a run, if they are a run's; everything that is not
/// on the map in `ink`.
#[must_use]
pub fn typeset(text: &str, size: f64, ink: Ink, run: Option<Ink>) -> Typeset {
    lay::lay(&parse::parse(text), size, &|symbol| symbol_ink(symbol, run).unwrap_or(ink))
}

/// The ink that a symbol has on the map; none for one that is not drawn there.
fn symbol_ink(symbol: &str, run: Option<Ink>) -> Option<Ink> {
    match symbol {
        "g" | "gₛₐₘ" | "g_SAM" | "∇L" => Some(Ink::Gradient),
        "ε" | "ε̂" | "εᵀ" | "ρ" => Some(Ink::Epsilon),
        "w" | "w′" => run,
        _ => None,
    }
}

impl Typeset {
    /// It as marks, its left end and baseline at `at`, in points with y downwards.
    #[must_use]
    pub fn marks(&self, at: [f64; 2]) -> Vec<Mark> {
        self.bits.iter().map(|bit| bit.mark(at)).collect()
    }

    /// It as letters of prose, likewise.
    #[must_use]
    pub fn letters(&self, at: [f64; 2]) -> Vec<Letters> {
        self.bits.iter().map(|bit| bit.letters(at)).collect()
    }
}

#[cfg(test)]
mod tests;
