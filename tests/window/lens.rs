//! The lens in the window: there while the step stands, put into a corner by hand, made as large as the map by a key.

use egui::accesskit::Role;
use egui::{Key, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::{Window, app, press, standing, window};
use samscope::engine::products::close::Close;
use samscope::figure::Corner;
use samscope::figure::picture::Sight;

/// The plot of the last map.
fn map(window: &Window) -> egui::Rect {
    let is_map = |label: String| label.contains("Map of the loss");
    let images = window.query_all_by_role(Role::Image);
    let maps = images.filter(|node| is_map(node.accesskit_node().label().unwrap_or_default()));
    maps.map(|node| node.rect()).reduce(|_, last| last).expect("a map")
}

fn drag(window: &mut Window, from: egui::Pos2, to: egui::Pos2) {
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
fn a_lens_is_dragged_to_another_corner_and_the_map_stays_where_it_is() {
    let mut window = standing();
    let map = map(&window);
    let inside = 60.0;
    // Wherever it is, it is in one of the corners.
    for corner in
        [map.right_top() + vec2(-inside, inside), map.right_bottom() - vec2(inside, inside)]
    {
        drag(&mut window, corner, map.left_top() + vec2(inside, inside));
        window.key_press(Key::Num0);
        window.run_steps(3);
    }
    drag(
        &mut window,
        map.left_bottom() + vec2(inside, -inside),
        map.left_top() + vec2(inside, inside),
    );
    press(&mut window, Key::Num0);
    if app(&window).view().lens == Sight::WhereItCoversLeast {
        // It was in the one corner that nobody dragged it from.
        let to = map.right_top() + vec2(-inside, inside);
        drag(&mut window, map.left_top() + vec2(inside, inside), to);
    }
    assert!(matches!(app(&window).view().lens, Sight::In(_)), "{:?}", app(&window).view().lens);
    let lens = app(&window).view().lens;
    let at = match lens {
        Sight::In(Corner::TopLeft) => map.left_top() + vec2(inside, inside),
        _ => map.right_top() + vec2(-inside, inside),
    };
    drag(&mut window, at, map.left_bottom() + vec2(inside, -inside));
    assert_eq!(app(&window).view().lens, Sight::In(Corner::BottomLeft));
    assert_eq!(app(&window).view().zoom, None, "the map was not moved");
}

#[test]
fn a_key_makes_the_lens_as_large_as_the_map_and_small_again() {
    let mut window = standing();
    press(&mut window, Key::L);
    assert_eq!(app(&window).view().lens, Sight::Whole);
    let lenses = app(&window).engine().product::<Close>().expect("the ground of the lenses");
    assert!(lenses.runs.iter().flatten().count() == 2);
    press(&mut window, Key::L);
    assert_eq!(app(&window).view().lens, Sight::WhereItCoversLeast);
}

#[test]
fn while_the_step_moves_by_itself_no_lens_asks_for_its_ground() {
    let mut window = window();
    assert!(app(&window).view().playback.is_playing());
    assert!(app(&window).engine().product::<Close>().is_none());
    press(&mut window, Key::Space);
    assert!(app(&window).engine().product::<Close>().is_some());
}

#[test]
fn the_step_is_told_in_words_beside_its_numbers_and_on_the_map() {
    let mut window = standing();
    press(&mut window, Key::Home);
    assert!(window.query_by_label("The step of SAM").is_some());
    assert!(window.query_by_label("ε = ρ g/‖g‖").is_some());
    let told = window.get_all_by_role(Role::Image).any(|node| {
        let label = node.accesskit_node().label().unwrap_or_default();
        label.contains("At w + ε the gradient is")
    });
    assert!(told, "the map says what its lens shows");
}
