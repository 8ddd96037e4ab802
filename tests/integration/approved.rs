//! Figures that were looked at: one of every kind, compared with the drawing that was approved.
#![expect(clippy::unwrap_used, reason = "a scene that cannot be made stops the test")]

use samscope::analysis::gauge::Gauge;
use samscope::engine::Engine;
use samscope::export::svg;
use samscope::figure::palette::Theme;
use samscope::figure::picture::{Picture, Sight};
use samscope::figure::shot::Shot;
use samscope::figure::{Figure, Place, maps, sheet};
use samscope::optim::moment::Moment;
use samscope::scene::keys::{self, Edit};
use samscope::scene::run::Runs;
use samscope::scene::{Scene, Subject, builtin};

use crate::figures::stripped;

/// The usual size of an approved figure.
const SIZE: [f64; 2] = [960.0, 640.0];

fn edits(said: &str) -> Vec<Edit> {
    let edit = |word: &str| {
        let (key, value) = word.split_once('=').unwrap();
        Edit { key: key.to_owned(), value: value.to_owned() }
    };
    said.split_whitespace().map(edit).collect()
}

fn scene(name: &str, wishes: &str) -> Scene {
    let mut scene = builtin::find(name).unwrap();
    keys::apply(&mut scene, &edits(wishes)).unwrap();
    scene
}

/// What is shown of a scene at a step, on a sheet of the usual size.
fn shot(name: &str, wishes: &str, step: usize) -> Shot {
    Shot { at: Moment::Step(step), size: SIZE, ..Shot::of(&scene(name, wishes)) }
}

/// The figure that `draw` makes of what is seen.
///
/// A field of data is computed with what the processor is fastest at and may differ in the last bits between machines;
/// runs and the fields of formulas may not.
fn figure(shot: &Shot, draw: impl Fn(&Picture<'_>) -> Figure) -> Figure {
    let mut engine = Engine::in_place();
    let look = shot.seen_by(&mut engine);
    let picture = Picture::of(&shot.scene, &engine, look);
    match shot.scene.subject {
        Subject::Formula(_) => draw(&picture),
        Subject::Fit(_) => draw(&Picture { terrain: None, close: None, ..picture }),
    }
}

/// Compares with an approved drawing; `UPDATE_APPROVED=1` writes a new one, to be looked at before it is committed.
#[track_caller]
fn assert_approved(name: &str, figure: &Figure, theme: Theme) {
    let path = format!("{}/tests/approved/{name}.svg", env!("CARGO_MANIFEST_DIR"));
    let drawing = stripped(&svg::write(figure, theme));
    if std::env::var_os("UPDATE_APPROVED").is_some() {
        std::fs::write(&path, drawing).unwrap();
        return;
    }
    let approved = std::fs::read_to_string(&path).unwrap();
    let differs = approved.lines().zip(drawing.lines()).find(|(old, new)| old != new);
    assert!(
        approved == drawing,
        "{name} is drawn otherwise; if it is better, UPDATE_APPROVED=1 approves it. First difference: {differs:?}"
    );
}

#[test]
fn drawings_are_as_they_were_approved() {
    let whole = |shot: Shot| figure(&shot, |picture| sheet::sheet(picture, shot.size));
    let lens = Shot { lens: Sight::Whole, ..shot("factorization", "", 4) };
    assert_approved("lens", &whole(lens), Theme::Light);

    let overlay = figure(&shot("sharp_and_wide", "", 12), |picture| {
        let place = Place { left: 48.0, top: 40.0, width: 480.0, height: 360.0 };
        let place = Place { height: place.width * aspect(picture), ..place };
        let size = [place.width + 80.0, place.height + 120.0];
        Figure {
            size,
            panes: vec![(place, maps::overlaid(picture))],
            words: Vec::new(),
            prose: Vec::new(),
            title: None,
        }
    });
    assert_approved("overlay", &overlay, Theme::Light);

    assert_approved("dark", &whole(shot("bounce", "steps=40", 40)), Theme::Dark);

    let mut many = shot("factorization", "steps=40", 40);
    let runs = [
        "ascent=none",
        "rho=0.05",
        "rho=0.2",
        "base=adam eta=0.05 ascent=none",
        "base=adam eta=0.05 rho=0.1",
        "base=momentum ascent=asam rho=0.5",
    ];
    let asked: Vec<_> =
        runs.iter().map(|run| keys::run(&many.scene, &edits(run)).unwrap()).collect();
    many.scene.runs = Runs::of(asked).unwrap();
    let many = Shot { size: [1280.0, 800.0], ..many };
    assert_approved("six_runs", &whole(many), Theme::Light);

    let slice = shot("network", "steps=20 points=60 units=4 slice=eigenvectors", 20);
    assert_approved("slice", &whole(slice), Theme::Light);

    let curvature = Shot { gauge: Gauge::LambdaMax, ..shot("edge", "steps=60", 60) };
    assert_approved("curvature", &whole(curvature), Theme::Light);

    assert_approved("classes", &whole(shot("moons", "steps=40", 40)), Theme::Light);

    let cut = Shot { gauge: Gauge::Cut, ..shot("sharp_and_wide", "", 60) };
    assert_approved("cut", &whole(cut), Theme::Dark);

    let fit = "data=sine model=polynomial loss=squared degree=8 eta=0.3 steps=60";
    let spectrum = Shot { gauge: Gauge::Spectrum, ..shot("opening", fit, 60) };
    assert_approved("spectrum", &whole(spectrum), Theme::Light);

    assert_approved("print", &whole(shot("sharp_and_wide", "", 12)), Theme::Print);

    let presenting = Shot { size: [1024.0, 768.0], ..shot("opening", "", 40) };
    assert_approved("presenting", &whole(presenting), Theme::Talk);

    let relief = shot("sharp_and_wide", "view=relief turn=60,45", 12);
    assert_approved("relief", &whole(Shot { size: [640.0, 400.0], ..relief }), Theme::Light);

    let small = Shot { size: [640.0, 400.0], ..shot("rosenbrock", "steps=60", 30) };
    assert_approved("small", &whole(small), Theme::Light);
}

/// The height of what is shown over its width.
fn aspect(picture: &Picture<'_>) -> f64 {
    let [width, height] = picture.look.window.span();
    height / width
}
