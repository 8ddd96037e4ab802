use super::*;

fn named(name: &str) -> (Option<RunName>, bool, Own) {
    (Some(RunName::new(name).unwrap()), false, Own::default())
}

#[test]
fn without_a_say_there_are_two_runs() {
    let runs = Runs::of(Vec::new()).unwrap();
    let names: Vec<&str> = runs.iter().map(|run| run.name.as_str()).collect();
    assert_eq!(names, ["base", "sam"]);
    assert!(runs.get(0).unwrap().own.has(Aspect::Ascent));
    assert_eq!(runs.get(1).unwrap().own, Own::default());
}

#[test]
fn unnamed_runs_are_called_by_their_place_and_never_by_a_name_that_is_taken() {
    let unnamed = || (None, false, Own::default());
    let names = |runs: Vec<_>| -> Vec<String> {
        Runs::of(runs).unwrap().iter().map(|run| run.name.as_str().to_owned()).collect()
    };
    assert_eq!(names(vec![unnamed(), unnamed()]), ["run1", "run2"]);
    assert_eq!(names(vec![named("run2"), unnamed()]), ["run2", "run3"]);
    assert_eq!(names(vec![named("square"), unnamed()]), ["square", "run2"]);
}

#[test]
fn too_many_runs_and_two_of_one_name_are_refused() {
    let many = (0..7).map(|_| (None, false, Own::default())).collect();
    assert_eq!(Runs::of(many), Err(BadRuns::TooMany(7)));
    let twice = Runs::of(vec![named("a"), named("a")]);
    assert_eq!(twice, Err(BadRuns::SameName("a".to_owned())));
    for bad in ["", "Square", "a b", "ρ", "a.b", &"a".repeat(25)] {
        assert!(RunName::new(bad).is_err(), "{bad:?}");
    }
}

#[test]
fn one_run_always_stays_in_sight() {
    let mut runs = Runs::default();
    runs.hide(0);
    runs.hide(1);
    assert!(runs.get(0).unwrap().hidden && !runs.get(1).unwrap().hidden);
    runs.remove(1);
    assert_eq!(runs.len(), 2);
    runs.remove(0);
    runs.remove(0);
    assert_eq!(runs.len(), 1);
}

#[test]
fn a_duplicate_has_everything_but_the_name() {
    let mut runs = Runs::default();
    runs.duplicate(0).unwrap();
    assert_eq!(runs.get(1).unwrap().own, runs.get(0).unwrap().own);
    assert_eq!(runs.get(1).unwrap().name.as_str(), "run3");
    for _ in 0..3 {
        runs.duplicate(0).unwrap();
    }
    assert_eq!(runs.duplicate(0), Err(BadRuns::TooMany(7)));
}
