//! What is charted over time, and how each chart is spread: as its measure declares, or turned over by who looks.
//!
//! It is declared and not found from the data: an axis that changed from one to the other while ρ is dragged would hide
//! what ρ does.

use super::gauge::Gauge;
use super::spread::Spread;

/// What is charted over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charted {
    /// The loss.
    Loss,
    /// A measure of sharpness.
    Measure(Gauge),
}

impl Charted {
    /// Everything that has an axis to be spread.
    pub fn all() -> impl Iterator<Item = Self> {
        let measures = Gauge::ALL.into_iter().filter(|gauge| gauge.is_over_time());
        std::iter::once(Self::Loss).chain(measures.map(Self::Measure))
    }

    /// Its name in files and on the command line.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Loss => "loss",
            Self::Measure(gauge) => gauge.id(),
        }
    }

    /// What is charted under this name, or under a name that it once had.
    #[must_use]
    pub fn find(id: &str) -> Option<Self> {
        let measure = Gauge::find(id).filter(|gauge| gauge.is_over_time());
        if id == "loss" { Some(Self::Loss) } else { measure.map(Self::Measure) }
    }

    /// How its values are spread where nobody says otherwise.
    #[must_use]
    pub fn declared(self) -> Spread {
        match self {
            Self::Loss => Spread::Linear,
            Self::Measure(gauge) => gauge.spread(),
        }
    }
}

/// Which charts are spread otherwise than declared, in the order of all charts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spreads(Vec<Charted>);

impl Spreads {
    /// How `charted` is spread.
    #[must_use]
    pub fn of(&self, charted: Charted) -> Spread {
        match (charted.declared(), self.0.contains(&charted)) {
            (Spread::Linear, false) | (Spread::Log, true) => Spread::Linear,
            (Spread::Log, false) | (Spread::Linear, true) => Spread::Log,
        }
    }

    /// Spreads `charted` in this way from now on.
    pub fn set(&mut self, charted: Charted, spread: Spread) {
        let is_turned = |other: &Charted| {
            if *other == charted { spread != charted.declared() } else { self.0.contains(other) }
        };
        self.0 = Charted::all().filter(is_turned).collect();
    }

    /// Spreads `charted` in the other way.
    pub fn turn(&mut self, charted: Charted) {
        let other = match self.of(charted) {
            Spread::Linear => Spread::Log,
            Spread::Log => Spread::Linear,
        };
        self.set(charted, other);
    }

    /// Those that are spread in this way and not as declared.
    pub fn turned(&self, spread: Spread) -> impl Iterator<Item = Charted> {
        self.0.iter().copied().filter(move |charted| self.of(*charted) == spread)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turning_twice_is_nothing() {
        let mut spreads = Spreads::default();
        for charted in Charted::all() {
            assert_eq!(spreads.of(charted), charted.declared());
            assert_eq!(Charted::find(charted.id()), Some(charted));
            spreads.turn(charted);
            assert_ne!(spreads.of(charted), charted.declared());
            spreads.turn(charted);
            assert_eq!(spreads, Spreads::default());
        }
        assert_eq!(Charted::find("cut"), None);
    }
}
