//! Whole comparisons of the opening scene: two runs, six, and how two of them ended.

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};

use samscope::engine::products::comparison::ComparisonJob;
use samscope::engine::products::outcomes::OutcomesJob;
use samscope::engine::products::survey::SurveyJob;
use samscope::engine::slot::to_end;
use samscope::scene::{builtin, file};

fn comparisons(c: &mut Criterion) {
    let two = builtin::opening();
    let runs: String = (1..=6).map(|k| format!("[[run]]\nrho = 0.{k}\n")).collect();
    let six = file::read(&runs).expect("six runs are a scene");
    c.bench_function("two runs of 200 steps", |b| {
        b.iter(|| to_end(&ComparisonJob::of(black_box(&two))));
    });
    c.bench_function("six runs of 200 steps", |b| {
        b.iter(|| to_end(&ComparisonJob::of(black_box(&six))));
    });
    let comparison = to_end(&ComparisonJob::of(&two));
    let survey = SurveyJob::of(&two.source()).expect("the opening scene has two weights");
    c.bench_function("minima of the opening scene", |b| b.iter(|| to_end(black_box(&survey))));
    let surveyed = to_end(&survey);
    c.bench_function("outcomes of two runs", |b| {
        b.iter(|| to_end(&OutcomesJob::of(&Arc::clone(&comparison), Some(black_box(&surveyed)))));
    });
}

criterion_group!(benches, comparisons);
criterion_main!(benches);
