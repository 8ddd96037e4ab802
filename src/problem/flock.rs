//! Many starts of a two-weight problem, moved together by plain descent or by plain SAM with `p = 2`.
//!
//! ```text
//! descent   w ← w − η ∇L(w)
//! SAM       w ← w − η ∇L(w + ρ ∇L(w)/‖∇L(w)‖)
//! ```
//!
//! Some starts at a time make many steps without leaving the registers. In `f32`: what comes of it is a picture. A start
//! that is, to the bit, where it was two steps ago will be there every second step for ever: descent comes to rest, SAM
//! bounces. It is taken out, and what is left closes ranks.

use pulp::Arch;

use crate::math::fast::Lanes;

mod drive;

use drive::Drive;

/// How starts are moved.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// The learning rate η.
    pub eta: f64,
    /// The radius ρ; zero for plain descent.
    pub rho: f64,
    /// How many steps.
    pub steps: usize,
}

/// A gradient of two weights that is written for lanes: that of a formula, pack by pack.
pub trait Slope: Sync {
    /// `∇L(x, y)`. Mark it `#[inline(always)]`.
    fn slope<L: Lanes>(&self, l: L, x: L::Pack, y: L::Pack) -> [L::Pack; 2];

    /// How many sums and products it takes, about; an exponential or a sine is ten.
    fn cost(&self) -> f64 {
        10.0
    }
}

/// The same of several packs at once, for gradients that read something, be it examples: what is read serves all packs.
pub trait Slopes: Sync {
    /// `∇L` at each of several packs, coordinate by coordinate. Mark it `#[inline(always)]`.
    ///
    /// What it needs room for it keeps in `room`, which stays from one call to the next.
    fn slopes<L: Lanes, const N: usize>(
        &self,
        l: L,
        at: [[L::Pack; N]; 2],
        room: &mut Vec<L::Pack>,
    ) -> [[L::Pack; N]; 2];

    /// As [`Slope::cost`].
    fn cost(&self) -> f64;
}

impl<T: Slope> Slopes for T {
    #[inline(always)]
    fn slopes<L: Lanes, const N: usize>(
        &self,
        l: L,
        [mut x, mut y]: [[L::Pack; N]; 2],
        _: &mut Vec<L::Pack>,
    ) -> [[L::Pack; N]; 2] {
        for k in 0..N {
            [x[k], y[k]] = self.slope(l, x[k], y[k]);
        }
        [x, y]
    }

    fn cost(&self) -> f64 {
        Slope::cost(self)
    }
}

/// Descent or SAM from many starts at once, in `f32` lanes; implemented for every [`Slope`] and all [`Slopes`].
pub trait Herd: Sync {
    /// Makes `steps` steps from every start, given coordinate by coordinate. As exact as `f32` is.
    ///
    /// Starts that diverge end up not finite. For a gradient shorter than `flat` the perturbation shrinks with it, since
    /// it has no direction.
    fn drive(&self, rule: Rule, flat: f64, steps: usize, starts: &mut [Vec<f32>; 2]);

    /// Replaces each place by the gradient there.
    fn slopes(&self, places: &mut [Vec<f32>; 2]);

    /// How many sums and products a gradient takes, about.
    fn cost(&self) -> f64;
}

impl<T: Slopes> Herd for T {
    fn drive(&self, rule: Rule, flat: f64, steps: usize, starts: &mut [Vec<f32>; 2]) {
        let arch = Arch::new();
        let mut moving = Moving::new(starts);
        let walk = |moving: &mut Moving, steps| {
            arch.dispatch(Drive { slope: self, rule, flat, steps, starts: &mut moving.here });
        };
        let mut left = steps;
        while left >= ROUND && !moving.places.is_empty() {
            walk(&mut moving, ROUND - 2);
            let before_last = moving.here.clone();
            walk(&mut moving, 1);
            let last = moving.here.clone();
            walk(&mut moving, 1);
            left -= ROUND;
            let at_end = if left.is_multiple_of(2) { &before_last } else { &last };
            moving.take_out_settled(&before_last, at_end, starts);
        }
        walk(&mut moving, left);
        moving.put_back(starts);
    }

    fn slopes(&self, places: &mut [Vec<f32>; 2]) {
        drive::slopes(self, places);
    }

    fn cost(&self) -> f64 {
        Slopes::cost(self)
    }
}

/// Steps between two searches for starts that have settled: where fewer are asked for at a time none is found.
pub const ROUND: usize = 32;
/// Settled starts are taken out when they are this part of all: before, moving them all costs less.
const WORTH: usize = 8;

/// The starts that have not settled, and which of all they are.
struct Moving {
    places: Vec<usize>,
    here: [Vec<f32>; 2],
}

impl Moving {
    fn new(starts: &[Vec<f32>; 2]) -> Self {
        Self { places: (0..starts[0].len()).collect(), here: starts.clone() }
    }

    /// Puts those that are where they were two steps ago to where they will be at the end.
    fn take_out_settled(
        &mut self,
        before_last: &[Vec<f32>; 2],
        at_end: &[Vec<f32>; 2],
        starts: &mut [Vec<f32>; 2],
    ) {
        // Bits, since a start that diverged is not a number and will stay so.
        let is_same = |(here, before): (&f32, &f32)| here.to_bits() == before.to_bits();
        let same = |k: usize| self.here[k].iter().zip(&before_last[k]).map(is_same);
        let settled: Vec<bool> = same(0).zip(same(1)).map(|(x, y)| x && y).collect();
        let count: usize = settled.iter().map(|settled| usize::from(*settled)).sum();
        if count * WORTH < settled.len() {
            return;
        }
        let mut kept = 0;
        for (at, settled) in settled.into_iter().enumerate() {
            let place = self.places[at];
            if settled {
                for (starts, end) in std::iter::zip(&mut *starts, at_end) {
                    starts[place] = end[at];
                }
            } else {
                self.places[kept] = place;
                self.here.iter_mut().for_each(|here| here[kept] = here[at]);
                kept += 1;
            }
        }
        self.places.truncate(kept);
        self.here.iter_mut().for_each(|here| here.truncate(kept));
    }

    fn put_back(self, starts: &mut [Vec<f32>; 2]) {
        for (starts, here) in std::iter::zip(starts, &self.here) {
            for (place, here) in self.places.iter().zip(here) {
                starts[*place] = *here;
            }
        }
    }
}
