//! The window's painter: calls of a figure as shapes of egui.

use std::sync::Arc;

use egui::epaint::TextShape;
use egui::text::{LayoutJob, TextFormat};
use egui::{
    Color32, Galley, Mesh, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2, emath::Rot2, pos2, vec2,
};

use kurbo::Affine;

use super::ground::Ground;
use super::kept::Known;
use crate::analysis::relief::Relief;
use crate::analysis::thin::thinned;
use crate::app::fonts;
use crate::figure::Anchor;
use crate::figure::metrics::Face;
use crate::figure::painter::{self, Colour, GAP, Lines, Outline, Painter, Scope, Text};
use crate::figure::palette::Theme;
use crate::figure::scripts::{self, Piece};
use crate::figure::surface::Surface;

/// Paints into a place of the window.
pub struct Screen<'a> {
    /// What was entered; the last one is painted with.
    painters: Vec<egui::Painter>,
    own: egui::Painter,
    ground: Option<&'a mut Ground>,
    /// Lines that are being painted to be kept, and their shapes so far.
    to_keep: Option<(Lines, Vec<Shape>)>,
}

impl<'a> Screen<'a> {
    /// Paints with `painter`; grounds become textures that are kept in `ground`.
    #[must_use]
    pub fn new(painter: &egui::Painter, ground: &'a mut Ground) -> Self {
        let (painters, own) = (Vec::new(), painter.clone());
        Self { painters, own, ground: Some(ground), to_keep: None }
    }

    /// Paints with `painter`, and no grounds.
    #[must_use]
    pub fn without_ground(painter: &egui::Painter) -> Self {
        let (painters, own) = (Vec::new(), painter.clone());
        Self { painters, own, ground: None, to_keep: None }
    }

    fn painter(&self) -> &egui::Painter {
        self.painters.last().unwrap_or(&self.own)
    }

    fn add(&mut self, shapes: impl IntoIterator<Item = Shape>) {
        match &mut self.to_keep {
            Some((_, kept)) => kept.extend(shapes),
            None => self.painter().extend(shapes),
        }
    }

    /// Pieces of text laid out, each with how far right of the beginning and below the baseline it is painted; and how
    /// wide they are together.
    fn pieces(&self, text: &Text<'_>) -> (Vec<(Arc<Galley>, Vec2)>, f32) {
        let mut right = 0.0;
        let mut laid = Vec::new();
        for (k, part) in text.parts.iter().enumerate() {
            right += if k > 0 { single(GAP) } else { 0.0 };
            for Piece { text: letters, script } in scripts::pieces(part.text) {
                let size = single(text.size * script.size());
                let font = match part.face {
                    Face::Regular => fonts::regular(size),
                    Face::Strong => fonts::strong(size),
                };
                let format = TextFormat::simple(font, opaque(part.rgb));
                let galley = self.painter().layout_job(LayoutJob::single_section(letters, format));
                let first = galley.rows.first();
                let baseline =
                    first.and_then(|row| row.glyphs.first().map(|glyph| row.pos.y + glyph.pos.y));
                let up = baseline.unwrap_or(0.0) + single(text.size * script.rise());
                let wide = galley.size().x;
                laid.push((galley, vec2(right, -up)));
                right += wide;
            }
        }
        (laid, right)
    }
}

impl Painter for Screen<'_> {
    fn fill(&mut self, outlines: &[Outline<'_>], colour: Colour) {
        let fill = colour32(colour);
        self.add(outlines.iter().map(|outline| match *outline {
            Outline::Line(points) | Outline::Polygon(points) => {
                Shape::convex_polygon(places(points), fill, Stroke::NONE)
            }
            Outline::Circle(circle) => {
                Shape::circle_filled(centre(circle), single(circle.radius), fill)
            }
            Outline::Box(place) => Shape::rect_filled(rect(place), 0.0, fill),
        }));
    }

    fn stroke(&mut self, outlines: &[Outline<'_>], stroke: &painter::Stroke) {
        let pen = Stroke::new(single(stroke.width), colour32(stroke.colour));
        for outline in outlines {
            match *outline {
                Outline::Line(&[from, to]) if stroke.dash.is_empty() => {
                    self.add([Shape::line_segment([place(from), place(to)], pen)]);
                }
                Outline::Line(points) => {
                    let effort =
                        if self.to_keep.is_some() { Effort::Once } else { Effort::EveryFrame };
                    self.add(line(points, pen, &stroke.dash, effort));
                }
                Outline::Polygon(points) => {
                    self.add([Shape::closed_line(places(points), pen)]);
                }
                Outline::Circle(circle) => {
                    let at = centre(circle);
                    self.add([Shape::circle_stroke(at, single(circle.radius), pen)]);
                }
                Outline::Box(place) => {
                    self.add([Shape::rect_stroke(rect(place), 0.0, pen, StrokeKind::Middle)]);
                }
            }
        }
    }

    fn again(&mut self, lines: &Lines) -> bool {
        let Some(ground) = &mut self.ground else { return false };
        let ctx = self.painters.last().unwrap_or(&self.own).ctx();
        match ground.lines.known(ctx, lines) {
            Known::Mesh(mesh) => {
                self.painter().add(Shape::Mesh(mesh));
                return true;
            }
            Known::Twice => self.to_keep = Some((lines.clone(), Vec::new())),
            Known::Nothing => {}
        }
        false
    }

    fn keep(&mut self) {
        let Some((lines, shapes)) = self.to_keep.take() else { return };
        let Some(ground) = &mut self.ground else { return };
        let ctx = self.painters.last().unwrap_or(&self.own).ctx();
        let mesh = ground.lines.keep(ctx, &lines, shapes);
        self.painter().add(Shape::Mesh(mesh));
    }

    fn text(&mut self, text: &Text<'_>) {
        let (pieces, width) = self.pieces(text);
        let part = match text.anchor {
            Anchor::Left => 0.0,
            Anchor::Middle => 0.5,
            Anchor::Right => 1.0,
        };
        let angle = -single(text.angle);
        let turn = Rot2::from_angle(angle);
        let corner = |from: Vec2| place(text.at) + turn * (from - vec2(part * width, 0.0));
        if let Some(halo) = text.halo {
            let colour = colour32(halo.colour);
            for (galley, from) in &pieces {
                self.painter().extend((0..HALO).map(|k| {
                    let turn = std::f32::consts::TAU * k as f32 / HALO as f32;
                    let shift = single(halo.reach) * Vec2::angled(turn);
                    let words = TextShape::new(corner(*from) + shift, Arc::clone(galley), colour);
                    Shape::Text(words.with_override_text_color(colour).with_angle(angle))
                }));
            }
        }
        for (galley, from) in pieces {
            let words = TextShape::new(corner(from), galley, Color32::PLACEHOLDER);
            self.painter().add(words.with_angle(angle));
        }
    }

    fn image(&mut self, relief: &Arc<Relief>, theme: Theme, place: kurbo::Rect) {
        let ctx = self.painter().ctx().clone();
        let Some(ground) = &mut self.ground else { return };
        let mut mesh = Mesh::with_texture(ground.texture(&ctx, relief, theme));
        let whole = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
        mesh.add_rect_with_uv(rect(place), whole, Color32::WHITE);
        self.painter().add(mesh);
    }

    fn surface(&mut self, surface: &Arc<Surface>, theme: Theme, onto: Affine) {
        let ctx = self.painter().ctx().clone();
        let Some(ground) = &mut self.ground else { return };
        let meshes = ground.block(&ctx, surface, theme, onto);
        self.add(meshes.into_iter().map(Shape::Mesh));
    }

    fn enter(&mut self, scope: Scope<'_>) {
        let painter = match scope {
            Scope::Clip(place) => {
                let clip = self.painter().clip_rect().intersect(rect(place));
                self.painter().with_clip_rect(clip)
            }
            Scope::Part { .. } => self.painter().clone(),
        };
        self.painters.push(painter);
    }

    fn leave(&mut self) {
        self.painters.pop();
    }
}

/// So many copies around letters make their halo.
const HALO: u8 = 8;
/// Points closer than this cannot be told apart, in points of the screen.
const APART: f32 = 0.3;
/// Points this close to a line are on it, in points of the screen.
const STRAIGHT: f64 = 0.06;
/// Lines bent more sharply than this are painted as two: egui's joints would spike. It is the cosine of the turn.
const SHARP: f32 = -0.2;

/// How often a line is made for the screen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Effort {
    /// Once, and kept: it is made as short as it can be.
    Once,
    /// In every frame.
    EveryFrame,
}

/// A line, whole or in dashes.
fn line(points: &[[f64; 2]], pen: Stroke, dash: &[f64], effort: Effort) -> Vec<Shape> {
    let thin = (effort == Effort::Once && dash.is_empty()).then(|| thinned(points, STRAIGHT));
    let mut points = places(thin.as_deref().unwrap_or(points));
    points.dedup_by(|point, last| last.distance_sq(*point) <= APART * APART);
    if dash.is_empty() {
        return whole(points, pen);
    }
    let every_second =
        |from: usize| dash.iter().skip(from).step_by(2).map(|&part| single(part)).collect();
    let (dashes, gaps): (Vec<f32>, Vec<f32>) = (every_second(0), every_second(1));
    Shape::dashed_line_with_offset(&points, pen, &dashes, &gaps, 0.0)
}

/// A line without dashes, broken at sharp turns.
fn whole(points: Vec<Pos2>, stroke: Stroke) -> Vec<Shape> {
    let mut shapes = Vec::new();
    let mut came: Option<Vec2> = None;
    let mut begin = 0;
    for k in 1..points.len() {
        let corner = points[k - 1];
        let goes = (points[k] - corner).normalized();
        if came.is_some_and(|came| came.dot(goes) < SHARP) {
            shapes.push(Shape::line(points[begin..k].to_vec(), stroke));
            shapes.push(Shape::circle_filled(corner, stroke.width / 2.0, stroke.color));
            begin = k - 1;
        }
        came = Some(goes);
    }
    let rest = if begin == 0 { points } else { points[begin..].to_vec() };
    if rest.len() > 1 {
        shapes.push(Shape::line(rest, stroke));
    }
    shapes
}

fn colour32(colour: Colour) -> Color32 {
    opaque(colour.rgb).gamma_multiply(colour.opacity)
}

fn opaque([red, green, blue]: [u8; 3]) -> Color32 {
    Color32::from_rgb(red, green, blue)
}

fn places(points: &[[f64; 2]]) -> Vec<Pos2> {
    points.iter().map(|&at| place(at)).collect()
}

fn centre(circle: kurbo::Circle) -> Pos2 {
    place([circle.center.x, circle.center.y])
}

fn place([x, y]: [f64; 2]) -> Pos2 {
    pos2(single(x), single(y))
}

/// A rectangle of a figure on the screen.
pub(super) fn rect(place: kurbo::Rect) -> Rect {
    Rect::from_min_max(
        pos2(single(place.x0), single(place.y0)),
        pos2(single(place.x1), single(place.y1)),
    )
}

#[expect(clippy::cast_possible_truncation, reason = "a screen needs no more digits")]
fn single(length: f64) -> f32 {
    length as f32
}
