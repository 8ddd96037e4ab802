//! Maps in relief: the same things stand on the surface as on the map, in figures and in files.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use samscope::engine::Engine;
use samscope::export::{pdf, png, svg};
use samscope::figure::palette::Theme;
use samscope::figure::picture::Sight;
use samscope::figure::shot::Shot;
use samscope::figure::{Figure, Ink, Mark, Pane, PaneId, Shape};
use samscope::scene::prospect::{Bearing, Prospect};
use samscope::scene::{Scene, builtin, file};

fn scene(more: &str) -> Scene {
    file::read(&format!("landscape = \"himmelblau\"\nsteps = 12\nview = \"relief\"\n{more}"))
        .unwrap()
}

fn small(scene: &Scene) -> Shot {
    Shot { size: [800.0, 600.0], ..Shot::of(scene) }
}

fn maps(figure: &Figure) -> Vec<&Pane> {
    let is_map = |pane: &&Pane| matches!(pane.id, PaneId::Map(_));
    figure.panes.iter().map(|(_, pane)| pane).filter(is_map).collect()
}

#[test]
fn a_relief_has_what_the_map_has_and_says_what_is_as_high() {
    let figure = small(&scene("")).figure();
    let maps = maps(&figure);
    assert_eq!(maps.len(), 2);
    for (run, pane) in maps.into_iter().enumerate() {
        let surface = pane.surface().unwrap();
        assert_eq!(surface.bearing, Bearing::default());
        assert!(pane.description.contains("Relief of the loss over the weights."));
        assert!(
            pane.description
                .contains("In the relief heights are the logarithm of L above its lowest")
        );
        let has_line = |ink| {
            pane.marks.iter().any(|mark| matches!(mark, Mark::Path { pen, .. } if pen.ink == ink))
        };
        assert!(has_line(Ink::Run(run)) && has_line(Ink::Contour), "routes and contours");
        assert!(!has_line(Ink::Run(1 - run)), "of its own run alone");
        let minima = pane.marks.iter().filter_map(|mark| match mark {
            Mark::Dots { points, shape: Shape::Ring, ink: Ink::Minimum, .. } => Some(points.len()),
            _ => None,
        });
        assert_eq!(minima.sum::<usize>(), 4, "minima, seen or behind a hill");
        let said = |words: &str| {
            pane.marks.iter().any(|mark| matches!(mark, Mark::Label { text, .. } if text == words))
        };
        assert!(said("L") && said("w₁") | said("x"), "names of axes");
        assert!(pane.lens.is_none() && pane.x.ticks.is_empty());
    }
}

#[test]
fn from_straight_above_routes_are_where_they_are_on_the_map() {
    let above = small(&scene("turn = [0, 90]")).figure();
    let surface = maps(&above)[0].surface().unwrap();
    let [x, y] = surface.window.centre();
    for at in [[x, y], [surface.window.x[0], surface.window.y[1]]] {
        let seen = surface.project(at);
        assert!((seen[0] - (at[0] - x)).hypot(seen[1] - (at[1] - y)) < 1e-9);
    }
    let is_faint = |mark: &&Mark| matches!(mark, Mark::Path { pen, .. } if pen.ink == Ink::Run(0) && pen.strength < 0.44);
    assert_eq!(maps(&above)[0].marks.iter().filter(is_faint).count(), 0, "nothing is hidden");
}

#[test]
fn every_scene_is_drawn_in_relief_from_every_side() {
    // Networks, and what has as many examples, are drawn in the same way and take longer.
    let slow = ["network", "spirals", "moons", "minibatch", "max_norm"];
    let quick = builtin::names().filter(|name| !slow.contains(name));
    for (k, name) in quick.enumerate() {
        let mut scene = builtin::find(name).unwrap();
        scene.steps = "8".parse().unwrap();
        scene.view = Prospect::Relief;
        scene.turn = Bearing::new(37.0 * k as f64, 15.0 + 6.0 * (k % 12) as f64).unwrap();
        let mut engine = Engine::in_place();
        let shot = small(&scene);
        let figure = shot.made_by(&mut engine);
        for pane in maps(&figure) {
            assert!(pane.surface().is_some(), "{name}");
            for mark in &pane.marks {
                if let Mark::Path { points, .. } = mark {
                    assert!(points.iter().flatten().all(|x| x.is_finite()), "{name}");
                }
            }
        }
    }
}

#[test]
fn a_relief_is_written_as_any_figure_and_the_same_twice() {
    let [one, other] = [0, 1].map(|_| small(&scene("")).figure());
    assert_eq!(svg::write(&one, Theme::Light), svg::write(&other, Theme::Light));
    let pages = [&one, &other].map(|figure| pdf::write(figure, Theme::Print, None).unwrap());
    assert_eq!(pages[0], pages[1]);
    let pixels =
        [&one, &other].map(|figure| png::carrying(figure, Theme::Dark, 1.0, None).unwrap());
    assert_eq!(pixels[0], pixels[1]);
    assert!(svg::write(&one, Theme::Light).len() < 2_000_000);
}

#[test]
fn a_lens_over_the_whole_map_takes_the_place_of_the_relief() {
    let shot = Shot { lens: Sight::Whole, ..small(&scene("")) };
    assert!(maps(&shot.figure()).iter().all(|pane| pane.surface().is_none()));
}

#[test]
fn a_file_keeps_how_it_is_seen_and_says_nothing_of_what_is_usual() {
    let turned = scene("turn = [210.5, 50]");
    let text = file::write(&turned);
    assert!(text.contains("view = \"relief\"") && text.contains("turn = [210.5, 50.0]"), "{text}");
    assert_eq!(file::read(&text).unwrap(), turned);
    let plain = file::write(&Scene { view: Prospect::Map, turn: Bearing::default(), ..turned });
    assert!(!plain.contains("view") && !plain.contains("turn"), "{plain}");
    let refused = file::read("view = \"side\"").unwrap_err().to_string();
    assert!(refused.contains("\"side\"") && refused.contains("map, relief"), "{refused}");
    for wrong in ["[30]", "[30, 5]", "[30, 40, 50]", "\"up\""] {
        let refused = file::read(&format!("turn = {wrong}")).unwrap_err().to_string();
        assert!(refused.contains("AZIMUTH,ELEVATION"), "{wrong}: {refused}");
    }
}

#[test]
fn what_is_no_number_is_a_hole_in_the_surface() {
    let formula =
        "formula = \"log(x) + y^2\"\nwindow = [-1, 3, -2, 2]\nstart = [1, 1]\nsteps = 3\n";
    let figure = small(&file::read(&format!("{formula}view = \"relief\"")).unwrap()).figure();
    let surface = maps(&figure)[0].surface().unwrap();
    assert_eq!(surface.height([-0.5, 0.5]), None);
    assert!(surface.height([1.5, 0.5]).is_some());
    let said = figure
        .words
        .iter()
        .any(|mark| matches!(mark, Mark::Label { text, .. } if text.contains("grey")));
    assert!(said, "what grey means is told as on a map");
}

#[test]
fn maps_of_six_runs_stand_where_flat_ones_do() {
    let runs = "[[run]]\nascent = \"none\"\n".repeat(6);
    let in_relief = scene(&runs);
    let flat = Scene { view: Prospect::Map, ..in_relief.clone() };
    let places = |scene: &Scene| {
        let figure = small(scene).figure();
        let maps = figure.panes.iter().filter(|(_, pane)| matches!(pane.id, PaneId::Map(_)));
        maps.map(|(place, _)| *place).collect::<Vec<_>>()
    };
    assert_eq!(places(&in_relief), places(&flat));
}
