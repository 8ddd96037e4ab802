//! What the rows of a run alone say about its ending: divergence, schedules, bounces without a period.

use super::Heading;
use super::track::{Stretch, apart, since};
use crate::optim::trajectory::Trajectory;
use crate::problem::grid::Window;

/// So many rows outside its domain are looked at before a run is said to go on outward.
const OUTSIDE: usize = 4;
/// A fall that keeps this part of its rate does not lessen.
const UNABATED: f64 = 0.95;
/// η has fallen to nothing when it is this part of its most.
const NOTHING: f64 = 1e-3;
/// Fewer rows show no bounce.
const ROWS: usize = 32;
/// How far the mean of a bounce may move from quarter to quarter, in its amplitudes.
const SETTLED: f64 = 0.05;
/// How much its size may change, as a ratio.
const STEADY: f64 = 1.25;
/// A bounce has steps of at least this part of its spread; a slow orbit has shorter ones.
const LONG: f64 = 0.5;
/// Windows in a row that all shrink show a spiral that winds in.
const WINDOWS: usize = 6;

/// The first step from which on a run is outside `domain`; none if it ends inside.
pub(super) fn left(path: &Trajectory, domain: Window) -> Option<usize> {
    let outside = |row: usize| {
        let w = path.place(row);
        !domain.contains([w[0], w[1]])
    };
    let step = since(path, outside);
    (step < path.rows()).then_some(step)
}

/// Where the loss of a run goes that left its `domain` at step `left`, when it goes on without bound.
pub(super) fn unbounded(path: &Trajectory, domain: Window, left: usize) -> Option<Heading> {
    let rows = path.rows();
    if rows - left < OUTSIDE {
        return None;
    }
    let middle = left + (rows - left) / 2;
    let centre = domain.centre();
    let halves = [Stretch::new(path, left, middle), Stretch::new(path, middle, rows)];
    let [before, after] = halves.map(|half| half.reach(&centre));
    let outward = after > before;
    if !outward {
        return None;
    }
    let loss = |row: usize| path.numbers(row).map_or(f64::NAN, |row| row.loss);
    let highest = |from: usize, to: usize| (from..to).map(loss).fold(f64::NEG_INFINITY, f64::max);
    if highest(middle, rows) > highest(left, middle) {
        return Some(Heading::Up);
    }
    falls_unabated(path, left).then_some(Heading::Down)
}

/// Whether the loss falls without bound, as far as rows tell, from step `from` to the last: ever lower in the second half
/// of them, and no more slowly than in the first.
pub(super) fn falls_unabated(path: &Trajectory, from: usize) -> bool {
    let rows = path.rows();
    if rows < from + 2 {
        // A single row says no more than that it is below the start.
        let loss = |row: usize| path.numbers(row).map_or(f64::NAN, |row| row.loss);
        return rows > 1 && loss(rows - 1) < loss(0);
    }
    let middle = from + (rows - from) / 2;
    let loss = |row: usize| path.numbers(row).map_or(f64::NAN, |row| row.loss);
    let rate = |from: usize, to: usize| (loss(from) - loss(to)) / (to - from).max(1) as f64;
    let sinks = (middle + 1..rows).all(|row| loss(row) <= loss(row - 1));
    let (early, late) = (rate(from, middle), rate(middle, rows - 1));
    sinks && early > 0.0 && late >= UNABATED * early
}

/// Whether the loss falls, and ever more slowly: it may well be bounded.
pub(super) fn slows_down(path: &Trajectory) -> bool {
    let last = path.last_step();
    let (early, late) = (last - last / 2, last - last / 4);
    let loss = |row: usize| path.numbers(row).map_or(f64::NAN, |row| row.loss);
    let rate = |from: usize, to: usize| (loss(from) - loss(to)) / (to - from).max(1) as f64;
    let (before, now) = (rate(early, late), rate(late, last));
    before >= 0.0 && now < UNABATED * before
}

/// Whether a run goes on to other places: from eighth to eighth its mean moves, against how far it goes to and fro, and the
/// last time nearly as far as before. What goes away as slowly as `ln t` moves 0.86 times as far; what settles, less.
pub(super) fn wanders(path: &Trajectory) -> bool {
    /// The part of the way before.
    const ON: f64 = 0.8;
    let rows = path.rows();
    let eighth = rows / 8;
    if eighth == 0 {
        return true;
    }
    let part = |k: usize| Stretch::new(path, rows - (k + 1) * eighth, rows - k * eighth);
    let [first, second, last] = [2, 1, 0].map(|k| part(k).mean());
    let (before, now) = (apart(&first, &second), apart(&second, &last));
    now > SETTLED * part(0).reach(&last) && now >= ON * before
}

/// Whether η of the last step that was made is next to nothing, against its most.
pub(super) fn rate_is_gone(path: &Trajectory) -> bool {
    let made = path.last_step();
    let eta = |row: usize| path.numbers(row).map_or(0.0, |row| row.eta);
    let most = (0..made).map(eta).fold(0.0, f64::max);
    made > 0 && most > 0.0 && eta(made - 1) <= NOTHING * most
}

/// The amplitude of a bounce that has no period and neither shrinks nor wanders.
pub(super) fn bounce(path: &Trajectory) -> Option<f64> {
    let rows = path.rows();
    if rows < ROWS {
        return None;
    }
    let quarter = rows / 4;
    let (before, now) =
        (Stretch::new(path, rows - 2 * quarter, rows - quarter), Stretch::last(path, 4));
    let (old, new) = (before.mean(), now.mean());
    let amplitude = now.reach(&new);
    let (was, is) = (before.spread(&old), now.spread(&new));
    let steady = |a: f64, b: f64| a < STEADY * b && b < STEADY * a;
    let bounces = amplitude > 0.0
        && apart(&old, &new) <= SETTLED * amplitude
        && steady(was, is)
        && steady(before.pace(), now.pace())
        && now.pace() >= LONG * is;
    let width = 2 * quarter / WINDOWS;
    let spreads: Vec<f64> = (0..WINDOWS)
        .map(|k| Stretch::new(path, rows - (WINDOWS - k) * width, rows - (WINDOWS - k - 1) * width))
        .map(|window| window.spread(&new))
        .collect();
    let shrinks = spreads.windows(2).all(|pair| pair[1] < pair[0]);
    (bounces && !shrinks).then_some(amplitude)
}

/// The first step from which on a run repeats every `period`-th point to a hundredth of its amplitude.
pub(super) fn repeats_since(path: &Trajectory, period: usize, amplitude: f64) -> usize {
    /// As exactly as an eye sees it.
    const ALIKE: f64 = 1e-2;
    let last = path.last_step();
    since(path, |row| {
        row + period > last || apart(path.place(row), path.place(row + period)) <= ALIKE * amplitude
    })
}
