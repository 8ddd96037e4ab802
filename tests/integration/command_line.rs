//! What people do at the command line, from words to files.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

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

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// The table of a run as rows of texts, the header first.
#[track_caller]
fn table(words: &[&str]) -> Vec<Vec<String>> {
    let folder = folder();
    let output = samscope(folder.path(), &[&["run", "-o", "run.csv"], words].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = fs::read_to_string(folder.path().join("run.csv")).expect("the table can be read");
    text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

#[track_caller]
fn end(table: &[Vec<String>], run: &str) -> [f64; 2] {
    let last = table.iter().rfind(|row| row[0] == run).expect("the run has rows");
    [5, 6].map(|column| last[column].parse().expect("a number"))
}

fn apart(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

#[test]
fn sgd_stays_in_the_sharp_basin_and_sam_finds_the_wide_one() {
    let table = table(&[]);
    assert_eq!(
        table[0].join(","),
        "run,step,gradients,loss,grad_norm,w0,w1,g0,g1,eps0,eps1,adv_loss,gs0,gs1,proxy,gap"
    );
    assert_eq!(table.len(), 1 + 2 * 201, "one row a run and step, from the start on");
    assert!(apart(end(&table, "base"), [1.2, -0.9]) < 0.4);
    assert!(apart(end(&table, "sam"), [-0.8, 0.9]) < 0.5);
}

#[test]
fn without_a_radius_sam_is_sgd_to_the_last_byte() {
    let table = table(&["--set", "rho=0"]);
    let of = |run: &str| -> Vec<String> {
        table.iter().filter(|row| row[0] == run).map(|row| row[1..].join(",")).collect()
    };
    assert_eq!(of("base"), of("sam"));
}

#[test]
fn the_same_words_give_the_same_bytes() {
    let words =
        ["--set", "batch=32", "--set", "base=momentum", "--set", "seed=5", "--set", "p=inf"];
    assert_eq!(table(&words), table(&words));
    let folder = folder();
    for name in ["a.png", "b.png"] {
        let output =
            samscope(folder.path(), &["render", "--step", "40", "--size", "640x480", "-o", name]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let read = |name| fs::read(folder.path().join(name)).unwrap();
    assert_eq!(read("a.png"), read("b.png"));
}

#[test]
fn a_scene_file_says_what_it_wants_and_set_overrides_it() {
    let folder = folder();
    fs::write(folder.path().join("my.toml"), "landscape = \"quadratic\"\nrho = 0.2\nsteps = 7\n")
        .unwrap();
    let output = samscope(folder.path(), &["run", "my.toml", "--set", "steps=3", "-o", "run.csv"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = fs::read_to_string(folder.path().join("run.csv")).unwrap();
    assert_eq!(text.lines().count(), 1 + 2 * 4);
}

#[test]
fn the_figure_has_the_size_that_was_asked_for() {
    let folder = folder();
    let words = ["render", "--step", "40", "--size", "800x600", "--scale", "2", "-o", "figure.png"];
    let output = samscope(folder.path(), &words);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let file = fs::File::open(folder.path().join("figure.png")).unwrap();
    let mut reader = png::Decoder::new(std::io::BufReader::new(file)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    assert_eq!((info.width, info.height), (1600, 1200));
    let shades: std::collections::HashSet<&[u8]> = pixels.chunks_exact(4).collect();
    assert!(shades.len() > 500, "a figure has more than {} colours", shades.len());
}

#[test]
fn without_a_display_the_opening_scene_is_drawn_into_a_file() {
    let folder = folder();
    let output = samscope(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(0));
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains("samscope.png"), "{said}");
    assert!(folder.path().join("samscope.png").exists());
}

#[test]
fn what_cannot_be_granted_is_said_in_one_line_and_leaves_nothing_behind() {
    let cases: &[(&[&str], &str)] = &[
        (&["--set", "rhoo=1"], "did you mean rho?"),
        (&["--set", "rho=-1"], "zero or more"),
        (&["--set", "rho=NaN"], "zero or more"),
        (&["--set", "p=0.5"], "1 or more"),
        (&["--set", "eta=fast"], "\"fast\""),
        (&["--set", "steps=0"], "from 1 to 1000000"),
        (&["--set", "batch=none"], "full"),
        (&["--set", "noise=99"], "from 0 to 2"),
        (&["--set", "rho"], "KEY=VALUE"),
        (&["--set", "rho=1", "--set", "rho=2"], "twice"),
        (&["--set", "start=1,2,3"], "3 weights"),
        (&["--set", "landscape=quadratc"], "did you mean quadratic?"),
        (&["--set", "landscape=quadratic", "--set", "loss=welsch"], "exclude"),
        (&["--set", "momentum=0.9"], "base=momentum"),
        (&["no_such_scene"], "opening"),
        (&["no_such_scene.toml"], "no_such_scene.toml"),
    ];
    for (words, expected) in cases {
        let folder = folder();
        let output = samscope(folder.path(), &[&["run", "-o", "run.csv"], *words].concat());
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{words:?}: {said}");
        assert_eq!(said.lines().count(), 1, "{words:?}: {said}");
        assert!(said.contains(expected), "{words:?}: {said}");
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            0,
            "{words:?} left something behind"
        );
    }
}

#[test]
fn a_broken_scene_file_is_named_with_the_line_that_breaks_it() {
    let folder = folder();
    fs::write(folder.path().join("broken.toml"), "rho = 0.1\neta = = 3\n").unwrap();
    let output = samscope(folder.path(), &["run", "broken.toml"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(said.contains("broken.toml") && said.contains("line 2"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn an_output_that_cannot_be_written_is_said_before_any_work() {
    let folder = folder();
    for words in [&["run", "-o", "missing/run.csv"], &["render", "-o", "missing/figure.png"]] {
        let output = samscope(folder.path(), words);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2));
        assert!(said.contains("missing"), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }
    let output = samscope(folder.path(), &["render", "-o", "figure.jpeg"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains(".png"));
}

#[test]
fn runs_that_leave_all_bounds_are_results() {
    for words in [
        ["--set", "landscape=quadratic", "--set", "eta=1000000"],
        ["--set", "rho=100", "--set", "eta=1000000"],
    ] {
        let table = table(&words);
        for row in &table[1..] {
            assert!(
                row[3..].iter().all(|cell| cell.parse::<f64>().unwrap().is_finite()),
                "{row:?}"
            );
        }
    }
}

#[test]
fn the_list_names_what_can_be_chosen() {
    let output = samscope(folder().path(), &["list"]);
    let text = String::from_utf8_lossy(&output.stdout);
    for name in [
        "opening",
        "quadratic",
        "clique_and_crowd",
        "line",
        "welsch",
        "sgd",
        "momentum",
        "adam",
        "sam",
    ] {
        assert!(text.contains(name), "{name}");
    }
}

#[test]
fn the_readme_has_the_catalogue_as_it_is() {
    let output = samscope(folder().path(), &["list", "--markdown"]);
    let tables = String::from_utf8(output.stdout).unwrap();
    let readme = include_str!("../../README.md").replace("\r\n", "\n");
    assert!(
        readme.contains(tables.trim()),
        "README.md is older than the catalogue; paste the output of `samscope list --markdown` between its marks"
    );
}

#[test]
fn the_page_on_variants_has_the_table_as_it_is() {
    let output = samscope(folder().path(), &["list", "--variants", "--markdown"]);
    let tables = String::from_utf8(output.stdout).unwrap();
    let page = include_str!("../../docs/variants.md").replace("\r\n", "\n");
    assert!(
        page.contains(tables.trim()),
        "docs/variants.md is older than the catalogue; paste the output of `samscope list --variants --markdown` between its marks"
    );
    let plain = samscope(folder().path(), &["list", "--variants"]);
    let plain = String::from_utf8(plain.stdout).unwrap();
    for name in ["StableSAM", "Monge SAM", "VaSSO", "Momentum-SAM", "step=mixed", "·"] {
        assert!(plain.contains(name), "{name}");
    }
}

#[test]
fn every_law_holds() {
    let output = samscope(folder().path(), &["check"]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}");
    assert!(!text.contains("FAIL"), "{text}");
    assert!(text.lines().count() > 30, "{text}");
}

#[test]
fn data_set_aside_are_measured_in_a_column_of_their_own() {
    let table = table(&["--set", "test=0.3", "--set", "l2=0.01"]);
    assert_eq!(table[0].last().map(String::as_str), Some("test_loss"));
    let column = |row: &[String], k: usize| row[k].parse::<f64>().unwrap();
    let (loss, test) = (3, table[0].len() - 1);
    assert!(table[1..].iter().all(|row| column(row, test).is_finite()));
    assert!(table[1..].iter().any(|row| (column(row, test) - column(row, loss)).abs() > 1e-6));
}

#[test]
fn a_network_with_normalised_units_writes_down_what_it_remembers() {
    let words = "data=moons points=40 model=network units=3 normalization=batch dropout=0.2 test=0.3 steps=4";
    let words: Vec<&str> = words.split(' ').flat_map(|word| ["--set", word]).collect();
    let table = table(&words);
    let header = table[0].join(",");
    assert!(header.ends_with(
        "gap,test_loss,mean0,mean1,mean2,mean3,mean4,mean5,var0,var1,var2,var3,var4,var5"
    ));
    let end = |row: &[String]| -> Vec<f64> {
        row[row.len() - 12..].iter().map(|x| x.parse().unwrap()).collect()
    };
    assert_eq!(end(&table[1]), [[0.0; 6], [1.0; 6]].concat(), "before any batch was seen");
    assert!(end(&table[5]).iter().all(|x| x.is_finite()));
    assert_ne!(end(&table[2]), end(&table[1]));
}

#[test]
fn problems_with_more_than_two_weights_are_drawn_in_every_slice() {
    let folder = folder();
    let slices = ["three_points", "principal", "axes", "random", "eigenvectors"];
    let problems: [&[&str]; 5] = [
        &["--set", "data=sine", "--set", "model=polynomial"],
        &["--set", "data=linear_task"],
        &["--set", "data=moons", "--set", "model=logistic_bias"],
        &[
            "--set",
            "data=moons",
            "--set",
            "points=10",
            "--set",
            "model=network",
            "--set",
            "units=2",
        ],
        &[
            "--set",
            "data=sine",
            "--set",
            "points=10",
            "--set",
            "model=network_fit",
            "--set",
            "units=2",
        ],
    ];
    for (problem, slice) in problems.iter().flat_map(|p| slices.map(|slice| (p, slice))) {
        let slice = format!("slice={slice}");
        let words = [
            "render",
            "--size",
            "480x320",
            "--set",
            "steps=20",
            "--set",
            &slice,
            "-o",
            "slice.svg",
        ];
        let output = samscope(folder.path(), &[&words, *problem].concat());
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{problem:?} {slice}: {} {said}", output.status);
    }
}
