//! How each run is told from the others: by ink, dash and marker, so that colour is never the only cue.

use super::{Dash, Ink, Pen, Shape};

/// The looks of a run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Route {
    /// Its colour.
    pub ink: Ink,
    /// Whether its line is whole.
    pub dash: Dash,
    /// The marker at its steps.
    pub shape: Shape,
    /// The width of its line on a map, in points.
    pub width: f32,
    /// The diameter of its markers on a map, in points.
    pub size: f32,
}

/// The looks of the run at `place` of a scene.
#[must_use]
pub fn of(place: usize) -> Route {
    let (dash, shape, width, size) = match place {
        0 => (Dash::Solid, Shape::Disc, 1.6, 3.8),
        1 => (Dash::Dashed, Shape::Diamond, 1.5, 4.4),
        2 => (Dash::DashDot, Shape::Square, 1.5, 3.6),
        3 => (Dash::LongDash, Shape::Triangle, 1.5, 4.4),
        4 => (Dash::DashDotDot, Shape::Ring, 1.5, 4.0),
        _ => (Dash::ShortDash, Shape::Cross, 1.5, 4.4),
    };
    Route { ink: Ink::Run(place), dash, shape, width, size }
}

impl Route {
    /// Its line on a map, lifted off the ground.
    #[must_use]
    pub fn on_map(self) -> Pen {
        Pen::new(self.ink, self.width).cased().dashed(self.dash)
    }

    /// Its line in a chart.
    #[must_use]
    pub fn in_chart(self) -> Pen {
        Pen::new(self.ink, 1.6).dashed(self.dash)
    }

    /// Its limits and its second lines in a chart: thin and dotted.
    #[must_use]
    pub fn limit(self) -> Pen {
        Pen::new(self.ink, 1.1).dashed(Dash::Dotted)
    }
}
