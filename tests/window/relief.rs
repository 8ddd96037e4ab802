//! Maps in relief in the window: chosen by a key, turned by a drag, pointed at, taken back by undo.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2, Rect, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::{Window, app, press, press_with, window_of};
use samscope::scene::file;
use samscope::scene::prospect::{Bearing, Prospect};

/// The plots that say so of themselves, from left to right.
fn plots(window: &Window, words: &str) -> Vec<Rect> {
    let images = window.query_all_by_role(Role::Image);
    let says = |label: Option<String>| label.is_some_and(|label| label.contains(words));
    images.filter(|node| says(node.accesskit_node().label())).map(|node| node.rect()).collect()
}

/// A window whose step stands.
fn quick() -> Window {
    let text = "landscape = \"two_wells\"\nsteps = 4\n";
    let mut window = window_of(file::read(text).expect("a scene"), [1280.0, 800.0]);
    press(&mut window, Key::End);
    window
}

fn drag(window: &mut Window, from: Pos2, to: Pos2) {
    window.hover_at(from);
    window.run_steps(2);
    window.drag_at(from);
    window.run_steps(2);
    window.hover_at(from + 0.5 * (to - from));
    window.run_steps(2);
    window.hover_at(to);
    window.run_steps(2);
    window.drop_at(to);
    window.run_steps(3);
}

#[test]
fn a_key_shows_the_maps_in_relief_and_a_drag_turns_them_as_one_edit() {
    let mut window = quick();
    press(&mut window, Key::R);
    assert_eq!(app(&window).scene().view, Prospect::Relief);
    let maps = plots(&window, "Relief of the loss");
    assert_eq!(maps.len(), 2);
    // Beside the block, where no run starts.
    let from = maps[0].left_top() + vec2(20.0, 20.0);
    drag(&mut window, from, from + vec2(60.0, 20.0));
    let turned = app(&window).scene().turn;
    assert_eq!(turned, Bearing::default().turned(30.0, 10.0));
    assert_eq!(app(&window).view().zoom, None, "the map was not moved");
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(app(&window).scene().turn, Bearing::default(), "a drag is one edit");
    assert_eq!(app(&window).scene().view, Prospect::Relief);
    press(&mut window, Key::Comma);
    press(&mut window, Key::I);
    assert_eq!(app(&window).scene().turn, Bearing::default().turned(-15.0, 5.0));
    press(&mut window, Key::R);
    assert_eq!(plots(&window, "Map of the loss").len(), 2);
}

#[test]
fn the_menu_has_it_too() {
    let mut window = quick();
    window.get_by_role_and_label(Role::Button, "Ground").click_accesskit();
    window.run_steps(4);
    window.get_by_role_and_label(Role::Button, "Relief").click_accesskit();
    window.run_steps(6);
    assert_eq!(app(&window).scene().view, Prospect::Relief);
}

#[test]
fn pointing_at_a_relief_tells_the_place_of_the_surface_that_is_seen() {
    let text = "landscape = \"two_wells\"\nsteps = 4\nview = \"relief\"\n";
    let mut window = window_of(file::read(text).expect("a scene"), [1280.0, 800.0]);
    let maps = plots(&window, "Relief of the loss");
    window.hover_at(maps[0].center());
    window.run_steps(3);
    let at = app(&window).view().pointer.expect("a place of the surface");
    let window_of_map = app(&window).scene().shown_window();
    let reach = window_of_map.span().into_iter().fold(0.0, f64::max);
    let centre = window_of_map.centre();
    assert!((0..2).all(|k| (at[k] - centre[k]).abs() < reach), "{at:?}");
    // A corner of the plot is paper.
    window.hover_at(maps[0].left_top() + vec2(4.0, 4.0));
    window.run_steps(3);
    assert_eq!(app(&window).view().pointer, None);
}
