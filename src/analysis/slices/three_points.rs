//! The plane through the start and the ends of two runs: the first and the last.
//!
//! ```text
//!          · the last run's end
//!         /|
//!   start ─┼──────── · the first run's end
//! ```
//!
//! The three points lie in it exactly: their heights are true losses. T. Garipov et al. (2018), "Loss surfaces, mode
//! connectivity, and fast ensembling of DNNs", NeurIPS, appendix A.4. Where the three lie on one line, the second
//! direction goes to the point of the paths that is farthest from it.

use ndarray::Array1;

use super::{Cut, Frame, Ground, Slice, Work};
use crate::catalog::{Build, Entry};

pub(super) static ENTRY: Entry<dyn Slice> = Entry {
    id: "three_points",
    name: "Start and both ends",
    formula: "start + a·u + b·v through both ends",
    source: "Garipov et al. 2018",
    about: "The start and both ends lie in it, so that their heights are true losses.",
    settings: &[],
    build: Build::Sure(|_| Box::new(ThreePoints)),
};

#[derive(Clone, Copy)]
struct ThreePoints;

impl Slice for ThreePoints {
    fn begin(&self) -> Box<dyn Work> {
        Box::new(*self)
    }
}

impl Work for ThreePoints {
    fn advance(&mut self, ground: &Ground<'_>) -> Option<Cut> {
        let start = ground.start.to_owned();
        let mut frame = Frame::default();
        let mut axes = Vec::new();
        let mut missing = Vec::new();
        let ends = ends(ground);
        for (end, name) in &ends {
            if frame.admit(&(end - &start)) {
                axes.push(format!("toward {name}"));
            } else {
                missing.push(name.clone());
            }
        }
        let mut note = String::new();
        if axes.len() < 2 {
            let line = match (&ends[..], axes.len()) {
                (_, 0) => "lies on the start".to_owned(),
                ([first, last], _) if first.0 == last.0 => format!("is {}", first.1),
                _ => "lies on the line of the other points".to_owned(),
            };
            let where_to = match farthest(ground, &start, &frame) {
                Some(direction) if frame.admit(&direction) => {
                    axes.push("toward the farthest point of the paths".to_owned());
                    "the farthest point of the paths"
                }
                _ => "a weight's own direction",
            };
            axes.extend(
                frame.fill_up(ground.objective).into_iter().map(|name| format!("along {name}")),
            );
            note = match missing.last() {
                Some(name) => format!("{name} {line}; the plane goes through {where_to} instead"),
                None => format!(
                    "of one run there is one end; the plane goes through {where_to} as well"
                ),
            };
        }
        axes.resize(2, "nothing: there is one weight only".to_owned());
        Some(Cut {
            plane: frame.plane(start),
            axes: [axes.swap_remove(0), axes.pop().unwrap_or_default()],
            about: about(&ends),
            note,
            reach: 0.0,
        })
    }
}

/// The ends of the first and the last run, with their names; one of a single run.
fn ends(ground: &Ground<'_>) -> Vec<(Array1<f64>, String)> {
    let last = ground.runs.len().saturating_sub(1);
    let mut places = vec![0, last];
    places.dedup();
    let end = |k: usize| {
        let run = ground.runs.get(k)?;
        Some((ground.end(run), format!("{}'s end", ground.name(k))))
    };
    places.into_iter().filter_map(end).collect()
}

fn about(ends: &[(Array1<f64>, String)]) -> String {
    match ends {
        [(_, one)] => format!("through the start and {one}"),
        [(_, first), .., (_, last)] => format!("through the start, {first} and {last}"),
        [] => "through the start".to_owned(),
    }
}

/// From the start to the point of the paths that is farthest from what the frame spans.
fn farthest(ground: &Ground<'_>, start: &Array1<f64>, frame: &Frame) -> Option<Array1<f64>> {
    ground
        .kept_of_all()
        .map(|w| &w - start)
        .filter_map(|way| {
            let rest = frame.rest(&way)?;
            Some((rest.dot(&rest), way))
        })
        .reduce(|best, other| if other.0 > best.0 { other } else { best })
        .map(|(_, way)| way)
}
