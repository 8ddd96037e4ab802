//! What can be pointed at in a lens or on a map: quantities of a step, minima, and the steps of a route.

use super::numerals::{point, short};
use super::picture::Picture;
use super::quantity::Quantity;
use super::stride::Stride;
use super::{step, words};
use crate::optim::ascent;

/// Something that can be pointed at.
#[derive(Debug, Clone, PartialEq)]
pub struct Thing {
    /// What it stands for.
    pub quantity: Quantity,
    /// Where it is, in data coordinates: a place, or the points of a line.
    pub points: Vec<[f64; 2]>,
    /// Its name with its formula and its numbers.
    pub said: String,
}

impl Thing {
    /// How far a point is from it, all in points of the screen or the sheet.
    fn distance(&self, at: [f64; 2], place: &impl Fn([f64; 2]) -> [f64; 2]) -> f64 {
        let points: Vec<[f64; 2]> = self.points.iter().map(|&at| place(at)).collect();
        let to_place = |from: [f64; 2]| (from[0] - at[0]).hypot(from[1] - at[1]);
        match points.as_slice() {
            [] => f64::INFINITY,
            // A place lies on the ends of lines, and is harder to hit.
            [only] => to_place(*only) - BEFORE,
            line => line
                .windows(2)
                .map(|ends| {
                    let [from, to] = [ends[0], ends[1]];
                    let way = [to[0] - from[0], to[1] - from[1]];
                    let length = way[0] * way[0] + way[1] * way[1];
                    let part = ((at[0] - from[0]) * way[0] + (at[1] - from[1]) * way[1]) / length;
                    let part = if part.is_finite() { part.clamp(0.0, 1.0) } else { 0.0 };
                    to_place([from[0] + part * way[0], from[1] + part * way[1]])
                })
                .fold(f64::INFINITY, f64::min),
        }
    }
}

/// How much nearer than a line a place is taken to be, in points.
const BEFORE: f64 = 4.0;
/// What is farther away than this is not pointed at, in points.
const REACH: f64 = 5.0;

/// What a point of the screen or the sheet is on, where `place` says where data lie.
pub fn under(
    things: &[Thing],
    at: [f64; 2],
    place: impl Fn([f64; 2]) -> [f64; 2],
) -> Option<&Thing> {
    let near = things.iter().map(|thing| (thing.distance(at, &place), thing));
    let near = near.filter(|(distance, _)| *distance <= REACH);
    near.min_by(|(a, _), (b, _)| a.total_cmp(b)).map(|(_, thing)| thing)
}

/// What is said of a quantity of a step.
#[must_use]
pub fn said(picture: &Picture<'_>, stride: &Stride<'_>, quantity: Quantity) -> String {
    let numbers = &stride.row.numbers;
    let name = picture.name(stride.run);
    match quantity {
        Quantity::Weights => format!(
            "w, the weights of {name}: {}, L = {}",
            point(picture.place(stride.row.w)),
            short(numbers.loss, 4)
        ),
        Quantity::Perturbed => format!(
            "w + ε, where {name} looks: L(w + ε) = {}, {} above L(w)",
            short(numbers.adversarial_loss, 4),
            short(numbers.gap(), 3)
        ),
        Quantity::Ball => {
            let p = words::exponent(stride.spec.ball.norm.p());
            let of = stride.spec.ascent.entry();
            let stretched = if of.id == ascent::sam().id() { "" } else { ", as its ascent has it" };
            format!(
                "the ball that ε is chosen from: ρ = {}, p = {p}{stretched}",
                short(numbers.rho, 4)
            )
        }
        Quantity::Base => {
            let base = stride.spec.base.entry().name;
            let to = stride.plain.map(|plain| point(picture.place(plain))).unwrap_or_default();
            format!("where {base} would go by g, from the same w with the same memory: {to}")
        }
        Quantity::Gradient
        | Quantity::Epsilon
        | Quantity::GradientThere
        | Quantity::Direction
        | Quantity::Next => step::told(stride, quantity),
        Quantity::Minimum | Quantity::Route => String::new(),
    }
}

/// What can be pointed at on the map of these runs around a place: minima, and the nearest step of each route.
#[must_use]
pub fn on_map(picture: &Picture<'_>, runs: &[usize], around: [f64; 2]) -> Vec<Thing> {
    let mut things: Vec<Thing> = Vec::new();
    for minimum in picture.minima() {
        things.push(Thing {
            quantity: Quantity::Minimum,
            points: vec![minimum.at],
            said: format!(
                "minimum at {}: L = {}, λₘₐₓ = {}",
                point(minimum.at),
                short(minimum.height, 3),
                short(minimum.lambda_max, 3)
            ),
        });
    }
    for &run in runs {
        let Some((path, shadow)) = picture.run(run).zip(picture.shadow(run)) else { continue };
        let apart = |at: &[f64; 2]| (at[0] - around[0]).hypot(at[1] - around[1]);
        let steps = shadow.places.iter().enumerate();
        let nearest = steps.min_by(|(_, a), (_, b)| apart(a).total_cmp(&apart(b)));
        let Some((step, &at)) = nearest else { continue };
        let name = picture.name(run);
        let loss = path.row(step).map_or(f64::NAN, |row| row.numbers.loss);
        let said = format!("{name} at step {step}: {}, L = {}", point(at), short(loss, 4));
        things.push(Thing { quantity: Quantity::Route, points: vec![at], said });
    }
    things
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thing(quantity: Quantity, points: &[[f64; 2]]) -> Thing {
        Thing { quantity, points: points.to_vec(), said: String::new() }
    }

    #[test]
    fn one_points_at_what_is_nearest_and_at_a_place_rather_than_at_a_line_through_it() {
        let things = [
            thing(Quantity::Epsilon, &[[0.0, 0.0], [10.0, 0.0]]),
            thing(Quantity::Weights, &[[0.0, 0.0]]),
            thing(Quantity::Next, &[[0.0, 0.0], [0.0, 10.0]]),
        ];
        let place = |[x, y]: [f64; 2]| [10.0 * x, 100.0 - 10.0 * y];
        let on = |at| under(&things, at, place).map(|thing| thing.quantity);
        assert_eq!(on([50.0, 98.0]), Some(Quantity::Epsilon));
        assert_eq!(on([3.0, 99.0]), Some(Quantity::Weights));
        assert_eq!(on([1.0, 40.0]), Some(Quantity::Next));
        assert_eq!(on([40.0, 40.0]), None);
        assert_eq!(on([f64::NAN, 0.0]), None);
    }
}
