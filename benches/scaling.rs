//! Whether cost is linear in what it should be linear in: pixels of a map, points of the data, weights of a network.
//!
//! Every line ends in a throughput, work done a second: it should stay about the same down each group.
//! The last line is the most memory that the process ever held, after a large field of many points.

#![expect(clippy::unwrap_used, reason = "a bench that cannot be set up cannot be run")]
#![expect(clippy::print_stdout, reason = "the memory is told where criterion tells the times")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use ndarray::{Array1, Array2};

use samscope::analysis::field::Field;
use samscope::math::random::Streams;
use samscope::problem::datasets::Sample;
use samscope::problem::grid::{Grid, Plane, Precision, Window};
use samscope::problem::risk::Risk;
use samscope::problem::{Batch, Objective, losses, models};

/// Points of two classes that overlap, on a spiral of golden angles: no draw, any number.
fn sample(count: usize) -> Sample {
    let class = |i: usize| f64::from(u8::from(i % 2 == 1));
    let place = |(i, k): (usize, usize)| {
        let (sin, cos) = (2.399_963 * i as f64).sin_cos();
        let radius = 1.5 * ((i + 1) as f64 / count as f64).sqrt();
        radius * [cos, sin][k] + class(i) - 0.5
    };
    Sample {
        inputs: Array2::from_shape_fn((count, 2), place),
        targets: Array1::from_shape_fn(count, class),
        groups: vec![0; count],
    }
}

fn logistic(count: usize) -> Risk {
    let model = models::ALL.choose("logistic").unwrap().build();
    Risk::new(sample(count), model, losses::ALL.choose("cross_entropy").unwrap().build())
}

fn network(layers: f64, units: f64, count: usize) -> Risk {
    let model = models::ALL.choose("network").unwrap();
    let model = model.with("layers", layers).unwrap().with("units", units).unwrap().build();
    Risk::new(sample(count), model, losses::ALL.choose("cross_entropy").unwrap().build())
}

fn field(risk: &Risk, size: usize) -> Field {
    let window = Window::new([-8.0, 8.0], [-8.0, 8.0]);
    let grid = Grid { window, columns: size, rows: size };
    Field::compute(risk, &Plane::of_weights(), grid, Precision::Fast)
}

/// Points where their number is not what is scaled.
const POINTS: usize = 400;

/// Pixels each way where their number is not what is scaled.
const SIZE: usize = 64;

fn pixels(c: &mut Criterion) {
    let mut group = c.benchmark_group(format!("pixels of a map, {POINTS} points"));
    let risk = logistic(POINTS);
    for size in [64, 128, 256, 512, 1024] {
        group.throughput(Throughput::Elements((size * size) as u64));
        group.bench_function(BenchmarkId::from_parameter(format!("{size}²")), |b| {
            b.iter(|| field(black_box(&risk), size));
        });
    }
}

fn points(c: &mut Criterion) {
    let mut group = c.benchmark_group(format!("points, times the pixels of a {SIZE}² map"));
    for count in [100, 1_000, 10_000, 100_000] {
        let risk = logistic(count);
        group.throughput(Throughput::Elements((count * SIZE * SIZE) as u64));
        group.bench_function(BenchmarkId::from_parameter(count), |b| {
            b.iter(|| field(black_box(&risk), SIZE));
        });
    }
    drop(group);
    let mut group = c.benchmark_group("points of a gradient");
    for count in [100, 1_000, 10_000, 100_000] {
        let risk = logistic(count);
        let w = Array1::from(vec![-2.0, 3.0]);
        group.throughput(Throughput::Elements(count as u64));
        group.bench_function(BenchmarkId::from_parameter(count), |b| {
            b.iter(|| risk.loss_and_gradient(black_box(w.view()), Batch::Whole));
        });
    }
}

fn weights(c: &mut Criterion) {
    let mut group = c.benchmark_group(format!("weights of a gradient, {POINTS} points"));
    for (layers, units) in [(1.0, 8.0), (2.0, 8.0), (2.0, 16.0), (2.0, 32.0), (3.0, 32.0)] {
        let risk = network(layers, units, POINTS);
        let w = risk.model.start(2, &mut Streams::new(1).weights());
        group.throughput(Throughput::Elements(w.len() as u64));
        group.bench_function(BenchmarkId::from_parameter(w.len()), |b| {
            b.iter(|| risk.loss_and_gradient(black_box(w.view()), Batch::Whole));
        });
    }
}

/// The most memory that may be held for a field of 1024² pixels from 100 000 points.
const MOST: u64 = 500_000_000;

fn memory(_: &mut Criterion) {
    let begun = Instant::now();
    let lowest = field(&logistic(100_000), 1024).finite().fold(f64::INFINITY, f64::min);
    let seconds = begun.elapsed().as_secs_f64();
    println!("1024² pixels from 100000 points: {seconds:.1} s, lowest loss {lowest:.6}");
    match peak() {
        Some(bytes) => {
            println!("peak memory: {} MB, of {} MB allowed", bytes / 1_000_000, MOST / 1_000_000);
            assert!(bytes < MOST, "a field holds its pixels and its points, and little else");
        }
        None => println!("peak memory: not known on this system"),
    }
}

/// The most memory that the process ever held, in bytes.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(1024 * kibibytes)
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1));
    targets = pixels, points, weights, memory
}
criterion_main!(benches);
