//! Checked values for all settings of one entry: what a member is built from.

use std::path::Path;

use super::{BadValue, Setting, Value};

/// Checked values for all settings of one entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    declared: &'static [Setting],
    values: Vec<Value>,
}

// Two different settings never share an address, so comparing keys and values is comparing everything.
impl PartialEq for Setting {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Settings {
    pub(super) fn defaults(declared: &'static [Setting]) -> Self {
        Self { declared, values: declared.iter().map(Setting::default).collect() }
    }

    pub(super) fn values(&self) -> impl Iterator<Item = &Value> {
        self.values.iter()
    }

    pub(super) fn value(&self, key: &str) -> Option<&Value> {
        self.place(key).map(|place| &self.values[place])
    }

    pub(super) fn set(&mut self, key: &str, value: Value) -> Result<bool, BadValue> {
        let Some(place) = self.place(key) else {
            return Ok(false);
        };
        self.values[place] = self.declared[place].check(value)?;
        Ok(true)
    }

    /// The value of the number `key`.
    ///
    /// # Panics
    /// When `key` is not declared as a number by the entry: a slip of the member's author that the contract tests
    /// find, since they build every member.
    #[must_use]
    pub fn get(&self, key: &str) -> f64 {
        self.value(key)
            .and_then(Value::number)
            .expect("a member reads only the numbers that its entry declares")
    }

    /// The value of a whole-numbered setting.
    ///
    /// # Panics
    /// As [`Settings::get`].
    #[must_use]
    pub fn count(&self, key: &str) -> usize {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "whole settings are checked against ranges far inside usize"
        )]
        let count = self.get(key) as usize;
        count
    }

    /// The name that is chosen for `key`.
    ///
    /// # Panics
    /// When `key` is not declared as a choice by the entry; as [`Settings::get`].
    #[must_use]
    pub fn choice(&self, key: &str) -> &'static str {
        self.value(key)
            .and_then(Value::choice)
            .expect("a member reads only the choices that its entry declares")
    }

    /// The text `key`.
    ///
    /// # Panics
    /// When `key` is not declared as a text by the entry; as [`Settings::get`].
    #[must_use]
    pub fn text(&self, key: &str) -> &str {
        self.value(key)
            .and_then(Value::text)
            .expect("a member reads only the texts that its entry declares")
    }

    /// The path `key`; empty while none is chosen.
    ///
    /// # Panics
    /// When `key` is not declared as a path by the entry; as [`Settings::get`].
    #[must_use]
    pub fn path(&self, key: &str) -> &Path {
        self.value(key)
            .and_then(Value::path)
            .expect("a member reads only the paths that its entry declares")
    }

    fn place(&self, key: &str) -> Option<usize> {
        self.declared.iter().position(|setting| setting.key == key)
    }
}
