//! Where one looks: nothing that a picture follows from, and nothing that is saved with a scene.

use crate::analysis::slices::Slice;
use crate::catalog::Choice;
use crate::figure::palette::{Audience, Theme};
use crate::figure::panels::Maps;
use crate::figure::picture::{Against, Closer, Future, Sight};
use crate::figure::quantity::Quantity;
use crate::optim::moment::Moment;
use crate::problem::grid::Window;
use crate::scene::prospect::Bearing;
use crate::scene::{Scene, Source};

use super::commands::Next;
use super::editing::Editing;
use super::form::Form;
use super::looking_up::LookingUp;
use super::motion::Motion;
use super::plane::Plane;
use super::playback::Playback;
use super::table::Table;
use super::telling::{Telling, Turn};
use super::turn::Prediction;
use super::widgets::fold::Folds;

/// What is looked at, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// The step shown, and whether it moves by itself.
    pub playback: Playback,
    /// How the runs share the middle of the window.
    pub maps: Maps,
    /// What charts are drawn against.
    pub against: Against,
    /// What is looked at in the charts.
    pub charts: Closer,
    /// The chart that fills the place of the maps, 0 or 1, if one does.
    pub enlarged: Option<usize>,
    /// Whether what comes after the moment shown is told.
    pub future: Future,
    /// The colours.
    pub theme: Theme,
    /// Who looks at the window.
    pub audience: Audience,
    /// Whether pictures move, where somebody chose; else it is as the system has it.
    pub motion: Option<Motion>,
    /// How large everything is wished to be, one as it comes.
    pub size: f32,
    /// The part of the map shown, and the map that it is a part of; the scene's own window when nobody zoomed.
    pub zoom: Option<Zoom>,
    /// The part of the map that the ground is asked for: it waits while the map is being moved.
    pub ground: Option<Window>,
    /// Where the pointer is on a map, in weights.
    pub pointer: Option<[f64; 2]>,
    /// What a drag on a map is doing.
    pub gesture: Option<Gesture>,
    /// Whether data and readings are shown.
    pub details: Details,
    /// Where the lenses of the maps are while the step stands.
    pub lens: Sight,
    /// Where they were before they were as large as their maps.
    pub small_lens: Sight,
    /// Whether examples are as large as they pull on the step.
    pub pulls: bool,
    /// The story of the step, while it is told.
    pub telling: Option<Telling>,
    /// What the pointer is on, on a map or in the readings.
    pub lit: Option<Quantity>,
    /// Which sections of the controls are folded.
    pub folds: Folds,
    /// The plane of the atlas, while that is open.
    pub atlas: Option<Plane>,
    /// The run of which one asks why it ended so, while that is open.
    pub why: Option<usize>,
    /// Whether the keys are listed.
    pub help: bool,
    /// What is looked up in the glossary, while it is open.
    pub glossary: Option<LookingUp>,
    /// Whether the lessons are listed.
    pub lessons: bool,
    /// Where somebody says that a run will end.
    pub prediction: Prediction,
    /// The window that saves or opens files, while it is open.
    pub form: Option<Form>,
    /// Pixels that the preview of a figure has room for there.
    pub preview_room: Option<[u32; 2]>,
    /// The table of points that is looked at before it is opened.
    pub table: Option<Table>,
    /// How points are changed by hand, while they are.
    pub editing: Option<Editing>,
    /// What waits for an answer about a scene that would be lost.
    pub question: Option<Next>,
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
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Gesture {
    /// Moving the map.
    Pan,
    /// Turning the relief, from how it was seen when the drag began.
    Turn(Bearing),
    /// Moving the start of the runs.
    Start,
    /// Moving the lens to another corner.
    Lens,
}

/// A part of a map: it means nothing on the map of another problem, or in another plane.
#[derive(Debug, Clone, PartialEq)]
pub struct Zoom {
    of: (Source, Choice<dyn Slice>),
    window: Window,
}

impl View {
    /// The moment of a place of the playhead: it counts what charts are drawn against.
    #[must_use]
    pub fn moment(&self, place: usize) -> Moment {
        match self.against {
            Against::Steps => Moment::Step(place),
            Against::Gradients => Moment::Gradients(place),
        }
    }

    /// The part of the map of `scene` that somebody zoomed to.
    #[must_use]
    pub fn zoom_on(&self, scene: &Scene) -> Option<Window> {
        let zoom = self.zoom.as_ref()?;
        let same = zoom.of.0.subject == scene.subject && zoom.of.1 == scene.slice;
        same.then_some(zoom.window)
    }

    /// Shows this part of the map of `scene`.
    pub fn zoom_to(&mut self, scene: &Scene, window: Window) {
        self.zoom = Some(Zoom { of: (scene.source(), scene.slice.clone()), window });
    }

    /// Where the lenses are now: none while the step moves by itself, over the maps while its story is told.
    #[must_use]
    pub fn sight(&self) -> Sight {
        if self.playback.is_playing() {
            Sight::Hidden
        } else if self.telling.is_some() {
            Sight::Whole
        } else {
            self.lens
        }
    }

    /// Tells the story of the step of runs with so many steps, or no longer.
    pub fn toggle_story(&mut self, last: usize) {
        self.telling = match self.telling {
            Some(_) => None,
            None => {
                self.playback.go_to(self.playback.step(last));
                Some(Telling::begun())
            }
        };
    }

    /// Tells the next phase of the step, or of the step after it; false where no story is told.
    pub fn tell_on(&mut self, last: usize) -> bool {
        let Some(telling) = &mut self.telling else { return false };
        if telling.on() == Turn::NextStep && self.playback.step(last) < last {
            self.playback.step_by(1, last);
            *telling = Telling::begun();
        }
        true
    }

    /// Tells the phase before, or that of the step before; false where no story is told.
    pub fn tell_back(&mut self, last: usize) -> bool {
        let Some(telling) = &mut self.telling else { return false };
        let before = *telling;
        if telling.back() == Turn::StepBefore {
            if self.playback.step(last) == 0 {
                *telling = before;
            } else {
                self.playback.step_by(-1, last);
            }
        }
        true
    }

    /// Shows the step in place of the map, or where it was before.
    pub fn toggle_lens(&mut self) {
        self.lens = if self.lens == Sight::Whole {
            self.small_lens
        } else {
            self.small_lens = self.lens;
            Sight::Whole
        };
    }

    /// What the program opens with: playing from the first step.
    #[must_use]
    pub fn opening(theme: Theme) -> Self {
        Self {
            playback: Playback::from_the_start(),
            maps: Maps::SideBySide,
            against: Against::Steps,
            charts: Closer::default(),
            enlarged: None,
            future: Future::Shown,
            theme,
            audience: Audience::Desk,
            motion: None,
            size: 1.0,
            zoom: None,
            ground: None,
            pointer: None,
            gesture: None,
            details: Details::WhenRoom,
            lens: Sight::default(),
            small_lens: Sight::default(),
            pulls: false,
            telling: None,
            lit: None,
            folds: Folds::default(),
            atlas: None,
            why: None,
            help: false,
            glossary: None,
            lessons: false,
            prediction: Prediction::default(),
            form: None,
            preview_room: None,
            table: None,
            editing: None,
            question: None,
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
