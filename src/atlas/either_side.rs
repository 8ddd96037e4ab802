//! The runs to either side of a place of a boundary, as a scene of two runs.
//!
//! ```text
//! before ── 10⁻⁸ ──│── 10⁻⁸ ── beyond       in parts of the side of the atlas, across the boundary
//! ```
//!
//! Both are the run that the atlas is about, with its two settings of their own, so that everything that compares runs
//! compares them. A setting that no run can have of its own, such as one of the data, has no such scene.

use super::boundary::Crossing;
use super::settings::Settings;
use crate::scene::Scene;
use crate::scene::run::{Aspect, Own, RunName, Runs};

/// How far from the boundary both are, in parts of the side of the atlas.
pub const AWAY: f64 = 1e-8;
/// What both runs are called.
pub const NAMES: [&str; 2] = ["before", "beyond"];

/// `scene` with the two runs beside a place of a boundary of `settings`; none where no two runs can be so.
#[must_use]
pub fn scene(settings: &Settings, scene: &Scene, crossing: &Crossing) -> Option<Scene> {
    let own = Settings { scene: std::sync::Arc::new(scene.clone()), ..settings.clone() };
    let runs = [-AWAY, AWAY].map(|by| {
        let place = [0, 1].map(|k| crossing.at[k] + by * crossing.across[k]);
        let at = [0, 1].map(|k| own.sides[k].at(place[k]));
        one(&own, scene, at)
    });
    let [before, beyond] = runs;
    let named = |name: &str, own| Some((Some(RunName::new(name).ok()?), false, own));
    let runs = vec![named(NAMES[0], before?)?, named(NAMES[1], beyond?)?];
    Some(Scene { runs: Runs::of(runs).ok()?, ..scene.clone() })
}

/// What the run has of its own at two values; none where they change anything else.
fn one(settings: &Settings, scene: &Scene, at: [f64; 2]) -> Option<Own> {
    let there = settings.scene_at(at).ok()?;
    let shared = Scene { shared: scene.shared.clone(), runs: scene.runs.clone(), ..there.clone() };
    if shared != *scene {
        return None;
    }
    let (spec, now) = (there.spec(settings.run), scene.spec(settings.run));
    let mut own = scene.runs.get(settings.run)?.own.clone();
    for aspect in Aspect::ALL {
        if spec.differs(&now, aspect) {
            own.take(aspect, &spec);
        }
    }
    // What runs share may not have been what made the difference.
    (scene.shared.with(&own) == spec).then_some(own)
}
