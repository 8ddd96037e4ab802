//! What a page has beside its maps, also before a room.

/// What a page has beside its maps where nothing else than maps would be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// The data, with what each run predicts.
    Data,
    /// The loss over time.
    Loss,
    /// The measure that the scene is about.
    Measure,
}

impl Beside {
    const ALL: [Self; 3] = [Self::Data, Self::Loss, Self::Measure];

    /// What lessons call it.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Loss => "loss",
            Self::Measure => "measure",
        }
    }

    /// The one of this name.
    #[must_use]
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.id() == id)
    }

    /// The names of all.
    pub(super) fn ids() -> [&'static str; 3] {
        Self::ALL.map(Self::id)
    }
}
