//! The table of the charts: their lines, a row a point.
//!
//! ```text
//! chart,run,line,x,value
//! loss,sam,loss,40,-0.93…         x is the step, or gradients where the charts are drawn against them
//! lambda_max,sam,edge,40,21.3…    beside a curvature its edge of stability
//! spectrum,sam,eigenvalue,1,3.9…  of what is not over time: the place of an eigenvalue, t on a cut, a distance from w
//! ```
//!
//! Where a value is no finite number, the cell is empty.

use super::summary::exact;
use crate::figure::charts::numbers::{Line, lines};
use crate::figure::picture::Picture;

const HEADER: [&str; 5] = ["chart", "run", "line", "x", "value"];

/// Every point of the two charts of a picture.
#[must_use]
pub fn table(picture: &Picture<'_>) -> Vec<u8> {
    let mut table = ::csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail, and every record has the header's length.
    let _ = table.write_record(HEADER);
    for Line { chart, run, tells, points } in lines(picture) {
        let run = picture.scene.runs.get(run).map_or("", |run| run.name.as_str());
        for [x, value] in points {
            let value = if value.is_finite() { exact(value) } else { String::new() };
            let _ = table.write_record([chart, run, tells, &said(x), &value]);
        }
    }
    table.into_inner().unwrap_or_default()
}

/// Whether the chart of sharpness has any point.
#[must_use]
pub fn has_sharpness(picture: &Picture<'_>) -> bool {
    let gauge = picture.look.gauge.id();
    lines(picture).iter().any(|line| line.chart == gauge && !line.points.is_empty())
}

/// A count as one, and anything else with all its digits.
fn said(x: f64) -> String {
    if x.fract() == 0.0 && x.abs() < 1e15 { format!("{x}") } else { exact(x) }
}
