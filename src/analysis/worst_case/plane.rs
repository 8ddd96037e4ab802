//! The worst point with two weights: the rim is walked round and the inside sampled on rings.
//!
//! ```text
//!        · · ·
//!      ·  ∘ ∘  ·        every sample that none of its neighbours exceeds is followed to the top
//!     ·  ∘ w ∘  ·
//!      ·  ∘ ∘  ·
//!        · · ·
//! ```

use std::collections::VecDeque;

use ndarray::{ArrayView1, array};

use super::{Around, Certainty, WorstCase};

/// Samples along the rim; a multiple of eight, so that the corners of square and diamond are among them.
const RIM: usize = 128;
/// Rings inside.
const RINGS: usize = 8;
/// A ring has every so many of the rim's angles.
const COARSER: usize = 4;
/// Tops that are followed on the rim. A flat loss has as many as rounding makes.
const TOPS: usize = 8;
/// A look inward from the rim, as part of the radius: at a top of the rim it tells whether the loss falls outward there.
const NEAR: f64 = 1e-4;
/// How finely a top is located, as part of the radius or of a radian: at a smooth top the loss is then exact to
/// rounding, and beside a corner to a billionth of the slope.
const FINE: f64 = 1e-9;

/// A search of the whole ball, one ring or one climb a piece.
pub(super) struct Plane {
    best: ([f64; 2], f64),
    stage: Stage,
}

enum Stage {
    /// How far the loss rises at SAM's guess.
    Guess([f64; 2]),
    /// Along the rim, so far.
    Rim(Vec<f64>),
    /// At the rim's tops that are not followed yet.
    Tops { rim: Vec<f64>, left: VecDeque<usize> },
    /// On the rings inside, so far.
    Rings { rim: Vec<f64>, rings: Vec<Vec<f64>> },
    /// From samples inside that are not followed yet.
    Inside(VecDeque<[f64; 2]>),
}

impl Plane {
    /// A search that begins at SAM's guess.
    pub(super) fn from(guess: [f64; 2]) -> Self {
        Self { best: ([0.0, 0.0], 0.0), stage: Stage::Guess(guess) }
    }

    /// One more piece; the worst point when it was the last.
    pub(super) fn advance(&mut self, around: &Around<'_>) -> Option<WorstCase> {
        match &mut self.stage {
            Stage::Guess(guess) => {
                let guess = *guess;
                if around.neighbourhood.is_sphere() {
                    // The centre is no point of a sphere, but some point of the rim is.
                    let at = around.rim(0.0);
                    self.best = (at, around.rise_at(at));
                }
                if around.is_offered(guess) {
                    self.offer(guess, around.rise_at(guess));
                }
                // A ball that is a point has no rim and no inside.
                self.stage = if around.ball.rho.is_zero() {
                    Stage::Inside(VecDeque::new())
                } else {
                    Stage::Rim(Vec::with_capacity(RIM))
                };
            }
            Stage::Rim(rim) => {
                let some = rim.len()..rim.len() + SPOKES;
                rim.extend(some.map(|k| around.rise_at(around.rim(angle(k)))));
                if rim.len() == RIM {
                    let left = tops(rim).into();
                    self.stage = Stage::Tops { rim: std::mem::take(rim), left };
                }
            }
            Stage::Tops { rim, left } => match left.pop_front() {
                Some(k) => {
                    let rise = rim[k];
                    self.follow_along(k, rise, around);
                }
                None if around.neighbourhood.is_sphere() => {
                    self.stage = Stage::Inside(VecDeque::new());
                }
                None => {
                    let rings = vec![vec![0.0; SPOKES]];
                    self.stage = Stage::Rings { rim: std::mem::take(rim), rings };
                }
            },
            Stage::Rings { rim, rings } => {
                let ring = rings.len();
                if ring < RINGS {
                    let rise = |spoke| around.rise_at(around.sample(ring, spoke));
                    rings.push((0..SPOKES).map(rise).collect());
                } else {
                    rings.push(rim.iter().copied().step_by(COARSER).collect());
                    let found = tops_inside(rings).into_iter();
                    let starts = found.map(|[ring, spoke]| around.sample(ring, spoke)).collect();
                    self.stage = Stage::Inside(starts);
                }
            }
            Stage::Inside(left) => match left.pop_front() {
                Some(start) => {
                    let at = around.climb_inside(start);
                    self.offer(at, around.rise_at(at));
                }
                None => {
                    let (at, rise) = self.best;
                    let epsilon = array![at[0], at[1]];
                    return Some(WorstCase { epsilon, rise, certainty: Certainty::Searched });
                }
            },
        }
        None
    }

    fn offer(&mut self, at: [f64; 2], rise: f64) {
        if rise > self.best.1 {
            self.best = (at, rise);
        }
    }

    /// Follows the rim from its `k`th sample to the top.
    fn follow_along(&mut self, k: usize, rise: f64, around: &Around<'_>) {
        self.offer(around.rim(angle(k)), rise);
        let beside = [k as f64 - 1.0, k as f64 + 1.0].map(|k| k * angle(1));
        let at = around.rim(highest(beside, |angle| around.rise_at(around.rim(angle))));
        let rise = around.rise_at(at);
        self.offer(at, rise);
        // Between the last ring and the rim there is a top that no ring has seen.
        let inside = !around.neighbourhood.is_sphere();
        if inside && around.rise_at(at.map(|x| x * (1.0 - NEAR))) > rise {
            let at = around.climb_inside(at);
            self.offer(at, around.rise_at(at));
        }
    }
}

/// Samples on a ring.
const SPOKES: usize = RIM / COARSER;

impl Around<'_> {
    /// The point of the rim in a direction.
    pub(super) fn rim(&self, angle: f64) -> [f64; 2] {
        let (y, x) = libm::sincos(angle);
        let reach = self.ball.rho.get() / self.ball.norm.length(ArrayView1::from(&[x, y]));
        [reach * x, reach * y]
    }

    /// Whether a guess is a point of the neighbourhood: the centre, where there is no slope, is none of a sphere.
    pub(super) fn is_offered(&self, guess: [f64; 2]) -> bool {
        !self.neighbourhood.is_sphere() || guess.iter().any(|x| *x != 0.0)
    }

    /// A sample inside.
    fn sample(&self, ring: usize, spoke: usize) -> [f64; 2] {
        let part = ring as f64 / RINGS as f64;
        self.rim(angle(spoke * COARSER)).map(|x| part * x)
    }

    pub(super) fn rise_at(&self, at: [f64; 2]) -> f64 {
        self.rise(ArrayView1::from(&at))
    }

    /// Goes to the highest of the four points around, and looks closer when none is higher.
    fn climb_inside(&self, start: [f64; 2]) -> [f64; 2] {
        self.climb_by(start, FINE)
    }

    /// The same, as closely as this part of the radius.
    pub(super) fn climb_by(&self, start: [f64; 2], fine: f64) -> [f64; 2] {
        let rho = self.ball.rho.get();
        let (mut at, mut rise) = (start, self.rise_at(start));
        let mut step = rho / RINGS as f64;
        while step > fine * rho {
            let around = [[step, 0.0], [-step, 0.0], [0.0, step], [0.0, -step]];
            let next = around
                .map(|[x, y]| [at[0] + x, at[1] + y])
                .into_iter()
                .filter(|next| self.ball.norm.length(ArrayView1::from(next)) <= rho)
                .map(|next| (next, self.rise_at(next)))
                .max_by(|a, b| a.1.total_cmp(&b.1));
            match next {
                Some((next, higher)) if higher > rise => (at, rise) = (next, higher),
                _ => step /= 2.0,
            }
        }
        at
    }
}

/// Samples inside the ball, by ring and spoke, that no neighbour exceeds, neither on their ring nor on the next.
fn tops_inside(rings: &[Vec<f64>]) -> Vec<[usize; 2]> {
    let mut found = Vec::new();
    for ring in 1..RINGS {
        for spoke in 0..SPOKES {
            let here = rings[ring][spoke];
            let beside = [spoke + SPOKES - 1, spoke, spoke + 1].map(|spoke| spoke % SPOKES);
            let exceeded = rings[ring - 1..=ring + 1]
                .iter()
                .any(|ring| beside.iter().any(|&spoke| ring[spoke] > here));
            if here > 0.0 && !exceeded {
                found.push([ring, spoke]);
            }
        }
    }
    found
}

/// The angle of a sample on the rim.
fn angle(k: usize) -> f64 {
    std::f64::consts::TAU * k as f64 / RIM as f64
}

/// The places on a circle of numbers that neither neighbour exceeds, highest first, the best few.
fn tops(circle: &[f64]) -> Vec<usize> {
    let count = circle.len();
    let mut tops: Vec<usize> = (0..count)
        .filter(|&k| {
            circle[k] >= circle[(k + count - 1) % count] && circle[k] >= circle[(k + 1) % count]
        })
        .collect();
    tops.sort_by(|&a, &b| circle[b].total_cmp(&circle[a]));
    tops.truncate(TOPS);
    tops
}

/// The place of the highest value in an interval with one top, by golden section (J. Kiefer, 1953, "Sequential minimax
/// search for a maximum", Proc. Amer. Math. Soc. 4).
fn highest([mut low, mut high]: [f64; 2], value: impl Fn(f64) -> f64) -> f64 {
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    let inner = |low: f64, high: f64| [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
    let mut at = inner(low, high);
    let mut found = at.map(&value);
    while high - low > FINE {
        if found[0] > found[1] {
            high = at[1];
            at = [inner(low, high)[0], at[0]];
            found = [value(at[0]), found[0]];
        } else {
            low = at[0];
            at = [at[1], inner(low, high)[1]];
            found = [found[1], value(at[1])];
        }
    }
    f64::midpoint(low, high)
}
