//! Words of a command line that make no difference to what is drawn or written.

/// "--lens makes", "--lens and --arrows make": those of the words that are said; nothing where none is.
pub(super) fn of(words: &[(&'static str, bool)]) -> Option<String> {
    let said: Vec<&str> =
        words.iter().filter(|(_, is_said)| *is_said).map(|(word, _)| *word).collect();
    match &said[..] {
        [] => None,
        [one] => Some(format!("{one} makes")),
        [others @ .., last] => Some(format!("{} and {last} make", others.join(", "))),
    }
}
