//! Streamlines: where one comes to by always going the way that a field of directions points.
//!
//! ```text
//! ẇ = v(w)/‖v(w)‖,     followed to both sides from seeds, and never nearer to another line than half of what lines are apart
//! ```
//!
//! B. Jobard and W. Lefer (1997), "Creating evenly-spaced streamlines of arbitrary density", EG Workshop on Visualization
//! in Scientific Computing; with seeds on ever finer lattices instead of beside lines, so that long lines come first. A
//! line ends where the field vanishes, where it turns at once, as at a crease of SAM's steps, and where it would meet itself.

use crate::optim::ascent::FLAT;
use crate::problem::grid::Window;

/// A place or a way on the map.
type Point = [f64; 2];

/// A step, and how near a line may come to another and to itself, in parts of what lines are apart.
const STEP: f64 = 0.2;
const NEAR: f64 = 0.5;
const OWN: f64 = 0.15;
/// A seed is farther than this from every line.
const SEED: f64 = 0.9;
/// Steps that a line may be near to itself behind where it is.
const BEHIND: usize = 8;
/// From the beginning to the middle of a step the way turns by less than this cosine.
const TURN: f64 = 0.5;
/// Steps of a line to either side at most, and in all at least.
const LONGEST: usize = 600;
const SHORTEST: usize = 8;
/// The strides of the lattices of seeds.
const STRIDES: [usize; 4] = [8, 4, 2, 1];

/// Lines on their way.
pub struct Streamlines {
    window: Window,
    apart: f64,
    columns: usize,
    /// Points of lines that are there, by the cell of the lattice that they lie in.
    taken: Vec<Vec<Point>>,
    seeds: Vec<Point>,
    under_way: Option<Line>,
    found: Vec<Vec<Point>>,
}

/// One line, which goes on at its end; turned round when it can go on no more, once.
struct Line {
    points: Vec<Point>,
    /// With the field or against it.
    sign: f64,
    steps: usize,
}

impl Streamlines {
    /// Lines on `window` that are about so far apart.
    #[must_use]
    pub fn new(window: Window, apart: f64) -> Self {
        let [columns, rows] = window.span().map(|span| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a small positive number; the cast saturates"
            )]
            let cells = (span / apart).ceil().clamp(1.0, 1e3) as usize;
            cells
        });
        let place = |[low, _]: [f64; 2], k: usize| low + apart * (k as f64 + 0.5);
        let mut seeds = Vec::new();
        for (round, stride) in STRIDES.iter().enumerate() {
            for row in (0..rows).step_by(*stride) {
                for column in (0..columns).step_by(*stride) {
                    let known = round > 0 && [row, column].iter().all(|k| k % (2 * stride) == 0);
                    let seed = [place(window.x, column), place(window.y, row)];
                    if !known && window.contains(seed) {
                        seeds.push(seed);
                    }
                }
            }
        }
        seeds.reverse();
        let taken = vec![Vec::new(); columns * rows];
        Self { window, apart, columns, taken, seeds, under_way: None, found: Vec::new() }
    }

    /// One more step of a line, or the next seed; false when there are no more.
    pub fn advance(&mut self, way: &dyn Fn(Point) -> Point) -> bool {
        let Some(mut line) = self.under_way.take() else {
            let Some(seed) = self.seeds.pop() else { return false };
            if !self.is_near(seed, SEED) {
                self.under_way = Some(Line { points: vec![seed], sign: 1.0, steps: 0 });
            }
            return true;
        };
        if let Some(next) = self.next(&line, way) {
            line.points.push(next);
            line.steps += 1;
            self.under_way = Some(line);
        } else if line.sign > 0.0 {
            line.points.reverse();
            self.under_way = Some(Line { sign: -1.0, steps: 0, ..line });
        } else {
            // It was followed against the field last: turned round again it goes with it.
            line.points.reverse();
            if line.points.len() > SHORTEST {
                for point in &line.points {
                    let cell = self.cell(*point);
                    self.taken[cell].push(*point);
                }
                self.found.push(line.points);
            }
        }
        true
    }

    /// The lines, each in the way that the field points.
    #[must_use]
    pub fn finish(self) -> Vec<Vec<Point>> {
        self.found
    }

    /// The end of the next step, by the midpoint rule; none where the line ends.
    fn next(&self, line: &Line, way: &dyn Fn(Point) -> Point) -> Option<Point> {
        let from = *line.points.last()?;
        if line.steps >= LONGEST {
            return None;
        }
        let step = line.sign * STEP * self.apart;
        let along = |[x, y]: Point, [dx, dy]: Point, part: f64| {
            [x + part * step * dx, y + part * step * dy]
        };
        let first = unit(way(from))?;
        let middle = unit(way(along(from, first, 0.5)))?;
        let next = along(from, middle, 1.0);
        let goes_on = first[0] * middle[0] + first[1] * middle[1] >= TURN;
        let older = line.points.len().saturating_sub(BEHIND);
        let meets = line.points[..older].iter().any(|own| distance(*own, next) < OWN * self.apart);
        let is_free = self.window.contains(next) && !self.is_near(next, NEAR);
        (goes_on && !meets && is_free).then_some(next)
    }

    /// Whether another line is nearer than this part of what lines are apart.
    fn is_near(&self, at: Point, part: f64) -> bool {
        let cell = self.cell(at);
        let [column, row] = [cell % self.columns, cell / self.columns];
        let rows = self.taken.len() / self.columns;
        let beside = |k: usize, count: usize| k.saturating_sub(1)..(k + 2).min(count);
        beside(row, rows).any(|row| {
            beside(column, self.columns).any(|column| {
                let taken = &self.taken[row * self.columns + column];
                taken.iter().any(|other| distance(*other, at) < part * self.apart)
            })
        })
    }

    fn cell(&self, at: Point) -> usize {
        let rows = self.taken.len() / self.columns;
        let place = |at: f64, low: f64, count: usize| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "the cast saturates, and what is too large is cut"
            )]
            let place = ((at - low) / self.apart) as usize;
            place.min(count - 1)
        };
        place(at[1], self.window.y[0], rows) * self.columns
            + place(at[0], self.window.x[0], self.columns)
    }
}

fn unit([x, y]: Point) -> Option<Point> {
    let length = x.hypot(y);
    (length >= FLAT && length.is_finite()).then(|| [x / length, y / length])
}

fn distance(a: Point, b: Point) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(way: impl Fn(Point) -> Point) -> Vec<Vec<Point>> {
        let mut lines = Streamlines::new(Window::new([-2.0, 2.0], [-1.0, 1.0]), 0.1);
        while lines.advance(&way) {}
        lines.finish()
    }

    #[test]
    fn around_a_centre_lines_are_circles_that_keep_apart_and_end_before_they_meet_themselves() {
        let found = lines(|[x, y]| [-y, x]);
        assert!(found.len() > 8, "{}", found.len());
        for line in &found {
            let radius = line[0][0].hypot(line[0][1]);
            for point in line {
                let off = (point[0].hypot(point[1]) - radius).abs();
                assert!(off < 0.02 * radius + 1e-3, "{off} at a radius of {radius}");
            }
            let turn = line.windows(2).map(|at| distance(at[0], at[1])).sum::<f64>();
            assert!(turn < 1.05 * std::f64::consts::TAU * radius + 0.05, "{turn} around {radius}");
        }
        for (k, one) in found.iter().enumerate() {
            for other in &found[..k] {
                let near = one.iter().any(|a| other.iter().any(|b| distance(*a, *b) < 0.049));
                assert!(!near, "two lines are nearer than half of what lines are apart");
            }
        }
    }

    #[test]
    fn lines_go_with_the_field_and_end_where_it_vanishes_or_turns_at_once() {
        for line in lines(|[x, y]| [-x, -4.0 * y]) {
            let loss = |[x, y]: Point| 0.5 * (x * x + 4.0 * y * y);
            assert!(line.is_sorted_by(|a, b| loss(*a) > loss(*b)), "down at every step");
        }
        for line in lines(|[x, _]| [if x > 0.3 { -1.0 } else { 1.0 }, 0.0]) {
            let side = |at: &Point| at[0] > 0.3;
            let crossed = line.iter().filter(|at| side(at) != side(&line[0])).count();
            assert!(crossed <= 1, "no line goes on beyond a crease");
        }
        assert!(lines(|_| [0.0, 0.0]).is_empty() && lines(|_| [f64::NAN, 1.0]).is_empty());
    }
}
