//! The chart of the spectrum: every eigenvalue of `∇²L` where each run stands; of two runs one's upward and the other's
//! downward, of more a band each.
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

use super::label::{End, Labels, Note, Stands};
use super::picture::Picture;
use super::route::Route;
use super::{
    Axis, AxisScale, Dash, Ink, Mark, Pane, PaneId, Pen, Points, Span, Tick, numerals, ticks,
};
use crate::analysis::gauge::Gauge;
use crate::analysis::spectrum::{Eigenvalues, Method};
use crate::engine::products::spectra::Spectra;
use crate::optim::stability::{Curvature, Edge};

/// The spectra of all runs; without marks while they are not known.
#[must_use]
pub fn spectrum(picture: &Picture<'_>) -> Pane {
    let spectra = picture.spectra;
    let when = spectra.map_or_else(String::new, |spectra| spectra.at.words());
    let sides: Vec<Side<'_>> =
        picture.runs().into_iter().filter_map(|run| Side::of(picture, spectra?, run)).collect();
    let own = Ruler::of(&sides);
    let ruler = Ruler { range: picture.look.charts.across.unwrap_or(own.range), ..own };
    let most = sides.iter().flat_map(|side| ruler.counts(side.found)).max().unwrap_or(1).max(1);
    let bands = Bands { count: sides.len(), most: most as f64 };
    let level = |y: f64| Mark::Path {
        points: Points::from([[ruler.range[0], y], [ruler.range[1], y]]),
        pen: Pen::new(Ink::Quiet, 0.8),
    };
    let mut marks: Vec<Mark> = bands.levels().into_iter().map(level).collect();
    // While the playhead moves, the spectra are those of a moment ago.
    let is_then =
        |spectra: &Spectra| spectra.at != picture.look.at.within(&spectra.comparison.runs);
    let then = if spectra.is_some_and(is_then) { format!(" · {when}") } else { String::new() };
    let mut labels = Labels::default();
    for (k, side) in sides.iter().enumerate() {
        let band = bands.band(k);
        marks.extend(side.marks(&ruler, &band));
        let middle = f64::midpoint(band.ends[0], band.ends[1]);
        let ink = side.route.ink;
        labels.ends.push(End::new([ruler.range[1], middle], picture.name(side.run), ink));
        let stands = if band.up { Stands::Under(band.outer) } else { Stands::Over(band.outer) };
        let said = side.said(&ruler);
        // The title says the moment too.
        let forms = said.iter().map(|said| format!("{said}{then}"));
        let forms = forms.chain(said.last().cloned()).collect();
        labels.notes.push(Note { stands, forms, ink: Ink::Text });
    }
    let caption = caption(picture, &sides);
    Pane {
        id: PaneId::Spectrum,
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
        y: bands.axis(),
        true_scale: false,
        marks,
        labels,
        legend: Vec::new(),
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
/// Marks of the axis of counts: the highest bar, and three where there is room below it.
fn counts(most: usize) -> Vec<Tick> {
    let heights: &[usize] = if most >= 10 { &[3, most] } else { &[most] };
    let tick = |at: f64| Tick { at, text: numerals::short(at.abs(), 3) };
    let upper = heights.iter().map(|&height| height as f64);
    upper.clone().map(|at| tick(-at)).rev().chain([tick(0.0)]).chain(upper.map(tick)).collect()
}

/// What is seen of one run.
struct Side<'a> {
    run: usize,
    route: Route,
    found: &'a Eigenvalues,
    /// The sharpest curvature that its next step can stand, where it is known.
    edge: Option<Edge>,
}

impl<'a> Side<'a> {
    fn of(picture: &Picture<'_>, spectra: &'a Spectra, run: usize) -> Option<Self> {
        let path = spectra.comparison.runs.get(run)?;
        let found = spectra.runs.get(run)?.as_ref()?;
        let step = spectra.at.step_of(path);
        let numbers = path.row(step)?.numbers;
        let edge = picture.edge(run, step, &numbers).filter(|edge| edge.of == Curvature::Hessian);
        Some(Self {
            run,
            route: picture.route(run),
            found,
            edge: edge.filter(|edge| edge.lambda.is_finite()),
        })
    }

    fn pen(&self) -> Pen {
        Pen::new(self.route.ink, 1.2).dashed(Dash::Dotted)
    }

    fn marks(&self, ruler: &Ruler, band: &Band) -> Vec<Mark> {
        let Route { ink, shape, .. } = self.route;
        let ground = band.at(0.0);
        let mut marks = Vec::new();
        for (k, count) in ruler.counts(self.found).into_iter().enumerate().filter(|bar| bar.1 > 0) {
            let ([left, right], height) = (ruler.bar(k), band.at(count as f64));
            let outline =
                Points::from([[left, ground], [right, ground], [right, height], [left, height]]);
            marks.push(Mark::Region { outline, ink, strength: COVER });
        }
        let mut last = f64::INFINITY;
        for &value in &self.found.values {
            let place = ruler.part(value);
            if (last - place).abs() < APART {
                continue;
            }
            last = place;
            let points = Points::from([[value, ground], [value, band.at(STROKE)]]);
            marks.push(Mark::Path { points, pen: Pen::new(ink, 1.2) });
        }
        if let Some(Edge { lambda, .. }) = self.edge.filter(|edge| ruler.shows(edge.lambda)) {
            let points = Points::from([[lambda, ground], [lambda, band.at(band.most)]]);
            marks.push(Mark::Path { points, pen: self.pen() });
        }
        marks.extend(self.found.sharpest().map(|sharpest| Mark::Dots {
            points: Points::from([[sharpest, ground]]),
            shape,
            ink,
            size: 7.0,
            strength: 1.0,
        }));
        marks
    }

    /// What stands in its band: its sharpest curvature and the edge that is dotted, and more where there is room.
    fn said(&self, ruler: &Ruler) -> Vec<String> {
        let mut forms = vec![self.told()];
        if let Some(sharpest) = self.found.sharpest() {
            forms.push(format!("λ_max {}", numerals::short(sharpest, 3)));
        }
        if let Some(edge) = self.edge.filter(|edge| ruler.shows(edge.lambda)) {
            let lambda = numerals::short(edge.lambda, 3);
            let dotted = format!("{} {lambda}", edge.label);
            let with = |form: &String| format!("{form} · dotted {dotted}");
            let short = [format!("dotted {dotted}"), dotted.clone(), format!("edge {lambda}")];
            return forms.iter().map(with).chain(short).collect();
        }
        forms
    }

    /// What there is to say about it, in a line.
    fn told(&self) -> String {
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

/// How the runs share the height of the chart.
struct Bands {
    /// How many there are.
    count: usize,
    /// The highest bar, in eigenvalues.
    most: f64,
}

/// The part of the height that is one run's.
struct Band {
    /// Where no eigenvalue is, and where the highest bar ends.
    ends: [f64; 2],
    /// The edge at which words stand.
    outer: f64,
    /// Whether bars grow upward.
    up: bool,
    most: f64,
    /// Whether counts are spread by the axis or by the band itself.
    by_axis: bool,
}

/// How much of its band the highest bar takes, where a run has a band of its own.
const FULL: f64 = 0.62;

impl Bands {
    /// Two runs share one axis, back to back.
    fn are_back_to_back(&self) -> bool {
        self.count <= 2
    }

    fn top(&self) -> f64 {
        COUNTS.unproject(HEADROOM * COUNTS.project(self.most))
    }

    fn band(&self, k: usize) -> Band {
        let most = self.most;
        if self.are_back_to_back() {
            let (up, sign) = if k == 0 { (true, 1.0) } else { (false, -1.0) };
            let ends = [0.0, sign * most];
            return Band { ends, outer: sign * self.top(), up, most, by_axis: true };
        }
        let ground = (self.count - 1 - k) as f64;
        Band { ends: [ground, ground + FULL], outer: ground + 1.0, up: true, most, by_axis: false }
    }

    /// The lines that bars stand on.
    fn levels(&self) -> Vec<f64> {
        if self.are_back_to_back() {
            vec![0.0]
        } else {
            (0..self.count).map(|k| k as f64).collect()
        }
    }

    fn axis(&self) -> Axis {
        if !self.are_back_to_back() {
            let (label, range) = ("count".to_owned(), [0.0, self.count as f64]);
            return Axis { label, range, scale: AxisScale::Linear, ticks: Vec::new() };
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a number of eigenvalues"
        )]
        let most = self.most as usize;
        let top = self.top();
        Axis { label: "count".to_owned(), range: [-top, top], scale: COUNTS, ticks: counts(most) }
    }
}

impl Band {
    /// Where a bar of so many eigenvalues ends.
    fn at(&self, count: f64) -> f64 {
        let [ground, top] = self.ends;
        let part = if self.by_axis {
            count / self.most
        } else {
            COUNTS.project(count) / COUNTS.project(self.most)
        };
        ground + part * (top - ground)
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
        let edges = sides.iter().filter_map(|side| side.edge.map(|edge| edge.lambda));
        let edges = edges.filter(|edge| *edge <= FAR * size);
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
        let mut text = format!("{}: {}", picture.name(side.run), side.told());
        if let Some(edge) = side.edge {
            text += &format!(", {} {}", edge.label, numerals::short(edge.lambda, 3));
        }
        text
    };
    let mut parts: Vec<String> = sides.iter().map(of).collect();
    parts.extend(sides.first().map(|side| format!("Shown are {}", side.found.about())));
    parts.dedup();
    parts.join("; ")
}
