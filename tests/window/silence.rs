//! Problems with nothing to learn from: it is said, and nothing breaks.

use egui::Key;
use egui_kittest::kittest::Queryable as _;

use samscope::analysis::gauge::Gauge;
use samscope::scene::file;

use super::networks::{said, words};
use super::{Window, app, pick, press, window_of};

/// The window on a scene at its last step, after all that can be looked at was looked at.
#[track_caller]
fn looked_at(text: &str) -> Window {
    let scene = file::read(text).expect("a scene");
    let mut window = window_of(scene, [1280.0, 800.0]);
    for key in [Key::Home, Key::End, Key::O, Key::O] {
        press(&mut window, key);
        said(&window);
    }
    for gauge in Gauge::ALL {
        pick(&mut window, "measure of sharpness", gauge.name());
        said(&window);
    }
    window
}

#[test]
fn a_network_whose_units_are_all_off_is_said_to_be() {
    let window = looked_at(
        "data = \"moons\"\nmodel = \"network\"\nactivation = \"relu\"\nsteps = 60\nseed = 1\neta = 10\nrho = 0.3\npoints = 60",
    );
    let told = words(&window, "Map of the loss");
    assert!(told.contains("all hidden units are off"), "{told}");
    assert!(app(&window).engine().terrain().is_some());
}

#[test]
fn examples_that_are_all_one_are_said_to_be() {
    for model in ["network", "logistic_bias"] {
        let window = looked_at(&format!(
            "data = \"blobs\"\nmodel = \"{model}\"\ndistance = 0\nnoise = 0\nsteps = 20\npoints = 20"
        ));
        let told = words(&window, "Map of the loss");
        assert!(told.contains("all examples have the same input"), "{model}: {told}");
    }
}

#[test]
fn one_example_of_a_class_is_enough() {
    for balance in ["0.01", "0.99"] {
        let window = looked_at(&format!(
            "data = \"moons\"\nmodel = \"network\"\nbalance = {balance}\nsteps = 20\npoints = 20\nunits = 3"
        ));
        let told = words(&window, "20 points");
        assert!(told.contains("1 in"), "{told}");
    }
}

#[test]
fn ends_that_are_one_point_leave_a_plane_and_are_said() {
    let mut window = looked_at(
        "data = \"moons\"\nmodel = \"network\"\nrho = 0\nsteps = 12\npoints = 24\nunits = 3",
    );
    let told = words(&window, "Map of the loss");
    assert!(told.contains("SAM's end is SGD's end"), "{told}");
    super::unfold(&mut window);
    let beside = window.query_all_by_label_contains("goes through the farthest point").count();
    assert_eq!(beside, 3, "on both maps, and beside the menu");
    let still = looked_at(
        "data = \"moons\"\nmodel = \"network\"\neta = 0\nsteps = 12\npoints = 24\nunits = 3",
    );
    let told = words(&still, "Map of the loss");
    assert!(told.contains("lies on the start"), "{told}");
}
