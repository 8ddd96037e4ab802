//! Figures and numbers as files.

pub mod ground;
pub mod page;
pub mod svg;
pub mod png;
pub mod pdf;
pub mod laid;
mod measured;
pub mod csv;
pub mod contours;
pub mod charts;
pub mod summary;
pub mod numbers;
pub mod sweep;
pub mod atlas;
pub mod merge;
pub mod file;
pub mod film;
