//! Papers that run: every claim tried, from files and words to verdicts.

#![expect(clippy::unwrap_used, reason = "a journey that cannot go on stops where it is")]

use std::fs;
use std::process::{Command, Output};

use rayon::prelude::*;
use samscope::paper::{self, builtin, series, statistic, trial};

const DOCS: &str = include_str!("../../docs/papers.md");

fn samscope(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_samscope")).args(words).output().unwrap()
}

#[test]
fn every_claim_of_every_paper_comes_out_as_expected() {
    let unlike: Vec<String> = builtin::all()
        .collect::<Vec<_>>()
        .par_iter()
        .flat_map_iter(|(name, paper)| {
            let verdicts = trial::verdicts(paper);
            let unlike = verdicts.filter(|(_, verdict)| !verdict.is_expected);
            unlike
                .map(|(claim, it)| {
                    format!("{name}: {}: found {}, claimed {}", claim.says, it.found, it.claimed)
                })
                .collect::<Vec<_>>()
        })
        .collect();
    assert!(unlike.is_empty(), "{}", unlike.join("\n"));
}

#[test]
fn a_line_begins_with_its_verdict_and_tells_what_was_found() {
    let output = samscope(&["paper", "bouncing"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{text}");
    let paper = builtin::find("bouncing").unwrap();
    let lines: Vec<&str> = text.lines().skip(3).collect();
    assert_eq!(lines.len(), paper.claims.len());
    for (line, claim) in lines.iter().zip(&paper.claims) {
        assert!(line.starts_with("holds  bouncing"), "{line}");
        assert!(line.contains(&claim.says) && line.contains(": found "), "{line}");
        assert!(line.contains("; claimed "), "{line}");
    }
}

/// A paper about descent on a quadratic that rests, with this claim.
fn resting(claim: &str) -> String {
    format!(
        "title = \"T\"\nsource = \"S\"\nabout = \"A\"\n[scene]\nlandscape = \"quadratic\"\nrho = 0\nsteps = 600\n[[claim]]\nsays = \"so\"\n{claim}\n"
    )
}

#[test]
fn what_does_not_hold_is_red_and_exit_code_1_unless_the_file_expects_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("my.toml");
    let tried = |claim: &str| {
        fs::write(&path, resting(claim)).unwrap();
        let output = samscope(&["paper", path.to_str().unwrap()]);
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        (output.status.code().unwrap(), text.lines().nth(3).unwrap_or_default().to_owned())
    };
    let (code, line) = tried("ending = \"rest\"");
    assert!(code == 0 && line.starts_with("holds"), "{line}");
    let (code, line) = tried("ending = \"diverged\"");
    assert!(code == 1 && line.starts_with("fails") && line.contains("found rest"), "{line}");
    let (code, line) = tried("ending = \"diverged\"\nfails_because = \"the rate is small\"");
    assert!(code == 0 && line.contains("as expected: the rate is small"), "{line}");
    let (code, line) = tried("ending = \"rest\"\nfails_because = \"of nothing\"");
    assert!(code == 1 && line.contains("expected to fail"), "{line}");
    let (code, line) = tried("of = \"loss\"\nlast = { at_most = 1e-9 }\nhighest_at = 0");
    assert!(code == 0 && line.starts_with("holds"), "{line}");
    let (code, line) =
        tried("starts = { x = [-1, 1], y = [-1, 1], count = 7 }\nending = \"diverged\"\nshare = 0");
    assert!(code == 0 && line.contains("0 of 7"), "{line}");
    let (code, line) =
        tried("over = \"eta=0.05,1\"\nending = \"rest\"\niff = { eta = { at_most = 0.1 } }");
    assert!(code == 0 && line.contains("2 of 2"), "{line}");
}

#[test]
fn what_is_no_paper_is_answered_with_its_line() {
    for (claim, said) in [
        ("endin = \"rest\"", "line 10: there is no key \"endin\" here; did you mean ending?"),
        ("of = \"los\"\nlast = 1", "there is no series \"los\"; did you mean loss?"),
        ("of = \"loss\"", "what of the series? say one of first, last"),
        ("of = \"loss\"\npasses = 1", "say both"),
        ("run = \"sma\"\nending = \"rest\"", "line 10: this scene has no run \"sma\""),
        ("set = { rhoo = 1 }\nending = \"rest\"", "did you mean rho?"),
        ("over = \"eta\"\nending = \"rest\"", "has no values"),
        ("starts = { x = [0, 1] }\nending = \"rest\"", "says all three"),
        ("at = 601\nloss_here = 0", "from 0 to 600"),
    ] {
        let error = paper::read(&resting(claim)).unwrap_err().to_string();
        assert!(error.contains(said), "{claim}: {error}");
    }
    let error = paper::read("title = \"T\"\nsource = \"S\"\nabout = \"A\"\n[scene]\n").unwrap_err();
    assert!(error.to_string().contains("add a [[claim]]"), "{error}");
    let output = samscope(&["paper", "traped"]);
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && error.contains("did you mean trapped?"), "{error}");
}

#[test]
fn the_guide_names_everything_and_its_example_holds() {
    for series in series::ALL {
        let line = format!("| `{}` | {} |", series.id, series.about);
        assert!(DOCS.contains(&line), "docs/papers.md lacks {line}");
    }
    for (key, _) in statistic::KEYS {
        assert!(DOCS.contains(&format!("`{key}`")), "docs/papers.md lacks {key}");
    }
    let example = DOCS.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let paper = paper::read(example).unwrap();
    for (claim, verdict) in trial::verdicts(&paper) {
        assert!(verdict.holds, "{}: {}", claim.says, verdict.found);
    }
}

#[test]
fn a_papers_scene_opens_and_is_drawn() {
    let output = samscope(&["paper", "late", "--scene"]);
    let scene = samscope::scene::file::read(&String::from_utf8(output.stdout).unwrap()).unwrap();
    assert_eq!(scene, builtin::find("late").unwrap().scene);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("late.svg");
    let output = samscope(&["paper", "late", "-o", path.to_str().unwrap()]);
    assert!(output.status.success());
    assert!(fs::read_to_string(&path).unwrap().contains("SAM late in training is as good"));
}
