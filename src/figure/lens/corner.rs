//! The corner of a lens: where it covers least of what its map shows, whatever the step.

use crate::figure::overlays::Extract;
use crate::figure::{Corner, clip};
use crate::problem::grid::Window;

/// So many steps of a route are as good as a minimum, its words, or the start: a route that rattles at one place would
/// outweigh everything else.
const STEPS: usize = 25;

/// A start that is covered cannot be dragged: that is worse than anything else.
const STARTS: usize = 1_000_000;
/// From the edges of the map to the lens, and how far from its middle a start is taken hold of, in points.
const INSET: f64 = 8.0;
const REACH: f64 = 8.0;

/// The corner where a lens of this side covers the fewest steps, minima and words; the upper right one if there is a
/// choice.
///
/// Nothing of it depends on the step shown: a lens keeps its corner for a whole run.
pub(super) fn least_covered(map: &Extract<'_>, side: f64) -> Corner {
    let Window { x, y } = map.window;
    let [side, reach] = [side + INSET / map.points_per_unit, REACH / map.points_per_unit];
    let [left, right] = [[x[0], x[0] + side], [x[1] - side, x[1]]];
    let [lower, upper] = [[y[0], y[0] + side], [y[1] - side, y[1]]];
    let places = [
        (Corner::TopRight, Window::new(right, upper)),
        (Corner::BottomRight, Window::new(right, lower)),
        (Corner::TopLeft, Window::new(left, upper)),
        (Corner::BottomLeft, Window::new(left, lower)),
    ];
    let covered = |place: Window| {
        let over = clip::around(place, 0.05);
        let steps = |places: &[[f64; 2]]| places.iter().filter(|at| over.contains(**at)).count();
        let minima = map.lettering.places.iter().filter(|at| over.contains(**at)).count();
        let words = map.lettering.hidden_by(place);
        let Window { x, y } = place;
        let near = Window::new([x[0] - reach, x[1] + reach], [y[0] - reach, y[1] + reach]);
        let starts = map.drawn_routes().filter_map(|places| places.first());
        let starts = starts.filter(|at| near.contains(**at)).count();
        map.drawn_routes().map(steps).sum::<usize>()
            + STEPS * (minima + words)
            + STARTS * starts.min(1)
    };
    // Of equals the first.
    let fewest = places.iter().min_by_key(|(_, place)| covered(*place));
    fewest.map_or(Corner::TopRight, |(corner, _)| *corner)
}
