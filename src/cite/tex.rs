//! Words of the program for LaTeX: what LaTeX takes for a command is written out, and symbols are set as mathematics.
//!
//! ```text
//! 50 % of_it & so on        50 \% of\_it \& so on
//! ‖g‖ and λ_max = 2/η       $\|g\|$ and $\lambda_{\max} = 2/\eta$
//! at (−0.40, 1.5)           at ($-0.40$, 1.5)
//! ```
//!
//! A word with a symbol in it is mathematics as a whole, but for what opens and ends it; relations and numbers beside it
//! belong to it. Latin letters with accents are read by LaTeX as they are; what it knows by no name is told by its number.

mod symbols;

use symbols::{lowered, raised, symbol};

/// `text` as LaTeX sets it: it stays text, whatever stands in it.
#[must_use]
pub fn escaped(text: &str) -> String {
    let words = words(text);
    let mut written = String::new();
    let mut k = 0;
    while k < words.len() {
        let (word, mut gap) = words[k];
        let [before, core, mut after] = around(word);
        let mut formula = mathematics(core);
        let mut is_formula = is_mathematical(core);
        // "ρ = 0.1", "p = 2" and "2 × 10⁻³" are one formula each: a relation, and what is on both its sides.
        while (is_formula || is_number(core) || is_variable(core))
            && after.is_empty()
            && let [(relation, _), (other, next), ..] = words[k + 1..]
            && is_relation(relation)
        {
            let [front, number, end] = around(other);
            if !front.is_empty() || !(is_number(number) || is_mathematical(number)) {
                break;
            }
            formula += &format!(" {} {}", mathematics(relation).trim_end(), mathematics(number));
            (is_formula, after, gap, k) = (true, end, next, k + 2);
        }
        written += &plain(before);
        written += &if is_formula { format!("${formula}$") } else { plain(core) };
        written += &plain(after);
        written += gap;
        k += 1;
    }
    written
}

/// Words, each with the gap behind it: a space, one at which no line is broken, or nothing at the end.
fn words(text: &str) -> Vec<(&str, &'static str)> {
    let parts = text.split_inclusive(char::is_whitespace);
    let worded = parts.map(|part| {
        let word = part.trim_end_matches(char::is_whitespace);
        let gap = match part.chars().next_back() {
            Some('\u{A0}' | '\u{202F}') => "~",
            Some(c) if c.is_whitespace() => " ",
            _ => "",
        };
        (word, gap)
    });
    worded.filter(|(word, _)| !word.is_empty()).collect()
}

/// A word in three: what opens it, itself, and what ends it.
fn around(word: &str) -> [&str; 3] {
    let count = |word: &str, signs: [char; 2]| word.matches(signs).count();
    let excess = |word: &str| count(word, ['(', '[']).cmp(&count(word, [')', ']']));
    let (mut start, mut end) = (0, word.len());
    while let Some(c) = word[start..].chars().next() {
        let opens = ['(', '['].contains(&c) && excess(&word[start..]).is_gt();
        if !(opens || ['“', '‘', '"'].contains(&c)) {
            break;
        }
        start += c.len_utf8();
    }
    while let Some(c) = word[start..end].chars().next_back() {
        let closes = [')', ']'].contains(&c) && excess(&word[start..end]).is_lt();
        if !(closes || [',', ';', ':', '.', '!', '?', '”', '’', '"'].contains(&c)) {
            break;
        }
        end -= c.len_utf8();
    }
    [&word[..start], &word[start..end], &word[end..]]
}

/// Whether a word is the name of a quantity, where a relation stands behind it: "p = 2".
fn is_variable(word: &str) -> bool {
    word.len() == 1 && word.bytes().all(|letter| letter.is_ascii_alphabetic())
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
        && word.chars().all(|c| c.is_ascii_digit() || ['.', ',', '/'].contains(&c))
}

fn is_relation(word: &str) -> bool {
    ["=", "<", ">", "≤", "≥", "≈", "≠", "±", "+", "−", "×", "→"].contains(&word)
}

/// Whether a word holds a symbol that only mathematics has. A dot alone is a comma of the program's.
fn is_mathematical(word: &str) -> bool {
    let is_symbol = |c| symbol(c).is_some() || raised(c).is_some() || lowered(c).is_some();
    word != "·" && (word.starts_with("g_") || word.chars().any(is_symbol))
}

/// A word as text.
fn plain(word: &str) -> String {
    word.chars().map(letter).collect()
}

fn letter(c: char) -> String {
    match c {
        '{' | '}' | '$' | '&' | '#' | '%' | '_' => format!("\\{c}"),
        '\\' => "\\textbackslash{}".to_owned(),
        '^' => "\\textasciicircum{}".to_owned(),
        '~' => "\\textasciitilde{}".to_owned(),
        '<' => "\\textless{}".to_owned(),
        '>' => "\\textgreater{}".to_owned(),
        '|' => "\\textbar{}".to_owned(),
        '·' => "\\textperiodcentered{}".to_owned(),
        '…' => "\\dots{}".to_owned(),
        '—' => "---".to_owned(),
        '–' => "--".to_owned(),
        '“' => "``".to_owned(),
        '”' | '"' => "''".to_owned(),
        '‘' => "`".to_owned(),
        '’' => "'".to_owned(),
        c if c.is_ascii() && !c.is_control() => c.to_string(),
        // Those that LaTeX reads without a package.
        '\u{C0}'..='\u{17F}' => c.to_string(),
        c => match symbol(c) {
            Some(symbol) => format!("${}$", symbol.trim_end()),
            None => format!("[U+{:04X}]", u32::from(c)),
        },
    }
}

/// A word as mathematics, without the signs around it.
fn mathematics(word: &str) -> String {
    /// From so many letters on it is a name and no product.
    const NAME: usize = 3;
    let mut written = String::new();
    let mut is_script = false;
    let letters: Vec<char> = word.chars().collect();
    let mut k = 0;
    while let Some(&c) = letters.get(k) {
        let run = |fits: fn(char) -> bool| letters[k..].iter().take_while(|c| fits(**c)).count();
        let high = run(|c| raised(c).is_some());
        let low = run(|c| lowered(c).is_some());
        let name = run(|c| c.is_ascii_alphabetic());
        let is_hatted = letters.get(k + 1) == Some(&HAT);
        let said: String = letters[k..k + name].iter().collect();
        let (part, length) = if is_hatted && (symbol(c).is_some() || c.is_ascii_alphabetic()) {
            (format!("\\hat{{{}}}", sign(c)), 2)
        } else if high > 0 {
            (
                format!(
                    "^{{{}}}",
                    letters[k..k + high].iter().filter_map(|c| raised(*c)).collect::<String>()
                ),
                high,
            )
        } else if low > 0 {
            (
                format!(
                    "_{{{}}}",
                    letters[k..k + low].iter().filter_map(|c| lowered(*c)).collect::<String>()
                ),
                low,
            )
        } else if name >= NAME {
            (format!("\\mathrm{{{said}}}"), name)
        } else if name > 0 {
            (said, name)
        } else if c == '_' {
            let index: String =
                letters[k + 1..].iter().take_while(|c| c.is_ascii_alphanumeric()).collect();
            let set = match &*index {
                "" => "\\_".to_owned(),
                "max" => "_{\\max}".to_owned(),
                one if one.len() == 1 => format!("_{{{one}}}"),
                name => format!("_{{\\mathrm{{{name}}}}}"),
            };
            (set, 1 + index.len())
        } else {
            (sign(c), 1)
        };
        k += length;
        if part.is_empty() {
            continue;
        }
        // A command ends before a letter that is none of its name.
        let runs_on =
            written.ends_with(|c: char| c.is_ascii_alphabetic()) && ends_in_a_command(&written);
        if runs_on && part.starts_with(|c: char| c.is_ascii_alphabetic()) {
            written.push(' ');
        }
        // Of two that follow each other the second stands beside the first, not on the same letter.
        if std::mem::replace(&mut is_script, part.starts_with(['^', '_'])) && is_script {
            written += "{}";
        }
        written += &part;
    }
    written
}

/// The hat over the letter before it.
const HAT: char = '\u{302}';

fn ends_in_a_command(written: &str) -> bool {
    written.trim_end_matches(|c: char| c.is_ascii_alphabetic()).ends_with('\\')
}

/// A sign in a formula.
fn sign(c: char) -> String {
    match c {
        '{' | '}' | '$' | '&' | '#' | '%' => format!("\\{c}"),
        // In a formula they would be primes.
        '"' | '\'' => format!("\\mbox{{{}}}", letter(c)),
        // Over what no hat fits.
        HAT => String::new(),
        c => match symbol(c) {
            Some(symbol) => symbol.to_owned(),
            None if c.is_ascii() && !['\\', '^', '~'].contains(&c) && !c.is_control() => {
                c.to_string()
            }
            None => format!("\\mbox{{{}}}", letter(c)),
        },
    }
}

#[cfg(test)]
mod tests;
