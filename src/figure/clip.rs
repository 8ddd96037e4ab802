//! Lines cut at the edges of a window, so that no painter meets a coordinate like 1e30.
//!
//! Y.-D. Liang and B. Barsky (1984), "A new concept and method for line clipping", ACM Trans. Graph. 3(1): a segment
//! is `a + t (b − a)`, and each edge leaves an interval of `t`.

use crate::problem::grid::Window;

/// A window around this one that is so many spans larger on every side.
#[must_use]
pub fn around(window: Window, spans: f64) -> Window {
    let [width, height] = window.span();
    let wider = |[low, high]: [f64; 2], by: f64| [low - by, high + by];
    Window::new(wider(window.x, spans * width), wider(window.y, spans * height))
}

/// The window between two of its opposite corners.
#[must_use]
pub fn between(a: [f64; 2], b: [f64; 2]) -> Window {
    let sorted = |k: usize| [a[k].min(b[k]), a[k].max(b[k])];
    Window::new(sorted(0), sorted(1))
}

/// The part of the segment from `a` to `b` that lies in `window`; none where an end or an edge is no number.
#[must_use]
pub fn segment(window: Window, a: [f64; 2], b: [f64; 2]) -> Option<[[f64; 2]; 2]> {
    // Nearly all segments of a map; what follows would come to the same.
    if window.contains(a) && window.contains(b) {
        return Some([a, b]);
    }
    if !a.iter().chain(&b).chain(&window.x).chain(&window.y).all(|x| x.is_finite()) {
        return None;
    }
    let [x, y] = window.centre();
    let out = |at: [f64; 2]| (at[0] - x).abs().max((at[1] - y).abs());
    let (a, b) =
        if out(a) > out(b) { (nearer(window, a, b), b) } else { (a, nearer(window, b, a)) };
    let (mut enter, mut leave) = (0.0f64, 1.0f64);
    for (k, [low, high]) in [window.x, window.y].into_iter().enumerate() {
        // Beside ends like 1e99, `t` cannot tell the window from what lies beside it.
        if a[k].max(b[k]) < low || high < a[k].min(b[k]) {
            return None;
        }
        let way = b[k] - a[k];
        if way == 0.0 {
            continue;
        }
        let (first, second) = ((low - a[k]) / way, (high - a[k]) / way);
        enter = enter.max(first.min(second));
        leave = leave.min(first.max(second));
    }
    let at = |t: f64| {
        if t <= 0.0 && window.contains(a) {
            a
        } else if t >= 1.0 && window.contains(b) {
            b
        } else {
            inside(window, [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])])
        }
    };
    (enter <= leave).then(|| [inside(window, at(enter)), inside(window, at(leave))])
}

/// The nearest place in the window, and a place of it where the window or the place is no number: `clamp` would panic.
fn inside(window: Window, [x, y]: [f64; 2]) -> [f64; 2] {
    let within = |x: f64, [low, high]: [f64; 2]| x.max(low).min(high);
    [within(x, window.x), within(y, window.y)]
}

/// `far` moved towards `near` until it is not so far that the part inside of the window would drown in rounding.
fn nearer(window: Window, far: [f64; 2], near: [f64; 2]) -> [f64; 2] {
    /// In spans of the window: 2⁵³ less six digits for the part inside.
    const FARTHEST: f64 = 1e9;
    let [width, height] = window.span();
    let way = [far[0] - near[0], far[1] - near[1]];
    let longest = (way[0] / width).abs().max((way[1] / height).abs());
    let shorter = FARTHEST / longest;
    if shorter < 1.0 && shorter.is_finite() {
        [near[0] + shorter * way[0], near[1] + shorter * way[1]]
    } else {
        far
    }
}

/// The parts of a line that lie in `window`, in order.
#[must_use]
pub fn path(window: Window, points: impl IntoIterator<Item = [f64; 2]>) -> Vec<Vec<[f64; 2]>> {
    let mut parts: Vec<Vec<[f64; 2]>> = Vec::new();
    let mut before: Option<[f64; 2]> = None;
    let mut open = false;
    for point in points {
        if let Some(before) = before {
            match segment(window, before, point) {
                Some([from, to]) => {
                    match parts.last_mut() {
                        Some(part) if open => part.push(to),
                        _ => parts.push(vec![from, to]),
                    }
                    open = same(to, point);
                }
                None => open = false,
            }
        }
        before = Some(point);
    }
    parts
}

/// The part of a filled outline inside of a window; it has the window's edges where it leaves it.
///
/// I. Sutherland and G. Hodgman (1974), "Reentrant polygon clipping", Commun. ACM 17(1): what each edge leaves is cut
/// by the next.
#[must_use]
pub fn area(window: Window, corners: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let edges = [
        (0, 1.0, window.x[0]),
        (0, -1.0, window.x[1]),
        (1, 1.0, window.y[0]),
        (1, -1.0, window.y[1]),
    ];
    let mut outline: Vec<[f64; 2]> =
        corners.iter().copied().filter(|at| at.iter().all(|x| x.is_finite())).collect();
    for (axis, sign, limit) in edges {
        let depth = |at: [f64; 2]| sign * (at[axis] - limit);
        let mut kept = Vec::with_capacity(outline.len() + 4);
        for (k, &here) in outline.iter().enumerate() {
            let next = outline[(k + 1) % outline.len()];
            let (from, to) = (depth(here), depth(next));
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
    outline
}

fn same(a: [f64; 2], b: [f64; 2]) -> bool {
    a[0].to_bits() == b[0].to_bits() && a[1].to_bits() == b[1].to_bits()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const UNIT: Window = Window::new([0.0, 1.0], [0.0, 1.0]);

    #[test]
    fn a_line_that_leaves_and_comes_back_is_two_lines() {
        let line = [[0.5, 0.5], [2.5, 0.5], [2.5, 0.8], [0.5, 0.8]];
        let parts = path(UNIT, line);
        assert_eq!(parts, [vec![[0.5, 0.5], [1.0, 0.5]], vec![[1.0, 0.8], [0.5, 0.8]]]);
    }

    #[test]
    fn a_line_inside_is_left_as_it_is() {
        let line = [[0.1, 0.1], [0.2, 0.3], [0.9, 0.9]];
        assert_eq!(path(UNIT, line), [line.to_vec()]);
    }

    #[test]
    fn a_line_that_leaves_for_good_is_drawn_up_to_the_edge() {
        let [from, to] = segment(UNIT, [0.5, 0.5], [1e90, 0.5]).unwrap();
        assert!(same(from, [0.5, 0.5]));
        assert!((to[0] - 1.0).abs() < 1e-6 && (to[1] - 0.5).abs() < 1e-6, "{to:?}");
    }

    #[test]
    fn a_window_that_is_no_number_holds_no_line() {
        let windows = [
            Window::new([f64::NAN, 1.0], [0.0, 1.0]),
            Window::new([0.0, f64::INFINITY], [f64::NAN, f64::NAN]),
            Window::new([1.0, 0.0], [0.0, 1.0]),
        ];
        for window in windows {
            assert!(segment(window, [2.0, 2.0], [-2.0, 0.5]).is_none(), "{window:?}");
        }
        assert!(segment(UNIT, [f64::NAN, 0.0], [1.0, 1.0]).is_none());
    }

    #[test]
    fn an_outline_around_the_window_becomes_the_window() {
        let huge = [[-1e9, -1e9], [1e9, -1e9], [1e9, 1e9], [-1e9, 1e9]];
        assert_eq!(area(UNIT, &huge).len(), 4);
        assert!(area(UNIT, &[[1e9, 0.0], [2e9, 0.0], [2e9, 1.0]]).is_empty());
    }

    proptest! {
        #[test]
        fn nothing_outside_is_left(a in prop::array::uniform2(-1e100f64..1e100), b in prop::array::uniform2(-2.0f64..2.0)) {
            if let Some(ends) = segment(UNIT, a, b) {
                for [x, y] in ends {
                    prop_assert!((-1e-6..=1.0 + 1e-6).contains(&x) && (-1e-6..=1.0 + 1e-6).contains(&y), "{x}, {y}");
                }
            }
        }
    }
}
