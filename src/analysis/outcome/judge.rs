//! The verdict on a run of two weights: the first ending of the table that holds, with its place and its basins.

use super::travel::Route;
use super::work::About;
use super::{Basin, Ending, Heading, Name, Outcome, Standing, Stay, Stillness, Travel, name};
use super::{held, signs, track};
use crate::analysis::basins::{Arrival, Basins, Destination, Lowest};
use crate::analysis::flow::{Bend, Point, apart, length, slope};
use crate::optim::ending::Ending as Seen;
use crate::optim::trajectory::{Row, Trajectory};
use crate::problem::grid::Window;

/// A loss that falls until numbers end is below this.
const DEEP: f64 = -1e50;
/// What may be left of the loss at a minimum, against the start's or the well's.
const LEFT: f64 = 1e-3;
/// The part of a well's depth that counts when the start is already near its minimum.
const DEPTH: f64 = 0.1;
/// A run beside a floor is this near, in widths of the area.
const BESIDE: f64 = 0.05;
/// A loss that stays keeps this part of itself over a tenth of the run.
const ABIDES: f64 = 0.5;
/// Rows of a bounce lie this much higher than its mean.
const BOUNCE: f64 = 4.0;
/// A run that wavers comes closer when a tenth of it takes this part off its distance.
const CLOSER: f64 = 0.9;
/// With a step of this part of the size of the weights a run would still be moved.
pub(super) const MOVED: f64 = 1e-5;
/// The gradient at the perturbed weights is gone when it is this part of the gradient.
pub(super) const GONE: f64 = 1e-3;
/// Ground that changes by this part of its height over the width of the area is not level.
const SEEN: f64 = 1e-6;
/// Of the pull of weight decay, what a gradient that balances it has at least.
const BALANCE: f64 = 0.5;

/// A run of two weights with everything that is known of it.
pub(super) struct Case<'a> {
    pub(super) path: &'a Trajectory,
    pub(super) basins: &'a Basins,
    /// The minima that the survey of the problem found in its domain.
    pub(super) minima: &'a [&'a Lowest],
    pub(super) domain: Window,
    pub(super) about: About,
    pub(super) route: Route,
}

/// An ending with the step since when it holds.
type Since = (Ending, Option<usize>);

impl Case<'_> {
    /// The outcome of a run of one row at least.
    pub(super) fn outcome(&self, last: Row<'_>) -> Outcome {
        let (ending, at_step) = self.ending(&last);
        let place = self.place(&ending, &last);
        let plateau = matches!(ending, Ending::Rest { why: Stillness::Plateau });
        let end = self.route.end.filter(|_| !plateau);
        let bend = Bend::at(&**self.basins.objective(), [last.w[0], last.w[1]]);
        let tip = self.minima.iter().any(|minimum| {
            minimum.lambda_max.is_none() && apart(minimum.at, [last.w[0], last.w[1]]) == 0.0
        });
        let [lambda, _] = bend.curvatures();
        Outcome {
            ending,
            at_step,
            steps: self.path.last_step(),
            place: Some(place),
            travel: Some(Travel {
                start: self.route.start.and_then(|start| self.basin(start)),
                end: end.and_then(|end| self.basin(end)),
                first_out: self.route.first_out,
                last_in: self.route.last_in,
                crossed: self.route.crossed,
                standing: self.standing(&ending, place),
            }),
            stays: self.stays(),
            verdict: None,
            loss: last.numbers.loss,
            test_loss: last.numbers.test_loss,
            lambda_max: (lambda.is_finite() && !tip).then_some(lambda),
            gradients: last.numbers.gradients,
        }
    }

    fn stays(&self) -> Vec<Stay> {
        let stay = |(from, arrival): &(usize, Arrival)| {
            let lambda = self.basin(*arrival).and_then(|basin| basin.lambda);
            Stay { from: *from, lambda }
        };
        self.route.stays.iter().map(stay).collect()
    }

    fn ending(&self, last: &Row<'_>) -> Since {
        self.diverged()
            .or_else(|| self.stopped(last))
            .or_else(|| self.saddle())
            .or_else(|| stalled(self.path, last))
            .or_else(|| cycle(self.path))
            .or_else(|| self.rest(last))
            .or_else(|| self.drifting())
            .unwrap_or((Ending::Moving, None))
    }

    fn diverged(&self) -> Option<Since> {
        let numbers_end = self.path.rows() <= self.about.steps;
        let left = signs::left(self.path, self.domain);
        let heading = if numbers_end {
            // Where the loss has no value beyond a border it ends without having fallen far.
            let is_deep = self.path.numbers(self.path.last_step())?.loss < DEEP;
            let falls = is_deep && signs::falls_unabated(self.path, left.unwrap_or(0));
            if falls { Heading::Down } else { Heading::Up }
        } else {
            signs::unbounded(self.path, self.domain, left?)?
        };
        let last = self.path.last_step();
        // What overflows from inside its domain leaves it with the step that was not recorded.
        let left = left.unwrap_or(last + 1);
        Some((Ending::Diverged { heading, last, numbers_end }, Some(left)))
    }

    fn stopped(&self, last: &Row<'_>) -> Option<Since> {
        let at = [last.w[0], last.w[1]];
        let arrived = self.is_near(at) || matches!(self.path.ending, Seen::Cycle { .. });
        (signs::rate_is_gone(self.path) && !arrived && would_move(self.path, last))
            .then(|| stop(self.path, last))
    }

    fn saddle(&self) -> Option<Since> {
        let [width, height] = self.basins.area().span();
        let objective = &**self.basins.objective();
        let span = width.max(height);
        let held = held::at_a_saddle(objective, self.path, span, self.minima);
        let (at, since) = held.or_else(|| self.rests_on_a_saddle(span))?;
        Some((Ending::Saddle { at }, Some(since)))
    }

    /// The place of a run that rests where the loss bends down, and since when: one that began on a saddle, for instance.
    fn rests_on_a_saddle(&self, span: f64) -> Option<(Point, usize)> {
        let Seen::Converged { at_step } = self.path.ending else { return None };
        let last = self.path.row(self.path.last_step())?;
        let at = [last.w[0], last.w[1]];
        let objective = &**self.basins.objective();
        let (_, g) = slope(objective, at);
        if self.is_on_a_slope(&last, g) || self.is_near(at) {
            return None;
        }
        // What bends less is level over the width of the area.
        let visible = SEEN * (1.0 + last.numbers.loss.abs()) / (span * span);
        let bend = Bend::at(objective, at);
        let [highest, lowest] = bend.curvatures();
        // On a plateau the gradient is as small, and the critical point is far away.
        let is_there = length(g) == 0.0 || length(bend.newton(g)) <= SEEN * span;
        let is_level = highest.abs().max(lowest.abs()) <= visible;
        let bends_down =
            lowest < -visible || (is_level && held::falls_somewhere(objective, at, span));
        (is_there && bends_down).then_some((at, at_step))
    }

    fn rest(&self, last: &Row<'_>) -> Option<Since> {
        let Seen::Converged { at_step } = self.path.ending else { return None };
        let decay = self.about.weight_decay * libm::hypot(last.w[0], last.w[1]);
        let (_, g) = slope(&**self.basins.objective(), [last.w[0], last.w[1]]);
        let held = decay > 0.0 && libm::hypot(g[0], g[1]) >= BALANCE * decay;
        let why = if held {
            Stillness::Decay
        } else if self.is_near([last.w[0], last.w[1]]) {
            Stillness::Minimum
        } else if self.is_on_a_slope(last, g) {
            Stillness::Short
        } else {
            Stillness::Plateau
        };
        Some((Ending::Rest { why }, Some(at_step)))
    }

    /// Whether the slope `g` would be seen over the width of the area.
    fn is_on_a_slope(&self, last: &Row<'_>, g: Point) -> bool {
        let [width, height] = self.basins.area().span();
        libm::hypot(g[0], g[1]) * width.max(height) > SEEN * (1.0 + last.numbers.loss.abs())
    }

    fn drifting(&self) -> Option<Since> {
        let end = self.route.end?;
        let rows = self.path.rows();
        match end.to {
            Destination::Away => {
                let ending = Ending::Drifting { lambda_rate: self.lambda_rate(), away: true };
                let goes = signs::slows_down(self.path) && signs::wanders(self.path);
                goes.then_some((ending, Some(self.route.since)))
            }
            Destination::Floor(_) => {
                let floor = slope(&**self.basins.objective(), end.at).0;
                let tenth = rows / 10;
                let loss = |row: usize| self.path.numbers(row).map_or(floor, |row| row.loss);
                let mean = |from: usize| {
                    (from..from + tenth).map(loss).sum::<f64>() / tenth.max(1) as f64 - floor
                };
                let (before, now) = (mean(rows - 2 * tenth), mean(rows - tenth));
                let last = self.path.row(rows - 1)?;
                let [width, height] = self.basins.area().span();
                let near = apart([last.w[0], last.w[1]], end.at) <= BESIDE * width.max(height);
                // A loss that still falls is that of a run on its way down to the floor.
                let stays = tenth > 0 && near && now >= ABIDES * before;
                let since = track::since(self.path, |row| loss(row) - floor <= BOUNCE * now);
                let ending = || Ending::Drifting { lambda_rate: self.lambda_rate(), away: false };
                stays.then(|| (ending(), Some(since)))
            }
            Destination::Minimum(_) | Destination::Nowhere => None,
        }
    }

    /// How the mean of `λ_max` changes from the last tenth but one to the last, per step.
    fn lambda_rate(&self) -> Option<f64> {
        let tenth = self.path.rows() / 10;
        if tenth == 0 {
            return None;
        }
        let mean = |from: usize| {
            let stride = tenth.div_ceil(64);
            let rows = (from..from + tenth).step_by(stride);
            let lambda = rows.filter_map(|row| self.path.row(row)).map(|row| {
                Bend::at(&**self.basins.objective(), [row.w[0], row.w[1]]).curvatures()[0]
            });
            let all: Vec<f64> = lambda.collect();
            all.iter().sum::<f64>() / all.len() as f64
        };
        let rows = self.path.rows();
        let rate = (mean(rows - tenth) - mean(rows - 2 * tenth)) / tenth as f64;
        rate.is_finite().then_some(rate)
    }

    fn place(&self, ending: &Ending, last: &Row<'_>) -> Point {
        let Ending::Cycle { period, .. } = ending else { return [last.w[0], last.w[1]] };
        let rows = self.path.rows();
        let count = period.unwrap_or(rows.div_ceil(4));
        let mean = track::Stretch::new(self.path, rows - count, rows).mean();
        [mean[0], mean[1]]
    }

    fn standing(&self, ending: &Ending, place: Point) -> Standing {
        let rows = self.path.rows();
        let tail = match ending {
            Ending::Cycle { period: Some(period), .. } => *period,
            _ => rows.div_ceil(10),
        };
        let settled = self.route.since + tail <= rows
            && self.route.end.is_some_and(|end| end.to != Destination::Nowhere);
        // A bounce is at its minimum when the minimum lies inside of it.
        let around =
            |amplitude: f64| self.route.end.is_some_and(|end| apart(end.at, place) <= amplitude);
        let near = match ending {
            Ending::Cycle { amplitude, .. } => around(*amplitude),
            _ => self.is_near(place),
        };
        if !settled {
            Standing::Between
        } else if near {
            Standing::At
        } else if self.comes_closer() {
            Standing::OnTheWay
        } else {
            Standing::Inside
        }
    }

    /// Whether the last tenth of the run is closer to its minimum than the tenth before, as far as a run tells.
    fn comes_closer(&self) -> bool {
        let Some(end) = self.route.end else { return false };
        let rows = self.path.rows();
        let tenth = rows / 10;
        if tenth == 0 {
            return true;
        }
        let distances = |from: usize| {
            let rows = (from..from + tenth).filter_map(|row| self.path.row(row));
            rows.map(|row| apart([row.w[0], row.w[1]], end.at)).collect::<Vec<f64>>()
        };
        let (before, now) = (distances(rows - 2 * tenth), distances(rows - tenth));
        let parted = now.iter().copied().fold(0.0, f64::max)
            < before.iter().copied().fold(f64::INFINITY, f64::min);
        parted || now.iter().sum::<f64>() < CLOSER * before.iter().sum::<f64>()
    }

    /// Whether what is left of the loss at `at` is next to nothing.
    fn is_near(&self, at: Point) -> bool {
        self.is_low(slope(&**self.basins.objective(), at).0)
    }

    fn is_low(&self, loss: f64) -> bool {
        let Some(end) = self.route.end else { return false };
        let (floor, depth) = match end.to {
            Destination::Minimum(number) => {
                let minimum = &self.basins.minima()[number];
                let level = minimum.capture.as_ref().map_or(minimum.loss, |region| region.level);
                (minimum.loss, level - minimum.loss)
            }
            Destination::Floor(_) => (slope(&**self.basins.objective(), end.at).0, 0.0),
            Destination::Away | Destination::Nowhere => return false,
        };
        let start = self.path.row(0).map_or(floor, |row| row.numbers.loss);
        let whole = (start - floor).max(DEPTH * depth);
        loss - floor <= LEFT * whole + f64::EPSILON * floor.abs()
    }

    fn basin(&self, arrival: Arrival) -> Option<Basin> {
        let at = arrival.at;
        match arrival.to {
            Destination::Minimum(number) => Some(Basin {
                at,
                lambda: self.basins.minima()[number].lambda_max,
                name: name(self.minima, at),
            }),
            Destination::Floor(_) => {
                let lambda = Bend::at(&**self.basins.objective(), at).curvatures()[0];
                Some(Basin { at, lambda: Some(lambda), name: Name::Floor })
            }
            Destination::Away | Destination::Nowhere => None,
        }
    }
}

/// Whether the gradient would still move the last row with the largest η of the run.
pub(super) fn would_move(path: &Trajectory, last: &Row<'_>) -> bool {
    let most =
        (0..path.rows()).filter_map(|row| path.numbers(row)).map(|row| row.eta).fold(0.0, f64::max);
    most * last.numbers.gradient_norm > MOVED * size(last)
}

/// One and the largest weight.
pub(super) fn size(row: &Row<'_>) -> f64 {
    1.0 + row.w.iter().fold(0.0, |most: f64, x| most.max(x.abs()))
}

/// Stopped by its schedule, since it came no farther.
pub(super) fn stop(path: &Trajectory, last: &Row<'_>) -> Since {
    let near = MOVED * size(last);
    let since = track::since(path, |row| {
        track::apart(path.place(row), path.place(path.last_step())) <= near
    });
    (Ending::Stopped { gradient_norm: last.numbers.gradient_norm }, Some(since))
}

/// At rest with a gradient, because there is none at the perturbed weights.
pub(super) fn stalled(path: &Trajectory, last: &Row<'_>) -> Option<Since> {
    let Seen::Converged { at_step } = path.ending else { return None };
    let there = last.numbers.adversarial_gradient_norm;
    let gone = there <= GONE * last.numbers.gradient_norm && would_move(path, last);
    gone.then_some((Ending::Stalled { gradient_norm: last.numbers.gradient_norm }, Some(at_step)))
}

/// Going around, with a period or without.
pub(super) fn cycle(path: &Trajectory) -> Option<Since> {
    if let Seen::Cycle { period, amplitude } = path.ending {
        let since = signs::repeats_since(path, period, amplitude);
        return Some((Ending::Cycle { period: Some(period), amplitude }, Some(since)));
    }
    if !matches!(path.ending, Seen::Moving) {
        return None;
    }
    let amplitude = signs::bounce(path)?;
    Some((Ending::Cycle { period: None, amplitude }, None))
}
