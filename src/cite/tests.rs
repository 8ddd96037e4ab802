use super::*;
use crate::engine::Engine;
use crate::figure::panels::{Maps, Panel, Panels};
use crate::figure::picture::Picture;
use crate::figure::shot::Shot;
use crate::scene::{builtin, file};
use biblatex::ChunksExt as _;

fn keys(text: &str) -> Vec<&'static str> {
    let scene = file::read(text).unwrap();
    Cited::of(&scene).all().into_iter().map(|work| work.key.as_str()).collect()
}

#[test]
fn a_scene_cites_what_it_minimises_and_what_its_runs_are_made_with() {
    assert_eq!(
        keys("landscape = \"rosenbrock\"\nbase = \"adam\"\nascent = \"asam\""),
        ["rosenbrock1960automatic", "kingma2015adam", "kwon2021asam"]
    );
    assert_eq!(
        keys(
            "landscape = \"beale\"\n[[run]]\nascent = \"none\"\n[[run]]\nascent = \"none\"\n[[run.then]]\nat = 20\nascent = \"gsam\""
        ),
        ["beale1958iterative", "robbins1951stochastic", "zhuang2022surrogate"]
    );
}

#[test]
fn a_composed_ascent_cites_its_parts_and_a_named_cell_its_paper() {
    let composed = |parts: &str| {
        keys(&format!("formula = \"x^2 + y^2\"\nascent = \"composed\"\n{parts}\n[[run]]"))
    };
    assert_eq!(composed(""), ["robbins1951stochastic", "foret2021sharpness"]);
    let found = composed("direction = \"momentum\"\nradius = \"surface\"\nstep = \"mixed\"");
    for key in ["becker2024momentum", "jacobsen2025monge", "zhao2022penalizing"] {
        assert!(found.contains(&key), "{key}: {found:?}");
    }
}

#[test]
fn nothing_of_ones_own_is_cited_and_what_is_looked_at_only_where_it_is_asked_for() {
    let own = "formula = \"x^2 + 3y^2\"\n[[run]]\nascent = \"none\"";
    assert_eq!(keys(own), ["robbins1951stochastic"]);
    let asked = "formula = \"(x*y - 1)^2\"\nmeasure = \"balance\"\n[[run]]\nascent = \"none\"";
    assert_eq!(keys(asked), ["robbins1951stochastic", "li2024implicit"]);
    let ground = "formula = \"x^2 + 3y^2\"\nground = \"penalised\"\n[[run]]\nascent = \"sam\"";
    assert_eq!(keys(ground), ["robbins1951stochastic", "foret2021sharpness", "zhao2022penalizing"]);
}

#[test]
fn a_hidden_run_is_not_drawn_and_so_not_cited() {
    let mut scene = file::read("landscape = \"beale\"\nascent = \"looksam\"").unwrap();
    assert!(Cited::of(&scene).all().contains(&bibliography::work("liu2022towards").unwrap()));
    scene.runs.hide(1);
    assert!(!Cited::of(&scene).all().contains(&bibliography::work("liu2022towards").unwrap()));
}

#[test]
fn the_scene_of_a_paper_cites_the_paper_also_when_its_numbers_are_changed() {
    for (name, paper) in paper::builtin::all() {
        let expected = by_arxiv(&paper.source);
        assert_eq!(expected.is_some(), paper.source.contains("arXiv"), "{name}: {}", paper.source);
        let mut scene = paper.scene.clone();
        scene.seed += 1;
        if let Some(work) = expected {
            assert!(Cited::of(&scene).all().contains(&work), "{name} cites {}", work.key);
        }
    }
}

#[test]
fn the_list_has_each_work_once_by_its_key_and_samscope_first() {
    let scenes: Vec<_> = builtin::names().map(|name| builtin::find(name).unwrap()).collect();
    let list = bibtex(&scenes);
    let parsed = biblatex::Bibliography::parse(&list).unwrap();
    let keys: Vec<&str> = parsed.keys().collect();
    assert_eq!(keys[0], SAMSCOPE);
    assert!(keys[1..].is_sorted() && keys.len() > 10, "{keys:?}");
    assert_eq!(keys.len(), list.matches("\n@").count() + 1);
    let version = parsed.get(SAMSCOPE).unwrap().get("version").unwrap();
    assert_eq!(version.format_verbatim(), env!("CARGO_PKG_VERSION"));
    assert_eq!(list, bibtex(&scenes));
    let twice: Vec<_> = scenes.iter().chain(&scenes).cloned().collect();
    assert_eq!(list, bibtex(&twice));
}

/// The caption of a scene, in one line, as it would stand in LaTeX.
fn caption(text: &str) -> String {
    caption_of(&Shot::of(&file::read(text).unwrap()))
}

fn caption_of(shot: &Shot) -> String {
    let mut engine = Engine::in_place();
    let look = shot.seen_by(&mut engine);
    let layout = shot.layout();
    let setting =
        companion::Setting { file: "f.pdf", stem: "f", width: 85.0, is_wide: false, layout };
    setting.tex(&Picture::of(&shot.scene, &engine, look))
}

#[test]
fn a_caption_says_all_that_is_needed_to_make_it_again() {
    let said = caption(
        "landscape = \"quadratic\"\ncurvature1 = 20\nl2 = 0.01\n\
         [[run]]\nascent = \"none\"\nbase = \"momentum\"\nmomentum = 0.8\neta = 0.05\n\
         [[run]]\nbase = \"momentum\"\nweight_decay = 0.1\neta = 0.1\nstart = [0.5, 0.25]\nclip = 2\n\
         [[run]]\nascent = \"n_step\"\nn = 3\neta_schedule = \"step\"\neta_every = 30",
    );
    for words in [
        "$\\lambda_{1} = 20$",
        "L2 penalty",
        "momentum $\\beta = 0.8$",
        "$\\eta = 0.05$",
        "momentum $\\beta = 0.9$",
        "weight decay 0.1",
        "$\\eta = 0.1$",
        "from (0.5,",
        "clipped to 2",
        "ascent steps $n = 3$",
        "every 30 steps",
    ] {
        assert!(said.contains(words), "{words} is not in {said}");
    }
}

#[test]
fn a_caption_says_what_its_maps_show_where_it_has_any() {
    let scene = |text: &str| Shot { size: [480.0, 320.0], ..Shot::of(&file::read(text).unwrap()) };
    let plain = scene("landscape = \"saddle\"\nsteps = 20");
    let said = caption_of(&plain);
    let window = plain.scene.shown_window();
    assert!(said.contains("The maps show x from") && window.x[0] < 0.0, "{said}");
    assert!(!said.contains("coloured") && !said.contains("arrows"), "{said}");
    let one = Shot { maps: Maps::Overlaid, ..plain.clone() };
    assert!(caption_of(&one).contains("The map shows"));
    let charts = Shot { panels: Panels::of(&[Panel::Charts]), ..plain };
    assert!(!caption_of(&charts).contains("map"), "{}", caption_of(&charts));
    let all = scene(
        "landscape = \"saddle\"\nsteps = 20\nground = \"penalised\"\narrows = \"both\"\n\
         view = \"relief\"\nturn = \"30,40\"",
    );
    let said = caption_of(&all);
    for words in
        ["as ground", "arrows: down the loss and as SAM steps", "40", "30", "to the right of up"]
    {
        assert!(said.contains(words), "{words} in {said}");
    }
    let ends = scene("landscape = \"saddle\"\nsteps = 20\nlayer = \"ends\"");
    assert!(caption_of(&ends).contains("coloured by where a run from each start ends"));
}

#[test]
fn what_is_cited_for_how_it_is_drawn_is_drawn() {
    let text = "landscape = \"beale\"\nmeasure = \"balance\"\nground = \"penalised\"";
    let scene = file::read(text).unwrap();
    let keys = |panels: &[Panel]| {
        let looks = Cited::of_figure(&scene, Panels::of(panels)).looks;
        looks.into_iter().map(|work| work.key.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(keys(&[Panel::Maps]), ["zhao2022penalizing"]);
    assert_eq!(keys(&[Panel::Charts]), ["li2024implicit"]);
    assert_eq!(keys(&[Panel::Maps, Panel::Charts]).len(), 2);
}

#[test]
fn what_all_runs_share_is_said_once() {
    let said = caption("landscape = \"beale\"\nbase = \"adam\"\neta = 0.02");
    for words in ["0.02", "0.999", "from ("] {
        assert_eq!(said.matches(words).count(), 1, "{words} in {said}");
    }
}
