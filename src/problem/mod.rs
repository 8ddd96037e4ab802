//! What is minimised.
//!
//! An [`Objective`] is a loss over a space of weights. It comes from a formula in the plane
//! ([`landscapes`], lifted by [`Formula`]) or from data, a model and a loss ([`risk::Risk`]).

use std::ops::Range;

use ndarray::{Array1, Array2, ArrayView1, arr1, arr2};

pub mod batches;
pub mod noise;
pub mod examples;
pub mod points;
pub mod datasets;
pub mod grid;
pub mod flock;
pub mod expression;
pub mod landscapes;
pub mod tally;
pub mod lanes;
pub mod pairs;
pub mod losses;
pub mod models;
pub mod affine;
pub mod risk;
pub mod ridge;

use flock::Herd;
use grid::{Plane, Tile};
use landscapes::Landscape;
use noise::{Dropout, Noise};

/// Which examples a loss is averaged over. A formula has none and ignores it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Batch<'a> {
    /// All of them.
    Whole,
    /// Those with these indices, in this order.
    Members(&'a [usize]),
}

/// A loss over weights `w ∈ R^d`, with its derivatives.
///
/// Implementations sum in a fixed order and take transcendental functions from `libm`, so that the same weights
/// give the same bits on every machine.
pub trait Objective: Send + Sync {
    /// `d`, the number of weights.
    fn dimension(&self) -> usize;

    /// What each weight is called, `d` short names.
    fn weight_names(&self) -> Vec<String>;

    /// How many examples batches are drawn from; zero for a formula.
    fn examples(&self) -> usize;

    /// `L_B(w)`.
    fn loss(&self, w: ArrayView1<'_, f64>, batch: Batch<'_>) -> f64;

    /// `L_B(w)` and `∇L_B(w)`.
    fn loss_and_gradient(&self, w: ArrayView1<'_, f64>, batch: Batch<'_>) -> (f64, Array1<f64>);

    /// `L(w)` and `∇L(w)` on all data, of a two-weight problem: the same numbers, without an array for them.
    fn loss_and_slope(&self, w: [f64; 2]) -> (f64, [f64; 2]) {
        let (loss, gradient) = self.loss_and_gradient(ArrayView1::from(&w), Batch::Whole);
        (loss, [gradient[0], gradient[1]])
    }

    /// The loss that this one adds something to; none where it is whole by itself.
    ///
    /// What is asked of both alike (units to drop, statistics, filters, smoothness) is asked of that one unless said
    /// otherwise, so that a new question cannot be forgotten by whoever only adds a term.
    fn within(&self) -> Option<&dyn Objective> {
        None
    }

    /// λ of a penalty `½ λ ‖w‖²` that is part of the loss; zero where there is none.
    fn penalty(&self) -> f64 {
        self.within().map_or(0.0, |inner| inner.penalty())
    }

    /// What a training step drops at random; none where the loss has no such units.
    fn dropout(&self) -> Option<Dropout> {
        self.within().and_then(|inner| inner.dropout())
    }

    /// `L_B(w)` and `∇L_B(w)` as a training step sees them, without the units that `noise` drops.
    fn training_pass(
        &self,
        w: ArrayView1<'_, f64>,
        batch: Batch<'_>,
        noise: &Noise,
    ) -> (f64, Array1<f64>) {
        let _ = noise;
        self.loss_and_gradient(w, batch)
    }

    /// The means of all normalised units over a batch, then their variances; empty where none is normalised.
    fn statistics(&self, w: ArrayView1<'_, f64>, batch: Batch<'_>, noise: &Noise) -> Vec<f64> {
        self.within().map_or_else(Vec::new, |inner| inner.statistics(w, batch, noise))
    }

    /// `L(w)` on all examples as seen after training, with `statistics` in place of the examples' own.
    fn deployed_loss(&self, w: ArrayView1<'_, f64>, statistics: &[f64]) -> f64 {
        let _ = statistics;
        self.loss(w, Batch::Whole)
    }

    /// `∇²L(w)` on all examples, a symmetric d×d matrix.
    fn hessian(&self, w: ArrayView1<'_, f64>) -> Array2<f64>;

    /// `∇²L(w)` on all examples at `w`, of two weights.
    fn hessian_at(&self, w: [f64; 2]) -> [[f64; 2]; 2] {
        let h = self.hessian(ArrayView1::from(&w));
        [0, 1].map(|i| [0, 1].map(|j| h[[i, j]]))
    }

    /// `∇²L(w) v` on all examples.
    fn hessian_times(&self, w: ArrayView1<'_, f64>, v: ArrayView1<'_, f64>) -> Array1<f64> {
        self.hessian(w).dot(&v)
    }

    /// The weights that act together, each a unit's own: what filter normalization measures by. Weights in none of
    /// them, such as a network's biases, are left where they are by random directions.
    fn filters(&self) -> Vec<Range<usize>> {
        let whole = || std::iter::once(0..self.dimension()).collect();
        self.within().map_or_else(whole, |inner| inner.filters())
    }

    /// Whether the loss has derivatives at `w`: the tip of a cone is a minimum, but has no curvature.
    fn is_smooth_at(&self, w: ArrayView1<'_, f64>) -> bool {
        self.within().is_none_or(|inner| inner.is_smooth_at(w))
    }

    /// The minima that are known in closed form; empty when none is.
    fn known_minima(&self) -> Vec<Array1<f64>> {
        Vec::new()
    }

    /// Writes `∇L` at many points of a two-weight problem, coordinate by coordinate: the bulk entry point of basins.
    fn gradients(&self, at: &[Vec<f64>; 2], slope: &mut [Vec<f64>; 2]) {
        let [slope_x, slope_y] = slope;
        let points = std::iter::zip(&at[0], &at[1]);
        for ((x, y), slope) in points.zip(std::iter::zip(slope_x, slope_y)) {
            let (_, gradient) = self.loss_and_gradient(ArrayView1::from(&[*x, *y]), Batch::Whole);
            (*slope.0, *slope.1) = (gradient[0], gradient[1]);
        }
    }

    /// Descent in `f32` lanes from many starts of a two-weight problem; none where its gradient is not written for lanes.
    fn herd(&self) -> Option<&dyn Herd> {
        None
    }

    /// Whether the loss is smooth and costly: an analytic function of the weights that costs so much that a field
    /// interpolates between pixels where it can.
    fn is_analytic_and_dear(&self) -> bool {
        self.within().is_some_and(|inner| inner.is_analytic_and_dear())
    }

    /// Writes the loss on the pixels of `tile` of a plane through weight space: the bulk entry point of fields.
    ///
    /// A fast override may round like `f32` when the tile asks for [`grid::Precision::Fast`]; this default does not.
    fn fill(&self, plane: &Plane, tile: &mut Tile<'_>) {
        tile.each(|a, b| self.loss(plane.at(a, b).view(), Batch::Whole));
    }
}

/// A formula in the plane, as an objective over two weights.
pub struct Formula(pub Box<dyn Landscape>);

impl Objective for Formula {
    fn dimension(&self) -> usize {
        2
    }

    fn weight_names(&self) -> Vec<String> {
        self.0.axes().map(str::to_owned).to_vec()
    }

    fn examples(&self) -> usize {
        0
    }

    fn loss(&self, w: ArrayView1<'_, f64>, _: Batch<'_>) -> f64 {
        self.0.value(w[0], w[1])
    }

    fn loss_and_gradient(&self, w: ArrayView1<'_, f64>, _: Batch<'_>) -> (f64, Array1<f64>) {
        let (loss, gradient) = self.0.value_and_gradient(w[0], w[1]);
        (loss, arr1(&gradient))
    }

    fn loss_and_slope(&self, [x, y]: [f64; 2]) -> (f64, [f64; 2]) {
        self.0.value_and_gradient(x, y)
    }

    fn hessian(&self, w: ArrayView1<'_, f64>) -> Array2<f64> {
        arr2(&self.0.hessian(w[0], w[1]))
    }

    fn hessian_at(&self, [x, y]: [f64; 2]) -> [[f64; 2]; 2] {
        self.0.hessian(x, y)
    }

    fn gradients(&self, at: &[Vec<f64>; 2], slope: &mut [Vec<f64>; 2]) {
        self.0.gradients(at, slope);
    }

    fn herd(&self) -> Option<&dyn Herd> {
        self.0.herd()
    }

    fn is_smooth_at(&self, w: ArrayView1<'_, f64>) -> bool {
        self.0.is_smooth_at(w[0], w[1])
    }

    fn known_minima(&self) -> Vec<Array1<f64>> {
        self.0.minima().iter().map(|at| arr1(at)).collect()
    }

    fn fill(&self, plane: &Plane, tile: &mut Tile<'_>) {
        if plane.is_the_weight_plane() {
            tile.rows(|x, y, values| self.0.row(x, y, values));
        } else {
            tile.each(|a, b| {
                let w = plane.at(a, b);
                self.0.value(w[0], w[1])
            });
        }
    }
}
