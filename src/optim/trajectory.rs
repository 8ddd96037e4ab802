//! What a run leaves behind: the weights after every step, and the numbers of the step that leaves them.
//!
//! Row `k` is the state after `k` steps; row 0 is the start. Every step is kept: an even stride would freeze SAM's bounce
//! into a still point. The vectors of a step (g, ε, `∇L_B(w + ε)`) are not kept: a run repeats exactly, so
//! [`replay`](super::replay) and [`recall`](super::recall) find them again.

use ndarray::{Array1, Array2, ArrayView1};

use super::rows::Rows;

/// All rows of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Trajectory {
    /// How many weights there are.
    pub dimension: usize,
    weights: Rows<f64>,
    /// Made with the first row, which says how long they are.
    statistics: Option<Rows<f64>>,
    numbers: Rows<Numbers>,
    rows: usize,
    expected: usize,
    /// The start, of a run without a row: not all that its first step sees is finite.
    pub unfollowed: Option<Array1<f64>>,
    /// How it ended.
    pub ending: Ending,
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Ending {
    /// It rests.
    Converged {
        /// The first step from which on it stayed within a millionth of the size of its weights.
        at_step: usize,
    },
    /// It visits the same `period` points for ever.
    Cycle {
        /// How many points, two or more.
        period: usize,
        /// The largest distance of one of them from their mean.
        amplitude: f64,
    },
    /// Its loss or weights grew beyond a bound, or stopped being finite.
    Diverged {
        /// The last step that was recorded: whatever followed was not finite, or not asked for.
        at_step: usize,
    },
    /// None of these within the steps that were asked for.
    Moving,
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
    /// `‖g_s‖₂`, the gradient's length at the perturbed weights.
    pub adversarial_gradient_norm: f64,
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
        Self {
            dimension,
            weights: Rows::new(dimension, rows),
            statistics: None,
            numbers: Rows::new(1, rows),
            rows: 0,
            expected: rows,
            unfollowed: None,
            ending: Ending::Moving,
        }
    }

    /// Adds a row.
    pub fn push(&mut self, row: Row<'_>) {
        append(&mut self.weights, row.w);
        let new = || Rows::new(row.statistics.len(), self.expected);
        append(self.statistics.get_or_insert_with(new), row.statistics);
        self.numbers.push([row.numbers]);
        self.rows += 1;
    }

    /// How many rows there are: steps made, and one.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The last step that was made.
    #[must_use]
    pub fn last_step(&self) -> usize {
        self.rows().saturating_sub(1)
    }

    /// Row `step`, if the run got there.
    #[must_use]
    pub fn row(&self, step: usize) -> Option<Row<'_>> {
        let numbers = *self.numbers.get(step).first()?;
        let statistics = self.statistics.as_ref().map_or(&[][..], |rows| rows.get(step));
        Some(Row { w: self.weights_at(step), statistics: statistics.into(), numbers })
    }

    /// The weights of row `step`; empty where the run did not get there.
    #[must_use]
    pub fn place(&self, step: usize) -> &[f64] {
        self.weights.get(step)
    }

    /// The numbers of row `step`, if the run got there.
    #[must_use]
    pub fn numbers(&self, step: usize) -> Option<&Numbers> {
        self.numbers.get(step).first()
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
        (0..self.rows).map(|step| self.weights_at(step))
    }

    /// The weights of every row as a matrix, rows × weights.
    #[must_use]
    pub fn weights(&self) -> Array2<f64> {
        let mut matrix = Array2::zeros((self.rows, self.dimension));
        for (mut to, w) in matrix.rows_mut().into_iter().zip(self.points()) {
            to.assign(&w);
        }
        matrix
    }

    /// The last weights.
    #[must_use]
    pub fn end(&self) -> Option<Array1<f64>> {
        self.row(self.last_step()).map(|row| row.w.to_owned())
    }

    fn weights_at(&self, step: usize) -> ArrayView1<'_, f64> {
        self.weights.get(step).into()
    }
}

fn append(rows: &mut Rows<f64>, row: ArrayView1<'_, f64>) {
    match row.as_slice() {
        Some(row) => rows.push_slice(row),
        None => rows.push(row.iter().copied()),
    }
}
