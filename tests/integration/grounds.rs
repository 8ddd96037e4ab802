//! What the maps show the height of: each run's own ground, in figures, in files, and dropped half made.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::sync::Arc;
use std::time::Duration;

use ndarray::ArrayView1;
use samscope::analysis::grounds;
use samscope::engine::products::grounds::Grounds;
use samscope::engine::products::slopes::Slopes;
use samscope::engine::products::terrain::Fineness;
use samscope::engine::{Asked, Engine};
use samscope::figure::shot::Shot;
use samscope::figure::{Figure, Mark, Pane, PaneId};
use samscope::scene::arrows::Arrows;
use samscope::scene::{Scene, builtin, file};

fn bowl(more: &str) -> Scene {
    file::read(&format!("landscape = \"himmelblau\"\nsteps = 6\n{more}")).unwrap()
}

fn map(figure: &Figure, run: usize) -> &Pane {
    figure.panes.iter().map(|(_, pane)| pane).find(|pane| pane.id == PaneId::Map(run)).unwrap()
}

fn title(pane: &Pane) -> String {
    pane.title.iter().map(|span| span.text.clone()).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_map_of_a_run_shows_its_own_ground_and_says_so_and_that_of_descent_the_loss() {
    let plain = Shot::of(&bowl("")).figure();
    for ground in grounds::ALL.iter().filter(|ground| !ground.is_the_loss()) {
        let figure = Shot::of(&bowl(&format!("ground = \"{}\"", ground.id))).figure();
        let [descent, sam] = [0, 1].map(|run| map(&figure, run));
        assert!(title(sam).contains(ground.symbol), "{}: {}", ground.id, title(sam));
        let told = &sam.description;
        assert!(told.contains("of SAM with ρ = "), "{told}");
        assert!(told.contains(ground.symbol), "{told}");
        // The title says it, so that the legend has room for what is drawn over it.
        let symbol = ground.symbol.replace(' ', "\u{a0}");
        assert!(sam.legend.iter().all(|(_, text)| *text != symbol), "{:?}", sam.legend);
        let clause = format!("the ground is {} {symbol}", ground.noun);
        assert!(told.contains(&clause), "{told}");
        assert!(
            title(descent).contains("L(w)") && descent.caption.contains("does not look around")
        );
        let ground_of = |pane: &Pane| match &pane.marks[0] {
            Mark::Terrain { relief, .. } => relief.tone.clone(),
            other => panic!("no ground but {other:?}"),
        };
        assert_eq!(
            ground_of(descent),
            ground_of(map(&plain, 0)),
            "descent's map is that of the loss"
        );
        assert_ne!(ground_of(sam), ground_of(map(&plain, 1)), "{}", ground.id);
    }
}

#[test]
fn heights_of_a_ground_are_those_of_its_definition_at_every_pixel_of_it() {
    let scene = bowl("ground = \"surrogate\"\nrho = 0.2");
    let mut engine = Engine::in_place();
    engine.follow(|_| Asked::of(&scene, 0).on(scene.shown_window()));
    let grounds = engine.product::<Grounds>().unwrap();
    assert!(grounds.of(0).is_none(), "descent has none");
    let (looking, terrain) = grounds.of(1).unwrap();
    assert_eq!((looking.ball.rho.get(), terrain.fineness), (0.2, Fineness::Full));
    let objective = scene.source().build().objective;
    let ground = grounds::find("surrogate").unwrap();
    for pixel in (0..terrain.field.values.len()).step_by(977) {
        let grid = terrain.field.grid;
        let at = [grid.x(pixel % grid.columns), grid.y(pixel / grid.columns)];
        let height = ground.height(&*objective, ArrayView1::from(&at), looking);
        assert_eq!(terrain.field.values[pixel].to_bits(), height.to_bits());
    }
}

#[test]
fn a_ground_and_arrows_are_part_of_a_scene_and_make_no_run_again() {
    let scene = bowl("ground = \"worst\"\narrows = \"both\"");
    let written = file::write(&scene);
    assert!(written.contains("ground = \"worst\"") && written.contains("arrows = \"both\""));
    let read = file::read(&written).unwrap();
    assert_eq!((read.ground.id, read.arrows), ("worst", Arrows::Both));
    let opening = file::write(&builtin::opening());
    assert!(
        !opening.contains("ground =") && !opening.contains("arrows ="),
        "the usual is not said"
    );
    let mut engine = Engine::in_place();
    engine.ask(&Asked::of(&bowl(""), 0));
    let runs = Arc::clone(engine.comparison().unwrap());
    engine.ask(&Asked::of(&scene, 0));
    assert!(Arc::ptr_eq(&runs, engine.comparison().unwrap()));
}

#[test]
fn a_ground_comes_coarse_first_and_is_dropped_half_made() {
    let scene = |ground: &str| {
        file::read(&format!("landscape = \"himmelblau\"\nsteps = 6\nground = \"{ground}\""))
            .unwrap()
    };
    let (worst, loss) = (scene("worst"), scene("loss"));
    let mut engine = Engine::between_frames();
    let mut turns = 0;
    while engine.product::<Grounds>().is_none() {
        engine.ask(&Asked::of(&worst, 0).on(worst.shown_window()));
        engine.advance(Duration::from_millis(1));
        turns += 1;
        assert!(turns < 1_000_000, "a first ground comes");
    }
    let (_, first) = engine.product::<Grounds>().unwrap().of(1).unwrap();
    assert_eq!(first.fineness, Fineness::Preview);
    engine.ask(&Asked::of(&loss, 0).on(loss.shown_window()));
    assert!(engine.product::<Grounds>().is_none(), "nobody asks for it any more");
}

#[test]
fn arrows_go_down_the_loss_and_as_each_run_steps() {
    let arrows = |kind: &str, run: usize| -> Vec<[[f64; 2]; 2]> {
        let shot = Shot {
            lens: samscope::figure::picture::Sight::Hidden,
            ..Shot::of(&bowl(&format!("arrows = \"{kind}\"")))
        };
        let figure = shot.figure();
        let marks = map(&figure, run).marks.iter();
        let arrows = marks.filter_map(|mark| match mark {
            Mark::Arrow { from, to, pen } if pen.strength < 0.8 => Some([*from, *to]),
            _ => None,
        });
        arrows.collect()
    };
    let objective = bowl("").source().build().objective;
    let descent = arrows("descent", 1);
    assert!(descent.len() > 40, "{}", descent.len());
    for [from, to] in &descent {
        let (_, g) =
            objective.loss_and_gradient(ArrayView1::from(from), samscope::problem::Batch::Whole);
        let way = [to[0] - from[0], to[1] - from[1]];
        let cosine = -(way[0] * g[0] + way[1] * g[1]) / (way[0].hypot(way[1]) * g[0].hypot(g[1]));
        assert!(cosine > 1.0 - 1e-9, "down the loss at {from:?}: {cosine}");
    }
    assert_eq!(arrows("sam", 0), arrows("descent", 0), "descent has nothing else");
    assert_ne!(arrows("sam", 1), descent);
    assert_eq!(arrows("both", 1).len(), 2 * descent.len());
    assert!(!arrows("surrogate", 1).is_empty() && arrows("none", 1).is_empty());
}

#[test]
fn streamlines_of_descent_go_down_the_loss_at_every_step() {
    let scene = bowl("arrows = \"descent_lines\"");
    let mut engine = Engine::in_place();
    engine.follow(|_| Asked::of(&scene, 0).on(scene.shown_window()));
    let (looking, ways) = engine.product::<Slopes>().unwrap().of(1).unwrap();
    assert!(looking.is_none() && ways.slopes.is_empty() && ways.lines.len() > 20);
    let objective = scene.source().build().objective;
    let loss =
        |at: &[f64; 2]| objective.loss(ArrayView1::from(at), samscope::problem::Batch::Whole);
    for line in &ways.lines {
        let rises = line.windows(2).filter(|at| loss(&at[1]) > loss(&at[0])).count();
        assert!(rises <= 1 + line.len() / 20, "few steps may cross the floor of a valley: {rises}");
    }
    let sam = Scene { arrows: Arrows::SamLines, ..scene.clone() };
    engine.follow(|_| Asked::of(&sam, 0).on(sam.shown_window()));
    let (looking, ways) = engine.product::<Slopes>().unwrap().of(1).unwrap();
    assert!(looking.is_some() && !ways.lines.is_empty());
}

#[test]
fn in_a_plane_of_a_network_ground_and_arrows_are_there_too() {
    let network = "data = \"blobs\"\nmodel = \"network\"\npoints = 12\nunits = 2\nsteps = 4\n";
    for ground in grounds::ALL {
        let scene = format!("{network}ground = \"{}\"\narrows = \"surrogate\"", ground.id);
        let scene = file::read(&scene).unwrap();
        let mut engine = Engine::in_place();
        let figure = Shot::of(&scene).made_by(&mut engine);
        let found = engine.product::<Grounds>().and_then(|found| found.of(1));
        assert_eq!(found.is_some(), !ground.is_the_loss(), "{}", ground.id);
        let slopes = engine.product::<Slopes>().unwrap();
        assert!(slopes.of(1).is_some_and(|(_, ways)| ways.slopes.len() > 100));
        if ground.id == "worst" {
            assert!(title(map(&figure, 1)).contains("max L(w + ε) ≥"), "a lower bound");
        }
    }
}

#[test]
fn where_each_start_ends_the_ground_is_the_loss_and_nothing_else_is_said() {
    let scene = bowl("ground = \"surrogate\"\nlayer = \"ends\"");
    let figure = Shot::of(&scene).figure();
    let sam = map(&figure, 1);
    assert!(!title(sam).contains("L(w") && !sam.caption.contains("the ground is"));
}
