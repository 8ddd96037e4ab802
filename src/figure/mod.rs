//! A figure is data: marks in data coordinates, inks by role.
//!
//! Overlays and charts make [`Pane`]s out of results; they draw nothing and remember nothing. [`lower`] turns panes into
//! calls of a [`painter`], which the window, SVG and PNG answer alike: what is saved is what was seen.

use std::sync::Arc;

mod axis;
mod pane_id;
mod inset;
pub mod label;
pub mod apart;
pub mod phase;
pub mod look;
pub mod quantity;
pub mod picture;
mod marked;
mod ball;
pub mod stride;
pub mod route;
pub mod palette;
pub mod numerals;
pub mod fonts;
pub mod scripts;
pub mod metrics;
pub mod clip;
pub mod surface;
pub mod painter;
pub mod prose;
pub mod caption;
pub mod title;
pub mod legend;
pub mod names;
pub mod sentence;
pub mod ends;
pub mod grounds;
pub mod because;
pub mod ticks;
pub mod formula;
pub mod words;
pub mod readings;
pub mod overlays;
pub mod promise;
pub mod step;
pub mod step_sentence;
pub mod story;
pub mod things;
pub mod lens;
pub mod live;
pub mod relief;
pub mod maps;
pub mod pulls;
pub mod data;
pub mod charts;
pub mod cut;
pub mod spectrum;
pub mod profile;
pub mod panels;
pub mod sheet;
pub mod shot;
pub mod atlas;
pub mod atlas_sheet;
pub mod lower;

pub use axis::{Axis, AxisScale, Tick};
pub use inset::{Corner, Lens, Site};
use label::Labels;
pub use pane_id::PaneId;
use surface::Surface;

use crate::analysis::relief::Relief;
use crate::problem::grid::Window;

/// Points of a line or a cloud, shared so that a pane is cheap to make every frame.
pub type Points = Arc<[[f64; 2]]>;

/// One plot: two axes, marks in their coordinates, words around it.
#[derive(Debug, Clone, PartialEq)]
pub struct Pane {
    /// What it is.
    pub id: PaneId,
    /// Its heading; the ink is the run's where it belongs to one.
    pub title: Vec<Span>,
    /// One plain sentence under it; empty for none.
    pub caption: String,
    /// What a person who cannot see it should be told.
    pub description: String,
    /// Left to right.
    pub x: Axis,
    /// Bottom to top.
    pub y: Axis,
    /// Whether a unit is as long on both axes: true for maps, where balls must look like balls.
    pub true_scale: bool,
    /// Painted in order, clipped to the plot.
    pub marks: Vec<Mark>,
    /// Words that keep clear of each other.
    pub labels: Labels,
    /// What the inks mean, where it is not said elsewhere.
    pub legend: Vec<(Key, String)>,
    /// A magnified neighbourhood, drawn into a corner.
    pub lens: Option<Box<Lens>>,
}

impl Pane {
    /// The surface that it shows, where it is in relief.
    #[must_use]
    pub fn surface(&self) -> Option<&Arc<Surface>> {
        self.marks.iter().find_map(|mark| match mark {
            Mark::Surface(surface) => Some(surface),
            Mark::Terrain { .. }
            | Mark::Region { .. }
            | Mark::Path { .. }
            | Mark::Band { .. }
            | Mark::Arrow { .. }
            | Mark::Dots { .. }
            | Mark::Label { .. } => None,
        })
    }
}

/// A part of a heading in one ink.
#[derive(Debug, Clone, PartialEq)]
pub struct Span {
    /// The words.
    pub text: String,
    /// Their ink.
    pub ink: Ink,
    /// Whether they are set in the heavier weight.
    pub strong: bool,
}

/// What a legend shows beside its words.
#[derive(Debug, Clone, PartialEq)]
pub enum Key {
    /// A piece of a line.
    Line(Pen),
    /// A marker.
    Dot(Shape, Ink),
    /// The tints of the ground, from the lowest to the highest.
    Ramp,
    /// What has no height.
    Blank,
    /// None: so many more that are not listed.
    Rest(usize),
}

/// Something drawn, in data coordinates; widths and sizes are in points of the figure.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// The ground of a map, coloured by the theme's tint.
    Terrain {
        /// What it covers.
        window: Window,
        /// Tones and shades; compared by address when it is uploaded.
        relief: Arc<Relief>,
    },
    /// A ground in relief, in coordinates of the plane of its camera.
    Surface(Arc<Surface>),
    /// A filled outline.
    Region {
        /// Its corners in order.
        outline: Points,
        /// Its ink.
        ink: Ink,
        /// How much it covers, 0 to 1.
        strength: f32,
    },
    /// A line through points.
    Path {
        /// Where it goes.
        points: Points,
        /// How it is drawn.
        pen: Pen,
    },
    /// What a dense line covers, column by column.
    Band {
        /// Left and right end, lowest and highest value of each column.
        columns: Arc<[[f64; 4]]>,
        /// Its ink.
        ink: Ink,
        /// How much it covers, 0 to 1.
        strength: f32,
    },
    /// A straight arrow whose head keeps its size on screen.
    Arrow {
        /// Its tail.
        from: [f64; 2],
        /// Its tip.
        to: [f64; 2],
        /// How it is drawn.
        pen: Pen,
    },
    /// Markers.
    Dots {
        /// Where they are.
        points: Points,
        /// What they look like.
        shape: Shape,
        /// Their ink.
        ink: Ink,
        /// Their diameter in points.
        size: f32,
        /// How much they cover, 0 to 1.
        strength: f32,
    },
    /// Words at a place, the middle of their height on it.
    Label {
        /// Where, in data coordinates.
        at: [f64; 2],
        /// How far from there, in points, right and down.
        offset: [f32; 2],
        /// The words.
        text: String,
        /// Their ink.
        ink: Ink,
        /// Their height in points.
        size: f32,
        /// Which part of the words lies at the place.
        anchor: Anchor,
        /// Turned counter-clockwise by so many radians, for labels along contour lines.
        angle: f32,
    },
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pen {
    /// Its ink.
    pub ink: Ink,
    /// Its width in points.
    pub width: f32,
    /// Whole or broken.
    pub dash: Dash,
    /// Whether a light casing lifts it off the ground.
    pub cased: bool,
    /// How much it covers, 0 to 1.
    pub strength: f32,
}

impl Pen {
    /// A whole line without casing.
    #[must_use]
    pub const fn new(ink: Ink, width: f32) -> Self {
        Self { ink, width, dash: Dash::Solid, cased: false, strength: 1.0 }
    }

    /// The same, lifted off the ground.
    #[must_use]
    pub const fn cased(self) -> Self {
        Self { cased: true, ..self }
    }

    /// The same, broken.
    #[must_use]
    pub const fn dashed(self, dash: Dash) -> Self {
        Self { dash, ..self }
    }

    /// The same, covering only so much.
    #[must_use]
    pub const fn faint(self, strength: f32) -> Self {
        Self { strength, ..self }
    }
}

/// Whether a line is whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dash {
    /// Whole.
    Solid,
    /// Dashes: the second run's cue beside its colour.
    Dashed,
    /// Dots: limits and references.
    Dotted,
    /// A dash and a dot in turn: the third run.
    DashDot,
    /// Long dashes: the fourth run.
    LongDash,
    /// A dash and two dots in turn: the fifth run.
    DashDotDot,
    /// Short dashes: the sixth run.
    ShortDash,
}

impl Dash {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Solid,
        Self::Dashed,
        Self::Dotted,
        Self::DashDot,
        Self::LongDash,
        Self::DashDotDot,
        Self::ShortDash,
    ];
}

/// What a marker looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A filled disc.
    Disc,
    /// A circle with paper inside.
    Ring,
    /// A filled square.
    Square,
    /// A filled diamond.
    Diamond,
    /// Two crossed strokes.
    Cross,
    /// A filled triangle.
    Triangle,
}

/// Which part of a label lies at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Its left end.
    Left,
    /// Its middle.
    Middle,
    /// Its right end.
    Right,
}

/// What a colour stands for; a theme says which colour that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Words that matter.
    Text,
    /// Words and ticks that step back.
    Quiet,
    /// Hairlines of frames and grids.
    Hairline,
    /// The ground that figures stand on.
    Paper,
    /// Contour lines, and every fifth of them.
    Contour,
    /// Labelled contour lines.
    IndexContour,
    /// A run, by its place in the scene.
    Run(usize),
    /// The perturbation ε and its ball.
    Epsilon,
    /// Gradients.
    Gradient,
    /// Known minima and saddles.
    Minimum,
    /// The first group of the data.
    GroupA,
    /// The second group of the data.
    GroupB,
    /// The playhead.
    Playhead,
    /// What a run does wrong.
    Mistake,
    /// A kind of end, by the number of its hue.
    Hue(u8),
}

/// A whole sheet for a file: panes placed on paper, with words around them.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Width and height in points.
    pub size: [f64; 2],
    /// Every pane with its place.
    pub panes: Vec<(Place, Pane)>,
    /// Free words; `at` is in points from the top left.
    pub words: Vec<Mark>,
    /// Text that is read, in points from the top left.
    pub prose: Vec<prose::Letters>,
    /// What it is called where its first words do not say it.
    pub title: Option<String>,
}

/// A rectangle on the sheet, in points from the top left; it holds the plot itself, titles and ticks lie around it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}
