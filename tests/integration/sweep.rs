//! Sweeps: every cell is what its scene gives alone, and no interruption, shard or thread leaves a trace in the bytes.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use samscope::export::summary;

fn samscope(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_samscope"))
        .args(words)
        .current_dir(folder)
        .output()
        .expect("the program starts")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What these words write to the standard output.
#[track_caller]
fn printed(words: &[&str]) -> String {
    let output = samscope(Path::new("."), words);
    assert!(output.status.success(), "{}", said(&output));
    String::from_utf8(output.stdout).unwrap()
}

/// The message that refuses these words after `sweep`.
#[track_caller]
fn refused(words: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let output = samscope(folder.path(), &[&["sweep", "-o", "sweep.csv"], words].concat());
    assert_eq!(output.status.code(), Some(2), "{words:?}: {}", said(&output));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing was written");
    said(&output)
}

/// Sweeps into `name`; what was said.
#[track_caller]
fn swept(folder: &Path, name: &str, words: &[&str]) -> String {
    let output = samscope(folder, &[&["sweep", "-o", name], words].concat());
    assert!(output.status.success(), "{}", said(&output));
    said(&output)
}

/// Eight cells of two runs, some of which diverge.
const SMALL: &[&str] = &[
    "--set",
    "landscape=himmelblau",
    "--set",
    "steps=40",
    "--over",
    "eta=log:0.005:0.05:2",
    "--over",
    "rho=0:0.3:2",
    "--seeds",
    "2",
];

/// Every row is that of `samscope run --summary` with the values of its cell.
#[track_caller]
fn cells_are_runs(sweep: &[&str], run: &[&str], keys: &[&str]) {
    let table = printed(&[&["sweep"], sweep].concat());
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let columns: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let summary = columns.len() - summary::HEADER.len();
    assert_eq!(columns[summary..], summary::HEADER);
    assert_eq!(summary, 1 + keys.len());
    let rows: Vec<Vec<String>> =
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    for cell in rows.chunk_by(|a, b| a[0] == b[0]) {
        let sets: Vec<String> =
            keys.iter().zip(&cell[0][1..]).map(|(key, value)| format!("{key}={value}")).collect();
        let sets = sets.iter().flat_map(|set| ["--set", set]);
        let words: Vec<&str> =
            ["run", "--summary"].into_iter().chain(run.iter().copied()).chain(sets).collect();
        let alone = printed(&words);
        let rows: Vec<String> = cell.iter().map(|row| row[summary..].join(",")).collect();
        assert_eq!(alone.lines().skip(1).collect::<Vec<_>>(), rows, "{words:?}");
    }
}

#[test]
fn every_cell_is_what_its_scene_gives_alone() {
    cells_are_runs(
        &["--over", "rho=0:0.2:3", "--over", "eta=log:0.1:0.9:2", "--seeds", "2"],
        &[],
        &["rho", "eta", "seed"],
    );
    let of_many = [
        "--set",
        "data=linear_task",
        "--set",
        "steps=30",
        "--set",
        "test=0.2",
        "--run",
        "rho=0.05",
        "--run",
        "name=fast eta=0.3",
    ];
    cells_are_runs(
        &[
            &of_many[..],
            &["--over", "base=sgd,adam", "--over", "p=1,inf", "--over", "batch=full,8"],
        ]
        .concat(),
        &of_many,
        &["base", "p", "batch"],
    );
    // Another problem in every cell, and a key that is called as a column of the summary is.
    let words = ["--set", "steps=20"];
    cells_are_runs(
        &[&words[..], &["--over", "loss=welsch,huber", "--over", "start=0.6,-0.3;1,0.5"]].concat(),
        &words,
        &["loss", "start"],
    );
}

#[test]
fn ranges_have_both_ends_and_the_first_key_is_the_slowest() {
    let table = printed(&[
        "sweep",
        "--over",
        "rho=0:0.3:4",
        "--over",
        "eta=log:0.01:1:3",
        "--set",
        "steps=2",
        "--run-name",
        "sam",
    ]);
    let cells: Vec<String> =
        table.lines().map(|line| line.split(',').take(4).collect::<Vec<_>>().join(",")).collect();
    let wanted = [
        "cell,rho,eta,run",
        "0,0,0.01,sam",
        "1,0,0.1,sam",
        "2,0,1,sam",
        "3,0.1,0.01,sam",
        "4,0.1,0.1,sam",
        "5,0.1,1,sam",
        "6,0.2,0.01,sam",
        "7,0.2,0.1,sam",
        "8,0.2,1,sam",
        "9,0.3,0.01,sam",
        "10,0.3,0.1,sam",
        "11,0.3,1,sam",
    ];
    assert_eq!(cells, wanted);
}

#[test]
fn a_run_that_diverges_is_a_row() {
    let folder = tempfile::tempdir().unwrap();
    let words = ["--set", "landscape=himmelblau", "--set", "steps=40", "--over", "eta=0.01,10"];
    let told = swept(folder.path(), "sweep.csv", &words);
    assert!(told.contains("2 scenes, 4 rows, 2 diverged"), "{told}");
    let table = fs::read_to_string(folder.path().join("sweep.csv")).unwrap();
    let diverged = table.lines().filter(|line| line.contains(",diverged,"));
    assert_eq!(
        diverged.map(|line| line.split(',').nth(1).unwrap()).collect::<Vec<_>>(),
        ["10", "10"]
    );
}

#[test]
fn a_sweep_that_was_killed_goes_on_to_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sweep.csv");
    swept(folder.path(), "sweep.csv", SMALL);
    let whole = fs::read(&path).unwrap();
    assert_eq!(whole.iter().filter(|byte| **byte == b'\n').count(), 1 + 16);
    let header = whole.iter().position(|byte| *byte == b'\n').unwrap();
    // In the header, after it, inside of numbers, between the runs of a cell, and all but the last line break.
    let somewhere = (1..12).map(|k| k * 7919 % whole.len());
    for cut in [0, 3, header, header + 1, whole.len() - 1].into_iter().chain(somewhere) {
        fs::write(&path, &whole[..cut]).unwrap();
        let told = swept(folder.path(), "sweep.csv", SMALL);
        assert!(!told.contains("already done"), "cut at {cut}: {told}");
        assert!(fs::read(&path).unwrap() == whole, "cut at {cut}");
    }
    let told = swept(folder.path(), "sweep.csv", SMALL);
    assert!(told.contains("already done"), "{told}");
    assert!(fs::read(&path).unwrap() == whole);
}

#[test]
fn killed_while_it_writes_it_loses_nothing_that_it_has_written() {
    let folder = tempfile::tempdir().unwrap();
    let words = ["sweep", "--over", "rho=0:0.3:6", "--seeds", "4", "-o"];
    let start = |name: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_samscope"));
        command.args(words).arg(name).current_dir(folder.path()).stderr(Stdio::null());
        command.spawn().unwrap()
    };
    let read = |name: &str| fs::read(folder.path().join(name)).unwrap_or_default();
    let rows = || read("killed.csv").iter().filter(|byte| **byte == b'\n').count();
    assert!(start("whole.csv").wait().unwrap().success());
    let mut child = start("killed.csv");
    while rows() < 3 && child.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
    let _ = child.kill();
    child.wait().unwrap();
    assert!(rows() >= 3);
    assert!(start("killed.csv").wait().unwrap().success());
    assert!(read("killed.csv") == read("whole.csv"));
}

#[test]
fn threads_leave_no_trace_in_the_bytes() {
    let with = |threads: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_samscope"));
        command.arg("sweep").args(SMALL).env("RAYON_NUM_THREADS", threads);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
        output.stdout
    };
    assert!(with("1") == with("5"));
}

#[test]
fn shards_together_are_the_sweep_to_the_last_byte() {
    let folder = tempfile::tempdir().unwrap();
    let read = |name: &str| fs::read(folder.path().join(name)).unwrap();
    swept(folder.path(), "whole.csv", SMALL);
    // Of eleven shards three have no cell.
    for of in [1, 3, 11] {
        let names: Vec<String> = (1..=of).map(|place| format!("{place}-of-{of}.csv")).collect();
        for (k, name) in names.iter().enumerate() {
            let shard = format!("{}/{of}", k + 1);
            swept(folder.path(), name, &[SMALL, &["--shard", &shard]].concat());
        }
        // A shell names them as letters go: 1, 10, 11, 2.
        let mut sorted: Vec<&str> = names.iter().map(String::as_str).collect();
        sorted.sort_unstable();
        let output = samscope(folder.path(), &[&["merge", "-o", "all.csv"], &sorted[..]].concat());
        assert!(output.status.success(), "{}", said(&output));
        assert!(read("all.csv") == read("whole.csv"), "{of} shards");
    }
}

#[test]
fn shards_that_are_not_one_sweep_are_not_put_together() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    for place in 1..=3 {
        let shard = format!("{place}/3");
        swept(folder.path(), &format!("{place}.csv"), &[SMALL, &["--shard", &shard]].concat());
    }
    swept(folder.path(), "other.csv", &["--over", "rho=0,0.1", "--set", "steps=2"]);
    fs::write(at("text.csv"), "a,b\n1,2\n").unwrap();
    let last = fs::read(at("3.csv")).unwrap();
    fs::write(at("cut.csv"), &last[..last.len() - 1]).unwrap();
    let rows: Vec<&[u8]> = last.split_inclusive(|byte| *byte == b'\n').collect();
    fs::write(at("half.csv"), rows[..rows.len() - 1].concat()).unwrap();
    let turned = [&rows[..3], &rows[5..7], &rows[3..5]].concat().concat();
    fs::write(at("turned.csv"), turned).unwrap();
    fs::write(at("header.csv"), rows[0]).unwrap();
    let refused = |names: &[&str]| {
        let output = samscope(folder.path(), &[&["merge", "-o", "all.csv"], names].concat());
        assert_eq!(output.status.code(), Some(2), "{names:?}: {}", said(&output));
        assert!(!at("all.csv").exists(), "{names:?}");
        said(&output)
    };
    for (names, words) in [
        (&["1.csv", "3.csv"][..], "cells 2 to 4 are missing before 3.csv"),
        (&["2.csv", "3.csv"], "cells 0 to 1 are missing before 2.csv"),
        (&["1.csv", "2.csv"], "the last ones are missing"),
        (
            &["1.csv", "2.csv", "3.csv", "2.csv"],
            "2.csv begins with cell 2, which another table has too",
        ),
        (&["1.csv", "2.csv", "other.csv"], "other.csv has other columns than 1.csv"),
        (&["1.csv", "text.csv"], "text.csv is no table of a sweep"),
        (&["1.csv", "2.csv", "cut.csv"], "cut.csv breaks off in cell 7"),
        (&["1.csv", "2.csv", "half.csv"], "half.csv breaks off in cell 7"),
        (
            &["1.csv", "2.csv", "turned.csv"],
            "turned.csv has a row of cell 7 where one of cell 6 belongs",
        ),
        (&["none.csv"], "none.csv: there is no such file"),
        (&["header.csv"], "no cell"),
    ] {
        let told = refused(names);
        assert!(told.contains(words), "{names:?}: {told}");
    }
    let over = samscope(folder.path(), &["merge", "1.csv", "2.csv", "3.csv", "-o", "1.csv"]);
    assert!(said(&over).contains("being read"), "{}", said(&over));
}

#[test]
fn a_file_that_is_something_else_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sweep.csv");
    swept(folder.path(), "sweep.csv", SMALL);
    let whole = fs::read(&path).unwrap();
    let text = String::from_utf8(whole.clone()).unwrap();
    let again = |there: &[u8], words: &[&str]| {
        fs::write(&path, there).unwrap();
        let output = samscope(folder.path(), &[&["sweep", "-o", "sweep.csv"], words].concat());
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(fs::read(&path).unwrap() == there, "it was changed");
        assert!(said(&output).contains("nothing was changed"), "{}", said(&output));
        said(&output)
    };
    assert!(again(b"a letter to a friend", SMALL).contains("line 1"));
    assert!(again(&whole, &[SMALL, &["--over", "p=1,2"]].concat()).contains("line 1"));
    assert!(again(&whole, &[SMALL, &["--shard", "2/2"]].concat()).contains("line 2"));
    assert!(again(&whole, &[SMALL, &["--run", "name=other"]].concat()).contains("line 2"));
    assert!(again(text.replace(",sam,", ",max,").as_bytes(), SMALL).contains("line 3"));
    assert!(again((text.clone() + "more").as_bytes(), SMALL).contains("line 18"));
    // What was set beside the keys is in no column, and is found by making two cells again.
    assert!(
        again(&whole, &[SMALL, &["--set", "p=inf"]].concat()).contains("other numbers in cell")
    );
    let cells = text.lines().take(7).map(|line| format!("{line}\n")).collect::<String>();
    assert!(again(cells.as_bytes(), &[SMALL, &["--set", "l2=0.1"]].concat()).contains("cell 0"));
}

#[test]
fn two_programs_do_not_write_into_one_table() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sweep.csv");
    let other = fs::File::create(&path).unwrap();
    other.lock().unwrap();
    let output = samscope(folder.path(), &[&["sweep", "-o", "sweep.csv"], SMALL].concat());
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("another samscope is writing it"), "{}", said(&output));
    other.unlock().unwrap();
    assert!(fs::read(&path).unwrap().is_empty());
    swept(folder.path(), "sweep.csv", SMALL);
}

#[test]
fn what_cannot_be_swept_is_said_before_anything_is_made() {
    for (words, message) in [
        (&["--over", "rh=0:1"][..], "did you mean rho?"),
        (&["--over", "name=a,b"], "there is no key \"name\""),
        (&["--over", "hidden=true,false"], "there is no key \"hidden\""),
        (&["--over", "rho=0:0.3:1"], "both ends"),
        (&["--over", "eta=log:0:1:3"], "above zero"),
        (&["--over", "eta=0:1:x"], "is no range"),
        (&["--over", "rho"], "has no values"),
        (&["--over", "rho=-1:1:3"], "rho = -1"),
        (&["--over", "steps=1:2:3"], "1.5"),
        (&["--over", "rho=0:1", "--over", "rho=0:2"], "said twice"),
        (&["--over", "rho=0:1", "--set", "rho=0.1"], "said twice"),
        (&["--over", "seed=1,2", "--seeds", "2"], "swept twice"),
        (&["--over", "p=2,2"], "twice"),
        (&["--over", "base=sgd,adm"], "did you mean adam?"),
        (&["--over", "momentum=0:0.9"], "base=momentum"),
        (&["--over", "rho=0:1", "--shard", "0/3"], "from 1 to N"),
        (&["--over", "rho=0:1", "--shard", "4/3"], "from 1 to N"),
        (&["--over", "rho=0:1:5000", "--over", "eta=0:1:5000"], "25000000 scenes"),
        (&["--over", "rho=0:1", "--run-name", "other"], "it has base, sam"),
        (&["--over", "steps=10,90000000"], "1000000"),
        (&["--seeds", "0"], "--seeds"),
        (&[], "--over rho=0:0.3:31"),
    ] {
        let told = refused(words);
        assert!(told.contains(message), "{words:?}: {told}");
        assert_eq!(told.lines().count(), 1, "{told}");
    }
}

#[test]
fn shells_and_manuals_know_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = printed(&["completions", shell]);
        for word in ["sweep", "merge", "shard", "run-name"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    let page = printed(&["man"]);
    assert!(page.contains(".TH samscope 1") && page.contains("sweep"), "{page}");
    let page = printed(&["man", "sweep"]);
    assert!(page.contains(r"\-\-over") && page.contains("interruption"), "{page}");
    let unknown = samscope(Path::new("."), &["man", "sweeep"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(said(&unknown).contains("merge"), "{}", said(&unknown));
}

/// The blocks of docs/sweep.md that are marked as this language.
fn blocks(language: &str) -> Vec<String> {
    let text = include_str!("../../docs/sweep.md");
    let begin = format!("```{language}\n");
    let rest = text.split(begin.as_str()).skip(1);
    rest.map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

/// What a shell makes of `script`, in which `samscope` is the program.
#[cfg(unix)]
#[track_caller]
fn shell(folder: &Path, script: &str, task: &str) -> String {
    let program = env!("CARGO_BIN_EXE_samscope");
    let script = script.replace("samscope ", &format!("'{program}' "));
    let mut command = Command::new("sh");
    command.args(["-e", "-c", &script]).current_dir(folder);
    let slurm = [
        ("SLURM_ARRAY_TASK_ID", task),
        ("SLURM_ARRAY_TASK_COUNT", "20"),
        ("SLURM_CPUS_PER_TASK", "2"),
    ];
    let output = command.envs(slurm).output().unwrap();
    assert!(output.status.success(), "{script}: {}", said(&output));
    String::from_utf8(output.stdout).unwrap()
}

#[cfg(unix)]
#[test]
fn the_examples_of_the_page_are_true() {
    let folder = tempfile::tempdir().unwrap();
    let small = |text: &str| text.replace(":31", ":3").replace("--seeds 10", "--seeds 2");
    let [example, read, shards] = &blocks("sh")[..] else { panic!("three blocks") };
    shell(folder.path(), example, "");
    assert_eq!(shell(folder.path(), read, ""), blocks("text")[0]);
    let [job] = &blocks("bash")[..] else { panic!("one job") };
    for task in 1..=20 {
        shell(folder.path(), &small(job), &task.to_string());
    }
    shell(folder.path(), &small(shards), "");
    let read = |name: &str| fs::read(folder.path().join(name)).unwrap();
    assert!(read("grid.csv") == read("merged.csv"));
}
