//! The map that tells where each start ends, and the atlas in the window.

use egui::accesskit::Role;
use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::{Window, app, click, press, press_with, window_of};
use samscope::engine::products::atlas::Atlas;
use samscope::engine::products::ends::Ends;
use samscope::scene::layer::Layer;
use samscope::scene::{Scene, file};

/// A scene whose runs take little: the work is done within a frame.
fn quick() -> Scene {
    file::read("landscape = \"two_wells\"\nsteps = 8\n").expect("a scene")
}

/// What pictures say whose words have this in them.
fn said(window: &Window, words: &str) -> Vec<String> {
    let images = window.query_all_by_role(Role::Image);
    images
        .filter_map(|node| node.accesskit_node().label())
        .filter(|label| label.contains(words))
        .collect()
}

fn place(window: &Window, words: &str) -> egui::Rect {
    let images = window.query_all_by_role(Role::Image);
    let mut found = images
        .filter(|node| node.accesskit_node().label().is_some_and(|label| label.contains(words)));
    found.next().expect("a picture").rect()
}

#[test]
fn a_key_tells_where_each_start_ends_and_a_click_goes_there() {
    let mut window = window_of(quick(), [1280.0, 800.0]);
    press(&mut window, Key::B);
    assert_eq!(app(&window).scene().layer, Layer::Ends);
    let ends = app(&window).engine().product::<Ends>().expect("the ends are known");
    assert!(ends.part >= 1.0);
    assert_eq!(said(&window, "Of all starts").len(), 2, "each map says it");
    let map = place(&window, "Map of the loss");
    let at = map.left_top() + vec2(0.3 * map.width(), 0.3 * map.height());
    window.hover_at(at);
    window.run_steps(2);
    window.drag_at(at);
    window.run_steps(1);
    window.drop_at(at);
    window.run_steps(4);
    assert!(app(&window).scene().shared.start.is_some(), "the runs begin where one clicked");
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(app(&window).scene().shared.start.is_none(), "and it can be undone");
    press(&mut window, Key::B);
    assert_eq!(app(&window).scene().layer, Layer::Differ);
    assert_eq!(said(&window, "runs end otherwise").len(), 2);
    press(&mut window, Key::B);
    assert_eq!(app(&window).scene().layer, Layer::Loss);
    assert!(app(&window).engine().product::<Ends>().is_none());
}

#[test]
fn where_there_are_more_weights_than_two_it_is_said_that_there_are_no_starts() {
    let network = "data = \"blobs\"\nmodel = \"network\"\npoints = 20\nunits = 3\nsteps = 4\n";
    let mut window = window_of(file::read(network).expect("a scene"), [1280.0, 800.0]);
    press(&mut window, Key::B);
    assert_eq!(app(&window).scene().layer, Layer::Loss);
    assert!(app(&window).said().any(|said| said.contains("two weights")));
}

#[test]
fn a_click_on_a_cell_of_the_atlas_makes_it_the_scene() {
    let mut window = window_of(quick(), [1280.0, 800.0]);
    let before = app(&window).scene().clone();
    click(&mut window, "Atlas");
    let atlas = app(&window).engine().product::<Atlas>().expect("the atlas is known");
    let cells = std::sync::Arc::clone(&atlas.cells);
    assert_eq!(said(&window, "Atlas over").len(), 1);
    assert!(said(&window, "Map of the loss").is_empty(), "it is in the place of the maps");
    let plot = place(&window, "Atlas over");
    let at = plot.left_top() + vec2(0.71 * plot.width(), 0.4 * plot.height());
    window.hover_at(at);
    window.run_steps(2);
    window.drag_at(at);
    window.run_steps(1);
    window.drop_at(at);
    window.run_steps(4);
    let chosen = app(&window).scene().shared.clone();
    assert!(chosen.ball.rho != before.shared.ball.rho && chosen.eta != before.shared.eta);
    let rho = cells.settings.sides[0].numbers();
    assert!(rho.contains(&chosen.ball.rho.get()), "the values are those of the cell");
    let same = app(&window).engine().product::<Atlas>().expect("it stays");
    assert!(std::sync::Arc::ptr_eq(&same.cells, &cells), "and is not made again");
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(app(&window).scene().shared, before.shared);
    press(&mut window, Key::Escape);
    assert!(app(&window).view().atlas.is_none());
    assert!(app(&window).engine().product::<Atlas>().is_none(), "what is not seen is dropped");
    assert_eq!(said(&window, "Map of the loss").len(), 2);
}

#[test]
fn the_settings_of_the_atlas_are_chosen_and_change_places() {
    let mut window = window_of(quick(), [1024.0, 768.0]);
    press(&mut window, Key::A);
    let key = |window: &Window, side| {
        app(window).view().atlas.as_ref().expect("it is open").key(side).to_owned()
    };
    assert_eq!([key(&window, 0), key(&window, 1)], ["rho", "eta"]);
    for (menu, item, expected) in
        [("setting across", "p", ["p", "eta"]), ("setting up", "p", ["eta", "p"])]
    {
        window.get_by_role_and_label(Role::ComboBox, menu).click_accesskit();
        window.run_steps(3);
        window.get_by_role_and_label(Role::Button, item).click_accesskit();
        window.run_steps(3);
        assert_eq!([key(&window, 0), key(&window, 1)], expected);
    }
    assert_eq!(said(&window, "Atlas over").len(), 1);
}
