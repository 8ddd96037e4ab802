//! A network with more weights than a map has directions: its runs, the plane it is seen in, and its charts.

use std::sync::Arc;

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use samscope::analysis::gauge::Gauge;
use samscope::analysis::slices;
use samscope::engine::products::comparison::Comparison;
use samscope::optim::{ascent, base};
use samscope::problem::{datasets, landscapes, losses, models};
use samscope::scene::file;

use super::{Window, app, pick, press, slide, step, window_of};

/// A small network that learns for a few steps, shown at its last.
fn small(data: &str) -> Window {
    let scene = file::read(&format!(
        "data = \"{data}\"\nmodel = \"network\"\npoints = 24\nlayers = 1\nunits = 3\nsteps = 12\nrho = 0.1"
    ));
    let mut window = window_of(scene.expect("a scene"), [1280.0, 800.0]);
    press(&mut window, Key::End);
    window
}

fn runs(window: &Window) -> Arc<Comparison> {
    Arc::clone(app(window).engine().comparison().expect("runs"))
}

/// What is said of every picture, by those that cannot be told apart otherwise.
#[track_caller]
pub(crate) fn said(window: &Window) -> Vec<String> {
    let pictures = window.get_all_by_role(Role::Image);
    let said: Vec<String> =
        pictures.map(|node| node.accesskit_node().label().unwrap_or_default()).collect();
    assert!(said.len() >= 4, "two maps and two charts");
    for words in &said {
        for bad in ["NaN", "inf", "-0."] {
            assert!(!words.contains(bad), "{bad} is said: {words}");
        }
        assert!(words.len() > 20, "a picture says what it shows: {words:?}");
    }
    said
}

/// The picture whose words begin so.
#[track_caller]
pub(crate) fn words(window: &Window, begin: &str) -> String {
    said(window).into_iter().find(|words| words.starts_with(begin)).expect("such a picture")
}

/// Every text that a screen reader meets holds no number that is none.
#[track_caller]
fn assert_sound(window: &Window, what: &str) {
    for node in window.root().children_recursive() {
        let node = node.accesskit_node();
        for text in [node.label(), node.value()].into_iter().flatten() {
            assert!(!text.contains("NaN"), "{what}: {text}");
        }
    }
}

#[test]
fn a_network_on_moons_and_on_spirals_is_changed_in_every_way() {
    for (name, data) in [("Two moons", "moons"), ("Two spirals", "spirals")] {
        let mut window = small("xor");
        pick(&mut window, "Problem", name);
        let weights = app(&window).scene().subject.dimension();
        assert_eq!(weights, (2 * 3 + 3) + (3 + 1), "the network is kept");
        slide(&mut window, "steps", 12.0);
        let first = runs(&window);
        slide(&mut window, "hidden layers", 2.0);
        slide(&mut window, "units", 4.0);
        assert_eq!(app(&window).scene().subject.dimension(), 12 + 20 + 5, "{data}");
        for activation in ["relu", "gelu", "tanh"] {
            let before = runs(&window);
            pick(&mut window, "activation φ", activation);
            let after = runs(&window);
            assert!(activation == "tanh" || before.runs[1] != after.runs[1], "{activation}");
            assert_eq!(after.runs[0].rows(), 13);
            said(&window);
        }
        assert_ne!(runs(&window).runs[1].dimension, first.runs[1].dimension);
        let shown = app(&window).engine().shown().expect("a picture");
        assert!(Arc::ptr_eq(&shown.comparison, &runs(&window)), "the picture is that of the runs");
    }
}

#[test]
fn another_plane_shows_the_same_runs() {
    let mut window = small("moons");
    let before = runs(&window);
    let mut seen: Vec<String> = Vec::new();
    for entry in slices::ALL.entries.iter().rev() {
        pick(&mut window, "map plane", entry.name);
        assert!(Arc::ptr_eq(&runs(&window), &before), "{}: the runs are the same", entry.id);
        let shown = app(&window).engine().shown().expect("a picture");
        let ground = app(&window).engine().terrain().expect("a ground");
        assert_eq!(ground.plane, shown.section.plane, "{}", entry.id);
        let about = format!("{} {:?}", shown.section.about, shown.section.axes);
        assert!(!seen.contains(&about), "{}: {about}", entry.id);
        let map = words(&window, "Map of the loss");
        assert!(map.contains(&shown.section.about), "{}: {map}", entry.id);
        let beside = window.query_all_by_label_contains("% of the movement").count();
        assert!(beside > 0, "{}: it is said beside the menu", entry.id);
        seen.push(about);
    }
}

#[test]
fn the_sharpest_directions_follow_the_step() {
    let mut window = small("moons");
    pick(&mut window, "map plane", "Sharpest directions");
    let before = runs(&window);
    let plane = |window: &Window| {
        let shown = app(window).engine().shown().expect("a picture");
        (shown.section.plane.clone(), shown.section.about.clone())
    };
    let last = plane(&window);
    press(&mut window, Key::ArrowLeft);
    let earlier = plane(&window);
    assert_ne!(last.0, earlier.0);
    assert!(earlier.1.ends_with(&format!("step {}", step(&window))), "{}", earlier.1);
    assert!(Arc::ptr_eq(&runs(&window), &before));
    pick(&mut window, "map plane", "Two weights");
    let still = plane(&window);
    press(&mut window, Key::Home);
    assert_eq!(plane(&window), still);
}

#[test]
fn a_zoom_is_forgotten_with_the_plane_it_was_in() {
    let mut window = small("moons");
    press(&mut window, Key::Plus);
    assert!(app(&window).view().zoom.is_some());
    pick(&mut window, "map plane", "Random directions");
    assert_eq!(app(&window).view().zoom_on(app(&window).scene()), None);
}

#[test]
fn the_data_show_what_the_network_says_at_the_step() {
    let mut window = small("moons");
    let picture = |window: &Window| {
        let app = app(window);
        let look = samscope::figure::picture::Look {
            at: step(window).into(),
            window: app.scene().shown_window(),
            against: app.view().against,
            gauge: app.scene().shown_measure(),
            points_per_unit: 1.0,
            charts: samscope::figure::picture::Closer::default(),
            lens: samscope::figure::picture::Sight::Hidden,
            lit: None,
            future: samscope::figure::picture::Future::Shown,
            story: None,
            pulls: false,
        };
        let picture = samscope::figure::picture::Picture::of(app.scene(), app.engine(), look);
        samscope::figure::data::data(&picture).expect("data").marks
    };
    let last = picture(&window);
    let words = |window: &Window| self::words(window, "24 points");
    let told = words(&window);
    press(&mut window, Key::Home);
    assert_ne!(picture(&window), last, "the boundary moves");
    assert_ne!(words(&window), told);
}

#[test]
fn every_measure_of_the_second_chart_can_be_chosen() {
    for mut window in [small("moons"), super::standing()] {
        for gauge in Gauge::ALL.into_iter().chain([Gauge::Proxy]) {
            pick(&mut window, "measure of sharpness", gauge.name());
            assert_eq!(app(&window).scene().shown_measure(), gauge);
            let begin = match gauge {
                Gauge::Spectrum => "Spectrum of the Hessian at step",
                Gauge::Cut => "The loss along the line",
                Gauge::Profile => "The loss around the weights",
                _ => gauge.name(),
            };
            let told = words(&window, begin);
            let of_two = app(&window).scene().subject.dimension() == 2;
            let is_of_two = matches!(gauge, Gauge::Minima | Gauge::Share | Gauge::Balance);
            if is_of_two && !of_two {
                assert!(told.contains("two weights only"), "{told}");
                continue;
            }
            if gauge == Gauge::Balance {
                assert!(told.contains("the product of its weights alone"), "{told}");
                continue;
            }
            // Around the weights of one run at a time.
            let has_both = told.contains("SGD") || gauge == Gauge::Profile;
            assert!(has_both && told.contains("SAM"), "{gauge:?}: {told}");
        }
        press(&mut window, Key::M);
        assert_eq!(app(&window).scene().shown_measure(), Gauge::Proxy.next());
    }
}

#[test]
fn a_measure_that_is_too_dear_for_a_large_network_says_so() {
    let scene = file::read(
        "data = \"moons\"\nmodel = \"network\"\npoints = 12\nlayers = 2\nunits = 18\nsteps = 2",
    );
    let mut window = window_of(scene.expect("a scene"), [1280.0, 800.0]);
    press(&mut window, Key::End);
    pick(&mut window, "measure of sharpness", "Condition");
    let told = words(&window, "Condition");
    assert!(told.contains("above 400 weights"), "{told}");
    pick(&mut window, "measure of sharpness", "Trace");
    let told = words(&window, "Trace");
    assert!(told.contains("SGD") && told.contains("SAM"), "{told}");
}

#[test]
fn the_spectrum_follows_the_step() {
    let mut window = small("moons");
    pick(&mut window, "measure of sharpness", "Spectrum");
    let last = words(&window, "Spectrum of the Hessian at step 12");
    assert!(last.contains("of 13 negative") && last.contains("2/η"), "{last}");
    press(&mut window, Key::ArrowLeft);
    assert_ne!(words(&window, "Spectrum of the Hessian at step 11"), last);
}

/// Picks an item of a menu and looks at everything.
#[track_caller]
fn choose(window: &mut Window, menu: &str, item: &str) {
    pick(window, menu, item);
    said(window);
    assert_sound(window, item);
    let app = app(window);
    let shown = app.engine().shown().expect("a picture");
    assert_eq!(shown.comparison.scene.subject, app.scene().subject, "{menu}: {item}");
}

#[test]
fn every_optimizer_ascent_and_plane_of_the_menus_is_a_picture() {
    let mut window = small("moons");
    for entry in base::ALL.entries {
        choose(&mut window, "base", entry.name);
    }
    choose(&mut window, "base", base::ALL.entries[0].name);
    for entry in ascent::ALL.entries {
        choose(&mut window, "ascent", entry.name);
    }
    choose(&mut window, "ascent", "SAM");
    for entry in slices::ALL.entries {
        choose(&mut window, "map plane", entry.name);
    }
}

#[test]
fn every_dataset_model_and_loss_of_the_menus_is_a_picture() {
    let mut window = small("moons");
    let mut judged = Vec::new();
    for entry in datasets::ALL.entries {
        choose(&mut window, "Problem", entry.name);
        let data = samscope::catalog::Choice::new(entry).build();
        if judged.contains(&data.task()) {
            continue;
        }
        judged.push(data.task());
        for model in models::fitting(&*data) {
            choose(&mut window, "model", model.name);
        }
        for loss in losses::fitting(data.task()) {
            choose(&mut window, "loss", loss.name);
        }
    }
}

#[test]
fn every_formula_of_the_menu_is_a_picture() {
    let mut window = small("moons");
    for entry in landscapes::ALL.entries {
        choose(&mut window, "Problem", entry.name);
    }
}
