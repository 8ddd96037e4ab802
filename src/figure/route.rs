//! How each run is told from the others: by ink, dash and marker, so that colour is never the only cue.
//!
//! The looks stand in a row. The first is that of a base optimizer alone and the second that of SAM, in every scene: the
//! first run without an ascent takes the first and the first run with one the second, wherever they stand in the list.
//! The other runs take what is left, in order, and what belongs to a method that is not there comes last.

use super::picture::Picture;
use super::{Dash, Ink, Pen, Shape};
use crate::optim::ascent;
use crate::scene::Scene;
use crate::scene::run::{Run, Runs};

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

/// Where the looks of each run of a scene stand in the row.
#[must_use]
pub fn slots(scene: &Scene) -> Vec<usize> {
    let climbs = |run: &Run| {
        let ascent = run.own.ascent.as_ref().unwrap_or(&scene.shared.ascent);
        ascent.id() != ascent::none().id()
    };
    let climbs: Vec<bool> = scene.runs.iter().map(climbs).collect();
    let first = |climbing: bool| climbs.iter().position(|&it| it == climbing);
    let methods = [first(false), first(true)];
    let absent = (0..2).filter(|&slot| methods[slot].is_none());
    let mut left = (2..Runs::MOST).chain(absent);
    (0..climbs.len())
        .map(|run| match methods.iter().position(|&first| first == Some(run)) {
            Some(slot) => slot,
            None => left.next().unwrap_or(run),
        })
        .collect()
}

/// The looks of a run of a scene.
#[must_use]
pub fn of(scene: &Scene, run: usize) -> Route {
    at(slots(scene).get(run).copied().unwrap_or(run))
}

/// The looks that stand at a place of the row.
#[must_use]
pub fn at(slot: usize) -> Route {
    let (dash, shape, width, size) = match slot {
        0 => (Dash::Solid, Shape::Disc, 1.6, 3.8),
        1 => (Dash::Dashed, Shape::Diamond, 1.5, 4.4),
        2 => (Dash::DashDot, Shape::Square, 1.5, 3.6),
        3 => (Dash::LongDash, Shape::Triangle, 1.5, 4.4),
        4 => (Dash::DashDotDot, Shape::Ring, 1.5, 4.0),
        _ => (Dash::ShortDash, Shape::Cross, 1.5, 4.4),
    };
    Route { ink: Ink::Run(slot), dash, shape, width, size }
}

impl Picture<'_> {
    /// The looks of a run.
    #[must_use]
    pub fn route(&self, run: usize) -> Route {
        of(self.scene, run)
    }

    /// The ink of a run.
    #[must_use]
    pub fn ink(&self, run: usize) -> Ink {
        self.route(run).ink
    }
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
