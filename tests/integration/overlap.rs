//! No words of a figure cover each other, are cut, small or faint: pairwise over what figures are made of.
//!
//! Any scene meets any size; every other two choices meet in some figure. Figures are laid out, not painted.
#![expect(clippy::unwrap_used, reason = "a scene that cannot be made stops the test")]

use samscope::analysis::gauge::Gauge;
use samscope::analysis::slices;
use samscope::catalog::Choice;
use samscope::engine::Engine;
use samscope::figure::Corner;
use samscope::figure::palette::Theme;
use samscope::figure::picture::{Against, Sight};
use samscope::figure::shot::Shot;
use samscope::optim::moment::Moment;
use samscope::problem::landscapes;
use samscope::scene::keys::{self, Edit};
use samscope::scene::run::Runs;
use samscope::scene::{Scene, Subject, builtin};

use crate::lettered::{LEAST, faults};
use crate::pairwise::pairwise;
use crate::recorder::Recorder;

/// Sizes of sheets, in points: usual ones, and narrow, high, low and wide ones.
const SIZES: [[f64; 2]; 12] = [
    [480.0, 320.0],
    [640.0, 400.0],
    [640.0, 1200.0],
    [800.0, 600.0],
    [900.0, 460.0],
    [1024.0, 768.0],
    [1280.0, 800.0],
    [1440.0, 420.0],
    [1100.0, 1600.0],
    [1920.0, 1080.0],
    [2560.0, 1440.0],
    [3840.0, 2160.0],
];

/// Runs with short and long names, with a mistake, that look around in balls of several kinds, or not.
const RUNS: [&str; 6] = [
    "ascent=none",
    "rho=0.15",
    "base=adam ascent=asam rho=0.5",
    "name=a-name-of-twenty-four-ab rho=0.05",
    "base=momentum rho=0.2 p=inf mistake=unnormalised",
    "base=momentum ascent=none eta=0.01",
];

/// Where lenses are.
const LENSES: [Sight; 4] =
    [Sight::WhereItCoversLeast, Sight::Whole, Sight::Hidden, Sight::In(Corner::TopLeft)];

/// What charts are drawn against.
const AGAINST: [Against; 2] = [Against::Steps, Against::Gradients];

/// Steps of every run.
const STEPS: usize = 12;

fn edits(said: &str) -> Vec<Edit> {
    let edit = |word: &str| {
        let (key, value) = word.split_once('=').unwrap();
        Edit { key: key.to_owned(), value: value.to_owned() }
    };
    said.split_whitespace().map(edit).collect()
}

/// What is minimised: every landscape, or every scene that comes with the program, made small.
fn subjects() -> [Vec<(String, Scene)>; 2] {
    let on = |choice| builtin::opening().on(Subject::Formula(choice));
    let formulas = landscapes::ALL
        .entries
        .iter()
        .map(|entry| (entry.id.to_owned(), on(Choice::new(entry))))
        .collect();
    let named = builtin::names().map(|name| {
        let mut scene = builtin::find(name).unwrap();
        if matches!(name, "network" | "spirals") {
            keys::apply(&mut scene, &edits("points=40 units=3")).unwrap();
        }
        (name.to_owned(), scene)
    });
    [formulas, named.collect()]
}

/// What a figure is made of: the place of each choice among all there are.
type Row = [usize; 9];

/// The figure of a row: what it is of, and what it shows.
fn shot((name, scene): &(String, Scene), row: &Row) -> (String, Shot, Theme) {
    let [_, size, gauge, runs, slice, theme, lens, moment, against] = *row;
    let mut scene = scene.clone();
    keys::apply(&mut scene, &edits(&format!("steps={STEPS}"))).unwrap();
    let of = |k: usize| keys::run(&scene, &edits(RUNS[(slice + k) % RUNS.len()])).unwrap();
    let asked: Vec<keys::Asked> = (0..=runs).map(of).collect();
    scene.runs = Runs::of(asked).unwrap();
    let mut plane = "";
    if matches!(scene.subject, Subject::Fit(_)) {
        plane = slices::ALL.entries[slice].id;
        keys::apply(&mut scene, &edits(&format!("slice={plane}"))).unwrap();
    }
    let against = AGAINST[against];
    let step = [0, STEPS / 2, STEPS][moment];
    let at = match against {
        Against::Steps => Moment::Step(step),
        Against::Gradients => Moment::Gradients(2 * step),
    };
    let (size, gauge, lens) = (SIZES[size], Gauge::ALL[gauge], LENSES[lens]);
    let what = format!(
        "{name} {plane}, {size:?}, {}, {} runs from {slice}, {:?}, {lens:?}, {at:?}",
        gauge.id(),
        runs + 1,
        Theme::ALL[theme],
    );
    (what, Shot { size, gauge, lens, at, against, ..Shot::of(&scene) }, Theme::ALL[theme])
}

#[track_caller]
fn assert_legible(subjects: &[(String, Scene)]) {
    let levels = [
        subjects.len(),
        SIZES.len(),
        Gauge::ALL.len(),
        RUNS.len(),
        slices::ALL.entries.len(),
        Theme::ALL.len(),
        LENSES.len(),
        3,
        AGAINST.len(),
    ];
    let mut rows = pairwise(levels);
    // Again with every other level beside the same scene and size: then some of all triples are seen too.
    let beside = |row: &Row| {
        let next = |k: usize| if k < 2 { row[k] } else { (row[k] + 1 + k % 2) % levels[k] };
        std::array::from_fn(next)
    };
    let others: Vec<Row> = rows.iter().filter(|row| row[1] % 4 != 3).map(beside).collect();
    rows.extend(others);
    // What follows from the same runs is computed once.
    rows.sort_by_key(|row| (row[0], row[3], row[4]));
    let mut engine = Engine::in_place();
    let mut found = Vec::new();
    for row in &rows {
        let (what, shot, theme) = shot(&subjects[row[0]], row);
        let figure = shot.made_by(&mut engine);
        let lettered = Recorder::of(&figure, theme);
        assert!(lettered.len() > 10, "{what}: a figure has words");
        let faults = faults(&lettered, shot.size, LEAST);
        found.extend(faults.into_iter().map(|fault| format!("{what}: {fault}")));
    }
    let count = found.len();
    found.truncate(40);
    assert!(count == 0, "{count} faults in {} figures:\n{}", rows.len(), found.join("\n"));
}

#[test]
fn no_words_of_figures_of_formulas_meet_or_are_cut_or_small_or_faint() {
    let [formulas, _] = subjects();
    assert_legible(&formulas);
}

#[test]
fn no_words_of_figures_of_scenes_meet_or_are_cut_or_small_or_faint() {
    let [_, scenes] = subjects();
    assert_legible(&scenes);
}

/// Figures for papers, slides and posters: their sizes in points, and their parts.
const LAID: [([f64; 2], &str); 6] = [
    ([376.0, 560.0], "maps,sentence,legend"),
    ([376.0, 300.0], "maps"),
    ([376.0, 420.0], "charts"),
    ([752.0, 460.0], "maps,charts,sentence,legend"),
    ([752.0, 420.0], "title,maps,charts,sentence,legend"),
    ([560.0, 460.0], "maps,data,readings,legend"),
];

#[test]
fn no_words_of_figures_of_chosen_parts_meet_or_are_cut_or_small_or_faint() {
    let mut found = Vec::new();
    for name in ["opening", "bounce", "network"] {
        let mut scene = builtin::find(name).unwrap();
        let small = if name == "network" { "points=40 units=3 steps=12" } else { "steps=12" };
        keys::apply(&mut scene, &edits(small)).unwrap();
        let mut engine = Engine::in_place();
        for (size, panels) in LAID {
            let shot = Shot { size, panels: panels.parse().unwrap(), ..Shot::of(&scene) };
            let figure = shot.made_by(&mut engine);
            let lettered = Recorder::of(&figure, Theme::Grey);
            let faults = faults(&lettered, size, LEAST);
            found.extend(faults.into_iter().map(|it| format!("{name} {size:?} {panels}: {it}")));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_words_of_maps_with_grounds_and_arrows_meet_or_are_cut_or_small_or_faint() {
    let grounds = ["ground=surrogate arrows=both", "ground=angle arrows=surrogate", "ground=worst"];
    let mut found = Vec::new();
    for said in grounds {
        for first in 0..RUNS.len() {
            let landscape = landscapes::ALL.choose("himmelblau").unwrap();
            let mut scene = builtin::opening().on(Subject::Formula(landscape));
            keys::apply(&mut scene, &edits(&format!("steps={STEPS} {said}"))).unwrap();
            let of = |k: usize| keys::run(&scene, &edits(RUNS[(first + k) % RUNS.len()])).unwrap();
            scene.runs = Runs::of((0..=first % 3).map(of).collect::<Vec<_>>()).unwrap();
            let mut engine = Engine::in_place();
            for size in SIZES.into_iter().skip(first % 2).step_by(2) {
                let shot = Shot { size, ..Shot::of(&scene) };
                let lettered = Recorder::of(&shot.made_by(&mut engine), Theme::Light);
                let faults = faults(&lettered, size, LEAST);
                found.extend(faults.into_iter().map(|it| format!("{said} {first} {size:?}: {it}")));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_words_of_maps_in_relief_meet_or_are_cut_or_small_or_faint() {
    let mut found = Vec::new();
    for (k, turn) in ["30,35", "0,90", "120,12", "275,50", "200,20", "90,30"].iter().enumerate() {
        for name in ["himmelblau", "rosenbrock"] {
            let landscape = landscapes::ALL.choose(name).unwrap();
            let mut scene = builtin::opening().on(Subject::Formula(landscape));
            let said = format!("steps={STEPS} view=relief turn={turn}");
            keys::apply(&mut scene, &edits(&said)).unwrap();
            let of = |run: usize| keys::run(&scene, &edits(RUNS[(k + run) % RUNS.len()])).unwrap();
            scene.runs = Runs::of((0..=k).map(of).collect::<Vec<_>>()).unwrap();
            let mut engine = Engine::in_place();
            for size in SIZES.into_iter().skip(k % 4).step_by(4) {
                let shot = Shot { size, ..Shot::of(&scene) };
                let lettered = Recorder::of(&shot.made_by(&mut engine), Theme::Light);
                // What charts say is the same whichever way maps are seen.
                let faults = faults(&lettered, size, LEAST);
                let faults = faults.into_iter().filter(|it| !it.starts_with("sharpness"));
                found.extend(faults.map(|it| format!("{name} {turn} {size:?}: {it}")));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
