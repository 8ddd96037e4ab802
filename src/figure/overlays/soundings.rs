//! Soundings: the minima and the saddles in view, each with its height and `λ_max`, as depths on the chart of a lake.
//!
//! A ring with a dot is a minimum, a cross a saddle. The mark is always there; its numbers make way for paths, for what
//! stands at the step shown and for each other, the lowest first, and are left out where there is no room.

use kurbo::Size;

use super::room::{OF_A_MARK, Room, Spot};
use super::{Extract, Overlay, Placed};
use crate::figure::metrics::{self, Face};
use crate::figure::{Ink, Mark, Points, Shape, numerals};
use crate::scene::layer::Layer;

pub(super) static OVERLAY: Overlay = Overlay {
    id: "soundings",
    about: "minima and saddles with their height and λ_max",
    place: Placed::OnMap,
    marks,
};

/// Height of the numbers, and from line to line, in points.
pub(super) const SIZE: f64 = 11.0;
pub(super) const LINE: f64 = 1.2 * SIZE;
/// The diameters of marks in points: a ring and the dot in it, and a cross.
const RING: f32 = 9.0;
const DOT: f32 = 3.0;
const CROSS: f32 = 6.5;
/// Words about one mark keep so far from another, in points.
pub(super) const REACH: f64 = 6.0;
/// Marks of a kind: more would be noise.
const MOST: usize = 24;
/// Where so many stand on a ground that tells where starts end, only the minima have numbers: the ground is what is read.
const MANY: usize = 8;

/// A minimum or a saddle on the map.
#[derive(Clone)]
pub(super) struct Sounding {
    pub(super) at: [f64; 2],
    is_saddle: bool,
    pub(super) lines: Vec<String>,
    /// Where its numbers stand, if there is room for them.
    pub(super) spot: Option<Spot>,
}

fn marks(extract: &Extract<'_>) -> Vec<Mark> {
    let soundings = &extract.lettering.soundings;
    let places = |is_saddle: bool| -> Points {
        soundings.iter().filter(|mark| mark.is_saddle == is_saddle).map(|mark| mark.at).collect()
    };
    let dots = |points: &Points, shape, size| Mark::Dots {
        points: Points::clone(points),
        shape,
        ink: Ink::Minimum,
        size,
        strength: 1.0,
    };
    let (minima, saddles) = (places(false), places(true));
    let mut marks = Vec::new();
    if !saddles.is_empty() {
        marks.push(dots(&saddles, Shape::Cross, CROSS));
    }
    if !minima.is_empty() {
        marks.extend([dots(&minima, Shape::Ring, RING), dots(&minima, Shape::Disc, DOT)]);
    }
    for Sounding { at, lines, spot, .. } in soundings {
        let Some(spot) = spot else { continue };
        let first = -LINE * (lines.len() - 1) as f64 / 2.0;
        #[expect(clippy::cast_possible_truncation, reason = "points of a screen")]
        marks.extend(lines.iter().enumerate().map(|(k, text)| Mark::Label {
            at: *at,
            offset: [spot.offset[0], spot.offset[1] + first + LINE * k as f64].map(|x| x as f32),
            text: text.clone(),
            ink: Ink::Minimum,
            size: SIZE as f32,
            anchor: spot.anchor,
            angle: 0.0,
        }));
    }
    marks
}

/// Every minimum and saddle in view, without numbers; their places are taken.
pub(super) fn marked(extract: &Extract<'_>, room: &mut Room) -> Vec<Sounding> {
    let span = extract.picture.terrain.map_or(0.0, |terrain| terrain.levels.span);
    let sounding = |at, is_saddle, loss: f64, lambda_max: f64| {
        let mut lines = vec![format!("L = {}", numerals::short(height(span, loss), 3))];
        // The tip of a cone has no curvature.
        if lambda_max.is_finite() {
            lines.push(format!("λ = {}", numerals::short(lambda_max, 3)));
        }
        Sounding { at, is_saddle, lines, spot: None }
    };
    let in_view = |at: &[f64; 2]| extract.window.contains(*at);
    let minima = extract.picture.minima().into_iter().filter(|minimum| in_view(&minimum.at));
    let minima = minima.map(|minimum| (minimum.at, false, minimum.height, minimum.lambda_max));
    let saddles = extract.picture.saddles().iter().filter(|saddle| in_view(&saddle.at));
    let saddles = saddles.map(|saddle| (saddle.at, true, saddle.loss, saddle.lambda_max));
    let mut soundings: Vec<Sounding> = minima
        .take(MOST)
        .chain(saddles.take(MOST))
        .map(|(at, is_saddle, loss, lambda_max)| sounding(at, is_saddle, loss, lambda_max))
        .collect();
    if extract.picture.asked.layer != Layer::Loss && soundings.len() > MANY {
        for saddle in soundings.iter_mut().filter(|mark| mark.is_saddle) {
            saddle.lines.clear();
        }
    }
    for mark in &soundings {
        room.mark(mark.at, REACH);
    }
    soundings
}

/// Finds room for the numbers of `soundings`.
pub(super) fn lettered(soundings: &mut [Sounding], room: &mut Room) {
    for sounding in soundings.iter_mut().filter(|it| !it.lines.is_empty()) {
        let width = |text: &String| metrics::width(text, Face::Regular, SIZE);
        let width = sounding.lines.iter().map(width).fold(0.0, f64::max);
        let size = Size::new(width, LINE * sounding.lines.len() as f64);
        sounding.spot = room.beside(sounding.at, size, &OF_A_MARK);
    }
}

/// Below this part of the range of the loss a height is rounding, and is written as 0.
const ROUNDING: f64 = 1e-12;

fn height(span: f64, height: f64) -> f64 {
    if height.abs() < ROUNDING * span { 0.0 } else { height }
}
