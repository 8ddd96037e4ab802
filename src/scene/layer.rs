//! What the ground of a map tells beside the height: where each start ends, or where runs differ in it.

/// What the ground of a map is coloured by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layer {
    /// The loss.
    #[default]
    Loss,
    /// Where a run from each place ends.
    Ends,
    /// The same, where not all runs that are shown end in one kind.
    Differ,
}

impl Layer {
    /// All of them, in the order of menus.
    pub const ALL: [Self; 3] = [Self::Loss, Self::Ends, Self::Differ];

    /// Its name in files and on the command line.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Loss => "loss",
            Self::Ends => "ends",
            Self::Differ => "differ",
        }
    }

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Loss => "Loss",
            Self::Ends => "Where each start ends",
            Self::Differ => "Where runs end otherwise",
        }
    }

    /// The one of this name.
    #[must_use]
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layer| layer.id() == id)
    }

    /// The one after it in the menu; the first after the last.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Loss => Self::Ends,
            Self::Ends => Self::Differ,
            Self::Differ => Self::Loss,
        }
    }
}
