//! The figure of a scene: all products are made at once, and the sheet is laid out.

use super::panels::{Layout, Maps, Panels};
use super::phase::Told;
use super::picture::{Against, Closer, Future, Look, Picture, Sight};
use super::{Figure, lens, sheet};
use crate::analysis::gauge::Gauge;
use crate::engine::{Asked, Engine};
use crate::optim::moment::Moment;
use crate::problem::grid::Window;
use crate::scene::Scene;

/// What a figure shows of a scene, and on how large a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Shot {
    /// What was asked for.
    pub scene: Scene,
    /// The moment shown.
    pub at: Moment,
    /// The part of the map that is shown; the scene's or the plane's own when not said.
    pub window: Option<Window>,
    /// What the charts are drawn against.
    pub against: Against,
    /// Which sharpness is charted.
    pub gauge: Gauge,
    /// What is looked at in the charts.
    pub charts: Closer,
    /// Where the lenses of the maps are.
    pub lens: Sight,
    /// Whether what comes after the moment is told.
    pub future: Future,
    /// Where in the story of the step one is, while it is told.
    pub story: Option<Told>,
    /// Whether examples are as large as they pull.
    pub pulls: bool,
    /// Width and height of the sheet in points.
    pub size: [f64; 2],
    /// The parts of the sheet.
    pub panels: Panels,
    /// How runs share its maps.
    pub maps: Maps,
}

impl Shot {
    /// The last step of `scene`, whole, on a sheet of the usual size.
    #[must_use]
    pub fn of(scene: &Scene) -> Self {
        Self {
            scene: scene.clone(),
            at: Moment::Step(scene.steps.get()),
            window: None,
            against: Against::Steps,
            gauge: scene.shown_measure(),
            charts: Closer::default(),
            lens: Sight::default(),
            future: Future::default(),
            story: None,
            pulls: false,
            size: USUAL,
            panels: Panels::ALL,
            maps: Maps::default(),
        }
    }

    /// The sheet.
    #[must_use]
    pub fn layout(&self) -> Layout {
        Layout { size: self.size, panels: self.panels, maps: self.maps }
    }

    /// The figure: all products are made here and now.
    #[must_use]
    pub fn figure(&self) -> Figure {
        self.made_by(&mut Engine::in_place())
    }

    /// The figure, by an engine that may know some of it already and works in its caller's place.
    #[must_use]
    pub fn made_by(&self, engine: &mut Engine) -> Figure {
        let look = self.seen_by(engine);
        self.drawn(engine, look)
    }

    /// The figure of what an engine has made, once it has made all that is [seen](Self::seen_by).
    #[must_use]
    pub fn drawn(&self, engine: &Engine, look: Look) -> Figure {
        sheet::sheet(&Picture::of(&self.scene, engine, look), self.layout())
    }

    /// Whether any map has room for a lens.
    #[must_use]
    pub fn shows_a_lens(&self, engine: &mut Engine) -> bool {
        let look = self.seen_by(engine);
        lens::windows(&Picture::of(&self.scene, engine, look)).iter().any(Option::is_some)
    }

    /// Where one looks, once an engine has made all that is then seen.
    #[must_use]
    pub fn seen_by(&self, engine: &mut Engine) -> Look {
        let Self { scene, at, window, against, gauge, charts, lens, future, story, pulls, .. } =
            self;
        let aspect = sheet::map_aspect(self.layout(), scene.shown_runs().count());
        // A plane through the runs has no box of its own that would be more than a guess.
        let is_whole = scene.subject.dimension() == 2;
        let mut look = Look {
            at: *at,
            window: scene.shown_window(),
            against: *against,
            gauge: *gauge,
            points_per_unit: 1.0,
            charts: *charts,
            lens: *lens,
            lit: None,
            future: *future,
            story: *story,
            pulls: *pulls,
        };
        engine.follow(|engine| {
            let own = window.unwrap_or_else(|| engine.window_of(scene, engine.coming()));
            let window = own.widened_to(if is_whole { own.frame(aspect) } else { aspect });
            look = sheet::look(&Picture::of(scene, engine, Look { window, ..look }), self.layout());
            let lenses = lens::windows(&Picture::of(scene, engine, look));
            Asked { lenses, ..look.asks(scene, look.window) }
        });
        look
    }
}

/// The size of a usual sheet, in points.
pub const USUAL: [f64; 2] = [1280.0, 800.0];
