//! Lines laid over a surface, and what of them is seen.

use super::Surface;
use crate::figure::clip;

/// A piece of a line on a surface, as it is seen in the plane of the camera.
#[derive(Debug, Clone, PartialEq)]
pub struct Stretch {
    /// Where it goes.
    pub points: Vec<[f64; 2]>,
    /// Whether something stands before it.
    pub is_hidden: bool,
    /// Whether it lies on the ground of a hole.
    pub is_in_hole: bool,
}

/// Corners of a draped line, in cells: between two of them it is straight.
const STRIDE: f64 = 0.7;
/// Halvings of a piece between what is seen of a line and what is hidden: they leave a hundredth of a cell.
const HALVINGS: usize = 6;
/// A line has no more corners than this between two places.
const MOST: f64 = 400.0;

impl Surface {
    /// A line of the map laid over the surface, in pieces that are seen or hidden whole.
    #[must_use]
    pub fn draped(&self, points: &[[f64; 2]]) -> Vec<Stretch> {
        let parts = clip::path(self.window, points.iter().copied());
        parts.iter().flat_map(|part| self.draped_inside(part)).collect()
    }

    fn draped_inside(&self, points: &[[f64; 2]]) -> Vec<Stretch> {
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut before = None;
        let places = self.strides(points);
        let hidden = self.hidden(&places);
        for (at, is_hidden) in places.into_iter().zip(hidden) {
            let is_in_hole = self.height(at).is_none();
            let seen = self.project(at);
            match stretches.last_mut() {
                // Between the ground of a hole and the surface there is no line.
                Some(last) if last.is_in_hole == is_in_hole => {
                    if last.is_hidden == is_hidden {
                        last.points.push(seen);
                    } else {
                        let from = before.unwrap_or(at);
                        let turns = self.project(self.turning(from, at));
                        last.points.push(turns);
                        let points = vec![turns, seen];
                        stretches.push(Stretch { points, is_hidden, is_in_hole });
                    }
                }
                Some(_) | None => {
                    stretches.push(Stretch { points: vec![seen], is_hidden, is_in_hole });
                }
            }
            before = Some(at);
        }
        stretches.retain(|stretch| stretch.points.len() > 1);
        stretches
    }

    /// Which of these places of a line are hidden. Where they are close to each other, those between two that are alike are
    /// as these are.
    fn hidden(&self, places: &[[f64; 2]]) -> Vec<bool> {
        let is_hidden = |at: &[f64; 2]| !self.shows(*at);
        let mut hidden: Vec<bool> = places.first().map(is_hidden).into_iter().collect();
        while let Some(rest) = places.get(hidden.len()..).filter(|rest| !rest.is_empty()) {
            let from = places[hidden.len() - 1];
            let is_near = |to: &&[f64; 2]| {
                let [across, up] = self.cells_along([to[0] - from[0], to[1] - from[1]]);
                across.hypot(up) <= STRIDE
            };
            let count = rest.iter().take_while(is_near).count().max(1);
            let (last, now) = (hidden[hidden.len() - 1], is_hidden(&rest[count - 1]));
            if now == last {
                hidden.resize(hidden.len() + count, now);
            } else {
                hidden.extend(rest[..count - 1].iter().map(is_hidden));
                hidden.push(now);
            }
        }
        hidden
    }

    /// The places of a line, and more between those that are far apart.
    fn strides(&self, points: &[[f64; 2]]) -> Vec<[f64; 2]> {
        let mut all: Vec<[f64; 2]> = points.first().copied().into_iter().collect();
        for ends in points.windows(2) {
            let way = [ends[1][0] - ends[0][0], ends[1][1] - ends[0][1]];
            let [across, up] = self.cells_along(way);
            let count = (across.hypot(up) / STRIDE).ceil().clamp(1.0, MOST);
            let mut k = 1.0;
            while k < count {
                all.push([0, 1].map(|axis| ends[0][axis] + k / count * way[axis]));
                k += 1.0;
            }
            all.push(ends[1]);
        }
        all
    }

    /// The last place on the way from one place to another that is hidden, or seen, as the first is.
    fn turning(&self, mut from: [f64; 2], mut to: [f64; 2]) -> [f64; 2] {
        let first = self.shows(from);
        for _ in 0..HALVINGS {
            let middle = [0, 1].map(|k| f64::midpoint(from[k], to[k]));
            if self.shows(middle) == first {
                from = middle;
            } else {
                to = middle;
            }
        }
        from
    }
}
