//! Words on a surface: about what stands there and is seen, where no path runs and nothing else stands in the picture.

use kurbo::{Rect, Size};

use super::room::{OF_A_MARK, Room};
use super::{Extract, diverged, soundings, start};
use crate::figure::metrics::{self, Face};
use crate::figure::surface::Surface;
use crate::figure::{Ink, Mark};
use crate::problem::grid::Window;

/// Words about a place of the map.
struct Words {
    at: [f64; 2],
    lines: Vec<String>,
    ink: Ink,
    sides: &'static [[f64; 2]],
}

/// What stands at the weights of a run takes up so many points to each side.
const HERE: f64 = 8.0;

impl Extract<'_> {
    /// Words about what stands on `surface`, of which `plane` is seen, beside these lines and what is taken, both in that
    /// plane.
    pub(in crate::figure) fn words_on(
        &self,
        surface: &Surface,
        plane: Window,
        lines: &[&[[f64; 2]]],
        taken: &[Rect],
    ) -> Vec<Mark> {
        let scale = surface.points_per_unit;
        let mut room = Room::around_lines(plane, scale, lines.iter().copied());
        for place in taken {
            room.take(*place);
        }
        for (_, row) in self.rows() {
            let at = surface.project(self.picture.place(row.w));
            room.take(room.around(at, HERE));
        }
        let words: Vec<Words> = self.said().into_iter().filter(|it| surface.shows(it.at)).collect();
        for said in &words {
            room.mark(surface.project(said.at), soundings::REACH);
        }
        words.iter().flat_map(|said| written(said, surface, &mut room)).collect()
    }

    /// What is said, what matters most first.
    fn said(&self) -> Vec<Words> {
        let diverged = diverged::told(self).into_iter();
        let diverged =
            diverged.map(|(at, ink, text)| Words { at, lines: vec![text], ink, sides: &OF_A_MARK });
        let start = start::place(self).map(|at| Words {
            at,
            lines: vec![start::NAME.to_owned()],
            ink: Ink::Text,
            sides: &start::SIDES,
        });
        let told = self.lettering.soundings.iter().filter(|it| !it.lines.is_empty());
        let soundings = told.map(|sounding| Words {
            at: sounding.at,
            lines: sounding.lines.clone(),
            ink: Ink::Minimum,
            sides: &OF_A_MARK,
        });
        diverged.chain(start).chain(soundings).collect()
    }
}

fn written(
    Words { at, lines, ink, sides }: &Words,
    surface: &Surface,
    room: &mut Room,
) -> Vec<Mark> {
    const SIZE: f64 = soundings::SIZE;
    const LINE: f64 = soundings::LINE;
    let widths = lines.iter().map(|text| metrics::width(text, Face::Regular, SIZE));
    let size = Size::new(widths.fold(0.0, f64::max), LINE * lines.len() as f64);
    let at = surface.project(*at);
    let Some(spot) = room.beside(at, size, sides) else { return Vec::new() };
    let first = -LINE * (lines.len() - 1) as f64 / 2.0;
    #[expect(clippy::cast_possible_truncation, reason = "points of a screen")]
    let line = |(k, text): (usize, &String)| Mark::Label {
        at,
        offset: [spot.offset[0], spot.offset[1] + first + LINE * k as f64].map(|x| x as f32),
        text: text.clone(),
        ink: *ink,
        size: SIZE as f32,
        anchor: spot.anchor,
        angle: 0.0,
    };
    lines.iter().enumerate().map(line).collect()
}
