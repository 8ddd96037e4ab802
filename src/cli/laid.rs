//! How large a figure is on its page, and which parts it has: a width in millimetres and a height of letters, for papers,
//! slides and posters.
//!
//! ```text
//! points of the page for one of the figure = asked height of letters / usual height of letters
//! ```
//!
//! The figure is laid out on so many points as the page then has, so that letters are as high as asked and nothing is
//! squeezed.

use clap::{Args, ValueEnum};

use super::drawn::Size;
use crate::export::page::{MILLIMETRES, POINTS, Page};
use crate::export::png::Grain;
use crate::figure::panels::{Layout, Panel, Panels};
use crate::figure::{sheet, shot};
use crate::scene::{Scene, Subject};

/// How large a figure is on its page, and which parts it has.
#[derive(Debug, Args)]
pub struct Laid {
    /// Width and height in points; 1280x800 when nothing is said.
    #[arg(long, value_name = "WxH", conflicts_with_all = ["layout", "width_mm", "height_mm", "font_pt"])]
    pub size: Option<Size>,
    /// Size, letters and parts for a purpose; each can still be said otherwise.
    #[arg(long)]
    pub layout: Option<Purpose>,
    /// Width on the page, in millimetres.
    #[arg(long, value_name = "MM", value_parser = millimetres)]
    pub width_mm: Option<f64>,
    /// Height on the page, in millimetres; as high as its parts need when not said.
    #[arg(long, value_name = "MM", value_parser = millimetres)]
    pub height_mm: Option<f64>,
    /// Height of letters on the page, in points (1/72 inch); numbers at axes are an eighth smaller.
    #[arg(long, value_name = "PT", value_parser = letters)]
    pub font_pt: Option<f64>,
    /// The parts of the figure, of title, maps, charts, data, readings, sentence, legend, foot; all that have room when not
    /// said.
    #[arg(long, value_name = "PANEL,…")]
    pub panels: Option<Panels>,
    /// Pixels an inch of the page, for PNG; 300 where a size in millimetres is said.
    #[arg(long, value_name = "N", value_parser = dpi, conflicts_with = "scale")]
    pub dpi: Option<f64>,
    /// Leave out the paper behind the figure.
    #[arg(long)]
    pub transparent: bool,
}

/// What a figure is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
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
    /// Width and, where it is fixed, height in millimetres, and the height of letters in points.
    const fn measures(self) -> (f64, Option<f64>, f64) {
        match self {
            Self::Column => (85.0, None, 8.0),
            Self::TwoColumns => (170.0, None, 8.0),
            Self::Slide => (338.667, Some(190.5), 16.0),
            Self::Poster => (594.0, Some(420.0), 24.0),
        }
    }

    fn panels(self) -> Panels {
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
        "{side} of {asked} mm has no room at letters of {font} pt; use {least} mm or more, or a smaller --font-pt"
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
        "{subject} has no data, so a figure of nothing else would be empty; add maps to --panels, for instance"
    )]
    NoData {
        /// What is minimised.
        subject: String,
    },
    /// More room than a figure fills.
    #[error(
        "{asked} mm at letters of {font} pt are a figure of more than 8000 points; use a larger --font-pt"
    )]
    Large {
        /// As it was asked for.
        asked: f64,
        /// The letters.
        font: f64,
    },
}

/// The least width and height of a figure, in its points, and the most.
const LEAST: [f64; 2] = [240.0, 120.0];
const MOST: f64 = 8000.0;
/// Width / height of a map where a sheet is as high as it needs to be.
const ASPECTS: [f64; 2] = [1.0, 1.5];
/// Letters in points of the page where only a width is said, and pixels an inch of paper.
const LETTERS: f64 = 8.0;
const FINE: f64 = 300.0;

impl Laid {
    /// The sheet of a figure of `scene`, and the page it lies on.
    pub(super) fn sheet(&self, scene: &Scene) -> Result<(Layout, Page), BadLayout> {
        let panels = self.panels.or(self.layout.map(Purpose::panels)).unwrap_or(Panels::ALL);
        let others = [Panel::Maps, Panel::Charts, Panel::Readings];
        let has_data = matches!(scene.subject, Subject::Fit(_));
        if !has_data && !others.iter().any(|&panel| panels.has(panel)) {
            return Err(BadLayout::NoData { subject: scene.subject.name() });
        }
        let is_clear = self.transparent;
        if !self.is_in_millimetres() {
            let size = self.size.map_or(shot::USUAL, Size::points);
            return Ok((Layout { size, panels }, Page { is_clear, ..Page::default() }));
        }
        let preset = self.layout.map(Purpose::measures);
        let font = self.font_pt.or(preset.map(|(_, _, font)| font)).unwrap_or(LETTERS);
        let wide = self.width_mm.or(preset.map(|(wide, _, _)| wide));
        // Another width or other letters than the preset's have no height of theirs.
        let own = self.width_mm.is_none() && self.font_pt.is_none();
        let high = self.height_mm.or(preset.filter(|_| own).and_then(|(_, high, _)| high));
        let wide = wide.unwrap_or_else(|| Purpose::Column.measures().0);
        let magnified = font / f64::from(sheet::TEXT);
        let points = |millimetres: f64| millimetres * POINTS / MILLIMETRES / magnified;
        let width = points(wide);
        let maps = scene.shown_runs().count();
        let height = match high {
            Some(high) => points(high),
            None => {
                let [x, y] = scene.shown_window().span();
                let aspect = (x / y).clamp(ASPECTS[0], ASPECTS[1]);
                sheet::height(width, panels, maps, aspect)
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
        Ok((Layout { size: [width, height], panels }, Page { magnified, is_clear }))
    }

    /// How fine a PNG on `page` is, where `scale` pixels a point are said of a figure without millimetres.
    pub(super) fn grain(&self, page: Page, scale: f64) -> Grain {
        match self.dpi {
            Some(dpi) => Grain::on(page, dpi),
            None if self.is_in_millimetres() => Grain::on(page, FINE * scale),
            None => Grain { is_clear: page.is_clear, ..Grain::from(scale) },
        }
    }

    fn is_in_millimetres(&self) -> bool {
        self.layout.is_some()
            || [self.width_mm, self.height_mm, self.font_pt].iter().any(Option::is_some)
    }
}

fn between(text: &str, [least, most]: [f64; 2], what: &str) -> Result<f64, String> {
    match text.trim().parse::<f64>() {
        Ok(number) if least <= number && number <= most => Ok(number),
        _ => Err(format!("use {what} from {least} to {most}")),
    }
}

fn millimetres(text: &str) -> Result<f64, String> {
    between(text, [10.0, 3000.0], "millimetres")
}

fn letters(text: &str) -> Result<f64, String> {
    between(text, [3.0, 144.0], "points")
}

fn dpi(text: &str) -> Result<f64, String> {
    between(text, [18.0, 2400.0], "pixels an inch")
}
