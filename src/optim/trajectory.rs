//! What a run leaves behind: every step, with everything it saw.
//!
//! Row `k` is the state after `k` steps together with the step that leaves it; row 0 is the start.
//! Every step is kept: an even stride would freeze SAM's bounce into a still point.

use ndarray::{Array1, Array2, ArrayView1};

use super::ending::Ending;

/// All rows of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Trajectory {
    /// How many weights there are.
    pub dimension: usize,
    weights: Vec<f64>,
    gradients: Vec<f64>,
    epsilons: Vec<f64>,
    gradients_there: Vec<f64>,
    statistics: Vec<f64>,
    numbers: Vec<Numbers>,
    /// How it ended.
    pub ending: Ending,
}

/// The numbers of one row.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Numbers {
    /// The learning rate η of the step that leaves this row.
    pub eta: f64,
    /// The radius ρ of that step's ball.
    pub rho: f64,
    /// Gradients that the optimizer needed before this row was reached.
    pub gradients: usize,
    /// `L(w)` on all training data.
    pub loss: f64,
    /// The loss on the data that were set aside, when some were.
    pub test_loss: Option<f64>,
    /// `L_B(w)` on the step's batch.
    pub batch_loss: f64,
    /// `L_B(w + ε)`.
    pub adversarial_loss: f64,
    /// `‖g‖₂`.
    pub gradient_norm: f64,
    /// `ρ‖g‖_q`, the sharpness proxy; `ρ‖Tg‖_q` where the ascent looks around in a stretched ball.
    pub proxy: f64,
}

impl Numbers {
    /// The SAM gap, `L_B(w + ε) − L_B(w)`.
    #[must_use]
    pub fn gap(&self) -> f64 {
        self.adversarial_loss - self.batch_loss
    }
}

/// One row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row<'a> {
    /// `w`.
    pub w: ArrayView1<'a, f64>,
    /// `g = ∇L_B(w)`.
    pub gradient: ArrayView1<'a, f64>,
    /// The perturbation ε; zero where there was none.
    pub epsilon: ArrayView1<'a, f64>,
    /// `∇L_B(w + ε)`; equal to `g` where ε is zero.
    pub gradient_there: ArrayView1<'a, f64>,
    /// The running means of all normalised units, then their variances; empty where none is normalised.
    pub statistics: ArrayView1<'a, f64>,
    /// Its numbers.
    pub numbers: Numbers,
}

impl Trajectory {
    /// A run without a row, over so many weights.
    #[must_use]
    pub fn empty(dimension: usize) -> Self {
        Self::with_room(dimension, 0)
    }

    /// A run without a row, over so many weights, that is expected to grow to so many rows.
    #[must_use]
    pub fn with_room(dimension: usize, rows: usize) -> Self {
        // A run of many weights may end long before its last step: it starts with little and grows.
        let room = || Vec::with_capacity((dimension * rows).min(ROOM));
        Self {
            dimension,
            weights: room(),
            gradients: room(),
            epsilons: room(),
            gradients_there: room(),
            statistics: Vec::new(),
            numbers: Vec::with_capacity(rows.min(ROOM)),
            ending: Ending::Moving,
        }
    }

    /// Adds a row.
    pub fn push(&mut self, row: Row<'_>) {
        append(&mut self.weights, row.w);
        append(&mut self.gradients, row.gradient);
        append(&mut self.epsilons, row.epsilon);
        append(&mut self.gradients_there, row.gradient_there);
        append(&mut self.statistics, row.statistics);
        self.numbers.push(row.numbers);
    }

    /// How many rows there are: steps made, and one.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.numbers.len()
    }

    /// The last step that was made.
    #[must_use]
    pub fn last_step(&self) -> usize {
        self.rows().saturating_sub(1)
    }

    /// Row `step`, if the run got there.
    #[must_use]
    pub fn row(&self, step: usize) -> Option<Row<'_>> {
        let numbers = *self.numbers.get(step)?;
        Some(Row {
            w: self.part(&self.weights, step),
            gradient: self.part(&self.gradients, step),
            epsilon: self.part(&self.epsilons, step),
            gradient_there: self.part(&self.gradients_there, step),
            statistics: part_of(&self.statistics, step, self.statistics.len() / self.rows()),
            numbers,
        })
    }

    /// The row shown at `step`: that one, or the last of a run that ended before.
    #[must_use]
    pub fn row_at_most(&self, step: usize) -> Option<Row<'_>> {
        self.row(step.min(self.last_step()))
    }

    /// Every row in order.
    pub fn iter(&self) -> impl Iterator<Item = Row<'_>> + '_ {
        (0..self.rows()).filter_map(|step| self.row(step))
    }

    /// The weights of every row.
    pub fn points(
        &self,
    ) -> impl DoubleEndedIterator<Item = ArrayView1<'_, f64>> + ExactSizeIterator + '_ {
        (0..self.rows()).map(|step| self.part(&self.weights, step))
    }

    /// The weights of every row as a matrix, rows × weights.
    #[must_use]
    pub fn weights(&self) -> Array2<f64> {
        Array2::from_shape_fn((self.rows(), self.dimension), |(row, k)| {
            self.weights[row * self.dimension + k]
        })
    }

    /// The last weights.
    #[must_use]
    pub fn end(&self) -> Option<Array1<f64>> {
        self.row(self.last_step()).map(|row| row.w.to_owned())
    }

    fn part<'a>(&self, all: &'a [f64], step: usize) -> ArrayView1<'a, f64> {
        part_of(all, step, self.dimension)
    }
}

fn part_of(all: &[f64], step: usize, size: usize) -> ArrayView1<'_, f64> {
    ArrayView1::from(&all[step * size..(step + 1) * size])
}

/// Numbers of each kind for which a run has room before it starts.
const ROOM: usize = 1 << 14;

fn append(all: &mut Vec<f64>, row: ArrayView1<'_, f64>) {
    match row.as_slice() {
        Some(row) => all.extend_from_slice(row),
        None => all.extend(row),
    }
}
