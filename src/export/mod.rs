//! Figures and numbers as files.

pub mod ground;
pub mod svg;
pub mod png;
pub mod csv;
pub mod summary;
pub mod file;
