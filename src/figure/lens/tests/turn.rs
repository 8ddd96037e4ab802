//! The turn of a gradient that an ascent hands on otherwise than it was found.

use super::super::*;
use super::{Stand, laid};

#[test]
fn gsam_turns_the_gradient_that_was_carried_back() {
    let mut stand = Stand::of("ascent = \"gsam\"\nrho = 0.3\nalpha = 2");
    let mut turned = 0;
    for step in [0, 3, 20, 40] {
        stand.at(step, |picture| {
            let stride = Stride::of(picture, 1).unwrap();
            let (glass, laid) = laid(picture, 1).unwrap();
            let vectors = stride.vectors.unwrap();
            let by = vectors.direction.as_ref().unwrap() - &vectors.gradient_there;
            let scale = -stride.row.numbers.eta * laid.limbs.scale * glass.unit;
            let expected = [scale * by[0], -scale * by[1]];
            if expected[0].hypot(expected[1]) < 3.0 {
                return;
            }
            turned += 1;
            let turn = laid.limbs.get(Part::Turn).expect("what is taken off is drawn");
            assert!(laid.boxes().iter().any(|(text, _)| text.starts_with("η α g")), "step {step}");
            for ((to, from), expected) in turn.to.iter().zip(turn.from).zip(expected) {
                let drawn = to - from;
                assert!((drawn - expected).abs() < 1e-6, "{step}: {drawn} for {expected}");
            }
        });
    }
    assert!(turned > 0);
}
