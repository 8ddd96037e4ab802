//! Where each start ends: every pixel is what a single run from there is, whatever steps and wherever it looks.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::sync::Arc;
use std::time::Duration;

use rand::RngExt as _;
use rayon::prelude::*;
use samscope::atlas::kind::{Ground, Kind};
use samscope::atlas::starts::{Came, How, Question, StartsWork};
use samscope::engine::products::ends::Ends;
use samscope::engine::{Asked, Engine};
use samscope::figure::shot::Shot;
use samscope::figure::{Ink, Key, Mark};
use samscope::flight::Surveyed;
use samscope::math::random::Streams;
use samscope::optim::{ascent, base};
use samscope::problem::grid::{Grid, Window};
use samscope::scene::layer::Layer;
use samscope::scene::{Scene, builtin, file};
use samscope::sweep::Grounds;

/// Random starts in all; more with `SAMSCOPE_STARTS`, 10 000 for a release.
const STARTS: usize = 360;

/// Starts of every base with every ascent, dealt to a few problems.
fn starts_of_each() -> usize {
    let said = std::env::var("SAMSCOPE_STARTS").ok().and_then(|text| text.parse().ok());
    let pairs = base::ALL.entries.len() * ascent::ALL.entries.len();
    said.unwrap_or(STARTS).div_ceil(pairs)
}

/// How the last run of `scene` ends, alone and with its whole way.
fn single(scene: &Scene) -> Kind {
    let ended = Grounds::default().outcomes(std::slice::from_ref(scene), None);
    Kind::of(&ended[0].last().unwrap().outcome)
}

fn from(scene: &Scene, at: [f64; 2]) -> Scene {
    let mut scene = scene.clone();
    scene.shared.start = Some(at.to_vec());
    scene
}

#[test]
fn every_start_ends_as_a_single_run_from_there() {
    let problems = [
        "landscape = \"himmelblau\"\nsteps = 60",
        "landscape = \"sharp_and_wide\"\nsteps = 120",
        "landscape = \"six_hump_camel\"\nsteps = 90",
        "landscape = \"saddle\"\nsteps = 60",
        "data = \"clique_and_crowd\"\nsteps = 50",
    ];
    let mut cases = Vec::new();
    let mut dice = Streams::new(20_261_127).weights();
    let mut deal = 0;
    for base in base::ALL.entries {
        for ascent in ascent::ALL.entries {
            for _ in 0..starts_of_each() {
                let (base, ascent) = (base.id, ascent.id);
                let text = problems[deal % problems.len()];
                deal += 1;
                let scene = file::read(&format!(
                    "{text}\nbase = \"{base}\"\nascent = \"{ascent}\"\n[[run]]\nname = \"one\"\n"
                ));
                let scene = scene.unwrap();
                let Window { x, y } = scene.shown_window();
                let at = [dice.random_range(x[0]..x[1]), dice.random_range(y[0]..y[1])];
                cases.push((scene, at));
            }
        }
    }
    let wrong: Vec<String> = cases
        .par_iter()
        .filter_map(|(scene, at)| {
            let question = Question {
                scene: Arc::new(scene.clone()),
                specs: scene.specs(),
                ground: Arc::new(Surveyed::of(&scene.source())),
                grid: Grid::new(scene.shown_window(), 2, 2),
            };
            let found = Kind::of(&question.case(0, *at)?.outcome());
            let expected = single(&from(scene, *at));
            let is_so = found.is(&expected, Ground::One);
            // So near to a boundary either is right.
            let beside = [[1e-6, 0.0], [-1e-6, 0.0], [0.0, 1e-6], [0.0, -1e-6]];
            let is_near = || {
                beside.iter().any(|by| {
                    let there = single(&from(scene, [at[0] + by[0], at[1] + by[1]]));
                    !there.is(&expected, Ground::One)
                })
            };
            (!is_so && !is_near()).then(|| {
                let spec = scene.spec(0);
                let who = format!("{} with {}", spec.base.id(), spec.ascent.id());
                format!("{who} from {at:?}: {found:?} and {expected:?}")
            })
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}: {wrong:#?}", wrong.len(), cases.len());
}

#[test]
fn who_goes_around_far_down_a_valley_does_not_drift_away() {
    // From here gradient flow leads along the valley for ever; SAM goes around in three steps from the 352nd on.
    let text = |steps: usize| {
        format!(
            "landscape = \"beale\"\nsteps = {steps}\neta = 0.003\nrho = 0.1\nstart = [-1, 0.5]\n[[run]]"
        )
    };
    for steps in [600, 800, 1500] {
        let kind = single(&file::read(&text(steps)).unwrap());
        assert_ne!(kind, Kind::Away, "{steps}");
    }
}

#[test]
fn who_crosses_again_and_again_ends_in_no_basin_alone_or_on_a_map() {
    let scene = builtin::find("opening").unwrap();
    let question = Question {
        specs: scene.specs(),
        ground: Arc::new(Surveyed::of(&scene.source())),
        grid: Grid::new(scene.shown_window(), 2, 2),
        scene: Arc::new(scene.clone()),
    };
    let mut between = 0;
    for k in 0..400 {
        let at = [1.4 + 0.05 * f64::from(k % 20), 0.45 + 0.1 * f64::from(k / 20)];
        let found = Kind::of(&question.case(1, at).unwrap().outcome());
        let whole = Kind::of(&question.case(1, at).unwrap().with_its_way().outcome());
        assert!(found.is(&whole, Ground::One), "{at:?}: {found:?} and {whole:?}");
        between += usize::from(found == Kind::Between);
    }
    assert!((2..40).contains(&between), "{between} of 400");
}

fn small(columns: usize, rows: usize) -> StartsWork {
    let scene = file::read("landscape = \"himmelblau\"\nsteps = 40").unwrap();
    StartsWork::new(Question {
        specs: scene.specs(),
        ground: Arc::new(Surveyed::of(&scene.source())),
        grid: Grid::new(scene.shown_window(), columns, rows),
        scene: Arc::new(scene),
    })
}

#[test]
fn coarse_rounds_cover_the_map_and_the_last_one_knows_every_pixel() {
    for (columns, rows) in [(19, 13), (8, 8), (2, 5)] {
        let mut work = small(columns, rows);
        let mut progress = 0.0;
        loop {
            let came = work.advance();
            assert!(work.progress() >= progress && work.progress() <= 1.0);
            progress = work.progress();
            let so_far = work.so_far();
            if came == Came::Sketch {
                let sketched = so_far.filled(0).iter().flatten().count();
                assert!(2 * sketched >= columns * rows, "{sketched} of {columns} × {rows}");
                continue;
            }
            if came == Came::More {
                continue;
            }
            for run in 0..so_far.runs.len() {
                assert!(so_far.filled(run).iter().all(Option::is_some), "{columns} × {rows}");
                let sum: f64 = so_far.shares(run).iter().map(|share| share.part).sum();
                assert!((sum - 1.0).abs() < 1e-12, "shares sum to {sum}");
            }
            if came == Came::All {
                break;
            }
        }
        let starts = work.finish();
        assert!(starts.is_whole());
        for run in 0..2 {
            let filled = starts.filled(run);
            let known = starts.runs[run].iter().map(|told| told.map(|told| told.kind));
            assert!(known.eq(filled.iter().copied()), "what is known is not filled in");
        }
    }
}

#[test]
fn a_sketch_tells_what_runs_then_do() {
    let problems = [
        ("landscape = \"himmelblau\"", 0.9),
        ("landscape = \"sharp_and_wide\"", 0.6),
        ("landscape = \"factorization\"", 0.6),
        ("formula = \"(x^2 - 1)^2 + (1 + x/4) y^2\"", 0.9),
        ("data = \"clique_and_crowd\"\nmodel = \"line\"\nloss = \"welsch\"", 0.5),
    ];
    for (text, covered) in problems {
        let scene = file::read(&format!("{text}\nsteps = 250")).unwrap();
        let mut work = StartsWork::new(Question {
            specs: scene.specs(),
            ground: Arc::new(Surveyed::of(&scene.source())),
            grid: Grid::new(scene.shown_window(), 21, 17),
            scene: Arc::new(scene),
        });
        let (mut sketch, mut rounds) = (Vec::new(), 0);
        loop {
            match work.advance() {
                Came::Sketch => {
                    rounds += 1;
                    sketch = work.so_far().sketch.clone();
                    assert!(work.progress() <= 0.0, "{text}: no run has landed");
                }
                Came::More | Came::Round => {}
                Came::All => break,
            }
        }
        assert_eq!(rounds, 7, "{text}: coarse first");
        let starts = work.finish();
        let (mut told, mut right, mut all) = (0, 0, 0);
        for (sketch, run) in sketch.iter().zip(&starts.runs) {
            all += run.len();
            for (sketched, landed) in sketch.iter().zip(run) {
                told += usize::from(sketched.is_some());
                right += usize::from(*sketched == landed.map(|told| told.kind));
            }
        }
        assert!(told as f64 >= covered * all as f64, "{text}: {told} of {all} are told");
        assert!(50 * right >= 49 * told, "{text}: {right} of {told} are right, of {all}");
    }
}

#[test]
fn a_place_is_told_what_its_pixel_is() {
    let mut work = small(9, 9);
    while work.advance() != Came::All {}
    let starts = work.finish();
    let grid = starts.grid;
    for pixel in [0, 8, 40, 80] {
        let at = [grid.x(pixel % 9), grid.y(pixel / 9)];
        assert_eq!(starts.at(1, at), starts.runs[1][pixel]);
    }
    assert_eq!(starts.at(1, [1e3, 0.0]), None, "beside the map nothing is told");
    let rests = starts.runs[0].iter().flatten().filter(|told| told.how == How::Rests).count();
    assert!(rests > 0, "plain descent comes to rest");
}

/// A scene whose map is quickly made.
fn bowl() -> Scene {
    let text = "landscape = \"two_wells\"\nsteps = 6\nlayer = \"ends\"\n";
    file::read(text).unwrap()
}

#[test]
fn the_map_tells_where_each_start_ends_and_its_legend_what_part_does() {
    let drawing = Shot::of(&bowl()).figure();
    let maps = drawing.panes.iter().map(|(_, pane)| pane).filter(|pane| pane.true_scale);
    for pane in maps.take(2) {
        let relief = pane.marks.iter().find_map(|mark| match mark {
            Mark::Terrain { relief, .. } => Some(relief),
            _ => None,
        });
        let relief = relief.unwrap();
        assert!(relief.hues.len() == relief.tone.len() && relief.hues.iter().all(|hue| *hue > 0));
        assert!(pane.caption.contains("starts"), "{}", pane.caption);
        let keys = pane
            .legend
            .iter()
            .filter(|(key, text)| matches!(key, Key::Dot(_, Ink::Hue(_))) && text.ends_with('%'));
        assert!(keys.count() == pane.legend.len() && !pane.legend.is_empty());
    }
}

#[test]
fn the_layer_is_part_of_a_scene_and_makes_no_run_again() {
    let written = file::write(&bowl());
    assert!(written.contains("layer = \"ends\""), "{written}");
    assert_eq!(file::read(&written).unwrap().layer, Layer::Ends);
    let mut engine = Engine::in_place();
    let plain = Scene { layer: Layer::Loss, ..bowl() };
    engine.ask(&Asked::of(&plain, 0));
    let runs = Arc::clone(engine.comparison().unwrap());
    engine.ask(&Asked::of(&bowl(), 0));
    assert!(Arc::ptr_eq(&runs, engine.comparison().unwrap()));
    assert!(!file::write(&builtin::opening()).contains("layer"), "the loss is not said");
}

#[test]
fn ends_that_are_not_looked_at_are_dropped_half_made() {
    let mut engine = Engine::between_frames();
    let scene = file::read("landscape = \"himmelblau\"\nsteps = 5000\nlayer = \"ends\"").unwrap();
    let asked = |layer| Asked {
        outcomes: true,
        ends: layer != Layer::Loss,
        ..Asked::of(&scene, 0).on(scene.shown_window())
    };
    let mut turns = 0;
    while engine.product::<Ends>().is_none() {
        engine.ask(&asked(Layer::Ends));
        engine.advance(Duration::from_millis(1));
        turns += 1;
        assert!(turns < 1_000_000, "a first picture comes");
    }
    let part = engine.product::<Ends>().unwrap().part;
    assert!(part < 1.0, "it is a preview");
    engine.ask(&asked(Layer::Loss));
    assert!(engine.product::<Ends>().is_none());
    while engine.is_busy() {
        engine.advance(Duration::from_millis(1));
    }
    assert!(engine.product::<Ends>().is_none(), "nothing of it was under way any more");
}
