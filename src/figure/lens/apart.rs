//! Arrows that lie on each other are set apart: the one that matters less moves aside by 4 points.

use super::limbs::{Limb, Limbs, apart, between, moved};

/// By how much an arrow moves aside at a time, in points.
const ASIDE: f64 = 4.0;
/// Places of arrows closer than this run into one another.
const CLOSE: f64 = 3.5;
/// Arrows whose directions differ by less than this sine are seen as one: 8°.
const ALIKE: f64 = 0.14;
/// Where an arrow is looked at, and how many of these places another may run along.
const PLACES: u8 = 10;
const MOST: usize = 2;

/// The same arrows, no two on each other; the first ones stay where they are.
pub(super) fn set(mut limbs: Limbs) -> Limbs {
    for k in 1..limbs.limbs.len() {
        let (before, rest) = limbs.limbs.split_at_mut(k);
        let Some(limb) = rest.first_mut() else { continue };
        let free = [0.0, 1.0, -1.0, 2.0, -2.0, 3.0, -3.0]
            .into_iter()
            .map(|times| aside(*limb, times * ASIDE))
            .find(|moved| !before.iter().any(|other| coincide(*moved, *other)));
        *limb = free.unwrap_or(*limb);
    }
    limbs
}

fn aside(limb: Limb, by: f64) -> Limb {
    let Limb { from, to, .. } = limb;
    let length = apart(from, to);
    let across = [-(to[1] - from[1]) / length * by, (to[0] - from[0]) / length * by];
    Limb { from: moved(from, across), to: moved(to, across), ..limb }
}

/// Whether two arrows run along each other.
pub(super) fn coincide(a: Limb, b: Limb) -> bool {
    let along = |limb: Limb| {
        let length = apart(limb.from, limb.to);
        [(limb.to[0] - limb.from[0]) / length, (limb.to[1] - limb.from[1]) / length]
    };
    let (u, v) = (along(a), along(b));
    if (u[0] * v[1] - u[1] * v[0]).abs() > ALIKE {
        return false;
    }
    let length = apart(b.from, b.to);
    let beside = |k: u8| {
        let at = between(a.from, a.to, (f64::from(k) + 0.5) / f64::from(PLACES));
        let from = [at[0] - b.from[0], at[1] - b.from[1]];
        let (on, off) = (from[0] * v[0] + from[1] * v[1], from[0] * v[1] - from[1] * v[0]);
        0.0 < on && on < length && off.abs() < CLOSE
    };
    (0..PLACES).filter(|k| beside(*k)).count() > MOST
}
