//! Places for the names in a lens: beside what they name, inside of the lens, and none over another.

use kurbo::Rect;

use super::SIZE;
use super::limbs::{Limb, Limbs, apart, between};
use crate::figure::Ink;
use crate::figure::metrics::{self, Face};
use crate::figure::phase::Phase;

/// A name that looks for its place.
pub(super) struct Name {
    text: String,
    /// What is said where there is no room for all of it; empty where nothing is.
    brief: String,
    ink: Ink,
    at: [f64; 2],
    /// From the place to the name, at least.
    gap: f64,
    /// Where it would rather stand, as directions from its place, the best first.
    rather: Vec<[f64; 2]>,
    since: Phase,
}

impl Name {
    /// A name of what is at a place.
    pub(super) fn at(at: [f64; 2], text: &str, ink: Ink, gap: f64) -> Self {
        Self {
            text: text.to_owned(),
            brief: String::new(),
            ink,
            at,
            gap,
            rather: Vec::new(),
            since: Phase::Gradient,
        }
    }

    /// Not before this phase of the step's story.
    pub(super) fn since(self, since: Phase) -> Self {
        Self { since, ..self }
    }

    /// This where there is no room for the whole name.
    pub(super) fn or(self, brief: &str) -> Self {
        Self { brief: brief.to_owned(), ..self }
    }

    /// Rather on the far side of its place, seen from here.
    pub(super) fn away_from(self, here: [f64; 2]) -> Self {
        let length = apart(here, self.at);
        let away = [(self.at[0] - here[0]) / length, (self.at[1] - here[1]) / length];
        let rather = if length > 0.0 { vec![away] } else { Vec::new() };
        Self { rather, ..self }
    }

    /// Rather on either side of an arrow.
    pub(super) fn beside(self, limb: &Limb) -> Self {
        self.beside_line(limb.from, limb.to)
    }

    /// Rather on either side of a line.
    pub(super) fn beside_line(self, from: [f64; 2], to: [f64; 2]) -> Self {
        let length = apart(from, to);
        let across = [-(to[1] - from[1]) / length, (to[0] - from[0]) / length];
        Self { rather: vec![across, across.map(|x| -x)], ..self }
    }
}

/// A name in its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed {
    pub(super) text: String,
    pub(super) ink: Ink,
    pub(super) place: Rect,
    /// From what it names to itself, where it stands too far away to be taken for its name.
    pub(super) leader: Option<[[f64; 2]; 2]>,
    /// The phase of the step's story in which it appears.
    pub(super) since: Phase,
}

/// Which edge of the lens a note stands at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    Top,
    Bottom,
}

/// The names in a lens, and what they keep off.
pub(super) struct Letters {
    room: Rect,
    lines: Vec<[[f64; 2]; 2]>,
    dots: Vec<[f64; 2]>,
    /// Names and notes in their places.
    pub(super) placed: Vec<Placed>,
}

/// The height of a line of letters, in heights of a letter, and what letters keep from each other and from the edge.
const LINE: f64 = 1.2;
const BETWEEN: f64 = 1.0;
const INSET: f64 = 3.0;
/// The radius of what lies at the ends of arrows.
const DOT: f64 = 5.5;
/// Directions that are tried, and distances from the least one on, in points.
const AROUND: u8 = 24;
const FARTHER: [f64; 9] = [0.0, 4.0, 9.0, 15.0, 22.0, 30.0, 42.0, 58.0, 80.0];
/// What it costs to lie over an arrow, by each point of it, and to stand where one would not rather; in points of distance.
const OVER: f64 = 1.5;
const TURNED: f64 = 8.0;
/// What it costs to stand beyond another arrow than the one that is named, in the same.
const CROSSED: f64 = 16.0;
/// A name farther away than this has a line that leads to it.
const LED: f64 = 16.0;

impl Letters {
    pub(super) fn within([width, height]: [f64; 2]) -> Self {
        let room = Rect::new(INSET, INSET, width - INSET, height - INSET);
        Self { room, lines: Vec::new(), dots: Vec::new(), placed: Vec::new() }
    }

    /// Names keep off the arrows and what lies at their ends.
    pub(super) fn keep_off(&mut self, limbs: &Limbs) {
        self.lines.extend(limbs.limbs.iter().map(|limb| [limb.from, limb.to]));
        self.lines.extend(limbs.carried);
        self.dots.push(limbs.w);
        self.dots.extend([limbs.tip, limbs.next, limbs.ghost].into_iter().flatten());
    }

    /// Writes a line into a corner: quiet, and before all names.
    pub(super) fn note(&mut self, text: &str, edge: Edge) {
        let [width, height] = extent(text);
        let (x, y) = match edge {
            Edge::Top => (self.room.x0 + INSET, self.room.y0),
            Edge::Bottom => (self.room.x0 + INSET, self.room.y1 - height),
        };
        let place = Rect::new(x, y, x + width, y + height);
        if place.x1 <= self.room.x1 {
            let (text, ink) = (text.to_owned(), Ink::Text);
            self.placed.push(Placed { text, ink, place, leader: None, since: Phase::Gradient });
        }
    }

    /// Places a name where it costs least; nowhere where there is no room at all, not even for its brief form.
    pub(super) fn place(&mut self, name: Name) {
        if !name.at.iter().all(|x| x.is_finite()) {
            return;
        }
        let texts = [&name.text, &name.brief].into_iter().filter(|text| !text.is_empty());
        let found =
            texts.filter_map(|text| Some((text.clone(), self.free_place(&name, text)?))).next();
        let Some((text, place)) = found else { return };
        let Name { at, gap, ink, since, .. } = name;
        let near = nearest(place, at);
        let leader = (apart(at, near) > LED + gap).then_some([at, near]);
        self.placed.push(Placed { text, ink, place, leader, since });
    }

    /// Where a name costs least, said with this text.
    fn free_place(&self, name: &Name, text: &str) -> Option<Rect> {
        let at = name.at;
        let [width, height] = extent(text);
        let beside = FARTHER.iter().flat_map(|farther| {
            (0..AROUND).map(move |k| {
                let turn = std::f64::consts::TAU * f64::from(k) / f64::from(AROUND);
                (farther + name.gap, [libm::cos(turn), libm::sin(turn)])
            })
        });
        // The name of an arrow stands on it.
        let others: Vec<[[f64; 2]; 2]> = self
            .lines
            .iter()
            .copied()
            .filter(|[from, to]| off_line(at, *from, *to) > 1.0)
            .collect();
        let mut best: Option<(f64, Rect)> = None;
        for (far, direction) in beside {
            let [dx, dy] = direction;
            // The box's own reach in this direction is added, so that its edge is as far away as was said.
            let middle = [at[0] + dx * (far + 0.5 * width), at[1] + dy * (far + 0.5 * height)];
            let place = Rect::from_center_size((middle[0], middle[1]), (width, height));
            let near = nearest(place, at);
            let is_worse = best.is_some_and(|(least, _)| apart(at, near) >= least);
            if is_worse || !self.is_free(place) {
                continue;
            }
            let turned = name
                .rather
                .iter()
                .zip([0.0, 0.5])
                .map(|(rather, later)| later + 1.0 - (rather[0] * dx + rather[1] * dy))
                .fold(f64::INFINITY, f64::min);
            let turned = if name.rather.is_empty() { 0.0 } else { turned };
            let over: f64 = self.lines.iter().map(|line| length_in(place, *line)).sum();
            let crossed =
                others.iter().filter(|[from, to]| cross([at, near], [*from, *to])).count();
            let cost = apart(at, near) + OVER * over + TURNED * turned + CROSSED * crossed as f64;
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, place));
            }
        }
        best.map(|(_, place)| place).or_else(|| self.anywhere(at, [width, height]))
    }

    /// The free place that is nearest, wherever that is.
    fn anywhere(&self, at: [f64; 2], [width, height]: [f64; 2]) -> Option<Rect> {
        const GRID: f64 = 5.0;
        let steps =
            |room: f64| (0..200u8).map(|k| GRID * f64::from(k)).take_while(move |x| *x <= room);
        let places = steps(self.room.height() - height).flat_map(|y| {
            steps(self.room.width() - width).map(move |x| {
                let (x, y) = (self.room.x0 + x, self.room.y0 + y);
                Rect::new(x, y, x + width, y + height)
            })
        });
        let free = places.filter(|place| self.is_free(*place));
        free.min_by(|a, b| distance(*a, at).total_cmp(&distance(*b, at)))
    }

    fn is_free(&self, place: Rect) -> bool {
        let inside = self.room.x0 <= place.x0
            && place.x1 <= self.room.x1
            && self.room.y0 <= place.y0
            && place.y1 <= self.room.y1;
        inside
            && !self.placed.iter().any(|other| meet(other.place.inflate(BETWEEN, BETWEEN), place))
            && !self.dots.iter().any(|dot| distance(place, *dot) < DOT)
    }
}

fn extent(text: &str) -> [f64; 2] {
    let size = f64::from(SIZE);
    [metrics::width(text, Face::Regular, size), LINE * size]
}

/// Whether two boxes have a place in common.
pub(super) fn meet(a: Rect, b: Rect) -> bool {
    a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1
}

/// The place of a box that is nearest to a point.
fn nearest(place: Rect, at: [f64; 2]) -> [f64; 2] {
    [at[0].clamp(place.x0, place.x1), at[1].clamp(place.y0, place.y1)]
}

/// From a point to the nearest place of a box.
fn distance(place: Rect, at: [f64; 2]) -> f64 {
    apart(at, nearest(place, at))
}

/// How far a point is from the line between two others.
fn off_line(at: [f64; 2], from: [f64; 2], to: [f64; 2]) -> f64 {
    let length = apart(from, to);
    let way = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
    let along = (at[0] - from[0]) * way[0] + (at[1] - from[1]) * way[1];
    apart(at, between(from, to, (along / length).clamp(0.0, 1.0)))
}

/// Whether two lines cross.
fn cross([a, b]: [[f64; 2]; 2], [c, d]: [[f64; 2]; 2]) -> bool {
    let side = |from: [f64; 2], to: [f64; 2], at: [f64; 2]| {
        (to[0] - from[0]) * (at[1] - from[1]) - (to[1] - from[1]) * (at[0] - from[0])
    };
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

/// About how much of a line lies in a box, in points.
fn length_in(place: Rect, [from, to]: [[f64; 2]; 2]) -> f64 {
    const PIECES: u8 = 24;
    let inside = |k: &u8| {
        let [x, y] = between(from, to, (f64::from(*k) + 0.5) / f64::from(PIECES));
        place.x0 < x && x < place.x1 && place.y0 < y && y < place.y1
    };
    let count = (0..PIECES).filter(inside).count();
    count as f64 / f64::from(PIECES) * apart(from, to)
}
