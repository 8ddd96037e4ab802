//! Where the window lives.

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
#[error("there is no display here")]
pub struct NoWindow;
