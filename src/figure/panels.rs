//! Which parts a sheet has, and how large it is.

use std::str::FromStr;

/// A part of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Panel {
    /// What the scene is called, and what was asked for.
    Title,
    /// The maps.
    Maps,
    /// The charts of loss and measure.
    Charts,
    /// The data, where there are any.
    Data,
    /// The numbers at the moment shown.
    Readings,
    /// What is said of each run, below its map.
    Sentence,
    /// What inks and marks mean.
    Legend,
    /// What made the figure and from what.
    Foot,
}

impl Panel {
    /// Every part, from the top of a sheet down.
    pub const ALL: [Self; 8] = [
        Self::Title,
        Self::Maps,
        Self::Charts,
        Self::Data,
        Self::Readings,
        Self::Sentence,
        Self::Legend,
        Self::Foot,
    ];

    /// What it is called on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Maps => "maps",
            Self::Charts => "charts",
            Self::Data => "data",
            Self::Readings => "readings",
            Self::Sentence => "sentence",
            Self::Legend => "legend",
            Self::Foot => "foot",
        }
    }
}

/// A choice of parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Panels(u8);

/// Why words name no parts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadPanels {
    /// A word that names none.
    #[error("there is no panel \"{given}\"; there are {}", known())]
    Unknown {
        /// As it was typed.
        given: String,
    },
    /// Nothing that is drawn.
    #[error("a figure has maps, charts, data or readings; name at least one of them")]
    Nothing,
}

fn known() -> String {
    Panel::ALL.map(Panel::name).join(", ")
}

impl Panels {
    /// All of them: a sheet that has no room for one leaves it out.
    pub const ALL: Self = Self(u8::MAX);

    /// These.
    #[must_use]
    pub fn of(panels: &[Panel]) -> Self {
        Self(panels.iter().fold(0, |all, &panel| all | bit(panel)))
    }

    /// Whether this part is among them.
    #[must_use]
    pub fn has(self, panel: Panel) -> bool {
        self.0 & bit(panel) != 0
    }

    /// Whether parts were chosen: these are then drawn wherever there is any room.
    #[must_use]
    pub fn are_chosen(self) -> bool {
        self != Self::ALL
    }

    /// The same with this part, or without it.
    #[must_use]
    pub fn turned(self, panel: Panel) -> Self {
        let all = Self::of(&Panel::ALL).0;
        Self::whole_of((self.0 & all) ^ bit(panel))
    }

    /// All parts together are no choice.
    fn whole_of(bits: u8) -> Self {
        if bits == Self::of(&Panel::ALL).0 { Self::ALL } else { Self(bits) }
    }
}

fn bit(panel: Panel) -> u8 {
    1 << Panel::ALL.iter().position(|other| *other == panel).unwrap_or(0)
}

impl FromStr for Panels {
    type Err = BadPanels;

    fn from_str(text: &str) -> Result<Self, BadPanels> {
        let find = |word: &str| {
            let word = word.trim();
            let found = Panel::ALL.into_iter().find(|panel| panel.name() == word);
            found.ok_or_else(|| BadPanels::Unknown { given: crate::typed::echo(word) })
        };
        let panels: Vec<Panel> = text.split(',').map(find).collect::<Result<_, _>>()?;
        let drawn = [Panel::Maps, Panel::Charts, Panel::Data, Panel::Readings];
        if panels.iter().any(|panel| drawn.contains(panel)) {
            Ok(Self::of(&panels))
        } else {
            Err(BadPanels::Nothing)
        }
    }
}

/// How runs share maps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Maps {
    /// A map each.
    #[default]
    SideBySide,
    /// One map for all.
    Overlaid,
}

impl Maps {
    /// How many maps so many runs have.
    #[must_use]
    pub fn of(self, runs: usize) -> usize {
        match self {
            Self::SideBySide => runs,
            Self::Overlaid => runs.min(1),
        }
    }
}

/// Which parts a sheet has, and how large it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Layout {
    /// Width and height, in points.
    pub size: [f64; 2],
    /// The parts.
    pub panels: Panels,
    /// How runs share its maps.
    pub maps: Maps,
}

impl From<[f64; 2]> for Layout {
    fn from(size: [f64; 2]) -> Self {
        Self { size, panels: Panels::ALL, maps: Maps::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panels_are_read_by_name_and_turned_one_by_one() {
        for panel in Panel::ALL {
            let without = Panels::ALL.turned(panel);
            assert!(!without.has(panel) && without.are_chosen());
            assert_eq!(without.turned(panel), Panels::ALL);
        }
        let two: Panels = "maps, legend".parse().unwrap();
        assert_eq!(two, Panels::of(&[Panel::Maps, Panel::Legend]));
        let said = "maps,cahrts".parse::<Panels>().unwrap_err().to_string();
        assert!(said.contains("\"cahrts\"") && said.contains("charts, data"), "{said}");
        assert_eq!("legend,title".parse::<Panels>(), Err(BadPanels::Nothing));
    }
}
