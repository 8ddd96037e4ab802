//! What built-in scenes say to look for and to try is so.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::process::Command;

/// How a run ended, as a summary tells it.
#[derive(Debug)]
struct End {
    ending: String,
    place: Option<[f64; 2]>,
    amplitude: Option<f64>,
    /// The minimum whose basin the run ends in.
    basin: Option<[f64; 2]>,
    left: Option<usize>,
    loss: f64,
    lambda: f64,
    /// `λ_max` at that minimum.
    minimum: Option<f64>,
}

/// How both runs of a scene end, with these settings.
#[track_caller]
fn ends(words: &str) -> [End; 2] {
    let mut command = Command::new(env!("CARGO_BIN_EXE_samscope"));
    command.arg("run");
    for word in words.split_whitespace() {
        if word.contains('=') {
            command.arg("--set");
        }
        command.arg(word);
    }
    let output = command.arg("--summary").output().unwrap();
    let mut reader = csv::Reader::from_reader(&*output.stdout);
    let head = reader.headers().unwrap().clone();
    let end = |record: csv::StringRecord| {
        let text = |name: &str| {
            let place = head.iter().position(|column| column == name).unwrap();
            record.get(place).unwrap_or_default().to_owned()
        };
        let number = |name: &str| text(name).parse::<f64>().ok();
        let pair = |name: &str| Some([number(&format!("{name}0"))?, number(&format!("{name}1"))?]);
        End {
            ending: text("ending"),
            place: pair("place"),
            amplitude: number("amplitude"),
            basin: pair("basin"),
            left: text("first_out").parse().ok(),
            loss: number("loss").unwrap_or(f64::NAN),
            lambda: number("lambda_max").unwrap_or(f64::NAN),
            minimum: number("lambda_minimum"),
        }
    };
    let ends: Vec<End> = reader.records().map(|record| end(record.unwrap())).collect();
    ends.try_into().unwrap()
}

#[track_caller]
fn near(found: f64, said: f64, within: f64) {
    assert!((found - said).abs() <= within, "{found} is not {said}");
}

/// Whether the basin is the clique's sharp one.
fn is_sharp(end: &End) -> bool {
    end.basin.unwrap()[0] > 0.0
}

#[test]
fn opening_sgd_rattles_in_the_clique_and_sam_leaves_it_from_some_rho_on() {
    let [sgd, sam] = ends("opening");
    assert!(is_sharp(&sgd) && sgd.ending == "cycle" && !is_sharp(&sam));
    assert!(sgd.minimum.unwrap() > 2.0 * sam.minimum.unwrap());
    assert!(is_sharp(&ends("opening rho=0.02")[1]) && !is_sharp(&ends("opening rho=0.3")[1]));
}

#[test]
fn factorization_sgd_rests_where_it_arrives_and_sam_drifts_to_the_flattest() {
    let [sgd, sam] = ends("factorization");
    assert_eq!([&*sgd.ending, &*sam.ending], ["rest", "drifting"]);
    near(sgd.lambda, 9.0, 0.5);
    let [more_rho, more_steps] =
        ["rho=0.2", "steps=4000"].map(|more| ends(&format!("factorization {more}"))[1].lambda);
    assert!(sam.lambda < sgd.lambda && more_rho < sam.lambda);
    near(more_steps, 2.0, 0.01);
}

#[test]
fn sharp_and_wide_sam_ends_in_the_wide_well_and_with_a_small_rho_it_does_not() {
    let [sgd, sam] = ends("sharp_and_wide");
    assert_eq!(sgd.ending, "rest");
    near(sgd.minimum.unwrap(), 60.0, 1e-6);
    near(sam.minimum.unwrap(), 1.5, 1e-6);
    assert!(sgd.loss < sam.loss, "the sharp one is the deeper");
    near(ends("sharp_and_wide rho=0.05")[1].minimum.unwrap(), 60.0, 1e-6);
}

#[test]
fn bounce_jumps_as_far_as_the_formula_says_and_half_as_far_for_half_the_radius() {
    let (eta, rho, lambda) = (0.05, 0.1, 10.0);
    let said = eta * rho * lambda / (2.0 - eta * lambda);
    let [sgd, sam] = ends("bounce");
    near(sam.amplitude.unwrap(), said, 1e-6);
    let [x, y] = sgd.place.unwrap();
    assert!(x.hypot(y) < 1e-4);
    near(ends("bounce rho=0.05")[1].amplitude.unwrap(), said / 2.0, 1e-6);
}

#[test]
fn edge_sgd_comes_to_rest_sam_bounces_by_nineteen_radii_and_above_the_edge_both_diverge() {
    let [sgd, sam] = ends("edge");
    assert_eq!(sgd.ending, "rest");
    near(sgd.lambda * 0.05, 1.9, 1e-9);
    near(sam.amplitude.unwrap(), 0.38, 1e-3);
    near(sam.amplitude.unwrap() / 0.02, 19.0, 0.1);
    assert!(ends("edge eta=0.053").iter().all(|end| end.ending == "diverged"));
}

#[test]
fn max_norm_every_ball_lets_go_the_square_first() {
    for (norm, step) in [("", 18), ("p=2", 25), ("p=1", 39)] {
        let [_, sam] = ends(&format!("max_norm {norm}"));
        assert!(!is_sharp(&sam), "{norm}");
        assert_eq!(sam.left, Some(step), "{norm}");
    }
}

#[test]
fn minibatch_noise_alone_is_enough_with_some_seeds() {
    let [sgd, sam] = ends("minibatch");
    assert!(is_sharp(&sgd) && !is_sharp(&sam));
    let [sgd, _] = ends("minibatch seed=5");
    assert!(!is_sharp(&sgd) && sgd.left.is_some());
}

#[test]
fn moons_both_runs_are_on_their_way_to_one_minimum_and_a_large_rho_is_nearly_there() {
    let [sgd, sam] = ends("moons");
    assert_eq!(sgd.basin, sam.basin);
    near(sgd.loss, sam.loss, 0.002);
    let far = |end: &End| {
        let ([x, y], [a, b]) = (end.place.unwrap(), end.basin.unwrap());
        (x - a).hypot(y - b)
    };
    assert!(far(&sgd) > 1.0 && far(&sam) > 1.0 && far(&ends("moons rho=2")[1]) < 0.1);
}

#[test]
fn network_and_spirals_end_as_their_paragraphs_say() {
    let [sgd, sam] = ends("network");
    near(sgd.lambda, 3.7, 0.05);
    near(sam.lambda, 0.9, 0.05);
    let [sgd, sam] = ends("spirals");
    near(sgd.loss, 0.034, 5e-4);
    near(sam.loss, 0.024, 5e-4);
    near(sgd.lambda, 3.88, 5e-3);
    near(sam.lambda, 0.84, 5e-3);
    assert!(sam.lambda < sgd.lambda / 4.0);
}

#[test]
fn rosenbrock_sam_stays_behind_and_with_a_small_ball_hardly() {
    let [sgd, sam] = ends("rosenbrock");
    let x = |end: &End| end.place.unwrap()[0];
    near(sgd.minimum.unwrap(), 1000.0, 5.0);
    assert_eq!(sam.ending, "cycle");
    assert!(x(&sam) < 0.5 * x(&sgd));
    near(x(&ends("rosenbrock rho=0.01")[1]), x(&sgd), 0.05);
}
