//! What follows from a scene.

use std::sync::Arc;

use crate::analysis::contour::Contour;
use crate::analysis::field::Field;
use crate::analysis::levels::Levels;
use crate::analysis::minima::Minimum;
use crate::analysis::relief::Relief;
use crate::optim::trajectory::Trajectory;
use crate::scene::{Problem, Scene};

/// The two runs of a scene.
#[derive(Clone)]
pub struct Duel {
    /// The scene they were asked for by; its window and title may be older than what is shown.
    pub scene: Scene,
    /// What they minimised.
    pub problem: Problem,
    /// The base optimizer alone.
    pub base: Trajectory,
    /// The same with the scene's ascent.
    pub sam: Trajectory,
}

/// The ground that runs are drawn on.
#[derive(Debug, Clone)]
pub struct Terrain {
    /// The loss on a grid.
    pub field: Field,
    /// The heights of its contour lines.
    pub levels: Levels,
    /// The lines.
    pub contours: Vec<Contour>,
    /// Its tint and hillshade.
    pub relief: Arc<Relief>,
    /// The minima inside of it.
    pub minima: Vec<Minimum>,
    /// Whether a finer one is on its way.
    pub preview: bool,
}
