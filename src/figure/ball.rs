//! What is seen of a neighbourhood on the map: the ball that a run looks around in and displacements, over two weights
//! themselves, else their shadows.

use ndarray::ArrayView1;

use super::picture::Picture;
use crate::math::norm::{Ball, Norm, Radius};
use crate::optim::neighbourhood::Neighbourhood;
use crate::optim::trajectory::Row;

impl Picture<'_> {
    /// The outline of the ball that a run looks around in at `row`, as so many corners around the weights; `None` where
    /// it looks in no ball.
    ///
    /// On a slice it is the shadow of the ball, which for p = 2 is as large as the ball itself.
    #[must_use]
    pub fn ball_around(&self, run: usize, row: &Row<'_>, corners: usize) -> Option<Vec<[f64; 2]>> {
        let spec = self.spec_at(run, self.step_of(run));
        let ascent = spec.ascent.build();
        if !spec.perturbs() {
            return None;
        }
        let rho = Radius::new(row.numbers.rho).ok().filter(|rho| !rho.is_zero())?;
        let neighbourhood = ascent.neighbourhood(row.w, Ball { rho, ..spec.ball })?;
        if self.is_a_slice() {
            return self.shadow_of(row, &neighbourhood, corners);
        }
        if row.w.len() != 2 {
            return None;
        }
        let around = |[x, y]: [f64; 2]| [row.w[0] + x, row.w[1] + y];
        Some(neighbourhood.outline(corners).into_iter().map(around).collect())
    }

    /// The outline of a ball's shadow: in every direction of the plane the farthest point of the ball.
    fn shadow_of(
        &self,
        row: &Row<'_>,
        neighbourhood: &Neighbourhood,
        corners: usize,
    ) -> Option<Vec<[f64; 2]>> {
        let ball = neighbourhood.unit();
        let plane = &self.section?.plane;
        let [first, second] = plane.frame();
        if first.len() != row.w.len() {
            return None;
        }
        let centre = plane.project(row.w);
        let turn = |k: usize| libm::sincos(std::f64::consts::TAU * k as f64 / corners as f64);
        let is_flat = [&first, &second].iter().any(|unit| unit.dot(*unit) == 0.0);
        if ball.norm == Norm::L2 && neighbourhood.scale().is_none() && !is_flat {
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
        let corner = |k: usize| {
            let (sin, cos) = turn(k);
            let direction = &first * cos + &second * sin;
            let farthest = neighbourhood.maximizer(direction.view());
            let [a, b] = plane.components(farthest.view());
            [centre[0] + a, centre[1] + b]
        };
        Some((0..corners).map(corner).collect())
    }

    /// Points a unit of the map; a guess where the caller has none.
    #[must_use]
    pub fn scale(&self) -> f64 {
        /// The width of a map on a usual screen, in points.
        const USUAL: f64 = 400.0;
        let said = self.look.points_per_unit;
        if said.is_finite() && said > 0.0 { said } else { USUAL / self.look.window.span()[0] }
    }

    /// What is seen of a displacement in the plane of the map.
    #[must_use]
    pub fn displacement(&self, by: ArrayView1<'_, f64>) -> [f64; 2] {
        match self.section {
            Some(section) if section.plane.origin.len() == by.len() => section.plane.components(by),
            Some(_) | None => [0, 1].map(|k| by.get(k).copied().unwrap_or_default()),
        }
    }

    /// How long a displacement is seen to be, in units of the map.
    #[must_use]
    pub fn length_on_map(&self, by: ArrayView1<'_, f64>) -> f64 {
        let [x, y] = self.displacement(by);
        x.hypot(y)
    }
}
