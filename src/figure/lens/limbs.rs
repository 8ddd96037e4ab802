//! The arrows of a step, in points of the lens, and what they are called.

use ndarray::{Array1, ArrayView1};

use super::letters::Name;
use super::{Glass, Stride};
use crate::figure::phase::Phase;
use crate::figure::picture::Picture;
use crate::figure::step::GRADIENT_THERE;
use crate::figure::{Dash, Ink, Pen};
use crate::optim::ascent::{self, Via};

/// What an arrow is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// `w → w + ε`.
    Epsilon,
    /// `w → w′`.
    Update,
    /// `−η g_SAM`, at `w + ε`.
    There,
    /// `−η g`, at `w`.
    Here,
    /// `−η g_SAM`, carried back to `w`, where the update is something else.
    Carried,
    /// From `−η g_SAM` at `w` to what the base is handed, where an ascent hands on another direction.
    Turn,
    /// Where the base would go by `g`, where that is something else than `−η g`.
    Ghost,
}

/// An arrow.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Limb {
    pub(super) part: Part,
    pub(super) from: [f64; 2],
    pub(super) to: [f64; 2],
    pub(super) pen: Pen,
}

/// What the base would do by `g`, as it is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ghost {
    Here,
    Too,
    Hardly,
    Unknown,
}

/// All arrows of a step, the most important first, and what lies at their ends.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Limbs {
    pub(super) limbs: Vec<Limb>,
    /// The weights.
    pub(super) w: [f64; 2],
    /// `w + ε`.
    pub(super) tip: Option<[f64; 2]>,
    /// `w′`, where it stands where it is.
    pub(super) next: Option<[f64; 2]>,
    /// Where the base would go.
    pub(super) ghost: Option<[f64; 2]>,
    /// From the tip of `−η g_SAM` at `w + ε` to where it ends when it is carried back to `w`.
    pub(super) carried: Option<[[f64; 2]; 2]>,
    /// The perturbations that ε is made of, where there are several: the ways between their ends.
    pub(super) via: Vec<[[f64; 2]; 2]>,
    /// How many times larger the steps are drawn than the ball.
    pub(super) scale: f64,
    /// Whether there are steps, and all are too short to be drawn.
    pub(super) is_still: bool,
    base_goes: Ghost,
}

/// Shorter arrows say nothing, in points.
const SHORTEST: f64 = 2.5;
/// Tips closer than this are one place.
const SAME: f64 = 1.5;
/// Steps that are all shorter than this, in points, are drawn at a scale of their own, about so long.
const SMALL: f64 = 24.0;
const ENLARGED: f64 = 0.26;
/// Steps that would have to be drawn this many times larger are none that anyone sees: nothing is drawn of them.
const LARGEST: f64 = 1e6;
/// What tips keep from the edge of the lens.
const MARGIN: f64 = 14.0;
/// A base that would go by less than this, beside a step of some length, hardly moves; in points.
const HARDLY: f64 = 5.0;

/// Everything that a step goes, on its lens at true scale.
struct Ways {
    w: [f64; 2],
    tip: Option<[f64; 2]>,
    here: Option<[f64; 2]>,
    there: Option<[f64; 2]>,
    update: Option<[f64; 2]>,
    plain: Option<[f64; 2]>,
    handed: Option<[f64; 2]>,
    /// Whence and how far each arrow goes.
    arrows: Vec<([f64; 2], [f64; 2])>,
}

impl Ways {
    fn of(picture: &Picture<'_>, stride: &Stride<'_>, glass: &Glass) -> Self {
        let w = glass.point(picture.place(stride.row.w));
        let on_lens = |by: ArrayView1<'_, f64>| {
            let [x, y] = picture.displacement(by);
            [x * glass.unit, -y * glass.unit]
        };
        let eta = stride.row.numbers.eta;
        let step = stride.vectors;
        let downhill = |gradient: ArrayView1<'_, f64>| on_lens((&gradient * -eta).view());
        let epsilon = step.filter(|_| stride.looks()).map(|step| on_lens(step.epsilon.view()));
        let here = step.map(|step| downhill(step.gradient.view()));
        let there =
            step.filter(|_| stride.looks()).map(|step| downhill(step.gradient_there.view()));
        let update = stride.update().map(|by| on_lens(by.view()));
        // What a mistake hands on is no turn of the gradient, but another one.
        let handed = stride.hands_on().filter(|_| stride.looks() && !stride.spec.is_mistaken());
        let handed = handed.map(|direction| downhill(direction.view()));
        let differs = stride.looks() || stride.hands_on().is_some();
        let plain = stride.plain_update().filter(|_| differs).map(|by| on_lens(by.view()));

        let tip = epsilon.map(|by| moved(w, by));
        let at_w = [update, here, there, plain, handed];
        let arrows: Vec<([f64; 2], [f64; 2])> = at_w
            .into_iter()
            .flatten()
            .map(|by| (w, by))
            .chain(tip.zip(there))
            .filter(|(_, by)| by.iter().all(|x| x.is_finite()))
            .collect();
        Self { w, tip, here, there, update, plain, handed, arrows }
    }
}

/// How many times larger steps are drawn than the ball: the same in the lenses of all runs that are shown, for they are
/// compared by eye; but where nothing would be seen of these `arrows` then, the scale of their own.
fn common_scale(picture: &Picture<'_>, arrows: &[([f64; 2], [f64; 2])], size: [f64; 2]) -> f64 {
    let own = |run: usize| {
        let glass = Glass::of(picture, run)?;
        Some(scale(&Ways::of(picture, &Stride::of(picture, run)?, &glass).arrows, glass.size))
    };
    let least = picture.runs().into_iter().filter_map(own).reduce(f64::min).unwrap_or(1.0);
    let longest = arrows.iter().map(|(_, by)| by[0].hypot(by[1])).fold(0.0, f64::max);
    if least * longest >= HARDLY { least } else { scale(arrows, size) }
}

impl Limbs {
    /// The arrows of `stride`, at true scale or at the scale that those of all runs can be seen at.
    pub(super) fn of(picture: &Picture<'_>, stride: &Stride<'_>, glass: &Glass) -> Self {
        let Ways { w, tip, here, there, update, plain, handed, arrows } =
            Ways::of(picture, stride, glass);
        let step = stride.vectors;
        let on_lens = |by: ArrayView1<'_, f64>| {
            let [x, y] = picture.displacement(by);
            [x * glass.unit, -y * glass.unit]
        };
        let scale = common_scale(picture, &arrows, glass.size);
        let to = |from, by: [f64; 2]| moved(from, by.map(|x| scale * x));

        let mut limbs = Vec::new();
        let mut push = |part, from: [f64; 2], to: [f64; 2], pen| {
            if apart(from, to) >= SHORTEST && to.iter().all(|x| x.is_finite()) {
                limbs.push(Limb { part, from, to, pen });
            }
        };
        let thin = Pen::new(Ink::Gradient, 1.4).cased();
        if let Some(tip) = tip {
            push(Part::Epsilon, w, tip, Pen::new(Ink::Epsilon, 2.2).cased());
        }
        let next = update.map(|by| to(w, by));
        if let Some(next) = next {
            push(Part::Update, w, next, Pen::new(stride.ink, 2.6).cased());
        }
        let mut carried = None;
        if let Some((tip, there)) = tip.zip(there) {
            let (ends, back) = (to(tip, there), to(w, there));
            push(Part::There, tip, ends, thin);
            let is_the_update = next.is_some_and(|next| apart(next, back) < SAME);
            if !is_the_update {
                push(Part::Carried, w, back, thin);
            }
            if let Some(handed) = handed {
                push(Part::Turn, back, to(w, handed), thin);
            }
            let is_seen = apart(tip, ends) >= SHORTEST && apart(ends, back) >= SHORTEST;
            carried = is_seen.then_some([ends, back]);
        }
        let here = here.map(|by| to(w, by));
        if let Some(here) = here {
            push(Part::Here, w, here, thin);
        }
        let plain = plain.map(|by| to(w, by)).filter(|at| at.iter().all(|x| x.is_finite()));
        let base_goes = match plain {
            None => Ghost::Unknown,
            Some(plain) if next.is_some_and(|next| apart(plain, next) < 2.0 * SAME) => Ghost::Too,
            Some(plain) if apart(w, plain) < HARDLY => Ghost::Hardly,
            Some(_) => Ghost::Here,
        };
        let ghost = plain.filter(|_| base_goes == Ghost::Here);
        if let Some(ghost) =
            ghost.filter(|ghost| here.is_none_or(|here| apart(*ghost, here) >= SAME))
        {
            push(Part::Ghost, w, ghost, Pen::new(Ink::Quiet, 1.6).cased().dashed(Dash::Dashed));
        }
        let is_seen = |at: &[f64; 2]| apart(w, *at) >= SHORTEST && at.iter().all(|x| x.is_finite());
        // At a scale of its own the tip of the update is not where the next weights are.
        #[expect(clippy::float_cmp, reason = "it is 1 exactly where nobody chose another")]
        let [next, ghost] = [next, ghost].map(|at| at.filter(|at| scale == 1.0 && is_seen(at)));
        let is_still = !arrows.is_empty() && limbs.iter().all(|limb| limb.part == Part::Epsilon);
        let via = step.map_or_else(Vec::new, |step| via(&step.via, w, tip, on_lens));
        let tip = tip.filter(is_seen);
        Self { limbs, w, tip, next, ghost, carried, via, scale, is_still, base_goes }
    }

    /// An arrow as it is drawn.
    pub(super) fn get(&self, part: Part) -> Option<&Limb> {
        self.limbs.iter().find(|limb| limb.part == part)
    }

    /// What is called what, the most important first.
    pub(super) fn names(&self, stride: &Stride<'_>) -> Vec<Name> {
        let run = stride.ink;
        let mut names = vec![Name::at(self.w, "w", run, 6.0).away_from(self.middle())];
        if let Some(tip) = self.tip {
            let name = Name::at(tip, "w + ε", Ink::Epsilon, 5.0).away_from(self.w);
            names.push(name.since(Phase::Climb));
        }
        match (self.next, self.get(Part::Update)) {
            (Some(next), _) => {
                let name = Name::at(next, "w′", run, 6.0).away_from(self.w);
                names.push(name.since(Phase::Step));
            }
            (None, Some(update)) => {
                let name = Name::at(update.to, "to w′", run, 4.0).away_from(self.w);
                names.push(name.since(Phase::Step));
            }
            (None, None) => {}
        }
        let beside = |part: Part, text: &str, ink: Ink| {
            self.get(part).map(|limb| {
                Name::at(between(limb.from, limb.to, 0.55), text, ink, 4.0).beside(limb)
            })
        };
        let since = |phase: Phase| move |name: Name| name.since(phase);
        names.extend(beside(Part::Epsilon, "ε", Ink::Epsilon).map(since(Phase::Ball)));
        let there = format!("−η {GRADIENT_THERE}");
        names.extend(beside(Part::There, &there, Ink::Gradient).map(since(Phase::There)));
        names.extend(beside(Part::Here, "−η g", Ink::Gradient));
        let turn = turn(ascent::table::handed(&stride.spec.ascent));
        names.extend(beside(Part::Turn, &turn, Ink::Gradient).map(since(Phase::Step)));
        if let Some([from, to]) = self.carried {
            let at = between(from, to, 0.5);
            let name = Name::at(at, "carried back", Ink::Text, 3.0).beside_line(from, to);
            names.push(name.since(Phase::Step));
        }
        let base = stride.spec.base.entry().name;
        let says = |text: &str| format!("{base} would {text}");
        let told = names.len();
        // At a scale of its own the tip of an arrow is no place to go to.
        #[expect(clippy::float_cmp, reason = "it is 1 exactly where nobody chose another")]
        let [goes, goes_too] =
            if self.scale == 1.0 { ["go here", "go here too"] } else { ["step so", "step so too"] };
        match self.base_goes {
            Ghost::Here => {
                // Where the base goes by g alone, its arrow is that of −η g.
                let arrow = self.get(Part::Ghost).or(self.get(Part::Here));
                let at = self.ghost.or(arrow.map(|limb| limb.to)).unwrap_or(self.w);
                let name = Name::at(at, &says(goes), Ink::Quiet, 5.0);
                names.push(name.or(base).away_from(self.w));
            }
            Ghost::Too => {
                let at = self.get(Part::Update).map_or(self.w, |update| update.to);
                let name = Name::at(at, &says(goes_too), Ink::Quiet, 8.0);
                names.push(name.or(&format!("{base} too")).away_from(self.w));
            }
            Ghost::Hardly => {
                names.push(
                    Name::at(self.w, &says("hardly move"), Ink::Quiet, 8.0)
                        .away_from(self.middle()),
                );
            }
            Ghost::Unknown => {}
        }
        let ghosts = names.split_off(told);
        names.extend(ghosts.into_iter().map(since(Phase::Step)));
        names
    }

    /// The middle of all tips: what the name of the weights keeps away from.
    fn middle(&self) -> [f64; 2] {
        let count = self.limbs.len().max(1) as f64;
        let sum = |k: usize| self.limbs.iter().map(|limb| limb.to[k]).sum::<f64>() / count;
        if self.limbs.is_empty() { self.w } else { [sum(0), sum(1)] }
    }
}

/// What is added to `−η g_SAM` where `formula` is what an ascent hands on: `η α g_⊥` of `g_SAM − α g_⊥, …`.
fn turn(formula: &str) -> String {
    let handed = formula.split(',').next().unwrap_or_default();
    match handed.strip_prefix("g_SAM − ") {
        Some(taken) => format!("η {taken}"),
        None => "to −η u".to_owned(),
    }
}

/// The ways of the perturbations that ε is made of.
fn via(
    via: &Via,
    w: [f64; 2],
    tip: Option<[f64; 2]>,
    on_lens: impl Fn(ArrayView1<'_, f64>) -> [f64; 2],
) -> Vec<[[f64; 2]; 2]> {
    let end = |epsilon: &Array1<f64>| moved(w, on_lens(epsilon.view()));
    match via {
        Via::Straight => Vec::new(),
        Via::Sums(sums) => {
            let places: Vec<[f64; 2]> =
                std::iter::once(w).chain(sums.iter().map(end)).chain(tip).collect();
            places.windows(2).map(|ends| [ends[0], ends[1]]).collect()
        }
        Via::Parts(parts) => parts.iter().map(|epsilon| [w, end(epsilon)]).collect(),
    }
}

/// How many times larger steps are drawn than the ball: once where all can be seen, or none at any scale; else a round
/// number of times.
fn scale(arrows: &[([f64; 2], [f64; 2])], size: [f64; 2]) -> f64 {
    let longest = arrows.iter().map(|(_, by)| by[0].hypot(by[1])).fold(0.0, f64::max);
    let most = arrows
        .iter()
        .map(|(from, by)| until_the_edge(*from, *by, size))
        .fold(f64::INFINITY, f64::min);
    if !(longest > 0.0 && longest.is_finite() && most > 0.0) || (longest >= SMALL && most >= 1.0) {
        return 1.0;
    }
    let wanted =
        if most < 1.0 { most } else { most.min(ENLARGED * size[0].min(size[1]) / longest) };
    let decade = libm::pow(10.0, libm::floor(libm::log10(wanted)));
    let round = [5.0, 2.0, 1.0].iter().find(|k| **k * decade <= wanted * (1.0 + 1e-9));
    let scale = round.map_or(wanted, |k| k * decade);
    if scale > 0.0 && scale <= LARGEST { scale } else { 1.0 }
}

/// How many times as long an arrow from `from` may be before it comes near the edge.
fn until_the_edge(from: [f64; 2], by: [f64; 2], size: [f64; 2]) -> f64 {
    (0..2)
        .map(|k| {
            let room = if by[k] > 0.0 { size[k] - MARGIN - from[k] } else { from[k] - MARGIN };
            if by[k] == 0.0 { f64::INFINITY } else { room / by[k].abs() }
        })
        .fold(f64::INFINITY, f64::min)
}

pub(super) fn apart(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

pub(super) fn moved(at: [f64; 2], by: [f64; 2]) -> [f64; 2] {
    [at[0] + by[0], at[1] + by[1]]
}

pub(super) fn between(a: [f64; 2], b: [f64; 2], part: f64) -> [f64; 2] {
    [a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])]
}
