//! A formula as a list of operations, each on results of those before it.

use super::dual::{Number, Plain};
use super::functions::FUNCTIONS;

/// The result of an operation, by its place on the tape.
pub(super) type Node = usize;

/// One operation.
#[derive(Debug, Clone, Copy)]
pub(super) enum Operation {
    Weight(usize),
    Constant(f64),
    Plus(Node, Node),
    Minus(Node, Node),
    Times(Node, Node),
    Over(Node, Node),
    Negated(Node),
    /// A whole power.
    Power(Node, i32),
    /// A power that is a constant and not whole.
    RealPower(Node, f64),
    AnyPower(Node, Node),
    /// The function of this place in the table.
    Applied(usize, Node),
    Least(Node, Node),
    Most(Node, Node),
}

/// A formula ready to be evaluated.
#[derive(Debug, Clone)]
pub(super) struct Tape {
    pub(super) operations: Vec<Operation>,
}

/// Tapes up to this length are evaluated without asking for memory.
const SHORT: usize = 32;

impl Operation {
    /// The results that it needs.
    pub(super) fn operands(self) -> impl Iterator<Item = Node> {
        let (a, b) = match self {
            Self::Weight(_) | Self::Constant(_) => (None, None),
            Self::Negated(a) | Self::Power(a, _) | Self::RealPower(a, _) | Self::Applied(_, a) => {
                (Some(a), None)
            }
            Self::Plus(a, b)
            | Self::Minus(a, b)
            | Self::Times(a, b)
            | Self::Over(a, b)
            | Self::AnyPower(a, b)
            | Self::Least(a, b)
            | Self::Most(a, b) => (Some(a), Some(b)),
        };
        a.into_iter().chain(b)
    }

    /// The same with other places for the results that it needs.
    pub(super) fn moved(self, to: impl Fn(Node) -> Node) -> Self {
        match self {
            Self::Weight(_) | Self::Constant(_) => self,
            Self::Negated(a) => Self::Negated(to(a)),
            Self::Power(a, n) => Self::Power(to(a), n),
            Self::RealPower(a, c) => Self::RealPower(to(a), c),
            Self::Applied(function, a) => Self::Applied(function, to(a)),
            Self::Plus(a, b) => Self::Plus(to(a), to(b)),
            Self::Minus(a, b) => Self::Minus(to(a), to(b)),
            Self::Times(a, b) => Self::Times(to(a), to(b)),
            Self::Over(a, b) => Self::Over(to(a), to(b)),
            Self::AnyPower(a, b) => Self::AnyPower(to(a), to(b)),
            Self::Least(a, b) => Self::Least(to(a), to(b)),
            Self::Most(a, b) => Self::Most(to(a), to(b)),
        }
    }
}

impl Tape {
    /// Its last result for the weights `w`.
    #[inline(always)]
    pub(super) fn evaluate<N: Number>(&self, w: [N; 2]) -> N {
        let zero = N::constant(0.0);
        if self.operations.len() <= SHORT {
            self.run(w, &mut [zero; SHORT])
        } else {
            self.run(w, &mut vec![zero; self.operations.len()])
        }
    }

    /// Fills `results` and returns the last.
    #[inline(always)]
    pub(super) fn run<N: Number>(&self, w: [N; 2], results: &mut [N]) -> N {
        let mut last = N::constant(0.0);
        for (k, operation) in self.operations.iter().enumerate() {
            last = match *operation {
                Operation::Weight(k) => w[k],
                Operation::Constant(value) => N::constant(value),
                Operation::Plus(a, b) => results[a].plus(results[b]),
                Operation::Minus(a, b) => results[a].minus(results[b]),
                Operation::Times(a, b) => results[a].times(results[b]),
                Operation::Over(a, b) => results[a].over(results[b]),
                Operation::Negated(a) => results[a].negated(),
                Operation::Power(a, n) => results[a].to_the(n),
                Operation::RealPower(a, c) => results[a].to_the_real(c),
                Operation::AnyPower(a, b) => results[a].to_the_number(results[b]),
                Operation::Applied(function, a) => results[a].apply(&FUNCTIONS[function]),
                Operation::Least(a, b) => results[a].least(results[b]),
                Operation::Most(a, b) => results[a].most(results[b]),
            };
            results[k] = last;
        }
        last
    }

    /// How many operations it has.
    pub(super) fn len(&self) -> usize {
        self.operations.len()
    }

    /// Whether an operation has a kink or a jump where its operands have these results.
    pub(super) fn breaks_at(&self, results: &[Plain<f64>]) -> bool {
        self.heights(results).any(|(_, height)| height.abs() < f64::MIN_POSITIVE)
    }

    /// Notes on which side of its kink or jump each operation is.
    pub(super) fn note_sides(&self, results: &[Plain<f64>], sides: &mut Sides) {
        sides.0.resize(self.operations.len(), [false; 2]);
        for (k, height) in self.heights(results) {
            sides.0[k][0] |= height < 0.0;
            sides.0[k][1] |= height > 0.0;
        }
    }

    /// Of each operation that has a kink or a jump, what is zero there.
    fn heights(&self, results: &[Plain<f64>]) -> impl Iterator<Item = (Node, f64)> {
        self.operations.iter().enumerate().filter_map(|(k, operation)| match *operation {
            Operation::Applied(function, a) if FUNCTIONS[function].breaks_at_zero => {
                Some((k, results[a].0))
            }
            Operation::Least(a, b) | Operation::Most(a, b) if a != b => {
                Some((k, results[a].0 - results[b].0))
            }
            _ => None,
        })
    }
}

/// The sides of their kinks and jumps on which operations have been: below, above.
#[derive(Debug, Default)]
pub(super) struct Sides(Vec<[bool; 2]>);

impl Sides {
    /// Whether an operation has been on both sides.
    pub(super) fn are_both(&self) -> bool {
        self.0.contains(&[true; 2])
    }
}
