//! A row with controls at its right end, made from left to right: the Tab key follows the order in which they are made.

use egui::{Align, Layout, Ui};

/// Shows `before` with the width that is left for it, then `contents` at the right end of the row.
///
/// How wide those are is known once they are made; where that changes, the frame is laid out again before it is seen.
pub fn ui(
    ui: &mut Ui,
    id: &str,
    before: impl FnOnce(&mut Ui, f32),
    contents: impl FnOnce(&mut Ui),
) {
    let id = ui.scope_id().with(("width at the end of a row", id));
    let known = ui.data(|data| data.get_temp::<f32>(id));
    let right = ui.max_rect().right();
    let end = right - known.unwrap_or(0.0);
    let gap = ui.spacing().item_spacing.x;
    before(ui, end - gap - ui.cursor().left());
    ui.add_space((end - ui.cursor().left()).max(0.0));
    let row = Layout::left_to_right(Align::Center);
    let width = ui.with_layout(row, |ui| {
        contents(ui);
        ui.min_rect().width()
    });
    let width = width.inner;
    if known.is_none_or(|known| (known - width).abs() > 0.5) {
        ui.data_mut(|data| data.insert_temp(id, width));
        ui.ctx().request_discard("the end of a row is as wide as it now is");
    }
}
