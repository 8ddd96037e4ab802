//! The marks of a plot.

use std::fmt::{self, Write as _};
use std::sync::Arc;

use super::text::{Pt, Words};
use super::{Frame, Page};
use crate::analysis::relief::Relief;
use crate::figure::{Ink, Mark, Pen, Place, Shape};
use crate::problem::grid::Window;

impl Page {
    /// A clip path for a rectangle; gives its name.
    fn clip(&mut self, Place { left, top, width, height }: Place) -> Result<usize, fmt::Error> {
        let k = self.clips;
        self.clips += 1;
        writeln!(
            self.out,
            r#"<clipPath id="clip{k}"><rect x="{}" y="{}" width="{}" height="{}"/></clipPath>"#,
            Pt(left),
            Pt(top),
            Pt(width),
            Pt(height)
        )?;
        Ok(k)
    }

    /// The marks of a plot; grounds stand in groups of their own, since a picture is drawn apart from lines.
    pub(super) fn marks(&mut self, frame: Frame<'_>, marks: &[Mark]) -> fmt::Result {
        let clip = self.clip(frame.place)?;
        for mark in marks {
            if let Mark::Terrain { window, relief } = mark {
                self.terrain(frame, clip, *window, relief)?;
            }
        }
        writeln!(self.out, r#"<g clip-path="url(#clip{clip})">"#)?;
        for mark in marks {
            self.mark(frame, mark)?;
        }
        writeln!(self.out, "</g>")
    }

    fn terrain(
        &mut self,
        frame: Frame<'_>,
        clip: usize,
        window: Window,
        relief: &Arc<Relief>,
    ) -> fmt::Result {
        let Some(k) = self.grounds.iter().position(|known| Arc::ptr_eq(known, relief)) else {
            return Ok(());
        };
        // The outermost pixels are centred on the edges of the window, so the picture is half a pixel larger.
        let [width, height] = window.span();
        let half = [
            width / (relief.columns.max(2) - 1) as f64 / 2.0,
            height / (relief.rows.max(2) - 1) as f64 / 2.0,
        ];
        let [left, top] = frame.at([window.x[0] - half[0], window.y[1] + half[1]]);
        let [right, bottom] = frame.at([window.x[1] + half[0], window.y[0] - half[1]]);
        writeln!(
            self.out,
            r##"<g clip-path="url(#clip{clip})"><use href="#ground{k}" transform="translate({} {}) scale({} {})"/></g>"##,
            Pt(left),
            Pt(top),
            Pt(right - left),
            Pt(bottom - top)
        )
    }

    fn mark(&mut self, frame: Frame<'_>, mark: &Mark) -> fmt::Result {
        match mark {
            Mark::Terrain { .. } => Ok(()),
            Mark::Region { outline, ink, strength } => {
                let outline: Vec<_> = outline.iter().map(|&point| frame.at(point)).collect();
                let colour = self.colour(*ink);
                let shape = polyline(&outline);
                writeln!(
                    self.out,
                    r#"<path d="{shape}Z" fill="{colour}" fill-opacity="{strength}"/>"#
                )
            }
            Mark::Path { points, pen } => {
                let points: Vec<_> = points.iter().map(|&point| frame.at(point)).collect();
                self.line(&points, *pen)
            }
            Mark::Arrow { from, to, pen } => self.arrow(frame.at(*from), frame.at(*to), *pen),
            Mark::Dots { points, shape, ink, size, strength } => {
                let points: Vec<_> = points.iter().map(|&point| frame.at(point)).collect();
                self.dots(&points, *shape, *ink, f64::from(*size), *strength)
            }
            Mark::Label { at, offset, text, ink, size, anchor, angle } => {
                let [x, y] = frame.at(*at);
                let at = [x + f64::from(offset[0]), y + f64::from(offset[1])];
                self.words(&Words {
                    angle: *angle,
                    halo: true,
                    ..Words::new(at, text, *ink, *size, *anchor)
                })
            }
        }
    }

    pub(super) fn line(&mut self, points: &[[f64; 2]], pen: Pen) -> fmt::Result {
        let shape = polyline(points);
        if shape.is_empty() {
            return Ok(());
        }
        if pen.cased {
            let paper = self.colour(Ink::Paper);
            writeln!(
                self.out,
                r#"<path d="{shape}" stroke="{paper}" stroke-width="{}" stroke-opacity="0.8"/>"#,
                Pt(f64::from(pen.width) + CASING)
            )?;
        }
        let lengths: Vec<String> = (pen.dash.pattern().iter())
            .map(|length| Pt(f64::from(pen.width) * length).to_string())
            .collect();
        let dash = if lengths.is_empty() {
            String::new()
        } else {
            format!(r#" stroke-dasharray="{}""#, lengths.join(" "))
        };
        writeln!(
            self.out,
            r#"<path d="{shape}" stroke="{}" stroke-width="{}"{}{dash}/>"#,
            self.colour(pen.ink),
            Pt(f64::from(pen.width)),
            covering("stroke-opacity", pen.strength)
        )
    }

    /// A shaft and a head of constant size; a short arrow has a smaller head rather than no shaft.
    fn arrow(&mut self, from: [f64; 2], to: [f64; 2], pen: Pen) -> fmt::Result {
        let [dx, dy] = [to[0] - from[0], to[1] - from[1]];
        let length = dx.hypot(dy);
        if !(length > 0.0 && length.is_finite()) {
            return Ok(());
        }
        let head = (f64::from(pen.width) * 2.2 + 4.0).min(0.6 * length);
        let wing = 0.42 * head;
        let along = [dx / length, dy / length];
        let back = |by: f64, aside: f64| {
            [to[0] - by * along[0] - aside * along[1], to[1] - by * along[1] + aside * along[0]]
        };
        let shape = polyline(&[to, back(head, wing), back(0.78 * head, 0.0), back(head, -wing)]);
        if pen.cased {
            let paper = self.colour(Ink::Paper);
            writeln!(
                self.out,
                r#"<path d="{shape}Z" stroke="{paper}" stroke-width="{}" stroke-opacity="0.8"/>"#,
                Pt(CASING)
            )?;
        }
        self.line(&[from, back(0.8 * head, 0.0)], pen)?;
        writeln!(
            self.out,
            r#"<path d="{shape}Z" fill="{}"{}/>"#,
            self.colour(pen.ink),
            covering("fill-opacity", pen.strength)
        )
    }

    pub(super) fn dots(
        &mut self,
        points: &[[f64; 2]],
        shape: Shape,
        ink: Ink,
        size: f64,
        strength: f32,
    ) -> fmt::Result {
        let colour = self.colour(ink);
        let r = size / 2.0;
        let mut outlines = String::new();
        for &[x, y] in points.iter().filter(|point| point.iter().all(|x| x.is_finite())) {
            match shape {
                Shape::Disc | Shape::Ring => {
                    let [left, y, r, d] = [x - r, y, r, size].map(Pt);
                    write!(outlines, "M{left} {y}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0Z")?;
                }
                Shape::Square => {
                    let [left, top, d] = [x - r, y - r, size].map(Pt);
                    write!(outlines, "M{left} {top}h{d}v{d}h-{d}Z")?;
                }
                Shape::Diamond => {
                    let [left, y, r] = [x - r, y, r].map(Pt);
                    write!(outlines, "M{left} {y}l{r} -{r}l{r} {r}l-{r} {r}Z")?;
                }
                Shape::Cross => {
                    let [left, top, bottom, d] = [x - r, y - r, y + r, size].map(Pt);
                    write!(outlines, "M{left} {top}l{d} {d}M{left} {bottom}l{d} -{d}")?;
                }
                Shape::Triangle => {
                    let [left, bottom, d, half, height] =
                        [x - r, y + 0.58 * r, size, r, 0.87 * size].map(Pt);
                    write!(outlines, "M{left} {bottom}h{d}l-{half} -{height}Z")?;
                }
            }
        }
        if outlines.is_empty() {
            return Ok(());
        }
        let paint = match shape {
            Shape::Cross => format!(
                r#"stroke="{colour}" stroke-width="{}"{}"#,
                Pt((0.22 * size).max(1.0)),
                covering("stroke-opacity", strength)
            ),
            Shape::Ring => format!(
                r#"fill="{}" stroke="{colour}" stroke-width="1.6"{}"#,
                self.colour(Ink::Paper),
                covering("opacity", strength)
            ),
            Shape::Disc | Shape::Square | Shape::Diamond | Shape::Triangle => {
                format!(r#"fill="{colour}"{}"#, covering("fill-opacity", strength))
            }
        };
        writeln!(self.out, r#"<path d="{outlines}" {paint}/>"#)
    }
}

/// How much wider than its line a casing is, in points.
const CASING: f64 = 2.4;

/// An attribute for paint that does not cover fully.
fn covering(attribute: &str, strength: f32) -> String {
    if strength < 1.0 {
        format!(r#" {attribute}="{}""#, Pt(f64::from(strength)))
    } else {
        String::new()
    }
}

fn polyline(points: &[[f64; 2]]) -> String {
    let mut shape = String::new();
    let mut begun = false;
    for point in points {
        if !point.iter().all(|x| x.is_finite()) {
            begun = false;
            continue;
        }
        let letter = if begun { 'L' } else { 'M' };
        // Writing to a string cannot fail.
        let _ = write!(shape, "{letter}{} {}", Pt(point[0]), Pt(point[1]));
        begun = true;
    }
    shape
}
