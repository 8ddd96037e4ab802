//! The words over and under a map: its heading, its legend, and what is said of its runs.

use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{Galley, Rect, Ui, Vec2, pos2, vec2};

use crate::app::canvas::{self, Shown};
use crate::app::layout::Spot;
use crate::app::widgets::legend;
use crate::app::{fonts, style};
use crate::figure::caption::{self, Caption};
use crate::figure::palette::Theme;
use crate::figure::{Ink, Pane};

/// The heading over a map, its legend, and the sentence under it.
pub(super) fn words(ui: &Ui, pane: &Pane, spot: &Spot, plot: &Shown, theme: Theme) {
    let frame = plot.projection.frame;
    let heading =
        canvas::heading(ui, pane, theme, fonts::LARGE, spot.heading.right() - frame.left());
    let at = pos2(frame.left(), spot.heading.bottom() - heading.size().y);
    let end = at.x + heading.size().x;
    ui.painter().galley(at, heading, ui.visuals().text_color());
    let line =
        Rect::from_min_max(pos2(end + 12.0, at.y), pos2(frame.right(), spot.heading.bottom()));
    let caption = sentence(ui, &pane.caption, vec2(frame.width(), spot.caption.height()), theme);
    let place = Rect::from_min_size(pos2(frame.left(), spot.caption.top()), caption.size());
    let under = Rect::from_min_max(
        pos2(frame.left(), spot.caption.bottom() - LEGEND),
        pos2(frame.right(), spot.caption.bottom()),
    );
    let wide = legend::width(pane);
    let is_free = place.bottom() <= under.top();
    if wide <= line.width() {
        legend::paint(ui.painter(), pane, theme, line);
    } else if plot.lens.is_none() && wide <= under.width() && is_free {
        // A lens names everything that a legend would.
        legend::paint(ui.painter(), pane, theme, under);
    } else {
        // What comes first matters most: arrows before the step, the first ends of a list.
        let some = legend::fitting(pane, line.width());
        legend::paint_some(ui.painter(), &some, theme, line);
    }
    if !pane.caption.is_empty() {
        // Where it has room for a part only, or for none, the whole of it is said beside the pointer.
        let over = if place.height() > 0.0 { place } else { spot.heading };
        let id = ui.scope_id().with(("caption", pane.id));
        let words = fonts::words(&pane.caption, fonts::BODY);
        ui.interact(over, id, egui::Sense::hover()).on_hover_text(words);
    }
    ui.painter().galley(place.min, caption, ui.visuals().text_color());
}

/// What stays free between a sentence and what stands below it, in points.
const BELOW: f32 = 8.0;

/// The height of a legend that has no room beside the heading.
const LEGEND: f32 = 18.0;

/// As much of a sentence as has room: two lines, or more of smaller letters; its last clauses are left out first.
pub(super) fn sentence(ui: &Ui, text: &str, room: Vec2, theme: Theme) -> Arc<Galley> {
    let sizes = [fonts::BODY, fonts::SMALL].map(f64::from);
    let [width, height] = [room.x, room.y - BELOW].map(f64::from);
    let said = caption::within(text, [width, height], sizes);
    let Caption { lines, size, .. } = Caption::of(&said, width, sizes);
    let colour = style::ink(theme, Ink::Text);
    let mut job = LayoutJob::default();
    #[expect(clippy::cast_possible_truncation, reason = "one of two sizes")]
    let font = fonts::regular(size as f32);
    fonts::append(&mut job, &lines.join("\n"), 0.0, &font, colour);
    ui.painter().layout_job(job)
}
