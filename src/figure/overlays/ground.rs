//! The ground: a quiet tint for the height, and the shade of a low sun.

use std::sync::Arc;

use super::{Extract, Overlay, Placed, Within};
use crate::analysis::relief::Relief;
use crate::figure::Mark;

pub(super) static OVERLAY: Overlay = Overlay {
    id: "ground",
    about: "the loss as tint and hillshade, or where each start ends",
    place: Placed::Everywhere,
    marks,
};

fn marks(extract: &Extract<'_>) -> Vec<Mark> {
    let Some(terrain) = extract.picture.terrain else { return Vec::new() };
    let window = terrain.field.grid.window;
    let relief = Arc::clone(ends(extract).unwrap_or(&terrain.relief));
    vec![Mark::Terrain { window, relief }]
}

/// The ground in the hues of ends: of the run that is drawn, of several the last; none where that of the loss is asked
/// for, or another part of the map.
fn ends<'a>(extract: &Extract<'a>) -> Option<&'a Arc<Relief>> {
    let picture = extract.picture;
    let ends = picture.told_ends().filter(|_| extract.within == Within::Map)?;
    ends.ground(*extract.runs.last()?, picture.asked.layer)
}
