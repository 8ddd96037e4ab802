//! Parts of the window for whoever listens: what a piece of it is, and what it is called.

use egui::Ui;
use egui::accesskit::Role;

/// Says what the whole of `ui` is.
pub fn is(ui: &Ui, role: Role, name: &str) {
    ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
        node.set_role(role);
        node.set_label(name);
    });
}

/// Says that `ui` is a cell of a table, what it is the value of, and the value.
pub fn is_cell(ui: &Ui, name: &str, value: &str, [row, column]: [usize; 2]) {
    ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
        node.set_role(Role::Cell);
        node.set_label(name);
        node.set_value(value);
        node.set_row_index(row);
        node.set_column_index(column);
    });
}

/// Names the window.
pub fn window(ctx: &egui::Context, name: &str) {
    ctx.accesskit_node_builder(egui::accesskit_root_id(), |node| node.set_label(name));
}
