//! A whole sheet for a file: the maps, the charts, the data, and what was asked for in words.
//!
//! ```text
//! ┌ title ─────────────────────────────────────────────┐
//! │ η = 0.4 · ρ = 0.15 · …                             │
//! │ ┌ SGD ────────┐  ┌ SAM ────────┐   ┌ Data ───────┐ │
//! │ │ map         │  │ map         │   │             │ │
//! │ └─────────────┘  └─────────────┘   └─────────────┘ │
//! │   sentence         sentence         numbers at     │
//! │ ┌ Loss ───────┐  ┌ Sharpness ──┐    this step      │
//! │ └─────────────┘  └─────────────┘                   │
//! └ samscope ──────────────────────────────────────────┘
//! ```
//!
//! One to three maps stand in a row, four in 2 × 2, five and six in 3 × 2. Everything stands on a grid of 8 points.
//!
//! Nothing lies over anything else: what matters least is left out. A narrow sheet has no right column, a low one no
//! charts; where maps would still be too low, there are no sentences below them.

use kurbo::Rect;

use super::caption::Caption;
use super::metrics::{self, Face};
use super::picture::{Look, Picture};
use super::{
    Anchor, Figure, Ink, Mark, Pane, Place, caption, charts, data, legend, maps, names, numerals,
    title, words,
};
use crate::optim::moment::{self, Moment};
use crate::problem::batches::BatchSize;
use crate::problem::grid::Window;
use crate::scene::Subject;
use crate::scene::run::RunSpec;

mod foot;
mod table;

use foot::footer;
use table::numbers;

/// Heights of letters on a sheet, in points: the title, words, and what stands at axes.
pub const TITLE: f32 = 17.0;
/// See [`TITLE`].
pub const TEXT: f32 = 12.5;
/// See [`TITLE`].
pub const SMALL: f32 = 11.0;
/// Letters of sentences, and of long ones.
const LETTERS: [f64; 2] = [TEXT as f64, SMALL as f64];

/// How many maps stand beside and above each other.
#[must_use]
pub fn tiles(maps: usize) -> [usize; 2] {
    match maps {
        0 | 1 => [1, 1],
        2 | 3 => [maps, 1],
        4 => [2, 2],
        _ => [3, 2],
    }
}

/// The plot area of each of `maps` maps on a sheet of this size, width / height: what a window is widened to.
#[must_use]
pub fn map_aspect(size: [f64; 2], maps: usize) -> f64 {
    let map = Plan::of(size, maps).map(0);
    map.width / map.height
}

/// The same look at each map of a picture on a sheet of this size: at their part of the map, and at their scale.
#[must_use]
pub fn look(picture: &Picture<'_>, size: [f64; 2]) -> Look {
    let window = picture.look.window.widened_to(f64::NAN);
    let (plan, aspect) = Plan::framing(size, picture, window);
    let points_per_unit = framed(plan.map(0), aspect).width / window.span()[0];
    Look { window, points_per_unit, ..picture.look }
}

/// The whole sheet, `size` points wide and high.
#[must_use]
pub fn sheet(picture: &Picture<'_>, size: [f64; 2]) -> Figure {
    let look = look(picture, size);
    let picture = &Picture { look, ..*picture };
    let (plan, aspect) = Plan::framing(size, picture, look.window);
    let map = |k: usize| framed(plan.map(k), aspect);

    let all = maps::side_by_side(picture);
    let mut panes: Vec<_> = all.into_iter().enumerate().map(|(k, pane)| (map(k), pane)).collect();
    // Maps in a row have the first one's axes; saying so twice would cost the room of a number.
    for (k, (place, pane)) in panes.iter_mut().enumerate() {
        let own = picture.runs().get(k).and_then(|&run| picture.scene.runs.get(run));
        if let Some(own) = own.filter(|_| !title::is_whole(&pane.title, place.width, LETTERS)) {
            pane.title.truncate(1);
            own.name.as_str().clone_into(&mut pane.title[0].text);
        }
        // What is said of a plot does not depend on its size, though what is written below it does.
        pane.description = pane.said();
        pane.caption = caption::within(&pane.caption, [place.width, plan.sentence], LETTERS);
        if !k.is_multiple_of(plan.tiles[0]) {
            pane.y.label.clear();
        }
    }
    if let Some([loss, sharpness]) = plan.charts() {
        panes.push(named(loss, &charts::loss(picture)));
        // Under the charts there is the foot of the sheet, and no room for a sentence.
        let chart = Pane { caption: String::new(), ..charts::sharpness(picture) };
        panes.push(named(sharpness, &chart));
    }
    let mut words = header(picture, &plan);
    if let Some(column) = plan.column() {
        let below = match data::data(picture) {
            Some(pane) => {
                let place = plan.data(column);
                let rows =
                    legend::rows_below(&pane, place.width, f64::from(TEXT), f64::from(SMALL));
                panes.push((place, pane));
                place.top + place.height + 2.0 * ROW + 40.0 + rows
            }
            None => column.top,
        };
        words.extend(numbers(picture, column, below));
    }
    words.extend(footer(picture, &plan));
    Figure { size, panes, words, prose: Vec::new() }
}

/// A chart with the names of its curves beside its plot.
fn named(place: Place, chart: &Pane) -> (Place, Pane) {
    let Place { left, top, width, height } = place;
    let cell = Rect::new(left, top, left + width, top + height);
    let (pane, plot) = names::fitted(chart, cell, f64::from(SMALL));
    (Place { width: plot.width(), ..place }, pane)
}

/// The grid, in points.
const UNIT: f64 = 8.0;
/// Around everything.
const MARGIN: f64 = 3.0 * UNIT;
/// Left of a plot, for the numbers of its axis.
const LEFT: f64 = 5.0 * UNIT;
/// Above a plot, for its heading.
const ABOVE: f64 = 3.0 * UNIT;
/// Below a plot, for the numbers and the name of its axis.
const BELOW: f64 = 4.5 * UNIT;
/// Below that, for a sentence of two lines, at the least where there is one.
const SENTENCE: f64 = 4.5 * UNIT;
/// A line of the table of numbers.
const ROW: f64 = 2.25 * UNIT;
/// Title and subtitle.
const HEADER: f64 = 6.0 * UNIT;
/// The line at the foot.
const FOOTER: f64 = 2.5 * UNIT;
/// Between columns.
const GAP: f64 = 3.0 * UNIT;
/// A sheet narrower than this has no right column, and one lower than that no charts.
const NARROW: f64 = 860.0;
const LOW: f64 = 460.0;
/// Maps lower than this show little: then there are no charts, and if that is not enough no sentences.
const LEAST_MAP: f64 = 11.0 * UNIT;
/// The least height of a chart: that of the names of six runs' two curves each, which may stand above and below it.
const LOWEST: f64 = 14.0 * UNIT;
/// The least width of a chart with the names of its curves, where the right column takes of it.
const CHART: f64 = 36.0 * UNIT;
/// The most of a sheet's width that the right column takes.
const WIDEST: f64 = 0.34;
/// The most of a sheet's height that the data take.
const DATA: f64 = 0.5;

/// Where everything stands.
#[derive(Debug, Clone, Copy)]
struct Plan {
    size: [f64; 2],
    tiles: [usize; 2],
    column: f64,
    chart: f64,
    sentence: f64,
}

impl Plan {
    fn of(size: [f64; 2], maps: usize) -> Self {
        let [width, height] = size;
        let column = if width < NARROW { 0.0 } else { (0.25 * width).clamp(232.0, 360.0) };
        let chart = if height < LOW { 0.0 } else { (0.17 * height).clamp(LOWEST, 180.0) };
        let (tiles, column) = (tiles(maps), on_grid(column));
        let bare = Self { size, tiles, column, chart: 0.0, sentence: 0.0 };
        let spoken = Self { sentence: SENTENCE, ..bare };
        let full = Self { chart: on_grid(chart), ..spoken };
        [full, spoken].into_iter().find(|plan| plan.map(0).height >= LEAST_MAP).unwrap_or(bare)
    }

    /// The plan of maps that show `window`, with room for their sentences, and their aspect.
    fn framing(size: [f64; 2], picture: &Picture<'_>, window: Window) -> (Self, f64) {
        /// A lower map is narrower, and its sentence longer; more turns change little.
        const TURNS: usize = 4;
        let [width, height] = window.span();
        let aspect = width / height;
        let runs = picture.runs();
        let mut plan = Self::of(size, runs.len()).around(aspect);
        let said: Vec<String> = runs.iter().map(|&run| words::sentence(picture, run)).collect();
        for _ in 0..TURNS {
            let width = framed(plan.map(0), aspect).width;
            let high = |said: &String| Caption::of(said, width, LETTERS).height();
            let sentence = said.iter().map(high).fold(plan.sentence, f64::max);
            let lower = Self { sentence, ..plan };
            if sentence <= plan.sentence || lower.map(0).height < LEAST_MAP {
                break;
            }
            plan = lower;
        }
        (plan, aspect)
    }

    /// The same where maps of this aspect leave room beside them: the data and the numbers take of it.
    fn around(self, aspect: f64) -> Self {
        let map = self.map(0);
        let spare = self.tiles[0] as f64 * (map.width - aspect * map.height).max(0.0);
        let beside_charts = self.column + 2.0 * (self.beside(0, 2).width - CHART);
        let most = (WIDEST * self.size[0]).min(beside_charts).max(self.column);
        let column = if self.column > 0.0 { (self.column + spare).min(most) } else { 0.0 };
        Self { column: on_grid(column), ..self }
    }

    fn map(&self, k: usize) -> Place {
        let height = self.size[1];
        let [columns, rows] = self.tiles;
        let charts = if self.chart > 0.0 { ABOVE + self.chart + BELOW } else { 0.0 };
        let above = MARGIN + HEADER;
        let each = (height - above - charts - FOOTER - MARGIN) / rows as f64;
        let tall = each - ABOVE - BELOW - self.sentence;
        let top = above + ABOVE + (k / columns) as f64 * each;
        Place { top, height: tall.max(UNIT), ..self.beside(k % columns, columns) }
    }

    /// The `k`-th of `columns` plots beside each other; only left and width count.
    fn beside(&self, k: usize, columns: usize) -> Place {
        let column = if self.column > 0.0 { self.column + GAP } else { 0.0 };
        let gaps = columns as f64 * LEFT + (columns - 1) as f64 * GAP;
        let each = ((self.size[0] - 2.0 * MARGIN - column - gaps) / columns as f64).max(UNIT);
        let left = MARGIN + LEFT + k as f64 * (each + GAP + LEFT);
        Place { left, top: 0.0, width: each, height: 0.0 }
    }

    fn charts(&self) -> Option<[Place; 2]> {
        let [columns, rows] = self.tiles;
        let map = self.map(columns * (rows - 1));
        let top = map.top + map.height + BELOW + self.sentence + ABOVE;
        (self.chart > 0.0)
            .then(|| [0, 1].map(|k| Place { top, height: self.chart, ..self.beside(k, 2) }))
    }

    /// The right column, without the room of an axis.
    fn column(&self) -> Option<Place> {
        let [width, height] = self.size;
        let map = self.map(0);
        (self.column > 0.0).then_some(Place {
            left: width - MARGIN - self.column,
            top: map.top,
            width: self.column,
            height: height - MARGIN - FOOTER - map.top,
        })
    }

    fn data(&self, column: Place) -> Place {
        let width = column.width - LEFT;
        Place {
            left: column.left + LEFT,
            top: column.top,
            width,
            height: width.min(DATA * self.size[1]),
        }
    }
}

/// As much of a place as a plot of this aspect fills, from the upper left.
fn framed(place: Place, aspect: f64) -> Place {
    let width = place.width.min(aspect * place.height);
    Place { width, height: place.height.min(width / aspect), ..place }
}

fn on_grid(length: f64) -> f64 {
    (length / UNIT).round() * UNIT
}

fn label(at: [f64; 2], text: String, ink: Ink, size: f32, anchor: Anchor) -> Mark {
    Mark::Label { at, offset: [0.0, 0.0], text, ink, size, anchor, angle: 0.0 }
}

/// The least room for what is said of the plane, in points, and lines of it.
const NOTE: f64 = 160.0;
const MOST_LINES: usize = 3;
/// A title is cut rather than set smaller than this: it would look like text.
const SMALLEST_TITLE: f32 = 13.5;

fn header(picture: &Picture<'_>, plan: &Plan) -> Vec<Mark> {
    let (title, asked) = (picture.asked.heading(), asked(picture));
    let [strong, regular, small] =
        [(TITLE, Face::Strong), (TEXT, Face::Regular), (SMALL, Face::Regular)];
    let width = |text: &str, (size, face): (f32, Face)| metrics::width(text, face, f64::from(size));
    let right = plan.size[0] - MARGIN;
    let taken = width(&title, strong).max(width(&asked, regular));
    let room = (right - MARGIN - taken - GAP).max(NOTE);
    let lines = |said: &str| metrics::broken(said, room, small.1, f64::from(SMALL));
    let plane = words::plane(picture);
    let note = lines(caption::shortened(&plane, |said| lines(said).len() <= MOST_LINES));
    let noted = note.iter().map(|line| width(line, small) + GAP).fold(0.0, f64::max);
    let room = right - MARGIN - noted;
    // A title that is too long is set smaller, and loses its last clauses where that is not enough.
    let fitted = f64::from(TITLE) * room / width(&title, strong).max(1.0);
    #[expect(clippy::cast_possible_truncation, reason = "a height of letters")]
    let size = (fitted as f32).clamp(SMALLEST_TITLE, TITLE);
    let wide = |said: &str| metrics::width(said, Face::Strong, f64::from(size));
    let title = match caption::shortened(&title, |said| wide(said) <= room) {
        "" => metrics::cut(&title, room, Face::Strong, f64::from(size)),
        whole => whole.to_owned(),
    };
    let mut words = vec![label([MARGIN, MARGIN + UNIT], title, Ink::Text, size, Anchor::Left)];
    let size = if width(&asked, regular) <= room { TEXT } else { SMALL };
    // No line begins with "= 0.3".
    let asked = if size < TEXT { asked.replace(" = ", "\u{A0}=\u{A0}") } else { asked };
    let asked = metrics::lines(&asked, room, Face::Regular, f64::from(size), 2);
    words.extend(asked.into_iter().zip(0u8..).map(|(line, k)| {
        let y = MARGIN + (3.5 + 1.625 * f64::from(k)) * UNIT;
        label([MARGIN, y], line, Ink::Quiet, size, Anchor::Left)
    }));
    words.extend(note.into_iter().zip(0u8..).map(|(line, k)| {
        let y = MARGIN + (1.0 + 1.75 * f64::from(k)) * UNIT;
        label([right, y], line, Ink::Quiet, SMALL, Anchor::Right)
    }));
    words
}

/// What was asked for, in a line: what all runs share.
fn asked(picture: &Picture<'_>) -> String {
    let scene = picture.scene;
    let specs: Vec<RunSpec> = picture.runs().into_iter().map(|run| picture.spec(run)).collect();
    let shared = |same: &dyn Fn(&RunSpec) -> String| {
        let mut said = specs.iter().map(same);
        let first = said.next()?;
        said.all(|other| other == first).then_some(first)
    };
    let mut parts = Vec::new();
    if !picture.asked.title.is_empty() {
        let name = scene.subject.name();
        let rest = name.strip_prefix(&picture.asked.title).unwrap_or(&name);
        parts.push(rest.trim_start_matches([',', ' ']).to_owned());
        parts.retain(|part| !part.is_empty());
    }
    parts.extend(shared(&|spec| format!("η = {}", numerals::short(spec.eta.get(), 4))));
    if specs.iter().any(RunSpec::has_ascent) {
        let one = |same: &dyn Fn(&RunSpec) -> String| {
            let looking = specs.iter().filter(|spec| spec.has_ascent());
            let mut said = looking.map(|spec| same(&spec.looking()));
            let first = said.next()?;
            said.all(|other| other == first).then_some(first)
        };
        parts.extend(one(&|spec| format!("ρ = {}", numerals::short(spec.ball.rho.get(), 4))));
        parts.extend(one(&|spec| format!("p = {}", words::exponent(spec.ball.norm.p()))));
    }
    if matches!(scene.subject, Subject::Fit(_)) {
        parts.extend(shared(&|spec| match spec.batch {
            BatchSize::Full => "full batch".to_owned(),
            BatchSize::Of(size) => format!("batches of {size}"),
        }));
    }
    parts.push(match picture.look.at {
        Moment::Step(step) => {
            format!("step {} of {}", step.min(scene.steps.get()), scene.steps.get())
        }
        Moment::Gradients(paid) => {
            let runs = picture.comparison.map_or(&[][..], |comparison| &comparison.runs);
            let most = moment::paid_by(runs);
            format!("{} of {most} gradients", paid.min(most))
        }
    });
    parts.join(" · ")
}
