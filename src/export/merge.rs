//! The tables of a sweep's shards as the one table of the whole sweep.
//!
//! The number of its first cell says where a table belongs. Together the cells must be all from zero on, each with a
//! row for every run; only then is the result the bytes of the sweep without shards.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read as _, Seek as _, SeekFrom, Write};
use std::path::{Path, PathBuf};

use ::csv::{ByteRecord, Reader};

use super::{summary, sweep};
use crate::typed::{Trouble, because, echo, echo_path};

/// Tables that are not those of one sweep.
#[derive(Debug, thiserror::Error)]
pub enum BadMerge {
    /// A table that cannot be read.
    #[error("cannot read {}: {trouble}", echo_path(path))]
    Open {
        /// Which.
        path: PathBuf,
        /// Why.
        trouble: Trouble,
    },
    /// A file that is something else.
    #[error("{} is no table of a sweep; give files that samscope sweep has written", echo_path(.0))]
    NoTable(PathBuf),
    /// A table of another sweep.
    #[error(
        "{} has other columns than {}; merge the shards of one sweep only",
        echo_path(path),
        echo_path(first)
    )]
    Columns {
        /// Which.
        path: PathBuf,
        /// The table that it was compared with.
        first: PathBuf,
    },
    /// A table that is not finished, or was damaged.
    #[error(
        "{} breaks off in cell {cell}; give the command that began it once more, it goes on from there",
        echo_path(path)
    )]
    BrokenOff {
        /// Which.
        path: PathBuf,
        /// The cell.
        cell: usize,
    },
    /// A cell that holds no number where one belongs.
    #[error(
        "{} has \"{given}\" in column {column} of cell {cell}, where a number belongs; make the table anew",
        echo_path(path)
    )]
    NoNumber {
        /// Which.
        path: PathBuf,
        /// The cell.
        cell: usize,
        /// The column.
        column: &'static str,
        /// What stands there.
        given: String,
    },
    /// Lines that end in two ways.
    #[error(
        "{} has a line that ends otherwise than samscope ends lines; leave the table as it was written",
        echo_path(.0)
    )]
    LineBreaks(PathBuf),
    /// A row that belongs somewhere else.
    #[error(
        "{} has a row of cell {found} where one of cell {wanted} belongs; leave the rows of a table as they are",
        echo_path(path)
    )]
    Order {
        /// Which.
        path: PathBuf,
        /// The cell of the row.
        found: usize,
        /// The cell that belongs there.
        wanted: usize,
    },
    /// Two tables of the same cells.
    #[error(
        "{} begins with cell {cell}, which another table has too; give each shard once",
        echo_path(path)
    )]
    Twice {
        /// Which.
        path: PathBuf,
        /// The cell.
        cell: usize,
    },
    /// A table is missing, or one is not finished.
    #[error(
        "cells {from} to {to} are missing before {}; give all shards, and finish those that are not",
        echo_path(path)
    )]
    Missing {
        /// The first cell that is missing.
        from: usize,
        /// The last one.
        to: usize,
        /// The table that follows.
        path: PathBuf,
    },
    /// The last tables are missing, or the last one is not finished.
    #[error(
        "these tables have {found} cells, and their values make {wanted}: the last ones are missing; give all shards, and finish those that are not"
    )]
    Short {
        /// How many there are.
        found: usize,
        /// How many there should be.
        wanted: usize,
    },
    /// No table has a cell.
    #[error("there is no cell in these tables; wait until the sweep has made some")]
    Empty,
}

/// The tables of a sweep's shards in order, checked to be all of one sweep.
pub struct Merge {
    /// Those that have a cell.
    paths: Vec<PathBuf>,
    /// How many cells they have together.
    pub cells: usize,
    /// How many rows.
    pub rows: usize,
}

impl Merge {
    /// Reads the tables at `paths`, in whatever order, and checks that they are one.
    ///
    /// # Errors
    /// When one cannot be read, is no table of a sweep or of another one, breaks off, or a cell is missing or is there
    /// twice.
    pub fn of(paths: &[PathBuf]) -> Result<Self, BadMerge> {
        let mut shards = Vec::new();
        let mut first: Option<Rows> = None;
        for path in paths {
            let mut rows = Rows::of(path)?;
            if let Some(first) = first.as_ref().filter(|first| first.header != rows.header) {
                return Err(BadMerge::Columns { path: path.clone(), first: first.path.clone() });
            }
            // Of more shards than cells some have none.
            if rows.next(0)? {
                shards.push((rows.cell(0)?, path));
            }
            first.get_or_insert(rows);
        }
        shards.sort_by_key(|(first, _)| *first);
        let mut whole = Whole::default();
        for (first, path) in &shards {
            whole.add(*first, path)?;
        }
        whole.is_all()?;
        let paths = shards.into_iter().map(|(_, path)| path.clone()).collect();
        Ok(Self { paths, cells: whole.cells, rows: whole.cells * whole.runs.len() })
    }

    /// Writes the one table.
    ///
    /// # Errors
    /// When a table cannot be read any more, or `out` cannot be written.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        for (place, path) in self.paths.iter().enumerate() {
            let mut table = BufReader::new(File::open(path)?);
            let mut header = Vec::new();
            table.read_until(b'\n', &mut header)?;
            if place == 0 {
                out.write_all(&header)?;
            }
            io::copy(&mut table, out)?;
        }
        Ok(())
    }
}

/// What was seen of all tables so far.
#[derive(Default)]
struct Whole {
    cells: usize,
    /// The runs of the first cell.
    runs: Vec<Vec<u8>>,
    /// The values of every key.
    values: Vec<HashSet<Vec<u8>>>,
}

impl Whole {
    /// Reads the table at `path`, whose first cell is `first`.
    fn add(&mut self, first: usize, path: &Path) -> Result<(), BadMerge> {
        let cells = self.cells;
        match first.cmp(&cells) {
            Ordering::Less => {
                return Err(BadMerge::Twice { path: path.to_owned(), cell: first });
            }
            Ordering::Greater => {
                let (from, to) = (cells, first - 1);
                return Err(BadMerge::Missing { from, to, path: path.to_owned() });
            }
            Ordering::Equal => {}
        }
        if self.runs.is_empty() {
            self.runs = Rows::of(path)?.runs_of(first)?;
        }
        let mut rows = Rows::of(path)?;
        self.values.resize(rows.run - 1, HashSet::new());
        let mut place = 0;
        while rows.next(self.cells)? {
            let cell = rows.cell(self.cells)?;
            if cell != self.cells && place == 0 {
                let (found, wanted) = (cell, self.cells);
                return Err(BadMerge::Order { path: path.to_owned(), found, wanted });
            }
            if cell != self.cells || rows.record[rows.run] != self.runs[place] {
                return Err(BadMerge::BrokenOff { path: path.to_owned(), cell: self.cells });
            }
            if let Some((column, given)) = sweep::no_number(rows.run, rows.record.iter()) {
                let (path, given) = (path.to_owned(), echo(&String::from_utf8_lossy(&given)));
                return Err(BadMerge::NoNumber { path, cell, column, given });
            }
            for (values, value) in self.values.iter_mut().zip(rows.record.iter().skip(1)) {
                if !values.contains(value) {
                    values.insert(value.to_owned());
                }
            }
            place = (place + 1) % self.runs.len();
            self.cells += usize::from(place == 0);
        }
        if rows.has_other_breaks().map_err(|error| unread(path, &error))? {
            return Err(BadMerge::LineBreaks(path.to_owned()));
        }
        // Without its line break the last number may have lost digits.
        let is_whole = rows.ends_with_a_line().map_err(|error| unread(path, &error))?;
        if is_whole && place == 0 {
            return Ok(());
        }
        let cell = if place == 0 { self.cells.saturating_sub(1) } else { self.cells };
        Err(BadMerge::BrokenOff { path: path.to_owned(), cell })
    }

    /// Whether there is a cell for every combination of the values.
    fn is_all(&self) -> Result<(), BadMerge> {
        let wanted =
            self.values.iter().fold(1_usize, |all, values| all.saturating_mul(values.len()));
        match self.cells {
            0 => Err(BadMerge::Empty),
            found if found < wanted => Err(BadMerge::Short { found, wanted }),
            _ => Ok(()),
        }
    }
}

/// A table that is read row by row.
struct Rows {
    path: PathBuf,
    header: ByteRecord,
    /// The column of the run's name.
    run: usize,
    reader: Reader<File>,
    record: ByteRecord,
}

impl Rows {
    fn of(path: &Path) -> Result<Self, BadMerge> {
        let file = File::open(path).map_err(|error| unread(path, &error))?;
        let mut reader = Reader::from_reader(file);
        let header = reader.byte_headers().map_err(|error| unread(path, &error.into()))?.clone();
        let names: Vec<&[u8]> = header.iter().collect();
        let run = names.len().checked_sub(summary::HEADER.len()).filter(|&run| {
            run > 0
                && names[0] == sweep::CELL.as_bytes()
                && names[run..] == summary::HEADER.map(str::as_bytes)
        });
        let Some(run) = run else { return Err(BadMerge::NoTable(path.to_owned())) };
        Ok(Self { path: path.to_owned(), header, run, reader, record: ByteRecord::new() })
    }

    /// Reads the next row, which should be one of `cell`; false where there is none.
    fn next(&mut self, cell: usize) -> Result<bool, BadMerge> {
        match self.reader.read_byte_record(&mut self.record) {
            Ok(is_there) => Ok(is_there),
            Err(error) if error.is_io_error() => Err(unread(&self.path, &error.into())),
            Err(_) => Err(BadMerge::BrokenOff { path: self.path.clone(), cell }),
        }
    }

    /// Whether the last row has its line break; nothing can be read any more then.
    fn ends_with_a_line(&self) -> io::Result<bool> {
        let mut file = self.reader.get_ref();
        let mut last = [0];
        file.seek(SeekFrom::End(-1))?;
        file.read_exact(&mut last)?;
        Ok(last == *b"\n")
    }

    /// Whether a line ends in a carriage return too, as other programs write them.
    fn has_other_breaks(&self) -> io::Result<bool> {
        let mut file = BufReader::new(File::open(&self.path)?);
        let mut line = Vec::new();
        while file.read_until(b'\n', &mut line)? > 0 {
            if line.ends_with(b"\r\n") {
                return Ok(true);
            }
            line.clear();
        }
        Ok(false)
    }

    /// The cell of this row.
    fn cell(&self, wanted: usize) -> Result<usize, BadMerge> {
        let said = self.record.get(0).and_then(|said| std::str::from_utf8(said).ok()?.parse().ok());
        said.ok_or_else(|| BadMerge::BrokenOff { path: self.path.clone(), cell: wanted })
    }

    /// The names of the runs of its first cell.
    fn runs_of(mut self, first: usize) -> Result<Vec<Vec<u8>>, BadMerge> {
        let mut runs = Vec::new();
        while self.next(first)? && self.cell(first)? == first {
            runs.push(self.record[self.run].to_owned());
        }
        Ok(runs)
    }
}

/// Whether a file is a table of a sweep, or empty.
#[must_use]
pub fn is_table(path: &Path) -> bool {
    path.metadata().is_ok_and(|found| found.len() == 0) || Rows::of(path).is_ok()
}

fn unread(path: &Path, error: &io::Error) -> BadMerge {
    BadMerge::Open { path: path.to_owned(), trouble: because(error) }
}
