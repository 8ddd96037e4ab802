//! The story of a step, walked by keyboard alone.

use egui::Key;

use super::{app, click, press, standing, step, window};
use samscope::app::motion::Motion;
use samscope::figure::phase::Phase;
use samscope::figure::picture::Sight;

/// Presses `key` until the story is in another phase or another step; a movement is brought to its end first.
fn walk(window: &mut super::Window, key: Key) -> (Phase, usize) {
    let at = |window: &super::Window| {
        let telling = app(window).view().telling.expect("a story is told");
        (telling.told().phase, step(window))
    };
    let before = at(window);
    for _ in 0..3 {
        press(window, key);
        if at(window) != before {
            break;
        }
    }
    at(window)
}

#[test]
fn a_step_is_walked_in_five_phases_forward_and_back_by_keys() {
    let mut window = standing();
    press(&mut window, Key::Home);
    press(&mut window, Key::S);
    assert_eq!(app(&window).view().sight(), Sight::Whole);
    for phase in &Phase::ALL[1..] {
        assert_eq!(walk(&mut window, Key::Space), (*phase, 0));
    }
    assert_eq!(walk(&mut window, Key::ArrowRight), (Phase::Gradient, 1), "on to the next step");
    assert_eq!(walk(&mut window, Key::PageDown), (Phase::Ball, 1), "a presenter's remote");
    assert_eq!(walk(&mut window, Key::ArrowLeft), (Phase::Gradient, 1));
    assert_eq!(walk(&mut window, Key::PageUp), (Phase::Step, 0), "back to the step before");
    press(&mut window, Key::Escape);
    assert!(app(&window).view().telling.is_none());
    assert_ne!(app(&window).view().sight(), Sight::Whole);
    press(&mut window, Key::ArrowRight);
    assert_eq!(step(&window), 1, "keys step again");
}

#[test]
fn before_the_first_step_and_after_the_last_the_story_stays() {
    let mut window = standing();
    press(&mut window, Key::Home);
    press(&mut window, Key::S);
    assert_eq!(walk(&mut window, Key::ArrowLeft), (Phase::Gradient, 0));
    press(&mut window, Key::End);
    let last = step(&window);
    for _ in Phase::ALL {
        walk(&mut window, Key::ArrowRight);
    }
    assert_eq!(walk(&mut window, Key::ArrowRight), (Phase::Step, last));
}

#[test]
fn examples_are_drawn_as_large_as_they_pull_when_a_key_asks() {
    let mut window = standing();
    assert!(!app(&window).view().pulls);
    press(&mut window, Key::F);
    window.run_steps(10);
    let pulls = app(&window).engine().product::<samscope::engine::products::pulls::Pulls>();
    let pulls = pulls.expect("pulls of the step shown");
    let examples = app(&window).engine().comparison().unwrap().problem.objective.examples();
    assert!(pulls.runs.iter().flatten().all(|pull| pull.here.len() == examples));
}

#[test]
fn with_less_motion_every_phase_stands_at_its_end() {
    let mut window = window();
    press(&mut window, Key::Questionmark);
    click(&mut window, "Less motion: movements are shown at their end");
    press(&mut window, Key::Escape);
    press(&mut window, Key::S);
    let told = app(&window).view().telling.expect("a story").told();
    assert!(told.part >= 1.0, "{told:?}");
    assert_eq!(app(&window).settings().motion, Some(Motion::Reduced));
}
