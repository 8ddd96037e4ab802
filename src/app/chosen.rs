//! What was chosen for figures that are saved: format, size on the page, parts, colours. The dialog begins with what was
//! chosen last, and it is found again when the window is opened again.
//!
//! ```toml
//! [figure]
//! format = "pdf"
//! width_mm = 85.0            # nothing said: so many points as the window's usual sheet, and scale pixels each
//! font_pt = 8.0
//! panels = "maps,legend"
//! theme = "print"            # nothing said: the colours of the window
//! ```

use toml::{Table, Value};

use super::files::Image;
use crate::export::film::{self, STRIDES};
use crate::export::laid::{DENSITIES, FINE, FONTS, Purpose, SIDES, Wanted};
use crate::export::page::Page;
use crate::export::png::Grain;
use crate::figure::palette::Theme;
use crate::figure::panels::{Panel, Panels};

/// What is chosen for a figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chosen {
    /// The format.
    pub image: Image,
    /// How large it is on paper; on a screen where nothing is said.
    pub paper: Option<Paper>,
    /// The parts.
    pub panels: Panels,
    /// The colours; those of the window where nothing is said.
    pub theme: Option<Theme>,
    /// Pixels a point, for pictures that have no size on paper.
    pub scale: u8,
    /// Pixels an inch of paper.
    pub dpi: f64,
    /// Whether the paper behind the figure is left out.
    pub is_clear: bool,
    /// Steps between a frame of a film and the next.
    pub stride: usize,
}

/// How large a figure is on paper.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paper {
    /// Its width in millimetres.
    pub width: f64,
    /// Its height in millimetres; as high as its parts need when not said.
    pub height: Option<f64>,
    /// The height of letters, in points of 1/72 inch.
    pub font: f64,
}

impl From<Purpose> for Paper {
    fn from(purpose: Purpose) -> Self {
        let (width, height, font) = purpose.measures();
        Self { width, height, font }
    }
}

impl Default for Chosen {
    fn default() -> Self {
        Self {
            image: Image::Png,
            paper: None,
            panels: Panels::ALL,
            theme: None,
            scale: 2,
            dpi: FINE,
            is_clear: false,
            stride: 1,
        }
    }
}

/// Pixels a point at the most.
pub const SHARPEST: u8 = 4;

impl Chosen {
    /// What is wanted of the figure's sheet; a film is watched, and has no paper.
    #[must_use]
    pub fn wanted(&self) -> Wanted {
        let panels = Some(self.panels);
        if self.image.is_film() {
            return Wanted { size: Some(film::USUAL), panels, ..Wanted::default() };
        }
        let Self { dpi, is_clear, .. } = *self;
        let Some(Paper { width, height, font }) = self.paper else {
            return Wanted { panels, is_clear, ..Wanted::default() };
        };
        Wanted {
            width_mm: Some(width),
            height_mm: height,
            font_pt: Some(font),
            panels,
            dpi: Some(dpi),
            is_clear,
            ..Wanted::default()
        }
    }

    /// How fine its pixels are on `page`.
    #[must_use]
    pub fn grain(&self, page: Page) -> Grain {
        self.wanted().grain(page, self.scale.into())
    }

    /// The purpose whose size this is.
    #[must_use]
    pub fn purpose(&self) -> Option<Purpose> {
        let mut all = Purpose::ALL.into_iter();
        all.find(|purpose| self.paper == Some(Paper::from(*purpose)))
    }

    /// The same for a purpose: its size, its letters and its parts.
    #[must_use]
    pub fn for_purpose(self, purpose: Purpose) -> Self {
        Self { paper: Some(purpose.into()), panels: purpose.panels(), ..self }
    }

    /// What a table says, key by key; what cannot be is as it comes.
    #[must_use]
    pub fn of_table(table: &Table) -> Self {
        let usual = Self::default();
        let word = |key: &str| table.get(key).and_then(Value::as_str);
        let number = |key: &str, [least, most]: [f64; 2]| {
            let value = table.get(key)?;
            let number = value.as_float().or_else(|| value.as_integer().map(|whole| whole as f64));
            number.filter(|number| least <= *number && *number <= most)
        };
        let whole = |key: &str| table.get(key).and_then(Value::as_integer);
        let (width, font) = (number(WIDTH, SIDES), number(FONT, FONTS));
        let paper = width.zip(font).map(|(width, font)| Paper {
            width,
            height: number(HEIGHT, SIDES),
            font,
        });
        let stride = whole(STRIDE).and_then(|stride| usize::try_from(stride).ok());
        let scale = whole(SCALE).and_then(|scale| u8::try_from(scale).ok());
        Self {
            image: word(FORMAT).and_then(Image::called).unwrap_or(usual.image),
            paper,
            panels: word(PANELS).and_then(|said| said.parse().ok()).unwrap_or(usual.panels),
            theme: word(THEME).and_then(theme),
            scale: scale.filter(|scale| (1..=SHARPEST).contains(scale)).unwrap_or(usual.scale),
            dpi: number(DPI, DENSITIES).unwrap_or(usual.dpi),
            is_clear: table.get(CLEAR).and_then(Value::as_bool).unwrap_or(usual.is_clear),
            stride: stride.filter(|it| STRIDES.contains(it)).unwrap_or(usual.stride),
        }
    }

    /// The table that says it; nothing of what is as it comes.
    #[must_use]
    pub fn table(&self) -> Table {
        let usual = Self::default();
        let mut table = Table::new();
        let mut say = |key: &str, value: Option<Value>| {
            table.extend(value.map(|value| (key.to_owned(), value)));
        };
        let text = |text: &str| Value::String(text.to_owned());
        let image = Some(self.image).filter(|it| *it != usual.image);
        say(FORMAT, image.map(|image| text(image.name())));
        say(WIDTH, self.paper.map(|paper| Value::Float(paper.width)));
        say(HEIGHT, self.paper.and_then(|paper| paper.height).map(Value::Float));
        say(FONT, self.paper.map(|paper| Value::Float(paper.font)));
        let panels = Some(self.panels).filter(|panels| panels.are_chosen());
        say(PANELS, panels.map(|panels| text(&named(panels))));
        let theme = THEMES.iter().find(|(_, theme)| Some(*theme) == self.theme);
        say(THEME, theme.map(|(name, _)| text(name)));
        let scale = Some(self.scale).filter(|scale| *scale != usual.scale);
        say(SCALE, scale.map(|scale| Value::Integer(scale.into())));
        let dpi = Some(self.dpi).filter(|dpi| dpi.total_cmp(&usual.dpi).is_ne());
        say(DPI, dpi.map(Value::Float));
        say(CLEAR, self.is_clear.then_some(Value::Boolean(true)));
        let stride = Some(self.stride).filter(|stride| *stride != usual.stride);
        say(STRIDE, stride.and_then(|stride| i64::try_from(stride).ok()).map(Value::Integer));
        table
    }
}

/// The keys of the table.
const FORMAT: &str = "format";
const WIDTH: &str = "width_mm";
const HEIGHT: &str = "height_mm";
const FONT: &str = "font_pt";
const PANELS: &str = "panels";
const THEME: &str = "theme";
const SCALE: &str = "scale";
const DPI: &str = "dpi";
const CLEAR: &str = "transparent";
const STRIDE: &str = "stride";

/// The colours that a figure may have of its own, as they are called.
pub const THEMES: [(&str, Theme); 5] = [
    ("light", Theme::Light),
    ("dark", Theme::Dark),
    ("print", Theme::Print),
    ("talk", Theme::Talk),
    ("greyscale", Theme::Grey),
];

fn theme(name: &str) -> Option<Theme> {
    THEMES.iter().find(|(known, _)| *known == name).map(|(_, theme)| *theme)
}

/// The names of parts, as the command line takes them.
fn named(panels: Panels) -> String {
    let names = Panel::ALL.into_iter().filter(|panel| panels.has(*panel)).map(Panel::name);
    names.collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn chosen() -> impl Strategy<Value = Chosen> {
        let papers = proptest::option::of((10.0f64..3000.0, any::<bool>(), 3.0f64..144.0));
        let themes = proptest::option::of(0..THEMES.len());
        let kinds = (0..Image::ALL.len(), papers, 1u8..255, themes);
        (kinds, 1u8..=SHARPEST, 18.0f64..2400.0, any::<bool>(), 0..STRIDES.len()).prop_map(
            |((image, paper, bits, theme), scale, dpi, is_clear, stride)| {
                let panels: Vec<Panel> = Panel::ALL
                    .into_iter()
                    .enumerate()
                    .filter(|(k, panel)| bits >> k & 1 == 1 || *panel == Panel::Maps)
                    .map(|(_, panel)| panel)
                    .collect();
                let panels = if panels.len() == Panel::ALL.len() {
                    Panels::ALL
                } else {
                    Panels::of(&panels)
                };
                Chosen {
                    image: Image::ALL[image],
                    paper: paper.map(|(width, has_height, font)| Paper {
                        width,
                        height: has_height.then_some(width),
                        font,
                    }),
                    panels,
                    theme: theme.map(|k| THEMES[k].1),
                    scale,
                    dpi,
                    is_clear,
                    stride: STRIDES[stride],
                }
            },
        )
    }

    proptest! {
        #[test]
        fn what_is_chosen_is_found_again(chosen in chosen()) {
            prop_assert_eq!(Chosen::of_table(&chosen.table()), chosen);
        }
    }

    #[test]
    fn what_cannot_be_is_as_it_comes() {
        let said = "format = \"bmp\"\nwidth_mm = 1e9\nfont_pt = 8\npanels = \"legend\"\n\
                    theme = 3\nscale = 90\ndpi = nan\nstride = -4\ntransparent = \"yes\"";
        let table: Table = toml::from_str(said).unwrap();
        assert_eq!(Chosen::of_table(&table), Chosen::default());
        assert!(Chosen::default().table().is_empty());
    }

    #[test]
    fn a_purpose_has_its_size_and_its_parts() {
        for purpose in Purpose::ALL {
            let chosen = Chosen::default().for_purpose(purpose);
            assert_eq!(chosen.purpose(), Some(purpose));
            assert_eq!(chosen.panels, purpose.panels());
        }
        assert_eq!(Chosen::default().purpose(), None);
    }
}
