//! Text that a person typed: paths with `~`, ranges of values, what is said back of it, and the system's answers in
//! plain words.
//!
//! It does not know what the text is for; everything above may use it.

mod echo;
mod home;
mod spelled;
mod axis;
mod trouble;

pub use axis::{Along, Axis, BadAxis, Range, Spacing};
pub use echo::{echo, echo_path};
pub use home::expanded;
pub use spelled::spelled;
pub use trouble::{Trouble, because};
