//! The window.

pub mod platform;

use crate::scene::Scene;

/// Opens the window on `scene`.
///
/// # Errors
/// When no window can be opened here.
pub fn run(_: Scene) -> Result<(), platform::NoWindow> {
    Err(platform::NoWindow)
}
