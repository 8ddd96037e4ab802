//! What is measured around the weights of a run is over one neighbourhood and one set of data, and fits together.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::sync::Arc;

use ndarray::{Array1, ArrayView1, array};
use samscope::analysis::average_case::average_case;
use samscope::analysis::field::Field;
use samscope::analysis::hessian::beyond_rounding;
use samscope::analysis::measures::{Measured, measure};
use samscope::analysis::minima::minima;
use samscope::analysis::preconditioned;
use samscope::analysis::spectrum::Eigenvalues;
use samscope::analysis::worst_case::worst_case;
use samscope::catalog::Choice;
use samscope::math::norm::{Ball, Norm, Radius};
use samscope::math::random::Streams;
use samscope::optim::ascent;
use samscope::optim::neighbourhood::Neighbourhood;
use samscope::optim::replay::Replay;
use samscope::optim::run::{Run, Seeds, Setup};
use samscope::optim::{base, edge};
use samscope::problem::grid::{Grid, Plane, Precision, Window};
use samscope::problem::risk::Risk;
use samscope::problem::{Batch, Formula, Objective, datasets, landscapes, losses, models};
use samscope::scene::builtin;

const EXPONENTS: [f64; 5] = [1.0, 1.5, 2.0, 3.0, f64::INFINITY];

fn ball(p: f64, rho: f64) -> Ball {
    Ball { norm: Norm::new(p).unwrap(), rho: Radius::new(rho).unwrap() }
}

fn landscape(id: &str) -> Arc<dyn Objective> {
    Arc::new(Formula(landscapes::ALL.choose(id).unwrap().build()))
}

fn fit(data: &str, model: &str, loss: &str) -> (Arc<dyn Objective>, Array1<f64>) {
    let data = datasets::ALL.choose(data).unwrap().with("points", 40.0).unwrap().build();
    let sample = data.sample(&mut Streams::new(3).dataset());
    let model = models::ALL.choose(model).unwrap();
    let model =
        if model.get("units").is_some() { model.with("units", 3.0).unwrap() } else { model };
    let model = model.build();
    let start = model.start(2, &mut Streams::new(3).weights());
    (Arc::new(Risk::new(sample, model, losses::ALL.choose(loss).unwrap().build())), start)
}

/// Where an ascent may look from `w`, if anywhere.
fn around(id: &str, w: ArrayView1<'_, f64>, ball: Ball) -> Option<Neighbourhood> {
    ascent::ALL.choose(id).unwrap().build().neighbourhood(w, ball)
}

#[track_caller]
fn fits_together(what: &str, measured: &Measured, size: f64) {
    let Measured { worst, average, gap_all, .. } = *measured;
    let rounding = 1e-12 * (1.0 + size);
    assert!(
        gap_all.is_nan() || gap_all <= worst + rounding,
        "{what}: gap {gap_all}, worst {worst}"
    );
    let error = measured.average_error.unwrap_or(0.0);
    assert!(
        average <= worst + 4.0 * error + 1e-6 * worst.abs() + rounding,
        "{what}: average {average}, worst {worst}"
    );
}

#[test]
fn the_gap_and_the_average_are_at_most_the_worst_case_for_every_ascent_norm_and_landscape() {
    for entry in landscapes::ALL.entries {
        let objective = Formula(Choice::new(entry).build());
        let view = objective.0.view();
        for ascent in ascent::ALL.entries {
            for p in EXPONENTS {
                for (at, rho) in [(view.start, view.rho), ([0.3, -0.7], 0.5)] {
                    let w = Array1::from(at.to_vec());
                    let Some(around) = around(ascent.id, w.view(), ball(p, rho)) else { continue };
                    let what = format!("{} around {at:?} of {}, p = {p}", ascent.id, entry.id);
                    let size = objective.loss(w.view(), Batch::Whole).abs();
                    fits_together(&what, &measure(&objective, w.view(), &around), size);
                }
            }
        }
    }
}

#[test]
fn the_gap_and_the_average_are_at_most_the_worst_case_on_data_too() {
    let problems = [
        ("blobs", "logistic", "cross_entropy"),
        ("line", "line", "squared"),
        ("moons", "network", "cross_entropy"),
    ];
    for (data, model, loss) in problems {
        let (objective, start) = fit(data, model, loss);
        for ascent in ascent::ALL.entries {
            for p in EXPONENTS {
                let Some(around) = around(ascent.id, start.view(), ball(p, 0.2)) else { continue };
                let what = format!("{} on {model}, p = {p}", ascent.id);
                fits_together(&what, &measure(&*objective, start.view(), &around), 1.0);
            }
        }
    }
}

#[test]
fn every_perturbation_of_a_run_lies_where_its_ascent_may_look() {
    for (objective, start) in [
        (landscape("himmelblau"), array![0.4, -0.3]),
        fit("blobs", "logistic", "cross_entropy"),
        fit("moons", "network", "cross_entropy"),
    ] {
        for ascent in ascent::ALL.entries {
            let choice = Choice::new(ascent);
            let built = choice.build();
            for p in EXPONENTS {
                let around = ball(p, 0.1);
                let setup = Setup {
                    ascent: choice.clone(),
                    ..Setup::new(Arc::clone(&objective), start.clone(), 0.01, around, 12)
                };
                for row in Replay::new(&setup) {
                    let Some(here) = built.neighbourhood(row.w.view(), around) else {
                        assert!(!built.has_neighbourhood());
                        continue;
                    };
                    let stays = row.epsilon.iter().all(|x| *x == 0.0);
                    assert!(
                        stays
                            || here.contains(row.epsilon.view())
                            || !here.is_sphere()
                                && here.length(row.epsilon.view()) <= 0.1 * (1.0 + 1e-9),
                        "{}",
                        ascent.id
                    );
                    // The proxy that is recorded is that of the neighbourhood.
                    assert_eq!(
                        row.numbers.proxy.to_bits(),
                        here.rise(row.gradient.view()).to_bits()
                    );
                }
            }
        }
    }
}

#[test]
fn with_full_batches_the_gap_of_sam_and_asam_is_the_one_that_the_run_saw() {
    for id in ["sam", "asam"] {
        for p in EXPONENTS {
            let objective = landscape("beale");
            let around = ball(p, 0.15);
            let setup = Setup {
                ascent: ascent::ALL.choose(id).unwrap(),
                ..Setup::new(Arc::clone(&objective), array![1.0, 0.5], 0.01, around, 5)
            };
            for row in Run::to_end(setup).iter() {
                let here = self::around(id, row.w, around).unwrap();
                let measured = measure(&*objective, row.w, &here);
                let gap = row.numbers.gap();
                assert!(
                    (measured.gap_all - gap).abs() <= 1e-12 * (1.0 + gap.abs()),
                    "{id}, p = {p}"
                );
                assert!(
                    (measured.proxy_all - row.numbers.proxy).abs() <= 1e-12 * measured.proxy_all
                );
            }
        }
    }
}

#[test]
fn asam_far_out_on_a_quadratic_sees_a_gap_below_its_worst_case() {
    // Over the round ball the worst case there is 4.07, over the one that ASAM looks around in it is above the gap.
    let bowl = landscape("quadratic");
    let w = array![4.0, 4.0];
    let round = worst_case(&*bowl, w.view(), ball(2.0, 0.1)).rise;
    let stretched = around("asam", w.view(), ball(2.0, 0.1)).unwrap();
    let measured = measure(&*bowl, w.view(), &stretched);
    assert!((round - 4.07).abs() < 0.01, "{round}");
    assert!((measured.gap_all - 16.92).abs() < 0.01, "{measured:?}");
    assert!(measured.worst >= measured.gap_all && measured.worst < 17.0, "{measured:?}");
    assert_eq!(around("unnormalised", w.view(), ball(2.0, 0.1)), None);
}

/// The mean of the loss over a closed curve of `nodes` equal parts, less the loss at `w`.
fn mean_along(
    objective: &dyn Objective,
    w: &Array1<f64>,
    nodes: usize,
    curve: impl Fn(f64) -> [f64; 2],
) -> f64 {
    let here = objective.loss(w.view(), Batch::Whole);
    let rise = |k: usize| {
        let [x, y] = curve((k as f64 + 0.5) / nodes as f64);
        objective.loss(array![w[0] + x, w[1] + y].view(), Batch::Whole) - here
    };
    (0..nodes).map(rise).sum::<f64>() / nodes as f64
}

#[test]
fn the_average_on_beale_is_right_to_every_digit_shown() {
    let choice = landscapes::ALL.choose("beale").unwrap().build();
    let (view, around) = (choice.view(), ball(1.0, 0.5584));
    let objective: Arc<dyn Objective> = Arc::new(Formula(choice));
    let start = Array1::from(view.start.to_vec());
    let setup = Setup::new(Arc::clone(&objective), start, view.eta, around, 69);
    let w = Run::to_end(Setup { ascent: ascent::none(), ..setup }).end().unwrap();
    // Over equal angles, where 64 pairs of directions gave 0.05874.
    let angles = mean_along(&*objective, &w, 200_000, |part| {
        let (y, x) = libm::sincos(std::f64::consts::TAU * part);
        [x, y].map(|c| c * 0.5584 / (x.abs() + y.abs()))
    });
    assert!((angles - 0.058_51).abs() < 5e-6, "{angles}");
    // Over the diamond's edges, which is the measure that random perturbations are drawn from.
    let edges = mean_along(&*objective, &w, 200_000, |part| {
        let (side, t) = (4.0 * part, (4.0 * part).fract());
        let [x, y] = [1.0 - t, t];
        let turned = if side < 1.0 {
            [x, y]
        } else if side < 2.0 {
            [-y, x]
        } else if side < 3.0 {
            [-x, -y]
        } else {
            [y, -x]
        };
        turned.map(|c| c * 0.5584)
    });
    let found = average_case(&*objective, w.view(), around);
    assert!((found.value - edges).abs() < 1e-8 * edges, "{found:?} for {edges}");
    assert_eq!(found.to_string(), "0.05377");
}

#[test]
fn the_average_of_the_network_comes_with_its_error() {
    let scene = builtin::find("network").unwrap();
    let objective = scene.source().build().objective;
    let setup = Setup {
        ascent: ascent::none(),
        seeds: Seeds::all(scene.seed),
        ..Setup::new(
            objective.clone(),
            scene.first_weights(),
            scene.shared.eta.get(),
            scene.shared.ball,
            400,
        )
    };
    let end = Run::to_end(setup).end().unwrap();
    let found = average_case(&*objective, end.view(), scene.shared.ball);
    // 0.00270 ± 0.00006 by 100 000 pairs, made apart.
    assert!((found.value - 0.002_70).abs() < 0.000_06 + 3.0 * found.error.unwrap(), "{found:?}");
    assert!(found.error.unwrap() < 0.000_2, "{found}");
    assert!(found.to_string().contains(" ± "), "{found}");
}

#[test]
fn a_condition_number_of_rounding_noise_is_not_shown_as_a_number() {
    let scene = builtin::find("spirals").unwrap();
    let objective = scene.source().build().objective;
    let found = Eigenvalues::of(&*objective, scene.first_weights().view());
    if let Some(condition) = found.condition() {
        assert_eq!(beyond_rounding(condition), Some("> 10¹⁵"), "{condition:e}");
    }
}

#[test]
fn the_edge_of_adam_is_found_again_from_a_run() {
    let objective = landscape("rosenbrock");
    let adam = base::ALL.choose("adam").unwrap();
    let around = ball(2.0, 0.1);
    let mut run = Run::new(Setup {
        base: adam.clone(),
        ascent: ascent::none(),
        ..Setup::new(Arc::clone(&objective), array![-1.0, 1.0], 0.01, around, 20)
    });
    assert_eq!(run.preconditioner(), None);
    for _ in 0..20 {
        run.advance();
    }
    let p = run.preconditioner().unwrap();
    let path = run.finish();
    let row = path.row(19).unwrap();
    let at = edge::At {
        eta: row.numbers.eta,
        ball: around,
        gradient_norm: row.numbers.gradient_norm,
        step: 19,
    };
    let edge = edge::of(&*adam.build(), &*ascent::none().build(), &at).unwrap();
    assert_eq!(edge.of, edge::Curvature::Preconditioned);
    let lambda = preconditioned::lambda_max(&*objective, row.w, p.view());
    assert!(lambda.is_finite() && lambda > 0.0 && edge.lambda > 0.0);
}

#[test]
fn each_ascent_says_how_long_its_epsilon_is() {
    for ascent in ascent::ALL.entries {
        let said = Choice::new(ascent).build().length_of_epsilon();
        let plain = said == "equal to ρ unless the gradient vanishes";
        assert_eq!(
            plain,
            ["sam", "gsam", "stable", "wsam", "composed"].contains(&ascent.id),
            "{}: {said}",
            ascent.id
        );
    }
}

#[test]
fn the_tip_of_ackleys_cone_is_a_minimum_without_a_curvature() {
    let ackley = landscape("ackley");
    let window = Window::new([-1.5, 1.5], [-1.5, 1.5]);
    let grid = Grid { window, columns: 60, rows: 60 };
    let field = Field::compute(&*ackley, &Plane::of_weights(), grid, Precision::Exact);
    let found = minima(&*ackley, &field);
    let tips = found.iter().filter(|minimum| minimum.lambda_max.is_nan()).count();
    assert_eq!((tips, found[0].at), (1, [0.0, 0.0]));
}
