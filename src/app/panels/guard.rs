//! Controls as far as the page of a lesson leaves them: free, locked, or not there.

use egui::Ui;

use crate::lesson::controls::Access;

/// Shows `control` as it may be used.
pub fn ui(ui: &mut Ui, access: Access, control: impl FnOnce(&mut Ui)) {
    match access {
        Access::Free => control(ui),
        Access::Locked => {
            ui.add_enabled_ui(false, control);
        }
        Access::Hidden => {}
    }
}
