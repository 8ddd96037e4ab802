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

use super::style::GRID;
use super::view::{Details, Maps};

/// The parts of the window.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// Scene, undo, theme, export.
    pub bar: Rect,
    /// What is asked for; makes way for details in a narrow window.
    pub controls: Option<Rect>,
    /// Data and readings.
    pub details: Option<Rect>,
    /// The maps, one or two.
    pub maps: Vec<Spot>,
    /// The two charts.
    pub charts: [Spot; 2],
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

/// The height of the bar.
const BAR: f32 = 44.0;
/// The height of the timeline.
const TIMELINE: f32 = 48.0;
/// The width of the controls.
const CONTROLS: f32 = 288.0;
/// The least and greatest width of details.
const DETAILS: [f32; 2] = [296.0, 440.0];
/// Below this width, controls and details do not fit beside two maps.
const NARROW: f32 = 1120.0;
/// The height of headings, and of what is said under a map: a sentence of two lines, and a legend.
const HEADING: f32 = 26.0;
const CAPTION: f32 = 58.0;
/// The part of the height that maps get of what maps and charts share.
const MAPS: f32 = 0.62;

/// Whether details have a place of their own.
#[must_use]
pub fn has_room(width: f32) -> bool {
    width >= NARROW
}

/// Places everything in `window`.
#[must_use]
pub fn of(window: Rect, maps: Maps, details: Details) -> Layout {
    let room = has_room(window.width());
    let shows_details = match details {
        Details::WhenRoom => room,
        Details::Shown => true,
        Details::Hidden => false,
    };
    let (bar, below) = window.split_top_bottom_at_y(window.top() + BAR);
    let (controls, rest) = if room || !shows_details {
        let (left, rest) = below.split_left_right_at_x(below.left() + CONTROLS);
        (Some(left), rest)
    } else {
        (None, below)
    };
    let (details, centre) = if shows_details {
        let width = (0.235 * window.width()).clamp(DETAILS[0], DETAILS[1]);
        let (rest, right) = rest.split_left_right_at_x(rest.right() - width);
        (Some(right), rest)
    } else {
        (None, rest)
    };
    let (stage, timeline) = centre.split_top_bottom_at_y(centre.bottom() - TIMELINE);
    let stage = Rect::from_min_max(stage.min + vec2(GRID, GRID / 2.0), stage.max - vec2(GRID, 0.0));
    let shared = stage.height() - 2.0 * HEADING - CAPTION;
    let map_height = HEADING + CAPTION + MAPS * shared;
    let (upper, lower) = stage.split_top_bottom_at_y(stage.top() + map_height);
    let maps = match maps {
        Maps::SideBySide => halves(upper).map(|half| spot(half, CAPTION)).to_vec(),
        Maps::Overlaid => vec![spot(upper, CAPTION)],
    };
    Layout {
        bar,
        controls,
        details,
        maps,
        charts: halves(lower).map(|half| spot(half, 0.0)),
        timeline,
    }
}

fn halves(rect: Rect) -> [Rect; 2] {
    let middle = rect.center().x;
    let gap = GRID / 2.0;
    [
        Rect::from_min_max(rect.min, pos2(middle - gap, rect.bottom())),
        Rect::from_min_max(pos2(middle + gap, rect.top()), rect.max),
    ]
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
    fn nothing_is_squeezed_or_cut_off() {
        for (width, height) in [(720.0, 520.0), (900.0, 700.0), (1280.0, 800.0), (1920.0, 1080.0)] {
            let window = Rect::from_min_size(pos2(0.0, 0.0), vec2(width, height));
            for maps in [Maps::SideBySide, Maps::Overlaid] {
                for details in [Details::WhenRoom, Details::Shown, Details::Hidden] {
                    let layout = of(window, maps, details);
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
