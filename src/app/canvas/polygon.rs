//! Filled outlines of any shape: egui fills convex ones only, so others are cut into triangles by their ears.

use egui::{Color32, Mesh, Pos2, Rect, Shape, Stroke, pos2};

/// The shapes that fill the outline with these corners on screen.
pub fn filled(corners: &[[f64; 2]], frame: Rect, fill: Color32) -> Option<Shape> {
    let corners = inside(corners, frame);
    if corners.len() < 3 {
        return None;
    }
    if is_convex(&corners) {
        return Some(Shape::convex_polygon(corners, fill, Stroke::NONE));
    }
    let mut mesh = Mesh::default();
    for &corner in &corners {
        mesh.colored_vertex(corner, fill);
    }
    for [a, b, c] in ears(&corners) {
        mesh.add_triangle(a, b, c);
    }
    Some(Shape::mesh(mesh))
}

/// The part of an outline inside a frame (Sutherland and Hodgman 1974), so that far corners stay numbers.
fn inside(corners: &[[f64; 2]], frame: Rect) -> Vec<Pos2> {
    let frame = frame.expand(2.0);
    let sides: [(usize, f64, f64); 4] = [
        (0, 1.0, f64::from(frame.left())),
        (0, -1.0, f64::from(frame.right())),
        (1, 1.0, f64::from(frame.top())),
        (1, -1.0, f64::from(frame.bottom())),
    ];
    let mut outline: Vec<[f64; 2]> =
        corners.iter().copied().filter(|at| at.iter().all(|place| place.is_finite())).collect();
    for (axis, sign, limit) in sides {
        let depth = |at: &[f64; 2]| sign * (at[axis] - limit);
        let mut kept = Vec::with_capacity(outline.len() + 4);
        for (k, &here) in outline.iter().enumerate() {
            let next = outline[(k + 1) % outline.len()];
            let (from, to) = (depth(&here), depth(&next));
            if from >= 0.0 {
                kept.push(here);
            }
            if (from >= 0.0) != (to >= 0.0) {
                let part = from / (from - to);
                kept.push([0, 1].map(|k| here[k] + part * (next[k] - here[k])));
            }
        }
        outline = kept;
    }
    let mut places: Vec<Pos2> = Vec::with_capacity(outline.len());
    for [x, y] in outline {
        #[expect(clippy::cast_possible_truncation, reason = "inside of the frame")]
        let place = pos2(x as f32, y as f32);
        if places.last().is_none_or(|last| last.distance_sq(place) > 0.01) {
            places.push(place);
        }
    }
    while places.len() > 1 && places[0].distance_sq(places[places.len() - 1]) <= 0.01 {
        places.pop();
    }
    places
}

/// Twice the area of a triangle, positive when it turns left.
fn turn(a: Pos2, b: Pos2, c: Pos2) -> f32 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

fn is_convex(corners: &[Pos2]) -> bool {
    let count = corners.len();
    let turns =
        (0..count).map(|k| turn(corners[k], corners[(k + 1) % count], corners[(k + 2) % count]));
    let (mut left, mut right) = (false, false);
    for turn in turns {
        left |= turn > 1e-3;
        right |= turn < -1e-3;
    }
    !(left && right)
}

/// Triangles of a simple outline; what is left of one that crosses itself is dropped.
fn ears(corners: &[Pos2]) -> Vec<[u32; 3]> {
    let area: f32 =
        (1..corners.len() - 1).map(|k| turn(corners[0], corners[k], corners[k + 1])).sum();
    let mut left: Vec<usize> = (0..corners.len()).collect();
    if area < 0.0 {
        left.reverse();
    }
    let mut triangles = Vec::with_capacity(corners.len());
    while left.len() >= 3 {
        let count = left.len();
        let ear = (0..count).find(|&k| {
            let [a, b, c] = [left[(k + count - 1) % count], left[k], left[(k + 1) % count]];
            let [at_a, at_b, at_c] = [corners[a], corners[b], corners[c]];
            turn(at_a, at_b, at_c) > 0.0
                && !left.iter().any(|&other| {
                    other != a
                        && other != b
                        && other != c
                        && turn(at_a, at_b, corners[other]) >= 0.0
                        && turn(at_b, at_c, corners[other]) >= 0.0
                        && turn(at_c, at_a, corners[other]) >= 0.0
                })
        });
        // Three corners in a row without an ear are a sliver.
        let k = ear.unwrap_or(0);
        let three = [left[(k + count - 1) % count], left[k], left[(k + 1) % count]];
        if ear.is_some() {
            triangles.push(three.map(|corner| u32::try_from(corner).unwrap_or(0)));
        }
        left.remove(k);
    }
    triangles
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(corners: &[Pos2], triangles: &[[u32; 3]]) -> f32 {
        triangles
            .iter()
            .map(|three| {
                let [a, b, c] = three.map(|k| corners[k as usize]);
                turn(a, b, c).abs() / 2.0
            })
            .sum()
    }

    #[test]
    fn an_l_is_cut_into_triangles_of_its_area() {
        let corners = [[0.0, 0.0], [4.0, 0.0], [4.0, 1.0], [1.0, 1.0], [1.0, 3.0], [0.0, 3.0]]
            .map(|[x, y]| pos2(x, y));
        assert!(!is_convex(&corners));
        assert!((area(&corners, &ears(&corners)) - 6.0).abs() < 1e-4);
    }

    #[test]
    fn an_outline_around_the_frame_becomes_the_frame() {
        let frame = Rect::from_min_max(pos2(0.0, 0.0), pos2(10.0, 10.0));
        let huge = [[-1e9, -1e9], [1e9, -1e9], [1e9, 1e9], [-1e9, 1e9]];
        assert_eq!(inside(&huge, frame).len(), 4);
        assert!(filled(&[[1e9, 0.0], [2e9, 0.0], [2e9, 1.0]], frame, Color32::RED).is_none());
    }
}
