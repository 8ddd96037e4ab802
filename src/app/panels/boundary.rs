//! A traced boundary of the atlas in the window: a drag along it, while the maps show the run at both sides.

use egui::{Color32, CursorIcon, Stroke, Ui};

use super::maps;
use crate::app::canvas::Shown;
use crate::app::commands::{Command, Commands};
use crate::app::plane::Plane;
use crate::app::style;
use crate::atlas::either_side;
use crate::atlas::settings::Settings;
use crate::figure::atlas::{self, Drawn};
use crate::figure::palette::Theme;
use crate::figure::{Ink, ends, numerals};
use crate::scene::Scene;

/// What a boundary is followed on.
pub(super) struct Now<'a> {
    /// The atlas as it is drawn.
    pub drawn: &'a Drawn<'a>,
    /// Its plane.
    pub settings: &'a Settings,
    /// The scene that is shown.
    pub scene: &'a Scene,
    /// The colours.
    pub theme: Theme,
}

/// How near a place of a boundary a press must be to take it, in points.
const REACH: f32 = 9.0;
/// The mark of the place that is held, in points.
const HELD: f32 = 6.0;
/// Digits that tell a place.
const DIGITS: usize = 9;

/// Takes hold of a boundary and follows it; whether the pointer is on one, and means it.
pub(super) fn ui(
    ui: &Ui,
    plot: &Shown,
    now: &Now<'_>,
    plane: &mut Plane,
    commands: &mut Commands,
) -> bool {
    let Now { drawn, settings, scene, theme } = *now;
    let Some(boundary) = drawn.boundary else { return false };
    let crossings = &boundary.crossings;
    let data = |place: usize| [0, 1].map(|k| settings.sides[k].at(crossings[place].at[k]));
    let screen = |place: usize| plot.projection.screen(data(place));
    let followed = plane.following(scene).map(|following| following.place);
    if let Some(at) = followed.filter(|place| *place < crossings.len()).and_then(screen) {
        let ring = Stroke::new(2.5, style::ink(theme, Ink::Epsilon));
        ui.painter().circle(at, HELD, Color32::WHITE, ring);
    }
    let Some(pointer) = plot.response.interact_pointer_pos().or(plot.response.hover_pos()) else {
        return false;
    };
    // Where ends alternate there are no two sides.
    let sharp = (0..crossings.len()).filter(|place| !crossings[*place].alternates);
    let away = |place: usize| screen(place).map_or(f32::INFINITY, |at| at.distance(pointer));
    let nearest = sharp.map(|place| (place, away(place))).min_by(|a, b| a.1.total_cmp(&b.1));
    let Some((place, distance)) = nearest else { return false };
    let id = plot.response.id.with("along");
    if plot.response.drag_started() {
        let pressed = ui.input(|input| input.pointer.press_origin()).unwrap_or(pointer);
        let near = (0..crossings.len()).filter_map(screen).any(|at| at.distance(pressed) <= REACH);
        ui.data_mut(|data| data.insert_temp(id, near));
    }
    let is_held = ui.data(|data| data.get_temp::<bool>(id)).unwrap_or(false);
    if plot.response.dragged() && is_held {
        ui.set_cursor_icon(CursorIcon::Grabbing);
        let whole = plane.turned(settings, plane.whole(scene));
        if followed != Some(place)
            && let Some(made) = either_side::scene(settings, &whole, &crossings[place])
        {
            plane.follow(settings, scene, made.clone(), place);
            commands.push(Command::Follow(Box::new(made)));
        }
        return true;
    }
    if distance > REACH || !plot.response.hovered() || plot.response.clicked() {
        return false;
    }
    ui.set_cursor_icon(CursorIcon::Grab);
    let value = |k: usize| {
        let number = numerals::short(data(place)[k], DIGITS);
        format!("{} {number}", atlas::symbol(&settings.sides[k].key))
    };
    let kind = |kind| drawn.cells.kinds.get(kind).map(ends::label).unwrap_or_default();
    let [before, beyond] = crossings[place].sides.map(kind);
    let said = format!(
        "{}   {}\n{before} to one side, {beyond} to the other\ndrag along it: the maps show both",
        value(0),
        value(1)
    );
    maps::readout(ui, plot, said, &[], theme);
    true
}
