//! Every mistake is what it says: its runs agree with loops written here, and where it says that it makes no difference
//! there is none.

#![expect(
    clippy::unwrap_used,
    clippy::float_cmp,
    reason = "helpers of tests fail the test, and exponents of norms are exactly 1, 2 or ∞"
)]

use std::num::NonZeroUsize;
use std::sync::Arc;

use ndarray::{Array1, array};
use proptest::prelude::*;
use samscope::catalog::Choice;
use samscope::export::svg;
use samscope::figure::palette::Theme;
use samscope::figure::shot::Shot;
use samscope::math::norm::{Ball, Norm, Radius};
use samscope::math::random::Streams;
use samscope::optim::base::Base;
use samscope::optim::mistake::{self, Mistake};
use samscope::optim::recall::Recall;
use samscope::optim::replay::{Replay, Step};
use samscope::optim::run::{Run, Seeds, Setup};
use samscope::optim::trajectory::Trajectory;
use samscope::optim::{ascent, base};
use samscope::problem::batches::{BatchSize, Batches, Order};
use samscope::problem::noise::Noise;
use samscope::problem::ridge::Ridge;
use samscope::problem::risk::Risk;
use samscope::problem::{Batch, Formula, Objective, datasets, landscapes, losses, models};
use samscope::scene::{Scene, about, builtin, file};

const STEPS: usize = 12;

fn network(settings: &[(&str, f64)]) -> (Arc<dyn Objective>, Array1<f64>) {
    let data = datasets::ALL.choose("moons").unwrap().with("points", 24.0).unwrap();
    let sample = data.build().sample(&mut Streams::new(3).dataset());
    let mut model = models::ALL.choose("network").unwrap().with("units", 3.0).unwrap();
    for (key, value) in settings {
        model = model.with(key, *value).unwrap();
    }
    let model = model.build();
    let start = model.start(2, &mut Streams::new(4).weights());
    let loss = losses::ALL.choose("cross_entropy").unwrap().build();
    (Arc::new(Risk::new(sample, model, loss)), start.mapv(|w| w + 0.1))
}

fn formula(id: &str) -> Arc<dyn Objective> {
    Arc::new(Formula(landscapes::ALL.choose(id).unwrap().build()))
}

fn made(id: &str) -> Choice<dyn Mistake> {
    mistake::ALL.choose(id).unwrap()
}

/// A loop over SAM's steps that knows nothing of the program's: what a step does is handed in.
///
/// `one` is given the step's number, the weights and η's base, and moves the weights.
fn looped(
    setup: &Setup,
    mut one: impl FnMut(usize, &mut Array1<f64>, &mut dyn Base),
) -> Vec<Array1<f64>> {
    let mut base = setup.base.build();
    let mut w = setup.start.clone();
    let mut places = vec![w.clone()];
    for step in 0..setup.steps {
        one(step, &mut w, &mut *base);
        places.push(w.clone());
    }
    places
}

#[track_caller]
fn agree(path: &Trajectory, loop_: &[Array1<f64>], tolerance: f64, told: &str) {
    for (row, expected) in path.iter().zip(loop_) {
        for (found, expected) in row.w.iter().zip(expected) {
            let off = (found - expected).abs();
            assert!(off <= tolerance * (1.0 + expected.abs()), "{told}: {found} for {expected}");
        }
    }
}

/// The maximizer of `gᵀε` over a ball, by its three formulas.
fn climb(g: &Array1<f64>, p: f64, rho: f64) -> Array1<f64> {
    let largest = g.iter().fold(0.0, |most: f64, x| most.max(x.abs()));
    if p.is_infinite() {
        g.mapv(|x| if x == 0.0 { 0.0 } else { rho * x.signum() })
    } else if p == 2.0 {
        g * (rho / g.dot(g).sqrt())
    } else {
        // A gradient of a run that left the numbers has no largest component: no climb either.
        let Some(leader) = g.iter().position(|x| x.abs() == largest) else { return g * f64::NAN };
        let mut epsilon = Array1::zeros(g.len());
        epsilon[leader] = rho * g[leader].signum();
        epsilon
    }
}

fn length(g: &Array1<f64>, q: f64) -> f64 {
    if q.is_infinite() {
        g.iter().fold(0.0, |most: f64, x| most.max(x.abs()))
    } else if q == 2.0 {
        g.dot(g).sqrt()
    } else {
        g.iter().map(|x| x.abs()).sum()
    }
}

const LANDSCAPES: [&str; 5] =
    ["quadratic", "himmelblau", "sharp_and_wide", "six_hump_camel", "factorization"];

proptest! {
    #[test]
    fn mistakes_of_the_climb_and_of_the_step_are_those_of_an_independent_loop(
        landscape in prop::sample::select(LANDSCAPES.to_vec()),
        base in prop::sample::select(base::ALL.entries.iter().map(|entry| entry.id).collect::<Vec<_>>()),
        id in prop::sample::select(vec!["plain_step", "from_perturbed", "unnormalised", "sign", "reversed"]),
        p in prop::sample::select(vec![1.0, 2.0, f64::INFINITY]),
        start in (-1.5..1.5, -1.5..1.5),
        rho in 0.001..0.2,
    ) {
        let objective = formula(landscape);
        let ball = Ball { norm: Norm::new(p).unwrap(), rho: Radius::new(rho).unwrap() };
        let start = array![start.0, start.1];
        let eta = 1e-3;
        let setup = Setup {
            base: base::ALL.choose(base).unwrap(),
            mistake: made(id),
            ..Setup::new(Arc::clone(&objective), start, eta, ball, 5)
        };
        let gradient = |w: &Array1<f64>| objective.loss_and_gradient(w.view(), Batch::Whole).1;
        let places = looped(&setup, |_, w, base| {
            let g = gradient(w);
            let q = if p == 1.0 { f64::INFINITY } else if p == 2.0 { 2.0 } else { 1.0 };
            let epsilon = match id {
                "unnormalised" => climb(&g, p, rho) * length(&g, q),
                "sign" => climb(&g, f64::INFINITY, rho),
                "reversed" => -climb(&g, p, rho),
                _ => climb(&g, p, rho),
            };
            let there = gradient(&(&*w + &epsilon));
            match id {
                "plain_step" => base.step(w.view_mut(), g.view(), eta),
                "from_perturbed" => {
                    *w += &epsilon;
                    base.step(w.view_mut(), there.view(), eta);
                }
                _ => base.step(w.view_mut(), there.view(), eta),
            }
        });
        // A gradient that is nearly along an axis, or nearly zero, turns with its last bit.
        let path = Run::to_end(setup);
        prop_assume!(path.iter().all(|row| row.numbers.gradient_norm > 1e-3));
        agree(&path, &places, 1e-9, id);
    }

    #[test]
    fn a_decay_in_one_pass_is_that_of_an_independent_loop(
        landscape in prop::sample::select(LANDSCAPES.to_vec()),
        start in (-1.5..1.5, -1.5..1.5),
        rho in 0.001..0.2,
        decays in (0.0..0.5, 0.0..0.5),
    ) {
        let (penalty, decoupled) = decays;
        let bare = formula(landscape);
        let ball = Ball { norm: Norm::L2, rho: Radius::new(rho).unwrap() };
        let (start, eta) = (array![start.0, start.1], 1e-3);
        let base = base::ALL.choose("momentum").unwrap().with("weight_decay", decoupled).unwrap();
        let objective = Ridge::over(Arc::clone(&bare), penalty);
        let setup = Setup {
            base,
            mistake: made("decay_once"),
            ..Setup::new(objective, start, eta, ball, 5)
        };
        let gradient = |w: &Array1<f64>| bare.loss_and_gradient(w.view(), Batch::Whole).1;
        let places = looped(&setup, |_, w, base| {
            // The climb has the decoupled decay and not the penalty; the step has the penalty.
            let seen = gradient(w) + &*w * decoupled;
            let there = &*w + &climb(&seen, 2.0, rho);
            let handed = gradient(&there) + &there * penalty;
            base.step(w.view_mut(), handed.view(), eta);
        });
        let path = Run::to_end(setup);
        prop_assume!(path.iter().all(|row| row.numbers.gradient_norm > 1e-1));
        agree(&path, &places, 1e-9, landscape);
    }
}

fn of_batches(id: &str, size: usize, settings: &[(&str, f64)]) -> Setup {
    let (objective, start) = network(settings);
    let ball = Ball { norm: Norm::L2, rho: Radius::new(0.1).unwrap() };
    Setup {
        base: base::ALL.choose("adam").unwrap(),
        mistake: made(id),
        batch: BatchSize::Of(NonZeroUsize::new(size).unwrap()),
        order: Order::Shuffled,
        seeds: Seeds::all(5),
        ..Setup::new(objective, start, 0.05, ball, STEPS)
    }
}

/// The batches of a run and one more, each by its members.
fn batches(setup: &Setup) -> Vec<Vec<usize>> {
    let stream = Streams::new(setup.seeds.batches).batches();
    let mut batches = Batches::new(setup.objective.examples(), setup.batch, setup.order, stream);
    (0..=setup.steps)
        .map(|_| {
            batches.deal();
            match batches.current() {
                Batch::Members(members) => members.to_vec(),
                Batch::Whole => panic!("it has mini-batches"),
            }
        })
        .collect()
}

#[test]
fn another_batch_is_that_of_the_next_step() {
    let setup = of_batches("other_batch", 7, &[]);
    let dealt = batches(&setup);
    assert_ne!(dealt[0], dealt[1]);
    let loss = |w: &Array1<f64>, members: &[usize]| {
        setup.objective.loss_and_gradient(w.view(), Batch::Members(members)).1
    };
    let places = looped(&setup, |step, w, base| {
        let epsilon = setup.ball.steepest_ascent(loss(w, &dealt[step]).view());
        let there = loss(&(&*w + &epsilon), &dealt[step + 1]);
        base.step(w.view_mut(), there.view(), setup.eta);
    });
    agree(&Run::to_end(setup), &places, 0.0, "other_batch");
}

#[test]
fn other_units_are_thrown_with_dice_of_their_own() {
    let setup = of_batches("other_units", 7, &[("dropout", 0.4)]);
    let dealt = batches(&setup);
    let streams = Streams::new(setup.seeds.dropout);
    let mut dice = [streams.dropout(), streams.dropout_by_mistake()];
    let mut noise = [Noise::none(), Noise::none()];
    let dropout = setup.objective.dropout().unwrap();
    let places = looped(&setup, |step, w, base| {
        let batch = Batch::Members(&dealt[step]);
        for (noise, dice) in noise.iter_mut().zip(&mut dice) {
            noise.throw(dropout, setup.objective.examples(), batch, dice);
        }
        assert_ne!(noise[0], noise[1]);
        let (_, g) = setup.objective.training_pass(w.view(), batch, &noise[0]);
        let there = &*w + &setup.ball.steepest_ascent(g.view());
        let (_, handed) = setup.objective.training_pass(there.view(), batch, &noise[1]);
        base.step(w.view_mut(), handed.view(), setup.eta);
    });
    agree(&Run::to_end(setup), &places, 0.0, "other_units");
}

#[test]
fn statistics_move_twice_and_weights_as_they_should() {
    let setup = of_batches("statistics_twice", 7, &[("normalization", 1.0)]);
    let right = Run::to_end(Setup { mistake: mistake::none(), ..setup.clone() });
    let path = Run::to_end(setup.clone());
    let dealt = batches(&setup);
    let none = Noise::none();
    let whole = setup.objective.statistics(setup.start.view(), Batch::Whole, &none);
    let means = whole.len() / 2;
    let mut statistics: Vec<f64> =
        (0..whole.len()).map(|k| f64::from(u8::from(k >= means))).collect();
    for (step, (row, right)) in path.iter().zip(right.iter()).enumerate() {
        assert_eq!(row.w, right.w, "step {step}: no weight is moved by statistics");
        for (found, expected) in row.statistics.iter().zip(&statistics) {
            assert!((found - expected).abs() <= 1e-12 * (1.0 + expected.abs()), "step {step}");
        }
        let batch = Batch::Members(&dealt[step]);
        let (_, g) = setup.objective.loss_and_gradient(row.w, batch);
        let there = &row.w + &setup.ball.steepest_ascent(g.view());
        for w in [row.w, there.view()] {
            let new = setup.objective.statistics(w, batch, &none);
            for (kept, new) in statistics.iter_mut().zip(new) {
                *kept = 0.9 * *kept + 0.1 * new;
            }
        }
    }
    assert_ne!(path.row(3).unwrap().statistics, right.row(3).unwrap().statistics);
}

/// Every mistake with every ascent, on problems where it can make a difference and on some where it cannot.
fn everything() -> Vec<(String, Setup)> {
    let mut setups = Vec::new();
    let ball = Ball { norm: Norm::L2, rho: Radius::new(0.1).unwrap() };
    let network = network(&[("dropout", 0.3), ("normalization", 1.0)]);
    let plain = (formula("himmelblau"), array![0.4, -0.3]);
    let penalised = (Ridge::over(formula("himmelblau"), 0.3), array![0.4, -0.3]);
    for (place, (objective, start)) in [network, plain, penalised].into_iter().enumerate() {
        for mistake in mistake::ALL.entries {
            for ascent in ascent::ALL.entries {
                let setup = Setup::new(Arc::clone(&objective), start.clone(), 0.01, ball, STEPS);
                let setup = Setup {
                    base: base::ALL.choose(["momentum", "adamw", "sgd"][place]).unwrap(),
                    ascent: Choice::new(ascent),
                    mistake: Choice::new(mistake),
                    batch: BatchSize::Of(NonZeroUsize::new(7).unwrap()),
                    order: Order::Shuffled,
                    seeds: Seeds::all(5),
                    ..setup
                };
                setups.push((format!("{} with {}, problem {place}", mistake.id, ascent.id), setup));
            }
        }
    }
    setups
}

#[test]
fn replay_and_recall_make_the_same_mistakes() {
    for (name, setup) in everything() {
        let path = Run::to_end(setup.clone());
        let longer = Run::to_end(Setup { steps: STEPS + 1, ..setup.clone() });
        let steps: Vec<Step> = Replay::new(&setup).collect();
        assert_eq!(steps.len(), path.rows(), "{name}");
        for (step, row) in steps.iter().zip(path.iter()) {
            assert_eq!((step.w.view(), step.numbers), (row.w, row.numbers), "{name}");
        }
        let mut recall = Recall::with_base(&setup);
        for step in [path.last_step(), 4, 0, 5] {
            assert_eq!(recall.step(&path, step), steps.get(step), "{name}, step {step}");
            // A run that diverges has no row after its last.
            let Some(next) = longer.row(step + 1) else { continue };
            let recalled = recall.moves().map(|moves| moves.next.view());
            assert_eq!(recalled, Some(next.w), "{name}, step {step}");
        }
    }
}

#[test]
fn without_a_radius_no_mistake_is_made() {
    for (name, setup) in everything() {
        let ball = Ball { rho: Radius::ZERO, ..setup.ball };
        let setup = Setup { ball, ..setup };
        let right = Setup { mistake: mistake::none(), ..setup.clone() };
        assert!(Run::to_end(setup) == Run::to_end(right), "{name}");
    }
}

#[test]
fn a_mistake_that_says_it_makes_no_difference_makes_none_and_every_other_makes_one() {
    let scenes = [
        "landscape = \"himmelblau\"",
        "landscape = \"himmelblau\"\np = inf",
        "landscape = \"himmelblau\"\nl2 = 0.3",
        "landscape = \"himmelblau\"\nbase = \"adamw\"",
        "data = \"moons\"\nmodel = \"network\"\ntest = 0.3\nbatch = 16",
        "data = \"moons\"\nmodel = \"network\"\ntest = 0.3\nnormalization = \"batch\"",
        "data = \"moons\"\nmodel = \"network\"\nbatch = 16\ndropout = 0.3",
    ];
    for text in scenes {
        for ascent in ascent::ALL.entries {
            for entry in mistake::ALL.entries.iter().skip(1) {
                // Of the gradient its ε takes which way the sharpest direction is climbed: whether a decay more turns that,
                // or the last digit, is chance.
                if (ascent.id, entry.id) == ("eigenvector", "decay_once") {
                    continue;
                }
                let text = format!(
                    "{text}\nascent = \"{}\"\nsteps = 8\nrho = 0.05\n[[run]]\n[[run]]\nmistake = \"{}\"",
                    ascent.id, entry.id
                );
                let scene = file::read(&text).unwrap();
                let problem = scene.source().build();
                let setups = scene.setups(&problem);
                let [right, wrong] = [0, 1].map(|k| Run::to_end(setups[k].clone()));
                let spec = scene.spec(1);
                let of = about::circumstances(&scene, &spec, &*problem.objective);
                let idle = mistake::idle(&spec.mistake, &of);
                // Statistics are of no weight, and rows have them.
                let same = right == wrong;
                assert_eq!(same, idle.is_some(), "{text}: {idle:?}");
            }
        }
    }
}

/// What is written on the figure of `scene`, with its colours.
fn drawn(scene: &Scene, size: [f64; 2]) -> String {
    svg::write(&Shot { size, ..Shot::of(scene) }.figure(), Theme::Light)
}

#[test]
fn every_figure_of_a_run_that_makes_a_mistake_says_so_in_red() {
    let with = |id: &str, runs: usize| {
        let runs = "[[run]]\n".repeat(runs);
        file::read(&format!("steps = 8\n{runs}mistake = \"{id}\"\n")).unwrap()
    };
    let is_red = |figure: &str| figure.to_lowercase().contains("#a80000");
    for entry in mistake::ALL.entries.iter().skip(1) {
        let figure = drawn(&with(entry.id, 2), [1280.0, 800.0]);
        assert!(is_red(&figure), "{}", entry.id);
        assert!(figure.contains(&format!("mistake: {}", entry.name)), "{}", entry.id);
    }
    // Six maps on a small sheet leave the least room, and this is a long name.
    for (runs, size) in [(3, [640.0, 1200.0]), (6, [480.0, 320.0]), (6, [1024.0, 768.0])] {
        assert!(is_red(&drawn(&with("unnormalised", runs), size)), "{runs} runs at {size:?}");
    }
    assert!(!is_red(&drawn(&builtin::opening(), [1280.0, 800.0])));
}

#[test]
fn a_run_that_does_not_look_around_makes_no_mistake_that_all_share() {
    let scene = file::read("mistake = \"reversed\"").unwrap();
    let names = samscope::scene::names::labels(&scene);
    assert_eq!(names, ["SGD", "SAM, ε reversed"]);
}

#[test]
fn a_mistake_that_makes_no_difference_is_said_to_make_none() {
    let scene = file::read("[[run]]\nmistake = \"other_batch\"\n").unwrap();
    let figure = Shot::of(&scene).figure();
    let said: Vec<&str> = figure.panes.iter().map(|(_, pane)| &*pane.caption).collect();
    let wanted = "its mistake makes no difference: every step sees all data";
    assert!(said.iter().any(|caption| caption.contains(wanted)), "{said:?}");
}
