//! Films from the command line, and figures laid out in millimetres: what is written, what it carries, what is refused.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::fs;

use samscope::optim::moment::Moment;
use samscope::origin;

use super::program::{done, refused};

#[test]
fn a_film_is_written_in_every_format_and_leads_back_to_its_scene() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let film = ["film", "bounce", "--set", "rho=0.2", "--to", "5", "--size", "480x320"];
    let summary = done(at, &["run", "bounce", "--set", "rho=0.2", "--summary"]);
    for name in ["a.gif", "a.apng"] {
        done(at, &[&film[..], &["-o", name]].concat());
        assert_eq!(done(at, &["run", name, "--summary"]), summary, "{name}");
        assert_eq!(origin::open(&at.join(name)).unwrap().at, Some(Moment::Step(5)));
    }
    done(at, &[&film[..], &["-o", "p%02d.png"]].concat());
    assert_eq!(origin::open(&at.join("p03.png")).unwrap().at, Some(Moment::Step(3)));
    assert!(!at.join("p06.png").exists());
    let raw = done(at, &[&film[..], &["--format", "y4m", "-o", "-"]].concat());
    let frame = 3 * 480 * 320 + 6;
    assert!(raw.starts_with(b"YUV4MPEG2 W480 H320 F20:1 C444\n"));
    assert_eq!((raw.len() - 31) / frame, 6);
    // What is no film is said, and leaves no file.
    for (words, wanted) in [
        (&["-o", "b.png"][..], "which kind of film"),
        (&["-o", "b.png", "--format", "png"], "frames/%04d.png"),
        (&["-o", "b.mp4"], ".gif or .apng or .png or .y4m"),
        (&["-o", "b.gif", "--format", "y4m"], "let them agree"),
        (&["-o", "b.gif", "--from", "9", "--to", "3"], "goes forwards"),
        (&["-o", "b.gif", "--to", "9999"], "steps=9999"),
        (&["-o", "b.gif", "--fps", "60"], "50 frames a second at most"),
        (&["-o", "b.gif", "--fps", "0"], "no frame rate"),
        (&["-o", "b.gif", "--loop", "0"], "how many times"),
        (&["-o", "none/%d.png"], "there is no folder"),
    ] {
        let said = refused(at, &[&["film", "bounce"], words].concat());
        assert!(said.contains(wanted), "{words:?}: {said}");
    }
}

/// The number after `name` in a text.
fn number(text: &str, name: &str) -> f64 {
    let rest = &text[text.find(name).unwrap() + name.len()..];
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap();
    rest[..end].parse().unwrap()
}

#[test]
fn a_figure_is_as_large_as_asked_on_its_page() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let laid = ["render", "opening", "--width-mm", "85", "--height-mm", "60", "--font-pt", "8"];
    let [wide, high] = [85.0, 60.0].map(|mm: f64| mm / 25.4 * 72.0);
    for name in ["a.pdf", "a.svg", "a.png"] {
        done(at, &[&laid[..], &["--panels", "maps,legend", "-o", name]].concat());
    }
    let page = fs::read(at.join("a.pdf")).unwrap();
    let page = String::from_utf8_lossy(&page);
    let media = &page[page.find("/MediaBox").unwrap()..][..60];
    let sides: Vec<f64> = media
        .split(|c: char| !c.is_ascii_digit() && c != '.')
        .filter_map(|word| word.parse().ok())
        .collect();
    assert!((sides[2] - wide).abs() < 0.01 && (sides[3] - high).abs() < 0.01, "{media}");
    let lines = fs::read_to_string(at.join("a.svg")).unwrap();
    assert!((number(&lines, "width=\"") - wide).abs() < 0.01);
    assert!((number(&lines, "height=\"") - high).abs() < 0.01);
    // No title and no foot were asked for.
    assert!(!lines.contains(">samscope 0") && !lines.contains("font-size=\"17\""));
    assert!(lines.contains("<title>"), "it is called something all the same");
    // 300 pixels an inch where nothing is said.
    let picture = |name: &str| {
        let file = std::io::BufReader::new(fs::File::open(at.join(name)).unwrap());
        png::Decoder::new(file).read_info().unwrap()
    };
    let info = picture("a.png").info().clone();
    assert_eq!((info.width, info.height), (1004, 709));
    assert_eq!(info.pixel_dims.unwrap().xppu, 11811);
    done(at, &[&laid[..], &["--dpi", "96", "--transparent", "-o", "b.png"]].concat());
    let mut reader = picture("b.png");
    assert_eq!((reader.info().width, reader.info().color_type), (322, png::ColorType::Rgba));
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    assert_eq!(pixels[3], 0, "the corner is clear");
    for (words, wanted) in [
        (&["--width-mm", "20", "--font-pt", "12"][..], "or smaller letters (--font-pt)"),
        (&["--width-mm", "3000", "--font-pt", "3"], "use larger letters (--font-pt)"),
        (&["--panels", "maps,cahrts"], "there is no panel \"cahrts\""),
        (&["--panels", "legend"], "name at least one"),
        (&["--layout", "column", "--size", "640x400"], "cannot be used with"),
        (&["--dpi", "300", "--scale", "2"], "cannot be used with"),
    ] {
        let said = refused(at, &[&["render", "bounce", "-o", "c.png"], words].concat());
        assert!(said.contains(wanted), "{words:?}: {said}");
    }
}

#[test]
fn the_numbers_of_a_map_are_those_of_its_loss() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let scene =
        ["render", "--set", "landscape=himmelblau", "--set", "steps=20", "--size", "480x320"];
    let numbers = |part| {
        let table = done(at, &[&scene[..], &["--numbers", part, "-o", "-"]].concat());
        let mut reader = csv::Reader::from_reader(&table[..]);
        let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let rows: Vec<Vec<String>> =
            reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        (header, rows)
    };
    let himmelblau = |x: f64, y: f64| (x * x + y - 11.0).powi(2) + (x + y * y - 7.0).powi(2);
    let number = |cell: &String| cell.parse::<f64>().unwrap();
    let (header, pixels) = numbers("field");
    assert_eq!(header, ["x", "y", "loss"]);
    assert!(pixels.len() > 1000, "{}", pixels.len());
    for pixel in pixels.iter().step_by(97) {
        let [x, y, loss] = [0, 1, 2].map(|k| number(&pixel[k]));
        let exact = himmelblau(x, y);
        assert!((loss - exact).abs() < 1e-3 * (1.0 + exact), "{loss} is {exact} at {x}, {y}");
    }
    let (header, corners) = numbers("contours");
    assert_eq!(header, ["line", "loss", "closed", "x", "y"]);
    for corner in corners.iter().step_by(31) {
        let [loss, x, y] = [1, 3, 4].map(|k| number(&corner[k]));
        let exact = himmelblau(x, y);
        assert!((loss - exact).abs() < 0.05 * (1.0 + exact), "{loss} is {exact} at {x}, {y}");
    }
    let closed = corners.iter().filter(|corner| corner[0] == corners[0][0]);
    let line: Vec<_> = closed.collect();
    if line[0][2] == "true" {
        assert_eq!(line[0][3..], line[line.len() - 1][3..], "a closed line ends where it began");
    }
}
