//! How long contour lines take: all lines of a 256 × 256 field at twenty levels, on one core.

#![expect(clippy::unwrap_used, reason = "a bench that cannot be set up cannot be run")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};

use samscope::analysis::contour::contours;
use samscope::analysis::field::Field;
use samscope::analysis::levels::{Levels, Spacing};
use samscope::problem::grid::{Grid, Plane, Precision, Window};
use samscope::problem::{Formula, landscapes};

fn lines(c: &mut Criterion) {
    let window = Window::new([-5.0, 5.0], [-5.0, 5.0]);
    let grid = Grid { window, columns: 256, rows: 256 };
    let himmelblau = Formula(landscapes::ALL.choose("himmelblau").unwrap().build());
    let field = Field::compute(&himmelblau, &Plane::of_weights(), grid, Precision::Exact);
    for spacing in [Spacing::Logarithmic, Spacing::Linear] {
        let levels = Levels::of(&field, spacing);
        c.bench_function(&format!("{} {spacing:?} levels", levels.values.len()), |b| {
            b.iter(|| contours(black_box(&field), &levels.values));
        });
    }
    c.bench_function("choice of levels", |b| {
        b.iter(|| Levels::of(black_box(&field), Spacing::Auto));
    });
}

criterion_group!(benches, lines);
criterion_main!(benches);
