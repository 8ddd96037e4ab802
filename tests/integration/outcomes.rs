//! What is said about runs agrees with gradient flows that were followed by other programs: the reference's, in
//! `tests/data/reference/flow`, and [`independent`]'s.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::path::Path;
use std::sync::Arc;

use rand::RngExt as _;
use samscope::analysis::basins::{Basins, Destination};
use samscope::analysis::outcome::{
    About, Ending, Heading, Name, Outcome, OutcomeWork, Standing, Stillness,
};
use samscope::analysis::survey::Survey;
use samscope::export::summary;
use samscope::figure::sentence::sentence;
use samscope::math::random::Streams;
use samscope::optim::run::{Run, Setup};
use samscope::problem::{Formula, landscapes};
use samscope::scene::keys::{self, Edit};
use samscope::scene::{Scene, builtin};

mod independent;

fn table(name: &str) -> Vec<csv::StringRecord> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/reference/flow").join(name);
    csv::Reader::from_path(path).unwrap().records().map(Result::unwrap).collect()
}

/// A built-in scene by its name, or the opening one, with the settings behind it.
fn scene(words: &str) -> Scene {
    let (names, settings): (Vec<&str>, Vec<&str>) =
        words.split_whitespace().partition(|word| !word.contains('='));
    let mut scene =
        names.first().map_or_else(builtin::opening, |name| builtin::find(name).unwrap());
    let edit = |word: &&str| {
        let (key, value) = word.split_once('=').unwrap();
        Edit { key: key.to_owned(), value: value.to_owned() }
    };
    keys::apply(&mut scene, &settings.iter().map(edit).collect::<Vec<_>>()).unwrap();
    scene
}

/// How both runs of a scene ended: the base's, then SAM's.
fn outcomes(words: &str) -> [Outcome; 2] {
    let scene = scene(words);
    let problem = scene.source().build();
    let own = scene.subject.view().window;
    let two = problem.objective.dimension() == 2;
    let basins = two.then(|| Survey::of(Arc::clone(&problem.objective), own));
    <[_; 2]>::try_from(scene.setups(&problem)).ok().unwrap().map(|setup: Setup| {
        let about = About::of(&setup, own);
        let path = Run::to_end(setup);
        OutcomeWork::to_end(Arc::clone(&problem.objective), basins.as_ref(), &path, about)
    })
}

/// A sentence with plain spaces.
fn said(outcome: &Outcome) -> String {
    sentence(outcome).replace('\u{A0}', " ")
}

fn near(a: [f64; 2], b: [f64; 2], within: f64) -> bool {
    (a[0] - b[0]).abs() <= within && (a[1] - b[1]).abs() <= within
}

#[test]
fn flows_end_where_those_of_the_reference_end() {
    let mut wrong = Vec::new();
    let mut now = (String::new(), None);
    for row in &table("ends.csv") {
        if now.0 != row[0] {
            let landscape = landscapes::ALL.choose(&row[0]).unwrap().build();
            let own = landscape.view().window;
            now = (row[0].to_owned(), Some(Survey::of(Arc::new(Formula(landscape)), own)));
        }
        let basins: &mut Basins = now.1.as_mut().unwrap();
        let [x, y, end_x, end_y] = [1, 2, 3, 4].map(|k| row[k].parse::<f64>().unwrap());
        let arrival = basins.flow([x, y]);
        let right = near(arrival.at, [end_x, end_y], 1e-6);
        if !right || !matches!(arrival.to, Destination::Minimum(_)) {
            wrong.push(format!("{row:?}: {arrival:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn runs_leave_and_cross_basins_as_the_reference_says() {
    let mut wrong = Vec::new();
    for row in &table("outcomes.csv") {
        // SAM holds the last rows of this run on a ridge, to the last digit: the reference calls points of the ridge
        // ends ((1.001, −2.257) is no minimum), where a nudge leads to either side.
        if row[0].contains("rho=1.425") && &row[1] == "sam" {
            continue;
        }
        let outcome = &outcomes(&row[0])[usize::from(&row[1] == "sam")];
        let travel = outcome.travel.unwrap();
        let columns = summary::row(&row[1], outcome);
        let place = |from: usize| [from, from + 1].map(|k| row[k].parse::<f64>().unwrap());
        let right = [columns[9].as_str(), &columns[10], &columns[11]]
            == [&row[2], &row[3], &row[4]]
            && near(travel.start.unwrap().at, place(5), 1e-6)
            && near(travel.end.unwrap().at, place(7), 1e-6);
        if !right {
            wrong.push(format!("{row:?}: {columns:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_opening_run_leaves_at_step_13_whatever_is_looked_at() {
    let [base, sam] = outcomes("opening");
    let travel = sam.travel.unwrap();
    assert_eq!((travel.first_out, travel.last_in, travel.crossed), (Some(13), Some(12), Some(1)));
    assert_eq!(travel.start.unwrap().name, Name::Narrow);
    assert_eq!(travel.end.unwrap().name, Name::Wide);
    assert!(said(&sam).starts_with("Left the narrow basin at step 13, rattles in the wide one"));
    assert!(said(&base).starts_with("Rattles in the narrow basin: period 2, amplitude 0.15"));
    assert_eq!(outcomes("opening window=-0.1,0.2,-0.3,0.1"), [base, sam]);
}

#[test]
fn plain_descent_never_leaves_its_basin_on_himmelblau_and_sam_is_held_at_a_saddle() {
    let [base, sam] = outcomes("landscape=himmelblau");
    let travel = base.travel.unwrap();
    assert_eq!((travel.first_out, travel.last_in, travel.crossed), (None, None, Some(0)));
    assert!(near(travel.start.unwrap().at, [3.5844, -1.8481], 1e-4));
    let Ending::Saddle { at } = sam.ending else { panic!("{:?}", sam.ending) };
    assert!(near(at, [-0.128, -1.954], 1e-3));
    assert!(said(&sam).starts_with("Held at a saddle near (−0.13, −1.95)"), "{}", said(&sam));
}

#[test]
fn sam_leaves_the_narrow_well_for_good_at_step_40() {
    let [_, sam] = outcomes("landscape=two_wells");
    assert_eq!(sam.travel.unwrap().last_in, Some(39));
    assert!(said(&sam).contains("at step 40"), "{}", said(&sam));
}

#[test]
fn both_steps_of_leaving_are_said() {
    let [_, sam] = outcomes("sharp_and_wide");
    let words = said(&sam);
    assert!(
        words.starts_with("Left the narrow basin for good at step 83 (first out at 14)"),
        "{words}"
    );
}

#[test]
fn a_connected_valley_is_one_floor() {
    let [base, sam] = outcomes("landscape=ravine");
    let end = base.travel.unwrap().end.unwrap();
    assert_eq!(end.name, Name::Floor);
    assert!((end.lambda.unwrap() - 3.56).abs() < 1e-9, "{end:?}");
    assert!(matches!(sam.ending, Ending::Drifting { away: false, .. }), "{:?}", sam.ending);
    for outcome in outcomes("landscape=factorization steps=20000") {
        let travel = outcome.travel.unwrap();
        assert_eq!(travel.end.unwrap().name, Name::Floor);
        assert_eq!((travel.first_out, travel.crossed), (None, Some(0)));
        assert!(said(&outcome).contains("the floor of minima"), "{}", said(&outcome));
    }
}

#[test]
fn the_place_of_a_bounce_is_its_mean_over_whole_periods() {
    let [_, sam] = outcomes("edge");
    assert!(matches!(sam.ending, Ending::Cycle { period: Some(2), .. }));
    assert!(near(sam.place.unwrap(), [0.0, 0.0], 1e-6), "{:?}", sam.place);
}

#[test]
fn a_run_whose_rate_falls_to_nothing_was_stopped() {
    let [base, _] = outcomes("landscape=himmelblau eta_schedule=step eta_every=3 eta_factor=0");
    let Ending::Stopped { gradient_norm } = base.ending else { panic!("{:?}", base.ending) };
    assert!((gradient_norm - 7.5).abs() < 0.05, "{gradient_norm}");
    assert!(near(base.place.unwrap(), [-0.03, -2.19], 0.01));
}

#[test]
fn when_a_run_left_its_domain_does_not_depend_on_the_steps_asked_for() {
    let of = |words: &str| {
        outcomes(words).map(|outcome| (summary::ending(&outcome.ending), outcome.at_step))
    };
    let short = of("landscape=quadratic eta=0.205");
    assert_eq!(short, of("landscape=quadratic eta=0.205 steps=400"));
    assert_eq!(short[0], ("diverged", Some(48)));
    let saddle = of("landscape=saddle steps=1000");
    assert_eq!(saddle[0], of("landscape=saddle steps=400")[0]);
    assert_eq!(saddle[0], ("diverged", Some(263)));
    let [base, _] = outcomes("landscape=saddle steps=1000");
    assert!(matches!(
        base.ending,
        Ending::Diverged { heading: Heading::Down, numbers_end: false, .. }
    ));
}

#[test]
fn numbers_that_end_are_said_with_the_last_step() {
    let [base, _] = outcomes("landscape=monkey_saddle steps=2000");
    let Ending::Diverged { heading, last, numbers_end } = base.ending else { panic!("{base:?}") };
    assert_eq!((heading, last, numbers_end), (Heading::Down, 284, true));
    assert!(said(&base).ends_with("numbers end after step 284"), "{}", said(&base));
}

#[test]
fn a_run_that_is_too_slow_to_move_stands_on_a_slope_and_on_no_level_ground() {
    for eta in ["0", "1e-15"] {
        let runs = outcomes(&format!("landscape=himmelblau eta={eta} steps=50"));
        for run in runs {
            assert_eq!(run.ending, Ending::Rest { why: Stillness::Short });
            assert!(said(&run).contains("on a slope"), "{}", said(&run));
        }
    }
}

#[test]
fn a_run_whose_steps_are_too_short_is_held_by_no_saddle_nearby() {
    // SAM begins 0.27 beside a saddle, on a slope, and its two hundred steps are a billionth of that.
    for eta in ["0", "1e-12"] {
        for run in outcomes(&format!("eta={eta} rho=0.2583")) {
            assert!(!matches!(run.ending, Ending::Saddle { .. }), "{}", said(&run));
            assert!(!said(&run).contains("saddle"), "{}", said(&run));
        }
    }
}

#[test]
fn level_ground_is_rest_without_a_basin() {
    let [base, _] = outcomes("landscape=two_wells start=-3,2");
    assert_eq!(base.ending, Ending::Rest { why: Stillness::Plateau });
    assert_eq!(base.travel.unwrap().end, None);
    assert!(said(&base).contains("level ground"));
}

#[test]
fn a_place_far_outside_is_no_minimum_however_small_its_slope_seems() {
    for words in [
        "landscape=rosenbrock eta=0.65",
        "landscape=beale eta=1",
        "landscape=goldstein_price eta=0.01",
    ] {
        for outcome in outcomes(&format!("{words} steps=60")) {
            assert!(matches!(outcome.ending, Ending::Diverged { .. }), "{words}");
            assert_eq!(outcome.travel.unwrap().end, None, "{words}");
        }
    }
}

#[test]
fn who_circles_a_minimum_is_not_on_the_way_to_it() {
    for rho in ["0.8", "2"] {
        let [_, sam] = outcomes(&format!("rho={rho}"));
        let sentence = said(&sam);
        assert_ne!(sam.travel.unwrap().standing, Standing::OnTheWay, "{sentence}");
        assert!(!sentence.contains("n the way"), "{sentence}");
    }
}

#[test]
fn who_flows_somewhere_from_afar_is_on_the_way() {
    let [base, _] = outcomes("start=-6,-5");
    assert_eq!(base.travel.unwrap().standing, Standing::OnTheWay);
    assert!(
        said(&base).starts_with("On the way to the minimum of the wide basin"),
        "{}",
        said(&base)
    );
}

#[test]
fn decay_holds_a_run_off_its_minimum() {
    let [base, _] = outcomes("landscape=himmelblau weight_decay=0.3 start=1,1 steps=1000");
    assert_eq!(base.ending, Ending::Rest { why: Stillness::Decay });
}

#[test]
fn one_step_is_not_steps() {
    let [base, _] = outcomes("steps=1");
    assert!(said(&base).contains("1 step,"), "{}", said(&base));
}

#[test]
fn a_network_has_a_verdict() {
    for outcome in outcomes("network") {
        let verdict = outcome.verdict.unwrap();
        assert!(verdict.lambda_max.is_some() && outcome.travel.is_none());
        assert!(said(&outcome).contains("loss"), "{}", said(&outcome));
    }
}

#[test]
fn a_tip_is_a_minimum_without_a_curvature() {
    let [_, sam] = outcomes("landscape=ackley");
    let end = sam.travel.unwrap().end.unwrap();
    assert_eq!((end.at, end.lambda), ([0.0, 0.0], None));
    assert_eq!(summary::row("sam", &sam)[15], "");
}

#[test]
fn a_summary_has_a_field_for_every_column() {
    let [base, _] = outcomes("opening");
    let row = summary::row("base", &base);
    assert_eq!(summary::HEADER.len(), row.len());
    assert_eq!((row[0].as_str(), row[1].as_str(), row[3].as_str()), ("base", "cycle", "2"));
    assert_eq!(row[16], "200");
}

/// Scenes of random landscapes, starts, radii and rates; a larger number once, by the variable `SAMSCOPE_FLOWS`.
#[test]
fn every_claim_about_basins_agrees_with_an_independent_flow() {
    let scenes = std::env::var("SAMSCOPE_FLOWS").ok().and_then(|count| count.parse().ok());
    let scenes: u64 = scenes.unwrap_or(200);
    let (mut compared, mut wrong) = (0, Vec::new());
    for number in 0..scenes {
        let dice = &mut Streams::new(number).directions();
        let entry = landscapes::ALL.entries[dice.random_range(0..landscapes::ALL.entries.len())];
        let view = landscapes::ALL.choose(entry.id).unwrap().build().view();
        let [width, height] = view.window.span();
        let [cx, cy] = view.window.centre();
        let start =
            [cx + width * dice.random_range(-0.6..0.6), cy + height * dice.random_range(-0.6..0.6)];
        let words = format!(
            "landscape={} steps=12 rho={} eta={} start={},{}",
            entry.id,
            view.rho * dice.random_range(0.2..3.0),
            view.eta * dice.random_range(0.3..1.2),
            start[0],
            start[1]
        );
        let scene = scene(&words);
        let problem = scene.source().build();
        let [_, setup] = <[_; 2]>::try_from(scene.setups(&problem)).ok().unwrap();
        let path = Run::to_end(setup);
        let size = width.max(height);
        let ends: Option<Vec<[f64; 2]>> = path
            .points()
            .map(|w| independent::end(&*problem.objective, [w[0], w[1]], size))
            .collect();
        // Where the independent flow knows no isolated end, or is not sure of it, there is nothing to compare.
        let Some(ends) = ends.filter(|ends| !ends.is_empty()) else { continue };
        compared += 1;
        let same = |a: &[f64; 2], b: &[f64; 2]| near(*a, *b, 1e-5 * size);
        let out: Vec<bool> = ends.iter().map(|end| !same(end, &ends[0])).collect();
        let first_out = out.iter().position(|out| *out);
        let last_in = first_out.and_then(|_| out.iter().rposition(|out| !out));
        let mut others: Vec<[f64; 2]> = Vec::new();
        for end in &ends {
            if !same(end, &ends[0]) && !others.iter().any(|other| same(other, end)) {
                others.push(*end);
            }
        }
        let [_, outcome] = outcomes(&words);
        let travel = outcome.travel.unwrap();
        let found = (travel.first_out, travel.last_in, travel.crossed);
        let end = travel.end.map(|end| end.at);
        if found != (first_out, last_in, Some(others.len()))
            || !end.is_some_and(|end| same(&end, ends.last().unwrap()))
        {
            wrong.push(format!(
                "{words}: {found:?} {end:?}, not {first_out:?} {last_in:?} {} {:?}",
                others.len(),
                ends.last()
            ));
        }
    }
    assert!(wrong.is_empty(), "{} of {compared} wrong:\n{}", wrong.len(), wrong.join("\n"));
    // A third of the landscapes have curves of minima, or none.
    assert!(5 * compared > 2 * scenes, "{compared} of {scenes} scenes were compared");
}
