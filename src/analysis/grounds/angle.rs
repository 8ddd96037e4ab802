//! The angle between the gradient at the weights and the one that SAM steps with.
//!
//! ```text
//! ∠(g, g_s) in degrees,     g = ∇L(w),     g_s = ∇L(w + ε(w))
//! ```
//!
//! 0° where SAM steps as descent does, 180° where it steps straight back. Where either vanishes there is no angle.

use super::{Cost, Ground};
use crate::analysis::directions::angle;

pub(super) static GROUND: Ground = Ground {
    id: "angle",
    name: "Angle between the gradients",
    noun: "the angle",
    symbol: "∠ g to g_s",
    about: "the angle in degrees between ∇L(w) and the gradient at w + ε that SAM steps with; blank where one is zero",
    unit: "°",
    source: "—",
    cost: Cost::Look,
    height: |place| {
        let (_, g) = place.here();
        angle(g.view(), place.sight().gradient.view()).unwrap_or(f64::NAN)
    },
    lacks: |looking| {
        looking.is_chance().then_some("its ε is chance").or_else(|| looking.remembers())
    },
};
