//! Tests of widths and outlines.

use super::*;
use kurbo::Shape as _;
use proptest::prelude::*;

#[test]
fn the_bundled_files_are_fonts() {
    assert!(FACES.is_some());
}

#[test]
fn digits_are_equally_wide_in_both_weights() {
    for face in [Face::Regular, Face::Strong] {
        for number in ["0", "7", "9", "−"] {
            assert!((width(number, face, 10.0) - 6.0).abs() < 1e-12, "{number}");
        }
    }
}

#[test]
fn signs_of_the_second_font_have_its_widths() {
    assert!(width("‖∇L‖", Face::Regular, 10.0) > width("L", Face::Regular, 10.0) + 10.0);
    let (plain, hat) = (width("ε", Face::Regular, 1.0), width("ε̂", Face::Regular, 1.0));
    assert!((plain - hat).abs() < 1e-12, "a hat stands over its letter: {plain} and {hat}");
}

#[test]
fn what_no_font_has_is_named_and_drawn_as_a_box() {
    assert_eq!(lacking("η = 漢 字漢 \u{200D}"), ['漢', '字']);
    assert!(lacking("λ_max(w) ∇²L ‖g‖₂ ε̂ 𝒩 ½ “SAM’s”").is_empty());
    assert!((width("漢", Face::Regular, 1.0) - width("□", Face::Regular, 1.0)).abs() < 1e-12);
}

#[test]
fn no_line_is_wider_than_asked_and_no_word_is_lost() {
    let text = "Left the narrow basin at step 13, rattles in the wide one";
    let lines = broken(text, 150.0, Face::Regular, 12.5);
    let wide = |line: &String| width(line, Face::Regular, 12.5);
    assert!(lines.len() > 1 && lines.iter().all(|line| wide(line) <= 150.0));
    assert_eq!(lines.join(" "), text);
}

#[test]
fn what_does_not_fit_into_its_lines_ends_in_an_ellipsis() {
    let text = "Left the narrow basin at step 13, rattles in the wide one";
    let two = lines(text, 120.0, Face::Regular, 12.5, 2);
    assert!(two.len() == 2 && two[1].ends_with('…'), "{two:?}");
    assert_eq!(lines(text, 1e3, Face::Regular, 12.5, 2), [text]);
    assert!(lines(text, 1e3, Face::Regular, 12.5, 0).is_empty());
}

#[test]
fn an_outline_stands_on_the_baseline() {
    let bounds = outline("H", Face::Regular, 100.0).bounding_box();
    assert!(bounds.y1.abs() < 1e-6 && (-75.0..-65.0).contains(&bounds.y0), "{bounds:?}");
    assert!(outline("  ", Face::Regular, 10.0).is_empty());
}

proptest! {
    #[test]
    fn a_cut_text_fits_or_is_an_ellipsis(text in "\\PC{0,40}", most in 0.0f64..200.0) {
        let short = cut(&text, most, Face::Regular, 10.0);
        prop_assert!(width(&short, Face::Regular, 10.0) <= most || short == "…");
    }
}
