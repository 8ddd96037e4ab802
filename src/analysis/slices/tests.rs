use std::sync::Arc;

use super::*;
use crate::analysis::section::Section;
use crate::math::norm::{Ball, Norm, Radius};
use crate::optim::ascent;
use crate::optim::run::{Run, Setup};
use crate::problem::risk::Risk;
use crate::problem::{datasets, losses, models};
use proptest::prelude::*;

/// A polynomial through a sine: four weights and more.
fn fit(degree: f64) -> Arc<dyn Objective> {
    let data = datasets::ALL.choose("sine").unwrap().build();
    let sample = data.sample(&mut Streams::new(1).dataset());
    let model = models::ALL.choose("polynomial").unwrap().with("degree", degree).unwrap().build();
    Arc::new(Risk::new(sample, model, losses::ALL.choose("squared").unwrap().build()))
}

struct Runs {
    objective: Arc<dyn Objective>,
    start: Array1<f64>,
    runs: [Trajectory; 2],
    names: [String; 2],
}

impl Runs {
    fn of(degree: f64, rho: f64, eta: f64) -> Self {
        let objective = fit(degree);
        let start = Array1::from_shape_fn(objective.dimension(), |k| 0.3 - 0.1 * k as f64);
        let ball = Ball { norm: Norm::L2, rho: Radius::new(rho).unwrap() };
        let setup = Setup::new(Arc::clone(&objective), start.clone(), eta, ball, 60);
        let base = Run::to_end(Setup { ascent: ascent::none(), ..setup.clone() });
        let names = ["SGD", "SAM"].map(str::to_owned);
        Self { objective, start, runs: [base, Run::to_end(setup)], names }
    }

    fn ground(&self) -> Ground<'_> {
        Ground {
            objective: &*self.objective,
            start: self.start.view(),
            runs: &self.runs,
            names: &self.names,
            step: 30,
            streams: Streams::new(3),
        }
    }
}

fn cut(id: &str, runs: &Runs) -> Cut {
    ALL.choose(id).unwrap().build().cut(&runs.ground())
}

#[test]
fn a_plane_through_three_points_passes_through_them() {
    let runs = Runs::of(4.0, 0.2, 0.02);
    let Cut { plane, note, .. } = cut("three_points", &runs);
    assert_eq!(note, "");
    for w in [runs.start.clone(), runs.runs[0].end().unwrap(), runs.runs[1].end().unwrap()] {
        let [a, b] = plane.project(w.view());
        let apart = &plane.at(a, b) - &w;
        assert!(apart.iter().all(|x| x.abs() < 1e-14), "{apart}");
        assert!(plane.distance(w.view()) < 1e-14);
    }
    assert_eq!(plane.project(runs.start.view()), [0.0, 0.0]);
    assert!(plane.project(runs.runs[0].end().unwrap().view())[1].abs() < 1e-14);
}

#[test]
fn three_points_on_a_line_are_said_so_and_a_plane_is_found() {
    let same = Runs::of(4.0, 0.0, 0.02);
    let Cut { plane, note, .. } = cut("three_points", &same);
    assert!(note.contains("SAM's end") && note.contains("farthest"), "{note}");
    assert!(!plane.is_flat());
    let still = Runs::of(4.0, 0.1, 0.0);
    let Cut { plane, axes, note, .. } = cut("three_points", &still);
    assert!(!note.is_empty() && !plane.is_flat());
    assert_eq!(axes, ["along c₀", "along c₁"]);
}

#[test]
fn every_slice_is_a_plane_whatever_the_runs_did() {
    for entry in ALL.entries {
        for runs in [
            Runs::of(4.0, 0.2, 0.02),
            Runs::of(4.0, 0.0, 0.0),
            Runs::of(2.0, 0.1, 50.0),
            Runs::of(8.0, 5.0, 1e3),
        ] {
            let slice = Choice::new(entry).build();
            let section = Section::of(&*slice, &runs.ground());
            assert!(!section.plane.is_flat(), "{}", entry.id);
            assert!((0.0..=1.0).contains(&section.variance), "{}: {}", entry.id, section.variance);
            let [width, height] = section.window.span();
            assert!(width > 0.0 && height > 0.0 && width.is_finite(), "{}", entry.id);
            assert!(section.axes.iter().all(|name| !name.is_empty()), "{}", entry.id);
            assert_eq!(section.paths[1].places.len(), runs.runs[1].rows(), "{}", entry.id);
        }
    }
}

#[test]
fn planes_are_orthonormal_and_projecting_undoes_placing() {
    let runs = Runs::of(5.0, 0.2, 0.02);
    for entry in ALL.entries {
        let Cut { plane, .. } = Choice::new(entry).build().cut(&runs.ground());
        let [a, b] = plane.project(plane.at(0.3, -0.7).view());
        assert!((a - 0.3).abs() < 1e-12 && (b + 0.7).abs() < 1e-12, "{}", entry.id);
        if entry.id == "random" {
            continue;
        }
        assert!((plane.along.dot(&plane.along) - 1.0).abs() < 1e-12, "{}", entry.id);
        assert!((plane.across.dot(&plane.across) - 1.0).abs() < 1e-12, "{}", entry.id);
        assert!(plane.along.dot(&plane.across).abs() < 1e-12, "{}", entry.id);
    }
}

#[test]
fn the_principal_plane_keeps_the_share_of_variance_that_it_states() {
    let runs = Runs::of(5.0, 0.3, 0.02);
    let ground = runs.ground();
    let section = Section::of(&*ALL.choose("principal").unwrap().build(), &ground);
    let spread = |places: &[Vec<f64>]| -> f64 {
        let count = places.len() as f64;
        let mean = |k: usize| places.iter().map(|place| place[k]).sum::<f64>() / count;
        (0..places[0].len())
            .map(|k| places.iter().map(|place| (place[k] - mean(k)).powi(2)).sum::<f64>())
            .sum()
    };
    let all: Vec<Vec<f64>> = ground.kept_of_all().map(|w| w.to_vec()).collect();
    let seen: Vec<Vec<f64>> =
        section.paths.iter().flat_map(|path| &path.places).map(|at| at.to_vec()).collect();
    assert_eq!(all.len(), seen.len());
    let share = spread(&seen) / spread(&all);
    assert!((share - section.variance).abs() < 1e-10, "{share} against {}", section.variance);
    for entry in ALL.entries {
        let other = Section::of(&*Choice::new(entry).build(), &ground);
        assert!(other.variance <= section.variance + 1e-10, "{} keeps more", entry.id);
    }
}

#[test]
fn the_axes_of_two_weights_are_the_weights() {
    let runs = Runs::of(4.0, 0.2, 0.02);
    let slice =
        ALL.choose("axes").unwrap().with("first", 3.0).unwrap().with("second", 1.0).unwrap();
    let Cut { plane, axes, .. } = slice.build().cut(&runs.ground());
    let end = runs.runs[1].end().unwrap();
    assert_eq!(plane.project(end.view()), [end[3], end[1]]);
    assert_eq!(axes, ["c₃", "c₁"]);
    let same =
        ALL.choose("axes").unwrap().with("first", 99.0).unwrap().with("second", 99.0).unwrap();
    let Cut { plane, note, .. } = same.build().cut(&runs.ground());
    assert!(!plane.is_flat() && note.contains("weights 0 to 4"), "{note}");
}

#[test]
fn the_sharpest_directions_are_sharpest() {
    let runs = Runs::of(5.0, 0.2, 0.02);
    let Cut { plane, .. } = cut("eigenvectors", &runs);
    let hessian = runs.objective.hessian(runs.runs[1].row(30).unwrap().w);
    let curvature = |v: &Array1<f64>| v.dot(&hessian.dot(v));
    let first = curvature(&plane.along);
    assert!(first >= curvature(&plane.across));
    for k in 0..6 {
        let mut axis = Array1::zeros(6);
        axis[k] = 1.0;
        assert!(curvature(&axis) <= first + 1e-9);
    }
}

#[test]
fn the_sharpest_directions_of_many_weights_are_searched_in_pieces() {
    let data = datasets::ALL.choose("moons").unwrap().build();
    let sample = data.sample(&mut Streams::new(1).dataset());
    let model = models::ALL.choose("network").unwrap().with("units", 12.0).unwrap().build();
    let start = model.start(2, &mut Streams::new(2).weights());
    let loss = losses::ALL.choose("cross_entropy").unwrap().build();
    let objective: Arc<dyn Objective> = Arc::new(Risk::new(sample, model, loss));
    assert!(start.len() > 128, "{}", start.len());
    let ball = Ball { norm: Norm::L2, rho: Radius::new(0.1).unwrap() };
    let sam = Run::to_end(Setup::new(Arc::clone(&objective), start.clone(), 0.1, ball, 3));
    let names = ["SGD", "SAM"].map(str::to_owned);
    let runs = Runs { objective, start, runs: [sam.clone(), sam], names };
    let ground = runs.ground();
    for id in ["eigenvectors", "principal"] {
        let mut work = ALL.choose(id).unwrap().build().begin();
        let mut pieces = 1;
        let plane = loop {
            if let Some(Cut { plane, .. }) = work.advance(&ground) {
                break plane;
            }
            pieces += 1;
        };
        assert!(pieces > 3, "{id}: {pieces}");
        assert!(!plane.is_flat(), "{id}");
    }
}

/// Two moons and a ReLU network with two hidden layers.
fn relu_network() -> (Arc<dyn Objective>, Array1<f64>) {
    let data = datasets::ALL.choose("moons").unwrap().build();
    let sample = data.sample(&mut Streams::new(1).dataset());
    let model = models::ALL.choose("network").unwrap().with("units", 5.0).unwrap();
    let model = model.with("activation", 1.0).unwrap().build();
    let start = model.start(2, &mut Streams::new(2).weights()).mapv(|w| w + 0.05);
    let loss = losses::ALL.choose("cross_entropy").unwrap().build();
    (Arc::new(Risk::new(sample, model, loss)), start)
}

proptest! {
    #[test]
    fn a_point_and_its_shadow_are_apart_at_a_right_angle(
        entries in proptest::collection::vec(-3.0f64..3.0, 20),
    ) {
        let part = |k: usize| Array1::from(entries[5 * k..5 * k + 5].to_vec());
        let plane = Plane { origin: part(0), along: part(1), across: part(2) };
        prop_assume!(!plane.is_flat());
        let w = part(3);
        let [a, b] = plane.project(w.view());
        let rest = &w - &plane.at(a, b);
        let size = 1.0 + plane.along.dot(&plane.along) + plane.across.dot(&plane.across);
        let angle = plane.frame()[1].dot(&plane.frame()[0]);
        prop_assert!(angle.abs() < 1e-9);
        // Nearly parallel directions lose digits; that is the plane's own condition.
        let [f, g] = plane.frame();
        prop_assert!(f.dot(&rest).abs() < 1e-6 * size && g.dot(&rest).abs() < 1e-6 * size);
        prop_assert!((plane.distance(w.view()) - rest.dot(&rest).sqrt()).abs() < 1e-9 * size);
    }

    #[test]
    fn random_directions_see_the_same_when_one_layer_is_scaled_and_the_next_undoes_it(
        factor in 0.05f64..20.0, a in -1.0f64..1.0, b in -1.0f64..1.0,
    ) {
        let (objective, w) = relu_network();
        let mut scaled = w.clone();
        for (weight, name) in scaled.iter_mut().zip(objective.weight_names()) {
            match &name[..2] {
                "W1" | "b1" => *weight *= factor,
                "W2" => *weight /= factor,
                _ => {}
            }
        }
        let [here, there] = [w, scaled].map(|start| {
            let ball = Ball { norm: Norm::L2, rho: Radius::ZERO };
            let run = Run::to_end(Setup::new(Arc::clone(&objective), start.clone(), 0.0, ball, 1));
            let names = ["SGD", "SAM"].map(str::to_owned);
            let runs = Runs { objective: Arc::clone(&objective), start, runs: [run.clone(), run], names };
            let plane = cut("random", &runs).plane;
            objective.loss(plane.at(a, b).view(), crate::problem::Batch::Whole)
        });
        prop_assert!((here - there).abs() <= 1e-12 * (1.0 + here), "{} {}", here, there);
    }
}
