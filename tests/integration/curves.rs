//! Every curve of a chart has its name, and no lettering of charts covers other lettering or is cut.
#![expect(clippy::unwrap_used, reason = "a scene that cannot be made stops the test")]

use samscope::analysis::charted::Charted;
use samscope::analysis::gauge::Gauge;
use samscope::engine::Engine;
use samscope::figure::palette::Theme;
use samscope::figure::picture::{Against, Closer, Look, Picture, Sight};
use samscope::figure::{AxisScale, Dash, Figure, Ink, Mark, Pane, PaneId, charts, sheet};
use samscope::optim::moment::{self, Moment};
use samscope::scene::keys::{self, Edit};
use samscope::scene::run::Runs;
use samscope::scene::{Scene, builtin};

use crate::lettered::{LEAST, Lettered, faults};
use crate::recorder::Recorder;

/// What the runs have of their own, one after the other.
const RUNS: [&str; 6] = [
    "ascent=none",
    "rho=0.15",
    "base=adam eta=0.05 rho=0.1",
    "name=a-name-of-twenty-four-ab rho=0.05",
    "base=momentum rho=0.2",
    "ascent=asam rho=0.3",
];

/// Sizes of sheets that have charts.
const SIZES: [[f64; 2]; 5] =
    [[640.0, 480.0], [800.0, 600.0], [1024.0, 768.0], [1280.0, 800.0], [1920.0, 1080.0]];

/// Scenes with two weights, with a part for testing, and with many weights, short enough to be measured whole.
const SCENES: [(&str, &[&str]); 4] = [
    ("opening", &["steps=24"]),
    ("opening", &["steps=24", "test=0.3"]),
    ("factorization", &["steps=24"]),
    ("network", &["steps=6", "points=40", "units=3", "test=0.25"]),
];

fn edits(said: &str) -> Vec<Edit> {
    let edit = |word: &str| {
        let (key, value) = word.split_once('=').unwrap();
        Edit { key: key.to_owned(), value: value.to_owned() }
    };
    said.split_whitespace().map(edit).collect()
}

fn scene(name: &str, wishes: &[&str], runs: usize) -> Scene {
    let mut scene = builtin::find(name).unwrap();
    keys::apply(&mut scene, &edits(&wishes.join(" "))).unwrap();
    let asked: Vec<keys::Asked> =
        RUNS[..runs].iter().map(|run| keys::run(&scene, &edits(run)).unwrap()).collect();
    scene.runs = Runs::of(asked).unwrap();
    scene
}

/// An engine with all that is charted of a scene.
fn measured(scene: &Scene, look: &Look) -> Engine {
    let mut engine = Engine::in_place();
    engine.follow(|engine| {
        let window = engine.window_of(scene, engine.coming());
        let look = Look { gauge: Gauge::LambdaMax, ..*look };
        samscope::engine::Asked { spectra: true, ..look.asks(scene, window) }
    });
    engine
}

fn look(scene: &Scene, step: usize) -> Look {
    Look {
        at: step.into(),
        window: scene.shown_window(),
        against: Against::Steps,
        gauge: Gauge::Minima,
        points_per_unit: 1.0,
        charts: Closer::default(),
        lens: Sight::Hidden,
        lit: None,
        future: samscope::figure::picture::Future::Shown,
        story: None,
        pulls: false,
    }
}

fn is_chart(id: PaneId) -> bool {
    matches!(
        id,
        PaneId::Loss | PaneId::Sharpness | PaneId::Cut | PaneId::Profile | PaneId::Spectrum
    )
}

/// The sheet with its charts only.
fn charts_of(picture: &Picture<'_>, size: [f64; 2]) -> Figure {
    let mut figure = sheet::sheet(picture, size);
    figure.panes.retain(|(_, pane)| is_chart(pane.id));
    figure.words.clear();
    figure
}

/// The inks of runs that curves over time are drawn in, apart for whole lines and limits.
fn drawn(pane: &Pane) -> Vec<(Ink, bool)> {
    let mut found = Vec::new();
    for mark in &pane.marks {
        let curve = match mark {
            Mark::Path { pen, points } => {
                let is_upright = points.iter().all(|at| at[0].total_cmp(&points[0][0]).is_eq());
                let is_curve = matches!(pen.ink, Ink::Run(_)) && !is_upright;
                is_curve.then_some((pen.ink, pen.dash == Dash::Dotted))
            }
            Mark::Band { ink, .. } => Some((*ink, false)),
            _ => None,
        };
        found.extend(curve.filter(|curve| !found.contains(curve)));
    }
    found
}

#[track_caller]
fn assert_named(picture: &Picture<'_>, pane: &Pane, lettered: &[Lettered], what: &str) {
    let ends = &pane.labels.ends;
    for (ink, is_second) in drawn(pane) {
        if matches!(pane.id, PaneId::Spectrum) {
            continue;
        }
        let Some(run) = picture.runs().into_iter().find(|&run| picture.ink(run) == ink) else {
            continue;
        };
        let name = picture.name(run);
        let mine = |end: &&samscope::figure::label::End| {
            let shared = is_second && end.ink == Ink::Quiet;
            (end.ink == ink && (is_second || end.name().contains(&name))) || shared
        };
        let count = ends.iter().filter(mine).count();
        assert!(
            count > usize::from(is_second && ends.iter().all(|e| e.ink != Ink::Quiet)),
            "{what}: {name} {is_second} has no name of its own in {ends:?}"
        );
    }
    if pane.id == PaneId::Spectrum && picture.spectra.is_some() {
        let names: Vec<String> = ends.iter().map(samscope::figure::label::End::name).collect();
        let runs: Vec<String> = picture.runs().into_iter().map(|run| picture.name(run)).collect();
        assert_eq!(names, runs, "{what}");
    }
    let part = pane.id.to_string();
    for line in ends.iter().flat_map(|end| &end.lines) {
        let is_painted = |text: &&Lettered| text.part == part && text.text == *line;
        assert!(lettered.iter().any(|text| is_painted(&text)), "{what}: {line} is not painted");
    }
}

#[test]
fn every_curve_is_named_and_no_words_of_charts_meet() {
    for (name, wishes) in SCENES {
        for runs in 1..=RUNS.len() {
            let scene = scene(name, wishes, runs);
            let last = scene.steps.get();
            let engine = measured(&scene, &look(&scene, last));
            for gauge in Gauge::ALL {
                for (k, size) in SIZES.into_iter().enumerate() {
                    let step = [last, last / 3, 0][k % 3];
                    let read = (k == 4).then_some(last as f64 / 2.0);
                    let charts = Closer { read, ..Closer::default() };
                    let against = if k == 3 { Against::Gradients } else { Against::Steps };
                    let look = Look { gauge, charts, against, ..look(&scene, step) };
                    let paid = Moment::Gradients(2 * step / 3);
                    let look = if k == 3 { Look { at: paid, ..look } } else { look };
                    let picture = Picture::of(&scene, &engine, look);
                    let figure = charts_of(&picture, size);
                    let theme = Theme::ALL[k % 3];
                    let lettered = Recorder::of(&figure, theme);
                    let what = format!("{name} {wishes:?}, {runs} runs, {gauge:?}, {size:?}");
                    // A low sheet with two rows of maps leaves its charts out, not its maps.
                    let is_low = runs > 3 && size[1] < 700.0;
                    assert_eq!(figure.panes.len(), if is_low { 0 } else { 2 }, "{what}");
                    for (_, pane) in &figure.panes {
                        assert_named(&picture, pane, &lettered, &what);
                    }
                    let faults = faults(&lettered, size, LEAST);
                    assert!(faults.is_empty(), "{what}: {faults:#?}");
                }
            }
        }
    }
}

#[test]
fn an_axis_is_spread_as_declared_whatever_the_radius_is() {
    let mut scene = scene("opening", &["steps=30"], 2);
    for turned in [false, true] {
        for charted in [Charted::Loss, Charted::Measure(Gauge::Minima)] {
            if turned {
                scene.spreads.turn(charted);
            }
        }
        for rho in ["0", "0.02", "0.14", "0.15", "0.2", "2"] {
            keys::apply(&mut scene, &edits(&format!("rho={rho}"))).unwrap();
            let look = look(&scene, 30);
            let mut engine = Engine::in_place();
            engine.follow(|engine| look.asks(&scene, engine.window_of(&scene, engine.coming())));
            let picture = Picture::of(&scene, &engine, look);
            let scale = charts::loss(&picture).y.scale;
            let wanted = if turned { AxisScale::Log } else { AxisScale::Linear };
            assert_eq!(scale, wanted, "rho = {rho}");
        }
    }
}

#[test]
fn what_has_no_place_on_an_axis_of_ratios_is_counted_there() {
    let scene = scene("opening", &["steps=12", "start=0,0", "log=loss"], 1);
    let mut scene = Scene { title: String::new(), ..scene };
    keys::apply(&mut scene, &edits("landscape=quadratic start=0,0")).unwrap();
    keys::apply(&mut scene, &edits("log=loss")).unwrap();
    let look = look(&scene, 12);
    let mut engine = Engine::in_place();
    engine.follow(|engine| look.asks(&scene, engine.window_of(&scene, engine.coming())));
    let pane = charts::loss(&Picture::of(&scene, &engine, look));
    let notes: Vec<&String> = pane.labels.notes.iter().flat_map(|note| &note.forms).collect();
    assert!(notes.iter().any(|note| note.starts_with("13 values of 0 or less")), "{notes:?}");
    assert_eq!(pane.y.scale, AxisScale::Log);
}

#[test]
fn with_as_many_gradients_every_run_stands_where_it_could_pay_for_them() {
    let scene = scene("opening", &["steps=40"], 2);
    let mut engine = Engine::in_place();
    for paid in [0, 1, 2, 27, 40, 80, usize::MAX] {
        let look = Look {
            at: Moment::Gradients(paid),
            against: Against::Gradients,
            gauge: Gauge::LambdaMax,
            ..look(&scene, 0)
        };
        engine.follow(|engine| look.asks(&scene, engine.window_of(&scene, engine.coming())));
        let picture = Picture::of(&scene, &engine, look);
        let wanted = [paid.min(40), (paid / 2).min(40)];
        assert_eq!([0, 1].map(|run| picture.step_of(run)), wanted, "{paid} gradients");
        let runs = &picture.comparison.unwrap().runs;
        assert_eq!(moment::paid_by(runs), 80);
        // The readings, the vectors and what was measured are of the same steps.
        let steps = picture.steps.unwrap();
        let made = [0, 1].map(|run| steps.runs[run].as_ref().unwrap().step);
        assert_eq!(made, wanted, "{paid} gradients");
        for run in [0, 1] {
            assert!(picture.measured(run).is_some(), "{paid} gradients");
            let loss = runs[run].row(wanted[run]).unwrap().numbers.loss;
            assert_eq!(picture.row(run).unwrap().numbers.loss.to_bits(), loss.to_bits());
        }
        let rows = samscope::figure::readings::readings(&picture);
        assert_eq!(rows[0].values, wanted.map(|step| step.to_string()));
        let values = &charts::loss(&picture).labels.values;
        assert!(values.iter().all(|values| values.x <= paid.min(80) as f64));
    }
}
