//! How deep the ground is, and whether words can be read: asked of what a painter is given.

#![expect(clippy::unwrap_used, reason = "a journey that cannot go on stops where it is")]

use std::sync::Arc;

use samscope::analysis::relief::Relief;
use samscope::catalog::Choice;
use samscope::engine::{Asked, Engine};
use samscope::figure::look::{Against, Closer, Look, Sight};
use samscope::figure::palette::{Theme, Tints};
use samscope::figure::picture::Picture;
use samscope::figure::shot::Shot;
use samscope::figure::{Mark, Pane, Shape, lower, maps};
use samscope::optim::moment::Moment;
use samscope::problem::landscapes;
use samscope::scene::{Scene, Subject, builtin, keys};

use crate::lettered::{self, FLARE};
use crate::recorder::Recorder;

/// Every landscape and every scene that comes with the program, each for few steps.
fn scenes() -> Vec<(String, Scene)> {
    let on = |choice| builtin::opening().on(Subject::Formula(choice));
    let landscapes = landscapes::ALL
        .entries
        .iter()
        .map(|entry| (format!("landscape {}", entry.id), on(Choice::new(entry))));
    let built_in = builtin::names().map(|name| (name.to_owned(), builtin::find(name).unwrap()));
    let mut all: Vec<(String, Scene)> = landscapes.chain(built_in).collect();
    for (_, scene) in &mut all {
        let steps = keys::Edit { key: "steps".to_owned(), value: "12".to_owned() };
        keys::apply(scene, &[steps]).unwrap();
    }
    all
}

/// The maps of a scene.
fn panes(scene: &Scene) -> Vec<Pane> {
    let mut engine = Engine::in_place();
    engine.follow(|engine| {
        let window = engine.window_of(scene, engine.coming());
        Asked { outcomes: true, ..Asked::of(scene, 12).on(window) }
    });
    let window = engine.window_of(scene, engine.coming());
    let look = Look {
        at: Moment::Step(12),
        charts: Closer::default(),
        lens: Sight::default(),
        lit: None,
        future: samscope::figure::picture::Future::Shown,
        story: None,
        pulls: false,
        window,
        against: Against::Steps,
        gauge: scene.shown_measure(),
        points_per_unit: 400.0 / window.span()[0],
    };
    maps::side_by_side(&Picture::of(scene, &engine, look))
}

/// What a painter is given of a pane that is 400 points wide.
fn painted(pane: &Pane, theme: Theme) -> Recorder {
    let span = |range: [f64; 2]| range[1] - range[0];
    let height = 400.0 * span(pane.y.range) / span(pane.x.range);
    let mut recorder = Recorder::on(theme);
    let place = kurbo::Rect::new(0.0, 0.0, 400.0, height);
    lower::plot(&mut recorder, pane, place, theme, lower::Letters::SHEET);
    recorder
}

/// The light that every pixel of a ground sends, and its loss, where that is a number.
fn lights(relief: &Relief, losses: &[f64], tints: &Tints) -> Vec<(f64, f64)> {
    let light = |k: usize| lettered::luminance(tints.at(relief.tone[k], relief.shade[k]));
    losses
        .iter()
        .enumerate()
        .filter(|(_, loss)| loss.is_finite())
        .map(|(k, loss)| (*loss, light(k)))
        .collect()
}

/// The rank of every number; equal ones share the middle of their ranks.
fn ranks(numbers: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..numbers.len()).collect();
    order.sort_by(|a, b| numbers[*a].total_cmp(&numbers[*b]));
    let mut ranks = vec![0.0; numbers.len()];
    let mut before = 0.0;
    for equal in order.chunk_by(|a, b| numbers[*a].total_cmp(&numbers[*b]).is_eq()) {
        let count = equal.len() as f64;
        for &k in equal {
            ranks[k] = before + (count - 1.0) / 2.0;
        }
        before += count;
    }
    ranks
}

/// C. Spearman's rank correlation.
fn rank_correlation(pairs: &[(f64, f64)]) -> f64 {
    let (a, b): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let (a, b) = (ranks(&a), ranks(&b));
    let middle = (pairs.len() as f64 - 1.0) / 2.0;
    let sum = |f: &dyn Fn(f64, f64) -> f64| -> f64 {
        a.iter().zip(&b).map(|(a, b)| f(a - middle, b - middle)).sum()
    };
    sum(&|a, b| a * b) / (sum(&|a, _| a * a) * sum(&|_, b| b * b)).sqrt()
}

#[test]
fn rank_correlation_tells_order_from_disorder() {
    let rising: Vec<(f64, f64)> = (0..9).map(|k| (f64::from(k), f64::from(k * k))).collect();
    assert!((rank_correlation(&rising) - 1.0).abs() < 1e-12);
    let mixed = [(0.0, 1.0), (1.0, 0.0), (2.0, 3.0), (3.0, 2.0)];
    assert!((rank_correlation(&mixed) - 0.6).abs() < 1e-12);
}

#[test]
fn the_deeper_the_darker_on_every_ground_in_every_theme() {
    let tints = Theme::ALL.map(|theme| (theme, Tints::of(theme)));
    for (name, scene) in scenes() {
        let mut engine = Engine::in_place();
        engine.follow(|engine| {
            let window = engine.window_of(&scene, engine.coming());
            Asked::of(&scene, 12).on(window)
        });
        let terrain = engine.terrain().unwrap();
        for pane in panes(&scene).iter().take(1) {
            for (theme, tints) in &tints {
                let recorder = painted(pane, *theme);
                let ground: &Arc<Relief> = recorder.reliefs().next().unwrap();
                let pairs = lights(ground, &terrain.field.values, tints);
                let agree = rank_correlation(&pairs);
                assert!(agree > 0.98, "{name}, {theme:?}: rank correlation {agree}");
                let lowest = pairs.iter().min_by(|a, b| a.0.total_cmp(&b.0)).unwrap();
                let highest = pairs.iter().max_by(|a, b| a.0.total_cmp(&b.0)).unwrap();
                let ratio = (highest.1 + FLARE) / (lowest.1 + FLARE);
                assert!(ratio >= 2.5, "{name}, {theme:?}: floor to plateau 1 : {ratio}");
            }
        }
    }
}

#[test]
fn every_word_of_every_figure_has_a_contrast_of_four_and_a_half() {
    for name in builtin::names() {
        let (_, scene) = scenes().into_iter().find(|(known, _)| known == name).unwrap();
        let figure = Shot::of(&scene).figure();
        for theme in Theme::ALL {
            let mut recorder = Recorder::on(theme);
            lower::figure(&mut recorder, &figure, theme);
            assert!(recorder.texts.len() > 20, "{name}: a figure has words");
            for word in &recorder.texts {
                let told = format!("{name}, {theme:?}: \"{}\": {}", word.text, word.contrast);
                assert!(word.contrast >= 4.5, "{told}");
            }
        }
    }
}

#[test]
fn words_on_a_map_are_read_on_any_ground_and_none_lies_on_another_or_is_cut() {
    for (name, scene) in scenes() {
        for pane in panes(&scene) {
            let recorder = painted(&pane, Theme::Light);
            // The lens has a place of its own, and is looked at where it is made.
            let plot = recorder.plot();
            let words: Vec<_> = recorder.texts.iter().filter(|word| word.on_map).collect();
            for (k, word) in words.iter().enumerate() {
                assert!(word.contrast >= 4.5, "{name}: \"{}\": {}", word.text, word.contrast);
                assert!(word.is_inside(plot), "{name}: \"{}\" is cut", word.text);
                for other in words[..k].iter().filter(|other| !other.text.starts_with('×')) {
                    assert!(
                        !word.overlaps(other) || word.text.starts_with('×'),
                        "{name}: \"{}\" lies on \"{}\"",
                        word.text,
                        other.text
                    );
                }
            }
        }
    }
}

#[test]
fn minima_are_rings_with_a_dot_and_saddles_crosses_and_their_marks_are_always_there() {
    let counted = |scene: &str, of: Shape| {
        let pane = panes(&builtin::find(scene).unwrap()).remove(0);
        let dots = |mark: &Mark| match mark {
            Mark::Dots { points, shape, ink: samscope::figure::Ink::Minimum, .. }
                if *shape == of =>
            {
                points.len()
            }
            _ => 0,
        };
        pane.marks.iter().map(dots).sum::<usize>()
    };
    for (scene, minima, saddles) in [("opening", 2, 2), ("sharp_and_wide", 2, 1), ("bounce", 1, 0)]
    {
        assert_eq!(counted(scene, Shape::Ring), minima, "{scene}");
        assert_eq!(counted(scene, Shape::Disc), minima, "{scene}");
        assert_eq!(counted(scene, Shape::Cross), saddles, "{scene}");
        assert_eq!(counted(scene, Shape::Triangle), 0, "{scene}");
    }
}

#[test]
fn the_size_of_a_sheet_changes_nothing_that_is_said_and_shows_little_beside_the_subject() {
    let mut scene = builtin::opening();
    scene.runs.hide(1);
    let own = scene.shown_window();
    let mut said: Vec<(String, String)> = Vec::new();
    for size in [[1280.0, 800.0], [1920.0, 1080.0], [900.0, 1400.0], [2560.0, 720.0]] {
        let figure = Shot { size, ..Shot::of(&scene) }.figure();
        let (place, map) = figure.panes.first().unwrap();
        let [width, height] = [map.x.range, map.y.range].map(|range| range[1] - range[0]);
        let [own_width, own_height] = own.span();
        assert!(width * height <= 1.51 * own_width * own_height, "{size:?}: {width} by {height}");
        let scale = [place.width / width, place.height / height];
        assert!((scale[0] / scale[1] - 1.0).abs() < 1e-9, "{size:?}: a ball is a ball");
        said.push((map.caption.clone(), map.description.clone()));
    }
    assert!(said.windows(2).all(|both| both[0] == both[1]), "{said:#?}");
}
