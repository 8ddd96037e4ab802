//! Lessons in the window: by keys alone, live, and with what a page locks and hides.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::{Window, app, click, press, press_with, slide, standing, window, window_of};
use samscope::figure::palette::Audience;
use samscope::figure::picture::Future;
use samscope::lesson::builtin as lessons;
use samscope::scene::builtin;

/// Opens the lesson of this name from the list, by keys.
#[track_caller]
fn open(window: &mut Window, name: &str) {
    press_with(window, Modifiers::SHIFT, Key::L);
    assert!(app(window).view().lessons, "Shift L lists the lessons");
    let place = lessons::names().position(|known| known == name).expect("a lesson");
    for _ in 0..place {
        press(window, Key::ArrowDown);
    }
    press(window, Key::Enter);
    assert!(!app(window).view().lessons, "Enter opens one");
    let (_, lesson) = lessons::all().nth(place).expect("it");
    let teaching = app(window).teaching().expect("a lesson is open");
    assert_eq!(teaching.lesson.title, lesson.title);
}

fn place(window: &Window) -> [usize; 2] {
    app(window).teaching().expect("a lesson is open").place()
}

/// What is said of the goal, as it is read aloud.
#[track_caller]
fn status(window: &Window) -> String {
    let said = app(window).goal_status().expect("the page has a goal").said().to_owned();
    assert!(window.query_by_role_and_label(Role::Status, &said).is_some(), "{said} is shown");
    said
}

fn is_reached(window: &Window) -> bool {
    app(window).goal_status().is_some_and(|status| status.is_reached())
}

/// Turns the page by key, and checks that it is shown as its file says.
#[track_caller]
fn next(window: &mut Window) {
    let [before, pages] = place(window);
    press(window, Key::PageDown);
    assert_eq!(place(window), [before + 1, pages]);
    let teaching = app(window).teaching().expect("open");
    let page = teaching.page().expect("a page");
    assert_eq!(*app(window).scene(), page.scene, "the page's own scene");
    assert_eq!(app(window).view().future, page.future);
    assert!(window.query_by_label(&page.said()).is_some(), "its text is there to be read");
}

/// Moves the focus on by Tab until it is on the control of this name.
#[track_caller]
fn tab_to(window: &mut Window, role: Role, name: &str) {
    for _ in 0..80 {
        press(window, Key::Tab);
        let node = window.query_by_role_and_label(role, name);
        if node.is_some_and(|node| node.accesskit_node().is_focused()) {
            return;
        }
    }
    panic!("Tab never comes to {name}");
}

/// Says by keys where a run will end, so many hundredths of the map from its middle; then plays to the end.
fn predict(window: &mut Window, [right, up]: [i32; 2]) {
    assert!(status(window).contains("Nothing said yet"));
    press(window, Key::X);
    for (way, back, count) in
        [(Key::ArrowRight, Key::ArrowLeft, right), (Key::ArrowUp, Key::ArrowDown, up)]
    {
        for _ in 0..count.unsigned_abs() {
            press(window, if count > 0 { way } else { back });
        }
    }
    assert!(status(window).contains("You say"), "{}", status(window));
    press(window, Key::Enter);
    press(window, Key::End);
}

#[test]
fn a_whole_lesson_about_leaving_is_gone_through_by_keys_alone() {
    let mut window = window();
    open(&mut window, "leave");
    assert_eq!(place(&window), [1, 7]);
    next(&mut window);
    assert_eq!(app(&window).view().future, Future::Hidden);
    assert_eq!(super::step(&window), 12, "the page stands at its step");
    next(&mut window);
    next(&mut window);
    assert_eq!(app(&window).view().future, Future::Hidden);
    assert_eq!(super::step(&window), 0, "nothing moves before one has said something");
    predict(&mut window, [-10, 20]);
    let far = status(&window);
    assert!(far.contains("SAM ended at") && far.contains("from where you clicked"), "{far}");
    next(&mut window);
    assert!(status(&window).contains("Not yet"), "{}", status(&window));
    tab_to(&mut window, Role::Slider, "ρ");
    let mut seen_large = false;
    for _ in 0..60 {
        if is_reached(&window) {
            break;
        }
        press(&mut window, Key::ArrowRight);
        seen_large |= status(&window).contains("smaller ρ");
    }
    assert!(is_reached(&window) || seen_large, "{}", status(&window));
    // Leaving is not enough: it asks for the smallest.
    press(&mut window, Key::Escape);
    slide(&mut window, "ρ", 0.3);
    assert!(status(&window).contains("a smaller ρ"), "{}", status(&window));
    slide(&mut window, "ρ", 0.078);
    assert!(is_reached(&window), "{}", status(&window));
    for _ in 0..2 {
        next(&mut window);
    }
    assert_eq!(place(&window), [7, 7]);
    let (name, after) = lessons::after(lessons::find("leave").expect("it")).expect("a next one");
    press(&mut window, Key::PageDown);
    let title = &app(&window).teaching().expect("open").lesson.title;
    assert_eq!(*title, after.title, "after the last page comes {name}");
    press(&mut window, Key::PageUp);
    assert_eq!(place(&window)[0], 1);
}

#[test]
fn a_whole_lesson_about_the_edge_is_gone_through_by_keys_alone() {
    let mut window = window();
    open(&mut window, "edge");
    assert_eq!(place(&window), [1, 4]);
    next(&mut window);
    assert!(status(&window).contains("Not yet"));
    tab_to(&mut window, Role::Slider, "η");
    for _ in 0..200 {
        if is_reached(&window) || status(&window).contains("smaller η") {
            break;
        }
        press(&mut window, Key::ArrowRight);
    }
    assert!(status(&window).contains("smaller η") || is_reached(&window), "{}", status(&window));
    next(&mut window);
    next(&mut window);
    assert!(!is_reached(&window));
    tab_to(&mut window, Role::Slider, "η");
    for _ in 0..200 {
        if is_reached(&window) {
            break;
        }
        press_with(&mut window, Modifiers::SHIFT, Key::ArrowRight);
    }
    assert!(is_reached(&window), "{}", status(&window));
    press(&mut window, Key::Escape);
    press(&mut window, Key::PageUp);
    assert_eq!(place(&window), [3, 4]);
}

#[test]
fn undo_goes_back_over_pages_and_redo_forth() {
    let mut window = window();
    open(&mut window, "leave");
    let first = app(&window).scene().clone();
    next(&mut window);
    let second = app(&window).scene().clone();
    assert_ne!(first, second);
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!((place(&window)[0], app(&window).scene()), (1, &first));
    press_with(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!((place(&window)[0], app(&window).scene()), (2, &second));
    assert_eq!(app(&window).view().future, Future::Hidden);
    for _ in 0..3 {
        next(&mut window);
    }
    slide(&mut window, "ρ", 0.2);
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(place(&window)[0], 5, "an edit on a page is taken back on it");
    click(&mut window, "Close lesson");
    assert!(app(&window).teaching().is_none());
}

#[test]
fn a_page_shows_only_its_controls_and_locks_what_it_says() {
    let mut window = window();
    open(&mut window, "bounce");
    next(&mut window);
    assert!(window.query_by_role_and_label(Role::Slider, "η").is_none());
    assert!(window.query_by_label("Add a run").is_none());
    next(&mut window);
    let is_free = |window: &Window, name: &str| {
        let slider = window.get_by_role_and_label(Role::Slider, name);
        !slider.accesskit_node().is_disabled()
    };
    assert!(is_free(&window, "η") && !is_free(&window, "ρ"));
    let before = app(&window).scene().shared.ball;
    slide(&mut window, "η", 0.1);
    assert!(is_reached(&window), "{}", status(&window));
    assert_eq!(app(&window).scene().shared.ball, before);
    click(&mut window, "Page as it was");
    assert!(!is_reached(&window));
    click(&mut window, "Close lesson");
    assert!(window.query_by_label("Add a run").is_some());
}

#[test]
fn a_click_on_a_map_is_a_prediction_and_the_end_answers_it() {
    let mut window = window();
    open(&mut window, "leave");
    for _ in 0..3 {
        next(&mut window);
    }
    let map = window
        .get_all_by_role(Role::Image)
        .map(|node| node.rect())
        .reduce(|a, b| {
            if b.top() < a.top() || (b.top() <= a.top() && b.left() < a.left()) { b } else { a }
        })
        .expect("maps");
    let at = map.left_top() + 0.3 * map.size();
    window.hover_at(at);
    window.run_steps(2);
    window.drag_at(at);
    window.run_steps(2);
    window.drop_at(at);
    window.run_steps(3);
    let predicted = app(&window).view().prediction.at.expect("a prediction");
    let shown = builtin::opening().shown_window();
    assert!(predicted[0] < shown.centre()[0] && predicted[1] > shown.centre()[1], "{predicted:?}");
    assert!(!status(&window).contains("ended"), "the end is not told before it is shown");
    press(&mut window, Key::End);
    let said = status(&window);
    assert!(said.contains("ended at") && said.contains("from where you clicked"), "{said}");
    // Who has seen the end cannot foretell it.
    window.hover_at(map.center());
    window.run_steps(2);
    window.drag_at(map.center());
    window.run_steps(2);
    window.drop_at(map.center());
    window.run_steps(3);
    assert_eq!(app(&window).view().prediction.at, Some(predicted));
    assert!(app(&window).said().any(|said| said.contains("press Home")));
}

#[test]
fn the_list_of_lessons_is_walked_by_keys_over_its_edge() {
    let mut window = window();
    press_with(&mut window, Modifiers::SHIFT, Key::L);
    for _ in 0..11 {
        press(&mut window, Key::ArrowDown);
    }
    press(&mut window, Key::Enter);
    let title = &app(&window).teaching().expect("a lesson is open").lesson.title;
    let (_, wanted) = samscope::lesson::builtin::all().nth(11).expect("fifteen lessons");
    assert_eq!(*title, wanted.title);
}

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

const LESSON: &str = "+++\ntitle = \"Mine\"\n+++\n+++\nset = { rho = 0.01 }\nshow = [\"rho\"]\n+++\n# First words\n\nText.\n+++\n+++\nSecond page.\n";

#[test]
fn a_dropped_lesson_follows_its_file_and_the_last_good_one_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mine.md");
    std::fs::write(&path, LESSON).expect("a file");
    let mut window = standing();
    drop_on(&mut window, &path);
    assert_eq!(app(&window).teaching().expect("it opens").lesson.title, "Mine");
    slide(&mut window, "ρ", 0.02);
    std::fs::write(&path, LESSON.replace("First words", "Other, and more words")).expect("a file");
    window.run_steps(3);
    assert!(window.query_all_by_label_contains("Other, and more words").next().is_some());
    let rho = |window: &Window| app(window).scene().shared.ball.rho.get();
    assert!((rho(&window) - 0.02).abs() < 1e-12, "words change, and what one did stays");
    std::fs::write(&path, LESSON.replace("show", "shwo")).expect("a file");
    window.run_steps(3);
    let trouble = app(&window).teaching().expect("the last good one stays").trouble.clone();
    assert!(
        trouble.contains("mine.md, line 6") && trouble.contains("did you mean show?"),
        "{trouble}"
    );
    assert!(!trouble.contains('\n'));
    assert!(window.query_all_by_label_contains("Other, and more words").next().is_some());
    std::fs::write(&path, LESSON.replace("0.01", "0.3").replace("Second", "The second"))
        .expect("a file");
    window.run_steps(3);
    assert_eq!(app(&window).teaching().expect("open").trouble, "");
    assert!((rho(&window) - 0.3).abs() < 1e-12, "another scene is shown");
}

#[test]
fn what_is_no_lesson_is_said_in_a_line_when_it_is_dropped() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bad.md");
    std::fs::write(&path, "# no front matter\n").expect("a file");
    let mut window = standing();
    drop_on(&mut window, &path);
    assert!(app(&window).teaching().is_none());
    assert!(app(&window).said().any(|said| said.contains("bad.md, line 1")));
    drop_on(&mut window, Path::new("/tmp/picture.bmp"));
    assert!(app(&window).said().any(|said| said.contains("ends in .md")));
}

#[test]
fn a_lesson_at_rest_does_not_repaint_and_is_legible_before_a_room() {
    let mut window = window_of(builtin::opening(), [1024.0, 768.0]);
    open(&mut window, "leave");
    window.run_ok().expect("it comes to rest");
    press(&mut window, Key::P);
    assert_eq!(app(&window).view().audience, Audience::Room);
    let page = app(&window).teaching().expect("open").page().expect("a page").said();
    let text = window.get_by_label(&page).rect();
    let size = window.ctx.content_rect();
    assert!(size.contains_rect(text), "{text:?} in {size:?}");
    next(&mut window);
    assert!(window.query_by_role_and_label(Role::Slider, "ρ").is_none());
    for _ in 0..3 {
        next(&mut window);
    }
    assert!(
        window.query_by_role_and_label(Role::Slider, "ρ").is_some(),
        "a page names its control"
    );
}
