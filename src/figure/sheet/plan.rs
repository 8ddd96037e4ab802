//! Where the parts of a sheet stand.
//!
//! One to three maps stand in a row, four in 2 × 2, five and six in 3 × 2; on a column of a page below each other.
//! Everything stands on a grid of 8 points.

use super::LETTERS;
use crate::figure::caption::{self, Caption};
use crate::figure::panels::{Layout, Maps, Panel, Panels};
use crate::figure::picture::Picture;
use crate::figure::{Place, maps, words};
use crate::problem::grid::Window;

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

/// The grid, in points.
pub(super) const UNIT: f64 = 8.0;
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
pub(super) const ROW: f64 = 2.25 * UNIT;
/// Title and subtitle.
const HEADER: f64 = 6.0 * UNIT;
/// The line at the foot.
const FOOTER: f64 = 2.5 * UNIT;
/// Between columns.
pub(super) const GAP: f64 = 3.0 * UNIT;
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
/// The least width of a column that was chosen, and the height of its table.
const LEAST_COLUMN: f64 = 22.0 * UNIT;
const LEAST_TABLE: f64 = 40.0 * UNIT;
/// Maps beside each other that would be narrower than this stand below each other, and charts so, where parts are chosen.
const LEAST_WIDTH: f64 = 18.0 * UNIT;
const LEAST_CHART: f64 = 30.0 * UNIT;
/// Around a figure that stands in a text, which has margins of its own: half a number at the end of an axis.
const TRIMMED: f64 = 1.5 * UNIT;
/// As high as anything needs.
const FREE: f64 = 1e5;
/// The most of a sheet's height that the data take.
const DATA: f64 = 0.5;

/// Where everything stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plan {
    pub(super) size: [f64; 2],
    pub(super) tiles: [usize; 2],
    pub(super) margin: f64,
    pub(super) sentence: f64,
    panels: Panels,
    column: f64,
    chart: f64,
    header: f64,
    footer: f64,
}

impl Plan {
    /// The plan of the maps of so many runs.
    pub(super) fn of(layout: Layout, runs: usize) -> Self {
        let Layout { size, panels, maps } = layout;
        let maps = maps.of(runs);
        let [width, height] = size;
        let has = |panel| panels.has(panel);
        let chosen = panels.are_chosen();
        let margin = if chosen { TRIMMED } else { MARGIN };
        let beside = has(Panel::Maps) || has(Panel::Charts);
        let column = match has(Panel::Data) || has(Panel::Readings) {
            false => 0.0,
            true if !beside => width - 2.0 * margin,
            true if chosen => (0.28 * width).clamp(LEAST_COLUMN, 360.0),
            true if width < NARROW => 0.0,
            true => (0.25 * width).clamp(232.0, 360.0),
        };
        let chart = match has(Panel::Charts) {
            true if chosen || height >= LOW => (0.17 * height).clamp(LOWEST, 180.0),
            true | false => 0.0,
        };
        let bare = Self {
            size,
            tiles: tiles(maps),
            margin,
            sentence: 0.0,
            panels,
            column: on_grid(column),
            chart: 0.0,
            header: if has(Panel::Title) { HEADER } else { 0.0 },
            footer: if has(Panel::Foot) { FOOTER } else { 0.0 },
        };
        let bare = Self { tiles: bare.stacked(maps), ..bare };
        if !has(Panel::Maps) {
            return Self { chart: bare.chart_alone(), ..bare };
        }
        let spoken = Self { sentence: if has(Panel::Sentence) { SENTENCE } else { 0.0 }, ..bare };
        let full = Self { chart: on_grid(chart), ..spoken };
        [full, spoken].into_iter().find(|plan| plan.map(0).height >= LEAST_MAP).unwrap_or(bare)
    }

    /// The plan of maps that show `window`, with room for their sentences, and their aspect.
    pub(super) fn framing(layout: Layout, picture: &Picture<'_>, window: Window) -> (Self, f64) {
        /// A lower map is narrower, and its sentence longer; more turns change little.
        const TURNS: usize = 4;
        let [width, height] = window.span();
        let aspect = width / height;
        let runs = picture.runs();
        let mut plan = Self::of(layout, runs.len()).around(aspect);
        if plan.sentence <= 0.0 && layout.panels.are_chosen() {
            return (plan, aspect);
        }
        let said: Vec<String> = match layout.maps {
            Maps::SideBySide => runs.iter().map(|&run| words::sentence(picture, run)).collect(),
            Maps::Overlaid => vec![maps::went(picture)],
        };
        for _ in 0..TURNS {
            let width = framed(plan.map(0), aspect).width;
            let high = |said: &String| Caption::of(said, width, LETTERS).height();
            let most = match layout.maps {
                Maps::SideBySide => f64::INFINITY,
                Maps::Overlaid => spoken(layout.maps, runs.len()),
            };
            let sentence = said.iter().map(high).fold(plan.sentence, f64::max).min(most);
            let lower = Self { sentence, ..plan };
            if sentence <= plan.sentence || lower.map(0).height < LEAST_MAP {
                break;
            }
            plan = lower;
        }
        (plan, aspect)
    }

    /// The height of a sheet of this width whose maps have this aspect, so that nothing is left blank.
    pub(super) fn height(layout: Layout, runs: usize, aspect: f64) -> f64 {
        let Layout { size: [width, _], panels, .. } = layout;
        let free = Self::of(Layout { size: [width, FREE], ..layout }, runs);
        let [columns, rows] = free.tiles;
        let map = free.beside(0, columns).width / aspect;
        let said = if panels.has(Panel::Sentence) { spoken(layout.maps, runs) } else { 0.0 };
        let each = ABOVE + map + BELOW + said;
        let maps = if panels.has(Panel::Maps) { rows as f64 * each } else { 0.0 };
        let charts = match panels.has(Panel::Charts) {
            true => free.chart_rows() as f64 * (ABOVE + LOWEST + BELOW),
            false => 0.0,
        };
        let column = if free.column > 0.0 { LEAST_TABLE } else { 0.0 };
        (2.0 * free.margin + free.header + free.footer + (maps + charts).max(column)).ceil()
    }

    /// How many maps stand beside and above each other: below each other on a column of a page.
    fn stacked(&self, maps: usize) -> [usize; 2] {
        let narrow = self.panels.are_chosen() && self.beside(0, self.tiles[0]).width < LEAST_WIDTH;
        if narrow { [1, maps.max(1)] } else { self.tiles }
    }

    /// Charts stand beside each other where their names have room.
    fn chart_rows(&self) -> usize {
        let narrow = self.panels.are_chosen() && self.beside(0, 2).width < LEAST_CHART;
        if narrow { 2 } else { 1 }
    }

    /// The height of charts that have a sheet for themselves.
    fn chart_alone(&self) -> f64 {
        if !self.panels.has(Panel::Charts) {
            return 0.0;
        }
        let room = self.size[1] - 2.0 * self.margin - self.header - self.footer;
        (room / self.chart_rows() as f64 - ABOVE - BELOW).max(UNIT)
    }

    /// The same where maps of this aspect leave room beside them: the data and the numbers take of it.
    fn around(self, aspect: f64) -> Self {
        if self.panels.are_chosen() {
            return self;
        }
        let map = self.map(0);
        let spare = self.tiles[0] as f64 * (map.width - aspect * map.height).max(0.0);
        let beside_charts = self.column + 2.0 * (self.beside(0, 2).width - CHART);
        let most = (WIDEST * self.size[0]).min(beside_charts).max(self.column);
        let column = if self.column > 0.0 { (self.column + spare).min(most) } else { 0.0 };
        Self { column: on_grid(column), ..self }
    }

    /// Where the `k`-th map stands.
    pub(super) fn map(&self, k: usize) -> Place {
        let height = self.size[1];
        let [columns, rows] = self.tiles;
        let charts = self.chart_rows() as f64 * (ABOVE + self.chart + BELOW);
        let charts = if self.chart > 0.0 { charts } else { 0.0 };
        let above = self.margin + self.header;
        let each = (height - above - charts - self.footer - self.margin) / rows as f64;
        let tall = each - ABOVE - BELOW - self.sentence;
        let top = above + ABOVE + (k / columns) as f64 * each;
        Place { top, height: tall.max(UNIT), ..self.beside(k % columns, columns) }
    }

    /// The `k`-th of `columns` plots beside each other; only left and width count.
    fn beside(&self, k: usize, columns: usize) -> Place {
        let column = if self.column > 0.0 { self.column + GAP } else { 0.0 };
        let gaps = columns as f64 * LEFT + (columns - 1) as f64 * GAP;
        let each = ((self.size[0] - 2.0 * self.margin - column - gaps) / columns as f64).max(UNIT);
        let left = self.margin + LEFT + k as f64 * (each + GAP + LEFT);
        Place { left, top: 0.0, width: each, height: 0.0 }
    }

    /// Where the two charts stand, where there are any.
    pub(super) fn charts(&self) -> Option<[Place; 2]> {
        let [columns, rows] = self.tiles;
        let top = if self.panels.has(Panel::Maps) {
            let map = self.map(columns * (rows - 1));
            map.top + map.height + BELOW + self.sentence + ABOVE
        } else {
            self.margin + self.header + ABOVE
        };
        let place = |k: usize| match self.chart_rows() {
            1 => Place { top, height: self.chart, ..self.beside(k, 2) },
            _ => {
                let top = top + k as f64 * (ABOVE + self.chart + BELOW);
                Place { top, height: self.chart, ..self.beside(0, 1) }
            }
        };
        (self.chart > 0.0).then(|| [0, 1].map(place))
    }

    /// The right column, without the room of an axis.
    pub(super) fn column(&self) -> Option<Place> {
        let [width, height] = self.size;
        let top = self.margin + self.header + ABOVE;
        (self.column > 0.0).then_some(Place {
            left: width - self.margin - self.column,
            top,
            width: self.column,
            height: height - self.margin - self.footer - top,
        })
    }

    /// Where the data stand in that column.
    pub(super) fn data(&self, column: Place) -> Place {
        let width = column.width - LEFT;
        let part = if self.panels.has(Panel::Readings) { DATA } else { 1.0 };
        // Below there is the name of the axis.
        let most = (part * self.size[1]).min(column.height - BELOW);
        Place { left: column.left + LEFT, top: column.top, width, height: width.min(most) }
    }
}

/// What is said below a map: two lines, or one for each run of several and one more.
fn spoken(maps: Maps, runs: usize) -> f64 {
    match maps {
        Maps::Overlaid if runs > 1 => caption::height_of(runs + 1, LETTERS).max(SENTENCE),
        Maps::SideBySide | Maps::Overlaid => SENTENCE,
    }
}

/// As much of a place as a plot of this aspect fills, from the upper left.
pub(super) fn framed(place: Place, aspect: f64) -> Place {
    let width = place.width.min(aspect * place.height);
    Place { width, height: place.height.min(width / aspect), ..place }
}

fn on_grid(length: f64) -> f64 {
    (length / UNIT).round() * UNIT
}
