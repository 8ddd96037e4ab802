//! Parts of the window: a rectangle, and what is shown inside of it and nowhere else.

use egui::{Margin, Rect, Ui, UiBuilder};

/// Shows `contents` in a part of the window with a panel's ground.
pub(super) fn on_ground(
    ui: &mut Ui,
    id: &str,
    rect: Rect,
    margin: Margin,
    contents: impl FnOnce(&mut Ui),
) {
    ui.painter().rect_filled(rect, 0.0, ui.visuals().panel_fill);
    inside(ui, id, rect, margin, contents);
}

/// The same on the ground that is there.
pub(super) fn inside(
    ui: &mut Ui,
    id: &str,
    rect: Rect,
    margin: Margin,
    contents: impl FnOnce(&mut Ui),
) {
    let room = rect - margin;
    let mut child = ui.new_child(UiBuilder::new().id_salt(id).max_rect(room));
    child.set_clip_rect(rect.intersect(ui.clip_rect()));
    contents(&mut child);
}
