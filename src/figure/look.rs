//! Where one looks: the step, the part of the map, and what charts show of their axes.

use super::Corner;
use super::phase::Told;
use super::quantity::Quantity;
use crate::analysis::gauge::Gauge;
use crate::engine::Asked;
use crate::engine::products::measures::Along;
use crate::optim::moment::Moment;
use crate::problem::grid::Window;
use crate::scene::Scene;
use crate::scene::layer::Layer;

/// Where one looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// The moment shown.
    pub at: Moment,
    /// The part of the map shown.
    pub window: Window,
    /// What charts are drawn against.
    pub against: Against,
    /// Which sharpness is charted.
    pub gauge: Gauge,
    /// How many points of the screen or the sheet a unit of the map is long: what decides which dots are too dense to
    /// draw and how much a lens magnifies.
    pub points_per_unit: f64,
    /// What is looked at in the charts.
    pub charts: Closer,
    /// Where the lenses of the maps are.
    pub lens: Sight,
    /// What is pointed at, to be lit wherever it is seen.
    pub lit: Option<Quantity>,
    /// Whether what comes after the moment shown is told.
    pub future: Future,
    /// Where in the story of the step one is, while it is told.
    pub story: Option<Told>,
    /// Whether examples are as large as they pull.
    pub pulls: bool,
}

/// Whether what comes after the moment shown is told: the rest of paths and curves, and how runs end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Future {
    /// It is told, faintly.
    #[default]
    Shown,
    /// It is hidden, so that one can ask what will happen.
    Hidden,
}

impl Future {
    /// The other one.
    #[must_use]
    pub fn turned(self) -> Self {
        match self {
            Self::Shown => Self::Hidden,
            Self::Hidden => Self::Shown,
        }
    }
}

/// Where the lens of a map is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sight {
    /// There is none: the step moves by itself.
    Hidden,
    /// In the corner where it covers least.
    #[default]
    WhereItCoversLeast,
    /// In this corner.
    In(Corner),
    /// Over the whole map.
    Whole,
}

/// What charts are drawn against: a SAM step pays for two gradients, so a fair comparison can be made both ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Against {
    /// Steps made.
    Steps,
    /// Gradients evaluated.
    Gradients,
}

/// What is looked at in the charts; all of everything when not said.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Closer {
    /// What all charts over time show of it.
    pub time: Option<[f64; 2]>,
    /// What a chart that is not over time shows of its axis across.
    pub across: Option<[f64; 2]>,
    /// What the chart of the loss shows of its heights.
    pub loss: Option<[f64; 2]>,
    /// What the chart of the measure shows of its heights.
    pub measure: Option<[f64; 2]>,
    /// The time whose values are read.
    pub read: Option<f64>,
}

impl Look {
    /// Where along the runs the loss must be measured for what is shown.
    #[must_use]
    pub fn along(&self) -> Along {
        if self.gauge.is_over_time() && !self.gauge.is_of_outcomes() {
            Along::Everything
        } else {
            Along::At(self.at)
        }
    }

    /// What is asked of the engine to draw `scene` on a map of `window`, with the charts that are looked at.
    #[must_use]
    pub fn asks<'a>(&self, scene: &'a Scene, window: Window) -> Asked<'a> {
        Asked {
            along: Some(self.along()),
            spectra: self.gauge == Gauge::Spectrum,
            profiles: self.gauge == Gauge::Profile,
            pulls: self.pulls,
            outcomes: true,
            ends: scene.layer != Layer::Loss,
            ..Asked::of(scene, self.at).on(window)
        }
    }
}
