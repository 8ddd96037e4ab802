//! The title above a plot: as much of it as has room, smaller or in two lines if need be; and what a figure is called.

use super::metrics::{self, Face};
use super::painter::GAP;
use super::{Figure, Mark, Span};

impl Figure {
    /// What it is called: as its first words say.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        let first = self.words.first().and_then(|mark| match mark {
            Mark::Label { text, .. } => Some(text.as_str()),
            Mark::Terrain { .. }
            | Mark::Surface(_)
            | Mark::Region { .. }
            | Mark::Path { .. }
            | Mark::Band { .. }
            | Mark::Arrow { .. }
            | Mark::Dots { .. } => None,
        });
        self.title.as_deref().or(first)
    }
}

/// The most lines of a title.
const LINES: usize = 2;

/// A title in the first of two sizes, or in two lines of the second, and its size: as many of its parts as have room; its
/// name, the strong parts that it begins with, is broken and then cut where it has none.
#[must_use]
pub fn fitted(title: &[Span], room: f64, [usual, small]: [f64; 2]) -> (Vec<Vec<Span>>, f64) {
    let name: Vec<&Span> = title.iter().take_while(|span| span.strong).collect();
    let Some(last) = name.last().copied().or(title.first()) else { return (Vec::new(), usual) };
    for size in [usual, small] {
        let mut taken = -GAP;
        let mut fits = |span: &&Span| {
            taken += GAP + metrics::width(&span.text, face(span), size);
            taken <= room
        };
        let shown: Vec<Span> = title.iter().take_while(&mut fits).cloned().collect();
        if !shown.is_empty() && shown.len() >= name.len() {
            return (vec![shown], size);
        }
    }
    // A mistake makes its whole name red.
    let forms = if name.is_empty() { vec![last.text.clone()] } else { forms(&name) };
    let wide = |text: &str| metrics::width(text, face(last), small);
    let fits = |text: &&String| {
        let lines = metrics::broken(text, room, face(last), small);
        lines.len() <= LINES && lines.iter().all(|line| wide(line) <= room)
    };
    let text = forms.iter().find(fits).or(forms.last()).cloned().unwrap_or_default();
    let lines = metrics::lines(&text, room, face(last), small, LINES);
    (lines.into_iter().map(|text| vec![Span { text, ..last.clone() }]).collect(), small)
}

/// What is said before a mistake where there is room.
pub(super) const MISTAKE: &str = "mistake: ";

/// A name and its mistake as one text: whole, then saying only that there is one, then the name, which is red.
fn forms(spans: &[&Span]) -> Vec<String> {
    let brief = |span: &&Span| span.text.strip_prefix(MISTAKE).unwrap_or(&span.text).to_owned();
    let whole = spans.iter().map(brief).collect::<Vec<_>>().join(", ");
    let Some(name) = spans.first().filter(|_| spans.len() > 1) else { return vec![whole] };
    vec![whole, format!("{}, mistake", name.text), name.text.clone()]
}

/// Whether the first part of a title is whole where there is so much room.
#[must_use]
pub fn is_whole(title: &[Span], room: f64, sizes: [f64; 2]) -> bool {
    let (lines, _) = fitted(title, room, sizes);
    let said: Vec<&str> = lines.iter().flatten().map(|span| &*span.text).collect();
    title.first().is_none_or(|name| said.join(" ").starts_with(&name.text))
}

/// The weight of a part of a title.
pub(super) fn face(span: &Span) -> Face {
    if span.strong { Face::Strong } else { Face::Regular }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Ink;

    const SIZES: [f64; 2] = [12.5, 11.0];

    fn title() -> Vec<Span> {
        let span = |text: &str, strong| Span { text: text.to_owned(), ink: Ink::Text, strong };
        vec![span("Adaptive SAM, ρ = 0.1", true), span("p = 2", false)]
    }

    #[test]
    fn a_title_without_room_loses_its_last_parts_then_size_then_is_broken_and_at_last_cut() {
        let shown = |room| fitted(&title(), room, SIZES);
        assert_eq!(shown(300.0), (vec![title()], 12.5));
        assert_eq!(shown(145.0), (vec![title()[..1].to_vec()], 12.5));
        assert_eq!(shown(125.0), (vec![title()[..1].to_vec()], 11.0));
        let (lines, _) = shown(90.0);
        assert_eq!(lines.len(), 2);
        assert!(is_whole(&title(), 90.0, SIZES) && !is_whole(&title(), 30.0, SIZES));
    }
}
