//! The charts under the maps: loss and sharpness against steps or gradients.

use super::picture::Picture;
use super::{Axis, AxisScale, Pane};

/// The loss of both runs.
#[must_use]
pub fn loss(picture: &Picture<'_>) -> Pane {
    blank(picture, "loss")
}

/// The sharpness of both runs.
#[must_use]
pub fn sharpness(picture: &Picture<'_>) -> Pane {
    blank(picture, "sharpness")
}

fn blank(_: &Picture<'_>, id: &'static str) -> Pane {
    let axis = || Axis {
        label: String::new(),
        range: [0.0, 1.0],
        scale: AxisScale::Linear,
        ticks: Vec::new(),
    };
    Pane {
        id,
        title: Vec::new(),
        caption: String::new(),
        description: String::new(),
        x: axis(),
        y: axis(),
        true_scale: false,
        marks: Vec::new(),
        legend: Vec::new(),
        lens: None,
    }
}
