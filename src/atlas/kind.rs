//! The kind of an end: what a start on a map, or a cell of an atlas, is coloured by.
//!
//! ```text
//! two weights    the basin of a minimum; a floor of minima; a saddle; level ground; stalled; stopped;
//!                between basins; away; beyond all bounds
//! more weights   at rest; going around; up and down in its loss; on its way; stalled; stopped; beyond all bounds
//! ```
//!
//! It is the place of an [`End`], and its manner where there are no places. How a run is in its basin, at rest or going
//! around, is no part of it.

use crate::analysis::flow::Point;
use crate::analysis::outcome::{Basin, Name, Outcome, Stillness};
use crate::why::{End, Manner, Place, is_one_minimum};

/// The kind of an end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// In the basin of a minimum.
    Basin(Basin),
    /// On a floor of minima, or on the way down to it.
    Floor,
    /// Held at a saddle, whichever it is.
    Saddle,
    /// At rest on level ground that is no minimum.
    Plateau,
    /// The gradient at the perturbed weights vanishes.
    Stalled,
    /// Its learning rate fell to nothing on a slope.
    Stopped,
    /// Two weights: in no basin, or to and fro between several.
    Between,
    /// On the way to infinity at a bounded loss.
    Away,
    /// Beyond all bounds.
    Beyond,
    /// More weights: it does not move.
    Rests,
    /// More weights: it goes around.
    Rattles,
    /// More weights: its loss goes up and down.
    Oscillates,
    /// More weights: it is on its way.
    Moves,
}

/// Whether ends belong to one problem, or each may have its own minima.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// Basins are told apart by the places of their minima.
    One,
    /// They are told apart by what they are called, where they are called narrow or wide.
    Many,
}

impl Kind {
    /// The kind of end of `outcome`.
    #[must_use]
    pub fn of(outcome: &Outcome) -> Self {
        let End { place, manner } = End::of(outcome);
        match (place, manner) {
            (Place::Beyond, _) => Self::Beyond,
            (_, Manner::Stalls) => Self::Stalled,
            (_, Manner::Stops) => Self::Stopped,
            (_, Manner::Rests(Stillness::Plateau)) => Self::Plateau,
            (Place::Saddle(_), _) => Self::Saddle,
            (Place::Away, _) => Self::Away,
            (Place::Floor, _) => Self::Floor,
            (Place::Basin(at), _) => {
                let end = outcome.travel.and_then(|travel| travel.end);
                Self::Basin(end.unwrap_or(Basin { at, lambda: None, name: Name::Place }))
            }
            (Place::Nowhere, _) => Self::Between,
            (Place::Space(_), Manner::Rests(_)) => Self::Rests,
            (Place::Space(_), Manner::Rattles) => Self::Rattles,
            (Place::Space(_), Manner::Oscillates) => Self::Oscillates,
            (Place::Space(_), Manner::Moves | Manner::Drifts | Manner::Leaves) => Self::Moves,
        }
    }

    /// Whether both are one kind.
    #[must_use]
    pub fn is(&self, other: &Self, ground: Ground) -> bool {
        match (self, other) {
            (Self::Basin(a), Self::Basin(b)) => {
                let called = ground == Ground::Many && a.name != Name::Place && a.name == b.name;
                called || is_one_minimum(a.at, b.at)
            }
            (one, other) => std::mem::discriminant(one) == std::mem::discriminant(other),
        }
    }

    /// Where it stands in a list: basins, the narrow one first, then what is ever less of an end.
    fn rank(&self) -> (u8, [f64; 2]) {
        match self {
            Self::Basin(basin) => match basin.name {
                Name::Narrow => (0, [0.0; 2]),
                Name::Wide => (1, [0.0; 2]),
                Name::Only | Name::Place | Name::Floor => (2, basin.at),
            },
            Self::Floor => (3, [0.0; 2]),
            Self::Rests => (4, [0.0; 2]),
            Self::Rattles => (5, [0.0; 2]),
            Self::Oscillates => (6, [0.0; 2]),
            Self::Moves => (7, [0.0; 2]),
            Self::Saddle => (8, [0.0; 2]),
            Self::Plateau => (9, [0.0; 2]),
            Self::Stalled => (10, [0.0; 2]),
            Self::Stopped => (11, [0.0; 2]),
            Self::Between => (12, [0.0; 2]),
            Self::Away => (13, [0.0; 2]),
            Self::Beyond => (14, [0.0; 2]),
        }
    }
}

/// The kinds that were met, each once, by their numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Kinds {
    ground: Ground,
    all: Vec<Kind>,
}

/// A number among [`Kinds`].
pub type Number = u8;

impl Kinds {
    /// Kinds are told apart by no more numbers than these: of more minima the last ones share one.
    pub const MOST: usize = 250;

    /// None was met yet.
    #[must_use]
    pub fn none(ground: Ground) -> Self {
        Self { ground, all: Vec::new() }
    }

    /// The number of a kind, a new one for one that was not met before.
    pub fn number(&mut self, kind: &Kind) -> Number {
        let known = self.find(kind).unwrap_or_else(|| {
            if self.all.len() < Self::MOST {
                self.all.push(*kind);
            }
            self.all.len() - 1
        });
        // There are no more than fit.
        Number::try_from(known).unwrap_or(Number::MAX)
    }

    /// The place of a kind that was met.
    #[must_use]
    pub fn find(&self, kind: &Kind) -> Option<usize> {
        self.all.iter().position(|other| other.is(kind, self.ground))
    }

    /// The kind of a number.
    #[must_use]
    pub fn get(&self, number: Number) -> Option<&Kind> {
        self.all.get(usize::from(number))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether none was met.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// All numbers, in the order of a legend.
    #[must_use]
    pub fn in_order(&self) -> Vec<Number> {
        let mut order: Vec<usize> = (0..self.all.len()).collect();
        order.sort_by(|a, b| {
            let [(a, at), (b, other)] = [a, b].map(|k| self.all[*k].rank());
            let places = at[0].total_cmp(&other[0]).then(at[1].total_cmp(&other[1]));
            a.cmp(&b).then(places)
        });
        order.into_iter().filter_map(|k| Number::try_from(k).ok()).collect()
    }

    /// The hue of every number, in their order.
    ///
    /// What is narrow or wide has a hue of its own. Of other basins each gets one that its nearest neighbours have not.
    #[must_use]
    pub fn hues(&self) -> Vec<Hue> {
        let mut hues = vec![Hue::Other; self.all.len()];
        let mut basins: Vec<(Point, u8)> = Vec::new();
        for number in self.in_order() {
            let k = usize::from(number);
            hues[k] = match self.all[k] {
                Kind::Basin(basin) => {
                    let hue = match basin.name {
                        Name::Narrow => 0,
                        Name::Wide | Name::Only => 1,
                        Name::Place | Name::Floor => farthest(&basins, basin.at),
                    };
                    basins.push((basin.at, hue));
                    Hue::Basin(hue)
                }
                Kind::Floor | Kind::Rests => Hue::Basin(1),
                Kind::Rattles => Hue::Basin(0),
                Kind::Oscillates => Hue::Basin(2),
                Kind::Moves => Hue::Basin(3),
                Kind::Saddle => Hue::Saddle,
                Kind::Plateau | Kind::Stalled | Kind::Stopped => Hue::Held,
                Kind::Between => Hue::Other,
                Kind::Away => Hue::Away,
                Kind::Beyond => Hue::Beyond,
            };
        }
        hues
    }
}

/// The hue of those whose next basin with the same is farthest from `at`.
fn farthest(basins: &[(Point, u8)], at: Point) -> u8 {
    let away = |hue: u8| {
        let same = basins.iter().filter(|(_, other)| *other == hue);
        same.map(|(other, _)| libm::hypot(other[0] - at[0], other[1] - at[1]))
            .fold(f64::INFINITY, f64::min)
    };
    // Of equal ones the first.
    (0..Hue::BASINS).rev().max_by(|a, b| away(*a).total_cmp(&away(*b))).unwrap_or(0)
}

/// What a kind is coloured by; a theme says which colour that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hue {
    /// One of a few for basins.
    Basin(u8),
    /// Held at a saddle.
    Saddle,
    /// It stands where there is no minimum.
    Held,
    /// None of these.
    Other,
    /// On its way to no end.
    Away,
    /// Gone for good.
    Beyond,
}

impl Hue {
    /// How many there are for basins.
    pub const BASINS: u8 = 6;
    /// How many there are in all.
    pub const ALL: u8 = Self::BASINS + 5;

    /// Its number, from 0 on.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Basin(hue) => hue % Self::BASINS,
            Self::Saddle => Self::BASINS,
            Self::Held => Self::BASINS + 1,
            Self::Other => Self::BASINS + 2,
            Self::Away => Self::BASINS + 3,
            Self::Beyond => Self::BASINS + 4,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn basin(at: Point, name: Name) -> Kind {
        Kind::Basin(Basin { at, lambda: Some(1.0), name })
    }

    #[test]
    fn a_kind_that_was_met_keeps_its_number() {
        let mut kinds = Kinds::none(Ground::One);
        let met = [basin([0.0, 1.0], Name::Wide), Kind::Beyond, basin([2.0, 0.0], Name::Narrow)];
        for (number, kind) in met.iter().enumerate() {
            assert_eq!(usize::from(kinds.number(kind)), number);
        }
        assert_eq!(kinds.number(&basin([0.0, 1.0 + 1e-9], Name::Place)), 0, "the same minimum");
        assert_eq!(kinds.len(), 3);
        assert_eq!(kinds.in_order(), [2, 0, 1], "narrow, wide, beyond");
    }

    #[test]
    fn basins_of_other_problems_are_told_apart_by_what_they_are_called() {
        let (here, there) = (basin([0.0, 1.0], Name::Wide), basin([0.1, 1.2], Name::Wide));
        assert!(!here.is(&there, Ground::One) && here.is(&there, Ground::Many));
        let narrow = basin([0.1, 1.2], Name::Narrow);
        assert!(!here.is(&narrow, Ground::Many));
    }

    #[test]
    fn more_minima_than_there_are_numbers_share_the_last() {
        let mut kinds = Kinds::none(Ground::One);
        let numbers: Vec<Number> =
            (0..300).map(|k| kinds.number(&basin([f64::from(k), 0.0], Name::Place))).collect();
        assert_eq!(kinds.len(), Kinds::MOST);
        assert!(numbers[260..].iter().all(|number| usize::from(*number) == Kinds::MOST - 1));
    }

    #[test]
    fn neighbouring_basins_have_other_hues() {
        let mut kinds = Kinds::none(Ground::One);
        for x in 0..4 {
            for y in 0..4 {
                kinds.number(&basin([f64::from(x), f64::from(y)], Name::Place));
            }
        }
        let hues = kinds.hues();
        for (k, a) in hues.iter().enumerate() {
            let (x, y) = (k / 4, k % 4);
            let beside = [(x + 1, y), (x, y + 1)].into_iter().filter(|(x, y)| *x < 4 && *y < 4);
            assert!(beside.map(|(x, y)| hues[4 * x + y]).all(|b| b != *a), "{hues:?}");
        }
    }
}
