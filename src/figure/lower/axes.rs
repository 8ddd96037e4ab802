//! The edge of a plot, its ticks, and the names of its axes.

use std::f64::consts::FRAC_PI_2;

use kurbo::Rect;

use super::Lowering;
use super::frame::Frame;
use super::text::Words;
use crate::figure::metrics::{self, Face};
use crate::figure::names::{self, TO_NAMES};
use crate::figure::painter::{Outline, Stroke};
use crate::figure::{Anchor, Ink, Pane};

/// Hairlines across charts, and the lines of edges and ticks, in points.
const HAIR: f64 = 0.5;
const EDGE: f64 = 0.8;
/// The length of a tick, in points.
pub const TICK: f64 = 4.0;
/// From the edge of the plot to the numbers left of it.
pub const TO_NUMBER: f64 = 7.0;
/// From the edge of the plot to the middle of the numbers below it, and of the axis' name below these.
pub(super) const BELOW: [f64; 2] = [12.0, 26.0];
/// Between two numbers of a level axis, at the least.
const BETWEEN: f64 = 3.0;
/// From number to number of an upright axis, at the least, in heights of the text.
const PITCH: f64 = 1.05;
/// So much farther than usual the name of an upright axis stands from the plot where its numbers are long, in points; where
/// they are longer, it is left out.
const ASIDE: f64 = 18.0;
/// How far the name of an axis may reach beyond either of its ends, in points.
const OVERHANG: f64 = 8.0;
/// Ticks lie on the edge of the plot; rounding may put the last one this far outside, in points.
const ROUNDING: f64 = 0.5;

impl Lowering<'_> {
    /// Paints quiet lines across a chart at the ticks of its upright axis.
    pub(super) fn grid(&mut self, frame: &Frame, pane: &Pane) {
        let Rect { x0, x1, .. } = frame.place;
        let lines: Vec<_> =
            heights(frame, pane).into_iter().map(|(y, _)| [[x0, y], [x1, y]]).collect();
        self.rules(&lines, Ink::Hairline, HAIR);
    }

    /// Paints the edge of a plot: a map has one all around, a chart two axes.
    pub(super) fn border(&mut self, place: Rect, all_around: Edge) {
        let Rect { x0, y0, x1, y1 } = place;
        match all_around {
            Edge::Box => {
                let stroke = Stroke::new(self.colour(Ink::Quiet, 1.0), EDGE);
                self.painter.stroke(&[Outline::Box(place)], &stroke);
            }
            Edge::None => {}
            Edge::Corner => {
                self.rules(&[[[x0, y0], [x0, y1]], [[x0, y1], [x1, y1]]], Ink::Hairline, EDGE);
            }
        }
    }

    /// Paints ticks, numbers and names.
    pub(super) fn axes(&mut self, frame: &Frame, pane: &Pane) {
        let Rect { x0, y0, x1, y1 } = frame.place;
        let size = self.letters.numbers;
        let mut ticks = Vec::new();
        let across: Vec<(f64, &str)> = pane
            .x
            .ticks
            .iter()
            .map(|tick| (frame.exact([tick.at, pane.y.range[0]])[0], tick.text.as_str()))
            .filter(|(x, _)| (x0 - ROUNDING..=x1 + ROUNDING).contains(x))
            .collect();
        let every =
            stride(&across, |text| (metrics::width(text, Face::Regular, size) + BETWEEN) / 2.0);
        // Names of curves that have no room beside the plot reach down to the numbers of its axis.
        let lines = pane.labels.ends.iter().map(|end| end.lines.len()).sum::<usize>() as f64;
        let reach_down = lines * names::PITCH * self.letters.names > y1 - y0;
        let beyond = if reach_down { x1 + TO_NAMES - 1.0 } else { f64::INFINITY };
        for (k, &(x, text)) in across.iter().enumerate() {
            ticks.push([[x, y1], [x, y1 + TICK]]);
            let end = x + metrics::width(text, Face::Regular, size) / 2.0;
            if k.is_multiple_of(every) && end <= beyond {
                let at = [x, y1 + BELOW[0]];
                self.words(&Words::new(at, text, Ink::Quiet, size, Anchor::Middle));
            }
        }
        let upward = heights(frame, pane);
        let every = stride(&upward, |_| PITCH * size / 2.0);
        for (k, &(y, text)) in upward.iter().enumerate() {
            ticks.push([[x0 - TICK, y], [x0, y]]);
            if k.is_multiple_of(every) {
                let at = [x0 - TO_NUMBER, y];
                self.words(&Words::new(at, text, Ink::Quiet, size, Anchor::Right));
            }
        }
        self.rules(&ticks, Ink::Quiet, EDGE);
        let size = self.letters.names;
        // A name that is longer than its axis would meet those of the plots beside and below it.
        let has_room = |name: &str, axis: f64| {
            metrics::width(name, Face::Regular, size) <= axis + 2.0 * OVERHANG
        };
        if has_room(&pane.x.label, x1 - x0) {
            let at = [f64::midpoint(x0, x1), y1 + BELOW[1]];
            self.words(&Words::new(at, &pane.x.label, Ink::Quiet, size, Anchor::Middle));
        }
        let shown = upward.iter().step_by(every);
        let widest =
            shown.map(|(_, text)| metrics::width(text, Face::Regular, self.letters.numbers));
        let beyond = TO_NUMBER + widest.fold(0.0, f64::max) + 0.6 * size;
        let at = [x0 - self.letters.upright.max(beyond), f64::midpoint(y0, y1)];
        if beyond > self.letters.upright + ASIDE || !has_room(&pane.y.label, y1 - y0) {
            return;
        }
        let upright = Words::new(at, &pane.y.label, Ink::Quiet, size, Anchor::Middle);
        self.words(&Words { angle: FRAC_PI_2, ..upright });
    }

    fn rules(&mut self, lines: &[[[f64; 2]; 2]], ink: Ink, width: f64) {
        let outlines: Vec<_> = lines.iter().map(|line| Outline::Line(line)).collect();
        if !outlines.is_empty() {
            self.painter.stroke(&outlines, &Stroke::new(self.colour(ink, 1.0), width));
        }
    }
}

/// Every how many numbers of an axis have room beside each other, of all if they have; each takes up twice its half.
fn stride(all: &[(f64, &str)], half: impl Fn(&str) -> f64) -> usize {
    let fits = |every: &usize| {
        let shown: Vec<_> = all.iter().step_by(*every).collect();
        shown.windows(2).all(|pair| {
            let [(a, a_text), (b, b_text)] = [*pair[0], *pair[1]];
            (b - a).abs() >= half(a_text) + half(b_text)
        })
    };
    (1..all.len()).find(fits).unwrap_or(all.len().max(1))
}

/// The ticks of the upright axis: where they are, and their numbers.
fn heights<'a>(frame: &Frame, pane: &'a Pane) -> Vec<(f64, &'a str)> {
    let Rect { y0, y1, .. } = frame.place;
    let place = |at| frame.exact([pane.x.range[0], at])[1];
    let ticks = pane.y.ticks.iter().map(|tick| (place(tick.at), tick.text.as_str()));
    ticks.filter(|(y, _)| (y0 - ROUNDING..=y1 + ROUNDING).contains(y)).collect()
}

/// What is drawn around a plot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    None,
    Box,
    Corner,
}
