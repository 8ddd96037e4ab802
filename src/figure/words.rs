//! What is said about the runs, in plain words, computed from how they ended.

use ndarray::ArrayView1;

use super::basins::Basins;
use super::numerals::{self, point, short};
use super::picture::Picture;
use super::silent;
use crate::analysis::minima::Minimum;
use crate::analysis::section::Section;
use crate::engine::products::terrain::Terrain;
use crate::math::norm::Norm;
use crate::optim::ascent;
use crate::optim::ending::{self, Ending};
use crate::optim::trajectory::Trajectory;

/// What the map is a part of, in words; empty for two weights, where it is everything there is.
#[must_use]
pub fn plane(picture: &Picture<'_>) -> String {
    picture.section.map_or_else(String::new, plane_of)
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
    let Some(run) = picture.run(place) else { return String::new() };
    if run.rows() == 0 {
        return "The loss is not a finite number at the start; choose another start".to_owned();
    }
    let story = match silent::silent(picture, place) {
        Some(why) => format!("{}; {why}", story(picture, place, run)),
        None => story(picture, place, run),
    };
    let spec = picture.spec(place);
    if spec.ball.rho.is_zero() && spec.ascent.id() != ascent::none().id() {
        let (run, base) = (picture.name(place), spec.base.entry().name);
        return format!("With ρ = 0 {run} is {base}: {}", lowered(&story));
    }
    story
}

fn lowered(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn raised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn story(picture: &Picture<'_>, place: usize, run: &Trajectory) -> String {
    let Some((centre, reach)) = haunt(run) else { return steps_only(run) };
    let travel = picture.terrain.map(|terrain| Travel::of(run, terrain, centre));
    let travel = travel.unwrap_or_default();
    let left = travel.left.as_ref().map(|(start, step)| format!("Left {start} at step {step}, "));
    let moved = left.is_some();
    let left = left.unwrap_or_default();
    match run.ending {
        Ending::Converged { at_step } => {
            let home = match travel.home {
                Some(home) if moved => format!("settled in {home} at {}", point(centre)),
                Some(home) => format!("came to rest in {home} at {}", point(centre)),
                None => format!("came to rest at {}", point(centre)),
            };
            let when = if moved { String::new() } else { format!(" after step {at_step}") };
            raised(&format!("{left}{home}{when}"))
        }
        Ending::Cycle { period, amplitude } => {
            let place = match travel.home {
                Some(home) => format!("rattles in {home}"),
                None => format!("rattles around {}", point(centre)),
            };
            let how = format!("period {period}, amplitude {}", short(amplitude, 2));
            raised(&format!("{left}{place}: {how}"))
        }
        Ending::Diverged { at_step } => match left_picture(picture, place) {
            Some(left) if left < at_step => format!(
                "Diverged: out of the picture at step {left}, beyond all bounds after step {at_step}"
            ),
            _ => format!("Diverged: beyond all bounds after step {at_step}"),
        },
        Ending::Moving => {
            let steps = run.last_step();
            let place = match travel.home {
                Some(home) => format!("still moving in {home} after {steps} steps"),
                None => format!("still moving after {steps} steps"),
            };
            let near = format!(", within {} of {}", short(reach, 2), point(centre));
            raised(&format!("{left}{place}{}", if moved { "" } else { &near }))
        }
    }
}

/// From where to where a run went, in words.
#[derive(Default)]
struct Travel {
    /// The basin it left, and the first step from which on it was in its last one.
    left: Option<(String, usize)>,
    /// The basin it ended in, where basins can be told apart.
    home: Option<String>,
}

impl Travel {
    fn of(run: &Trajectory, terrain: &Terrain, centre: [f64; 2]) -> Self {
        let mut basins = Basins::of(terrain);
        let Some(home) = basins.at(centre) else { return Self::default() };
        let name = |basin: usize| basin_name(&terrain.minima, basin);
        let start = run.row(0).and_then(|row| basins.at([row.w[0], row.w[1]]));
        let Some(start) = start.filter(|&start| start != home) else {
            return Self { left: None, home: name(home) };
        };
        let around = |basin: usize| format!("the basin of {}", point(terrain.minima[basin].at));
        let mut at_home = |w: ArrayView1<'_, f64>| basins.at([w[0], w[1]]) == Some(home);
        let stayed = run.points().rev().take_while(|w| at_home(*w)).count();
        let step = run.rows() - stayed;
        if stayed == 0 {
            return Self { left: None, home: name(home) };
        }
        match (name(start), name(home)) {
            (Some(from), Some(to)) => {
                Self { left: Some((from, step)), home: Some(to.replace(" basin", " one")) }
            }
            _ => Self { left: Some((around(start), step)), home: Some(around(home)) },
        }
    }
}

/// What is said of a run over more weights than a map has.
fn steps_only(run: &Trajectory) -> String {
    match run.ending {
        Ending::Converged { at_step } => format!("Came to rest after step {at_step}"),
        Ending::Cycle { period, amplitude } => {
            format!("Rattles: period {period}, amplitude {}", short(amplitude, 2))
        }
        Ending::Diverged { at_step } => format!("Diverged: beyond all bounds after step {at_step}"),
        Ending::Moving => format!("Still moving after {} steps", run.last_step()),
    }
}

/// Where a run of two weights spent its last quarter, and how far it strayed there.
fn haunt(run: &Trajectory) -> Option<([f64; 2], f64)> {
    if run.dimension != 2 {
        return None;
    }
    let (centre, reach) = ending::haunt(run)?;
    Some(([centre[0], centre[1]], reach))
}

/// Curvatures closer than this ratio are not called narrow and wide.
const TOLD_APART: f64 = 1.3;

/// What a minimum's basin is called by its shape, where shapes differ.
fn basin_name(minima: &[Minimum], k: usize) -> Option<String> {
    let this = minima[k].lambda_max;
    let others =
        || minima.iter().enumerate().filter(|(other, _)| *other != k).map(|(_, m)| m.lambda_max);
    let narrowest = others().all(|other| this > TOLD_APART * other);
    let widest = others().all(|other| other > TOLD_APART * this);
    match (minima.len(), narrowest, widest) {
        (0 | 1, _, _) | (_, false, false) => None,
        (2, true, _) => Some("the narrow basin".to_owned()),
        (2, _, _) => Some("the wide basin".to_owned()),
        (count, true, _) => Some(format!("the narrowest of {count} basins")),
        (count, _, _) => Some(format!("the widest of {count} basins")),
    }
}

/// The first step from which on a run is outside of what is shown, when it was inside before.
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
