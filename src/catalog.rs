//! How things describe themselves.
//!
//! Everything a user picks from a list (a landscape, a dataset, an optimizer, …) is one file with one
//! [`Entry`]. Menus, sliders, `--set`, `samscope list`, saved scenes, the tables of the README and the
//! contract tests all read the entries, so a newcomer is drawn, saved, documented and tested by being listed.
//!
//! A [`Choice`] is an entry together with checked values for its [`Setting`]s. It can always be compared, saved and
//! built; one that depends on more than its settings, as on a file, says why it could not be ([`Choice::try_build`]).

mod setting;
mod value;
mod settings;
mod entry;
mod choice;
mod unknown;

pub use choice::Choice;
pub use entry::{Build, CannotBuild, Catalog, Entry};
pub use setting::{BadValue, Kind, Scale, Setting};
pub use settings::Settings;
pub use unknown::{UnknownId, nearest};
pub use value::Value;

#[cfg(test)]
mod tests;
