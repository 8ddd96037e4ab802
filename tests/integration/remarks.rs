//! What is asked for and makes no difference is told beside the work; what cannot be meant is refused.

use std::fs;
use std::path::Path;

use super::program::{done, refused, remarked};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

#[test]
fn a_change_at_a_step_that_does_nothing_is_told() {
    let folder = folder();
    let said = |run: &str| remarked(folder.path(), &["run", "--run", run, "-o", "t.csv"]);
    assert!(said("name=a at=9999 rho=0").contains("a: its change at step 9999 is never reached"));
    assert!(said("name=a eta=0.1 at=20 eta=0.1").contains("a: nothing changes at step 20"));
    assert!(said("name=a at=20").contains("a: nothing changes at step 20"));
    assert_eq!(said("name=a at=20 rho=0"), "");
    let why = ["why", "--run", "ascent=none at=9999 ascent=sam"];
    assert!(remarked(folder.path(), &why).contains("never reached"));
    let why = String::from_utf8(done(folder.path(), &why)).expect("words");
    assert!(!why.contains("Without ε"), "a SAM that never runs has no ε: {why}");
    let refused = |run: &str| refused(folder.path(), &["run", "--run", run, "-o", "new.csv"]);
    assert!(refused("at=10 name=foo").contains("name cannot change at a step"));
    assert!(refused("at=10 hidden=true").contains("hidden cannot change at a step"));
}

#[test]
fn a_figure_that_would_be_empty_is_refused_and_a_layer_of_nothing_told() {
    let folder = folder();
    let formula = ["render", "--set", "landscape=himmelblau", "--set", "steps=30"];
    let words = [&formula[..], &["--panels", "data,legend", "-o", "f.png"]].concat();
    assert!(refused(folder.path(), &words).contains("Himmelblau has no data"));
    let lone = ["--size", "480x320", "--layer", "differ", "--run", "name=a", "-o", "f.svg"];
    let said = remarked(folder.path(), &[&formula[..], &lone].concat());
    assert!(said.contains("one run ends nowhere otherwise"), "{said}");
    let fine = ["--width-mm", "85", "--dpi", "300", "-o", "f.pdf"];
    let said = remarked(folder.path(), &[&formula[..], &fine].concat());
    assert!(said.contains("--dpi is for PNG"), "{said}");
}

#[test]
fn a_film_in_one_file_has_no_place_for_a_number() {
    let folder = folder();
    let film = ["film", "bounce", "--to", "2", "--size", "480x320"];
    let said = refused(folder.path(), &[&film[..], &["-o", "f%04d.gif"]].concat());
    assert!(said.contains("one file holds all frames"), "{said}");
    let looped = ["--loop", "3", "-o", "f.y4m"];
    let said = remarked(folder.path(), &[&film[..], &looped].concat());
    assert!(said.contains("--loop is for GIF and animated PNG"), "{said}");
}

#[test]
fn points_are_points_under_every_name_and_from_a_pipe() {
    use std::io::Write as _;
    use std::process::{Command, Stdio};
    let folder = folder();
    let table = "x,y,label\n-1,-1,a\n-1,-0.5,a\n1,0.5,b\n1.2,1,b\n";
    fs::write(folder.path().join("points.txt"), table).expect("a file is written");
    let named = done(folder.path(), &["run", "points.txt", "--set", "steps=5"]);
    let mut piped = Command::new(env!("CARGO_BIN_EXE_samscope"))
        .args(["run", "-", "--set", "steps=5"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    piped.stdin.take().expect("a pipe").write_all(table.as_bytes()).expect("it reads");
    let piped = piped.wait_with_output().expect("it ends");
    assert!(piped.status.success() && !named.is_empty());
    assert_eq!(piped.stdout, named);
    let neither = Path::new("notes.txt");
    fs::write(folder.path().join(neither), "some words, and more\n").expect("a file is written");
    assert!(
        refused(folder.path(), &["run", "notes.txt"]).contains("is not a scene: it is not TOML")
    );
}
