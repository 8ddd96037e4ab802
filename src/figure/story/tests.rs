//! What is told of a step agrees with numbers that are found anew, in every norm and for every ascent.

use ndarray::Array1;

use super::*;
use crate::engine::Engine;
use crate::figure::numerals::{short, significant};
use crate::figure::quantity::Quantity;
use crate::figure::shot::Shot;
use crate::math::norm::Norm;
use crate::optim::ascent;
use crate::optim::moment::Moment;
use crate::problem::Batch;
use crate::scene::file;

/// Hands the picture of this scene at these steps to `look`.
fn at(text: &str, steps: &[usize], mut look: impl FnMut(usize, &Picture<'_>)) {
    let scene = file::read(text).unwrap();
    let mut engine = Engine::in_place();
    for &step in steps {
        let shot = Shot { at: Moment::Step(step), ..Shot::of(&scene) };
        let seen = shot.seen_by(&mut engine);
        look(step, &Picture::of(&scene, &engine, seen));
    }
}

fn term(page: &Page, quantity: Quantity) -> &Term {
    let found = page.terms.iter().find(|term| term.quantity == quantity);
    found.unwrap_or_else(|| panic!("{quantity:?} is not told: {page:?}"))
}

#[test]
fn the_numbers_of_every_phase_are_those_of_the_step() {
    let mut seen = 0;
    for entry in ascent::ALL.entries {
        for p in ["1", "1.5", "2", "inf"] {
            let text = format!(
                "landscape = \"two_wells\"\nascent = \"{}\"\np = {p}\nrho = 0.2\nsteps = 30",
                entry.id
            );
            at(&text, &[0, 1, 7, 29], |step, picture| {
                let stride = Stride::of(picture, 1).unwrap();
                let objective = &picture.comparison.unwrap().problem.objective;
                let (loss, g) = objective.loss_and_gradient(stride.row.w, Batch::Whole);
                let first = page(picture, 1, Phase::Gradient).unwrap();
                let length = short(Norm::L2.length(g.view()), 3);
                assert_eq!(term(&first, Quantity::Gradient).length, format!("‖g‖ = {length}"));
                assert!(first.sentence.contains(&length), "{}", first.sentence);
                let last = page(picture, 1, Phase::Step).unwrap();
                let next = picture.run(1).unwrap().row(step + 1).unwrap().w.to_owned();
                let moved = short(Norm::L2.length((&next - &stride.row.w).view()), 3);
                assert_eq!(term(&last, Quantity::Next).length, format!("‖w′ − w‖ = {moved}"));
                if !stride.looks() {
                    return;
                }
                let epsilon: &Array1<f64> = &stride.vectors.unwrap().epsilon;
                let there = &stride.row.w + epsilon;
                let (high, g_there) = objective.loss_and_gradient(there.view(), Batch::Whole);
                let ball = page(picture, 1, Phase::Ball).unwrap().sentence;
                let gains = short(g.dot(epsilon), 3);
                assert!(ball.contains(&gains), "{} p {p}: {ball} has no {gains}", entry.id);
                let climb = page(picture, 1, Phase::Climb).unwrap();
                let rise = term(&climb, Quantity::Perturbed);
                assert_eq!(
                    rise.value,
                    format!("{} − {}", significant(high, 4), significant(loss, 4))
                );
                assert_eq!(rise.length, format!("= {}", short(high - loss, 3)));
                let seen_there = page(picture, 1, Phase::There).unwrap();
                let long = short(Norm::L2.length(g_there.view()), 3);
                assert!(term(&seen_there, Quantity::GradientThere).length.ends_with(&long));
                seen += 1;
            });
        }
    }
    assert!(seen > 60, "{seen} steps looked around");
}

#[test]
fn sams_epsilon_promises_most_and_a_random_one_does_not() {
    let said = |text: &str| {
        let mut said = String::new();
        at(text, &[3], |_, picture| said = page(picture, 1, Phase::Ball).unwrap().sentence);
        said
    };
    for (p, dual) in [("1", "ρ‖g‖_∞"), ("2", "ρ‖g‖₂"), ("inf", "ρ‖g‖₁")] {
        let said = said(&format!("p = {p}"));
        assert!(said.starts_with("Nowhere in the ball") && said.contains(dual), "{said}");
    }
    assert!(said("ascent = \"random_ball\"").contains("would be most"));
    assert!(said("ascent = \"asam\"").contains("‖T g‖"));
    assert!(said("ascent = \"n_step\"").contains("shorter climbs"));
    assert!(said("ascent = \"m_sam\"\nm = 20").contains("parts of the batch"));
}

#[test]
fn a_run_that_does_not_look_around_says_so_in_the_middle_phases() {
    at("", &[0, 50], |_, picture| {
        for phase in [Phase::Ball, Phase::Climb, Phase::There] {
            let page = page(picture, 0, phase).unwrap();
            assert!(page.terms.is_empty());
            assert_eq!(page.sentence, "SGD does not look around: it has g, and steps by it.");
        }
        assert!(!page(picture, 0, Phase::Step).unwrap().terms.is_empty());
    });
}

#[test]
fn every_phase_of_every_ascent_and_base_has_a_heading_and_a_sentence() {
    for entry in ascent::ALL.entries {
        for base in crate::optim::base::ALL.entries {
            let text = format!(
                "data = \"blobs\"\nmodel = \"logistic\"\nascent = \"{}\"\nbase = \"{}\"\nbatch = 10\nsteps = 6",
                entry.id, base.id
            );
            at(&text, &[0, 3, 6], |step, picture| {
                for run in picture.runs() {
                    for phase in Phase::ALL {
                        let Some(page) = page(picture, run, phase) else { continue };
                        assert!(page.heading.starts_with(&phase.number().to_string()));
                        let said = &page.sentence;
                        assert!(said.ends_with('.'), "{text} at {step}: {phase:?} says {said:?}");
                        assert!(!said.contains("NaN") && !said.contains('—'), "{said}");
                    }
                }
            });
        }
    }
}
