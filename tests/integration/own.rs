//! Formulas of one's own: the same as the built-in landscape that they write, chosen by being said, and survived.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::process::{Command, Output};

use rand::{RngExt, SeedableRng};
use samscope::problem::Batch;
use samscope::problem::expression::Expression;
use samscope::problem::landscapes;
use samscope::scene::{builtin, file, keys};

/// Every built-in landscape with its defaults, as one would type it.
const TWINS: [(&str, &str); 20] = [
    (
        "sharp_and_wide",
        "min(30((x + 1)^2/10 + y^2) - 0.2, 0.75((x - 1.5)^2 + y^2)) - 0.1 log1p(exp(-10|30((x + 1)^2/10 + y^2) - 0.2 - 0.75((x - 1.5)^2 + y^2)|))",
    ),
    ("factorization", "(xy - 1)^2/2"),
    ("quartic_product", "(x^2 y^2 - 1)^2/4"),
    // As it is written there, since near an axis a difference has fewer digits.
    ("product_root", "(xy)^2/(sqrt(1 + (xy)^2) + 1)"),
    ("ravine", "1/2(1 + y²)x²"),
    ("quadratic", "(10x^2 + y^2)/2"),
    ("two_wells", "-exp(-(x - 2)^2 - y^2) - exp(-x^2 - 100y^2)"),
    ("saddle", "(x^2 - y^2)/2"),
    ("monkey_saddle", "x^3 - 3xy^2"),
    ("rim", "(x^2 + y^2 - 1)^2"),
    ("diagonal_net", "log1p(exp(-x^2 - 2y^2))"),
    ("rosenbrock", "(1 - x)^2 + 100(y - x^2)^2"),
    ("himmelblau", HIMMELBLAU),
    ("beale", "(1.5 - x + xy)^2 + (2.25 - x + xy^2)^2 + (2.625 - x + xy^3)^2"),
    ("six_hump_camel", "(4 - 2.1x^2 + x^4/3)x^2 + xy + (4y^2 - 4)y^2"),
    ("styblinski_tang", "(x^4 - 16x^2 + 5x + y^4 - 16y^2 + 5y)/2"),
    (
        "goldstein_price",
        "(1 + (x + y + 1)^2 (19 - 14(x + y) + 3(x + y)^2)) (30 + (2x - 3y)^2 (18 - 16(2x - 3y) + 3(2x - 3y)^2))",
    ),
    (
        "levy",
        "sin(π(x - 1)/4)² + ((x - 1)/4)²(1 + 10sin(π(x - 1)/4 + 1)²) + ((y - 1)/4)²(1 + sin(2π(y - 1)/4)²)",
    ),
    ("rastrigin", "20 + x^2 - 10cos(2pi x) + y^2 - 10cos(2pi y)"),
    ("ackley", "20(1 - exp(-sqrt((x^2 + y^2)/2)/5)) + e - exp((cos(2pi x) + cos(2pi y))/2)"),
];

const HIMMELBLAU: &str = "(x^2 + y - 11)^2 + (x + y^2 - 7)^2";

#[test]
fn a_formula_agrees_with_the_built_in_landscape_that_it_writes() {
    assert_eq!(TWINS.map(|(id, _)| id).to_vec(), ids(), "every landscape has a twin");
    let mut dice = rand_chacha::ChaCha8Rng::seed_from_u64(1);
    for (id, text) in TWINS {
        let landscape = landscapes::ALL.choose(id).unwrap().build();
        let read = Expression::read(text).unwrap_or_else(|error| panic!("{id}: {error}"));
        let window = landscape.view().window;
        let mut worst = [0.0f64; 3];
        for _ in 0..1000 {
            let x = dice.random_range(window.x[0]..window.x[1]);
            let y = dice.random_range(window.y[0]..window.y[1]);
            let jet = read.jet(x, y);
            let flat = |[[a, b], [c, d]]: [[f64; 2]; 2]| vec![a, b, c, d];
            let pairs = [
                (vec![jet.value], vec![landscape.value(x, y)]),
                (jet.gradient.to_vec(), landscape.gradient(x, y).to_vec()),
                (flat(jet.hessian), flat(landscape.hessian(x, y))),
            ];
            for (worst, (found, expected)) in worst.iter_mut().zip(pairs) {
                let size = expected.iter().map(|x| x * x).sum::<f64>().sqrt().max(1.0);
                let apart = found.iter().zip(&expected).map(|(a, b)| (a - b).abs() / size);
                *worst = apart.fold(*worst, f64::max);
            }
        }
        assert!(worst.iter().all(|worst| *worst < 1e-12), "{id}: {worst:?}");
    }
}

fn ids() -> Vec<&'static str> {
    landscapes::ALL.entries.iter().map(|entry| entry.id).collect()
}

#[test]
fn a_formula_is_chosen_by_being_said_and_comes_back_from_a_file() {
    let scene = file::read(&format!("formula = \"{HIMMELBLAU}\"\nsteps = 9")).unwrap();
    assert_eq!(scene.heading(), HIMMELBLAU);
    let written = file::write(&scene);
    assert!(written.contains("formula = ") && !written.contains("landscape"), "{written}");
    assert_eq!(file::read(&written).unwrap(), scene);
    let window = scene.shown_window();
    assert_eq!((window.x, window.y), ([-3.0, 3.0], [-3.0, 3.0]));
    assert_eq!(scene.first_weights().to_vec(), [1.5, 1.0]);
}

#[test]
fn start_rate_and_radius_follow_from_the_formula_unless_they_are_said() {
    let follows = file::read("formula = \"50x^2 + y^2\"").unwrap();
    assert!(
        (follows.shared.eta.get() - 0.005).abs() < 1e-12,
        "half of one over a curvature of 100"
    );
    let said = "formula = \"50x^2 + y^2\"\neta = 0.01\nrho = 0.3\nstart = [1, 2]";
    let said = file::read(said).unwrap();
    assert!((said.shared.eta.get() - 0.01).abs() < 1e-12);
    assert!((said.shared.ball.rho.get() - 0.3).abs() < 1e-12);
    assert_eq!(said.first_weights().to_vec(), [1.0, 2.0]);
    let left = file::read("formula = \"ln(-x)^2 + y^2\"").unwrap().first_weights();
    assert!(left[0] < 0.0, "a start where the formula has a value: {left}");
}

#[test]
fn what_excludes_a_formula_and_what_is_none_is_said() {
    for (text, said) in [
        (
            "formula = \"x\"\nlandscape = \"beale\"",
            "\"formula\" and \"landscape\" exclude each other",
        ),
        ("formula = \"x\"\ndata = \"moons\"", "\"formula\" and \"data\" exclude each other"),
        ("formula = \"x\"\nloss = \"squared\"", "\"formula\" and \"loss\" exclude each other"),
        (
            "formula = \"x + sni(y)\"",
            "formula, column 5: there is no function \"sni\"; did you mean sin?",
        ),
        ("formula = \"\"", "there is no formula"),
        ("formula = \"ln(x - 10)\"", "no finite value anywhere from -3 to 3"),
        ("landscape = \"formula\"", "say formula = "),
        ("formula = [1, 2]", "formula takes one value"),
        ("[[run]]\nformula = \"x\"", "formula is the scene's"),
    ] {
        let error = file::read(text).unwrap_err().to_string();
        assert!(error.contains(said), "{text}: {error}");
    }
    let long = format!("formula = \"{}\"", "x+".repeat(25_000));
    let error = file::read(&long).unwrap_err().to_string();
    assert!(error.contains("2000 are the most") && error.len() < 200, "{error}");
}

#[test]
fn letters_of_a_formula_are_its_parameters() {
    let text = "formula = \"ax^2 + ky^2\"\nformula_a = 3";
    let scene = file::read(text).unwrap();
    assert!(
        (scene.source().build().objective.loss(ndarray::arr1(&[2.0, 1.0]).view(), Batch::Whole)
            - 13.0)
            .abs()
            < 1e-12
    );
    let written = file::write(&scene);
    assert_eq!(file::read(&written).unwrap(), scene);
    assert!(written.contains("formula_a") && written.contains("formula_k"), "{written}");
    assert!(!written.contains("formula_b"), "only those that stand in it: {written}");
    let error = file::read("formula = \"ax^2\"\nformula_b = 3").unwrap_err().to_string();
    assert!(error.contains("a formula that has this name"), "{error}");
    let error = file::read("formula = \"ln(a)x\"\nformula_a = -3").unwrap_err().to_string();
    assert!(error.contains("no finite value"), "{error}");
}

#[test]
fn any_other_name_is_a_parameter_with_a_key_of_its_own() {
    let text = "formula = \"depth x^2 + tilt y^2 + λ\"\nformula_tilt = -2.5\n\"formula_λ\" = 4";
    let scene = file::read(text).unwrap();
    let loss = |scene: &samscope::scene::Scene, at: [f64; 2]| {
        scene.source().build().objective.loss(ndarray::arr1(&at).view(), Batch::Whole)
    };
    assert!((loss(&scene, [2.0, 1.0]) - (4.0 - 2.5 + 4.0)).abs() < 1e-12);
    let written = file::write(&scene);
    assert_eq!(file::read(&written).unwrap(), scene);
    assert!(written.contains("formula_depth = 1.0") && !written.contains("formula_parameters"));
    let mut other = scene.clone();
    let edit = |key: &str, value: &str| keys::Edit { key: key.to_owned(), value: value.to_owned() };
    keys::apply(&mut other, &[edit("formula_depth", "3")]).unwrap();
    assert!((loss(&other, [1.0, 0.0]) - 7.0).abs() < 1e-12);
    keys::apply(&mut other, &[edit("formula_parameters", "depth=1, tilt=-2.5")]).unwrap();
    assert_eq!(other, scene, "a value of 1 is as if nothing were said");
    for (key, value, said) in [
        ("formula_tlt", "2", "a formula that has this name"),
        ("formula_tilt", "200", "from -10 to 10"),
        ("formula_parameters", "tlt=2", "no parameter \"tlt\""),
        ("formula_parameters", "tilt", "write tilt=2"),
    ] {
        let error = keys::apply(&mut other, &[edit(key, value)]).unwrap_err().to_string();
        assert!(error.contains(said), "{key}={value}: {error}");
    }
    let swept = samscope(&[
        "sweep",
        "--set",
        "formula=m x^2 + y^2",
        "--set",
        "steps=5",
        "--over",
        "formula_m=1:3:3",
        "-o",
        "-",
    ]);
    let table = String::from_utf8(swept.stdout).unwrap();
    assert_eq!(table.lines().count(), 1 + 3 * 2, "{table}");
}

#[test]
fn another_problem_takes_the_place_of_a_formula_and_back() {
    let mut scene = builtin::opening();
    let mut set = |key: &str, value: &str| {
        let edit = keys::Edit { key: key.to_owned(), value: value.to_owned() };
        keys::apply(&mut scene, &[edit]).map(|()| scene.subject.name())
    };
    assert_eq!(set("formula", "x^2 + 3y^2").unwrap(), "x^2 + 3y^2");
    assert!(set("formula", "x^2 +").is_err(), "the last good one stays");
    assert_eq!(set("landscape", "beale").unwrap(), "Beale");
    assert_eq!(set("formula", " xy ").unwrap(), "xy");
}

fn samscope(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_samscope")).args(words).output().expect("the program starts")
}

fn table(words: &[&str]) -> Vec<Vec<f64>> {
    let out = samscope(&[&["run", "--set", "steps=60"], words].concat());
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let text = String::from_utf8(out.stdout).unwrap();
    let numbers = |line: &str| line.split(',').filter_map(|cell| cell.parse().ok()).collect();
    text.lines().skip(1).map(numbers).collect()
}

#[test]
fn a_run_on_a_formula_is_the_run_on_its_built_in_twin() {
    let said = ["--set", "start=0.5,-2", "--set", "eta=0.005", "--set", "rho=0.2"];
    let formula = format!("formula={HIMMELBLAU}");
    let own = table(&[&["--set", &formula], &said[..]].concat());
    let twin = table(&[&["--set", "landscape=himmelblau"], &said[..]].concat());
    assert!(own.len() > 100 && own.len() == twin.len());
    for (own, twin) in own.iter().flatten().zip(twin.iter().flatten()) {
        assert!((own - twin).abs() <= 1e-9 * twin.abs().max(1.0), "{own} {twin}");
    }
}

#[test]
fn where_a_formula_has_no_value_a_run_ends_in_words_and_the_map_is_drawn() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let picture = folder.path().join("edge.png");
    let picture = picture.to_str().unwrap();
    for formula in
        ["ln(x) + y^2", "1/x + y", "sqrt(x - 1) + |y|", "x^0.5 y", "5", "max(x, y)", "tan(3x)"]
    {
        let set = format!("formula={formula}");
        let out =
            samscope(&["run", "--set", &set, "--set", "eta=0.3", "--set", "steps=80", "--summary"]);
        let said = String::from_utf8_lossy(&out.stdout).into_owned();
        assert!(out.status.success(), "{formula}: {}", String::from_utf8_lossy(&out.stderr));
        assert!(said.lines().count() >= 3, "{formula}: {said}");
        let out = samscope(&["render", "--set", &set, "--set", "steps=80", "-o", picture]);
        assert!(out.status.success(), "{formula}: {}", String::from_utf8_lossy(&out.stderr));
    }
}

#[test]
fn the_command_line_says_in_one_line_what_is_wrong_with_a_formula() {
    for (formula, said) in [("x +", "column 4"), ("sqr(x)", "did you mean sqrt?"), ("x2", "x^2")] {
        let out = samscope(&["run", "--set", &format!("formula={formula}")]);
        let error = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(!out.status.success() && error.contains(said), "{error}");
        assert_eq!(error.trim_end().lines().count(), 1, "{error}");
    }
}
