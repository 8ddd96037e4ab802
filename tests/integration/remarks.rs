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

#[test]
fn an_empty_pipe_is_no_scene() {
    let folder = folder();
    // Nothing is piped in, and an empty file says the scene that says nothing.
    let said = refused(folder.path(), &["run", "-", "--summary"]);
    assert!(said.contains("the standard input is empty"), "{said}");
    fs::write(folder.path().join("empty.toml"), "").expect("a file is written");
    done(folder.path(), &["run", "empty.toml", "--summary", "--set", "steps=3"]);
}

#[test]
fn how_a_table_is_written_is_said_beside_its_name() {
    let folder = folder();
    let table = "1 2;3 4\n2 3;4 5\n3 5;6 1\n";
    fs::write(folder.path().join("odd.csv"), table.replace(' ', ",")).expect("a file is written");
    let points = |set: &[&str]| {
        let mut words = vec!["run", "odd.csv", "--summary"];
        words.extend(set.iter().flat_map(|set| ["--set", set]));
        words.extend(["--set", "steps=3"]);
        String::from_utf8(done(folder.path(), &words)).expect("a table")
    };
    let turned = points(&["data_x=2", "data_y=1"]);
    assert_ne!(points(&[]), turned);
    // A sweep makes its scenes from the same words.
    let sweep = ["sweep", "odd.csv", "--set", "data_x=2", "--set", "data_y=1", "--set", "steps=3"];
    let swept = done(folder.path(), &[&sweep[..], &["--over", "rho=0.05,0.1", "-o", "-"]].concat());
    assert_eq!(String::from_utf8(swept).expect("a table").lines().count(), 5);
    let said =
        refused(folder.path(), &["run", "odd.csv", "--set", "data_decimal=point", "--summary"]);
    assert!(said.contains("is no finite number"), "{said}");
}

#[test]
fn columns_that_are_not_read_are_told() {
    let folder = folder();
    fs::write(folder.path().join("t.csv"), "x,y,z\n1,2,3\n2,3,4\n3,5,6\n").expect("a file");
    let run = ["run", "t.csv", "--set", "steps=3", "-o", "o.csv"];
    let said = remarked(folder.path(), &run);
    assert!(said.contains("t.csv: z plays no part beside x = x and y = y"), "{said}");
    let meant = [&run[..], &["--set", "data_y=z"]].concat();
    assert_eq!(remarked(folder.path(), &meant), "");
    fs::write(folder.path().join("t.csv"), "1,2,0\n2,3,1\n3,5,0.0\n4,4,1\n").expect("a file");
    assert_eq!(remarked(folder.path(), &run), "", "the third column has two classes");
}

#[test]
fn words_that_make_no_difference_beside_numbers_are_told() {
    let folder = folder();
    let field = ["render", "bounce", "--size", "480x320", "--numbers", "field", "-o", "f.csv"];
    assert_eq!(remarked(folder.path(), &field), "");
    let plain = fs::read(folder.path().join("f.csv")).expect("a table");
    let more = ["--lens", "none", "--arrows", "both", "--step", "3"];
    let said = remarked(folder.path(), &[&field[..], &more].concat());
    assert!(said.contains("--lens, --arrows and --step make no difference"), "{said}");
    assert!(fs::read(folder.path().join("f.csv")).expect("a table") == plain);
}

/// The pixels of a figure.
fn pixels(folder: &Path) -> Vec<u8> {
    let file = std::io::BufReader::new(fs::File::open(folder.join("f.png")).expect("a file"));
    let mut reader = png::Decoder::new(file).read_info().expect("a picture");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    reader.next_frame(&mut pixels).expect("pixels");
    pixels
}

#[test]
fn what_is_asked_of_maps_that_are_not_drawn_is_told_and_makes_no_difference() {
    let folder = folder();
    let render = ["render", "bounce", "--size", "640x480", "-o", "f.png"];
    let words = [&render[..], &["--panels", "charts"]].concat();
    // How far it is, which is said where it takes long, is no remark.
    let remarks = |said: &str| said.lines().filter(|line| line.starts_with("samscope: ")).count();
    assert_eq!(remarks(&remarked(folder.path(), &words)), 0);
    let plain = pixels(folder.path());
    let more = ["--ground", "worst", "--arrows", "both", "--layer", "ends"];
    let said = remarked(folder.path(), &[&words[..], &more].concat());
    assert!(said.contains("--layer, --ground and --arrows make no difference"), "{said}");
    assert_eq!(remarks(&said), 1, "{said}");
    assert!(pixels(folder.path()) == plain);
}

#[test]
fn a_measured_column_without_numbers_is_told_with_the_reason() {
    let folder = folder();
    let run = ["run", "bounce", "--set", "steps=5", "--run", "ascent=none", "-o", "t.csv"];
    let said =
        |measures: &str| remarked(folder.path(), &[&run[..], &["--measures", measures]].concat());
    assert_eq!(said("lambda_max,edge"), "");
    let blank = said("worst_case,lambda_max,average,lambda_max_p");
    assert!(blank.contains("worst_case, average (no run looks around in a ball)"), "{blank}");
    assert!(blank.contains("lambda_max_p (no base"), "{blank}");
    assert_eq!(blank.trim_end().lines().count(), 1, "{blank}");
}
