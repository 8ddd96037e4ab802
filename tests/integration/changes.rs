//! A run that changes at a step, from words to tables, sentences and pictures.

#![expect(clippy::unwrap_used, reason = "a journey that cannot go on stops where it is")]

use std::process::{Command, Output};

use samscope::analysis::gauge::Gauge;
use samscope::engine::Engine;
use samscope::figure::picture::Picture;
use samscope::figure::shot::Shot;
use samscope::figure::step;
use samscope::optim::moment::Moment;
use samscope::scene::{Scene, file, names};

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

/// The column `name` of the rows of `run`.
fn column(table: &str, run: &str, name: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let place = reader.headers().unwrap().iter().position(|column| column == name).unwrap();
    let rows = reader.records().map(Result::unwrap);
    rows.filter(|row| &row[0] == run).map(|row| row[place].to_owned()).collect()
}

const LATE: &[&str] = &[
    "--set",
    "landscape=factorization",
    "--set",
    "start=3,0.2",
    "--set",
    "eta=0.05",
    "--set",
    "steps=2020",
    "--run",
    "name=early rho=0.1",
    "--run",
    "name=late rho=0.1 ascent=none at=20 ascent=sam",
    "--run",
    "name=alone ascent=none",
];

#[test]
fn late_sam_ends_as_flat_as_sam_throughout() {
    let summary = said(&[&["run"], LATE, &["--summary"]].concat());
    let lambda = |run| column(&summary, run, "lambda_max")[0].parse::<f64>().unwrap();
    assert!((lambda("late") - lambda("early")).abs() < 0.05, "{summary}");
    assert!(lambda("alone") > 9.0, "{summary}");
    let gradients = |run| column(&summary, run, "gradients")[0].clone();
    assert_eq!(gradients("late"), (20 + 2 * 2000).to_string());
}

#[test]
fn its_rows_are_those_of_the_base_up_to_the_step_and_of_sam_from_there() {
    let table = said(&[&["run"], LATE].concat());
    let of = |run, name| column(&table, run, name);
    assert_eq!(of("late", "w0")[..=20], of("alone", "w0")[..=20]);
    assert_ne!(of("late", "w0")[21], of("alone", "w0")[21]);
    let epsilon: Vec<f64> = of("late", "eps0").iter().map(|x| x.parse().unwrap()).collect();
    assert!(epsilon[..20].iter().all(|x| *x == 0.0) && epsilon[20] != 0.0);
    // The run that goes on from there is the same.
    let [w0, w1] = ["w0", "w1"].map(|name| of("late", name)[20].clone());
    let start = format!("start={w0},{w1}");
    let alone = said(&[
        "run",
        "--set",
        "landscape=factorization",
        "--set",
        &start,
        "--set",
        "eta=0.05",
        "--set",
        "steps=2000",
        "--run",
        "name=rest rho=0.1",
    ]);
    assert_eq!(column(&alone, "rest", "w0"), of("late", "w0")[20..]);
}

fn late() -> Scene {
    let text = "landscape = \"factorization\"\nstart = [3, 0.2]\neta = 0.05\nsteps = 60\nrho = 0.1\n\
        [[run]]\nascent = \"none\"\n[[run.then]]\nat = 20\nascent = \"sam\"\n[[run.then]]\nat = 40\neta = 0.01\n";
    file::read(text).unwrap()
}

/// What `look` makes of the picture at `step`.
fn at<T>(step: usize, look: impl FnOnce(&Picture<'_>) -> T) -> T {
    let scene = late();
    let shot = Shot { at: Moment::Step(step), gauge: Gauge::LambdaMax, ..Shot::of(&scene) };
    let mut engine = Engine::in_place();
    let seen = shot.seen_by(&mut engine);
    look(&Picture::of(&scene, &engine, seen))
}

#[test]
fn its_name_its_step_and_its_edge_are_those_in_force() {
    assert_eq!(names::labels(&late()), ["SGD, then SAM from 20, then η 0.01 from 40"]);
    let terms = |moment| at(moment, |picture| step::terms(picture, 0).len());
    assert!(terms(19) < terms(20), "before it looks around nothing is told of ε");
    let sentence = |moment| at(moment, |picture| step::sentence(picture, 0));
    assert!(sentence(19).starts_with("SGD "), "{}", sentence(19));
    assert!(sentence(20).contains("SAM") && sentence(20).contains("SGD"), "{}", sentence(20));
    let edge = |moment| {
        at(moment, |picture| {
            let row = picture.run(0).unwrap().row(moment).unwrap();
            picture.edge(0, moment, &row.numbers).unwrap()
        })
    };
    assert!((edge(19).lambda - 2.0 / 0.05).abs() < 1e-9, "2/η of plain descent");
    assert!(edge(20).lambda < edge(19).lambda && edge(20).label != edge(19).label);
    assert!(edge(40).lambda > edge(39).lambda, "a smaller η stands more");
    let ball = |moment| {
        at(moment, |picture| picture.ball_around(0, &picture.row(0).unwrap(), 8).is_some())
    };
    assert!(!ball(19) && ball(20));
}

#[test]
fn a_fork_that_changes_nothing_is_the_same_run() {
    let text = "[[run]]\n[[run]]\n[[run.then]]\nat = 30\n";
    let scene = file::read(text).unwrap();
    assert_eq!(scene.same_before(1), Some(0));
    let other = file::read(&format!("{text}rho = 0.3\n")).unwrap();
    assert_eq!(other.same_before(1), None);
}

#[test]
fn why_asks_what_comes_of_the_change() {
    // The last run is the one that is asked about.
    let told = said(&[&["why"], &LATE[..LATE.len() - 2]].concat());
    assert!(told.contains("ithout its changes at a step"), "{told}");
}

#[test]
fn what_is_no_step_is_answered_with_one_that_is() {
    let output = samscope(&["run", "--run", "ascent=none at=zero ascent=sam"]);
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(error.contains("at = zero is no step") && error.contains("for instance 20"), "{error}");
    let output = samscope(&["run", "--run", "at=5 order=shuffled"]);
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(error.contains("order cannot change at a step"), "{error}");
}

#[test]
fn clipped_steps_say_so() {
    let text =
        "landscape = \"himmelblau\"\nclip = 2\nsteps = 20\n[[run]]\nascent = \"none\"\n[[run]]\n";
    let scene = file::read(text).unwrap();
    let mut engine = Engine::in_place();
    let shot = Shot { at: Moment::Step(1), ..Shot::of(&scene) };
    let seen = shot.seen_by(&mut engine);
    let picture = Picture::of(&scene, &engine, seen);
    let formulas = |run| -> Vec<String> {
        step::terms(&picture, run).into_iter().map(|term| term.formula).collect()
    };
    assert!(formulas(0).contains(&"u = g clipped to 2".to_owned()), "{:?}", formulas(0));
    assert!(formulas(1).contains(&"u = gₛₐₘ clipped to 2".to_owned()), "{:?}", formulas(1));
}
