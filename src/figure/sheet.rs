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
//! Nothing lies over anything else: what matters least is left out. A narrow sheet has no right column, a low one no
//! charts; where maps would still be too low, there are no sentences below them.

use kurbo::Rect;

use super::metrics::{self, Face};
use super::panels::{Layout, Maps, Panel};
use super::picture::{Look, Picture};
use super::{
    Anchor, Figure, Ink, Mark, Pane, Place, caption, charts, data, legend, maps, names, numerals,
    title, words,
};
use crate::optim::moment::{self, Moment};
use crate::problem::batches::BatchSize;
use crate::scene::Subject;
use crate::scene::layer::Layer;
use crate::scene::run::RunSpec;

mod plan;
mod foot;
mod table;

use foot::footer;
pub use plan::tiles;
use plan::{GAP, Plan, ROW, UNIT, framed};
use table::numbers;

/// Heights of letters on a sheet, in points: the title, words, and what stands at axes.
pub const TITLE: f32 = 17.0;
/// See [`TITLE`].
pub const TEXT: f32 = 12.5;
/// See [`TITLE`].
pub const SMALL: f32 = 11.0;
/// Letters of sentences, and of long ones.
const LETTERS: [f64; 2] = [TEXT as f64, SMALL as f64];

/// The plot area of each map of so many runs on a sheet of this size, width / height: what a window is widened to.
#[must_use]
pub fn map_aspect(layout: impl Into<Layout>, runs: usize) -> f64 {
    let map = Plan::of(layout.into(), runs).map(0);
    map.width / map.height
}

/// The height of a sheet of this width and these parts, and of maps of so many runs with this aspect, width / height:
/// nothing is left blank, and nothing left out.
#[must_use]
pub fn height(layout: Layout, runs: usize, aspect: f64) -> f64 {
    Plan::height(layout, runs, aspect)
}

/// The same look at each map of a picture on a sheet of this size: at their part of the map, and at their scale.
#[must_use]
pub fn look(picture: &Picture<'_>, layout: impl Into<Layout>) -> Look {
    let window = picture.look.window.widened_to(f64::NAN);
    let (plan, aspect) = Plan::framing(layout.into(), picture, window);
    let points_per_unit = framed(plan.map(0), aspect).width / window.span()[0];
    Look { window, points_per_unit, ..picture.look }
}

/// The whole sheet, so many points wide and high, with the parts that it should have and has room for.
#[must_use]
pub fn sheet(picture: &Picture<'_>, layout: impl Into<Layout>) -> Figure {
    let layout = layout.into();
    let Layout { size, panels, maps } = layout;
    let look = look(picture, layout);
    let picture = &Picture { look, ..*picture };
    let (plan, aspect) = Plan::framing(layout, picture, look.window);
    let map = |k: usize| framed(plan.map(k), aspect);

    let all = match maps {
        _ if !panels.has(Panel::Maps) => Vec::new(),
        Maps::SideBySide => maps::side_by_side(picture),
        Maps::Overlaid => vec![maps::overlaid(picture)],
    };
    let mut panes: Vec<_> = all.into_iter().enumerate().map(|(k, pane)| (map(k), pane)).collect();
    // Maps in a row have the first one's axes; saying so twice would cost the room of a number.
    for (k, (place, pane)) in panes.iter_mut().enumerate() {
        let own = picture.runs().get(k).and_then(|&run| picture.scene.runs.get(run));
        let own = own.filter(|_| maps == Maps::SideBySide);
        if let Some(own) = own.filter(|_| !title::is_whole(&pane.title, place.width, LETTERS)) {
            pane.title.truncate(1);
            own.name.as_str().clone_into(&mut pane.title[0].text);
        }
        // What is said of a plot does not depend on its size, though what is written below it does.
        pane.description = pane.said();
        if !panels.has(Panel::Sentence) {
            pane.caption.clear();
        }
        let room = [place.width, plan.sentence];
        pane.caption = match maps {
            Maps::SideBySide => caption::within(&pane.caption, room, LETTERS),
            // A name without what is said of it says nothing.
            Maps::Overlaid if picture.asked.layer == Layer::Loss => {
                caption::parts_within(&pane.caption, room, LETTERS)
            }
            Maps::Overlaid => caption::within(&pane.caption, room, LETTERS),
        };
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
    let mut words = Vec::new();
    if panels.has(Panel::Title) {
        words.extend(header(picture, &plan));
    }
    if let Some(column) = plan.column() {
        let below = match data::data(picture).filter(|_| panels.has(Panel::Data)) {
            Some(pane) => {
                let place = plan.data(column);
                let rows =
                    legend::rows_below(&pane, place.width, f64::from(TEXT), f64::from(SMALL));
                panes.push((place, pane));
                place.top + place.height + 2.0 * ROW + 40.0 + rows
            }
            None => column.top,
        };
        if panels.has(Panel::Readings) {
            words.extend(numbers(picture, column, below));
        }
    }
    if panels.has(Panel::Foot) {
        words.extend(footer(picture, &plan));
    }
    if !panels.has(Panel::Legend) {
        for (_, pane) in &mut panes {
            pane.legend.clear();
        }
    }
    let title = (!panels.has(Panel::Title)).then(|| picture.asked.heading());
    Figure { size, panes, words, prose: Vec::new(), title }
}

/// A chart with the names of its curves beside its plot.
fn named(place: Place, chart: &Pane) -> (Place, Pane) {
    let Place { left, top, width, height } = place;
    let cell = Rect::new(left, top, left + width, top + height);
    let (pane, plot) = names::fitted(chart, cell, f64::from(SMALL));
    (Place { width: plot.width(), ..place }, pane)
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
    let margin = plan.margin;
    let (title, asked) = (picture.asked.heading(), asked(picture));
    let [strong, regular, small] =
        [(TITLE, Face::Strong), (TEXT, Face::Regular), (SMALL, Face::Regular)];
    let width = |text: &str, (size, face): (f32, Face)| metrics::width(text, face, f64::from(size));
    let right = plan.size[0] - margin;
    let taken = width(&title, strong).max(width(&asked, regular));
    let room = (right - margin - taken - GAP).max(NOTE);
    let lines = |said: &str| metrics::broken(said, room, small.1, f64::from(SMALL));
    let plane = words::plane(picture);
    let note = lines(caption::shortened(&plane, |said| lines(said).len() <= MOST_LINES));
    let noted = note.iter().map(|line| width(line, small) + GAP).fold(0.0, f64::max);
    let room = right - margin - noted;
    // A title that is too long is set smaller, and loses its last clauses where that is not enough.
    let fitted = f64::from(TITLE) * room / width(&title, strong).max(1.0);
    #[expect(clippy::cast_possible_truncation, reason = "a height of letters")]
    let size = (fitted as f32).clamp(SMALLEST_TITLE, TITLE);
    let wide = |said: &str| metrics::width(said, Face::Strong, f64::from(size));
    let title = match caption::shortened(&title, |said| wide(said) <= room) {
        "" => metrics::cut(&title, room, Face::Strong, f64::from(size)),
        whole => whole.to_owned(),
    };
    let mut words = vec![label([margin, margin + UNIT], title, Ink::Text, size, Anchor::Left)];
    let size = if width(&asked, regular) <= room { TEXT } else { SMALL };
    // No line begins with "= 0.3".
    let asked = if size < TEXT { asked.replace(" = ", "\u{A0}=\u{A0}") } else { asked };
    let asked = metrics::lines(&asked, room, Face::Regular, f64::from(size), 2);
    words.extend(asked.into_iter().zip(0u8..).map(|(line, k)| {
        let y = margin + (3.5 + 1.625 * f64::from(k)) * UNIT;
        label([margin, y], line, Ink::Quiet, size, Anchor::Left)
    }));
    words.extend(note.into_iter().zip(0u8..).map(|(line, k)| {
        let y = margin + (1.0 + 1.75 * f64::from(k)) * UNIT;
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
