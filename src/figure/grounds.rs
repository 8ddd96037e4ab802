//! Words for the ground of a run's map: which height it shows, whose, and why it is the loss where another is asked for.

use std::sync::Arc;

use super::picture::Picture;
use super::{Ink, Key, PaneId, Pen, Span, numerals, words};
use crate::analysis::grounds::{self, Cost, Ground, Looking};
use crate::engine::products::grounds::looking;
use crate::engine::products::terrain::Terrain;
use crate::scene::layer::Layer;

/// The ground that the map of a run has of its own, and how the run looks around that it is of; none where the map shows
/// the loss.
#[must_use]
pub fn own<'a>(picture: &Picture<'a>, run: usize) -> Option<(&'a Looking, &'a Arc<Terrain>)> {
    if picture.asked.layer != Layer::Loss {
        return None;
    }
    let (of, terrain) = picture.grounds?.of(run)?;
    // While ρ moves the last ground stays, and says of which ρ it is; that of another ascent would be told as this one's.
    let now = looking(&picture.spec(run))?;
    (now.ascent == of.ascent).then_some((of, terrain))
}

/// The run whose ground a map of some runs has: the last of them that has one of its own.
#[must_use]
pub fn shown_on(picture: &Picture<'_>, runs: &[usize]) -> Option<usize> {
    runs.iter().copied().rfind(|&run| own(picture, run).is_some())
}

/// The same picture with the ground of the map of some runs in place of the loss.
#[must_use]
pub(super) fn under<'a>(picture: &Picture<'a>, runs: &[usize]) -> Picture<'a> {
    let found = shown_on(picture, runs).and_then(|run| own(picture, run));
    let terrain = found.map(|(_, terrain)| &**terrain).or(picture.terrain);
    Picture { terrain, ..*picture }
}

/// What the ground of the map of some runs is, for a title or a legend; none where the loss is asked for.
#[must_use]
pub fn symbol(picture: &Picture<'_>, runs: &[usize]) -> Option<String> {
    let ground = picture.asked.ground;
    if ground.is_the_loss() || picture.asked.layer != Layer::Loss {
        return None;
    }
    Some(if shown_on(picture, runs).is_some() {
        signed(ground, picture)
    } else {
        grounds::loss().symbol.to_owned()
    })
}

/// The formula of a ground; with the sign of the readings where its heights are lower bounds.
fn signed(ground: &Ground, picture: &Picture<'_>) -> String {
    if is_a_bound(ground, picture) {
        format!("{} ≥", ground.symbol)
    } else {
        ground.symbol.to_owned()
    }
}

/// Whether its heights are found by a climb, and may be higher.
fn is_a_bound(ground: &Ground, picture: &Picture<'_>) -> bool {
    ground.cost == Cost::Search && picture.scene.subject.dimension() > 2
}

/// The part of a map's title that says what its ground is.
#[must_use]
pub(super) fn span(picture: &Picture<'_>, runs: &[usize]) -> Option<Span> {
    let text = symbol(picture, runs)?;
    Some(Span { text, ink: Ink::Quiet, strong: false })
}

/// The entry of a legend that says what the lines of a map of several runs are of; the title of one run's map says it.
#[must_use]
pub(super) fn key(picture: &Picture<'_>, runs: &[usize]) -> Option<(Key, String)> {
    if runs.len() == 1 {
        return None;
    }
    // It stays whole where a legend has room for first words only.
    let text = symbol(picture, runs)?.replace(' ', "\u{a0}");
    Some((Key::Line(Pen::new(Ink::IndexContour, 0.9)), text))
}

/// What the ground of the map of some runs is, as a clause; empty where the loss is asked for.
#[must_use]
pub fn clause(picture: &Picture<'_>, runs: &[usize]) -> String {
    let ground = picture.asked.ground;
    if ground.is_the_loss() || picture.asked.layer != Layer::Loss {
        return String::new();
    }
    if let Some(run) = shown_on(picture, runs)
        && let Some((of, terrain)) = own(picture, run)
    {
        let blank = terrain.field.values.iter().any(|height| !height.is_finite());
        let gaps = if blank { gaps(ground) } else { "" };
        let bound = if is_a_bound(ground, picture) { ", a lower bound of it" } else { "" };
        // No line begins in the middle of a formula.
        let whole = ground.symbol.replace(' ', "\u{a0}");
        // The title of the map of one run says whose it is and of which ball; while ρ moves it may be that of another.
        let is_told = runs.len() == 1 && looking(&picture.spec(run)).is_some_and(|now| now == *of);
        let named = if is_told {
            format!("{} {whole}", ground.noun)
        } else {
            named(ground, &picture.name(run), of).replacen(ground.symbol, &whole, 1)
        };
        return format!("the ground is {named}{bound}{}{gaps}", range(ground, terrain));
    }
    let why = runs.last().map_or_else(String::new, |&run| why_the_loss(picture, run));
    format!("the ground is the loss: {why}")
}

/// From where to where the heights go that are not those of a loss, with what they are measured in.
fn range(ground: &Ground, terrain: &Terrain) -> String {
    let finite = || terrain.field.values.iter().copied().filter(|height| height.is_finite());
    if ground.unit.is_empty() || finite().next().is_none() {
        return String::new();
    }
    let [low, high] =
        [finite().fold(f64::INFINITY, f64::min), finite().fold(f64::NEG_INFINITY, f64::max)];
    let told = |height: f64| numerals::short(height, 2) + ground.unit;
    format!(", from {} to {}", told(low), told(high))
}

/// What is written behind a height on the lines of a picture whose ground may be that of one of these runs.
#[must_use]
pub(super) fn unit(picture: &Picture<'_>, runs: &[usize]) -> &'static str {
    let own = shown_on(picture, runs).and_then(|run| own(picture, run));
    let is_own = own.zip(picture.terrain).is_some_and(|((_, own), now)| std::ptr::eq(&**own, now));
    if is_own { picture.asked.ground.unit } else { "" }
}

/// What a blank pixel means.
fn gaps(ground: &Ground) -> &'static str {
    if ground.unit.is_empty() {
        ", blank where it is no finite number"
    } else {
        ", blank where a gradient vanishes"
    }
}

/// A ground and whose it is: "the surrogate L(w + ε(w)) of SAM, ρ = 0.15, p = 2".
#[must_use]
pub fn named(ground: &Ground, name: &str, of: &Looking) -> String {
    let rho = numerals::short(of.ball.rho.get(), 3);
    let knows = of.ascent.build().has_neighbourhood();
    let p =
        if knows { format!(", p = {}", words::exponent(of.ball.norm.p())) } else { String::new() };
    format!("{} {} of {name} with ρ = {rho}{p}", ground.noun, ground.symbol)
}

/// Why the map of a run shows the loss where another ground is asked for.
fn why_the_loss(picture: &Picture<'_>, run: usize) -> String {
    let name = picture.name(run);
    match looking(&picture.spec(run)) {
        None => format!("{name} does not look around"),
        Some(of) => match picture.asked.ground.lacks(&of) {
            Some(why) => format!("of {name}, {why}"),
            None => "the other is on its way".to_owned(),
        },
    }
}

/// The height of the ground of a run's map at a place of it: "L(w + ε(w)) 0.43"; none where it is that of the loss.
#[must_use]
pub fn at(picture: &Picture<'_>, id: PaneId, at: [f64; 2]) -> Option<String> {
    let runs = if let PaneId::Map(run) = id { vec![run] } else { picture.runs() };
    let (_, terrain) = own(picture, shown_on(picture, &runs)?)?;
    let ground = picture.asked.ground;
    let height = terrain.field.at(at[0], at[1]);
    let height =
        height.map_or_else(|| "none".to_owned(), |it| numerals::short(it, 4) + ground.unit);
    Some(format!("{} {height}", signed(ground, picture)))
}
