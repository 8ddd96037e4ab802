//! Points of one's own as keys: a file with how it is written, or the points themselves.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::BadEdit;
use super::values::refused;
use crate::catalog::Choice;
use crate::problem::datasets::{Dataset, POINTS, own};
use crate::problem::points::{Points, Wanted};
use crate::typed::{because, echo, echo_path, expanded};

/// The key of a file of points.
pub const FILE: &str = "data_file";
/// The key of what its bytes must add up to.
const DIGEST: &str = "data_digest";
/// Keys that say how a file is read.
pub const HOW: [&str; 7] =
    ["data_x", "data_y", "data_label", "data_separator", "data_decimal", "data_header", DIGEST];

/// The points that are asked for, from a file or as they stand; none where neither is said.
pub(super) fn asked<'a>(
    said: impl Fn(&str) -> Option<&'a str>,
) -> Result<Option<Choice<dyn Dataset>>, BadEdit> {
    let key = if said(FILE).is_some() { FILE } else { POINTS };
    let others = ["formula", "landscape", "data", POINTS];
    let other = others.into_iter().find(|other| *other != key && said(other).is_some());
    match (said(key), other) {
        (Some(_), Some(other)) => {
            Err(BadEdit::PointsAnd { key: key.to_owned(), other: other.to_owned() })
        }
        (Some(path), None) if key == FILE => {
            let how = |key| said(key).map(str::to_owned);
            let wanted = Wanted {
                x: how("data_x"),
                y: how("data_y"),
                label: how("data_label"),
                separator: how("data_separator"),
                decimal: how("data_decimal"),
                header: how("data_header"),
            };
            of_file(Path::new(path), &wanted, said(DIGEST)).map(Some)
        }
        (Some(text), None) => {
            let points = Points::of(text).map_err(|why| refused(format!("{POINTS}: {why}")))?;
            Ok(Some(own(&points, "")))
        }
        (None, _) => match HOW.into_iter().find(|key| said(key).is_some()) {
            Some(how) => {
                let words =
                    format!("{how} says how {FILE} is read; say {FILE} = \"points.csv\" too");
                Err(BadEdit::Refused(words))
            }
            None => Ok(None),
        },
    }
}

/// The points in a file, called as it is.
fn of_file(
    path: &Path,
    wanted: &Wanted,
    digest: Option<&str>,
) -> Result<Choice<dyn Dataset>, BadEdit> {
    let path = &expanded(path);
    let said = |why: &dyn std::fmt::Display| refused(format!("{FILE} {}: {why}", echo_path(path)));
    let found = path.metadata().map_err(|error| said(&because(&error)))?;
    if found.is_dir() {
        return Err(said(&"it is a folder; name a CSV file in it"));
    }
    let file = File::open(path).map_err(|error| said(&because(&error)))?;
    let mut summed = Summed { file, sum: FNV };
    let points = Points::read(&mut summed, wanted).map_err(|error| said(&error))?;
    let found = format!("{:016x}", summed.sum);
    if let Some(digest) = digest.filter(|digest| *digest != found) {
        let digest = echo(digest);
        return Err(said(&format!(
            "its digest is {found}, and {DIGEST} says {digest}: it is another file, or was changed; say {DIGEST} = \"{found}\" to take it as it is"
        )));
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(own(&points, &name))
}

/// The start of FNV-1a, 64 bits: it finds accidents, and is stable between versions.
const FNV: u64 = 0xcbf2_9ce4_8422_2325;

/// A file whose bytes are added up while they are read.
struct Summed {
    file: File,
    sum: u64,
}

impl Read for Summed {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.file.read(buffer)?;
        for &byte in &buffer[..read] {
            self.sum = (self.sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        Ok(read)
    }
}
