//! Which minima may hold a place: those whose regions meet its cell of a grid.
//!
//! Landscapes with hundreds of minima ask for each step of each flow; all regions but one or two are somewhere else.

use crate::analysis::destination::Lowest;
use crate::analysis::flow::Point;
use crate::problem::grid::Window;

/// Cells a side.
const SIDE: usize = 48;

/// The minima of a survey by the cells that their regions meet.
#[derive(Debug, Clone)]
pub(super) struct Lookup {
    area: Window,
    /// How many minima it knows: the first so many.
    known: usize,
    /// By cell, row by row, the numbers of minima in order.
    cells: Vec<Vec<u32>>,
    /// Those that reach out of the area.
    outside: Vec<u32>,
}

impl Lookup {
    /// One that knows nothing.
    pub(super) fn empty(area: Window) -> Self {
        Self { area, known: 0, cells: Vec::new(), outside: Vec::new() }
    }

    /// That of all minima.
    pub(super) fn of(minima: &[Lowest], area: Window) -> Self {
        let mut lookup = Self { cells: vec![Vec::new(); SIDE * SIDE], ..Self::empty(area) };
        for (number, minimum) in (0..).zip(minima) {
            let Some(region) = &minimum.capture else { continue };
            let [low, high] = region.bounds();
            if !(area.contains(low) && area.contains(high)) {
                lookup.outside.push(number);
            }
            let [from, to] = [low, high].map(|at| lookup.cell(at));
            for row in from[1]..=to[1] {
                for column in from[0]..=to[0] {
                    lookup.cells[row * SIDE + column].push(number);
                }
            }
        }
        lookup.known = minima.len();
        lookup
    }

    /// The cell of a place, or the one next to it: the same order as that of coordinates.
    fn cell(&self, at: Point) -> [usize; 2] {
        let edges = [self.area.x, self.area.y];
        [0, 1].map(|k| {
            let [from, to] = edges[k];
            let part = (at[k] - from) / (to - from) * SIDE as f64;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
            let place = part.clamp(0.0, (SIDE - 1) as f64) as usize;
            place
        })
    }

    /// The first of `minima` that holds `at`, where the loss is `loss`.
    pub(super) fn first(&self, minima: &[Lowest], at: Point, loss: f64) -> Option<usize> {
        let near = if self.cells.is_empty() || !self.area.contains(at) {
            &self.outside
        } else {
            let [column, row] = self.cell(at);
            &self.cells[row * SIDE + column]
        };
        let known = near.iter().map(|number| *number as usize);
        let mut all = known.chain(self.known..minima.len());
        all.find(|number| minima[*number].holds(at, loss))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::analysis::survey::Survey;
    use crate::problem::{Formula, Objective, landscapes};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]
        #[test]
        fn it_finds_what_a_search_of_all_finds(
            landscape in 0usize..20,
            places in prop::collection::vec((-0.3f64..1.3, -0.3f64..1.3), 400),
        ) {
            let entry = landscapes::ALL.entries[landscape % landscapes::ALL.entries.len()];
            prop_assume!(entry.id != landscapes::FORMULA);
            let landscape = landscapes::ALL.choose(entry.id).unwrap().build();
            let own = landscape.view().window;
            let objective: Arc<dyn Objective> = Arc::new(Formula(landscape));
            let basins = Survey::of(Arc::clone(&objective), own);
            for (x, y) in places {
                let at = [
                    own.x[0] + x * (own.x[1] - own.x[0]),
                    own.y[0] + y * (own.y[1] - own.y[0]),
                ];
                let (loss, _) = objective.loss_and_slope(at);
                let all = basins.minima().iter().position(|minimum| minimum.holds(at, loss));
                prop_assert_eq!(basins.captured(at, loss), all);
            }
        }
    }
}
