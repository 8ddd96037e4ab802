//! The data with what each run predicts.

use egui::{Sense, Ui, vec2};

use crate::app::canvas::axes::Margins;
use crate::app::canvas::ground::Ground;
use crate::app::canvas::{self, Hands};
use crate::app::fonts;
use crate::app::layout::{self, Spot};
use crate::app::widgets::legend;
use crate::figure::Pane;
use crate::figure::data;
use crate::figure::palette::Theme;
use crate::figure::picture::Picture;

/// The height of the data against their width.
const SHAPE: f32 = 0.95;
/// The least height that is left for the readings under them.
const READINGS: f32 = 260.0;

/// What a plot leaves free at its right, where its legend ends with it.
const RIGHT: f32 = 8.0;

/// Shows the data, if the problem has any.
pub fn ui(ui: &mut Ui, picture: &Picture<'_>, theme: Theme, ground: &mut Ground) {
    let Some(pane) = data::data(picture) else { return };
    let width = ui.available_width();
    let height = (SHAPE * width).min((ui.available_height() - READINGS).max(160.0));
    let below = legend::ROW * legend::rows(&pane, width - RIGHT) as f32;
    let (rect, _) = ui.allocate_exact_size(vec2(width, height + 2.0 + below), Sense::hover());
    show(ui, &pane, theme, ground, layout::spot(rect, below));
}

/// Shows the data, if the problem has any, in a place of their own.
pub fn at(ui: &mut Ui, picture: &Picture<'_>, theme: Theme, ground: &mut Ground, spot: Spot) {
    let Some(pane) = data::data(picture) else { return };
    let rect = spot.heading.union(spot.cell);
    let below = legend::ROW * legend::rows(&pane, rect.width() - RIGHT) as f32;
    show(ui, &pane, theme, ground, layout::spot(rect, below));
}

fn show(ui: &mut Ui, pane: &Pane, theme: Theme, ground: &mut Ground, spot: Spot) {
    let heading = canvas::heading(ui, pane, theme, fonts::BODY, spot.heading.width());
    let at = spot.heading.left_center() - vec2(0.0, heading.size().y / 2.0);
    ui.painter().galley(at, heading, ui.visuals().text_color());
    let margins = Margins::of(pane);
    let place = (margins.plot(spot.cell), margins);
    canvas::show(ui, pane, place, theme, Hands::Drag, ground);
    let under = egui::Rect::from_min_max(spot.caption.min, spot.caption.max - vec2(RIGHT, 0.0));
    legend::paint(ui.painter(), pane, theme, under);
}
