//! Every cell of the table of ascents is what its three parts say: runs beside a loop in plain numbers, for p = 2.
//!
//! ```text
//! L = ½ wᵀHw, H with eigenvalues 10 and 1, turned by 25°;  g = Hw,  T = diag(|w| + c)
//! direction d      g;  g, then H(w + ε/2);  m;  g − n;  −v;  u uᵀg with u the known eigenvector;  the larger of (g_1, g_2)
//! radius           ρd/‖d‖;   ρd;   ρd/√(‖d‖² + (gᵀd)²);   ρT²d/‖Td‖
//! step             g_s;  g_s‖g‖/‖g_s‖;  (1 − α)g + αg_s;  g_s − α g_⊥;  every k-th step g_s, else g + α‖g‖g_v/‖g_v‖
//! ```
//!
//! ρ is such that no cell leaves g without a part along u: the sharpest direction is looked for among those that g has a part
//! in. A quadratic has no examples to divide, so that parts of the batch are the batch. Momentum-SAM is put beside the paper's
//! own form too, which carries the perturbed weights `w̃ = w − ρv/‖v‖` from step to step.

use std::sync::Arc;

use ndarray::array;

use super::{Finding, apart, ascent, ball, quadratic, sam};
use crate::catalog::Choice;
use crate::optim::ascent::cell::Cell;
use crate::optim::ascent::{self as ascents, Ascent, table};
use crate::optim::base;
use crate::optim::run::{Run, Setup};
use crate::problem::Objective;

const ETA: f64 = 0.05;
const RHO: f64 = 0.25;
const DEGREES: f64 = 25.0;
const START: [f64; 2] = [0.7, -0.4];
const STEPS: usize = 12;

type Vector = [f64; 2];

pub(super) fn check() -> Vec<Finding> {
    let objective = quadratic([10.0, 1.0], DEGREES);
    let mut findings: Vec<Finding> =
        ["stable", "wsam", "monge", "vasso", "momentum_sam", "eigenvector"]
            .into_iter()
            .filter_map(|id| {
                let entry = ascents::ALL.find(id).ok()?;
                let choice = Choice::new(entry);
                let cell = choice.build().cell()?;
                Some(Finding {
                    law: format!(
                        "{}: error after {STEPS} steps beside a loop in plain numbers",
                        entry.name
                    ),
                    source: entry.source,
                    expected: 0.0,
                    found: off(&objective, choice, cell),
                    tolerance: 1e-12,
                })
            })
            .collect();
    findings.push(every_cell(&objective));
    findings.push(by_its_parts(&objective));
    findings.push(as_the_paper_has_it(&objective));
    findings
}

fn dot(a: Vector, b: Vector) -> f64 {
    a[0] * b[0] + a[1] * b[1]
}

fn long(a: Vector) -> f64 {
    dot(a, a).sqrt()
}

fn sum(a: Vector, by: f64, b: Vector) -> Vector {
    [a[0] + by * b[0], a[1] + by * b[1]]
}

fn times(a: Vector, by: f64) -> Vector {
    [by * a[0], by * a[1]]
}

/// A unit vector at so many degrees.
fn unit(degrees: f64) -> Vector {
    let (sin, cos) = libm::sincos(degrees.to_radians());
    [cos, sin]
}

fn gradient(w: Vector) -> Vector {
    let (steep, flat) = (unit(DEGREES), unit(DEGREES + 90.0));
    sum(times(steep, 10.0 * dot(steep, w)), dot(flat, w), flat)
}

/// A run of a cell that knows nothing of the program's.
struct Loop {
    cell: Cell,
    w: Vector,
    mean: Vector,
    expected: Vector,
    momentum: Vector,
    kept: Option<Vector>,
}

impl Loop {
    fn new(cell: Cell) -> Self {
        let none = [0.0, 0.0];
        Self { cell, w: START, mean: none, expected: none, momentum: none, kept: None }
    }

    fn reach(&self, d: Vector, g: Vector, rho: f64) -> Vector {
        if d == [0.0, 0.0] {
            return d;
        }
        match self.cell.radius {
            "fixed" => times(d, rho / long(d)),
            "proportional" => times(d, rho),
            "surface" => times(d, rho / long([long(d), dot(g, d)])),
            _ => {
                let t = self.w.map(|w| w.abs() + 0.01);
                let td = [t[0] * d[0], t[1] * d[1]];
                times([t[0] * td[0], t[1] * td[1]], rho / long(td))
            }
        }
    }

    fn epsilon(&self, g: Vector) -> Vector {
        match self.cell.direction {
            "climbed" => {
                let half = self.reach(g, g, RHO / 2.0);
                let there = gradient(sum(self.w, 1.0, half));
                sum(half, 1.0, self.reach(there, there, RHO / 2.0))
            }
            "average" => self.reach(self.mean, g, RHO),
            "noise" => self.reach(sum(g, -1.0, self.expected), g, RHO),
            "momentum" => self.reach(times(self.momentum, -1.0), g, RHO),
            "eigenvector" => {
                let u = unit(DEGREES);
                self.reach(times(u, dot(u, g)), g, RHO)
            }
            // Half of two coordinates is the larger one.
            "masked" if g[1].abs() > g[0].abs() => self.reach([0.0, g[1]], g, RHO),
            "masked" => self.reach([g[0], 0.0], g, RHO),
            _ => self.reach(g, g, RHO),
        }
    }

    fn handed(&mut self, g: Vector, there: Vector) -> Vector {
        match self.cell.step {
            "scaled" => times(there, long(g) / long(there)),
            "mixed" => sum(times(g, 0.2), 0.8, there),
            "across" => {
                let across = sum(g, -dot(g, there) / dot(there, there), there);
                sum(there, -0.4, across)
            }
            "reused" => {
                let new = sum(there, -dot(g, there) / dot(g, g), g);
                self.kept = (long(new) > 1e-12 * long(there)).then(|| times(new, 1.0 / long(new)));
                there
            }
            _ => there,
        }
    }

    fn step(&mut self, at: usize) {
        let g = gradient(self.w);
        self.mean = sum(times(self.mean, 0.6), 0.4, g);
        self.expected = sum(times(self.expected, 0.9), 0.1, g);
        let handed = if self.cell.step == "reused" && !at.is_multiple_of(5) {
            self.momentum = sum(g, 0.9, self.momentum);
            self.kept.map_or(g, |kept| sum(g, 0.7 * long(g), kept))
        } else {
            let epsilon = self.epsilon(g);
            let there = gradient(sum(self.w, 1.0, epsilon));
            self.momentum = sum(there, 0.9, self.momentum);
            self.handed(g, there)
        };
        self.w = sum(self.w, -ETA, handed);
    }
}

/// How far the run of an ascent is from the loop of its cell at most.
fn off(objective: &Arc<dyn Objective>, choice: Choice<dyn Ascent>, cell: Cell) -> f64 {
    let setup = sam(objective, START, ETA, ball(2.0, RHO), STEPS);
    let path = Run::to_end(Setup { ascent: choice, ..setup });
    let mut looped = Loop::new(cell);
    let mut worst = 0.0_f64;
    for step in 1..=STEPS {
        looped.step(step - 1);
        let off = path
            .row(step)
            .map_or(f64::NAN, |row| apart(row.w, array![looped.w[0], looped.w[1]].view()));
        worst = if off.is_nan() { f64::INFINITY } else { worst.max(off) };
    }
    worst
}

fn every_cell(objective: &Arc<dyn Objective>) -> Finding {
    let cells: Vec<Cell> = table::cells().filter(|cell| cell.direction != "random").collect();
    let worst = cells
        .iter()
        .map(|&cell| off(objective, parts(cell), cell))
        .fold(0.0, |worst: f64, off| worst.max(off));
    Finding {
        law: format!(
            "each of {} cells, direction × radius × step, is a loop in plain numbers: largest error",
            cells.len()
        ),
        source: "—",
        expected: 0.0,
        found: worst,
        tolerance: 1e-11,
    }
}

/// The composed ascent of a cell, whether a paper has named it or not.
fn parts(cell: Cell) -> Choice<dyn Ascent> {
    let mut choice = ascents::composed();
    for (key, id) in [("direction", cell.direction), ("radius", cell.radius), ("step", cell.step)] {
        choice = choice.with(key, id).expect("cells are made of what is listed");
    }
    choice
}

/// How many runs of named ascents differ from those that are composed of their parts.
fn by_its_parts(objective: &Arc<dyn Objective>) -> Finding {
    let mut different = 0_u32;
    for entry in ascents::ALL.entries {
        let Some(cell) = Choice::new(entry).build().cell() else { continue };
        for base in base::ALL.entries {
            for p in [1.0, 1.5, 2.0, f64::INFINITY] {
                let setup = Setup {
                    base: Choice::new(base),
                    ascent: Choice::new(entry),
                    ..sam(objective, START, ETA, ball(p, RHO), 30)
                };
                let composed = Setup { ascent: parts(cell), ..setup.clone() };
                different += u32::from(Run::to_end(setup) != Run::to_end(composed));
            }
        }
    }
    Finding {
        law: "every ascent is its cell of the table, over every base and in every norm: runs that differ"
            .to_owned(),
        source: "—",
        expected: 0.0,
        found: f64::from(different),
        tolerance: 0.0,
    }
}

fn as_the_paper_has_it(objective: &Arc<dyn Objective>) -> Finding {
    let setup = Setup {
        base: base::ALL.choose("momentum").expect("the heavy ball is listed"),
        ascent: ascent("momentum_sam", "mu", 0.9),
        ..sam(objective, START, ETA, ball(2.0, RHO), STEPS)
    };
    let path = Run::to_end(setup);
    let (mut carried, mut v) = (START, [0.0, 0.0]);
    let off_by = |v: Vector| if v == [0.0, 0.0] { v } else { times(v, RHO / long(v)) };
    for _ in 0..STEPS {
        let g = gradient(carried);
        let w = sum(carried, 1.0, off_by(v));
        v = sum(g, 0.9, v);
        carried = sum(sum(w, -ETA, v), -1.0, off_by(v));
    }
    let w = sum(carried, 1.0, off_by(v));
    Finding {
        law: format!(
            "Momentum-SAM over the heavy ball is the paper's algorithm, which carries w + ε: error after {STEPS} steps"
        ),
        source: "Becker, Altrock & Risse 2024, alg. 1",
        expected: 0.0,
        found: path.end().map_or(f64::NAN, |end| apart(end.view(), array![w[0], w[1]].view())),
        tolerance: 1e-12,
    }
}
