//! The window for whoever listens or copies: names, tables, and limits that are said.

use egui::accesskit::Role;
use egui::{Key, Modifiers, OutputCommand};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use samscope::scene::{builtin, file};

use super::{Window, app, press, press_with, reach, standing, unfold, window_of};

#[test]
fn the_window_is_called_by_the_program_and_its_scene() {
    let window = standing();
    let root = window.root();
    let name = root.accesskit_node().label().unwrap_or_default();
    assert_eq!(name, format!("samscope, {}", builtin::opening().heading()));
}

#[test]
fn readings_are_a_table_whose_cells_have_names_and_values() {
    let window = standing();
    let tables: Vec<_> = window.get_all_by_role(Role::Table).collect();
    assert_eq!(tables.len(), 1);
    let heads = |role| {
        let nodes = window.get_all_by_role(role);
        nodes.map(|node| node.accesskit_node().label().unwrap_or_default()).collect::<Vec<_>>()
    };
    assert_eq!(heads(Role::ColumnHeader), ["SGD", "SAM"]);
    let names = heads(Role::RowHeader);
    assert!(names.contains(&"L(w)".to_owned()) && names.len() > 10, "{names:?}");
    let runs = &app(&window).engine().comparison().expect("runs").runs;
    let loss = runs[1].row(200).expect("the last step").numbers.loss;
    let cell = window.get_by_role_and_label(Role::Cell, "L(w) of SAM");
    let said = cell.accesskit_node().value().expect("a value");
    assert!((said.parse::<f64>().expect("a number") - loss).abs() < 1e-3, "{said} {loss}");
}

#[test]
fn six_runs_are_read_in_groups_that_need_no_scrolling_sideways() {
    let runs: String = (1..=6).map(|k| format!("[[run]]\nrho = 0.{k}\n")).collect();
    let mut window = window_of(file::read(&runs).expect("a scene"), [1280.0, 800.0]);
    press(&mut window, Key::End);
    let tables = window.get_all_by_role(Role::Table);
    assert!(tables.count() > 1);
    // Of each group every run has its cell in every row; that none is cut is looked at in `overlap`.
    let cells = window.get_all_by_role(Role::Cell).count();
    assert!(cells > 6 * 5, "{cells} cells");
    let heads = window.get_all_by_role(Role::ColumnHeader).count();
    assert_eq!(heads, 6);
}

/// What is copied in the next frames.
fn copied(window: &mut Window) -> String {
    let mut copied = String::new();
    for _ in 0..3 {
        window.step();
        for command in &window.output().platform_output.commands {
            if let OutputCommand::CopyText(text) = command {
                copied.clone_from(text);
            }
        }
    }
    copied
}

#[test]
fn the_formulas_of_the_step_are_copied_and_a_part_of_them_selected() {
    let mut window = standing();
    press(&mut window, Key::Home);
    window.get_by_label("Copy step").click();
    let text = copied(&mut window);
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with("g = ∇L(w)\t("), "{text}");
    assert!(lines.iter().any(|line| line.starts_with("ε = ρ g/‖g‖\t(")), "{text}");
    assert!(lines.iter().any(|line| line.contains("‖ε‖ = 0.15")), "{text}");
    let place = window.get_by_label("‖ε‖ = 0.15").rect().center();
    window.hover_at(place);
    window.run_steps(2);
    for _ in 0..3 {
        window.drag_at(place);
        window.drop_at(place);
    }
    window.run_steps(2);
    window.event(egui::Event::Copy);
    assert_eq!(copied(&mut window).trim(), "‖ε‖ = 0.15");
}

/// Types into a field, and leaves it.
fn type_into(window: &mut Window, role: Role, name: &str, text: &str) {
    reach(window, role, name);
    window.get_by_role_and_label(role, name).focus();
    window.run_steps(2);
    press_with(window, Modifiers::COMMAND, Key::A);
    window.event(egui::Event::Text(text.to_owned()));
    window.run_steps(2);
    press(window, Key::Enter);
}

#[track_caller]
fn assert_said(window: &Window, text: &str) {
    let said: Vec<_> = app(window).said().map(str::to_owned).collect();
    assert!(said.iter().any(|said| said.contains(text)), "{text} in {said:?}");
}

#[test]
fn every_kind_of_field_says_what_it_can_be() {
    let mut window = window_of(builtin::find("minibatch").expect("a scene"), [1280.0, 800.0]);
    unfold(&mut window);
    type_into(&mut window, Role::SpinButton, "batch size", "0");
    assert_said(&window, "batch size cannot be 0: it goes from 1 to");
    type_into(&mut window, Role::TextInput, "seed", "many");
    assert_said(
        &window,
        "seed cannot be \"many\"; it is a whole number from 0 to 18446744073709551615",
    );
    let names: Vec<String> = window
        .get_all_by_role(Role::SpinButton)
        .filter_map(|node| node.accesskit_node().label())
        .filter(|name| name.starts_with("start, "))
        .collect();
    type_into(&mut window, Role::SpinButton, &names[0], "far");
    assert_said(&window, &format!("{} cannot be \"far\"; it is a finite number", names[0]));
}

#[test]
fn a_network_is_read_by_lengths_and_not_by_dashes() {
    let text =
        "data = \"moons\"\nmodel = \"network\"\npoints = 24\nunits = 3\nsteps = 6\nrho = 0.1";
    let mut window = window_of(file::read(text).expect("a scene"), [1280.0, 800.0]);
    press(&mut window, Key::End);
    let names: Vec<String> = window
        .get_all_by_role(Role::RowHeader)
        .filter_map(|node| node.accesskit_node().label())
        .collect();
    assert!(!names.iter().any(|name| name == "w" || name == "ε"), "{names:?}");
    let runs = &app(&window).engine().comparison().expect("runs").runs;
    let w = runs[1].row(6).expect("the last step").w.to_owned();
    let cell = window.get_by_role_and_label(Role::Cell, "‖w‖₂ of SAM");
    let said: f64 = cell.accesskit_node().value().and_then(|v| v.parse().ok()).expect("a number");
    assert!((said - w.dot(&w).sqrt()).abs() < 1e-2, "{said}");
}
