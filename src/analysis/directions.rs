//! Angles between directions in weight space.

use ndarray::ArrayView1;

use crate::math::norm::Norm;
use crate::optim::ascent::FLAT;

/// The cosine of the angle between two vectors; none where one is too short to have a direction, or not finite.
#[must_use]
pub fn cosine(a: ArrayView1<'_, f64>, b: ArrayView1<'_, f64>) -> Option<f64> {
    let [long, other] = [a, b].map(|v| Norm::L2.length(v));
    if !(FLAT..f64::INFINITY).contains(&long) || !(FLAT..f64::INFINITY).contains(&other) {
        return None;
    }
    // Divided first: the product of two tiny lengths would be zero.
    let cosine = (&a / long).dot(&(&b / other));
    cosine.is_finite().then(|| cosine.clamp(-1.0, 1.0))
}

/// The angle between two vectors in degrees, from 0 to 180; likewise.
#[must_use]
pub fn angle(a: ArrayView1<'_, f64>, b: ArrayView1<'_, f64>) -> Option<f64> {
    cosine(a, b).map(|cosine| libm::acos(cosine).to_degrees())
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn what_has_no_direction_has_no_angle() {
        let (x, y) = (array![2.0, 0.0], array![0.0, 3e-9]);
        assert!((angle(x.view(), y.view()).unwrap() - 90.0).abs() < 1e-12);
        assert_eq!(angle(x.view(), (-&x).view()), Some(180.0));
        assert_eq!(cosine(x.view(), array![0.0, 0.0].view()), None);
        assert_eq!(cosine(x.view(), array![f64::NAN, 1.0].view()), None);
        assert_eq!(cosine(x.view(), array![1e-13, 0.0].view()), None);
    }
}
