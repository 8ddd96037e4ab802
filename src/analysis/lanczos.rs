//! The largest eigenvalues of a matrix that is only known by what it does to a vector.
//!
//! ```text
//! A vₖ = βₖ₋₁ vₖ₋₁ + αₖ vₖ + βₖ vₖ₊₁,     the eigenvalues of tridiag(α, β) approach those of A from inside
//! ```
//!
//! C. Lanczos (1950), "An iteration method for the solution of the eigenvalue problem of linear differential and
//! integral operators", J. Res. Nat. Bur. Standards 45(4). Every new vector is made orthogonal to all before it, twice:
//! without that, rounding brings the largest eigenvalues back again and again (C. Paige, 1971). The residual of a pair
//! is `βₘ |sₘ|`, the last component of its small vector, and costs nothing.

use ndarray::{Array1, Array2, ArrayView1};
use rand::RngExt as _;

use crate::math::eigen::{self, Eigen};
use crate::math::random::{Stream, Streams};

/// What was found of a spectrum.
#[derive(Debug, Clone, PartialEq)]
pub struct Ritz {
    /// Approximate eigenvalues, largest first.
    pub values: Vec<f64>,
    /// How far each is from an eigenvalue at most.
    pub residuals: Vec<f64>,
    /// The approximate unit eigenvectors of the largest ones, as many as were asked for.
    pub vectors: Vec<Array1<f64>>,
    /// How many times the matrix was applied.
    pub applied: usize,
}

/// Relative to the largest eigenvalue, residuals below this are good enough.
const CLOSE: f64 = 1e-10;
/// Steps between two looks at the small matrix.
const STRIDE: usize = 8;

/// The `wanted` largest eigenvalues of a symmetric matrix of `dimension` rows, after `most` products at most.
pub fn largest(
    dimension: usize,
    wanted: usize,
    most: usize,
    mut apply: impl FnMut(ArrayView1<'_, f64>) -> Array1<f64>,
) -> Ritz {
    let mut work = LanczosWork::largest(dimension, wanted, most);
    while work.advance(&mut apply) {}
    work.finish()
}

/// A search for eigenvalues under way: one product with the matrix a piece, so that it can be dropped between two.
pub struct LanczosWork {
    dimension: usize,
    wanted: usize,
    most: usize,
    stream: Stream,
    /// The next vector, before it is brought to length one.
    next: Array1<f64>,
    length: f64,
    basis: Vec<Array1<f64>>,
    alphas: Vec<f64>,
    betas: Vec<f64>,
    settled: bool,
}

impl LanczosWork {
    /// The search for the `wanted` largest, with `most` products at most.
    #[must_use]
    pub fn largest(dimension: usize, wanted: usize, most: usize) -> Self {
        let mut stream = Streams::new(0).directions();
        let next = direction(dimension, &mut stream);
        Self {
            dimension,
            wanted,
            most: most.clamp(1, dimension.max(1)),
            stream,
            length: length_of(&next),
            next,
            basis: Vec::new(),
            alphas: Vec::new(),
            betas: Vec::new(),
            settled: false,
        }
    }

    /// The search for all of them, each as often as it occurs.
    #[must_use]
    pub fn all(dimension: usize) -> Self {
        Self::largest(dimension, dimension, dimension)
    }

    /// One more product; false when no other is needed.
    pub fn advance(&mut self, apply: &mut impl FnMut(ArrayView1<'_, f64>) -> Array1<f64>) -> bool {
        let done = self.settled || self.basis.len() >= self.most || self.length <= 0.0;
        if done || self.length.is_nan() {
            return false;
        }
        let v = &self.next / self.length;
        let mut image = apply(v.view());
        self.alphas.push(v.dot(&image));
        self.basis.push(v);
        self.straighten(&mut image);
        let length = length_of(&image);
        let scale = self.alphas.iter().chain(&self.betas).fold(0.0f64, |most, x| most.max(x.abs()));
        self.next = image;
        self.length = length;
        if length.is_nan() || length <= self.closed() * scale {
            // The space is closed: what was found is exact.
            self.length = 0.0;
        }
        self.betas.push(self.length);
        if self.length == 0.0 && self.wants_all() && scale.is_finite() {
            self.start_again();
        }
        let look = self.basis.len().is_multiple_of(STRIDE) && self.basis.len() >= self.wanted;
        self.settled = look && settled(&self.alphas, &self.betas, self.wanted);
        !self.settled && self.basis.len() < self.most && self.length > 0.0
    }

    fn wants_all(&self) -> bool {
        self.wanted == self.dimension
    }

    /// Relative to the matrix, a new vector below this length is what rounding left of nothing.
    fn closed(&self) -> f64 {
        // Where all are wanted, leaving a closed space for a random vector costs as much as what is left there.
        if self.wants_all() { f64::EPSILON * self.dimension as f64 } else { f64::EPSILON }
    }

    /// Makes a vector orthogonal to all before it, twice.
    fn straighten(&self, vector: &mut Array1<f64>) {
        for _ in 0..2 {
            for other in &self.basis {
                let share = other.dot(vector);
                vector.scaled_add(-share, other);
            }
        }
    }

    /// Leaves a closed space for what is orthogonal to it: an eigenvalue is met once a space, however often it occurs.
    fn start_again(&mut self) {
        if self.basis.len() < self.dimension {
            let mut fresh = direction(self.dimension, &mut self.stream);
            self.straighten(&mut fresh);
            (self.length, self.next) = (length_of(&fresh), fresh);
        }
    }

    /// What was found.
    #[must_use]
    pub fn finish(&self) -> Ritz {
        ritz(&self.alphas, &self.betas, &self.basis, self.wanted)
    }

    /// The unit direction of the largest eigenvalue, given its value: by inverse iteration on the small matrix, at a price
    /// that grows with the number of products and not with its cube.
    #[must_use]
    pub fn direction_of_the_largest(&self, largest: f64) -> Array1<f64> {
        /// Above the largest eigenvalue the shifted matrix is definite, so that no pivoting is needed.
        const ABOVE: f64 = 1e-10;
        const TURNS: usize = 3;
        let size = self.alphas.len();
        let scale = self.alphas.iter().fold(largest.abs(), |most, x| most.max(x.abs()));
        let shift = largest + ABOVE * scale.max(f64::MIN_POSITIVE);
        let mut y = vec![1.0; size];
        for _ in 0..TURNS {
            // L D Lᵀ of shift − T, whose other diagonals are −β.
            let mut pivots = Vec::with_capacity(size);
            for k in 0..size {
                let below = if k == 0 {
                    0.0
                } else {
                    let factor = -self.betas[k - 1] / pivots[k - 1];
                    y[k] -= factor * y[k - 1];
                    factor * -self.betas[k - 1]
                };
                pivots.push(shift - self.alphas[k] - below);
            }
            for k in (0..size).rev() {
                let after = if k + 1 < size { self.betas[k] * y[k + 1] } else { 0.0 };
                y[k] = (y[k] + after) / pivots[k];
            }
            let length = y.iter().map(|x| x * x).sum::<f64>().sqrt();
            y.iter_mut().for_each(|x| *x /= length);
        }
        let dimension = self.basis.first().map_or(0, Array1::len);
        let mut direction = Array1::zeros(dimension);
        for (part, basis) in y.iter().zip(&self.basis) {
            direction.scaled_add(*part, basis);
        }
        direction
    }

    /// The eigenvalues alone, largest first.
    #[must_use]
    pub fn values(&self) -> Vec<f64> {
        let size = self.alphas.len();
        let small = Array2::from_shape_fn((size, size), |(i, j)| match i.abs_diff(j) {
            0 => self.alphas[i],
            1 => self.betas[i.min(j)],
            _ => 0.0,
        });
        eigen::symmetric_values(small.view()).to_vec()
    }
}

fn direction(dimension: usize, stream: &mut Stream) -> Array1<f64> {
    (0..dimension).map(|_| stream.random_range(-1.0..1.0)).collect()
}

fn length_of(v: &Array1<f64>) -> f64 {
    v.dot(v).sqrt()
}

fn settled(alphas: &[f64], betas: &[f64], wanted: usize) -> bool {
    let small = eigen::tridiagonal(alphas, &betas[..betas.len() - 1]);
    let largest = small.values.iter().fold(0.0f64, |most, x| most.max(x.abs()));
    residuals(&small, betas).iter().take(wanted).all(|residual| *residual <= CLOSE * largest)
}

fn residuals(small: &Eigen, betas: &[f64]) -> Vec<f64> {
    let (last, beta) = (small.values.len() - 1, betas[betas.len() - 1]);
    small.vectors.rows().into_iter().map(|s| beta * s[last].abs()).collect()
}

fn ritz(alphas: &[f64], betas: &[f64], basis: &[Array1<f64>], wanted: usize) -> Ritz {
    if basis.is_empty() {
        let none = || Vec::new();
        return Ritz { values: none(), residuals: none(), vectors: Vec::new(), applied: 0 };
    }
    let small = eigen::tridiagonal(alphas, &betas[..betas.len() - 1]);
    let vectors = small
        .vectors
        .rows()
        .into_iter()
        .take(wanted)
        .map(|s| {
            let mut vector = Array1::zeros(basis[0].len());
            for (v, share) in basis.iter().zip(s) {
                vector.scaled_add(*share, v);
            }
            vector
        })
        .collect();
    Ritz {
        residuals: residuals(&small, betas),
        values: small.values.to_vec(),
        vectors,
        applied: basis.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A symmetric matrix with these eigenvalues.
    fn with_spectrum(values: &[f64]) -> Array2<f64> {
        let size = values.len();
        let mut u: Array1<f64> = (0..size).map(|k| 1.0 + (k as f64 * 0.37).sin()).collect();
        u /= length_of(&u);
        let reflected = |v: Array1<f64>| &v - &(&u * (2.0 * u.dot(&v)));
        let mut matrix = Array2::zeros((size, size));
        for j in 0..size {
            let mut e = Array1::zeros(size);
            e[j] = 1.0;
            let column = reflected(reflected(e) * &Array1::from(values.to_vec()));
            matrix.column_mut(j).assign(&column);
        }
        matrix
    }

    #[test]
    fn the_largest_eigenvalues_are_found_without_the_matrix() {
        let values: Vec<f64> = (0..120).map(|k| 10.0 * 0.8f64.powi(k) - 0.5).collect();
        let matrix = with_spectrum(&values);
        let found = largest(120, 3, 80, |v| matrix.dot(&v));
        for (k, value) in values.iter().enumerate().take(3) {
            assert!((found.values[k] - value).abs() < 1e-9, "{:?}", &found.values[..3]);
            let stretched = matrix.dot(&found.vectors[k]);
            let apart = &stretched - &(&found.vectors[k] * found.values[k]);
            assert!(length_of(&apart) < 1e-7);
        }
        assert!(found.applied < 80);
    }

    #[test]
    fn all_eigenvalues_are_found_each_as_often_as_it_occurs() {
        let values: Vec<f64> =
            (0..90).map(|k| if k < 60 { 0.0 } else { 2.0 - f64::from(k / 3) * 0.1 }).collect();
        let matrix = with_spectrum(&values);
        let mut work = LanczosWork::all(90);
        while work.advance(&mut |v| matrix.dot(&v)) {}
        let mut sorted = values;
        sorted.sort_by(|a, b| b.total_cmp(a));
        let found = work.values();
        assert_eq!(found.len(), 90);
        for (found, exact) in found.iter().zip(&sorted) {
            assert!((found - exact).abs() < 1e-13, "{found} {exact}");
        }
        let mut nothing = LanczosWork::all(5);
        while nothing.advance(&mut |v| v.to_owned() * 0.0) {}
        assert_eq!(nothing.values(), [0.0; 5]);
    }

    #[test]
    fn a_small_space_is_searched_to_its_end() {
        let values = [3.0, 3.0, 1.0, 0.0, -2.0];
        let matrix = with_spectrum(&values);
        let found = largest(5, 2, 80, |v| matrix.dot(&v));
        assert!((found.values[0] - 3.0).abs() < 1e-12);
        assert!(found.residuals[0] < 1e-12);
        assert!(largest(4, 2, 80, |v| v.to_owned() * 0.0).values.iter().all(|&x| x == 0.0));
    }
}
