//! Which sharpness is charted: the measures by name.

use super::measures::Measured;
use super::spread::Spread;

/// A measure of sharpness that can be charted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gauge {
    /// The largest curvature at the minimum that each step flows to.
    Minima,
    /// `ρ‖g‖_q`, free.
    Proxy,
    /// `L(w + ε̂) − L(w)`, one loss.
    Gap,
    /// The worst rise in the ball.
    Worst,
    /// The average rise over the sphere.
    Average,
    /// The largest curvature.
    LambdaMax,
    /// The sum of the curvatures.
    Trace,
    /// The largest curvature over the smallest.
    Condition,
    /// The cosine of the angle between the gradients at the weights and where SAM looks.
    Cosine,
    /// The angle of the gradient to the worst direction.
    AngleHere,
    /// The angle of SAM's gradient to the worst direction.
    AngleThere,
    /// How much of ε lies along the sharpest direction.
    Alignment,
    /// The share of the first of two weights.
    Share,
    /// The balance of two weights.
    Balance,
    /// How far a run is from its start.
    Distance,
    /// Every curvature at the step shown: not over time.
    Spectrum,
    /// The loss along the line through both ends: not over time, but the same question.
    Cut,
    /// The loss through the weights at the step shown: the first four at one point.
    Profile,
}

impl Gauge {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 18] = [
        Self::Minima,
        Self::Proxy,
        Self::Gap,
        Self::Worst,
        Self::Average,
        Self::LambdaMax,
        Self::Trace,
        Self::Condition,
        Self::Cosine,
        Self::AngleHere,
        Self::AngleThere,
        Self::Alignment,
        Self::Share,
        Self::Balance,
        Self::Distance,
        Self::Spectrum,
        Self::Cut,
        Self::Profile,
    ];

    /// The one after it in the menu; the first after the last.
    #[must_use]
    pub fn next(self) -> Self {
        let place = Self::ALL.iter().position(|gauge| *gauge == self).map_or(0, |place| place + 1);
        Self::ALL[place % Self::ALL.len()]
    }

    /// Its name on the command line.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Minima => "minima",
            Self::Proxy => "proxy",
            Self::Gap => "gap",
            Self::Worst => "worst_case",
            Self::Average => "average",
            Self::LambdaMax => "lambda_max",
            Self::Trace => "trace",
            Self::Condition => "condition",
            Self::Cosine => "cosine",
            Self::AngleHere => "angle_g",
            Self::AngleThere => "angle_gs",
            Self::Alignment => "alignment",
            Self::Share => "share0",
            Self::Balance => "balance",
            Self::Distance => "distance",
            Self::Spectrum => "spectrum",
            Self::Cut => "cut",
            Self::Profile => "profile",
        }
    }

    /// Its name: over a chart, in its menu, in sentences.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Minima => "Curvature at the minima",
            Self::Proxy => "Sharpness proxy",
            Self::Gap => "SAM gap",
            Self::Worst => "Worst case",
            Self::Average => "Average sharpness",
            Self::LambdaMax => "Largest curvature",
            Self::Trace => "Trace",
            Self::Condition => "Condition",
            Self::Cosine => "Cosine of gradients",
            Self::AngleHere => "Angle of descent",
            Self::AngleThere => "Angle of SAM",
            Self::Alignment => "Alignment of ε",
            Self::Share => "Share of w₀",
            Self::Balance => "Balance",
            Self::Distance => "Distance from start",
            Self::Spectrum => "Spectrum",
            Self::Cut => "Cut between the ends",
            Self::Profile => "Around the weights",
        }
    }

    /// Its symbol.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Minima => "λ_max",
            Self::Proxy => "ρ‖g‖",
            Self::Gap => "L(w + ε) − L(w)",
            Self::Worst => "max L(w + ε) − L(w)",
            Self::Average => "mean L(w + ε) − L(w)",
            Self::LambdaMax => "λ_max",
            Self::Trace => "tr ∇²L",
            Self::Condition => "κ",
            Self::Cosine => "cos(g, g_s)",
            Self::AngleHere => "∠ g to the worst ε, in °",
            Self::AngleThere => "∠ g_s to the worst ε, in °",
            Self::Alignment => "|ε̂ᵀv|/‖ε̂‖",
            Self::Share => "w₀²/(w₀² + w₁²)",
            Self::Balance => "w₀² − w₁²",
            Self::Distance => "‖w − w of step 0‖",
            Self::Spectrum => "eigenvalues of ∇²L(w)",
            Self::Cut => "L(w₀ + t (w₁ − w₀))",
            Self::Profile => "L(w + t d) − L(w)",
        }
    }

    /// What it is; the tooltip.
    #[must_use]
    pub fn about(self) -> &'static str {
        match self {
            Self::Minima => {
                "λ_max at the minimum that gradient flow reaches from each step: how sharp the basin is that a run is in"
            }
            Self::Proxy => {
                "ρ‖g‖_q on all data, what the ball promises to first order; zero at a minimum, however sharp"
            }
            Self::Gap => {
                "L(w + ε̂) − L(w) on all data, ε̂ from the gradient on all data; never more than the worst case"
            }
            Self::Worst => {
                "the largest L(w + ε) − L(w) in the ball; about ½ρ²λ_max at a minimum for p = 2"
            }
            Self::Average => "the mean of L(w + ε) − L(w) over the sphere",
            Self::LambdaMax => {
                "largest eigenvalue of ∇²L(w), beside each run's edge where one is derived: beyond it a step overshoots"
            }
            Self::Trace => "sum of the eigenvalues of ∇²L(w); above 400 weights an estimate",
            Self::Condition => {
                "largest eigenvalue of ∇²L(w) over the smallest, by size; up to 400 weights"
            }
            Self::Cosine => {
                "cosine of the angle between ∇L(w) and ∇L(w + ε̂): below zero SAM steps back, where descent goes on"
            }
            Self::AngleHere => {
                "angle in degrees between ∇L(w) and the way to the highest point of the ball"
            }
            Self::AngleThere => {
                "angle in degrees between ∇L(w + ε̂) and the way to the highest point of the ball, beside that of ∇L(w): SAM's gradient mostly points nearer to it"
            }
            Self::Alignment => {
                "how much of ε̂ lies along the sharpest eigenvector v of ∇²L(w): 1 where SAM looks along it, 0 across"
            }
            Self::Share => "the share that the first of two weights has of w₀² + w₁²",
            Self::Balance => {
                "w₀² − w₁², where the loss depends on w₀w₁ alone: gradient flow keeps it, SAM draws it to zero, where minima are flattest"
            }
            Self::Distance => "how far the weights are from those of step 0",
            Self::Spectrum => {
                "every eigenvalue of ∇²L at the step shown, beside 2/η: how many directions are sharp, flat, or go down"
            }
            Self::Cut => {
                "the loss on the line through both ends: is there a barrier, and which side is wider?"
            }
            Self::Profile => {
                "the loss through w along ε̂ and along the sharpest direction, with proxy, gap, worst case and average: at a minimum the first two are zero"
            }
        }
    }

    /// Whether it is measured over a neighbourhood of the weights.
    #[must_use]
    pub fn is_over_a_neighbourhood(self) -> bool {
        matches!(
            self,
            Self::Proxy
                | Self::Gap
                | Self::Worst
                | Self::Average
                | Self::Cosine
                | Self::AngleHere
                | Self::AngleThere
                | Self::Alignment
        )
    }

    /// The measure of this id or name, or of one that it once had: `worst_case`, "Worst case", `true`.
    #[must_use]
    pub fn find(id: &str) -> Option<Self> {
        let id = id.trim();
        let named = |name: &str| {
            let letters = |text: &str| text.replace(['_', ' '], "-").to_lowercase();
            letters(name) == letters(id)
        };
        let id_of = |gauge: &Self| named(gauge.id()) || named(gauge.name());
        match id {
            "true" => Some(Self::Worst),
            "between the ends" | "between_the_ends" => Some(Self::Cut),
            _ => Self::ALL.into_iter().find(id_of),
        }
    }

    /// Whether it is charted over the steps of the runs.
    #[must_use]
    pub fn is_over_time(self) -> bool {
        !matches!(self, Self::Spectrum | Self::Cut | Self::Profile)
    }

    /// Whether it follows from how the runs ended, so that nothing has to be measured for its chart.
    #[must_use]
    pub fn is_of_outcomes(self) -> bool {
        matches!(self, Self::Minima)
    }

    /// How its values are spread over the height of its chart: by ratios what falls towards zero or grows without end.
    #[must_use]
    pub fn spread(self) -> Spread {
        match self {
            Self::Proxy | Self::Condition => Spread::Log,
            Self::Minima
            | Self::Gap
            | Self::Worst
            | Self::Average
            | Self::LambdaMax
            | Self::Trace
            | Self::Cosine
            | Self::AngleHere
            | Self::AngleThere
            | Self::Alignment
            | Self::Share
            | Self::Balance
            | Self::Distance
            | Self::Spectrum
            | Self::Cut
            | Self::Profile => Spread::Linear,
        }
    }

    /// Whether it can be below zero, as the gap where the perturbed loss is the lower one.
    #[must_use]
    pub fn may_be_negative(self) -> bool {
        match self {
            Self::Gap
            | Self::Average
            | Self::LambdaMax
            | Self::Trace
            | Self::Minima
            | Self::Cosine
            | Self::Balance
            | Self::Profile => true,
            Self::Proxy
            | Self::Worst
            | Self::Condition
            | Self::AngleHere
            | Self::AngleThere
            | Self::Alignment
            | Self::Share
            | Self::Distance
            | Self::Spectrum
            | Self::Cut => false,
        }
    }

    /// Its value among what was measured; NaN for what is not over time.
    pub fn measured(self, measured: &Measured) -> f64 {
        match self {
            Self::Minima | Self::Spectrum | Self::Cut | Self::Profile => f64::NAN,
            Self::Proxy => measured.proxy_all,
            Self::Gap => measured.gap_all,
            Self::Worst => measured.worst,
            Self::Average => measured.average,
            Self::LambdaMax => measured.lambda_max,
            Self::Trace => measured.trace,
            Self::Condition => measured.condition,
            Self::Cosine => measured.cosine,
            Self::AngleHere => measured.angles[0],
            Self::AngleThere => measured.angles[1],
            Self::Alignment => measured.alignment,
            Self::Share => measured.share,
            Self::Balance => measured.balance,
            Self::Distance => measured.distance,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measure_is_found_by_its_id_by_its_name_and_by_what_it_was_once_called() {
        for gauge in Gauge::ALL {
            assert_eq!(Gauge::find(gauge.id()), Some(gauge));
            assert_eq!(Gauge::find(gauge.name()), Some(gauge));
            assert_eq!(Gauge::find(&gauge.name().to_lowercase().replace(' ', "_")), Some(gauge));
        }
        assert_eq!(Gauge::find("true"), Some(Gauge::Worst));
        assert_eq!(Gauge::find("between_the_ends"), Some(Gauge::Cut));
        assert_eq!(Gauge::find("flatness"), None);
    }
}
