//! User text as it is quoted in messages: cut to one short line, control characters escaped.
//!
//! A scene file may hold a million weights in one value and escape sequences in a key. Said back raw, the first fills
//! the terminal and the second recolours it.

use std::path::Path;

/// Letters of a value or a key that are said back; more than any name, fewer than a line of a terminal.
const LONGEST: usize = 60;

/// Letters of a path that are said back. Longer than a value's, since the end of a path is what tells files apart.
const LONGEST_PATH: usize = 200;

/// `text` for a message: at most 60 characters, then "…", with control characters escaped.
#[must_use]
pub fn echo(text: &str) -> String {
    let mut letters = text.chars();
    let start: String = letters.by_ref().take(LONGEST).collect();
    let rest = if letters.next().is_some() { "…" } else { "" };
    escaped(&start) + rest
}

/// `path` for a message: its last 200 characters, after "…" where there are more, with control characters escaped.
#[must_use]
pub fn echo_path(path: &Path) -> String {
    let text = path.to_string_lossy();
    let beyond = text.chars().count().saturating_sub(LONGEST_PATH);
    let end: String = text.chars().skip(beyond).collect();
    let before = if beyond > 0 { "…" } else { "" };
    format!("{before}{}", escaped(&end))
}

/// What would move a terminal's cursor, colour it, or turn the direction of writing, spelled out.
fn escaped(text: &str) -> String {
    let unsafe_to_print = |letter: char| {
        letter.is_control()
            || matches!(letter, '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        if unsafe_to_print(letter) {
            safe.extend(letter.escape_default());
        } else {
            safe.push(letter);
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_typed_plainly_is_said_back_unchanged() {
        assert_eq!(echo("η = 0.1, größer"), "η = 0.1, größer");
        assert_eq!(echo_path(Path::new("/a folder/fig.png")), "/a folder/fig.png");
    }

    #[test]
    fn escape_sequences_are_spelled_out() {
        assert_eq!(echo("\u{1b}[31mred\n"), "\\u{1b}[31mred\\n");
    }

    #[test]
    fn a_long_path_keeps_its_end() {
        let said = echo_path(Path::new(&format!("/{}/fig.png", "deep/".repeat(100))));
        assert!(said.starts_with('…') && said.ends_with("/fig.png"), "{said}");
    }

    proptest! {
        #[test]
        fn an_echo_is_one_short_line(text in any::<String>()) {
            let said = echo(&text);
            prop_assert!(said.chars().all(|letter| !letter.is_control()));
            prop_assert!(said.chars().count() <= 1 + 8 * LONGEST);
        }
    }
}
