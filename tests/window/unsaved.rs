//! A scene that was changed is not lost without a question; files that were open before are found again.

use std::path::Path;

use egui::accesskit::Role;
use egui::{Key, Modifiers, ViewportCommand, ViewportEvent, ViewportId};
use egui_kittest::kittest::Queryable as _;

use samscope::app::commands::Next;
use samscope::scene::{builtin, file};

use super::{Window, app, click, press, press_with, save_as, slide, standing};

/// Whether it is asked what becomes of the scene.
fn asks(window: &Window) -> bool {
    window.query_by_label("Save changes?").is_some() && app(window).question().is_some()
}

fn begin_anew(window: &mut Window) {
    press_with(window, Modifiers::COMMAND, Key::N);
}

/// Asks the window to close; what it answers.
fn close(window: &mut Window) -> Vec<ViewportCommand> {
    let viewports = &mut window.input_mut().viewports;
    viewports.entry(ViewportId::ROOT).or_default().events.push(ViewportEvent::Close);
    answers(window)
}

/// What the window says to the system in the next frames.
fn answers(window: &mut Window) -> Vec<ViewportCommand> {
    let mut said = Vec::new();
    for _ in 0..8 {
        window.step();
        let output = &window.output().viewport_output;
        said.extend(output.get(&ViewportId::ROOT).into_iter().flat_map(|it| it.commands.clone()));
    }
    said
}

fn open(window: &mut Window, path: &Path) {
    press_with(window, Modifiers::COMMAND, Key::O);
    window
        .get_by_role_and_label(Role::TextInput, "File")
        .set_text_value_accesskit(&path.display().to_string());
    window.run_steps(3);
    click(window, "Open");
    window.run_steps(3);
}

#[test]
fn nothing_is_asked_of_a_scene_that_nobody_changed_or_that_was_changed_back() {
    let mut window = standing();
    begin_anew(&mut window);
    assert!(!asks(&window));
    assert!(!close(&mut window).contains(&ViewportCommand::CancelClose));
    slide(&mut window, "ρ", 0.3);
    assert!(app(&window).is_unsaved());
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(!app(&window).is_unsaved(), "undo back to it counts as unchanged");
    begin_anew(&mut window);
    assert!(!asks(&window));
}

#[test]
fn another_scene_waits_for_an_answer() {
    let mut window = standing();
    slide(&mut window, "ρ", 0.3);
    let mine = app(&window).scene().clone();
    begin_anew(&mut window);
    assert!(asks(&window) && *app(&window).scene() == mine);
    click(&mut window, "Keep editing");
    assert!(!asks(&window) && *app(&window).scene() == mine);
    begin_anew(&mut window);
    press(&mut window, Key::Escape);
    assert!(!asks(&window) && *app(&window).scene() == mine, "Esc loses nothing");
    begin_anew(&mut window);
    click(&mut window, "Discard");
    assert!(!asks(&window) && *app(&window).scene() == builtin::opening());
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(*app(&window).scene(), mine, "undo goes back to it");
    assert!(app(&window).is_unsaved(), "and it is no safer than before");
}

#[test]
fn it_is_saved_first_where_that_is_answered_and_then_in_its_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mine.toml");
    let mut window = standing();
    slide(&mut window, "ρ", 0.3);
    let mine = app(&window).scene().clone();
    begin_anew(&mut window);
    click(&mut window, "Save…");
    assert_eq!(*app(&window).scene(), mine, "it is still there while a name is asked for");
    save_as(&mut window, &path);
    window.run_steps(3);
    assert_eq!(file::open(&path).expect("a scene"), mine);
    assert_eq!(*app(&window).scene(), builtin::opening());
    // One with a file needs no name.
    open(&mut window, &path);
    assert!(!app(&window).is_unsaved());
    slide(&mut window, "ρ", 0.1);
    let other = app(&window).scene().clone();
    begin_anew(&mut window);
    click(&mut window, "Save");
    window.run_steps(3);
    assert_eq!(file::open(&path).expect("a scene"), other);
    assert_eq!(*app(&window).scene(), builtin::opening());
    // What the file held before is safe no longer.
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(*app(&window).scene(), other);
    assert!(!app(&window).is_unsaved());
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(*app(&window).scene(), mine);
    assert!(app(&window).is_unsaved());
}

#[test]
fn a_form_that_is_left_gives_up_what_waited_for_it() {
    let mut window = standing();
    slide(&mut window, "ρ", 0.3);
    let mine = app(&window).scene().clone();
    begin_anew(&mut window);
    click(&mut window, "Save…");
    click(&mut window, "Cancel");
    let folder = tempfile::tempdir().expect("a folder");
    click(&mut window, "Export ▾");
    click(&mut window, "Scene as TOML…");
    save_as(&mut window, &folder.path().join("mine.toml"));
    window.run_steps(3);
    assert_eq!(*app(&window).scene(), mine, "nothing waits any more");
}

#[test]
fn the_window_stays_open_until_it_is_answered() {
    let mut window = standing();
    slide(&mut window, "ρ", 0.3);
    assert!(close(&mut window).contains(&ViewportCommand::CancelClose));
    assert!(asks(&window) && app(&window).question() == Some(&Next::Close));
    click(&mut window, "Keep editing");
    assert!(close(&mut window).contains(&ViewportCommand::CancelClose), "it is asked again");
    window.get_by_label("Discard").click();
    assert!(answers(&mut window).contains(&ViewportCommand::Close));
    assert!(!close(&mut window).contains(&ViewportCommand::CancelClose));
}

#[test]
fn the_title_says_which_scene_it_is_and_marks_one_that_would_be_lost() {
    let mut window = standing();
    let titles = |said: Vec<ViewportCommand>| -> Vec<String> {
        let titles = said.into_iter().filter_map(|command| match command {
            ViewportCommand::Title(title) => Some(title),
            _ => None,
        });
        titles.collect()
    };
    assert!(titles(answers(&mut window)).is_empty(), "it is said once");
    window.get_by_role_and_label(Role::Slider, "ρ").set_value_accesskit(0.3);
    let said = titles(answers(&mut window));
    let name = app(&window).scene().heading();
    assert_eq!(said, [format!("● {name} — samscope")]);
    let (key, modifiers) = (Key::Z, Modifiers::COMMAND);
    let undo =
        egui::Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers };
    window.input_mut().events.push(undo);
    assert_eq!(titles(answers(&mut window)), [format!("{name} — samscope")]);
}

#[test]
fn files_are_found_again_and_one_that_is_gone_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = ["one", "two"].map(|name| folder.path().join(format!("{name}.toml")));
    for (path, steps) in paths.iter().zip([20, 30]) {
        let text = format!("landscape = \"quadratic\"\nsteps = {steps}\n");
        std::fs::write(path, text).expect("a scene");
    }
    let mut window = standing();
    for path in &paths {
        open(&mut window, path);
    }
    assert_eq!(app(&window).recent(), [paths[1].clone(), paths[0].clone()]);
    assert_eq!(app(&window).settings().recent, app(&window).recent());
    let recall = |window: &mut Window, name: &str| {
        window.get_by_role_and_label(Role::Button, "Scenes").click();
        window.run_steps(3);
        window.get_by_label_contains("Recent files").click();
        window.run_steps(3);
        window.get_by_label(name).click_accesskit();
        window.run_steps(4);
    };
    recall(&mut window, "one.toml");
    assert_eq!(app(&window).scene().steps.get(), 20);
    assert_eq!(app(&window).recent()[0], paths[0]);
    std::fs::remove_file(&paths[1]).expect("it was there");
    recall(&mut window, "two.toml");
    assert_eq!(app(&window).scene().steps.get(), 20, "the scene stays");
    assert!(app(&window).said().any(|said| said.contains("two.toml")));
    assert_eq!(app(&window).recent(), [paths[0].clone()]);
}
