//! Everything that is listed can be had: by its key, from a file, and by reading `samscope list`.
//!
//! Menus of the window are made from the same catalogues.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::process::Command;

use samscope::analysis::slices;
use samscope::catalog::{Catalog, Choice, Entry, Setting, Value};
use samscope::optim::{ascent, base, mistake, schedule};
use samscope::problem::datasets::{self, Dataset};
use samscope::problem::{landscapes, losses, models};
use samscope::scene::keys::{self, BadEdit, Edit};
use samscope::scene::{Fit, Scene, Subject, builtin, file};

fn edit(key: &str, value: impl Into<String>) -> Edit {
    Edit { key: key.to_owned(), value: value.into() }
}

/// The opening scene with these wishes granted.
fn granted(edits: &[Edit]) -> Result<Scene, BadEdit> {
    let mut scene = builtin::opening();
    keys::apply(&mut scene, edits).map(|()| scene)
}

#[track_caller]
fn survives_a_file(scene: &Scene) {
    assert_eq!(file::read(&file::write(scene)).as_ref(), Ok(scene), "{}", file::write(scene));
}

/// One member of a family, whatever the family.
struct Member {
    /// The key that chooses it.
    key: &'static str,
    id: &'static str,
    settings: &'static [Setting],
}

impl Member {
    /// What must be asked for to have it: itself, and data that it fits where not all do.
    fn choose(&self) -> Vec<Edit> {
        let fits = |data: &&'static Entry<dyn Dataset>| {
            let data = Choice::new(data).build();
            match self.key {
                "model" => models::fitting(&*data).any(|model| model.id == self.id),
                "loss" => losses::fitting(data.task()).any(|loss| loss.id == self.id),
                _ => false,
            }
        };
        let data = datasets::ALL.entries.iter().copied().find(fits);
        let data = data.map(|data| edit("data", data.id));
        data.into_iter().chain([edit(self.key, self.id)]).collect()
    }

    /// The key of a setting: its own, or with the prefix of the schedule it belongs to.
    fn key_of(&self, setting: &Setting) -> String {
        match self.key {
            "eta_schedule" => format!("eta_{}", setting.key),
            "rho_schedule" => format!("rho_{}", setting.key),
            _ => setting.key.to_owned(),
        }
    }

    /// Values that a setting does not have by itself, as they are typed.
    fn others(setting: &Setting) -> Vec<(Value, String)> {
        let ends = setting.ends().into_iter().filter(|end| *end != setting.default());
        ends.map(|end| (end.clone(), end.to_string())).collect()
    }

    fn is_chosen(&self, scene: &Scene) -> bool {
        let fit = match &scene.subject {
            Subject::Fit(fit) => Some(fit),
            Subject::Formula(_) => None,
        };
        let now = match (self.key, &scene.subject) {
            ("landscape", Subject::Formula(landscape)) => landscape.id(),
            ("data", _) => fit.unwrap().data.id(),
            ("model", _) => fit.unwrap().model.id(),
            ("loss", _) => fit.unwrap().loss.id(),
            ("base", _) => scene.shared.base.id(),
            ("ascent", _) => scene.shared.ascent.id(),
            ("mistake", _) => scene.shared.mistake.id(),
            ("slice", _) => scene.slice.id(),
            ("eta_schedule", _) => scene.shared.eta_schedule.id(),
            ("rho_schedule", _) => scene.shared.rho_schedule.id(),
            _ => panic!("{} chooses from no family", self.key),
        };
        now == self.id
    }
}

fn everyone() -> Vec<Member> {
    fn of<T: ?Sized>(key: &'static str, catalog: &Catalog<T>) -> Vec<Member> {
        let member =
            |entry: &&'static Entry<T>| Member { key, id: entry.id, settings: entry.settings };
        catalog.entries.iter().map(member).collect()
    }
    [
        of("landscape", &landscapes::ALL),
        of("data", &datasets::ALL),
        of("model", &models::ALL),
        of("loss", &losses::ALL),
        of("base", &base::ALL),
        of("ascent", &ascent::ALL),
        of("mistake", &mistake::ALL),
        of("slice", &slices::ALL),
        of("eta_schedule", &schedule::ALL),
        of("rho_schedule", &schedule::ALL),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[track_caller]
fn value(scene: &Scene, key: &str) -> Value {
    let parameters = keys::parameters(scene);
    let found = parameters.iter().find(|parameter| parameter.key == key);
    found.unwrap_or_else(|| panic!("the scene has no {key}")).value.clone()
}

#[test]
fn every_member_is_chosen_by_its_id_and_comes_back_from_a_file() {
    for member in everyone() {
        let scene = granted(&member.choose()).unwrap();
        assert!(member.is_chosen(&scene), "{}={}", member.key, member.id);
        survives_a_file(&scene);
    }
}

#[test]
fn every_setting_of_every_member_is_set_by_its_key_alone_and_with_the_others() {
    for member in everyone() {
        let mut all = member.choose();
        for setting in member.settings {
            let key = member.key_of(setting);
            for (end, typed) in Member::others(setting) {
                let scene = granted(&[member.choose(), vec![edit(&key, &typed)]].concat()).unwrap();
                assert_eq!(value(&scene, &key), end, "{}: {key}={typed}", member.id);
                survives_a_file(&scene);
            }
            let (_, typed) = Member::others(setting).pop().unwrap();
            all.push(edit(&key, typed));
        }
        let scene = granted(&all).unwrap();
        assert!(member.is_chosen(&scene), "{}={}", member.key, member.id);
        survives_a_file(&scene);
    }
}

#[test]
fn every_key_of_a_scene_is_accepted_and_comes_back_from_a_file() {
    for (key, _) in keys::KEYS {
        let typed = match *key {
            "seed_data" => "3",
            "data_points" => "0,0.5\n1,2\n2,3",
            // Keys that say how a file is read are nothing without one: tests/integration/points.rs.
            own if own.starts_with("data_") => continue,
            "landscape" => "himmelblau",
            "formula" => "x^2 + 3|y|",
            "data" => "moons",
            "model" => "polynomial",
            "loss" => "huber",
            "base" => "adamw",
            "ascent" => "gsam",
            "mistake" => "reversed",
            "eta" => "0.0123",
            "rho" => "0.456",
            "p" => "inf",
            "steps" => "17",
            "seed" => "18446744073709551615",
            "seed_batches" => "18446744073709551614",
            "seed_ascent" => "5",
            "l2" => "0.25",
            "test" => "0.3",
            "batch" => "7",
            "order" => "sequential",
            "eta_schedule" => "cosine",
            "rho_schedule" => "warm_up",
            "clip" => "1.5",
            "clip_where" => "before",
            "start" => "0.125,-3e-7",
            "window" => "-1,2,-3,4.5",
            "slice" => "eigenvectors",
            "measure" => "trace",
            "layer" => "ends",
            "ground" => "surrogate",
            "arrows" => "both",
            "view" => "relief",
            "turn" => "210,55.5",
            "log" => "loss, trace",
            "linear" => "proxy",
            "about" => "Look at \"this\", try that.",
            "title" => "A title of \"my\" own",
            _ => panic!("say here what {key} might be"),
        };
        let scene = granted(&[edit(key, typed)]).unwrap();
        assert_ne!(scene, builtin::opening(), "{key}={typed} changes something");
        survives_a_file(&scene);
    }
}

fn listed() -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_samscope")).arg("list").output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// The lines of the list that are about `member`: its own, and those below it.
fn about<'a>(list: &'a str, member: &Member) -> Vec<&'a str> {
    let is_heading = |line: &&str| !line.is_empty() && !line.starts_with(' ');
    let family = list.lines().skip_while(|line| {
        let said = line.rsplit_once('(').map_or("", |(_, said)| said.trim_end_matches("=…)"));
        !(is_heading(line) && said.split(", ").any(|key| key == member.key))
    });
    let below = family.skip(1).take_while(|line| !is_heading(line));
    let mut own = below.skip_while(|line| line.split_whitespace().next() != Some(member.id));
    let first = own.next().into_iter();
    first.chain(own.take_while(|line| line.starts_with("      "))).collect()
}

#[test]
fn every_member_is_listed_with_its_settings() {
    let list = listed();
    for member in everyone() {
        let lines = about(&list, &member);
        assert!(!lines.is_empty(), "{}={} is not listed", member.key, member.id);
        for setting in member.settings {
            let named = |line: &&&str| line.split_whitespace().next() == Some(setting.key);
            assert!(
                lines.iter().skip(1).any(|line| named(&line)),
                "{}: {}",
                member.id,
                setting.key
            );
        }
    }
    for (key, takes) in keys::KEYS {
        let named = |line: &str| line.trim_start().starts_with(key) && line.ends_with(takes);
        assert!(list.lines().any(named), "{key} is not listed");
    }
}

#[test]
fn the_list_says_for_which_ascents_there_is_no_norm() {
    let list = listed();
    for member in everyone().iter().filter(|member| member.key == "ascent") {
        let ignored = ascent::ALL.choose(member.id).unwrap().build();
        let ignored = !ignored.has_neighbourhood();
        let said = about(&list, member).iter().any(|line| line.contains("p plays no part"));
        assert_eq!(said, ignored, "{}", member.id);
    }
}

#[test]
fn a_norm_is_accepted_where_it_plays_no_part_in_the_ascent() {
    // It still shapes the proxy, and comes into play with the next ascent that is chosen.
    let scene = granted(&[edit("ascent", "unnormalised"), edit("p", "inf")]).unwrap();
    assert!(scene.shared.ball.norm.p().is_infinite());
    survives_a_file(&scene);
}

fn fit(scene: &Scene) -> &Fit {
    match &scene.subject {
        Subject::Fit(fit) => fit,
        Subject::Formula(_) => panic!("{} is no fit", scene.heading()),
    }
}

#[test]
fn a_model_is_judged_by_the_data_as_they_are_asked_for() {
    let line = [edit("data", "linear_task"), edit("model", "line"), edit("dimension", "1")];
    let scene = granted(&line).unwrap();
    assert_eq!(fit(&scene).model.id(), "line");
    survives_a_file(&scene);
    let line = [edit("data", "linear_task"), edit("model", "line"), edit("dimension", "3")];
    assert!(matches!(granted(&line), Err(BadEdit::DoesNotFit { id: "line", .. })));
}

#[test]
fn data_that_outgrow_their_model_get_another_and_forget_the_start() {
    let line = [edit("data", "linear_task"), edit("model", "line"), edit("dimension", "1")];
    let mut scene = granted(&line).unwrap();
    keys::apply(&mut scene, &[edit("start", "0.5,0.5")]).unwrap();
    // As the window does it: a slider changes the data alone.
    let mut by_hand = scene.clone();
    if let Subject::Fit(fit) = &mut by_hand.subject {
        assert_eq!(fit.data.set("dimension", 3.0), Ok(true));
    }
    keys::settle(&mut by_hand);
    keys::apply(&mut scene, &[edit("dimension", "3")]).unwrap();
    assert_eq!(scene, by_hand);
    assert_eq!(fit(&scene).model.id(), "linear");
    assert_eq!(scene.shared.start, None);
    assert_eq!(scene.first_weights().len(), 4);
    survives_a_file(&scene);
}

#[test]
fn a_model_or_loss_asked_for_alone_brings_data_where_there_are_none() {
    let formula = granted(&[edit("landscape", "rosenbrock")]).unwrap();
    for member in everyone().iter().filter(|member| ["model", "loss"].contains(&member.key)) {
        let mut scene = formula.clone();
        keys::apply(&mut scene, &[edit(member.key, member.id)]).unwrap();
        assert!(member.is_chosen(&scene), "{}={}", member.key, member.id);
        survives_a_file(&scene);
    }
}
