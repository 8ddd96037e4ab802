//! Ten thousand random scenes: whatever can be chosen together runs, repeats, and survives being saved.
//!
//! Every choice is drawn from its catalogue and every setting from its whole range, both ends included, so that a
//! newcomer is among them by being listed. What only makes a scene larger (points, dimensions, units) is small in most
//! of them, for the sake of time.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic, and where it compares floats for equality it means the same bits"
)]

use std::collections::HashSet;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rand::RngExt as _;
use rand::seq::IndexedRandom as _;
use rayon::prelude::*;
use samscope::analysis::charted::{Charted, Spreads};
use samscope::analysis::gauge::Gauge;
use samscope::analysis::{grounds, slices};
use samscope::catalog::{Catalog, Choice, Entry, Kind, Scale, Setting, Value};
use samscope::math::norm::{Ball, Norm, Radius};
use samscope::math::random::{Stream, Streams};
use samscope::optim::clip::{Clip, Place};
use samscope::optim::ending::Ending;
use samscope::optim::mistake::Mistake;
use samscope::optim::replay::{Replay, Step};
use samscope::optim::run::{Run, Setup};
use samscope::optim::trajectory::Trajectory;
use samscope::optim::{ascent, base, mistake, schedule};
use samscope::problem::batches::{BatchSize, Order};
use samscope::problem::grid::Window;
use samscope::problem::{datasets, landscapes, losses, models};
use samscope::scene::arrows::Arrows;
use samscope::scene::layer::Layer;
use samscope::scene::number::{LearningRate, Penalty, Steps, TestShare};
use samscope::scene::prospect::{Bearing, Prospect};
use samscope::scene::run::then::At;
use samscope::scene::run::{Aspect, Changes, Own, RunName, RunSpec, Runs, Then};
use samscope::scene::{Fit, Scene, Subject, file};

const SCENES: u64 = 10_000;
/// One scene in so many is run twice.
const REPEATED: u64 = 10;
/// One setting of size in so many is drawn from its whole range.
const LARGE: u32 = 2000;
/// Runs are short: what can go wrong goes wrong early, and divergence takes a few steps.
const LONGEST: usize = 12;

/// Settings that make a scene larger and nothing else.
const SIZES: &[&str] = &["points", "crowd", "clique", "dimension", "units", "n"];
/// How far above the lower end of its range a setting of size lies, in most scenes.
const SMALL: f64 = 8.0;

/// A number of `low..=high`: either end, or any between.
fn within(low: f64, high: f64, dice: &mut Stream) -> f64 {
    match dice.random_range(0..8) {
        0 => low,
        1 => high,
        // Near the lower end, where ranges that reach far are told in ratios.
        2 | 3 => low + (high - low) * 10f64.powf(dice.random_range(-6.0..0.0)),
        _ => dice.random_range(low..=high),
    }
}

fn value(setting: &Setting, dice: &mut Stream) -> Value {
    let (low, high, whole) = match setting.kind {
        Kind::Number { range: (low, high), scale, .. } => (low, high, scale == Scale::Whole),
        Kind::Choice { names } => (0.0, names.len() as f64 - 1.0, true),
        Kind::Text { .. } | Kind::Path => return setting.default(),
    };
    let small = SIZES.contains(&setting.key) && dice.random_range(0..LARGE) != 0;
    let drawn = within(low, if small { high.min(low + SMALL) } else { high }, dice);
    Value::Number(if whole { drawn.round() } else { drawn })
}

/// `entry` with every setting drawn, or, now and then, as it comes.
fn tuned<T: ?Sized>(entry: &'static Entry<T>, dice: &mut Stream) -> Choice<T> {
    let mut choice = Choice::new(entry);
    for setting in entry.settings {
        // Sizes are drawn always: their defaults are made for pictures.
        if SIZES.contains(&setting.key) || dice.random_range(0..5) != 0 {
            choice.set(setting.key, value(setting, dice)).unwrap();
        }
    }
    choice
}

fn any<T: ?Sized>(catalog: &Catalog<T>, dice: &mut Stream) -> Choice<T> {
    tuned(catalog.entries.choose(dice).unwrap(), dice)
}

fn subject(dice: &mut Stream) -> Subject {
    if dice.random_range(0..3) == 0 {
        return Subject::Formula(any(&landscapes::ALL, dice));
    }
    let data = any(&datasets::ALL, dice);
    let built = data.build();
    let models: Vec<_> = models::fitting(&*built).collect();
    let losses: Vec<_> = losses::fitting(built.task()).collect();
    let model = tuned(models.choose(dice).unwrap(), dice);
    let loss = tuned(losses.choose(dice).unwrap(), dice);
    Subject::Fit(Fit { data, model, loss })
}

/// One of `some`, or else a power of ten between two exponents.
fn one_of(some: &[f64], exponents: (f64, f64), dice: &mut Stream) -> f64 {
    match dice.random_range(0..3) {
        0 => *some.choose(dice).unwrap(),
        _ => 10f64.powf(dice.random_range(exponents.0..exponents.1)),
    }
}

pub(super) fn scene(number: u64) -> Scene {
    let dice = &mut Streams::new(number).directions();
    let subject = subject(dice);
    let start = match dice.random_range(0..4) {
        0 => {
            let reach = *[0.0, 1e-12, 3.0, 1e3].choose(dice).unwrap();
            let start = (0..subject.dimension()).map(|_| reach * dice.random_range(-1.0..1.0));
            Some(start.collect())
        }
        _ => None,
    };
    let p = match dice.random_range(0..7) {
        0 => dice.random_range(1.0..20.0),
        _ => *[1.0, 1.001, 1.5, 2.0, 3.0, f64::INFINITY].choose(dice).unwrap(),
    };
    let shared = RunSpec {
        base: any(&base::ALL, dice),
        ascent: any(&ascent::ALL, dice),
        mistake: slip(dice),
        eta: LearningRate::new(one_of(&[0.0, 1e-300, 1e6], (-6.0, 6.0), dice)).unwrap(),
        eta_schedule: any(&schedule::ALL, dice),
        rho_schedule: any(&schedule::ALL, dice),
        ball: Ball {
            norm: Norm::new(p).unwrap(),
            rho: Radius::new(one_of(&[0.0, 1e-300, 100.0], (-9.0, 2.0), dice)).unwrap(),
        },
        batch: match dice.random_range(0..3) {
            0 => BatchSize::Full,
            _ => BatchSize::Of(NonZeroUsize::new(dice.random_range(1..40)).unwrap()),
        },
        order: *[Order::Shuffled, Order::Sequential].choose(dice).unwrap(),
        start,
        seed_batches: *[None, Some(u64::MAX)].choose(dice).unwrap(),
        seed_ascent: *[None, Some(1)].choose(dice).unwrap(),
        clip: clip(dice),
        then: Changes::default(),
    };
    let titles = ["", "A title", "\"ρ\" = '0.1' # \\ \n ∞"];
    Scene {
        title: (*titles.choose(dice).unwrap()).to_owned(),
        about: (*titles.choose(dice).unwrap()).to_owned(),
        runs: runs_of(&shared, dice),
        shared,
        steps: Steps::new(dice.random_range(1..=LONGEST)).unwrap(),
        seed: *[0, 1, u64::MAX, dice.random()].choose(dice).unwrap(),
        l2: Penalty::new(one_of(&[0.0, 0.0, Penalty::MOST], (-6.0, 2.0), dice)).unwrap(),
        test: TestShare::new(within(0.0, TestShare::MOST, dice)).unwrap(),
        seed_data: *[None, None, Some(7)].choose(dice).unwrap(),
        slice: any(&slices::ALL, dice),
        window: (dice.random_range(0..4) == 0).then(|| {
            let (x, y): (f64, f64) = (dice.random_range(-9.0..9.0), dice.random_range(-9.0..9.0));
            Window::new([x, x + 0.1], [y, y + 7.0])
        }),
        measure: *[None, Some(Gauge::Worst)].choose(dice).unwrap(),
        layer: Layer::default(),
        ground: grounds::ALL.choose(dice).unwrap(),
        arrows: *Arrows::ALL.choose(dice).unwrap(),
        view: Prospect::default(),
        turn: Bearing::default(),
        spreads: {
            let mut spreads = Spreads::default();
            let turned = Charted::all().filter(|_| dice.random_range(0..4) == 0);
            turned.for_each(|charted| spreads.turn(charted));
            spreads
        },
        subject,
    }
}

/// A bound on gradients, in one run of three.
fn clip(dice: &mut Stream) -> Clip {
    let place = *[Place::Before, Place::After].choose(dice).unwrap();
    let most = if dice.random_range(0..3) == 0 {
        one_of(&[1e-300, 1e300], (-3.0, 3.0), dice)
    } else {
        f64::INFINITY
    };
    Clip::new(most, place).unwrap()
}

/// Up to three changes at later steps.
fn changes(shared: &RunSpec, dice: &mut Stream) -> Changes {
    let mut steps: Vec<usize> =
        (0..dice.random_range(0..4)).map(|_| dice.random_range(1..=LONGEST)).collect();
    steps.sort_unstable();
    steps.dedup();
    let change = |at: usize| {
        let mut spec = shared.clone();
        spec.base = any(&base::ALL, dice);
        spec.ascent = any(&ascent::ALL, dice);
        spec.ball.rho = Radius::new(one_of(&[0.0], (-3.0, 1.0), dice)).unwrap();
        let mut own = Own::default();
        for aspect in Then::ASPECTS {
            if dice.random_range(0..2) == 0 {
                own.take(aspect, &spec);
            }
        }
        Then::of(At::new(at).unwrap(), own)
    };
    Changes::of(steps.into_iter().map(change).collect()).unwrap()
}

/// A mistake, in one run of three.
fn slip(dice: &mut Stream) -> Choice<dyn Mistake> {
    if dice.random_range(0..3) == 0 { any(&mistake::ALL, dice) } else { mistake::none() }
}

/// The two runs that come without a say, or one to six that differ in something.
fn runs_of(shared: &RunSpec, dice: &mut Stream) -> Runs {
    let count = *[0, 0, 0, 1, 3, Runs::MOST].choose(dice).unwrap();
    let mut one = || {
        let mut own = Own::default();
        let mut spec = shared.clone();
        spec.base = any(&base::ALL, dice);
        spec.ascent = any(&ascent::ALL, dice);
        spec.mistake = slip(dice);
        spec.clip = clip(dice);
        spec.then = changes(shared, dice);
        spec.ball.rho = Radius::new(10f64.powf(dice.random_range(-3.0..1.0))).unwrap();
        spec.eta = LearningRate::new(10f64.powf(dice.random_range(-3.0..0.0))).unwrap();
        for aspect in Aspect::ALL {
            if dice.random_range(0..3) == 0 {
                own.take(aspect, &spec);
            }
        }
        (None, false, own)
    };
    let mut asked: Vec<_> = (0..count).map(|_| one()).collect();
    if let Some(last) = asked.last_mut() {
        *last = (Some(RunName::new("the-last_1").unwrap()), count > 1, last.2.clone());
    }
    Runs::of(asked).unwrap()
}

/// Whom a scene has chosen, family and id.
fn chosen(scene: &Scene) -> Vec<(&'static str, &'static str)> {
    let mut chosen = vec![
        ("base", scene.shared.base.id()),
        ("ascent", scene.shared.ascent.id()),
        ("mistake", scene.shared.mistake.id()),
        ("eta_schedule", scene.shared.eta_schedule.id()),
        ("rho_schedule", scene.shared.rho_schedule.id()),
        ("slice", scene.slice.id()),
    ];
    match &scene.subject {
        Subject::Formula(landscape) => chosen.push(("landscape", landscape.id())),
        Subject::Fit(Fit { data, model, loss }) => {
            chosen.extend([("data", data.id()), ("model", model.id()), ("loss", loss.id())]);
        }
    }
    chosen
}

fn runs(scene: &Scene) -> Vec<(Setup, Trajectory)> {
    let setups = scene.setups(&scene.source().build()).into_iter();
    setups.map(|setup| (setup.clone(), Run::to_end(setup))).collect()
}

fn is_finite(row: &Step) -> bool {
    let n = &row.numbers;
    [n.eta, n.rho, n.loss, n.batch_loss, n.adversarial_loss, n.gradient_norm, n.proxy]
        .iter()
        .chain(&n.test_loss)
        .chain(&row.w)
        .chain(&row.gradient)
        .chain(&row.epsilon)
        .chain(&row.gradient_there)
        .all(|x| x.is_finite())
}

/// Mistakes whose ε leaves its ball.
const FARTHER: [&str; 2] = ["unnormalised", "sign"];

/// Whether ε lies in the ball that the ascent looks around in, up to rounding.
fn is_in_its_ball(setup: &Setup, row: &Step) -> bool {
    if FARTHER.contains(&setup.mistake.id()) {
        return true;
    }
    let now = setup.in_force(row.step);
    let ascent = now.ascent.build();
    let Some(around) = ascent.neighbourhood(row.w.view(), now.ball) else { return true };
    // Below the normal numbers rounding is no part of a number's size but an amount of its own.
    around.length(row.epsilon.view()) <= row.numbers.rho * (1.0 + 1e-9) + 1e-321
}

fn keeps_its_promises(number: u64, scene: &Scene) {
    let runs = runs(scene);
    for (setup, path) in &runs {
        match path.row(0) {
            Some(row) => assert_eq!(row.w, setup.start, "the first row is the start"),
            None => {
                // A look from the start may go beyond all numbers; the start itself does not.
                assert_ne!(setup.ascent.id(), "none", "the start has a loss");
                assert_eq!(path.ending, Ending::Diverged { at_step: 0 });
            }
        }
        let steps: Vec<Step> = Replay::new(setup).collect();
        assert_eq!(steps.len(), path.rows(), "a run has the rows of its replay");
        for (row, recorded) in steps.into_iter().zip(path.iter()) {
            assert_eq!((row.w.view(), row.numbers), (recorded.w, recorded.numbers));
            assert!(is_finite(&row), "{row:?} is finite");
            assert!(is_in_its_ball(setup, &row), "{row:?} looks no farther than its ball");
        }
        assert!(path.rows() <= setup.steps + 1);
        if path.rows() <= setup.steps {
            assert_eq!(path.ending, Ending::Diverged { at_step: path.last_step() });
        }
    }
    if number.is_multiple_of(REPEATED) {
        for ((_, once), (_, again)) in runs.iter().zip(&self::runs(scene)) {
            assert_eq!(once, again, "a scene's runs repeat to the bit");
        }
    }
    assert_eq!(file::read(&file::write(scene)).as_ref(), Ok(scene), "a saved scene comes back");
}

#[test]
fn ten_thousand_random_scenes_run_repeat_and_are_saved() {
    let seen: HashSet<_> = (0..SCENES)
        .into_par_iter()
        .flat_map_iter(|number| {
            let scene = scene(number);
            let kept = catch_unwind(AssertUnwindSafe(|| keeps_its_promises(number, &scene)));
            assert!(kept.is_ok(), "scene {number} breaks a promise:\n{}", file::write(&scene));
            chosen(&scene)
        })
        .collect();
    fn all_of<T: ?Sized>(family: &'static str, catalog: &Catalog<T>, seen: &HashSet<(&str, &str)>) {
        for entry in catalog.entries {
            assert!(seen.contains(&(family, entry.id)), "{family} {} was never drawn", entry.id);
        }
    }
    all_of("landscape", &landscapes::ALL, &seen);
    all_of("data", &datasets::ALL, &seen);
    all_of("model", &models::ALL, &seen);
    all_of("loss", &losses::ALL, &seen);
    all_of("base", &base::ALL, &seen);
    all_of("ascent", &ascent::ALL, &seen);
    all_of("mistake", &mistake::ALL, &seen);
    all_of("eta_schedule", &schedule::ALL, &seen);
    all_of("rho_schedule", &schedule::ALL, &seen);
    all_of("slice", &slices::ALL, &seen);
}
