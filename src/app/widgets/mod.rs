//! Controls that know nothing of the subject.

pub mod spread;
pub mod rail;
pub mod row;
pub mod choice;
pub mod legend;
pub mod pointer;
pub mod busy;
