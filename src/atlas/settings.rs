//! The plane of an atlas: two settings of a scene, each along a range, and the run that is asked about.
//!
//! ```text
//! rho=0:0.5:33       from left to right
//! eta=log:0.01:1:33  from below
//! ```
//!
//! A place of it is a scene like any other: its two settings are typed in, and what the run has of its own of them gives
//! way.

use std::sync::Arc;

use crate::scene::Scene;
use crate::scene::keys::{self, BadEdit, Edit};
use crate::scene::run::Aspect;
use crate::typed::{Along, Axis, Range, echo, spelled};

/// A setting and the numbers that it goes through, two or more.
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    /// The setting's key.
    pub key: String,
    /// Its numbers.
    pub range: Range,
}

/// Two settings of a scene, and the run that is asked about.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The scene.
    pub scene: Arc<Scene>,
    /// The run, by its place in the scene.
    pub run: usize,
    /// From left to right, and from below.
    pub sides: [Side; 2],
    /// How many seeds each cell is run with, from the scene's own on; one or more.
    pub seeds: usize,
}

/// Settings that make no plane.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadSettings {
    /// Values that are said one by one.
    #[error(
        "\"{key}\" has a list of values; an atlas goes along ranges, for instance {key}=0:0.5:33"
    )]
    List {
        /// The key.
        key: String,
    },
    /// One number.
    #[error("\"{key}\" has one value; an atlas needs two ends that differ")]
    One {
        /// The key.
        key: String,
    },
    /// One key twice.
    #[error("both axes are \"{key}\"; say two settings")]
    Same {
        /// The key.
        key: String,
    },
    /// A side that goes through seeds, of which each cell is to have several.
    #[error("the axis \"{key}\" is the seed of every cell already; leave --seeds out")]
    Seeds {
        /// The key.
        key: String,
    },
    /// More cells than anyone waits for.
    #[error("these are {given} cells, and {} are the most; use fewer values", Settings::MOST)]
    TooMany {
        /// How many.
        given: usize,
    },
}

impl Side {
    /// The setting of an axis as it was typed, with so many values where none are said.
    ///
    /// # Errors
    /// When it is no range of two numbers or more.
    pub fn of(axis: &Axis, unsaid: usize) -> Result<Self, BadSettings> {
        let key = axis.key.clone();
        let Along::Range(range) = axis.along else {
            return Err(BadSettings::List { key: echo(&key) });
        };
        if range.count(unsaid) < 2 {
            return Err(BadSettings::One { key: echo(&key) });
        }
        Ok(Self { key, range: range.counted(unsaid) })
    }

    /// How many numbers there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.range.count(2)
    }

    /// The numbers in order.
    #[must_use]
    pub fn numbers(&self) -> Vec<f64> {
        self.range.numbers(2)
    }

    /// The number at a part of the way, 0 to 1.
    #[must_use]
    pub fn at(&self, part: f64) -> f64 {
        let [from, to] = self.range.ends();
        self.range.at(part).clamp(from.min(to), from.max(to))
    }
}

impl Settings {
    /// Cells at most.
    pub const MOST: usize = 250_000;

    /// The plane of two settings for run `run` of `scene`.
    ///
    /// # Errors
    /// When the settings are one, or there are too many cells.
    pub fn new(scene: Arc<Scene>, run: usize, sides: [Side; 2]) -> Result<Self, BadSettings> {
        let [x, y] = &sides;
        if x.key == y.key {
            return Err(BadSettings::Same { key: echo(&x.key) });
        }
        let given = x.count().saturating_mul(y.count());
        if given > Self::MOST {
            return Err(BadSettings::TooMany { given });
        }
        Ok(Self { scene, run, sides, seeds: 1 })
    }

    /// Seeds of a cell at most, and as many as there are where nobody says how many.
    pub const MOST_SEEDS: usize = 64;
    /// The number of seeds where a share of them is asked for, and nobody says how many.
    pub const SEEDS: usize = 8;

    /// The same, with each cell run with so many seeds.
    ///
    /// # Errors
    /// When a side is the seed, or there are too many runs.
    pub fn with_seeds(self, seeds: usize) -> Result<Self, BadSettings> {
        if let Some(side) = self.sides.iter().find(|side| side.key == "seed")
            && seeds > 1
        {
            return Err(BadSettings::Seeds { key: echo(&side.key) });
        }
        let given = self.counts().iter().product::<usize>().saturating_mul(seeds);
        if given > Self::MOST {
            return Err(BadSettings::TooMany { given });
        }
        Ok(Self { seeds: seeds.max(1), ..self })
    }

    /// The scene of a place with a seed, the first of which is the scene's own.
    ///
    /// # Errors
    /// As [`Settings::scene_at`].
    pub fn seeded_at(&self, at: [f64; 2], seed: usize) -> Result<Scene, BadEdit> {
        let mut scene = self.scene_at(at)?;
        scene.seed = scene.seed.wrapping_add(seed as u64);
        Ok(scene)
    }

    /// Columns and rows.
    #[must_use]
    pub fn counts(&self) -> [usize; 2] {
        [self.sides[0].count(), self.sides[1].count()]
    }

    /// The scene whose two settings are these numbers.
    ///
    /// # Errors
    /// When a setting has no such value, or the scene no such setting.
    pub fn scene_at(&self, at: [f64; 2]) -> Result<Scene, BadEdit> {
        let edit = |k: usize| Edit { key: self.sides[k].key.clone(), value: spelled(at[k]) };
        self.edited(&[edit(0), edit(1)])
    }

    /// The scene with these edits; what its run has of its own of them gives way.
    ///
    /// # Errors
    /// Those of the edits.
    pub fn edited(&self, edits: &[Edit]) -> Result<Scene, BadEdit> {
        let mut scene = Scene::clone(&self.scene);
        keys::apply(&mut scene, edits)?;
        if let Some(own) = scene.runs.owns_mut().nth(self.run) {
            edits.iter().filter_map(|edit| aspect(edit.key.trim())).for_each(|it| own.share(it));
        }
        Ok(scene)
    }
}

/// What a run may have of its own of a key.
fn aspect(key: &str) -> Option<Aspect> {
    match key {
        "eta" => Some(Aspect::Eta),
        "rho" => Some(Aspect::Rho),
        "p" => Some(Aspect::Norm),
        "batch" => Some(Aspect::Batch),
        "seed_batches" => Some(Aspect::SeedBatches),
        "seed_ascent" => Some(Aspect::SeedAscent),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::{builtin, file};

    fn side(text: &str) -> Result<Side, BadSettings> {
        Side::of(&Axis::read(text).unwrap(), 5)
    }

    #[test]
    fn a_place_is_the_scene_with_both_settings() {
        let sides = [side("rho=0:0.4").unwrap(), side("eta=log:0.01:1:3").unwrap()];
        let plane = Settings::new(Arc::new(builtin::opening()), 1, sides).unwrap();
        assert_eq!(plane.counts(), [5, 3]);
        let scene = plane.scene_at([0.1, 0.25]).unwrap();
        assert_eq!((scene.spec(1).ball.rho.get(), scene.spec(1).eta.get()), (0.1, 0.25));
        assert!((plane.sides[1].at(0.5) - 0.1).abs() < 1e-15);
    }

    #[test]
    fn what_the_run_has_of_its_own_gives_way() {
        let text = "landscape = \"quadratic\"\n[[run]]\nname = \"a\"\nrho = 0.3\n[[run]]\nname = \"b\"\nrho = 0.2\n";
        let sides = [side("rho=0:0.4").unwrap(), side("eta=0.01:1").unwrap()];
        let plane = Settings::new(Arc::new(file::read(text).unwrap()), 1, sides).unwrap();
        let scene = plane.scene_at([0.1, 0.25]).unwrap();
        assert_eq!([0, 1].map(|run| scene.spec(run).ball.rho.get()), [0.3, 0.1]);
    }

    #[test]
    fn what_is_no_plane_is_refused() {
        assert!(side("base=sgd,adam").unwrap_err().to_string().contains("range"));
        assert!(side("rho=1:1").unwrap_err().to_string().contains("two ends"));
        let twice = [side("rho=0:1").unwrap(), side("rho=0:2").unwrap()];
        let scene = Arc::new(builtin::opening());
        assert!(Settings::new(Arc::clone(&scene), 0, twice).is_err());
        let huge = [side("rho=0:1:1000").unwrap(), side("eta=0:2:1000").unwrap()];
        let said = Settings::new(scene, 0, huge).unwrap_err().to_string();
        assert!(said.contains("1000000") && said.contains("250000"), "{said}");
    }
}
