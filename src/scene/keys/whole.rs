//! Keys that take whole numbers only, and the values of a range of them where nobody says how many there are.

use super::parameters;
use crate::catalog::{Kind, Scale};
use crate::scene::Scene;
use crate::typed::{Along, Axis};

/// Whether `key` of `scene` takes whole numbers only.
#[must_use]
pub fn is_whole(scene: &Scene, key: &str) -> bool {
    let key = key.trim();
    let is_own = matches!(key, "steps" | "batch") || key == "seed" || key.starts_with("seed_");
    is_own
        || parameters(scene).iter().any(|parameter| {
            let kind = &parameter.setting.kind;
            parameter.key == key && matches!(kind, Kind::Number { scale: Scale::Whole, .. })
        })
}

/// The same axis; where its key takes whole numbers, by equal steps, and nobody says how many, with as many whole ones as
/// there are, `most` at most.
#[must_use]
pub fn counted(scene: &Scene, axis: Axis, most: usize) -> Axis {
    let Along::Range(range) = axis.along else { return axis };
    let count = range.whole(most).filter(|_| is_whole(scene, &axis.key));
    Axis { along: Along::Range(count.map_or(range, |count| range.counted(count))), ..axis }
}
