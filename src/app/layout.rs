//! Where everything goes, as a function of the window's size.
//!
//! ```text
//! ┌ bar ───────────────────────────────────────────────┐
//! ├──────────┬──────────────────────────────┬──────────┤
//! │ controls │ map        │ map             │ details  │
//! │          │ caption    │ caption         │          │
//! │          │ chart      │ chart           │          │
//! │          │ timeline                     │          │
//! └──────────┴──────────────────────────────┴──────────┘
//! ```

use egui::{Rect, pos2, vec2};

use super::canvas::axes::Margins;
use super::style::GRID;
use super::view::Details;
use crate::figure::palette::Audience;
use crate::figure::panels::Maps;
use crate::figure::sheet;
use crate::lesson::Beside;

/// The parts of the window.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// Scene, undo, theme, export.
    pub bar: Rect,
    /// What is asked for; makes way for details in a narrow window.
    pub controls: Option<Rect>,
    /// Data and readings.
    pub details: Option<Rect>,
    /// How the runs share the middle: one map for all also where the maps of a window would be too small to be read.
    pub share: Maps,
    /// The maps, one to six.
    pub maps: Vec<Spot>,
    /// Whether maps stand beside the atlas that is open.
    pub maps_beside: bool,
    /// The data, where a page has them beside the maps.
    pub data: Option<Spot>,
    /// The charts by their number: the loss 0, the measure 1. In a narrow window only the measure, in a low one none.
    pub charts: Vec<(usize, Spot)>,
    /// Where maps and charts stand, or one chart in place of all.
    pub stage: Rect,
    /// Playback.
    pub timeline: Rect,
}

/// A pane's place: its heading, itself with its axes, and its caption.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    /// One line of heading.
    pub heading: Rect,
    /// The plot and its axes.
    pub cell: Rect,
    /// What is said under it; without height where it has no room.
    pub caption: Rect,
    /// What the axes of a map take.
    pub margins: Margins,
}

impl Spot {
    /// Where the map is, without its axes.
    #[must_use]
    pub fn plot(&self) -> Rect {
        self.margins.plot(self.cell)
    }

    /// The same with the room of its caption for the plot.
    #[must_use]
    pub fn without_caption(self) -> Self {
        let caption = self.caption.with_min_y(self.caption.bottom());
        Self { cell: self.cell.with_max_y(self.caption.bottom()), caption, ..self }
    }

    /// The same with a map of this width / height in it: what is left of its place stays free.
    #[must_use]
    pub fn framing(self, aspect: f64) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "some units")]
        let aspect = aspect as f32;
        let plot = self.plot();
        let (width, height) = (plot.width(), plot.height());
        if width <= 0.0 || height <= 0.0 {
            return self;
        }
        let [aside, below] =
            [(width - aspect * height).max(0.0), (height - width / aspect).max(0.0)];
        let cell = Rect::from_min_max(self.cell.min, self.cell.max - vec2(aside, below));
        Self { cell, caption: self.caption.translate(vec2(0.0, -below)), ..self }
    }
}

/// The height of the bar.
const BAR: f32 = 44.0;
/// The height of the timeline.
const TIMELINE: f32 = 48.0;
/// The width of the controls.
const CONTROLS: f32 = 288.0;
/// The most that controls or details take of the width of a narrow window.
const PANEL_PART: f32 = 0.395;
/// The least and greatest width of details.
const DETAILS: [f32; 2] = [296.0, 440.0];
/// Below this width, controls and details do not fit beside two maps.
const NARROW: f32 = 1120.0;
/// The height of headings, and of what is said under a map: a sentence of two lines, and a legend.
const HEADING: f32 = 26.0;
const CAPTION: f32 = 64.0;
/// What the axes of a map take of its height, and the least height that a map has beside a sentence under it.
const AXES: f32 = 38.0;
const LEAST_MAP: f32 = 120.0;
/// Maps narrower or lower than this, with their axes, have no names of axes.
const BARE: [f32; 2] = [220.0, 180.0];
/// The same in one row, where charts take the less.
const LEAST_OF_ONE_ROW: f32 = 90.0;
/// The least height of a chart with its axes; what of it is not for the names of its curves, and what is for each.
const LEAST_CHART: f32 = 100.0;
const NAMES_OF_CHART: f32 = 40.0;
const NAME_OF_CURVE: f32 = 15.0;
/// Charts narrower than this do not stand beside each other.
const NARROW_CHART: f32 = 320.0;
/// Maps of several runs that are narrower or lower than this become one.
const LEAST_PLOT: [f32; 2] = [100.0, 80.0];
/// The part of the height that maps get of what maps and charts share.
const MAPS: f32 = 0.62;
/// The same where maps stand in two rows.
const MAPS_OF_TWO_ROWS: f32 = 0.78;

/// Whether details have a place of their own.
#[must_use]
pub fn has_room(width: f32) -> bool {
    width >= NARROW
}

/// In a window lower than this, charts make way for the maps.
const LOW: f32 = 490.0;

/// Places everything in `window`, with maps of so many runs; before a room without controls and details, and without
/// charts and data but for what stands `beside` the maps; data that have no place of their own stand there too.
#[must_use]
pub fn of(
    window: Rect,
    maps: Maps,
    runs: usize,
    details: Details,
    before: Audience,
    beside: Option<Beside>,
) -> Layout {
    let presenting = before == Audience::Room;
    let room = has_room(window.width());
    let details = if presenting { Details::Hidden } else { details };
    let shows_details = match details {
        Details::WhenRoom => room,
        Details::Shown => true,
        Details::Hidden => false,
    };
    let (bar, below) = window.split_top_bottom_at_y(window.top() + BAR);
    let (controls, rest) = if presenting {
        (None, below)
    } else if room || !shows_details {
        let (left, rest) =
            below.split_left_right_at_x(below.left() + CONTROLS.min(PANEL_PART * window.width()));
        (Some(left), rest)
    } else {
        (None, below)
    };
    let (details, centre) = if shows_details {
        let least = DETAILS[0].min(PANEL_PART * window.width());
        let width = (0.235 * window.width()).clamp(least, DETAILS[1]);
        let (rest, right) = rest.split_left_right_at_x(rest.right() - width);
        (Some(right), rest)
    } else {
        (None, rest)
    };
    let (stage, timeline) = centre.split_top_bottom_at_y(centre.bottom() - TIMELINE);
    let stage = Rect::from_min_max(stage.min + vec2(GRID, GRID / 2.0), stage.max - vec2(GRID, 0.0));
    let whole = stage;
    let has_no_data = beside == Some(Beside::Data) && details.is_none();
    let (stage, other) = match beside.filter(|_| presenting || has_no_data) {
        Some(beside) => {
            let (stage, other) = shared_with(stage, runs);
            (stage, Some((beside, spot(other, 0.0))))
        }
        None => (stage, None),
    };
    let is_low = window.height() < LOW || other.is_some();
    let tiling = match maps {
        Maps::SideBySide => tiling(stage, runs),
        Maps::Overlaid => None,
    };
    let share = if tiling.is_some() { Maps::SideBySide } else { Maps::Overlaid };
    let [columns, rows] = tiling.unwrap_or([1, 1]);
    let (part, lines) = if rows == 1 { (MAPS, 1.0) } else { (MAPS_OF_TWO_ROWS, rows as f32) };
    // What is said under maps goes before the maps get too small to be read, and charts that are too low for the names
    // of their curves go before that.
    let least_chart = LEAST_CHART.max(NAMES_OF_CHART + runs as f32 * NAME_OF_CURVE);
    let shared = |caption: f32| stage.height() - (lines + 1.0) * HEADING - lines * caption;
    let chart_with = |caption: f32| ((1.0 - part) * shared(caption)).max(least_chart);
    let plot_with =
        |caption: f32, charts: f32| (stage.height() - charts) / lines - HEADING - caption - AXES;
    let with_charts = |caption: f32| plot_with(caption, HEADING + chart_with(caption));
    let without = |caption: f32| plot_with(caption, 0.0);
    let (caption, has_charts) = if !is_low && with_charts(CAPTION) >= LEAST_MAP {
        (CAPTION, true)
    } else if !is_low && lines > 1.0 && with_charts(0.0) >= LEAST_MAP {
        (0.0, true)
    } else if !is_low && lines < 2.0 && with_charts(CAPTION) >= LEAST_OF_ONE_ROW {
        (CAPTION, true)
    } else {
        (if without(CAPTION) >= LEAST_MAP { CAPTION } else { 0.0 }, false)
    };
    let chart_height = if has_charts { HEADING + chart_with(caption) } else { 0.0 };
    let (upper, lower) = stage.split_top_bottom_at_y(stage.bottom() - chart_height);
    let count = if share == Maps::SideBySide { runs.max(1) } else { 1 };
    let maps = (0..count)
        .map(|k| tile(upper, [k % columns, k / columns], [columns, rows]))
        .map(|tile| {
            let spot = spot(tile, caption);
            let is_small = spot.cell.width() < BARE[0] || spot.cell.height() < BARE[1];
            Spot { margins: if is_small { Margins::BARE } else { Margins::MAP }, ..spot }
        })
        .collect();
    let (data, charts) = match other {
        None => (None, if has_charts { charts(lower) } else { Vec::new() }),
        Some((Beside::Data, spot)) => (Some(spot), Vec::new()),
        Some((Beside::Loss, spot)) => (None, vec![(0, spot)]),
        Some((Beside::Measure, spot)) => (None, vec![(1, spot)]),
    };
    let (stage, maps_beside) = (whole, false);
    Layout { bar, controls, details, share, maps, maps_beside, data, charts, stage, timeline }
}

impl Layout {
    /// The same where the atlas has a part of the stage, and the maps of so many runs the rest: what a boundary parts.
    #[must_use]
    pub fn beside_an_atlas(self, runs: usize) -> Self {
        let (stage, rest) = shared_with(self.stage, 1);
        let is_wide = rest.width() > rest.height();
        let [columns, rows] = if is_wide { [runs.max(1), 1] } else { [1, runs.max(1)] };
        let maps: Vec<Spot> = (0..runs)
            .map(|k| tile(rest, [k % columns, k / columns], [columns, rows]))
            .map(|tile| {
                let caption = if tile.height() > CAPTION + LEAST_MAP { CAPTION } else { 0.0 };
                let spot = spot(tile, caption);
                let is_small = spot.cell.width() < BARE[0] || spot.cell.height() < BARE[1];
                Spot { margins: if is_small { Margins::BARE } else { Margins::MAP }, ..spot }
            })
            .collect();
        let can_be_read = |spot: &Spot| {
            let plot = spot.margins.plot(spot.cell);
            plot.width() >= LEAST_PLOT[0] && plot.height() >= LEAST_PLOT[1]
        };
        if !maps.iter().all(can_be_read) {
            return self;
        }
        let (charts, maps_beside) = (Vec::new(), true);
        Self { share: Maps::SideBySide, maps, charts, data: None, stage, maps_beside, ..self }
    }
}

/// What maps and what stands beside them have of a stage: each a side, or where maps would be too narrow then, each a
/// part of its height.
fn shared_with(stage: Rect, runs: usize) -> (Rect, Rect) {
    let [columns, _] = sheet::tiles(runs);
    let least = columns as f32 * LEAST_BESIDE;
    if MAPS * stage.width() >= least.max(stage.height() * MAPS) {
        let (maps, other) = stage.split_left_right_at_x(stage.left() + MAPS * stage.width());
        return (maps, other.with_min_x(other.left() + GRID));
    }
    stage.split_top_bottom_at_y(stage.top() + MAPS_ABOVE * stage.height())
}

/// The part of the height that maps have above what they share it with.
const MAPS_ABOVE: f32 = 0.6;
/// Maps narrower than this stand above what else is shown, not beside it.
const LEAST_BESIDE: f32 = 180.0;

/// In how many columns and rows the maps of so many runs can be read; none where there is no such way.
fn tiling(stage: Rect, runs: usize) -> Option<[usize; 2]> {
    let usual = sheet::tiles(runs);
    let two = [2, runs.div_ceil(2)];
    let can_be_read = |[columns, rows]: &[usize; 2]| {
        let tile = tile(stage, [0, 0], [*columns, *rows]);
        let plot = Margins::BARE.plot(spot(tile, 0.0).cell);
        plot.width() >= LEAST_PLOT[0] && plot.height() >= LEAST_PLOT[1]
    };
    let one_is_enough = (runs <= 1).then_some([1, 1]);
    one_is_enough.or_else(|| [usual, two].into_iter().find(can_be_read))
}

/// Both charts beside each other, or the measure alone where they would be too narrow for the names of their curves.
fn charts(rect: Rect) -> Vec<(usize, Spot)> {
    let halves = [0, 1].map(|k| tile(rect, [k, 0], [2, 1]));
    if halves[0].width() < NARROW_CHART {
        return vec![(1, spot(rect, 0.0))];
    }
    halves.map(|half| spot(half, 0.0)).into_iter().enumerate().collect()
}

/// One of so many columns and rows of `rect`, with a gap between columns.
fn tile(rect: Rect, [column, row]: [usize; 2], [columns, rows]: [usize; 2]) -> Rect {
    let width = (rect.width() - GRID * (columns - 1) as f32) / columns as f32;
    let height = rect.height() / rows as f32;
    let left = rect.left() + column as f32 * (width + GRID);
    let top = rect.top() + row as f32 * height;
    Rect::from_min_size(pos2(left, top), vec2(width, height))
}

/// A heading, a pane and its caption on top of each other.
#[must_use]
pub fn spot(rect: Rect, caption: f32) -> Spot {
    let (heading, rest) = rect.split_top_bottom_at_y(rect.top() + HEADING);
    let (cell, caption) = rest.split_top_bottom_at_y(rest.bottom() - caption);
    Spot { heading, cell, caption, margins: Margins::MAP }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn before_a_room_the_maps_have_the_window_and_what_matters_least_folds_first() {
        for runs in 1..=6 {
            // 1024 × 768 and 1920 × 1080 pixels, presented.
            let of_six = if runs > 3 { 0 } else { 2 };
            for (width, height, charts) in
                [(595.0, 446.0, 0), (827.0, 465.0, 0), (744.0, 558.0, of_six)]
            {
                let window = Rect::from_min_size(pos2(0.0, 0.0), vec2(width, height));
                let layout =
                    of(window, Maps::SideBySide, runs, Details::Shown, Audience::Room, None);
                assert!(layout.controls.is_none() && layout.details.is_none());
                assert_eq!(layout.charts.len(), charts);
                assert_eq!(layout.maps.len(), runs);
                for spot in &layout.maps {
                    assert!(window.contains_rect(spot.cell), "{width}×{height}");
                    assert!(spot.cell.width() >= 150.0 && spot.cell.height() >= 60.0, "{spot:?}");
                }
            }
        }
    }

    #[test]
    fn maps_that_would_be_too_small_are_one_and_narrow_charts_are_one() {
        let least = Rect::from_min_size(pos2(0.0, 0.0), vec2(560.0, 400.0));
        let of =
            |runs, audience| of(least, Maps::SideBySide, runs, Details::WhenRoom, audience, None);
        assert_eq!(of(2, Audience::Desk).share, Maps::SideBySide);
        assert_eq!(of(6, Audience::Desk).share, Maps::Overlaid);
        assert_eq!(of(6, Audience::Desk).maps.len(), 1);
        assert_eq!(of(6, Audience::Room).share, Maps::SideBySide);
        let stage = Rect::from_min_size(pos2(0.0, 0.0), vec2(408.0, 200.0));
        assert_eq!(charts(stage).iter().map(|chart| chart.0).collect::<Vec<_>>(), [1]);
    }

    #[test]
    fn nothing_is_squeezed_or_cut_off() {
        for (width, height) in [(700.0, 500.0), (900.0, 700.0), (1280.0, 800.0), (1920.0, 1080.0)] {
            let window = Rect::from_min_size(pos2(0.0, 0.0), vec2(width, height));
            for maps in [Maps::SideBySide, Maps::Overlaid] {
                for details in [Details::WhenRoom, Details::Shown, Details::Hidden] {
                    let layout = of(window, maps, 2, details, Audience::Desk, None);
                    let charts = layout.charts.iter().map(|(_, spot)| spot);
                    assert!(charts.clone().count() > 0, "{width}×{height}");
                    for spot in layout.maps.iter().chain(charts) {
                        assert!(window.contains_rect(spot.cell), "{width}×{height}");
                        assert!(spot.cell.width() >= 196.0, "{width}×{height}: {spot:?}");
                        assert!(spot.cell.height() >= 100.0, "{width}×{height}: {spot:?}");
                    }
                    assert!(layout.controls.is_some() || layout.details.is_some());
                }
            }
        }
    }
}
