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
//! Everything stands on a grid of 8 points. A narrow sheet has no right column, a low one no charts.

use super::picture::{Lane, Look, Picture};
use super::{Anchor, Figure, Ink, Mark, Pane, Place, charts, data, letters, maps, numerals, words};
use crate::catalog::Choice;
use crate::problem::batches::BatchSize;
use crate::scene::Subject;
use crate::typed::echo;

/// Heights of letters on a sheet, in points: the title, words, and what stands at axes.
pub const TITLE: f32 = 17.0;
/// See [`TITLE`].
pub const TEXT: f32 = 12.5;
/// See [`TITLE`].
pub const SMALL: f32 = 10.5;

/// The plot areas of the two maps on a sheet of this size, width / height: what a window is widened to.
#[must_use]
pub fn map_aspect(size: [f64; 2]) -> f64 {
    let map = Plan::of(size).map(Lane::Base);
    map.width / map.height
}

/// The whole sheet, `size` points wide and high.
#[must_use]
pub fn sheet(picture: &Picture<'_>, size: [f64; 2]) -> Figure {
    let plan = Plan::of(size);
    let map = plan.map(Lane::Base);
    let window = picture.look.window.widened_to(map.width / map.height);
    let look = Look { window, points_per_unit: map.width / window.span()[0], ..picture.look };
    let picture = &Picture { look, ..*picture };

    let places = Lane::BOTH.map(|lane| plan.map(lane));
    let mut panes: Vec<_> = places.into_iter().zip(maps::side_by_side(picture)).collect();
    // The second map has the first one's axes; saying so twice would cost the room of a number.
    panes[1].1.y.label.clear();
    if let Some([loss, sharpness]) = plan.charts() {
        panes.push((loss, charts::loss(picture)));
        // Under the charts there is the foot of the sheet, and no room for a sentence.
        let chart = Pane { caption: String::new(), ..charts::sharpness(picture) };
        panes.push((sharpness, chart));
    }
    let mut words = header(picture, &plan);
    if let Some(column) = plan.column() {
        let below = match data::data(picture) {
            Some(pane) => {
                let place = plan.data(column);
                panes.push((place, pane));
                place.top + place.height + 2.0 * ROW + 40.0
            }
            None => column.top,
        };
        words.extend(numbers(picture, column, below));
    }
    words.extend(footer(picture, &plan));
    for (place, pane) in &mut panes {
        fit_caption(pane, place.width);
    }
    Figure { size, panes, words }
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
/// Below that, for a sentence of two lines.
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

/// Where everything stands.
struct Plan {
    size: [f64; 2],
    column: f64,
    chart: f64,
}

impl Plan {
    fn of(size: [f64; 2]) -> Self {
        let [width, height] = size;
        let column = if width < NARROW { 0.0 } else { (0.25 * width).clamp(232.0, 360.0) };
        let chart = if height < LOW { 0.0 } else { (0.17 * height).clamp(64.0, 180.0) };
        Self { size, column: on_grid(column), chart: on_grid(chart) }
    }

    fn map(&self, lane: Lane) -> Place {
        let [width, height] = self.size;
        let column = if self.column > 0.0 { self.column + GAP } else { 0.0 };
        let charts = if self.chart > 0.0 { ABOVE + self.chart + BELOW } else { 0.0 };
        let each = (width - 2.0 * MARGIN - column - 2.0 * LEFT - GAP) / 2.0;
        let top = MARGIN + HEADER + ABOVE;
        let tall = height - top - BELOW - SENTENCE - charts - FOOTER - MARGIN;
        let left = match lane {
            Lane::Base => MARGIN + LEFT,
            Lane::Sam => MARGIN + LEFT + each + GAP + LEFT,
        };
        Place { left, top, width: each.max(UNIT), height: tall.max(UNIT) }
    }

    fn charts(&self) -> Option<[Place; 2]> {
        (self.chart > 0.0).then(|| {
            Lane::BOTH.map(|lane| {
                let map = self.map(lane);
                let top = map.top + map.height + BELOW + SENTENCE + ABOVE;
                Place { top, height: self.chart, ..map }
            })
        })
    }

    /// The right column, without the room of an axis.
    fn column(&self) -> Option<Place> {
        let [width, height] = self.size;
        let map = self.map(Lane::Sam);
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
            height: width.min(self.map(Lane::Base).height),
        }
    }
}

fn on_grid(length: f64) -> f64 {
    (length / UNIT).round() * UNIT
}

fn label(at: [f64; 2], text: String, ink: Ink, size: f32, anchor: Anchor) -> Mark {
    Mark::Label { at, offset: [0.0, 0.0], text, ink, size, anchor, angle: 0.0 }
}

/// The least room for what is said of the plane, in points, and lines of it.
const NOTE: f64 = 160.0;
const MOST_LINES: u8 = 3;

fn header(picture: &Picture<'_>, plan: &Plan) -> Vec<Mark> {
    let (title, asked) = (picture.scene.heading(), asked(picture));
    let right = plan.size[0] - MARGIN;
    let taken = letters::strong_width(&title, f64::from(TITLE))
        .max(letters::width(&asked, f64::from(TEXT)));
    let room = (right - MARGIN - taken - GAP).max(NOTE);
    let note = letters::broken(&words::plane(picture), room, f64::from(SMALL));
    let mut words = vec![
        label([MARGIN, MARGIN + UNIT], title, Ink::Text, TITLE, Anchor::Left),
        label([MARGIN, MARGIN + 4.0 * UNIT], asked, Ink::Quiet, TEXT, Anchor::Left),
    ];
    words.extend(note.into_iter().zip(0..MOST_LINES).map(|(line, k)| {
        let y = MARGIN + UNIT + f64::from(k) * 1.75 * UNIT;
        label([right, y], line, Ink::Quiet, SMALL, Anchor::Right)
    }));
    words
}

/// What was asked for, in a line.
fn asked(picture: &Picture<'_>) -> String {
    let scene = picture.scene;
    let mut parts = Vec::new();
    if !scene.title.is_empty() {
        let name = scene.subject.name();
        let rest = name.strip_prefix(&scene.title).unwrap_or(&name);
        parts.push(rest.trim_start_matches([',', ' ']).to_owned());
        parts.retain(|part| !part.is_empty());
    }
    parts.push(format!("η = {}", numerals::short(scene.eta.get(), 4)));
    if scene.ascent.id() != "none" {
        parts.push(format!("ρ = {}", numerals::short(scene.ball.rho.get(), 4)));
        parts.push(format!("p = {}", words::exponent(scene.ball.norm.p())));
    }
    let has_data = matches!(scene.subject, Subject::Fit(_));
    if has_data {
        parts.push(match scene.batch {
            BatchSize::Full => "full batch".to_owned(),
            BatchSize::Of(size) => format!("batches of {size}"),
        });
    }
    parts.push(format!(
        "step {} of {}",
        picture.look.step.min(scene.steps.get()),
        scene.steps.get()
    ));
    parts.join(" · ")
}

/// The table of numbers at the step shown, as far as the column has room.
fn numbers(picture: &Picture<'_>, column: Place, top: f64) -> Vec<Mark> {
    let right = column.left + column.width;
    let middle = right - 0.36 * column.width;
    let ends = [middle, right];
    let mut marks = vec![label(
        [column.left, top],
        format!("At step {}", picture.look.step.min(picture.scene.steps.get())),
        Ink::Quiet,
        SMALL,
        Anchor::Left,
    )];
    for (lane, ink, x) in [(Lane::Base, Ink::Base, ends[0]), (Lane::Sam, Ink::Sam, ends[1])] {
        marks.push(label([x, top], picture.name(lane), ink, SMALL, Anchor::Right));
    }
    let mut y = top;
    for reading in words::readings(picture) {
        y += ROW;
        if y > column.top + column.height {
            break;
        }
        marks.push(label([column.left, y], reading.name, Ink::Quiet, SMALL, Anchor::Left));
        marks.push(label([ends[0], y], reading.base, Ink::Text, SMALL, Anchor::Right));
        marks.push(label([ends[1], y], reading.sam, Ink::Text, SMALL, Anchor::Right));
    }
    marks
}

/// What made the figure and from what, in the names that scene files use.
fn footer(picture: &Picture<'_>, plan: &Plan) -> Vec<Mark> {
    let [width, height] = plan.size;
    let y = height - MARGIN;
    let made = format!("samscope {}", env!("CARGO_PKG_VERSION"));
    let room = width - 2.0 * MARGIN - letters::width(&made, f64::from(SMALL)) - GAP;
    let from = letters::broken(&provenance(picture), room, f64::from(SMALL));
    let mut marks = vec![label([width - MARGIN, y], made, Ink::Quiet, SMALL, Anchor::Right)];
    let first = from.into_iter().next();
    marks.extend(first.map(|text| label([MARGIN, y], text, Ink::Quiet, SMALL, Anchor::Left)));
    marks
}

fn provenance(picture: &Picture<'_>) -> String {
    let scene = picture.scene;
    let mut parts = match &scene.subject {
        Subject::Formula(landscape) => vec![format!("landscape {}", changed(landscape))],
        Subject::Fit(fit) => vec![
            format!("data {}", changed(&fit.data)),
            format!("model {}", changed(&fit.model)),
            format!("loss {}", changed(&fit.loss)),
        ],
    };
    parts.push(format!("base {}", changed(&scene.base)));
    parts.push(format!("ascent {}", changed(&scene.ascent)));
    // The first weights of a large model follow from the seed, and a few of them say nothing.
    if scene.start.is_some() || scene.subject.dimension() <= FEW {
        let start: Vec<String> =
            scene.first_weights().iter().take(FEW).map(|&x| numerals::short(x, 4)).collect();
        let more = if scene.subject.dimension() > FEW { ", …" } else { "" };
        parts.push(format!("start {}{more}", start.join(", ")));
    }
    parts.push(format!("seed {}", scene.seed));
    parts.join(" · ")
}

/// So many weights are written out.
const FEW: usize = 4;

/// What was chosen, with the settings that are not as they come: "network (units 16, dropout 0.1)".
fn changed<T: ?Sized>(choice: &Choice<T>) -> String {
    let said: Vec<String> = choice
        .values()
        .filter(|(setting, value)| **value != setting.default())
        .map(|(setting, value)| {
            let value =
                value.number().map_or_else(|| echo(&value.to_string()), |x| numerals::short(x, 4));
            format!("{} {value}", setting.key)
        })
        .collect();
    if said.is_empty() {
        choice.id().to_owned()
    } else {
        format!("{} ({})", choice.id(), said.join(", "))
    }
}

/// Breaks a sentence into lines that fit under its map.
fn fit_caption(pane: &mut Pane, width: f64) {
    pane.caption = letters::broken(&pane.caption, width, f64::from(TEXT)).join("\n");
}
