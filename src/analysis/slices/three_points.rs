//! The plane through the start and the ends of both runs.
//!
//! ```text
//!          · SAM's end
//!         /|
//!   start ─┼──────── · the base run's end
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
        for (run, name) in [(ground.base, "the base run's end"), (ground.sam, "SAM's end")] {
            if frame.admit(&(&ground.end(run) - &start)) {
                axes.push(format!("toward {name}"));
            } else {
                missing.push(name);
            }
        }
        let mut note = String::new();
        if axes.len() < 2 {
            let ends_are_one = ground.end(ground.base) == ground.end(ground.sam);
            let line = match axes.len() {
                0 => "lies on the start",
                _ if ends_are_one => "is the base run's end",
                _ => "lies on the line of the other points",
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
            note = format!(
                "{} {line}; the plane goes through {where_to} instead",
                missing.last().unwrap_or(&"an end")
            );
        }
        axes.resize(2, "nothing: there is one weight only".to_owned());
        Some(Cut {
            plane: frame.plane(start),
            axes: [axes.swap_remove(0), axes.pop().unwrap_or_default()],
            about: "through the start and both ends".to_owned(),
            note,
            reach: 0.0,
        })
    }
}

/// From the start to the point of the paths that is farthest from what the frame spans.
fn farthest(ground: &Ground<'_>, start: &Array1<f64>, frame: &Frame) -> Option<Array1<f64>> {
    ground
        .kept_of_both()
        .map(|w| &w - start)
        .filter_map(|way| {
            let rest = frame.rest(&way)?;
            Some((rest.dot(&rest), way))
        })
        .reduce(|best, other| if other.0 > best.0 { other } else { best })
        .map(|(_, way)| way)
}
