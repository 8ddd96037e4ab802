//! Which ways arrows on the maps point: down the loss, as SAM steps, or down what SAM tries to descend.

/// What the arrows on the maps show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Arrows {
    /// There are none.
    #[default]
    None,
    /// `−∇L(w)`: where plain descent goes.
    Descent,
    /// `−g_s`, the gradient that the run's ascent sees: where SAM goes.
    Sam,
    /// Both from each place.
    Both,
    /// `−∇[L(w + ε(w))]`: down the surrogate, with the derivative of ε that SAM drops.
    Surrogate,
    /// Lines that go the way of `−∇L(w)` all along.
    DescentLines,
    /// Lines that go the way of `−g_s` all along.
    SamLines,
}

impl Arrows {
    /// All of them, in the order of menus.
    pub const ALL: [Self; 7] = [
        Self::None,
        Self::Descent,
        Self::Sam,
        Self::Both,
        Self::Surrogate,
        Self::DescentLines,
        Self::SamLines,
    ];

    /// Its name in files and on the command line.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Descent => "descent",
            Self::Sam => "sam",
            Self::Both => "both",
            Self::Surrogate => "surrogate",
            Self::DescentLines => "descent_lines",
            Self::SamLines => "sam_lines",
        }
    }

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "No arrows",
            Self::Descent => "Down the loss",
            Self::Sam => "As SAM steps",
            Self::Both => "Both",
            Self::Surrogate => "Down the surrogate",
            Self::DescentLines => "Lines down the loss",
            Self::SamLines => "Lines as SAM steps",
        }
    }

    /// What it is, for a tooltip.
    #[must_use]
    pub fn about(self) -> &'static str {
        match self {
            Self::None => "the maps without arrows",
            Self::Descent => "−∇L(w), where plain descent goes from each place",
            Self::Sam => {
                "−∇L(w + ε), where plain descent with the run's ascent goes from each place"
            }
            Self::Both => "−∇L(w) dark, and −∇L(w + ε) in the ink of the run",
            Self::Surrogate => {
                "down L(w + ε(w)), with the derivative of ε that SAM drops; by central differences"
            }
            Self::DescentLines => "streamlines of −∇L(w): where descent goes by ever smaller steps",
            Self::SamLines => {
                "streamlines of −∇L(w + ε): where the run's ascent leads by ever smaller steps"
            }
        }
    }

    /// Whether they are lines, and not arrows from many places.
    #[must_use]
    pub fn are_lines(self) -> bool {
        matches!(self, Self::DescentLines | Self::SamLines)
    }

    /// Whether they are the same for every run.
    #[must_use]
    pub fn are_of_the_loss(self) -> bool {
        matches!(self, Self::None | Self::Descent | Self::DescentLines)
    }

    /// The one of this name.
    #[must_use]
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|arrows| arrows.id() == id)
    }

    /// The one after it in the menu; the first after the last.
    #[must_use]
    pub fn next(self) -> Self {
        let place = Self::ALL.iter().position(|other| *other == self).map_or(0, |place| place + 1);
        Self::ALL[place % Self::ALL.len()]
    }
}
