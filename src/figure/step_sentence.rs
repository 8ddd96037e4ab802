//! The sentence of a step: what the gradient is like at `w + ε`, where the step goes, and what the base would have done.
//!
//! "At w + ε the gradient is 12 times as long as at w, turned by 17°: SAM is thrown back across the valley, SGD would
//! hardly move."
//!
//! ```text
//! how long     ‖g_SAM‖ / ‖g‖                      how far turned    the angle between them
//! down         g·u < 0, u = w′ − w                 across            and ∇L(w′)·u > 0: the ground rises again at w′
//! back         and u points against the step before
//! the base     ‖u°‖ / ‖u‖ and the angle between them, u° = w° − w
//! ```

use ndarray::ArrayView1;

use super::numerals::{decimals, short};
use super::picture::Picture;
use super::stride::Stride;
use crate::math::norm::Norm;
use crate::optim::ascent::FLAT;

/// What there is to be said of a step: numbers, and no words yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// What the run is called.
    pub name: String,
    /// What its base is called.
    pub base: String,
    /// What it saw.
    pub looked: Looked,
    /// Where it goes.
    pub way: Way,
    /// What its base would have done; none where that is what it does.
    pub otherwise: Option<Otherwise>,
    /// How long the step is, in steps before it; none where there was none.
    pub longer: Option<f64>,
    /// Whether the run makes this step.
    pub is_taken: bool,
}

/// What a run saw around itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Looked {
    /// It does not look around.
    Never,
    /// The gradient is too flat to be climbed.
    Flat,
    /// It uses what it saw some steps ago.
    Before,
    /// The gradient at `w + ε` in lengths of the one at `w`, and by how many degrees it is turned; none where it vanishes.
    Around {
        /// `‖g_SAM‖ / ‖g‖`.
        ratio: f64,
        /// The angle between them.
        turned: Option<f64>,
    },
}

/// Where a step goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Nowhere.
    Nowhere,
    /// From where the gradient vanishes.
    OffFlatGround,
    /// Neither down nor up.
    Along,
    /// Down, and the ground does not rise yet at `w′`.
    Down,
    /// Down, and beyond the floor.
    Across,
    /// The same, and against the step before.
    Back,
    /// Up.
    Up,
}

/// What the base would have done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Otherwise {
    /// How far, in lengths of the step that is made; none where that is zero.
    pub ratio: Option<f64>,
    /// The angle to it, in degrees; none where one of them is zero.
    pub turned: Option<f64>,
}

/// What there is to be said of the step of a run; none while it is not known.
#[must_use]
pub fn facts(picture: &Picture<'_>, run: usize) -> Option<Facts> {
    let stride = Stride::of(picture, run)?;
    let vectors = stride.vectors?;
    let update = stride.update()?;
    let (g, there) = (vectors.gradient.view(), vectors.gradient_there.view());
    let looked = if !stride.spec.perturbs() {
        Looked::Never
    } else if stride.looks() {
        let ratio = length(there) / length(g);
        // Of parts of a batch each has its own ε, and the mean of their gradients may have where g has none.
        let ratio = if ratio.is_finite() { ratio } else { f64::INFINITY };
        Looked::Around { ratio, turned: angle(g, there) }
    } else if stride.hands_on().is_some() && !stride.is_only_clipped() {
        Looked::Before
    } else {
        Looked::Flat
    };
    let before = stride.previous.map(|previous| &stride.row.w - &previous);
    let (u, before) = (update.view(), before.as_ref().map(|before| before.view()));
    // Without it nobody knows whether the ground rises again at w′.
    let ahead = stride.gradient_ahead?.dot(&u);
    // What rounding leaves of a step at rest is none.
    let is_still = length(u) <= f64::EPSILON * length(stride.row.w);
    let way = if is_still { Way::Nowhere } else { way(g, u, ahead, before) };
    let otherwise = matches!(looked, Looked::Around { .. } | Looked::Before)
        .then(|| stride.plain_update())
        .flatten()
        .map(|plain| Otherwise {
            ratio: Some(length(plain.view()) / length(u)).filter(|ratio| ratio.is_finite()),
            turned: angle(plain.view(), u),
        });
    let longer = before.map(|before| length(u) / length(before)).filter(|x| x.is_finite());
    Some(Facts {
        name: picture.name_at(run, stride.step),
        base: stride.spec.base.entry().name.to_owned(),
        looked,
        way,
        otherwise,
        longer,
        is_taken: stride.is_taken,
    })
}

/// A step that goes down or up by less than this part of its length times the slope goes along: within 10° of the contour.
const LEVEL: f64 = 0.174;
/// A step turned by more than this against the one before goes back: 135°.
const BACK: f64 = -0.707;

fn way(
    g: ArrayView1<'_, f64>,
    u: ArrayView1<'_, f64>,
    ahead: f64,
    before: Option<ArrayView1<'_, f64>>,
) -> Way {
    if length(u) == 0.0 {
        return Way::Nowhere;
    }
    if length(g) < FLAT {
        return Way::OffFlatGround;
    }
    let slope = cosine(g, u).unwrap_or(0.0);
    if slope.abs() < LEVEL {
        Way::Along
    } else if slope > 0.0 {
        Way::Up
    } else if ahead > 0.0 {
        let turns = before.and_then(|before| cosine(before, u));
        if turns.is_some_and(|turns| turns < BACK) { Way::Back } else { Way::Across }
    } else {
        Way::Down
    }
}

fn length(v: ArrayView1<'_, f64>) -> f64 {
    Norm::L2.length(v)
}

fn cosine(a: ArrayView1<'_, f64>, b: ArrayView1<'_, f64>) -> Option<f64> {
    // Divided first: the product of two tiny lengths would be zero.
    let (a, b) = (&a / length(a), &b / length(b));
    Some(a.dot(&b).clamp(-1.0, 1.0)).filter(|cosine| cosine.is_finite())
}

/// The angle between two vectors in degrees; none where one of them is zero.
fn angle(a: ArrayView1<'_, f64>, b: ArrayView1<'_, f64>) -> Option<f64> {
    cosine(a, b).map(|cosine| libm::acos(cosine).to_degrees())
}

/// Lengths that differ by less than this part are about the same.
const ABOUT: f64 = 0.1;
/// Angles below this are not told, and above that it is the other way, in degrees.
const STRAIGHT: f64 = 5.0;
const ROUND: f64 = 150.0;
/// A step shorter than this part of another hardly moves beside it.
const HARDLY: f64 = 0.1;

/// The sentence of these facts, with its full stop.
#[must_use]
pub fn sentence(facts: &Facts) -> String {
    let Facts { name, base, looked, way, otherwise, longer, is_taken } = facts;
    let goes = goes(*way);
    let mut text = match *looked {
        Looked::Never => {
            let size = longer.map(|longer| format!(", {} the step before", as_far_as(longer)));
            format!("{name} {goes}{}", size.filter(|_| *way != Way::Nowhere).unwrap_or_default())
        }
        Looked::Flat => {
            format!(
                "The gradient is too flat to be climbed: {name} steps as {base} does, and {goes}"
            )
        }
        Looked::Before => {
            format!(
                "{name} does not look around at this step and uses what it saw before: it {goes}"
            )
        }
        Looked::Around { ratio, turned } => format!("{}: {name} {goes}", seen(ratio, turned)),
    };
    if let Some(otherwise) = otherwise {
        text += &format!(", {base} would {}", would(*otherwise));
    }
    if !is_taken {
        text += "; the run ends before this step";
    }
    text + "."
}

/// The part of it about what is seen at `w + ε`; empty where nothing is.
#[must_use]
pub fn looking(facts: &Facts) -> String {
    match facts.looked {
        Looked::Around { ratio, turned } => seen(ratio, turned) + ".",
        Looked::Never | Looked::Flat | Looked::Before => String::new(),
    }
}

/// The part of it about where the step goes, with its full stop.
#[must_use]
pub fn going(facts: &Facts) -> String {
    let Facts { name, base, way, otherwise, is_taken, .. } = facts;
    let mut text = format!("From w, {name} {}", goes(*way));
    if let Some(otherwise) = otherwise {
        text += &format!(", where {base} would {}", would(*otherwise));
    }
    if !is_taken {
        text += "; the run ends before this step";
    }
    text + "."
}

fn goes(way: Way) -> &'static str {
    match way {
        Way::Nowhere => "does not move",
        Way::OffFlatGround => "leaves level ground",
        Way::Along => "steps along the slope, neither down nor up",
        Way::Down => "steps down the slope",
        Way::Across => "steps across the valley floor",
        Way::Back => "is thrown back across the valley floor",
        Way::Up => "steps up the slope",
    }
}

/// What the gradient is like at `w + ε`.
fn seen(ratio: f64, turned: Option<f64>) -> String {
    let Some(turned) = turned else {
        return "At w + ε the gradient vanishes".to_owned();
    };
    let length = if ratio.is_infinite() {
        "is there, where at w there is none".to_owned()
    } else if (ratio - 1.0).abs() < ABOUT {
        "is about as long as at w".to_owned()
    } else {
        format!("is {} as long as at w", times(ratio))
    };
    let turn = if turned < STRAIGHT {
        String::new()
    } else if turned > ROUND {
        format!(" and turned round, by {}°", decimals(turned, 0))
    } else {
        format!(", turned by {}°", decimals(turned, 0))
    };
    format!("At w + ε the gradient {length}{turn}")
}

/// "twice", "half", "12 times", "0.4 times".
fn times(ratio: f64) -> String {
    if (ratio - 2.0).abs() < 0.05 {
        "twice".to_owned()
    } else if (ratio - 0.5).abs() < 0.0125 {
        "half".to_owned()
    } else {
        format!("{} times", short(ratio, 2))
    }
}

fn as_far_as(ratio: f64) -> String {
    if (ratio - 1.0).abs() < ABOUT {
        "about as far as".to_owned()
    } else {
        format!("{} as far as", times(ratio))
    }
}

/// What the base would do, beside what is done.
fn would(Otherwise { ratio, turned }: Otherwise) -> String {
    let (Some(ratio), Some(turned)) = (ratio, turned) else {
        // Where the step is zero no length can be told in it; where the base's is, it stays.
        return if ratio == Some(0.0) { "not move".to_owned() } else { "move on".to_owned() };
    };
    let far = if (ratio - 1.0).abs() < ABOUT {
        "as far".to_owned()
    } else {
        format!("{} as far", times(ratio))
    };
    if ratio < HARDLY {
        "hardly move".to_owned()
    } else if turned < STRAIGHT && (ratio - 1.0).abs() < ABOUT {
        "make nearly the same step".to_owned()
    } else if turned < 30.0 {
        format!("go about the same way, {far}")
    } else if turned > ROUND {
        format!("go the other way, {far}")
    } else {
        format!("go {far}, {}° to the side", decimals(turned, 0))
    }
}

#[cfg(test)]
mod tests;
