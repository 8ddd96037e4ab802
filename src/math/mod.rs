//! Numerics that would be true without us: norms and their balls, small symmetric matrices, seeded randomness.

pub mod norm;
pub mod cone;
pub mod eigen;
mod tridiagonal;
pub mod random;
pub mod fast;
pub mod aligned;
pub mod odds;
pub mod inverse_sqrt;
