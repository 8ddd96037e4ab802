//! What people do in the window, told with keys, clicks and words.
#![cfg(feature = "gui")]

use std::path::Path;

use egui::accesskit::Role;
use egui::{Key, Modifiers, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use samscope::app::view::Details;
use samscope::app::{App, fonts};
use samscope::engine::Engine;
use samscope::figure::palette::{Audience, Theme};
use samscope::figure::panels::Maps;
use samscope::scene::{Scene, builtin};

mod atlas;
mod charts;
mod export;
mod first;
mod glossary;
mod grounds;
mod formula;
mod kept;
#[path = "../integration/lettered.rs"]
#[allow(dead_code, reason = "figures need some of it that windows do not")]
mod lettered;
mod lens;
mod listened;
mod lessons;
mod networks;
mod origin;
mod overlap;
mod papers;
mod points;
#[path = "../integration/pairwise.rs"]
mod pairwise;
mod relief;
mod runs;
mod saved;
mod silence;
mod story;
mod unsaved;
mod variants;
mod why;
mod words;

type Window = Harness<'static, Option<App>>;

fn window_of(scene: Scene, size: [f32; 2]) -> Window {
    let mut window =
        Harness::builder().with_size(size).with_context_setup(fonts::install).build_ui_state(
            move |ui, app: &mut Option<App>| {
                let app = app
                    .get_or_insert_with(|| App::new(ui.ctx(), scene.clone(), Engine::in_place()));
                app.logic(ui.ctx());
                app.ui(ui);
            },
            None,
        );
    window.run_steps(3);
    window
}

fn window() -> Window {
    window_of(builtin::opening(), [1280.0, 800.0])
}

/// The same, standing at the last step.
fn standing() -> Window {
    let mut window = window();
    window.key_press(Key::End);
    window.run_steps(3);
    window
}

fn app(window: &Window) -> &App {
    window.state().as_ref().expect("the first frame makes it")
}

fn step(window: &Window) -> usize {
    app(window).view().playback.step(app(window).scene().steps.get())
}

/// Unfolds every section of the controls.
fn unfold(window: &mut Window) {
    let folded: Vec<String> = window
        .query_all_by_role(Role::DisclosureTriangle)
        .filter(|node| node.accesskit_node().toggled() == Some(egui::accesskit::Toggled::False))
        .map(|node| node.accesskit_node().label().expect("a title"))
        .collect();
    for title in folded {
        window.get_by_role_and_label(Role::DisclosureTriangle, &title).click_accesskit();
        window.run_steps(2);
    }
}

/// Unfolds the controls where there is no control of this name to be seen.
fn reach(window: &mut Window, role: Role, name: &str) {
    if window.query_by_role_and_label(role, name).is_none() {
        unfold(window);
    }
}

#[track_caller]
fn slide(window: &mut Window, name: &str, value: f64) {
    reach(window, Role::Slider, name);
    let slider = window.get_by_role_and_label(Role::Slider, name);
    slider.set_value_accesskit(value);
    window.run_steps(3);
}

#[track_caller]
fn click(window: &mut Window, name: &str) {
    window.get_by_label(name).click();
    window.run_steps(3);
}

/// Picks an item of a menu.
#[track_caller]
fn pick(window: &mut Window, menu: &str, item: &str) {
    reach(window, Role::ComboBox, menu);
    // By its meaning, not by its place: the controls scroll.
    window.get_by_role_and_label(Role::ComboBox, menu).click_accesskit();
    window.run_steps(3);
    // By its meaning, not by its place: a long menu scrolls.
    window.get_by_role_and_label(Role::Button, item).click_accesskit();
    window.run_steps(3);
    // A menu only closes by itself where the pointer was.
    if window.query_by_role_and_label(Role::Button, item).is_some() {
        press(window, Key::Escape);
    }
}

fn press(window: &mut Window, key: Key) {
    window.key_press(key);
    window.run_steps(3);
}

fn press_with(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run_steps(3);
}

fn ends_near(window: &Window, [x, y]: [f64; 2]) -> bool {
    let end = app(window).engine().comparison().and_then(|runs| runs.runs[1].end()).expect("a run");
    (end[0] - x).hypot(end[1] - y) < 0.5
}

const CLIQUE: [f64; 2] = [1.2, -0.9];
const CROWD: [f64; 2] = [-0.8, 0.9];

#[test]
fn a_larger_rho_lets_sam_leave_the_sharp_basin() {
    let mut window = standing();
    slide(&mut window, "ρ", 0.02);
    assert!(ends_near(&window, CLIQUE));
    slide(&mut window, "ρ", 0.15);
    assert!(ends_near(&window, CROWD));
    let images: Vec<_> = window.get_all_by_role(Role::Image).collect();
    assert!(images.len() >= 5, "two maps, two charts and the data");
    for image in images {
        let words = image.accesskit_node().label().unwrap_or_default();
        assert!(words.len() > 20, "a picture says what it shows: {words:?}");
    }
}

#[test]
fn it_opens_playing_and_can_be_paused_and_stepped() {
    let mut window = window();
    assert!(app(&window).view().playback.is_playing());
    let early = step(&window);
    window.run_steps(4);
    assert!(early < step(&window), "time goes by");
    press(&mut window, Key::Space);
    let paused = step(&window);
    window.run_steps(4);
    assert_eq!(step(&window), paused);
    press(&mut window, Key::ArrowRight);
    assert_eq!(step(&window), paused + 1);
    press_with(&mut window, Modifiers::SHIFT, Key::ArrowRight);
    assert_eq!(step(&window), paused + 11);
    press(&mut window, Key::ArrowLeft);
    assert_eq!(step(&window), paused + 10);
    press(&mut window, Key::Home);
    assert_eq!(step(&window), 0);
    press(&mut window, Key::End);
    assert_eq!(step(&window), 200);
    click(&mut window, "Play");
    assert!(step(&window) < 200, "at the end it plays from the start");
}

#[test]
fn an_edit_is_taken_back_and_made_again() {
    let mut window = standing();
    let before = app(&window).scene().clone();
    slide(&mut window, "η", 0.1);
    let after = app(&window).scene().clone();
    assert_ne!(before, after);
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(*app(&window).scene(), before);
    press_with(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(*app(&window).scene(), after);
    click(&mut window, "Undo");
    assert_eq!(*app(&window).scene(), before);
}

#[test]
fn another_problem_brings_its_own_start_and_is_drawn() {
    let mut window = standing();
    pick(&mut window, "Problem", "Rosenbrock valley");
    let scene = app(&window).scene();
    assert_eq!(scene.subject.name(), "Rosenbrock valley");
    assert_eq!(scene.shared.start, None);
    let terrain = app(&window).engine().terrain().expect("a map");
    assert!(terrain.fineness == samscope::engine::products::terrain::Fineness::Full);
    assert_eq!(app(&window).engine().comparison().expect("runs").scene.subject, scene.subject);
}

#[test]
fn keys_change_the_view_and_not_the_scene() {
    let mut window = standing();
    let scene = app(&window).scene().clone();
    press(&mut window, Key::O);
    assert_eq!(app(&window).view().maps, Maps::Overlaid);
    press(&mut window, Key::T);
    assert_eq!(app(&window).view().theme, Theme::Dark);
    press(&mut window, Key::D);
    assert_eq!(app(&window).view().details, Details::Hidden);
    press(&mut window, Key::G);
    press(&mut window, Key::Plus);
    assert!(app(&window).view().zoom.is_some());
    press(&mut window, Key::Num0);
    assert!(app(&window).view().zoom.is_none());
    press(&mut window, Key::Questionmark);
    assert!(window.query_by_label("play or pause").is_some());
    press(&mut window, Key::Escape);
    assert!(window.query_by_label("play or pause").is_none());
    assert_eq!(*app(&window).scene(), scene);
}

#[test]
fn the_start_is_dragged_on_the_map() {
    let mut window = standing();
    // Where the ring is follows from the map's window, so zooming in on it makes a large target.
    let map = window
        .get_all_by_role(Role::Image)
        .map(|node| node.rect())
        .reduce(|a, b| {
            if b.top() < a.top() || (b.top() <= a.top() && b.left() < a.left()) { b } else { a }
        })
        .expect("maps");
    let scene = builtin::opening();
    let shown = scene.shown_window().widened_to(f64::from(map.width() / map.height()));
    let [width, height] = shown.span();
    #[expect(clippy::cast_possible_truncation, reason = "a place on screen")]
    let at = |x: f64, y: f64| {
        map.left_bottom()
            + vec2(
                ((x - shown.x[0]) / width) as f32 * map.width(),
                -((y - shown.y[0]) / height) as f32 * map.height(),
            )
    };
    window.hover_at(at(0.6, -0.3));
    window.run_steps(2);
    window.drag_at(at(0.6, -0.3));
    window.run_steps(2);
    window.hover_at(at(0.2, 0.2));
    window.run_steps(2);
    window.hover_at(at(-0.5, 0.8));
    window.run_steps(2);
    window.drop_at(at(-0.5, 0.8));
    window.run_steps(3);
    let start = app(&window).scene().first_weights();
    assert!((start[0] + 0.5).hypot(start[1] - 0.8) < 0.05, "{start}");
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(*app(&window).scene(), scene, "a whole drag is one edit");
}

#[test]
fn a_map_is_zoomed_about_the_pointer_and_put_back_by_a_key() {
    let mut window = standing();
    let map = window.get_all_by_role(Role::Image).next().expect("a map").rect();
    window.hover_at(map.center() + vec2(40.0, 30.0));
    window.run_steps(2);
    window.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Line,
        delta: vec2(0.0, 4.0),
        modifiers: Modifiers::NONE,
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
    });
    window.run_steps(12);
    let app_now = app(&window);
    let zoom = app_now.view().zoom_on(app_now.scene()).expect("the wheel zooms");
    assert!(zoom.span()[0] < builtin::opening().shown_window().span()[0]);
    press(&mut window, Key::Num0);
    assert_eq!(app(&window).view().zoom, None);
}

/// Saves through the form that is open, into `path`.
#[track_caller]
fn save_as(window: &mut Window, path: &Path) {
    window
        .get_by_role_and_label(Role::TextInput, "File")
        .set_text_value_accesskit(&path.display().to_string());
    window.run_steps(3);
    click(window, "Save");
    window.run_steps(3);
}

#[test]
fn the_figure_is_saved_where_the_path_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("figure.png");
    let mut window = standing();
    press_with(&mut window, Modifiers::COMMAND, Key::S);
    save_as(&mut window, &path);
    assert!(app(&window).said().any(|said| said.contains("figure.png")));
    let file = std::io::BufReader::new(std::fs::File::open(&path).expect("a file"));
    let mut reader = png::Decoder::new(file).read_info().expect("a picture");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    let info = reader.next_frame(&mut pixels).expect("pixels");
    assert_eq!((info.width, info.height), (2560, 1600));
    let first = pixels[..3].to_vec();
    let other = pixels.chunks_exact(info.line_size / 2560).filter(|pixel| pixel[..3] != first[..]);
    assert!(other.count() > 100_000, "something is drawn");
}

#[test]
fn a_folder_that_is_not_there_is_said_and_nothing_breaks() {
    let mut window = standing();
    press_with(&mut window, Modifiers::COMMAND, Key::S);
    save_as(&mut window, Path::new("/no/such/folder/figure.png"));
    assert!(app(&window).said().any(|said| said.contains("no folder")));
}

#[test]
fn a_scene_is_saved_and_opened_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mine.toml");
    let mut window = standing();
    slide(&mut window, "ρ", 0.3);
    let mine = app(&window).scene().clone();
    click(&mut window, "Export ▾");
    click(&mut window, "Scene as TOML…");
    save_as(&mut window, &path);
    slide(&mut window, "ρ", 0.01);
    press_with(&mut window, Modifiers::COMMAND, Key::O);
    window
        .get_by_role_and_label(Role::TextInput, "File")
        .set_text_value_accesskit(&path.display().to_string());
    window.run_steps(3);
    click(&mut window, "Open");
    click(&mut window, "Discard");
    window.run_steps(3);
    assert_eq!(*app(&window).scene(), mine);
}

#[test]
fn every_slider_at_both_ends_only_changes_the_picture() {
    for name in ["opening", "bounce"] {
        let scene = builtin::find(name).unwrap();
        let mut window = window_of(scene, [1280.0, 800.0]);
        press(&mut window, Key::End);
        unfold(&mut window);
        let names: Vec<(String, f64, f64)> = window
            .get_all_by_role(Role::Slider)
            .map(|node| {
                let node = node.accesskit_node();
                let end = |value: Option<f64>| value.expect("a slider has ends");
                (
                    node.label().expect("a slider has a name"),
                    end(node.min_numeric_value()),
                    end(node.max_numeric_value()),
                )
            })
            .collect();
        assert!(names.len() > 5, "{name}");
        for (slider, low, high) in names {
            let before = app(&window).scene().clone();
            for end in [low, high] {
                if window.query_by_role_and_label(Role::Slider, &slider).is_some() {
                    // A run of every length was seen above; the longest are only slow here.
                    slide(
                        &mut window,
                        &slider,
                        if slider == "steps" { end.min(300.0) } else { end },
                    );
                }
            }
            press_with(&mut window, Modifiers::COMMAND, Key::Z);
            press_with(&mut window, Modifiers::COMMAND, Key::Z);
            assert_eq!(app(&window).scene().subject, before.subject, "{name}: {slider}");
        }
    }
}

#[test]
fn absurd_numbers_are_scenes_too() {
    use samscope::math::norm::{Ball, Norm, Radius};
    use samscope::scene::number::LearningRate;
    let mut absurd = builtin::opening();
    absurd.shared.eta = LearningRate::new(1e6).unwrap();
    absurd.shared.ball = Ball { norm: Norm::L1, rho: Radius::new(100.0).unwrap() };
    let mut window = window_of(absurd, [1280.0, 800.0]);
    press(&mut window, Key::End);
    pick(&mut window, "base", "Adam");
    press(&mut window, Key::O);
    window.run_steps(3);
}

#[test]
fn every_built_in_scene_is_shown_at_every_size() {
    for (k, size) in [[720.0, 520.0], [900.0, 700.0], [1920.0, 1080.0]].into_iter().enumerate() {
        for name in builtin::names().skip(k).step_by(3) {
            let mut window = window_of(builtin::find(name).unwrap(), size);
            press(&mut window, Key::D);
            press(&mut window, Key::End);
            let inside = egui::Rect::from_min_size(pos2(0.0, 0.0), size.into());
            for image in window.get_all_by_role(Role::Image) {
                assert!(inside.contains_rect(image.rect()), "{name} at {size:?}");
            }
        }
    }
}

#[test]
fn a_window_at_rest_does_not_repaint() {
    let mut window = standing();
    window.run_ok().expect("it comes to rest");
}

#[test]
fn one_key_presents_and_escape_ends_it() {
    let mut window = standing();
    assert!(window.query_by_role_and_label(Role::Slider, "ρ").is_some());
    window.key_press(Key::P);
    window.run_steps(3);
    assert_eq!(app(&window).view().audience, Audience::Room);
    assert_eq!(app(&window).view().theme, Theme::Talk);
    assert!(window.query_by_role_and_label(Role::Slider, "ρ").is_none());
    // It still plays, and turns dark.
    window.key_press(Key::T);
    window.run_steps(3);
    assert_eq!(app(&window).view().theme, Theme::DarkTalk);
    window.key_press(Key::Escape);
    window.run_steps(3);
    assert_eq!(app(&window).view().audience, Audience::Desk);
    assert_eq!(app(&window).view().theme, Theme::Dark);
    assert!(window.query_by_role_and_label(Role::Slider, "ρ").is_some());
}

#[test]
fn type_is_enlarged_by_keys_and_its_limits_are_said() {
    // In a large window there is room for less.
    let mut window = window_of(builtin::opening(), [1920.0, 1080.0]);
    let letters = |window: &Window| 11.0 * window.ctx.pixels_per_point();
    window.key_press_modifiers(Modifiers::COMMAND, Key::Minus);
    window.run_steps(3);
    assert!(app(&window).view().size < 1.0);
    for _ in 0..5 {
        window.key_press_modifiers(Modifiers::COMMAND, Key::Minus);
        window.run_steps(2);
    }
    assert!((app(&window).view().size - 0.8).abs() < 1e-6);
    assert!(letters(&window) >= 11.0);
    assert!(app(&window).said().any(|said| said.contains("no smaller")));
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num0);
    window.run_steps(3);
    assert!((app(&window).view().size - 1.0).abs() < 1e-6);
    // In one of the usual size, what is smaller could not be read.
    let mut window = standing();
    window.key_press_modifiers(Modifiers::COMMAND, Key::Minus);
    window.run_steps(3);
    assert!((app(&window).view().size - 1.0).abs() < 1e-6 && letters(&window) >= 11.0);
    assert!(app(&window).said().any(|said| said.contains("could not be read")));
}

#[test]
fn what_comes_next_is_hidden_until_it_is_there() {
    let mut window = standing();
    let maps = |window: &Window| {
        window.query_all_by_label_contains("What comes after step 0 is hidden").count()
    };
    window.key_press(Key::Home);
    window.run_steps(3);
    assert_eq!(maps(&window), 0);
    click(&mut window, "hide next");
    assert_eq!(maps(&window), 2);
    window.key_press(Key::End);
    window.run_steps(3);
    assert_eq!(window.query_all_by_label_contains("is hidden").count(), 0);
    window.key_press(Key::H);
    window.key_press(Key::Home);
    window.run_steps(3);
    assert_eq!(maps(&window), 0);
}

#[test]
fn a_listener_is_told_the_step_that_stands_and_moves_the_start_by_arrow_keys() {
    let mut window = standing();
    window.key_press(Key::Home);
    window.run_steps(3);
    let told = |window: &Window| {
        let nodes = window.query_all_by_role(Role::Status);
        nodes
            .filter_map(|node| node.accesskit_node().label())
            .find(|text| text.starts_with("Step "))
    };
    let first = told(&window).expect("the step is told");
    assert!(first.starts_with("Step 0: SGD at (0.60,\u{a0}−0.30), loss "), "{first}");
    assert!(first.contains("SAM at") && first.contains("next a step of"), "{first}");
    window.key_press(Key::ArrowRight);
    window.run_steps(3);
    assert!(told(&window).expect("the step is told").starts_with("Step 1: "));
    window.get_by_label_contains("start at (0.60").focus();
    window.run_steps(2);
    let before = app(&window).scene().first_weights().to_vec();
    window.key_press(Key::ArrowUp);
    window.run_steps(3);
    let after = app(&window).scene().first_weights().to_vec();
    assert!(after[1] > before[1] && (after[0] - before[0]).abs() < 1e-12, "{before:?} {after:?}");
    // The playhead stayed where it was.
    assert_eq!(step(&window), 1);
}
