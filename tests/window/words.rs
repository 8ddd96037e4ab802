//! The words of a frame of the window, as they stand in its shapes: what they say, where, cut by what, on which colour.

use egui::epaint::{ClippedShape, Shape, TextShape};
use egui::{Color32, Pos2, Rect, Vec2, emath::Rot2};

use crate::lettered::{Lettered, REACH, contrast, over};
use samscope::figure::palette::Rgb;
use samscope::figure::scripts;

/// What a place of the window is filled with.
struct Fill {
    place: Rect,
    /// None for a picture.
    colour: Option<Color32>,
}

/// Collects words from shapes in the order of painting, in pixels.
struct Collector {
    scale: f32,
    paper: Color32,
    fills: Vec<Fill>,
    words: Vec<Lettered>,
    last: Option<Last>,
}

/// The last piece of text.
struct Last {
    end: Pos2,
    /// The height of what it belongs to.
    height: f32,
}

/// All words of a frame that are to be seen, in pixels; `paper` is what the window is cleared with.
pub(crate) fn words(shapes: &[ClippedShape], scale: f32, paper: Color32) -> Vec<Lettered> {
    let mut collector =
        Collector { scale, paper, fills: Vec::new(), words: Vec::new(), last: None };
    for ClippedShape { clip_rect, shape, .. } in shapes {
        collector.shape(shape, *clip_rect);
    }
    collector.words
}

impl Collector {
    fn shape(&mut self, shape: &Shape, clip: Rect) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| self.shape(shape, clip)),
            Shape::Rect(rect) if rect.fill != Color32::TRANSPARENT => {
                self.fill(rect.rect.intersect(clip), Some(rect.fill));
            }
            Shape::Mesh(mesh) => self.fill(mesh.calc_bounds().intersect(clip), None),
            Shape::Text(text) => self.text(text, clip),
            _ => {}
        }
    }

    fn fill(&mut self, place: Rect, colour: Option<Color32>) {
        if place.is_positive() {
            self.fills.push(Fill { place, colour });
        }
    }

    /// The colour below a place; none on a picture.
    fn below(&self, at: Pos2) -> Option<Rgb> {
        let mut below = Some(rgb(self.paper));
        for fill in self.fills.iter().filter(|fill| fill.place.contains(at)) {
            below = match (fill.colour, below) {
                (None, _) => None,
                (Some(colour), _) if colour.a() == 255 => Some(rgb(colour)),
                (Some(colour), Some(below)) => {
                    let [r, g, b, a] = colour.to_srgba_unmultiplied();
                    Some(over([r, g, b], f64::from(a) / 255.0, below))
                }
                // What shines through is a picture.
                (Some(_), None) => None,
            };
        }
        below
    }

    fn text(&mut self, shape: &TextShape, clip: Rect) {
        // A halo is the same letters in one colour, painted before them.
        if shape.override_text_color.is_some() {
            return;
        }
        let mut passed = 0;
        for row in &shape.galley.rows {
            let before = passed;
            passed += row.glyphs.len() + usize::from(row.ends_with_newline);
            let seen: Vec<_> = row.glyphs.iter().enumerate().collect();
            let is_ink = |(_, glyph): &&(usize, &egui::epaint::text::Glyph)| {
                !glyph.chr.is_whitespace() && glyph.chr != '\0'
            };
            let (Some((_, first)), Some((_, last))) =
                (seen.iter().find(is_ink), seen.iter().rfind(is_ink))
            else {
                continue;
            };
            let sizes = seen.iter().filter(is_ink).map(|(k, _)| size_of(shape, before + k));
            let size = sizes.fold(0.0, f32::max);
            let (left, right) = (row.pos.x + first.pos.x, row.pos.x + last.max_x());
            // Scripts stand higher or lower than the line that they belong to.
            let level = seen.iter().filter(is_ink);
            let level = level.max_by(|a, b| {
                size_of(shape, before + a.0).total_cmp(&size_of(shape, before + b.0))
            });
            let base = row.pos.y + level.map_or(first.pos.y, |(_, glyph)| glyph.pos.y);
            let turn = Rot2::from_angle(shape.angle);
            let at = |x: f32, y: f32| shape.pos + turn * Vec2::new(x, y);
            let height = self.height(at(left, base), size, shape.angle);
            let [up, down] = REACH.map(|part| single(part) * size);
            // Of scripts there are digits and small letters only.
            let up = if height > size { 0.7 * size } else { up };
            let corners = [
                at(left, base - up),
                at(right, base - up),
                at(right, base + down),
                at(left, base + down),
            ];
            let around = Rect::from_points(&corners);
            if !around.intersects(clip) {
                continue;
            }
            let text: String = row.glyphs.iter().map(|glyph| glyph.chr).collect();
            let text = text.trim().to_owned();
            let below = self.below(around.center());
            let colours = row.glyphs.iter().filter(|glyph| !glyph.chr.is_whitespace());
            let colours = colours.filter_map(|glyph| {
                let vertex = row.visuals.mesh.vertices.get(glyph.first_vertex as usize)?;
                let is_own = vertex.color != Color32::PLACEHOLDER;
                Some(if is_own { vertex.color } else { shape.fallback_color })
            });
            // What is switched off, and what is on a picture, where it has a halo, is not judged.
            let judged = |colour: &Color32| colour.a() == 255 && shape.opacity_factor >= 1.0;
            let contrasts = colours.filter(judged).filter_map(|c| Some(contrast(rgb(c), below?)));
            self.words.push(Lettered {
                text,
                part: String::new(),
                size: f64::from(height * self.scale),
                contrast: contrasts.fold(f64::INFINITY, f64::min),
                on_map: below.is_none(),
                corners: corners.map(|at| self.pixels(at)),
                clip: Some(self.pixel_rect(clip)),
            });
            self.last = Some(Last { end: at(right, base), height });
        }
    }

    /// How high the text is that letters belong to, which go on where the last ones ended: a script is lower than that.
    fn height(&self, begin: Pos2, size: f32, angle: f32) -> f32 {
        let Some(last) = &self.last else { return size };
        let is_script = (f64::from(size / last.height) - scripts::SIZE).abs() < 0.02;
        let gap = Rot2::from_angle(-angle) * (begin - last.end);
        let goes_on = gap.x.abs() < 0.5 * size && gap.y.abs() < 0.6 * last.height;
        if is_script && goes_on { last.height } else { size }
    }

    fn pixels(&self, at: Pos2) -> [f64; 2] {
        [at.x, at.y].map(|x| f64::from(x * self.scale))
    }

    fn pixel_rect(&self, rect: Rect) -> kurbo::Rect {
        let ([x0, y0], [x1, y1]) = (self.pixels(rect.min), self.pixels(rect.max));
        kurbo::Rect::new(x0, y0, x1, y1)
    }
}

/// The height of the letter at this place of a galley.
fn size_of(shape: &TextShape, letter: usize) -> f32 {
    let job = &shape.galley.job;
    let byte = job.text.char_indices().nth(letter).map_or(job.text.len(), |(byte, _)| byte);
    let sections = job.sections.iter();
    let own = sections.rev().find(|section| section.byte_range.start.0 <= byte);
    own.map_or(0.0, |section| section.format.font_id.size)
}

fn rgb(colour: Color32) -> Rgb {
    let [r, g, b, _] = colour.to_srgba_unmultiplied();
    [r, g, b]
}

#[expect(clippy::cast_possible_truncation, reason = "points of a screen")]
fn single(x: f64) -> f32 {
    x as f32
}
