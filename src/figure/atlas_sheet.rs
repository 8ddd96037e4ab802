//! An atlas on a sheet: what was asked for above it, its legend and its sentence below, and what made it at the foot.

use kurbo::Rect;

use super::atlas::{Drawn, pane, symbol};
use super::metrics::{self, Face};
use super::sheet::{SMALL, TEXT, TITLE};
use super::{Anchor, Figure, Ink, Mark, Pane, Place, legend, names, numerals};
use crate::atlas::settings::Side;
use crate::typed::Spacing;

/// Around everything, and from the paper's edge to the plot, in points.
const MARGIN: f64 = 24.0;
const LEFT: f64 = 44.0;
/// Above the plot: title, settings, the plot's own heading.
const ABOVE: f64 = 84.0;
/// Below the plot, to its legend: numbers and the name of its axis.
const BELOW: f64 = 46.0;
/// Lines of the sentence, and of the foot.
const LINE: f64 = 16.0;
const FOOT: f64 = 22.0;
/// Lines of a sentence at most.
const MOST: usize = 4;

/// The whole sheet, `size` points wide and high.
#[must_use]
pub fn sheet(drawn: &Drawn<'_>, size: [f64; 2]) -> Figure {
    let whole = pane(drawn);
    let [width, height] = size;
    let room = width - 2.0 * MARGIN;
    let text = f64::from(TEXT);
    let sentence = metrics::lines(&format!("{}.", whole.caption), room, Face::Regular, text, MOST);
    let rows = |room: f64| legend::rows(&whole.legend, room, f64::from(SMALL)).len();
    let laid = |keys: usize| {
        let under = BELOW + keys as f64 * legend::ROW + LINE * sentence.len() as f64 + FOOT;
        let cell = Rect::new(MARGIN + LEFT, ABOVE, width - MARGIN, height - MARGIN - under);
        names::fitted(&whole, cell, f64::from(SMALL)).1
    };
    // Beside the names of curves a plot is narrower, and its legend longer.
    let keys = rows(laid(rows(room - LEFT)).width());
    let under = BELOW + keys as f64 * legend::ROW + LINE * sentence.len() as f64 + FOOT;
    let cell = Rect::new(MARGIN + LEFT, ABOVE, width - MARGIN, height - MARGIN - under);
    // The sentence stands below the legend, and what is said of the plot does not depend on where.
    let description = whole.said();
    let bare = Pane { caption: String::new(), description, ..whole };
    let (pane, plot) = names::fitted(&bare, cell, f64::from(SMALL));
    let place = Place { left: plot.x0, top: plot.y0, width: plot.width(), height: plot.height() };
    let first = place.top + place.height + BELOW + keys as f64 * legend::ROW + LINE / 2.0;
    let mut words = header(drawn, room);
    words.extend(sentence.into_iter().zip(0u8..).map(|(line, k)| {
        label([MARGIN, first + LINE * f64::from(k)], line, Ink::Text, TEXT, Anchor::Left)
    }));
    words.extend(foot(drawn, size));
    Figure { size, panes: vec![(place, pane)], words, prose: Vec::new(), title: None }
}

fn header(drawn: &Drawn<'_>, room: f64) -> Vec<Mark> {
    let settings = &drawn.cells.settings;
    let title = metrics::cut(&settings.scene.heading(), room, Face::Strong, f64::from(TITLE));
    let side = |side: &Side| {
        let [from, to] = side.range.ends().map(|end| numerals::short(end, 4));
        let log = if side.range.spacing() == Spacing::Log { " by ratios" } else { "" };
        format!("{} from {from} to {to}{log}", symbol(&side.key))
    };
    let [columns, rows] = settings.counts();
    let asked = [
        side(&settings.sides[0]),
        side(&settings.sides[1]),
        format!("{} steps", settings.scene.steps.get()),
        if settings.seeds > 1 {
            format!("{columns} × {rows} cells of {} seeds", settings.seeds)
        } else {
            format!("{columns} × {rows} runs")
        },
    ]
    .join(" · ");
    let asked = metrics::cut(&asked, room, Face::Regular, f64::from(TEXT));
    vec![
        label([MARGIN, MARGIN + 8.0], title, Ink::Text, TITLE, Anchor::Left),
        label([MARGIN, MARGIN + 28.0], asked, Ink::Quiet, TEXT, Anchor::Left),
    ]
}

fn foot(drawn: &Drawn<'_>, [width, height]: [f64; 2]) -> Vec<Mark> {
    let scene = &drawn.cells.settings.scene;
    let made = format!("samscope {}", env!("CARGO_PKG_VERSION"));
    let y = height - MARGIN;
    let taken = metrics::width(&made, Face::Regular, f64::from(SMALL));
    let room = width - 2.0 * MARGIN - taken - MARGIN;
    let spec = scene.spec(drawn.cells.settings.run);
    let from = format!(
        "{} · base {} · ascent {} · seed {}",
        scene.subject.name(),
        spec.base.id(),
        spec.ascent.id(),
        scene.seed
    );
    let from = metrics::cut(&from, room, Face::Regular, f64::from(SMALL));
    vec![
        label([width - MARGIN, y], made, Ink::Quiet, SMALL, Anchor::Right),
        label([MARGIN, y], from, Ink::Quiet, SMALL, Anchor::Left),
    ]
}

fn label(at: [f64; 2], text: String, ink: Ink, size: f32, anchor: Anchor) -> Mark {
    Mark::Label { at, offset: [0.0, 0.0], text, ink, size, anchor, angle: 0.0 }
}
