//! No words of the window cover each other, are cut, small or faint: pairwise over what the window shows.
//!
//! Any scene meets any size; every other two choices meet in some window. Windows are laid out, not painted.

use egui::{Event, Key, Modifiers, Rect, Vec2};
use egui_kittest::Harness;

use samscope::analysis::gauge::Gauge;
use samscope::analysis::slices;
use samscope::app::settings::Settings;
use samscope::app::widgets::fold::Folds;
use samscope::app::{App, fonts, layout, scale};
use samscope::engine::Engine;
use samscope::figure::palette::{Audience, Theme};
use samscope::scene::keys::{self, Edit};
use samscope::scene::run::Runs;
use samscope::scene::{Scene, Subject, builtin};

use super::{Window, app};
use crate::lettered::{LEAST, Lettered, faults};
use crate::pairwise::pairwise;
use crate::words::words;

/// Sizes of windows, in points of the system: the least, usual ones, narrow, low and large ones.
const SIZES: [[f32; 2]; 12] = [
    [700.0, 500.0],
    [720.0, 900.0],
    [800.0, 600.0],
    [1024.0, 768.0],
    [1119.0, 700.0],
    [1280.0, 800.0],
    [1366.0, 768.0],
    [1440.0, 560.0],
    [1200.0, 1600.0],
    [1920.0, 1080.0],
    [2560.0, 1440.0],
    [3840.0, 2160.0],
];

/// How large type is wished to be.
const WISHES: [f32; 4] = [1.0, 0.8, 1.5, 2.5];

/// Runs with short and long names, that look around in balls of several norms, or not.
const RUNS: [&str; 6] = [
    "ascent=none",
    "rho=0.15",
    "base=adam ascent=asam rho=0.5",
    "name=a-name-of-twenty-four-ab rho=0.05",
    "base=momentum rho=0.2 p=inf",
    "base=momentum ascent=none eta=0.01",
];

/// Sections that come folded.
const FOLDED: [&str; 5] =
    ["What is minimised", "Base and ascent", "Start and steps", "Map plane and steps", "Schedules"];
/// The section that comes unfolded.
const ABOUT: &str = "About this scene";

/// What is seen in place of two maps and two charts.
const STAGES: [&[Key]; 6] = [&[], &[Key::O], &[Key::C], &[Key::L], &[Key::D], &[Key::A]];

/// Steps of every run.
const STEPS: usize = 12;

/// Smallest letters before a room, in pixels, where the window is at least 1024 × 768.
const LEAST_OF_ROOM: f64 = 18.0;

fn edits(said: &str) -> Vec<Edit> {
    let edit = |word: &str| {
        let (key, value) = word.split_once('=').expect("a key and a value");
        Edit { key: key.to_owned(), value: value.to_owned() }
    };
    said.split_whitespace().map(edit).collect()
}

/// The scenes that come with the program, made small.
fn subjects(dimensions: std::ops::RangeInclusive<usize>) -> Vec<(&'static str, Scene)> {
    let all = builtin::all().map(|(name, scene)| {
        let mut scene = scene.clone();
        if matches!(name, "network" | "spirals") {
            keys::apply(&mut scene, &edits("points=40 units=3")).expect("a small network");
        }
        (name, scene)
    });
    all.filter(|(_, scene)| dimensions.contains(&scene.subject.dimension())).collect()
}

/// What a window is made of: the place of each choice among all there are.
type Row = [usize; 11];

/// The window of a row, and what it is.
fn opened((name, scene): &(&str, Scene), row: &Row, engine: Engine) -> (String, Window) {
    let [_, size, gauge, runs, slice, dark, room, wish, folds, stage, moment] = *row;
    let mut scene = scene.clone();
    keys::apply(&mut scene, &edits(&format!("steps={STEPS}"))).expect("few steps");
    let of = |k: usize| keys::run(&scene, &edits(RUNS[(slice + k) % RUNS.len()])).expect("a run");
    scene.runs = Runs::of((0..=runs).map(of).collect()).expect("runs");
    if matches!(scene.subject, Subject::Fit(_)) {
        let plane = slices::ALL.entries[slice].id;
        keys::apply(&mut scene, &edits(&format!("slice={plane}"))).expect("a plane");
    }
    scene.measure = Some(Gauge::ALL[gauge]);
    let theme = [Theme::Light, Theme::Dark][dark];
    let turned: &[&str] = if folds == 1 { &FOLDED } else { &[ABOUT] };
    let turned = if folds == 2 { &[] } else { turned };
    let settings = Settings {
        folds: Folds::turned(turned.iter().copied()),
        size: Some(WISHES[wish]),
        theme: Some(theme),
        ..Settings::default()
    };
    let what = format!(
        "{name}, {:?}, {}, {} runs from {slice}, {theme:?}{} at {} %, folds {folds}, {:?}, step {moment}",
        SIZES[size],
        Gauge::ALL[gauge].id(),
        runs + 1,
        ["", " presenting"][room],
        WISHES[wish] * 100.0,
        STAGES[stage],
    );
    let audience = [Audience::Desk, Audience::Room][room];
    let native = Vec2::from(SIZES[size]);
    let zoom = scale::of(native, 1.0, WISHES[wish], audience);
    let build = Harness::builder().with_size(native).with_context_setup(fonts::install);
    let build = build.with_max_steps(1);
    let mut engine = Some(engine);
    let mut window = build.build_ui_state(
        move |ui, app: &mut Option<App>| {
            let app = app.get_or_insert_with(|| {
                let engine = engine.take().expect("one app a window");
                App::new(ui.ctx(), scene.clone(), engine).set(ui.ctx(), &settings)
            });
            app.logic(ui.ctx());
            app.ui(ui);
        },
        None,
    );
    let keys = [[Key::Home, Key::End, Key::ArrowRight][moment]];
    let presents: &[Key] = if room == 1 { &[Key::P] } else { &[] };
    for &key in keys.iter().chain(STAGES[stage]).chain(presents) {
        let pressed = |pressed| {
            let (modifiers, repeat) = (Modifiers::NONE, false);
            Event::Key { key, physical_key: None, pressed, repeat, modifiers }
        };
        // All in one frame, where what happens between them is of no interest.
        window.input_mut().events.extend([pressed(true), pressed(false)]);
    }
    // What was asked for is there in the next frame, what follows from where it lies in the one after, and type that is
    // larger before a room one later.
    for _ in 0..4 + room {
        // A point of the window is as many of the system as it is enlarged.
        window.set_size(native / window.ctx.zoom_factor());
        window.step();
    }
    let stands = (window.ctx.zoom_factor() - zoom).abs() < 1e-3;
    assert!(stands, "{what}: {} is not {zoom}", window.ctx.zoom_factor());
    (what, window)
}

/// Words that are to be seen: what is scrolled out of the panels beside the maps, or half out, can be scrolled back.
fn seen(window: &Window) -> Vec<Lettered> {
    let scale = window.ctx.pixels_per_point();
    let paper = window.ctx.global_style().visuals.panel_fill;
    let view = app(window).view();
    let (maps, details, audience) = (view.maps, view.details, view.audience);
    let layout = layout::of(window.ctx.content_rect(), maps, 1, details, audience, None);
    let panels: Vec<Rect> = [layout.controls, layout.details].into_iter().flatten().collect();
    let scrolls = |word: &Lettered| {
        let [x, y] = word.corners[0];
        let at = egui::pos2(pixel(x) / scale, pixel(y) / scale);
        panels.iter().any(|panel| panel.x_range().contains(at.x) && panel.top() <= at.y)
    };
    let whole_height = |word: &Lettered| {
        let clip = word.clip.unwrap_or(kurbo::Rect::ZERO);
        word.corners.iter().all(|[_, y]| clip.y0 <= *y && *y <= clip.y1)
    };
    let mut words = words(&window.output().shapes, scale, paper);
    words.retain(|word| whole_height(word) || !scrolls(word));
    words
}

#[expect(clippy::cast_possible_truncation, reason = "a place on screen")]
fn pixel(x: f64) -> f32 {
    x as f32
}

#[track_caller]
fn assert_legible(subjects: &[(&str, Scene)]) {
    let levels = [
        subjects.len(),
        SIZES.len(),
        Gauge::ALL.len(),
        RUNS.len(),
        slices::ALL.entries.len(),
        2,
        2,
        WISHES.len(),
        3,
        STAGES.len(),
        3,
    ];
    let mut rows = pairwise(levels);
    // What follows from the same runs is computed once.
    rows.sort_by_key(|row| (row[0], row[3], row[4]));
    let mut engine = Some(Engine::in_place());
    let (mut found, mut bad) = (Vec::new(), 0);
    for row in &rows {
        let known = engine.take().unwrap_or_else(Engine::in_place);
        let (what, window) = opened(&subjects[row[0]], row, known);
        let size = SIZES[row[1]];
        let words = seen(&window);
        assert!(words.len() > 10, "{what}: a window has words");
        let in_room = app(&window).view().audience == Audience::Room;
        let least =
            if in_room && size[0] >= 1024.0 && size[1] >= 768.0 { LEAST_OF_ROOM } else { LEAST };
        let faults = faults(&words, size.map(f64::from), least);
        bad += usize::from(!faults.is_empty());
        found.extend(faults.into_iter().map(|fault| format!("{what}: {fault}")));
        engine = window.into_state().map(App::into_engine);
    }
    let count = found.len();
    found.truncate(40);
    let all = rows.len();
    assert!(count == 0, "{count} faults in {bad} of {all} windows:\n{}", found.join("\n"));
}

#[test]
fn no_words_of_windows_of_two_weights_meet_or_are_cut_or_small_or_faint() {
    assert_legible(&subjects(2..=2));
}

#[test]
fn no_words_of_windows_of_more_weights_meet_or_are_cut_or_small_or_faint() {
    assert_legible(&subjects(3..=usize::MAX));
}
