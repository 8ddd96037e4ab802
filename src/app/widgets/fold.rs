//! A section that folds: its title, and when it is folded what is inside, in a line.

use std::collections::BTreeSet;

use egui::{Align2, Pos2, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::app::{fonts, style};
use crate::figure::caption;
use crate::figure::metrics::{self, Face};

/// The sections that are not as they come: folded ones unfolded, unfolded ones folded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folds(BTreeSet<String>);

/// A section, by its title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Section {
    /// What it is called.
    pub title: &'static str,
    /// How it comes.
    pub comes: Shown,
}

/// How much of a section is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Its title and its line.
    Folded,
    /// Everything.
    Unfolded,
}

impl Folds {
    /// How much of `section` is shown.
    #[must_use]
    pub fn shown(&self, section: Section) -> Shown {
        match (section.comes, self.0.contains(section.title)) {
            (Shown::Folded, false) | (Shown::Unfolded, true) => Shown::Folded,
            (Shown::Folded, true) | (Shown::Unfolded, false) => Shown::Unfolded,
        }
    }

    /// Folds what is unfolded, and unfolds what is folded.
    pub fn turn(&mut self, section: Section) {
        if !self.0.remove(section.title) {
            self.0.insert(section.title.to_owned());
        }
    }

    /// Those where these titles are turned; a title that no section has does nothing.
    #[must_use]
    pub fn turned<'a>(titles: impl Iterator<Item = &'a str>) -> Self {
        Self(titles.take(MOST).map(str::to_owned).collect())
    }

    /// The titles that are turned, in order.
    pub fn titles(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// More sections than this are not remembered.
const MOST: usize = 64;

/// The height of a title, and of the line below it.
const TITLE: f32 = 26.0;
const LINE: f32 = 16.0;
/// The room of the arrow before a title.
const ARROW: f32 = 16.0;

/// Shows `section`: its title, which folds and unfolds it, and below it `contents` or, folded, the line `inside`.
pub fn ui(
    ui: &mut Ui,
    folds: &mut Folds,
    section: Section,
    inside: &str,
    contents: impl FnOnce(&mut Ui),
) {
    ui.add_space(style::GRID / 2.0);
    if title_ui(ui, section, folds.shown(section), inside) {
        folds.turn(section);
    }
    if folds.shown(section) == Shown::Unfolded {
        ui.push_id(section.title, contents);
    }
}

/// The title with its line; true when it was clicked.
fn title_ui(ui: &mut Ui, section: Section, shown: Shown, inside: &str) -> bool {
    let open = shown == Shown::Unfolded;
    let height = if open || inside.is_empty() { TITLE } else { TITLE + LINE };
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    response.widget_info(|| {
        WidgetInfo::selected(egui::Role::DisclosureTriangle, true, open, section.title)
    });
    let clicked = response.clicked();
    let visuals = ui.visuals();
    if response.hovered() {
        ui.painter().rect_filled(rect.expand2(vec2(6.0, 0.0)), 4.0, visuals.faint_bg_color);
    }
    if response.has_focus() {
        let edge = Stroke::new(1.5, visuals.hyperlink_color);
        ui.painter().rect_stroke(rect.expand2(vec2(6.0, 0.0)), 4.0, edge, StrokeKind::Inside);
    }
    let colour = visuals.text_color();
    let quiet = visuals.weak_text_color();
    let middle = rect.top() + TITLE / 2.0;
    arrow(ui, pos2(rect.left() + 4.0, middle), shown);
    let left = rect.left() + ARROW;
    let title = fonts::strong(fonts::SMALL + 1.0);
    ui.painter().text(pos2(left, middle), Align2::LEFT_CENTER, section.title, title, colour);
    if height > TITLE {
        let width = rect.right() - left;
        // Clauses that have no room are said where one points.
        let wide = |said: &str| metrics::width(said, Face::Regular, fonts::SMALL.into());
        let said = caption::shortened(inside, |said| wide(said) + 2.0 <= f64::from(width));
        let galley = ui.painter().layout_job(fonts::words(said, fonts::SMALL));
        let at = pos2(left, rect.top() + TITLE - 3.0);
        ui.painter().galley(at, galley, quiet);
    }
    let what = if open { "Fold" } else { "Unfold" };
    let hint = if inside.is_empty() { what.to_owned() } else { format!("{what}: {inside}") };
    response.on_hover_text(fonts::words(&hint, fonts::BODY));
    clicked
}

/// A triangle that points right when folded, and down when not.
fn arrow(ui: &Ui, at: Pos2, shown: Shown) {
    let corners = match shown {
        Shown::Unfolded => [vec2(-4.0, -2.5), vec2(4.0, -2.5), vec2(0.0, 3.5)],
        Shown::Folded => [vec2(-2.5, -4.0), vec2(3.5, 0.0), vec2(-2.5, 4.0)],
    };
    let points = corners.map(|corner| at + corner).to_vec();
    let quiet = ui.visuals().weak_text_color();
    ui.painter().add(Shape::convex_polygon(points, quiet, Stroke::NONE));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_comes_as_it_says_and_stays_as_it_is_left() {
        let [data, scene] = [("data", Shown::Folded), ("scene", Shown::Unfolded)]
            .map(|(title, comes)| Section { title, comes });
        let mut folds = Folds::default();
        let both = |folds: &Folds| [folds.shown(data), folds.shown(scene)];
        assert_eq!(both(&folds), [Shown::Folded, Shown::Unfolded]);
        folds.turn(data);
        folds.turn(scene);
        assert_eq!(both(&folds), [Shown::Unfolded, Shown::Folded]);
        folds.turn(data);
        assert_eq!(both(&folds), [Shown::Folded, Shown::Folded]);
    }
}
