//! Atlases: how runs end over a plane, of starts or of two settings.
//!
//! ```text
//! starts     (x, y)   a run from every pixel of a map
//! settings   (ρ, η)   a scene for every cell, and between cells that differ the boundary, bisected to 10⁻⁹
//! ```
//!
//! Every cell is a run of its own, judged as any single run is: a cell is nothing that could not be had as a scene.

pub mod kind;
mod question;
mod rounds;
mod sketch;
pub mod starts;
pub mod settings;
pub mod cells;
pub mod value;
pub mod ground;
pub mod idle;
mod boundary;
pub mod trace;
pub mod probe;
pub mod either_side;
pub mod curves;
