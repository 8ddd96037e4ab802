//! What is said about the runs and the map, in plain words: formats of outcomes and of planes.

use ndarray::ArrayView1;

use super::numerals::{self, short};
use super::picture::Picture;
use super::sentence;
use crate::analysis::section::Section;
use crate::math::norm::Norm;
use crate::problem::grid::Window;
use crate::problem::landscapes::Flaws;
use crate::scene::{Subject, remarks};

/// What the map is a part of, in words; for two weights, where it is everything there is, what the formula lacks on it.
#[must_use]
pub fn plane(picture: &Picture<'_>) -> String {
    let part = picture.section.map_or_else(String::new, plane_of);
    if part.is_empty() { flaws(&picture.scene.subject, picture.look.window) } else { part }
}

/// Where on a window a formula of one's own has no value or no derivatives, in words; empty where it has both.
#[must_use]
pub fn flaws(subject: &Subject, window: Window) -> String {
    let Subject::Formula(landscape) = subject else { return String::new() };
    let Flaws { has_gaps, has_breaks } = landscape.build().flaws(window);
    let gaps = has_gaps.then_some("where it is grey the formula has no finite value");
    let breaks =
        has_breaks.then_some("the formula has kinks or jumps, where there is no curvature");
    let said: Vec<&str> = gaps.into_iter().chain(breaks).collect();
    if said.is_empty() { String::new() } else { format!("Map: {}", said.join("; ")) }
}

/// What `section` is, in words; empty for two weights, where it is everything there is.
#[must_use]
pub fn plane_of(section: &Section) -> String {
    if section.is_whole() {
        return String::new();
    }
    let share = numerals::decimals(100.0 * section.variance, 0);
    let mut text = format!("Map: the plane {}, with {share} % of the movement", section.about);
    if !section.note.is_empty() {
        text += &format!(" ({})", section.note);
    }
    text
}

/// Weights in words: a few of them one by one, of many their number and length.
#[must_use]
pub fn weights(w: ArrayView1<'_, f64>) -> String {
    if w.len() > MOST_SAID {
        return format!("{} weights of length {}", w.len(), short(Norm::L2.length(w), 4));
    }
    let said: Vec<String> = w.iter().map(|&x| short(x, 4)).collect();
    format!("weights {}", said.join(", "))
}

/// Of more weights than this only the length is told: nobody listens to a hundred numbers.
const MOST_SAID: usize = 6;

/// One plain sentence about how a run went; empty while it is not known.
#[must_use]
pub fn sentence(picture: &Picture<'_>, place: usize) -> String {
    let Some(outcome) = picture.outcome(place) else { return String::new() };
    if picture.hides_the_end_of(place) {
        return format!("What comes after step {} is hidden", picture.step_of(place));
    }
    let silence = picture.outcomes.and_then(|outcomes| *outcomes.silence.get(place)?);
    let story = match silence {
        Some(why) => format!("{}; {}", sentence::sentence(outcome), why.words()),
        None => sentence::sentence(outcome),
    };
    if let Some(other) = picture.scene.same_before(place) {
        return format!("The same as {} so far: {}", picture.name(other), lowered(&story));
    }
    let spec = picture.spec(place);
    let unheard = remarks::of_run(picture.scene, place);
    if !unheard.is_empty() {
        return format!("{story}; {}", unheard.join("; "));
    }
    if spec.has_ascent() && !spec.perturbs() {
        let (run, base) = (picture.name(place), spec.base.entry().name);
        return format!("With ρ = 0 {run} is {base}: {}", lowered(&story));
    }
    if let Some(why) = picture.idle_mistake(place) {
        return format!("{story}; its mistake makes no difference: {why}");
    }
    story
}

fn lowered(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// What stands where a diverging run leaves the map: when it left its problem's domain.
#[must_use]
pub fn left(picture: &Picture<'_>, place: usize) -> String {
    let left = picture.outcome(place).and_then(|outcome| outcome.at_step);
    left.map_or_else(|| "diverges".to_owned(), |step| format!("diverges: step {step}"))
}

/// The first step from which on a run is outside of what is drawn, when it was inside before: where its line ends.
#[must_use]
pub fn left_picture(picture: &Picture<'_>, place: usize) -> Option<usize> {
    let places = &picture.shadow(place)?.places;
    let window = picture.look.window;
    let outside = places.iter().rev().take_while(|at| !window.contains(**at)).count();
    let left = places.len() - outside;
    (0 < left && left < places.len()).then_some(left)
}

/// An exponent of a norm: "2", "1.5", "∞".
#[must_use]
pub fn exponent(p: f64) -> String {
    if p == f64::INFINITY { "∞".to_owned() } else { short(p, 3) }
}
