//! The camera: a parallel projection, from a side and a height.
//!
//! ```text
//! r = (cos α, −sin α)     to the right                α azimuth, ε elevation
//! f = (sin α,  cos α)     forward, along the ground
//! u = r · (x, y)          v = sin ε · f · (x, y) + cos ε · z          away = cos ε · f · (x, y) − sin ε · z
//! ```
//!
//! Parallel lines stay parallel and a unit is as long wherever it is, so that what is measured on one side of a relief can
//! be compared with the other. From straight above, ε = 90°, and with α = 0 it is the map itself.

use crate::scene::prospect::Bearing;

/// A parallel projection of space onto a plane, about a place on the ground.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Camera {
    /// What is looked at: the place of the ground that lies at the origin of the plane.
    centre: [f64; 2],
    right: [f64; 2],
    forward: [f64; 2],
    sine: f64,
    cosine: f64,
}

impl Camera {
    /// The camera that looks at `centre` so.
    #[must_use]
    pub fn new(centre: [f64; 2], bearing: Bearing) -> Self {
        let (sin, cos) = turn(bearing.azimuth());
        let (sine, cosine) = turn(bearing.elevation());
        Self { centre, right: [cos, -sin], forward: [sin, cos], sine, cosine }
    }

    /// Where a place is seen: to the right and up.
    #[must_use]
    pub fn project(&self, [x, y, z]: [f64; 3]) -> [f64; 2] {
        let [right, forward] = self.along([x, y]);
        [right, self.sine * forward + self.cosine * z]
    }

    /// How far away a place is: of two that are seen at one place, the lesser is in front.
    #[must_use]
    pub fn away(&self, [x, y, z]: [f64; 3]) -> f64 {
        self.cosine * self.along([x, y])[1] - self.sine * z
    }

    /// The place at a height that is seen there.
    #[must_use]
    pub fn at_height(&self, [u, v]: [f64; 2], z: f64) -> [f64; 2] {
        self.on_ground([u, (v - self.cosine * z) / self.sine])
    }

    /// How one moves over the ground by moving so far to the right and up in the plane.
    #[must_use]
    pub fn over_ground(&self, [u, v]: [f64; 2]) -> [f64; 2] {
        let from = self.on_ground([0.0, 0.0]);
        let to = self.on_ground([u, v / self.sine]);
        [to[0] - from[0], to[1] - from[1]]
    }

    /// The way from a place towards the viewer, a unit long.
    #[must_use]
    pub fn to_viewer(&self) -> [f64; 3] {
        [-self.cosine * self.forward[0], -self.cosine * self.forward[1], self.sine]
    }

    /// Which way along the ground leads away from the viewer.
    #[must_use]
    pub fn forward(&self) -> [f64; 2] {
        self.forward
    }

    fn along(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let from = [x - self.centre[0], y - self.centre[1]];
        let along = |way: [f64; 2]| way[0] * from[0] + way[1] * from[1];
        [along(self.right), along(self.forward)]
    }

    fn on_ground(&self, [right, forward]: [f64; 2]) -> [f64; 2] {
        [0, 1].map(|k| self.centre[k] + right * self.right[k] + forward * self.forward[k])
    }
}

/// Sine and cosine of so many degrees; of the four right angles exactly, so that nothing is askew there.
fn turn(degrees: f64) -> (f64, f64) {
    let quarters = (degrees / 90.0).round();
    let (sin, cos) = libm::sincos((degrees - 90.0 * quarters).to_radians());
    #[expect(clippy::cast_possible_truncation, reason = "one of four")]
    match quarters.rem_euclid(4.0) as i8 {
        0 => (sin, cos),
        1 => (cos, -sin),
        2 => (-sin, -cos),
        _ => (-cos, sin),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cameras() -> impl Strategy<Value = Camera> {
        (0.0f64..360.0, 10.0f64..=90.0, -3.0f64..3.0, -3.0f64..3.0)
            .prop_map(|(a, e, x, y)| Camera::new([x, y], Bearing::new(a, e).unwrap()))
    }

    fn places() -> impl Strategy<Value = [f64; 3]> {
        [-5.0f64..5.0, -5.0f64..5.0, -5.0f64..5.0]
    }

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9
    }

    proptest! {
        #[test]
        fn a_whole_turn_changes_nothing(azimuth in 0u16..360, elevation in 10u8..=90, at in places()) {
            let [once, again] = [0.0, 360.0].map(|more| {
                let bearing = Bearing::new(f64::from(azimuth) + more, elevation.into()).unwrap();
                Camera::new([0.5, -0.25], bearing).project(at)
            });
            prop_assert_eq!(once, again);
        }

        #[test]
        fn right_up_and_away_are_a_turned_frame(camera in cameras(), a in places(), b in places()) {
            // Distances are kept where all three are counted.
            let of = |at: [f64; 3]| { let [u, v] = camera.project(at); [u, v, camera.away(at)] };
            let far = |a: [f64; 3], b: [f64; 3]| (0..3).map(|k| (a[k] - b[k]).powi(2)).sum::<f64>();
            prop_assert!(near(far(of(a), of(b)), far(a, b)));
        }

        #[test]
        fn towards_the_viewer_nothing_moves_in_the_plane_and_all_comes_nearer(
            camera in cameras(), at in places(), t in 0.1f64..5.0,
        ) {
            let way = camera.to_viewer();
            let nearer = [0, 1, 2].map(|k| at[k] + t * way[k]);
            let (before, after) = (camera.project(at), camera.project(nearer));
            prop_assert!(near(before[0], after[0]) && near(before[1], after[1]));
            prop_assert!(near(camera.away(at) - camera.away(nearer), t));
        }

        #[test]
        fn a_plane_is_seen_as_a_plane(camera in cameras(), a in places(), b in places(), t in 0.0f64..1.0) {
            // What lies between two places is seen between them, in the same ratio.
            let between = [0, 1, 2].map(|k| a[k] + t * (b[k] - a[k]));
            let (from, to, seen) = (camera.project(a), camera.project(b), camera.project(between));
            for k in 0..2 {
                prop_assert!(near(seen[k], from[k] + t * (to[k] - from[k])));
            }
        }

        #[test]
        fn what_is_seen_at_a_height_is_found_there(camera in cameras(), at in places()) {
            let [x, y] = camera.at_height(camera.project(at), at[2]);
            prop_assert!((x - at[0]).abs() + (y - at[1]).abs() < 1e-8);
            let [across, up] = camera.over_ground([0.3, -0.2]);
            let moved = camera.project([at[0] + across, at[1] + up, at[2]]);
            let before = camera.project(at);
            prop_assert!(near(moved[0] - before[0], 0.3) && near(moved[1] - before[1], -0.2));
        }
    }

    #[test]
    fn from_straight_above_it_is_the_map() {
        let camera = Camera::new([1.0, 2.0], Bearing::new(0.0, 90.0).unwrap());
        assert_eq!(camera.project([3.0, 5.0, 7.0]), [2.0, 3.0]);
        let east = Camera::new([0.0, 0.0], Bearing::new(90.0, 90.0).unwrap());
        // One who looks to the right of the map has its upper side at the left.
        assert_eq!(east.project([0.0, 1.0, 0.0]), [-1.0, 0.0]);
    }
}
