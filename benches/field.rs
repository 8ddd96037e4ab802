//! How long a map takes: the loss at every pixel of a window, on one core; of networks also on all cores, as the window
//! computes it.

#![expect(clippy::unwrap_used, reason = "a bench that cannot be set up cannot be run")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};

use samscope::analysis::field::Field;
use samscope::math::random::Streams;
use samscope::problem::grid::{Grid, Plane, Precision, Tile, Window};
use samscope::problem::risk::Risk;
use samscope::problem::{Formula, Objective, datasets, landscapes, losses, models};

fn risk(dataset: &str, model: &str, loss: &str) -> Risk {
    let dataset = datasets::ALL.choose(dataset).unwrap().build();
    let sample = dataset.sample(&mut Streams::new(1).dataset());
    let model = models::ALL.choose(model).unwrap().build();
    let loss = losses::ALL.choose(loss).unwrap().build();
    Risk::new(sample, model, loss)
}

fn square(size: usize, window: Window) -> Grid {
    Grid { window, columns: size, rows: size }
}

/// The whole grid, in the tiles of a field.
fn fill(objective: &dyn Objective, grid: Grid, precision: Precision, values: &mut [f64]) {
    let plane = Plane::of_weights();
    for (k, values) in values.chunks_mut(16 * grid.columns).enumerate() {
        objective.fill(&plane, &mut Tile { grid, first_row: 16 * k, values, precision });
    }
}

fn field(c: &mut Criterion) {
    let opening = risk("clique_and_crowd", "line", "welsch");
    let line = risk("clique_and_crowd", "line", "squared");
    let logistic = risk("blobs", "logistic", "cross_entropy");
    let rosenbrock = Formula(landscapes::ALL.choose("rosenbrock").unwrap().build());
    let near = Window::new([-2.4, 2.4], [-2.2, 2.2]);
    let far = Window::new([-8.0, 8.0], [-8.0, 8.0]);
    let mut time = |name: &str, objective: &dyn Objective, grid: Grid, precision: Precision| {
        let mut values = vec![0.0; grid.columns * grid.rows];
        c.bench_function(name, |b| {
            b.iter(|| fill(black_box(objective), grid, precision, &mut values));
        });
    };
    time("opening scene 64²", &opening, square(64, near), Precision::Exact);
    time("opening scene 256²", &opening, square(256, near), Precision::Fast);
    time("opening scene 256² exactly", &opening, square(256, near), Precision::Exact);
    time("logistic 256²", &logistic, square(256, far), Precision::Fast);
    time("squared 256²", &line, square(256, near), Precision::Fast);
    time("rosenbrock 256²", &rosenbrock, square(256, near), Precision::Fast);
}

fn networks(c: &mut Criterion) {
    let mut group = c.benchmark_group("network 2-8-8-1 256², on all cores");
    group.sample_size(10);
    for (name, normalization) in [("plain", 0.0), ("normalised", 1.0)] {
        let dataset = datasets::ALL.choose("moons").unwrap().with("points", 400.0).unwrap();
        let sample = dataset.build().sample(&mut Streams::new(1).dataset());
        let model = models::ALL.choose("network").unwrap();
        let model = model.with("normalization", normalization).unwrap().build();
        let loss = losses::ALL.choose("cross_entropy").unwrap().build();
        let risk = Risk::new(sample, model, loss);
        let [origin, along, across] =
            [1, 2, 3].map(|seed| risk.model.start(2, &mut Streams::new(seed).weights()));
        let plane = Plane { origin, along, across };
        let grid = square(256, Window::new([-1.0, 1.0], [-1.0, 1.0]));
        for precision in [Precision::Fast, Precision::Exact] {
            group.bench_function(format!("{name}, {precision:?}"), |b| {
                b.iter(|| Field::compute(black_box(&risk), &plane, grid, precision));
            });
        }
    }
}

criterion_group!(benches, field, networks);
criterion_main!(benches);
