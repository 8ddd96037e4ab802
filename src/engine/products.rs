//! What follows from a scene.

use std::sync::Arc;

use crate::analysis::contour::Contour;
use crate::analysis::cut::Cut;
use crate::analysis::field::Field;
use crate::analysis::levels::Levels;
use crate::analysis::minima::Minimum;
use crate::analysis::relief::Relief;
use crate::analysis::section::Section;
use crate::analysis::thin::thinned;
use crate::optim::trajectory::Trajectory;
use crate::problem::grid::{Plane, Window};
use crate::scene::{Problem, Scene};

/// The two runs of a scene.
#[derive(Clone)]
pub struct Duel {
    /// What they follow from: the scene they were asked for by, without what only says how they are seen.
    pub scene: Scene,
    /// What they minimised.
    pub problem: Problem,
    /// The base optimizer alone.
    pub base: Trajectory,
    /// The same with the scene's ascent.
    pub sam: Trajectory,
    /// The loss along the line from the base run's end to SAM's, and beyond; none where a run has no end.
    pub cut: Option<Cut>,
    /// What is seen of them where the map is the whole space; none where it is a plane that is still to be chosen.
    pub whole: Option<Arc<Section>>,
}

impl PartialEq for Duel {
    /// Runs of one scene are the same bit for bit, so the scene is all that has to be compared.
    fn eq(&self, other: &Self) -> bool {
        self.scene == other.scene
    }
}

/// Two runs in the plane that they are seen in.
#[derive(Clone)]
pub struct Seen {
    /// The runs.
    pub duel: Arc<Duel>,
    /// The plane, and what is seen of them there.
    pub section: Arc<Section>,
}

impl Seen {
    /// The window of the map of `scene`, in the plane's coordinates: as said, or as suits the plane.
    #[must_use]
    pub fn shown_window(&self, scene: &Scene) -> Window {
        scene.window.unwrap_or(self.section.window)
    }

    /// Whether this is the same section of the same runs.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.section, &other.section)
    }
}

/// The ground that runs are drawn on.
#[derive(Debug, Clone)]
pub struct Terrain {
    /// The plane that it lies in.
    pub plane: Plane,
    /// The loss on a grid.
    pub field: Field,
    /// The heights of its contour lines.
    pub levels: Levels,
    /// The lines.
    pub contours: Vec<Contour>,
    /// The same lines as they are drawn, in the same order.
    pub outlines: Vec<Outline>,
    /// Its tint and hillshade.
    pub relief: Arc<Relief>,
    /// The minima inside of it.
    pub minima: Vec<Minimum>,
    /// How fine it is.
    pub fineness: Fineness,
}

/// A contour line as it is drawn: without the corners that nobody could tell, and a ring back at its beginning.
#[derive(Debug, Clone)]
pub struct Outline {
    /// Where it goes; shared, so that it costs nothing to draw it in every frame.
    pub points: Arc<[[f64; 2]]>,
    /// The smallest window around it.
    pub bounds: Window,
}

/// How far a drawn line may be from the computed one, in pixels of the field: a tenth of what the field itself is
/// wrong by between two pixels, and less than any eye or printer tells.
const TOLERANCE: f64 = 0.03;

impl Outline {
    /// The outlines of `contours` of `field`.
    #[must_use]
    pub fn of(contours: &[Contour], field: &Field) -> Vec<Self> {
        let [width, height] = field.grid.window.span();
        let [columns, rows] = [field.grid.columns, field.grid.rows].map(|count| count as f64);
        let tolerance = TOLERANCE * (width / columns).min(height / rows);
        let outline = |contour: &Contour| {
            let first = contour.points.first().copied().filter(|_| contour.closed);
            let ring: Vec<[f64; 2]> = contour.points.iter().copied().chain(first).collect();
            let range = |axis: usize| {
                ring.iter().fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], at| {
                    [low.min(at[axis]), high.max(at[axis])]
                })
            };
            let bounds = Window::new(range(0), range(1));
            Self { points: thinned(&ring, tolerance).into(), bounds }
        };
        contours.iter().map(outline).collect()
    }
}

/// How fine a ground is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fineness {
    /// Coarse, to be shown until the full one is there.
    Preview,
    /// As fine as it gets.
    Full,
}
