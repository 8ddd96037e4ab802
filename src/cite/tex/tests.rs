use super::*;
use proptest::prelude::*;

#[test]
fn what_latex_takes_for_a_command_is_written_out() {
    assert_eq!(escaped("50 % of_it & $9 #1 {x}"), "50 \\% of\\_it \\& \\$9 \\#1 \\{x\\}");
    assert_eq!(
        escaped("a\\b ^ ~ <a> |x|"),
        "a\\textbackslash{}b \\textasciicircum{} \\textasciitilde{} \\textless{}a\\textgreater{} \\textbar{}x\\textbar{}"
    );
    assert_eq!(escaped("\"so\" — “and” so…"), "''so'' --- ``and'' so\\dots{}");
    assert_eq!(escaped("Lévy & Szegő"), "Lévy \\& Szegő");
    assert_eq!(escaped("雪 \u{7}"), "[U+96EA] [U+0007]");
}

#[test]
fn symbols_are_set_as_mathematics_with_what_belongs_to_them() {
    assert_eq!(escaped("‖g‖ and λ_max = 2/η."), "$\\|g\\|$ and $\\lambda_{\\max} = 2/\\eta$.");
    assert_eq!(escaped("SAM, ρ = 0.1, p = ∞: so"), "SAM, $\\rho = 0.1$, $p = \\infty$: so");
    assert_eq!(escaped("at (−0.40,\u{A0}1.50)"), "at ($-0.40$,~1.50)");
    assert_eq!(escaped("2.1 × 10⁻³ a step"), "$2.1 \\times 10^{-3}$ a step");
    assert_eq!(escaped("½(1 − xy)²"), "$\\frac{1}{2}(1 - xy)^{2}$");
    assert_eq!(escaped("ηλ, ε̂ and w₀"), "$\\eta\\lambda$, $\\hat{\\varepsilon}$ and $w_{0}$");
    assert_eq!(escaped("L(w + ε)"), "L(w + $\\varepsilon$)");
    assert_eq!(escaped("g_SAM of ηx"), "$g_{\\mathrm{SAM}}$ of $\\eta x$");
    assert_eq!(
        escaped("loss 0.02 · oscillating · λ_max 3"),
        "loss 0.02 \\textperiodcentered{} oscillating \\textperiodcentered{} $\\lambda_{\\max}$ 3"
    );
    assert_eq!(escaped("30° off"), "$30^{\\circ}$ off");
    assert_eq!(escaped("p = 2: a step, a − b"), "$p = 2$: a step, a $-$ b");
}

proptest! {
    #[test]
    fn whatever_is_said_groups_and_formulas_are_closed(text in "[a-zηρλ‖²₀∇()\\[\\]{}$%&#_^~\\\\|<>\"×=−.,0-9 \u{A0}雪é\u{302}']{0,40}") {
        let written = escaped(&text);
        let bare = written.replace("\\\\", "").replace("\\{", "").replace("\\}", "").replace("\\$", "");
        prop_assert_eq!(bare.matches('{').count(), bare.matches('}').count(), "{}", &written);
        prop_assert_eq!(bare.matches('$').count() % 2, 0, "{}", &written);
        for sign in ['%', '&', '#'] {
            let escaped = written.matches(&format!("\\{sign}")).count();
            prop_assert_eq!(written.matches(sign).count(), escaped, "{}", &written);
        }
        prop_assert!(!written.contains('\n'));
        let is_known = |c: char| c.is_ascii() || ('\u{C0}'..='\u{17F}').contains(&c);
        prop_assert!(written.chars().all(is_known), "{}", &written);
    }
}
