//! A page as a figure: its text beside the picture of its scene, or above it on a narrow sheet.

use super::laid::{self, Laid, Sizes};
use super::{Lesson, Page};
use crate::engine::Engine;
use crate::figure::picture::Sight;
use crate::figure::prose::Letters;
use crate::figure::shot::Shot;
use crate::figure::{Figure, Ink, Mark, metrics};
use crate::optim::moment::Moment;

/// The least size of a page, in points: below it there is no room for text and a picture.
pub const LEAST: [f64; 2] = [800.0, 600.0];
/// From this width on the text stands beside the picture.
const WIDE: f64 = 1000.0;
/// Around the text, in points.
const MARGIN: f64 = 24.0;
/// Heights of letters to try, the largest first.
const TEXT: [f64; 6] = [18.0, 16.5, 15.0, 13.5, 12.25, 11.0];
/// The part of the sheet's width that the text takes beside the picture, and how wide it can be.
const PART: f64 = 0.29;
const WIDTH: [f64; 2] = [280.0, 560.0];
/// The part of its height that it takes above one, at most.
const ABOVE: f64 = 0.42;
/// The line that says which lesson and which page it is.
const LINE: f64 = 11.0;

/// Page `number`, counted from one, on a sheet of this size; none where there is no such page.
#[must_use]
pub fn page(lesson: &Lesson, number: usize, size: [f64; 2], engine: &mut Engine) -> Option<Figure> {
    let page = number.checked_sub(1).and_then(|k| lesson.pages.get(k))?;
    let size = [size[0].max(LEAST[0]), size[1].max(LEAST[1])];
    let [width, height] = size;
    let column = (PART * width).clamp(WIDTH[0], WIDTH[1]);
    let is_beside = width >= WIDE;
    let room = if is_beside {
        [column, height - 2.0 * MARGIN]
    } else {
        [width - 2.0 * MARGIN, ABOVE * height]
    };
    let text = fitted(lesson, page, number, room);
    let (place, free) = if is_beside {
        let taken = MARGIN + column;
        ([taken, 0.0], [width - taken, height])
    } else {
        let taken = MARGIN + text.height;
        ([0.0, taken], [width, height - taken])
    };
    let picture = picture(page, free, engine);
    let mut figure = moved(picture, place);
    figure.size = size;
    figure.prose =
        text.letters.into_iter().map(|letters| letters.moved([MARGIN, MARGIN])).collect();
    Some(figure)
}

/// The text of a page in the largest letters that have room; what has none even in the smallest is left out.
fn fitted(lesson: &Lesson, page: &Page, number: usize, [width, height]: [f64; 2]) -> Laid {
    let pages = lesson.pages.len();
    let of = format!("\u{A0}· {number} of {pages}");
    let title = metrics::cut(
        &lesson.title,
        width - metrics::width(&of, metrics::Face::Regular, LINE),
        metrics::Face::Regular,
        LINE,
    );
    let head = laid::words(&format!("{title}{of}"), Ink::Quiet, width, LINE);
    let room = height - head.height - LINE;
    let sizes = TEXT.map(Sizes::of);
    let body = sizes
        .into_iter()
        .map(|sizes| laid::page(page, width, sizes))
        .find(|body| body.height <= room);
    let body = body.unwrap_or_else(|| laid::page(page, width, Sizes::of(TEXT[TEXT.len() - 1])));
    let down = head.height + LINE;
    let mut letters = head.letters;
    letters.extend(body.letters.into_iter().map(|it| it.moved([0.0, down])));
    letters.retain(|it: &Letters| it.at[1] + it.size <= height + LINE);
    Laid { letters, height: down + body.height.min(room) }
}

/// The picture of a page's scene, as it is when the page is opened.
fn picture(page: &Page, size: [f64; 2], engine: &mut Engine) -> Figure {
    let shot = Shot::of(&page.scene);
    // A lens that nobody asked for would cover what the text is about.
    let lens = page.lens.unwrap_or(Sight::Hidden);
    let at = Moment::Step(page.still());
    Shot { at, size, lens, future: page.future, ..shot }.made_by(engine)
}

/// A figure so many points farther right and down.
fn moved(mut figure: Figure, [right, down]: [f64; 2]) -> Figure {
    for (place, _) in &mut figure.panes {
        place.left += right;
        place.top += down;
    }
    for mark in &mut figure.words {
        if let Mark::Label { at, .. } = mark {
            *at = [at[0] + right, at[1] + down];
        }
    }
    figure
}
