//! At first sight: what stands there, what folds, what menus show, and what a narrow bar leaves out.

use egui::accesskit::{Role, Toggled};
use egui::{Key, Modifiers, OutputCommand, Rect, pos2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use samscope::problem::{datasets, landscapes};
use samscope::scene::builtin;

use super::{Window, app, click, press, press_with, reach, standing, unfold, window, window_of};

fn labels(window: &Window, role: Role) -> Vec<String> {
    let nodes = window.query_all_by_role(role);
    nodes.map(|node| node.accesskit_node().label().unwrap_or_default()).collect()
}

#[test]
fn at_first_sight_there_are_rho_eta_p_and_play_and_everything_else_is_behind_its_title() {
    let mut window = standing();
    assert_eq!(labels(&window, Role::Slider), ["ρ", "η", "p", "step"]);
    let about = builtin::opening().about;
    assert!(window.query_by_label(&about).is_some(), "the scene says what to look for");
    let play = window.get_by_role_and_label(Role::Button, "Play").rect();
    for beside in ["First step", "Step back", "Step on", "Last step"] {
        let beside = window.get_by_role_and_label(Role::Button, beside).rect();
        assert!(play.area() > 1.5 * beside.area() && beside.height() >= 24.0);
    }
    let menus = labels(&window, Role::ComboBox);
    unfold(&mut window);
    let unfolded = labels(&window, Role::ComboBox);
    for menu in ["Problem", "model", "loss", "base", "ascent", "η over time", "ρ over time"] {
        assert!(!menus.iter().any(|name| name == menu), "{menu}");
        assert!(unfolded.iter().any(|name| name == menu), "{menu}");
    }
    for slider in ["crowd", "steps", "L2 penalty", "test part", "weight decay"] {
        assert!(labels(&window, Role::Slider).iter().any(|name| name == slider), "{slider}");
    }
}

#[test]
fn a_section_stays_as_it_was_left_in_another_scene() {
    let mut window = standing();
    let is_open = |window: &Window, title: &str| {
        let node = window.get_by_role_and_label(Role::DisclosureTriangle, title);
        node.accesskit_node().toggled() == Some(Toggled::True)
    };
    assert!(is_open(&window, "About this scene") && !is_open(&window, "Base and ascent"));
    click(&mut window, "Base and ascent");
    click(&mut window, "About this scene");
    scene(&mut window, "bounce");
    assert!(!is_open(&window, "About this scene") && is_open(&window, "Base and ascent"));
    assert!(window.query_by_label(&app(&window).scene().about).is_none());
    // The keyboard folds as well.
    window.get_by_role_and_label(Role::DisclosureTriangle, "Base and ascent").focus();
    window.run_steps(2);
    press(&mut window, Key::Enter);
    assert!(!is_open(&window, "Base and ascent"));
}

/// Picks a scene of the menu.
#[track_caller]
fn scene(window: &mut Window, name: &str) {
    window.get_by_role_and_label(Role::Button, "Scenes").click_accesskit();
    window.run_steps(3);
    window.get_by_role_and_label(Role::Button, name).click_accesskit();
    window.run_steps(3);
}

#[test]
fn every_scene_is_picked_by_the_name_it_has_on_the_command_line() {
    let mut window = window();
    for (name, built_in) in builtin::all().skip(1).take(4) {
        scene(&mut window, name);
        assert_eq!(app(&window).scene(), built_in);
        assert!(window.query_by_label(&built_in.about).is_some(), "{name}");
    }
}

#[test]
fn the_menu_of_problems_shows_all_of_them_at_once() {
    let mut window = window();
    reach(&mut window, Role::ComboBox, "Problem");
    window.get_by_role_and_label(Role::ComboBox, "Problem").click_accesskit();
    window.run_steps(4);
    let inside = Rect::from_min_size(pos2(0.0, 0.0), [1280.0, 800.0].into());
    let datasets = datasets::ALL.entries.iter().map(|entry| entry.name);
    let landscapes = landscapes::ALL.entries.iter().map(|entry| entry.name);
    let mut seen: Vec<Rect> = Vec::new();
    for name in datasets.chain(landscapes) {
        let rect = window.get_by_role_and_label(Role::Button, name).rect();
        assert!(inside.contains_rect(rect), "{name} at {rect}");
        assert!(rect.height() > 30.0, "{name} has a line below its name");
        assert!(!seen.iter().any(|other| other.shrink(1.0).intersects(rect)), "{name}");
        seen.push(rect);
    }
    assert_eq!(seen.len(), 32);
    let lowest = seen.iter().map(|rect| rect.bottom()).fold(0.0, f32::max);
    let highest = seen.iter().map(|rect| rect.top()).fold(800.0, f32::min);
    assert!(lowest - highest < 700.0, "nothing is scrolled away");
}

#[test]
fn the_numbers_of_the_step_are_copied_as_a_table() {
    let mut window = standing();
    window.get_by_label("Copy numbers").click();
    let mut copied = None;
    for _ in 0..3 {
        window.step();
        let commands = &window.output().platform_output.commands;
        copied = commands
            .iter()
            .find_map(|command| match command {
                OutputCommand::CopyText(text) => Some(text.clone()),
                _ => None,
            })
            .or(copied);
    }
    let copied = copied.expect("a text");
    let lines: Vec<Vec<&str>> = copied.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(lines[0], ["", "SGD", "SAM"]);
    assert!(lines.iter().all(|cells| cells.len() == 3), "{copied}");
    let loss = lines.iter().find(|cells| cells[0] == "L(w)").expect("the loss");
    let runs = &app(&window).engine().comparison().expect("runs").runs;
    for (run, said) in runs.iter().zip(&loss[1..]) {
        let row = run.row(200).expect("the last step");
        let said: f64 = said.parse().expect("a number");
        assert!((row.numbers.loss - said).abs() < 1e-3, "{said}");
    }
}

/// Whether no two of the things in the bar and in the timeline stand on each other, or out of the window.
#[track_caller]
fn stand_apart(window: &Window) {
    // Presented, everything is larger, and the window has fewer points.
    let inside = window.ctx.content_rect();
    let (width, height) = (inside.width(), inside.height());
    let mut seen: Vec<(Rect, String)> = Vec::new();
    for role in [Role::Button, Role::Slider, Role::ComboBox, Role::Label] {
        for node in window.query_all_by_role(role) {
            let (rect, node) = (node.rect(), node.accesskit_node());
            let name = node.label().or_else(|| node.value()).unwrap_or_default();
            if rect.center().y > 44.0 && rect.center().y < height - 48.0 {
                continue;
            }
            // Controls that are scrolled below the timeline's height, and readings beside it.
            let timeline = rect.center().y > 44.0;
            let row = window.get_by_role_and_label(Role::Button, "First step").rect();
            if timeline && rect.center().x < row.left() {
                continue;
            }
            assert!(inside.expand(1.0).contains_rect(rect), "{name}: {rect} in {width}×{height}");
            for (other, its) in &seen {
                let apart = !other.shrink(1.0).intersects(rect.shrink(1.0));
                assert!(apart, "{name} {rect} and {its} {other} in {width}×{height}");
            }
            seen.push((rect, name));
        }
    }
    assert!(seen.len() > 12, "{seen:?}");
}

#[test]
fn nothing_in_the_bar_and_the_timeline_stands_on_anything_else() {
    for size in [[700.0, 500.0], [860.0, 640.0], [961.0, 700.0], [1280.0, 800.0]] {
        let mut window = window_of(builtin::find("minibatch").expect("a scene"), size);
        press(&mut window, Key::D);
        // Without details, for they stand beside the timeline.
        if app(&window).view().details == samscope::app::view::Details::Shown {
            press(&mut window, Key::D);
        }
        stand_apart(&window);
    }
    for size in [[560.0, 400.0], [595.0, 446.0], [744.0, 465.0]] {
        let mut window = window_of(builtin::find("minibatch").expect("a scene"), size);
        press(&mut window, Key::P);
        stand_apart(&window);
    }
}

#[test]
fn a_narrow_bar_keeps_what_it_leaves_out_in_a_menu_and_a_presented_one_has_an_exit() {
    let mut window = window_of(builtin::opening(), [700.0, 500.0]);
    for name in ["Details", "One map", "Present", "hide next", "by steps"] {
        assert!(window.query_by_label(name).is_none(), "{name}");
    }
    click(&mut window, "How it plays");
    click(&mut window, "by steps");
    assert!(app(&window).view().against == samscope::figure::picture::Against::Gradients);
    press(&mut window, Key::Escape);
    click(&mut window, "More");
    click(&mut window, "Present");
    assert!(window.query_by_label("Undo").is_none() && window.query_by_label("More").is_none());
    for name in ["Scenes", "Keys", "Export ▾"] {
        assert!(window.query_by_role_and_label(Role::Button, name).is_some(), "{name}");
    }
    click(&mut window, "Exit");
    assert!(window.query_by_label("Undo").is_some());
}

#[test]
fn tab_goes_through_the_window_in_reading_order() {
    let mut window = standing();
    let mut order: Vec<String> = Vec::new();
    for _ in 0..60 {
        press(&mut window, Key::Tab);
        let focused = window.root().children_recursive().find(|node| node.is_focused());
        let name = focused.and_then(|node| node.accesskit_node().label());
        order.extend(name);
    }
    let wanted = [
        "Scenes",
        "Undo",
        "One map",
        "Present",
        "Keys",
        "Export ▾",
        "About this scene",
        "show SGD",
        "ρ",
        "η",
        "p",
        "Base and ascent",
        "Schedules",
        "measure of sharpness",
        "First step",
        "Play",
        "step",
        "speed",
        "by steps",
        "Copy numbers",
    ];
    let mut places = Vec::new();
    for name in wanted.into_iter().filter(|name| *name != "Undo") {
        let place = order.iter().position(|other| other == name);
        places.push(place.unwrap_or_else(|| panic!("{name} in {order:?}")));
    }
    assert!(places.is_sorted(), "{order:?}");
}

#[test]
fn undo_in_a_field_that_is_typed_into_leaves_the_scene_alone() {
    let mut window = standing();
    super::slide(&mut window, "η", 0.1);
    unfold(&mut window);
    let before = app(&window).scene().clone();
    let field = window.get_by_role_and_label(Role::TextInput, "seed");
    field.focus();
    window.run_steps(2);
    window.event(egui::Event::Text("7".to_owned()));
    window.run_steps(2);
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(*app(&window).scene(), before);
    press(&mut window, Key::Escape);
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_ne!(app(&window).scene().shared.eta, before.shared.eta, "outside of it, it does");
}

#[test]
fn a_number_that_cannot_be_is_answered_with_its_limits() {
    let mut window = standing();
    let field = window.get_all_by_role(Role::SpinButton).next().expect("the number of ρ");
    field.focus();
    window.run_steps(2);
    press_with(&mut window, Modifiers::COMMAND, Key::A);
    window.event(egui::Event::Text("-1".to_owned()));
    window.run_steps(2);
    press(&mut window, Key::Enter);
    let said: Vec<_> = app(&window).said().map(str::to_owned).collect();
    assert!(said.iter().any(|text| text.starts_with("ρ cannot be")), "{said:?}");
    assert!(said.iter().any(|text| text.contains("0 is the least")), "{said:?}");
    assert!(app(&window).scene().shared.ball.rho.is_zero());
}

#[test]
fn a_number_of_the_step_is_selected_and_copied() {
    let mut window = standing();
    let app_now = app(&window);
    let run = &app_now.engine().comparison().expect("runs").runs[1];
    let loss = format!("{:.4}", run.row(200).expect("the last step").numbers.loss);
    let place = window.get_by_label(&loss).rect().center();
    window.hover_at(place);
    window.run_steps(2);
    for _ in 0..3 {
        window.drag_at(place);
        window.drop_at(place);
    }
    window.run_steps(2);
    window.event(egui::Event::Copy);
    let mut copied = String::new();
    for _ in 0..3 {
        window.step();
        for command in &window.output().platform_output.commands {
            if let OutputCommand::CopyText(text) = command {
                copied.clone_from(text);
            }
        }
    }
    assert_eq!(copied.trim(), loss);
}

#[test]
fn every_measure_is_in_the_menu_with_what_it_is_and_the_chart_has_its_whole_name() {
    let mut window = standing();
    let menu = window.get_by_role_and_label(Role::ComboBox, "measure of sharpness");
    assert_eq!(menu.accesskit_node().value().as_deref(), Some("Curvature at the minima"));
    menu.click_accesskit();
    window.run_steps(4);
    let inside = Rect::from_min_size(pos2(0.0, 0.0), [1280.0, 800.0].into());
    for gauge in samscope::analysis::gauge::Gauge::ALL {
        let rect = window.get_by_role_and_label(Role::Button, gauge.name()).rect();
        assert!(inside.contains_rect(rect) && rect.height() > 30.0, "{gauge:?} at {rect}");
    }
}
