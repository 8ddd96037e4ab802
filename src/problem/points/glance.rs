//! What a table looks like, from its first lines: how it is written, which columns it has, and the first rows as they stand.

use super::guess::{Decimal, Style, cells, style};
use super::{BadPoints, Wanted, read};

/// What a table looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glance {
    /// What parts its columns: comma, semicolon, tab or space.
    pub separator: &'static str,
    /// What stands before decimals: point or comma.
    pub decimal: &'static str,
    /// Whether its first line has names.
    pub has_header: bool,
    /// What each column is called, or "column 2".
    pub names: Vec<String>,
    /// The columns of x, y and the label, where they can be told.
    pub columns: Result<[Option<usize>; 3], BadPoints>,
    /// The first rows, without names.
    pub rows: Vec<Vec<String>>,
}

impl Glance {
    /// Bytes of a table that are enough for it.
    pub const BYTES: u64 = 8192;

    /// What a table looks like that begins with these bytes, as far as it is not said.
    ///
    /// # Errors
    /// When it is no text, or something is said of it that cannot be.
    pub fn of(head: &[u8], wanted: &Wanted) -> Result<Self, BadPoints> {
        read::check_text(head)?;
        let text = String::from_utf8_lossy(head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head));
        let mut lines: Vec<&str> =
            text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).collect();
        if head.len() as u64 >= Self::BYTES && lines.len() > 1 {
            // The last one may be cut.
            lines.pop();
        }
        lines.truncate(read::LINES);
        if lines.is_empty() {
            return Err(BadPoints::Empty);
        }
        let found = style(&lines, wanted)?;
        let columns = found.columns(&lines, wanted);
        let rows = lines.iter().skip(usize::from(found.header.is_some()));
        let row =
            |line: &&str| cells(line, found.separator).into_iter().map(str::to_owned).collect();
        Ok(Self {
            separator: separator(&found),
            decimal: match found.decimal {
                Decimal::Point => "point",
                Decimal::Comma => "comma",
            },
            has_header: found.header.is_some(),
            names: (0..found.width).map(|k| found.name(k)).collect(),
            columns: columns.map(|columns| [Some(columns.x), Some(columns.y), columns.label]),
            rows: rows.map(row).collect(),
        })
    }
}

/// What a separator is called.
fn separator(style: &Style) -> &'static str {
    match style.separator {
        b';' => "semicolon",
        b'\t' => "tab",
        b' ' => "space",
        _ => "comma",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glance(text: &str, wanted: &Wanted) -> Glance {
        Glance::of(text.as_bytes(), wanted).expect(text)
    }

    #[test]
    fn what_is_found_of_a_table_is_what_is_read_of_it() {
        let text = "id;height;width;kind\n1;1,5;2,5;cat\n2;1,25;3,0;dog\n";
        let found = glance(text, &Wanted::default());
        assert_eq!(
            (found.separator, found.decimal, found.has_header),
            ("semicolon", "comma", true)
        );
        assert_eq!(found.names, ["id", "height", "width", "kind"]);
        assert_eq!(found.columns, Ok([Some(0), Some(1), Some(3)]));
        assert_eq!(found.rows[1], ["2", "1,25", "3,0", "dog"]);
        let said = Wanted {
            x: Some("height".to_owned()),
            y: Some("3".to_owned()),
            label: Some("none".to_owned()),
            ..Wanted::default()
        };
        assert_eq!(glance(text, &said).columns, Ok([Some(1), Some(2), None]));
    }

    #[test]
    fn what_cannot_be_is_said_beside_what_is_seen() {
        let said = Wanted { x: Some("weight".to_owned()), ..Wanted::default() };
        let found = glance("a,b\n1,2\n3,4\n", &said);
        assert!(found.columns.is_err() && found.rows.len() == 2);
        assert_eq!(Glance::of(b"", &Wanted::default()), Err(BadPoints::Empty));
        assert_eq!(Glance::of(b"\x89PNG\r\n", &Wanted::default()), Err(BadPoints::NoText));
    }
}
