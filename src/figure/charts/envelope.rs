//! Lines too dense to follow: the lowest and the highest value of every column of pixels.
//!
//! ```text
//! ▂▄▆█▇▆▅▄▃▂▂▁▁        column k holds the steps with  x ∈ [x₀ + k Δ, x₀ + (k + 1) Δ)
//! ```
//!
//! A bounce of thousands of steps is a slab if it is drawn as a line, and a bar code if that line is broken. What can be
//! seen of it is the band between its extremes, which stay exact.

/// Columns that a chart is divided into: about the points of its width.
pub(super) const COLUMNS: usize = 360;
/// A line with more steps than this in a column is drawn as its envelope.
const MOST: usize = 2;
/// Columns lower than this part of the axis are a line.
const LEVEL: f64 = 0.012;

/// The steps of a column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Column {
    /// Where it begins and ends.
    pub(super) ends: [f64; 2],
    /// The lowest and the highest value.
    pub(super) extremes: [f64; 2],
    /// The first and the last value.
    pub(super) values: [f64; 2],
}

/// A part of a dense line.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Part {
    /// Where its columns are flat: a line through them.
    Line(Vec<[f64; 2]>),
    /// Where it moves within columns.
    Band(Vec<Column>),
}

/// Whether points are too dense to be followed one by one.
pub(super) fn is_dense(points: &[[f64; 2]], range: [f64; 2]) -> bool {
    shown(points, range).len() > MOST * COLUMNS
}

/// The points in a range of the axis across, and the ones beside them; points are in order.
pub(super) fn shown(points: &[[f64; 2]], [low, high]: [f64; 2]) -> &[[f64; 2]] {
    let first = points.partition_point(|point| point[0] < low).saturating_sub(1);
    let last = (points.partition_point(|point| point[0] <= high) + 1).min(points.len());
    &points[first.min(last)..last]
}

/// The columns of a line, each with its extremes; columns without steps are left out.
pub(super) fn columns(points: &[[f64; 2]], [low, high]: [f64; 2]) -> Vec<Column> {
    let width = (high - low) / COLUMNS as f64;
    let column = |point: &[f64; 2]| ((point[0] - low) / width).floor();
    points
        .chunk_by(|a, b| column(a).total_cmp(&column(b)).is_eq())
        .filter_map(|group| {
            let heights = || group.iter().map(|point| point[1]);
            let left = low + column(group.first()?) * width;
            Some(Column {
                ends: [left, left + width],
                extremes: [heights().reduce(f64::min)?, heights().reduce(f64::max)?],
                values: [group.first()?[1], group.last()?[1]],
            })
        })
        .collect()
}

/// Lines where columns are flat, bands where they are not; `project` says where values lie on an even ruler that is
/// `length` long.
pub(super) fn parts(columns: &[Column], project: impl Fn(f64) -> f64, length: f64) -> Vec<Part> {
    let is_flat = |column: &Column| {
        let [low, high] = column.extremes.map(&project);
        (high - low) < LEVEL * length
    };
    let mut parts: Vec<Part> = Vec::new();
    let mut last: Option<[f64; 2]> = None;
    for group in columns.chunk_by(|a, b| is_flat(a) == is_flat(b)) {
        if group.first().is_some_and(is_flat) {
            let middle = |column: &Column| f64::midpoint(column.ends[0], column.ends[1]);
            let points = group.iter().flat_map(|column| {
                // Both extremes in the order they came in, so that neither is lost.
                let [low, high] = column.extremes;
                let rises = column.values[0] <= column.values[1];
                let [first, second] = if rises { [low, high] } else { [high, low] };
                [[middle(column), first], [middle(column), second]]
            });
            let line: Vec<[f64; 2]> = last.into_iter().chain(points).collect();
            last = line.last().copied();
            parts.push(Part::Line(line));
        } else {
            last = group.last().map(|column| [column.ends[1], column.values[1]]);
            parts.push(Part::Band(group.to_vec()));
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_bounce_of_twenty_thousand_steps_is_a_band_between_its_ends() {
        let points: Vec<[f64; 2]> =
            (0..20_000).map(|k| [f64::from(k), if k % 2 == 0 { 1.0 } else { 3.0 }]).collect();
        assert!(is_dense(&points, [0.0, 2e4]) && !is_dense(&points, [0.0, 300.0]));
        let found = columns(&points, [0.0, 2e4]);
        assert!(found.len() <= COLUMNS + 1);
        assert!(found.iter().all(|column| column.extremes == [1.0, 3.0]));
        let parts = parts(&found, |y| y, 2.5);
        assert!(matches!(&parts[..], [Part::Band(columns)] if columns.len() == found.len()));
    }

    #[test]
    fn a_slow_line_stays_a_line_and_keeps_its_ends() {
        let points: Vec<[f64; 2]> = (0..=9000).map(|k| [f64::from(k), f64::from(k)]).collect();
        let parts = parts(&columns(&points, [0.0, 9000.0]), |y| y, 9000.0);
        let [Part::Line(line)] = &parts[..] else { unreachable!("{parts:?}") };
        assert_eq!([line[0][1], line[line.len() - 1][1]], [0.0, 9000.0]);
    }

    proptest! {
        #[test]
        fn bounds_are_the_extremes_of_each_column(
            values in prop::collection::vec(-1e3f64..1e3, 800..2000),
            from in 0.0f64..300.0,
        ) {
            let points: Vec<[f64; 2]> =
                values.iter().enumerate().map(|(k, &y)| [k as f64, y]).collect();
            let range = [from, values.len() as f64];
            let inside = shown(&points, range);
            let width = (range[1] - range[0]) / COLUMNS as f64;
            let mut seen = 0;
            for column in columns(inside, range) {
                let k = ((column.ends[0] - range[0]) / width).round();
                let here = |x: f64| ((x - range[0]) / width).floor().total_cmp(&k).is_eq();
                let mine: Vec<f64> =
                    inside.iter().filter(|point| here(point[0])).map(|point| point[1]).collect();
                prop_assert_eq!(Some(column.extremes[0]), mine.iter().copied().reduce(f64::min));
                prop_assert_eq!(Some(column.extremes[1]), mine.iter().copied().reduce(f64::max));
                seen += mine.len();
            }
            prop_assert_eq!(seen, inside.len());
        }
    }
}
