//! What stands around a plot: its edge, its axes, its heading and its legend.

use std::fmt::{self, Write as _};

use super::text::{Escaped, Pt, TO_BASELINE, Words};
use super::{Frame, Page};
use crate::figure::sheet::{SMALL, TEXT};
use crate::figure::{Anchor, Ink, Key, Pane, Pen, Place, letters};

/// What is drawn around a plot: a map has an edge, a chart has two axes.
#[derive(Clone, Copy)]
pub(super) enum Border {
    Box,
    Corner,
}

impl Page {
    /// Quiet lines across a chart at the marks of its axis.
    pub(super) fn grid(&mut self, frame: Frame<'_>) -> fmt::Result {
        let colour = self.colour(Ink::Hairline);
        let Place { left, width, .. } = frame.place;
        for tick in &frame.y.ticks {
            let [_, y] = frame.at([frame.x.range[0], tick.at]);
            writeln!(
                self.out,
                r#"<path d="M{} {y}H{}" stroke="{colour}" stroke-width="0.5"/>"#,
                Pt(left),
                Pt(left + width),
                y = Pt(y)
            )?;
        }
        Ok(())
    }

    pub(super) fn border(&mut self, place: Place, border: Border) -> fmt::Result {
        let Place { left, top, width, height } = place;
        let colour = self.colour(match border {
            Border::Box => Ink::Quiet,
            Border::Corner => Ink::Hairline,
        });
        let [left, right, top, bottom] = [left, left + width, top, top + height].map(Pt);
        let shape = match border {
            Border::Box => format!("M{left} {top}H{right}V{bottom}H{left}Z"),
            Border::Corner => format!("M{left} {top}V{bottom}H{right}"),
        };
        writeln!(self.out, r#"<path d="{shape}" stroke="{colour}" stroke-width="0.8"/>"#)
    }

    pub(super) fn axes(&mut self, frame: Frame<'_>) -> fmt::Result {
        let Place { left, top, width, height } = frame.place;
        let bottom = top + height;
        let colour = self.colour(Ink::Quiet);
        let mut strokes = String::new();
        for tick in &frame.x.ticks {
            let [x, _] = frame.at([tick.at, frame.y.range[0]]);
            write!(strokes, "M{} {}v4", Pt(x), Pt(bottom))?;
            self.words(&Words::new(
                [x, bottom + 12.0],
                &tick.text,
                Ink::Quiet,
                SMALL,
                Anchor::Middle,
            ))?;
        }
        for tick in &frame.y.ticks {
            let [_, y] = frame.at([frame.x.range[0], tick.at]);
            write!(strokes, "M{} {}h-4", Pt(left), Pt(y))?;
            self.words(&Words::new([left - 7.0, y], &tick.text, Ink::Quiet, SMALL, Anchor::Right))?;
        }
        if !strokes.is_empty() {
            writeln!(self.out, r#"<path d="{strokes}" stroke="{colour}" stroke-width="0.8"/>"#)?;
        }
        if !frame.x.label.is_empty() {
            let at = [left + width / 2.0, bottom + 26.0];
            self.words(&Words::new(at, &frame.x.label, Ink::Quiet, SMALL, Anchor::Middle))?;
        }
        if !frame.y.label.is_empty() {
            let at = [left - 34.0, top + height / 2.0];
            self.words(&Words {
                angle: std::f32::consts::FRAC_PI_2,
                ..Words::new(at, &frame.y.label, Ink::Quiet, SMALL, Anchor::Middle)
            })?;
        }
        Ok(())
    }

    /// Title and legend above a plot, its sentence below.
    pub(super) fn heading(&mut self, place: Place, pane: &Pane) -> fmt::Result {
        let y = place.top - 11.0;
        if !pane.title.is_empty() {
            write!(
                self.out,
                r#"<text x="{}" y="{}" font-size="{TEXT}">"#,
                Pt(place.left),
                Pt(y + TO_BASELINE * f64::from(TEXT))
            )?;
            for (k, span) in pane.title.iter().enumerate() {
                let weight = if span.strong { r#" font-weight="600""# } else { "" };
                let gap = if k > 0 { format!(r#" dx="{SPAN_GAP}""#) } else { String::new() };
                write!(
                    self.out,
                    r#"<tspan{gap} fill="{}"{weight}>{}</tspan>"#,
                    self.colour(span.ink),
                    Escaped(&span.text)
                )?;
            }
            writeln!(self.out, "</text>")?;
        }
        let title: f64 = pane.title.iter().map(|span| span_width(&span.text) + SPAN_GAP).sum();
        let mut right = place.left + place.width;
        for (key, text) in fitting(&pane.legend, place.width - title).iter().rev() {
            self.words(&Words::new([right, y], text, Ink::Quiet, SMALL, Anchor::Right))?;
            right -= letters::width(text, f64::from(SMALL)) + TO_KEY;
            self.key(key, [right, y])?;
            right -= key_width(key) + BETWEEN_KEYS;
        }
        for (k, line) in pane.caption.lines().enumerate() {
            let at = [place.left, place.top + place.height + 46.0 + 16.0 * k as f64];
            self.words(&Words::new(at, line, Ink::Text, TEXT, Anchor::Left))?;
        }
        Ok(())
    }

    /// A legend's sample, ending at `right`.
    fn key(&mut self, key: &Key, [right, y]: [f64; 2]) -> fmt::Result {
        let width = key_width(key);
        match key {
            Key::Line(pen) => {
                let pen = Pen { cased: false, ..*pen };
                self.line(&[[right - width, y], [right, y]], pen)
            }
            Key::Dot(shape, ink) => {
                self.dots(&[[right - width / 2.0, y]], *shape, *ink, width, 1.0)
            }
        }
    }
}

/// Between the parts of a heading, between a key and its words, and between two keys, in points.
const SPAN_GAP: f64 = 7.0;
const TO_KEY: f64 = 5.0;
const BETWEEN_KEYS: f64 = 11.0;

fn span_width(text: &str) -> f64 {
    letters::strong_width(text, f64::from(TEXT))
}

fn key_width(key: &Key) -> f64 {
    match key {
        Key::Line(_) => 16.0,
        Key::Dot(..) => 6.0,
    }
}

/// As much of a legend as fits beside the heading, from its beginning.
fn fitting(legend: &[(Key, String)], room: f64) -> &[(Key, String)] {
    let mut taken = 0.0;
    let fits = legend.iter().take_while(|(key, text)| {
        taken += key_width(key) + TO_KEY + letters::width(text, f64::from(SMALL)) + BETWEEN_KEYS;
        taken <= room
    });
    let count = fits.count();
    // One run's key without the other's would raise the question what the other line is.
    let dots = legend.iter().take_while(|(key, _)| matches!(key, Key::Dot(..))).count();
    &legend[..if count < legend.len() && dots > 0 { count.min(dots) } else { count }]
}
