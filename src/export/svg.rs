//! A figure as SVG: self-contained, and the same bytes for the same figure.
//!
//! The ground of a map is an embedded PNG; everything else is lines and words. Lengths are in points and rounded to a
//! hundredth, which no printer shows.

use std::fmt::{self, Write as _};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use crate::analysis::relief::Relief;
use crate::figure::palette::Theme;
use crate::figure::sheet::{SMALL, TEXT, TITLE};
use crate::figure::{
    Anchor, Axis, AxisScale, Corner, Dash, Figure, Ink, Key, Lens, Mark, Pane, Pen, Place, Shape,
    letters,
};
use crate::problem::grid::Window;

/// The figure as a self-contained SVG document.
#[must_use]
pub fn write(figure: &Figure, theme: Theme) -> String {
    let mut page = Page { out: String::new(), theme, clips: 0, grounds: grounds(figure) };
    // Writing to a string cannot fail.
    let _ = page.figure(figure);
    page.out
}

/// The grounds of a figure, each once however many maps stand on it.
fn grounds(figure: &Figure) -> Vec<Arc<Relief>> {
    let mut grounds: Vec<Arc<Relief>> = Vec::new();
    for (_, pane) in &figure.panes {
        for mark in &pane.marks {
            if let Mark::Terrain { relief, .. } = mark
                && !grounds.iter().any(|known| Arc::ptr_eq(known, relief))
            {
                grounds.push(Arc::clone(relief));
            }
        }
    }
    grounds
}

struct Page {
    out: String,
    theme: Theme,
    clips: usize,
    grounds: Vec<Arc<Relief>>,
}

/// What is drawn around a plot: a map has an edge, a chart has two axes.
#[derive(Clone, Copy)]
enum Border {
    Box,
    Corner,
}

/// From data to points of the page.
#[derive(Clone, Copy)]
struct Frame<'a> {
    place: Place,
    x: &'a Axis,
    y: &'a Axis,
}

impl Frame<'_> {
    fn at(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let part = |axis: &Axis, value: f64| {
            let [low, high] = axis.range.map(|end| axis.scale.project(end));
            (axis.scale.project(value) - low) / (high - low)
        };
        [
            self.place.left + self.place.width * part(self.x, x),
            self.place.top + self.place.height * (1.0 - part(self.y, y)),
        ]
    }
}

/// A length in points, rounded to a hundredth and without a tail of zeros.
struct Pt(f64);

impl fmt::Display for Pt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rounded = (self.0 * 100.0).round() / 100.0;
        // Adding zero turns −0 into 0; what is no number is far off the page.
        if rounded.is_finite() { write!(f, "{}", rounded + 0.0) } else { write!(f, "-99999") }
    }
}

/// A text with what XML takes for its own replaced, and without what it does not allow at all.
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for letter in self.0.chars() {
            match letter {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                control if control.is_control() => f.write_char(' ')?,
                '\u{FFFE}' | '\u{FFFF}' => {}
                other => f.write_char(other)?,
            }
        }
        Ok(())
    }
}

/// Words on the page.
struct Words<'a> {
    at: [f64; 2],
    text: &'a str,
    ink: Ink,
    size: f32,
    anchor: Anchor,
    angle: f32,
    strong: bool,
    halo: bool,
}

impl<'a> Words<'a> {
    fn new(at: [f64; 2], text: &'a str, ink: Ink, size: f32, anchor: Anchor) -> Self {
        Self { at, text, ink, size, anchor, angle: 0.0, strong: false, halo: false }
    }
}

/// From the middle of digits and capitals down to the baseline, against the height of the letters.
const TO_BASELINE: f64 = 0.35;

impl Page {
    fn colour(&self, ink: Ink) -> String {
        let [red, green, blue] = self.theme.ink(ink);
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    fn figure(&mut self, figure: &Figure) -> fmt::Result {
        let [width, height] = figure.size.map(Pt);
        writeln!(
            self.out,
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-family="IBM Plex Sans, Samscope Symbols" fill="none" stroke-linejoin="round" stroke-linecap="butt">"#
        )?;
        if let Some(Mark::Label { text, .. }) = figure.words.first() {
            writeln!(self.out, "<title>{}</title>", Escaped(text))?;
        }
        let paper = self.colour(Ink::Paper);
        writeln!(self.out, r#"<rect width="{width}" height="{height}" fill="{paper}"/>"#)?;
        self.write_grounds()?;
        for (place, pane) in &figure.panes {
            self.pane(*place, pane)?;
        }
        for mark in &figure.words {
            self.free_words(mark)?;
        }
        self.out.write_str("</svg>\n")
    }

    fn write_grounds(&mut self) -> fmt::Result {
        for k in 0..self.grounds.len() {
            let png = raster(&self.grounds[k], self.theme);
            writeln!(
                self.out,
                r#"<defs><image id="ground{k}" width="1" height="1" preserveAspectRatio="none" href="data:image/png;base64,{}"/></defs>"#,
                BASE64.encode(png)
            )?;
        }
        Ok(())
    }

    fn free_words(&mut self, mark: &Mark) -> fmt::Result {
        let Mark::Label { at, offset, text, ink, size, anchor, angle } = mark else {
            return Ok(());
        };
        let at = [at[0] + f64::from(offset[0]), at[1] + f64::from(offset[1])];
        let strong = *size >= TITLE || matches!(ink, Ink::Base | Ink::Sam);
        self.words(&Words { angle: *angle, strong, ..Words::new(at, text, *ink, *size, *anchor) })
    }

    fn words(&mut self, words: &Words<'_>) -> fmt::Result {
        if words.text.is_empty() {
            return Ok(());
        }
        let [x, y] = words.at;
        let size = f64::from(words.size);
        let anchor = match words.anchor {
            Anchor::Left => "",
            Anchor::Middle => r#" text-anchor="middle""#,
            Anchor::Right => r#" text-anchor="end""#,
        };
        let weight = if words.strong { r#" font-weight="600""# } else { "" };
        let (turn, x, y) = if words.angle == 0.0 {
            (String::new(), x, y + TO_BASELINE * size)
        } else {
            let degrees = Pt(-f64::from(words.angle).to_degrees());
            let turn = format!(r#" transform="translate({} {}) rotate({degrees})""#, Pt(x), Pt(y));
            (turn, 0.0, TO_BASELINE * size)
        };
        let halo = if words.halo {
            let paper = self.colour(Ink::Paper);
            format!(
                r#" stroke="{paper}" stroke-width="2.4" stroke-opacity="0.75" paint-order="stroke""#
            )
        } else {
            String::new()
        };
        writeln!(
            self.out,
            r#"<text x="{}" y="{}"{turn} font-size="{size}"{weight}{anchor} fill="{}"{halo}>{}</text>"#,
            Pt(x),
            Pt(y),
            self.colour(words.ink),
            Escaped(words.text)
        )
    }

    fn pane(&mut self, place: Place, pane: &Pane) -> fmt::Result {
        writeln!(
            self.out,
            r#"<g id="{}"><desc>{}</desc></g>"#,
            pane.id,
            Escaped(&pane.description)
        )?;
        let frame = Frame { place, x: &pane.x, y: &pane.y };
        if !pane.true_scale {
            self.grid(frame)?;
        }
        self.marks(frame, &pane.marks)?;
        if let Some(lens) = &pane.lens {
            self.lens(frame, lens)?;
        }
        self.border(place, if pane.true_scale { Border::Box } else { Border::Corner })?;
        self.axes(frame)?;
        self.heading(place, pane)
    }

    /// Quiet lines across a chart at the marks of its axis.
    fn grid(&mut self, frame: Frame<'_>) -> fmt::Result {
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

    fn border(&mut self, place: Place, border: Border) -> fmt::Result {
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

    fn axes(&mut self, frame: Frame<'_>) -> fmt::Result {
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
    fn heading(&mut self, place: Place, pane: &Pane) -> fmt::Result {
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
    fn marks(&mut self, frame: Frame<'_>, marks: &[Mark]) -> fmt::Result {
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

    fn line(&mut self, points: &[[f64; 2]], pen: Pen) -> fmt::Result {
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
        let dash = match pen.dash {
            Dash::Solid => String::new(),
            Dash::Dashed => {
                format!(
                    r#" stroke-dasharray="{} {}""#,
                    Pt(f64::from(pen.width) * 3.0),
                    Pt(f64::from(pen.width) * 1.6)
                )
            }
            Dash::Dotted => {
                format!(
                    r#" stroke-dasharray="{} {}""#,
                    Pt(f64::from(pen.width)),
                    Pt(f64::from(pen.width) * 2.0)
                )
            }
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

    fn dots(
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

    /// The magnified neighbourhood in its corner.
    fn lens(&mut self, map: Frame<'_>, lens: &Lens) -> fmt::Result {
        let [left, top] = map.at([lens.window.x[0], lens.window.y[1]]);
        let [right, bottom] = map.at([lens.window.x[1], lens.window.y[0]]);
        // Whole points: its edges are straight, and no last bit decides how they are rounded.
        let [width, height] = [right - left, bottom - top].map(|side| (lens.power * side).round());
        let Place { left, top, width: wide, height: high } = map.place;
        let (near, far) = (LENS_INSET, LENS_INSET);
        let (left, top) = match lens.corner {
            Corner::TopLeft => (left + near, top + near),
            Corner::TopRight => (left + wide - width - far, top + near),
            Corner::BottomLeft => (left + near, top + high - height - far),
            Corner::BottomRight => (left + wide - width - far, top + high - height - far),
        };
        let place = Place { left, top, width, height };
        let axis = |range| Axis {
            label: String::new(),
            range,
            scale: AxisScale::Linear,
            ticks: Vec::new(),
        };
        let (x, y) = (axis(lens.window.x), axis(lens.window.y));
        let frame = Frame { place, x: &x, y: &y };
        let paper = self.colour(Ink::Paper);
        writeln!(
            self.out,
            r#"<rect x="{}" y="{}" width="{}" height="{}" fill="{paper}" stroke="{paper}" stroke-width="5" stroke-opacity="0.7"/>"#,
            Pt(left),
            Pt(top),
            Pt(width),
            Pt(height)
        )?;
        self.marks(frame, &lens.marks)?;
        self.border(place, Border::Box)?;
        let power = format!("×{}", crate::figure::numerals::short(lens.power, 2));
        self.words(&Words {
            halo: true,
            ..Words::new([left + 6.0, top + 10.0], &power, Ink::Text, SMALL, Anchor::Left)
        })
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

/// How much wider than its line a casing is, in points.
const CASING: f64 = 2.4;
/// From the edge of the map to its lens, in points.
const LENS_INSET: f64 = 8.0;

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

/// A ground as the bytes of a PNG file, the first row at the top.
fn raster(relief: &Relief, theme: Theme) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(3 * relief.columns * relief.rows);
    for row in (0..relief.rows).rev() {
        for column in 0..relief.columns {
            let k = row * relief.columns + column;
            bytes.extend(theme.terrain(relief.tone[k], relief.shade[k]));
        }
    }
    let mut file = Vec::new();
    let sides = [relief.columns, relief.rows].map(|side| u32::try_from(side).unwrap_or(0));
    let mut encoder = png::Encoder::new(&mut file, sides[0], sides[1]);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    // Writing to memory fails only for a picture without pixels, and such a ground has nothing to show.
    let _ = encoder.write_header().and_then(|mut writer| writer.write_image_data(&bytes));
    file
}
