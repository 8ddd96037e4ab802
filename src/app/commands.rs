//! What reaches beyond one panel: asked for while panels are drawn, carried out once, after the frame.

use std::path::PathBuf;

use crate::analysis::charted::Charted;
use crate::analysis::gauge::Gauge;
use crate::analysis::grounds::Ground;
use crate::figure::picture::Closer;
use crate::problem::grid::Window;
use crate::problem::points::Edit;
use crate::scene::Scene;
use crate::scene::arrows::Arrows;
use crate::scene::prospect::{Bearing, Prospect};

use super::files::Kind;
use super::motion::Motion;
use super::turn::Turn;

/// A wish of a panel.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Take back the last edit of the scene.
    Undo,
    /// Make it again.
    Redo,
    /// Show another scene, from its start.
    Show(Box<Scene>),
    /// Show another scene with both its runs on one map.
    ShowOverlaid(Box<Scene>),
    /// Begin anew, with the scene that the program opens with.
    New,
    /// Save the scene in its file, or ask for one.
    SaveScene,
    /// Open a file that was opened before.
    Recent(PathBuf),
    /// Say what becomes of a scene that would be lost.
    Answer(Answer),
    /// Copy the scene and its step as a word to paste.
    CopyWord,
    /// Open the scene of a word that was pasted.
    Paste(String),
    /// Move pictures, or show every movement at its end.
    Move(Motion),
    /// Ask why a run ended so: this one, or the last that is shown.
    AskWhy(Option<usize>),
    /// Put a copy beside a run, this one or the last that is shown, that may change at the step shown.
    Fork(Option<usize>),
    /// Move the start of the runs that share it.
    MoveStart([f64; 2]),
    /// Play or pause.
    TogglePlay,
    /// Go so many steps on, or back.
    StepBy(isize),
    /// Go to a step.
    GoTo(usize),
    /// Play at so many steps a second.
    Speed(f64),
    /// Show this part of the map.
    Zoom(Window),
    /// Magnify the map about its middle.
    ZoomBy(f64),
    /// Show the scene's own part of the map.
    ResetZoom,
    /// Draw examples as large as they pull on the step, or all alike.
    TogglePulls,
    /// Tell the story of the step, or no longer.
    ToggleStory,
    /// Show the step in place of the map, or in a corner again.
    ToggleLens,
    /// Put all runs on one map, or on a map each.
    ToggleOverlaid,
    /// Let the ground of the maps tell the next: the loss, where each start ends, where runs end otherwise.
    NextLayer,
    /// Show the runs beside a boundary of the atlas, at their ends; one drag along it is one edit.
    Follow(Box<Scene>),
    /// Let the map of each run show the height of this.
    Ground(&'static Ground),
    /// Let it show the next of the menu.
    NextGround,
    /// Draw these arrows on the maps.
    Arrows(Arrows),
    /// Draw the next of the menu.
    NextArrows,
    /// See the maps from straight above, or in relief.
    See(Prospect),
    /// The other of the two.
    ToggleRelief,
    /// See the relief from there.
    Turn(Bearing),
    /// Turn it by so many degrees, round and up.
    TurnBy([f64; 2]),
    /// Open the atlas of two settings, or close it.
    ToggleAtlas,
    /// Draw charts against steps, or against gradients.
    ToggleAgainst,
    /// Chart this sharpness.
    Chart(Gauge),
    /// Chart the next sharpness of the menu.
    ChartNext,
    /// Look at this of the charts.
    Closer(Closer),
    /// Let a chart fill the place of maps and charts, or none.
    Enlarge(Option<usize>),
    /// Let the next chart fill it: the loss, the measure, none.
    EnlargeNext,
    /// Spread a chart by ratios instead of evenly, or the other way round.
    TurnSpread(Charted),
    /// The same for the measure that is charted.
    TurnSpreadOfMeasure,
    /// Hide or tell what comes after the moment shown.
    ToggleFuture,
    /// Light or dark.
    ToggleTheme,
    /// Show the window to a room, or to whoever sits before it.
    TogglePresenting,
    /// Make everything larger by this factor.
    SizeBy(f32),
    /// Everything as large as it comes.
    ResetSize,
    /// Save the figure without a question.
    SaveFigure,
    /// Put the figure into the clipboard, as pixels.
    CopyPicture,
    /// Put the numbers into the clipboard, as a table.
    CopyNumbers,
    /// Break off the film that is being made.
    StopFilm,
    /// Say something in passing.
    Say(String),
    /// Show or hide data and readings.
    ToggleDetails,
    /// Show or hide the list of keys.
    ToggleHelp,
    /// Open the glossary at what is pointed at, or close it.
    ToggleGlossary,
    /// Open the glossary at the term of this id.
    Explain(&'static str),
    /// Close what is open in front.
    Close,
    /// Something about lessons.
    Lesson(Turn),
    /// Ask under which name the figure is saved, in the format of the last one.
    AskFigure,
    /// Ask under which name something is saved, or opened.
    AskFile(Kind),
    /// Let the system's dialog choose a file for the form that is open.
    Browse,
    /// Read the table that is looked at anew, as it is said now.
    ReadTable,
    /// Open the points of the table that is looked at.
    TakeTable,
    /// Change points by hand, or no longer.
    TogglePoints,
    /// Change a point.
    Point(Edit),
    /// Save or open what the form says.
    Carry {
        /// What.
        kind: Kind,
        /// The file.
        path: PathBuf,
    },
}

/// What takes the place of a scene that would be lost.
#[derive(Debug, Clone, PartialEq)]
pub enum Next {
    /// Something that was asked for.
    Do(Box<Command>),
    /// Nothing: the window is closed.
    Close,
}

/// What becomes of a scene that would be lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It is saved first.
    Save,
    /// It is lost.
    Discard,
    /// It stays.
    Keep,
}

/// The wishes of one frame, in order.
#[derive(Debug, Default)]
pub struct Commands(Vec<Command>);

impl Commands {
    /// Asks for something.
    pub fn push(&mut self, command: Command) {
        self.0.push(command);
    }

    /// Asks for all of these.
    pub fn extend(&mut self, commands: impl IntoIterator<Item = Command>) {
        self.0.extend(commands);
    }

    /// Everything that was asked for.
    #[must_use]
    pub fn take(self) -> Vec<Command> {
        self.0
    }
}
