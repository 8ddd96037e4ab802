//! An ascent of one's own: any direction with any radius and any step, as a cell that no paper has named may be tried.
//!
//! ```text
//! ascent = "composed"     direction = "momentum"     radius = "surface"     step = "mixed"
//! ```
//!
//! Where a paper has named the cell it is that paper's, bit for bit; as it comes it is SAM. Settings of parts that it has
//! not chosen play no part.

use super::cell::Cell;
use super::{Ascent, direction, radius, step};
use crate::catalog::{Build, Entry, Kind, Setting, Settings};

/// The key of the direction.
pub const DIRECTION: &str = "direction";
/// The key of the radius.
pub const RADIUS: &str = "radius";
/// The key of the step.
pub const STEP: &str = "step";

pub(super) const CHOICES: &[Setting] = &[
    Setting {
        key: DIRECTION,
        label: "direction",
        about: "what ε climbs along",
        kind: Kind::Choice {
            names: &[
                "gradient",
                "climbed",
                "parts",
                "average",
                "noise",
                "momentum",
                "eigenvector",
                "masked",
                "random",
            ],
        },
    },
    Setting {
        key: RADIUS,
        label: "radius",
        about: "how far ε goes",
        kind: Kind::Choice { names: &["fixed", "proportional", "surface", "weights"] },
    },
    Setting {
        key: STEP,
        label: "step",
        about: "what the base is handed",
        kind: Kind::Choice { names: &["there", "scaled", "mixed", "across", "reused"] },
    },
];

/// The settings of everything that it may be composed of, in the order of the tables.
const PARTS: [&[Setting]; 12] = [
    CHOICES,
    direction::climbed::SETTINGS,
    direction::parts::SETTINGS,
    direction::average::SETTINGS,
    direction::noise::SETTINGS,
    direction::momentum::SETTINGS,
    direction::eigenvector::SETTINGS,
    direction::masked::SETTINGS,
    radius::weights::SETTINGS,
    step::mixed::SETTINGS,
    step::across::SETTINGS,
    step::reused::SETTINGS,
];

const MANY: usize = count();

const fn count() -> usize {
    let (mut many, mut part) = (0, 0);
    while part < PARTS.len() {
        many += PARTS[part].len();
        part += 1;
    }
    many
}

const fn joined() -> [Setting; MANY] {
    let mut all = [CHOICES[0]; MANY];
    let (mut place, mut part) = (0, 0);
    while part < PARTS.len() {
        let mut k = 0;
        while k < PARTS[part].len() {
            all[place] = PARTS[part][k];
            (k, place) = (k + 1, place + 1);
        }
        part += 1;
    }
    all
}

static SETTINGS: [Setting; MANY] = joined();

pub(super) static ENTRY: Entry<dyn Ascent> = Entry {
    id: "composed",
    name: "Composed",
    formula: "ε of a direction and a radius, and a step from g and g_SAM",
    source: "—",
    about: "Any cell of the table of variants: a direction, a radius and a step of your choice.",
    settings: &SETTINGS,
    build: Build::Sure(|settings| cell(settings).build(settings)),
};

fn cell(settings: &Settings) -> Cell {
    let [direction, radius, step] = [DIRECTION, RADIUS, STEP].map(|key| settings.choice(key));
    Cell { direction, radius, step }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;

    fn ids<T: ?Sized>(catalog: &Catalog<T>) -> Vec<&'static str> {
        catalog.entries.iter().map(|entry| entry.id).collect()
    }

    #[test]
    fn every_part_can_be_chosen_and_brings_its_settings() {
        let names = |key: &str| {
            let setting = SETTINGS.iter().find(|setting| setting.key == key).unwrap();
            let Kind::Choice { names } = setting.kind else { panic!("{key} is chosen") };
            names.to_vec()
        };
        assert_eq!(names(DIRECTION), ids(&direction::ALL));
        assert_eq!(names(RADIUS), ids(&radius::ALL));
        assert_eq!(names(STEP), ids(&step::ALL));
        let parts = [
            direction::ALL.entries.iter().map(|entry| entry.settings).collect::<Vec<_>>(),
            radius::ALL.entries.iter().map(|entry| entry.settings).collect(),
            step::ALL.entries.iter().map(|entry| entry.settings).collect(),
        ];
        let own: Vec<&str> = parts.concat().concat().iter().map(|setting| setting.key).collect();
        let all: Vec<&str> = SETTINGS.iter().skip(CHOICES.len()).map(|it| it.key).collect();
        assert_eq!(own, all);
    }
}
