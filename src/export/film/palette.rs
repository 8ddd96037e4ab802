//! One palette for a whole film: the farthest colour first.
//!
//! ```text
//! C ← {paper};   while |C| < 255:  C ← C ∪ { argmax over seen colours x of weight(x) · min over c ∈ C ‖x − c‖∞ }
//! ```
//!
//! T. Gonzalez (1985), "Clustering to minimize the maximum intercluster distance", Theor. Comput. Sci. 38: the worst
//! error is at most twice the best that is possible, and no colour that is seen is lost because it is rare, as those of a
//! thin path are where a palette follows frequency. What moves, paths and their edges, counts more than the ground.
//! Colours are those of a few frames of the film; one palette makes rectangles of changes possible at all.

use std::collections::BTreeMap;

use crate::figure::palette::Rgb;

/// A pixel's colour as one number, `0xRR_GG_BB`.
pub(super) type Code = u32;

/// How many colours there are, beside the one for "as before".
pub(super) const COLOURS: usize = 255;
/// How much the error of a colour that only stands counts, where one that moves counts 1: that of a few letters, and
/// that of a ground, where small errors over a large area look like stains.
const STANDING: [f64; 2] = [0.6, 1.6];
/// The part of a frame that a colour of a ground covers.
const LARGE: f64 = 1.0 / 1000.0;
/// How much more the error of a colour counts that is a run's own, and how far from it this has faded to nothing: edges
/// of paths are mixtures of their colour.
const OF_A_RUN: f64 = 4.0;
const FADED: f64 = 96.0;
/// Colours that differ by less than this in all channels are taken for one while the palette is chosen: 2 bits.
const COARSE: u32 = 0xFC_FC_FC;

/// Colours that were seen, and whether anything in them moved.
#[derive(Default)]
pub(super) struct Seen {
    /// By coarse colour: the first of those that are alike, how often they were seen, and whether they moved.
    colours: BTreeMap<Code, (Code, usize, bool)>,
    pixels: usize,
}

impl Seen {
    /// Takes in a frame; `before` is the frame that was taken in before it.
    pub(super) fn frame(&mut self, now: &[Code], before: Option<&[Code]>) {
        self.pixels += now.len();
        for (k, &code) in now.iter().enumerate() {
            let seen = self.colours.entry(code & COARSE).or_insert((code, 0, false));
            seen.1 += 1;
            seen.2 |= before.is_some_and(|before| before[k] != code);
        }
    }

    /// The palette; `first` are in it exactly, and so are the colours of runs, which count most.
    pub(super) fn palette(&self, first: &[Rgb], runs: &[Rgb]) -> Palette {
        let weighed = |&(code, count, moves): &(Code, usize, bool)| {
            let colour = rgb(code);
            let nearest = runs.iter().map(|run| f64::from(distance(*run, colour)));
            let near = (1.0 - nearest.fold(FADED, f64::min) / FADED).max(0.0);
            let [few, many] = STANDING;
            let large = (count as f64 / (LARGE * self.pixels as f64)).min(1.0);
            let standing = few + (many - few) * large;
            (colour, if moves { standing.max(1.0 + OF_A_RUN * near) } else { standing })
        };
        let seen: Vec<(Rgb, f64)> = self.colours.values().map(weighed).collect();
        let mut colours: Vec<Rgb> = Vec::with_capacity(COLOURS);
        let mut far = vec![f64::INFINITY; seen.len()];
        let mut add = |colour: Rgb, far: &mut [f64]| {
            for ((other, weight), far) in seen.iter().zip(far) {
                *far = far.min(weight * f64::from(distance(*other, colour)));
            }
            colours.push(colour);
            colours.len() < COLOURS
        };
        let mut has_room = true;
        for colour in first.iter().chain(runs) {
            has_room = has_room && add(*colour, &mut far);
        }
        while has_room {
            // Of equally far ones the first in the order of their numbers.
            let farthest = far.iter().enumerate().rev().max_by(|(_, a), (_, b)| a.total_cmp(b));
            match farthest {
                Some((k, &distance)) if distance > 0.0 => has_room = add(seen[k].0, &mut far),
                _ => break,
            }
        }
        Palette { colours, known: vec![UNKNOWN; 1 << 24] }
    }
}

/// The colours of a film.
pub(super) struct Palette {
    colours: Vec<Rgb>,
    /// The number of the nearest colour by code, where it was looked for.
    known: Vec<u16>,
}

/// Not looked for yet.
const UNKNOWN: u16 = u16::MAX;

impl Palette {
    /// Red, green and blue of each, in turn.
    pub(super) fn bytes(&self) -> Vec<u8> {
        self.colours.concat()
    }

    /// The number of the colour nearest to `code`.
    pub(super) fn nearest(&mut self, code: Code) -> u8 {
        let known = &mut self.known[code as usize & 0xFF_FF_FF];
        if *known == UNKNOWN {
            let colour = rgb(code);
            // The largest difference of a channel decides, and their sum where that is the same.
            let far = |other: &Rgb| (distance(*other, colour), spread(*other, colour));
            let nearest = self.colours.iter().zip(0u16..).min_by_key(|(other, _)| far(other));
            *known = nearest.map_or(0, |(_, number)| number);
        }
        u8::try_from(*known).unwrap_or(0)
    }
}

/// The largest difference of a channel.
fn distance(a: Rgb, b: Rgb) -> u8 {
    let [red, green, blue] = [0, 1, 2].map(|k| a[k].abs_diff(b[k]));
    red.max(green).max(blue)
}

fn spread(a: Rgb, b: Rgb) -> u16 {
    (0..3).map(|k| u16::from(a[k].abs_diff(b[k]))).sum()
}

pub(super) fn rgb(code: Code) -> Rgb {
    let [_, red, green, blue] = code.to_be_bytes();
    [red, green, blue]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn few_colours_are_kept_exactly(codes in prop::collection::vec(0u32..1 << 24, 1..200)) {
            // One of each cell of colours that are taken for one.
            let cells: BTreeMap<Code, Code> = codes.iter().map(|code| (code & COARSE, *code)).collect();
            let codes: Vec<Code> = cells.into_values().collect();
            let mut seen = Seen::default();
            seen.frame(&codes, None);
            let mut palette = seen.palette(&[], &[]);
            for code in codes {
                let number = palette.nearest(code);
                prop_assert_eq!(palette.colours[usize::from(number)], rgb(code));
            }
        }
    }

    #[test]
    fn a_colour_that_is_rare_is_not_lost() {
        let ramp: Vec<Code> = (0..4096u32).map(|k| (k >> 4) * 0x01_01_01).collect();
        let mut rare = ramp.clone();
        rare[7] = 0x00_4A_84;
        let mut seen = Seen::default();
        seen.frame(&ramp, None);
        seen.frame(&rare, Some(&ramp));
        let mut palette = seen.palette(&[[255; 3]], &[[0xD9, 0x62, 0x00]]);
        let number = palette.nearest(0x00_4A_84);
        assert_eq!(palette.colours[usize::from(number)], [0x00, 0x4A, 0x84]);
    }
}
