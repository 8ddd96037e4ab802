//! Marks as shapes on screen: the window's counterpart of the SVG writer.

use std::sync::Arc;

use egui::epaint::TextShape;
use egui::{Align2, Color32, Mesh, Painter, Pos2, Rect, Shape as Ink2d, Stroke, Vec2, pos2, vec2};

use super::ground::Ground;
use super::polygon;
use super::projection::Projection;
use crate::analysis::relief::Relief;
use crate::app::{fonts, style};
use crate::figure::palette::Theme;
use crate::figure::{Anchor, Dash, Ink, Key, Mark, Pen, Shape};
use crate::problem::grid::Window;

/// Paints marks of one pane.
pub struct Brush<'a> {
    /// Clipped to the plot.
    pub painter: &'a Painter,
    /// Where data lie on screen.
    pub projection: Projection,
    /// The colours.
    pub theme: Theme,
    /// Textures of the ground.
    pub ground: &'a mut Ground,
}

/// How far a casing shows on each side of its line, in points.
const CASING: f32 = 1.4;
/// The length and half the width of an arrowhead.
const HEAD: [f32; 2] = [9.0, 4.0];

impl Brush<'_> {
    /// Paints marks over what is there, in order.
    ///
    /// Lines of one pen that follow each other lie in one casing: a route that crosses itself would otherwise cut
    /// through itself with the casing of its later pieces.
    pub fn paint_all(&mut self, marks: &[Mark]) {
        let mut cased = None;
        for (k, mark) in marks.iter().enumerate() {
            match mark {
                Mark::Path { pen, .. } if pen.cased => {
                    if cased != Some(*pen) {
                        self.case(*pen, &marks[k..]);
                    }
                    cased = Some(*pen);
                }
                Mark::Terrain { .. }
                | Mark::Region { .. }
                | Mark::Path { .. }
                | Mark::Arrow { .. }
                | Mark::Dots { .. }
                | Mark::Label { .. } => cased = None,
            }
            self.paint(mark);
        }
    }

    /// Paints the casing of the lines of one pen that come first.
    fn case(&self, of: Pen, marks: &[Mark]) {
        for mark in marks {
            let Mark::Path { points, pen } = mark else { return };
            if *pen != of {
                return;
            }
            for piece in self.projection.pieces(points) {
                casing(self.painter, thinned(piece), pen, self.theme);
            }
        }
    }

    /// Paints one mark; the casing of a line is there already.
    fn paint(&mut self, mark: &Mark) {
        match mark {
            Mark::Terrain { window, relief } => self.terrain(*window, relief),
            Mark::Region { outline, ink, strength } => {
                let corners =
                    outline.iter().map(|&at| self.projection.exact(at)).collect::<Vec<_>>();
                let fill = self.colour(*ink, *strength);
                self.painter.extend(polygon::filled(&corners, self.projection.frame, fill));
            }
            Mark::Path { points, pen } => {
                for piece in self.projection.pieces(points) {
                    line(self.painter, piece, pen, self.theme);
                }
            }
            Mark::Arrow { from, to, pen } => self.arrow(*from, *to, pen),
            Mark::Dots { points, shape, ink, size, strength } => {
                let colour = self.colour(*ink, *strength);
                let paper = self.colour(Ink::Paper, *strength);
                for at in points.iter().filter_map(|&at| self.projection.screen(at)) {
                    dot(self.painter, at, *shape, *size, colour, paper);
                }
            }
            Mark::Label { at, offset, text, ink, size, anchor, angle } => {
                if let Some(at) = self.projection.screen(*at) {
                    let at = at + vec2(offset[0], offset[1]);
                    let label =
                        Words { text, ink: *ink, size: *size, anchor: *anchor, angle: *angle };
                    label.paint(self.painter, at, self.theme);
                }
            }
        }
    }

    fn colour(&self, ink: Ink, strength: f32) -> Color32 {
        style::ink(self.theme, ink).gamma_multiply(strength)
    }

    fn terrain(&mut self, window: Window, relief: &Arc<Relief>) {
        let texture = self.ground.texture(self.painter.ctx(), relief, self.theme);
        let corner = |x: f64, y: f64| {
            let [x, y] = self.projection.exact([x, y]);
            #[expect(clippy::cast_possible_truncation, reason = "a texture may reach far out")]
            let at = pos2(x as f32, y as f32);
            at
        };
        let place =
            Rect::from_min_max(corner(window.x[0], window.y[1]), corner(window.x[1], window.y[0]));
        // Pixels are points of the grid, edges included: the window begins in the middle of the first.
        let half = vec2(0.5 / relief.columns as f32, 0.5 / relief.rows as f32);
        let part = Rect::from_min_max(half.to_pos2(), (Vec2::splat(1.0) - half).to_pos2());
        let mut mesh = Mesh::with_texture(texture);
        mesh.add_rect_with_uv(place, part, Color32::WHITE);
        self.painter.add(mesh);
    }

    fn arrow(&self, from: [f64; 2], to: [f64; 2], pen: &Pen) {
        let (Some(tail), Some(tip)) = (self.projection.screen(from), self.projection.screen(to))
        else {
            for piece in self.projection.pieces(&[from, to]) {
                line(self.painter, piece, pen, self.theme);
            }
            return;
        };
        let along = tip - tail;
        let length = along.length();
        if length < 1.0 {
            return;
        }
        let unit = along / length;
        // An arrow shorter than its head would point backwards.
        let scale = (length / (1.3 * HEAD[0])).min(1.0) * (0.7 + 0.2 * pen.width).min(1.3);
        let head = |grow: f32| {
            let base = tip - unit * (HEAD[0] * scale + grow);
            let side = unit.rot90() * (HEAD[1] * scale + grow);
            vec![tip + unit * grow, base + side, base - side]
        };
        let neck = tip - unit * (HEAD[0] * scale * 0.9);
        if pen.cased {
            let paper = self.colour(Ink::Paper, pen.strength);
            self.painter.add(Ink2d::convex_polygon(head(CASING), paper, Stroke::NONE));
        }
        if pen.cased {
            casing(self.painter, vec![tail, neck], pen, self.theme);
        }
        line(self.painter, vec![tail, neck], pen, self.theme);
        let colour = self.colour(pen.ink, pen.strength);
        self.painter.add(Ink2d::convex_polygon(head(0.0), colour, Stroke::NONE));
    }
}

/// Lines bent more sharply than this are painted as two: egui's joints would spike. It is the cosine of the turn.
const SHARP: f32 = -0.2;

/// Paints what lifts a line off the ground.
fn casing(painter: &Painter, points: Vec<Pos2>, pen: &Pen, theme: Theme) {
    let paper = style::ink(theme, Ink::Paper).gamma_multiply(pen.strength);
    whole(painter, points, Stroke::new(pen.width + 2.0 * CASING, paper));
}

/// Paints a line on screen, without its casing.
fn line(painter: &Painter, points: Vec<Pos2>, pen: &Pen, theme: Theme) {
    let points = thinned(points);
    let stroke = Stroke::new(pen.width, style::ink(theme, pen.ink).gamma_multiply(pen.strength));
    match pen.dash {
        Dash::Solid => whole(painter, points, stroke),
        Dash::Dashed => {
            let dash = (3.2 * pen.width).max(4.0);
            let gap = (2.0 * pen.width).max(3.0);
            painter.extend(Ink2d::dashed_line(&points, stroke, dash, gap));
        }
        Dash::DashDot | Dash::LongDash | Dash::DashDotDot | Dash::ShortDash => {
            let lengths: Vec<f32> =
                pen.dash.pattern().iter().map(|length| *length as f32 * pen.width).collect();
            let dashes: Vec<f32> = lengths.iter().copied().step_by(2).collect();
            let gaps: Vec<f32> = lengths.iter().copied().skip(1).step_by(2).collect();
            painter.extend(Ink2d::dashed_line_with_offset(&points, stroke, &dashes, &gaps, 0.0));
        }
        Dash::Dotted => {
            let gap = (2.0 * pen.width).max(2.5);
            painter.extend(Ink2d::dashed_line(&points, stroke, pen.width.max(1.0), gap));
        }
    }
}

/// Points closer than this cannot be told apart, in points of the screen.
const APART: f32 = 0.3;

fn thinned(mut points: Vec<Pos2>) -> Vec<Pos2> {
    points.dedup_by(|point, last| last.distance_sq(*point) <= APART * APART);
    points
}

/// A line without dashes, broken at sharp turns.
fn whole(painter: &Painter, points: Vec<Pos2>, stroke: Stroke) {
    let mut came: Option<Vec2> = None;
    let mut begin = 0;
    for k in 1..points.len() {
        let corner = points[k - 1];
        let goes = (points[k] - corner).normalized();
        if came.is_some_and(|came| came.dot(goes) < SHARP) {
            painter.add(Ink2d::line(points[begin..k].to_vec(), stroke));
            painter.circle_filled(corner, stroke.width / 2.0, stroke.color);
            begin = k - 1;
        }
        came = Some(goes);
    }
    let rest = if begin == 0 { points } else { points[begin..].to_vec() };
    if rest.len() > 1 {
        painter.add(Ink2d::line(rest, stroke));
    }
}

fn dot(painter: &Painter, at: Pos2, shape: Shape, size: f32, colour: Color32, paper: Color32) {
    let radius = size / 2.0;
    let corners = |places: &[[f32; 2]]| {
        places.iter().map(|[x, y]| at + vec2(x * radius, y * radius)).collect::<Vec<_>>()
    };
    let filled = |places: &[[f32; 2]]| {
        painter.add(Ink2d::convex_polygon(corners(places), colour, Stroke::NONE));
    };
    match shape {
        Shape::Disc => {
            painter.circle_filled(at, radius, colour);
        }
        Shape::Ring => {
            let width = (0.18 * size).clamp(1.0, 2.5);
            painter.circle(at, radius - width / 2.0, paper, Stroke::new(width, colour));
        }
        Shape::Square => filled(&[[-0.88, -0.88], [0.88, -0.88], [0.88, 0.88], [-0.88, 0.88]]),
        Shape::Diamond => filled(&[[0.0, -1.2], [1.2, 0.0], [0.0, 1.2], [-1.2, 0.0]]),
        Shape::Cross => {
            let stroke = Stroke::new((0.2 * size).clamp(1.0, 2.5), colour);
            let [a, b, c, d] = [[-1.0, -1.0], [1.0, 1.0], [-1.0, 1.0], [1.0, -1.0]]
                .map(|[x, y]| at + vec2(x * radius, y * radius));
            painter.line_segment([a, b], stroke);
            painter.line_segment([c, d], stroke);
        }
        Shape::Triangle => filled(&[[0.0, -1.15], [1.0, 0.7], [-1.0, 0.7]]),
    }
}

/// Words at a place on screen, with a halo of paper.
pub struct Words<'a> {
    /// The words.
    pub text: &'a str,
    /// Their ink.
    pub ink: Ink,
    /// Their height.
    pub size: f32,
    /// Which part of them lies at the place.
    pub anchor: Anchor,
    /// How far they are turned, counter-clockwise.
    pub angle: f32,
}

/// How far a halo reaches, in points.
const HALO: f32 = 1.3;

impl Words<'_> {
    /// Paints the words at `at`.
    pub fn paint(&self, painter: &Painter, at: Pos2, theme: Theme) {
        let colour = style::ink(theme, self.ink);
        let galley =
            painter.layout_no_wrap(self.text.to_owned(), fonts::regular(self.size), colour);
        let align = match self.anchor {
            Anchor::Left => Align2::LEFT_CENTER,
            Anchor::Middle => Align2::CENTER_CENTER,
            Anchor::Right => Align2::RIGHT_CENTER,
        };
        let corner = align.anchor_size(at, galley.size()).min;
        let words = |shift: Vec2, colour: Color32| {
            TextShape::new(corner + shift, Arc::clone(&galley), colour)
                .with_override_text_color(colour)
                .with_angle_and_anchor(-self.angle, align)
        };
        let paper = style::ink(theme, Ink::Paper).gamma_multiply(0.8);
        for turn in 0..8 {
            let shift = HALO * Vec2::angled(std::f32::consts::FRAC_PI_4 * turn as f32);
            painter.add(words(shift, paper));
        }
        painter.add(words(Vec2::ZERO, colour));
    }
}

/// Paints a legend's key into its place.
pub fn key(painter: &Painter, key: &Key, theme: Theme, place: Rect) {
    match key {
        Key::Line(pen) => {
            let ends = vec![place.left_center(), place.right_center()];
            line(painter, ends, pen, theme);
        }
        Key::Dot(shape, ink) => {
            let [colour, paper] = [*ink, Ink::Paper].map(|ink| style::ink(theme, ink));
            dot(painter, place.center(), *shape, 8.0, colour, paper);
        }
    }
}
