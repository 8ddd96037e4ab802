//! A menu that shows all there is: in columns, each item with a line that says what it is.

use egui::text::LayoutJob;
use egui::{Button, Color32, Layout, RichText, Ui, vec2};

use super::emblem::{self, Emblem};
use crate::app::{fonts, style};

/// What can be picked.
#[derive(Debug, Clone)]
pub struct Item {
    /// What it is called.
    pub name: &'static str,
    /// What it is, in a line: its formula, or some words.
    pub line: String,
    /// What is said where one points at it.
    pub tip: LayoutJob,
    /// Whether it is what is chosen now.
    pub chosen: bool,
    /// A small picture of it.
    pub emblem: Option<Emblem>,
}

/// Items under a title.
#[derive(Debug, Clone)]
pub struct Group {
    /// What they have in common; empty where there is one group only.
    pub title: &'static str,
    /// The items, which are read down and then across.
    pub items: Vec<Item>,
}

/// Items that stand on top of each other before another column begins.
const TALL: usize = 8;
/// The width of a column.
pub const WIDTH: f32 = 272.0;
/// The room of a small picture before its name.
const EMBLEM: f32 = 46.0;

/// How many columns so many items make, in a window that is so wide.
fn columns(items: usize, width: f32, window: f32) -> usize {
    let mut fitting = 1;
    while (fitting + 1) as f32 * (width + style::GRID) + 40.0 <= window {
        fitting += 1;
    }
    items.div_ceil(TALL).clamp(1, fitting)
}

/// The height that a menu may have before it scrolls.
#[must_use]
pub fn height(ui: &Ui) -> f32 {
    ui.ctx().content_rect().height() - 24.0
}

/// Shows the items in columns of this width; the places of the group and of the item in it that was picked.
pub fn ui(ui: &mut Ui, groups: &[Group], width: f32) -> Option<(usize, usize)> {
    let items: usize = groups.iter().map(|group| group.items.len()).sum();
    let columns = columns(items, width, ui.ctx().content_rect().width());
    let mut picked = None;
    for (g, Group { title, items }) in groups.iter().enumerate() {
        if !title.is_empty() {
            ui.add_space(if g == 0 { 0.0 } else { style::GRID });
            ui.label(RichText::new(*title).font(fonts::strong(fonts::SMALL)).weak());
        }
        let rows = items.len().div_ceil(columns).max(1);
        ui.horizontal_top(|ui| {
            for (c, column) in items.chunks(rows).enumerate() {
                let down = Layout::top_down_justified(egui::Align::LEFT);
                ui.allocate_ui_with_layout(vec2(width, 0.0), down, |ui| {
                    ui.set_width(width);
                    ui.spacing_mut().item_spacing.y = 2.0;
                    for (r, item) in column.iter().enumerate() {
                        if item_ui(ui, item) {
                            picked = Some((g, c * rows + r));
                        }
                    }
                });
            }
        });
    }
    picked
}

fn item_ui(ui: &mut Ui, item: &Item) -> bool {
    let mut text = LayoutJob::default();
    let room = if item.emblem.is_some() { EMBLEM } else { 0.0 };
    let quiet = ui.visuals().weak_text_color();
    fonts::append(&mut text, item.name, room, &fonts::regular(fonts::BODY), Color32::PLACEHOLDER);
    if !item.line.is_empty() {
        fonts::append(&mut text, "\n", 0.0, &fonts::regular(fonts::SMALL), quiet);
        fonts::append(&mut text, &item.line, room, &fonts::regular(fonts::SMALL), quiet);
    }
    let response = ui.add(Button::selectable(item.chosen, text).wrap());
    response.widget_info(|| {
        egui::WidgetInfo::selected(egui::Role::Button, true, item.chosen, item.name)
    });
    if let Some(emblem) = item.emblem {
        emblem::paint(ui, emblem, response.rect.left_center() + vec2(EMBLEM / 2.0 + 3.0, 0.0));
    }
    response.on_hover_text(item.tip.clone()).clicked()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_menu_is_one_column_and_a_long_one_has_as_many_as_the_window_has_room_for() {
        assert_eq!(columns(6, WIDTH, 1280.0), 1);
        assert_eq!(columns(10, WIDTH, 1280.0), 2);
        assert_eq!(columns(28, WIDTH, 1280.0), 4);
        assert_eq!(columns(28, WIDTH, 700.0), 2);
        assert_eq!(columns(28, WIDTH, 200.0), 1);
    }
}
