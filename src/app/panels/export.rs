//! The window that asks for a file: a path that can be typed, and the system's dialog where there is one; for a figure also
//! how it is drawn, with a preview.

use egui::{Align, Id, Key, Layout, Modal, RichText, TextEdit, Ui};

use super::figure::{self, Looked};
use crate::app::commands::{Command, Commands};
use crate::app::form::Form;
use crate::app::style;
use crate::scene::Scene;

/// The width of the window: a path of some length fits in.
const WIDTH: f32 = 460.0;

/// Shows the window; a figure is one of `scene`, and is `looked` at.
pub fn ui(
    ctx: &egui::Context,
    form: &mut Form,
    scene: &Scene,
    looked: Looked<'_>,
    commands: &mut Commands,
) {
    let modal = Modal::new(Id::unique("file form")).frame(style::sheet(ctx)).show(ctx, |ui| {
        ui.set_width(if form.kind.is_figure() { figure::width(ctx) } else { WIDTH });
        ui.heading(form.kind.title());
        ui.add_space(style::GRID);
        if form.kind.is_figure() {
            figure::ui(ui, form, scene, looked, commands);
            ui.add_space(style::GRID);
        }
        if path_field(ui, form) == Entered::Yes {
            carry(form, commands);
        }
        note(ui, form);
        buttons(ui, form, commands);
    });
    if modal.should_close() {
        commands.push(Command::Close);
    }
}

/// What would happen to a file that is there, or why the last try failed.
fn note(ui: &mut Ui, form: &Form) {
    if !form.trouble.is_empty() {
        ui.label(RichText::new(&form.trouble).small().color(ui.visuals().error_fg_color));
        return;
    }
    let replaces = !form.kind.is_opened() && form.file().is_file();
    let text = if replaces { "This file exists and will be replaced" } else { "" };
    ui.label(RichText::new(text).small().weak());
}

/// Asks to save or open what the form says, once it names a file.
fn carry(form: &Form, commands: &mut Commands) {
    if !form.path.trim().is_empty() {
        commands.push(Command::Carry { kind: form.kind, path: form.file() });
    }
}

fn buttons(ui: &mut Ui, form: &Form, commands: &mut Commands) {
    ui.horizontal(|ui| {
        let browse = ui.button("Browse…");
        if browse.on_hover_text("The system's own dialog, where there is one").clicked() {
            commands.push(Command::Browse);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let text = if form.kind.is_opened() { "Open" } else { "Save" };
            if ui.button(RichText::new(text).strong()).clicked() {
                carry(form, commands);
            }
            if ui.button("Cancel").clicked() {
                commands.push(Command::Close);
            }
        });
    });
}

/// Whether Enter was pressed in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entered {
    Yes,
    No,
}

/// The path.
fn path_field(ui: &mut Ui, form: &mut Form) -> Entered {
    let label = ui.label("File");
    let edit = TextEdit::singleline(&mut form.path).desired_width(f32::INFINITY);
    let field = style::fields(ui, |ui| ui.add(edit));
    let field = field.labelled_by(label.id);
    if !std::mem::replace(&mut form.shown, true) {
        field.request_focus();
    }
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if entered { Entered::Yes } else { Entered::No }
}
