//! A probe: which side of a boundary a place of an atlas is on, by a run of its own.

use std::sync::{Arc, Mutex, PoisonError};

use super::cells::{Cell, Grounds};
use super::kind::{Kind, Kinds, Number};
use super::settings::Settings;
use super::trace::Place;
use super::value::Value;
use crate::flight::{Case, Landed};

/// What places of an atlas are judged by.
pub struct Probe {
    settings: Settings,
    kinds: Kinds,
    grounds: Mutex<Grounds>,
    value: Value,
}

/// The side of an end that no cell has.
const OTHER: Number = Number::MAX;

impl Probe {
    /// Places between cells that end in these kinds, parted by a value.
    #[must_use]
    pub fn new(settings: Settings, kinds: Kinds, grounds: Grounds, value: Value) -> Self {
        Self { settings, kinds, grounds: Mutex::new(grounds), value }
    }

    /// The side of a place; none where a setting has no such value.
    #[must_use]
    pub fn side(&self, place: Place) -> Option<Number> {
        let at = [0, 1].map(|k| self.settings.sides[k].at(place[k]));
        let scene = Arc::new(self.settings.scene_at(at).ok()?);
        let ground = self.grounds.lock().unwrap_or_else(PoisonError::into_inner).of(&scene);
        let case = Case::of(&scene, &scene.spec(self.settings.run), &ground);
        let Landed { outcome, first_loss } = case.landed();
        let kind = self.kinds.find(&Kind::of(&outcome));
        let kind = kind.and_then(|kind| Number::try_from(kind).ok()).unwrap_or(OTHER);
        let (most, next) = (kind, kind);
        self.value.side(&Cell { outcome, first_loss, kind, most, share: 1.0, next, is_one: true })
    }
}
