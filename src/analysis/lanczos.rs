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

use ndarray::{Array1, ArrayView1};
use rand::RngExt as _;

use crate::math::eigen::{self, Eigen};
use crate::math::random::Streams;

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
    let mut stream = Streams::new(0).directions();
    let mut next: Array1<f64> = (0..dimension).map(|_| stream.random_range(-1.0..1.0)).collect();
    let (mut alphas, mut betas): (Vec<f64>, Vec<f64>) = (Vec::new(), Vec::new());
    let mut basis: Vec<Array1<f64>> = Vec::new();
    let most = most.clamp(1, dimension.max(1));
    let mut length = length_of(&next);
    while basis.len() < most && length > 0.0 {
        let v = &next / length;
        let mut image = apply(v.view());
        alphas.push(v.dot(&image));
        basis.push(v);
        for _ in 0..2 {
            for other in &basis {
                let share = other.dot(&image);
                image.scaled_add(-share, other);
            }
        }
        length = length_of(&image);
        let scale = alphas.iter().chain(&betas).fold(0.0f64, |most, x| most.max(x.abs()));
        if length.is_nan() || length <= f64::EPSILON * scale {
            // The space is closed: what was found is exact.
            length = 0.0;
        }
        betas.push(length);
        next = image;
        let look = basis.len().is_multiple_of(STRIDE) && basis.len() >= wanted;
        if look && settled(&alphas, &betas, wanted) {
            break;
        }
    }
    ritz(&alphas, &betas, &basis, wanted)
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
    use ndarray::Array2;

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
    fn a_small_space_is_searched_to_its_end() {
        let values = [3.0, 3.0, 1.0, 0.0, -2.0];
        let matrix = with_spectrum(&values);
        let found = largest(5, 2, 80, |v| matrix.dot(&v));
        assert!((found.values[0] - 3.0).abs() < 1e-12);
        assert!(found.residuals[0] < 1e-12);
        assert!(largest(4, 2, 80, |v| v.to_owned() * 0.0).values.iter().all(|&x| x == 0.0));
    }
}
