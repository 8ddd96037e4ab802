//! "Why?": every sentence is true of its own rerun, and the nearest ρ that makes a difference is where it is said to be.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::sync::Arc;

use clap::Parser as _;
use rayon::prelude::*;
use samscope::analysis::outcome::{Ending, Name, Outcome};
use samscope::analysis::survey::Survey;
use samscope::cli::{Cli, Wish};
use samscope::engine::products::outcomes::Outcomes;
use samscope::engine::{Asked, Engine};
use samscope::figure::because::{Because, because};
use samscope::figure::numerals::short;
use samscope::math::norm::Radius;
use samscope::scene::number::Steps;
use samscope::scene::{Scene, builtin, file};
use samscope::why::{Change, Difference, End, Ingredient, Inquiry, Why, is_one_minimum, tolerance};

use super::random_scenes;

/// Random scenes that are asked about; more with `SAMSCOPE_WHY_SCENES`.
const SCENES: u64 = 6;
/// Steps of their runs: enough to end somewhere.
const STEPS: usize = 60;

fn inquired(scene: &Scene, place: usize) -> Why {
    let problem = scene.source().build();
    let basins = (problem.objective.dimension() == 2)
        .then(|| Arc::new(Survey::of(Arc::clone(&problem.objective), scene.subject.view().window)));
    Inquiry::new(scene, &problem, basins, place).to_end(|_| ()).expect("an inquiry has an end")
}

/// How the runs of `scene` end, found by the program's own way to them.
fn ends(scene: &Scene) -> Vec<Outcome> {
    let mut engine = Engine::in_place();
    engine.follow(|_| Asked { outcomes: true, ..Asked::of(scene, scene.steps.get()) });
    engine.product::<Outcomes>().expect("runs end").runs.clone()
}

/// What a sentence says of a run at its end is so of `outcome`; what it says in other words is looked at elsewhere.
fn is_true(text: &str, outcome: &Outcome) {
    let travel = outcome.travel.as_ref();
    let home = travel.and_then(|travel| Some((travel.start?, travel.end?)));
    let stays = home.is_some_and(|(start, end)| {
        is_one_minimum(start.at, end.at) || (start.name == Name::Floor && end.name == Name::Floor)
    });
    let ending = outcome.ending;
    let claims = [
        ("it stays.", stays),
        ("it leaves.", home.is_some() && !stays),
        ("it diverges.", matches!(ending, Ending::Diverged { .. })),
        ("it comes to rest.", matches!(ending, Ending::Rest { .. })),
        ("it rattles for ever.", matches!(ending, Ending::Cycle { .. })),
        ("it is still on its way.", ending == Ending::Moving),
        ("it stalls.", matches!(ending, Ending::Stalled { .. })),
    ];
    for (words, holds) in claims {
        assert!(holds || !text.ends_with(words), "{text} {outcome:?}");
    }
    // Numbers of more weights are those of the rerun.
    let numbers = [("λₘₐₓ = ", outcome.lambda_max), ("L = ", Some(outcome.loss))];
    for (symbol, value) in numbers.into_iter().filter(|_| outcome.travel.is_none()) {
        let told = value.map(|value| format!("{symbol}{}", short(value, 3)));
        let is_told = told.is_some_and(|told| text.contains(&told));
        assert!(is_told || !text.contains(symbol), "{text} {outcome:?}");
    }
}

/// Every finding of `why` is that of the scene that it opens.
fn holds(why: &Why) {
    let own = End::of(&why.outcome);
    let said = because(why);
    let opened = |change: &Change, outcome: &Outcome, difference: Difference| {
        let scene = change.beside(&why.scene, why.place);
        let written = file::read(&file::write(&scene)).unwrap();
        assert_eq!(written, scene, "the scene of {:?} can be saved", change.ingredient);
        let ends = ends(&scene);
        // One minimum may be found from two sides, with other last digits.
        let found = [&ends[0], &ends[1]].map(End::of);
        assert_eq!(found[0].difference(&own), Difference::None, "the run as it is");
        if let Some(line) = said.lines.iter().find(|line| line.change == *change) {
            is_true(&line.text, &ends[1]);
        }
        let other = found[1].difference(&End::of(outcome));
        let told = file::write(&scene);
        assert_eq!(other, Difference::None, "{found:?} and {outcome:?}\n{told}");
        assert_eq!(own.difference(&End::of(&ends[1])), difference, "{:?}", change.ingredient);
    };
    for finding in &why.findings {
        // Of twenty seeds three are enough here.
        for case in finding.cases.iter().step_by(7) {
            opened(&case.change, &case.outcome, case.difference);
        }
        let count = finding.cases.len();
        assert_eq!(count, if finding.ingredient == Ingredient::RandomEpsilon { 20 } else { 1 });
        // What makes a difference has a sentence, and what makes none is named among the others.
        let has_line = said.lines.iter().any(|line| line.change.ingredient == finding.ingredient);
        let differs = finding.difference() != Difference::None || count > 1;
        assert_eq!(has_line, differs, "{:?}", finding.ingredient);
    }
    let Some(nearest) = &why.nearest else { return };
    let of = |rho: Radius| {
        ends(&Change::of_rho(&why.scene, why.place, rho).beside(&why.scene, why.place))
    };
    let rho = why.scene.spec(why.place).ball.rho.get();
    let apart = (nearest.same.get() - nearest.flips.get()).abs();
    assert!(apart <= tolerance(rho), "{apart:e} apart");
    let flips = &of(nearest.flips)[1];
    assert_eq!(own.difference(&End::of(flips)), nearest.difference, "beyond it it ends otherwise");
    assert!(nearest.difference != Difference::None);
    let same = own.difference(&End::of(&of(nearest.same)[1]));
    assert!(same < nearest.difference, "before it ends the same: {same:?}");
    let (outer, outcome) = &nearest.outer;
    let on_the_grid = End::of(&of(*outer)[1]).difference(&End::of(outcome));
    assert_eq!(on_the_grid, Difference::None, "the end on the grid");
    if let Some((until, outcome)) = &nearest.until {
        let between = (until.get() - nearest.flips.get()) * (nearest.flips.get() - rho);
        assert!(between > 0.0, "a band goes on outward");
        let beyond = own.difference(&End::of(&of(*until)[1]));
        assert_eq!(beyond, own.difference(&End::of(outcome)));
        assert!(beyond >= nearest.difference, "beyond the band it ends otherwise");
    }
}

fn said_of_opening(run: usize) -> (Why, Because) {
    let why = inquired(&builtin::opening(), run);
    let said = because(&why);
    (why, said)
}

#[test]
fn sam_leaves_the_cliques_basin_because_it_looks_uphill() {
    let (why, said) = said_of_opening(1);
    holds(&why);
    assert_eq!(
        said.lines[0].text,
        "It leaves because it looks uphill: with random directions of the same length it stays, 18 of 20."
    );
    let texts: Vec<&str> = said.lines.iter().map(|line| &*line.text).collect();
    for expected in
        ["Without ε it stays.", "Stepping with g instead of the gradient at w + ε it stays."]
    {
        assert!(texts.contains(&expected), "{texts:#?}");
    }
}

#[test]
fn the_opening_scene_flips_between_0_0778_and_0_078() {
    let (why, said) = said_of_opening(1);
    let nearest = why.nearest.as_ref().expect("SAM stays with a smaller ρ");
    assert!(0.0778 < nearest.flips.get() && nearest.same.get() < 0.078, "{nearest:?}");
    let line = said.lines.iter().find(|line| line.change.ingredient == Ingredient::Rho).unwrap();
    assert!(line.text.starts_with("Down to ρ = 0.0779"), "{}", line.text);
    assert!(line.text.ends_with("it stays, in 200 steps."), "{}", line.text);
}

#[test]
fn a_run_that_does_not_look_around_is_asked_what_sam_would_do() {
    let (why, said) = said_of_opening(0);
    holds(&why);
    assert!(why.nearest.is_none());
    let line = &said.lines[0];
    assert_eq!(line.change.ingredient, Ingredient::WithSam);
    assert!(line.text.ends_with("it leaves."), "{}", line.text);
}

#[test]
fn of_random_directions_all_are_told_and_most_first() {
    for landscape in ["rastrigin", "ackley", "himmelblau", "levy", "six_hump_camel", "beale"] {
        let scene = file::read(&format!("landscape = \"{landscape}\"\nsteps = 120\nrho = 0.3"));
        let why = inquired(&scene.unwrap(), 1);
        let said = because(&why);
        let line = said.lines.iter().find(|it| it.change.ingredient == Ingredient::RandomEpsilon);
        let text = &line.unwrap().text;
        // "… in 13 of 20, … in 4, and … in 3."
        let number = |rest: &str| rest.split([' ', ',', '.']).next()?.parse::<usize>().ok();
        let counts: Vec<usize> = text.split(" in ").filter_map(number).collect();
        if !counts.is_empty() {
            assert_eq!(counts.iter().sum::<usize>(), 20, "{text}");
            assert!(counts.len() < 2 || counts[1] <= counts[0], "{text}");
        }
    }
}

#[test]
fn a_run_that_no_step_moves_is_held_by_nothing() {
    let scene = file::read("eta = 0\nsteps = 60").unwrap();
    let why = inquired(&scene, 1);
    holds(&why);
    let said = because(&why);
    let texts = said.lines.iter().map(|line| &line.text).chain([&said.end, &said.same]);
    for text in texts {
        assert!(!text.contains("saddle"), "{text}");
    }
}

#[test]
fn a_mistake_is_the_first_suspect() {
    let scene =
        file::read("[[run]]\n[[run]]\nname = \"wrong\"\nmistake = \"reversed\"\nascent = \"sam\"");
    let why = inquired(&scene.unwrap(), 1);
    holds(&why);
    let said = because(&why);
    assert_eq!(said.lines[0].text, "Without the mistake (ε reversed) it leaves.");
}

#[test]
fn a_network_ends_sharper_without_epsilon() {
    let mut scene = builtin::find("network").unwrap();
    scene.steps = Steps::new(60).unwrap();
    // A grid of ρ over a network takes its time: only the changes are looked at.
    let problem = scene.source().build();
    let mut inquiry = Inquiry::new(&scene, &problem, None, 1);
    let why = loop {
        inquiry.advance();
        if let Some(why) = inquiry.so_far() {
            break why.clone();
        }
    };
    holds(&why);
    assert!(!because(&why).end.is_empty());
}

#[test]
fn sentences_about_random_scenes_are_true_of_their_reruns() {
    let scenes = std::env::var("SAMSCOPE_WHY_SCENES").ok().and_then(|text| text.parse().ok());
    (0..scenes.unwrap_or(SCENES)).into_par_iter().for_each(|number| {
        let mut scene = random_scenes::scene(number);
        if scene.subject.dimension() > 60 {
            return;
        }
        scene.steps = Steps::new(STEPS).unwrap();
        scene.runs.show_all();
        let why = inquired(&scene, scene.runs.len() - 1);
        holds(&why);
    });
}

/// The commands that a page of `samscope why` prints.
fn commands(page: &str) -> Vec<Vec<String>> {
    let lines = page.lines().filter_map(|line| line.strip_prefix("    samscope "));
    lines.map(words).collect()
}

/// A line as a shell takes it apart; single quotes only.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words
}

fn wish(words: &[String]) -> Wish {
    let cli = Cli::try_parse_from(["samscope".to_owned()].iter().chain(words)).unwrap();
    match cli.command {
        Some(samscope::cli::Command::Render(render)) => render.wish,
        other => panic!("{other:?} draws nothing"),
    }
}

#[test]
fn the_command_line_says_why_and_prints_what_draws_each_rerun() {
    let out = std::process::Command::new(env!("CARGO_BIN_EXE_samscope"))
        .args(["why", "opening", "--set", "steps=150", "--run-name", "sam"])
        .output()
        .unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let page = String::from_utf8(out.stdout).unwrap();
    assert!(page.starts_with("SAM: "), "{page}");
    assert!(page.contains("It leaves because it looks uphill"), "{page}");
    let commands = commands(&page);
    assert!(commands.len() >= 4, "{page}");
    let mut opening = builtin::opening();
    opening.steps = Steps::new(150).unwrap();
    let why = inquired(&opening, 1);
    let said = because(&why);
    assert_eq!(commands.len(), said.lines.len());
    for (command, line) in commands.iter().zip(&said.lines) {
        let scene = wish(command).scene().unwrap();
        assert_eq!(scene, line.change.beside(&opening, 1), "{command:?}");
        assert!(page.contains(&line.text));
    }
}

#[test]
fn an_unknown_run_is_answered_with_those_that_there_are() {
    let out = std::process::Command::new(env!("CARGO_BIN_EXE_samscope"))
        .args(["why", "--run-name", "sgd"])
        .output()
        .unwrap();
    assert_eq!(out.status.code(), Some(2));
    let said = String::from_utf8(out.stderr).unwrap();
    assert!(said.contains("the scene has no run \"sgd\"; it has base, sam"), "{said}");
}
