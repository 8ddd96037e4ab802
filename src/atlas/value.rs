//! What a cell of an atlas is coloured by: the kind of its end, or a number.

use super::cells::Cell;
use crate::analysis::outcome::Ending;

/// What a cell is coloured by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Value {
    /// The kind of its end.
    #[default]
    End,
    /// `L` at the last row.
    Loss,
    /// The loss on data that were set aside, there.
    TestLoss,
    /// `λ_max` there.
    Lambda,
    /// The first step outside the basin of the start.
    Left,
    /// `L` at the last row less `L` at the first: above zero where the run climbed.
    Rise,
    /// The part of the seeds whose runs end in the kind that most of the cell's end in.
    Share,
}

impl Value {
    /// All of them, in the order of menus.
    pub const ALL: [Self; 7] =
        [Self::End, Self::Loss, Self::TestLoss, Self::Lambda, Self::Left, Self::Rise, Self::Share];

    /// Its name on the command line.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::End => "end",
            Self::Loss => "loss",
            Self::TestLoss => "test_loss",
            Self::Lambda => "lambda",
            Self::Left => "left",
            Self::Rise => "rise",
            Self::Share => "share",
        }
    }

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::End => "how it ends",
            Self::Loss => "loss at the end",
            Self::TestLoss => "test loss at the end",
            Self::Lambda => "λ_max at the end",
            Self::Left => "first step outside the basin of the start",
            Self::Rise => "loss at the end less that at the start",
            Self::Share => "how most seeds end, and the share that do",
        }
    }

    /// The same in a word or two, as a menu has it.
    #[must_use]
    pub fn short(self) -> &'static str {
        match self {
            Self::End => "how it ends",
            Self::Loss => "loss",
            Self::TestLoss => "test loss",
            Self::Lambda => "λ_max",
            Self::Left => "steps until it left",
            Self::Rise => "rise of the loss",
            Self::Share => "share of seeds",
        }
    }

    /// What a cell without a number is.
    #[must_use]
    pub fn blank(self) -> &'static str {
        match self {
            Self::Left => "never left",
            Self::TestLoss => "diverged, or no data set aside",
            Self::End | Self::Loss | Self::Lambda | Self::Rise | Self::Share => "diverged",
        }
    }

    /// Whether cells are coloured by a kind of end.
    #[must_use]
    pub fn has_kinds(self) -> bool {
        matches!(self, Self::End | Self::Share)
    }

    /// The one of this name.
    #[must_use]
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.id() == id)
    }

    /// The number of a cell; none where it has none, and of ends.
    #[must_use]
    pub fn of(self, cell: &Cell) -> Option<f64> {
        let is_lost = matches!(cell.outcome.ending, Ending::Diverged { .. });
        let number = match self {
            Self::End => None,
            // The numbers that a run diverges with are as large as they come to be, and would be the whole scale.
            Self::Loss | Self::TestLoss | Self::Lambda | Self::Rise if is_lost => None,
            Self::Loss => Some(cell.outcome.loss),
            Self::TestLoss => cell.outcome.test_loss,
            Self::Lambda => cell.outcome.lambda_max,
            Self::Left => cell.outcome.travel?.first_out.map(|step| step as f64),
            Self::Rise => Some(cell.outcome.loss - cell.first_loss),
            Self::Share => Some(cell.share),
        };
        number.filter(|x| x.is_finite())
    }

    /// What boundaries part: the kinds of ends, or for a rise whether there is one; none where no line is meant.
    #[must_use]
    pub fn side(self, cell: &Cell) -> Option<u8> {
        match self {
            Self::End => Some(cell.kind),
            Self::Rise => {
                // What is no number has risen beyond all numbers.
                let fell = cell.outcome.loss <= cell.first_loss;
                Some(u8::from(!fell))
            }
            Self::Loss | Self::TestLoss | Self::Lambda | Self::Left | Self::Share => None,
        }
    }
}
