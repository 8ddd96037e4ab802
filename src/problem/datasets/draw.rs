//! What the datasets draw with: normal numbers, strata, and classes in fixed shares.

use ndarray::{Array1, Array2};
use rand::RngExt as _;
use rand::seq::SliceRandom as _;

use super::Sample;
use crate::catalog::{Kind, Scale, Setting};
use crate::math::random::{self, Stream};

/// The setting `points`.
pub(super) const fn points(default: f64) -> Setting {
    Setting {
        key: "points",
        label: "points",
        about: "how many points are drawn",
        kind: Kind::Number { default, range: (4.0, 5000.0), scale: Scale::Whole },
    }
}

/// The setting `noise`.
pub(super) const fn noise(default: f64, about: &'static str) -> Setting {
    Setting {
        key: "noise",
        label: "noise",
        about,
        kind: Kind::Number { default, range: (0.0, 3.0), scale: Scale::Linear },
    }
}

/// The setting `balance`.
pub(super) const fn balance() -> Setting {
    Setting {
        key: "balance",
        label: "balance",
        about: "which part of the points is of class 1; each class keeps one point at least",
        kind: Kind::Number { default: 0.5, range: (0.01, 0.99), scale: Scale::Linear },
    }
}

/// A number from N(0, 1).
pub(super) fn normal(stream: &mut Stream) -> f64 {
    random::normal(stream)
}

/// One number in each of `count` equal cells of [0, 1), the cells in random order.
///
/// Strata keep every seed's story the same, and the order keeps sequential batches alike.
pub(super) fn strata(count: usize, stream: &mut Stream) -> Vec<f64> {
    let mut drawn: Vec<f64> =
        (0..count).map(|cell| (cell as f64 + stream.random::<f64>()) / count as f64).collect();
    drawn.shuffle(stream);
    drawn
}

/// Which of `count` equal cells of [0, 1) `at` lies in; also, `at` as a part of `count`, rounded down.
pub(super) fn cell(at: f64, count: usize) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a part of a number of points or cells"
    )]
    let cell = (at * count as f64) as usize;
    cell
}

/// The class of each of `points` points: exact shares, spread evenly, so that every batch sees both.
pub(super) fn classes(points: usize, balance: f64) -> Vec<usize> {
    let ones = cell(balance, points).clamp(1, points - 1);
    (0..points).map(|k| ((k + 1) * ones) / points - (k * ones) / points).collect()
}

/// Points of the plane with their classes as groups and targets.
pub(super) fn classified(points: &[[f64; 2]], classes: Vec<usize>) -> Sample {
    Sample {
        inputs: Array2::from_shape_fn((points.len(), 2), |(row, k)| points[row][k]),
        targets: classes.iter().map(|&class| class as f64).collect(),
        groups: classes,
    }
}

/// Points `(x, y)` of a curve in one group.
pub(super) fn curve(points: &[[f64; 2]]) -> Sample {
    Sample {
        inputs: Array2::from_shape_fn((points.len(), 1), |(row, _)| points[row][0]),
        targets: Array1::from_iter(points.iter().map(|[_, y]| *y)),
        groups: vec![0; points.len()],
    }
}

/// A strata-per-class walk: hands each point its class and a number of [0, 1) that is stratified within its class.
pub(super) fn along_each_class(
    classes: &[usize],
    stream: &mut Stream,
    mut place: impl FnMut(usize, f64, &mut Stream) -> [f64; 2],
) -> Vec<[f64; 2]> {
    let ones: usize = classes.iter().sum();
    let mut strata =
        [strata(classes.len() - ones, stream).into_iter(), strata(ones, stream).into_iter()];
    classes
        .iter()
        .map(|&class| {
            let at = strata[class].next().expect("each class has a stratum for each of its points");
            place(class, at, stream)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_class_keeps_a_point_and_its_share(points in 4usize..500, balance in 0.01f64..0.99) {
            let drawn = classes(points, balance);
            let ones: usize = drawn.iter().sum();
            prop_assert!(drawn.iter().all(|&class| class < 2));
            prop_assert!(0 < ones && ones < points);
            prop_assert!((ones as f64 - points as f64 * balance).abs() <= 1.0);
        }
    }
}
