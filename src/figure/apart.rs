//! Moving labels apart: as little as it takes, in their order, and inside of their room.
//!
//! ```text
//! minimise Σ (y_i − wanted_i)²   with   y_{i+1} − y_i ≥ (h_i + h_{i+1}) / 2
//! ```
//!
//! With `z_i = y_i − (all heights between the first label and this one)` the conditions say that `z` does not fall, so
//! this is isotonic regression, which pooling solves exactly: R. Barlow et al. (1972), "Statistical Inference under
//! Order Restrictions". Its solution, cut at the ends of the room, is the solution with these ends.

/// Where the middles of labels stand, given where each wants to stand and how high it is.
///
/// Labels that want the same place keep their order. They overlap only where `room` is lower than all of them together.
#[must_use]
pub fn apart(wanted: &[f64], heights: &[f64], [top, bottom]: [f64; 2]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len().min(heights.len())).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]));
    let mut below = 0.0;
    // How far the middle of each label is from the top of the first where all touch.
    let offsets: Vec<f64> = order
        .iter()
        .map(|&k| {
            let middle = below + heights[k] / 2.0;
            below += heights[k];
            middle
        })
        .collect();
    let mut pools: Vec<Pool> = Vec::new();
    for (&k, offset) in order.iter().zip(&offsets) {
        let mut pool = Pool { sum: wanted[k] - offset, count: 1 };
        while let Some(above) = pools.pop_if(|above| above.mean() >= pool.mean()) {
            pool = Pool { sum: above.sum + pool.sum, count: above.count + pool.count };
        }
        pools.push(pool);
    }
    let last = (bottom - below).max(top);
    let shifts = pools.iter().flat_map(|pool| std::iter::repeat_n(pool.mean(), pool.count));
    let mut middles = vec![0.0; order.len()];
    for ((&k, offset), shift) in order.iter().zip(&offsets).zip(shifts) {
        middles[k] = offset + shift.max(top).min(last);
    }
    middles
}

/// Labels that touch, and move together.
struct Pool {
    sum: f64,
    count: usize,
}

impl Pool {
    fn mean(&self) -> f64 {
        self.sum / self.count as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_has_room_stays_where_it_is() {
        assert_eq!(apart(&[50.0, 10.0], &[10.0, 10.0], [0.0, 100.0]), [50.0, 10.0]);
    }

    #[test]
    fn what_wants_one_place_shares_it_in_order() {
        assert_eq!(apart(&[50.0; 3], &[10.0; 3], [0.0, 100.0]), [40.0, 50.0, 60.0]);
        assert_eq!(apart(&[99.0; 2], &[10.0; 2], [0.0, 100.0]), [85.0, 95.0]);
    }

    proptest! {
        #[test]
        fn none_overlap_and_none_leave_the_room(
            labels in prop::collection::vec((-50.0f64..150.0, 1.0f64..8.0), 1..12),
        ) {
            let (wanted, heights): (Vec<f64>, Vec<f64>) = labels.into_iter().unzip();
            let room = [0.0, 100.0];
            let middles = apart(&wanted, &heights, room);
            for (k, a) in middles.iter().enumerate() {
                prop_assert!(a - heights[k] / 2.0 >= -1e-9 && a + heights[k] / 2.0 <= 100.0 + 1e-9);
                for (j, b) in middles[..k].iter().enumerate() {
                    prop_assert!((a - b).abs() >= (heights[k] + heights[j]) / 2.0 - 1e-9);
                }
            }
        }
    }
}
