use super::*;
use crate::scene::builtin;

#[test]
fn a_scene_comes_back_as_it_was_written() {
    for name in builtin::names() {
        let scene = builtin::find(name).unwrap();
        assert_eq!(read(&write(&scene)).unwrap(), scene, "{name}");
    }
    let mut scene = builtin::opening();
    scene.seed = u64::MAX;
    scene.shared.start = Some(vec![1e-300, -0.1]);
    assert_eq!(read(&write(&scene)).unwrap(), scene);
}

const RUNS: &str = "
    base = \"momentum\"
    seed_batches = 5
    [[run]]
    ascent = \"none\"
    hidden = true
    [[run]]
    name = \"square\"
    p = inf
    rho = 0.1
    momentum = 0.5
    [[run]]
    eta_schedule = \"step\"
    eta_every = 7
    start = [0.1, 0.2]
    seed_ascent = 3
";

#[test]
fn runs_come_back_as_they_were_written() {
    let scene = read(RUNS).unwrap();
    assert_eq!(scene.runs.len(), 3);
    assert_eq!(scene.spec(1).base.get("momentum"), Some(0.5));
    assert_eq!(scene.spec(0).base.get("momentum"), Some(0.9));
    assert_eq!(scene.spec(2).eta_schedule.get("every"), Some(7.0));
    let written = write(&scene);
    assert_eq!(read(&written).unwrap(), scene, "{written}");
}

const LATE: &str = "
    clip = 2
    [[run]]
    name = \"late\"
    ascent = \"none\"
    clip = inf
    [[run.then]]
    at = 40
    base = \"momentum\"
    momentum = 0.5
    [[run.then]]
    at = 20
    ascent = \"gsam\"
    alpha = 0.2
    rho = 0.3
    p = inf
    [[run]]
    clip_where = \"before\"
";

#[test]
fn changes_at_a_step_come_back_as_they_were_written_and_said() {
    let scene = read(LATE).unwrap();
    let spec = scene.spec(0);
    let steps: Vec<usize> = spec.then.iter().map(|then| then.at.get()).collect();
    assert_eq!(steps, [20, 40], "in the order of their steps");
    assert_eq!(spec.at(19).ascent.id(), "none");
    assert_eq!(spec.at(20).ascent.get("alpha"), Some(0.2));
    assert_eq!((spec.at(45).ball.rho.get(), spec.at(45).base.get("momentum")), (0.3, Some(0.5)));
    assert!(spec.clip.is_none() && scene.spec(1).clip.most() == 2.0);
    let written = write(&scene);
    assert_eq!(read(&written).unwrap(), scene, "{written}");
    let said = run_in_words(&scene, scene.runs.get(0).unwrap());
    assert!(said.contains(" at=20 ") && said.contains(" at=40 "), "{said}");
    let edits: Vec<Edit> = said
        .split(' ')
        .map(|word| word.split_once('=').unwrap())
        .map(|(key, value)| Edit { key: key.into(), value: value.into() })
        .collect();
    let own = keys::run(&scene, &edits).unwrap().2;
    assert_eq!(own, scene.runs.get(0).unwrap().own);
}

#[test]
fn what_is_no_change_is_refused() {
    let then = |text: &str| read(&format!("[[run]]\n{text}")).unwrap_err().to_string();
    for (text, said) in [
        ("[[run.then]]\nascent = \"sam\"", "one has no step"),
        ("at = 3", "at stands outside of one"),
        ("then = 3", "then is no list"),
        ("[[run.then]]\nat = 0", "at = 0 is no step"),
        ("[[run.then]]\nat = 1.5", "at = 1.5 is no step"),
        ("[[run.then]]\nat = 3\nbatch = 4", "batch cannot change at a step"),
        ("[[run.then]]\nat = 3\nsteps = 4", "steps is the scene's"),
        ("[[run.then]]\nat = 3\nrhoo = 4", "did you mean rho?"),
        ("[[run.then]]\nat = 3\n[[run.then]]\nat = 3", "two changes at step 3"),
        ("clip = 0", "clip = 0 is no bound"),
        ("clip_where = \"later\"", "use before or after"),
    ] {
        assert!(then(text).contains(said), "{text}: {}", then(text));
    }
    assert!(read("clip = -1").unwrap_err().to_string().contains("above zero"));
}

#[test]
fn what_no_run_can_have_is_refused_with_its_place() {
    for (text, said) in [
        ("[[run]]\nrho = 1\n[[run]]\nsteps = 3", "number 2: steps is the scene's"),
        ("[[run]]\nrho = -1", "number 1: rho = -1"),
        ("[[run]]\nrhoo = 1", "did you mean rho?"),
        ("[[run]]\nstart = [1]", "has 1 weights"),
        ("[[run]]\nname = \"A\"", "not a run's name"),
        ("run = 3", "[[run]]"),
        ("run = []", "leave it out"),
        ("rho = [1]", "rho takes one value"),
        ("[[run]]\neta = [0.1]", "eta takes one value"),
        ("[run]\nrho = 1", "[[run]]"),
    ] {
        let error = read(text).unwrap_err().to_string();
        assert!(error.contains(said), "{text}: {error}");
    }
}

#[test]
fn a_key_with_a_space_is_the_key_and_said_twice_it_is_refused() {
    assert_eq!(read("\" rho \" = 0.2").unwrap(), read("rho = 0.2").unwrap());
    assert!(read("rho = 0.1\n\" rho\" = 0.2").is_err());
    assert_eq!(read("\" landscape \" = \"quadratic\"").unwrap().subject.dimension(), 2);
}

#[test]
fn infinity_can_be_written_as_a_number_and_as_a_word() {
    assert_eq!(read("p = inf").unwrap(), read("p = \"inf\"").unwrap());
}

#[test]
fn a_broken_file_is_answered_with_its_line() {
    let error = read("rho = 0.1\neta = = 2\n").unwrap_err().to_string();
    assert!(error.contains("line 2"), "{error}");
}

#[test]
fn a_format_from_the_future_is_said_so() {
    assert!(matches!(read("format = 9"), Err(BadScene::Format(_))));
    assert_eq!(read("format = \"2\"").unwrap(), read("format = 2").unwrap());
    for never in ["0", "-3", "1.5", "\"two\""] {
        assert!(matches!(read(&format!("format = {never}")), Err(BadScene::NoFormat(_))));
    }
}
