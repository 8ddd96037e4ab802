//! Paints panes. `egui_plot` holds the plot's place and takes its clicks; marks are painted over it.
//!
//! A pane says what is shown, down to the ticks, and the SVG writer paints the same one: so `egui_plot` is told its
//! bounds in every frame and is left neither axes, grid nor legend, and clicks come back in data coordinates.

use egui::{Galley, Painter, Pos2, Rect, Response, Sense, Stroke, StrokeKind, Ui, UiBuilder, vec2};
use egui_plot::{Plot, PlotBounds};

use super::{fonts, style};
use crate::figure::palette::Theme;
use crate::figure::{Corner, Ink, Lens, Pane};

pub mod projection;
pub mod ground;
pub mod polygon;
pub mod marks;
pub mod axes;

use axes::Margins;
use ground::Ground;
use marks::Brush;
use projection::Projection;

/// A pane that was painted, and what was done to it.
pub struct Shown {
    /// Clicks, drags and hovering.
    pub response: Response,
    /// Where its data lie on screen.
    pub projection: Projection,
}

impl Shown {
    /// The data under the pointer, when it is over the plot.
    #[must_use]
    pub fn pointer(&self) -> Option<[f64; 2]> {
        let at = self.response.hover_pos()?;
        self.projection.frame.contains(at).then(|| self.projection.data(at))
    }
}

/// Paints `pane` into `cell`, its axes around it.
pub fn show(ui: &mut Ui, pane: &Pane, cell: Rect, theme: Theme, ground: &mut Ground) -> Shown {
    let margins = if pane.true_scale { Margins::MAP } else { Margins::of(pane, ui.painter()) };
    let frame = margins.plot(cell);
    let projection = Projection::of(pane, frame);
    let response = area(ui, pane, frame);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, &pane.description));
    let painter = ui.painter().with_clip_rect(frame.intersect(ui.clip_rect()));
    painter.rect_filled(frame, 0.0, style::ink(theme, Ink::Paper));
    if !pane.true_scale {
        axes::grid(&painter, pane, &projection, theme);
    }
    let mut brush = Brush { painter: &painter, projection, theme, ground };
    brush.paint_all(&pane.marks);
    if let Some(lens) = &pane.lens {
        inset(&painter, lens, &projection, theme, brush.ground);
    }
    axes::paint(ui.painter(), pane, &projection, theme);
    axes::name_upright(ui.painter(), pane, frame, cell, theme);
    Shown { response, projection }
}

/// The plot's place, held by `egui_plot` with the pane's bounds and nothing else of its own.
fn area(ui: &mut Ui, pane: &Pane, frame: Rect) -> Response {
    let mut child = ui.new_child(UiBuilder::new().max_rect(frame).id_salt(pane.id));
    let ends = |axis: &crate::figure::Axis| axis.range.map(|end| axis.scale.project(end));
    let ([left, right], [lower, upper]) = (ends(&pane.x), ends(&pane.y));
    Plot::new(pane.id)
        .width(frame.width())
        .height(frame.height())
        .min_size(vec2(1.0, 1.0))
        .show_axes(false)
        .show_grid(false)
        .show_background(false)
        .show_x(false)
        .show_y(false)
        .allow_zoom(false)
        .allow_drag(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_axis_zoom_drag(false)
        .allow_double_click_reset(false)
        .sense(Sense::click_and_drag())
        .show(&mut child, |plot| {
            plot.set_plot_bounds(PlotBounds::from_min_max([left, lower], [right, upper]));
        })
        .response
}

/// Between a lens and the corner of its map.
const INSET: f32 = 8.0;

/// Paints a magnified neighbourhood into its corner.
fn inset(painter: &Painter, lens: &Lens, map: &Projection, theme: Theme, ground: &mut Ground) {
    let corner = |x: f64, y: f64| {
        #[expect(clippy::cast_possible_truncation, reason = "a lens lies on its map")]
        let [x, y] = map.exact([x, y]).map(|place| place as f32);
        Pos2::new(x, y)
    };
    let seen = Rect::from_two_pos(
        corner(lens.window.x[0], lens.window.y[0]),
        corner(lens.window.x[1], lens.window.y[1]),
    );
    #[expect(clippy::cast_possible_truncation, reason = "a power of some tens")]
    let size = (seen.size() * lens.power as f32).min(0.6 * map.frame.size());
    let room = map.frame.shrink(INSET);
    let place = match lens.corner {
        Corner::TopLeft => Rect::from_min_size(room.left_top(), size),
        Corner::TopRight => Rect::from_min_size(room.right_top() - vec2(size.x, 0.0), size),
        Corner::BottomLeft => Rect::from_min_size(room.left_bottom() - vec2(0.0, size.y), size),
        Corner::BottomRight => Rect::from_min_size(room.right_bottom() - size, size),
    };
    if !(place.is_finite() && place.is_positive()) {
        return;
    }
    let thin = Stroke::new(1.0, style::ink(theme, Ink::Quiet));
    painter.rect_stroke(seen, 0.0, thin, StrokeKind::Outside);
    let clipped = painter.with_clip_rect(place.intersect(painter.clip_rect()));
    clipped.rect_filled(place, 0.0, style::ink(theme, Ink::Paper));
    let projection = Projection::of_window(lens.window, place);
    let mut brush = Brush { painter: &clipped, projection, theme, ground };
    brush.paint_all(&lens.marks);
    painter.rect_stroke(place, 0.0, thin, StrokeKind::Outside);
    let power = format!("×{}", super::widgets::spread::shown((10.0 * lens.power).round() / 10.0));
    let at = place.left_top() + vec2(4.0, 2.0);
    let quiet = style::ink(theme, Ink::Quiet);
    painter.text(at, egui::Align2::LEFT_TOP, power, fonts::regular(fonts::SMALL), quiet);
}

/// A pane's heading, in the inks of its parts.
#[must_use]
pub fn heading(ui: &Ui, pane: &Pane, theme: Theme, size: f32) -> std::sync::Arc<Galley> {
    let mut job = egui::text::LayoutJob::default();
    for (k, span) in pane.title.iter().enumerate() {
        let font =
            if span.strong { fonts::strong(size) } else { fonts::regular(size.min(fonts::BODY)) };
        let format = egui::TextFormat::simple(font, style::ink(theme, span.ink));
        let gap = if k == 0 { 0.0 } else { 0.4 * size };
        job.append(&span.text, gap, format);
    }
    ui.painter().layout_job(job)
}
