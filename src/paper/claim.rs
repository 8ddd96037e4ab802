//! Claims of a paper: about how a run ends, about a series along it, or about many starts.

use super::series::Series;
use super::statistic::Statistic;
use crate::figure::numerals::short;
use crate::lesson::predicate::Predicate;
use crate::scene::Scene;

/// Something that a paper says, and what would have to be so here.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// What is said, in a sentence.
    pub says: String,
    /// Why it is expected not to hold here; none where it is expected to.
    pub fails_because: Option<String>,
    /// Of which scene.
    pub scene: Scene,
    /// What would have to be so.
    pub about: About,
}

/// What a claim is about.
#[derive(Debug, Clone, PartialEq)]
pub enum About {
    /// How runs end, and the step `at` where it asks for one.
    Ends {
        /// What holds of a run.
        predicate: Predicate,
        /// The step.
        at: usize,
    },
    /// A series along a run.
    Along {
        /// The place of the run.
        run: usize,
        /// What is read off each step.
        series: &'static Series,
        /// What numbers of it are.
        wanted: Vec<(Statistic, Wanted)>,
    },
    /// Runs of many scenes.
    Many {
        /// The scenes.
        scenes: Vec<Scene>,
        /// What holds of a run of each.
        each: Each,
        /// … or, if there is such a thing, of exactly those of which this holds.
        iff: Option<Predicate>,
        /// Of how many per cent of the scenes.
        share: Wanted,
    },
    /// The median over many scenes of a series at the first step.
    MedianOfFirst {
        /// The scenes.
        scenes: Vec<Scene>,
        /// The place of the run.
        run: usize,
        /// What is read off the first step.
        series: &'static Series,
        /// What the median is.
        wanted: Wanted,
    },
}

/// What is asked of each of many scenes.
#[derive(Debug, Clone, PartialEq)]
pub enum Each {
    /// How a run of it ends.
    Ends(Predicate),
    /// Numbers of a series along the run at this place.
    Along(usize, &'static Series, Vec<(Statistic, Wanted)>),
}

/// What a number is claimed to be: in this range, both ends included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wanted {
    /// The least.
    pub least: f64,
    /// The most.
    pub most: f64,
}

impl Wanted {
    /// Whether a number is in the range.
    #[must_use]
    pub fn holds(self, found: Option<f64>) -> bool {
        found.is_some_and(|found| self.least <= found && found <= self.most)
    }
}

/// A range that is wider than this part of its ends' sum is told by these: it was not meant as a number and its error.
const WIDE: f64 = 0.1;

impl std::fmt::Display for Wanted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { least, most } = *self;
        match (least.is_finite(), most.is_finite()) {
            (true, true) if least.total_cmp(&most).is_eq() => f.write_str(&short(least, 7)),
            (true, true) if most - least > WIDE * (least.abs() + most.abs()) => {
                write!(f, "from {} to {}", short(least, 7), short(most, 7))
            }
            (true, true) => {
                let (middle, half) = (0.5 * (least + most), 0.5 * (most - least));
                write!(f, "{}, at most {} off", short(middle, 7), short(half, 2))
            }
            (true, false) => write!(f, "{} or more", short(least, 7)),
            (false, true) => write!(f, "{} or less", short(most, 7)),
            (false, false) => f.write_str("any number"),
        }
    }
}
