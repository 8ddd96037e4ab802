//! The lens of a map: the step that is being made, large, with a name on everything.
//!
//! ```text
//!        w + ε ◆╲                 ball and arrows at one scale, where both can be seen;
//!             ╱   ╲ −η g_SAM       else the arrows have one of their own, and it is said
//!          ε ╱     ▸
//!           ╱     ⋰  carried back to w
//!        w ●╲   ⋰
//!             ▸ w′                 ○ SGD would go here
//! ```
//!
//! All runs of a figure are seen through lenses of one power: that of the ball, or of the ball of the first run that has
//! one. A lens is a function of the picture, and its letters look for their places anew at every step.

use super::overlays::{Extract, Within, ball, lettering};
use super::phase::Phase;
use super::picture::{Picture, Sight};
use super::quantity::Quantity;
use super::things::{self, Thing};
use super::{Anchor, Dash, Ink, Lens, Mark, Pen, Points, Shape, Site, numerals, stride};
use crate::engine::products::close::Lenses;
use crate::engine::products::terrain::Terrain;

mod corner;
mod frame;
mod limbs;
mod apart;
mod letters;
mod stage;
mod tale;
mod block;

pub use frame::Glass;

use letters::Letters;
use limbs::{Limb, Limbs, Part};
use stage::Stage;
use stride::Stride;

/// The height of letters in a lens, in points.
pub const SIZE: f32 = 11.0;

/// What the lenses of all runs show: what the ground is asked for.
#[must_use]
pub fn windows(picture: &Picture<'_>) -> Lenses {
    let mut lenses = Lenses::default();
    for (run, lens) in lenses.iter_mut().enumerate() {
        *lens = Glass::of(picture, run).map(|glass| glass.window());
    }
    lenses
}

/// The run whose step is shown where there is room for one: the last that looks around, else the last.
#[must_use]
pub fn looking(picture: &Picture<'_>, runs: &[usize]) -> Option<usize> {
    runs.iter().rfind(|&&run| picture.perturbs(run)).or(runs.last()).copied()
}

/// The lens of a map, over the step of the last of its runs that looks around.
#[must_use]
pub(super) fn lens(map: &Extract<'_>) -> Option<Box<Lens>> {
    let picture = map.picture;
    let run = looking(picture, map.runs)?;
    let glass = Glass::of(picture, run)?;
    let stride = Stride::of(picture, run)?;
    let laid = Laid::of(picture, &stride, &glass);
    let site = match picture.look.lens {
        Sight::Hidden => return None,
        Sight::In(corner) => Site::Corner(corner),
        Sight::WhereItCoversLeast => {
            let side = glass.size[0] / picture.scale();
            Site::Corner(corner::least_covered(map, side))
        }
        Sight::Whole => Site::Whole,
    };
    let things = laid.things(picture, &stride, &glass);
    let mut marks = ground(map, &glass, run);
    let lit = things.iter().filter(|thing| Some(thing.quantity) == picture.look.lit);
    marks.extend(lit.map(light));
    marks.extend(laid.marks(&glass, stride.ink, Stage::of(picture.look.story)));
    let below = picture.look.window.span()[1] * picture.scale() - glass.size[1];
    let words = if site == Site::Whole && below > 1.0 {
        block::words(picture, run, glass.size[0])
    } else {
        Vec::new()
    };
    Some(Box::new(Lens { window: glass.window(), size: glass.size, site, marks, things, words }))
}

/// A light behind what is pointed at in the readings.
fn light(thing: &Thing) -> Mark {
    const WIDTH: f32 = 10.0;
    const STRENGTH: f32 = 0.45;
    let points: Points = thing.points.clone().into();
    if points.len() > 1 {
        let pen = Pen::new(Ink::Paper, WIDTH).faint(2.0 * STRENGTH);
        return Mark::Path { points, pen };
    }
    let (shape, ink) = (Shape::Disc, Ink::Paper);
    Mark::Dots { points, shape, ink, size: 2.0 * WIDTH, strength: 2.0 * STRENGTH }
}

/// The ground around the weights of a run, once it is there.
fn close<'a>(picture: &Picture<'a>, run: usize) -> Option<&'a Terrain> {
    picture.close?.runs.get(run)?.as_ref()
}

/// The ground in a lens, toned for what the lens shows.
fn ground(map: &Extract<'_>, glass: &Glass, run: usize) -> Vec<Mark> {
    let picture = Picture { terrain: close(map.picture, run), ..*map.picture };
    let near = Extract {
        picture: &picture,
        window: glass.window(),
        points_per_unit: glass.unit,
        within: Within::Lens,
        lettering: &lettering::NONE,
        ..*map
    };
    near.marks()
}

/// Everything that is drawn of a step, and where, in points from the upper left corner of the lens.
pub(super) struct Laid {
    ball: Vec<[f64; 2]>,
    limbs: Limbs,
    letters: Letters,
}

impl Laid {
    pub(super) fn of(picture: &Picture<'_>, stride: &Stride<'_>, glass: &Glass) -> Self {
        let outline = picture.ball_around(stride.run, &stride.row, CORNERS).unwrap_or_default();
        let ball = outline.into_iter().map(|at| glass.point(at)).collect();
        let limbs = apart::set(Limbs::of(picture, stride, glass));
        let mut letters = Letters::within(glass.size);
        letters.keep_off(&limbs);
        letters.note(&power(picture, glass, &limbs), letters::Edge::Top);
        if let Some(range) = close(picture, stride.run).and_then(|ground| ground.field.range()) {
            let [low, high] = range.map(|height| numerals::short(height, 3));
            // A ground of one height, or of rounding, has no tones.
            if low != high {
                letters.note(&format!("tones: L {low} to {high}"), letters::Edge::Bottom);
            }
        }
        for name in limbs.names(stride) {
            letters.place(name);
        }
        Self { ball, limbs, letters }
    }

    /// The boxes of all letters: left, top, right, bottom.
    #[cfg(test)]
    fn boxes(&self) -> Vec<(String, kurbo::Rect)> {
        self.letters.placed.iter().map(|word| (word.text.clone(), word.place)).collect()
    }

    /// What can be pointed at, in the map's coordinates.
    fn things(&self, picture: &Picture<'_>, stride: &Stride<'_>, glass: &Glass) -> Vec<Thing> {
        let limbs = &self.limbs;
        let arrows = limbs.limbs.iter().map(|limb| {
            let quantity = match limb.part {
                Part::Epsilon => Quantity::Epsilon,
                Part::Update => Quantity::Next,
                Part::There | Part::Carried => Quantity::GradientThere,
                Part::Here => Quantity::Gradient,
                Part::Turn => Quantity::Direction,
                Part::Ghost => Quantity::Base,
            };
            (quantity, vec![limb.from, limb.to])
        });
        let ring = self.ball.iter().chain(self.ball.first()).copied().collect();
        let places = [
            (Quantity::Weights, Some(limbs.w)),
            (Quantity::Perturbed, limbs.tip),
            (Quantity::Next, limbs.next),
            (Quantity::Base, limbs.ghost),
        ];
        let places = places.into_iter().filter_map(|(quantity, at)| Some((quantity, vec![at?])));
        let all = places.chain(arrows).chain([(Quantity::Ball, ring)]);
        all.filter(|(_, points)| !points.is_empty())
            .map(|(quantity, points)| Thing {
                quantity,
                points: points.into_iter().map(|at| glass.data(at)).collect(),
                said: things::said(picture, stride, quantity),
            })
            .collect()
    }

    fn marks(&self, glass: &Glass, run: Ink, stage: Stage) -> Vec<Mark> {
        let data = |at: [f64; 2]| glass.data(at);
        let line = |points: &[[f64; 2]], pen| Mark::Path {
            points: points.iter().map(|&at| data(at)).collect(),
            pen,
        };
        let dot = |at, shape, ink, size| Mark::Dots {
            points: Points::from([data(at)]),
            shape,
            ink,
            size,
            strength: 1.0,
        };
        let Self { ball, limbs, letters } = self;
        let mut marks = Vec::new();
        let open = stage.ball();
        let ball: Vec<[f64; 2]> =
            ball.iter().map(|&at| limbs::between(limbs.w, at, open)).collect();
        if let Some(&first) = ball.first().filter(|_| open > 0.0) {
            let ring: Vec<[f64; 2]> = ball.iter().copied().chain([first]).collect();
            marks.push(Mark::Region {
                outline: ball.iter().map(|&at| data(at)).collect(),
                ink: Ink::Epsilon,
                strength: 0.12,
            });
            marks.push(line(&ring, Pen::new(Ink::Epsilon, 1.4)));
        }
        for via in limbs.via.iter().filter(|_| stage.is_over(Phase::Ball)) {
            let pen = Pen::new(Ink::Epsilon, 1.1).faint(0.8);
            marks.push(Mark::Arrow { from: data(via[0]), to: data(via[1]), pen });
        }
        if let Some(carried) = limbs.carried.filter(|_| stage.has_begun(Phase::Step)) {
            marks.push(line(&carried, Pen::new(Ink::Text, 1.1).dashed(Dash::Dotted)));
        }
        let words = letters.placed.iter().filter(|word| stage.has_begun(word.since));
        for word in words.clone() {
            marks.extend(
                word.leader.map(|leader| line(&leader, Pen::new(Ink::Text, 0.7).faint(0.7))),
            );
        }
        // The first are the most important, and lie on top.
        let shown = limbs.limbs.iter().rev().filter_map(|limb| stage.limb(limb));
        for limb in shown.chain(stage.carried(&limbs.limbs, limbs.w)) {
            let Limb { from, to, pen, .. } = limb;
            marks.push(Mark::Arrow { from: data(from), to: data(to), pen });
        }
        let tip = limbs.tip.filter(|_| stage.has_begun(Phase::Climb));
        let tip = stage.climber(limbs.w, limbs.tip).or(tip);
        marks.extend(tip.map(|tip| dot(tip, Shape::Disc, Ink::Paper, 8.5)));
        marks.extend(tip.map(|tip| dot(tip, Shape::Diamond, Ink::Epsilon, 6.0)));
        let is_made = stage.is_over(Phase::Step);
        let [ghost, next] = [limbs.ghost, limbs.next].map(|at| at.filter(|_| is_made));
        marks.extend(ghost.map(|ghost| dot(ghost, Shape::Ring, Ink::Quiet, 7.0)));
        marks.extend(next.map(|next| dot(next, Shape::Ring, run, 8.0)));
        marks.push(dot(limbs.w, Shape::Disc, Ink::Paper, 10.5));
        marks.push(dot(limbs.w, Shape::Disc, run, 7.5));
        marks.extend(words.map(|word| Mark::Label {
            at: data([word.place.x0, word.place.center().y]),
            offset: [0.0, 0.0],
            text: word.text.clone(),
            ink: word.ink,
            size: SIZE,
            anchor: Anchor::Left,
            angle: 0.0,
        }));
        marks
    }
}

/// Corners of the ball: at this number neither circle nor square shows one that it has not.
const CORNERS: usize = 144;

/// How much a lens enlarges, and at which scale its arrows are.
fn power(picture: &Picture<'_>, glass: &Glass, limbs: &Limbs) -> String {
    let mut text = format!("×{}", numerals::short(glass.unit / picture.scale(), 2));
    #[expect(clippy::float_cmp, reason = "it is 1 exactly where nobody chose another")]
    if limbs.scale != 1.0 && limbs.limbs.iter().any(|limb| limb.part != Part::Epsilon) {
        text += &format!(" · steps ×{}", numerals::short(limbs.scale, 2));
    }
    if limbs.is_still {
        text += " · still";
    }
    if picture.is_a_slice() {
        text += " · shadows";
    }
    text
}

#[cfg(test)]
mod tests;
