//! Numerics that would be true without us: norms and their balls, small symmetric matrices, seeded randomness.

pub mod norm;
pub mod eigen;
pub mod random;
pub mod fast;
pub mod odds;
pub mod inverse_sqrt;
