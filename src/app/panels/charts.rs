//! Loss and sharpness over time; a drag moves the playhead.

use egui::{ComboBox, CursorIcon, Rect, RichText, Ui, UiBuilder, pos2};

use crate::analysis::gauge::Gauge;
use crate::app::canvas::ground::Ground;
use crate::app::canvas::{self, Shown};
use crate::app::commands::{Command, Commands};
use crate::app::fonts;
use crate::app::layout::Spot;
use crate::app::widgets::{choice, legend};
use crate::figure::charts;
use crate::figure::palette::Theme;
use crate::figure::picture::{Against, Picture};
use crate::figure::{Pane, PaneId};

/// Shows both charts.
pub fn ui(
    ui: &mut Ui,
    picture: &Picture<'_>,
    spots: &[Spot; 2],
    theme: Theme,
    ground: &mut Ground,
    commands: &mut Commands,
) {
    for (pane, spot) in [charts::loss(picture), charts::sharpness(picture)].iter().zip(spots) {
        let shown = canvas::show(ui, pane, spot.cell, theme, ground);
        let frame = shown.projection.frame;
        let end = if pane.id != PaneId::Loss {
            gauge_ui(ui, picture.look.gauge, spot, frame, commands)
        } else {
            heading(ui, pane, spot, frame, theme)
        };
        let line = Rect::from_min_max(
            pos2(end + 12.0, spot.heading.top()),
            pos2(frame.right(), spot.heading.bottom()),
        );
        legend::paint(ui.painter(), pane, theme, line);
        if !pane.caption.is_empty() {
            // A chart that says something is not over time: there is no step to point at.
            shown.response.on_hover_text(pane.caption.as_str());
            continue;
        }
        if let Some(step) = pointed(&shown, picture) {
            commands.push(Command::GoTo(step));
        }
        shown.response.on_hover_cursor(CursorIcon::ResizeHorizontal);
    }
}

/// The heading over a chart; says where it ends.
fn heading(ui: &Ui, pane: &Pane, spot: &Spot, frame: Rect, theme: Theme) -> f32 {
    let heading = canvas::heading(ui, pane, theme, fonts::BODY);
    let at = pos2(frame.left(), spot.heading.center().y - heading.size().y / 2.0);
    let end = at.x + heading.size().x;
    ui.painter().galley(at, heading, ui.visuals().text_color());
    end
}

/// The heading over the chart of sharpness, where its measure is chosen; says where it ends.
fn gauge_ui(ui: &mut Ui, gauge: Gauge, spot: &Spot, frame: Rect, commands: &mut Commands) -> f32 {
    let place = Rect::from_min_max(
        pos2(frame.left(), spot.heading.top()),
        pos2(frame.right(), spot.heading.bottom()),
    );
    let line = egui::Layout::left_to_right(egui::Align::Center);
    let mut row = ui.new_child(UiBuilder::new().max_rect(place).layout(line));
    let menu = ComboBox::from_id_salt("measure of sharpness")
        .selected_text(RichText::new(gauge.short()).strong())
        .width(0.0)
        .show_ui(&mut row, |ui| {
            for other in Gauge::ALL {
                let item = ui.selectable_label(other == gauge, other.name());
                if item.on_hover_text(other.about()).clicked() {
                    commands.push(Command::Chart(other));
                }
            }
        });
    choice::name(&menu.response, "measure of sharpness", gauge.name());
    let end = menu.response.rect.right();
    menu.response.on_hover_text(gauge.about());
    end
}

/// The step under a pointer that is held on a chart.
fn pointed(shown: &Shown, picture: &Picture<'_>) -> Option<usize> {
    let at = shown.response.interact_pointer_pos()?;
    let [place, _] = shown.projection.data(at);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the cast saturates"
    )]
    let whole = place.round().max(0.0) as usize;
    match picture.look.against {
        Against::Steps => Some(whole),
        Against::Gradients => {
            // The run that pays most for its steps is the one that fills the chart.
            let paid = |run: &usize| {
                let run = picture.run(*run)?;
                run.row(run.last_step()).map(|row| row.numbers.gradients)
            };
            let run = picture.run(picture.runs().into_iter().max_by_key(paid)?)?;
            let reached = run.iter().take_while(|row| row.numbers.gradients <= whole).count();
            Some(reached.saturating_sub(1))
        }
    }
}
