//! "Why did it end so?" in the window, and copies of a run that make a mistake.

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::{Window, app, click, press, press_with, standing};
use samscope::figure::panels::Maps;

fn names(window: &Window) -> Vec<String> {
    app(window).scene().runs.iter().map(|run| run.name.as_str().to_owned()).collect()
}

/// The sentences that can be opened, in order.
fn answers(window: &Window) -> Vec<String> {
    let labels = window.query_all_by_role(Role::Button).filter_map(|node| {
        node.accesskit_node()
            .label()
            .and_then(|label| label.strip_prefix("open: ").map(str::to_owned))
    });
    labels.collect()
}

#[test]
fn w_asks_why_and_every_answer_opens_the_rerun_that_it_is_about() {
    let mut window = standing();
    press(&mut window, Key::W);
    let said = answers(&window);
    assert!(said[0].starts_with("It leaves because it looks uphill: "), "{said:#?}");
    assert!(said.iter().any(|text| text == "Without ε it stays."), "{said:#?}");
    let label = "open: Without ε it stays.";
    window.get_by_role_and_label(Role::Button, label).click_accesskit();
    window.run_steps(3);
    assert_eq!(names(&window), ["sam", "run2"]);
    assert_eq!(app(&window).view().maps, Maps::Overlaid, "the two paths lie over each other");
    assert_eq!(app(&window).view().why, None);
    press_with(&mut window, egui::Modifiers::COMMAND, Key::Z);
    assert_eq!(names(&window), ["base", "sam"], "undo comes back");
}

#[test]
fn the_question_goes_over_to_another_run_and_is_closed_with_escape() {
    let mut window = standing();
    press(&mut window, Key::W);
    assert_eq!(app(&window).view().why, Some(1));
    // The name stands over the map too: the one that can be pressed is the question's.
    window.get_by_role_and_label(Role::Button, "SGD").click_accesskit();
    window.run_steps(3);
    assert_eq!(app(&window).view().why, Some(0));
    assert!(answers(&window)[0].starts_with("With SAM’s ε"), "{:?}", answers(&window));
    press(&mut window, Key::Escape);
    assert_eq!(app(&window).view().why, None);
}

#[test]
fn one_click_puts_a_run_that_goes_wrong_beside_the_right_one() {
    let mut window = standing();
    click(&mut window, "menu of SAM");
    click(&mut window, "What goes wrong if it…");
    click(&mut window, "ε reversed");
    assert_eq!(names(&window), ["base", "sam", "run3"]);
    let (right, wrong) = (app(&window).scene().spec(1), app(&window).scene().spec(2));
    assert!(!right.is_mistaken());
    assert_eq!(wrong.mistake.id(), "reversed");
    let wrong_is_told = window.query_all_by_role(Role::Image).any(|node| {
        node.accesskit_node().label().is_some_and(|label| label.contains("SAM, ε reversed"))
    });
    assert!(wrong_is_told, "the map of the wrong run says so");
    press_with(&mut window, egui::Modifiers::COMMAND, Key::Z);
    assert_eq!(names(&window), ["base", "sam"]);
}
