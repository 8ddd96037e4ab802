//! Fewer points for the same line.
//!
//! D. Douglas and T. Peucker (1973), "Algorithms for the reduction of the number of points required to represent a
//! digitized line or its caricature", Cartographica 10(2): a stretch is its chord if no point of it is farther from the
//! chord than the tolerance; otherwise it is split at the farthest one.

/// The points of `line` without those that lie within `tolerance` of what remains; ends stay.
#[must_use]
pub fn thinned(line: &[[f64; 2]], tolerance: f64) -> Vec<[f64; 2]> {
    let Some(last) = line.len().checked_sub(1) else { return Vec::new() };
    let mut kept = vec![false; line.len()];
    kept[0] = true;
    kept[last] = true;
    let mut stretches = vec![(0, last)];
    while let Some((from, to)) = stretches.pop() {
        let farthest = (from + 1..to)
            .map(|k| (k, from_chord(line[k], line[from], line[to])))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((k, _)) = farthest.filter(|(_, apart)| *apart > tolerance) {
            kept[k] = true;
            stretches.extend([(from, k), (k, to)]);
        }
    }
    line.iter().zip(kept).filter(|(_, kept)| *kept).map(|(point, _)| *point).collect()
}

/// How far `at` is from the segment from `a` to `b`.
fn from_chord(at: [f64; 2], a: [f64; 2], b: [f64; 2]) -> f64 {
    let chord = [b[0] - a[0], b[1] - a[1]];
    let way = [at[0] - a[0], at[1] - a[1]];
    let length = chord[0] * chord[0] + chord[1] * chord[1];
    let along = if length > 0.0 {
        ((way[0] * chord[0] + way[1] * chord[1]) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    (way[0] - along * chord[0]).hypot(way[1] - along * chord[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_straight_line_is_its_ends_and_a_corner_stays() {
        let straight: Vec<[f64; 2]> = (0..50).map(|k| [f64::from(k), 2.0 * f64::from(k)]).collect();
        assert_eq!(thinned(&straight, 1e-9), [[0.0, 0.0], [49.0, 98.0]]);
        let corner = [[0.0, 0.0], [1.0, 0.0], [2.0, 0.0], [2.0, 1.0], [2.0, 2.0]];
        assert_eq!(thinned(&corner, 1e-9), [[0.0, 0.0], [2.0, 0.0], [2.0, 2.0]]);
    }

    #[test]
    fn a_circle_keeps_its_shape() {
        let circle: Vec<[f64; 2]> = (0..=1000)
            .map(|k| (std::f64::consts::TAU * f64::from(k) / 1000.0).sin_cos())
            .map(|(y, x)| [x, y])
            .collect();
        let kept = thinned(&circle, 1e-3);
        assert!((30..200).contains(&kept.len()), "{}", kept.len());
        for point in &circle {
            let near = kept.windows(2).any(|ends| from_chord(*point, ends[0], ends[1]) <= 1e-3);
            assert!(near);
        }
    }

    #[test]
    fn short_lines_are_left_alone() {
        assert!(thinned(&[], 1.0).is_empty());
        assert_eq!(thinned(&[[1.0, 2.0]], 1.0), [[1.0, 2.0]]);
    }
}
