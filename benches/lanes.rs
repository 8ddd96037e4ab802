//! What a sketch of ends costs: 256² starts × 500 steps, one run of plain descent and one of SAM, of every landscape, some
//! formulas and the opening scene; beside it, in the same run, the steps one after the other in `f64`, of 1 start in 64.
//!
//! CPU time of all threads, the least of a few, since the machine may be shared.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench that cannot be set up cannot be run, and says what it found"
)]

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use samscope::analysis::basin::{BasinWork, Rule};
use samscope::problem::Objective;
use samscope::problem::grid::{Grid, Precision};
use samscope::scene::{Scene, builtin, file};

/// Starts to each side, of lanes and one by one.
const SIDE: usize = 256;
const FEW: usize = 32;
const STEPS: usize = 500;
const ROUNDS: usize = 3;

fn spent() -> Duration {
    #[cfg(unix)]
    {
        let now = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
        Duration::new(now.tv_sec.unsigned_abs(), u32::try_from(now.tv_nsec).unwrap())
    }
    #[cfg(not(unix))]
    {
        use std::sync::LazyLock;
        use std::time::Instant;
        static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
        BEGUN.elapsed()
    }
}

/// Milliseconds of `work`.
fn least(rounds: usize, work: impl Fn()) -> f64 {
    let once = |_| {
        let before = spent();
        work();
        (spent() - before).as_secs_f64() * 1e3
    };
    (0..rounds).map(once).fold(f64::INFINITY, f64::min)
}

fn in_lanes(objective: &Arc<dyn Objective>, rule: Rule, grid: Grid) {
    let mut work = BasinWork::new(Arc::clone(objective), rule, grid, Precision::Fast);
    while work.advance(STEPS) {}
    black_box(work.finish());
}

fn one_by_one(objective: &dyn Objective, rule: Rule, grid: Grid) {
    for pixel in 0..grid.columns * grid.rows {
        let mut w = [grid.x(pixel % grid.columns), grid.y(pixel / grid.columns)];
        for _ in 0..rule.steps {
            let mut g = objective.loss_and_slope(w).1;
            if rule.rho > 0.0 {
                let part = rule.rho / g[0].hypot(g[1]).max(1e-12);
                g = objective.loss_and_slope([w[0] + part * g[0], w[1] + part * g[1]]).1;
            }
            w = [w[0] - rule.eta * g[0], w[1] - rule.eta * g[1]];
        }
        black_box(w);
    }
}

fn main() {
    let only = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let mut scenes: Vec<(String, Scene)> = samscope::problem::landscapes::ALL
        .entries
        .iter()
        .map(|entry| (entry.id.to_owned(), format!("landscape = \"{}\"\n", entry.id)))
        .chain(
            ["(x^2 + y - 11)^2 + (x + y^2 - 7)^2", "sin(3x) cos(2y) + 0.1(x^2 + y^2)"]
                .map(|text| (text.to_owned(), format!("formula = \"{text}\"\n"))),
        )
        .map(|(name, text)| (name, file::read(&text).unwrap()))
        .collect();
    // As `examples/peers.rs` has it.
    let basin = "landscape = \"himmelblau\"\neta = 0.003\nrho = 0.1\n";
    scenes.push(("himmelblau, the case basin".to_owned(), file::read(basin).unwrap()));
    scenes.push(("270 points, Welsch".to_owned(), builtin::opening()));
    let logistic = "data = \"blobs\"\nmodel = \"logistic\"\n";
    scenes.push(("blobs, logistic".to_owned(), file::read(logistic).unwrap()));
    println!(
        "{:36} {:>10} {:>12} {:>7}",
        "256² × 500 × 2 runs, CPU", "lanes, ms", "f64, ms", "ratio"
    );
    for (name, scene) in scenes {
        if only.as_ref().is_some_and(|only| !name.contains(only)) {
            continue;
        }
        let objective = scene.source().build().objective;
        let (eta, rho) = (scene.shared.eta.get(), scene.shared.ball.rho.get());
        let rules = [0.0, rho].map(|rho| Rule { eta, rho, steps: STEPS });
        let window = scene.shown_window();
        let rounds = if objective.examples() > 0 { 1 } else { ROUNDS };
        let lanes = least(rounds, || {
            for rule in rules {
                in_lanes(&objective, rule, Grid::new(window, SIDE, SIDE));
            }
        });
        let each = least(rounds, || {
            for rule in rules {
                one_by_one(&*objective, rule, Grid::new(window, FEW, FEW));
            }
        });
        let each = each * (SIDE * SIDE) as f64 / (FEW * FEW) as f64;
        println!("{name:36} {lanes:10.1} {each:12.0} {:6.0}×", each / lanes);
    }
}
