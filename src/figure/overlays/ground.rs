//! The ground: a quiet tint for the height, and the shade of a low sun.

use super::{Extract, Overlay, Placed};
use crate::figure::Mark;

pub(super) static OVERLAY: Overlay = Overlay {
    id: "ground",
    about: "the loss as tint and hillshade",
    place: Placed::Everywhere,
    marks,
};

fn marks(extract: &Extract<'_>) -> Vec<Mark> {
    let Some(terrain) = extract.picture.terrain else { return Vec::new() };
    vec![Mark::Terrain {
        window: terrain.field.grid.window,
        relief: std::sync::Arc::clone(&terrain.relief),
    }]
}
