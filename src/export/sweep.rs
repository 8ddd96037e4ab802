//! The table of a sweep: one row of comma-separated values an outcome, in the order of the cells.
//!
//! ```text
//! cell,rho,eta,seed,run,ending,at_step,…       the cell's number, its keys, the seed where it is swept, the summary
//! 0,0,0.01,22,base,cycle,27,…
//! 0,0,0.01,22,sam,cycle,27,…
//! 1,0,0.01,23,base,…
//! ```
//!
//! A key that is called as a column of the [summary] is, `loss`, has the column `set_loss`. No field has a line break, so
//! that a line is a row. Nothing in it depends on when or where it was made, so that a table that was interrupted can be
//! [gone on with](Table::found) to the same bytes.

use std::io::{self, BufRead};
use std::ops::Range;

use ::csv as csv_format;

use super::summary;
use crate::scene::run::RunName;
use crate::sweep::{Ended, Plan};

/// The table of some cells of a sweep.
pub struct Table<'a> {
    /// The sweep.
    pub plan: &'a Plan,
    /// Its cells in this table.
    pub cells: Range<usize>,
    /// The runs of every cell, in order.
    pub runs: Vec<RunName>,
}

/// What there is of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Its beginning.
    Beginning(Beginning),
    /// Something else, since this line, counted from one.
    Else {
        /// The line.
        line: usize,
        /// What is wrong with it.
        why: &'static str,
    },
}

/// The beginning of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beginning {
    /// Cells of which every row is there.
    pub cells: usize,
    /// The bytes of the header and of these cells; none where not even the header is whole.
    pub bytes: u64,
    /// The rows of the first cell and of the last one, as they are there.
    pub outer: Option<[Vec<u8>; 2]>,
}

/// The first column: the number of a cell, counted from zero.
pub(super) const CELL: &str = "cell";

impl Table<'_> {
    /// The line of names.
    #[must_use]
    pub fn header(&self) -> Vec<u8> {
        let keys = self.plan.keys().map(column);
        let seed = self.plan.has_seeds().then(|| "seed".to_owned());
        let summary = summary::HEADER.map(str::to_owned);
        line(std::iter::once(CELL.to_owned()).chain(keys).chain(seed).chain(summary))
    }

    /// The rows of `cell`, whose runs ended so.
    #[must_use]
    pub fn rows(&self, cell: usize, ended: &[Ended]) -> Vec<u8> {
        let row = |ended: &Ended| {
            let summary = summary::row(ended.run.as_str(), &ended.outcome);
            line(self.place(cell).into_iter().chain(summary))
        };
        ended.iter().flat_map(row).collect()
    }

    /// The fields that say which cell it is.
    fn place(&self, cell: usize) -> Vec<String> {
        let values = self.plan.values(cell).into_iter().map(str::to_owned);
        let seed = self.plan.seed(cell).map(|seed| seed.to_string());
        std::iter::once(cell.to_string()).chain(values).chain(seed).collect()
    }

    /// How far `there` is the beginning of this table, by the header, the keys of every row and the names of its runs.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn found(&self, mut there: impl BufRead) -> io::Result<Found> {
        let mut lines = 1;
        let mut read = |text: &mut Vec<u8>| {
            text.clear();
            there.read_until(b'\n', text)
        };
        let mut text = Vec::new();
        read(&mut text)?;
        let header = self.header();
        if text != header {
            let is_cut = !text.ends_with(b"\n") && header.starts_with(&text);
            let other = Found::Else { line: 1, why: "has other columns" };
            return Ok(if is_cut { Found::Beginning(Beginning::default()) } else { other });
        }
        let mut found = Beginning { cells: 0, bytes: header.len() as u64, outer: None };
        for cell in self.cells.clone() {
            let mut rows = Vec::new();
            for run in &self.runs {
                lines += 1;
                read(&mut text)?;
                let is_whole = text.ends_with(b"\n");
                let fits = self.begins(cell, run, &text);
                if fits && is_whole && !self.is_of_numbers(&text) {
                    return Ok(Found::Else { line: lines, why: "has something else than numbers" });
                }
                if !fits || (is_whole && commas(&text) != commas(&header)) {
                    return Ok(Found::Else { line: lines, why: "is about something else" });
                }
                if !is_whole {
                    return Ok(Found::Beginning(found));
                }
                rows.extend_from_slice(&text);
            }
            found.cells += 1;
            found.bytes += rows.len() as u64;
            found.outer = Some(match found.outer {
                Some([first, _]) => [first, rows],
                None => [rows.clone(), rows],
            });
        }
        let more = read(&mut text)? > 0;
        let beyond = Found::Else { line: lines + 1, why: "is beyond the last" };
        Ok(if more { beyond } else { Found::Beginning(found) })
    }

    /// Whether a row that ends with its line break holds numbers where they belong.
    fn is_of_numbers(&self, row: &[u8]) -> bool {
        let mut record = csv_format::ByteRecord::new();
        let mut reader =
            csv_format::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(row);
        let run = self.place(self.cells.start).len();
        !row.ends_with(b"\r\n")
            && reader.read_byte_record(&mut record).unwrap_or(false)
            && no_number(run, record.iter()).is_none()
    }

    /// Whether `text` is a row of this run in `cell`, or was cut off while it became one.
    fn begins(&self, cell: usize, run: &RunName, text: &[u8]) -> bool {
        let mut wanted = line(self.place(cell).into_iter().chain([run.as_str().to_owned()]));
        wanted.pop();
        wanted.push(b',');
        text.starts_with(&wanted) || (!text.ends_with(b"\n") && wanted.starts_with(text))
    }
}

/// The first cell of a row that holds no number though one belongs there, and its column; `run` is the column of the
/// run's name, before which stand the values of keys.
pub(super) fn no_number<'a>(
    run: usize,
    row: impl Iterator<Item = &'a [u8]>,
) -> Option<(&'static str, Vec<u8>)> {
    // The first two are names: of the run, and of how it ended.
    let told = row.skip(run).zip(summary::HEADER).skip(2);
    let is_number = |cell: &[u8]| {
        let text = std::str::from_utf8(cell).ok();
        cell.is_empty() || text.is_some_and(|text| text.parse::<f64>().is_ok())
    };
    let mut wrong = told.filter(|(cell, _)| !is_number(cell));
    wrong.next().map(|(cell, column)| (column, cell.to_vec()))
}

/// The column of a key.
fn column(key: &str) -> String {
    let is_taken = summary::HEADER.contains(&key) || key == CELL;
    if is_taken { format!("set_{key}") } else { key.to_owned() }
}

/// Fields as a line.
fn line(fields: impl IntoIterator<Item = String>) -> Vec<u8> {
    let mut table = csv_format::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail.
    let _ = table.write_record(fields.into_iter().map(String::into_bytes));
    table.into_inner().unwrap_or_default()
}

/// The commas of a line that are not inside of quotes.
fn commas(line: &[u8]) -> usize {
    let mut quoted = false;
    let separates = |byte: &&u8| {
        quoted ^= **byte == b'"';
        !quoted && **byte == b','
    };
    line.iter().filter(separates).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typed::Axis;

    fn plan() -> Plan {
        let axes =
            ["start=0.6,-0.3;1,1", "loss=welsch,huber"].map(|text| Axis::read(text).unwrap());
        Plan::new(&axes, None).unwrap()
    }

    fn table(plan: &Plan) -> Table<'_> {
        let runs = ["base", "sam"].map(|name| RunName::new(name).unwrap()).to_vec();
        Table { plan, cells: 1..4, runs }
    }

    /// A table with numbers of no meaning.
    fn whole(table: &Table<'_>) -> Vec<u8> {
        let mut text = table.header();
        for cell in table.cells.clone() {
            for run in &table.runs {
                let mut row = table.place(cell);
                row.push(run.as_str().to_owned());
                row.extend((1..summary::HEADER.len()).map(|k| k.to_string()));
                text.extend(line(row));
            }
        }
        text
    }

    #[test]
    fn a_key_that_is_called_as_a_column_of_the_summary_has_one_of_its_own() {
        let plan = plan();
        let text = String::from_utf8(whole(&table(&plan))).unwrap();
        let mut lines = text.lines();
        assert!(lines.next().unwrap().starts_with("cell,start,set_loss,run,ending,at_step,"));
        assert!(lines.next().unwrap().starts_with("1,\"0.6,-0.3\",huber,base,1,2,"));
    }

    #[test]
    fn wherever_it_was_cut_the_whole_cells_before_are_found() {
        let plan = plan();
        let table = table(&plan);
        let text = whole(&table);
        let ends: Vec<usize> =
            (0..text.len()).filter(|&k| text[k] == b'\n').map(|k| k + 1).collect();
        for cut in 0..=text.len() {
            let Found::Beginning(found) = table.found(&text[..cut]).unwrap() else {
                panic!("cut at {cut}");
            };
            let lines = ends.iter().filter(|end| **end <= cut).count();
            let cells = lines.saturating_sub(1) / 2;
            assert_eq!(found.cells, cells);
            let kept = if lines == 0 { 0 } else { ends[2 * cells] };
            assert_eq!(found.bytes, kept as u64);
            assert_eq!(found.outer.is_some(), cells > 0);
        }
    }

    #[test]
    fn anything_else_is_said_by_its_line() {
        let plan = plan();
        let table = table(&plan);
        let text = String::from_utf8(whole(&table)).unwrap();
        let at = |text: &str| match table.found(text.as_bytes()).unwrap() {
            Found::Else { line, .. } => line,
            Found::Beginning(found) => panic!("{found:?}"),
        };
        assert_eq!(at("a text"), 1);
        assert_eq!(at("\n"), 1);
        assert_eq!(at(&text.replace("1,1", "1,2")), 4);
        assert_eq!(at(&text.replacen("sam", "far", 1)), 3);
        assert_eq!(at(&(text.clone() + "4,")), 8, "more rows than cells");
        let head = text.lines().next().unwrap();
        assert_eq!(at(&format!("{head}\n1,\"0.6,-0.3\",huber,base,cycle\n")), 2, "fewer fields");
        assert_eq!(at(&format!("{head}\nx")), 2);
    }
}
