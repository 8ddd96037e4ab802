//! Steps of descent and of SAM, some packs at a time.

use pulp::{Arch, Simd, WithSimd};

use super::{Rule, Slopes};
use crate::math::fast::{Lanes as _, Single};
use crate::math::inverse_sqrt::over_sqrt;

/// Steps of all starts.
pub(super) struct Drive<'a, T> {
    pub(super) slope: &'a T,
    pub(super) rule: Rule,
    pub(super) flat: f64,
    pub(super) steps: usize,
    pub(super) starts: &'a mut [Vec<f32>; 2],
}

/// Packs of starts that are moved together: enough that none waits for itself, few enough to stay in registers.
const PACKS: usize = 4;

/// The widest registers hold so many numbers, and so many packs are moved together.
const TOGETHER: usize = 16 * PACKS;

/// Replaces places by the gradients there.
pub(super) fn slopes(slope: &impl Slopes, places: &mut [Vec<f32>; 2]) {
    Arch::new().dispatch(Look { slope, places });
}

struct Look<'a, T> {
    slope: &'a T,
    places: &'a mut [Vec<f32>; 2],
}

impl<T: Slopes> WithSimd for Look<'_, T> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let (l, slope) = (Single(simd), self.slope);
        let mut room = Vec::new();
        each::<S>(
            self.places,
            #[inline(always)]
            |x, y| [*x, *y] = slope.slopes(l, [*x, *y], &mut room),
        );
    }
}

impl<T: Slopes> WithSimd for Drive<'_, T> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { slope, rule, flat, steps, starts } = self;
        let l = Single(simd);
        let mut room = Vec::new();
        each::<S>(
            starts,
            #[inline(always)]
            |x, y| {
                if rule.rho > 0.0 {
                    look_around(l, slope, rule, flat, steps, [x, y], &mut room);
                } else {
                    descend(l, slope, rule, steps, [x, y], &mut room);
                }
            },
        );
    }
}

/// Hands some packs after the other to `with`.
#[inline(always)]
fn each<S: Simd>(
    places: &mut [Vec<f32>; 2],
    mut with: impl FnMut(&mut [S::f32s; PACKS], &mut [S::f32s; PACKS]),
) {
    let [x, y] = places;
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
            with(x, y);
        }
    }
    last_x.copy_from_slice(&rest_x[..count]);
    last_y.copy_from_slice(&rest_y[..count]);
}

#[inline(always)]
fn descend<S: Simd>(
    l: Single<S>,
    slope: &impl Slopes,
    rule: Rule,
    steps: usize,
    [all_x, all_y]: [&mut [S::f32s; PACKS]; 2],
    room: &mut Vec<S::f32s>,
) {
    let back = l.number(-rule.eta);
    let (mut x, mut y) = (*all_x, *all_y);
    for _ in 0..steps {
        let [slope_x, slope_y] = slope.slopes(l, [x, y], room);
        for k in 0..PACKS {
            x[k] = l.mul_add(back, slope_x[k], x[k]);
            y[k] = l.mul_add(back, slope_y[k], y[k]);
        }
    }
    (*all_x, *all_y) = (x, y);
}

#[inline(always)]
fn look_around<S: Simd>(
    l: Single<S>,
    slope: &impl Slopes,
    rule: Rule,
    flat: f64,
    steps: usize,
    [all_x, all_y]: [&mut [S::f32s; PACKS]; 2],
    room: &mut Vec<S::f32s>,
) {
    let (back, flat) = (l.number(-rule.eta), l.number(flat * flat));
    let (mut x, mut y) = (*all_x, *all_y);
    for _ in 0..steps {
        let [mut there_x, mut there_y] = slope.slopes(l, [x, y], room);
        for k in 0..PACKS {
            let (slope_x, slope_y) = (there_x[k], there_y[k]);
            let square = l.mul_add(slope_x, slope_x, l.mul(slope_y, slope_y));
            let part = over_sqrt(l, rule.rho, l.max(square, flat));
            there_x[k] = l.mul_add(part, slope_x, x[k]);
            there_y[k] = l.mul_add(part, slope_y, y[k]);
        }
        let [slope_x, slope_y] = slope.slopes(l, [there_x, there_y], room);
        for k in 0..PACKS {
            x[k] = l.mul_add(back, slope_x[k], x[k]);
            y[k] = l.mul_add(back, slope_y[k], y[k]);
        }
    }
    (*all_x, *all_y) = (x, y);
}
