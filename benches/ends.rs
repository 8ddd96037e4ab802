//! How long the map of ends takes: the product itself, starts and steps in proportion; and beside it the flock of starts in
//! `f32` lanes that is not judged.

#![expect(clippy::unwrap_used, reason = "a bench that cannot be set up cannot be run")]

use std::sync::Arc;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

use samscope::analysis::basin::{BasinWork, Rule};
use samscope::atlas::starts::{Came, Question, StartsWork};
use samscope::flight::Surveyed;
use samscope::problem::grid::{Grid, Precision};
use samscope::scene::number::Steps;
use samscope::scene::{Scene, builtin, file};

fn question(scene: &Scene, steps: usize, side: usize) -> Question {
    let scene = Scene { steps: Steps::new(steps).unwrap(), ..scene.clone() };
    Question {
        specs: scene.specs(),
        ground: Arc::new(Surveyed::of(&scene.source())),
        grid: Grid::new(scene.shown_window(), side, side),
        scene: Arc::new(scene),
    }
}

fn whole(question: &Question) -> usize {
    let mut work = StartsWork::new(question.clone());
    while work.advance() != Came::All {}
    work.finish().kinds.len()
}

fn ends(c: &mut Criterion) {
    let formula = file::read("landscape = \"himmelblau\"\n").unwrap();
    for (name, scene) in [("formula", formula), ("270 points", builtin::opening())] {
        let mut group = c.benchmark_group(format!("ends of two runs, {name}, a start and step"));
        group.sample_size(10);
        for (side, steps) in [(32, 100), (64, 100), (32, 400)] {
            let asked = question(&scene, steps, side);
            let work = 2 * side * side * steps;
            group.throughput(Throughput::Elements(work as u64));
            let id = BenchmarkId::new(format!("{side}²"), steps);
            group.bench_with_input(id, &asked, |b, asked| b.iter(|| whole(asked)));
        }
        group.finish();
    }
}

fn flock(c: &mut Criterion) {
    let scene = file::read("landscape = \"himmelblau\"\n").unwrap();
    let objective = scene.source().build().objective;
    let grid = Grid::new(scene.shown_window(), 64, 64);
    let mut group = c.benchmark_group("flock in f32, formula, a start and step");
    group.throughput(Throughput::Elements(64 * 64 * 400));
    group.bench_function("64² 400", |b| {
        b.iter(|| {
            let rule = Rule { eta: 0.003, rho: 0.1, steps: 400 };
            let mut work = BasinWork::new(Arc::clone(&objective), rule, grid, Precision::Fast);
            while work.advance(100) {}
            work.finish()
        });
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .warm_up_time(std::time::Duration::from_millis(300))
        .measurement_time(std::time::Duration::from_secs(2));
    targets = ends, flock
}
criterion_main!(benches);
