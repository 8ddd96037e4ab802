//! The grammar of formulas, by recursive descent.
//!
//! ```text
//! sum      = product { (+ | −) product }
//! product  = signed { [* | /] signed }         from left to right, so that 1/2x is x/2
//! signed   = { + | − } power                   −x² is −(x²)
//! power    = atom [ ^ { + | − } power | ² | ³ ]    2^3^2 is 2^9
//! atom     = number | name | function ( sum {, sum} ) | ( sum ) | | sum | | √ atom
//! ```
//!
//! Where two factors stand beside each other without a sign, the second begins with a name or a bracket.

mod misplaced;

use super::build::{Builder, MOST_OPERATIONS};
use super::error::{BadFormula, quoted};
use super::functions::{CONSTANTS, FUNCTIONS, OF_TWO, OfTwo, PARAMETERS, WEIGHTS, named};
use super::lex::{Placed, Word, words};
use super::tape::{Node, Operation, Tape};
use super::vocabulary::{self, Kind};

/// Letters of a formula, at most.
pub const LONGEST: usize = 2000;
/// Brackets, powers and roots inside each other, at most.
const DEEPEST: usize = 64;

/// Parameters of free names, at most: each is a slider.
const MOST_FREE: usize = 12;
/// Letters of such a name, at most.
const LONGEST_NAME: usize = 24;

/// A formula as it was read.
pub(super) struct Read {
    pub(super) tape: Tape,
    /// Which parameters of one letter it has.
    pub(super) used: [bool; PARAMETERS.len()],
    /// The names of its other parameters, in the order in which they come.
    pub(super) free: Vec<String>,
}

/// Reads a formula whose parameters have these values; one of a free name is 1 where nothing is said of it.
pub(super) fn parse(
    text: &str,
    parameters: [f64; PARAMETERS.len()],
    said: &[(String, f64)],
) -> Result<Read, BadFormula> {
    if text.len() > LONGEST {
        let what = format!("it has {} letters, and {LONGEST} are the most", text.len());
        return Err(BadFormula::new(LONGEST, what, "write a shorter one"));
    }
    let words = words(text)?;
    if words.is_empty() {
        let instead = "write one, for instance x^2 + 3y^2";
        return Err(BadFormula::new(0, "there is no formula", instead));
    }
    let end = text.trim_end().chars().count();
    let mut parser = Parser {
        words,
        at: 0,
        end,
        depth: 0,
        bracket: '(',
        builder: Builder::default(),
        parameters,
        used: [false; PARAMETERS.len()],
        said: said.to_vec(),
        free: Vec::new(),
    };
    let root = parser.sum()?;
    match parser.peek() {
        None => {
            let Parser { builder, used, free, .. } = parser;
            Ok(Read { tape: builder.finish(root), used, free })
        }
        Some(word) => Err(parser.unfitting(word)),
    }
}

struct Parser {
    words: Vec<Placed>,
    at: usize,
    /// The place behind the last letter.
    end: usize,
    depth: usize,
    /// The innermost bracket that is open: where it is a bar, the next one closes it.
    bracket: char,
    builder: Builder,
    parameters: [f64; PARAMETERS.len()],
    used: [bool; PARAMETERS.len()],
    /// Values of parameters of free names.
    said: Vec<(String, f64)>,
    /// Such names, as far as they have come.
    free: Vec<String>,
}

type Parsed = Result<Node, BadFormula>;

impl Parser {
    fn sum(&mut self) -> Parsed {
        self.deeper(|parser| {
            let mut sum = parser.product()?;
            loop {
                let operation = if parser.take('+') {
                    Operation::Plus
                } else if parser.take('-') {
                    Operation::Minus
                } else {
                    return Ok(sum);
                };
                let next = parser.product()?;
                sum = parser.add(operation(sum, next))?;
            }
        })
    }

    fn product(&mut self) -> Parsed {
        let mut product = self.signed()?;
        loop {
            product = if self.take('*') {
                let next = self.signed()?;
                self.add(Operation::Times(product, next))?
            } else if self.take('/') {
                let next = self.signed()?;
                self.add(Operation::Over(product, next))?
            } else if self.begins_factor() {
                let next = self.power()?;
                self.add(Operation::Times(product, next))?
            } else {
                return Ok(product);
            };
        }
    }

    fn signed(&mut self) -> Parsed {
        let is_negative = self.signs();
        let power = self.power()?;
        if is_negative { self.add(Operation::Negated(power)) } else { Ok(power) }
    }

    /// Takes any signs; whether they make what follows negative.
    fn signs(&mut self) -> bool {
        let mut is_negative = false;
        loop {
            if self.take('-') {
                is_negative = !is_negative;
            } else if !self.take('+') {
                return is_negative;
            }
        }
    }

    fn power(&mut self) -> Parsed {
        self.deeper(|parser| {
            let base = parser.atom()?;
            let exponent = if let Some(Word::Raised(exponent)) = parser.peek() {
                parser.at += 1;
                parser.add(Operation::Constant(f64::from(exponent)))?
            } else if parser.take('^') {
                let is_negative = parser.signs();
                let exponent = parser.power()?;
                if is_negative { parser.add(Operation::Negated(exponent))? } else { exponent }
            } else {
                return Ok(base);
            };
            if matches!(parser.peek(), Some(Word::Raised(_) | Word::Sign('^'))) {
                let instead = "write brackets, as in (x^2)^3";
                return Err(BadFormula::new(parser.place(), "a power has a power", instead));
            }
            let power = parser.builder.power(base, exponent);
            parser.checked(power)
        })
    }

    fn atom(&mut self) -> Parsed {
        let place = self.place();
        let Some(word) = self.peek() else { return Err(self.missing()) };
        match word {
            Word::Number(number) => {
                self.at += 1;
                self.add(Operation::Constant(number))
            }
            Word::Name(name) => {
                self.at += 1;
                self.name(&name, place)
            }
            Word::Sign('(') => {
                self.at += 1;
                let inner = self.within('(')?;
                self.close(')', place)?;
                Ok(inner)
            }
            Word::Sign('|') if self.bracket != '|' => {
                self.at += 1;
                let inner = self.within('|')?;
                self.close('|', place)?;
                self.apply("abs", inner)
            }
            Word::Sign('√') => {
                self.at += 1;
                let inner = self.deeper(Self::atom)?;
                self.apply("sqrt", inner)
            }
            Word::Sign(_) | Word::Raised(_) => Err(self.missing()),
        }
    }

    /// What a name stands for, with its arguments if it is a function.
    fn name(&mut self, name: &str, place: usize) -> Parsed {
        let known = |table: &[(&str, usize)]| {
            table.iter().find(|(known, _)| *known == name).map(|(_, k)| *k)
        };
        if let Some(k) = known(&WEIGHTS) {
            return self.add(Operation::Weight(k));
        }
        if let Some((_, value)) = CONSTANTS.iter().find(|(known, _)| *known == name) {
            return self.add(Operation::Constant(*value));
        }
        if let Some(k) = PARAMETERS.iter().position(|known| *known == name) {
            self.used[k] = true;
            return self.add(Operation::Constant(self.parameters[k]));
        }
        let of_two = OF_TWO.iter().find(|(known, _)| *known == name).map(|(_, function)| *function);
        let of_one = named(name);
        if of_one.is_none() && of_two.is_none() {
            let kind = if self.is_at('(') { Kind::Function } else { Kind::Number };
            return match vocabulary::unknown(name, place, kind) {
                Some(error) => Err(error),
                None => self.parameter(name, place),
            };
        }
        let arguments = self.arguments(name)?;
        match (of_one, of_two, &arguments[..]) {
            (Some(function), _, [argument]) => self.add(Operation::Applied(function, *argument)),
            (_, Some(function), [first, second]) => {
                let result = self.builder.of_two(function, *first, *second);
                self.checked(result)
            }
            (_, Some(function @ (OfTwo::Min | OfTwo::Max)), [first, rest @ ..])
                if !rest.is_empty() =>
            {
                let all = rest.iter().fold(*first, |a, b| self.builder.of_two(function, a, *b));
                self.checked(all)
            }
            (of_one, ..) => {
                let count = arguments.len();
                let (wanted, instead) = if of_one.is_some() {
                    ("one argument", format!("write {name}(x)"))
                } else {
                    ("two arguments", format!("write {name}(x, y)"))
                };
                let what = format!("{name} takes {wanted}, and here are {count}");
                Err(BadFormula::new(place, what, instead))
            }
        }
    }

    /// A parameter of a free name.
    fn parameter(&mut self, name: &str, place: usize) -> Parsed {
        if name.chars().count() > LONGEST_NAME {
            let what = format!("the name {} is too long", quoted(name));
            let instead = format!("names of parameters have {LONGEST_NAME} letters at most");
            return Err(BadFormula::new(place, what, instead));
        }
        if !self.free.iter().any(|known| known == name) {
            if self.free.len() == MOST_FREE {
                let what = format!("{} is one parameter too many", quoted(name));
                let instead = format!("{MOST_FREE} names are free; write a number for some");
                return Err(BadFormula::new(place, what, instead));
            }
            self.free.push(name.to_owned());
        }
        let said = self.said.iter().find(|(known, _)| known == name);
        self.add(Operation::Constant(said.map_or(1.0, |(_, value)| *value)))
    }

    /// The arguments of a function, brackets included.
    fn arguments(&mut self, name: &str) -> Result<Vec<Node>, BadFormula> {
        let place = self.place();
        if !self.take('(') {
            let instead = match self.peek() {
                Some(Word::Raised(_) | Word::Sign('^')) => format!("write {name}(x)^2 for a power"),
                _ => format!("write {name}(x)"),
            };
            return Err(BadFormula::new(place, format!("{name} needs brackets"), instead));
        }
        let mut arguments = vec![self.within('(')?];
        while self.take(',') {
            arguments.push(self.within('(')?);
        }
        self.close(')', place)?;
        Ok(arguments)
    }

    /// The sum that stands within a bracket, or within bars.
    fn within(&mut self, bracket: char) -> Parsed {
        let outer = std::mem::replace(&mut self.bracket, bracket);
        let parsed = self.sum();
        self.bracket = outer;
        parsed
    }

    fn deeper(&mut self, parse: impl FnOnce(&mut Self) -> Parsed) -> Parsed {
        // A sum and a power a bracket, and the outermost of both.
        if self.depth > 2 * DEEPEST + 1 {
            let what = format!("more than {DEEPEST} brackets or powers stand in each other");
            return Err(BadFormula::new(self.place(), what, "write fewer"));
        }
        self.depth += 1;
        let parsed = parse(self);
        self.depth -= 1;
        parsed
    }

    fn apply(&mut self, function: &str, argument: Node) -> Parsed {
        let place = named(function).unwrap_or(FUNCTIONS.len() - 1);
        self.add(Operation::Applied(place, argument))
    }

    fn add(&mut self, operation: Operation) -> Parsed {
        let node = self.builder.add(operation);
        self.checked(node)
    }

    fn checked(&self, node: Node) -> Parsed {
        if self.builder.is_full() {
            let what = format!("it has more than {MOST_OPERATIONS} operations");
            return Err(BadFormula::new(self.place(), what, "write a shorter one"));
        }
        Ok(node)
    }

    fn peek(&self) -> Option<Word> {
        self.words.get(self.at).map(|(word, _)| word.clone())
    }

    /// The place of the next word, or behind the last letter.
    fn place(&self) -> usize {
        self.words.get(self.at).map_or(self.end, |(_, place)| *place)
    }

    fn is_at(&self, sign: char) -> bool {
        matches!(self.words.get(self.at), Some((Word::Sign(next), _)) if *next == sign)
    }

    fn take(&mut self, sign: char) -> bool {
        let is_there = self.is_at(sign);
        self.at += usize::from(is_there);
        is_there
    }

    /// Whether a factor may begin here without a sign before it.
    fn begins_factor(&self) -> bool {
        match self.words.get(self.at) {
            Some((Word::Name(_) | Word::Sign('(' | '√'), _)) => true,
            Some((Word::Sign('|'), _)) => self.bracket != '|',
            Some(_) | None => false,
        }
    }

    fn close(&mut self, sign: char, opened: usize) -> Result<(), BadFormula> {
        if self.take(sign) {
            return Ok(());
        }
        match self.peek() {
            Some(word @ (Word::Number(_) | Word::Raised(_) | Word::Sign(','))) => {
                Err(self.unfitting(word))
            }
            _ => {
                let what = format!("a {sign} is missing");
                let instead = format!("the one of column {} is open", opened + 1);
                Err(BadFormula::new(self.place(), what, instead))
            }
        }
    }
}
