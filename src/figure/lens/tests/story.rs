//! Lenses while the story of a step is told.

use super::super::*;
use super::Stand;
use crate::figure::maps;
use crate::figure::metrics::{self, Face};
use crate::figure::phase::{Phase, Told};
use crate::figure::picture::Look;

#[test]
fn no_two_letters_meet_in_any_phase_of_a_story() {
    for text in [
        "",
        "p = inf",
        "ascent = \"n_step\"",
        "ascent = \"gsam\"\nrho = 0.3",
        "base = \"adam\"\neta = 0.05",
    ] {
        let mut stand = Stand::of(text);
        for step in [0, 5, 60] {
            stand.at(step, |picture| {
                for phase in Phase::ALL {
                    for part in [0.0, 0.4, 1.0] {
                        let story = Some(Told { phase, part });
                        let lens = Sight::Whole;
                        let look = Look { story, lens, ..picture.look };
                        let told = Picture { look, ..*picture };
                        for pane in maps::side_by_side(&told) {
                            let Some(lens) = &pane.lens else { continue };
                            assert_apart(
                                &lens.words,
                                lens.size[0],
                                &format!("{text} at {step}, {phase:?}"),
                            );
                        }
                    }
                }
            });
        }
    }
}

/// That no letters below a lens meet, and none are wider than it.
fn assert_apart(words: &[Mark], width: f64, of: &str) {
    let boxes: Vec<(kurbo::Rect, &str)> = words
        .iter()
        .filter_map(|mark| {
            let Mark::Label { at, text, size, ink, .. } = mark else { return None };
            let size = f64::from(*size);
            let face = Face::of_words(*ink);
            let wide = metrics::width(text, face, size);
            // The height of letters without what hangs below.
            let place =
                kurbo::Rect::new(at[0], at[1] - 0.35 * size, at[0] + wide, at[1] + 0.35 * size);
            Some((place, text.as_str()))
        })
        .collect();
    assert!(!boxes.is_empty(), "{of}: nothing is said");
    for (k, (place, text)) in boxes.iter().enumerate() {
        assert!(place.x1 <= width + 0.5, "{of}: {text} is cut");
        for (other, said) in &boxes[..k] {
            assert!(
                !letters::meet(place.inset(-0.2), other.inset(-0.2)) || text.trim().is_empty(),
                "{of}: {text} meets {said}"
            );
        }
    }
}
