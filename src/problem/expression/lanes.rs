//! The gradient of a formula in lanes: the tape, each operation on several packs of places at a time.
//!
//! ```text
//! (u, u_x, u_y) (v, v_x, v_y) = (uv,  u_x v + u v_x,  u_y v + u v_y)        and so on, as in `dual`
//! ```
//!
//! What an operation is, is asked once for all the packs. A function that is not written for lanes is made number by
//! number. What is not a number stays so, which the functions of lanes by themselves do not promise.

use super::Expression;
use super::functions::{FUNCTIONS, InLanes};
use super::tape::{Node, Operation};
use crate::math::fast::Lanes;
use crate::problem::flock::Slopes;

mod dual;

use dual::{
    Dual, apply, difference, either, exponential, logarithm, negated, product, quotient, sum,
    through, whole_power,
};

impl Slopes for Expression {
    #[inline(always)]
    fn slopes<L: Lanes, const N: usize>(
        &self,
        l: L,
        at: [[L::Pack; N]; 2],
        room: &mut Vec<L::Pack>,
    ) -> [[L::Pack; N]; 2] {
        let operations = &self.tape.operations;
        room.resize(3 * N * operations.len(), l.number(0.0));
        let mut first = [[l.number(0.0); N]; 2];
        for place in 0..operations.len() {
            let operands = Operands { operations, results: room.as_chunks::<N>().0, at };
            let result = operands.evaluate(l, place);
            let results = &mut room.as_chunks_mut::<N>().0[3 * place..][..3];
            results.copy_from_slice(&[result.value, result.first[0], result.first[1]]);
            first = result.first;
        }
        first
    }

    fn cost(&self) -> f64 {
        self.tape.operations.iter().map(|operation| cost(*operation)).sum()
    }
}

/// How many sums and products an operation and its derivatives take, about, with what it takes to look it up.
fn cost(operation: Operation) -> f64 {
    const ONE_BY_ONE: f64 = 2000.0;
    match operation {
        Operation::Weight(_) | Operation::Constant(_) => 4.0,
        Operation::Plus(..) | Operation::Minus(..) | Operation::Negated(_) => 10.0,
        Operation::Times(..) | Operation::Power(..) => 15.0,
        Operation::Over(..) | Operation::Least(..) | Operation::Most(..) => 20.0,
        Operation::AnyPower(..) => 60.0,
        Operation::RealPower(..) => ONE_BY_ONE,
        Operation::Applied(function, _) => match FUNCTIONS[function].in_lanes {
            InLanes::OneByOne => ONE_BY_ONE,
            _ => 40.0,
        },
    }
}

/// What an operation may read.
struct Operands<'a, P, const N: usize> {
    operations: &'a [Operation],
    /// Of each operation before it the value and both derivatives.
    results: &'a [[P; N]],
    at: [[P; N]; 2],
}

impl<P: Copy, const N: usize> Operands<'_, P, N> {
    #[inline(always)]
    fn read<L: Lanes<Pack = P>>(&self, l: L, node: Node) -> Dual<P, N> {
        let (zero, one) = (l.number(0.0), l.number(1.0));
        match self.operations[node] {
            Operation::Weight(k) => {
                let mut first = [[zero; N]; 2];
                first[k] = [one; N];
                Dual { value: self.at[k], first }
            }
            Operation::Constant(value) => {
                Dual { value: [l.number(value); N], first: [[zero; N]; 2] }
            }
            _ => {
                let result = &self.results[3 * node..][..3];
                Dual { value: result[0], first: [result[1], result[2]] }
            }
        }
    }

    #[inline(always)]
    fn evaluate<L: Lanes<Pack = P>>(&self, l: L, place: Node) -> Dual<P, N> {
        match self.operations[place] {
            Operation::Weight(_) | Operation::Constant(_) => self.read(l, place),
            Operation::Plus(a, b) => sum(l, self.read(l, a), self.read(l, b)),
            Operation::Minus(a, b) => difference(l, self.read(l, a), self.read(l, b)),
            Operation::Times(a, b) => product(l, self.read(l, a), self.read(l, b)),
            Operation::Over(a, b) => quotient(l, self.read(l, a), self.read(l, b)),
            Operation::Negated(a) => {
                let a = self.read(l, a);
                through(l, a, negated(l, a.value), [l.number(-1.0); N])
            }
            Operation::Power(a, n) => {
                let a = self.read(l, a);
                let (mut value, mut slope) = (a.value, a.value);
                for k in 0..N {
                    value[k] = whole_power(l, a.value[k], n);
                    let below = whole_power(l, a.value[k], n.saturating_sub(1));
                    slope[k] = l.mul(below, l.number(f64::from(n)));
                }
                through(l, a, value, slope)
            }
            Operation::RealPower(a, c) => {
                let a = self.read(l, a);
                let (mut value, mut slope) = (a.value, a.value);
                for k in 0..N {
                    value[k] = l.each(a.value[k], |x| libm::pow(x, c));
                    slope[k] = l.each(a.value[k], |x| c * libm::pow(x, c - 1.0));
                }
                through(l, a, value, slope)
            }
            Operation::AnyPower(a, b) => {
                let exponent = product(l, self.read(l, b), logarithm(l, self.read(l, a), 1.0));
                exponential(l, exponent)
            }
            Operation::Applied(function, a) => apply(l, &FUNCTIONS[function], self.read(l, a)),
            Operation::Least(a, b) => either(l, self.read(l, a), self.read(l, b), 1.0),
            Operation::Most(a, b) => either(l, self.read(l, a), self.read(l, b), -1.0),
        }
    }
}
