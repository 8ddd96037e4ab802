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

use pulp::{Arch, Simd, WithSimd};

use crate::math::fast::{Lanes, Single};
use crate::math::inverse_sqrt::over_sqrt;

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

/// A gradient of two weights that is written for lanes.
pub trait Slope: Sync {
    /// `∇L(x, y)`. Mark it `#[inline(always)]`.
    fn slope<L: Lanes>(&self, l: L, x: L::Pack, y: L::Pack) -> [L::Pack; 2];
}

/// Descent or SAM from many starts at once, in `f32` lanes; implemented for every [`Slope`].
pub trait Herd: Sync {
    /// Makes `steps` steps from every start, given coordinate by coordinate. As exact as `f32` is.
    ///
    /// Starts that diverge end up not finite. For a gradient shorter than `flat` the perturbation shrinks with it, since
    /// it has no direction.
    fn drive(&self, rule: Rule, flat: f64, steps: usize, starts: &mut [Vec<f32>; 2]);
}

impl<T: Slope> Herd for T {
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
}

/// Steps between two searches for starts that have settled.
const ROUND: usize = 32;
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

struct Drive<'a, T> {
    slope: &'a T,
    rule: Rule,
    flat: f64,
    steps: usize,
    starts: &'a mut [Vec<f32>; 2],
}

/// Packs of starts that are moved together: enough that none waits for itself, few enough to stay in registers.
const PACKS: usize = 4;

/// The widest registers hold so many numbers, and so many packs are moved together.
const TOGETHER: usize = 16 * PACKS;

impl<T: Slope> WithSimd for Drive<'_, T> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { slope, rule, flat, steps, starts } = self;
        let l = Single(simd);
        let [x, y] = starts;
        let (few_x, last_x) = x.as_chunks_mut::<TOGETHER>();
        let (few_y, last_y) = y.as_chunks_mut::<TOGETHER>();
        let count = last_x.len();
        // What does not fill the lanes is filled up with starts at zero, and forgotten.
        let (mut rest_x, mut rest_y) = ([0.0; TOGETHER], [0.0; TOGETHER]);
        rest_x[..count].copy_from_slice(last_x);
        rest_y[..count].copy_from_slice(last_y);
        let rest = (count > 0).then_some((&mut rest_x, &mut rest_y));
        for (x, y) in std::iter::zip(few_x, few_y).chain(rest) {
            let packs_x = Single::<S>::packs_mut(x).as_chunks_mut::<PACKS>().0;
            let packs_y = Single::<S>::packs_mut(y).as_chunks_mut::<PACKS>().0;
            for (x, y) in std::iter::zip(packs_x, packs_y) {
                if rule.rho > 0.0 {
                    look_around(l, slope, rule, flat, steps, x, y);
                } else {
                    descend(l, slope, rule, steps, x, y);
                }
            }
        }
        last_x.copy_from_slice(&rest_x[..count]);
        last_y.copy_from_slice(&rest_y[..count]);
    }
}

#[inline(always)]
fn descend<S: Simd>(
    l: Single<S>,
    slope: &impl Slope,
    rule: Rule,
    steps: usize,
    all_x: &mut [S::f32s; PACKS],
    all_y: &mut [S::f32s; PACKS],
) {
    let back = l.number(-rule.eta);
    let (mut x, mut y) = (*all_x, *all_y);
    for _ in 0..steps {
        for k in 0..PACKS {
            let [slope_x, slope_y] = slope.slope(l, x[k], y[k]);
            x[k] = l.mul_add(back, slope_x, x[k]);
            y[k] = l.mul_add(back, slope_y, y[k]);
        }
    }
    (*all_x, *all_y) = (x, y);
}

#[inline(always)]
fn look_around<S: Simd>(
    l: Single<S>,
    slope: &impl Slope,
    rule: Rule,
    flat: f64,
    steps: usize,
    all_x: &mut [S::f32s; PACKS],
    all_y: &mut [S::f32s; PACKS],
) {
    let (back, flat) = (l.number(-rule.eta), l.number(flat * flat));
    let (mut x, mut y) = (*all_x, *all_y);
    for _ in 0..steps {
        for k in 0..PACKS {
            let [slope_x, slope_y] = slope.slope(l, x[k], y[k]);
            let square = l.mul_add(slope_x, slope_x, l.mul(slope_y, slope_y));
            let part = over_sqrt(l, rule.rho, l.max(square, flat));
            let there_x = l.mul_add(part, slope_x, x[k]);
            let there_y = l.mul_add(part, slope_y, y[k]);
            let [slope_x, slope_y] = slope.slope(l, there_x, there_y);
            x[k] = l.mul_add(back, slope_x, x[k]);
            y[k] = l.mul_add(back, slope_y, y[k]);
        }
    }
    (*all_x, *all_y) = (x, y);
}
