//! How large a figure is on its page, and which parts it has: a width in millimetres and a height of letters, for papers,
//! slides and posters.
//!
//! ```text
//! points of the page for one of the figure = asked height of letters / usual height of letters
//! ```
//!
//! The figure is laid out on so many points as the page then has, so that letters are as high as asked and nothing is
//! squeezed. The command line and the window's dialog say the same [`Wanted`].

use super::page::{MILLIMETRES, POINTS, Page};
use super::png::Grain;
use crate::figure::panels::{Layout, Maps, Panel, Panels};
use crate::figure::{sheet, shot};
use crate::scene::{Scene, Subject};

/// What is said of a figure on its page; what is not follows from the purpose, or is usual.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Wanted {
    /// Width and height in points, where nothing is said in millimetres.
    pub size: Option<[f64; 2]>,
    /// What the figure is for.
    pub purpose: Option<Purpose>,
    /// Width on the page, in millimetres.
    pub width_mm: Option<f64>,
    /// Height on the page, in millimetres; as high as its parts need when not said.
    pub height_mm: Option<f64>,
    /// Height of letters on the page, in points of 1/72 inch.
    pub font_pt: Option<f64>,
    /// The parts of the figure.
    pub panels: Option<Panels>,
    /// How runs share its maps.
    pub maps: Maps,
    /// Pixels an inch of the page.
    pub dpi: Option<f64>,
    /// Whether the paper behind the figure is left out.
    pub is_clear: bool,
}

/// What a figure is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// One of two columns of a paper: 85 mm at 8 pt, maps with their sentences and legends.
    Column,
    /// Both columns of a paper: 170 mm at 8 pt, with charts.
    TwoColumns,
    /// A slide, 16 : 9: 339 × 190.5 mm at 16 pt, maps with a title.
    Slide,
    /// A poster: 594 × 420 mm at 24 pt, with everything.
    Poster,
}

impl Purpose {
    /// All of them, the smallest first.
    pub const ALL: [Self; 4] = [Self::Column, Self::TwoColumns, Self::Slide, Self::Poster];

    /// What it is called.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Column => "One column",
            Self::TwoColumns => "Two columns",
            Self::Slide => "Slide",
            Self::Poster => "Poster",
        }
    }

    /// Width and, where it is fixed, height in millimetres, and the height of letters in points.
    #[must_use]
    pub const fn measures(self) -> (f64, Option<f64>, f64) {
        match self {
            Self::Column => (85.0, None, 8.0),
            Self::TwoColumns => (170.0, None, 8.0),
            Self::Slide => (338.667, Some(190.5), 16.0),
            Self::Poster => (594.0, Some(420.0), 24.0),
        }
    }

    /// The parts that suit it.
    #[must_use]
    pub fn panels(self) -> Panels {
        use Panel::{Charts, Legend, Maps, Sentence, Title};
        match self {
            Self::Column => Panels::of(&[Maps, Sentence, Legend]),
            Self::TwoColumns => Panels::of(&[Maps, Charts, Sentence, Legend]),
            Self::Slide => Panels::of(&[Title, Maps, Sentence, Legend]),
            Self::Poster => Panels::ALL,
        }
    }
}

/// A figure that cannot be laid out so.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum BadLayout {
    /// Too little room for letters of this size.
    #[error(
        "{side} of {asked} mm has no room at letters of {font} pt; use {least} mm or more, or smaller letters"
    )]
    Small {
        /// "a width" or "a height".
        side: &'static str,
        /// As it was asked for.
        asked: f64,
        /// The letters.
        font: f64,
        /// What has room, in whole millimetres.
        least: f64,
    },
    /// Nothing but data of a problem that has none.
    #[error(
        "{subject} has no data, so a figure of nothing else would be empty; add maps, for instance"
    )]
    NoData {
        /// What is minimised.
        subject: String,
    },
    /// More room than a figure fills.
    #[error(
        "{asked} mm at letters of {font} pt are a figure of more than 8000 points; use larger letters"
    )]
    Large {
        /// As it was asked for.
        asked: f64,
        /// The letters.
        font: f64,
    },
}

/// Sides of a page in millimetres, heights of letters in points, and pixels an inch that may be asked for.
pub const SIDES: [f64; 2] = [10.0, 3000.0];
/// See [`SIDES`].
pub const FONTS: [f64; 2] = [3.0, 144.0];
/// See [`SIDES`].
pub const DENSITIES: [f64; 2] = [18.0, 2400.0];

/// The least width and height of a figure, in its points, and the most.
const LEAST: [f64; 2] = [240.0, 120.0];
const MOST: f64 = 8000.0;
/// Width / height of a map where a sheet is as high as it needs to be.
const ASPECTS: [f64; 2] = [1.0, 1.5];
/// Letters in points of the page where only a width is said.
const LETTERS: f64 = 8.0;
/// Pixels an inch of paper where nothing is said.
pub const FINE: f64 = 300.0;

impl Wanted {
    /// The sheet of a figure of `scene`, and the page it lies on.
    ///
    /// # Errors
    /// When letters of this size have no room there, or far too much, or there is nothing to draw.
    pub fn sheet(&self, scene: &Scene) -> Result<(Layout, Page), BadLayout> {
        let panels = self.panels.or(self.purpose.map(Purpose::panels)).unwrap_or(Panels::ALL);
        let others = [Panel::Maps, Panel::Charts, Panel::Readings];
        let has_data = matches!(scene.subject, Subject::Fit(_));
        if !has_data && !others.iter().any(|&panel| panels.has(panel)) {
            return Err(BadLayout::NoData { subject: scene.subject.name() });
        }
        let is_clear = self.is_clear;
        if !self.is_in_millimetres() {
            let size = self.size.unwrap_or(shot::USUAL);
            let layout = Layout { size, panels, maps: self.maps };
            return Ok((layout, Page { is_clear, ..Page::default() }));
        }
        let preset = self.purpose.map(Purpose::measures);
        let font = self.font_pt.or(preset.map(|(_, _, font)| font)).unwrap_or(LETTERS);
        let wide = self.width_mm.or(preset.map(|(wide, _, _)| wide));
        // Another width or other letters than the preset's have no height of theirs.
        let own = self.width_mm.is_none() && self.font_pt.is_none();
        let high = self.height_mm.or(preset.filter(|_| own).and_then(|(_, high, _)| high));
        let wide = wide.unwrap_or_else(|| Purpose::Column.measures().0);
        let magnified = font / f64::from(sheet::TEXT);
        let points = |millimetres: f64| millimetres * POINTS / MILLIMETRES / magnified;
        let width = points(wide);
        let layout = Layout { size: [width, 0.0], panels, maps: self.maps };
        let height = match high {
            Some(high) => points(high),
            None => {
                let [x, y] = scene.shown_window().span();
                let aspect = (x / y).clamp(ASPECTS[0], ASPECTS[1]);
                sheet::height(layout, scene.shown_runs().count(), aspect)
            }
        };
        let fits = |side, given: f64, asked: f64, least: f64| {
            if given >= least {
                return Ok(());
            }
            let least = (least * magnified * MILLIMETRES / POINTS).ceil();
            Err(BadLayout::Small { side, asked, font, least })
        };
        fits("a width", width, wide, LEAST[0])?;
        fits("a height", height, high.unwrap_or(0.0), LEAST[1])?;
        if width.max(height) > MOST {
            return Err(BadLayout::Large { asked: high.unwrap_or(wide).max(wide), font });
        }
        Ok((Layout { size: [width, height], ..layout }, Page { magnified, is_clear }))
    }

    /// How fine a PNG on `page` is, where `scale` pixels a point are said of a figure without millimetres.
    #[must_use]
    pub fn grain(&self, page: Page, scale: f64) -> Grain {
        match self.dpi {
            Some(dpi) => Grain::on(page, dpi),
            None if self.is_in_millimetres() => Grain::on(page, FINE * scale),
            None => Grain { is_clear: page.is_clear, ..Grain::from(scale) },
        }
    }

    fn is_in_millimetres(&self) -> bool {
        self.purpose.is_some()
            || [self.width_mm, self.height_mm, self.font_pt].iter().any(Option::is_some)
    }
}
