//! The points of a scene's data, to be changed by hand: drawn data become points of one's own.

use super::{Fit, Scene, Subject, keys};
use crate::math::random::Streams;
use crate::problem::datasets::{self, NAME, OWN_ID, POINTS, TASK, Task};
use crate::problem::points::{LEAST, MOST, Points};

/// Why there are no points to be changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoPoints {
    /// A formula is minimised.
    #[error("a formula has no points; choose data to change some")]
    Formula,
    /// They cannot be drawn.
    #[error("points of {0} inputs cannot be drawn, and so not be moved")]
    Dimensions(usize),
    /// There are too few or too many.
    #[error("{0} points cannot be changed by hand; {LEAST} to {MOST} can")]
    Count(usize),
}

impl Scene {
    /// The points that the data are.
    ///
    /// # Errors
    /// When there are none in a plane.
    pub fn points(&self) -> Result<Points, NoPoints> {
        let Subject::Fit(fit) = &self.subject else { return Err(NoPoints::Formula) };
        let own = fit.data.value(POINTS).and_then(|text| text.text());
        if let Some(points) = own.and_then(|text| Points::of(text).ok()) {
            return Ok(points);
        }
        let data = fit.data.build();
        let source = self.source();
        let sample = data.sample(&mut Streams::new(source.seed).dataset());
        let task = data.task();
        let (inputs, wanted) = (&sample.inputs, if task == Task::Regression { 1 } else { 2 });
        if inputs.ncols() != wanted {
            return Err(NoPoints::Dimensions(inputs.ncols()));
        }
        let count = sample.len();
        if !(LEAST..=MOST).contains(&count) {
            return Err(NoPoints::Count(count));
        }
        let place = |k: usize| match task {
            Task::Regression => [inputs[[k, 0]], sample.targets[k]],
            Task::Classification => [inputs[[k, 0]], inputs[[k, 1]]],
        };
        let classes = || sample.targets.iter().map(|&target| u8::from(target > 0.5)).collect();
        let labels = (task == Task::Classification).then(classes);
        Ok(Points { places: (0..count).map(place).collect(), labels })
    }

    /// The same scene on these points; what was said of drawn data is not said of them.
    #[must_use]
    pub fn with_points(&self, points: &Points) -> Self {
        let Subject::Fit(old) = &self.subject else { return self.clone() };
        let is_own = old.data.id() == OWN_ID;
        let own = old.data.value(NAME).and_then(|name| name.text());
        let name =
            own.map_or_else(|| format!("{}, edited", datasets::name(&old.data)), str::to_owned);
        let mut data = datasets::own(points, &name);
        // Whether classes are learnt, or y from x, stays as it was.
        if let Some(task) = old.data.value(TASK) {
            let _ = data.set(TASK, task.clone());
        }
        let fit = keys::fit_for(data.clone(), None, None, Some(old)).unwrap_or_else(|_| Fit {
            data,
            model: old.model.clone(),
            loss: old.loss.clone(),
        });
        let kept = |text: &String| if is_own { text.clone() } else { String::new() };
        let mut next = Self {
            title: kept(&self.title),
            about: kept(&self.about),
            subject: Subject::Fit(fit),
            ..self.clone()
        };
        // Start and map follow from points where nothing is said of them; they do not move under a hand that moves one.
        if next.first_weights() != self.first_weights() {
            next.shared.start = Some(self.first_weights().to_vec());
        }
        if next.shown_window() != self.shown_window() {
            next.window = Some(self.shown_window());
        }
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Choice;
    use crate::problem::points::Edit;
    use crate::scene::builtin;

    #[test]
    fn the_points_of_every_dataset_in_the_plane_minimise_the_same() {
        for entry in datasets::ALL.entries {
            let fit = keys::fit_for(Choice::new(entry), None, None, None).unwrap();
            let scene = builtin::opening().on(Subject::Fit(fit));
            let points = match scene.points() {
                Ok(points) => points,
                Err(why) => {
                    assert!(matches!(why, NoPoints::Dimensions(_)), "{}: {why}", entry.id);
                    continue;
                }
            };
            let own = scene.with_points(&points);
            assert_eq!(own.points(), Ok(points), "{}", entry.id);
            let [before, after] = [&scene, &own].map(|scene| {
                let risk = scene.source().build().risk.expect("a fit");
                (risk.sample.inputs.clone(), risk.sample.targets.clone())
            });
            assert_eq!(before, after, "{}", entry.id);
            assert_eq!(scene.first_weights(), own.first_weights(), "{}", entry.id);
        }
    }

    #[test]
    fn start_and_map_stay_while_points_move() {
        let mut scene = builtin::opening();
        for k in 0..40 {
            let points = scene.points().unwrap().edited(Edit::Move(k, [1.0, 300.0])).unwrap();
            scene = scene.with_points(&points);
            assert_eq!(scene.first_weights(), builtin::opening().first_weights());
            assert_eq!(scene.shown_window(), builtin::opening().shown_window());
        }
    }

    #[test]
    fn what_is_said_of_drawn_data_is_not_said_of_others_and_names_stay() {
        let scene = builtin::opening();
        let points = scene.points().unwrap().edited(Edit::Remove(3)).unwrap();
        let once = scene.with_points(&points);
        assert!(once.title.is_empty() && once.about.is_empty());
        assert!(once.heading().contains("edited"), "{}", once.heading());
        let named = Scene { title: "Mine".to_owned(), ..once };
        let twice = named.with_points(&points.edited(Edit::Remove(0)).unwrap());
        assert_eq!(twice.title, "Mine");
        assert_eq!(twice.subject.name(), named.subject.name());
    }
}
