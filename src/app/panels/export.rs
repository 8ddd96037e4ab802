//! The small window that asks for a file: a path that can be typed, and the system's dialog where there is one.

use egui::{Align, Id, Key, Layout, Modal, RichText, TextEdit, Ui};

use crate::app::commands::{Command, Commands};
use crate::app::files::{Image, Kind};
use crate::app::form::{Form, Paper};
use crate::app::style;
use crate::export::film;
use crate::figure::shot;

/// The width of the window: a path of some length fits in.
const WIDTH: f32 = 460.0;

/// Shows the window.
pub fn ui(ctx: &egui::Context, form: &mut Form, commands: &mut Commands) {
    let modal = Modal::new(Id::unique("file form")).frame(style::sheet(ctx)).show(ctx, |ui| {
        ui.set_width(WIDTH);
        ui.heading(form.kind.title());
        ui.add_space(style::GRID);
        figure_options(ui, form);
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

fn figure_options(ui: &mut Ui, form: &mut Form) {
    let Kind::Figure(image) = form.kind else { return };
    ui.horizontal(|ui| {
        for (kind, text) in [
            (Image::Png, "PNG, pixels"),
            (Image::Svg, "SVG, lines and letters"),
            (Image::Pdf, "PDF, a page for print"),
            (Image::Gif, "GIF, a film"),
            (Image::Apng, "APNG, a film of all colours"),
        ] {
            if ui.selectable_label(image == kind, text).clicked() {
                form.switch(kind);
            }
        }
    });
    if image.film().is_some() {
        strides(ui, form);
    }
    if image == Image::Png || image.film().is_some() {
        ui.horizontal(|ui| {
            let usual = if image.film().is_some() { film::USUAL } else { shot::USUAL };
            for scale in 1..=4_u8 {
                let [width, height] = usual.map(|side| side * f64::from(scale));
                let item = ui.selectable_label(form.scale == scale, format!("{scale}×"));
                if item.on_hover_text(format!("{width} × {height} pixels")).clicked() {
                    form.scale = scale;
                }
            }
        });
    }
    ui.horizontal(|ui| {
        for (paper, text) in
            [(Paper::AsShown, "colours as shown"), (Paper::White, "white paper, for print")]
        {
            if ui.selectable_label(form.paper == paper, text).clicked() {
                form.paper = paper;
            }
        }
    });
    ui.add_space(4.0);
}

/// Which steps a film shows: odd strides first, since an even one shows a run that jumps to and fro on one side only.
fn strides(ui: &mut Ui, form: &mut Form) {
    ui.horizontal(|ui| {
        ui.label("Steps");
        for stride in film::STRIDES {
            let text = if stride == 1 { "all".to_owned() } else { format!("every {stride}.") };
            let hint = if stride % 2 == 0 {
                "A run that jumps to and fro seems to stand on one side"
            } else {
                "Odd: both sides of a run that jumps to and fro are seen"
            };
            let item = ui.selectable_label(form.stride == stride, text);
            if item.on_hover_text(hint).clicked() {
                form.stride = stride;
            }
        }
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
