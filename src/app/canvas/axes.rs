//! Ticks and names of axes, around a plot.

use egui::epaint::TextShape;
use egui::{Align2, Painter, Pos2, Rect, Stroke, vec2};

use super::projection::Projection;
use crate::app::{fonts, style};
use crate::figure::palette::Theme;
use crate::figure::{Ink, Pane};

/// How much room axes take: left and below.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Margins {
    /// For the numbers and the name of the vertical axis.
    pub left: f32,
    /// For those of the horizontal axis.
    pub bottom: f32,
}

/// The size of numbers.
const SIZE: f32 = 11.0;
/// The length of a tick, and the gap after it.
const TICK: [f32; 2] = [4.0, 3.0];

impl Margins {
    /// The same for both maps, whose plots must be alike before their ticks are known.
    pub const MAP: Self = Self { left: 46.0, bottom: 34.0 };

    /// What the ticks of `pane` need.
    pub fn of(pane: &Pane, painter: &Painter) -> Self {
        let width = |text: &str| {
            let font = fonts::regular(SIZE);
            painter.layout_no_wrap(text.to_owned(), font, egui::Color32::BLACK).size().x
        };
        let widest = pane.y.ticks.iter().map(|tick| width(&tick.text)).fold(0.0, f32::max);
        let name = |label: &str| if label.is_empty() { 0.0 } else { 16.0 };
        Self {
            left: (widest + TICK[0] + TICK[1] + name(&pane.y.label)).max(Self::MAP.left).ceil(),
            bottom: 18.0 + name(&pane.x.label),
        }
    }

    /// The plot inside of a cell.
    #[must_use]
    pub fn plot(self, cell: Rect) -> Rect {
        // Half of the last number of the horizontal axis lies to the right of its tick.
        let right = 8.0;
        Rect::from_min_max(cell.min + vec2(self.left, 4.0), cell.max - vec2(right, self.bottom))
    }
}

/// Paints hairlines from the ticks across the plot: for charts, not for maps.
pub fn grid(painter: &Painter, pane: &Pane, projection: &Projection, theme: Theme) {
    let frame = projection.frame;
    let stroke = Stroke::new(1.0, style::ink(theme, Ink::Hairline));
    for tick in &pane.y.ticks {
        if let Some(at) = projection.screen([pane.x.range[0], tick.at]) {
            painter.hline(frame.x_range(), at.y, stroke);
        }
    }
}

/// Paints the frame, ticks, numbers and names.
pub fn paint(painter: &Painter, pane: &Pane, projection: &Projection, theme: Theme) {
    let frame = projection.frame;
    let quiet = style::ink(theme, Ink::Quiet);
    let hair = Stroke::new(1.0, style::ink(theme, Ink::Hairline));
    painter.rect_stroke(frame, 0.0, hair, egui::StrokeKind::Outside);
    let number = |at: Pos2, align: Align2, text: &str| {
        painter.text(at, align, text, fonts::regular(SIZE), quiet);
    };
    let tick = Stroke::new(1.0, quiet.gamma_multiply(0.7));
    for mark in &pane.x.ticks {
        let x = projection.exact([mark.at, pane.y.range[0]])[0];
        #[expect(clippy::cast_possible_truncation, reason = "ticks lie on the frame")]
        let at = Pos2::new(x as f32, frame.bottom());
        if frame.x_range().expand(0.5).contains(at.x) {
            painter.vline(at.x, at.y..=at.y + TICK[0], tick);
            number(at + vec2(0.0, TICK[0] + 1.0), Align2::CENTER_TOP, &mark.text);
        }
    }
    for mark in &pane.y.ticks {
        let y = projection.exact([pane.x.range[0], mark.at])[1];
        #[expect(clippy::cast_possible_truncation, reason = "ticks lie on the frame")]
        let at = Pos2::new(frame.left(), y as f32);
        if frame.y_range().expand(0.5).contains(at.y) {
            painter.hline(at.x - TICK[0]..=at.x, at.y, tick);
            number(at - vec2(TICK[0] + TICK[1], 0.0), Align2::RIGHT_CENTER, &mark.text);
        }
    }
    if !pane.x.label.is_empty() {
        let at = Pos2::new(frame.center().x, frame.bottom() + 18.0);
        painter.text(at, Align2::CENTER_TOP, &pane.x.label, fonts::regular(fonts::SMALL), quiet);
    }
}

/// Paints the name of the vertical axis along the left edge of the cell.
pub fn name_upright(painter: &Painter, pane: &Pane, frame: Rect, cell: Rect, theme: Theme) {
    if pane.y.label.is_empty() {
        return;
    }
    let quiet = style::ink(theme, Ink::Quiet);
    let font = fonts::regular(fonts::SMALL);
    let galley = painter.layout_no_wrap(pane.y.label.clone(), font, quiet);
    let at = Pos2::new(cell.left() + 7.0, frame.center().y);
    let corner = Align2::CENTER_CENTER.anchor_size(at, galley.size()).min;
    let upright = -std::f32::consts::FRAC_PI_2;
    painter.add(
        TextShape::new(corner, galley, quiet).with_angle_and_anchor(upright, Align2::CENTER_CENTER),
    );
}
