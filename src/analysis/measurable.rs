//! Everything that can be measured at a step of a run, by name: the one list for tables, menus and the command line.
//!
//! | id | measure | over |
//! |---|---|---|
//! | `lambda_max`, `trace`, `condition` | of `∇²L(w)` | the weights |
//! | `worst_case`, `average`, `gap_all`, `proxy_all` | sharpness | a neighbourhood of the weights |
//! | `cosine`, `angle_g`, `angle_gs`, `alignment` | directions | a neighbourhood of the weights |
//! | `share0`, `balance` | of two weights | the weights |
//! | `distance` | from the start | the run |
//! | `edge`, `lambda_max_p` | stability | the step that leaves the weights |
//!
//! All are of the loss on all training data. How each is found, and where it is an estimate, is said by
//! [`measures`].

use ndarray::{Array1, ArrayView1};

use super::average_case::{AverageCaseWork, Bend};
use super::measures::{self, Ahead, Curvature};
use super::worst_case::{WorstCase, worst_case};
use super::{balance, preconditioned};
use crate::optim::neighbourhood::Neighbourhood;
use crate::problem::Objective;

/// One measure of the list.
#[derive(Debug, PartialEq, Eq)]
pub struct Measurable {
    /// Its name in tables and on the command line.
    pub id: &'static str,
    /// Its name in a menu.
    pub name: &'static str,
    /// What it is, for a tooltip.
    pub about: &'static str,
    /// What it is taken over.
    pub over: Over,
    kind: Kind,
}

/// What a measure is taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// The weights alone.
    Weights,
    /// A neighbourhood of the weights.
    Neighbourhood,
    /// The step that leaves the weights: its η, its base, its ascent.
    Step,
    /// The run so far.
    Run,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    LambdaMax,
    Trace,
    Condition,
    WorstCase,
    Average,
    Gap,
    Proxy,
    Cosine,
    AngleHere,
    AngleThere,
    Alignment,
    Share,
    Balance,
    Distance,
    Edge,
    Preconditioned,
}

/// Every measure, in the order of a menu.
pub static ALL: &[Measurable] = &[
    Measurable {
        id: "lambda_max",
        name: "Curvature λ_max",
        about: "the largest eigenvalue of ∇²L(w)",
        over: Over::Weights,
        kind: Kind::LambdaMax,
    },
    Measurable {
        id: "trace",
        name: "Trace",
        about: "tr ∇²L(w); above 400 weights an estimate",
        over: Over::Weights,
        kind: Kind::Trace,
    },
    Measurable {
        id: "condition",
        name: "Condition",
        about: "the largest eigenvalue of ∇²L(w) over the smallest, by size; not above 400 weights",
        over: Over::Weights,
        kind: Kind::Condition,
    },
    Measurable {
        id: "worst_case",
        name: "Worst case",
        about: "max L(w + ε) − L(w) over the neighbourhood; above two weights a lower bound",
        over: Over::Neighbourhood,
        kind: Kind::WorstCase,
    },
    Measurable {
        id: "average",
        name: "Average",
        about: "mean L(w + ε) − L(w) over the boundary of the neighbourhood",
        over: Over::Neighbourhood,
        kind: Kind::Average,
    },
    Measurable {
        id: "gap_all",
        name: "Gap on all data",
        about: "L(w + ε̂) − L(w) at the maximizer ε̂ of gᵀε",
        over: Over::Neighbourhood,
        kind: Kind::Gap,
    },
    Measurable {
        id: "proxy_all",
        name: "Proxy on all data",
        about: "ρ‖Tg‖_q, the rise to first order",
        over: Over::Neighbourhood,
        kind: Kind::Proxy,
    },
    Measurable {
        id: "cosine",
        name: "cos(g, g_s)",
        about: "the cosine of the angle between ∇L(w) and ∇L(w + ε̂)",
        over: Over::Neighbourhood,
        kind: Kind::Cosine,
    },
    Measurable {
        id: "angle_g",
        name: "Angle of g to the worst ε",
        about: "in degrees; above two weights to the worst that a climb finds",
        over: Over::Neighbourhood,
        kind: Kind::AngleHere,
    },
    Measurable {
        id: "angle_gs",
        name: "Angle of g_s to the worst ε",
        about: "the same for ∇L(w + ε̂)",
        over: Over::Neighbourhood,
        kind: Kind::AngleThere,
    },
    Measurable {
        id: "alignment",
        name: "Alignment of ε",
        about: "|ε̂ᵀv|/‖ε̂‖ with the sharpest eigenvector v",
        over: Over::Neighbourhood,
        kind: Kind::Alignment,
    },
    Measurable {
        id: "share0",
        name: "Share of w₀",
        about: "w₀²/(w₀² + w₁²), of two weights",
        over: Over::Weights,
        kind: Kind::Share,
    },
    Measurable {
        id: "balance",
        name: "Balance",
        about: "w₀² − w₁², where the loss depends on w₀w₁ alone",
        over: Over::Weights,
        kind: Kind::Balance,
    },
    Measurable {
        id: "distance",
        name: "Distance from start",
        about: "‖w − w of step 0‖₂",
        over: Over::Run,
        kind: Kind::Distance,
    },
    Measurable {
        id: "edge",
        name: "Edge of stability",
        about: "the largest λ_max that the step does not overshoot, where one is derived",
        over: Over::Step,
        kind: Kind::Edge,
    },
    Measurable {
        id: "lambda_max_p",
        name: "Preconditioned curvature",
        about: "the largest eigenvalue of P⁻¹∇²L(w), where the base divides by P",
        over: Over::Step,
        kind: Kind::Preconditioned,
    },
];

/// The measure called `id`.
#[must_use]
pub fn find(id: &str) -> Option<&'static Measurable> {
    ALL.iter().find(|measure| measure.id == id)
}

/// Where one measures.
pub struct At<'a> {
    /// The loss.
    pub objective: &'a dyn Objective,
    /// The weights.
    pub w: ArrayView1<'a, f64>,
    /// The neighbourhood of the weights; without one there is nothing over it.
    pub neighbourhood: Option<Neighbourhood>,
    /// The weights of step 0.
    pub start: Option<ArrayView1<'a, f64>>,
    /// The edge of the step that leaves the weights, where it is compared with the curvature of the loss.
    pub edge: Option<f64>,
    /// The diagonal of `P` in that step.
    pub preconditioner: Option<Array1<f64>>,
}

impl At<'_> {
    /// What `asked` are here, in their order; none where one is not known, or not a finite number.
    ///
    /// Only what is asked for is searched for.
    #[must_use]
    pub fn values(&self, asked: &[&'static Measurable]) -> Vec<Option<f64>> {
        let wants = |kinds: &[Kind]| asked.iter().any(|measure| kinds.contains(&measure.kind));
        let is_aligned = wants(&[Kind::Alignment]) && self.neighbourhood.is_some();
        let curvature = wants(&[Kind::LambdaMax, Kind::Trace, Kind::Condition]) || is_aligned;
        // The mean over many weights is found sooner where the curvature is known.
        let bend = wants(&[Kind::Average]) && self.w.len() > 2 && self.neighbourhood.is_some();
        let found = (curvature || bend).then(|| measures::curvature(self.objective, self.w));
        let (curvature, bend, sharpest) =
            found.map_or((None, Bend::Unknown, None), |(c, bend, v)| (Some(c), bend, v));
        let angles = wants(&[Kind::AngleHere, Kind::AngleThere]);
        let looks = wants(&[Kind::Gap, Kind::Proxy, Kind::Cosine, Kind::Alignment]) || angles;
        let around = self.neighbourhood.as_ref();
        let ahead =
            around.filter(|_| looks).map(|around| measures::ahead(self.objective, self.w, around));
        let worst = around
            .filter(|_| angles || wants(&[Kind::WorstCase]))
            .map(|around| worst_case(self.objective, self.w, around));
        let known = Known { curvature, bend, sharpest, ahead, worst };
        let value = |measure: &&Measurable| {
            let value = self.value(measure.kind, &known)?;
            value.is_finite().then_some(value)
        };
        asked.iter().map(value).collect()
    }

    fn value(&self, kind: Kind, known: &Known) -> Option<f64> {
        let Known { curvature, bend, sharpest, ahead, worst } = known;
        let angle = |k: usize| ahead.as_ref()?.angles(worst.as_ref()?.epsilon.view())[k];
        match kind {
            Kind::LambdaMax => curvature.map(|found| found.lambda_max),
            Kind::Trace => curvature.map(|found| found.trace),
            Kind::Condition => curvature.map(|found| found.condition),
            Kind::WorstCase => worst.as_ref().map(|found| found.rise),
            Kind::Cosine => ahead.as_ref()?.cosine(),
            Kind::AngleHere => angle(0),
            Kind::AngleThere => angle(1),
            Kind::Alignment => ahead.as_ref()?.alignment(sharpest.as_ref()?),
            Kind::Share => balance::share(self.w),
            Kind::Balance => balance::balance(self.objective, self.w),
            Kind::Distance => self.start.map(|start| measures::distance(self.w, start)),
            Kind::Average => {
                let around = self.neighbourhood.as_ref()?;
                let mut work = AverageCaseWork::at(self.w, around, bend.clone());
                loop {
                    if let Some(mean) = work.advance(self.objective) {
                        return Some(mean.value);
                    }
                }
            }
            Kind::Proxy => ahead.as_ref().map(|ahead| ahead.proxy),
            Kind::Gap => ahead.as_ref().map(|ahead| ahead.gap),
            Kind::Edge => self.edge,
            Kind::Preconditioned => {
                let p = self.preconditioner.as_ref()?;
                Some(preconditioned::lambda_max(self.objective, self.w, p.view()))
            }
        }
    }
}

/// What several measures are read off.
struct Known {
    curvature: Option<Curvature>,
    bend: Bend,
    sharpest: Option<Array1<f64>>,
    ahead: Option<Ahead>,
    worst: Option<WorstCase>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::norm::{Ball, Norm, Radius};
    use crate::math::random::Streams;
    use crate::problem::risk::Risk;
    use crate::problem::{Formula, datasets, landscapes, losses, models};
    use ndarray::array;

    fn agree(objective: &dyn Objective, w: ArrayView1<'_, f64>) {
        let around = Ball { norm: Norm::L2, rho: Radius::new(0.1).unwrap() };
        let around = Neighbourhood::from(around);
        let all = measures::measure(objective, w, &around);
        let asked: Vec<&'static Measurable> = ALL.iter().rev().collect();
        let (edge, preconditioner) = (Some(2.5), Some(Array1::ones(w.len())));
        let (neighbourhood, start) = (Some(around), None);
        let at = At { objective, w, neighbourhood, start, edge, preconditioner };
        let values = at.values(&asked);
        let of = |id: &str| {
            let place = asked.iter().position(|measure| measure.id == id).unwrap();
            values[place].unwrap_or(f64::NAN).to_bits()
        };
        assert_eq!(of("lambda_max"), all.lambda_max.to_bits());
        assert_eq!(of("trace"), all.trace.to_bits());
        assert_eq!(of("condition"), all.condition.to_bits());
        assert_eq!(of("worst_case"), all.worst.to_bits());
        assert_eq!(of("average"), all.average.to_bits());
        assert_eq!(of("gap_all"), all.gap_all.to_bits());
        assert_eq!(of("proxy_all"), all.proxy_all.to_bits());
        assert_eq!(of("cosine"), all.cosine.to_bits());
        assert_eq!([of("angle_g"), of("angle_gs")], all.angles.map(f64::to_bits));
        assert_eq!(of("alignment"), all.alignment.to_bits());
        assert!(all.cosine.abs() <= 1.0 && (0.0..=1.0).contains(&all.alignment));
        assert_eq!(of("edge"), 2.5f64.to_bits());
        let p = f64::from_bits(of("lambda_max_p"));
        assert!((p - all.lambda_max).abs() < 1e-6 * all.lambda_max.abs());
    }

    #[test]
    fn one_by_one_the_measures_are_those_of_all_together() {
        let bowl = Formula(landscapes::ALL.choose("himmelblau").unwrap().build());
        agree(&bowl, array![2.3, -1.1].view());
        let data = datasets::ALL.choose("moons").unwrap().with("points", 40.0).unwrap().build();
        let sample = data.sample(&mut Streams::new(1).dataset());
        for units in [4.0, 12.0] {
            let model = models::ALL.choose("network").unwrap().with("units", units).unwrap();
            let model = model.build();
            let w = model.start(2, &mut Streams::new(1).weights());
            let loss = losses::ALL.choose("cross_entropy").unwrap().build();
            agree(&Risk::new(sample.clone(), model, loss), w.view());
        }
    }

    #[test]
    fn without_a_neighbourhood_nothing_is_measured_over_one() {
        let bowl = Formula(landscapes::ALL.choose("quadratic").unwrap().build());
        let w = array![0.3, 0.4];
        let at = At {
            objective: &bowl,
            w: w.view(),
            neighbourhood: None,
            start: None,
            edge: None,
            preconditioner: None,
        };
        for measure in ALL {
            let is_there = at.values(&[measure])[0].is_some();
            // A bowl is not a function of the product of its weights.
            let is_of_them = measure.over == Over::Weights && measure.kind != Kind::Balance;
            assert_eq!(is_there, is_of_them, "{}", measure.id);
        }
        let moved =
            At { start: Some(array![0.0, 0.0].view()), ..at }.values(&[find("distance").unwrap()]);
        assert!((moved[0].unwrap() - 0.5).abs() < 1e-15);
    }
}
