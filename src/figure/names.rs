//! The room of the names of curves, beside a plot.

use kurbo::Rect;

use super::Pane;
use super::label::End;
use super::metrics::{self, Face};
use super::painter::GAP;

/// From line to line, in heights of the text.
pub(super) const PITCH: f64 = 1.08;
/// From the right edge of a plot to the names of its curves, and from the names to the end of their room, in points.
pub(super) const TO_NAMES: f64 = 10.0;
const AFTER: f64 = 2.0;
/// Names are broken into lines where they would take more than this part of the width, if there is room below …
const PART: f64 = 0.36;
/// … and wherever they would leave a plot narrower than this, in points.
const LEAST_PLOT: f64 = 72.0;
/// How far names may stand above and below their plot, where there are more than it is high, in points.
pub(super) const ABOVE: f64 = 15.0;
pub(super) const BELOW: f64 = 18.0;
/// The pane with the names of its curves broken into lines as `cell` has room, and the part of `cell` that is left for
/// its plot; text is `size` points high.
#[must_use]
pub fn fitted(pane: &Pane, cell: Rect, size: f64) -> (Pane, Rect) {
    let mut pane = pane.clone();
    if pane.labels.ends.is_empty() {
        return (pane, cell);
    }
    let names: Vec<String> = pane.labels.ends.iter().map(End::name).collect();
    let around = TO_NAMES + AFTER;
    let widest = (cell.width() - LEAST_PLOT - around).max(size);
    let within = |most: f64| -> Vec<Vec<String>> {
        // A word that is longer than the room beside the plot is cut: it has a whole name elsewhere.
        let cut = |line: String| {
            let is_word = !line.contains(' ');
            if is_word { metrics::cut(&line, widest, Face::Strong, size) } else { line }
        };
        let lines = |name: &String| metrics::broken(name, most, Face::Strong, size);
        names.iter().map(|name| lines(name).into_iter().map(cut).collect()).collect()
    };
    let narrow = within((PART * cell.width() - around).clamp(size, widest));
    let height = narrow.iter().map(Vec::len).sum::<usize>() as f64 * PITCH * size;
    let all = if height <= cell.height() + ABOVE + BELOW { narrow } else { within(widest) };
    let wide = |line: &String| metrics::width(line, Face::Strong, size);
    let valued = |(end, lines): (&End, &Vec<String>)| {
        let value = end.value.as_ref().map_or(0.0, |value| value_width(value, size));
        lines.last().map_or(0.0, wide) + value
    };
    let with_values = pane.labels.ends.iter().zip(&all).map(valued).fold(0.0, f64::max);
    let taken = all.iter().flatten().map(wide).fold(with_values, f64::max) + around;
    for (end, lines) in pane.labels.ends.iter_mut().zip(all) {
        end.lines = lines;
    }
    let plot = Rect { x1: (cell.x1 - taken).floor().max(cell.x0 + size), ..cell };
    (pane, plot)
}

/// How much longer a name is with a value behind it.
fn value_width(value: &str, size: f64) -> f64 {
    metrics::width(value, Face::Regular, size) + GAP
}
