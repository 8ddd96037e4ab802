//! From the tree of a formula to letters, rules and strokes in points.

use super::parse::Node;
use crate::figure::metrics::{self, Face};
use crate::figure::{Anchor, Ink, Mark, Pen, Points, prose, scripts};

/// Heights above and below the baseline of a line of letters, in heights of the text.
const ASCENT: f64 = 0.78;
const DESCENT: f64 = 0.22;
/// Where the rule of a fraction lies above the baseline: in the middle of digits, as + and − are.
const AXIS: f64 = 0.35;
/// Between a rule and what is above and below it.
const GAP: f64 = 0.16;
/// How thick rules and strokes are.
const RULE: f64 = 0.07;
/// A fraction's parts, and what is raised or lowered, are this much smaller.
const PART: f64 = 0.9;
const SCRIPT: f64 = scripts::SIZE;
/// A space between parts.
const SPACE: f64 = 0.24;
/// How far a raised or lowered part's baseline is from the line's, where nothing is tall.
const RAISED: f64 = 0.36;
const LOWERED: f64 = 0.16;
/// Letters are no smaller than this part of the formula's.
const SMALLEST: f64 = 0.62;

/// Something to be painted, from the formula's left end and baseline, y downwards.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Bit {
    /// Letters that begin at a point of the baseline.
    Letters { at: [f64; 2], text: String, size: f64, ink: Ink },
    /// A stroke.
    Stroke { points: Vec<[f64; 2]>, width: f64, ink: Ink },
}

/// A formula laid out, in points.
#[derive(Debug, Clone, PartialEq)]
pub struct Typeset {
    /// How wide it is.
    pub width: f64,
    /// How far it reaches above its baseline.
    pub ascent: f64,
    /// How far below.
    pub descent: f64,
    pub(super) bits: Vec<Bit>,
}

type Inks<'a> = &'a dyn Fn(&str) -> Ink;

/// Lays out `node` with letters `size` points high.
pub(super) fn lay(node: &Node, size: f64, inks: Inks<'_>) -> Typeset {
    Layer { inks, smallest: SMALLEST * size }.node(node, size, false)
}

struct Layer<'a> {
    inks: Inks<'a>,
    smallest: f64,
}

impl Layer<'_> {
    /// Within raised and lowered parts there is no room for another storey: strokes stay strokes.
    fn node(&self, node: &Node, size: f64, flat: bool) -> Typeset {
        match node {
            Node::Word(text) => self.letters(text, size),
            Node::Row(parts) => {
                let mut whole = empty(size);
                for (spaced, part) in parts {
                    let gap = if *spaced { SPACE * size } else { 0.0 };
                    let part = self.node(part, size, flat);
                    let x = whole.width + gap;
                    whole.width = x + part.width;
                    whole.put(part, [x, 0.0]);
                }
                whole
            }
            Node::Fraction(above, below) if flat => {
                let mut whole = self.node(above, size, flat);
                for part in [self.letters("/", size), self.node(below, size, flat)] {
                    let x = whole.width;
                    whole.width += part.width;
                    whole.put(part, [x, 0.0]);
                }
                whole
            }
            Node::Fraction(above, below) => self.fraction(above, below, size),
            Node::Root(inner) => self.root(inner, size, flat),
            Node::Script { base, low, high } => {
                self.script(base, low.as_deref(), high.as_deref(), size, flat)
            }
            Node::Fence { open, close, inner } => self.fence(*open, *close, inner, size, flat),
        }
    }

    fn letters(&self, text: &str, size: f64) -> Typeset {
        let ink = (self.inks)(text);
        let width = metrics::width(text, Face::of_words(ink), size);
        let bits = vec![Bit::Letters { at: [0.0, 0.0], text: text.to_owned(), size, ink }];
        Typeset { width, bits, ..empty(size) }
    }

    fn smaller(&self, size: f64, part: f64) -> f64 {
        (part * size).max(self.smallest.min(size))
    }

    fn fraction(&self, above: &Node, below: &Node, size: f64) -> Typeset {
        let part = self.smaller(size, PART);
        let [above, below] = [above, below].map(|node| self.node(node, part, false));
        let overhang = 0.12 * size;
        let width = above.width.max(below.width) + 2.0 * overhang;
        let mut whole = Typeset { width: width + 0.1 * size, ..empty(size) };
        let axis = -AXIS * size;
        let y = axis - GAP * size - above.descent;
        let x = 0.5 * (width - above.width);
        whole.put(above, [x, y]);
        let y = axis + GAP * size + below.ascent;
        let x = 0.5 * (width - below.width);
        whole.put(below, [x, y]);
        whole.stroke(vec![[0.0, axis], [width, axis]], size, (self.inks)("/"));
        whole
    }

    fn root(&self, inner: &Node, size: f64, flat: bool) -> Typeset {
        let inner = self.node(inner, size, flat);
        let hook = 0.55 * size;
        let (top, bottom) = (-inner.ascent - 0.08 * size, inner.descent.min(0.12 * size));
        let mut whole = Typeset { width: hook + inner.width + 0.1 * size, ..empty(size) };
        whole.ascent = whole.ascent.max(-top + RULE * size);
        let right = whole.width - 0.04 * size;
        let points = vec![
            [0.05 * size, 0.5 * (top + bottom) + 0.12 * size],
            [0.18 * size, 0.5 * (top + bottom) + 0.04 * size],
            [0.32 * size, bottom],
            [0.5 * size, top],
            [right, top],
        ];
        whole.put(inner, [hook, 0.0]);
        whole.stroke(points, size, (self.inks)("√"));
        whole
    }

    fn script(
        &self,
        base: &Node,
        low: Option<&Node>,
        high: Option<&Node>,
        size: f64,
        flat: bool,
    ) -> Typeset {
        // A symbol has the ink of its whole name: of g_SAM, not of g.
        let name = match (base, low) {
            (Node::Word(base), Some(Node::Word(low))) => Some(format!("{base}_{low}")),
            _ => None,
        };
        let named = name.as_deref().map(self.inks);
        let owned = |symbol: &str| named.unwrap_or_else(|| (self.inks)(symbol));
        let inner = Layer { inks: &owned, smallest: self.smallest };
        let mut whole = inner.node(base, size, flat);
        let part = self.smaller(size, SCRIPT);
        let x = whole.width + 0.03 * size;
        let mut end = x;
        let (ascent, descent) = (whole.ascent, whole.descent);
        let mut put = |node: &Node, y: f64| {
            let script = inner.node(node, part, true);
            end = end.max(x + script.width);
            whole.put(script, [x, y]);
        };
        if let Some(low) = low {
            put(low, (LOWERED * size).max(descent - 0.1 * size));
        }
        if let Some(high) = high {
            put(high, -(RAISED * size).max(ascent - 0.42 * size));
        }
        whole.width = end;
        whole
    }

    fn fence(&self, open: char, close: char, inner: &Node, size: f64, flat: bool) -> Typeset {
        let inner = self.node(inner, size, flat);
        let is_tall = inner.ascent > 1.1 * ASCENT * size || inner.descent > 1.4 * DESCENT * size;
        let mut whole = empty(size);
        for (k, letter) in [open, close].into_iter().enumerate() {
            if k == 1 {
                let x = whole.width;
                whole.width += inner.width;
                whole.put(inner.clone(), [x, 0.0]);
            }
            let x = whole.width;
            if is_tall {
                let [top, bottom] = [-inner.ascent, inner.descent];
                for points in tall(letter, [top, bottom], size) {
                    let points = points.into_iter().map(|[dx, y]| [x + dx, y]).collect();
                    whole.stroke(points, size, (self.inks)(&letter.to_string()));
                }
                whole.width += 0.36 * size;
            } else {
                let sign = self.letters(&letter.to_string(), size);
                whole.width += sign.width;
                whole.put(sign, [x, 0.0]);
            }
        }
        whole
    }
}

impl Typeset {
    /// Puts `part` so far to the right and down; the width is the caller's.
    fn put(&mut self, part: Self, by: [f64; 2]) {
        self.ascent = self.ascent.max(part.ascent - by[1]);
        self.descent = self.descent.max(part.descent + by[1]);
        let moved = |at: [f64; 2]| [at[0] + by[0], at[1] + by[1]];
        self.bits.extend(part.bits.into_iter().map(|bit| match bit {
            Bit::Letters { at, text, size, ink } => Bit::Letters { at: moved(at), text, size, ink },
            Bit::Stroke { points, width, ink } => {
                Bit::Stroke { points: points.into_iter().map(moved).collect(), width, ink }
            }
        }));
    }

    fn stroke(&mut self, points: Vec<[f64; 2]>, size: f64, ink: Ink) {
        self.bits.push(Bit::Stroke { points, width: RULE * size, ink });
    }
}

impl Bit {
    /// It as a mark, from the formula's left end and baseline at `at`.
    pub(super) fn mark(&self, at: [f64; 2]) -> Mark {
        #[expect(clippy::cast_possible_truncation, reason = "points of a page")]
        let single = |x: f64| x as f32;
        match self {
            Self::Letters { at: by, text, size, ink } => Mark::Label {
                // A label's place is the middle of its digits.
                at: [at[0] + by[0], at[1] + by[1] - AXIS * size],
                offset: [0.0, 0.0],
                text: text.clone(),
                ink: *ink,
                size: single(*size),
                anchor: Anchor::Left,
                angle: 0.0,
            },
            Self::Stroke { points, width, ink } => {
                let points: Points = points.iter().map(|p| [at[0] + p[0], at[1] + p[1]]).collect();
                Mark::Path { points, pen: Pen::new(*ink, single(*width)) }
            }
        }
    }
}

impl Bit {
    /// It as letters of prose, from the formula's left end and baseline at `at`.
    pub(super) fn letters(&self, at: [f64; 2]) -> prose::Letters {
        match self {
            Self::Letters { at: by, text, size, ink } => prose::Letters {
                at: [at[0] + by[0], at[1] + by[1] - AXIS * size],
                text: text.clone(),
                face: Face::of_words(*ink),
                ink: *ink,
                size: *size,
                strokes: Vec::new(),
            },
            Self::Stroke { points, width, ink } => prose::Letters {
                at,
                text: String::new(),
                face: Face::Regular,
                ink: *ink,
                size: 0.0,
                strokes: vec![(points.clone(), *width)],
            },
        }
    }
}

/// The strokes of a bracket between two heights.
fn tall(letter: char, [top, bottom]: [f64; 2], size: f64) -> Vec<Vec<[f64; 2]>> {
    let at = |x: f64| x * size;
    let upright = |x: f64| vec![[at(x), top], [at(x), bottom]];
    let bow = |from: f64, to: f64| {
        let point = |k: usize| {
            let t = k as f64 / 12.0;
            let bend = 4.0 * t * (1.0 - t);
            [at(from + (to - from) * bend), top + t * (bottom - top)]
        };
        vec![(0..=12).map(point).collect()]
    };
    match letter {
        '(' => bow(0.28, 0.1),
        ')' => bow(0.08, 0.26),
        '‖' => vec![upright(0.1), upright(0.26)],
        '|' => vec![upright(0.18)],
        ']' | '}' => {
            vec![vec![[at(0.08), top], [at(0.22), top], [at(0.22), bottom], [at(0.08), bottom]]]
        }
        '⌋' => vec![vec![[at(0.22), top], [at(0.22), bottom], [at(0.08), bottom]]],
        '⌊' => vec![vec![[at(0.14), top], [at(0.14), bottom], [at(0.28), bottom]]],
        _ => vec![vec![[at(0.28), top], [at(0.14), top], [at(0.14), bottom], [at(0.28), bottom]]],
    }
}

fn empty(size: f64) -> Typeset {
    Typeset { width: 0.0, ascent: ASCENT * size, descent: DESCENT * size, bits: Vec::new() }
}
