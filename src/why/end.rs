//! The kind of an end, and when two ends are of the same kind.
//!
//! ```text
//! place     beyond all bounds; a saddle; the basin of a minimum; a floor of minima; away; nowhere of these
//!           of more weights: beyond all bounds, or somewhere with its largest curvature λ and its loss L
//! manner    rests, rattles, drifts, moves, stalls, stops; of more weights also whether the loss oscillates
//! ```
//!
//! A run ends in the basin of its last point, unless the last tenth of it goes to and fro between basins.
//!
//! Two ends are *elsewhere* where their places differ: minima by more than a millionth of their size, places among more
//! weights where one λ is half again the other, as of minima that are called narrow and wide, or one loss is twice the
//! other. They are *otherwise* where places agree and manners differ. How far a run came between minima, its period and
//! its amplitude make no difference.

use crate::analysis::flow::{Point, apart};
use crate::analysis::outcome::{Ending, Name, Outcome, Standing, Stillness, tail};

/// The kind of the end of a run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct End {
    /// Where it is.
    pub place: Place,
    /// How it is there.
    pub manner: Manner,
}

/// Where a run ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Place {
    /// It left every bound.
    Beyond,
    /// Near this saddle.
    Saddle(Point),
    /// In the basin of this minimum.
    Basin(Point),
    /// On a floor of minima, or on the way down to it.
    Floor,
    /// On the way to infinity, at a bounded loss.
    Away,
    /// In no basin, or in several.
    Nowhere,
    /// Among more weights than a map has.
    Space(Space),
}

/// What tells places among many weights apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Space {
    /// `λ_max` there; none where it is no number.
    pub lambda: Option<f64>,
    /// The loss on all training data there.
    pub loss: f64,
}

impl Space {
    /// Whether the curvature there is another than at `other`.
    #[must_use]
    pub fn is_curved_otherwise(&self, other: &Self) -> bool {
        match [self.lambda, other.lambda] {
            // Without a positive curvature there is no width to be compared.
            [Some(a), Some(b)] => !(a <= 0.0 && b <= 0.0) && a.max(b) >= TOLD_APART * a.min(b),
            [a, b] => a.is_some() != b.is_some(),
        }
    }

    /// Whether the loss there is neither twice that at `other` nor half of it.
    #[must_use]
    pub fn is_as_high_as(&self, other: &Self) -> bool {
        let [a, b] = [self.loss, other.loss];
        let twice = |high: f64, low: f64| high >= HIGHER * low && high > NO_LOSS;
        // Of losses that are no numbers none is the higher one.
        !(twice(a, b) || twice(b, a))
    }
}

/// How a run is where it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// It does not move, for this reason.
    Rests(Stillness),
    /// It goes around for ever.
    Rattles,
    /// It moves along a floor, or away.
    Drifts,
    /// It is still on its way.
    Moves,
    /// The gradient at the perturbed weights vanishes.
    Stalls,
    /// Its learning rate fell to nothing.
    Stops,
    /// It left; the place says all.
    Leaves,
    /// Over more weights, still on its way with a loss that goes up and down.
    Oscillates,
}

/// How two ends differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// They are of the same kind.
    None,
    /// They are at the same place in another manner.
    Otherwise,
    /// They are at another place.
    Elsewhere,
}

/// Minima this close are one, in parts of the size of their weights.
const SAME: f64 = 1e-6;
/// Curvatures with at least this ratio are told apart.
const TOLD_APART: f64 = 1.5;
/// So are losses with this one, unless …
const HIGHER: f64 = 2.0;
/// … both are as good as nothing.
const NO_LOSS: f64 = 1e-9;

impl End {
    /// The kind of end of `outcome`.
    #[must_use]
    pub fn of(outcome: &Outcome) -> Self {
        let place = match (outcome.ending, &outcome.travel) {
            (Ending::Diverged { .. }, _) => Place::Beyond,
            (Ending::Saddle { at }, _) => Place::Saddle(at),
            (Ending::Drifting { away: true, .. }, _) => Place::Away,
            (_, Some(travel)) => match travel.end {
                Some(end) if travel.standing != Standing::Between || leaves_once(outcome) => {
                    match end.name {
                        Name::Floor => Place::Floor,
                        Name::Narrow | Name::Wide | Name::Place | Name::Only => {
                            Place::Basin(end.at)
                        }
                    }
                }
                Some(_) | None => Place::Nowhere,
            },
            (_, None) => Place::Space(Space {
                lambda: outcome.lambda_max.filter(|lambda| lambda.is_finite()),
                loss: outcome.loss,
            }),
        };
        let oscillates = outcome.verdict.is_some_and(|verdict| verdict.oscillates);
        let manner = match outcome.ending {
            Ending::Diverged { .. } | Ending::Saddle { .. } => Manner::Leaves,
            Ending::Stopped { .. } => Manner::Stops,
            Ending::Stalled { .. } => Manner::Stalls,
            Ending::Cycle { .. } => Manner::Rattles,
            Ending::Rest { why } => Manner::Rests(why),
            Ending::Drifting { .. } => Manner::Drifts,
            Ending::Moving if oscillates => Manner::Oscillates,
            Ending::Moving => Manner::Moves,
        };
        Self { place, manner }
    }

    /// How `other` differs from this end; the same from either side.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Difference {
        if !same_place(&self.place, &other.place) {
            Difference::Elsewhere
        } else if self.manner == other.manner {
            Difference::None
        } else {
            Difference::Otherwise
        }
    }
}

/// Whether the last rows of a run cross from one basin to another once.
fn leaves_once(outcome: &Outcome) -> bool {
    let rows = outcome.steps + 1;
    let late = rows - tail(rows).min(rows);
    outcome.stays.iter().filter(|stay| stay.from > late).count() <= 1
}

/// Whether two places that were found apart are one minimum, or one saddle.
#[must_use]
pub fn is_one_minimum(a: Point, b: Point) -> bool {
    let size = 1.0 + [a[0], a[1], b[0], b[1]].map(f64::abs).into_iter().fold(0.0, f64::max);
    apart(a, b) <= SAME * size
}

fn same_place(one: &Place, other: &Place) -> bool {
    match (one, other) {
        (Place::Saddle(a), Place::Saddle(b)) | (Place::Basin(a), Place::Basin(b)) => {
            is_one_minimum(*a, *b)
        }
        (Place::Space(a), Place::Space(b)) => !a.is_curved_otherwise(b) && a.is_as_high_as(b),
        (one, other) => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(place: Place, manner: Manner) -> End {
        End { place, manner }
    }

    #[test]
    fn places_differ_before_manners_do() {
        let rests = Manner::Rests(Stillness::Minimum);
        let here = end(Place::Basin([1.0, 0.0]), rests);
        let cases = [
            (here, Difference::None),
            (end(Place::Basin([1.0 + 1e-9, 0.0]), rests), Difference::None),
            (end(Place::Basin([1.0, 0.0]), Manner::Rattles), Difference::Otherwise),
            (end(Place::Basin([1.01, 0.0]), rests), Difference::Elsewhere),
            (end(Place::Saddle([1.0, 0.0]), Manner::Leaves), Difference::Elsewhere),
            (end(Place::Beyond, Manner::Leaves), Difference::Elsewhere),
            (end(Place::Nowhere, rests), Difference::Elsewhere),
        ];
        for (other, expected) in cases {
            assert_eq!(here.difference(&other), expected, "{other:?}");
            assert_eq!(other.difference(&here), expected, "{other:?}, from the other side");
        }
    }

    #[test]
    fn among_more_weights_places_differ_by_their_width() {
        let at = |lambda| end(Place::Space(Space { lambda, loss: 0.3 }), Manner::Moves);
        assert_eq!(at(Some(2.0)).difference(&at(Some(2.9))), Difference::None);
        assert_eq!(at(Some(3.1)).difference(&at(Some(2.0))), Difference::Elsewhere);
        assert_eq!(at(Some(-1.0)).difference(&at(Some(-7.0))), Difference::None);
        assert_eq!(at(Some(-1.0)).difference(&at(Some(7.0))), Difference::Elsewhere);
        assert_eq!(at(None).difference(&at(None)), Difference::None);
        assert_eq!(at(None).difference(&at(Some(1.0))), Difference::Elsewhere);
    }

    #[test]
    fn among_more_weights_places_differ_by_their_height() {
        let at = |loss| end(Place::Space(Space { lambda: Some(2.0), loss }), Manner::Moves);
        let cases = [
            (0.1, 0.19, Difference::None),
            (0.1, 0.21, Difference::Elsewhere),
            (1e-20, 1e-12, Difference::None),
            (0.0, 1e-3, Difference::Elsewhere),
        ];
        for (one, two, expected) in cases {
            assert_eq!(at(one).difference(&at(two)), expected, "{one} and {two}");
            assert_eq!(at(two).difference(&at(one)), expected, "{two} and {one}");
        }
    }
}
