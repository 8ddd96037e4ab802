//! A field on its way: the pixels there are to compute, in pieces that can be dropped at any moment.

use std::ops::Range;
use std::sync::Arc;

use rayon::iter::{IndexedParallelIterator as _, IntoParallelIterator as _, ParallelIterator as _};

use super::patch::{Patch, Piece, taken};
use super::{Field, lattice};
use crate::problem::Objective;
use crate::problem::grid::{Grid, Plane, Precision, Tile, Window};

/// A field under way, dropped at any moment.
pub struct FieldWork {
    objective: Arc<dyn Objective>,
    plane: Plane,
    filling: Filling,
}

impl FieldWork {
    /// A field of which no pixel is computed yet.
    #[must_use]
    pub fn new(
        objective: Arc<dyn Objective>,
        plane: Plane,
        grid: Grid,
        precision: Precision,
    ) -> Self {
        let filling = Filling::new(&*objective, grid, precision);
        Self { objective, plane, filling }
    }

    /// Computes as many pixels as `rows` more rows have, on all cores; false when the field is complete.
    pub fn advance(&mut self, rows: usize) -> bool {
        self.filling.advance(&*self.objective, &self.plane, rows)
    }

    /// How much of the field is done, from 0 to 1.
    #[must_use]
    pub fn progress(&self) -> f64 {
        self.filling.progress()
    }

    /// The field; pixels that were not reached are not numbers.
    #[must_use]
    pub fn finish(self) -> Field {
        self.filling.finish()
    }
}

/// The same, without what is minimised.
pub(super) struct Filling {
    field: Field,
    precision: Precision,
    stage: Stage,
}

enum Stage {
    /// A few rows of nodes are being computed, to tell whether all are worth it.
    Scouting(Box<Filling>),
    /// The nodes are being computed, a field themselves.
    Nodes(Box<Filling>),
    /// A pixel in the middle of each block is being computed, to prove what follows from the nodes.
    Probing(Field, Box<Filling>),
    /// What is left is computed pixel by pixel.
    Patches(Vec<Patch>),
}

/// Grids with fewer pixels along a side are computed pixel by pixel.
const LEAST: usize = 128;
/// Rows that are looked at before the nodes are.
const SCOUTS: usize = 4;
/// The part of them that must be smooth: with fewer, nodes and what is in doubt cost as much as all pixels.
const SMOOTH: f64 = 0.4;
/// What the nodes are of the way, in time.
const WAY: f64 = 0.7;

impl Filling {
    pub(super) fn new(objective: &dyn Objective, grid: Grid, precision: Precision) -> Self {
        // An interpolated pixel is good to a tenth of a millionth: not enough where exactness is asked for.
        let is_worth_it = precision == Precision::Fast
            && grid.columns.min(grid.rows) >= LEAST
            && objective.is_analytic_and_dear();
        let mut filling = Self::pixel_by_pixel(grid, precision);
        if is_worth_it {
            filling.stage =
                Stage::Scouting(Box::new(Self::pixel_by_pixel(scouts(grid), precision)));
        }
        filling
    }

    fn pixel_by_pixel(grid: Grid, precision: Precision) -> Self {
        let stage = Stage::Patches(vec![Patch::whole(grid)]);
        Self { field: Field::blank(grid), precision, stage }
    }

    /// Computes as many pixels as `rows` more rows have, on all cores; false when the field is complete.
    pub(super) fn advance(
        &mut self,
        objective: &dyn Objective,
        plane: &Plane,
        rows: usize,
    ) -> bool {
        let grid = self.field.grid;
        match &mut self.stage {
            Stage::Scouting(scouts) => {
                if !scouts.advance(objective, plane, rows) {
                    self.stage = if lattice::smooth_part(&scouts.field) < SMOOTH {
                        Stage::Patches(vec![Patch::whole(grid)])
                    } else {
                        let nodes = Self::new(objective, lattice::under(grid), self.precision);
                        Stage::Nodes(Box::new(nodes))
                    };
                }
                true
            }
            Stage::Nodes(nodes) => {
                if !nodes.advance(objective, plane, rows) {
                    let probes = Self::pixel_by_pixel(probes(grid), self.precision);
                    let nodes =
                        std::mem::replace(&mut nodes.field, Field::blank(probes.field.grid));
                    self.stage = Stage::Probing(nodes, Box::new(probes));
                }
                true
            }
            Stage::Probing(nodes, probes) => {
                if !probes.advance(objective, plane, rows) {
                    self.field.values = lattice::interpolate(nodes, grid);
                    let met = met(&self.field, &probes.field);
                    let verdicts = lattice::judge(nodes, grid).into_iter().zip(met);
                    let patches = doubtful(grid, verdicts.map(|(judged, met)| judged && met));
                    for patch in &patches {
                        let rows = 0..patch.grid.rows;
                        let places = rows.flat_map(|row| patch.places(row, grid.columns));
                        places.for_each(|place| self.field.values[place] = f64::NAN);
                    }
                    self.stage = Stage::Patches(patches);
                }
                true
            }
            Stage::Patches(patches) => {
                let pixels = rows * grid.columns;
                let pieces = taken(patches, pixels);
                let precision = self.precision;
                let computed: Vec<(Piece, Vec<f64>)> = pieces
                    .into_par_iter()
                    .with_max_len(1)
                    .map(|piece| {
                        let Piece { patch, rows } = &piece;
                        let mut values = vec![f64::NAN; rows.len() * patch.grid.columns];
                        let (grid, first_row) = (patch.grid, rows.start);
                        let tile = &mut Tile { grid, first_row, values: &mut values, precision };
                        objective.fill(plane, tile);
                        (piece, values)
                    })
                    .collect();
                for (Piece { patch, rows }, values) in computed {
                    for (row, values) in rows.zip(values.chunks_exact(patch.grid.columns)) {
                        for (place, value) in patch.places(row, grid.columns).zip(values) {
                            self.field.values[place] = *value;
                        }
                    }
                }
                !patches.is_empty()
            }
        }
    }

    pub(super) fn progress(&self) -> f64 {
        let pixels = self.field.values.len() as f64;
        match &self.stage {
            Stage::Scouting(_) => 0.0,
            Stage::Nodes(nodes) => WAY * nodes.progress(),
            Stage::Probing(..) => WAY,
            Stage::Patches(patches) => {
                1.0 - patches.iter().map(Patch::pixels).sum::<usize>() as f64 / pixels
            }
        }
    }

    pub(super) fn finish(self) -> Field {
        self.field
    }
}

/// What a probe may be missed by: `f32` roundings and a tenth of a millionth.
const MISS: f64 = 5e-7;

/// A few rows of nodes, from edge to edge.
fn scouts(grid: Grid) -> Grid {
    let under = lattice::under(grid);
    let window = Window::new(under.window.x, grid.window.y);
    Grid::new(window, under.columns, SCOUTS)
}

/// The place of the pixel in the middle of a block, by its number along an axis.
fn middle(block: usize) -> usize {
    block * lattice::BLOCK + lattice::BLOCK / 2 + 1
}

/// A pixel in the middle of each block.
fn probes(grid: Grid) -> Grid {
    let [columns, rows] = [grid.columns, grid.rows].map(|pixels| lattice::blocks(pixels).len());
    let window = Window::new(
        [grid.x(middle(0)), grid.x(middle(columns - 1))],
        [grid.y(middle(0)), grid.y(middle(rows - 1))],
    );
    Grid { window, columns, rows }
}

/// Whether the probe of each block is met by what was interpolated there.
fn met(field: &Field, probes: &Field) -> Vec<bool> {
    let columns = probes.grid.columns;
    let met = |(k, exact): (usize, &f64)| {
        let pixel = field.pixel(middle(k % columns), middle(k / columns));
        (pixel - exact).abs() <= MISS * exact.abs()
    };
    probes.values.iter().enumerate().map(met).collect()
}

/// What cannot be interpolated, given whether each block can: neighbouring blocks of a row together.
fn doubtful(grid: Grid, mut verdicts: impl Iterator<Item = bool>) -> Vec<Patch> {
    let mut patches = Vec::new();
    for rows in lattice::blocks(grid.rows) {
        let mut runs: Vec<Range<usize>> = Vec::new();
        for columns in lattice::blocks(grid.columns) {
            if verdicts.next() == Some(true) {
                continue;
            }
            match runs.last_mut() {
                Some(run) if run.end == columns.start => run.end = columns.end,
                Some(_) | None => runs.push(columns),
            }
        }
        patches.extend(runs.iter().flat_map(|columns| Patch::around_nodes(grid, columns, &rows)));
    }
    patches
}

#[cfg(test)]
mod tests {
    use ndarray::Array1;
    use proptest::prelude::*;

    use super::*;
    use crate::math::random::Streams;
    use crate::problem::risk::Risk;
    use crate::problem::{Batch, datasets, losses, models};

    const ACTIVATION: [f64; 3] = [0.0, 1.0, 2.0];
    const RELU: f64 = 1.0;

    fn network(layers: f64, activation: f64, normalization: f64) -> Risk {
        let data = datasets::ALL.choose("moons").unwrap().with("points", 60.0).unwrap().build();
        let sample = data.sample(&mut Streams::new(1).dataset());
        let mut model = models::ALL.choose("network").unwrap();
        let settings = [
            ("layers", layers),
            ("units", 5.0),
            ("activation", activation),
            ("normalization", normalization),
        ];
        for (key, value) in settings {
            model = model.with(key, value).unwrap();
        }
        Risk::new(sample, model.build(), losses::ALL.choose("cross_entropy").unwrap().build())
    }

    fn plane(risk: &Risk, seed: u64) -> Plane {
        let [origin, along, across] =
            [0, 1, 2].map(|k| risk.model.start(2, &mut Streams::new(seed + k).weights()));
        Plane { origin: origin * 2.0, along, across }
    }

    fn square(reach: f64) -> Grid {
        let window = Window::new([-reach, 1.2 * reach], [-0.7 * reach, reach]);
        Grid { window, columns: 139, rows: 130 }
    }

    /// The part of the field that was computed pixel by pixel, were it asked for.
    fn direct_part(risk: &Risk, plane: &Plane, grid: Grid) -> f64 {
        let mut filling = Filling::new(risk, grid, Precision::Fast);
        while !matches!(filling.stage, Stage::Patches(_)) {
            filling.advance(risk, plane, 1000);
        }
        1.0 - filling.progress()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn pixels_that_follow_from_others_are_the_loss(
            layers in 1u8..4, kind in 0usize..3, normalization in 0u8..2, seed in 0u64..999,
            reach in prop_oneof![Just(0.2), Just(0.6), Just(1.5), Just(3.0), Just(20.0)],
        ) {
            let risk = network(f64::from(layers), ACTIVATION[kind], f64::from(normalization));
            let (plane, grid) = (plane(&risk, seed), square(reach));
            let field = Field::compute(&risk, &plane, grid, Precision::Fast);
            for place in (0..field.values.len()).step_by(37) {
                let w: Array1<f64> = plane.at(grid.x(place % 139), grid.y(place / 139));
                let exact = risk.loss(w.view(), Batch::Whole);
                let apart = (field.values[place] - exact).abs() / (1.0 + exact);
                prop_assert!(apart <= 1e-6, "{apart:e} of {exact} at {place}");
            }
        }
    }

    #[test]
    fn a_field_that_follows_from_nodes_is_the_same_in_pieces_of_any_size() {
        let risk = Arc::new(network(2.0, 0.0, 0.0));
        let (plane, grid) = (plane(&risk, 5), square(2.0));
        let part = direct_part(&risk, &plane, grid);
        assert!(0.05 < part && part < 0.95, "both kinds of pixels: {part}");
        let whole = Field::compute(&*risk, &plane, grid, Precision::Fast);
        for rows in [1, 7, 64] {
            let objective: Arc<dyn Objective> = Arc::<Risk>::clone(&risk);
            let mut work = FieldWork::new(objective, plane.clone(), grid, Precision::Fast);
            let mut progress = 0.0;
            while work.advance(rows) {
                assert!(work.progress() >= progress && work.progress() <= 1.0);
                progress = work.progress();
            }
            assert_eq!(work.finish(), whole, "{rows} rows at a time");
        }
    }

    #[test]
    fn smooth_fields_are_interpolated_and_kinked_or_exact_ones_are_not() {
        let smooth = network(2.0, 0.0, 0.0);
        let near = square(0.2);
        assert!(direct_part(&smooth, &plane(&smooth, 5), near) < 0.1);
        let kinked = network(2.0, RELU, 0.0);
        assert!(matches!(Filling::new(&kinked, near, Precision::Fast).stage, Stage::Patches(_)));
        assert!(matches!(Filling::new(&smooth, near, Precision::Exact).stage, Stage::Patches(_)));
        // So far out that nearly every pixel is a cliff, nodes are not worth it.
        assert!(direct_part(&smooth, &plane(&smooth, 5), square(20.0)) == 1.0);
    }
}
