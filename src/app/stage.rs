//! The middle of the window and its right side: maps, charts, the atlas, data and readings.

use egui::{Margin, Rect, ScrollArea, Ui};

use super::commands::Commands;
use super::layout::{self, Layout};
use super::{App, panels, part, style};
use crate::figure::picture::{Look, Picture};

/// How much a picture that is old is covered.
const VEIL: f32 = 0.55;

impl App {
    /// Maps, charts, data and readings.
    pub(super) fn stage(
        &mut self,
        ui: &mut Ui,
        layout: &Layout,
        look: Look,
        commands: &mut Commands,
    ) {
        let (last, shows_maps) = (self.last(), layout.maps_beside);
        let Self { scene, view, engine, ground, busy, .. } = self;
        let picture = Picture::of(scene, engine, look);
        let theme = view.theme;
        // A page before a room stands over the timeline, which is wider than the maps.
        let left = layout.controls.map_or(layout.timeline.left(), |controls| controls.right());
        let paper = Rect::from_min_max(egui::pos2(left, layout.bar.bottom()), layout.timeline.max);
        ui.painter().rect_filled(paper, 0.0, style::tone(theme, 0.0));
        if view.atlas.is_some() {
            view.pointer = None;
            panels::atlas::ui(ui, scene, engine, layout.stage, view, ground, commands);
            if shows_maps {
                let maps = (layout.share, &*layout.maps);
                panels::maps::ui(ui, &picture, maps, view, ground, commands);
            }
        } else if let Some(chart) = view.enlarged {
            view.pointer = None;
            let whole = [(chart, layout::spot(layout.stage, 0.0))];
            panels::charts::ui(ui, &picture, &whole, view, ground, commands);
        } else {
            let maps = (layout.share, &*layout.maps);
            panels::maps::ui(ui, &picture, maps, view, ground, commands);
            panels::charts::ui(ui, &picture, &layout.charts, view, ground, commands);
            if let Some(spot) = layout.data {
                panels::data::at(ui, &picture, theme, ground, spot);
            }
        }
        let is_old = view.atlas.is_none() && picture.is_old();
        if busy.is_noticeable(ui.input(|input| input.time)) && is_old {
            // What is asked for is not there yet: what stands there is visibly of something else.
            let veil = style::tone(theme, 0.0).gamma_multiply(VEIL);
            for spot in layout.maps.iter().chain(layout.charts.iter().map(|(_, spot)| spot)) {
                ui.painter().rect_filled(spot.cell, 0.0, veil);
            }
        }
        part::inside(ui, "timeline", layout.timeline, Margin::symmetric(12, 4), |ui| {
            panels::timeline::ui(ui, view, last, commands);
        });
        if let Some(rect) = layout.details {
            part::on_ground(ui, "details", rect, Margin::symmetric(12, 4), |ui| {
                panels::data::ui(ui, &picture, theme, ground, &mut view.editing, commands);
                ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                    panels::step::ui(ui, &picture, theme, &mut view.lit);
                    panels::readings::ui(ui, &picture, theme, &mut view.lit);
                });
            });
        }
    }
}
