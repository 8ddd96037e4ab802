//! The controls of the window that a page shows, locks or hides.

/// A control, or a section of controls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Control {
    /// The list of runs.
    Runs,
    /// The radius ρ.
    Rho,
    /// The learning rate η.
    Eta,
    /// The norm p.
    P,
    /// Base and ascent.
    Optimizer,
    /// What is minimised.
    Problem,
    /// Where runs start, also on the map, and how many steps they make.
    Start,
    /// Schedules of η and ρ.
    Schedules,
}

/// What can be done to a control.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// It is shown and can be changed.
    Free,
    /// It is shown as it is.
    Locked,
    /// It is not shown.
    Hidden,
}

impl Control {
    /// Every one, in the order of the window.
    pub const ALL: [Self; 8] = [
        Self::Runs,
        Self::Rho,
        Self::Eta,
        Self::P,
        Self::Optimizer,
        Self::Problem,
        Self::Start,
        Self::Schedules,
    ];

    /// Its name in lessons.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Runs => "runs",
            Self::Rho => "rho",
            Self::Eta => "eta",
            Self::P => "p",
            Self::Optimizer => "optimizer",
            Self::Problem => "problem",
            Self::Start => "start",
            Self::Schedules => "schedules",
        }
    }

    /// The control of this name.
    #[must_use]
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|control| control.id() == id)
    }
}

/// What can be done to each control.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Controls([Access; 8]);

impl Default for Controls {
    /// All are free.
    fn default() -> Self {
        Self([Access::Free; 8])
    }
}

impl Controls {
    /// Only these are shown.
    #[must_use]
    pub fn only(shown: &[Control]) -> Self {
        Self(
            Control::ALL.map(
                |control| if shown.contains(&control) { Access::Free } else { Access::Hidden },
            ),
        )
    }

    /// The same with another access to one.
    #[must_use]
    pub fn with(mut self, control: Control, access: Access) -> Self {
        self.0[control as usize] = access;
        self
    }

    /// How many are free where a page has chosen some; none where it leaves all as they are.
    #[must_use]
    pub fn chosen(&self) -> usize {
        let free = self.0.iter().filter(|access| **access == Access::Free).count();
        if free == Control::ALL.len() { 0 } else { free }
    }

    /// What can be done to `control`.
    #[must_use]
    pub fn access(&self, control: Control) -> Access {
        self.0[control as usize]
    }
}
