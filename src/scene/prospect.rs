//! How the maps are seen: from straight above, or as a surface in relief, from a side and a height.

use std::fmt;
use std::str::FromStr;

/// How the maps are seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Prospect {
    /// From straight above.
    #[default]
    Map,
    /// As a surface whose height is the tone of the ground.
    Relief,
}

impl Prospect {
    /// All of them, in the order of menus.
    pub const ALL: [Self; 2] = [Self::Map, Self::Relief];

    /// Its name in files and on the command line.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Map => "map",
            Self::Relief => "relief",
        }
    }

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Map => "Map",
            Self::Relief => "Relief",
        }
    }

    /// What it is, for a tooltip.
    #[must_use]
    pub fn about(self) -> &'static str {
        match self {
            Self::Map => "seen from straight above",
            Self::Relief => "a surface, as high as its tone; a drag turns it",
        }
    }

    /// The one of this name.
    #[must_use]
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.id() == id)
    }

    /// The other one.
    #[must_use]
    pub fn turned(self) -> Self {
        match self {
            Self::Map => Self::Relief,
            Self::Relief => Self::Map,
        }
    }
}

/// From where a surface is seen: which way one looks, and from how high, in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bearing {
    azimuth: f64,
    elevation: f64,
}

/// Why two angles are no bearing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "use AZIMUTH,ELEVATION in degrees, for instance 30,40: which way one looks, 0 up and 90 to the right of the map, and from how high, 10 to 90"
)]
pub struct BadBearing;

impl Bearing {
    /// From the lowest to the highest elevation: lower, the nearest slope hides all others; 90 is straight above.
    pub const ELEVATIONS: [f64; 2] = [10.0, 90.0];

    /// The bearing of a compass' azimuth, any number of degrees, and an elevation.
    ///
    /// # Errors
    /// When one is no number, or the elevation is not within [`Bearing::ELEVATIONS`].
    pub fn new(azimuth: f64, elevation: f64) -> Result<Self, BadBearing> {
        let [lowest, highest] = Self::ELEVATIONS;
        if !azimuth.is_finite() || !(lowest..=highest).contains(&elevation) {
            return Err(BadBearing);
        }
        // A negative number too small to be told from zero would become 360.
        let turned = azimuth.rem_euclid(360.0);
        Ok(Self { azimuth: if turned < 360.0 { turned } else { 0.0 }, elevation })
    }

    /// Which way one looks, in degrees from the second axis to the first: 0 up the map, 90 to its right.
    #[must_use]
    pub fn azimuth(self) -> f64 {
        self.azimuth
    }

    /// From how high one looks, in degrees above the horizon.
    #[must_use]
    pub fn elevation(self) -> f64 {
        self.elevation
    }

    /// The bearing after turning by so many degrees: round and round, and no lower or higher than it goes; in whole
    /// degrees, so that scenes stay readable.
    #[must_use]
    pub fn turned(self, azimuth: f64, elevation: f64) -> Self {
        let [lowest, highest] = Self::ELEVATIONS;
        let elevation = (self.elevation + elevation).round().clamp(lowest, highest);
        Self::new((self.azimuth + azimuth).round(), elevation).unwrap_or(self)
    }
}

impl Default for Bearing {
    fn default() -> Self {
        Self { azimuth: 60.0, elevation: 45.0 }
    }
}

impl fmt::Display for Bearing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{}", self.azimuth, self.elevation)
    }
}

impl FromStr for Bearing {
    type Err = BadBearing;

    fn from_str(text: &str) -> Result<Self, BadBearing> {
        let bare = text.trim();
        let bare = bare.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(bare);
        let (azimuth, elevation) = bare.split_once(',').ok_or(BadBearing)?;
        let number = |text: &str| text.trim().parse().map_err(|_| BadBearing);
        Self::new(number(azimuth)?, number(elevation)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bearing_is_read_as_it_is_written() {
        for text in ["30,40", "0,90", "359.5,10"] {
            assert_eq!(text.parse::<Bearing>().unwrap().to_string(), text);
        }
        assert_eq!("[ -30 , 40 ]".parse::<Bearing>().unwrap().to_string(), "330,40");
        for text in ["30", "30,5", "30,91", "x,40", "nan,40", "inf,40", "30,nan", ""] {
            assert_eq!(text.parse::<Bearing>(), Err(BadBearing), "{text:?}");
        }
        assert_eq!(Bearing::new(-1e-30, 40.0).unwrap().azimuth(), 0.0);
    }

    #[test]
    fn turning_goes_round_and_stops_at_the_lowest_and_the_highest() {
        let bearing = Bearing::default();
        assert_eq!(bearing.turned(360.0, 0.0), bearing);
        assert_eq!(bearing.turned(-400.0, 0.0), bearing.turned(-40.0, 0.0));
        assert_eq!(bearing.turned(0.0, 500.0).elevation(), 90.0);
        assert_eq!(bearing.turned(0.0, -500.0).elevation(), 10.0);
        assert_eq!(bearing.turned(f64::NAN, 0.0), bearing);
    }
}
