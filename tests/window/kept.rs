//! What somebody set is there when the window is opened again.

use std::path::Path;

use egui::accesskit::{Role, Toggled};
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use samscope::app::{App, fonts};
use samscope::engine::Engine;
use samscope::figure::palette::Theme;
use samscope::scene::builtin;

use super::{Window, app, click, press, press_with};

/// A window whose settings are kept in this file.
fn opened(file: &Path) -> Window {
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

/// Closes the window, as far as what is kept of it goes.
fn kept(window: &mut Window) {
    window.state_mut().as_mut().expect("an app").keep();
}

fn is_open(window: &Window, title: &str) -> bool {
    let node = window.get_by_role_and_label(Role::DisclosureTriangle, title);
    node.accesskit_node().toggled() == Some(Toggled::True)
}

#[test]
fn folds_size_and_colours_are_found_again_and_a_broken_file_is_as_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("samscope").join("settings.toml");
    let mut window = opened(&file);
    assert!(is_open(&window, "About this scene") && !is_open(&window, "Schedules"));
    kept(&mut window);
    assert!(!file.exists(), "there is nothing to keep yet");
    click(&mut window, "About this scene");
    click(&mut window, "Schedules");
    press(&mut window, Key::T);
    press_with(&mut window, Modifiers::COMMAND, Key::Plus);
    let size = app(&window).view().size;
    assert!(size > 1.0);
    kept(&mut window);
    drop(window);

    let mut window = opened(&file);
    assert!(!is_open(&window, "About this scene") && is_open(&window, "Schedules"));
    assert_eq!(app(&window).view().theme, Theme::Dark);
    assert!((app(&window).view().size - size).abs() < 1e-6);
    // Before a room the colours are others, which are not what was chosen.
    press(&mut window, Key::P);
    assert_eq!(app(&window).settings().theme, Some(Theme::Dark));

    std::fs::write(&file, "turned = [1, 2\nsize = ]").expect("a broken file");
    let window = opened(&file);
    assert!(is_open(&window, "About this scene") && !is_open(&window, "Schedules"));
    assert!((app(&window).view().size - 1.0).abs() < 1e-6);
}
