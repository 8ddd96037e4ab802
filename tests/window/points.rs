//! Own data in the window: a table is looked at before it is opened, and points are changed by hand.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers, PointerButton, Pos2, Rect, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use samscope::problem::points::Points;
use samscope::scene::{Scene, Subject, builtin, file};

use super::{Window, app, click, press, press_with, standing, window_of};

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

fn drop_on(window: &mut Window, path: &Path) {
    window.input_mut().dropped_files.push(Arc::new(Dropped(path.to_owned())));
    window.run_steps(4);
}

fn points(window: &Window) -> Points {
    app(window).scene().points().expect("points")
}

fn is_said(window: &Window, words: &str) -> bool {
    window.query_all_by_label_contains(words).next().is_some()
}

#[test]
fn a_table_is_looked_at_and_its_columns_are_chosen_before_it_is_opened() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("cats.csv");
    let text = "id;height;weight;kind\n1;1,5;20;cat\n2;2,5;30;dog\n3;3,5;40;cat\n";
    std::fs::write(&path, text).expect("a table");
    let mut window = standing();
    drop_on(&mut window, &path);
    assert_eq!(*app(&window).scene(), builtin::opening(), "nothing is opened yet");
    assert!(is_said(&window, "Points of cats.csv") && is_said(&window, "3 points: two classes"));
    let chosen = |window: &Window, name: &str| {
        window.get_by_role_and_label(Role::ComboBox, name).accesskit_node().value()
    };
    assert_eq!(chosen(&window, "x").as_deref(), Some("id"));
    assert_eq!(chosen(&window, "label").as_deref(), Some("kind"));
    window.get_by_role_and_label(Role::ComboBox, "x").click();
    window.run_steps(3);
    window.get_by_role_and_label(Role::Button, "height").click();
    window.run_steps(4);
    window.get_by_role_and_label(Role::ComboBox, "y").click();
    window.run_steps(3);
    window.get_by_role_and_label(Role::Button, "weight").click();
    window.run_steps(4);
    click(&mut window, "Open");
    window.run_steps(2);
    let found = points(&window);
    assert_eq!(found.places, [[1.5, 20.0], [2.5, 30.0], [3.5, 40.0]]);
    assert_eq!(found.labels, Some(vec![0, 1, 0]));
    assert_eq!(app(&window).recent(), [path]);
}

#[test]
fn what_is_wrong_with_a_table_is_said_and_can_be_mended_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("three.csv");
    std::fs::write(&path, "x,y,kind\n1,2,a\n2,3,b\n3,4,c\n").expect("a table");
    let mut window = standing();
    drop_on(&mut window, &path);
    assert!(is_said(&window, "more than two values"));
    click(&mut window, "Open");
    assert!(app(&window).table().is_some(), "it cannot be opened so");
    window.get_by_role_and_label(Role::ComboBox, "label").click();
    window.run_steps(3);
    window.get_by_role_and_label(Role::Button, "none").click();
    window.run_steps(4);
    assert!(is_said(&window, "3 points: y is learnt from x"));
    press(&mut window, Key::Escape);
    assert!(app(&window).table().is_none());
    assert_eq!(*app(&window).scene(), builtin::opening());
    let nothing = folder.path().join("nothing.csv");
    drop_on(&mut window, &nothing);
    assert!(is_said(&window, "nothing.csv"));
    click(&mut window, "Cancel");
}

/// Two classes of points in the square from 0 to 1.
fn labelled() -> Scene {
    let points = "data_points = \"0,0,0\\n0,1,0\\n1,0,1\\n1,1,1\"\nsteps = 20\n";
    file::read(points).expect("a scene")
}

/// The plot of the data.
fn plot(window: &Window) -> Rect {
    let images = window.query_all_by_role(Role::Image);
    let is_data = |label: &str| label.contains(" points: ");
    let data = images
        .into_iter()
        .find(|node| node.accesskit_node().label().is_some_and(|label| is_data(&label)));
    data.expect("the data are shown").rect()
}

/// Where a place of the data is on screen, while they are changed.
#[expect(clippy::cast_possible_truncation, reason = "a place on screen")]
fn on_screen(window: &Window, at: [f64; 2]) -> Pos2 {
    let sight = app(window).editing().expect("points are being changed").sight;
    let part = |x: f64, [low, high]: [f64; 2]| ((x - low) / (high - low)) as f32;
    let plot = plot(window);
    let across = part(at[0], sight.x) * plot.width();
    plot.left_bottom() + vec2(across, -part(at[1], sight.y) * plot.height())
}

fn drag(window: &mut Window, from: Pos2, to: Pos2) {
    window.hover_at(from);
    window.run_steps(2);
    window.drag_at(from);
    window.run_steps(2);
    window.hover_at(from.lerp(to, 0.5));
    window.run_steps(2);
    window.hover_at(to);
    window.run_steps(2);
    window.drop_at(to);
    window.run_steps(3);
}

fn click_at(window: &mut Window, at: Pos2, button: PointerButton) {
    window.hover_at(at);
    window.run_steps(2);
    for pressed in [true, false] {
        let modifiers = Modifiers::NONE;
        window.event(egui::Event::PointerButton { pos: at, button, pressed, modifiers });
        window.run_steps(2);
    }
}

#[test]
fn points_are_added_moved_and_taken_out_by_hand_and_undone() {
    let mut window = window_of(labelled(), [1280.0, 800.0]);
    press(&mut window, Key::End);
    click(&mut window, "Edit points");
    let before = points(&window);
    let at = on_screen(&window, [0.5, 0.5]);
    click_at(&mut window, at, PointerButton::Primary);
    let more = points(&window);
    assert_eq!(more.places.len(), 5);
    let [x, y] = more.places[4];
    assert!((x - 0.5).abs() < 0.02 && (y - 0.5).abs() < 0.02, "{x}, {y}");
    assert_eq!(more.labels.as_ref().expect("classes")[4], 0);
    let (from, to) = (on_screen(&window, [1.0, 1.0]), on_screen(&window, [0.75, 0.25]));
    drag(&mut window, from, to);
    let moved = points(&window).places[3];
    assert!((moved[0] - 0.75).abs() < 0.02 && (moved[1] - 0.25).abs() < 0.02, "{moved:?}");
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(points(&window), more, "a drag is one edit");
    let at = on_screen(&window, [0.0, 1.0]);
    click_at(&mut window, at, PointerButton::Secondary);
    assert_eq!(points(&window).places.len(), 4);
    assert!(!points(&window).places.contains(&[0.0, 1.0]));
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(points(&window), before);
    assert_eq!(*app(&window).scene(), labelled());
    click(&mut window, "Done");
    assert!(app(&window).editing().is_none());
}

#[test]
fn points_are_changed_by_keys_alone() {
    let mut window = window_of(labelled(), [1280.0, 800.0]);
    press(&mut window, Key::End);
    let step = super::step(&window);
    press(&mut window, Key::E);
    press(&mut window, Key::N);
    assert_eq!(app(&window).editing().expect("they are").picked, Some(0));
    press(&mut window, Key::ArrowRight);
    let moved = points(&window).places[0];
    assert!(moved[0] > 0.0 && moved[1].abs() < 1e-12, "{moved:?}");
    assert_eq!(super::step(&window), step, "the playhead stays");
    press(&mut window, Key::Num1);
    assert_eq!(points(&window).labels, Some(vec![1, 0, 1, 1]));
    press(&mut window, Key::Insert);
    assert_eq!(points(&window).labels, Some(vec![1, 0, 1, 1, 1]), "of the class that was said");
    press_with(&mut window, Modifiers::SHIFT, Key::N);
    press(&mut window, Key::Delete);
    assert_eq!(points(&window).labels, Some(vec![1, 0, 1, 1]));
    press(&mut window, Key::N);
    press(&mut window, Key::N);
    press(&mut window, Key::Delete);
    let said = "it is the last point of class 0";
    assert!(app(&window).said().any(|words| words.contains(said)), "{:?}", points(&window));
    press(&mut window, Key::Escape);
    assert!(app(&window).editing().is_none());
}

#[test]
fn drawn_data_become_points_of_one_s_own_and_that_is_said() {
    let mut window = standing();
    press(&mut window, Key::E);
    let start = app(&window).scene().first_weights();
    // In the corner there is room.
    let sight = app(&window).editing().expect("they are").sight;
    let [width, height] = sight.span();
    let at = on_screen(&window, [sight.x[0] + 0.04 * width, sight.y[0] + 0.04 * height]);
    click_at(&mut window, at, PointerButton::Primary);
    assert_eq!(points(&window).places.len(), 271);
    assert!(app(&window).said().any(|said| said.contains("points of your own now")));
    let scene = app(&window).scene();
    assert!(scene.heading().contains("edited") && scene.about.is_empty());
    assert!(matches!(&scene.subject, Subject::Fit(fit) if fit.model.id() == "line"));
    assert_eq!(scene.first_weights(), start);
    let again = file::read(&file::write(scene)).expect("it is in the scene");
    assert_eq!(again, *scene);
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(*app(&window).scene(), builtin::opening());
    // A formula has none.
    let mut window = window_of(builtin::find("bounce").expect("a scene"), [1280.0, 800.0]);
    press(&mut window, Key::E);
    assert!(app(&window).editing().is_none());
    assert!(app(&window).said().any(|said| said.contains("a formula has no points")));
}
