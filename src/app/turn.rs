//! What is wished of lessons, and what a page asks of the maps.

use std::path::PathBuf;

use crate::lesson::Lesson;

/// What is wished of lessons.
#[derive(Debug, Clone, PartialEq)]
pub enum Turn {
    /// Show the list of lessons, or hide it.
    List,
    /// Open the lesson of this name that comes with the program.
    Open(&'static str),
    /// Open a lesson that was read from a file.
    Read(PathBuf, Box<Lesson>),
    /// Ask for a file.
    Ask,
    /// Go so many pages on, or back.
    By(isize),
    /// Show the page as it was when it was opened.
    Again,
    /// Say where a run will end.
    Predict([f64; 2]),
    /// Put the mark that says so where the keyboard can move it.
    Aim,
    /// Close the lesson.
    Close,
}

/// Where somebody says that a run will end.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Prediction {
    /// Whether a click on a map says it.
    pub is_asked: bool,
    /// Where.
    pub at: Option<[f64; 2]>,
    /// Whether its mark is to take the keyboard.
    pub is_aimed: bool,
}
