//! How large a figure is on its page, and which parts it has, as it is said on the command line.

use clap::{Args, ValueEnum};

use super::drawn::Size;
use crate::export::laid::{self, DENSITIES, FONTS, SIDES, Wanted};
use crate::figure::panels::{Maps, Panels};

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

/// What a figure is for, as it is said on the command line.
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

impl From<Purpose> for laid::Purpose {
    fn from(purpose: Purpose) -> Self {
        match purpose {
            Purpose::Column => Self::Column,
            Purpose::TwoColumns => Self::TwoColumns,
            Purpose::Slide => Self::Slide,
            Purpose::Poster => Self::Poster,
        }
    }
}

impl Laid {
    /// What is said.
    pub(super) fn wanted(&self, maps: Maps) -> Wanted {
        Wanted {
            maps,
            size: self.size.map(Size::points),
            purpose: self.layout.map(Into::into),
            width_mm: self.width_mm,
            height_mm: self.height_mm,
            font_pt: self.font_pt,
            panels: self.panels,
            dpi: self.dpi,
            is_clear: self.transparent,
        }
    }
}

/// The word that says otherwise what cannot be laid out so.
pub(super) fn says(trouble: &laid::BadLayout) -> &'static str {
    use laid::BadLayout::{Large, NoData, Small};
    match trouble {
        Small { .. } | Large { .. } => "--font-pt",
        NoData { .. } => "--panels",
    }
}

fn between(text: &str, [least, most]: [f64; 2], what: &str) -> Result<f64, String> {
    match text.trim().parse::<f64>() {
        Ok(number) if least <= number && number <= most => Ok(number),
        _ => Err(format!("use {what} from {least} to {most}")),
    }
}

fn millimetres(text: &str) -> Result<f64, String> {
    between(text, SIDES, "millimetres")
}

fn letters(text: &str) -> Result<f64, String> {
    between(text, FONTS, "points")
}

fn dpi(text: &str) -> Result<f64, String> {
    between(text, DENSITIES, "pixels an inch")
}
