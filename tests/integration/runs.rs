//! Any number of runs, from words to tables and pictures.

#![expect(clippy::unwrap_used, reason = "a journey that cannot go on stops where it is")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use samscope::figure::sheet;
use samscope::figure::shot::Shot;
use samscope::figure::{Mark, PaneId};
use samscope::scene::{Scene, builtin, file, names};

fn samscope(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_samscope")).args(words).output().unwrap()
}

#[track_caller]
fn said(words: &[&str]) -> String {
    let output = samscope(words);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{words:?}: {error}");
    String::from_utf8(output.stdout).unwrap()
}

/// The column `name` of a table, row by row.
fn column(table: &str, name: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let place = reader.headers().unwrap().iter().position(|column| column == name).unwrap();
    reader.records().map(|record| record.unwrap()[place].to_owned()).collect()
}

#[test]
fn three_radii_stand_beside_each_other() {
    let words = [
        "run",
        "--run",
        "ascent=none",
        "--run",
        "rho=0.05",
        "--run",
        "name=wide rho=0.1",
        "--summary",
    ];
    let table = said(&words);
    assert_eq!(column(&table, "run"), ["run1", "run2", "wide"]);
    assert_eq!(column(&table, "ending")[0], "cycle");
    assert_eq!(column(&table, "first_out"), ["", "", "25"]);
    assert_eq!(column(&table, "gradients"), ["200", "400", "400"]);
}

#[test]
fn a_run_of_a_list_is_the_run_that_would_be_made_alone() {
    let table = said(&["run", "--run", "ascent=none", "--run", "rho=0.05", "--run", "rho=0.1"]);
    let alone = said(&["run", "--set", "rho=0.05"]);
    let rows = |table: &str, run: &str| -> Vec<String> {
        let rows = table.lines().filter(|line| line.starts_with(&format!("{run},")));
        rows.map(|line| line.split_once(',').unwrap().1.to_owned()).collect()
    };
    assert_eq!(rows(&table, "run2"), rows(&alone, "sam"));
    // The base's own path is the same; its proxy is that of the ball that it shares, which is another here.
    let path = |rows: Vec<String>| -> Vec<String> {
        rows.into_iter().map(|row| row.split(',').take(6).collect::<Vec<_>>().join(",")).collect()
    };
    assert_eq!(path(rows(&table, "run1")), path(rows(&alone, "base")));
}

#[test]
fn a_run_with_a_base_of_its_own_shares_what_both_bases_know() {
    let summary = |words: &[&str]| said(&[&["run"], words, &["--summary"]].concat());
    let row = |table: &str, run: &str| -> String {
        let line = table.lines().find(|line| line.starts_with(&format!("{run},")));
        line.unwrap().split_once(',').unwrap().1.to_owned()
    };
    let shared = ["--set", "weight_decay=0.5", "--run", "name=a base=momentum"];
    let own = ["--run", "name=a base=momentum weight_decay=0.5"];
    assert_eq!(row(&summary(&shared), "a"), row(&summary(&own), "a"));
    // What nobody has set is not carried: AdamW keeps the decay that it comes with.
    let plain = ["--run", "name=a base=adamw eta=0.01"];
    let told = ["--run", "name=a base=adamw eta=0.01 weight_decay=0.01"];
    assert_eq!(row(&summary(&plain), "a"), row(&summary(&told), "a"));
}

#[test]
fn what_is_set_is_shared_and_what_a_run_says_is_its_own() {
    let words = [
        "run",
        "--set",
        "base=adam",
        "--set",
        "eta=0.05",
        "--run",
        "ascent=none",
        "--run",
        "rho=0.1 eta=0.02",
        "--summary",
    ];
    let summary = said(&words);
    let alone =
        said(&["run", "--set", "base=adam", "--set", "eta=0.02", "--set", "rho=0.1", "--summary"]);
    assert_eq!(column(&summary, "loss")[1], column(&alone, "loss")[1]);
    assert_ne!(column(&summary, "loss")[0], column(&alone, "loss")[0]);
}

#[test]
fn seeds_are_parted_where_one_wants_to_vary_one() {
    let noisy = ["run", "--set", "batch=16", "--set", "ascent=random_ball", "--summary"];
    let with = |wish: &str| said(&[&noisy[..], &["--set", wish]].concat());
    let losses = |wish: &str| column(&with(wish), "loss");
    let usual = losses("seed=22");
    assert_eq!(losses("seed_batches=22"), usual, "the seed that is there already");
    let [ascent, batches, data] = ["seed_ascent=3", "seed_batches=3", "seed_data=3"].map(losses);
    assert!(ascent[0] == usual[0] && ascent[1] != usual[1], "only random perturbations change");
    assert!(batches[0] != usual[0] && batches[1] != usual[1]);
    assert!(data[0] != usual[0]);
    let of_one = said(&[
        "run",
        "--set",
        "ascent=random_ball",
        "--run",
        "",
        "--run",
        "seed_ascent=9",
        "--summary",
    ]);
    let losses = column(&of_one, "loss");
    assert_ne!(losses[0], losses[1]);
}

#[test]
fn a_list_that_cannot_be_is_refused_in_one_line() {
    for (words, expected) in [
        (&["--run", "steps=3"][..], "steps is the scene's"),
        (&["--run", "name=A"], "not a run's name"),
        (&["--run", "name=a", "--run", "name=a"], "two runs are called a"),
        (&["--run", "rho"], "no value"),
        (&["--run", "rho=1 rho=2"], "said twice"),
        (&["--run", "landscape=quadratic"], "landscape is the scene's"),
        (&["--run", "momentum=0.5"], "belongs to base=momentum"),
        (
            &["--set", "base=momentum", "--run", "base=adam momentum=0.3"],
            "belongs to base=momentum",
        ),
        (&["--run", "a=1"], "no key"),
        (
            &[
                "--run", "", "--run", "", "--run", "", "--run", "", "--run", "", "--run", "",
                "--run", "",
            ],
            "one to 6 runs",
        ),
        (&["--set", "data=linear_task", "--set", "dimension=100", "--set", "steps=1000000"], "GB"),
    ] {
        let output = samscope(&[&["run"], words].concat());
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{words:?}: {said}");
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(said.contains(expected), "{words:?}: {said}");
    }
}

fn scene_with(runs: usize) -> Scene {
    let each = (0..runs).map(|k| format!("[[run]]\nrho = {}\n", 0.05 * (k + 1) as f64));
    file::read(&each.collect::<String>()).unwrap()
}

#[test]
fn one_to_six_maps_fill_a_sheet_without_touching() {
    for runs in 1..=6 {
        let scene = scene_with(runs);
        assert_eq!(names::labels(&scene).len(), runs);
        for size in [[960.0, 640.0], [1280.0, 800.0], [1920.0, 1080.0]] {
            let figure = Shot { size, ..Shot::of(&scene) }.figure();
            let maps: Vec<_> =
                figure.panes.iter().filter(|(_, pane)| matches!(pane.id, PaneId::Map(_))).collect();
            assert_eq!(maps.len(), runs);
            for (k, (a, pane)) in figure.panes.iter().enumerate() {
                let inside =
                    a.left >= 0.0 && a.left + a.width <= size[0] && a.top + a.height <= size[1];
                assert!(inside && a.width > 80.0 && a.height > 40.0, "{size:?} {}: {a:?}", pane.id);
                for (b, other) in &figure.panes[..k] {
                    let apart = a.left + a.width <= b.left
                        || b.left + b.width <= a.left
                        || a.top + a.height <= b.top
                        || b.top + b.height <= a.top;
                    assert!(apart, "{size:?}: {} lies on {}", pane.id, other.id);
                }
            }
        }
    }
    assert_eq!(
        [1, 2, 3, 4, 5, 6].map(sheet::tiles),
        [[1, 1], [2, 1], [3, 1], [2, 2], [3, 2], [3, 2]]
    );
}

#[test]
fn a_hidden_run_is_in_the_table_and_on_no_map() {
    let scene =
        file::read("[[run]]\nascent = \"none\"\n[[run]]\nhidden = true\n[[run]]\nrho = 0.3")
            .unwrap();
    let figure = Shot::of(&scene).figure();
    let maps = figure.panes.iter().filter_map(|(_, pane)| match pane.id {
        PaneId::Map(run) => Some(run),
        _ => None,
    });
    assert_eq!(maps.collect::<Vec<_>>(), [0, 2]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("scene.toml");
    fs::write(&path, file::write(&scene)).unwrap();
    assert_eq!(column(&said(&["run", path.to_str().unwrap(), "--summary"]), "run").len(), 3);
}

#[test]
fn a_sentence_depends_on_no_size_and_no_window() {
    let sentences = |scene: &Scene, size: [f64; 2]| -> Vec<String> {
        let figure = Shot { size, ..Shot::of(scene) }.figure();
        let maps = figure.panes.into_iter().filter(|(_, pane)| matches!(pane.id, PaneId::Map(_)));
        maps.map(|(_, pane)| pane.caption).collect()
    };
    for name in ["opening", "sharp_and_wide", "bounce", "factorization"] {
        let scene = builtin::find(name).unwrap();
        let usual = sentences(&scene, [1280.0, 800.0]);
        assert!(usual.iter().all(|sentence| !sentence.is_empty()), "{name}");
        for size in [[640.0, 480.0], [2000.0, 600.0], [800.0, 1200.0], [3000.0, 2000.0]] {
            assert_eq!(sentences(&scene, size), usual, "{name} at {size:?}");
        }
        let mut zoomed = scene.clone();
        zoomed.window = Some(samscope::problem::grid::Window::new([0.1, 0.2], [0.3, 0.4]));
        assert_eq!(sentences(&zoomed, [1280.0, 800.0]), usual, "{name} zoomed in");
    }
}

#[test]
fn the_edge_that_is_drawn_is_each_run_s_own_or_none() {
    let named = |text: &str| -> Vec<String> {
        let scene = file::read(&format!("measure = \"lambda_max\"\n{text}")).unwrap();
        let figure = Shot::of(&scene).figure();
        let chart = figure.panes.into_iter().find(|(_, pane)| pane.id == PaneId::Sharpness);
        chart.unwrap().1.labels.ends.iter().map(|end| end.name()).collect()
    };
    assert_eq!(named("landscape = \"quadratic\""), ["SGD", "SAM", "2/η", "SAM’s edge"]);
    assert!(named("base = \"momentum\"").contains(&"2(1 + β)/η".to_owned()));
    for none in ["base = \"adam\"", "ascent = \"asam\"\n[[run]]", "p = inf\n[[run]]", "batch = 16"]
    {
        let names = named(none);
        assert!(
            !names.iter().any(|name| name.contains('η') || name.contains("edge")),
            "{none}: {names:?}"
        );
    }
}

#[test]
fn old_scene_files_mean_what_they_meant() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/scenes");
    let mut read = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let old = file::open(&path).unwrap();
        let name = path.file_stem().unwrap().to_str().unwrap();
        // What a scene is about came later, and is said beside it only.
        let now = Scene { measure: None, about: String::new(), ..builtin::find(name).unwrap() };
        assert_eq!(old, now, "{name}");
        read += 1;
    }
    assert_eq!(read, 11);
    // A file that says nothing means the ground of its format, whatever the program opens with.
    let bare = file::read("").unwrap();
    assert_eq!(bare, file::read("format = 1").unwrap());
    assert!(matches!(bare.shown_measure(), samscope::analysis::gauge::Gauge::Minima));
}

#[test]
fn a_base_alone_is_orange_and_sam_is_blue_wherever_they_stand() {
    use samscope::figure::route::slots;
    for (runs, expected) in [
        (&["none", "sam"][..], &[0, 1][..]),
        (&["sam", "none"], &[1, 0]),
        (&["sam"], &[1]),
        (&["asam"], &[1]),
        (&["none"], &[0]),
        (&["none", "none", "none"], &[0, 2, 3]),
        (&["sam", "asam", "none"], &[1, 2, 0]),
        (&["sam"; 6], &[1, 2, 3, 4, 5, 0]),
        (&["none", "none", "none", "none", "none", "sam"], &[0, 2, 3, 4, 5, 1]),
    ] {
        let text: String =
            runs.iter().map(|ascent| format!("[[run]]\nascent = \"{ascent}\"\n")).collect();
        let scene = file::read(&format!("format = 2\n{text}")).unwrap();
        assert_eq!(slots(&scene), expected, "{runs:?}");
    }
}

#[test]
fn every_run_has_its_own_ink_on_one_map() {
    let scene = scene_with(6);
    let figure = Shot::of(&scene).figure();
    for run in 0..6 {
        let ink = samscope::figure::route::of(&scene, run).ink;
        let drawn = figure.panes.iter().any(|(_, pane)| {
            pane.marks.iter().any(|mark| matches!(mark, Mark::Path { pen, .. } if pen.ink == ink))
        });
        assert!(drawn, "run {run}");
    }
}
