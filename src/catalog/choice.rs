//! A member of a family with values for its settings: what a scene holds.

use std::fmt;

use super::{BadValue, Build, CannotBuild, Entry, Setting, Settings, Value};

/// A member of a family with checked settings: it can be compared, saved and undone.
pub struct Choice<T: ?Sized + 'static> {
    entry: &'static Entry<T>,
    settings: Settings,
}

impl<T: ?Sized> Choice<T> {
    /// `entry` with its default settings.
    #[must_use]
    pub fn new(entry: &'static Entry<T>) -> Self {
        Self { entry, settings: Settings::defaults(entry.settings) }
    }

    /// What was chosen.
    #[must_use]
    pub fn entry(&self) -> &'static Entry<T> {
        self.entry
    }

    /// Its name in scene files.
    #[must_use]
    pub fn id(&self) -> &'static str {
        self.entry.id
    }

    /// Every setting with its value, in the order of the entry.
    pub fn values(&self) -> impl Iterator<Item = (&'static Setting, &Value)> + '_ {
        self.entry.settings.iter().zip(self.settings.values())
    }

    /// The value of `key`, if the entry has such a setting.
    #[must_use]
    pub fn value(&self, key: &str) -> Option<&Value> {
        self.settings.value(key)
    }

    /// The number `key`, if the entry has such a setting and it is a number.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<f64> {
        self.value(key).and_then(Value::number)
    }

    /// Sets `key` to `value`; `Ok(false)` when the entry has no such setting.
    ///
    /// # Errors
    /// Says what is allowed when the setting cannot take `value`; the choice is then unchanged.
    pub fn set(&mut self, key: &str, value: impl Into<Value>) -> Result<bool, BadValue> {
        self.settings.set(key, value.into())
    }

    /// The same choice with `key` set to `value`.
    ///
    /// # Errors
    /// As [`Choice::set`].
    pub fn with(mut self, key: &str, value: impl Into<Value>) -> Result<Self, BadValue> {
        self.set(key, value)?;
        Ok(self)
    }

    /// Makes what was chosen; where it cannot be made, what stands in its place.
    #[must_use]
    pub fn build(&self) -> Box<T> {
        match &self.entry.build {
            Build::Sure(build) => build(&self.settings),
            Build::Fallible { build, stand_in } => {
                build(&self.settings).unwrap_or_else(|_| stand_in(&self.settings))
            }
        }
    }

    /// Makes what was chosen.
    ///
    /// # Errors
    /// Says in one sentence why it cannot be made.
    pub fn try_build(&self) -> Result<Box<T>, CannotBuild> {
        match &self.entry.build {
            Build::Sure(build) => Ok(build(&self.settings)),
            Build::Fallible { build, .. } => build(&self.settings),
        }
    }
}

// Written by hand: derives would ask `T: Clone`, and `T` is a trait object.
impl<T: ?Sized> Clone for Choice<T> {
    fn clone(&self) -> Self {
        Self { entry: self.entry, settings: self.settings.clone() }
    }
}

impl<T: ?Sized> PartialEq for Choice<T> {
    fn eq(&self, other: &Self) -> bool {
        self.entry.id == other.entry.id && self.settings == other.settings
    }
}

impl<T: ?Sized> fmt::Debug for Choice<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.entry.id)?;
        f.debug_map().entries(self.values().map(|(setting, value)| (setting.key, value))).finish()
    }
}
