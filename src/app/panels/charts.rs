//! Loss and sharpness over time; a drag moves the playhead.

use egui::{CursorIcon, Rect, Ui, pos2};

use crate::app::canvas::ground::Ground;
use crate::app::canvas::{self, Shown};
use crate::app::commands::{Command, Commands};
use crate::app::fonts;
use crate::app::layout::Spot;
use crate::app::widgets::legend;
use crate::figure::Pane;
use crate::figure::charts;
use crate::figure::palette::Theme;
use crate::figure::picture::{Against, Lane, Picture};

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
        head(ui, pane, spot, shown.projection.frame, theme);
        if let Some(step) = pointed(&shown, picture) {
            commands.push(Command::GoTo(step));
        }
        shown.response.on_hover_cursor(CursorIcon::ResizeHorizontal);
    }
}

/// The heading over a chart, and its legend.
fn head(ui: &Ui, pane: &Pane, spot: &Spot, frame: Rect, theme: Theme) {
    let heading = canvas::heading(ui, pane, theme, fonts::BODY);
    let at = pos2(frame.left(), spot.heading.center().y - heading.size().y / 2.0);
    let end = at.x + heading.size().x;
    ui.painter().galley(at, heading, ui.visuals().text_color());
    let line = Rect::from_min_max(
        pos2(end + 12.0, spot.heading.top()),
        pos2(frame.right(), spot.heading.bottom()),
    );
    legend::paint(ui.painter(), pane, theme, line);
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
            // The run that pays more for a step is the one that fills the chart.
            let run = picture.run(Lane::Sam)?;
            let reached = run.iter().take_while(|row| row.numbers.gradients <= whole).count();
            Some(reached.saturating_sub(1))
        }
    }
}
