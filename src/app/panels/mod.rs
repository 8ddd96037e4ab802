//! The parts of the window. They do not know each other: what reaches beyond one is a command.

pub mod scenes;
pub mod toolbar;
mod own;
mod formula;
pub mod runs;
pub mod problem;
pub mod start;
pub mod optimizer;
pub mod dials;
pub mod schedules;
pub mod controls;
pub mod listener;
pub mod guard;
pub mod prediction;
pub mod lesson;
pub mod lessons;
pub mod maps;
pub mod charts;
pub mod data;
pub mod pointed;
pub mod step;
pub mod readings;
pub mod timeline;
pub mod export;
pub mod why;
pub mod help;
