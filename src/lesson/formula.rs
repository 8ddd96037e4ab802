//! Formulas as they are typed between dollar signs: letters of their own (`ε = ρ g/‖g‖`), or names as in LaTeX.
//!
//! ```text
//! \rho \hat\epsilon \nabla L \|g\| \frac{1}{2} \sqrt{x} w_0 g_{SAM} \lambda_{max} x^2     →  ρ ε̂ ∇L ‖g‖ ½ √x w₀ …
//! ```
//!
//! What comes out is a line of text in the bundled fonts. Fractions lie on the line: a page for the last row has no room
//! for small print.

use super::fields::hint;
use crate::catalog::nearest;
use crate::figure::scripts::{self, Script};
use crate::typed::echo;

/// Names after a backslash.
const NAMES: [(&str, &str); 50] = [
    ("alpha", "α"),
    ("beta", "β"),
    ("gamma", "γ"),
    ("delta", "δ"),
    ("epsilon", "ε"),
    ("varepsilon", "ε"),
    ("eta", "η"),
    ("theta", "θ"),
    ("kappa", "κ"),
    ("lambda", "λ"),
    ("mu", "μ"),
    ("nu", "ν"),
    ("pi", "π"),
    ("rho", "ρ"),
    ("sigma", "σ"),
    ("tau", "τ"),
    ("phi", "φ"),
    ("psi", "ψ"),
    ("omega", "ω"),
    ("Delta", "Δ"),
    ("Sigma", "Σ"),
    ("Omega", "Ω"),
    ("nabla", "∇"),
    ("partial", "∂"),
    ("sum", "∑"),
    ("cdot", "·"),
    ("times", "×"),
    ("pm", "±"),
    ("le", "≤"),
    ("leq", "≤"),
    ("ge", "≥"),
    ("geq", "≥"),
    ("ne", "≠"),
    ("approx", "≈"),
    ("propto", "∝"),
    ("in", "∈"),
    ("to", "→"),
    ("leftarrow", "←"),
    ("gets", "←"),
    ("rightarrow", "→"),
    ("leftrightarrow", "↔"),
    ("infty", "∞"),
    ("odot", "⊙"),
    ("ll", "≪"),
    ("gg", "≫"),
    ("max", "max"),
    ("min", "min"),
    ("sign", "sign"),
    ("left", ""),
    ("right", ""),
];
/// Names that take what is in the braces after them.
const TAKING: [&str; 6] = ["frac", "sqrt", "hat", "text", "mathrm", "mathbf"];

const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ᵀⁿⁱʳᵗ";
const RAISED_OF: &str = "0123456789+-Tnirt";
const LOWERED: &str = "₀₁₂₃₄₅₆₇₈₉₊₋ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ";
const LOWERED_OF: &str = "0123456789+-aehijklmnoprstuvx";

/// The formula `typed` as a line of text.
///
/// # Errors
/// Says which name or index cannot be set, and the nearest that can.
pub(super) fn plain(typed: &str) -> Result<String, String> {
    let letters: Vec<char> = typed.chars().collect();
    if letters.len() > LONGEST {
        let count = letters.len();
        return Err(format!(
            "this formula has {count} letters, and {LONGEST} at most have room; shorten it"
        ));
    }
    let (text, _) = part(&letters, 0, End::Text, 0)?;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_stroke =
        |piece: &scripts::Piece| piece.script == Script::Level && piece.text.contains('_');
    match scripts::pieces(&text).iter().find(|piece| is_stroke(piece)) {
        Some(_) => Err(format!(
            "the formula \"{}\" has an index that cannot be set; use digits or small letters, λ_max, g_SAM or ‖ε‖_p",
            echo(typed)
        )),
        None => Ok(text),
    }
}

/// Letters of a formula at most: no page is as wide.
const LONGEST: usize = 400;

/// Where a part of a formula ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// At its closing brace.
    Brace,
    /// With the text.
    Text,
}

/// Braces in braces at most: nobody means more, and each is a call.
const DEEPEST: usize = 32;

/// The text from `at` on, up to the end or a closing brace; and where it ends.
fn part(
    letters: &[char],
    mut at: usize,
    end: End,
    depth: usize,
) -> Result<(String, usize), String> {
    if depth > DEEPEST {
        return Err("a formula has too many braces in each other".to_owned());
    }
    let mut text = String::new();
    while let Some(&letter) = letters.get(at) {
        at += 1;
        match letter {
            '}' if end == End::Brace => return Ok((text, at)),
            '{' => {
                let (inner, next) = part(letters, at, End::Brace, depth + 1)?;
                text.push_str(&inner);
                at = next;
            }
            '}' => return Err("a formula has a } without a {".to_owned()),
            '\\' => at = named(letters, at, depth, &mut text)?,
            '_' | '^' => {
                let (inner, next) = argument(letters, at, depth)?;
                if inner.trim().is_empty() {
                    let way = if letter == '^' { "raised" } else { "lowered" };
                    return Err(format!("nothing is {way} after the {letter} of a formula"));
                }
                text.push_str(&script(letter, &inner));
                at = next;
            }
            '-' => text.push('−'),
            '|' if letters.get(at) == Some(&'|') => {
                text.push('‖');
                at += 1;
            }
            '~' => text.push(' '),
            letter if letter.is_control() => text.push(' '),
            letter => text.push(letter),
        }
    }
    match end {
        End::Brace => Err("a formula has a { without a }".to_owned()),
        End::Text => Ok((text, at)),
    }
}

/// What a script or a name takes: a group in braces, a name, or a run of letters or digits.
fn argument(letters: &[char], at: usize, depth: usize) -> Result<(String, usize), String> {
    match letters.get(at) {
        Some('{') => part(letters, at + 1, End::Brace, depth + 1),
        Some('\\') => {
            let mut text = String::new();
            let next = named(letters, at + 1, depth + 1, &mut text)?;
            Ok((text, next))
        }
        Some(_) => {
            let run = letters[at..].iter().take_while(|letter| letter.is_alphanumeric()).count();
            let next = at + run.max(1);
            Ok((letters[at..next].iter().collect(), next))
        }
        None => Ok((String::new(), at)),
    }
}

/// Adds what a name after a backslash stands for; says where it ends.
fn named(letters: &[char], at: usize, depth: usize, text: &mut String) -> Result<usize, String> {
    if depth > DEEPEST {
        return Err("a formula has too many braces in each other".to_owned());
    }
    let name: String =
        letters[at..].iter().take_while(|letter| letter.is_ascii_alphabetic()).collect();
    let next = at + name.len();
    if name.is_empty() {
        // \| is a norm, and "\," and the like are room.
        text.push(if letters.get(at) == Some(&'|') { '‖' } else { ' ' });
        return Ok((at + 1).min(letters.len()));
    }
    if let Some((_, sign)) = NAMES.iter().find(|(known, _)| *known == name) {
        text.push_str(sign);
        return Ok(next);
    }
    if !TAKING.contains(&name.as_str()) {
        let known: Vec<&str> = NAMES.iter().map(|(known, _)| *known).chain(TAKING).collect();
        let hint = match nearest(&name, known.iter().copied()) {
            Some(name) => format!("did you mean \\{name}?"),
            None => hint(&name, &known),
        };
        return Err(format!("a formula knows no \\{}; {hint}", echo(&name)));
    }
    let (first, next) = argument(letters, next, depth)?;
    match name.as_str() {
        "frac" => {
            let (second, next) = argument(letters, next, depth)?;
            if [&first, &second].iter().any(|part| part.trim().is_empty()) {
                return Err(
                    "\\frac takes two parts, \\frac{1}{2}; one of them is missing".to_owned()
                );
            }
            match (first.as_str(), second.as_str()) {
                ("1", "2") => text.push('½'),
                ("1", "4") => text.push('¼'),
                ("3", "4") => text.push('¾'),
                _ => text.push_str(&format!("{}/{}", grouped(&first), grouped(&second))),
            }
            return Ok(next);
        }
        "sqrt" | "hat" if first.trim().is_empty() => {
            return Err(format!("\\{name} takes what is in the braces after it, \\{name}{{x}}"));
        }
        "sqrt" => text.push_str(&format!("√{}", grouped(&first))),
        "hat" => {
            text.push_str(&first);
            text.push('\u{302}');
        }
        _ => text.push_str(&first),
    }
    Ok(next)
}

/// A part of a fraction, in brackets where it would be misread without.
fn grouped(text: &str) -> String {
    let is_one = !text.contains([' ', '+', '−', '/', '·']);
    if is_one { text.to_owned() } else { format!("({text})") }
}

/// What stands above or below the line.
fn script(way: char, text: &str) -> String {
    let (of, into) = if way == '^' { (RAISED_OF, RAISED) } else { (LOWERED_OF, LOWERED) };
    let text = text.replace('−', "-");
    let one = |letter: char| {
        of.chars().position(|other| other == letter).and_then(|k| into.chars().nth(k))
    };
    let set: Option<String> = text.chars().map(one).collect();
    set.unwrap_or_else(|| format!("{way}{text}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_and_letters_say_the_same() {
        for (typed, said) in [
            ("\\hat\\epsilon = \\rho \\frac{g}{\\|g\\|_2}", "ε̂ = ρ g/‖g‖₂"),
            ("w \\leftarrow w - \\eta g_{SAM}", "w ← w − η g_SAM"),
            ("\\lambda_{max} < 2/\\eta", "λₘₐₓ < 2/η"),
            ("\\frac{1}{2} x^2 + 10^{-3}", "½ x² + 10⁻³"),
            ("\\frac{\\eta\\rho\\lambda}{2 - \\eta\\lambda}", "ηρλ/(2 − ηλ)"),
            ("ε = ρ g/‖g‖", "ε = ρ g/‖g‖"),
        ] {
            assert_eq!(plain(typed).as_deref(), Ok(said));
        }
    }

    #[test]
    fn an_unknown_name_is_answered_with_the_nearest() {
        assert!(plain("\\epsilom").unwrap_err().contains("did you mean \\epsilon?"));
        assert!(plain("\\frac{1}").unwrap_err().contains("two parts"));
        assert!(plain("\\sqrt + 1").is_err() && plain("\\hat{}").is_err());
        assert!(plain(&"x".repeat(LONGEST + 1)).unwrap_err().contains("401 letters"));
        assert!(plain("{x").is_err() && plain("x}").is_err() && plain("w_{BIG}").is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_a_formula_or_is_refused(text in "[\\\\a-z{}_^|$ -]{0,60}|\\PC{0,40}") {
            let _ = plain(&text);
        }
    }
}
