//! Controls that know nothing of the subject.

pub mod told;
pub mod spread;
pub mod rail;
pub mod limits;
pub mod explain;
pub mod row;
pub mod fold;
pub mod icon;
pub mod trailing;
pub mod columns;
pub mod emblem;
pub mod choice;
pub mod legend;
pub mod pointer;
pub mod busy;
