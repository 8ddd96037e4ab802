//! Courses: gradient flows that were followed to their ends, for later ones to join.
//!
//! ```text
//! D(t) = −∫ nᵀ∇²L n dt          a small distance across the course grows from s to t like exp(D(t) − D(s))
//! ```
//!
//! In a valley whose floor still falls all flows soon run in one course. Where no distance to it grows any more, a flow
//! that has come this near ends where the course did, and need not be followed there.

use std::collections::VecDeque;
use std::sync::Arc;

use super::flow::Point;

/// So many are kept.
const KEPT: usize = 4;
/// A course may be joined from where on no distance grows by more than this.
const GROWTH: f64 = 3.0;

/// The last long courses, each with what is at its end.
#[derive(Debug, Clone)]
pub(super) struct Courses<T> {
    kept: VecDeque<Arc<Course<T>>>,
    /// A course of fewer points is followed again faster than it is searched.
    long: usize,
}

#[derive(Debug)]
struct Course<T> {
    /// From where on it may be joined.
    points: Vec<Point>,
    /// The box that holds it.
    reach: Reach,
    /// The boxes of its pieces, [`STRETCH`] at a time.
    stretches: Vec<Reach>,
    /// How much `D` rises at most after each point, from there and from any later one.
    rises: Vec<[f64; 2]>,
    /// How near each is joined at most: behind it may be a saddle.
    rooms: Vec<f64>,
    end: T,
}

/// The lowest and the highest coordinates of some points.
type Reach = [Point; 2];

/// Pieces of a course that are passed over at once.
const STRETCH: usize = 16;

/// The rest of a flow that has joined a course.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Joined<T> {
    /// What is at its end.
    pub(super) end: T,
    /// How much `D` still rises: from here, and from any later point.
    pub(super) rises: [f64; 2],
    /// How near it was allowed to join at most.
    pub(super) room: f64,
}

impl<T: Copy> Courses<T> {
    /// None is known; those of fewer than `long` points will not be kept.
    pub(super) fn none(long: usize) -> Self {
        Self { kept: VecDeque::new(), long }
    }

    /// Forgets all of them.
    pub(super) fn forget(&mut self) {
        self.kept.clear();
    }

    /// Keeps a course of points, each with its `D` and the distance at which it may be joined, which led to `end`, where it
    /// is worth it.
    pub(super) fn keep(&mut self, trail: &[(Point, f64, f64)], end: T) {
        let mut rises = Vec::with_capacity(trail.len());
        let (mut highest, mut most) = (f64::NEG_INFINITY, 0.0_f64);
        for (_, drift, _) in trail.iter().rev() {
            highest = highest.max(*drift);
            most = most.max(highest - drift);
            if most > libm::log(GROWTH) {
                break;
            }
            rises.push([highest - drift, most]);
        }
        if rises.len() < self.long {
            return;
        }
        let kept = &trail[trail.len() - rises.len()..];
        let points: Vec<Point> = kept.iter().map(|(at, ..)| *at).collect();
        let rooms = kept.iter().map(|(.., room)| *room).collect();
        let reach = reach_of(&points);
        // A piece ends where the next begins.
        let stretch = |first: usize| &points[first..points.len().min(first + STRETCH + 1)];
        let firsts = (0..points.len().saturating_sub(1)).step_by(STRETCH);
        let stretches = firsts.map(|first| reach_of(stretch(first))).collect();
        rises.reverse();
        self.kept.truncate(KEPT - 1);
        self.kept.push_front(Arc::new(Course { points, reach, stretches, rises, rooms, end }));
    }

    /// The rest of a flow that is at `at`, if it has come within `near` of a course, or nearer than that by as much as
    /// distances to it still grow.
    pub(super) fn joined(&self, at: Point, near: f64) -> Option<Joined<T>> {
        self.kept.iter().find_map(|course| {
            if !is_within(at, course.reach, near) {
                return None;
            }
            let is_beside = |k: &usize| {
                let ends = &course.points[*k..];
                let grown = || libm::exp(course.rises[*k][0].max(course.rises[*k][1]));
                beside(at, ends, near) && beside(at, ends, course.rooms[*k].min(near / grown()))
            };
            let pieces = course.points.len().saturating_sub(1);
            let near_by = course.stretches.iter().enumerate();
            let near_by = near_by.filter(|(_, reach)| is_within(at, **reach, near));
            let mut all = near_by.flat_map(|(k, _)| k * STRETCH..pieces.min((k + 1) * STRETCH));
            let piece = all.find(is_beside)?;
            Some(Joined { end: course.end, rises: course.rises[piece], room: course.rooms[piece] })
        })
    }
}

fn reach_of(points: &[Point]) -> Reach {
    let edge = |pick: fn(f64, f64) -> f64, from: f64| {
        [0, 1].map(|k| points.iter().map(|at| at[k]).fold(from, pick))
    };
    [edge(f64::min, f64::INFINITY), edge(f64::max, f64::NEG_INFINITY)]
}

fn is_within(at: Point, [low, high]: Reach, near: f64) -> bool {
    (0..2).all(|k| at[k] >= low[k] - near && at[k] <= high[k] + near)
}

/// Whether `at` is within `near` of the straight way between two points.
fn beside(at: Point, ends: &[Point], near: f64) -> bool {
    let [from, to] = [ends[0], ends[1]];
    let along = [to[0] - from[0], to[1] - from[1]];
    let square = along[0] * along[0] + along[1] * along[1];
    let inner = (at[0] - from[0]) * along[0] + (at[1] - from[1]) * along[1];
    let part = if square > 0.0 { (inner / square).clamp(0.0, 1.0) } else { 0.0 };
    let away = [at[0] - from[0] - part * along[0], at[1] - from[1] - part * along[1]];
    away[0] * away[0] + away[1] * away[1] <= near * near
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: usize = 48;

    /// A straight course of hundred points along x, with this `D`.
    fn trail(drift: impl Fn(usize) -> f64) -> Vec<(Point, f64, f64)> {
        (0..100).map(|k| ([k as f64, 0.0], drift(k), f64::INFINITY)).collect()
    }

    #[test]
    fn what_runs_beside_a_course_ends_where_it_does() {
        let mut courses = Courses::none(LONG);
        courses.keep(&trail(|k| -(k as f64)), 'a');
        assert_eq!(courses.joined([7.4, 0.1], 0.2).map(|joined| joined.end), Some('a'));
        assert_eq!(courses.joined([7.4, 0.3], 0.2), None);
        assert_eq!(courses.joined([-3.0, 0.0], 0.2), None);
    }

    #[test]
    fn before_a_place_where_neighbours_part_no_course_is_joined() {
        let mut courses = Courses::none(LONG);
        courses.keep(&trail(|k| if k < 40 { 0.0 } else { 5.0 }), 'a');
        assert_eq!(courses.joined([20.0, 0.0], 0.2), None);
        assert!(courses.joined([60.0, 0.0], 0.2).is_some());
    }

    #[test]
    fn what_still_grows_is_told() {
        let mut courses = Courses::none(LONG);
        courses.keep(
            &trail(|k| if k < 50 { -0.01 * k as f64 } else { -0.5 + 0.01 * (k - 50) as f64 }),
            'a',
        );
        let [from_here, from_later] = courses.joined([10.5, 0.0], 0.2).unwrap().rises;
        // From the tenth point it falls by 0.4 and rises by 0.49.
        assert!((from_here - 0.09).abs() < 1e-12 && (from_later - 0.49).abs() < 1e-12);
    }

    #[test]
    fn nobody_joins_from_behind_the_saddle_that_a_course_comes_from() {
        let mut courses = Courses::none(LONG);
        let from_a_saddle: Vec<_> =
            trail(|_| 0.0).into_iter().map(|(at, drift, _)| (at, drift, 0.5 * at[0])).collect();
        courses.keep(&from_a_saddle, 'a');
        assert_eq!(courses.joined([-0.1, 0.0], 0.4), None);
        assert!(courses.joined([1.5, 0.3], 0.4).is_some());
    }

    #[test]
    fn short_courses_are_not_kept() {
        let mut courses = Courses::none(LONG);
        courses.keep(&trail(|_| 0.0)[..20], 'a');
        assert_eq!(courses.joined([3.0, 0.0], 0.2), None);
    }
}
