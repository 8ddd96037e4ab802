//! The ground of the maps in the window: chosen by a menu or a key, said by the map, taken back by undo.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::{Window, app, press, press_with, window_of};
use samscope::engine::products::grounds::Grounds;
use samscope::engine::products::slopes::Slopes;
use samscope::scene::arrows::Arrows;
use samscope::scene::layer::Layer;
use samscope::scene::{Scene, file};

fn quick() -> Scene {
    file::read("landscape = \"two_wells\"\nsteps = 8\n").expect("a scene")
}

/// How many pictures say this of themselves.
fn said(window: &Window, words: &str) -> usize {
    let images = window.query_all_by_role(Role::Image);
    let labels = images.filter_map(|node| node.accesskit_node().label());
    labels.filter(|label| label.contains(words)).count()
}

#[test]
fn the_menu_and_the_keys_choose_what_maps_show_and_undo_takes_it_back() {
    let mut window = window_of(quick(), [1280.0, 800.0]);
    window.get_by_role_and_label(Role::Button, "Ground").click_accesskit();
    window.run_steps(4);
    window.get_by_role_and_label(Role::Button, "Surrogate").click_accesskit();
    window.run_steps(6);
    assert_eq!(app(&window).scene().ground.id, "surrogate");
    assert!(app(&window).engine().product::<Grounds>().is_some());
    assert_eq!(said(&window, "Map of the surrogate L(w + ε(w)) of SAM"), 1);
    assert_eq!(said(&window, "Map of the loss over"), 1, "descent's map shows the loss");
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(app(&window).scene().ground.is_the_loss());
    assert_eq!(said(&window, "Map of the loss over"), 2);
    press(&mut window, Key::U);
    assert_eq!(app(&window).scene().ground.id, "penalised");
    press(&mut window, Key::V);
    assert_eq!(app(&window).scene().arrows, Arrows::Descent);
    assert!(app(&window).engine().product::<Slopes>().is_some());
}

#[test]
fn another_ground_takes_the_place_of_where_starts_end() {
    let mut window = window_of(quick(), [1280.0, 800.0]);
    press(&mut window, Key::B);
    assert_eq!(app(&window).scene().layer, Layer::Ends);
    press(&mut window, Key::U);
    assert_eq!(app(&window).scene().layer, Layer::Loss);
    assert_eq!(said(&window, "L + ρ‖∇L‖ of SAM"), 1);
}
