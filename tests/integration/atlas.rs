//! Atlases: every cell is what its scene gives alone, a traced boundary has other ends to either side, and on a quadratic
//! it is the curve that is known in closed form.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use samscope::atlas::cells::{Came, Cells, CellsWork, Grounds};
use samscope::atlas::curves;
use samscope::atlas::kind::{Ground, Kind};
use samscope::atlas::probe::Probe;
use samscope::atlas::settings::{Settings, Side};
use samscope::atlas::trace::{Boundary, TraceWork};
use samscope::atlas::value::Value;
use samscope::engine::products::atlas::Atlas;
use samscope::engine::{Asked, Engine};
use samscope::flight::Surveyed;
use samscope::scene::{Scene, builtin, file};
use samscope::sweep;
use samscope::typed::Axis;

fn settings(scene: Scene, x: &str, y: &str) -> Settings {
    let side = |text: &str| Side::of(&Axis::read(text).unwrap(), 5).unwrap();
    let run = scene.runs.len() - 1;
    Settings::new(Arc::new(scene), run, [side(x), side(y)]).unwrap()
}

fn cells(settings: &Settings) -> (Cells, Grounds) {
    let mut work = CellsWork::new(settings.clone(), Grounds::none());
    loop {
        match work.advance() {
            Came::All => return work.finish(),
            Came::Refused(why) => panic!("{why}"),
            Came::More | Came::Round => {}
        }
    }
}

fn boundary(settings: &Settings, value: Value) -> (Cells, Boundary) {
    let (cells, grounds) = cells(settings);
    let sides: Vec<_> = cells.all.iter().map(|cell| value.side(cell.as_deref().unwrap())).collect();
    let probe = Probe::new(settings.clone(), cells.kinds.clone(), grounds, value);
    let mut work = TraceWork::new(settings.counts(), &sides);
    while work.advance(|place| probe.side(place)) {}
    (cells, work.finish())
}

/// How the last run of `scene` ends, found by the way of sweeps.
fn single(scene: &Scene) -> samscope::analysis::outcome::Outcome {
    let ended = sweep::Grounds::default().outcomes(std::slice::from_ref(scene), None);
    ended[0].last().unwrap().outcome.clone()
}

fn shortened(name: &str, steps: usize) -> Scene {
    let mut scene = builtin::find(name).unwrap();
    scene.steps = samscope::scene::number::Steps::new(steps).unwrap();
    scene
}

#[test]
fn every_cell_is_what_its_scene_gives_alone() {
    let network = "data = \"blobs\"\nmodel = \"network\"\npoints = 24\nunits = 3\nsteps = 8\n";
    let cases = [
        settings(shortened("opening", 40), "rho=0:0.3:5", "eta=log:0.05:1:4"),
        settings(shortened("factorization", 60), "rho=0:0.3:4", "eta=log:0.02:1:4"),
        settings(shortened("sharp_and_wide", 50), "p=1:4:4", "eta=0.01:0.06:4"),
        // Many basins: what one cell finds of flows is not what another is judged by.
        settings(
            file::read("landscape = \"himmelblau\"\nsteps = 100").unwrap(),
            "rho=0:0.5:7",
            "eta=0.002:0.05:7",
        ),
        settings(file::read(network).unwrap(), "rho=0:0.3:3", "eta=log:0.01:1:3"),
        // A setting of the problem itself.
        settings(
            file::read("landscape = \"quadratic\"\nsteps = 40").unwrap(),
            "curvature1=1:30:4",
            "eta=0.05:0.3:3",
        ),
    ];
    for plane in cases {
        let (found, _) = cells(&plane);
        let [x, y] = [0, 1].map(|k| plane.sides[k].numbers());
        for (row, y) in y.into_iter().enumerate() {
            for (column, x) in x.iter().enumerate() {
                let cell = found.get(column, row).unwrap();
                let alone = single(&plane.scene_at([*x, y]).unwrap());
                assert_eq!(cell.outcome.ending, alone.ending, "{:?} {column} {row}", plane.sides);
                assert_eq!(cell.outcome.loss.to_bits(), alone.loss.to_bits());
                assert_eq!(cell.outcome.travel, alone.travel, "{:?} {column} {row}", plane.sides);
                assert!(Kind::of(&alone).is(found.kinds.get(cell.kind).unwrap(), Ground::Many));
            }
        }
        let sum: f64 = found.shares().iter().map(|(_, part)| part).sum();
        assert!((sum - 1.0).abs() < 1e-12);
    }
}

#[test]
fn a_traced_boundary_has_other_ends_to_either_side() {
    let plane = settings(shortened("opening", 60), "rho=0:0.2:7", "eta=log:0.1:0.8:6");
    let (found, traced) = boundary(&plane, Value::End);
    let sharp: Vec<_> = traced.crossings.iter().filter(|place| !place.alternates).collect();
    assert!(sharp.len() >= 5, "SAM lets go somewhere: {} places", sharp.len());
    for crossing in sharp {
        let kinds = [-1e-8, 1e-8].map(|by| {
            let place = [0, 1].map(|k| crossing.at[k] + by * crossing.across[k]);
            let at = [0, 1].map(|k| plane.sides[k].at(place[k]));
            Kind::of(&single(&plane.scene_at(at).unwrap()))
        });
        assert!(!kinds[0].is(&kinds[1], Ground::One), "{crossing:?}");
        for (kind, side) in kinds.iter().zip(crossing.sides) {
            // A strip between two cells may end as no cell does: on its way from one basin to the other.
            let number = found.kinds.find(kind).unwrap_or(usize::from(u8::MAX));
            assert_eq!(number, usize::from(side), "{crossing:?}");
        }
    }
}

#[test]
fn on_a_quadratic_the_boundary_is_the_curve_in_closed_form() {
    // On the steep axis the loss grows by the square of 1 − ηλ(1 + ρλ) a step, so that it rises iff that is beyond one.
    for (ascent, critical) in [
        ("none", (|_, lambda| 2.0 / lambda) as fn(f64, f64) -> f64),
        ("unnormalised", |rho, lambda| 2.0 / (lambda * (1.0 + rho * lambda))),
    ] {
        let text = format!(
            "landscape = \"quadratic\"\nascent = \"{ascent}\"\nstart = [1.0, 0.0]\nsteps = 30\n[[run]]\nname = \"one\"\n"
        );
        let plane = settings(file::read(&text).unwrap(), "rho=0.01:0.3:9", "eta=log:0.02:0.4:9");
        let (_, traced) = boundary(&plane, Value::Rise);
        assert!(traced.crossings.len() >= 9, "{ascent}: {}", traced.crossings.len());
        let ground = Surveyed::of(&plane.scene.source());
        let spec = plane.scene.spec(0);
        for crossing in &traced.crossings {
            let [rho, eta] = [0, 1].map(|k| plane.sides[k].at(crossing.at[k]));
            let expected = critical(rho, 10.0);
            assert!((eta - expected).abs() <= 1e-6 * expected, "{ascent}: {eta} {expected}");
            let told = curves::critical_eta(&spec, rho, 10.0).unwrap();
            assert!((told - expected).abs() <= 1e-12 * expected, "{ascent}: {told} {expected}");
        }
        let drawn = curves::of(&plane, &ground);
        assert_eq!(drawn.len(), 1, "{ascent}: {drawn:?}");
        for [rho, eta] in &drawn[0].points {
            assert!((eta - critical(*rho, 10.0)).abs() <= 1e-12);
        }
    }
}

#[test]
fn curves_are_drawn_only_where_they_are_derived() {
    let count = |text: &str| {
        let plane = settings(file::read(text).unwrap(), "rho=0.01:0.3:3", "eta=log:0.02:0.4:3");
        curves::of(&plane, &Surveyed::of(&plane.scene.source())).len()
    };
    assert_eq!(count("landscape = \"quadratic\""), 1, "SAM bounces without bound at ηλ = 2");
    assert_eq!(count("landscape = \"quadratic\"\np = 1"), 0, "not for other norms");
    assert_eq!(count("landscape = \"quadratic\"\nascent = \"asam\""), 0);
    assert_eq!(count("landscape = \"quadratic\"\neta_schedule = \"cosine\""), 0);
    assert_eq!(count("data = \"clique_and_crowd\"\nbatch = 9"), 0, "not for parts of the data");
}

#[test]
fn an_atlas_is_made_in_rounds_and_dropped_when_it_is_closed() {
    let plane = settings(shortened("sharp_and_wide", 30), "rho=0:0.5:9", "eta=0.01:0.08:9");
    let scene = Scene::clone(&plane.scene);
    let mut engine = Engine::in_place();
    let asked = Asked { atlas: Some(&plane), ..Asked::of(&scene, 0) };
    engine.ask(&asked);
    let atlas = engine.product::<Atlas>().unwrap();
    assert!(atlas.part >= 1.0 && atlas.boundary.is_some());
    assert_eq!(atlas.cells.all.iter().flatten().count(), 81);
    engine.ask(&Asked::of(&scene, 0));
    assert!(engine.product::<Atlas>().is_none());
}

fn samscope(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_samscope"))
        .args(words)
        .current_dir(folder)
        .output()
        .expect("the program starts")
}

const SMALL: [&str; 8] =
    ["atlas", "opening", "--set", "steps=25", "--x", "rho=0:0.2:4", "--y", "eta=log:0.1:1:3"];

#[test]
fn the_table_of_an_atlas_is_that_of_a_sweep_over_its_settings() {
    let folder = tempfile::tempdir().unwrap();
    let made = samscope(folder.path(), &[&SMALL[..], &["-o", "atlas.csv"]].concat());
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let swept = samscope(
        folder.path(),
        &[
            "sweep",
            "opening",
            "--set",
            "steps=25",
            "--over",
            "rho=0:0.2:4",
            "--over",
            "eta=log:0.1:1:3",
            "--run-name",
            "sam",
            "-o",
            "sweep.csv",
        ],
    );
    assert!(swept.status.success());
    let [atlas, sweep] = ["atlas.csv", "sweep.csv"]
        .map(|name| fs::read_to_string(folder.path().join(name)).unwrap());
    assert_eq!(atlas, sweep);
    assert_eq!(atlas.lines().count(), 13, "a row a cell");
}

#[test]
fn pictures_of_an_atlas_say_what_is_on_them_and_carry_their_scene() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["atlas.svg", "atlas.png", "atlas.pdf"] {
        let places = ["-o", name, "--boundary-csv", "places.csv"];
        let made = samscope(folder.path(), &[&SMALL[..], &places].concat());
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        assert!(fs::metadata(folder.path().join(name)).unwrap().len() > 1000);
    }
    let drawn = fs::read_to_string(folder.path().join("atlas.svg")).unwrap();
    assert!(drawn.contains("Of 12 runs of SAM") && drawn.contains("4 × 3 runs"), "its sentence");
    let places = fs::read_to_string(folder.path().join("places.csv")).unwrap();
    assert!(places.starts_with("line,place,rho,eta,before,beyond,alternates\n"), "{places}");
    let again = samscope(folder.path(), &["share", "atlas.svg"]);
    assert!(again.status.success(), "the picture opens as its scene");
}

#[test]
fn what_is_no_atlas_is_refused_before_any_work() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |words: &[&str]| {
        let made = samscope(folder.path(), &[&["atlas", "-o", "a.png"], words].concat());
        assert_eq!(made.status.code(), Some(2), "{words:?}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing was written");
        String::from_utf8_lossy(&made.stderr).into_owned()
    };
    let eta = ["--y", "eta=0.1:0.2"];
    let cases: [(&[&str], &str); 6] = [
        (&["--x", "base=sgd,adam"], "range"),
        (&["--x", "eta=0.1:0.5"], "two settings"),
        (&["--x", "rho"], "no values"),
        (&["--x", "rho=-1:1"], "rho"),
        (&["--x", "rho=0:1", "--run-name", "nobody"], "nobody"),
        (&["--x", "rho=0:1", "--value", "loss", "--boundary-csv", "b.csv"], "no boundary"),
    ];
    for (words, expected) in cases {
        let said = refused(&[words, &eta[..]].concat());
        assert!(said.contains(expected), "{said}");
    }
}

/// The words of every line of a text that begins so, inside of code.
fn commands(text: &str, begin: &str) -> Vec<String> {
    text.lines().filter(|line| line.starts_with(begin)).map(str::to_owned).collect()
}

#[test]
fn the_commands_of_the_manual_are_understood() {
    use clap::Parser as _;
    let text = include_str!("../../docs/atlas.md");
    let all = commands(text, "samscope ");
    assert!(all.len() >= 5, "{all:?}");
    for line in all {
        let words: Vec<&str> = line.split_whitespace().collect();
        let read = samscope::cli::Cli::try_parse_from(&words);
        let cli = read.unwrap_or_else(|error| panic!("{line}: {error}"));
        let command = cli.command.expect("a command");
        if let samscope::cli::Command::Atlas(atlas) = command {
            atlas.wish.scene().unwrap_or_else(|error| panic!("{line}: {error}"));
            for axis in [&atlas.x, &atlas.y] {
                Side::of(&Axis::read(axis).unwrap(), 33).unwrap();
            }
        }
    }
}

#[test]
fn the_share_of_seeds_is_that_of_as_many_single_runs() {
    // Each seed draws other points, and other perturbations.
    let text = "data = \"clique_and_crowd\"\ncrowd = 24\nclique = 13\nmodel = \"line\"\nloss = \"welsch\"\nstart = [0.6, -0.3]\neta = 0.4\nsteps = 40\nascent = \"random_ball\"\n";
    let plane = settings(file::read(text).unwrap(), "rho=0:0.4:3", "eta=0.1:0.5:3");
    let seeds = 5;
    let plane = plane.with_seeds(seeds).unwrap();
    let (found, _) = cells(&plane);
    let [x, y] = [0, 1].map(|k| plane.sides[k].numbers());
    let mut disagree = 0;
    for (row, y) in y.into_iter().enumerate() {
        for (column, x) in x.iter().enumerate() {
            let cell = found.get(column, row).unwrap();
            let ends: Vec<Kind> = (0..seeds as u64)
                .map(|seed| {
                    let mut scene = plane.scene_at([*x, y]).unwrap();
                    let own = Surveyed::of(&scene.source());
                    scene.seed += seed;
                    let kind = Kind::of(&single(&scene));
                    let Kind::Basin(basin) = kind else { return kind };
                    // Of other points a minimum counts as the nearest one of the scene's own.
                    let away = |at: [f64; 2]| (at[0] - basin.at[0]).hypot(at[1] - basin.at[1]);
                    let minima = own.basins.as_ref().unwrap().minima().iter().map(|it| it.at);
                    let at = minima.min_by(|a, b| away(*a).total_cmp(&away(*b))).unwrap();
                    Kind::Basin(samscope::analysis::outcome::Basin { at, ..basin })
                })
                .collect();
            let count =
                |kind: &Kind| ends.iter().filter(|other| other.is(kind, Ground::One)).count();
            let most = ends.iter().map(count).max().unwrap();
            assert!((cell.share - most as f64 / seeds as f64).abs() < 1e-12, "{column} {row}");
            let first = ends.iter().find(|kind| count(kind) == most).unwrap();
            assert!(found.kinds.get(cell.most).unwrap().is(first, Ground::One));
            assert!(found.kinds.get(cell.kind).unwrap().is(&ends[0], Ground::One));
            disagree += usize::from(most < seeds);
        }
    }
    assert!(disagree > 0, "somewhere seeds end otherwise, or nothing was tested");
    assert!(plane.clone().with_seeds(usize::MAX).is_err());
    let text = "landscape = \"quadratic\"\nsteps = 4\n";
    let of_seeds = settings(file::read(text).unwrap(), "seed=0:3:4", "rho=0:0.2:2");
    assert!(of_seeds.with_seeds(2).unwrap_err().to_string().contains("--seeds"));
}

#[test]
fn a_side_that_makes_no_difference_is_told_with_its_reason() {
    let idle = |text: &str, x: &str, y: &str| {
        let (found, _) = cells(&settings(file::read(text).unwrap(), x, y));
        samscope::atlas::idle::sides(&found)
            .into_iter()
            .map(|idle| (idle.side, idle.why))
            .collect::<Vec<_>>()
    };
    let quadratic = "landscape = \"quadratic\"\nsteps = 6\n";
    assert!(idle(quadratic, "rho=0:0.3:3", "eta=0.01:0.1:3").is_empty());
    let alone = format!("{quadratic}ascent = \"none\"\n");
    let why = "the run does not look around".to_owned();
    assert_eq!(idle(&alone, "rho=0:0.3:3", "eta=0.01:0.1:3"), [(0, why)]);
    let unnormalised = format!("{quadratic}ascent = \"unnormalised\"\n");
    let why = "its ε knows no norm".to_owned();
    assert_eq!(idle(&unnormalised, "eta=0.01:0.1:3", "p=1:4:3"), [(1, why)]);
    let late = format!(
        "{quadratic}[[run]]\nascent = \"none\"\n[[run.then]]\nat = 2\nascent = \"sam\"\nrho = 0.1\n"
    );
    let why = "from step 2 on the run has its own".to_owned();
    assert_eq!(idle(&late, "rho=0:0.3:3", "eta=0.01:0.1:3"), [(0, why)]);
    let composed = format!("{quadratic}ascent = \"composed\"\n");
    let why = "the ascent is not composed of what it belongs to".to_owned();
    assert_eq!(idle(&composed, "mix=0:2:3", "eta=0.01:0.1:3"), [(0, why)]);
}

#[test]
fn both_sides_of_a_boundary_are_a_scene_of_two_runs() {
    use samscope::atlas::either_side;
    let plane = settings(shortened("opening", 60), "rho=0:0.2:7", "eta=log:0.1:0.8:6");
    let (_, traced) = boundary(&plane, Value::End);
    let crossing = traced.crossings.iter().find(|place| !place.alternates).unwrap();
    let scene = either_side::scene(&plane, &plane.scene, crossing).unwrap();
    assert_eq!(scene.runs.len(), 2);
    assert_eq!(scene.subject, plane.scene.subject);
    let text = file::write(&scene);
    assert_eq!(file::read(&text).unwrap(), scene, "it can be saved");
    for (run, by) in [(0, -either_side::AWAY), (1, either_side::AWAY)] {
        let place = [0, 1].map(|k| crossing.at[k] + by * crossing.across[k]);
        let at = [0, 1].map(|k| plane.sides[k].at(place[k]));
        let spec = scene.spec(run);
        assert_eq!([spec.ball.rho.get(), spec.eta.get()].map(f64::to_bits), at.map(f64::to_bits));
    }
    // What is no run's own cannot be two runs.
    let data = settings(shortened("opening", 20), "crowd=20:60:3", "rho=0:0.2:3");
    assert_eq!(either_side::scene(&data, &data.scene, crossing), None);
}
