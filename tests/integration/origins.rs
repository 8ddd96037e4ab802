//! Back from the picture: what a figure carries is the scene and the moment that it was drawn from, and every command takes it.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use samscope::export::{pdf, png, svg};
use samscope::figure::Figure;
use samscope::figure::palette::Theme;
use samscope::figure::shot::Shot;
use samscope::optim::moment::Moment;
use samscope::origin::{self, Origin, picture, short};
use samscope::scene::builtin;

use super::random_scenes;

/// Random scenes that are carried.
const SCENES: u64 = 60;

fn small_figure() -> Figure {
    Shot { size: [480.0, 320.0], ..Shot::of(&builtin::find("bounce").unwrap()) }.figure()
}

#[test]
fn every_scene_comes_back_from_a_png_an_svg_and_a_word() {
    let figure = small_figure();
    for number in 0..SCENES {
        let scene = random_scenes::scene(number);
        let step = usize::try_from(number).unwrap();
        let at = if number % 3 == 0 { Moment::Gradients(step) } else { Moment::Step(step) };
        let origin = Origin::of(&scene, at);
        let letters = svg::Letters::Outlines;
        let pixels = png::carrying(&figure, Theme::Light, 0.25, Some(&origin)).unwrap();
        let lines = svg::write_with(&figure, Theme::Light, letters, Some(&origin));
        for (kind, bytes) in
            [(picture::Kind::Png, &pixels[..]), (picture::Kind::Svg, lines.as_bytes())]
        {
            assert_eq!(picture::Kind::of(bytes), Some(kind));
            let text = picture::text(kind, bytes).unwrap();
            assert_eq!(Origin::read(&text), Ok(origin.clone()), "{kind:?} of scene {number}");
        }
        if number % 10 == 0 {
            let page = pdf::write(&figure, Theme::Light, Some(&origin)).unwrap();
            assert_eq!(picture::Kind::of(&page), Some(picture::Kind::Pdf));
            let text = picture::text(picture::Kind::Pdf, &page).unwrap();
            assert_eq!(Origin::read(&text), Ok(origin.clone()), "PDF of scene {number}");
        }
        assert_eq!(short::read(&short::write(&origin)), Some(Ok(origin)), "scene {number}");
    }
}

#[test]
fn a_pdf_is_the_same_bytes_again_on_a_page_of_its_size_with_its_fonts() {
    let figure = small_figure();
    let origin = Origin::of(&builtin::opening(), Moment::Step(3));
    let page = || pdf::write(&figure, Theme::Print, Some(&origin)).unwrap();
    let bytes = page();
    assert!(bytes == page());
    let has = |text: &str| bytes.windows(text.len()).any(|part| part == text.as_bytes());
    assert!(has("/MediaBox [0 0 480 320]") || has("/MediaBox[0 0 480 320]"));
    for font in ["+IBMPlexSans", "IBMPlexSans-SmBld", "/FontFile"] {
        assert!(has(font), "{font}");
    }
    // Subsets of fonts, and one ground: far less than the fonts themselves.
    assert!(bytes.len() < 400_000, "{} bytes", bytes.len());
}

fn samscope(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_samscope"));
    command.current_dir(folder).args(words).stdin(Stdio::null()).output().unwrap()
}

#[track_caller]
fn done(folder: &Path, words: &[&str]) -> Vec<u8> {
    let out = samscope(folder, words);
    assert!(out.status.success(), "{words:?}: {}", String::from_utf8_lossy(&out.stderr));
    out.stdout
}

#[test]
fn every_command_takes_a_picture_in_place_of_a_scene_and_draws_it_again_to_the_byte() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let scene = ["opening", "--set", "rho=0.2", "--set", "steps=60"];
    let summary = done(at, &[&["run"], &scene[..], &["--summary"]].concat());
    for name in ["a.png", "a.svg", "a.pdf"] {
        let render = [&["render"], &scene[..], &["--step", "40", "--size", "480x320", "-o", name]];
        done(at, &render.concat());
        assert_eq!(done(at, &["run", name, "--summary"]), summary, "{name}");
        let again = name.replacen('a', "b", 1);
        done(at, &["render", name, "--size", "480x320", "-o", &again]);
        let [first, second] = [name, &again].map(|name| fs::read(at.join(name)).unwrap());
        assert!(first == second, "{name} is drawn again at its own step");
        assert_eq!(origin::open(&at.join(name)).unwrap().at, Some(Moment::Step(40)));
    }
    // A picture can be piped in, and what is set is set on its scene.
    let mut child = Command::new(env!("CARGO_BIN_EXE_samscope"))
        .args(["run", "-", "--set", "rho=0.2", "--summary"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let bytes = fs::read(at.join("a.png")).unwrap();
    // It may have read enough before it has read all.
    let _ = child.stdin.take().unwrap().write_all(&bytes);
    assert_eq!(child.wait_with_output().unwrap().stdout, summary);
    let word = done(at, &[&["share"], &scene[..], &["--step", "7"]].concat());
    let word = String::from_utf8(word).unwrap();
    assert_eq!(done(at, &["run", word.trim(), "--summary"]), summary);
    assert_eq!(short::read(&word).unwrap().unwrap().at, Some(Moment::Step(7)));
}

#[test]
fn a_picture_is_not_drawn_over_itself() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    done(at, &["render", "bounce", "--size", "480x320", "-o", "a.png"]);
    let before = fs::read(at.join("a.png")).unwrap();
    let out = samscope(at, &["render", "a.png", "--set", "rho=0.3", "-o", "a.png"]);
    assert_eq!(out.status.code(), Some(2));
    assert!(fs::read(at.join("a.png")).unwrap() == before);
}

#[test]
fn a_picture_without_a_scene_and_a_broken_one_are_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    done(at, &["render", "bounce", "--size", "480x320", "-o", "whole.png"]);
    let whole = fs::read(at.join("whole.png")).unwrap();
    let none = png::render(&small_figure(), Theme::Light, 0.25).unwrap();
    let other = svg::write(&small_figure(), Theme::Light);
    let cases: [(&str, &[u8], &str); 9] = [
        ("empty.png", b"", "it is empty"),
        ("none.png", &none, "carries no scene"),
        ("other.svg", other.as_bytes(), "carries no scene"),
        ("cut.png", &whole[..60], "cannot be read as PNG"),
        ("half.png", &whole[..200], "cannot be read as PNG"),
        ("none.pdf", b"%PDF-1.7\n%%EOF", "carries no scene"),
        ("cut.pdf", b"%PDF-1.7 (samscope:eNp1) %%EOF", "copy the whole word"),
        ("cut.svg", b"<svg><metadata id=\"samscope\">scene", "cannot be read as SVG"),
        ("odd.svg", b"<svg><metadata id=\"samscope\">hello</metadata>", "not what samscope writes"),
    ];
    for (name, bytes, said) in cases {
        fs::write(at.join(name), bytes).unwrap();
        let out = samscope(at, &["run", name, "--summary"]);
        let words = String::from_utf8(out.stderr).unwrap();
        assert_eq!(out.status.code(), Some(2), "{name}: {words}");
        assert!(words.contains(said) && words.trim_end().lines().count() == 1, "{name}: {words}");
    }
    // What a file holds decides, not what it is called.
    fs::write(at.join("scene.png"), "landscape = \"quadratic\"\nsteps = 5\n").unwrap();
    done(at, &["run", "scene.png", "--summary"]);
}
