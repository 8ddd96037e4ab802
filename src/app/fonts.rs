//! The bundled fonts and no others: the window looks the same on every machine.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{Align, Color32, FontData, FontDefinitions, FontFamily, FontId, TextStyle};

use crate::figure::fonts as files;
use crate::figure::scripts::{self, Piece, Script};

/// The heavier weight, for headings and names.
#[must_use]
pub fn strong(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("strong".into()))
}

/// The normal weight.
#[must_use]
pub fn regular(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

/// Notes, ticks, section titles.
pub const SMALL: f32 = 12.0;
/// Nearly everything.
pub const BODY: f32 = 14.0;
/// What a map is called.
pub const LARGE: f32 = 17.0;

/// Adds words to a text, sub- and superscripts small, with so much room before them.
pub fn append(job: &mut LayoutJob, text: &str, room: f32, font: &FontId, colour: Color32) {
    for (k, Piece { text, script }) in scripts::pieces(text).into_iter().enumerate() {
        #[expect(clippy::cast_possible_truncation, reason = "0.7 or 1")]
        let size = font.size * script.size() as f32;
        let valign = match script {
            Script::Raised => Align::TOP,
            Script::Level | Script::Lowered => Align::BOTTOM,
        };
        let font_id = FontId { size, ..font.clone() };
        let format = TextFormat { font_id, color: colour, valign, ..TextFormat::default() };
        job.append(&text, if k == 0 { room } else { 0.0 }, format);
    }
}

/// A tip or a label with its sub- and superscripts small, in the colour of the widget that shows it.
#[must_use]
pub fn words(text: &str, size: f32) -> LayoutJob {
    let mut job = LayoutJob::default();
    append(&mut job, text, 0.0, &regular(size), Color32::PLACEHOLDER);
    job
}

/// Hands the fonts to egui.
pub fn install(ctx: &egui::Context) {
    let file = |bytes: &'static [u8]| Arc::new(FontData::from_static(bytes));
    let mut fonts = FontDefinitions::empty();
    let data = [
        ("plex", file(files::REGULAR)),
        ("plex strong", file(files::STRONG)),
        ("symbols", file(files::SYMBOLS)),
    ];
    fonts.font_data.extend(data.map(|(name, data)| (name.to_owned(), data)));
    let list = |name: &str| vec![name.to_owned(), "symbols".to_owned()];
    // Plex's digits are all of one width, so it is our monospace too.
    fonts.families.insert(FontFamily::Proportional, list("plex"));
    fonts.families.insert(FontFamily::Monospace, list("plex"));
    fonts.families.insert(FontFamily::Name("strong".into()), list("plex strong"));
    ctx.set_fonts(fonts);
    ctx.all_styles_mut(|style| {
        style.text_styles = [
            (TextStyle::Small, regular(SMALL)),
            (TextStyle::Body, regular(BODY)),
            (TextStyle::Button, regular(BODY)),
            (TextStyle::Monospace, regular(BODY)),
            (TextStyle::Heading, strong(LARGE)),
        ]
        .into();
    });
}
