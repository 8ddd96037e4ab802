//! Hiding the future: nothing on a figure tells what comes after the step shown, and at the end nothing is missing.
#![expect(clippy::unwrap_used, reason = "a journey that cannot go on stops where it is")]

use samscope::analysis::gauge::Gauge;
use samscope::engine::Engine;
use samscope::engine::products::outcomes::Outcomes;
use samscope::export::svg;
use samscope::figure::palette::Theme;
use samscope::figure::picture::{Future, Sight};
use samscope::figure::sentence;
use samscope::figure::shot::Shot;
use samscope::figure::{Dash, Figure, Ink, Mark, PaneId};
use samscope::optim::moment::Moment;
use samscope::scene::{Scene, builtin, keys};

fn scene(name: &str, wishes: &[(&str, &str)]) -> Scene {
    let mut scene = builtin::find(name).unwrap();
    let edit = |(key, value): &(&str, &str)| keys::Edit {
        key: (*key).to_owned(),
        value: (*value).to_owned(),
    };
    keys::apply(&mut scene, &wishes.iter().map(edit).collect::<Vec<_>>()).unwrap();
    scene
}

fn figure(scene: &Scene, step: usize, gauge: Gauge, future: Future) -> Figure {
    let lens = Sight::Hidden;
    Shot { at: Moment::Step(step), gauge, future, lens, ..Shot::of(scene) }.figure()
}

/// Every place that a pane of this kind draws a line through in the ink of a run; a level limit lies ahead of nothing,
/// since it follows from what was asked for.
fn drawn(figure: &Figure, is_meant: impl Fn(PaneId) -> bool) -> Vec<[f64; 2]> {
    let panes = figure.panes.iter().filter(|(_, pane)| is_meant(pane.id));
    let marks = panes.flat_map(|(_, pane)| &pane.marks);
    let points = marks.filter_map(|mark| match mark {
        Mark::Path { points, pen } if matches!(pen.ink, Ink::Run(_)) => {
            let is_limit = pen.dash == Dash::Dotted
                && points.iter().all(|at| at[1].total_cmp(&points[0][1]).is_eq());
            (!is_limit).then(|| points.to_vec())
        }
        _ => None,
    });
    points.flatten().collect()
}

fn scenes() -> Vec<Scene> {
    let few = [("steps", "40")];
    let mut scenes: Vec<Scene> =
        ["opening", "sharp_and_wide", "bounce"].map(|name| scene(name, &few)).into();
    let diverging = [("landscape", "quadratic"), ("eta", "0.3"), ("steps", "40")];
    scenes.push(scene("opening", &diverging));
    scenes
}

/// The sentences that tell how the runs of a scene end.
fn endings(scene: &Scene) -> Vec<String> {
    let mut engine = Engine::in_place();
    engine.follow(|_| samscope::engine::Asked {
        outcomes: true,
        ..samscope::engine::Asked::of(scene, scene.steps.get())
    });
    engine.product::<Outcomes>().unwrap().runs.iter().map(sentence::sentence).collect()
}

#[test]
fn no_words_tell_how_a_run_will_end() {
    for scene in scenes() {
        let told = endings(&scene);
        let [hidden, shown] = [Future::Hidden, Future::Shown]
            .map(|future| svg::write(&figure(&scene, 7, Gauge::Minima, future), Theme::Light));
        for sentence in told {
            // An SVG breaks lines, but a map is described by its whole sentence.
            let described = sentence.replace('<', "&lt;");
            assert!(shown.contains(&described), "{sentence}");
            assert!(!hidden.contains(&described), "{sentence}");
        }
        assert!(hidden.contains("What comes after step 7 is hidden"));
    }
}

#[test]
fn curves_end_at_the_step_shown_and_no_axis_tells_how_they_go_on() {
    for scene in scenes() {
        // The same up to there, and over sooner.
        let shorter = {
            let mut scene = scene.clone();
            let sooner = keys::Edit { key: "steps".to_owned(), value: "9".to_owned() };
            keys::apply(&mut scene, &[sooner]).unwrap();
            scene
        };
        let is_chart = |id| matches!(id, PaneId::Loss | PaneId::Sharpness);
        for gauge in Gauge::ALL.into_iter().filter(|gauge| gauge.is_over_time()) {
            let [hidden, shown] =
                [Future::Hidden, Future::Shown].map(|future| figure(&scene, 7, gauge, future));
            assert!(drawn(&hidden, is_chart).iter().all(|at| at[0] <= 7.0), "{gauge:?}");
            for ((_, a), (_, b)) in hidden.panes.iter().zip(&shown.panes) {
                let bits = |range: [f64; 2]| range.map(f64::to_bits);
                assert_eq!(bits(a.x.range), bits(b.x.range), "{gauge:?}");
            }
            let sooner = figure(&shorter, 7, gauge, Future::Hidden);
            let charts = |figure: &Figure| -> Vec<[f64; 2]> {
                let panes = figure.panes.iter().filter(|(_, pane)| is_chart(pane.id));
                panes.map(|(_, pane)| pane.y.range).collect()
            };
            assert_eq!(charts(&hidden), charts(&sooner), "{gauge:?}");
        }
        let cut = figure(&scene, 7, Gauge::Cut, Future::Hidden);
        assert!(drawn(&cut, |id| id == PaneId::Cut).is_empty());
    }
}

#[test]
fn routes_end_where_the_runs_stand() {
    for scene in scenes() {
        let is_map = |id| matches!(id, PaneId::Map(_));
        let [hidden, shown] =
            [Future::Hidden, Future::Shown].map(|future| figure(&scene, 3, Gauge::Minima, future));
        let [hidden, shown] = [hidden, shown].map(|figure| drawn(&figure, is_map));
        assert!(hidden.iter().all(|at| shown.contains(at)));
        // One that has left the picture by then has nothing left to hide.
        let is_gone = scene.subject == scenes().last().unwrap().subject;
        assert!(hidden.len() < shown.len() || is_gone);
    }
}

#[test]
fn at_the_last_step_nothing_is_hidden() {
    for scene in scenes() {
        let last = scene.steps.get();
        for gauge in Gauge::ALL {
            let drawn = |future| svg::write(&figure(&scene, last, gauge, future), Theme::Light);
            assert!(drawn(Future::Hidden) == drawn(Future::Shown), "{gauge:?}");
        }
    }
}
