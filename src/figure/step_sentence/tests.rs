//! Every branch of the sentence of a step, and of the way that it goes.

use ndarray::array;

use super::*;

fn around(ratio: f64, turned: Option<f64>) -> Facts {
    Facts {
        name: "SAM".to_owned(),
        base: "SGD".to_owned(),
        looked: Looked::Around { ratio, turned },
        way: Way::Down,
        otherwise: None,
        longer: None,
        is_taken: true,
    }
}

#[test]
fn the_gradient_is_told_by_its_length_and_its_turn() {
    let cases = [
        (
            12.04,
            Some(17.2),
            "At w + ε the gradient is 12 times as long as at w, turned by 17°: SAM steps down the slope.",
        ),
        (
            2.01,
            Some(2.0),
            "At w + ε the gradient is twice as long as at w: SAM steps down the slope.",
        ),
        (
            0.31,
            Some(160.0),
            "At w + ε the gradient is 0.31 times as long as at w and turned round, by 160°: SAM steps down the slope.",
        ),
        (
            1.05,
            Some(4.9),
            "At w + ε the gradient is about as long as at w: SAM steps down the slope.",
        ),
        (0.0, None, "At w + ε the gradient vanishes: SAM steps down the slope."),
    ];
    for (ratio, turned, said) in cases {
        assert_eq!(sentence(&around(ratio, turned)), said);
    }
}

#[test]
fn the_base_is_told_by_how_far_it_would_go_and_where() {
    let cases = [
        (Some(0.02), Some(80.0), "hardly move"),
        (Some(1.02), Some(1.0), "make nearly the same step"),
        (Some(0.5), Some(12.0), "go about the same way, half as far"),
        (Some(2.0), Some(170.0), "go the other way, twice as far"),
        (Some(1.0), Some(75.0), "go as far, 75° to the side"),
        (Some(0.0), None, "not move"),
        (None, None, "move on"),
    ];
    for (ratio, turned, said) in cases {
        let otherwise = Some(Otherwise { ratio, turned });
        let text = sentence(&Facts { otherwise, way: Way::Back, ..around(3.0, Some(20.0)) });
        let expected = format!(
            "At w + ε the gradient is 3 times as long as at w, turned by 20°: SAM is thrown back across the valley floor, SGD would {said}."
        );
        assert_eq!(text, expected);
    }
}

#[test]
fn a_run_that_sees_nothing_around_it_is_told_by_its_step() {
    let of = |looked, longer, way| sentence(&Facts { looked, longer, way, ..around(1.0, None) });
    assert_eq!(of(Looked::Never, None, Way::Down), "SAM steps down the slope.");
    assert_eq!(
        of(Looked::Never, Some(0.8), Way::Across),
        "SAM steps across the valley floor, 0.8 times as far as the step before."
    );
    assert_eq!(
        of(Looked::Never, Some(1.04), Way::Up),
        "SAM steps up the slope, about as far as the step before."
    );
    assert_eq!(of(Looked::Never, Some(0.0), Way::Nowhere), "SAM does not move.");
    assert_eq!(
        of(Looked::Flat, None, Way::OffFlatGround),
        "The gradient is too flat to be climbed: SAM steps as SGD does, and leaves level ground."
    );
    assert_eq!(
        of(Looked::Before, None, Way::Along),
        "SAM does not look around at this step and uses what it saw before: it steps along the slope, neither down nor up."
    );
}

#[test]
fn a_step_that_is_not_taken_is_told_as_one() {
    let text = sentence(&Facts { is_taken: false, ..around(2.0, Some(0.0)) });
    assert!(text.ends_with("SAM steps down the slope; the run ends before this step."), "{text}");
}

#[test]
fn the_way_follows_from_the_slopes_at_both_ends() {
    let g = array![1.0, 0.0];
    let way = |u: [f64; 2], ahead: f64, before: Option<[f64; 2]>| {
        let before = before.map(|[x, y]| array![x, y]);
        let u = array![u[0], u[1]];
        super::way(g.view(), u.view(), ahead, before.as_ref().map(|before| before.view()))
    };
    assert_eq!(way([-1.0, 0.1], -0.2, None), Way::Down);
    assert_eq!(way([-1.0, 0.1], 0.2, Some([-1.0, 0.0])), Way::Across);
    assert_eq!(way([-1.0, 0.1], 0.2, None), Way::Across);
    assert_eq!(way([-1.0, 0.1], 0.2, Some([1.0, 0.0])), Way::Back);
    assert_eq!(way([-0.1, 1.0], 0.2, None), Way::Along);
    assert_eq!(way([1.0, 0.1], 0.2, None), Way::Up);
    assert_eq!(way([0.0, 0.0], 0.0, None), Way::Nowhere);
    let flat = array![0.0, 1e-13];
    assert_eq!(super::way(flat.view(), g.view(), 0.0, None), Way::OffFlatGround);
}

#[test]
fn angles_of_tiny_and_of_no_vectors() {
    let (a, b) = (array![1e-200, 0.0], array![0.0, -1e-180]);
    assert!((angle(a.view(), b.view()).unwrap() - 90.0).abs() < 1e-9);
    assert_eq!(angle(a.view(), array![0.0, 0.0].view()), None);
}
