//! The bundled font files: the window, PNG and all measuring use these and no others.
//!
//! Where they come from and which sign is in which file stands in `assets/fonts/README.md`.

/// IBM Plex Sans, weight 400.
pub static REGULAR: &[u8] = include_bytes!("../../assets/fonts/IBMPlexSans-Regular.ttf");
/// IBM Plex Sans, weight 600.
pub static STRONG: &[u8] = include_bytes!("../../assets/fonts/IBMPlexSans-SemiBold.ttf");
/// The signs that IBM Plex Sans lacks, weight 400.
pub static SYMBOLS: &[u8] = include_bytes!("../../assets/fonts/SamscopeSymbols-Regular.ttf");
