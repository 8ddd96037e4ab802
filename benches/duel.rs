//! How long the opening scene takes to answer a slider: plain descent and SAM, 200 steps each, on one core.

#![expect(clippy::unwrap_used, reason = "a bench that cannot be set up cannot be run")]

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use ndarray::array;

use samscope::math::norm::{Ball, Norm, Radius};
use samscope::math::random::Streams;
use samscope::optim::ascent;
use samscope::optim::run::{Run, Setup};
use samscope::problem::risk::Risk;
use samscope::problem::{Batch, Objective, datasets, losses, models};

fn duel(c: &mut Criterion) {
    let dataset = datasets::ALL.choose("clique_and_crowd").unwrap().build();
    let objective: Arc<dyn Objective> = Arc::new(Risk::new(
        dataset.sample(&mut Streams::new(1).dataset()),
        models::ALL.choose("line").unwrap().build(),
        losses::ALL.choose("welsch").unwrap().build(),
    ));
    let ball = Ball { norm: Norm::L2, rho: Radius::new(0.15).unwrap() };
    let setup = |name: &str| Setup {
        ascent: ascent::ALL.choose(name).unwrap(),
        ..Setup::new(Arc::clone(&objective), array![0.6, -0.3], 0.4, ball, 200)
    };
    let (plain, sam) = (setup("none"), setup("sam"));
    c.bench_function("duel of 200 steps", |b| {
        b.iter(|| (Run::to_end(black_box(&plain).clone()), Run::to_end(black_box(&sam).clone())));
    });
    let w = array![0.6, -0.3];
    c.bench_function("gradient of 270 points", |b| {
        b.iter(|| objective.loss_and_gradient(black_box(w.view()), Batch::Whole));
    });
}

criterion_group!(benches, duel);
criterion_main!(benches);
