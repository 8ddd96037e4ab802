//! Survey: the isolated minima of a two-weight problem, found on an area of its own.
//!
//! ```text
//! those known in closed form, and, where these are few,
//! the end of gradient flow from every point of a fixed grid that is lower than its eight neighbours
//! ```
//!
//! The area belongs to the problem (a landscape's own box three times as wide), so that no window, zoom or number of
//! pixels has a say. It is worked on in pieces and can be dropped between any two.

use std::sync::Arc;

use super::basins::Basins;
use super::flow::Point;
use crate::problem::Objective;
use crate::problem::grid::{Grid, Plane, Precision, Tile, Window};

/// How much wider than a problem's own box its domain is.
const WIDER: f64 = 3.0;
/// Points of the grid to each side: dips of a twentieth of the area are seen.
const SIDE: usize = 65;
/// A minimum lies within so many cells of the lowest point of the grid near it.
const LEASH: f64 = 2.0;
/// With so many minima known none is named by its shape, and no more need be looked for.
const ENOUGH: usize = 3;
/// Hollows that are flowed from at most, the lowest first.
const MOST: usize = 64;
/// Rows of the grid that are filled in one piece.
const ROWS: usize = 16;

/// A problem's own box made three times as wide, about its centre.
#[must_use]
pub fn thrice(own: Window) -> Window {
    let [cx, cy] = own.centre();
    let [width, height] = own.span().map(|span| 0.5 * WIDER * span);
    Window::new([cx - width, cx + width], [cy - height, cy + height])
}

/// A survey under way.
pub struct Survey {
    basins: Basins,
    own: Window,
    values: Vec<f64>,
    hollows: Option<Vec<Point>>,
}

impl Survey {
    /// A survey for an objective of two weights whose own box is `own`.
    #[must_use]
    pub fn new(objective: Arc<dyn Objective>, own: Window) -> Self {
        let area = thrice(own);
        // A landscape is looked at as far as its domain reaches. What belongs to a fit to data is in its own box, and
        // the domain follows from that.
        let own = if objective.examples() == 0 { area } else { own };
        let known = objective.known_minima();
        let mut basins = Basins::unknown(objective, area);
        for at in known {
            basins.welcome([at[0], at[1]]);
        }
        let hollows = (basins.minima().len() >= ENOUGH).then(Vec::new);
        Self { basins, own, values: Vec::new(), hollows }
    }

    /// The whole survey at once.
    #[must_use]
    pub fn of(objective: Arc<dyn Objective>, own: Window) -> Basins {
        let mut survey = Self::new(objective, own);
        while survey.advance() {}
        survey.finish()
    }

    /// Does one piece of the work; false when none is left.
    pub fn advance(&mut self) -> bool {
        let Some(hollows) = &mut self.hollows else {
            self.fill();
            return true;
        };
        if let Some(at) = hollows.pop() {
            // From within a cell Newton's method finds a minimum that a flow would find too, and sooner.
            let [width, height] = self.own.span();
            let cell = width.max(height) / (SIDE - 1) as f64;
            if self.basins.discover(at, LEASH * cell).is_none() {
                self.basins.flow(at);
            }
            return true;
        }
        false
    }

    /// What was found.
    #[must_use]
    pub fn finish(mut self) -> Basins {
        self.basins.settle();
        self.basins
    }

    fn fill(&mut self) {
        let grid = Grid { window: self.own, columns: SIDE, rows: SIDE };
        let first_row = self.values.len() / SIDE;
        let rows = ROWS.min(SIDE - first_row);
        let mut values = vec![0.0; rows * SIDE];
        let mut tile = Tile { grid, first_row, values: &mut values, precision: Precision::Exact };
        self.basins.objective().fill(&Plane::of_weights(), &mut tile);
        self.values.append(&mut values);
        if self.values.len() == SIDE * SIDE {
            self.hollows = Some(hollows(&self.values, grid));
        }
    }
}

/// The points of the grid that are lower than their eight neighbours, the lowest last.
fn hollows(values: &[f64], grid: Grid) -> Vec<Point> {
    let pixel = |column: usize, row: usize| values[row * SIDE + column];
    let mut found = Vec::new();
    for row in 1..SIDE - 1 {
        for column in 1..SIDE - 1 {
            let here = pixel(column, row);
            // Of two equal neighbours the first counts, so that a minimum half-way between them is not missed.
            let lowest =
                (row - 1..=row + 1).flat_map(|r| (column - 1..=column + 1).map(move |c| (c, r)));
            let lowest = lowest.filter(|at| *at != (column, row)).all(|(c, r)| {
                let before = (r, c) < (row, column);
                if before { here < pixel(c, r) } else { here <= pixel(c, r) }
            });
            if lowest {
                found.push((here, [grid.x(column), grid.y(row)]));
            }
        }
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.truncate(MOST);
    found.into_iter().rev().map(|(_, at)| at).collect()
}
