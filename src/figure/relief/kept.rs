//! What does not move of maps in relief, kept from frame to frame: while a run moves over a surface, the surface and the
//! lines of its ground are those of the frame before.

use std::cell::RefCell;
use std::sync::Arc;

use super::{Heights, Stage};
use crate::analysis::relief::Relief;
use crate::figure::Mark;
use crate::problem::grid::Window;
use crate::scene::prospect::Bearing;

/// The stages that were set last, the latest first; whoever paints frame after frame keeps them.
#[derive(Default)]
pub struct Kept(RefCell<Vec<(Set, Arc<Stage>)>>);

/// All that a stage is made of.
#[derive(PartialEq)]
pub(super) struct Set {
    pub(super) relief: ByAddress,
    pub(super) covered: Window,
    pub(super) seen: Window,
    pub(super) points_per_unit: f64,
    pub(super) bearing: Bearing,
    pub(super) names: [String; 2],
    pub(super) heights: Heights,
    pub(super) contours: Vec<Mark>,
}

/// A ground, which is another one where it lies elsewhere.
pub(super) struct ByAddress(pub(super) Arc<Relief>);

impl PartialEq for ByAddress {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// A ground for each of six runs, and the one that they have in common.
const MOST: usize = 7;

impl Kept {
    /// The stage that is set so: the one that is known, else the one that is made now.
    pub(super) fn or_made(
        &self,
        set: Set,
        make: impl FnOnce(&Set) -> Option<Stage>,
    ) -> Option<Arc<Stage>> {
        let mut kept = self.0.borrow_mut();
        if let Some(place) = kept.iter().position(|(known, _)| *known == set) {
            kept[..=place].rotate_right(1);
            return Some(Arc::clone(&kept[0].1));
        }
        let made = Arc::new(make(&set)?);
        kept.insert(0, (set, Arc::clone(&made)));
        kept.truncate(MOST);
        Some(made)
    }
}
