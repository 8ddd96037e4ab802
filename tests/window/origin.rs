//! Back from the picture: a figure that is dropped on the window, and a word that is pasted, open what they were made of.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::Key;
use samscope::app::view::View;
use samscope::export::page::Page;
use samscope::export::png::Grain;
use samscope::figure::palette::Theme;
use samscope::figure::picture::Against;
use samscope::figure::shot::Shot;
use samscope::optim::moment::Moment;
use samscope::origin::{Origin, short};
use samscope::scene::{Scene, builtin, file};

use super::{Window, app, press, standing, step};

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

fn other() -> Scene {
    file::read("landscape = \"himmelblau\"\nsteps = 50\nrho = 0.1").expect("a scene")
}

fn paste(window: &mut Window, text: &str) {
    window.event(egui::Event::Paste(text.to_owned()));
    window.run_steps(4);
}

fn against(view: &View) -> Against {
    view.against
}

#[test]
fn a_figure_that_is_dropped_opens_its_scene_at_its_step() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("figure.png");
    let shot = Shot { at: Moment::Step(20), size: [480.0, 320.0], ..Shot::of(&other()) };
    let kind = samscope::app::files::Image::Png;
    let sheet = (Page::default(), Grain::from(0.5));
    let _ = samscope::app::files::save_figure(&shot, Theme::Print, kind, sheet, &path);
    let mut window = standing();
    window.input_mut().dropped_files.push(Arc::new(Dropped(path)));
    window.run_steps(4);
    assert_eq!(*app(&window).scene(), other());
    assert_eq!(step(&window), 20);
    super::press_with(&mut window, egui::Modifiers::COMMAND, Key::Z);
    assert_eq!(*app(&window).scene(), builtin::opening(), "undo goes back");
}

#[test]
fn a_word_that_is_pasted_opens_what_it_tells_and_other_words_do_nothing() {
    let mut window = standing();
    paste(&mut window, "rho = 0.7");
    assert_eq!(*app(&window).scene(), builtin::opening());
    paste(&mut window, &short::write(&Origin::of(&other(), Moment::Gradients(31))));
    assert_eq!(*app(&window).scene(), other());
    assert_eq!(against(app(&window).view()), Against::Gradients);
    let before = app(&window).scene().clone();
    paste(&mut window, "samscope:AAAA");
    assert_eq!(*app(&window).scene(), before);
    assert!(app(&window).said().any(|said| said.contains("copy the whole word")));
    press(&mut window, Key::Home);
}
