//! What differs between platforms: how a window comes to be.

mod display;
mod native;

pub use native::{NoWindow, open};
