//! Paints panes. `egui_plot` holds the plot's place and takes its clicks; marks are painted over it.
//!
//! A pane says what is shown, down to the ticks, and the SVG writer paints the same one: so `egui_plot` is told its
//! bounds in every frame and is left neither axes, grid nor legend, and clicks come back in data coordinates.

use std::sync::Arc;

use egui::{Galley, PointerButton, Pos2, Rect, Response, Sense, Ui, UiBuilder, vec2};
use egui_plot::{Plot, PlotBounds};

use super::{fonts, style};
use crate::figure::palette::Theme;
use crate::figure::surface::Surface;
use crate::figure::{Ink, Pane, Site, lower, names, title};

pub mod projection;
mod kept;
pub mod ground;
mod block;
pub mod painter;
pub mod axes;

use axes::Margins;
use ground::Ground;
use painter::Screen;
use projection::{Projection, on_screen, rectangle};

/// How much a notch of the wheel zooms.
pub const NOTCH: f64 = 1.0 / 240.0;

/// A pane that was painted, and what was done to it.
pub struct Shown {
    /// Clicks, drags and hovering.
    pub response: Response,
    /// Where its data lie on screen.
    pub projection: Projection,
    /// What is to be shown of both axes instead, where somebody moved or magnified the plot.
    pub moved: Option<[[f64; 2]; 2]>,
    /// Its lens.
    pub lens: Option<Glass>,
    /// The surface that it shows, where it is in relief.
    pub surface: Option<Arc<Surface>>,
}

/// What hands can do to a plot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hands {
    /// Click and drag; what that means is said elsewhere.
    Drag,
    /// The wheel with the command key, and a drag with the third button, move its bounds.
    Closer,
}

/// A lens that was painted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glass {
    /// Where it lies on screen, with what stands below it.
    pub place: Rect,
    /// What is in the middle of it.
    pub centre: [f64; 2],
}

impl Shown {
    /// The data under the pointer, when it is over the plot and not over its lens.
    #[must_use]
    pub fn pointer(&self) -> Option<[f64; 2]> {
        let at = self.response.hover_pos()?;
        let seen = self.projection.frame.contains(at) && !self.is_on_lens(at);
        if seen { self.data(at) } else { None }
    }

    /// The data at a place on screen; in relief those of the surface that is seen there, if any is.
    #[must_use]
    pub fn data(&self, at: Pos2) -> Option<[f64; 2]> {
        let plane = self.projection.data(at);
        match &self.surface {
            Some(surface) => surface.seen_at(plane),
            None => Some(plane),
        }
    }

    /// The place on screen of data, if it is near enough to the frame to matter; in relief, if the surface shows it.
    #[must_use]
    pub fn screen(&self, data: [f64; 2]) -> Option<Pos2> {
        match &self.surface {
            Some(surface) => {
                let seen = surface.window.contains(data) && surface.shows(data);
                seen.then(|| self.projection.screen(surface.project(data))).flatten()
            }
            None => self.projection.screen(data),
        }
    }

    /// Whether a place on screen is covered by the lens.
    #[must_use]
    pub fn is_on_lens(&self, at: Pos2) -> bool {
        self.lens.is_some_and(|lens| lens.place.contains(at))
    }
}

/// Paints `pane` into a plot, its axes in these margins around it.
pub fn show(
    ui: &mut Ui,
    pane: &Pane,
    (plot, margins): (Rect, Margins),
    theme: Theme,
    hands: Hands,
    ground: &mut Ground,
) -> Shown {
    let letters = margins.letters();
    let (pane, plot) = names::fitted(pane, rectangle(plot), letters.names);
    let pane = &pane;
    let frame = painter::rect(plot);
    let projection = Projection::of(pane, frame);
    let (response, moved) = area(ui, pane, frame, hands);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, &pane.description));
    ui.painter().rect_filled(frame, 0.0, style::ink(theme, Ink::Paper));
    let mut screen = Screen::new(ui.painter(), ground);
    lower::plot(&mut screen, pane, rectangle(frame), theme, letters);
    let lens = pane.lens.as_ref().map(|lens| {
        let place = match lens.site {
            Site::Corner(_) => lower::lens::place(lens, rectangle(frame)),
            Site::Whole => rectangle(frame),
        };
        Glass { place: on_screen(place), centre: lens.window.centre() }
    });
    let surface = pane.surface().map(Arc::clone);
    Shown { response, projection, moved, lens, surface }
}

/// The plot's place, held by `egui_plot` with the pane's bounds and nothing else of its own.
fn area(ui: &mut Ui, pane: &Pane, frame: Rect, hands: Hands) -> (Response, Option<[[f64; 2]; 2]>) {
    let mut child = ui.new_child(UiBuilder::new().max_rect(frame).id_salt(pane.id));
    let ends = |axis: &crate::figure::Axis| axis.range.map(|end| axis.scale.project(end));
    let ([left, right], [lower, upper]) = (ends(&pane.x), ends(&pane.y));
    let is_free = hands == Hands::Closer;
    let shown = Plot::new(pane.id)
        .width(frame.width())
        .height(frame.height())
        .min_size(vec2(1.0, 1.0))
        .show_axes(false)
        .show_grid(false)
        .show_background(false)
        .show_x(false)
        .show_y(false)
        .allow_zoom(is_free)
        .allow_drag(is_free)
        .pan_pointer_button(PointerButton::Middle)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_axis_zoom_drag(false)
        .allow_double_click_reset(false)
        .sense(Sense::click_and_drag())
        .show(&mut child, |plot| {
            plot.set_plot_bounds(PlotBounds::from_min_max([left, lower], [right, upper]));
        });
    let bounds = shown.transform.bounds();
    let ([left_now, lower_now], [right_now, upper_now]) = (bounds.min(), bounds.max());
    let now = [[left_now, right_now], [lower_now, upper_now]];
    let is_moved = is_free && now != [[left, right], [lower, upper]];
    let back = |axis: &crate::figure::Axis, ends: [f64; 2], own: [f64; 2]| {
        // What nobody moved stays as it is, to the last bit.
        if own.map(f64::to_bits) == ends.map(f64::to_bits) {
            axis.range
        } else {
            ends.map(|end| axis.scale.unproject(end))
        }
    };
    let moved = is_moved
        .then(|| [back(&pane.x, now[0], [left, right]), back(&pane.y, now[1], [lower, upper])]);
    (shown.response, moved)
}

/// A pane's heading, in the inks of its parts: as much of it as has room, smaller or in two lines if need be.
#[must_use]
pub fn heading(ui: &Ui, pane: &Pane, theme: Theme, size: f32, room: f32) -> std::sync::Arc<Galley> {
    let sizes = [size, fonts::SMALL].map(f64::from);
    let (lines, size) = title::fitted(&pane.title, room.into(), sizes);
    #[expect(clippy::cast_possible_truncation, reason = "one of two sizes")]
    let size = size as f32;
    let mut job = egui::text::LayoutJob::default();
    for (row, line) in lines.iter().enumerate() {
        for (k, span) in line.iter().enumerate() {
            let font = if span.strong { fonts::strong(size) } else { fonts::regular(size) };
            let gap = if k == 0 { 0.0 } else { TO_NEXT };
            let colour = style::word(theme, span.ink);
            if row > 0 && k == 0 {
                fonts::append(&mut job, "\n", 0.0, &font, colour);
            }
            fonts::append(&mut job, &span.text, gap, &font, colour);
        }
    }
    if lines.len() > 1 {
        // Both lines have the room of one of the usual size.
        for section in &mut job.sections {
            section.format.line_height = Some(1.05 * size);
        }
    }
    ui.painter().layout_job(job)
}

/// From one part of a heading to the next, in points.
const TO_NEXT: f32 = 7.0;
