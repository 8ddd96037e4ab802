//! Text in the window whose terms can be asked about.

use egui::{Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::app::canvas::painter::Screen;
use crate::app::widgets::explain;
use crate::figure::lower;
use crate::figure::metrics;
use crate::figure::palette::Theme;
use crate::figure::prose::Letters;
use crate::glossary;
use crate::lesson::laid::Laid;

/// Paints lines of text where there is room for them.
pub fn paint(ui: &mut Ui, laid: &Laid, theme: Theme, role: Role, said: &str) -> Response {
    #[expect(clippy::cast_possible_truncation, reason = "points of a screen")]
    let size = vec2(ui.available_width(), laid.height as f32);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(role, true, said));
    let Rect { min, .. } = rect;
    let mut screen = Screen::without_ground(ui.painter());
    lower::prose(&mut screen, &laid.letters, [f64::from(min.x), f64::from(min.y)], theme);
    response
}

/// Makes every term of a text that was painted a link to its entry: where it stands first, outside headings, which are
/// higher than `size`. Terms that are `known` are left as they are.
pub fn link(ui: &Ui, text: &Response, laid: &Laid, size: f64, known: &[&str]) {
    let mut seen: Vec<&str> = known.to_vec();
    // Letters of indices and in fractions are small print.
    let is_text = |letters: &&Letters| (letters.size - size).abs() < 0.01 * size;
    for letters in laid.letters.iter().filter(is_text) {
        for (range, term) in glossary::in_text(&letters.text) {
            if seen.contains(&term.id.as_str()) {
                continue;
            }
            seen.push(&term.id);
            let place = place(letters, range).translate(text.rect.min.to_vec2());
            let word = ui.interact(place, text.id.with(&term.id), Sense::CLICK);
            word.widget_info(|| WidgetInfo::labeled(Role::Link, true, &term.name));
            explain::name(ui, &word, term);
            explain::underline(ui, &word);
            word.on_hover_text(explain::tip(&term.said, Some(term), CLICK));
        }
    }
}

/// What is said under a term in a text.
const CLICK: &str = "Click: its entry in the glossary";

/// Where a part of these letters stands, from the text's upper left.
fn place(letters: &Letters, part: std::ops::Range<usize>) -> Rect {
    let width = |text: &str| metrics::width(text, letters.face, letters.size);
    let left = letters.at[0] + width(&letters.text[..part.start]);
    let right = letters.at[0] + width(&letters.text[..part.end]);
    let [top, bottom] = [-HALF, HALF].map(|half| letters.at[1] + half * letters.size);
    #[expect(clippy::cast_possible_truncation, reason = "points of a screen")]
    let at = |[x, y]: [f64; 2]| pos2(x as f32, y as f32);
    Rect::from_min_max(at([left, top]), at([right, bottom]))
}

/// From the middle of a line to where a line under its letters is, in heights of the letters.
const HALF: f64 = 0.58;
