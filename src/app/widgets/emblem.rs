//! A small picture of what a scene is about: its kind, not its numbers, so that it costs a few strokes.

use egui::{Color32, Pos2, Shape, Stroke, Ui, Vec2, epaint::EllipseShape, vec2};

/// The kind of what is minimised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Emblem {
    /// A formula: contours.
    Contours,
    /// A line through points.
    Line,
    /// Two classes and what divides them.
    Classes,
    /// Layers of units.
    Network,
}

/// Paints `emblem` about `centre`, 36 points wide and 26 high.
pub fn paint(ui: &Ui, emblem: Emblem, centre: Pos2) {
    let (accent, ink) = (ui.visuals().hyperlink_color, ui.visuals().text_color());
    let thin = Stroke::new(1.0, ui.visuals().weak_text_color());
    let bold = Stroke::new(2.0, accent);
    let at = |x: f32, y: f32| centre + vec2(x, y);
    let line = |from: Pos2, to: Pos2, stroke: Stroke| Shape::line_segment([from, to], stroke);
    let dot = |at: Pos2, fill: Color32| Shape::circle_filled(at, 1.8, fill);
    let painter = ui.painter();
    match emblem {
        Emblem::Contours => {
            for size in [Vec2::new(17.0, 12.0), Vec2::new(11.0, 7.5), Vec2::new(5.0, 3.0)] {
                painter.add(EllipseShape::stroke(centre, size, thin));
            }
            painter.add(Shape::line(vec![at(-15.0, -8.0), at(-5.0, 2.0), at(0.0, 0.0)], bold));
        }
        Emblem::Line => {
            painter.add(line(at(-17.0, 9.0), at(17.0, -9.0), bold));
            for (x, y) in [(-14.0, 10.0), (-9.0, 2.0), (-2.0, 4.0), (4.0, -6.0), (12.0, -4.0)] {
                painter.add(dot(at(x, y), ink));
            }
        }
        Emblem::Classes => {
            painter.add(line(at(-6.0, 12.0), at(6.0, -12.0), bold));
            for (x, y) in [(-14.0, -4.0), (-8.0, -8.0), (-11.0, 4.0), (-4.0, -1.0)] {
                painter.add(dot(at(x, y), ink));
                painter.add(Shape::circle_stroke(at(-x, -y), 1.8, Stroke::new(1.0, ink)));
            }
        }
        Emblem::Network => {
            let layers: [(f32, &[f32]); 3] =
                [(-14.0, &[-5.0, 5.0]), (0.0, &[-10.0, 0.0, 10.0]), (14.0, &[0.0])];
            for pair in layers.windows(2) {
                for &a in pair[0].1 {
                    for &b in pair[1].1 {
                        painter.add(line(at(pair[0].0, a), at(pair[1].0, b), thin));
                    }
                }
            }
            for (x, units) in layers {
                for &y in units {
                    painter.circle_filled(at(x, y), 2.8, accent);
                }
            }
        }
    }
}
