//! What stands below a lens that is as large as its map: the formulas with the step's numbers, and its sentence.

use crate::figure::metrics::{self, Face};
use crate::figure::picture::Picture;
use crate::figure::step::{self, Term};
use crate::figure::{Anchor, Ink, Mark, caption, story};

use super::tale;

/// The height of letters and of lines, in points.
const SIZE: f64 = 11.5;
const LINE: f64 = 16.0;
/// Around the words, and between columns.
const MARGIN: f64 = 8.0;
const BETWEEN: f64 = 14.0;
/// The most lines of a sentence.
const MOST: usize = 4;
/// Lines that there are room for, whatever the step: a lens does not change its size from step to step.
const FORMULAS: usize = 5;

/// The height of what stands below the lens of a run, `width` points wide.
pub(super) fn height(picture: &Picture<'_>, run: usize, width: f64) -> f64 {
    if picture.look.story.is_some() {
        return tale::HEIGHT;
    }
    let terms = step::terms(picture, run);
    let formulas: usize =
        terms.iter().map(|term| rows(term, columns(&terms, width), width).len()).sum();
    2.0 * MARGIN + LINE * (formulas.max(FORMULAS) + MOST) as f64
}

/// What stands below the lens of a run.
pub(super) fn words(picture: &Picture<'_>, run: usize, width: f64) -> Vec<Mark> {
    if let Some(told) = picture.look.story {
        let page = story::page(picture, run, told.phase);
        return page.map(|page| tale::words(&page, picture.ink(run), width)).unwrap_or_default();
    }
    let terms = step::terms(picture, run);
    let columns = columns(&terms, width);
    let mut marks = Vec::new();
    let mut y = MARGIN + 0.5 * LINE;
    for term in &terms {
        for row in rows(term, columns, width) {
            marks.extend(row.into_iter().map(|(x, text)| label([x, y], text, term.ink, SIZE)));
            y += LINE;
        }
    }
    y += 0.5 * MARGIN;
    let sentence = step::sentence(picture, run);
    let room = width - 2.0 * MARGIN;
    let lines = |said: &str| metrics::broken(said, room, Face::Regular, SIZE);
    let said = caption::shortened(&sentence, |said| lines(said).len() <= MOST);
    for line in lines(said) {
        marks.push(label([MARGIN, y], line, Ink::Text, SIZE));
        y += LINE;
    }
    marks
}

pub(super) fn label(at: [f64; 2], text: String, ink: Ink, size: f64) -> Mark {
    #[expect(clippy::cast_possible_truncation, reason = "the height of a letter")]
    let size = size as f32;
    Mark::Label { at, offset: [0.0, 0.0], text, ink, size, anchor: Anchor::Left, angle: 0.0 }
}

fn wide(text: &str) -> f64 {
    // The names of runs are set strong, and their terms with them.
    metrics::width(text, Face::Strong, SIZE)
}

/// The columns of the table of terms.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Columns {
    /// Where values and lengths begin.
    All([f64; 2]),
    /// Where values begin, or lengths where there are none.
    Values(f64),
    /// Formulas have no room for a column beside them.
    None,
}

fn columns(terms: &[Term], width: f64) -> Columns {
    let widest =
        |part: fn(&Term) -> &str| terms.iter().map(|term| wide(part(term))).fold(0.0, f64::max);
    let value = MARGIN + widest(|term| &term.formula) + BETWEEN;
    let (values, lengths) = (widest(|term| &term.value), widest(|term| &term.length));
    let length = if values > 0.0 { value + values + BETWEEN } else { value };
    if length + lengths + MARGIN <= width {
        Columns::All([value, length])
    } else if value + values + MARGIN <= width && values > 0.0 {
        Columns::Values(value)
    } else {
        Columns::None
    }
}

/// The lines of a term: one where it has room, else what follows stands below, set in.
fn rows(term: &Term, columns: Columns, width: f64) -> Vec<Vec<(f64, String)>> {
    let Term { formula, value, length, .. } = term;
    let row = |parts: &[(f64, &String)]| {
        let said = parts.iter().filter(|(_, text)| !text.is_empty());
        vec![said.map(|&(x, text)| (x, text.clone())).collect()]
    };
    match columns {
        Columns::All([values, lengths]) => {
            return row(&[(MARGIN, formula), (values, value), (lengths, length)]);
        }
        Columns::Values(values) => return row(&[(MARGIN, formula), (values, value)]),
        Columns::None => {}
    }
    let mut rows: Vec<Vec<(f64, String)>> = Vec::new();
    let mut x = f64::INFINITY;
    let formula = metrics::broken(formula, width - 2.0 * MARGIN, Face::Regular, SIZE);
    for line in formula {
        x = MARGIN + wide(&line) + BETWEEN;
        rows.push(vec![(MARGIN, line)]);
    }
    for text in [value, length].into_iter().filter(|text| !text.is_empty()) {
        if x + wide(text) + MARGIN > width {
            x = MARGIN + BETWEEN;
            rows.push(Vec::new());
        }
        if let Some(row) = rows.last_mut() {
            row.push((x, text.clone()));
        }
        x += wide(text) + BETWEEN;
    }
    rows
}
