//! Keys: one list that is both obeyed and shown.

use egui::{Key, KeyboardShortcut, Modifiers};

use super::commands::Command;
use super::files::Kind;
use super::turn::Turn;
use crate::analysis::charted::Charted;

mod pressed;

pub use pressed::read;

/// A key with what it does.
pub struct Shortcut {
    keys: &'static [KeyboardShortcut],
    /// What is written on the keys.
    pub label: &'static str,
    /// What it does.
    pub about: &'static str,
    command: fn() -> Command,
}

const fn plain(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

const fn shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::SHIFT, key)
}

const fn command(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

const COMMAND_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);
const COMMAND_ALT: Modifiers = Modifiers::COMMAND.plus(Modifiers::ALT);

/// How much a key magnifies the map.
const ZOOM: f64 = 1.25;
/// Degrees that a key turns and raises a relief by.
const TURN: f64 = 15.0;
const RAISE: f64 = 5.0;
/// How much a key enlarges the type.
const LARGER: f32 = 1.1;

/// Every key. Those with more modifiers come first, since egui lets a shorter one answer for a longer.
pub const ALL: &[Shortcut] = &[
    Shortcut {
        keys: &[plain(Key::Space)],
        label: "Space",
        about: "play or pause",
        command: || Command::TogglePlay,
    },
    Shortcut {
        keys: &[shift(Key::ArrowLeft)],
        label: "Shift ←",
        about: "ten steps back",
        command: || Command::StepBy(-10),
    },
    Shortcut {
        keys: &[shift(Key::ArrowRight)],
        label: "Shift →",
        about: "ten steps on",
        command: || Command::StepBy(10),
    },
    Shortcut {
        keys: &[plain(Key::ArrowLeft)],
        label: "←",
        about: "one step back",
        command: || Command::StepBy(-1),
    },
    Shortcut {
        keys: &[plain(Key::ArrowRight)],
        label: "→",
        about: "one step on",
        command: || Command::StepBy(1),
    },
    Shortcut {
        keys: &[plain(Key::Home)],
        label: "Home",
        about: "to the start",
        command: || Command::GoTo(0),
    },
    Shortcut {
        keys: &[plain(Key::End)],
        label: "End",
        about: "to the last step",
        command: || Command::GoTo(usize::MAX),
    },
    Shortcut {
        keys: &[plain(Key::O)],
        label: "O",
        about: "all runs on one map, or a map each",
        command: || Command::ToggleOverlaid,
    },
    Shortcut {
        keys: &[plain(Key::PageDown)],
        label: "Page ↓",
        about: "the next page of the lesson",
        command: || Command::Lesson(Turn::By(1)),
    },
    Shortcut {
        keys: &[plain(Key::PageUp)],
        label: "Page ↑",
        about: "the page before",
        command: || Command::Lesson(Turn::By(-1)),
    },
    Shortcut {
        keys: &[plain(Key::X)],
        label: "X",
        about: "say where it will end, where a lesson asks",
        command: || Command::Lesson(Turn::Aim),
    },
    Shortcut {
        keys: &[shift(Key::L)],
        label: "Shift L",
        about: "lessons",
        command: || Command::Lesson(Turn::List),
    },
    Shortcut {
        keys: &[plain(Key::L)],
        label: "L",
        about: "the step as large as the map, or in a corner",
        command: || Command::ToggleLens,
    },
    Shortcut {
        keys: &[plain(Key::S)],
        label: "S",
        about: "the step as a story of five phases; Space, ← and → walk it",
        command: || Command::ToggleStory,
    },
    Shortcut {
        keys: &[plain(Key::E)],
        label: "E",
        about: "edit points on the data view, or no longer",
        command: || Command::TogglePoints,
    },
    Shortcut {
        keys: &[plain(Key::F)],
        label: "F",
        about: "what the data feel: examples as large as they pull on the step",
        command: || Command::TogglePulls,
    },
    Shortcut {
        keys: &[shift(Key::B)],
        label: "Shift B",
        about: "branch off: a copy of the last run that may change at this step",
        command: || Command::Fork(None),
    },
    Shortcut {
        keys: &[plain(Key::B)],
        label: "B",
        about: "where each start ends, where runs end otherwise, or the loss",
        command: || Command::NextLayer,
    },
    Shortcut {
        keys: &[plain(Key::U)],
        label: "U",
        about: "the ground under the runs: loss, slope penalty, surrogate, worst case, angle",
        command: || Command::NextGround,
    },
    Shortcut {
        keys: &[plain(Key::V)],
        label: "V",
        about: "arrows on the maps: down the loss, as SAM steps, both, down the surrogate, lines, none",
        command: || Command::NextArrows,
    },
    Shortcut {
        keys: &[plain(Key::R)],
        label: "R",
        about: "the maps in relief, to be turned by a drag, or from straight above",
        command: || Command::ToggleRelief,
    },
    Shortcut {
        keys: &[plain(Key::Comma)],
        label: ",",
        about: "turn the relief to the left",
        command: || Command::TurnBy([-TURN, 0.0]),
    },
    Shortcut {
        keys: &[plain(Key::Period)],
        label: ".",
        about: "turn it to the right",
        command: || Command::TurnBy([TURN, 0.0]),
    },
    Shortcut {
        keys: &[plain(Key::I)],
        label: "I",
        about: "see the relief from higher up",
        command: || Command::TurnBy([0.0, RAISE]),
    },
    Shortcut {
        keys: &[plain(Key::K)],
        label: "K",
        about: "see it from lower down",
        command: || Command::TurnBy([0.0, -RAISE]),
    },
    Shortcut {
        keys: &[plain(Key::A)],
        label: "A",
        about: "the atlas: how a run ends over two settings",
        command: || Command::ToggleAtlas,
    },
    Shortcut {
        keys: &[plain(Key::H)],
        label: "H",
        about: "hide or tell what comes next",
        command: || Command::ToggleFuture,
    },
    Shortcut {
        keys: &[plain(Key::W)],
        label: "W",
        about: "why did it end so?",
        command: || Command::AskWhy(None),
    },
    Shortcut {
        keys: &[plain(Key::G)],
        label: "G",
        about: "count steps or gradients",
        command: || Command::ToggleAgainst,
    },
    Shortcut {
        keys: &[plain(Key::M)],
        label: "M",
        about: "the next measure of sharpness",
        command: || Command::ChartNext,
    },
    Shortcut {
        keys: &[shift(Key::Y)],
        label: "Shift Y",
        about: "the loss by ratios (log), or evenly",
        command: || Command::TurnSpread(Charted::Loss),
    },
    Shortcut {
        keys: &[plain(Key::Y)],
        label: "Y",
        about: "the measure by ratios (log), or evenly",
        command: || Command::TurnSpreadOfMeasure,
    },
    Shortcut {
        keys: &[shift(Key::C)],
        label: "Shift C",
        about: "copy the picture, to be pasted elsewhere",
        command: || Command::CopyPicture,
    },
    Shortcut {
        keys: &[shift(Key::N)],
        label: "Shift N",
        about: "copy the numbers, as a table for a sheet",
        command: || Command::CopyNumbers,
    },
    Shortcut {
        keys: &[plain(Key::C)],
        label: "C",
        about: "a chart in the place of the maps: loss, measure, none",
        command: || Command::EnlargeNext,
    },
    Shortcut {
        keys: &[plain(Key::D)],
        label: "D",
        about: "show or hide data and readings",
        command: || Command::ToggleDetails,
    },
    Shortcut {
        keys: &[plain(Key::T)],
        label: "T",
        about: "light or dark",
        command: || Command::ToggleTheme,
    },
    Shortcut {
        keys: &[plain(Key::P), plain(Key::F5)],
        label: "P",
        about: "present: large type for a room, panels folded",
        command: || Command::TogglePresenting,
    },
    Shortcut {
        keys: &[
            command(Key::Plus),
            command(Key::Equals),
            KeyboardShortcut::new(COMMAND_SHIFT, Key::Plus),
        ],
        label: "Ctrl +",
        about: "larger type, up to 250 %",
        command: || Command::SizeBy(LARGER),
    },
    Shortcut {
        keys: &[command(Key::Minus)],
        label: "Ctrl −",
        about: "smaller type, down to 80 %",
        command: || Command::SizeBy(1.0 / LARGER),
    },
    Shortcut {
        keys: &[command(Key::Num0)],
        label: "Ctrl 0",
        about: "type as it comes",
        command: || Command::ResetSize,
    },
    Shortcut {
        keys: &[plain(Key::Plus), plain(Key::Equals), shift(Key::Plus)],
        label: "+",
        about: "magnify the map",
        command: || Command::ZoomBy(ZOOM),
    },
    Shortcut {
        keys: &[plain(Key::Minus)],
        label: "−",
        about: "show more of the map",
        command: || Command::ZoomBy(1.0 / ZOOM),
    },
    Shortcut {
        keys: &[plain(Key::Num0)],
        label: "0",
        about: "the whole map and all of the charts again",
        command: || Command::ResetZoom,
    },
    Shortcut {
        keys: &[KeyboardShortcut::new(COMMAND_SHIFT, Key::Z), command(Key::Y)],
        label: "Ctrl Shift Z",
        about: "redo",
        command: || Command::Redo,
    },
    Shortcut {
        keys: &[command(Key::Z)],
        label: "Ctrl Z",
        about: "undo",
        command: || Command::Undo,
    },
    Shortcut {
        keys: &[KeyboardShortcut::new(COMMAND_SHIFT, Key::S)],
        label: "Ctrl Shift S",
        about: "save the figure at once, beside the last one",
        command: || Command::SaveFigure,
    },
    Shortcut {
        keys: &[KeyboardShortcut::new(COMMAND_ALT, Key::S)],
        label: "Ctrl Alt S",
        about: "save the scene",
        command: || Command::SaveScene,
    },
    Shortcut {
        keys: &[command(Key::S)],
        label: "Ctrl S",
        about: "save the figure",
        command: || Command::AskFigure,
    },
    Shortcut {
        keys: &[command(Key::N)],
        label: "Ctrl N",
        about: "a new scene: the one that the program opens with",
        command: || Command::New,
    },
    Shortcut {
        keys: &[command(Key::O)],
        label: "Ctrl O",
        about: "open a scene",
        command: || Command::AskFile(Kind::OpenScene),
    },
    Shortcut {
        keys: &[plain(Key::F1)],
        label: "F1",
        about: "the glossary, at what is pointed at",
        command: || Command::ToggleGlossary,
    },
    Shortcut {
        keys: &[plain(Key::Questionmark), shift(Key::Questionmark)],
        label: "?",
        about: "these keys",
        command: || Command::ToggleHelp,
    },
    Shortcut {
        keys: &[plain(Key::Escape)],
        label: "Esc",
        about: "close what is open",
        command: || Command::Close,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_has_two_meanings() {
        let keys: Vec<_> = ALL.iter().flat_map(|shortcut| shortcut.keys).collect();
        for (k, key) in keys.iter().enumerate() {
            assert!(!keys[..k].contains(key), "{key:?}");
        }
    }
}
