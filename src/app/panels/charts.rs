//! Loss and sharpness over time: a drag moves the playhead, the wheel and a box come closer, hovering reads.

use egui::{
    Button, ComboBox, CursorIcon, Modifiers, PointerButton, Pos2, Rect, RichText, Stroke,
    StrokeKind, Ui, UiBuilder, pos2, vec2,
};

use crate::analysis::charted::Charted;
use crate::analysis::gauge::Gauge;
use crate::analysis::spread::Spread;
use crate::app::canvas::axes::Margins;
use crate::app::canvas::ground::Ground;
use crate::app::canvas::{self, Hands, NOTCH, Shown};
use crate::app::commands::{Command, Commands};
use crate::app::layout::Spot;
use crate::app::view::View;
use crate::app::widgets::choice;
use crate::app::widgets::columns::{self, Group, Item};
use crate::app::widgets::explain;
use crate::app::{fonts, style};
use crate::figure::charts;
use crate::figure::palette::Theme;
use crate::figure::picture::{Closer, Picture};
use crate::figure::{Ink, Pane, PaneId};
use crate::glossary;

/// Shows the charts of these places: the loss is number 0, the measure number 1.
pub fn ui(
    ui: &mut Ui,
    picture: &Picture<'_>,
    spots: &[(usize, Spot)],
    view: &mut View,
    ground: &mut Ground,
    commands: &mut Commands,
) {
    let theme = view.theme;
    let mut read = None;
    for (place, spot) in spots {
        let pane = if *place == 0 { charts::loss(picture) } else { charts::sharpness(picture) };
        let margins = Margins::of(&pane);
        let mut plot = margins.plot(spot.cell);
        if plot.height() < pane.labels.ends.len() as f32 * NAME {
            // Names that have no room beside the plot reach above it, but not into the heading.
            plot.min.y += ABOVE;
        }
        let plot = (plot, margins);
        let shown = canvas::show(ui, &pane, plot, theme, Hands::Closer, ground);
        let frame = shown.projection.frame;
        let end = if pane.id == PaneId::Loss {
            heading(ui, &pane, spot, frame, theme)
        } else {
            gauge_ui(ui, picture.look.gauge, spot, frame, commands)
        };
        enlarge_ui(ui, *place, view, spot, end, commands);
        let charted = charted(&pane, picture);
        if let Some(charted) = charted {
            spread_ui(ui, charted, picture, spot, frame, commands);
        }
        closer(ui, &shown, &pane, charted, view, commands);
        if charted.is_none() {
            // A chart that says something is not over time: there is no step to point at.
            if !pane.caption.is_empty() {
                shown.response.on_hover_text(fonts::words(&pane.caption, fonts::BODY));
            }
            continue;
        }
        if let Some(step) = pointed(&shown) {
            commands.push(Command::GoTo(step));
        } else if let Some(at) = shown.pointer().filter(|_| !shown.response.dragged()) {
            read = Some(at[0].max(0.0));
        }
        shown.response.on_hover_cursor(CursorIcon::ResizeHorizontal);
    }
    if view.charts.read != read {
        view.charts.read = read;
        ui.ctx().request_repaint();
    }
}

/// The height of a curve's name, in two lines at times, and how far names reach above a plot that is too low for them.
const NAME: f32 = 20.0;
const ABOVE: f32 = 12.0;

/// What a chart over time shows; none for one that is not over time.
fn charted(pane: &Pane, picture: &Picture<'_>) -> Option<Charted> {
    match pane.id {
        PaneId::Loss => Some(Charted::Loss),
        PaneId::Sharpness => Some(Charted::Measure(picture.look.gauge)),
        PaneId::Map(_)
        | PaneId::MapOfAll
        | PaneId::Data
        | PaneId::Cut
        | PaneId::Profile
        | PaneId::Spectrum
        | PaneId::Atlas => None,
    }
}

/// What was done to come closer to a chart, or to see all of it again.
fn closer(
    ui: &Ui,
    shown: &Shown,
    pane: &Pane,
    charted: Option<Charted>,
    view: &View,
    commands: &mut Commands,
) {
    if shown.response.double_clicked() {
        commands.push(Command::Closer(Closer::default()));
        return;
    }
    let boxed = framed(ui, shown, view.theme);
    let wheel = wheeled(ui, shown, pane).map(|x| [x, pane.y.range]);
    let Some([x, y]) = boxed.or(shown.moved).or(wheel) else { return };
    let is_range = |[low, high]: [f64; 2]| low < high && (high - low).is_finite();
    // Of a level line the heights would run out of digits.
    let has_digits = |[low, high]: [f64; 2]| high - low > 1e-12 * low.abs().max(high.abs());
    if !(is_range(x) && is_range(y) && has_digits(x) && has_digits(y)) {
        return;
    }
    let mut closer = view.charts;
    if charted.is_some() {
        closer.time = Some(x);
    } else {
        closer.across = Some(x);
    }
    if y.map(f64::to_bits) != pane.y.range.map(f64::to_bits) {
        match pane.id {
            PaneId::Loss => closer.loss = Some(y),
            PaneId::Sharpness | PaneId::Cut | PaneId::Profile => closer.measure = Some(y),
            PaneId::Map(_) | PaneId::MapOfAll | PaneId::Data | PaneId::Spectrum | PaneId::Atlas => {
            }
        }
    }
    commands.push(Command::Closer(closer));
}

/// The range across after the wheel was turned over a chart: it magnifies about the pointer, and moves sideways.
fn wheeled(ui: &Ui, shown: &Shown, pane: &Pane) -> Option<[f64; 2]> {
    let at = shown.pointer()?;
    let delta = ui.input(|input| {
        // With the command key the wheel magnifies both directions, which the plot does itself.
        if input.modifiers.matches_any(Modifiers::COMMAND) {
            None
        } else {
            Some(input.smooth_scroll_delta())
        }
    })?;
    if delta == egui::Vec2::ZERO {
        return None;
    }
    let axis = &pane.x;
    let [low, high] = axis.range.map(|end| axis.scale.project(end));
    let about = axis.scale.project(at[0]);
    let power = (f64::from(delta.y) * NOTCH).exp();
    let aside = f64::from(delta.x) / f64::from(shown.projection.frame.width()) * (high - low);
    Some([low, high].map(|end| axis.scale.unproject(about + (end - about) / power - aside)))
}

/// The box that is being drawn to come closer; what lies in it, when it is done.
fn framed(ui: &Ui, shown: &Shown, theme: Theme) -> Option<[[f64; 2]; 2]> {
    let Shown { response, projection, .. } = shown;
    let id = response.id.with("box");
    let inside = |at: Pos2| at.clamp(projection.frame.min, projection.frame.max);
    let now = ui.input(|input| input.pointer.latest_pos()).map(inside)?;
    if response.dragged_by(PointerButton::Secondary) {
        let from = ui.input(|input| input.pointer.press_origin()).map(inside)?;
        ui.data_mut(|data| data.insert_temp(id, from));
        let frame = Rect::from_two_pos(from, now);
        let ink = style::ink(theme, Ink::Text);
        ui.painter().rect_filled(frame, 0.0, ink.gamma_multiply(0.08));
        ui.painter().rect_stroke(frame, 0.0, Stroke::new(1.0, ink), StrokeKind::Middle);
        return None;
    }
    if !response.drag_stopped() {
        return None;
    }
    let from = ui.data_mut(|data| data.remove_temp::<Pos2>(id))?;
    let frame = Rect::from_two_pos(from, now);
    let is_box = frame.width() > SMALLEST_BOX && frame.height() > SMALLEST_BOX;
    let [left, lower] = projection.data(frame.left_bottom());
    let [right, upper] = projection.data(frame.right_top());
    is_box.then_some([[left, right], [lower, upper]])
}

/// A box smaller than this is a slip of the hand, in points.
const SMALLEST_BOX: f32 = 4.0;

/// The heading over a chart; says where it ends.
fn heading(ui: &Ui, pane: &Pane, spot: &Spot, frame: Rect, theme: Theme) -> f32 {
    let room = frame.right().max(spot.heading.right()) - frame.left() - ENLARGE - style::GRID;
    let heading = canvas::heading(ui, pane, theme, fonts::BODY, room);
    let at = pos2(frame.left(), spot.heading.center().y - heading.size().y / 2.0);
    let end = at.x + heading.size().x;
    ui.painter().galley(at, heading, ui.visuals().text_color());
    end
}

/// The heading over the chart of sharpness, where its measure is chosen; says where it ends.
fn gauge_ui(ui: &mut Ui, gauge: Gauge, spot: &Spot, frame: Rect, commands: &mut Commands) -> f32 {
    // Over a narrow chart the name reaches as far as leaves room for the button beside it.
    let right = frame.right().max(spot.heading.right() - ENLARGE - style::GRID);
    let place = Rect::from_min_max(
        pos2(frame.left(), spot.heading.top()),
        pos2(right, spot.heading.bottom()),
    );
    let line = egui::Layout::left_to_right(egui::Align::Center);
    let mut row = ui.new_child(UiBuilder::new().max_rect(place).layout(line));
    let mut picked = None;
    let menu = ComboBox::from_id_salt("measure of sharpness")
        .selected_text(RichText::new(gauge.name()).strong())
        .width(0.0)
        .truncate()
        .height(columns::height(ui))
        .show_ui(&mut row, |ui| {
            let item = |other: &Gauge| Item {
                name: other.name(),
                line: other.about().to_owned(),
                tip: fonts::words(
                    &format!("{} in files and on the command line", other.id()),
                    fonts::BODY,
                ),
                chosen: *other == gauge,
                emblem: None,
            };
            let group = Group { title: "", items: Gauge::ALL.iter().map(item).collect() };
            picked = columns::ui(ui, &[group], MEASURE);
        });
    if let Some(other) = picked.and_then(|(_, place)| Gauge::ALL.get(place)) {
        commands.push(Command::Chart(*other));
    }
    choice::name(&menu.response, "measure of sharpness", gauge.name());
    let end = menu.response.rect.right();
    let term = glossary::named(gauge.name());
    explain::about(&menu.response, term);
    if let Some(term) = term.filter(|_| menu.response.secondary_clicked()) {
        explain::ask(ui.ctx(), term);
    }
    menu.response.on_hover_text(explain::tip(gauge.about(), term, SECOND));
    end
}

/// What is said under a name that opens a menu.
const SECOND: &str = "Right click, or F1: its entry in the glossary";

/// The width of a column of the menu of measures.
const MEASURE: f32 = 336.0;

/// The width of the button that enlarges a chart.
const ENLARGE: f32 = 50.0;

/// The button that lets a chart fill the place of maps and charts, or gives it back.
fn enlarge_ui(
    ui: &mut Ui,
    place: usize,
    view: &View,
    spot: &Spot,
    end: f32,
    commands: &mut Commands,
) {
    // Beside the title: names of many curves reach up to its line at the right.
    let corner = pos2(end + 8.0, spot.heading.top() + 2.0);
    let rect = Rect::from_min_size(corner, vec2(ENLARGE, spot.heading.height() - 4.0));
    let (text, hint) = if view.enlarged == Some(place) {
        ("back", "All maps and charts again (C, Esc)")
    } else {
        ("larger", "This chart in the place of all maps and charts (C)")
    };
    let button = Button::new(RichText::new(text).size(fonts::SMALL)).frame_when_inactive(false);
    let response = ui.put(rect, button);
    let name = ["loss", "measure"][place.min(1)];
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Button, true, format!("{text}, chart of the {name}"))
    });
    if response.on_hover_text(hint).clicked() {
        let enlarged = if view.enlarged == Some(place) { None } else { Some(place) };
        commands.push(Command::Enlarge(enlarged));
    }
}

/// The switch over an axis: even or by ratios.
fn spread_ui(
    ui: &mut Ui,
    charted: Charted,
    picture: &Picture<'_>,
    spot: &Spot,
    frame: Rect,
    commands: &mut Commands,
) {
    let is_log = picture.asked.spreads.of(charted) == Spread::Log;
    let rect = Rect::from_min_max(
        pos2(frame.left() - 40.0, spot.heading.top() + 3.0),
        pos2(frame.left() - 4.0, spot.heading.bottom() - 1.0),
    );
    let text = RichText::new("log").size(fonts::SMALL);
    let button = Button::new(text).selected(is_log).frame_when_inactive(is_log);
    let response = ui.put(rect, button);
    let name = format!("log axis of {}", charted.id());
    response.widget_info(|| {
        egui::WidgetInfo::selected(egui::Role::CheckBox, true, is_log, name.as_str())
    });
    let hint =
        "Equal heights for equal ratios instead of equal differences (Y, of the loss Shift Y)";
    if response.on_hover_text(hint).clicked() {
        commands.push(Command::TurnSpread(charted));
    }
}

/// The step, or the gradients, under a pointer that is held on a chart.
fn pointed(shown: &Shown) -> Option<usize> {
    let is_held = shown.response.is_pointer_button_down_on();
    let other = [PointerButton::Secondary, PointerButton::Middle];
    let is_other = shown.response.ctx.input(|input| {
        other.into_iter().any(|button| input.pointer.button_down(button))
            || input.pointer.button_released(PointerButton::Secondary)
            || input.pointer.button_released(PointerButton::Middle)
    });
    if !is_held || is_other {
        return None;
    }
    let at = shown.response.interact_pointer_pos()?;
    let [place, _] = shown.projection.data(at);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the cast saturates"
    )]
    let whole = place.round().max(0.0) as usize;
    Some(whole)
}
