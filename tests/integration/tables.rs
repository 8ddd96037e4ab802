//! `samscope run`: which rows and columns a table has, what is said beside it, and what it costs.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use samscope::analysis::measurable;

const PROGRAM: &str = env!("CARGO_BIN_EXE_samscope");

fn run(words: &[&str]) -> Output {
    let folder = tempfile::tempdir().expect("a temporary folder");
    Command::new(PROGRAM)
        .arg("run")
        .args(words)
        .current_dir(folder.path())
        .output()
        .expect("the program starts")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The table that `words` write to the standard output, the header first.
#[track_caller]
fn table(words: &[&str]) -> Vec<Vec<String>> {
    let output = run(words);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

#[test]
fn measured_columns_follow_the_others_which_stay_as_they_are() {
    let bare = table(&["--set", "steps=30"]);
    let words = ["--measures", "lambda_max,worst_case,average,trace,gap_all,edge", "--every", "10"];
    let measured = table(&[&["--set", "steps=30"], &words[..]].concat());
    let columns = bare[0].len();
    assert_eq!(measured[0][..columns], bare[0][..]);
    assert_eq!(
        measured[0][columns..],
        ["lambda_max", "worst_case", "average", "trace", "gap_all", "edge"]
    );
    assert_eq!(measured.len(), 1 + 2 * 4);
    for row in &measured[1..] {
        let same = bare.iter().find(|bare| bare[..2] == row[..2]).expect("the step is in both");
        assert_eq!(row[..columns], same[..]);
        let number = |k: usize| row[columns + k].parse::<f64>().expect("a number");
        assert!(number(4) <= number(1) + 1e-12, "the gap is no more than the worst case");
    }
}

#[test]
fn the_terminal_is_where_a_table_goes_that_goes_nowhere_else() {
    let words = ["--set", "steps=5"];
    assert_eq!(table(&words), table(&["--set", "steps=5", "-o", "-"]));
}

#[test]
fn an_unknown_measure_is_answered_with_the_known_ones() {
    let output = run(&["--measures", "lambda_max,sharpness"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    assert_eq!(said(&output).lines().count(), 1);
    assert!(said(&output).contains("\"sharpness\""), "{}", said(&output));
    for measure in measurable::ALL {
        assert!(said(&output).contains(measure.id), "{}", measure.id);
    }
}

#[test]
fn a_measure_asked_for_twice_is_refused() {
    let output = run(&["--measures", "trace,lambda_max, trace"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("trace twice"), "{}", said(&output));
}

#[test]
fn edges_are_given_for_full_batches_only() {
    let edges = |words: &[&str]| -> Vec<String> {
        let rows = table(&[&["--measures", "edge", "--set", "steps=3"], words].concat());
        rows[1..].iter().filter_map(|row| row.last().cloned()).collect()
    };
    assert!(edges(&[]).iter().all(|edge| !edge.is_empty()));
    assert!(edges(&["--set", "batch=8"]).iter().all(String::is_empty));
}

#[test]
fn a_run_that_diverged_says_so_and_nothing_failed() {
    let words = ["--set", "landscape=quadratic", "--set", "eta=0.4", "--set", "steps=500"];
    let output = run(&words);
    assert_eq!(output.status.code(), Some(0));
    let said = said(&output);
    let first = said.lines().next().unwrap_or_default();
    assert!(first.starts_with("samscope: base diverged at step "), "{said}");
    assert_eq!(said.lines().count(), 2);
    assert!(!String::from_utf8_lossy(&output.stdout).contains("inf"));
    assert_eq!(self::said(&run(&["--set", "steps=5"])), "");
}

#[test]
fn a_table_and_a_summary_say_the_same_of_a_run_that_diverged() {
    let scenes: [&[&str]; 8] = [
        &["landscape=rosenbrock", "eta=0.01", "steps=2"],
        &["landscape=goldstein_price", "eta=0.01", "steps=2"],
        &["landscape=saddle", "eta=1e-6", "start=0,-1e10"],
        &["landscape=saddle"],
        &["landscape=quadratic", "eta=0.21"],
        &["landscape=levy", "rho=1e300"],
        &["data=moons", "model=network", "loss=cross_entropy", "eta=1e12", "steps=9"],
        &[
            "data=moons",
            "model=network",
            "loss=cross_entropy",
            "base=adamw",
            "weight_decay=1",
            "eta=1",
            "steps=300",
        ],
    ];
    for scene in scenes {
        let words: Vec<&str> = scene.iter().flat_map(|edit| ["--set", edit]).collect();
        let (table, summary) = (run(&words), run(&[&words[..], &["--summary"]].concat()));
        assert_eq!(said(&table), said(&summary), "{scene:?}");
        assert_eq!(table.status.code(), Some(0));
        // And what is said is what the summary writes.
        let rows = String::from_utf8_lossy(&summary.stdout).into_owned();
        for row in rows.lines().skip(1) {
            let cells: Vec<&str> = row.split(',').collect();
            let line = format!("samscope: {} diverged at step {}\n", cells[0], cells[2]);
            assert_eq!(cells[1] == "diverged", said(&table).contains(&line), "{scene:?} {row}");
        }
    }
}

#[test]
fn a_run_that_cannot_make_a_step_is_summed_up_where_it_stands() {
    let words = ["--set", "landscape=levy", "--set", "rho=1e300", "--summary"];
    let rows = table(&words);
    let sam = rows.iter().find(|row| row[0] == "sam").expect("the run is there");
    assert_eq!(sam[1..3], ["diverged", "1"]);
    assert!(sam[5..7].iter().chain(&sam[12..13]).all(|cell| cell.parse::<f64>().is_ok()));
}

#[test]
fn the_start_is_written_even_where_nothing_follows() {
    let rows = table(&["--set", "landscape=quadratic", "--set", "rho=1e308"]);
    let steps: Vec<_> = rows[1..].iter().map(|row| [row[0].as_str(), row[1].as_str()]).collect();
    assert_eq!(steps, [["base", "0"], ["sam", "0"]]);
    assert!(rows.iter().all(|row| row.len() == rows[0].len()));
}

/// Kilobytes of memory that a process may map: its program, threads and one row are a part of it, the table is more.
#[cfg(target_os = "linux")]
const ROOM: &str = "400000";

#[cfg(target_os = "linux")]
#[test]
fn a_table_larger_than_the_memory_is_written_row_by_row() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let scene = "data = \"moons\"\nmodel = \"network\"\nloss = \"cross_entropy\"\nlayers = 3\nunits = 32\nsteps = 1200\nbatch = 4\n";
    fs::write(folder.path().join("large.toml"), scene).expect("the scene is written");
    // Of 2241 weights, each step has four vectors: half a gigabyte of text, of which the last step alone is kept.
    let words = format!("ulimit -v {ROOM}; exec {PROGRAM} run large.toml --every 4 | tail -c 100");
    let limited = |words: &str, folder: &Path| {
        Command::new("sh").args(["-c", words]).current_dir(folder).output().expect("a shell")
    };
    let output = limited(&words, folder.path());
    assert_eq!(said(&output), "");
    assert!(String::from_utf8_lossy(&output.stdout).ends_with('\n'));
}
