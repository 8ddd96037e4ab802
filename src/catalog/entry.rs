//! One member of a family as it describes itself, and the list of a family's members.

use super::{Choice, Setting, Settings, UnknownId};

/// How one member of a family describes itself, and how it is made.
pub struct Entry<T: ?Sized + 'static> {
    /// Name in scene files and on the command line. Part of the file format: never renamed.
    pub id: &'static str,
    /// Name in the window.
    pub name: &'static str,
    /// The defining formula, in Unicode.
    pub formula: &'static str,
    /// Where it was published, by the labels of works of the [bibliography](crate::bibliography); "—" for folklore.
    pub source: &'static str,
    /// One sentence: what it is good for looking at.
    pub about: &'static str,
    /// What it can be tuned by.
    pub settings: &'static [Setting],
    /// Makes it.
    pub build: Build<T>,
}

/// How a member is made from checked settings.
pub enum Build<T: ?Sized + 'static> {
    /// It follows from its settings: it cannot fail.
    Sure(fn(&Settings) -> Box<T>),
    /// It depends on more, as the rows of a file or the grammar of a formula.
    Fallible {
        /// Makes it, or says why not.
        build: fn(&Settings) -> Result<Box<T>, CannotBuild>,
        /// What stands in its place where it cannot be made: something empty or flat.
        stand_in: fn(&Settings) -> Box<T>,
    },
}

/// Why a member cannot be made; its text is the sentence to show.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CannotBuild(pub String);

/// The members of one family, in the order of menus.
pub struct Catalog<T: ?Sized + 'static> {
    /// What one member is called in messages: "landscape", "base optimizer".
    pub family: &'static str,
    /// Every member. Never empty.
    pub entries: &'static [&'static Entry<T>],
}

impl<T: ?Sized> Catalog<T> {
    /// The member called `id`.
    ///
    /// # Errors
    /// Names the members that exist, and the likely one, when there is none of that name.
    pub fn find(&self, id: &str) -> Result<&'static Entry<T>, UnknownId> {
        self.entries.iter().copied().find(|entry| entry.id == id).ok_or_else(|| {
            UnknownId::new(self.family, id, self.entries.iter().map(|entry| entry.id))
        })
    }

    /// The member called `id`, with its default settings.
    ///
    /// # Errors
    /// As [`Catalog::find`].
    pub fn choose(&self, id: &str) -> Result<Choice<T>, UnknownId> {
        self.find(id).map(Choice::new)
    }
}
