use super::super::field::tests::of;
use super::*;
use crate::problem::grid::{Grid, Window};
use proptest::prelude::*;

/// Unit cells, so that a coordinate tells its edge.
fn unit_grid(columns: usize, rows: usize) -> Grid {
    let window = Window::new([0.0, (columns - 1) as f64], [0.0, (rows - 1) as f64]);
    Grid { window, columns, rows }
}

fn pixels() -> impl Strategy<Value = f64> {
    prop_oneof![
        12 => -1.0f64..1.0,
        3 => (-2i32..3).prop_map(f64::from),
        1 => Just(f64::NAN),
        1 => Just(f64::INFINITY),
        1 => Just(f64::MAX),
        1 => Just(f64::MIN),
    ]
}

fn fields() -> impl Strategy<Value = Field> {
    (2usize..12, 2usize..12).prop_flat_map(|(columns, rows)| {
        proptest::collection::vec(pixels(), columns * rows)
            .prop_map(move |values| Field { grid: unit_grid(columns, rows), values })
    })
}

fn levels() -> impl Strategy<Value = Vec<f64>> {
    let level = prop_oneof![6 => -1.2f64..1.2, 2 => Just(0.0), 1 => Just(f64::NAN)];
    proptest::collection::vec(level, 0..9)
}

fn whole(x: f64) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a grid is small")]
    let whole = x.max(0.0) as usize;
    whole
}

/// The two pixels of the edge that a point lies on, if it lies on one.
fn edge(point: [f64; 2]) -> Option<[[usize; 2]; 2]> {
    let floor = point.map(|x| whole(x.floor()));
    let ceil = point.map(|x| whole(x.ceil()));
    (floor[0] == ceil[0] || floor[1] == ceil[1]).then_some([floor, ceil])
}

/// Whether a line may end at this point: on the border, or on an edge of a cell that is not finite.
fn may_end(field: &Field, point: [f64; 2]) -> bool {
    let Grid { columns, rows, .. } = field.grid;
    let around =
        |x: f64, most: usize| whole((x - 1e-9).floor())..=whole((x + 1e-9).ceil()).min(most - 1);
    let [x, y] = point;
    let border = x <= 0.0 || y <= 0.0 || x >= (columns - 1) as f64 || y >= (rows - 1) as f64;
    border || around(x, columns).any(|c| around(y, rows).any(|r| !field.pixel(c, r).is_finite()))
}

proptest! {
    #[test]
    fn every_vertex_lies_on_an_edge_and_interpolates_to_its_level(
        field in fields(), levels in levels()
    ) {
        // Beside a huge pixel a line is as good as on the other one.
        let scale = field.finite().fold(1.0, |most: f64, value| most.max(value.abs()));
        for line in contours(&field, &levels) {
            let level = levels[line.level_index];
            for point in line.points {
                let Some([[c0, r0], [c1, r1]]) = edge(point) else {
                    return Err(TestCaseError::fail(format!("{point:?} is inside a cell")));
                };
                let (a, b) = (field.pixel(c0, r0), field.pixel(c1, r1));
                prop_assert!(a.is_finite() && b.is_finite());
                let part = (point[0] - point[0].floor()).max(point[1] - point[1].floor());
                let found = a * (1.0 - part) + b * part;
                prop_assert!((found - level).abs() <= 1e-12 * scale, "{found} for {level}");
            }
        }
    }

    #[test]
    fn lines_end_only_at_the_border_or_at_cells_that_are_not_finite(
        field in fields(), levels in levels()
    ) {
        for line in contours(&field, &levels) {
            prop_assert!(line.points.len() >= 2);
            prop_assert!(line.points.windows(2).all(|pair| pair.first() != pair.last()));
            if line.closed {
                prop_assert!(line.points.first() != line.points.last());
            } else {
                prop_assert!(may_end(&field, line.points[0]));
                prop_assert!(may_end(&field, *line.points.last().unwrap()));
            }
        }
    }

    #[test]
    fn the_lines_of_many_levels_are_those_of_each_level_alone(
        field in fields(), levels in levels()
    ) {
        let together = contours(&field, &levels);
        let mut apart = Vec::new();
        for (k, level) in levels.iter().enumerate() {
            let lines = contours(&field, &[*level]);
            apart.extend(lines.into_iter().map(|line| Contour { level_index: k, ..line }));
        }
        prop_assert_eq!(together, apart);
    }

    #[test]
    fn the_high_ground_is_on_the_left(slope in (-1.0f64..1.0, -1.0f64..1.0)) {
        let field = of(unit_grid(6, 5), |x, y| slope.0 * (x - 2.5) + slope.1 * (y - 2.1));
        for line in contours(&field, &[0.0]) {
            for pair in line.points.windows(2) {
                let (dx, dy) = (pair[1][0] - pair[0][0], pair[1][1] - pair[0][1]);
                prop_assert!(slope.1 * dx - slope.0 * dy >= -1e-12);
            }
        }
    }
}

fn length(line: &Contour) -> f64 {
    let closing = line.points.first().filter(|_| line.closed);
    let points: Vec<_> = line.points.iter().chain(closing).collect();
    points.windows(2).map(|p| libm::hypot(p[1][0] - p[0][0], p[1][1] - p[0][1])).sum()
}

#[test]
fn a_circle_has_the_length_of_a_circle() {
    let window = Window::new([-2.0, 2.0], [-2.0, 2.0]);
    let field = of(Grid { window, columns: 201, rows: 201 }, |x, y| x * x + y * y);
    let lines = contours(&field, &[0.25, 1.0, 2.25]);
    assert_eq!(lines.len(), 3);
    for (line, radius) in lines.iter().zip([0.5, 1.0, 1.5]) {
        assert!(line.closed);
        let expected = std::f64::consts::TAU * radius;
        assert!((length(line) - expected).abs() < 1e-3 * expected);
    }
}

#[test]
fn levels_beyond_the_field_have_no_lines() {
    let field = of(unit_grid(4, 4), |x, y| x + y);
    assert!(contours(&field, &[-1.0, 0.0, 6.1, f64::NAN, f64::INFINITY]).is_empty());
    assert!(contours(&field, &[]).is_empty());
    assert!(contours(&of(unit_grid(4, 4), |_, _| f64::NAN), &[0.0]).is_empty());
}

#[test]
fn a_saddle_is_joined_as_its_middle_says() {
    let saddle = |high: f64| {
        let values = vec![high, -1.0, -1.0, high];
        contours(&Field { grid: unit_grid(2, 2), values }, &[0.0])
    };
    let ends = |lines: &[Contour]| -> Vec<bool> {
        // Whether a line cuts off a high corner, (0, 0) or (1, 1), or a low one.
        lines
            .iter()
            .map(|line| {
                let [a, b] = [line.points[0], line.points[1]];
                let sum = (a[0] + a[1] + b[0] + b[1]) / 2.0;
                !(0.9..=1.1).contains(&sum)
            })
            .collect()
    };
    assert_eq!(ends(&saddle(0.5)), [true, true]);
    assert_eq!(ends(&saddle(2.0)), [false, false]);
}
