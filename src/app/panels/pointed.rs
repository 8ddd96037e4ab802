//! What the pointer is on: something in a lens, or on its map.

use egui::{Color32, Response, Shape, Ui, vec2};

use crate::app::canvas::Shown;
use crate::app::canvas::projection::rectangle;
use crate::app::style;
use crate::figure::lower::frame::Frame;
use crate::figure::lower::lens;
use crate::figure::palette::Theme;
use crate::figure::picture::Picture;
use crate::figure::things::{self, Thing};
use crate::figure::{Ink, Pane, PaneId};

/// What the pointer is on, if it is on something of this map.
pub fn on(plot: &Shown, pane: &Pane, picture: &Picture<'_>) -> Option<Thing> {
    let pointer = plot.response.hover_pos()?;
    let at = [pointer.x, pointer.y].map(f64::from);
    let frame = rectangle(plot.projection.frame);
    if let Some(lens) = pane.lens.as_ref().filter(|_| plot.is_on_lens(pointer)) {
        let inside = Frame::of_window(lens.window, lens::place(lens, frame));
        return things::under(&lens.things, at, |data| inside.exact(data)).cloned();
    }
    let runs = match pane.id {
        PaneId::Map(run) => vec![run],
        PaneId::MapOfAll
        | PaneId::Data
        | PaneId::Loss
        | PaneId::Sharpness
        | PaneId::Cut
        | PaneId::Profile
        | PaneId::Spectrum
        | PaneId::Atlas => picture.runs(),
    };
    let map = Frame::of(pane, frame);
    let near = things::on_map(picture, &runs, map.data(at));
    things::under(&near, at, |data| map.exact(data)).cloned()
}

/// The light behind a row of what the pointer is on.
pub fn light(theme: Theme) -> Color32 {
    style::ink(theme, Ink::Epsilon).gamma_multiply(0.16)
}

/// Shows a row, on a ground of this colour if there is one.
pub fn row(
    ui: &mut Ui,
    ground: Option<Color32>,
    show: impl FnOnce(&mut Ui) -> Response,
) -> Response {
    let below = ui.painter().add(Shape::Noop);
    let row = show(ui);
    if let Some(colour) = ground {
        let place = row.rect.expand2(vec2(4.0, 0.0));
        ui.painter().set(below, Shape::rect_filled(place, 3.0, colour));
    }
    row
}
