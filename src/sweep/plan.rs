//! The cells of a sweep: every combination of the values of its keys, and of its seeds, in order.

use std::collections::HashSet;
use std::num::NonZeroUsize;
use std::ops::Range;

use rayon::prelude::*;

use crate::scene::Scene;
use crate::scene::keys::Edit;
use crate::typed::{Axis, echo};

/// The cells of a sweep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Every key with its values, the slowest first.
    axes: Vec<(String, Vec<String>)>,
    /// The first seed, and how many there are; none where the seed is the scene's.
    seeds: Option<(u64, NonZeroUsize)>,
    cells: usize,
}

/// A sweep that cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadPlan {
    /// Neither keys nor seeds.
    #[error("what should be swept? say --over rho=0:0.3:31, or --seeds 10")]
    Nothing,
    /// More cells than anyone has time for.
    #[error(
        "these are {given} scenes, and {} are the most; use fewer values, or two sweeps",
        Plan::MOST
    )]
    TooMany {
        /// How many were asked for, or the largest number where there are more.
        given: usize,
    },
    /// A value that would give the same scenes twice.
    #[error("\"{key}\" has {} twice; say it once", if value.is_empty() { "an empty value".to_owned() } else { format!("the value {value}") })]
    Twice {
        /// The key.
        key: String,
        /// The value.
        value: String,
    },
    /// Seeds said in two ways.
    #[error("the seed is swept twice; say it with --seeds or with --over, not with both")]
    TwoSeeds,
    /// Seeds beyond the largest.
    #[error("there are no {count} seeds from {first} on; use a smaller seed, or fewer")]
    NoSeed {
        /// The scene's seed.
        first: u64,
        /// How many were asked for.
        count: usize,
    },
}

impl Plan {
    /// Cells of a sweep at most: at a hundredth of a second each they take a day.
    pub const MOST: usize = 10_000_000;
    /// Values of a range whose count is not said: its ends and every tenth between them.
    pub const UNSAID: usize = 11;

    /// Every combination of the values of `axes`, the first of them the slowest, each with so many seeds from the given
    /// one on.
    ///
    /// # Errors
    /// When there is nothing to sweep, there are too many cells, or some would be the same.
    pub fn new(axes: &[Axis], seeds: Option<(u64, NonZeroUsize)>) -> Result<Self, BadPlan> {
        if axes.is_empty() && seeds.is_none() {
            return Err(BadPlan::Nothing);
        }
        let counts = axes.iter().map(|axis| axis.count(Self::UNSAID));
        let counts = counts.chain(seeds.map(|(_, count)| count.get()));
        let cells = counts.fold(1_usize, usize::saturating_mul);
        if cells > Self::MOST {
            return Err(BadPlan::TooMany { given: cells });
        }
        if seeds.is_some() && axes.iter().any(|axis| axis.key == "seed") {
            return Err(BadPlan::TwoSeeds);
        }
        if let Some((first, count)) = seeds
            && first.checked_add(count.get() as u64 - 1).is_none()
        {
            return Err(BadPlan::NoSeed { first, count: count.get() });
        }
        let axes: Vec<(String, Vec<String>)> =
            axes.iter().map(|axis| (axis.key.clone(), axis.values(Self::UNSAID))).collect();
        for (key, values) in &axes {
            let mut seen = HashSet::new();
            if let Some(twice) = values.iter().find(|value| !seen.insert(value.as_str())) {
                return Err(BadPlan::Twice { key: echo(key), value: echo(twice) });
            }
        }
        Ok(Self { axes, seeds, cells })
    }

    /// How many cells there are, one or more.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.cells
    }

    /// The keys, the slowest first.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.axes.iter().map(|(key, _)| key.as_str())
    }

    /// Whether every combination has several seeds.
    #[must_use]
    pub fn has_seeds(&self) -> bool {
        self.seeds.is_some()
    }

    /// The values of the keys in `cell`, as they are typed.
    #[must_use]
    pub fn values(&self, cell: usize) -> Vec<&str> {
        let mut rest = cell / self.seed_count();
        let mut values: Vec<&str> = Vec::with_capacity(self.axes.len());
        for (_, along) in self.axes.iter().rev() {
            values.push(&along[rest % along.len()]);
            rest /= along.len();
        }
        values.reverse();
        values
    }

    /// The seed of `cell`, where the sweep has seeds.
    #[must_use]
    pub fn seed(&self, cell: usize) -> Option<u64> {
        self.seeds.map(|(first, count)| first + (cell % count) as u64)
    }

    fn seed_count(&self) -> usize {
        self.seeds.map_or(1, |(_, count)| count.get())
    }

    /// The scene of `cell`: what `made` makes of the keys' values, with its seed.
    ///
    /// # Errors
    /// Those of `made`.
    pub fn scene<E>(
        &self,
        cell: usize,
        made: impl FnOnce(&[Edit]) -> Result<Scene, E>,
    ) -> Result<Scene, E> {
        let values = self.values(cell).into_iter();
        let edit = |(key, value): (&str, &str)| Edit { key: key.into(), value: value.into() };
        let edits: Vec<Edit> = self.keys().zip(values).map(edit).collect();
        let mut scene = made(&edits)?;
        scene.seed = self.seed(cell).unwrap_or(scene.seed);
        Ok(scene)
    }

    /// Whether all scenes of `cells` can be made, and one of every value of every key, whosever cells they are.
    ///
    /// # Errors
    /// That of the first that cannot.
    pub fn check<E: Send>(
        &self,
        cells: Range<usize>,
        made: impl Fn(&[Edit]) -> Result<Scene, E> + Sync,
    ) -> Result<(), E> {
        let refused = |cell: usize| self.scene(cell, &made).err();
        let mut apart = self.seed_count();
        for (_, along) in self.axes.iter().rev() {
            if cells.len() < self.cells
                && let Some(why) =
                    (0..along.len()).into_par_iter().find_map_first(|k| refused(k * apart))
            {
                return Err(why);
            }
            apart *= along.len();
        }
        // Whatever can be made with one seed can be made with another.
        let seeds = self.seed_count();
        let combinations = cells.start / seeds..cells.end.div_ceil(seeds);
        combinations.into_par_iter().find_map_first(|k| refused(k * seeds)).map_or(Ok(()), Err)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::builtin;
    use crate::scene::keys::{self, BadEdit};

    fn plan(axes: &[&str], seeds: Option<(u64, usize)>) -> Result<Plan, BadPlan> {
        let axes: Vec<Axis> = axes.iter().map(|text| Axis::read(text).unwrap()).collect();
        Plan::new(&axes, seeds.map(|(first, count)| (first, NonZeroUsize::new(count).unwrap())))
    }

    fn opening(edits: &[Edit]) -> Result<Scene, BadEdit> {
        let mut scene = builtin::opening();
        keys::apply(&mut scene, edits).map(|()| scene)
    }

    #[test]
    fn the_first_key_is_the_slowest_and_the_seed_the_fastest() {
        let plan = plan(&["rho=0:0.2:3", "p=1,2"], Some((22, 2))).unwrap();
        assert_eq!(plan.cells(), 12);
        let cell = |k| (plan.values(k).join(" "), plan.seed(k).unwrap());
        let said = |values: &str, seed| (values.to_owned(), seed);
        assert_eq!(cell(0), said("0 1", 22));
        assert_eq!(cell(1), said("0 1", 23));
        assert_eq!(cell(2), said("0 2", 22));
        assert_eq!(cell(4), said("0.1 1", 22));
        assert_eq!(cell(11), said("0.2 2", 23));
        let scene = plan.scene(11, opening).unwrap();
        assert_eq!((scene.seed, scene.shared.ball.rho.get()), (23, 0.2));
    }

    #[test]
    fn what_is_too_much_or_the_same_twice_is_refused() {
        assert_eq!(plan(&[], None), Err(BadPlan::Nothing));
        let many = plan(&["rho=0:1:4000", "eta=0:1:4000"], None).unwrap_err().to_string();
        assert!(many.contains("16000000") && many.contains("10000000"), "{many}");
        let huge = format!("rho=0:1:{}", usize::MAX);
        assert!(matches!(plan(&[&huge, &huge, &huge], None), Err(BadPlan::TooMany { .. })));
        assert!(matches!(plan(&["p=1,2,1"], None), Err(BadPlan::Twice { .. })));
        assert_eq!(plan(&["seed=1,2"], Some((0, 2))), Err(BadPlan::TwoSeeds));
        assert!(matches!(plan(&[], Some((u64::MAX, 2))), Err(BadPlan::NoSeed { .. })));
        assert_eq!(plan(&[], Some((u64::MAX, 1))).unwrap().seed(0), Some(u64::MAX));
    }

    #[test]
    fn a_value_that_cannot_be_is_refused_in_every_shard_and_a_combination_in_its_own() {
        let with_one = plan(&["rho=0:0.3:3", "p=2,0.5"], None).unwrap();
        assert!(with_one.check(0..1, opening).is_err());
        // A landscape has no loss to be chosen: only the pair is wrong.
        let pair = plan(&["data=clique_and_crowd,blobs", "loss=welsch,cross_entropy"], None);
        let refusal = pair.unwrap().check(0..1, opening).unwrap_err().to_string();
        assert!(refusal.contains("does not fit"), "{refusal}");
    }
}
