//! Lessons without a window: every page drawn, every claim and goal tried, and what is said of a text that is none.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use proptest::prelude::*;
use samscope::cli::lesson as command;
use samscope::engine::Engine;
use samscope::figure::lower;
use samscope::figure::palette::Theme;
use samscope::lesson::{self, Lesson, builtin, proof, sheet};

use crate::lettered::{LEAST, faults};
use crate::recorder::Recorder;

/// Sizes of pages: usual ones, a narrow and a low one, and a large one.
const SIZES: [[f64; 2]; 6] = [
    [800.0, 600.0],
    [1024.0, 768.0],
    [1280.0, 800.0],
    [1000.0, 600.0],
    [900.0, 1200.0],
    [1920.0, 1080.0],
];

#[test]
fn there_are_a_dozen_lessons_and_more_with_titles_that_differ() {
    let titles: Vec<&str> = builtin::all().map(|(_, lesson)| lesson.title.as_str()).collect();
    assert!(titles.len() >= 12, "{}", titles.len());
    for (k, title) in titles.iter().enumerate() {
        assert!(!titles[..k].contains(title), "{title}");
    }
}

#[track_caller]
fn assert_true(name: &str, lesson: &Lesson) {
    let faults = proof::faults(lesson);
    assert!(faults.is_empty(), "{name}:\n{}", faults.join("\n"));
}

#[test]
fn what_every_lesson_says_is_so_and_every_goal_is_missed_first_and_then_reached() {
    for (name, lesson) in builtin::all() {
        assert_true(name, lesson);
    }
}

#[test]
fn every_lesson_is_an_argument_with_something_to_do_and_something_to_hold_it_to() {
    for (name, lesson) in builtin::all() {
        assert!((3..=7).contains(&lesson.pages.len()), "{name}: {} pages", lesson.pages.len());
        assert!(lesson.pages.iter().any(|page| page.goal.is_some()), "{name} asks nothing");
        for (k, page) in lesson.pages.iter().enumerate() {
            assert!(!page.heading().is_empty(), "{name}, page {}: no heading", k + 1);
            assert!(
                !page.claims.is_empty() || page.goal.is_some(),
                "{name}, page {}: no claim",
                k + 1
            );
        }
    }
}

#[test]
fn every_page_of_every_lesson_is_drawn_and_no_words_of_it_meet_or_are_cut_or_small_or_faint() {
    let mut engine = Engine::in_place();
    let mut found = Vec::new();
    let mut count = 0;
    for (name, lesson) in builtin::all() {
        for number in 1..=lesson.pages.len() {
            count += 1;
            // The usual size, and another one in turn.
            for (size, theme) in [
                ([1280.0, 800.0], Theme::Light),
                (SIZES[count % SIZES.len()], Theme::ALL[count % Theme::ALL.len()]),
            ] {
                let figure = sheet::page(lesson, number, size, &mut engine).unwrap();
                assert!(figure.prose.len() > 3 && !figure.panes.is_empty(), "{name} {number}");
                assert!(lower::lacking(&figure).is_empty(), "{name} {number}");
                let faults = faults(&Recorder::of(&figure, theme), size, LEAST);
                let what = format!("{name}, page {number}, {size:?}, {theme:?}");
                found.extend(faults.into_iter().map(|fault| format!("{what}: {fault}")));
            }
        }
    }
    let faults = found.len();
    found.truncate(30);
    assert!(faults == 0, "{faults} faults on {count} pages:\n{}", found.join("\n"));
}

#[test]
fn a_page_that_is_not_there_is_none() {
    let (_, lesson) = builtin::all().next().unwrap();
    let mut engine = Engine::in_place();
    for number in [0, lesson.pages.len() + 1, usize::MAX] {
        assert!(sheet::page(lesson, number, [800.0, 600.0], &mut engine).is_none());
    }
}

#[test]
fn the_lesson_to_start_from_is_a_lesson_and_true() {
    let lesson = lesson::read(lesson::TEMPLATE).unwrap();
    assert_true("the template", &lesson);
    assert!(lesson.pages.iter().any(|page| page.goal.is_some()));
}

/// A lesson of one page with this front matter.
fn page(front: &str) -> String {
    format!("+++\ntitle = \"T\"\n+++\n+++\n{front}\n+++\nText.\n")
}

#[test]
fn what_is_wrong_is_said_with_its_line_its_field_and_the_nearest_that_would_be_right() {
    for (front, line, said) in [
        ("scene = \"openng\"", 5, "did you mean opening?"),
        ("sene = \"opening\"", 5, "did you mean scene?"),
        ("step = 3\nset = { rhoo = 0.1 }", 6, "did you mean rho?"),
        ("[set]\neta = 0.1\nrho = -1", 7, "rho = -1"),
        ("[set]\nlandscape = \"saddel\"", 6, "did you mean saddle?"),
        ("[[run]]\nrho = 0.1\n[[run]]\nrhoo = 0.1", 7, "did you mean rho?"),
        ("step = 900", 5, "from 0 to 200"),
        ("step = \"first\"", 5, "or \"last\""),
        ("hide_future = 1", 5, "true or false"),
        ("show = [\"rho\", \"etta\"]", 5, "did you mean eta?"),
        ("show = \"rho\"\nhide = \"eta\"", 6, "exclude each other"),
        ("lens = \"hole\"", 5, "did you mean whole?"),
        ("[goal]\nleft = true", 5, "a goal has a task"),
        ("[goal]\ntask = \"x\"", 5, "it asks nothing"),
        ("[goal]\ntask = \"x\"\nendng = \"rest\"", 7, "did you mean ending?"),
        ("[goal]\ntask = \"x\"\nending = \"divergd\"", 7, "did you mean diverged?"),
        ("[goal]\ntask = \"x\"\nrun = \"samm\"\nleft = true", 7, "did you mean sam?"),
        ("[goal]\ntask = \"x\"\nbasin = \"wid\"", 7, "did you mean wide?"),
        ("[goal]\ntask = \"x\"\nloss = { at_mos = 1 }", 7, "did you mean at_most?"),
        (
            "[goal]\ntask = \"x\"\nloss = { at_least = 2, at_most = 1 }",
            7,
            "at_least is above at_most",
        ),
        ("[goal]\ntask = \"x\"\nleft = true\nsolution = { rho = \"a\" }", 8, "not a number"),
        ("[goal]\ntask = \"x\"\nleft = true\nclick = [1]", 8, "two numbers"),
        ("[[claim]]\nleft = true\n[[claim]]\nnear = [0, 0]", 8, "near is a place"),
        ("question = \"a\\n\\nb\"", 5, "one line of text"),
        ("step = = 3", 5, "not TOML"),
        ("set = 3", 5, "a table"),
        ("claim = 3", 5, "a table"),
    ] {
        let error = lesson::read(&page(front)).expect_err(front);
        let message = error.to_string();
        assert!(error.line == line && message.contains(said), "{front}: {message}");
        assert!(!message.contains('\n'), "{message}");
    }
}

#[test]
fn a_text_that_is_no_lesson_is_told_how_one_begins() {
    for (text, said) in [
        ("", "samscope lesson --new"),
        ("# Hello\n", "begins with front matter"),
        ("+++\ntitle = \"T\"\n+++\nstray\n", "on no page"),
        ("+++\ntitle = \"T\"\n+++\n", "has a page"),
        ("+++\n+++\n+++\n+++\nText\n", "has a title"),
        ("+++\ntitle = \"T\"\n+++\n+++\n+++\n\n", "a page has text"),
        ("+++\ntitle = \"T\"\n", "not closed"),
    ] {
        let message = lesson::read(text).expect_err(text).to_string();
        assert!(message.contains(said), "{text:?}: {message}");
    }
}

#[test]
fn each_page_shows_the_scene_of_the_page_before_changed() {
    let text = "+++\ntitle = \"T\"\n+++\n+++\nscene = \"bounce\"\nset = { rho = 0.3 }\n+++\nOne.\n+++\nset = { eta = 0.07 }\n+++\nTwo.\n+++\nset = { landscape = \"himmelblau\" }\n[[run]]\nname = \"only\"\n+++\nThree.\n";
    let lesson = lesson::read(text).unwrap();
    let scene = |k: usize| &lesson.pages[k].scene;
    let is = |found: f64, wanted: f64| (found - wanted).abs() < 1e-12;
    let rho = |k: usize| scene(k).shared.ball.rho.get();
    assert!(is(rho(0), 0.3) && is(rho(1), 0.3) && is(scene(1).shared.eta.get(), 0.07));
    assert_eq!(scene(1).subject, scene(0).subject);
    assert_eq!(scene(2).runs.len(), 1);
    assert_eq!(scene(2).subject.name(), "Himmelblau");
}

/// Cuts, doubles or exchanges a piece of a text.
fn bent(text: &str, from: usize, length: usize, with: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let from = from % letters.len();
    let to = (from + length).min(letters.len());
    let piece: String = letters[..from].iter().collect();
    piece + with + &letters[to..].iter().collect::<String>()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_text_stops_the_program(text in "(\\+\\+\\+\n|[a-z_]{1,8} = [0-9\"a-z\\[\\]{}.-]{0,9}\n|# \\PC{0,9}\n|\\$[\\\\a-z{}]{0,9}\\$|\\PC{0,12}\n){0,14}") {
        if let Err(error) = lesson::read(&text) {
            let lines = text.lines().count() + 1;
            prop_assert!((1..=lines).contains(&error.line), "{} of {}: {}", error.line, lines, error);
        }
    }

    #[test]
    fn a_bent_lesson_is_read_or_refused(
        which in 0usize..100,
        from in 0usize..10_000,
        length in 0usize..40,
        with in "[\\[\\]{}\"=+#$*_`|<>\n0-9a-z.-]{0,6}",
    ) {
        let names: Vec<&str> = builtin::names().collect();
        let text = builtin::source(names[which % names.len()]).unwrap();
        if let Err(error) = lesson::read(&bent(text, from, length, &with)) {
            prop_assert!(!error.to_string().contains('\n'), "{}", error);
        }
    }
}

fn samscope(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_samscope"))
        .args(words)
        .current_dir(folder)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .output()
        .expect("the program starts")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn lessons_are_listed_a_line_each_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let output = samscope(folder.path(), &["lesson", "--list"]);
    assert!(output.status.success() && output.stderr.is_empty());
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text, command::list());
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), builtin::all().count());
    for (line, (name, lesson)) in lines.iter().zip(builtin::all()) {
        assert_eq!(line.split_once("  "), Some((name, lesson.title.as_str())));
    }
}

#[test]
fn a_page_is_drawn_as_png_and_svg_and_another_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["page.png", "page.svg"] {
        let words = ["lesson", "step", "--page", "1", "--size", "800x600", "-o", name];
        let output = samscope(folder.path(), &words);
        assert!(output.status.success(), "{}", said(&output));
        assert!(fs::metadata(folder.path().join(name)).unwrap().len() > 10_000, "{name}");
    }
    for (words, wrong) in [
        (vec!["lesson", "step", "--page", "99", "-o", "x.png"], "has pages 1 to"),
        (vec!["lesson", "stepp", "--page", "1", "-o", "x.png"], "did you mean step?"),
        (vec!["lesson", "step", "--page", "1"], "-o page.png"),
        (vec!["lesson", "none.md", "--page", "1", "-o", "x.png"], "cannot read the lesson none.md"),
    ] {
        let output = samscope(folder.path(), &words);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert!(
            said(&output).contains(wrong) && said(&output).lines().count() == 1,
            "{}",
            said(&output)
        );
    }
    assert!(!folder.path().join("x.png").exists());
}

#[test]
fn a_new_lesson_is_written_checked_and_never_over_another() {
    let folder = tempfile::tempdir().unwrap();
    let output = samscope(folder.path(), &["lesson", "--new", "my.md"]);
    assert!(output.status.success(), "{}", said(&output));
    let output = samscope(folder.path(), &["lesson", "my.md", "--check"]);
    assert!(output.status.success(), "{}", said(&output));
    assert!(String::from_utf8_lossy(&output.stdout).contains("2 pages"));
    let path = folder.path().join("my.md");
    let text = fs::read_to_string(&path).unwrap();
    let output = samscope(folder.path(), &["lesson", "--new", "my.md"]);
    assert!(
        output.status.code() == Some(2) && said(&output).contains("there is a file my.md already")
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    fs::write(&path, text.replace("left = false", "left = true")).unwrap();
    let output = samscope(folder.path(), &["lesson", "my.md", "--check"]);
    assert_eq!(output.status.code(), Some(1));
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        printed.contains("this claim does not hold") && printed.contains("my.md, line"),
        "{printed}"
    );
    fs::write(&path, text.replace("left = false", "lefd = false")).unwrap();
    let output = samscope(folder.path(), &["lesson", "my.md", "--check"]);
    assert!(
        said(&output).contains("my.md, line") && said(&output).contains("did you mean left?"),
        "{}",
        said(&output)
    );
}
