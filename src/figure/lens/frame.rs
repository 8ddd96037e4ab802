//! What a lens shows and at which scale: the ball at 60 points or more across, in the middle.

use super::{Stride, ball, block};
use crate::figure::picture::{Picture, Sight};
use crate::problem::grid::Window;

/// The side of a lens in a corner: a part of the map's shorter side, in points from the first to the second number.
const PART: f64 = 0.44;
const SIDES: [f64; 2] = [144.0, 264.0];
/// A lens that takes more than this part of either side of its map would be all that is seen of it.
const MOST: f64 = 0.7;
/// The radius of the ball in parts of the lens' shorter side: 108 points wide in the smallest.
const RADIUS: f64 = 0.375;
/// The least height and width that a lens over the whole map may be left, in points.
const LEAST: f64 = 96.0;
/// Beyond this power the weights have no digits left for the ground in the lens.
const MOST_POWER: f64 = 1e7;
/// The reach of a lens is no less than this part of the weights, for the same reason.
const DIGITS: f64 = 1e-11;

/// What a lens shows, and how large.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glass {
    /// Its width and height in points.
    pub size: [f64; 2],
    /// Where the weights are, in the middle of it.
    pub centre: [f64; 2],
    /// Points of the lens a unit of the map.
    pub unit: f64,
}

impl Glass {
    /// The lens of run number `run`; none where there is no room for one, or nothing to be seen.
    #[must_use]
    pub fn of(picture: &Picture<'_>, run: usize) -> Option<Self> {
        let stride = Stride::of(picture, run)?;
        let size = size(picture, run)?;
        let centre = picture.place(stride.row.w);
        let reach = reach(picture, &stride)?;
        let unit = RADIUS * size[0].min(size[1]) / reach;
        let power = unit / picture.scale();
        let far = centre[0].abs().max(centre[1].abs());
        let has_digits =
            reach >= DIGITS * far && power <= MOST_POWER && power.recip() <= MOST_POWER;
        (has_digits && unit.is_finite()).then_some(Self { size, centre, unit })
    }

    /// What it shows.
    #[must_use]
    pub fn window(&self) -> Window {
        let edges = |k: usize| {
            let half = self.size[k] / (2.0 * self.unit);
            [self.centre[k] - half, self.centre[k] + half]
        };
        Window::new(edges(0), edges(1))
    }

    /// Where data lie, in points from its upper left corner.
    #[must_use]
    pub fn point(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let [width, height] = self.size;
        let [a, b] = self.centre;
        [0.5 * width + (x - a) * self.unit, 0.5 * height - (y - b) * self.unit]
    }

    /// The data at a point.
    #[must_use]
    pub fn data(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let [width, height] = self.size;
        let [a, b] = self.centre;
        [a + (x - 0.5 * width) / self.unit, b - (y - 0.5 * height) / self.unit]
    }
}

/// How large a lens is, in points.
fn size(picture: &Picture<'_>, run: usize) -> Option<[f64; 2]> {
    let map = picture.look.window.span().map(|span| span * picture.scale());
    match picture.look.lens {
        Sight::Hidden => None,
        Sight::WhereItCoversLeast | Sight::In(_) => {
            let shorter = map[0].min(map[1]);
            let side = (PART * shorter).clamp(SIDES[0], SIDES[1]).round();
            (side <= MOST * shorter).then_some([side, side])
        }
        Sight::Whole => {
            let [width, height] = map;
            let left = height - block::height(picture, run, width);
            // Where the formulas have no room beside it, the step has the whole map.
            let tall = if left >= LEAST { left } else { height };
            (width >= LEAST && tall >= LEAST).then_some([width, tall])
        }
    }
}

/// How far from the weights there is something to be seen: the radius of the ball, of that of the first run that has
/// one, or where no run has one the length of the step.
fn reach(picture: &Picture<'_>, stride: &Stride<'_>) -> Option<f64> {
    /// Corners that tell how wide a ball is.
    const FEW: usize = 16;
    let radius = |run: usize| {
        let row = picture.row(run)?;
        let outline = picture.ball_around(run, &row, FEW)?;
        Some(0.5 * ball::width(&outline)).filter(|radius| *radius > 0.0)
    };
    let own = stride.spec.perturbs().then(|| radius(stride.run)).flatten();
    let lent = || picture.runs().into_iter().find_map(radius);
    let step = || {
        let [epsilon, update] = [
            stride.vectors.map(|step| step.epsilon.view()).map(|by| picture.length_on_map(by)),
            stride.update().map(|by| picture.length_on_map(by.view())),
        ];
        epsilon.filter(|epsilon| *epsilon > 0.0).or(update)
    };
    own.or_else(lent).or_else(step).filter(|reach| reach.is_finite() && *reach > 0.0)
}
