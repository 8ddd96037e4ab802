//! What differs between platforms: how a window comes to be.

mod display;
mod stopwatch;
mod native;

pub use native::{NoWindow, open};
