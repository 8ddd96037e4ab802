//! Controls at the right end of a row, made from left to right: the Tab key follows the order in which they are made.

use egui::{Align, Layout, Ui};

/// Shows `contents` at the right end of what is left of this row.
///
/// How wide they are is known once they are made; where that changes, the frame is laid out again before it is seen.
pub fn ui<R>(ui: &mut Ui, id: &str, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let id = ui.scope_id().with(("width at the end of a row", id));
    let known = ui.data(|data| data.get_temp::<f32>(id));
    let room = ui.available_width() - known.unwrap_or(0.0) - ui.spacing().item_spacing.x;
    ui.add_space(room.max(0.0));
    let shown = ui.with_layout(Layout::left_to_right(Align::Center).with_main_wrap(false), |ui| {
        let made = contents(ui);
        (made, ui.min_rect().width())
    });
    let (made, width) = shown.inner;
    if known.is_none_or(|known| (known - width).abs() > 0.5) {
        ui.data_mut(|data| data.insert_temp(id, width));
        ui.ctx().request_discard("a row's end is as wide as it now is");
    }
    made
}
