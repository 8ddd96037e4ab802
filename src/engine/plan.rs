//! Which products a scene implies. Pure: compared by `==`, so that nothing is forgotten or done twice.

use std::sync::Arc;

use crate::problem::grid::{Grid, Plane, Window};
use crate::scene::Scene;

use super::duel::DuelJob;
use super::measures::{Along, MeasuresJob};
use super::products::{Duel, Seen};
use super::section::SectionJob;
use super::spectrum::SpectrumJob;
use super::terrain::TerrainJob;

/// The jobs of one frame.
#[derive(Clone, PartialEq)]
pub struct Wanted {
    /// The two runs.
    pub duel: DuelJob,
    /// The plane that they are seen in, where it is not the whole space.
    pub section: Option<SectionJob>,
    /// The ground under them, when a map is shown.
    pub terrain: Option<TerrainJob>,
    /// The measures along the runs, where they are shown.
    pub measures: Option<MeasuresJob>,
    /// The spectra at the step shown, where they are.
    pub spectrum: Option<SpectrumJob>,
    /// What becomes of work that is under way for another step.
    pub pace: Pace,
}

/// What becomes of work that is under way for another step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// It is dropped.
    AtOnce,
    /// It is finished first, for the step moves by itself.
    InTurn,
}

impl Wanted {
    /// The same, at this pace.
    #[must_use]
    pub fn at(self, pace: Pace) -> Self {
        Self { pace, ..self }
    }

    /// The same, with the measures along the runs, once they are known.
    #[must_use]
    pub fn measured(self, known: Known<'_>, along: Along) -> Self {
        Self { measures: known.duel.map(|duel| MeasuresJob::of(duel, along)), ..self }
    }

    /// The same, with the spectra at `step`, once the runs are known.
    #[must_use]
    pub fn with_spectra(self, known: Known<'_>, step: usize) -> Self {
        Self { spectrum: known.duel.map(|duel| SpectrumJob::of(duel, step)), ..self }
    }
}

/// What is finished already, where something follows from it.
#[derive(Clone, Copy, Default)]
pub struct Known<'a> {
    /// The last pair of runs.
    pub duel: Option<&'a Arc<Duel>>,
    /// The last of them that has a plane to be seen in, whether its ground is there or not.
    pub coming: Option<&'a Seen>,
}

/// Pixels of a full field along its longer side.
pub const FULL: usize = 256;

/// What `scene` implies when `step` is shown in `window` of its map; no window where there is no map.
///
/// With more than two weights the map lies in a plane that follows from the runs, so one thing is implied after the
/// other: the plane once there are runs, and its ground once there is a plane through the same problem.
#[must_use]
pub fn plan(scene: &Scene, step: usize, window: Option<Window>, known: Known<'_>) -> Wanted {
    let source = scene.source();
    let plane = match known.coming {
        _ if scene.subject.dimension() == 2 => Some(Plane::of_weights()),
        Some(seen) if seen.duel.scene.source() == source => Some(seen.section.plane.clone()),
        Some(_) | None => None,
    };
    let unseen = known.duel.filter(|duel| duel.whole.is_none());
    Wanted {
        duel: DuelJob::of(scene),
        section: unseen.map(|duel| SectionJob::of(duel, &scene.slice, step)),
        terrain: window.zip(plane).map(|(window, plane)| TerrainJob {
            source,
            plane,
            grid: grid(window, FULL),
        }),
        measures: None,
        spectrum: None,
        pace: Pace::AtOnce,
    }
}

/// The window of the map of `scene`: as said, or as suits the plane that its runs are seen in.
#[must_use]
pub fn shown_window(scene: &Scene, seen: Option<&Seen>) -> Window {
    match seen {
        Some(seen) if seen.duel.scene.source() == scene.source() => seen.shown_window(scene),
        Some(_) | None => scene.shown_window(),
    }
}

/// Square pixels, `longest` along the longer side.
#[must_use]
pub fn grid(window: Window, longest: usize) -> Grid {
    let [width, height] = window.span();
    let side = |part: f64| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 2 and longest"
        )]
        let pixels = (longest as f64 * (part / width.max(height)))
            .round()
            .clamp(2.0, longest as f64) as usize;
        pixels
    };
    Grid { window, columns: side(width), rows: side(height) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Engine;
    use crate::scene::file;

    #[test]
    fn with_more_than_two_weights_the_ground_waits_for_the_plane_of_its_runs() {
        let scene = file::read("data = \"sine\"\nmodel = \"polynomial\"\nsteps = 20").unwrap();
        let mut engine = Engine::in_place();
        let window = scene.shown_window();
        let first = plan(&scene, 20, Some(window), Known::default());
        assert!(first.section.is_none() && first.terrain.is_none());
        engine.want(first);
        let second = plan(&scene, 20, Some(window), engine.known());
        assert!(second.section.is_some() && second.terrain.is_none());
        engine.want(second);
        let third = plan(&scene, 20, Some(window), engine.known());
        let plane = third.terrain.as_ref().map(|job| job.plane.clone());
        assert_eq!(plane, engine.shown().map(|seen| seen.section.plane.clone()));
        engine.want(third);
        assert!(engine.terrain().unwrap().field.range().is_some());
        let elsewhere = file::read("data = \"linear_task\"").unwrap();
        assert_eq!(plan(&elsewhere, 20, Some(window), engine.known()).terrain, None);
    }

    /// What follows from `text` at a step, once the runs are known.
    fn seen_at(text: &str, step: usize) -> Wanted {
        let scene = file::read(text).unwrap();
        let mut engine = Engine::in_place();
        engine.want(plan(&scene, step, None, Known::default()));
        plan(&scene, step, None, engine.known())
    }

    #[test]
    fn a_slice_makes_no_difference_to_two_weights() {
        let other = seen_at("slice = \"eigenvectors\"", 7);
        assert!(other.section.is_none());
        assert!(seen_at("", 1) == other);
    }

    #[test]
    fn another_plane_is_laid_through_the_same_runs() {
        let runs = "data = \"linear_task\"\nsteps = 30\n";
        let one = seen_at(runs, 3);
        let other = seen_at(&format!("{runs}slice = \"random\""), 3);
        assert!(one.duel == other.duel);
        assert!(one.section != other.section);
    }

    #[test]
    fn only_a_plane_that_follows_the_step_is_laid_again_for_another_step() {
        let still = "data = \"linear_task\"\nsteps = 30";
        assert!(seen_at(still, 1) == seen_at(still, 7));
        let moving = format!("{still}\nslice = \"eigenvectors\"");
        assert!(seen_at(&moving, 1) != seen_at(&moving, 7));
    }
}
