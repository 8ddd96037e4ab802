//! A lens as a pane has it: what it shows, how large, and where it is drawn.

use super::Mark;
use super::things::Thing;
use crate::problem::grid::Window;

/// A magnified neighbourhood: the step that is being made, large, and what is said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Lens {
    /// What it shows.
    pub window: Window,
    /// Its width and height in points.
    pub size: [f64; 2],
    /// Where it is drawn.
    pub site: Site,
    /// What is drawn in it, in the map's coordinates.
    pub marks: Vec<Mark>,
    /// What can be pointed at in it.
    pub things: Vec<Thing>,
    /// What stands below it where it is as large as the map: free words, in points from its lower left corner.
    pub words: Vec<Mark>,
}

/// Where a lens is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Site {
    /// In a corner of its map.
    Corner(Corner),
    /// In place of its map.
    Whole,
}

/// A corner of a plot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Corner {
    TopLeft,
    TopRight,
    BottomLeft,
    BottomRight,
}
