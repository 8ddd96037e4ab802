//! What can be drawn on a map, one file each.
//!
//! An overlay is a function of an [`Extract`]: a part of the map and what is shown on it. It makes marks in data
//! coordinates, and survives an empty result by making none.

use ndarray::ArrayView1;

use super::clip;
use super::picture::Picture;
use super::{Mark, Points};
use crate::engine::products::terrain::Outline;
use crate::optim::replay::Step;
use crate::optim::trajectory::{Row, Trajectory};
use crate::problem::grid::Window;

mod ground;
mod contours;
mod arrows;
mod raster;
mod room;
mod heights;
mod trail;
mod soundings;
pub(super) mod lettering;
mod start;
mod diverged;
pub(super) mod ball;
mod gradients;
mod epsilon;
mod here;
mod standing;

pub use lettering::Lettering;

/// Something that can be drawn on a map.
pub struct Overlay {
    /// Its name in files.
    pub id: &'static str,
    /// What it shows.
    pub about: &'static str,
    /// Whether a lens shows it too.
    pub place: Placed,
    /// Its marks.
    pub marks: fn(&Extract<'_>) -> Vec<Mark>,
}

/// Where an overlay is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placed {
    /// On the map and in its lens: the ground.
    Everywhere,
    /// On the map alone: labels would only be said twice, and the lens draws the step itself.
    OnMap,
}

/// Every overlay, from the ground up.
pub static ALL: &[&Overlay] = &[
    &ground::OVERLAY,
    &contours::OVERLAY,
    &arrows::OVERLAY,
    &heights::OVERLAY,
    &trail::OVERLAY,
    &soundings::OVERLAY,
    &start::OVERLAY,
    &diverged::OVERLAY,
    &ball::OVERLAY,
    &gradients::OVERLAY,
    &epsilon::OVERLAY,
    &here::OVERLAY,
];

/// A part of the map at a scale, and whose runs are drawn on it.
#[derive(Clone, Copy)]
pub struct Extract<'a> {
    /// What it is drawn from.
    pub picture: &'a Picture<'a>,
    /// Which runs, by their places in the scene.
    pub runs: &'a [usize],
    /// Every run that is shown on one map or another.
    pub all: &'a [usize],
    /// Which part.
    pub window: Window,
    /// How many points a unit is long.
    pub points_per_unit: f64,
    /// Whether this is the map or its lens.
    pub within: Within,
    /// Where words stand; nowhere on a lens.
    pub lettering: &'a Lettering,
}

/// Whether an extract is the map itself or its lens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// The map.
    Map,
    /// The magnified neighbourhood.
    Lens,
}

impl<'a> Extract<'a> {
    /// The marks of all overlays, from the ground up.
    #[must_use]
    pub fn marks(&self) -> Vec<Mark> {
        self.marks_of(|overlay| self.within == Within::Map || overlay.place == Placed::Everywhere)
    }

    /// The marks of some overlays, from the ground up.
    pub(super) fn marks_of(&self, some: impl Fn(&Overlay) -> bool) -> Vec<Mark> {
        ALL.iter()
            .filter(|overlay| some(overlay))
            .flat_map(|overlay| (overlay.marks)(self))
            .collect()
    }

    /// The runs that are drawn, each with where its steps are seen in the plane of the map.
    fn drawn(&self) -> impl Iterator<Item = (usize, &'a Trajectory, &'a [[f64; 2]])> + '_ {
        self.runs.iter().filter_map(|&run| {
            Some((run, self.picture.run(run)?, &*self.picture.shadow(run)?.places))
        })
    }

    /// Where the steps of all runs are seen, drawn or not: what stands on one map stands at the same place on the
    /// others.
    pub(super) fn all_routes(&self) -> impl Iterator<Item = &'a [[f64; 2]]> + '_ {
        self.all.iter().filter_map(|&run| Some(&*self.picture.shadow(run)?.places))
    }

    /// Where the steps of the runs drawn are seen.
    pub(super) fn drawn_routes(&self) -> impl Iterator<Item = &'a [[f64; 2]]> + '_ {
        self.drawn().map(|(_, _, places)| places)
    }

    /// What each run drawn is doing at the step shown.
    fn rows(&self) -> impl Iterator<Item = (usize, Row<'a>)> + '_ {
        self.runs.iter().filter_map(|&run| Some((run, self.picture.row(run)?)))
    }

    /// The step of each run drawn that leaves the row shown; where it is still being recalled, the last one that was.
    fn steps(&self) -> impl Iterator<Item = (usize, &'a Step)> + '_ {
        self.runs.iter().filter_map(|&run| Some((run, self.picture.step(run)?)))
    }

    /// Where `w + scale · by` is seen.
    fn moved(&self, w: ArrayView1<'_, f64>, scale: f64, by: ArrayView1<'_, f64>) -> [f64; 2] {
        self.picture.place((&w + &(scale * &by)).view())
    }

    /// The parts of a contour line that are near enough to be seen; the line itself where that is all of it.
    fn shown(&self, outline: &Outline) -> Vec<Points> {
        let near = clip::around(self.window, BEYOND);
        let Window { x, y } = outline.bounds;
        if near.contains([x[0], y[0]]) && near.contains([x[1], y[1]]) {
            return vec![Points::clone(&outline.points)];
        }
        if x[1] < near.x[0] || near.x[1] < x[0] || y[1] < near.y[0] || near.y[1] < y[0] {
            return Vec::new();
        }
        self.clipped(outline.points.iter().copied())
    }

    /// Lines are drawn a little beyond the edges, so that their ends do not show.
    fn clipped(&self, points: impl IntoIterator<Item = [f64; 2]>) -> Vec<Points> {
        clip::path(clip::around(self.window, BEYOND), points)
            .into_iter()
            .map(Points::from)
            .collect()
    }

    /// An arrow that is cut where it leaves the neighbourhood of the window; none when it is not seen at all.
    fn arrow(&self, from: [f64; 2], to: [f64; 2], pen: super::Pen) -> Option<Mark> {
        let [from, to] = clip::segment(clip::around(self.window, BEYOND), from, to)?;
        let apart = self.points_per_unit * (to[0] - from[0]).hypot(to[1] - from[1]);
        (apart >= SHORTEST_ARROW).then_some(Mark::Arrow { from, to, pen })
    }
}

/// How many window spans beyond the edges lines are still drawn: enough that no dash or casing ends in sight.
const BEYOND: f64 = 0.5;

/// An arrow shorter than this many points would be all head and say nothing.
const SHORTEST_ARROW: f64 = 1.5;
