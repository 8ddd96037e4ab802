//! Where one looks: nothing that a picture follows from, and nothing that is saved with a scene.

use crate::figure::gauge::Gauge;
use crate::figure::palette::Theme;
use crate::figure::picture::Against;
use crate::problem::grid::Window;

use super::panels::export::Form;
use super::playback::Playback;

/// What is looked at, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// The step shown, and whether it moves by itself.
    pub playback: Playback,
    /// How the two runs share the middle of the window.
    pub maps: Maps,
    /// What charts are drawn against.
    pub against: Against,
    /// Which sharpness is charted.
    pub gauge: Gauge,
    /// The colours.
    pub theme: Theme,
    /// The part of the map shown; the scene's own window when nobody zoomed.
    pub zoom: Option<Window>,
    /// The part of the map that the ground is asked for: it waits while the map is being moved.
    pub ground: Option<Window>,
    /// Where the pointer is on a map, in weights.
    pub pointer: Option<[f64; 2]>,
    /// What a drag on a map is doing.
    pub gesture: Option<Gesture>,
    /// Whether data and readings are shown.
    pub details: Details,
    /// Whether the keys are listed.
    pub help: bool,
    /// The window that saves or opens files, while it is open.
    pub form: Option<Form>,
}

/// How the two runs share the middle of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Maps {
    /// A map each.
    SideBySide,
    /// One map for both.
    Overlaid,
}

/// Whether data and readings are shown beside the maps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Details {
    /// When there is room.
    WhenRoom,
    /// Always; in a narrow window the controls make way.
    Shown,
    /// Never.
    Hidden,
}

/// What a drag on a map is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gesture {
    /// Moving the map.
    Pan,
    /// Moving the start of both runs.
    Start,
}

impl View {
    /// What the program opens with: playing from the first step.
    #[must_use]
    pub fn opening(theme: Theme) -> Self {
        Self {
            playback: Playback::from_the_start(),
            maps: Maps::SideBySide,
            against: Against::Steps,
            gauge: Gauge::Proxy,
            theme,
            zoom: None,
            ground: None,
            pointer: None,
            gesture: None,
            details: Details::WhenRoom,
            help: false,
            form: None,
        }
    }

    /// The ground to ask for when `visible` is shown.
    ///
    /// While a map is dragged, the ground stays what it was until a good part of it has left the view: otherwise every
    /// frame of a drag would throw away the work of the last.
    pub fn ground_for(&mut self, visible: Window) -> Window {
        let moving = self.gesture == Some(Gesture::Pan);
        match self.ground {
            Some(ground) if moving && covers(ground, visible) => ground,
            Some(_) | None => {
                self.ground = Some(visible);
                visible
            }
        }
    }
}

/// How much of the view may be blank while a drag goes on, as a part of its width or height.
const BLANK: f64 = 0.15;

fn covers(ground: Window, visible: Window) -> bool {
    let covers = |ground: [f64; 2], visible: [f64; 2]| {
        let slack = BLANK * (visible[1] - visible[0]);
        ground[0] <= visible[0] + slack && visible[1] - slack <= ground[1]
    };
    covers(ground.x, visible.x) && covers(ground.y, visible.y)
}
