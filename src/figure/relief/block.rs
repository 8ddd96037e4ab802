//! The block that a surface stands in: its edges, its axes and what is written at them.

use kurbo::Rect;

use super::Heights;
use crate::figure::metrics::{self, Face};
use crate::figure::surface::Surface;
use crate::figure::{Anchor, Ink, Mark, Pen, Points, numerals, ticks};
use crate::problem::grid::Window;

/// Room around a block at least, and at most as a part of the pane for what is written on one side of it, in points.
const AROUND: f64 = 5.0;
const WIDEST: f64 = 0.28;
/// Rounds in which room for words is found: words keep their size while the block gets smaller.
const ROUNDS: usize = 3;
/// Letters, the length of a tick, and from an edge to the middle of numbers and of the name, in points.
const SIZE: f64 = 11.0;
const TICK: f64 = 4.0;
const TO_NUMBER: f64 = 9.0;
const TO_NAME: f64 = 32.0;
/// A number to so many points of an edge; shorter edges than two of it have none.
const PITCH: f64 = 44.0;
/// More numbers than this at an edge would be noise.
const MOST: f64 = 6.0;
/// Between two numbers beside each other at least, in points.
const BETWEEN: f64 = 3.0;
/// From height to height at least, in points.
const APART: f64 = 14.0;
/// Edges of the block that are seen, and those in the air.
const RIM: Pen = Pen::new(Ink::Quiet, 0.8);
const AIR: Pen = Pen::new(Ink::Hairline, 0.8);

/// What is written at the block.
pub(super) struct Block<'a> {
    pub(super) surface: &'a Surface,
    /// Names of the axes of the map.
    pub(super) names: [&'a str; 2],
    pub(super) heights: &'a Heights,
}

/// A line with its way out of the block.
struct Edge {
    ends: [[f64; 2]; 2],
    out: [f64; 2],
    axis: usize,
}

impl Block<'_> {
    /// What of the plane is seen in a pane of so many points: the block as large as it can be with all that is written
    /// at it.
    pub(super) fn fitted(&self, size: [f64; 2]) -> Window {
        let corners = self.surface.corners();
        let (u, v) = (range(&corners, 0), range(&corners, 1));
        // On the left, on the right, below and above.
        let mut room = [AROUND; 4];
        let mut plane = Window::new(u, v);
        for _ in 0..ROUNDS {
            let inner = [size[0] - room[0] - room[1], size[1] - room[2] - room[3]];
            let scale = (inner[0] / (u[1] - u[0])).min(inner[1] / (v[1] - v[0]));
            let around = |[low, high]: [f64; 2], inner: f64, [before, after]: [f64; 2]| {
                let middle = f64::midpoint(low, high);
                let half = inner / 2.0;
                [middle - (before + half) / scale, middle + (after + half) / scale]
            };
            plane = Window::new(
                around(u, inner[0], [room[0], room[1]]),
                around(v, inner[1], [room[2], room[3]]),
            );
            let words = self.words(scale);
            let taken: Vec<Rect> =
                words.iter().filter_map(|mark| taken(mark, plane, scale)).collect();
            let beyond = |far: &dyn Fn(&Rect) -> f64| taken.iter().map(far).fold(0.0, f64::max);
            // What would be cut, and not what is blank: the block has all of the height or of the width.
            let lacks = [
                beyond(&|it| AROUND - it.x0),
                beyond(&|it| it.x1 - (size[0] - AROUND)),
                beyond(&|it| it.y1 - (size[1] - AROUND)),
                beyond(&|it| AROUND - it.y0),
            ];
            for (side, lack) in lacks.into_iter().enumerate() {
                let most = WIDEST * size[side / 2];
                room[side] = (room[side] + lack).min(most.max(AROUND));
            }
        }
        plane
    }

    /// The edges of the surface and of the block, as far as they are seen.
    pub(super) fn rim(&self) -> Vec<Mark> {
        let surface = self.surface;
        let Window { x, y } = surface.window;
        let ground = [[x[0], y[0]], [x[1], y[0]], [x[1], y[1]], [x[0], y[1]]];
        let mut marks = Vec::new();
        let mut line = |points: Vec<[f64; 2]>, pen: Pen| {
            marks.push(Mark::Path { points: Points::from(points), pen });
        };
        for k in 0..4 {
            for stretch in surface.draped(&[ground[k], ground[(k + 1) % 4]]) {
                if !stretch.is_hidden {
                    line(stretch.points, RIM);
                }
            }
        }
        for Edge { ends, .. } in self.front() {
            line(ends.map(|at| surface.camera.project([at[0], at[1], 0.0])).to_vec(), RIM);
        }
        // The corners that are in front, and beside it on the left and on the right.
        for [x, y] in self.upright() {
            let [low, high] = [0.0, surface.height([x, y]).unwrap_or(0.0)]
                .map(|z| surface.camera.project([x, y, z]));
            line(vec![low, high], RIM);
        }
        let [_, _, [x, y]] = self.upright();
        if !self.heights.marks.is_empty() {
            let ends = [surface.height([x, y]).unwrap_or(0.0), surface.rise]
                .map(|z| surface.camera.project([x, y, z]));
            line(ends.to_vec(), AIR);
        }
        marks
    }

    /// What is written at the edges, and what that takes of the plane, in points from the upper left corner of `plane`:
    /// names first, and no number that would meet another or be cut.
    pub(super) fn axes(&self, plane: Window) -> (Vec<Mark>, Vec<Rect>) {
        let scale = self.surface.points_per_unit;
        let mut marks = self.words(scale);
        let is_name = |mark: &Mark| matches!(mark, Mark::Label { ink: Ink::Text, .. });
        marks.sort_by_key(|mark| !is_name(mark));
        let [wide, high] = plane.span().map(|span| scale * span);
        let mut all: Vec<Rect> = Vec::new();
        marks.retain(|mark| {
            let Some(place) = taken(mark, plane, scale) else { return true };
            let is_inside =
                1.0 <= place.x0 && 1.0 <= place.y0 && place.x1 < wide && place.y1 < high;
            let stands = is_inside && !all.iter().any(|other| meet(*other, place));
            if stands {
                all.push(place);
            }
            stands
        });
        // Other words keep off the upright axis as well.
        let [_, _, [x, y]] = self.upright();
        let [low, top] = [0.0, self.surface.rise].map(|z| self.surface.camera.project([x, y, z]));
        let at = [scale * (low[0] - plane.x[0]), scale * (plane.y[1] - low[1])];
        let up = scale * (top[1] - low[1]);
        all.push(Rect::new(at[0] - 2.0, at[1] - up, at[0] + 2.0 + TICK, at[1]));
        (marks, all)
    }

    /// Ticks, numbers and names, at so many points a unit.
    fn words(&self, scale: f64) -> Vec<Mark> {
        let [first, second] = self.front().map(|edge| self.axis(&edge, scale));
        [first, second, self.upright_axis(scale)].into_iter().flatten().collect()
    }

    /// The edges on the ground that are in front, along the first axis and along the second.
    fn front(&self) -> [Edge; 2] {
        let Window { x, y } = self.surface.window;
        let [east, north] = self.surface.camera.forward();
        let (lower, left) = (north >= 0.0, east >= 0.0);
        let at_y = if lower { y[0] } else { y[1] };
        let at_x = if left { x[0] } else { x[1] };
        [
            Edge {
                ends: [[x[0], at_y], [x[1], at_y]],
                out: [0.0, if lower { -1.0 } else { 1.0 }],
                axis: 0,
            },
            Edge {
                ends: [[at_x, y[0]], [at_x, y[1]]],
                out: [if left { -1.0 } else { 1.0 }, 0.0],
                axis: 1,
            },
        ]
    }

    /// The corners whose upright edges are seen: in front, farthest to the left, and farthest to the right.
    fn upright(&self) -> [[f64; 2]; 3] {
        let Window { x, y } = self.surface.window;
        let corners = [[x[0], y[0]], [x[1], y[0]], [x[1], y[1]], [x[0], y[1]]];
        let across = |at: &[f64; 2]| self.surface.camera.project([at[0], at[1], 0.0])[0];
        let away = |at: &[f64; 2]| self.surface.camera.away([at[0], at[1], 0.0]);
        // Of two that are as far, the nearer one.
        let by = |a: &[f64; 2], b: &[f64; 2], side: f64| {
            let far = |at: &[f64; 2]| side * across(at);
            let near = 1e-9 * self.surface.rise;
            if (far(a) - far(b)).abs() > near {
                far(a).total_cmp(&far(b))
            } else {
                away(a).total_cmp(&away(b))
            }
        };
        let first = |side: f64| {
            corners.into_iter().min_by(|a, b| by(a, b, side)).expect("a block has four corners")
        };
        let front = corners.into_iter().min_by(|a, b| away(a).total_cmp(&away(b)));
        [front.expect("a block has four corners"), first(1.0), first(-1.0)]
    }

    fn axis(&self, Edge { ends, out, axis }: &Edge, scale: f64) -> Vec<Mark> {
        let surface = self.surface;
        let on_ground = |[x, y]: [f64; 2]| surface.camera.project([x, y, 0.0]);
        let [from, to] = ends.map(on_ground);
        let length = scale * (to[0] - from[0]).hypot(to[1] - from[1]);
        let most = (length / PITCH).floor().min(MOST);
        if most < 2.0 {
            return Vec::new();
        }
        let origin = on_ground(ends[0]);
        let beside = on_ground([ends[0][0] + out[0], ends[0][1] + out[1]]);
        let way = unit([beside[0] - origin[0], beside[1] - origin[1]]);
        let place = |value: f64| {
            let mut at = ends[0];
            at[*axis] = value;
            on_ground(at)
        };
        let range = [ends[0][*axis], ends[1][*axis]];
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "2 to 6")]
        let marks = ticks::linear(range, most as usize);
        let mut drawn = Vec::new();
        for mark in &marks {
            let at = place(mark.at);
            let tip = [0, 1].map(|k| at[k] + TICK / scale * way[k]);
            drawn.push(Mark::Path { points: Points::from([at, tip]), pen: RIM });
            drawn.push(label(at, way, TO_NUMBER, mark.text.clone(), Ink::Quiet));
        }
        let middle = place(f64::midpoint(range[0], range[1]));
        // Beside numbers that stand aside of a steep edge a name stands farther off.
        let widest = marks.iter().map(|mark| width(&mark.text)).fold(0.0, f64::max);
        let far = TO_NUMBER + 7.0 + way[0].abs() * widest + way[1].abs() * 10.0;
        drawn.push(label(
            middle,
            way,
            far.min(TO_NAME + widest),
            self.names[*axis].to_owned(),
            Ink::Text,
        ));
        drawn
    }

    fn upright_axis(&self, scale: f64) -> Vec<Mark> {
        let surface = self.surface;
        let [_, _, [x, y]] = self.upright();
        let place = |tone: f64| surface.camera.project([x, y, tone * surface.rise]);
        let mut drawn = Vec::new();
        let mut taken: Vec<f64> = Vec::new();
        for (tone, height) in &self.heights.marks {
            let at = place(*tone);
            if taken.iter().any(|other| scale * (other - at[1]).abs() < APART) {
                continue;
            }
            taken.push(at[1]);
            let tip = [at[0] + TICK / scale, at[1]];
            drawn.push(Mark::Path { points: Points::from([at, tip]), pen: RIM });
            drawn.push(label(
                at,
                [1.0, 0.0],
                TO_NUMBER - 2.0,
                numerals::short(*height, 3),
                Ink::Quiet,
            ));
        }
        if !drawn.is_empty() {
            let top = place(1.0);
            drawn.push(label(top, [0.0, 1.0], 9.0, self.heights.name.clone(), Ink::Text));
        }
        drawn
    }
}

/// Words so many points from a place that way, y upwards.
fn label(at: [f64; 2], way: [f64; 2], far: f64, text: String, ink: Ink) -> Mark {
    let anchor = if way[0] > ASIDE {
        Anchor::Left
    } else if way[0] < -ASIDE {
        Anchor::Right
    } else {
        Anchor::Middle
    };
    #[expect(clippy::cast_possible_truncation, reason = "points of a screen")]
    let (offset, size) = ([far * way[0], -far * way[1]].map(|x| x as f32), SIZE as f32);
    Mark::Label { at, offset, text, ink, size, anchor, angle: 0.0 }
}

/// Words stand in the middle below an edge that is less askew than this, else beside it.
const ASIDE: f64 = 0.35;

fn unit([x, y]: [f64; 2]) -> [f64; 2] {
    let length = x.hypot(y);
    if length > 0.0 { [x / length, y / length] } else { [0.0, -1.0] }
}

/// What words take of a plane, in points from its upper left corner.
fn taken(mark: &Mark, plane: Window, scale: f64) -> Option<Rect> {
    let Mark::Label { at, offset, text, anchor, .. } = mark else { return None };
    let x = scale * (at[0] - plane.x[0]) + f64::from(offset[0]);
    let y = scale * (plane.y[1] - at[1]) + f64::from(offset[1]);
    let wide = width(text);
    let left = match anchor {
        Anchor::Left => x,
        Anchor::Middle => x - wide / 2.0,
        Anchor::Right => x - wide,
    };
    Some(Rect::new(left, y - 0.6 * SIZE, left + wide, y + 0.6 * SIZE))
}

fn meet(a: Rect, b: Rect) -> bool {
    let a = a.inflate(BETWEEN, 0.0);
    a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1
}

fn range(corners: &[[f64; 2]], k: usize) -> [f64; 2] {
    corners.iter().fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], at| {
        [low.min(at[k]), high.max(at[k])]
    })
}

fn width(text: &str) -> f64 {
    metrics::width(text, Face::Regular, SIZE)
}
