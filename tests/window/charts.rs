//! Coming closer to charts, reading them, and how they spread their values.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2, Rect, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use samscope::analysis::charted::Charted;
use samscope::analysis::gauge::Gauge;
use samscope::analysis::spread::Spread;

use super::{Window, app, press, press_with, standing, step};

/// Where a chart is, by the beginning of its description.
#[track_caller]
fn chart(window: &Window, begins: &str) -> Rect {
    let is_it = |label: Option<String>| label.is_some_and(|label| label.starts_with(begins));
    let found = window
        .get_all_by_role(Role::Image)
        .find(|image| is_it(image.accesskit_node().label()))
        .map(|image| image.rect());
    found.expect("a chart that says what it is")
}

fn wheel(window: &mut Window, at: Pos2, modifiers: Modifiers) {
    window.hover_at(at);
    window.run_steps(1);
    window.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Line,
        delta: vec2(0.0, 3.0),
        modifiers,
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
    });
    window.run_steps(8);
}

#[test]
fn the_wheel_brings_both_charts_closer_and_a_key_shows_all_again() {
    let mut window = standing();
    let loss = chart(&window, "Loss against");
    wheel(&mut window, loss.center(), Modifiers::NONE);
    let closer = app(&window).view().charts;
    let [from, to] = closer.time.expect("a part of the time");
    assert!(0.0 < from && from < to && to < 200.0, "{from} to {to}");
    assert_eq!([closer.loss, closer.measure], [None, None], "heights stay whole");
    press(&mut window, Key::Num0);
    assert_eq!(app(&window).view().charts.time, None);
}

#[test]
fn a_box_with_the_second_button_is_what_is_shown_next() {
    let mut window = standing();
    let loss = chart(&window, "Loss against");
    let before = step(&window);
    let ends = [loss.center() - vec2(40.0, 20.0), loss.center() + vec2(40.0, 20.0)];
    let button = |pos, pressed| egui::Event::PointerButton {
        pos,
        button: egui::PointerButton::Secondary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    window.hover_at(ends[0]);
    window.event(button(ends[0], true));
    window.run_steps(1);
    window.hover_at(loss.center());
    window.run_steps(1);
    window.hover_at(ends[1]);
    window.run_steps(1);
    window.event(button(ends[1], false));
    window.run_steps(3);
    let closer = app(&window).view().charts;
    let [from, to] = closer.time.expect("a part of the time");
    let wanted = 200.0 * 80.0 / f64::from(loss.width());
    assert!(((to - from) / wanted - 1.0).abs() < 0.2, "{from} to {to}, {wanted}");
    assert!(closer.loss.is_some() && closer.measure.is_none());
    assert_eq!(step(&window), before, "the playhead stays");
}

#[test]
fn hovering_reads_every_run_in_both_charts() {
    let mut window = standing();
    let loss = chart(&window, "Loss against");
    window.hover_at(loss.center());
    window.run_steps(3);
    let read = app(&window).view().charts.read.expect("a time under the pointer");
    assert!((read - 100.0).abs() < 10.0, "{read}");
    window.hover_at(loss.center() - vec2(0.0, 400.0));
    window.run_steps(3);
    assert_eq!(app(&window).view().charts.read, None);
}

#[test]
fn a_switch_spreads_a_chart_by_ratios_and_undo_takes_it_back() {
    let mut window = standing();
    let of = |window: &Window, charted| app(window).scene().spreads.of(charted);
    super::click(&mut window, "log axis of loss");
    assert_eq!(of(&window, Charted::Loss), Spread::Log);
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(of(&window, Charted::Loss), Spread::Linear);
    let measure = Charted::Measure(Gauge::Minima);
    press(&mut window, Key::Y);
    assert_eq!(of(&window, measure), Spread::Log);
    press_with(&mut window, Modifiers::SHIFT, Key::Y);
    assert_eq!(of(&window, Charted::Loss), Spread::Log);
}

#[test]
fn a_chart_takes_the_place_of_the_maps_and_gives_it_back() {
    let mut window = standing();
    let small = chart(&window, "Loss against");
    press(&mut window, Key::C);
    assert_eq!(app(&window).view().enlarged, Some(0));
    let large = chart(&window, "Loss against");
    assert!(large.height() > 3.0 * small.height() && large.width() > 1.6 * small.width());
    press(&mut window, Key::Escape);
    assert_eq!(chart(&window, "Loss against"), small);
    super::click(&mut window, "larger, chart of the measure");
    assert_eq!(app(&window).view().enlarged, Some(1));
    super::click(&mut window, "back, chart of the measure");
    assert_eq!(app(&window).view().enlarged, None);
}
