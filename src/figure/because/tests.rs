//! Tests of how an inquiry is told.

use super::told_apart;

#[test]
fn numbers_have_the_digits_that_tell_them_apart() {
    let apart = |a, b| told_apart([a, b]);
    assert_eq!(apart(0.077_98, 0.077_81), ["0.0780", "0.0778"]);
    assert_eq!(apart(0.077_923_4, 0.077_924_1), ["0.077923", "0.077924"]);
    assert_eq!(apart(0.15, 0.0), ["0.150", "0.000"]);
    assert_eq!(apart(12.0, 12.5), ["12.0", "12.5"]);
}
