//! Runs in the window: added, hidden, renamed, removed, and given what is their own.

use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::{Window, app, click, pick, press_with, slide, window, window_of};
use samscope::figure::panels::Maps;
use samscope::scene::file;

fn names(window: &Window) -> Vec<String> {
    app(window).scene().runs.iter().map(|run| run.name.as_str().to_owned()).collect()
}

fn maps(window: &Window) -> usize {
    let maps = window.query_all_by_role(Role::Image).filter(|node| {
        let label = node.accesskit_node().label().unwrap_or_default();
        label.contains("Map of the loss")
    });
    maps.count()
}

#[test]
fn a_run_is_added_like_the_last_and_given_a_radius_of_its_own() {
    let mut window = window();
    assert_eq!(maps(&window), 2);
    click(&mut window, "Add a run");
    assert_eq!(names(&window), ["base", "sam", "run3"]);
    assert_eq!(maps(&window), 3);
    let same = "the same as SAM (sam) so far";
    assert!(window.query_by_label(same).is_some(), "the new run lies under the other");
    click(&mut window, "Give each run its own ρ");
    let own = |window: &Window| -> Vec<Option<f64>> {
        let runs = app(window).scene().runs.clone();
        runs.iter().map(|run| run.own.rho.map(|rho| rho.get())).collect()
    };
    assert_eq!(own(&window), [None, Some(0.15), Some(0.15)]);
    press_with(&mut window, egui::Modifiers::COMMAND, egui::Key::Z);
    assert_eq!(own(&window), [None, None, None], "one click, one step back");
    click(&mut window, "Give each run its own ρ");
    assert_eq!(window.query_all_by_label("Share ρ with the other runs again").count(), 2);
    // What differs is not the same any more.
    let radius = samscope::math::norm::Radius::new(0.3).expect("a radius");
    super::slide(&mut window, "η", 0.2);
    assert!(window.query_by_label(same).is_some());
    window
        .get_all_by_role(Role::Slider)
        .rfind(|node| node.accesskit_node().label().as_deref() == Some("ρ"))
        .expect("two of ρ")
        .set_value_accesskit(radius.get());
    window.run_steps(3);
    assert_eq!(own(&window)[2], Some(0.3));
    assert!(window.query_by_label_contains("so far").is_none());
}

#[test]
fn runs_are_hidden_and_shown_again() {
    let mut window = window();
    click(&mut window, "show SGD");
    assert!(app(&window).scene().runs.get(0).expect("a run").hidden);
    assert_eq!(maps(&window), 1);
    // The last one that is shown stays.
    click(&mut window, "show SAM");
    assert!(!app(&window).scene().runs.get(1).expect("a run").hidden);
    click(&mut window, "show SGD");
    assert_eq!(maps(&window), 2);
}

#[test]
fn a_run_is_removed_and_comes_back_with_undo() {
    let mut window = window();
    click(&mut window, "menu of SAM");
    click(&mut window, "Remove");
    assert_eq!(names(&window), ["base"]);
    assert_eq!(maps(&window), 1);
    press_with(&mut window, egui::Modifiers::COMMAND, egui::Key::Z);
    assert_eq!(names(&window), ["base", "sam"]);
}

#[test]
fn one_to_six_runs_are_shown_and_moved_together() {
    for runs in 1..=6usize {
        let text: String = (0..runs).map(|k| format!("[[run]]\nrho = 0.{}\n", k + 1)).collect();
        let mut window = window_of(file::read(&text).expect("a scene"), [1600.0, 1000.0]);
        assert_eq!(maps(&window), runs);
        slide(&mut window, "η", 0.2);
        assert!((app(&window).scene().shared.eta.get() - 0.2).abs() < 1e-9);
        super::press(&mut window, egui::Key::O);
        assert_eq!(app(&window).view().maps, Maps::Overlaid);
        assert_eq!(maps(&window), 1);
    }
}

#[test]
fn another_base_brings_a_rate_that_suits_it_and_one_undo_takes_both_back() {
    let mut window = window();
    pick(&mut window, "base", "Adam");
    let eta = app(&window).scene().shared.eta.get();
    assert!((0.01..0.2).contains(&eta), "{eta}");
    assert!(app(&window).said().any(|text| text.contains("suits Adam")));
    press_with(&mut window, egui::Modifiers::COMMAND, egui::Key::Z);
    assert!((app(&window).scene().shared.eta.get() - 0.4).abs() < 1e-12);
    assert_eq!(app(&window).scene().shared.base.id(), "sgd");
}

#[test]
fn a_zoom_belongs_to_the_problem_that_it_zooms() {
    let mut window = window();
    super::press(&mut window, egui::Key::Plus);
    let zoomed = app(&window).view().zoom_on(app(&window).scene());
    assert!(zoomed.is_some());
    pick(&mut window, "Problem", "Rosenbrock valley");
    assert_eq!(app(&window).view().zoom_on(app(&window).scene()), None);
    press_with(&mut window, egui::Modifiers::COMMAND, egui::Key::Z);
    assert_eq!(app(&window).view().zoom_on(app(&window).scene()), zoomed, "and is there again");
}

#[test]
fn a_run_is_forked_where_it_stands_and_changes_from_there() {
    let mut window = window();
    super::press(&mut window, egui::Key::Home);
    super::press_with(&mut window, egui::Modifiers::SHIFT, egui::Key::B);
    assert_eq!(names(&window), ["base", "sam"], "at its start a run is itself");
    assert!(app(&window).said().any(|text| text.contains("after its first step")));
    press_with(&mut window, egui::Modifiers::SHIFT, egui::Key::ArrowRight);
    super::press_with(&mut window, egui::Modifiers::SHIFT, egui::Key::B);
    assert_eq!(names(&window), ["base", "sam", "run3"]);
    let then = |window: &Window| app(window).scene().spec(2).then;
    assert_eq!(then(&window).iter().map(|then| then.at.get()).collect::<Vec<_>>(), [10]);
    let same = "the same as SAM so far";
    assert!(window.query_by_label(same).is_some(), "nothing changes yet");
    // The last menu of ascents is that of the change.
    let last = window
        .get_all_by_role(Role::ComboBox)
        .rfind(|node| node.accesskit_node().label().as_deref() == Some("ascent"));
    last.expect("a menu of ascents").click_accesskit();
    window.run_steps(3);
    window.get_by_role_and_label(Role::Button, "None").click_accesskit();
    window.run_steps(3);
    let changed = then(&window).iter().next().and_then(|then| then.ascent.clone());
    assert_eq!(changed.map(|ascent| ascent.id()), Some("none"));
    assert!(window.query_by_label(same).is_none());
    assert!(window.query_all_by_label("SAM, then SGD from 10").count() > 0);
    press_with(&mut window, egui::Modifiers::COMMAND, egui::Key::Z);
    assert_eq!(then(&window).iter().next().and_then(|then| then.ascent.clone()), None);
    press_with(&mut window, egui::Modifiers::COMMAND, egui::Key::Z);
    assert_eq!(names(&window), ["base", "sam"], "undo takes the fork back");
}
