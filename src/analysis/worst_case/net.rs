//! The worst point as a pixel of a map asks for it: the same search on a coarser net.
//!
//! With two weights the rim is looked at every nine degrees and the inside on two rings, and only the best of these are
//! followed. With more, ε climbs from SAM's guess for a few rounds.

use ndarray::{ArrayView1, array};

use super::climb::climbed;
use super::{Around, Certainty, WorstCase};
use crate::optim::neighbourhood::Neighbourhood;
use crate::problem::{Batch, Objective};

/// Samples along the rim; a multiple of eight, so that the corners of square and diamond are among them.
const RIM: usize = 40;
/// Rings inside, by their part of the radius, and the samples on each.
const RINGS: [(f64, usize); 2] = [(2.0 / 3.0, 16), (1.0 / 3.0, 8)];
/// Tops of the rim that are followed, and in how many halvings of the way between two samples: the height is then wrong
/// by less than a millionth of what the rim rises from sample to sample.
const TOPS: usize = 3;
const HALVINGS: usize = 7;
/// How closely a top inside is looked at, as a part of the radius.
const FINE: f64 = 2e-3;
/// Rounds of a climb with more than two weights.
const ROUNDS: usize = 6;

/// The worst point of a neighbourhood of `w` as a map shows it: never below the maximizer of `gᵀε`.
#[must_use]
pub fn worst_on_a_map(
    objective: &dyn Objective,
    w: ArrayView1<'_, f64>,
    neighbourhood: impl Into<Neighbourhood>,
) -> WorstCase {
    let neighbourhood = &neighbourhood.into();
    let here = objective.loss(w, Batch::Whole);
    let ball = neighbourhood.unit();
    let around = Around { objective, w, neighbourhood, ball, here };
    let found = if w.len() == 2 {
        around.seen_on_the_net()
    } else {
        let (epsilon, rise) = climbed(around.guess(), ROUNDS, &around);
        // Where the climb finds nothing higher, the centre is the highest point known, unless it is none of a sphere.
        let stays = rise < 0.0 && !neighbourhood.is_sphere();
        let (epsilon, rise) = if stays { (epsilon * 0.0, 0.0) } else { (epsilon, rise) };
        WorstCase { epsilon, rise, certainty: Certainty::LowerBound }
    };
    WorstCase { epsilon: neighbourhood.stretch(found.epsilon), ..found }
}

impl Around<'_> {
    fn seen_on_the_net(&self) -> WorstCase {
        let sphere = self.neighbourhood.is_sphere();
        let guess = self.guess();
        let guess = [guess[0], guess[1]];
        let mut best = if sphere { (self.rim(0.0), f64::NEG_INFINITY) } else { ([0.0, 0.0], 0.0) };
        let mut offer = |at: [f64; 2], rise: f64| {
            if rise > best.1 {
                best = (at, rise);
            }
        };
        if self.is_offered(guess) {
            offer(guess, self.rise_at(guess));
        }
        if !self.ball.rho.is_zero() {
            let step = std::f64::consts::TAU / RIM as f64;
            let rim: Vec<f64> = (0..RIM).map(|k| self.rise_at(self.rim(step * k as f64))).collect();
            for k in tops(&rim) {
                let (at, rise) = self.top_beside(step * k as f64, step, rim[k]);
                offer(at, rise);
            }
            if !sphere {
                let inside = RINGS.iter().flat_map(|&(part, count)| {
                    let step = std::f64::consts::TAU / count as f64;
                    (0..count).map(move |k| (part, step * k as f64))
                });
                let highest = inside
                    .map(|(part, angle)| self.rim(angle).map(|x| part * x))
                    .map(|at| (at, self.rise_at(at)))
                    .max_by(|a, b| a.1.total_cmp(&b.1));
                // A top inside is followed only where it could be the highest.
                if let Some((at, rise)) = highest
                    && rim.iter().all(|other| rise > *other)
                {
                    let at = self.climb_by(at, FINE);
                    offer(at, self.rise_at(at));
                }
            }
        }
        let (at, rise) = best;
        let epsilon = array![at[0], at[1]];
        WorstCase { epsilon, rise, certainty: Certainty::Searched }
    }

    /// The top of the rim next to an angle, by ever smaller steps to either side.
    fn top_beside(&self, angle: f64, step: f64, rise: f64) -> ([f64; 2], f64) {
        let (mut angle, mut rise, mut step) = (angle, rise, step / 2.0);
        for _ in 0..HALVINGS {
            for beside in [angle - step, angle + step] {
                let other = self.rise_at(self.rim(beside));
                if other > rise {
                    (angle, rise) = (beside, other);
                    break;
                }
            }
            step /= 2.0;
        }
        (self.rim(angle), rise)
    }
}

/// The places on a circle of numbers that neither neighbour exceeds, highest first, the best few.
fn tops(circle: &[f64]) -> Vec<usize> {
    let count = circle.len();
    let beside = |k: usize| [circle[(k + count - 1) % count], circle[(k + 1) % count]];
    let mut tops: Vec<usize> =
        (0..count).filter(|&k| beside(k).iter().all(|other| circle[k] >= *other)).collect();
    tops.sort_by(|&a, &b| circle[b].total_cmp(&circle[a]));
    tops.truncate(TOPS);
    tops
}
