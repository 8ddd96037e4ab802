//! What the data feel: points as large as their pull on g, over marks as large as their pull on the gradient at `w + ε`,
//! which look out where that is more.
//!
//! The area of a mark is proportional to the length of the example's own gradient; the largest one is [`LARGEST`] points
//! across. They are those of the run whose step the lens would show.

use super::picture::Picture;
use super::{Ink, Mark, Points, Shape, lens, numerals};
use crate::analysis::pull::Pull;

/// The diameter of the mark that pulls most, in points, and that of one that does not pull at all.
pub const LARGEST: f64 = 16.0;
const SMALLEST: f64 = 1.6;
/// Marks are drawn in so many sizes: as many as the eye tells apart.
const SIZES: usize = 12;

/// The pulls on the step shown, and whose step that is.
#[must_use]
pub fn shown<'a>(picture: &Picture<'a>) -> Option<(usize, &'a Pull)> {
    let pulls = picture.pulls?;
    let is_now = pulls.at == picture.look.at.within(&pulls.comparison.runs);
    let run = lens::looking(picture, &picture.runs())?;
    let pull = pulls.runs.get(run)?.as_ref()?;
    (is_now && picture.look.pulls).then_some((run, pull))
}

/// Marks of one shape and ink for these examples, as large as they pull at w.
#[must_use]
pub fn dots(pull: &Pull, members: &[(usize, [f64; 2])], shape: Shape, ink: Ink) -> Vec<Mark> {
    sized(&pull.here, most(pull), members, shape, ink, 0.85)
}

/// What is seen around these examples where they pull more at `w + ε`.
#[must_use]
pub fn rims(pull: &Pull, members: &[(usize, [f64; 2])], shape: Shape) -> Vec<Mark> {
    sized(&pull.there, most(pull), members, shape, Ink::Epsilon, 1.0)
}

fn most(pull: &Pull) -> f64 {
    let all = pull.here.iter().chain(&pull.there).copied();
    all.filter(|x| x.is_finite()).fold(0.0, f64::max)
}

fn sized(
    pulls: &[f64],
    most: f64,
    members: &[(usize, [f64; 2])],
    shape: Shape,
    ink: Ink,
    strength: f32,
) -> Vec<Mark> {
    let mut sizes: Vec<Vec<[f64; 2]>> = vec![Vec::new(); SIZES + 1];
    for (k, at) in members {
        let Some(pull) = pulls.get(*k).filter(|pull| pull.is_finite()) else { continue };
        let part = if most > 0.0 { (pull / most).sqrt().clamp(0.0, 1.0) } else { 0.0 };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to SIZES")]
        sizes[(part * SIZES as f64).round() as usize].push(*at);
    }
    let marks = sizes.into_iter().enumerate().filter(|(_, points)| !points.is_empty());
    marks
        .map(|(k, points)| {
            let part = k as f64 / SIZES as f64;
            #[expect(clippy::cast_possible_truncation, reason = "points of a page")]
            let size = (SMALLEST + part * (LARGEST - SMALLEST)) as f32;
            Mark::Dots { points: Points::from(points), shape, ink, size, strength }
        })
        .collect()
}

/// "Pull on SAM, w → w + ε: clean 39 → 52 % · mislabelled 61 → 48 %": each group's share; and the same without its
/// beginning, for less room.
#[must_use]
pub fn said(name: &str, pull: &Pull, groups: &[usize], names: &[&str]) -> Vec<String> {
    let share = |pulls: &[f64], group: usize| {
        let whole: f64 = pulls.iter().sum();
        let own: f64 =
            pulls.iter().zip(groups).filter(|(_, of)| **of == group).map(|(pull, _)| pull).sum();
        (whole > 0.0 && whole.is_finite()).then(|| numerals::decimals(100.0 * own / whole, 0))
    };
    let parts: Vec<String> = names
        .iter()
        .enumerate()
        .filter_map(|(group, of)| {
            let here = share(&pull.here, group)?;
            let there = share(&pull.there, group);
            let there = there.map(|there| format!(" → {there}")).unwrap_or_default();
            Some(format!("{of} {here}{there} %"))
        })
        .collect();
    if parts.is_empty() {
        return vec![format!("Nothing pulls on {name} here")];
    }
    let shares = parts.join(" · ");
    let places = if pull.there.is_empty() { "at w" } else { "at w → w + ε" };
    vec![format!("Pull on {name}, {places}: {shares}"), shares]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_groups_are_told_at_both_places() {
        let pull = Pull { here: vec![1.0, 1.0, 2.0], there: vec![3.0, 0.0, 1.0] };
        let said = said("SAM", &pull, &[0, 0, 1], &["clean", "mislabelled"]);
        assert_eq!(
            said,
            [
                "Pull on SAM, at w → w + ε: clean 50 → 75 % · mislabelled 50 → 25 %",
                "clean 50 → 75 % · mislabelled 50 → 25 %"
            ]
        );
    }

    #[test]
    fn the_area_of_a_mark_is_its_pull() {
        let pull = Pull { here: vec![1.0, 0.25, 0.0], there: Vec::new() };
        let members: Vec<(usize, [f64; 2])> = (0..3).map(|k| (k, [0.0, 0.0])).collect();
        let sizes: Vec<f32> = dots(&pull, &members, Shape::Disc, Ink::GroupA)
            .iter()
            .map(|mark| match mark {
                Mark::Dots { size, .. } => *size,
                other => panic!("{other:?}"),
            })
            .collect();
        let [none, half, whole] = sizes[..] else { panic!("{sizes:?}") };
        assert!((f64::from(whole) - LARGEST).abs() < 1e-5);
        assert!((half - f32::midpoint(none, whole)).abs() < 1e-5);
        assert!(rims(&pull, &members, Shape::Disc).is_empty());
    }
}
