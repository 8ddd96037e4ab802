//! How wide words are, without a font engine: the advance widths of IBM Plex Sans, as its file states them.

/// Widths of the characters from space to tilde, in thousandths of the letters' height.
const WIDTHS: [u16; 95] = [
    236, 284, 419, 713, 598, 927, 694, 242, 335, 335, 450, 600, 272, 399, 272,
    383, // space to /
    600, 600, 600, 600, 600, 600, 600, 600, 600, 600, 292, 292, 600, 600, 600, 477, // 0 to ?
    891, 641, 653, 621, 671, 583, 559, 695, 707, 400, 510, 634, 501, 812, 707, 708, // @ to O
    606, 708, 640, 581, 572, 678, 609, 891, 613, 593, 580, 317, 383, 317, 600, 565, // P to _
    600, 534, 580, 503, 580, 549, 324, 528, 568, 250, 250, 527, 272, 873, 568, 560, // ` to o
    580, 580, 367, 487, 351, 568, 492, 768, 507, 499, 464, 343, 314, 343, 600, // p to ~
];
/// Signs and Greek letters, which differ little.
const OTHER: u16 = 560;
/// How much wider the heavier weight is.
const STRONG: f64 = 1.04;

/// The width of a line of words `size` points high.
#[must_use]
pub fn width(text: &str, size: f64) -> f64 {
    let thousandths: u32 = text.chars().map(|letter| u32::from(advance(letter))).sum();
    size * f64::from(thousandths) / 1000.0
}

/// The width in the heavier weight.
#[must_use]
pub fn strong_width(text: &str, size: f64) -> f64 {
    STRONG * width(text, size)
}

fn advance(letter: char) -> u16 {
    let place = u32::from(letter).checked_sub(u32::from(' ')).and_then(|k| usize::try_from(k).ok());
    place.and_then(|k| WIDTHS.get(k)).copied().unwrap_or(OTHER)
}

/// Words broken into lines no wider than `most`, unless a single word is; no line breaks at a no-break space.
#[must_use]
pub fn broken(text: &str, most: f64, size: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if width(line, size) + width(" ", size) + width(word, size) <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_equally_wide() {
        for number in ["0", "7", "9"] {
            assert!((width(number, 10.0) - 6.0).abs() < 1e-12);
        }
    }

    #[test]
    fn no_line_is_wider_than_asked_and_no_word_is_lost() {
        let text = "Left the narrow basin at step 13, rattles in the wide one";
        let lines = broken(text, 150.0, 12.5);
        assert!(lines.len() > 1 && lines.iter().all(|line| width(line, 12.5) <= 150.0));
        assert_eq!(lines.join(" "), text);
    }
}
