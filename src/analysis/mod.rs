//! What can be said about a loss: its field over a window, the lines of equal loss, its curvature, its sharpness.

pub mod field;
pub mod levels;
pub mod contour;
pub mod thin;
pub mod minima;
pub mod measures;
pub mod relief;
pub mod hessian;
pub mod estimate;
pub mod worst_case;
pub mod average_case;
pub mod basin;
pub mod lanczos;
pub mod slices;
pub mod section;
pub mod spectrum;
pub mod preconditioned;
pub mod measurable;
pub mod silent;
pub mod cut;
