//! What people get when they ask for a picture.
#![expect(clippy::unwrap_used, reason = "a journey that cannot go on stops where it is")]

use samscope::analysis::gauge::Gauge;
use samscope::engine::products::feet::Feet;
use samscope::engine::products::here::Here;
use samscope::engine::products::moves::BaseMoves;
use samscope::engine::products::outcomes::Outcomes;
use samscope::engine::products::predictions::Predictions;
use samscope::engine::products::seen::Seen;
use samscope::engine::products::spectra::Spectra;
use samscope::engine::products::steps::Steps;
use samscope::engine::products::survey::Surveyed;
use samscope::engine::products::terrain::Terrain;
use samscope::engine::{Asked, Engine};
use samscope::export::{png, svg};
use samscope::figure::palette::Theme;
use samscope::figure::picture::{Against, Closer, Look, Picture, Sight};
use samscope::figure::readings::readings;
use samscope::figure::{
    Axis, Figure, Ink, Mark, Pane, PaneId, charts, clip, data, lower, maps, metrics, sheet, words,
};
use samscope::problem::grid::Window;
use samscope::scene::{Scene, builtin, keys};

const SIZE: [f64; 2] = [960.0, 640.0];

/// A scene with all that follows from it.
struct Studio {
    scene: Scene,
    engine: Engine,
}

impl Studio {
    #[track_caller]
    fn of(scene: &str, wishes: &[&str]) -> Self {
        let scene = builtin::find(scene).unwrap();
        let mut studio = Self { scene: scene.clone(), engine: Engine::in_place() };
        studio.show(scene, wishes);
        studio
    }

    /// Shows another scene; what both have in common is not computed again.
    #[track_caller]
    fn show(&mut self, mut scene: Scene, wishes: &[&str]) {
        let edits: Vec<keys::Edit> = wishes
            .iter()
            .map(|wish| {
                let (key, value) = wish.split_once('=').unwrap();
                keys::Edit { key: key.to_owned(), value: value.to_owned() }
            })
            .collect();
        keys::apply(&mut scene, &edits).unwrap();
        self.scene = scene;
        self.engine.follow(|engine| {
            let window = window(engine, &self.scene, engine.coming());
            Asked { outcomes: true, ..Asked::of(&self.scene, 0).on(window) }
        });
    }

    fn seen(&self) -> Option<&Seen> {
        self.engine.shown()
    }

    fn terrain(&self) -> Option<&Terrain> {
        self.engine.terrain()
    }

    fn picture<'a>(
        &'a self,
        step: usize,
        seen: Option<&'a Seen>,
        terrain: Option<&'a Terrain>,
    ) -> Picture<'a> {
        let window = window(&self.engine, &self.scene, self.seen());
        let look = Look {
            at: step.into(),
            window,
            against: if step.is_multiple_of(2) { Against::Steps } else { Against::Gradients },
            gauge: Gauge::Minima,
            points_per_unit: 300.0 / window.span()[0],
            charts: Closer::default(),
            lens: Sight::default(),
            lit: None,
            future: samscope::figure::picture::Future::Shown,
            story: None,
            pulls: false,
        };
        let comparison = seen.map(|seen| &*seen.comparison);
        Picture {
            asked: &self.scene,
            scene: &self.scene,
            comparison,
            section: seen.map(|seen| &*seen.section),
            terrain,
            grounds: None,
            slopes: None,
            ends: None,
            predictions: self.engine.product::<Predictions>(),
            surveyed: self.engine.product::<Surveyed>(),
            outcomes: self.engine.product::<Outcomes>().filter(|_| seen.is_some()),
            measures: None,
            here: self.engine.product::<Here>(),
            feet: self.engine.product::<Feet>(),
            pointed: None,
            spectra: None,
            profiles: None,
            pulls: None,
            steps: self.engine.product::<Steps>().filter(|steps| steps.at == step.into()),
            base_moves: self.engine.product::<BaseMoves>(),
            close: None,
            look,
        }
    }

    /// What is drawn where the spectrum is chosen.
    fn spectra_at(&mut self, step: usize) -> Picture<'_> {
        self.engine.follow(|engine| {
            let window = window(engine, &self.scene, engine.coming());
            Asked { spectra: true, outcomes: true, ..Asked::of(&self.scene, step).on(window) }
        });
        let picture = self.at(step);
        let look = Look { gauge: Gauge::Spectrum, ..picture.look };
        Picture { spectra: self.engine.product::<Spectra>(), look, ..picture }
    }

    fn at(&self, step: usize) -> Picture<'_> {
        self.picture(step, self.seen(), self.terrain())
    }

    fn sheet(&self, step: usize) -> Figure {
        sheet::sheet(&self.at(step), SIZE)
    }
}

fn window(engine: &Engine, scene: &Scene, seen: Option<&Seen>) -> Window {
    let maps = scene.shown_runs().count();
    engine.window_of(scene, seen).widened_to(sheet::map_aspect(SIZE, maps))
}

/// The words of a figure's SVG that stand between tags, and its attributes, hold no number that is none.
#[track_caller]
fn assert_sound(drawing: &str, what: &str) {
    let lines = stripped(drawing);
    for bad in ["NaN", "inf ", "inf\"", "infinity", "-99999"] {
        assert!(!lines.contains(bad), "{what}: the drawing holds {bad}");
    }
}

/// The drawing without the pixels of its grounds and the glyphs of its fonts.
pub(crate) fn stripped(drawing: &str) -> String {
    let is_style = |line: &&str| {
        ["<style>", "</style>", "@font-face"].iter().any(|first| line.starts_with(first))
    };
    drawing
        .lines()
        .filter(|line| !is_style(line))
        .map(|line| match line.split_once("base64,") {
            Some((before, _)) => format!("{before}base64,…\"/></defs>"),
            None => line.to_owned(),
        })
        .map(|line| line + "\n")
        .collect()
}

fn coordinates(mark: &Mark) -> Vec<[f64; 2]> {
    match mark {
        Mark::Terrain { window, .. } => {
            vec![[window.x[0], window.y[0]], [window.x[1], window.y[1]]]
        }
        Mark::Surface(surface) => surface.corners().to_vec(),
        Mark::Region { outline: points, .. }
        | Mark::Path { points, .. }
        | Mark::Dots { points, .. } => points.to_vec(),
        Mark::Band { columns, .. } => {
            columns.iter().flat_map(|c| [[c[0], c[2]], [c[1], c[3]]]).collect()
        }
        Mark::Arrow { from, to, .. } => vec![*from, *to],
        Mark::Label { at, .. } => vec![*at],
    }
}

/// Every coordinate that a painter meets is finite and no farther than some spans outside.
#[track_caller]
fn assert_paintable(pane: &Pane, what: &str) {
    const FAR: f64 = 4.0;
    for mark in &pane.marks {
        for at in coordinates(mark) {
            for (axis, x) in [&pane.x, &pane.y].into_iter().zip(at) {
                assert!(near(axis, x, FAR), "{what}, {}: {x} is drawn, in {mark:?}", pane.id);
            }
        }
    }
    // A lens has a window of its own, and all of its ground lies in it.
    for (lens, mark) in
        pane.lens.iter().flat_map(|lens| lens.marks.iter().map(move |mark| (lens, mark)))
    {
        let window = clip::around(lens.window, FAR);
        for at in coordinates(mark) {
            assert!(window.contains(at), "{what}, {}: {at:?} in the lens, in {mark:?}", pane.id);
        }
    }
}

fn near(axis: &Axis, x: f64, spans: f64) -> bool {
    let [low, high] = axis.range.map(|end| axis.scale.project(end));
    let place = axis.scale.project(x);
    let span = high - low;
    (low - spans * span..=high + spans * span).contains(&place)
}

#[track_caller]
fn assert_all_drawn(picture: &Picture<'_>, what: &str) {
    let mut panes: Vec<Pane> = maps::side_by_side(picture);
    panes.extend([maps::overlaid(picture), charts::loss(picture), charts::sharpness(picture)]);
    panes.extend(data::data(picture));
    for pane in &panes {
        assert_paintable(pane, what);
    }
    for reading in readings(picture) {
        for value in &reading.values {
            assert!(!value.contains("NaN") && !value.contains("inf"), "{what}: {reading:?}");
        }
    }
    let figure = sheet::sheet(picture, SIZE);
    assert_sound(&svg::write(&figure, Theme::Light), what);
}

#[test]
fn the_same_scene_is_drawn_with_the_same_bytes() {
    let draw = || svg::write(&Studio::of("opening", &[]).sheet(40), Theme::Light);
    assert_eq!(draw(), draw());
}

#[test]
fn every_scene_is_drawn_at_any_step() {
    for name in builtin::names() {
        let studio = Studio::of(name, &[]);
        let last = studio.scene.steps.get();
        for step in [0, last / 2, last, last + 1, usize::MAX] {
            assert_all_drawn(&studio.at(step), &format!("{name} at {step}"));
        }
    }
}

#[test]
fn every_theme_draws_the_same_lines_in_other_colours() {
    let figure = Studio::of("bounce", &[]).sheet(40);
    let colourless = |theme| {
        let drawing = stripped(&svg::write(&figure, theme));
        assert_sound(&drawing, &format!("{theme:?}"));
        drawing.split('#').map(|part| part.chars().skip(6).collect::<String>()).collect::<String>()
    };
    let [light, others @ ..] = Theme::ALL.map(colourless);
    for other in others {
        assert_eq!(light, other);
    }
}

#[test]
fn what_is_not_there_yet_is_left_out() {
    for name in builtin::names() {
        let studio = Studio::of(name, &[]);
        for (seen, terrain) in [(None, None), (studio.seen(), None), (None, studio.terrain())] {
            let picture = studio.picture(3, seen, terrain);
            assert_all_drawn(&picture, &format!("{name} without all results"));
        }
    }
}

#[test]
fn extreme_numbers_are_drawn_too() {
    let mut studios = ["opening", "rosenbrock"].map(|name| Studio::of(name, &["steps=60"]));
    for wishes in [
        &["rho=100"][..],
        &["rho=1e-9"],
        &["rho=0"],
        &["eta=1e6"],
        &["eta=0"],
        &["p=1"],
        &["p=inf"],
        &["p=1.5", "rho=0.01"],
        &["steps=1"],
        &["start=1e9,-1e9"],
        &["start=1e308,1e308"],
        &["window=1e-9,2e-9,1e-9,2e-9"],
        &["window=-1e6,1e6,-1e6,1e6"],
        &["ascent=none"],
        &["ascent=asam", "rho=0.5"],
        &["ascent=unnormalised"],
    ] {
        for studio in &mut studios {
            let scene = studio.scene.clone();
            studio.show(scene.clone(), wishes);
            for step in [0, 7] {
                let what = format!("{} with {wishes:?} at {step}", scene.heading());
                assert_all_drawn(&studio.at(step), &what);
            }
            studio.show(scene, &[]);
        }
    }
}

#[test]
fn the_opening_scene_tells_its_story() {
    let studio = Studio::of("opening", &[]);
    let picture = studio.at(200);
    let base = words::sentence(&picture, 0);
    let sam = words::sentence(&picture, 1);
    assert!(base.contains("the narrow basin"), "{base}");
    assert!(sam.starts_with("Left the narrow basin at step"), "{sam}");
    assert!(sam.contains("the wide one"), "{sam}");
}

#[test]
fn without_a_radius_sam_is_said_to_be_its_base() {
    let studio = Studio::of("opening", &["rho=0"]);
    let sentence = words::sentence(&studio.at(0), 1);
    assert!(sentence.starts_with("With ρ = 0 SAM is SGD: "), "{sentence}");
}

#[test]
fn a_diverging_run_is_a_result_and_is_said_so() {
    let studio = Studio::of("bounce", &["eta=1e3"]);
    let picture = studio.at(100);
    let sentence = words::sentence(&picture, 0);
    assert!(sentence.starts_with("Diverged"), "{sentence}");
    let marked = maps::side_by_side(&picture)[0]
        .marks
        .iter()
        .any(|mark| matches!(mark, Mark::Label { text, .. } if text.starts_with("diverges: step")));
    assert!(marked, "the place where it left the picture is marked");
}

#[test]
fn a_long_bounce_is_drawn_with_few_marks_and_both_its_ends() {
    let studio = Studio::of("bounce", &["steps=20000"]);
    let picture = studio.at(20_000);
    for pane in [charts::loss(&picture), charts::sharpness(&picture)] {
        let points: usize = pane.marks.iter().map(|mark| coordinates(mark).len()).sum();
        assert!(points < 6000, "{}: {points} points", pane.id);
    }
    let map = maps::side_by_side(&picture).swap_remove(1);
    let points: usize = map
        .marks
        .iter()
        .filter(|mark| matches!(mark, Mark::Path { pen, .. } if pen.ink == Ink::Run(1)))
        .map(|mark| coordinates(mark).len())
        .sum();
    assert!((2..3000).contains(&points), "{points} points");
}

#[test]
fn every_scene_has_a_spectrum_at_any_step() {
    for name in builtin::names() {
        let mut studio = Studio::of(name, &["steps=40"]);
        for step in [0, 40] {
            let picture = studio.spectra_at(step);
            assert_all_drawn(&picture, &format!("the spectrum of {name} at {step}"));
            let pane = charts::sharpness(&picture);
            assert_eq!(pane.id, PaneId::Spectrum);
            assert!(pane.caption.contains("λ_max") && pane.caption.contains("negative"), "{name}");
            assert!(pane.title[1].text.ends_with(&format!("step {step}")), "{:?}", pane.title);
        }
    }
}

#[test]
fn a_spectrum_that_is_no_number_is_said_to_be_none() {
    let mut studio = Studio::of("opening", &["landscape=goldstein_price", "start=1e60,1e60"]);
    let picture = studio.spectra_at(0);
    assert_all_drawn(&picture, "a spectrum far out");
    let mut empty = Studio::of("opening", &["landscape=goldstein_price", "start=1e200,1e200"]);
    let picture = empty.spectra_at(0);
    assert_all_drawn(&picture, "no spectrum");
    assert_eq!(charts::sharpness(&picture).caption, "The eigenvalues are being found");
}

#[test]
fn of_many_weights_the_largest_eigenvalues_are_shown_and_it_says_so() {
    let wishes = ["units=18", "steps=2", "points=40"];
    let mut studio = Studio::of("network", &wishes);
    let pane = charts::sharpness(&studio.spectra_at(2));
    assert!(pane.caption.contains("the 10 largest of 415"), "{}", pane.caption);
    assert!(pane.caption.contains("Lanczos") && pane.caption.contains('±'), "{}", pane.caption);
}

#[test]
fn what_is_said_of_the_plane_leaves_the_title_alone() {
    use samscope::figure::Anchor;
    let studio = Studio::of("network", &["rho=0", "steps=12", "points=40"]);
    for size in [[480.0, 320.0], [640.0, 400.0], SIZE, [1280.0, 800.0], [1920.0, 1080.0]] {
        let figure = sheet::sheet(&studio.at(12), size);
        let (mut left, mut right, mut said) = (0.0f64, size[0], String::new());
        for word in &figure.words {
            let Mark::Label { at, text, size, anchor, .. } = word else { continue };
            let width = metrics::width(text, metrics::Face::Regular, f64::from(*size));
            match anchor {
                _ if at[1] > 72.0 => {}
                Anchor::Left => left = left.max(at[0] + width),
                Anchor::Right => {
                    right = right.min(at[0] - width);
                    said += &format!("{text} ");
                }
                Anchor::Middle => {}
            }
        }
        assert!(left < right, "{size:?}: {left} against {right}");
        if size[0] >= SIZE[0] {
            assert!(said.contains("SAM's end is SGD's end"), "{said}");
            assert!(said.trim_end().ends_with("instead)"), "{said}");
        }
    }
}

#[test]
fn small_and_large_sheets_hold_all_their_panes() {
    let studio = Studio::of("opening", &[]);
    for size in [[480.0, 320.0], [640.0, 480.0], [1280.0, 800.0], [1920.0, 1080.0], [800.0, 2000.0]]
    {
        let figure = sheet::sheet(&studio.at(40), size);
        assert!(figure.panes.len() >= 2, "{size:?}");
        for (place, pane) in &figure.panes {
            let inside = 0.0 <= place.left
                && 0.0 <= place.top
                && place.left + place.width <= size[0]
                && place.top + place.height <= size[1];
            assert!(
                inside && place.width > 80.0 && place.height > 40.0,
                "{size:?} {}: {place:?}",
                pane.id
            );
        }
    }
}

#[test]
fn a_picture_has_pixels_of_every_run() {
    let studio = Studio::of("opening", &[]);
    let picture = png::paint(&studio.sheet(40), Theme::Light, 1.0).unwrap();
    assert_eq!([picture.width(), picture.height()], [960, 640]);
    for ink in [Ink::Run(0), Ink::Run(1), Ink::Epsilon] {
        let wanted = Theme::Light.ink(ink);
        let count = picture
            .pixels()
            .iter()
            .filter(|pixel| [pixel.red(), pixel.green(), pixel.blue()] == wanted)
            .count();
        assert!(count > 20, "{ink:?}: {count} pixels");
    }
}

#[test]
fn a_picture_too_large_to_hold_is_refused_with_advice() {
    let studio = Studio::of("opening", &[]);
    let figure = studio.sheet(0);
    for scale in [1e3, 0.0, f64::NAN, -1.0] {
        let message = png::render(&figure, Theme::Light, scale).unwrap_err().to_string();
        assert!(message.contains("use another scale"), "{scale}: {message}");
    }
}

#[test]
fn a_title_may_hold_anything() {
    let studio = Studio::of("opening", &["title=<&\"\u{7}> ∇ ‖g‖₂ 𝒩 漢"]);
    let figure = studio.sheet(0);
    assert!(svg::write(&figure, Theme::Print).contains("漢"));
    png::render(&figure, Theme::Print, 0.5).unwrap();
    assert_eq!(lower::lacking(&figure), ['漢']);
}

#[test]
fn a_footer_keeps_the_seed_however_narrow_the_sheet() {
    let studio = Studio::of("network", &["dropout=0.1", "steps=4", "points=40", "seed=7654321"]);
    for size in [[480.0, 320.0], [640.0, 400.0], SIZE] {
        let figure = sheet::sheet(&studio.at(4), size);
        let said = |words: &Mark| matches!(words, Mark::Label { text, .. } if text.ends_with("seed 7654321"));
        assert!(figure.words.iter().any(said), "{size:?}");
    }
}

#[test]
fn a_long_title_stays_on_the_sheet() {
    let title = format!("title={}", "a very long title ".repeat(20));
    let studio = Studio::of("opening", &[&title]);
    let figure = studio.sheet(0);
    let Some(Mark::Label { at, text, size, .. }) = figure.words.first() else { panic!("no title") };
    let width = metrics::width(text, metrics::Face::Strong, f64::from(*size));
    assert!(text.ends_with('…') && at[0] + width < SIZE[0], "{text}");
}

#[test]
fn each_map_is_described_by_its_sentence_first() {
    let studio = Studio::of("opening", &[]);
    let drawing = svg::write(&studio.sheet(200), Theme::Light);
    for run in 0..2 {
        let sentence = words::sentence(&studio.at(200), run);
        assert!(drawing.contains(&format!("<desc>{sentence}")), "{sentence}");
    }
}

#[test]
fn a_picture_is_as_large_on_paper_as_its_figure() {
    let studio = Studio::of("opening", &[]);
    let figure = studio.sheet(0);
    assert!(
        svg::write(&figure, Theme::Light)
            .contains(r#"width="960pt" height="640pt" viewBox="0 0 960 640""#)
    );
    let bytes = png::render(&figure, Theme::Light, 2.0).unwrap();
    let reader = ::png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
    let density = reader.info().pixel_dims.unwrap();
    let inches = f64::from(reader.info().width) / (f64::from(density.xppu) * 0.0254);
    assert!((inches * 72.0 - 960.0).abs() < 0.1, "{inches}");
}
