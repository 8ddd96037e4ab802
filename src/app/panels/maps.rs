//! The maps: zoomed, moved and hovered together; the start is dragged on them.

use std::borrow::Cow;

use egui::{CursorIcon, Pos2, Rect, Stroke, Ui, Vec2, pos2, vec2};

use super::captions::words;

use crate::app::canvas::axes::Margins;
use crate::app::canvas::ground::Ground;
use crate::app::canvas::{self, Hands, NOTCH, Shown};
use crate::app::commands::{Command, Commands};
use crate::app::layout::Spot;
use crate::app::panels::{listener, pointed, prediction};
use crate::app::view::{Gesture, View};
use crate::app::widgets::spread::shown;
use crate::app::{fonts, style};
use crate::engine::products::pointed::Pointed;
use crate::figure::palette::Theme;
use crate::figure::panels::Maps;
use crate::figure::picture::{Picture, Sight};
use crate::figure::surface::Surface;
use crate::figure::{Corner, Ink, Pane, ends, grounds, maps};
use crate::problem::grid::Window;
use crate::scene::layer::Layer;
use crate::scene::prospect::Bearing;

/// How close to the start a press must be to take it, in points.
const REACH: f32 = 12.0;
/// Degrees that a relief is turned by a drag of a point.
const TURN: f64 = 0.5;
/// The narrowest and widest that a map may be: beyond, neighbouring numbers and their squares run out of digits.
const SPANS: [f64; 2] = [1e-9, 1e9];

/// Shows the maps.
pub fn ui(
    ui: &mut Ui,
    picture: &Picture<'_>,
    (share, spots): (Maps, &[Spot]),
    view: &mut View,
    ground: &mut Ground,
    commands: &mut Commands,
) {
    let panes = match share {
        Maps::SideBySide => maps::side_by_side_keeping(picture, &ground.stages),
        Maps::Overlaid => vec![maps::overlaid_keeping(picture, &ground.stages)],
    };
    let mut pointer = None;
    let mut plots = Vec::new();
    for (pane, spot) in panes.iter().zip(spots) {
        let theme = view.theme;
        let pane = &named(pane, spot);
        let place = (spot.plot(), spot.margins);
        let plot = canvas::show(ui, pane, place, theme, Hands::Drag, ground);
        words(ui, pane, spot, &plot, theme);
        pointer = pointer.or_else(|| plot.pointer());
        touched(ui, &plot, picture, view, commands);
        plots.push(plot);
    }
    prediction::ui(ui, picture, &plots, view, commands);
    view.pointer = pointer;
    listener::tell(ui, picture, view);
    // One ring is enough for the keyboard; the maps move together.
    let first = plots.first().filter(|plot| plot.lens.is_none() || view.lens != Sight::Whole);
    if let Some(at) = first.and_then(|plot| start_on(picture, plot)) {
        listener::start(ui, picture, at, view, commands);
    }
    if let Some(at) = pointer.filter(|_| view.gesture != Some(Gesture::Pan)) {
        let loss = loss(picture, at);
        for plot in &plots {
            crosshair(ui, plot, at, loss, view.theme);
        }
    }
    let hovered = plots.iter().zip(&panes).find(|(plot, _)| plot.response.hovered());
    let thing = hovered.and_then(|(plot, pane)| pointed::on(plot, pane, picture));
    view.lit = thing.as_ref().map(|thing| thing.quantity);
    if let Some((plot, _)) = hovered.filter(|_| view.gesture.is_none()) {
        let here = picture.pointed.map(|pointed| said(picture, pointed));
        let ends = pointer.map(|at| ends::from_here(picture, at)).unwrap_or_default();
        let height =
            hovered.zip(pointer).and_then(|((_, pane), at)| grounds::at(picture, pane.id, at));
        let said = [thing.map(|thing| thing.said), here, height].into_iter().flatten();
        let lines: Vec<String> = said.chain(ends).collect();
        let runs =
            picture.runs().into_iter().filter_map(|run| Some(picture.place(picture.row(run)?.w)));
        let runs: Vec<Pos2> = runs.filter_map(|at| plot.screen(at)).collect();
        readout(ui, plot, lines.join("\n"), &runs, view.theme);
    }
}

/// The map with the names of its axes, where there is room for them.
fn named<'a>(pane: &'a Pane, spot: &Spot) -> Cow<'a, Pane> {
    if spot.margins == Margins::MAP {
        return Cow::Borrowed(pane);
    }
    let mut pane = pane.clone();
    pane.x.label.clear();
    pane.y.label.clear();
    Cow::Owned(pane)
}

/// What was done to a map in this frame.
fn touched(ui: &Ui, plot: &Shown, picture: &Picture<'_>, view: &mut View, commands: &mut Commands) {
    let Shown { response, projection, .. } = plot;
    let window = picture.look.window;
    let start = start_on(picture, plot);
    let near =
        |at: Option<Pos2>| start.zip(at).is_some_and(|(start, at)| start.distance(at) <= REACH);
    if response.drag_started() {
        let pressed = ui.input(|input| input.pointer.press_origin());
        view.gesture = Some(if pressed.is_some_and(|at| plot.is_on_lens(at)) {
            Gesture::Lens
        } else if near(pressed) {
            Gesture::Start
        } else if plot.surface.is_some() && !ui.input(|input| input.modifiers.shift) {
            Gesture::Turn(picture.asked.turn)
        } else {
            Gesture::Pan
        });
    }
    if response.dragged() {
        match view.gesture {
            Some(Gesture::Start) => {
                if let Some(at) = response.interact_pointer_pos() {
                    let inside = at.clamp(projection.frame.min, projection.frame.max);
                    if let Some(at) = plot.data(inside) {
                        commands.push(Command::MoveStart(at.map(tidy(window))));
                    }
                }
            }
            Some(Gesture::Pan) => {
                let delta = response.drag_delta();
                if delta != egui::Vec2::ZERO {
                    commands.push(match &plot.surface {
                        Some(surface) => Command::Zoom(slid(window, surface, delta)),
                        None => Command::Zoom(moved(window, projection.frame, delta)),
                    });
                }
            }
            Some(Gesture::Turn(from)) => {
                let way = ui.input(|input| input.pointer.total_drag_delta()).unwrap_or_default();
                let [azimuth, elevation] = [way.x, way.y].map(|way| TURN * f64::from(way));
                commands.push(Command::Turn(from.turned(azimuth, elevation)));
            }
            Some(Gesture::Lens) => {
                let at = response.interact_pointer_pos();
                if let Some(at) = at.filter(|_| view.lens != Sight::Whole) {
                    view.lens = Sight::In(corner_near(at, projection.frame));
                }
            }
            None => {}
        }
        let cursor = CursorIcon::Grabbing;
        ui.set_cursor_icon(cursor);
    } else if response.drag_stopped() {
        view.gesture = None;
    } else if response.hovered() {
        let over_lens = response.hover_pos().is_some_and(|at| plot.is_on_lens(at));
        let over_start = near(response.hover_pos()) && !over_lens;
        let can_move = over_start || (over_lens && view.lens != Sight::Whole);
        ui.set_cursor_icon(if can_move { CursorIcon::Grab } else { CursorIcon::Crosshair });
        if let (true, Some(start)) = (over_start, start) {
            let stroke = Stroke::new(1.5, style::ink(view.theme, Ink::Text));
            ui.painter().circle_stroke(start, REACH, stroke);
        }
    }
    // A map that tells where each start ends is asked by a click what happens on the way.
    if picture.asked.layer != Layer::Loss
        && response.clicked()
        && let Some(at) = plot.pointer()
    {
        commands.push(Command::MoveStart(at.map(tidy(window))));
    }
    if response.double_clicked() {
        let at = response.interact_pointer_pos();
        let on_lens = at.is_some_and(|at| plot.is_on_lens(at));
        commands.push(if on_lens { Command::ToggleLens } else { Command::ResetZoom });
        if plot.surface.is_some() {
            commands.push(Command::Turn(Bearing::default()));
        }
    }
    // Over a lens it is zoomed about what that shows; a map that is not to be seen stays as it is.
    let on_lens = plot.lens.filter(|_| view.lens != Sight::Whole).and_then(|lens| {
        let at = response.hover_pos()?;
        lens.place.contains(at).then_some(lens.centre)
    });
    if let Some(at) = plot.pointer().or(on_lens) {
        let (scroll, pinch) = ui.input(|input| (input.smooth_scroll_delta().y, input.zoom_delta()));
        let power = f64::from(pinch) * (f64::from(scroll) * NOTCH).exp();
        if (power - 1.0).abs() > 1e-6 {
            commands.push(Command::Zoom(zoomed(window, at, power)));
        }
    }
}

fn start_on(picture: &Picture<'_>, plot: &Shown) -> Option<Pos2> {
    let start = picture.asked.first_weights();
    if start.len() == 2 { plot.screen([start[0], start[1]]) } else { None }
}

/// Rounds a dragged weight to what a pixel can tell, so that scenes stay readable.
pub(super) fn tidy(window: Window) -> impl Fn(f64) -> f64 {
    let [width, height] = window.span();
    let pixel = width.max(height) / 1000.0;
    let unit = 10f64.powf(pixel.log10().floor());
    move |weight| {
        let rounded = (weight / unit).round() * unit;
        // Printing and reading again drops the last bits that rounding by a power of ten leaves.
        format!("{rounded:.12}").parse().unwrap_or(weight)
    }
}

/// The window after the map was moved by `delta` on screen.
fn moved(window: Window, frame: Rect, delta: egui::Vec2) -> Window {
    let [width, height] = window.span();
    let x = f64::from(delta.x) / f64::from(frame.width()) * width;
    let y = f64::from(delta.y) / f64::from(frame.height()) * height;
    Window::new(window.x.map(|edge| edge - x), window.y.map(|edge| edge + y))
}

/// The window after a surface was moved by `delta` on screen, along the ground.
fn slid(window: Window, surface: &Surface, delta: egui::Vec2) -> Window {
    let way = [delta.x, -delta.y].map(|points| f64::from(points) / surface.points_per_unit);
    let [x, y] = surface.camera.over_ground(way);
    Window::new(window.x.map(|edge| edge - x), window.y.map(|edge| edge - y))
}

/// The window magnified about a point that stays where it is.
#[must_use]
pub fn zoomed(window: Window, about: [f64; 2], power: f64) -> Window {
    let [width, height] = window.span();
    let limited = width.max(height) / power;
    if !(SPANS[0]..SPANS[1]).contains(&limited) {
        return window;
    }
    let edge = |edge: f64, centre: f64| centre + (edge - centre) / power;
    Window::new(window.x.map(|x| edge(x, about[0])), window.y.map(|y| edge(y, about[1])))
}

/// The corner of a map that is nearest.
fn corner_near(at: Pos2, frame: Rect) -> Corner {
    match (at.x < frame.center().x, at.y < frame.center().y) {
        (true, true) => Corner::TopLeft,
        (false, true) => Corner::TopRight,
        (true, false) => Corner::BottomLeft,
        (false, false) => Corner::BottomRight,
    }
}

/// From the place of a cross-hair to the beginning and to the end of its lines, in points.
const HAIRS: [f32; 2] = [3.0, 11.0];

/// A cross-hair at the same weights on every other map, with the loss there.
fn crosshair(ui: &Ui, plot: &Shown, at: [f64; 2], loss: Option<f64>, theme: Theme) {
    if plot.response.hovered() {
        return;
    }
    let frame = plot.projection.frame;
    let seen = plot.screen(at).filter(|at| frame.contains(*at));
    let Some(at) = seen.filter(|at| !plot.is_on_lens(*at)) else { return };
    let painter = ui.painter().with_clip_rect(frame);
    let [paper, text] = [Ink::Paper, Ink::Text].map(|ink| style::ink(theme, ink));
    for stroke in [Stroke::new(3.0, paper), Stroke::new(1.0, text)] {
        for way in [Vec2::X, Vec2::Y, -Vec2::X, -Vec2::Y] {
            painter.line_segment([at + HAIRS[0] * way, at + HAIRS[1] * way], stroke);
        }
    }
    let Some(loss) = loss else { return };
    let words =
        painter.layout_no_wrap(format!("L {}", shown(loss)), fonts::regular(fonts::SMALL), text);
    let size = words.size() + vec2(6.0, 2.0);
    let right = at.x + HAIRS[1] + size.x < frame.right();
    let up = at.y - HAIRS[1] - size.y > frame.top();
    let corner = at
        + vec2(
            if right { HAIRS[0] + 2.0 } else { -HAIRS[0] - 2.0 - size.x },
            if up { -HAIRS[0] - 2.0 - size.y } else { HAIRS[0] + 2.0 },
        );
    painter.rect_filled(Rect::from_min_size(corner, size), 3.0, paper.gamma_multiply(0.85));
    painter.galley(corner + vec2(3.0, 1.0), words, text);
}

/// The loss of a point of the map.
fn loss(picture: &Picture<'_>, at: [f64; 2]) -> Option<f64> {
    let ground = &picture.terrain?.field;
    ground.at(at[0], at[1])
}

/// What is said keeps so far from the pointer, in points.
const AWAY: f32 = 16.0;

/// What the pointer is on, with loss, gradient and curvature there, in a corner that is away from it, from the lens and
/// from where runs are.
pub(super) fn readout(ui: &Ui, plot: &Shown, text: String, runs: &[Pos2], theme: Theme) {
    let Some(pointer) = plot.response.hover_pos().filter(|_| !text.is_empty()) else { return };
    let colour = style::ink(theme, Ink::Text);
    let room = plot.projection.frame.shrink(6.0);
    let most = room.width() - 12.0;
    let mut job = fonts::words(&text, fonts::SMALL);
    job.wrap.max_width = most;
    let galley = ui.painter().layout_job(job);
    let size = galley.size() + vec2(12.0, 8.0);
    let far = room.max - size;
    let corners =
        [(room.left(), far.y), (far.x, far.y), (room.left(), room.top()), (far.x, room.top())];
    let places = corners.map(|(left, top)| Rect::from_min_size(pos2(left, top), size));
    let covers = |place: &Rect| {
        let lens = plot.lens.is_some_and(|lens| lens.place.intersects(*place));
        let over = runs.iter().any(|run| place.expand(AWAY / 2.0).contains(*run));
        (place.expand(AWAY).contains(pointer), over, lens)
    };
    let Some(&place) = places.iter().min_by_key(|place| covers(place)) else { return };
    let painter = ui.painter();
    painter.rect_filled(place, 4.0, style::ink(theme, Ink::Paper).gamma_multiply(0.92));
    painter.galley(place.min + vec2(6.0, 4.0), galley, colour);
}

/// What there is to say about a point of the map.
fn said(picture: &Picture<'_>, pointed: &Pointed) -> String {
    let Pointed { at, loss, slope, lambda_max, .. } = *pointed;
    if let Some(mark) = marked(picture, at) {
        return mark;
    }
    let place = format!("({}, {})", shown(round(at[0])), shown(round(at[1])));
    let mut text = format!("{place}   L {}\n‖∇L‖ {}", shown(loss), shown(slope));
    if let Some(lambda_max) = lambda_max {
        text.push_str(&format!("   λₘₐₓ {}", shown(lambda_max)));
    }
    text
}

/// How near to a mark the pointer is on it, in points.
const ON_MARK: f64 = 8.0;

/// The minimum or the saddle under the pointer: its numbers may have found no room on the map.
fn marked(picture: &Picture<'_>, at: [f64; 2]) -> Option<String> {
    let apart =
        |mark: [f64; 2]| picture.look.points_per_unit * (mark[0] - at[0]).hypot(mark[1] - at[1]);
    let minima = picture.minima().into_iter();
    let minima = minima.map(|minimum| ("Minimum", minimum.at, minimum.height, minimum.lambda_max));
    let saddles = picture.saddles().iter();
    let saddles = saddles.map(|saddle| ("Saddle", saddle.at, saddle.loss, saddle.lambda_max));
    let (what, mark, loss, lambda) =
        minima.chain(saddles).min_by(|a, b| apart(a.1).total_cmp(&apart(b.1)))?;
    (apart(mark) <= ON_MARK).then(|| {
        let place = format!("({}, {})", shown(round(mark[0])), shown(round(mark[1])));
        format!("{what} {place}\nL {}   λₘₐₓ {}", shown(loss), shown(lambda))
    })
}

/// Three decimals: what a pixel of the usual maps can tell.
fn round(weight: f64) -> f64 {
    if weight.abs() < 1e3 { (weight * 1e3).round() / 1e3 } else { weight }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zooming_keeps_the_point_under_the_pointer() {
        let window = Window::new([-2.0, 2.0], [-1.0, 1.0]);
        let closer = zoomed(window, [1.0, 0.5], 2.0);
        assert_eq!(closer, Window::new([-0.5, 1.5], [-0.25, 0.75]));
        assert_eq!(zoomed(window, [0.0, 0.0], 1e20), window);
    }

    #[test]
    fn a_dragged_start_is_a_number_one_can_say() {
        let window = Window::new([-2.0, 2.0], [-1.0, 1.0]);
        assert_eq!(tidy(window)(0.123_456_78), 0.123);
    }
}
