//! What stands where nothing can, or is missing where something should.

use super::{BadFormula, Parser, Word, quoted};

impl Parser {
    /// Something to calculate with should stand here, and does not.
    pub(super) fn missing(&self) -> BadFormula {
        let place = self.place();
        let before = self.at.checked_sub(1).and_then(|at| self.words.get(at));
        let what = match (before, self.peek()) {
            (Some((Word::Sign('('), _)), Some(Word::Sign(')'))) => {
                "nothing stands between the brackets".to_owned()
            }
            (Some((Word::Sign(sign), _)), None) => format!("something is missing after {sign}"),
            (_, Some(Word::Sign(sign))) => format!("something is missing before {sign}"),
            _ => "something is missing".to_owned(),
        };
        BadFormula::new(place, what, "write a number, x, y or a bracket there")
    }

    /// A word that cannot follow what stands before it.
    pub(super) fn unfitting(&self, word: Word) -> BadFormula {
        let (what, instead) = match word {
            Word::Sign(')') => {
                ("this ) closes nothing".to_owned(), "leave it out, or open a ( before it")
            }
            Word::Sign(',') => (
                "a comma stands outside of a function's brackets".to_owned(),
                "numbers are written with a point, as 1.5",
            ),
            Word::Number(number) => {
                let follows_weight = matches!(
                    self.at.checked_sub(1).and_then(|at| self.words.get(at)),
                    Some((Word::Name(_) | Word::Sign(')'), _))
                );
                let what =
                    format!("the number {} follows without a sign", quoted(&number.to_string()));
                let instead = if follows_weight {
                    "write ^ before it for a power, or the number first, as 2x"
                } else {
                    "write a sign between them"
                };
                (what, instead)
            }
            Word::Name(_) | Word::Sign(_) | Word::Raised(_) => {
                ("this has no place here".to_owned(), "write a sign before it")
            }
        };
        BadFormula::new(self.place(), what, instead)
    }
}
