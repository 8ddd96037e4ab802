//! How long the interface thread works on a frame while the ρ slider is dragged, how soon a picture follows, and how
//! long old work stands in the way of new.
//!
//! Not a criterion bench: what matters is the slowest frame and the longest wait, not the mean. Run
//! `cargo bench --bench frames`, or `cargo bench --bench frames -- story` for the frames of one kind alone; the aims are
//! printed beside the numbers.

#![expect(clippy::unwrap_used, reason = "a bench that cannot be set up cannot be run")]
#![expect(clippy::print_stdout, reason = "a bench prints")]

use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, RawInput, Rect, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use samscope::analysis::worst_case::WorstCaseWork;
use samscope::app::{App, fonts};
use samscope::engine::products::comparison::{Comparison, ComparisonJob};
use samscope::engine::products::measures::{Along, MeasuresJob};
use samscope::engine::products::seen::SeenJob;
use samscope::engine::products::spectra::SpectraJob;
use samscope::engine::products::terrain::{Fineness, TerrainJob, grid};
use samscope::engine::slot::{Crew, Job, Slot, to_end};
use samscope::engine::{Asked, Engine};
use samscope::math::norm::Radius;
use samscope::scene::{Scene, builtin, file};

const SIZE: [f32; 2] = [1280.0, 800.0];
const FRAMES: usize = 1000;
/// Sixty frames a second, as on a screen.
const FRAME: Duration = Duration::from_micros(16_667);

fn main() {
    let only = std::env::args().skip(1).find(|given| !given.starts_with('-'));
    println!(
        "frames while ρ is dragged, or a relief is turned, milliseconds of the interface thread (aim: p99 under 4; six maps: 6; in relief: 8)"
    );
    let kinds = [
        ("opening", builtin::opening(), None, Held::Rho),
        ("network", builtin::find("network").unwrap(), None, Held::Rho),
        ("six maps", file::read(SIX).unwrap(), None, Held::Rho),
        ("the story of a step", builtin::opening(), Some(Key::S), Held::Rho),
        ("in relief", builtin::opening(), Some(Key::R), Held::Rho),
        ("a relief that is turned", builtin::opening(), Some(Key::R), Held::Relief),
    ];
    for (name, scene, first, held) in kinds {
        if only.as_ref().is_none_or(|only| name.contains(only.as_str())) {
            dragged(name, scene, first, held);
        }
    }
    if only.is_some() {
        return;
    }
    println!(
        "after one move of ρ, milliseconds (aims: ground's preview 15, full 200 after the runs)"
    );
    for name in ["opening", "network"] {
        answered(name);
    }
    println!("until old work is dropped for new, milliseconds (aim: 5)");
    dropped();
}

/// Where the rail of ρ is.
fn rail(scene: &Scene) -> Rect {
    let scene = scene.clone();
    let mut window = Harness::builder().with_size(SIZE).with_context_setup(fonts::install);
    window = window.with_max_steps(3);
    let mut window = window.build_ui_state(
        move |ui, app: &mut Option<App>| {
            let app =
                app.get_or_insert_with(|| App::new(ui.ctx(), scene.clone(), Engine::in_place()));
            app.ui(ui);
        },
        None,
    );
    window.run_steps(2);
    window.get_by_role_and_label(Role::Slider, "ρ").rect()
}

/// Six runs that share the ρ that is dragged.
const SIX: &str = r#"
[[run]]
ascent = "none"
[[run]]
ascent = "sam"
[[run]]
ascent = "sam"
p = "inf"
[[run]]
ascent = "asam"
[[run]]
ascent = "n_step"
[[run]]
ascent = "gsam"
"#;

/// What is dragged.
#[derive(Clone, Copy, PartialEq)]
enum Held {
    Rho,
    Relief,
}

/// Drags something after `first` was pressed.
fn dragged(name: &str, scene: Scene, first: Option<Key>, held: Held) {
    let rail = match held {
        Held::Rho => rail(&scene),
        Held::Relief => {
            Rect::from_center_size(pos2(0.42 * SIZE[0], 0.35 * SIZE[1]), vec2(120.0, 20.0))
        }
    };
    let ctx = egui::Context::default();
    let mut app: Option<App> = None;
    let (mut frames, mut busy, mut painted) = (Vec::new(), Vec::new(), Vec::new());
    let steps = scene.steps;
    let began = Instant::now();
    for frame in 0..FRAMES + WARM {
        let start = Instant::now();
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE.into())),
            time: Some(began.elapsed().as_secs_f64()),
            events: match first.filter(|_| frame == WARM / 2) {
                Some(key) => vec![pressed(key)],
                None => pointer(frame, rail),
            },
            ..RawInput::default()
        };
        let busy_before = thread_time();
        let mut output = ctx.run_ui(input, |ui| {
            let ctx = ui.ctx().clone();
            let app =
                app.get_or_insert_with(|| App::new(&ctx, scene.clone(), Engine::on_threads(|| ())));
            app.logic(&ctx);
            app.ui(ui);
        });
        if frame >= WARM {
            frames.push(start.elapsed());
            busy.push(thread_time().saturating_sub(busy_before));
        }
        // Nobody uploads them here.
        output.textures_delta.clear();
        let start = Instant::now();
        let primitives = ctx.tessellate(output.shapes, output.pixels_per_point);
        painted.push(start.elapsed());
        std::hint::black_box(primitives);
        std::thread::sleep(FRAME.saturating_sub(start.elapsed()));
    }
    let left = app.unwrap().scene().clone();
    assert!(match held {
        Held::Rho => left.shared.ball.rho != scene.shared.ball.rho,
        Held::Relief => left.turn != scene.turn,
    });
    assert_eq!(steps, left.steps);
    report(&format!("{name}: wall"), frames);
    report(&format!("{name}: processor"), busy);
    report(&format!("{name}: tessellation beside it"), painted);
}

/// Frames before the drag, in which fonts are rasterised and the first picture comes.
const WARM: usize = 60;

fn pressed(key: Key) -> Event {
    let (physical_key, pressed, repeat) = (None, true, false);
    Event::Key { key, physical_key, pressed, repeat, modifiers: Modifiers::NONE }
}

/// Presses on the rail, then goes to and fro on it.
fn pointer(frame: usize, rail: Rect) -> Vec<Event> {
    let Some(step) = frame.checked_sub(WARM) else { return Vec::new() };
    let part = (step as f32 * 0.02).sin() * 0.4 + 0.5;
    let at = pos2(rail.left() + part * rail.width(), rail.center().y);
    let moved = Event::PointerMoved(at);
    if step > 0 {
        return vec![moved];
    }
    let press = Event::PointerButton {
        pos: at,
        button: PointerButton::Primary,
        pressed: true,
        modifiers: Modifiers::NONE,
    };
    vec![Event::PointerMoved(at + vec2(1.0, 0.0)), moved, press]
}

/// What this thread has cost so far; zero where nobody tells.
fn thread_time() -> Duration {
    #[cfg(unix)]
    {
        let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
        Duration::try_from(time).unwrap_or_default()
    }
    #[cfg(not(unix))]
    Duration::ZERO
}

fn report(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |part: f64| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a place in the list"
        )]
        let place = ((times.len() - 1) as f64 * part).round() as usize;
        times[place].as_secs_f64() * 1e3
    };
    println!("  {what:34} p50 {:7.3}   p99 {:7.3}   max {:7.3}", at(0.5), at(0.99), at(1.0));
}

/// Moves of ρ, one after the other.
const MOVES: usize = 12;

fn answered(name: &str) {
    let mut scene = builtin::find(name).unwrap();
    let (sender, wakes) = channel();
    let mut engine = Engine::on_threads(move || {
        let _ = sender.send(());
    });
    let mut times: [Vec<Duration>; 4] = Default::default();
    for k in 0..=MOVES {
        scene.shared.ball.rho = Radius::new(0.2 + 0.01 * k as f64).unwrap();
        let wanted = ComparisonJob::of(&scene);
        let start = Instant::now();
        let mut reached = [None; 4];
        while reached[3].is_none() {
            let new = |runs: &Arc<Comparison>| ComparisonJob::of(&runs.scene) == wanted;
            engine.follow(|engine| {
                let window = engine.window_of(&scene, engine.coming());
                Asked::of(&scene, scene.steps.get()).on(window)
            });
            let runs = engine.comparison().is_some_and(new);
            let plane = engine.coming().is_some_and(|seen| new(&seen.comparison));
            let shown = engine.shown().is_some_and(|seen| new(&seen.comparison));
            let full = engine.terrain().is_some_and(|it| it.fineness == Fineness::Full);
            let now = [runs, plane, shown, shown && full && !engine.is_busy()];
            for (reached, now) in reached.iter_mut().zip(now) {
                if now && reached.is_none() {
                    *reached = Some(start.elapsed());
                }
            }
            if reached[3].is_none() {
                wakes.recv().unwrap();
                engine.poll();
            }
        }
        // The first one finds every thread cold.
        if k > 0 {
            times.iter_mut().zip(reached).for_each(|(times, reached)| times.extend(reached));
        }
    }
    let [runs, plane, shown, full] = times;
    let after = |times: &[Duration]| -> Vec<Duration> {
        times.iter().zip(&plane).map(|(time, plane)| time.saturating_sub(*plane)).collect()
    };
    report(&format!("{name}: both runs"), runs);
    report(&format!("{name}: from plane to preview"), after(&shown));
    report(&format!("{name}: from plane to full ground"), after(&full));
    report(&format!("{name}: a whole picture"), shown);
}

/// A network with two thousand weights, which keeps every worker busy.
const LARGE: &str = "data = \"moons\"\nmodel = \"network\"\nlayers = 3\nunits = 31\npoints = 400\n";
/// One that is done at once.
const SMALL: &str = "landscape = \"quadratic\"\nsteps = 2\n";
const ROUNDS: usize = 12;

fn dropped() {
    let scene = |text: &str, more: &str| file::read(&format!("{text}{more}")).unwrap();
    let large = scene(LARGE, "steps = 3\nslice = \"eigenvectors\"");
    let small = scene(SMALL, "");
    let [large_runs, small_runs] = [&large, &small].map(|scene| to_end(&ComparisonJob::of(scene)));
    report(
        "runs",
        waits(
            |k| ComparisonJob::of(&scene(LARGE, &format!("steps = 2000\nseed = {k}"))),
            |k| ComparisonJob::of(&scene(SMALL, &format!("seed = {k}"))),
        ),
    );
    let still = scene(LARGE, "slice = \"random\"").slice;
    report(
        "plane",
        waits(
            |k| SeenJob::of(&large_runs, &large.slice, k % 3),
            |k| SeenJob::of(&small_runs, &still, k),
        ),
    );
    let ground = |of: &Scene, runs: &Arc<Comparison>, side: usize, k: usize| {
        let seen = to_end(&SeenJob::of(runs, &still, 0));
        let window = seen.section.window.widened_to(1.0 + 0.01 * k as f64);
        TerrainJob {
            source: of.source(),
            plane: seen.section.plane.clone(),
            grid: grid(window, side),
        }
    };
    report(
        "ground",
        waits(|k| ground(&large, &large_runs, 256, k), |k| ground(&small, &small_runs, 16, k)),
    );
    report(
        "spectrum",
        waits(|k| SpectraJob::of(&large_runs, k % 3), |k| SpectraJob::of(&small_runs, k % 3)),
    );
    let measures =
        |runs: &Arc<Comparison>, k: usize| MeasuresJob::of(runs, Along::At((k % 3).into()));
    report("measures", waits(|k| measures(&large_runs, k), |k| measures(&small_runs, k)));
    report("worst case, a piece", pieces(&large_runs));
}

/// How long every piece of the search for the worst case takes: within a job it comes after the spectrum, too late for
/// [`waits`].
fn pieces(runs: &Comparison) -> Vec<Duration> {
    let first = runs.runs[1].row(0).unwrap();
    let mut work = WorstCaseWork::at(first.w, runs.scene.shared.ball);
    let mut times = Vec::new();
    loop {
        let start = Instant::now();
        let found = work.advance(&*runs.problem.objective);
        times.push(start.elapsed());
        if found.is_some() {
            return times;
        }
    }
}

/// How long a worker that is busy with an old job takes to begin with a new one, whose own time is not counted.
fn waits<J: Job>(old: impl Fn(usize) -> J, new: impl Fn(usize) -> J) -> Vec<Duration> {
    let (sender, wakes): (_, Receiver<()>) = channel();
    let mut slot = Slot::new(Crew::thread("bench", move || {
        let _ = sender.send(());
    }));
    let mut times = Vec::new();
    for k in 0..ROUNDS {
        let own = Instant::now();
        std::hint::black_box(to_end(&new(k)));
        let own = own.elapsed();
        slot.want(old(k));
        std::thread::sleep(Duration::from_millis(30));
        while wakes.try_recv().is_ok() {}
        let start = Instant::now();
        slot.want(new(k));
        while slot.is_busy() {
            wakes.recv().unwrap();
            slot.poll();
        }
        times.push(start.elapsed().saturating_sub(own));
    }
    times
}
