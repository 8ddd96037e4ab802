//! How things describe themselves.
//!
//! Everything a user picks from a list (a landscape, a dataset, an optimizer, …) is one file with one
//! [`Entry`]. Menus, sliders, `--set`, `samscope list`, saved scenes, the tables of the README and the
//! contract tests all read the entries, so a newcomer is drawn, saved, documented and tested by being listed.
//!
//! A [`Choice`] is an entry together with checked values for its [`Setting`]s: it can always be built.

use std::fmt;

/// How a setting's slider spreads its range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Equal steps.
    Linear,
    /// Equal ratios; a range that starts at zero keeps zero reachable.
    Log,
    /// Whole numbers only.
    Whole,
    /// One of a few names; the value is the place of the name among them.
    Named(&'static [&'static str]),
}

/// One number that a member of a family can be tuned by.
#[derive(Debug)]
pub struct Setting {
    /// Name in scene files and on the command line. Part of the file format: never renamed.
    pub key: &'static str,
    /// Short label in the window, a symbol or a word or two.
    pub label: &'static str,
    /// What it does, with the formula it enters; the tooltip.
    pub about: &'static str,
    /// The value without a say.
    pub default: f64,
    /// Smallest and largest value allowed, both included.
    pub range: (f64, f64),
    /// How a slider spreads the range.
    pub scale: Scale,
}

impl Setting {
    /// Accepts `given` if the setting allows it.
    ///
    /// # Errors
    /// Says what would be allowed when `given` is outside the range, not finite, or not whole where it must be.
    pub fn check(&self, given: f64) -> Result<f64, BadValue> {
        let (low, high) = self.range;
        let whole = matches!(self.scale, Scale::Whole | Scale::Named(_));
        let fits = low <= given && given <= high && (!whole || given.fract() == 0.0);
        if fits { Ok(given) } else { Err(self.bad(given.to_string())) }
    }

    /// Reads a value as it is typed: a number, or a name where the setting has names.
    ///
    /// # Errors
    /// Says what would be allowed when it is neither.
    pub fn read(&self, given: &str) -> Result<f64, BadValue> {
        let named = match self.scale {
            Scale::Named(names) => names.iter().position(|name| *name == given),
            Scale::Linear | Scale::Log | Scale::Whole => None,
        };
        match named {
            Some(place) => Ok(place as f64),
            None => {
                given.parse().map_err(|_| self.bad(given.to_owned())).and_then(|x| self.check(x))
            }
        }
    }

    /// The name of `value`, where the setting has names.
    #[must_use]
    pub fn name_of(&self, value: f64) -> Option<&'static str> {
        match self.scale {
            Scale::Named(names) => {
                let found = names.iter().enumerate().find(|(place, _)| *place as f64 >= value);
                found.map(|(_, name)| *name)
            }
            Scale::Linear | Scale::Log | Scale::Whole => None,
        }
    }

    fn bad(&self, given: String) -> BadValue {
        let (low, high) = self.range;
        let wanted = match self.scale {
            Scale::Linear | Scale::Log => format!("a number from {low} to {high}"),
            Scale::Whole => format!("a whole number from {low} to {high}"),
            Scale::Named(names) => names.join(" or "),
        };
        BadValue { key: self.key, given, wanted }
    }
}

/// A value that a setting cannot take.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{key} = {given} is not allowed; use {wanted}")]
pub struct BadValue {
    key: &'static str,
    given: String,
    wanted: String,
}

/// Checked values for all settings of one entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    declared: &'static [Setting],
    values: Vec<f64>,
}

// Two different settings never share an address, so comparing keys and values is comparing everything.
impl PartialEq for Setting {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Settings {
    fn defaults(declared: &'static [Setting]) -> Self {
        Self { declared, values: declared.iter().map(|setting| setting.default).collect() }
    }

    /// The value of the setting `key`.
    ///
    /// # Panics
    /// When `key` is not declared by the entry: a slip of the member's author that the contract tests find,
    /// since they build every member.
    #[must_use]
    pub fn get(&self, key: &str) -> f64 {
        let place = self.place(key).expect("a member reads only the keys that its entry declares");
        self.values[place]
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

    fn place(&self, key: &str) -> Option<usize> {
        self.declared.iter().position(|setting| setting.key == key)
    }
}

/// How one member of a family describes itself, and how it is made.
pub struct Entry<T: ?Sized + 'static> {
    /// Name in scene files and on the command line. Part of the file format: never renamed.
    pub id: &'static str,
    /// Name in the window.
    pub name: &'static str,
    /// The defining formula, in Unicode.
    pub formula: &'static str,
    /// Where it was published; "—" for folklore.
    pub source: &'static str,
    /// One sentence: what it is good for looking at.
    pub about: &'static str,
    /// What it can be tuned by.
    pub settings: &'static [Setting],
    /// Makes it. Cannot fail: settings are checked.
    pub build: fn(&Settings) -> Box<T>,
}

/// The members of one family, in the order of menus.
pub struct Catalog<T: ?Sized + 'static> {
    /// What one member is called in messages: "landscape", "base optimizer".
    pub family: &'static str,
    /// Every member. Never empty.
    pub entries: &'static [&'static Entry<T>],
}

impl<T: ?Sized> Catalog<T> {
    /// The member called `id`.
    ///
    /// # Errors
    /// Names the members that exist, and the likely one, when there is none of that name.
    pub fn find(&self, id: &str) -> Result<&'static Entry<T>, UnknownId> {
        self.entries.iter().copied().find(|entry| entry.id == id).ok_or_else(|| {
            UnknownId::new(self.family, id, self.entries.iter().map(|entry| entry.id))
        })
    }

    /// The member called `id`, with its default settings.
    ///
    /// # Errors
    /// As [`Catalog::find`].
    pub fn choose(&self, id: &str) -> Result<Choice<T>, UnknownId> {
        self.find(id).map(Choice::new)
    }
}

/// A name that no member of a family has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no {family} \"{given}\"; {}", hint(nearest.as_deref(), known))]
pub struct UnknownId {
    family: &'static str,
    given: String,
    nearest: Option<String>,
    known: Vec<&'static str>,
}

impl UnknownId {
    /// `given` was looked for among `known` and is not there.
    pub fn new(
        family: &'static str,
        given: &str,
        known: impl IntoIterator<Item = &'static str>,
    ) -> Self {
        let known: Vec<_> = known.into_iter().collect();
        let nearest = nearest(given, known.iter().copied());
        Self { family, given: given.to_owned(), nearest, known }
    }
}

fn hint(nearest: Option<&str>, known: &[&str]) -> String {
    match nearest {
        Some(name) => format!("did you mean {name}?"),
        None => format!("choose one of {}", known.join(", ")),
    }
}

/// The name among `known` that `given` was probably meant to be.
pub fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    /// Below this, two names share too little for the guess to help (Jaro–Winkler, 1 is equal).
    const ALIKE: f64 = 0.8;
    known
        .into_iter()
        .map(|name| (strsim::jaro_winkler(given, name), name))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name.to_owned())
}

/// A member of a family with checked settings: it can be compared, saved, undone and always built.
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
    pub fn values(&self) -> impl Iterator<Item = (&'static Setting, f64)> + '_ {
        self.entry.settings.iter().zip(self.settings.values.iter().copied())
    }

    /// The value of `key`, if the entry has such a setting.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<f64> {
        self.settings.place(key).map(|place| self.settings.values[place])
    }

    /// Sets `key` to `value`; `Ok(false)` when the entry has no such setting.
    ///
    /// # Errors
    /// Says what is allowed when the setting cannot take `value`; the choice is then unchanged.
    pub fn set(&mut self, key: &str, value: f64) -> Result<bool, BadValue> {
        let Some(place) = self.settings.place(key) else {
            return Ok(false);
        };
        self.settings.values[place] = self.entry.settings[place].check(value)?;
        Ok(true)
    }

    /// The same choice with `key` set to `value`.
    ///
    /// # Errors
    /// As [`Choice::set`].
    pub fn with(mut self, key: &str, value: f64) -> Result<Self, BadValue> {
        self.set(key, value)?;
        Ok(self)
    }

    /// Makes what was chosen.
    #[must_use]
    pub fn build(&self) -> Box<T> {
        (self.entry.build)(&self.settings)
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
