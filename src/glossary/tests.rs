//! The file of terms is whole, and words lead where they should.

use super::*;

#[test]
fn the_file_can_be_read_and_every_reference_leads_somewhere() {
    let terms = read::terms(include_str!("../../assets/glossary.toml")).unwrap();
    assert_eq!(terms.len(), all().len());
    assert!(all().len() > 40);
    for (k, term) in all().iter().enumerate() {
        assert!(!all()[..k].iter().any(|other| other.id == term.id), "{} stands twice", term.id);
        for id in &term.see {
            assert!(super::term(id).is_some_and(|other| other.id != term.id), "{}: {id}", term.id);
        }
        assert!(term.name.chars().count() <= 32, "{}: a long name", term.id);
        assert!(term.said.chars().count() <= 110, "{}: a long sentence", term.id);
        assert!(term.said.ends_with(['.', '?']) && term.more.ends_with('.'), "{}", term.id);
        assert!(!term.symbol.contains('/'), "{}: a fraction is higher than its line", term.id);
        assert_eq!(term.more.matches('$').count() % 2, 0, "{}: a $ is not closed", term.id);
    }
}

#[test]
fn no_name_and_no_word_leads_to_two_terms() {
    for (kind, of) in
        [("name", (|term| &term.names) as fn(&Term) -> &Vec<String>), ("word", |term| &term.words)]
    {
        let mut seen: Vec<(&str, &str)> = Vec::new();
        for term in all() {
            for call in of(term) {
                let other = seen.iter().find(|(known, _)| known == call);
                assert!(other.is_none(), "the {kind} {call} is of {} and {other:?}", term.id);
                seen.push((call, &term.id));
            }
        }
    }
}

#[test]
fn names_of_the_window_lead_to_their_terms() {
    for (shown, id) in [
        ("ρ", "radius"),
        ("‖ε‖, p = 2", "perturbation"),
        ("‖ε‖, own p", "perturbation"),
        ("worst case ≥", "worst_case"),
        ("w", "weights"),
        ("L(w + ε)", "perturbed_weights"),
        ("L(w)", "loss"),
    ] {
        assert_eq!(named(shown).map(|term| term.id.as_str()), Some(id), "{shown}");
    }
    assert_eq!(named("p of nothing"), None);
    assert_eq!(of("mistake", "reversed").map(|term| term.id.as_str()), Some("mistake"));
    assert_eq!(of("ascent", "none").map(|term| term.id.as_str()), Some("ascent"));
    assert_eq!(of("colour", "red"), None);
}

#[test]
fn formulas_of_catalogues_are_taken_from_there() {
    let gsam = crate::optim::ascent::ALL.find("gsam").unwrap();
    let term = of("ascent", "gsam").unwrap();
    assert_eq!((term.formula.as_str(), term.source.as_str()), (gsam.formula, gsam.source));
    let own = |line: &&str| line.starts_with("of = \"ascent ") || line.starts_with("of = \"base ");
    for block in include_str!("../../assets/glossary.toml").split("[[term]]") {
        let is_a_member = block.lines().any(|line| own(&line));
        assert!(!(is_a_member && block.contains("\nformula = ")), "written twice: {block}");
    }
}

#[test]
fn words_in_a_text_are_found_whole_and_the_longest_first() {
    let found = |text: &'static str| {
        let all = in_text(text).into_iter();
        all.map(|(range, term)| (&text[range], term.id.as_str())).collect::<Vec<_>>()
    };
    assert_eq!(
        found("Weight decay pulls; the loss-free ball has radius ρ."),
        [("Weight decay", "weight_decay"), ("ball", "ball"), ("radius", "radius"), ("ρ", "radius")]
    );
    assert_eq!(
        found("m-SAM and SAM, ε̂ = ρ\u{A0}g"),
        [("m-SAM", "m_sam"), ("SAM", "sam"), ("ε̂", "perturbation"), ("ρ", "radius")]
    );
    assert!(found("football, gaps, SAMs").is_empty());
}

#[test]
fn what_is_typed_finds_the_term_or_the_nearest() {
    for (typed, id) in [
        ("ρ", "radius"),
        ("Learning Rate", "learning_rate"),
        ("lambda_max", "lambda_max"),
        ("gsam", "gsam"),
    ] {
        assert_eq!(find(typed).map(|term| term.id.as_str()), Ok(id));
    }
    let said = find("radios").unwrap_err().to_string();
    assert_eq!(said, "there is no term \"radios\"; did you mean radius?");
    assert!(find("zzzz").unwrap_err().to_string().contains("choose one of"));
    let first = |typed: &str| matching(typed).first().map(|term| term.id.as_str());
    assert_eq!(first("gap"), Some("gap"));
    assert_eq!(first("η"), Some("learning_rate"));
    assert_eq!(first("edge"), Some("edge"));
    assert_eq!(matching("").len(), all().len());
    assert!(matching("xyzzy").is_empty());
}
