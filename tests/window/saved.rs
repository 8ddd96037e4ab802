//! What leaves the window: a figure at once, a film, a scene with its comments; and what is left where it was killed.

use std::fs;
use std::path::Path;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use samscope::app::{App, fonts};
use samscope::engine::Engine;
use samscope::origin;
use samscope::scene::{builtin, file};

use super::{Window, app, click, press_with, save_as, slide, standing};

/// A window whose settings, and what is kept for recovery, are in this folder.
fn opened(folder: &Path) -> Window {
    let settings = folder.join("settings.toml");
    let build = Harness::builder().with_size([1280.0, 800.0]).with_context_setup(fonts::install);
    let mut window = build.build_ui_state(
        move |ui, app: &mut Option<App>| {
            let app = app.get_or_insert_with(|| {
                let app = App::new(ui.ctx(), builtin::opening(), Engine::in_place());
                app.kept_in(ui.ctx(), Some(settings.clone()))
            });
            app.logic(ui.ctx());
            app.ui(ui);
        },
        None,
    );
    window.run_steps(3);
    window
}

/// Opens a scene by its path.
fn open(window: &mut Window, path: &Path) {
    press_with(window, Modifiers::COMMAND, Key::O);
    type_path(window, path);
    click(window, "Open");
    window.run_steps(3);
}

/// Types a path into the form that is open.
fn type_path(window: &mut Window, path: &Path) {
    window
        .get_by_role_and_label(Role::TextInput, "File")
        .set_text_value_accesskit(&path.display().to_string());
    window.run_steps(3);
}

/// Saves something of the menu Export.
fn export(window: &mut Window, item: &str, path: &Path) {
    click(window, "Export ▾");
    click(window, item);
    save_as(window, path);
}

#[test]
fn a_figure_is_saved_at_once_beside_the_last_file_and_over_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let scene = folder.path().join("scene.toml");
    fs::write(&scene, "landscape = \"quadratic\"\nsteps = 20\n").expect("a scene");
    let mut window = standing();
    open(&mut window, &scene);
    for name in ["figure.png", "figure-1.png"] {
        press_with(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
        window.run_steps(3);
        let path = folder.path().join(name);
        assert_eq!(origin::open(&path).expect(name).scene, *app(&window).scene());
        assert!(app(&window).said().any(|said| said.contains(name)), "{name} is said");
    }
}

#[test]
fn a_film_is_made_beside_the_window_and_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let scene = folder.path().join("scene.toml");
    fs::write(&scene, "landscape = \"quadratic\"\nsteps = 4\n").expect("a scene");
    let mut window = standing();
    open(&mut window, &scene);
    let film = folder.path().join("film.gif");
    export(&mut window, "Film as GIF or APNG…", &film);
    assert!(app(&window).said().any(|said| said.contains("film.gif")));
    assert_eq!(origin::open(&film).expect("a film").scene, *app(&window).scene());
    let nowhere = folder.path().join("none").join("film.gif");
    export(&mut window, "Film as GIF or APNG…", &nowhere);
    assert!(app(&window).said().any(|said| said.contains("there is no folder")));
}

#[test]
fn comments_of_the_scene_that_was_opened_survive_an_edit() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mine.toml");
    let text = "# For Monday.\nlandscape = \"quadratic\"\nsteps = 20 # few\n";
    fs::write(&path, text).expect("a scene");
    let mut window = standing();
    open(&mut window, &path);
    slide(&mut window, "ρ", 0.25);
    let other = app(&window).scene().clone();
    export(&mut window, "Scene as TOML…", &path);
    let saved = fs::read_to_string(&path).expect("the scene");
    assert!(saved.contains("# For Monday.") && saved.contains("steps = 20 # few"), "{saved}");
    assert_eq!(file::read(&saved).expect("a scene"), other);
    // Another file is this scene's own.
    fs::write(folder.path().join("other.toml"), text).expect("a scene");
    export(&mut window, "Scene as TOML…", &folder.path().join("other.toml"));
    let saved = fs::read_to_string(folder.path().join("other.toml")).expect("the scene");
    assert!(!saved.contains("Monday"), "{saved}");
}

#[test]
fn a_window_that_is_killed_leaves_its_scene_to_the_next_and_one_that_is_closed_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    slide(&mut window, "ρ", 0.25);
    let other = app(&window).scene().clone();
    assert_ne!(other, builtin::opening());
    // A few seconds of frames.
    window.run_steps(240);
    drop(window);
    let left = || fs::read_dir(folder.path()).expect("a folder").count();
    assert!(left() > 1, "the scene and its lock");

    let mut window = opened(folder.path());
    assert_eq!(*app(&window).scene(), other);
    assert!(app(&window).said().any(|said| said.contains("was not closed")));
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(*app(&window).scene(), builtin::opening(), "undo goes back");
    window.state_mut().as_mut().expect("an app").keep();
    drop(window);
    assert_eq!(*app(&opened(folder.path())).scene(), builtin::opening());
}
