//! Which products a scene implies. Pure: compared by `==`, so that nothing is forgotten or done twice.

use crate::problem::grid::{Grid, Plane, Window};
use crate::scene::Scene;

use super::jobs::{DuelJob, TerrainJob};
use super::measures::MeasuresJob;
use super::products::Duel;

/// The jobs of one frame.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// The two runs.
    pub duel: DuelJob,
    /// The ground under them, when a map is shown.
    pub terrain: Option<TerrainJob>,
    /// The measures along the runs, where they are shown.
    pub measures: Option<MeasuresJob>,
}

impl Wanted {
    /// The same, with the measures along the runs of `scene`.
    #[must_use]
    pub fn measured(self, scene: &Scene) -> Self {
        Self { measures: Some(MeasuresJob::of(scene)), ..self }
    }
}

/// Pixels of a full field along its longer side.
pub const FULL: usize = 256;

/// What `scene` implies when `step` is shown in `window` of its map; no window where there is no map.
///
/// With more than two weights the map lies in a plane that follows from the runs, so its ground is implied only once
/// `duel`, the last finished pair of runs, is one on the same problem.
#[must_use]
pub fn plan(scene: &Scene, step: usize, window: Option<Window>, duel: Option<&Duel>) -> Wanted {
    let source = scene.source();
    let plane = match duel {
        _ if scene.subject.dimension() == 2 => Some(Plane::of_weights()),
        Some(duel) if duel.scene.source() == source => Some(duel.section.plane.clone()),
        Some(_) | None => None,
    };
    Wanted {
        duel: DuelJob::of(scene, step),
        terrain: window.zip(plane).map(|(window, plane)| TerrainJob {
            source,
            plane,
            grid: grid(window, FULL),
        }),
        measures: None,
    }
}

/// The window of the map of `scene`: as said, or as suits the plane that its runs are seen in.
#[must_use]
pub fn shown_window(scene: &Scene, duel: Option<&Duel>) -> Window {
    match duel {
        Some(duel) if duel.scene.source() == scene.source() => duel.shown_window(scene),
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
        engine.want(plan(&scene, 20, None, None));
        let window = shown_window(&scene, engine.duel());
        assert_eq!(plan(&scene, 20, Some(window), None).terrain, None);
        let wanted = plan(&scene, 20, Some(window), engine.duel());
        let plane = wanted.terrain.as_ref().map(|job| job.plane.clone());
        assert_eq!(plane, engine.duel().map(|duel| duel.section.plane.clone()));
        engine.want(wanted);
        assert!(engine.terrain().unwrap().field.range().is_some());
        let elsewhere = file::read("data = \"linear_task\"").unwrap();
        assert_eq!(plan(&elsewhere, 20, Some(window), engine.duel()).terrain, None);
    }

    #[test]
    fn a_slice_makes_no_difference_to_two_weights() {
        let scene = file::read("").unwrap();
        let other = file::read("slice = \"eigenvectors\"").unwrap();
        assert_eq!(plan(&scene, 1, None, None), plan(&other, 7, None, None));
    }

    #[test]
    fn only_a_plane_that_follows_the_step_is_cut_again_for_another_step() {
        let still = file::read("data = \"linear_task\"").unwrap();
        assert_eq!(plan(&still, 1, None, None), plan(&still, 7, None, None));
        let moving = file::read("data = \"linear_task\"\nslice = \"eigenvectors\"").unwrap();
        assert_ne!(plan(&moving, 1, None, None), plan(&moving, 7, None, None));
    }
}
