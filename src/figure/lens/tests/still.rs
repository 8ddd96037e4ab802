//! A lens on a run that stands still.

use super::{Stand, laid};

#[test]
fn a_run_at_rest_has_no_arrows_blown_up_from_rounding() {
    let mut stand = Stand::of(
        "landscape = \"quadratic\"\neta = 0.05\nsteps = 3000\n[[run]]\nascent = \"none\"\n[[run]]",
    );
    let last = stand.last_step();
    stand.at(last, |picture| {
        let Some((_, laid)) = laid(picture, 0) else { panic!("SGD has no lens") };
        assert!(laid.limbs.is_still && laid.limbs.limbs.is_empty(), "{:?}", laid.limbs);
        assert!(laid.letters.placed[0].text.ends_with("still"));
    });
}
