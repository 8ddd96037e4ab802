//! How plain texts become formulas.

use proptest::prelude::*;

use super::lay::Bit;
use super::parse::{Node, parse};
use super::*;

fn word(text: &str) -> Node {
    Node::Word(text.to_owned())
}

fn letters(set: &Typeset) -> Vec<(String, [f64; 2], f64, Ink)> {
    let of = |bit: &Bit| match bit {
        Bit::Letters { at, text, size, ink } => Some((text.clone(), *at, *size, *ink)),
        Bit::Stroke { .. } => None,
    };
    set.bits.iter().filter_map(of).collect()
}

fn said(text: &str) -> Typeset {
    typeset(text, 10.0, Ink::Text, Some(Ink::Run(1)))
}

fn place(set: &Typeset, word: &str) -> [f64; 2] {
    let found = letters(set).into_iter().find(|(text, ..)| text == word);
    found.unwrap_or_else(|| panic!("no {word} among {:?}", letters(set))).1
}

#[test]
fn a_stroke_makes_a_fraction_of_what_stands_beside_it() {
    let norm =
        |letter: &str| Node::Fence { open: '‖', close: '‖', inner: Box::new(word(letter)) };
    let fraction = Node::Fraction(Box::new(word("g")), Box::new(norm("g")));
    assert_eq!(parse("ρ g/‖g‖"), Node::Row(vec![(false, word("ρ")), (true, fraction)]));
    // With spaces or without; brackets around the whole of a part go.
    let over = |below: Node| Node::Fraction(Box::new(word("m̂")), Box::new(below));
    let sum = Node::Row(vec![(false, word("δ")), (true, word("+")), (true, word("1"))]);
    assert_eq!(parse("m̂ / (δ + 1)"), over(sum.clone()));
    assert_eq!(parse("m̂/(δ + 1)"), over(sum));
}

#[test]
fn numerator_and_denominator_stand_above_and_below_the_line() {
    let set = said("ε = ρ g/‖w‖");
    assert!(place(&set, "g")[1] < 0.0 && place(&set, "w")[1] > 0.0);
    assert_eq!(place(&set, "ρ")[1], 0.0);
    assert!(set.ascent > 10.0 && set.descent > 5.0);
}

#[test]
fn roots_and_scripts_have_their_places() {
    let set = said("√v + x^(q − 1) + ‖ε‖_p");
    assert!(matches!(set.bits.iter().filter(|bit| matches!(bit, Bit::Stroke { .. })).count(), 1));
    assert!(place(&set, "q")[1] < 0.0 && place(&set, "p")[1] > 0.0);
    let small = letters(&set).into_iter().find(|(text, ..)| text == "p").unwrap().2;
    assert!((small - 7.0).abs() < 1e-9);
}

#[test]
fn symbols_have_the_ink_that_they_have_on_the_map() {
    let set = said("w′ = w − η g_SAM");
    let ink = |word: &str| letters(&set).into_iter().find(|(text, ..)| text == word).unwrap().3;
    assert_eq!(ink("w′"), Ink::Run(1));
    assert_eq!([ink("g"), ink("SAM")], [Ink::Gradient; 2]);
    assert_eq!(ink("η"), Ink::Text);
}

#[test]
fn every_formula_of_the_catalogues_is_set_within_its_box() {
    let ascents = crate::optim::ascent::ALL.entries.iter().map(|entry| entry.formula);
    let bases = crate::optim::base::ALL.entries.iter().map(|entry| entry.formula);
    for text in ascents.chain(bases) {
        let set = said(text);
        for (word, at, size, ink) in letters(&set) {
            let face = super::super::metrics::Face::of_words(ink);
            let wide = super::super::metrics::width(&word, face, size);
            assert!(at[0] >= 0.0 && at[0] + wide <= set.width + 1e-6, "{text}: {word}");
            assert!(at[1] - 0.78 * size >= -set.ascent - 1e-6, "{text}: {word}");
            assert!(at[1] + 0.22 * size <= set.descent + 1e-6, "{text}: {word}");
        }
    }
}

#[test]
fn brackets_grow_with_what_they_hold() {
    let strokes =
        |text: &str| said(text).bits.iter().filter(|bit| matches!(bit, Bit::Stroke { .. })).count();
    assert_eq!(strokes("(a + b)"), 0);
    assert_eq!(strokes("g + α (a/b) h"), 3);
}

proptest! {
    #[test]
    fn every_text_is_a_formula_and_loses_no_letter(
        text in proptest::collection::vec(
            proptest::sample::select("ab1gεw().‖|√/^_ {}[]+−=, ½²ₐ̂⌊⌋′".chars().collect::<Vec<_>>()),
            0..40,
        ).prop_map(|letters| letters.into_iter().collect::<String>())
    ) {
        let set = said(&text);
        prop_assert!(set.width.is_finite() && set.ascent >= 0.0);
        let count = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
        let drawn: usize = letters(&set).iter().map(|(text, ..)| count(text)).sum();
        prop_assert_eq!(drawn, count(&text), "{}", text);
    }

    #[test]
    fn a_text_of_brackets_does_not_end_the_program(open in 0..3000usize) {
        let text = format!("{}x{}", "(".repeat(open), ")".repeat(open));
        prop_assert!(said(&text).width > 0.0);
    }
}
