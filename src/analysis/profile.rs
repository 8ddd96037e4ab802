//! The loss through the weights, along ε̂ and along the sharpest direction.
//!
//! ```text
//! L(w + t d) − L(w),   d = ε̂/‖ε̂‖ and d = v, ∇²L(w) v = λ_max v,   |t| ≤ 1½ of where the neighbourhood ends along d
//! ```
//!
//! Along ε̂ the tangent ends at the proxy and the curve at the gap (P. Foret et al., 2021, eq. 2); at a minimum both are
//! zero, while the worst case and the average of the neighbourhood are not: they are seen along v, where the loss rises by
//! about `½ρ²λ_max` (K. Wen, T. Ma and Z. Li, 2023, "How does sharpness-aware minimization minimize sharpness?", ICLR).

use ndarray::Array1;

use super::sharpest::SharpestWork;
use crate::math::norm::Norm;
use crate::optim::ascent::FLAT;
use crate::optim::neighbourhood::Neighbourhood;
use crate::problem::{Batch, Objective};

/// The loss through one point along two directions.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// `L(w)`.
    pub loss: f64,
    /// `gᵀd` along ε̂.
    pub slope: f64,
    /// Along ε̂; none where the gradient vanishes.
    pub uphill: Option<Line>,
    /// Along the sharpest direction; none where the neighbourhood has no width in it.
    pub sharpest: Option<Line>,
}

/// The loss along a line through the weights.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// How far from the weights the neighbourhood ends, a distance.
    pub edge: f64,
    /// Where, in distances from the weights, in order.
    pub places: Vec<f64>,
    /// How much higher than `L(w)` the loss is there; not all need be finite.
    pub rises: Vec<f64>,
}

/// How far a line goes, in edges of the neighbourhood, and in how many intervals; weights and edges lie on places.
const REACH: f64 = 1.5;
const INTERVALS: usize = 60;

impl Line {
    /// The rise at the edge, ahead.
    #[must_use]
    pub fn at_the_edge(&self) -> Option<f64> {
        self.rises.get(5 * INTERVALS / 6).copied().filter(|rise| rise.is_finite())
    }
}

/// A profile that is being found.
pub struct ProfileWork {
    w: Array1<f64>,
    neighbourhood: Neighbourhood,
    search: SharpestWork,
    profile: Option<Profile>,
    directions: [Option<Array1<f64>>; 2],
}

impl ProfileWork {
    /// The profile at `w`, as far as `neighbourhood` and a bit beyond.
    #[must_use]
    pub fn at(w: Array1<f64>, neighbourhood: Neighbourhood) -> Self {
        let search = SharpestWork::of(1);
        Self { w, neighbourhood, search, profile: None, directions: [None, None] }
    }

    /// Does one piece of the work: one loss, or a part of the search for the sharpest direction; the profile when it was
    /// the last.
    pub fn advance(&mut self, objective: &dyn Objective) -> Option<Profile> {
        let Some(profile) = &mut self.profile else {
            let found = self.search.advance(objective, self.w.view())?;
            let (loss, g) = objective.loss_and_gradient(self.w.view(), Batch::Whole);
            let is_flat = Norm::L2.length(g.view()) < FLAT;
            let uphill = unit(self.neighbourhood.maximizer(g.view())).filter(|_| !is_flat);
            let slope = uphill.as_ref().map_or(0.0, |d| g.dot(d));
            // Of the two ways along it, the one that the slope does not lead down.
            let sharpest = found.vectors.into_iter().next().and_then(unit);
            let sharpest = sharpest.map(|v| if g.dot(&v) < 0.0 { -v } else { v });
            let line = |direction: &Option<Array1<f64>>| {
                let edge = self.neighbourhood.unit().rho.get()
                    / self.neighbourhood.length(direction.as_ref()?.view());
                let is_wide = edge.is_finite() && edge > 0.0;
                is_wide.then(|| Line { edge, places: Vec::new(), rises: Vec::new() })
            };
            let (along, across) = (line(&uphill), line(&sharpest));
            self.directions = [uphill, sharpest];
            self.profile = Some(Profile { loss, slope, uphill: along, sharpest: across });
            return None;
        };
        let loss = profile.loss;
        let lines = [&mut profile.uphill, &mut profile.sharpest].into_iter().zip(&self.directions);
        for (line, direction) in lines {
            let (Some(line), Some(direction)) = (line, direction) else { continue };
            let k = line.places.len();
            if k <= INTERVALS {
                let t = REACH * line.edge * (2.0 * k as f64 / INTERVALS as f64 - 1.0);
                let at = &self.w + &(direction * t);
                line.places.push(t);
                line.rises.push(objective.loss(at.view(), Batch::Whole) - loss);
                return None;
            }
        }
        self.profile.clone()
    }

    /// The whole work at once.
    #[must_use]
    pub fn to_end(mut self, objective: &dyn Objective) -> Profile {
        loop {
            if let Some(profile) = self.advance(objective) {
                return profile;
            }
        }
    }
}

fn unit(v: Array1<f64>) -> Option<Array1<f64>> {
    let length = Norm::L2.length(v.view());
    (length > 0.0 && length.is_finite()).then(|| v / length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::measures::measure;
    use crate::math::norm::{Ball, Radius};
    use crate::problem::{Formula, landscapes};
    use ndarray::arr1;

    fn around(id: &str, at: [f64; 2], norm: Norm) -> (Formula, Profile, Neighbourhood) {
        let objective = Formula(landscapes::ALL.choose(id).unwrap().build());
        let ball = Ball { norm, rho: Radius::new(0.1).unwrap() };
        let neighbourhood = Neighbourhood::ball(ball);
        let profile = ProfileWork::at(arr1(&at), neighbourhood.clone()).to_end(&objective);
        (objective, profile, neighbourhood)
    }

    #[test]
    fn along_epsilon_the_tangent_ends_at_the_proxy_and_the_curve_at_the_gap() {
        for norm in [Norm::L1, Norm::L2, Norm::LInf] {
            for at in [[0.7, -0.4], [1.3, 0.2], [-0.5, 0.9]] {
                let (objective, profile, over) = around("himmelblau", at, norm);
                let measured = measure(&objective, arr1(&at).view(), over);
                let line = profile.uphill.unwrap();
                let proxy = profile.slope * line.edge;
                assert!((proxy / measured.proxy_all - 1.0).abs() < 1e-9, "{norm:?} {at:?}");
                let gap = line.at_the_edge().unwrap();
                assert!((gap - measured.gap_all).abs() < 1e-9 * measured.gap_all.abs());
                assert_eq!(line.rises[INTERVALS / 2], 0.0);
            }
        }
    }

    #[test]
    fn at_a_minimum_nothing_leads_uphill_and_the_sharpest_direction_rises_as_its_curvature_says() {
        let (objective, profile, over) = around("quadratic", [0.0, 0.0], Norm::L2);
        assert_eq!((profile.uphill, profile.slope), (None, 0.0));
        let rise = profile.sharpest.unwrap().at_the_edge().unwrap();
        let measured = measure(&objective, arr1(&[0.0, 0.0]).view(), over);
        assert!((rise - 0.5 * 0.01 * measured.lambda_max).abs() < 1e-12);
        assert!((rise - measured.worst).abs() < 1e-9 && measured.proxy_all == 0.0);
    }
}
