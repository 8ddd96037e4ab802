//! The atlas in the place of the maps: how a run ends over two settings; a click makes a cell the scene.

use std::sync::Arc;

use egui::{ComboBox, CursorIcon, Rect, Ui, UiBuilder, pos2, vec2};

use super::{boundary, captions, maps};
use crate::app::canvas::axes::Margins;
use crate::app::canvas::ground::Ground;
use crate::app::canvas::{self, Hands, Shown};
use crate::app::commands::{Command, Commands};
use crate::app::layout;
use crate::app::plane::{Plane, offers};
use crate::app::view::View;
use crate::app::widgets::{choice, legend};
use crate::app::{fonts, style};
use crate::atlas::settings::Settings;
use crate::atlas::value::Value;
use crate::engine::Engine;
use crate::engine::products::atlas::Atlas;
use crate::engine::products::tones::Tones;
use crate::figure::atlas::{self, Drawn};
use crate::figure::{Pane, numerals};
use crate::scene::Scene;
use crate::scene::keys::Edit;
use crate::typed::spelled;

/// The height of what is said under the atlas, without its legend.
const CAPTION: f32 = 52.0;
/// The width of a menu of settings, and of all that stands right of the heading.
const MENU: f32 = 112.0;
/// A heading with less room would be cut to nothing.
const LEAST_HEADING: f32 = 96.0;
const CONTROLS: f32 = 3.0 * MENU + 176.0;

/// Shows the atlas of the plane that is open.
pub fn ui(
    ui: &mut Ui,
    scene: &Scene,
    engine: &Engine,
    stage: Rect,
    view: &mut View,
    ground: &mut Ground,
    commands: &mut Commands,
) {
    let Some(mut plane) = view.atlas.clone() else { return };
    if !plane.suits(scene) {
        plane = Plane::of(scene);
    }
    let settings = plane.settings(scene);
    let whole = plane.whole(scene).clone();
    let found = engine.product::<Atlas>().filter(|found| {
        settings.as_ref().is_some_and(|settings| found.cells.settings == *settings)
    });
    let spot = layout::spot(stage, 0.0);
    controls(ui, &whole, &mut plane, spot.heading, commands);
    if let Some((found, settings)) = found.zip(settings) {
        let toned = engine.product::<Tones>().filter(|_| plane.value != Value::End);
        // Until the tones of another value are there the ends stay.
        let toned = toned.filter(|tones| Arc::ptr_eq(&tones.of.cells, &found.cells));
        let value = toned.map_or(Value::End, |tones| tones.of.value);
        let drawn = Drawn {
            scene: &whole,
            cells: &found.cells,
            relief: toned.map_or(&found.relief, |tones| &tones.relief),
            boundary: found.boundary.as_deref().filter(|_| value == Value::End),
            curves: &found.curves,
            value,
            part: found.part,
        };
        let pane = atlas::pane(&drawn);
        let plot = plot(ui, &pane, stage, view, ground);
        let now = boundary::Now { drawn: &drawn, settings: &settings, scene, theme: view.theme };
        if !boundary::ui(ui, &plot, &now, &mut plane, commands) {
            asked(ui, &plot, found, &settings, &whole, view, commands);
        }
        let notches = notches(ui);
        if plot.response.hovered() && notches != 0 {
            plane.wheel(&whole, notches);
        }
    } else {
        let words = "The atlas is being made";
        ui.painter().text(
            spot.cell.center(),
            egui::Align2::CENTER_CENTER,
            words,
            fonts::regular(fonts::BODY),
            ui.visuals().weak_text_color(),
        );
    }
    if view.atlas.is_some() {
        view.atlas = Some(plane);
    }
}

/// The settings of both sides, and the way back to the maps.
fn controls(ui: &mut Ui, scene: &Scene, plane: &mut Plane, heading: Rect, commands: &mut Commands) {
    let left = (heading.right() - CONTROLS).max(heading.left());
    let place = Rect::from_min_max(pos2(left, heading.top()), heading.max);
    let line = egui::Layout::left_to_right(egui::Align::Center);
    let mut row = ui.new_child(UiBuilder::new().max_rect(place).layout(line));
    let offers = offers(scene);
    // What menus are of is said where there is room for it; a tip says it too.
    let is_tight = heading.width() < CONTROLS;
    let wide = if is_tight { MENU - 72.0 } else { MENU - 60.0 };
    for (side, name) in ["across", "up"].into_iter().enumerate() {
        let key = plane.key(side).to_owned();
        let chosen = offers.iter().find(|offer| offer.side.key == key);
        let chosen = chosen.map_or_else(|| key.clone(), |offer| offer.name.clone());
        if !is_tight {
            row.label(fonts::words(name, fonts::SMALL));
        }
        let menu = ComboBox::from_id_salt(("atlas", side))
            .selected_text(&chosen)
            .width(wide)
            .truncate()
            .show_ui(&mut row, |ui| {
                for offer in &offers {
                    let is_chosen = offer.side.key == key;
                    if ui.selectable_label(is_chosen, &offer.name).clicked() && !is_chosen {
                        plane.turn(side, offer.side.clone());
                    }
                }
            });
        let label = ["setting across", "setting up"][side];
        choice::name(&menu.response, label, &chosen);
        menu.response.on_hover_text(label);
    }
    let menu = ComboBox::from_id_salt("atlas value")
        .selected_text(fonts::words(plane.value.short(), fonts::BODY))
        .width(if is_tight { MENU - 32.0 } else { MENU })
        .truncate()
        .show_ui(&mut row, |ui| {
            for value in Value::ALL {
                let words = fonts::words(value.short(), fonts::BODY);
                if ui.selectable_label(value == plane.value, words).clicked() {
                    plane.show(value);
                }
            }
        });
    choice::name(&menu.response, "what a cell shows", plane.value.short());
    menu.response.on_hover_text(fonts::words(plane.value.name(), fonts::BODY));
    if is_tight {
        third_told(&mut row, plane);
    } else {
        third_chosen(&mut row, scene, plane);
    }
    let hint = "Back to the maps (A or Esc)";
    if row.button("Maps").on_hover_text(hint).clicked() {
        commands.push(Command::ToggleAtlas);
    }
}

/// What the menu of the wheel is about.
const WHEEL: &str = "The wheel over the atlas turns it";

/// The setting that the wheel has turned, with its value.
fn turned(plane: &Plane) -> Option<(String, String)> {
    let (key, value) = plane.third()?;
    Some((key.to_owned(), format!("{} {}", atlas::symbol(key), numerals::short(value, 3))))
}

/// The same in words, where there is no room for a menu.
fn third_told(row: &mut Ui, plane: &Plane) {
    if let Some((_, words)) = turned(plane) {
        row.label(fonts::words(&words, fonts::BODY)).on_hover_text(WHEEL);
    }
}

/// The setting that the wheel turns, to be chosen.
fn third_chosen(row: &mut Ui, scene: &Scene, plane: &mut Plane) {
    let turned = turned(plane);
    let offers = plane.wheel_offers(scene);
    let Some(first) = offers.first() else { return };
    let shown = turned.as_ref().map_or_else(|| first.name.clone(), |(_, words)| words.clone());
    row.label(fonts::words("wheel", fonts::SMALL)).on_hover_text(WHEEL);
    let menu = ComboBox::from_id_salt("atlas wheel")
        .selected_text(fonts::words(&shown, fonts::BODY))
        .width(MENU - 48.0)
        .truncate()
        .show_ui(row, |ui| {
            for offer in &offers {
                let is_chosen = turned.as_ref().is_some_and(|(key, _)| *key == offer.side.key);
                if ui.selectable_label(is_chosen, &offer.name).clicked() && !is_chosen {
                    plane.hold(scene, offer.side.clone());
                }
            }
        });
    choice::name(&menu.response, "setting that the wheel turns", &shown);
    menu.response.on_hover_text(WHEEL);
}

/// Paints the atlas with what stands around it.
fn plot(ui: &mut Ui, pane: &Pane, stage: Rect, view: &View, ground: &mut Ground) -> Shown {
    let theme = view.theme;
    let rows = legend::rows(pane, stage.width() - Margins::MAP.left) as f32;
    let below = CAPTION + rows * legend::ROW;
    let spot = layout::spot(stage, below.min(0.4 * stage.height()));
    let margins = Margins::of(pane);
    let shown =
        canvas::show(ui, pane, (margins.plot(spot.cell), margins), theme, Hands::Drag, ground);
    let frame = shown.projection.frame;
    let room = spot.heading.right() - CONTROLS - 12.0 - frame.left();
    if room > LEAST_HEADING {
        let heading = canvas::heading(ui, pane, theme, fonts::LARGE, room);
        let at = pos2(frame.left(), spot.heading.bottom() - heading.size().y);
        ui.painter().galley(at, heading, ui.visuals().text_color());
    }
    // The frame may be narrower than the stage, so that its legend has more rows.
    let rows = legend::rows(pane, frame.width()) as f32;
    let under = Rect::from_min_size(
        pos2(frame.left(), spot.caption.top()),
        vec2(frame.width(), rows * legend::ROW),
    );
    legend::paint(ui.painter(), pane, theme, under);
    let left = vec2(frame.width(), (spot.caption.bottom() - under.bottom()).max(0.0));
    let caption = captions::sentence(ui, &pane.caption, left, theme);
    let at = pos2(frame.left(), under.bottom() + 4.0);
    ui.painter().galley(at, caption, style::ink(theme, crate::figure::Ink::Text));
    shown
}

/// Notches of the wheel in this frame, up above zero.
fn notches(ui: &Ui) -> i32 {
    ui.input(|input| {
        let turned = input.events.iter().filter_map(|event| match event {
            egui::Event::MouseWheel { delta, modifiers, .. } if !modifiers.command => Some(delta.y),
            _ => None,
        });
        turned.map(|y| i32::from(y > 0.0) - i32::from(y < 0.0)).sum()
    })
}

/// What the pointer is on, and what a click makes of it.
fn asked(
    ui: &Ui,
    plot: &Shown,
    found: &Atlas,
    settings: &Settings,
    scene: &Scene,
    view: &View,
    commands: &mut Commands,
) {
    if plot.response.hovered() {
        ui.set_cursor_icon(CursorIcon::PointingHand);
    }
    let Some(at) = plot.pointer() else { return };
    let counts = settings.counts();
    let cell = [0, 1].map(|k| {
        let part = settings.sides[k].range.part_of(at[k]);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
        let place = (part.clamp(0.0, 1.0) * (counts[k] - 1) as f64).round() as usize;
        place
    });
    let value = view.atlas.as_ref().map_or(Value::End, |plane| plane.value);
    if let Some(said) = atlas::told(&found.cells, value, cell[0], cell[1]) {
        maps::readout(ui, plot, said, &[], view.theme);
    }
    if plot.response.clicked() {
        let numbers = [0, 1].map(|k| settings.sides[k].numbers()[cell[k]]);
        // The scene itself takes the values: what else it says stays as it is.
        let own = Settings { scene: Arc::new(scene.clone()), ..settings.clone() };
        let third = view.atlas.as_ref().and_then(Plane::third);
        let edits = (0..2).map(|k| (&*settings.sides[k].key, numbers[k])).chain(third);
        let edits: Vec<Edit> =
            edits.map(|(key, value)| Edit { key: key.to_owned(), value: spelled(value) }).collect();
        if let Ok(chosen) = own.edited(&edits) {
            commands.push(Command::Show(Box::new(chosen)));
        }
    }
}
