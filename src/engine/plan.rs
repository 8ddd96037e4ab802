//! Which products a scene implies. Pure: compared by `==`, so that nothing is forgotten or done twice.

use crate::problem::grid::{Grid, Window};
use crate::scene::Scene;

use super::jobs::{DuelJob, TerrainJob};

/// The jobs of one frame.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// The two runs.
    pub duel: DuelJob,
    /// The ground under them, when a map is shown.
    pub terrain: Option<TerrainJob>,
}

/// Pixels of a full field along its longer side.
pub const FULL: usize = 256;

/// What `scene` implies when `window` of its map is shown; `None` where no map is.
#[must_use]
pub fn plan(scene: &Scene, window: Option<Window>) -> Wanted {
    Wanted {
        duel: DuelJob::of(scene),
        terrain: window
            .map(|window| TerrainJob { source: scene.source(), grid: grid(window, FULL) }),
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
