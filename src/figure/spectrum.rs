//! The chart of the spectrum: every eigenvalue of `∇²L` where both runs stand, the base run's upward, SAM's downward.
//!
//! ```text
//!        █                          2/η
//!        █  ▄                 ▄   ▄  ┊      SGD
//!   ─────┼───────────────────────────────  λ
//!        █  ▀      ▀  ▀                     SAM
//!        █
//! ```
//!
//! Bars count eigenvalues, and a stroke stands at each of them. Both axes are of signed ratios: outliers, the bulk near
//! zero and what lies below it are seen at once, as in B. Ghorbani, S. Krishnan and Y. Xiao (2019), "An investigation
//! into neural net optimization via Hessian eigenvalue density", ICML.

use super::gauge::Gauge;
use super::picture::{Lane, Picture};
use super::{
    Anchor, Axis, AxisScale, Dash, Ink, Key, Mark, Pane, Pen, Points, Shape, Span, Tick, numerals,
    ticks,
};
use crate::analysis::spectrum::{Eigenvalues, Method};
use crate::engine::spectrum::Spectra;
use crate::optim::edge;

/// The spectra of both runs; without marks while they are not known.
#[must_use]
pub fn spectrum(picture: &Picture<'_>) -> Pane {
    let spectra = picture.spectra;
    let when = spectra.map_or_else(String::new, |spectra| format!("at step {}", spectra.step));
    let sides: Vec<Side<'_>> =
        Lane::BOTH.into_iter().filter_map(|lane| Side::of(picture, spectra?, lane)).collect();
    let ruler = Ruler::of(&sides);
    let most = sides.iter().flat_map(|side| ruler.counts(side.found)).max().unwrap_or(1).max(1);
    let top = COUNTS.unproject(HEADROOM * COUNTS.project(most as f64));
    let mut marks = vec![Mark::Path {
        points: Points::from([[ruler.range[0], 0.0], [ruler.range[1], 0.0]]),
        pen: Pen::new(Ink::Quiet, 0.8),
    }];
    // While the playhead moves, the spectra are those of a moment ago.
    let step = picture.look.step.min(picture.scene.steps.get());
    let then = match spectra {
        Some(spectra) if spectra.step < step && !spectra.is_at_the_end() => format!(" · {when}"),
        Some(spectra) if spectra.step > step => format!(" · {when}"),
        Some(_) | None => String::new(),
    };
    let mut legend: Vec<(Key, String)> = Vec::new();
    for side in &sides {
        marks.extend(side.marks(&ruler, most as f64));
        marks.push(side.words([ruler.range[0], top], 4.0, Anchor::Left, picture.name(side.lane)));
        let said = format!("{}{then}", side.said());
        marks.push(side.words([ruler.range[1], top], -4.0, Anchor::Right, said));
        if ruler.shows(side.edge) {
            let name = if side.looks_around { "edge" } else { side.edge_name() };
            if legend.iter().all(|(_, known)| known != name) {
                legend.push((Key::Line(side.pen()), name.to_owned()));
            }
        }
    }
    let caption = caption(picture, &sides);
    Pane {
        id: "spectrum",
        title: vec![
            Span { text: Gauge::Spectrum.name().to_owned(), ink: Ink::Text, strong: true },
            Span {
                text: format!("of ∇²L {when}").trim_end().to_owned(),
                ink: Ink::Quiet,
                strong: false,
            },
        ],
        description: format!("Spectrum of the Hessian {when}. {caption}."),
        caption,
        x: ticks::axis("λ".to_owned(), ruler.range, ruler.scale, 7),
        y: Axis {
            label: "count".to_owned(),
            range: [-top, top],
            scale: COUNTS,
            ticks: counts(most),
        },
        true_scale: false,
        marks,
        legend,
        lens: None,
    }
}

/// Counts: a single eigenvalue can be seen beside a hundred.
const COUNTS: AxisScale = AxisScale::Signed { knee: 0 };
/// Room above the highest bar, for words.
const HEADROOM: f64 = 1.7;
/// Bars across the chart.
const BARS: usize = 56;
/// Decades of size on either side of zero.
const DECADES: i32 = 4;
/// An edge beyond so many times the sharpest curvature would press the rest together; it is only said.
const FAR: f64 = 100.0;
/// Room at both ends, as a part of the axis.
const ROOM: f64 = 0.05;
/// How much of its ground a bar covers.
const COVER: f32 = 0.35;
/// The length of a stroke at an eigenvalue, in eigenvalues.
const STROKE: f64 = 0.5;
/// Strokes closer than this part of the axis are one.
const APART: f64 = 0.0015;
/// The height of words in the chart.
const WORDS: f32 = 10.5;

/// Marks of the axis of counts: the highest bar, and three where there is room below it.
fn counts(most: usize) -> Vec<Tick> {
    let heights: &[usize] = if most >= 10 { &[3, most] } else { &[most] };
    let tick = |at: f64| Tick { at, text: numerals::short(at.abs(), 3) };
    let upper = heights.iter().map(|&height| height as f64);
    upper.clone().map(|at| tick(-at)).rev().chain([tick(0.0)]).chain(upper.map(tick)).collect()
}

/// What is seen of one run.
struct Side<'a> {
    lane: Lane,
    found: &'a Eigenvalues,
    /// The sharpest curvature that its next step can stand; not finite where there is none.
    edge: f64,
    looks_around: bool,
}

impl<'a> Side<'a> {
    fn of(picture: &Picture<'_>, spectra: &'a Spectra, lane: Lane) -> Option<Self> {
        let (run, found) = match lane {
            Lane::Base => (&spectra.duel.base, spectra.runs[0].as_ref()?),
            Lane::Sam => (&spectra.duel.sam, spectra.runs[1].as_ref()?),
        };
        let numbers = run.row_at_most(spectra.step)?.numbers;
        let looks_around = lane == Lane::Sam && picture.looks_around();
        let edge = if looks_around {
            edge::of_sam(numbers.eta, numbers.rho, numbers.gradient_norm)
        } else {
            edge::of_descent(numbers.eta)
        };
        Some(Self { lane, found, edge, looks_around })
    }

    fn ink(&self) -> Ink {
        match self.lane {
            Lane::Base => Ink::Base,
            Lane::Sam => Ink::Sam,
        }
    }

    fn shape(&self) -> Shape {
        match self.lane {
            Lane::Base => Shape::Disc,
            Lane::Sam => Shape::Diamond,
        }
    }

    /// Upward or downward.
    fn sign(&self) -> f64 {
        match self.lane {
            Lane::Base => 1.0,
            Lane::Sam => -1.0,
        }
    }

    fn edge_name(&self) -> &'static str {
        if self.looks_around { "SAM’s edge" } else { "2/η" }
    }

    fn pen(&self) -> Pen {
        Pen::new(self.ink(), 1.2).dashed(Dash::Dotted)
    }

    fn marks(&self, ruler: &Ruler, highest: f64) -> Vec<Mark> {
        let (ink, sign) = (self.ink(), self.sign());
        let mut marks = Vec::new();
        for (k, count) in ruler.counts(self.found).into_iter().enumerate().filter(|bar| bar.1 > 0) {
            let ([left, right], height) = (ruler.bar(k), sign * count as f64);
            let outline =
                Points::from([[left, 0.0], [right, 0.0], [right, height], [left, height]]);
            marks.push(Mark::Region { outline, ink, strength: COVER });
        }
        let mut last = f64::INFINITY;
        for &value in &self.found.values {
            let place = ruler.part(value);
            if (last - place).abs() < APART {
                continue;
            }
            last = place;
            let points = Points::from([[value, 0.0], [value, sign * STROKE]]);
            marks.push(Mark::Path { points, pen: Pen::new(ink, 1.2) });
        }
        if ruler.shows(self.edge) {
            let points = Points::from([[self.edge, 0.0], [self.edge, sign * highest]]);
            marks.push(Mark::Path { points, pen: self.pen() });
        }
        marks.extend(self.found.sharpest().map(|sharpest| Mark::Dots {
            points: Points::from([[sharpest, 0.0]]),
            shape: self.shape(),
            ink,
            size: 7.0,
            strength: 1.0,
        }));
        marks
    }

    /// Words at the outer edge of the run's half.
    fn words(&self, [x, top]: [f64; 2], right: f32, anchor: Anchor, text: String) -> Mark {
        #[expect(clippy::cast_possible_truncation, reason = "one or minus one")]
        let inward = self.sign() as f32 * 0.8 * WORDS;
        let ink = if anchor == Anchor::Left { self.ink() } else { Ink::Text };
        let at = [x, self.sign() * top];
        Mark::Label { at, offset: [right, inward], text, ink, size: WORDS, anchor, angle: 0.0 }
    }

    /// What there is to say about it, in a line.
    fn said(&self) -> String {
        let Some(sharpest) = self.found.sharpest() else { return self.found.about() };
        let sharpest = numerals::short(sharpest, 3);
        let trace = numerals::short(self.found.trace, 3);
        match (self.found.method, self.found.negative()) {
            (Method::Lanczos { dimension, trace_error, .. }, _) => format!(
                "λ_max {sharpest} · trace ≈ {trace} ± {} · the {} largest of {dimension}",
                numerals::short(trace_error, 1),
                self.found.values.len(),
            ),
            (Method::Whole, negative) => format!(
                "λ_max {sharpest} · trace {trace} · {} of {} negative",
                negative.unwrap_or_default(),
                self.found.values.len(),
            ),
        }
    }
}

/// The axis of eigenvalues.
struct Ruler {
    scale: AxisScale,
    range: [f64; 2],
}

impl Ruler {
    fn of(sides: &[Side<'_>]) -> Self {
        let values = || sides.iter().flat_map(|side| &side.found.values).copied();
        let size = values().fold(0.0f64, |most, x| most.max(x.abs()));
        let size = if size > 0.0 && size.is_finite() { size } else { 1.0 };
        let least = values().map(f64::abs).fold(size, |least, x| {
            if x > 10f64.powi(-DECADES) * size { least.min(x) } else { least }
        });
        let decade = |x: f64| {
            #[expect(clippy::cast_possible_truncation, reason = "an exponent of an f64")]
            let exponent = x.log10().floor() as i32;
            exponent
        };
        // No decade below the smallest size that is told from zero.
        let scale = AxisScale::Signed { knee: (decade(size) - DECADES).max(decade(least) - 1) };
        let edges = sides.iter().map(|side| side.edge).filter(|edge| *edge <= FAR * size);
        let [low, high] = values()
            .chain(edges)
            .filter(|x| x.is_finite())
            .fold([0.0f64, 0.0f64], |[low, high], x| [low.min(x), high.max(x)]);
        let high = if high > low { high } else { size };
        let [left, right] = [scale.project(low), scale.project(high)];
        let room = ROOM * (right - left);
        Self { scale, range: [left - room, right + room].map(|place| scale.unproject(place)) }
    }

    fn places(&self) -> [f64; 2] {
        self.range.map(|end| self.scale.project(end))
    }

    /// Where a value stands, from 0 at the left to 1 at the right.
    fn part(&self, value: f64) -> f64 {
        let [left, right] = self.places();
        (self.scale.project(value) - left) / (right - left)
    }

    fn shows(&self, edge: f64) -> bool {
        edge.is_finite() && (0.0..=1.0).contains(&self.part(edge))
    }

    /// The left and the right edge of a bar.
    fn bar(&self, k: usize) -> [f64; 2] {
        let [left, right] = self.places();
        let at = |k: usize| left + (right - left) * k as f64 / BARS as f64;
        [k, k + 1].map(|edge| self.scale.unproject(at(edge)))
    }

    /// How many eigenvalues there are in each bar.
    fn counts(&self, found: &Eigenvalues) -> Vec<usize> {
        let mut counts = vec![0; BARS];
        for &value in &found.values {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "the cast saturates"
            )]
            let bar = (self.part(value) * BARS as f64) as usize;
            counts[bar.min(BARS - 1)] += 1;
        }
        counts
    }
}

fn caption(picture: &Picture<'_>, sides: &[Side<'_>]) -> String {
    if sides.is_empty() {
        return "The eigenvalues are being found".to_owned();
    }
    let of = |side: &Side<'_>| {
        let mut text = format!("{}: {}", picture.name(side.lane), side.said());
        if side.edge.is_finite() {
            text += &format!(", {} {}", side.edge_name(), numerals::short(side.edge, 3));
        }
        text
    };
    let mut parts: Vec<String> = sides.iter().map(of).collect();
    parts.extend(sides.first().map(|side| format!("Shown are {}", side.found.about())));
    parts.dedup();
    parts.join("; ")
}
