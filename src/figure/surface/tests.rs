//! What hides what, judged apart from the walk along edges: every triangle is asked.

use proptest::prelude::*;

use super::faces::{Corner, Paint};
use super::*;
use crate::analysis::relief::NOTHING;

fn square() -> Window {
    Window::new([-1.0, 1.0], [-1.0, 1.0])
}

/// A relief of so many pixels with these tones.
fn relief(columns: usize, rows: usize, tone: impl Fn(f64, f64) -> f64) -> Relief {
    let at = |k: usize, count: usize| -1.0 + 2.0 * k as f64 / (count - 1) as f64;
    let places = (0..columns * rows).map(|k| [at(k % columns, columns), at(k / columns, rows)]);
    #[expect(clippy::cast_possible_truncation, reason = "a tone lies between 0 and 1")]
    let tone: Vec<f32> = places.map(|[x, y]| tone(x, y) as f32).collect();
    Relief { columns, rows, shade: vec![0.0; tone.len()], tone, hues: Vec::new() }
}

fn surface(relief: Relief, bearing: Bearing) -> Surface {
    let ground = Arc::new(relief);
    let made = Surface::of(&ground, &ground, square(), square(), bearing);
    Surface { points_per_unit: 40.0, ..made.expect("the square is there") }
}

fn bearing(azimuth: f64, elevation: f64) -> Bearing {
    Bearing::new(azimuth, elevation).unwrap()
}

/// A ridge along the first axis.
fn ridge() -> Relief {
    relief(97, 97, |_, y| (-(y / 0.15) * (y / 0.15)).exp())
}

/// Hills of a few random tones.
fn hills() -> impl Strategy<Value = Relief> {
    proptest::collection::vec(0.0f32..=1.0, 42).prop_map(|tone| Relief {
        columns: 7,
        rows: 6,
        shade: vec![0.0; 42],
        tone,
        hues: Vec::new(),
    })
}

fn bearings() -> impl Strategy<Value = Bearing> {
    (0.0f64..360.0, 10.0f64..=90.0).prop_map(|(a, e)| bearing(a, e))
}

/// How far the surface rises above the ray from a place to the viewer at most, asked of every triangle: the line over the
/// ground is cut at its three sides, and between them a triangle is a plane.
fn above_the_ray(surface: &Surface, [x, y, z]: [f64; 3]) -> f64 {
    let [a, b, up] = surface.camera.to_viewer();
    let mut most = f64::NEG_INFINITY;
    for row in 0..surface.cells[1] {
        for column in 0..surface.cells[0] {
            let Some(heights) = surface.corner_heights(column, row) else { continue };
            let at = |k: usize| {
                let [right, up] = [[0, 0], [1, 0], [1, 1], [0, 1]][k];
                let [x, y] = surface.in_cells([(column + right) as f64, (row + up) as f64]);
                [x, y, heights[k]]
            };
            for corners in [[0, 1, 2], [0, 2, 3]].map(|three| three.map(at)) {
                let (mut enter, mut leave) = (0.0f64, f64::INFINITY);
                for k in 0..3 {
                    let (from, to) = (corners[k], corners[(k + 1) % 3]);
                    let side = [to[0] - from[0], to[1] - from[1]];
                    // Inside is on the left of every side.
                    let now = side[0] * (y - from[1]) - side[1] * (x - from[0]);
                    let rate = side[0] * b - side[1] * a;
                    if rate.abs() < 1e-14 {
                        if now < 0.0 {
                            leave = f64::NEG_INFINITY;
                        }
                    } else if rate > 0.0 {
                        enter = enter.max(-now / rate);
                    } else {
                        leave = leave.min(-now / rate);
                    }
                }
                if enter > leave {
                    continue;
                }
                let plane = |t: f64| {
                    let [p, q, r] = corners;
                    let (u, v) = ([q[0] - p[0], q[1] - p[1]], [r[0] - p[0], r[1] - p[1]]);
                    let w = [x + t * a - p[0], y + t * b - p[1]];
                    let area = u[0] * v[1] - u[1] * v[0];
                    let of_u = (w[0] * v[1] - w[1] * v[0]) / area;
                    let of_v = (u[0] * w[1] - u[1] * w[0]) / area;
                    p[2] + of_u * (q[2] - p[2]) + of_v * (r[2] - p[2]) - (z + t * up)
                };
                let ends = [enter, if leave.is_finite() { leave } else { enter }];
                most = ends.map(plane).into_iter().fold(most, f64::max);
            }
        }
    }
    most
}

#[test]
fn what_lies_behind_a_ridge_is_hidden_and_what_lies_before_it_is_not() {
    let from_south = surface(ridge(), bearing(0.0, 20.0));
    assert!(!from_south.shows([0.2, 0.4]), "north of the ridge");
    assert!(from_south.shows([0.2, -0.4]), "south of it");
    assert!(from_south.shows([0.2, 0.0]), "on it");
    let from_north = surface(ridge(), bearing(180.0, 20.0));
    assert!(from_north.shows([0.2, 0.4]) && !from_north.shows([0.2, -0.4]));
    // A ridge as high as 0.8 hides at 20° what lies within 0.8 / tan 20° = 2.2 of it, at 85° what lies within 0.07.
    let from_above = surface(ridge(), bearing(0.0, 85.0));
    assert!(from_above.shows([0.2, 0.4]));
}

#[test]
fn along_a_ridge_nothing_is_hidden() {
    let along = surface(ridge(), bearing(90.0, 10.0));
    for y in [-0.7, -0.1, 0.0, 0.3] {
        assert!(along.shows([0.5, y]), "{y}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_triangle_asked_says_the_same(
        hills in hills(), bearing in bearings(),
        places in proptest::collection::vec([-1.0f64..1.0, -1.0f64..1.0], 4),
    ) {
        let surface = surface(hills, bearing);
        for at in places {
            let lifted = surface.lifted(at);
            let above = above_the_ray(&surface, lifted);
            let grazing = 2e-3 * surface.rise;
            prop_assume!((above - grazing).abs() > 1e-7);
            prop_assert_eq!(surface.hides(lifted), above > grazing, "{:?}: {}", at, above);
        }
    }

    #[test]
    fn what_is_seen_at_a_place_of_the_picture_is_what_was_put_there(
        hills in hills(), bearing in bearings(), at in [-0.99f64..0.99, -0.99f64..0.99],
    ) {
        let surface = surface(hills, bearing);
        let Some(seen) = surface.seen_at(surface.project(at)) else {
            // A side of the block stands before it.
            prop_assert!(above_the_ray(&surface, surface.lifted(at)) > -1e-9);
            return Ok(());
        };
        // Nothing stands before what is found there, and it is seen at the same place.
        prop_assert!(surface.shows(seen));
        let [a, b] = [at, seen].map(|at| surface.project(at));
        prop_assert!((a[0] - b[0]).hypot(a[1] - b[1]) < 1e-6);
        let nearer = |at: [f64; 2]| surface.camera.away(surface.lifted(at));
        prop_assert!(nearer(seen) <= nearer(at) + 1e-6);
    }

    #[test]
    fn the_triangle_painted_last_is_the_one_in_front(
        hills in hills(), bearing in bearings(), u in -1.3f64..1.3, v in -1.0f64..1.3,
    ) {
        let surface = surface(hills, bearing);
        let mut last = None;
        let mut is_edge = false;
        let mut triangle = |face: [Corner; 3]| {
            let [a, b, c] = face.map(|corner| corner.at);
            let area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
            let part = |from: [f64; 2], to: [f64; 2]| {
                ((to[0] - from[0]) * (v - from[1]) - (to[1] - from[1]) * (u - from[0])) / area
            };
            let weights = [part(b, c), part(c, a), part(a, b)];
            if weights.iter().all(|weight| *weight > 0.0) {
                last = Some((face, weights));
            }
            // A ray that meets an edge may go either way.
            let sliver = area.abs() < 1e-9;
            is_edge |= !sliver && weights.iter().all(|weight| *weight > -1e-3)
                && weights.iter().any(|weight| weight.abs() < 1e-3);
        };
        surface.faces(|[a, b, c, d]| {
            triangle([a, b, c]);
            triangle([a, c, d]);
        });
        prop_assume!(!is_edge);
        let seen = surface.seen_at([u, v]);
        match last {
            None => prop_assert!(seen.is_none(), "{:?}", seen),
            Some((face, weights)) => {
                let mut place = [0.0; 2];
                for (Corner { paint, .. }, weight) in face.into_iter().zip(weights) {
                    if let Paint::Ground(part) = paint {
                        for k in 0..2 {
                            place[k] += weight * (2.0 * part[k] - 1.0);
                        }
                    }
                }
                if matches!(face[0].paint, Paint::Side(..)) {
                    prop_assert!(seen.is_none(), "a side, and {:?}", seen);
                } else {
                    let seen = seen.expect("a triangle of the surface");
                    let apart = (seen[0] - place[0]).hypot(seen[1] - place[1]);
                    prop_assert!(apart < 1e-3, "{:?} and {:?}", seen, place);
                }
            }
        }
    }

    #[test]
    fn from_straight_above_a_line_is_that_of_the_map(
        hills in hills(), a in [-1.0f64..1.0, -1.0f64..1.0], b in [-1.0f64..1.0, -1.0f64..1.0],
    ) {
        let surface = surface(hills, bearing(0.0, 90.0));
        let draped = surface.draped(&[a, b]);
        prop_assert!(draped.len() == 1 && !draped[0].is_hidden);
        let points = &draped[0].points;
        for (end, at) in [a, b].into_iter().zip([points[0], points[points.len() - 1]]) {
            prop_assert!((end[0] - at[0]).hypot(end[1] - at[1]) < 1e-9);
        }
    }

    #[test]
    fn the_pieces_of_a_draped_line_follow_each_other(
        hills in hills(), bearing in bearings(),
        a in [-1.0f64..1.0, -1.0f64..1.0], b in [-1.0f64..1.0, -1.0f64..1.0],
    ) {
        let surface = surface(hills, bearing);
        let draped = surface.draped(&[a, b]);
        for pair in draped.windows(2) {
            prop_assert_eq!(pair[0].points.last(), pair[1].points.first());
            prop_assert!(pair[0].is_hidden != pair[1].is_hidden);
        }
    }
}

#[test]
fn a_hole_goes_down_to_the_ground_and_is_blank() {
    let hole = relief(65, 65, |x, _| if x > 0.2 { f64::NAN } else { 0.5 });
    let surface = surface(hole, bearing(30.0, 35.0));
    assert_eq!(surface.height([0.5, 0.0]), None);
    assert!(surface.height([-0.5, 0.0]).is_some_and(|height| (height - 0.4).abs() < 1e-9));
    assert_eq!(surface.seen_at(surface.project([0.8, -0.5])).map(|[x, _]| x > 0.2), Some(true));
    let (_, picture) = surface.picture();
    let blank = picture.tone.iter().filter(|tone| tone.is_nan()).count();
    let paper = picture.tone.iter().filter(|tone| **tone == NOTHING).count();
    assert!(blank > 100 && paper > 100, "{blank} blank, {paper} paper");
    assert!(blank + paper < picture.tone.len());
}

#[test]
fn its_picture_has_no_gap_and_is_the_same_twice() {
    for (azimuth, elevation) in [(0.0, 90.0), (0.0, 30.0), (37.0, 35.0), (200.0, 12.0)] {
        let [one, other] = [0, 1].map(|_| surface(ridge(), bearing(azimuth, elevation)));
        assert_eq!(one.picture(), other.picture());
        let (_, picture) = one.picture();
        // Between two pixels of the block in a column there is no paper.
        for column in 0..picture.columns {
            let is_there = |row: &usize| picture.tone[row * picture.columns + column] != NOTHING;
            let there: Vec<usize> = (0..picture.rows).filter(is_there).collect();
            if let (Some(first), Some(last)) = (there.first(), there.last()) {
                assert_eq!(
                    there.len(),
                    last - first + 1,
                    "{azimuth}, {elevation}: column {column}"
                );
            }
        }
    }
}

#[test]
fn a_part_that_is_not_there_has_no_surface() {
    let ground = Arc::new(ridge());
    let beside = Window::new([5.0, 6.0], [5.0, 6.0]);
    assert!(Surface::of(&ground, &ground, square(), beside, Bearing::default()).is_none());
    let half = Window::new([0.0, 2.0], [-1.0, 1.0]);
    let surface = Surface::of(&ground, &ground, square(), half, Bearing::default()).unwrap();
    assert_eq!(surface.window, Window::new([0.0, 1.0], [-1.0, 1.0]));
}
