//! The table of variants: a click, or the keyboard alone, makes a cell the ascent.

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;

use super::{Window, app, press, unfold, window_of};
use samscope::scene::file;

fn folded_out() -> Window {
    let scene = file::read("landscape = \"two_wells\"\nsteps = 8\n").expect("a scene");
    let mut window = window_of(scene, [1280.0, 900.0]);
    unfold(&mut window);
    window
}

fn open() -> Window {
    let mut window = folded_out();
    window.get_by_role_and_label(Role::Button, "Variants…").click_accesskit();
    window.run_steps(3);
    window
}

#[test]
fn an_empty_cell_is_tried_and_a_named_one_is_its_paper() {
    let mut window = open();
    let cell = |window: &mut Window, label: &str| {
        window.get_by_role_and_label(Role::Button, label).click_accesskit();
        window.run_steps(4);
    };
    cell(&mut window, "gradient × surface × there: Monge SAM");
    assert_eq!(app(&window).scene().shared.ascent.id(), "monge");
    cell(&mut window, "momentum × surface × there: not named by a paper");
    let ascent = app(&window).scene().shared.ascent.clone();
    assert_eq!(ascent.id(), "composed");
    assert_eq!(samscope::optim::ascent::table::name(&ascent), "momentum × surface × there");
    cell(&mut window, "gradient × fixed × there: SAM");
    assert_eq!(app(&window).scene().shared.ascent.id(), "sam", "the table stays open");
}

#[test]
fn the_table_is_reached_by_the_keyboard() {
    let mut window = folded_out();
    window.get_by_role_and_label(Role::Button, "Variants…").focus();
    window.run_steps(2);
    press(&mut window, Key::Enter);
    window.run_steps(3);
    window.get_by_role_and_label(Role::Button, "average × fixed × there: VaSSO").focus();
    window.run_steps(2);
    press(&mut window, Key::Enter);
    window.run_steps(3);
    assert_eq!(app(&window).scene().shared.ascent.id(), "vasso");
}
