//! The title above a plot: as much of it as has room, smaller or in two lines if need be; and what a figure is called.

use super::metrics::{self, Face};
use super::painter::GAP;
use super::{Figure, Ink, Mark, Span};

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
        let names = |spans: &[Span]| spans.iter().filter(|span| span.strong).count();
        if !shown.is_empty() && names(&shown) == names(title) {
            return (vec![shown], size);
        }
    }
    // One name behind the other, each with its ink.
    if title.iter().filter(|span| span.strong).count() > name.len() {
        return (listed(title, room, small), small);
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

/// The names of a title in lines; where there are more than these have room for, how many more.
fn listed(title: &[Span], room: f64, size: f64) -> Vec<Vec<Span>> {
    let last = title.iter().rposition(|span| span.strong).map_or(0, |last| last + 1);
    let wide = |span: &Span| metrics::width(&span.text, face(span), size) + GAP;
    let length = |line: &[Span]| line.iter().map(wide).sum::<f64>() - GAP;
    let set = |spans: &[Span]| {
        let mut lines: Vec<Vec<Span>> = vec![Vec::new()];
        for span in spans {
            if let Some(line) = lines.last_mut() {
                line.push(span.clone());
                if line.len() > 1 && length(line) > room {
                    line.pop();
                    lines.push(vec![span.clone()]);
                }
            }
        }
        lines
    };
    for kept in (1..=last).rev() {
        let left = title[kept..last].iter().filter(|span| span.strong).count();
        let mut spans = title[..kept].to_vec();
        if left > 0 {
            // A dot behind the last name would wait for another.
            if !spans[kept - 1].strong {
                continue;
            }
            spans.push(Span { text: format!("+{left}"), ink: Ink::Quiet, strong: false });
        }
        let lines = set(&spans);
        if lines.len() <= LINES {
            return lines;
        }
    }
    set(&title[..1])
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

    const SIZES: [f64; 2] = [12.5, 11.0];

    fn title() -> Vec<Span> {
        let span = |text: &str, strong| Span { text: text.to_owned(), ink: Ink::Text, strong };
        vec![span("Adaptive SAM, ρ = 0.1", true), span("p = 2", false)]
    }

    #[test]
    fn names_of_several_runs_go_on_in_a_second_line_and_the_rest_are_counted() {
        let span = |text: &str, strong| Span { text: text.to_owned(), ink: Ink::Text, strong };
        let names = ["SGD", "·", "SAM, ρ = 0.05", "·", "SAM, ρ = 0.1", "and", "SAM, ρ = 0.2"];
        let title: Vec<Span> =
            names.iter().map(|name| span(name, name.len() > 3 || *name == "SGD")).collect();
        let said = |room: f64| {
            let (lines, _) = fitted(&title, room, SIZES);
            let text = |line: &Vec<Span>| {
                line.iter().map(|it| it.text.clone()).collect::<Vec<_>>().join(" ")
            };
            lines.iter().map(text).collect::<Vec<_>>()
        };
        assert_eq!(said(1000.0).len(), 1);
        let two = said(220.0);
        assert_eq!(two.len(), 2, "{two:?}");
        assert!(two[1].ends_with("SAM, ρ = 0.2"), "{two:?}");
        let cut = said(110.0);
        assert!(cut.len() == 2 && cut[1].contains('+'), "{cut:?}");
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
