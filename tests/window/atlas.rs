//! The map that tells where each start ends, and the atlas in the window.

use egui::accesskit::Role;
use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::{Window, app, click, pick, press, press_with, window_of};
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
    assert_eq!(said(&window, "tarts of").len(), 2, "each map says it");
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
    assert_eq!(said(&window, "end differently").len(), 2);
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
    assert_eq!(said(&window, "Map of the loss").len(), 2, "the maps stand beside it");
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

#[test]
fn a_cell_shows_what_is_chosen_and_the_cells_are_not_made_again_for_another_number() {
    let mut window = window_of(quick(), [1280.0, 800.0]);
    press(&mut window, Key::A);
    let cells = |window: &Window| {
        let atlas = app(window).engine().product::<Atlas>().expect("the atlas is known");
        std::sync::Arc::clone(&atlas.cells)
    };
    let before = cells(&window);
    pick(&mut window, "what a cell shows", "loss");
    let told = said(&window, "Atlas over");
    assert!(told[0].contains("Loss at the end") && told[0].contains(" from "), "{told:?}");
    assert!(std::sync::Arc::ptr_eq(&cells(&window), &before));
    pick(&mut window, "what a cell shows", "share of seeds");
    let told = said(&window, "Atlas over");
    // Nothing of this scene is drawn: all seeds are one run.
    assert!(told[0].contains("the seed makes no difference to these runs"), "{told:?}");
    assert!(cells(&window).all.iter().flatten().all(|cell| cell.share >= 1.0));
    pick(&mut window, "what a cell shows", "how it ends");
    assert!(said(&window, "Atlas over")[0].contains("Of "), "back to the ends");
}

#[test]
fn the_wheel_turns_a_third_setting() {
    let mut window = window_of(quick(), [1280.0, 800.0]);
    press(&mut window, Key::A);
    let at = place(&window, "Atlas over").center();
    window.hover_at(at);
    window.run_steps(2);
    window.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Line,
        delta: vec2(0.0, 1.0),
        phase: egui::TouchPhase::Move,
        modifiers: Modifiers::NONE,
        source: egui::MouseWheelSource::Wheel,
    });
    window.run_steps(4);
    let (key, value) = {
        let plane = app(&window).view().atlas.as_ref().expect("it is open");
        let (key, value) = plane.third().expect("the wheel turned one");
        (key.to_owned(), value)
    };
    assert_eq!(key, "p");
    assert!(value > 2.0, "{value}");
    let atlas = app(&window).engine().product::<Atlas>().expect("the atlas is known");
    let scene = &atlas.cells.settings.scene;
    assert!((scene.spec(1).ball.norm.p() - value).abs() < 1e-12, "its runs have it");
}

#[test]
fn a_drag_along_a_boundary_shows_the_runs_to_both_sides_of_it() {
    let scene = file::read("landscape = \"sharp_and_wide\"\nsteps = 60\n").expect("a scene");
    let mut window = window_of(scene, [1600.0, 1000.0]);
    let whole = app(&window).scene().clone();
    press(&mut window, Key::A);
    let (settings, crossings) = {
        let atlas = app(&window).engine().product::<Atlas>().expect("the atlas is known");
        let boundary = atlas.boundary.as_ref().expect("it is traced");
        (atlas.cells.settings.clone(), boundary.crossings.clone())
    };
    let plot = place(&window, "Atlas over");
    let screen = |at: [f64; 2]| {
        #[expect(clippy::cast_possible_truncation, reason = "parts of a plot")]
        let [x, y] = at.map(|part| part as f32);
        plot.left_bottom() + vec2(x * plot.width(), -y * plot.height())
    };
    // A sharp place that is not at the rim, and its nearest neighbour.
    let inside = |at: [f64; 2]| at.iter().all(|part| (0.15..0.85).contains(part));
    let from = crossings.iter().find(|it| !it.alternates && inside(it.at)).expect("a place").at;
    let far = |at: [f64; 2]| (at[0] - from[0]).hypot(at[1] - from[1]);
    let sharp = crossings.iter().filter(|it| !it.alternates && far(it.at) > 0.06);
    let to = sharp.min_by(|a, b| far(a.at).total_cmp(&far(b.at))).expect("another").at;
    window.hover_at(screen(from));
    window.run_steps(2);
    window.drag_at(screen(from));
    window.run_steps(2);
    for part in [0.3_f32, 0.6, 1.0] {
        let way = screen(to) - screen(from);
        window.hover_at(screen(from) + part * way);
        window.run_steps(3);
    }
    window.drop_at(screen(to));
    window.run_steps(4);
    let made = app(&window).scene().clone();
    let names: Vec<&str> = made.runs.iter().map(|run| run.name.as_str()).collect();
    assert_eq!(names, ["before", "beyond"]);
    let place = |run: usize| {
        let spec = made.spec(run);
        let value = [spec.ball.rho.get(), spec.eta.get()];
        [0, 1].map(|k| settings.sides[k].range.part_of(value[k]))
    };
    let apart = (place(0)[0] - place(1)[0]).hypot(place(0)[1] - place(1)[1]);
    assert!((apart - 2e-8).abs() < 1e-9, "{apart}");
    let near = crossings.iter().any(|it| {
        let middle = [0, 1].map(|k| f64::midpoint(place(0)[k], place(1)[k]));
        (it.at[0] - middle[0]).hypot(it.at[1] - middle[1]) < 1e-9
    });
    assert!(near, "they stand about a place of the boundary");
    let ends = app(&window).engine().product::<samscope::engine::products::outcomes::Outcomes>();
    assert!(ends.is_some(), "how both end is told under their maps");
    let kinds: Vec<_> = [0, 1]
        .map(|run| {
            use samscope::flight::{Case, Surveyed};
            let scene = std::sync::Arc::new(made.clone());
            let ground = std::sync::Arc::new(Surveyed::of(&scene.source()));
            let outcome = Case::of(&scene, &scene.spec(run), &ground).outcome();
            samscope::atlas::kind::Kind::of(&outcome)
        })
        .into();
    assert_ne!(kinds[0], kinds[1], "they end otherwise");
    assert_eq!(said(&window, "Map of the loss").len(), 2, "a map each");
    let atlas = app(&window).engine().product::<Atlas>().expect("it stays");
    assert_eq!(atlas.cells.settings, settings, "and is not made again");
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(app(&window).scene(), &whole, "one drag is one edit");
}
