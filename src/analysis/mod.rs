//! What can be said about a loss.

pub mod field;
pub mod levels;
pub mod contour;
pub mod minima;
pub mod relief;
