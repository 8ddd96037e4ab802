//! The maps: ground, routes, and the step that is being made.

use super::picture::{Lane, Picture};
use super::{Axis, AxisScale, Pane};

/// The map of one run.
#[must_use]
pub fn map(picture: &Picture<'_>, lane: Lane) -> Pane {
    let id = match lane {
        Lane::Base => "map.base",
        Lane::Sam => "map.sam",
    };
    blank(picture, id)
}

/// One map with both runs.
#[must_use]
pub fn overlaid(picture: &Picture<'_>) -> Pane {
    blank(picture, "map.both")
}

fn blank(picture: &Picture<'_>, id: &'static str) -> Pane {
    let axis =
        |range| Axis { label: String::new(), range, scale: AxisScale::Linear, ticks: Vec::new() };
    Pane {
        id,
        title: Vec::new(),
        caption: String::new(),
        description: String::new(),
        x: axis(picture.look.window.x),
        y: axis(picture.look.window.y),
        true_scale: true,
        marks: Vec::new(),
        legend: Vec::new(),
        lens: None,
    }
}
