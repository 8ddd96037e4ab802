//! Why a table holds no points, with the line.

use super::{LEAST, MOST};

/// Why a table holds no points.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadPoints {
    /// The file cannot be read to its end.
    #[error("it cannot be read: {0}")]
    Unreadable(String),
    /// Nothing but empty lines, or a header.
    #[error("it has no row of numbers; a row is x,y or x,y,label")]
    Empty,
    /// Too few for anything to be learnt.
    #[error("it has {0} point, and {LEAST} are the least")]
    Few(usize),
    /// Too many.
    #[error("it has more than {MOST} points (line {line}); keep a part of them")]
    Many {
        /// The first that is too much.
        line: u64,
    },
    /// Letters of another encoding.
    #[error("line {line} has letters that are not UTF-8; save it as UTF-8")]
    Letters {
        /// The line.
        line: u64,
    },
    /// A point before decimals in a table of decimal commas, or between thousands.
    #[error(
        "line {line}: \"{given}\" has a point where the table has decimal commas; write all numbers alike, without signs between thousands, or say data_decimal = \"point\""
    )]
    Mixed {
        /// The line.
        line: u64,
        /// What stands there.
        given: String,
    },
    /// Two bytes a letter.
    #[error("it is written in UTF-16; save it as UTF-8")]
    Utf16,
    /// A quote that is never closed.
    #[error("the quote in line {line} is not closed; close it, or leave it out")]
    Quote {
        /// The line.
        line: u64,
    },
    /// A point without a label, beside points that have one.
    #[error("line {line} has no label; fill it in, or say data_label = \"none\"")]
    NoLabel {
        /// The line.
        line: u64,
    },
    /// One column for both coordinates.
    #[error("data_x and data_y are both {column}; say another column for one of them")]
    OneForBoth {
        /// The column, by name or number.
        column: String,
    },
    /// A picture, a program, or a file of a spreadsheet itself.
    #[error("it is no text; export it as CSV")]
    NoText,
    /// One column only.
    #[error(
        "line {line} has one column; separate x and y by a comma, a semicolon, a tab or a space, or say data_separator"
    )]
    OneColumn {
        /// The line.
        line: u64,
    },
    /// A row of another length.
    #[error("line {line} has {found} columns where others have {wanted}; fill in what is missing")]
    Ragged {
        /// The line.
        line: u64,
        /// How many there are.
        found: usize,
        /// How many there should be.
        wanted: usize,
    },
    /// A cell that is no number.
    #[error(
        "line {line}: {column} = \"{given}\" is no finite number; mend it, or leave the row out"
    )]
    NoNumber {
        /// The line.
        line: u64,
        /// The column, by name or number.
        column: String,
        /// What stands there.
        given: String,
    },
    /// More than two kinds of points, or only one.
    #[error(
        "the column of labels has {found}; two are told apart: keep two of them, or say data_label = \"none\""
    )]
    Labels {
        /// What there is, in words.
        found: String,
    },
    /// A column that is not there.
    #[error("{key} = \"{given}\" is no column; there are {known}")]
    NoColumn {
        /// The key.
        key: &'static str,
        /// As it was typed.
        given: String,
        /// What there is.
        known: String,
    },
    /// What no separator can be.
    #[error("data_separator = \"{given}\" is none; use comma, semicolon, tab or space")]
    Separator {
        /// As it was typed.
        given: String,
    },
    /// What no decimal sign can be.
    #[error("data_decimal = \"{given}\" is none; use point or comma")]
    Decimal {
        /// As it was typed.
        given: String,
    },
    /// What no header can be.
    #[error("data_header = \"{given}\" is none; use yes or no")]
    Header {
        /// As it was typed.
        given: String,
    },
}
