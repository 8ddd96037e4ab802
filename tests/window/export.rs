//! The dialog that saves figures: what it shows is what is saved, and what the command line draws.

use std::path::Path;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use samscope::app::files::{News, Reel};
use samscope::app::filming::Filming;
use samscope::app::{App, fonts};
use samscope::engine::Engine;
use samscope::export::film::{Film, Format};
use samscope::export::laid::{Purpose, Wanted};
use samscope::export::png;
use samscope::figure::palette::Theme;
use samscope::figure::shot::Shot;
use samscope::optim::moment::Moment;
use samscope::origin::{self, Origin};
use samscope::scene::{builtin, file};

use super::{Window, app, click, press, press_with, save_as, standing};

/// What the preview is said to be.
fn preview(window: &Window) -> String {
    let images = window.query_all_by_role(Role::Image);
    let said = images.filter_map(|node| node.accesskit_node().label());
    said.into_iter().find(|said| said.starts_with("Preview of the figure")).unwrap_or_default()
}

fn choose(window: &mut Window, item: &str) {
    window.get_by_role_and_label(Role::Button, item).click_accesskit();
    window.run_steps(4);
}

fn tick(window: &mut Window, item: &str) {
    window.get_by_role_and_label(Role::CheckBox, item).click_accesskit();
    window.run_steps(4);
}

#[test]
fn what_is_previewed_is_saved_and_is_what_the_command_line_draws() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("column.png");
    let mut window = standing();
    press_with(&mut window, Modifiers::COMMAND, Key::S);
    window.run_steps(3);
    assert!(preview(&window).ends_with("1280 × 800 points, 2560 × 1600 pixels"));
    choose(&mut window, "One column");
    let said = preview(&window);
    assert!(said.contains("85.0 ×") && said.contains("letters of 8 pt"), "{said}");
    choose(&mut window, "print");
    save_as(&mut window, &path);
    let scene = builtin::opening();
    let wanted = Wanted { purpose: Some(Purpose::Column), ..Wanted::default() };
    let (layout, page) = wanted.sheet(&scene).expect("it has room");
    let shot = Shot { size: layout.size, panels: layout.panels, ..Shot::of(&scene) };
    let origin = Origin::of(&scene, Moment::Step(200));
    let grain = wanted.grain(page, 1.0);
    let drawn = png::carrying(&shot.figure(), Theme::Print, grain, Some(&origin)).expect("drawn");
    let saved = std::fs::read(&path).expect("a picture");
    assert!(saved == drawn, "{} and {} bytes", saved.len(), drawn.len());
}

#[test]
fn parts_and_runs_are_left_out_and_a_page_without_room_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("one.svg");
    let mut window = standing();
    press_with(&mut window, Modifiers::COMMAND, Key::S);
    choose(&mut window, "SVG");
    choose(&mut window, "Two columns");
    let both = preview(&window);
    tick(&mut window, "charts");
    assert_ne!(preview(&window), both, "without charts it is lower");
    tick(&mut window, "SGD");
    save_as(&mut window, &path);
    let drawn = std::fs::read_to_string(&path).expect("a figure");
    let has = |pane: &str| drawn.contains(&format!("id=\"{pane}\""));
    assert!(has("map.1") && !has("map.0") && !has("loss"), "one map and no charts");
    let carried = origin::open(&path).expect("a scene").scene;
    assert_eq!(carried.shown_runs().collect::<Vec<_>>(), [1], "it is drawn again as it is");
    assert_eq!(*app(&window).scene(), builtin::opening(), "the window shows both");
    // What is chosen stays, and letters that have no room are said.
    press_with(&mut window, Modifiers::COMMAND, Key::S);
    window.get_by_role_and_label(Role::SpinButton, "letters").focus();
    window.run_steps(2);
    press_with(&mut window, Modifiers::COMMAND, Key::A);
    window.event(egui::Event::Text("140".to_owned()));
    window.run_steps(2);
    press(&mut window, Key::Enter);
    window.run_steps(3);
    assert!(preview(&window).is_empty());
    assert!(
        window.query_all_by_label_contains("has no room at letters of 140 pt").next().is_some()
    );
    click(&mut window, "Cancel");
    assert!(app(&window).view().form.is_none());
}

/// A window whose settings are in this file.
fn kept_in(file: &Path) -> Window {
    let file = file.to_owned();
    let build = Harness::builder().with_size([1280.0, 800.0]).with_context_setup(fonts::install);
    let mut window = build.build_ui_state(
        move |ui, app: &mut Option<App>| {
            let app = app.get_or_insert_with(|| {
                let app = App::new(ui.ctx(), builtin::opening(), Engine::in_place());
                app.kept_in(ui.ctx(), Some(file.clone()))
            });
            app.logic(ui.ctx());
            app.ui(ui);
        },
        None,
    );
    window.run_steps(3);
    window
}

#[test]
fn the_dialog_begins_with_what_was_chosen_last_also_in_the_next_window() {
    let folder = tempfile::tempdir().expect("a folder");
    let settings = folder.path().join("settings.toml");
    let mut window = kept_in(&settings);
    press(&mut window, Key::End);
    press_with(&mut window, Modifiers::COMMAND, Key::S);
    choose(&mut window, "Slide");
    choose(&mut window, "talk");
    save_as(&mut window, &folder.path().join("slide.png"));
    // At once, too, and over none.
    press_with(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    window.run_steps(3);
    let [asked, at_once] = ["slide.png", "figure.png"]
        .map(|name| std::fs::read(folder.path().join(name)).expect("a picture"));
    assert!(asked == at_once, "the same slide");
    window.state_mut().as_mut().expect("an app").keep();
    drop(window);
    let mut window = kept_in(&settings);
    press_with(&mut window, Modifiers::COMMAND, Key::S);
    window.run_steps(3);
    assert!(
        preview(&window).contains("338.7 × 190.5 mm, letters of 16 pt"),
        "{}",
        preview(&window)
    );
}

#[test]
fn a_film_that_is_cancelled_leaves_no_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let scene = file::read("landscape = \"quadratic\"\nsteps = 6").expect("a scene");
    let film = Film::of(Shot { size: [320.0, 240.0], ..Shot::of(&scene) }, Theme::Light);
    for (name, reel) in [("film.gif", Reel::One(Format::Gif)), ("frame-%02d.png", Reel::Pictures)] {
        let filming = Filming::to(&folder.path().join(name));
        let seen = std::cell::Cell::new(0);
        // It is cancelled after the third frame.
        let made = filming.make(&film, reel, || {
            seen.set(seen.get() + 1);
            if seen.get() == 3 {
                filming.stop();
            }
        });
        let News::Filmed(Err(why)) = made else { panic!("{name}: {made:?}") };
        assert!(why.contains("cancelled"), "{why}");
        assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0, "{name}");
    }
    let whole =
        Filming::to(&folder.path().join("frame-%02d.png")).make(&film, Reel::Pictures, || ());
    assert!(matches!(whole, News::Filmed(Ok(_))), "{whole:?}");
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 7);
}

#[test]
fn picture_and_numbers_are_put_into_the_clipboard() {
    let mut window = standing();
    let copied = |window: &mut Window, key: Key| {
        // In one frame of its own, so that what it says to the system can be looked at.
        let (modifiers, repeat) = (Modifiers::SHIFT, false);
        let pressed =
            egui::Event::Key { key, physical_key: None, pressed: true, repeat, modifiers };
        window.input_mut().events.push(pressed);
        let mut found = Vec::new();
        for _ in 0..3 {
            window.step();
            found.extend(window.output().platform_output.commands.iter().cloned());
        }
        found
    };
    let numbers = copied(&mut window, Key::N);
    let text = numbers.into_iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text),
        _ => None,
    });
    let text = text.expect("a text");
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("\tSGD\tSAM"));
    let ending = text.lines().find(|line| line.starts_with("ending\t")).expect("how they end");
    assert_eq!(ending.split('\t').count(), 3, "{ending}");
    assert!(text.lines().any(|line| line.starts_with("basin0\t")), "{text}");
    // What comes is not told where it is hidden.
    window.key_press(Key::H);
    window.key_press(Key::Home);
    window.run_steps(3);
    let hidden = copied(&mut window, Key::N);
    let told = hidden.into_iter().any(
        |command| matches!(command, egui::OutputCommand::CopyText(text) if text.contains("ending")),
    );
    assert!(!told);
    let picture = copied(&mut window, Key::C).into_iter().find_map(|command| match command {
        egui::OutputCommand::CopyImage(picture) => Some(picture.size),
        _ => None,
    });
    assert_eq!(picture, Some([2560, 1600]));
}

#[test]
fn the_dialog_begins_with_the_format_of_the_last_figure() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = standing();
    press_with(&mut window, Modifiers::COMMAND, Key::S);
    window.run_steps(3);
    choose(&mut window, "PDF");
    save_as(&mut window, &folder.path().join("one.pdf"));
    press_with(&mut window, Modifiers::COMMAND, Key::S);
    window.run_steps(3);
    let path = window.get_by_role_and_label(Role::TextInput, "File").value().expect("a path");
    assert!(path.ends_with("figure.pdf"), "{path}");
}

#[test]
fn a_copied_picture_is_what_is_seen_whatever_was_saved_last() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = standing();
    let copied = |window: &mut Window| {
        let (key, modifiers, repeat) = (Key::C, Modifiers::SHIFT, false);
        let pressed =
            egui::Event::Key { key, physical_key: None, pressed: true, repeat, modifiers };
        window.input_mut().events.push(pressed);
        let mut found = Vec::new();
        for _ in 0..3 {
            window.step();
            found.extend(window.output().platform_output.commands.iter().cloned());
        }
        found.into_iter().find_map(|command| match command {
            egui::OutputCommand::CopyImage(picture) => Some(picture.size),
            _ => None,
        })
    };
    let seen = copied(&mut window);
    press_with(&mut window, Modifiers::COMMAND, Key::S);
    window.run_steps(3);
    choose(&mut window, "One column");
    save_as(&mut window, &folder.path().join("column.png"));
    assert_eq!(copied(&mut window), seen);
}

#[test]
fn a_table_that_is_cancelled_leaves_no_file_and_a_whole_one_is_that_of_the_command_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let scene = file::read("landscape = \"quadratic\"\nsteps = 60").expect("a scene");
    let path = folder.path().join("steps.csv");
    let filming = Filming::table_to(&path);
    let seen = std::cell::Cell::new(0);
    let made = filming.write_table(&scene, || {
        seen.set(seen.get() + 1);
        if seen.get() == 3 {
            filming.stop();
        }
    });
    let News::Filmed(Err(why)) = made else { panic!("{made:?}") };
    assert!(why.contains("cancelled") && seen.get() == 3, "{why}");
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0);
    let whole = Filming::table_to(&path).write_table(&scene, || ());
    assert!(matches!(whole, News::Filmed(Ok(_))), "{whole:?}");
    let expected = samscope::export::csv::write(&scene, &scene.source().build());
    assert!(std::fs::read(&path).expect("a table") == expected);
}

#[test]
fn the_numbers_of_the_charts_are_saved_from_the_window() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("charts.csv");
    let mut window = standing();
    click(&mut window, "Export ▾");
    window.run_steps(3);
    click(&mut window, "Numbers of the charts as CSV…");
    save_as(&mut window, &path);
    let table = std::fs::read_to_string(&path).expect("a table");
    assert!(table.starts_with("chart,run,line,x,value\nloss,base,loss,0,"), "{}", &table[..80]);
    assert!(table.contains("\nminima,sam,minima,"));
    let taken = std::fs::read_dir(folder.path()).expect("a folder").count();
    save_as_table_into(&mut window, Path::new("/no/such/folder/steps.csv"));
    assert!(app(&window).said().any(|said| said.contains("no folder")));
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), taken);
}

/// Asks for the table of all steps.
fn save_as_table_into(window: &mut Window, path: &Path) {
    click(window, "Export ▾");
    window.run_steps(3);
    click(window, "Table of all steps as CSV…");
    save_as(window, path);
}
