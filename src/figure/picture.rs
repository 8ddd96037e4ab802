//! What a picture is made from: a scene, what followed from it, and where one looks.

use ndarray::{Array1, ArrayView1};

use super::gauge::Gauge;
use crate::analysis::measures::Measured;
use crate::analysis::section::{Section, Shadow};
use crate::engine::Engine;
use crate::engine::measures::{Along, Measures};
use crate::engine::plan::{Known, Wanted};
use crate::engine::products::{Duel, Terrain};
use crate::engine::spectrum::Spectra;
use crate::math::norm::{Ball, Norm, Radius};
use crate::optim::ascent::Norms;
use crate::optim::trajectory::{Row, Trajectory};
use crate::problem::Batch;
use crate::problem::grid::Window;
use crate::scene::Scene;

/// Everything that panes are a function of.
#[derive(Clone, Copy)]
pub struct Picture<'a> {
    /// What was asked for.
    pub scene: &'a Scene,
    /// The two runs, once they are there.
    pub duel: Option<&'a Duel>,
    /// The plane that they are seen in, once it is there; it is one of these runs.
    pub section: Option<&'a Section>,
    /// The ground, once it is there.
    pub terrain: Option<&'a Terrain>,
    /// What was measured along the runs, once it is there.
    pub measures: Option<&'a Measures>,
    /// The spectra where the runs stand, or stood a moment ago.
    pub spectra: Option<&'a Spectra>,
    /// Where one looks.
    pub look: Look,
}

/// Where one looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// The step shown.
    pub step: usize,
    /// The part of the map shown.
    pub window: Window,
    /// What charts are drawn against.
    pub against: Against,
    /// Which sharpness is charted.
    pub gauge: Gauge,
    /// How many points of the screen or the sheet a unit of the map is long: what decides which dots are too dense to
    /// draw and when a ball needs a lens.
    pub points_per_unit: f64,
}

/// What charts are drawn against: a SAM step pays for two gradients, so a fair comparison can be made both ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Against {
    /// Steps made.
    Steps,
    /// Gradients evaluated.
    Gradients,
}

/// One of the two runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// The base optimizer alone.
    Base,
    /// The same with the scene's ascent.
    Sam,
}

impl Lane {
    /// Both, in order.
    pub const BOTH: [Self; 2] = [Self::Base, Self::Sam];
}

impl Look {
    /// Where along the runs the loss must be measured for what is shown.
    #[must_use]
    pub fn along(&self) -> Along {
        if self.gauge.is_over_time() && !self.gauge.is_recorded() {
            Along::Everything
        } else {
            Along::Step(self.step)
        }
    }

    /// `wanted`, with what the charts that are looked at need beyond it.
    #[must_use]
    pub fn adds_to(&self, wanted: Wanted, known: Known<'_>) -> Wanted {
        let measured = wanted.measured(known, self.along());
        match self.gauge {
            Gauge::Spectrum => measured.with_spectra(known, self.step),
            Gauge::Proxy
            | Gauge::Gap
            | Gauge::Worst
            | Gauge::Average
            | Gauge::LambdaMax
            | Gauge::Trace
            | Gauge::Condition
            | Gauge::Cut => measured,
        }
    }
}

impl<'a> Picture<'a> {
    /// What is to be seen of `scene` with what `engine` has finished.
    #[must_use]
    pub fn of(scene: &'a Scene, engine: &'a Engine, look: Look) -> Self {
        let seen = engine.shown();
        let section = seen.map(|seen| &*seen.section);
        // A ground that was made for what is coming lies in another plane.
        let in_plane = |terrain: &&Terrain| section.is_none_or(|it| it.plane == terrain.plane);
        Self {
            scene,
            duel: seen.map(|seen| &*seen.duel),
            section,
            terrain: engine.terrain().filter(in_plane),
            measures: engine.measures(),
            spectra: engine.spectra(),
            look,
        }
    }

    /// What was measured where `lane` stands, or shortly before; nothing while it is not known.
    #[must_use]
    pub fn measured(&self, lane: Lane) -> Option<&'a Measured> {
        let measures = self.measures.filter(|measures| Some(&*measures.duel) == self.duel)?;
        let step = self.look.step.min(self.run(lane)?.last_step());
        match lane {
            Lane::Base => measures.at(0, step),
            Lane::Sam => measures.at(1, step),
        }
    }

    /// The run of `lane`.
    #[must_use]
    pub fn run(&self, lane: Lane) -> Option<&'a Trajectory> {
        let duel = self.duel?;
        Some(match lane {
            Lane::Base => &duel.base,
            Lane::Sam => &duel.sam,
        })
    }

    /// What is seen of `lane` in the plane of the map, step by step.
    #[must_use]
    pub fn shadow(&self, lane: Lane) -> Option<&'a Shadow> {
        let section = self.section?;
        Some(match lane {
            Lane::Base => &section.base,
            Lane::Sam => &section.sam,
        })
    }

    /// Where weights are drawn on the map: the nearest point of its plane.
    #[must_use]
    pub fn place(&self, w: ArrayView1<'_, f64>) -> [f64; 2] {
        match self.section {
            Some(section) if section.plane.origin.len() == w.len() => section.plane.project(w),
            Some(_) | None => [0, 1].map(|k| w.get(k).copied().unwrap_or_default()),
        }
    }

    /// How far weights are from the plane of the map; zero where the map is the whole space.
    #[must_use]
    pub fn off_plane(&self, w: ArrayView1<'_, f64>) -> f64 {
        match self.section {
            Some(section) if section.plane.origin.len() == w.len() => section.plane.distance(w),
            Some(_) | None => 0.0,
        }
    }

    /// Whether the map is a plane through a larger space.
    #[must_use]
    pub fn is_a_slice(&self) -> bool {
        self.section.is_some_and(|section| !section.is_whole())
    }

    /// How long a unit of the map is, measured as weights are.
    #[must_use]
    pub fn unit(&self) -> f64 {
        let along = self.section.map(|section| &section.plane.along);
        let length = along.map_or(1.0, |along| along.dot(along).sqrt());
        if length > 0.0 { length } else { 1.0 }
    }

    /// The loss of the point of the plane that weights are drawn at, to be said beside their own.
    #[must_use]
    pub fn loss_on_plane(&self, w: ArrayView1<'_, f64>) -> Option<f64> {
        let [a, b] = self.place(w);
        let there = self.section?.plane.at(a, b);
        let loss = self.duel?.problem.objective.loss(there.view(), Batch::Whole);
        loss.is_finite().then_some(loss)
    }

    /// What `lane` was doing at the step shown, or at its last if it ended before.
    #[must_use]
    pub fn row(&self, lane: Lane) -> Option<Row<'a>> {
        self.run(lane)?.row_at_most(self.look.step)
    }

    /// What the run of `lane` is called: "SGD", "SAM", "SAM (Momentum)".
    #[must_use]
    pub fn name(&self, lane: Lane) -> String {
        let base = self.scene.base.entry();
        let ascent = self.scene.ascent.entry();
        match lane {
            Lane::Base => base.name.to_owned(),
            Lane::Sam if ascent.id == "none" => base.name.to_owned(),
            Lane::Sam if base.id == "sgd" => ascent.name.to_owned(),
            Lane::Sam => format!("{} ({})", ascent.name, base.name),
        }
    }

    /// Whether the second run looks around itself at all.
    #[must_use]
    pub fn looks_around(&self) -> bool {
        self.scene.ascent.id() != "none" && !self.scene.ball.rho.is_zero()
    }

    /// The outline of the ball that the second run looks around in at `row`, as so many corners around the weights;
    /// `None` where it looks in no ball.
    ///
    /// On a slice it is the shadow of the ball, which for p = 2 is as large as the ball itself.
    #[must_use]
    pub fn ball_around(&self, row: &Row<'_>, corners: usize) -> Option<Vec<[f64; 2]>> {
        let ascent = self.scene.ascent.build();
        if !self.looks_around() || ascent.norms() == Norms::Ignored {
            return None;
        }
        let rho = Radius::new(row.numbers.rho).ok().filter(|rho| !rho.is_zero())?;
        let ball = Ball { rho, ..self.scene.ball };
        if self.is_a_slice() {
            return self.shadow_of_ball(row, ball, ascent.ball_scale(row.w), corners);
        }
        if row.w.len() != 2 {
            return None;
        }
        let stretch = ascent.ball_scale(row.w).map_or([1.0, 1.0], |scale| [scale[0], scale[1]]);
        let around = |[x, y]: [f64; 2]| [row.w[0] + stretch[0] * x, row.w[1] + stretch[1] * y];
        Some(ball.outline(corners).into_iter().map(around).collect())
    }

    /// The outline of a ball's shadow: in every direction of the plane the farthest point of the ball.
    fn shadow_of_ball(
        &self,
        row: &Row<'_>,
        ball: Ball,
        scale: Option<Array1<f64>>,
        corners: usize,
    ) -> Option<Vec<[f64; 2]>> {
        let plane = &self.section?.plane;
        let [first, second] = plane.frame();
        if first.len() != row.w.len() {
            return None;
        }
        let centre = plane.project(row.w);
        let turn = |k: usize| libm::sincos(std::f64::consts::TAU * k as f64 / corners as f64);
        let is_flat = [&first, &second].iter().any(|unit| unit.dot(*unit) == 0.0);
        if ball.norm == Norm::L2 && scale.is_none() && !is_flat {
            // A circle, told by two displacements: corner by corner it would be the longest work of a frame with
            // thousands of weights.
            let [u, v] = [&first, &second].map(|unit| plane.components(unit.view()));
            let rho = ball.rho.get();
            let corner = |k: usize| {
                let (sin, cos) = turn(k);
                [0, 1].map(|axis| centre[axis] + rho * (cos * u[axis] + sin * v[axis]))
            };
            return Some((0..corners).map(corner).collect());
        }
        let stretched = |v: Array1<f64>| match &scale {
            Some(scale) => v * scale,
            None => v,
        };
        let corner = |k: usize| {
            let (sin, cos) = turn(k);
            let direction = stretched(&first * cos + &second * sin);
            let farthest = stretched(ball.steepest_ascent(direction.view()));
            let [a, b] = plane.components(farthest.view());
            [centre[0] + a, centre[1] + b]
        };
        Some((0..corners).map(corner).collect())
    }
}
