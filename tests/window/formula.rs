//! A formula of one's own in the window: chosen in the menu, typed, applied when it can be read.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::{Window, app, press_with, reach, slide, unfold, window};

fn retype(window: &mut Window, text: &str) {
    window.get_by_role_and_label(Role::TextInput, "Formula").focus();
    window.run_steps(2);
    press_with(window, Modifiers::COMMAND, Key::A);
    window.event(egui::Event::Text(text.to_owned()));
    window.run_steps(3);
}

fn said(window: &Window, words: &str) -> bool {
    window.query_all_by_label_contains(words).next().is_some()
}

#[test]
fn a_formula_is_applied_as_it_is_typed_and_the_last_good_one_stays() {
    let mut window = window();
    reach(&mut window, Role::ComboBox, "Problem");
    window.get_by_role_and_label(Role::ComboBox, "Problem").click_accesskit();
    window.run_steps(4);
    window.get_by_role_and_label(Role::Button, "Own formula").click_accesskit();
    window.run_steps(4);
    unfold(&mut window);
    retype(&mut window, "ax^2 + y^2");
    assert_eq!(app(&window).scene().heading(), "ax^2 + y^2");
    let eta = app(&window).scene().shared.eta.get();
    assert!((eta - 0.2).abs() < 1e-12, "half of one over a curvature of two, to a digit: {eta}");

    retype(&mut window, "ax^2 + sni(y)");
    assert_eq!(app(&window).scene().heading(), "ax^2 + y^2", "the last good one stays");
    assert!(said(&window, "column 8: there is no function \"sni\"; did you mean sin?"));
    retype(&mut window, "ax^2 + |y|");
    assert!(!said(&window, "column 8") && said(&window, "has kinks or jumps"));

    slide(&mut window, "a", 4.0);
    let named = |window: &Window, key: &str| match &app(window).scene().subject {
        samscope::scene::Subject::Formula(landscape) => landscape.get(key),
        samscope::scene::Subject::Fit(_) => None,
    };
    assert_eq!(named(&window, "formula_a"), Some(4.0), "a parameter is a slider");
    retype(&mut window, "ax^2 + tilt y^2 + tilt");
    slide(&mut window, "tilt", -3.0);
    assert_eq!(named(&window, "formula_a"), Some(4.0), "it stays");
    let value = |window: &Window| {
        let objective = app(window).scene().source().build().objective;
        objective.loss(ndarray::arr1(&[1.0, 2.0]).view(), samscope::problem::Batch::Whole)
    };
    assert!((value(&window) - (4.0 - 12.0 - 3.0)).abs() < 1e-12);
    // A parameter keeps its value while the formula is typed on.
    retype(&mut window, "ax^2 + tilt y^2");
    assert!((value(&window) - (4.0 - 12.0)).abs() < 1e-12);
    let written = samscope::scene::file::write(app(&window).scene());
    assert!(written.contains("formula_tilt = -3.0") && !written.contains("formula_parameters"));
    assert_eq!(samscope::scene::file::read(&written).unwrap(), *app(&window).scene());
    retype(&mut window, "ax^2 + |y|");
    let objective = app(&window).scene().source().build().objective;
    let loss = objective.loss(ndarray::arr1(&[1.0, 2.0]).view(), samscope::problem::Batch::Whole);
    assert!((loss - 6.0).abs() < 1e-12);
}
