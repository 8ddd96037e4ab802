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
use super::view::{Details, Maps};
use crate::figure::palette::Audience;
use crate::figure::sheet;

/// The parts of the window.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// Scene, undo, theme, export.
    pub bar: Rect,
    /// What is asked for; makes way for details in a narrow window.
    pub controls: Option<Rect>,
    /// Data and readings.
    pub details: Option<Rect>,
    /// The maps, one to six.
    pub maps: Vec<Spot>,
    /// The two charts; none in a low window.
    pub charts: Vec<Spot>,
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
    /// What is said under it.
    pub caption: Rect,
}

impl Spot {
    /// The same with a map of this width / height in it: what is left of its place stays free.
    #[must_use]
    pub fn framing(self, aspect: f64) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "some units")]
        let aspect = aspect as f32;
        let plot = Margins::MAP.plot(self.cell);
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

/// Places everything in `window`, with maps of so many runs; before a room without controls and details.
#[must_use]
pub fn of(window: Rect, maps: Maps, runs: usize, details: Details, before: Audience) -> Layout {
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
    let [columns, rows] = match maps {
        Maps::SideBySide => sheet::tiles(runs),
        Maps::Overlaid => [1, 1],
    };
    let is_low = window.height() < LOW;
    let (part, lines) = if rows == 1 { (MAPS, 1.0) } else { (MAPS_OF_TWO_ROWS, 2.0) };
    let shared = stage.height() - (lines + 1.0) * HEADING - lines * CAPTION;
    let map_height =
        if is_low { stage.height() } else { lines * (HEADING + CAPTION) + part * shared };
    let (upper, lower) = stage.split_top_bottom_at_y(stage.top() + map_height);
    let count = if maps == Maps::SideBySide { runs.max(1) } else { 1 };
    let maps = (0..count)
        .map(|k| spot(tile(upper, [k % columns, k / columns], [columns, rows]), CAPTION))
        .collect();
    Layout {
        bar,
        controls,
        details,
        maps,
        charts: if is_low { Vec::new() } else { halves(lower).map(|half| spot(half, 0.0)).into() },
        stage,
        timeline,
    }
}

fn halves(rect: Rect) -> [Rect; 2] {
    [0, 1].map(|k| tile(rect, [k, 0], [2, 1]))
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
    Spot { heading, cell, caption }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn before_a_room_the_maps_have_the_window_and_what_matters_least_folds_first() {
        for runs in 1..=6 {
            // 1024 × 768 and 1920 × 1080 pixels, presented.
            for (width, height, charts) in [(595.0, 446.0, 0), (827.0, 465.0, 0), (744.0, 558.0, 2)]
            {
                let window = Rect::from_min_size(pos2(0.0, 0.0), vec2(width, height));
                let layout = of(window, Maps::SideBySide, runs, Details::Shown, Audience::Room);
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
    fn nothing_is_squeezed_or_cut_off() {
        for (width, height) in [(700.0, 500.0), (900.0, 700.0), (1280.0, 800.0), (1920.0, 1080.0)] {
            let window = Rect::from_min_size(pos2(0.0, 0.0), vec2(width, height));
            for maps in [Maps::SideBySide, Maps::Overlaid] {
                for details in [Details::WhenRoom, Details::Shown, Details::Hidden] {
                    let layout = of(window, maps, 2, details, Audience::Desk);
                    for spot in layout.maps.iter().chain(&layout.charts) {
                        assert!(window.contains_rect(spot.cell), "{width}×{height}");
                        assert!(spot.cell.width() >= 196.0, "{width}×{height}: {spot:?}");
                        assert!(spot.cell.height() > 100.0, "{width}×{height}: {spot:?}");
                    }
                    assert!(layout.controls.is_some() || layout.details.is_some());
                }
            }
        }
    }
}
