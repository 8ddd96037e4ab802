//! `samscope` shows why Sharpness-Aware Minimization finds flatter minima.
//!
//! It trains a base optimizer and SAM side by side on synthetic data and draws what happens in weight space. Layers
//! are declared in reading order: a module uses what is declared above it, never below.

#![cfg_attr(
    test,
    allow(clippy::float_cmp, reason = "tests say of many numbers that they are exactly so")
)]

pub mod typed;
pub mod bibliography;
pub mod catalog;
pub mod math;
pub mod problem;
pub mod optim;
pub mod analysis;
pub mod glossary;
pub mod laws;
pub mod scene;
pub mod flight;
pub mod why;
pub mod origin;
pub mod sweep;
pub mod atlas;
pub mod engine;
pub mod figure;
pub mod export;
pub mod lesson;
pub mod paper;
pub mod cite;
pub mod cli;
#[cfg(feature = "gui")]
pub mod app;
