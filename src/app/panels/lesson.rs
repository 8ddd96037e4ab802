//! The page of a lesson: its text, its goal and how near that is, and the way to the next page.

use egui::accesskit::Live;
use egui::{Button, Frame, Id, Margin, Role, Ui, WidgetInfo};

use super::terms::{self, paint};
use super::toolbar::sign;
use crate::app::commands::{Command, Commands};
use crate::app::style;
use crate::app::teaching::Teaching;
use crate::app::turn::Turn;
use crate::app::view::View;
use crate::figure::Ink;
use crate::figure::palette::{Audience, Theme};
use crate::lesson::builtin;
use crate::lesson::goal::Status;
use crate::lesson::laid::{self, Sizes};

/// Heights of a page's letters; before a room the largest that leaves nothing to be scrolled.
const TEXT: [f64; 4] = [15.0, 14.0, 13.0, 12.0];
/// What stands around the text without a goal and with one, in points.
const WAY: f64 = 60.0;
const GOAL: f64 = 150.0;
/// What a control takes below it.
const CONTROL: f64 = 64.0;
/// In a column narrower than this buttons have signs only.
const NARROW: f32 = 250.0;
/// The height of what is said of it.
const SMALL: f64 = 12.5;

/// Shows the page, as high as it is.
pub fn ui(
    ui: &mut Ui,
    teaching: &Teaching,
    status: Option<&Status>,
    view: &View,
    commands: &mut Commands,
) {
    let (theme, is_presented) = (view.theme, view.audience == Audience::Room);
    ui.add_space(style::GRID / 2.0);
    if !is_presented {
        style::title(ui, &teaching.lesson.title);
    }
    way(ui, teaching, commands);
    let Some(page) = teaching.page() else { return };
    ui.add_space(style::GRID);
    let width = f64::from(ui.available_width());
    let around = if status.is_some() { GOAL } else { WAY };
    let around = around + CONTROL * teaching.controls().chosen() as f64;
    let room = f64::from(ui.clip_rect().height()) - around;
    let sizes = if is_presented { &TEXT[..] } else { &TEXT[..1] };
    let fits = sizes.iter().find(|&&size| laid::page(page, width, Sizes::of(size)).height <= room);
    let size = *fits.or(sizes.last()).unwrap_or(&TEXT[0]);
    let text = laid::page(page, width, Sizes::of(size));
    let painted = paint(ui, &text, theme, Role::Paragraph, &page.said());
    terms::link(ui, &painted, &text, size, &[]);
    if let Some(status) = status {
        ui.add_space(style::GRID);
        goal(ui, teaching, status, [width, size], theme);
    }
    if !teaching.trouble.is_empty() {
        ui.add_space(style::GRID);
        let said = format!("⚠ {}", teaching.trouble);
        let lines = laid::words(&said, Ink::Text, width, SMALL);
        paint(ui, &lines, theme, Role::Alert, &said);
    }
    ui.add_space(style::GRID);
}

/// The buttons that turn pages.
fn way(ui: &mut Ui, teaching: &Teaching, commands: &mut Commands) {
    let [page, pages] = teaching.place();
    let names = if ui.available_width() < NARROW {
        ["◀", "▶", "▶▶"]
    } else {
        ["◀ Back", "Next ▶", "Next lesson ▶"]
    };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let mut turn = |ui: &mut Ui, enabled: bool, [text, name, hint]: [&str; 3], turn: Turn| {
            let button = ui.add_enabled(enabled, Button::new(text));
            button.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
            if button.on_hover_text(hint).clicked() {
                commands.push(Command::Lesson(turn));
            }
        };
        let back = [names[0], "Page before", "The page before (Page Up)"];
        turn(ui, page > 1, back, Turn::By(-1));
        match builtin::after(&teaching.lesson).filter(|_| page == pages) {
            Some((name, lesson)) => {
                let hint = format!("The next lesson: {}", lesson.title);
                turn(ui, true, [names[2], "Next lesson", &hint], Turn::Open(name));
            }
            None => {
                let next = [names[1], "Next page", "The next page (Page Down)"];
                turn(ui, page < pages, next, Turn::By(1));
            }
        }
        ui.add_space(2.0);
        ui.weak(format!("{page} of {pages}"));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if sign(ui, "✕", "Close lesson", "Close the lesson").clicked() {
                commands.push(Command::Lesson(Turn::Close));
            }
            let hint = "The page as it was when it was opened";
            if sign(ui, "↺", "Page as it was", hint).clicked() {
                commands.push(Command::Lesson(Turn::Again));
            }
        });
    });
}

/// How near the goal is.
fn goal(ui: &mut Ui, teaching: &Teaching, status: &Status, [width, size]: [f64; 2], theme: Theme) {
    let (mark, ink) = match status {
        Status::Open(_) => ("○", Ink::Quiet),
        Status::Missed(_) => ("○", Ink::Text),
        Status::Reached(_) => ("✓", Ink::Run(1)),
    };
    let fill = style::tone(theme, if status.is_reached() { 0.11 } else { 0.06 });
    let frame = Frame::new().fill(fill).corner_radius(6).inner_margin(Margin::symmetric(10, 8));
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        let inset = 18.0;
        let room = width - 20.0 - inset;
        let mut said = laid::words(status.said(), ink, room, size - 1.0);
        for letters in &mut said.letters {
            letters.at[0] += inset;
        }
        let sign = laid::words(mark, ink, inset, size - 1.0);
        said.letters.extend(sign.letters);
        let response = paint(ui, &said, theme, Role::Status, status.said());
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_live(Live::Polite));
        let then = teaching.page().and_then(|page| page.goal.as_ref()).map(|goal| &goal.reached);
        if let Some(then) = then.filter(|then| status.is_reached() && !then.is_empty()) {
            ui.add_space(4.0);
            let said: String = then.iter().map(|span| span.text.as_str()).collect();
            let lines = laid::line(then, Ink::Text, width - 20.0, size - 1.0);
            paint(ui, &lines, theme, Role::Paragraph, &said);
        }
    });
    // What is said of a goal as soon as it is reached is brought into sight, once; what reached it stays where it is.
    let id = Id::unique("goal reached").with(teaching.place());
    let was_reached = ui.data(|data| data.get_temp::<bool>(id)).unwrap_or(false);
    ui.data_mut(|data| data.insert_temp(id, status.is_reached()));
    if status.is_reached() && !was_reached {
        shown.response.scroll_to_me(None);
    }
}
