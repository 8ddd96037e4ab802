//! A track: the points of a run and simple things measured on stretches of it.

use crate::optim::trajectory::Trajectory;

/// The distance of two points.
pub(super) fn apart(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
}

/// The rows `from..to` of a run.
#[derive(Clone, Copy)]
pub(super) struct Stretch<'a> {
    path: &'a Trajectory,
    from: usize,
    to: usize,
}

impl<'a> Stretch<'a> {
    pub(super) fn new(path: &'a Trajectory, from: usize, to: usize) -> Self {
        let to = to.min(path.rows());
        Self { path, from: from.min(to), to }
    }

    /// The last `1/part` of a run, at least one row.
    pub(super) fn last(path: &'a Trajectory, part: usize) -> Self {
        let rows = path.rows();
        Self::new(path, rows - rows.div_ceil(part), rows)
    }

    pub(super) fn count(&self) -> usize {
        self.to - self.from
    }

    pub(super) fn points(&self) -> impl DoubleEndedIterator<Item = &'a [f64]> + use<'a> {
        let path = self.path;
        (self.from..self.to).map(move |row| path.place(row))
    }

    /// Their mean; zero of none.
    pub(super) fn mean(&self) -> Vec<f64> {
        let mut sum = vec![0.0; self.path.dimension];
        for w in self.points() {
            for (sum, x) in sum.iter_mut().zip(w) {
                *sum += x;
            }
        }
        let count = self.count().max(1) as f64;
        for x in &mut sum {
            *x /= count;
        }
        sum
    }

    /// The largest distance from `centre`.
    pub(super) fn reach(&self, centre: &[f64]) -> f64 {
        self.points().map(|w| apart(w, centre)).fold(0.0, f64::max)
    }

    /// The root of the mean squared distance from `centre`.
    pub(super) fn spread(&self, centre: &[f64]) -> f64 {
        let sum: f64 = self.points().map(|w| apart(w, centre).powi(2)).sum();
        (sum / self.count().max(1) as f64).sqrt()
    }

    /// The mean length of its steps.
    pub(super) fn pace(&self) -> f64 {
        let sum: f64 = self.points().zip(self.points().skip(1)).map(|(a, b)| apart(a, b)).sum();
        sum / self.count().saturating_sub(1).max(1) as f64
    }
}

/// The first step from which on every row is such.
pub(super) fn since(path: &Trajectory, such: impl Fn(usize) -> bool) -> usize {
    let stayed = (0..path.rows()).rev().take_while(|row| such(*row)).count();
    path.rows() - stayed
}
