//! The list of the runs of a scene: one to six, with names that differ.

use super::name::{BASE, SAM};
use super::{Own, Run, RunName};
use crate::optim::ascent;

/// One to [`Runs::MOST`] runs with names that differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Runs(Vec<Run>);

/// A list of runs that no scene can have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadRuns {
    /// Too many.
    #[error("{0} runs are too many; a scene has one to {most} runs", most = Runs::MOST)]
    TooMany(usize),
    /// Two of one name.
    #[error("two runs are called {0}; names of runs must differ")]
    SameName(String),
}

impl Default for Runs {
    /// The base optimizer alone, and the same with the scene's ascent.
    fn default() -> Self {
        let run = |name: &str, own| Run { name: RunName(name.to_owned()), hidden: false, own };
        let alone = Own { ascent: Some(ascent::none()), ..Own::default() };
        Self(vec![run(BASE, alone), run(SAM, Own::default())])
    }
}

impl Runs {
    /// Runs of a scene at most: more are not told apart by eye.
    pub const MOST: usize = 6;

    /// The runs of these names, where there are some, with what each has of its own.
    ///
    /// A run without a name is called by its place.
    ///
    /// # Errors
    /// When there are too many, or two have one name. No run at all gives the default two.
    pub fn of(runs: Vec<(Option<RunName>, bool, Own)>) -> Result<Self, BadRuns> {
        if runs.is_empty() {
            return Ok(Self::default());
        }
        if runs.len() > Self::MOST {
            return Err(BadRuns::TooMany(runs.len()));
        }
        let said: Vec<RunName> = runs.iter().filter_map(|run| run.0.clone()).collect();
        if let Some(twice) = (1..said.len()).find(|&k| said[..k].contains(&said[k])) {
            return Err(BadRuns::SameName(said[twice].0.clone()));
        }
        let mut taken = said;
        let named = |(place, (name, hidden, own)): (usize, (Option<RunName>, bool, Own))| {
            let name = name.unwrap_or_else(|| {
                let free = (place..).map(RunName::numbered).find(|name| !taken.contains(name));
                let name = free.unwrap_or_else(|| RunName::numbered(place));
                taken.push(name.clone());
                name
            });
            Run { name, hidden, own }
        };
        let mut runs: Vec<Run> = runs.into_iter().enumerate().map(named).collect();
        // One is always shown.
        if runs.iter().all(|run| run.hidden)
            && let Some(first) = runs.first_mut()
        {
            first.hidden = false;
        }
        Ok(Self(runs))
    }

    /// How many there are, one or more.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a scene always has a run")]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The runs in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Run> {
        self.0.iter()
    }

    /// Run `place`, if there is one.
    #[must_use]
    pub fn get(&self, place: usize) -> Option<&Run> {
        self.0.get(place)
    }

    /// What run `place` has of its own, to be changed.
    pub fn own_mut(&mut self, place: usize) -> Option<&mut Own> {
        self.0.get_mut(place).map(|run| &mut run.own)
    }

    /// The runs, to be changed in what they have of their own.
    pub fn owns_mut(&mut self) -> impl Iterator<Item = &mut Own> {
        self.0.iter_mut().map(|run| &mut run.own)
    }

    /// Shows every run.
    pub fn show_all(&mut self) {
        for run in &mut self.0 {
            run.hidden = false;
        }
    }

    /// Hides run `place`, unless it is the last one that is shown.
    pub fn hide(&mut self, place: usize) {
        let other_is_shown = self.0.iter().enumerate().any(|(k, run)| k != place && !run.hidden);
        if let Some(run) = self.0.get_mut(place).filter(|_| other_is_shown) {
            run.hidden = true;
        }
    }

    /// Shows run `place`.
    pub fn show(&mut self, place: usize) {
        if let Some(run) = self.0.get_mut(place) {
            run.hidden = false;
        }
    }

    /// Calls run `place` so.
    ///
    /// # Errors
    /// When another run has the name.
    pub fn rename(&mut self, place: usize, name: RunName) -> Result<(), BadRuns> {
        if self.0.iter().enumerate().any(|(k, run)| k != place && run.name == name) {
            return Err(BadRuns::SameName(name.0));
        }
        if let Some(run) = self.0.get_mut(place) {
            run.name = name;
        }
        Ok(())
    }

    /// Adds a run after run `place`, the same as it in all but its name.
    ///
    /// # Errors
    /// When there are as many as there can be.
    pub fn duplicate(&mut self, place: usize) -> Result<(), BadRuns> {
        if self.0.len() >= Self::MOST {
            return Err(BadRuns::TooMany(self.0.len() + 1));
        }
        let Some(run) = self.0.get(place).cloned() else { return Ok(()) };
        let taken = |name: &RunName| self.0.iter().any(|other| other.name == *name);
        let free = (self.0.len()..).map(RunName::numbered).find(|name| !taken(name));
        let name = free.unwrap_or_else(|| RunName::numbered(self.0.len()));
        self.0.insert(place + 1, Run { name, hidden: false, ..run });
        Ok(())
    }

    /// Takes run `place` out, unless it is the only one, or the only one that is shown.
    pub fn remove(&mut self, place: usize) {
        let other_is_shown = self.0.iter().enumerate().any(|(k, run)| k != place && !run.hidden);
        if self.0.len() > 1 && place < self.0.len() && other_is_shown {
            self.0.remove(place);
        }
    }
}
