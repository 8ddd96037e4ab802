//! An origin as a word to paste: `samscope:` and the text, packed (RFC 1950) and written in 64 letters (RFC 4648, §5).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

use super::{BadOrigin, Origin};

/// What it begins with.
pub const BEGINS: &str = "samscope:";
/// Bytes of the text, at most.
const MOST: usize = 2_000_000;
/// The best that there is.
const LEVEL: u8 = 10;

/// The word that tells `origin`.
#[must_use]
pub fn write(origin: &Origin) -> String {
    let packed = compress_to_vec_zlib(origin.text().as_bytes(), LEVEL);
    format!("{BEGINS}{}", URL_SAFE_NO_PAD.encode(packed))
}

/// The origin that a word tells; none where it is another word. Room and line breaks in it are passed over: chats break
/// long words.
#[must_use]
pub fn read(word: &str) -> Option<Result<Origin, BadOrigin>> {
    let packed = word.trim().strip_prefix(BEGINS)?;
    Some(unpacked(packed).and_then(|text| Origin::read(&text)))
}

fn unpacked(packed: &str) -> Result<String, BadOrigin> {
    let broken = |why: &str| BadOrigin::Broken { kind: "a scene in a word", why: why.to_owned() };
    let letters: String = packed.chars().filter(|letter| !letter.is_whitespace()).collect();
    let bytes = URL_SAFE_NO_PAD
        .decode(letters.trim_end_matches('='))
        .map_err(|_| broken("a letter of it is missing or another one; copy the whole word"))?;
    let text = decompress_to_vec_zlib_with_limit(&bytes, MOST)
        .map_err(|_| broken("a part of it is missing; copy the whole word"))?;
    String::from_utf8(text).map_err(|_| broken("it holds no text"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optim::moment::Moment;
    use crate::scene::builtin;
    use proptest::prelude::*;

    #[test]
    fn a_word_tells_its_origin_also_where_a_chat_broke_it() {
        let origin = Origin::of(&builtin::opening(), Moment::Step(40));
        let word = write(&origin);
        assert!(word.len() < 1200, "{} letters", word.len());
        let broken = format!("  {}\n{} ", &word[..50], &word[50..]);
        for word in [&word, &broken] {
            assert_eq!(read(word), Some(Ok(origin.clone())));
        }
        assert_eq!(read("opening"), None);
        let said = read(&word[..word.len() - 9]).unwrap().unwrap_err().to_string();
        assert!(said.contains("copy the whole word"), "{said}");
    }

    proptest! {
        #[test]
        fn no_word_breaks_it(word in "[A-Za-z0-9_-]{0,80}|\\PC{0,40}") {
            let _ = read(&format!("{BEGINS}{word}"));
        }
    }
}
