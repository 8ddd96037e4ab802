//! What stands below a lens while the story of the step is told: the phase, its formula typeset, and its sentence.

use super::block::label;
use crate::figure::metrics::{self, Face};
use crate::figure::story::Page;
use crate::figure::{Ink, Mark, caption, formula};

/// Heights of letters in points: of the phase's name, of formulas and of the sentence.
const NAME: f64 = 11.5;
const FORMULA: f64 = 16.0;
const SMALLEST: f64 = 11.5;
const SAID: f64 = 13.5;
/// The height of a line of the sentence, and how many there are at most.
const LINE: f64 = 18.0;
const MOST: usize = 3;
/// Around the words, and between columns and rows.
const MARGIN: f64 = 8.0;
const BETWEEN: f64 = 16.0;
/// Room for two formulas, whatever the phase: a lens does not change its size from phase to phase.
const FORMULAS: f64 = 60.0;

/// How high it is.
pub(super) const HEIGHT: f64 = MARGIN + NAME + FORMULAS + LINE * MOST as f64 + MARGIN;

/// What stands below the lens of a run with this ink, `width` points wide.
pub(super) fn words(page: &Page, run: Ink, width: f64) -> Vec<Mark> {
    let room = width - 2.0 * MARGIN;
    let heading = metrics::cut(&page.heading, room, Face::Regular, NAME);
    let mut marks = vec![label([MARGIN, MARGIN + 0.5 * NAME], heading, Ink::Quiet, NAME)];
    let mut y = MARGIN + NAME + 6.0;
    for term in &page.terms {
        let said = [&term.value, &term.length];
        let parts: Vec<&String> = said.into_iter().filter(|text| !text.is_empty()).collect();
        let mut size = FORMULA;
        let mut set = formula::typeset(&term.formula, size, Ink::Text, Some(run));
        while set.width > room && size > SMALLEST {
            size = (size - 1.0).max(SMALLEST);
            set = formula::typeset(&term.formula, size, Ink::Text, Some(run));
        }
        if set.width > room {
            // Too long for a line of letters of any size that can be read: in lines, as it is.
            for line in metrics::lines(&term.formula, room, Face::Regular, SMALLEST, 2) {
                marks.push(label([MARGIN, y + 0.5 * SMALLEST], line, Ink::Text, SMALLEST));
                y += 1.3 * SMALLEST;
            }
        } else {
            marks.extend(set.marks([MARGIN, y + set.ascent]));
        }
        let baseline = y + set.ascent;
        let mut x = MARGIN + set.width + BETWEEN;
        let wide = |text: &str, ink| metrics::width(text, Face::of_words(ink), SAID);
        let all: f64 =
            parts.iter().map(|text| wide(text, term.ink) + BETWEEN).sum::<f64>() - BETWEEN;
        let beside = x + all <= width - MARGIN;
        let mut line = baseline - 0.35 * SAID;
        y += if set.width > room { 0.0 } else { set.ascent + set.descent + 3.0 };
        if !beside {
            (x, line) = (MARGIN + BETWEEN, y + 0.5 * SAID);
            y += 1.3 * SAID;
        }
        for text in parts {
            let left = (width - MARGIN - x).max(0.0);
            let text = metrics::cut(text, left, Face::of_words(term.ink), SAID);
            let wide = wide(&text, term.ink);
            marks.push(label([x, line], text, term.ink, SAID));
            x += wide + BETWEEN;
        }
        y += 3.0;
    }
    y = y.max(MARGIN + NAME + 6.0 + FORMULA) + 0.5 * LINE + 2.0;
    let bottom = HEIGHT - 0.5 * LINE;
    let fits = |y: f64| {
        let lines = ((bottom - y) / LINE).floor().max(0.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few lines")]
        let lines = lines as usize + 1;
        lines.min(MOST)
    };
    let lines = |said: &str| metrics::broken(said, room, Face::Regular, SAID);
    let said = caption::shortened(&page.sentence, |said| lines(said).len() <= fits(y));
    for line in lines(said).into_iter().take(fits(y)) {
        marks.push(label([MARGIN, y], line, Ink::Text, SAID));
        y += LINE;
    }
    marks
}
