//! From operations as they are read to a tape: constants are folded, what stands twice is done once.

use std::collections::HashMap;

use super::dual::Plain;
use super::functions::{OfTwo, named};
use super::tape::{Node, Operation, Tape};

/// Operations of a formula, at most.
pub(super) const MOST_OPERATIONS: usize = 1000;

/// Whole powers up to this are products; rounding adds up in longer ones.
const MOST_WHOLE: f64 = 64.0;

/// A tape in the making.
#[derive(Default)]
pub(super) struct Builder {
    operations: Vec<Operation>,
    known: HashMap<Key, Node>,
}

/// What makes an operation the same as another.
type Key = (std::mem::Discriminant<Operation>, u64, u64);

impl Builder {
    /// Whether there are more operations than a formula may have.
    pub(super) fn is_full(&self) -> bool {
        self.operations.len() > MOST_OPERATIONS
    }

    /// The place of `operation`, folded where it depends on no weight.
    pub(super) fn add(&mut self, operation: Operation) -> Node {
        let mut values = operation.operands().map(|node| self.constant_at(node));
        let is_leaf = matches!(operation, Operation::Weight(_) | Operation::Constant(_));
        if !is_leaf && values.all(|value| value.is_some()) {
            let nodes: Vec<Node> = operation.operands().collect();
            let constants = nodes.iter().filter_map(|node| self.constant_at(*node));
            let mut operations: Vec<Operation> = constants.map(Operation::Constant).collect();
            let place = |node| nodes.iter().position(|other| *other == node).unwrap_or_default();
            operations.push(operation.moved(place));
            let Plain(value) = Tape { operations }.evaluate([Plain(0.0), Plain(0.0)]);
            return self.add(Operation::Constant(value));
        }
        drop(values);
        let next = self.operations.len();
        let place = *self.known.entry(key(operation)).or_insert(next);
        if place == next {
            self.operations.push(operation);
        }
        place
    }

    /// `base` to the power `exponent`, as products where it is a whole number.
    pub(super) fn power(&mut self, base: Node, exponent: Node) -> Node {
        let Some(exponent) = self.constant_at(exponent) else {
            return self.add(Operation::AnyPower(base, exponent));
        };
        if exponent.fract().abs() > 0.0 || exponent.is_nan() || exponent.abs() > MOST_WHOLE {
            return self.add(Operation::RealPower(base, exponent));
        }
        #[expect(clippy::cast_possible_truncation, reason = "a whole number of at most 64")]
        let whole = exponent as i32;
        match whole {
            0 => self.add(Operation::Constant(1.0)),
            1 => base,
            _ => {
                let bare = self.without_sign(base).filter(|_| whole % 2 == 0);
                self.add(Operation::Power(bare.unwrap_or(base), whole))
            }
        }
    }

    /// A function of two arguments.
    pub(super) fn of_two(&mut self, function: OfTwo, a: Node, b: Node) -> Node {
        match function {
            OfTwo::Min => self.add(Operation::Least(a, b)),
            OfTwo::Max => self.add(Operation::Most(a, b)),
            OfTwo::Pow => self.power(a, b),
        }
    }

    /// The tape that ends in `root`, without whatever it does not need.
    pub(super) fn finish(self, root: Node) -> Tape {
        let mut needed = vec![false; root + 1];
        needed[root] = true;
        for k in (0..=root).rev().filter(|&k| self.operations.len() > k) {
            if needed[k] {
                self.operations[k].operands().for_each(|node| needed[node] = true);
            }
        }
        let mut places = vec![0; root + 1];
        let mut operations = Vec::new();
        for (k, operation) in self.operations.iter().enumerate().take(root + 1) {
            if needed[k] {
                places[k] = operations.len();
                operations.push(operation.moved(|node| places[node]));
            }
        }
        Tape { operations }
    }

    /// The value of a node that depends on no weight.
    fn constant_at(&self, node: Node) -> Option<f64> {
        match self.operations[node] {
            Operation::Constant(value) => Some(value),
            Operation::Weight(_)
            | Operation::Plus(..)
            | Operation::Minus(..)
            | Operation::Times(..)
            | Operation::Over(..)
            | Operation::Negated(_)
            | Operation::Power(..)
            | Operation::RealPower(..)
            | Operation::AnyPower(..)
            | Operation::Applied(..)
            | Operation::Least(..)
            | Operation::Most(..) => None,
        }
    }

    /// u of |u|: its even powers are those of |u|, and have no kink.
    fn without_sign(&self, node: Node) -> Option<Node> {
        match self.operations[node] {
            Operation::Applied(function, u) if named("abs") == Some(function) => Some(u),
            _ => None,
        }
    }
}

fn key(operation: Operation) -> Key {
    let (a, b) = match operation {
        Operation::Weight(k) => (k as u64, 0),
        Operation::Constant(value) => (value.to_bits(), 0),
        Operation::Negated(a) => (a as u64, 0),
        Operation::Power(a, n) => (a as u64, u64::from(n.unsigned_abs()) << 1 | u64::from(n < 0)),
        Operation::RealPower(a, c) => (a as u64, c.to_bits()),
        Operation::Applied(function, a) => (function as u64, a as u64),
        Operation::Plus(a, b)
        | Operation::Minus(a, b)
        | Operation::Times(a, b)
        | Operation::Over(a, b)
        | Operation::AnyPower(a, b)
        | Operation::Least(a, b)
        | Operation::Most(a, b) => (a as u64, b as u64),
    };
    (std::mem::discriminant(&operation), a, b)
}
