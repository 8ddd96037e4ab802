//! The foot of a sheet: what made the figure and from what, in the names that scene files use.

use std::collections::BTreeSet;

use super::{GAP, Plan, SMALL, UNIT, label};
use crate::catalog::Choice;
use crate::figure::metrics::{self, Face};
use crate::figure::numerals;
use crate::figure::picture::Picture;
use crate::figure::{Anchor, Ink, Mark};
use crate::problem::{datasets, landscapes};
use crate::scene::Subject;
use crate::scene::run::{RunSpec, Runs};
use crate::typed::echo;

/// What made the figure and from what, in the names that scene files use.
pub(super) fn footer(picture: &Picture<'_>, plan: &Plan) -> Vec<Mark> {
    let [width, height] = plan.size;
    let y = height - plan.margin;
    let made = format!("samscope {}", env!("CARGO_PKG_VERSION"));
    let room =
        width - 2.0 * plan.margin - metrics::width(&made, Face::Regular, f64::from(SMALL)) - GAP;
    let mut marks = vec![label([width - plan.margin, y], made, Ink::Quiet, SMALL, Anchor::Right)];
    let lines = fitted(provenance(picture), room);
    marks.extend(lines.into_iter().zip(0u8..).map(|(line, k)| {
        let y = y + 1.5 * f64::from(k) * UNIT;
        label([plan.margin, y], line, Ink::Quiet, SMALL, Anchor::Left)
    }));
    marks
}

/// Parts in at most two lines; the last part, and those that come first, are kept where there is no room for all.
fn fitted(mut parts: Vec<String>, room: f64) -> Vec<String> {
    let size = f64::from(SMALL);
    loop {
        let lines = metrics::broken(&parts.join(" · "), room, Face::Regular, size);
        if lines.len() <= 2 || parts.len() <= 2 {
            return lines
                .iter()
                .take(2)
                .map(|line| metrics::cut(line, room, Face::Regular, size))
                .collect();
        }
        parts.remove(parts.len() - 2);
    }
}

fn provenance(picture: &Picture<'_>) -> Vec<String> {
    let scene = picture.scene;
    let mut parts = match &scene.subject {
        Subject::Formula(landscape) if landscape.id() == landscapes::FORMULA => {
            vec![format!("formula {}", landscapes::name(landscape))]
        }
        Subject::Formula(landscape) => vec![format!("landscape {}", changed(landscape))],
        Subject::Fit(fit) => vec![
            match fit.data.id() {
                datasets::OWN_ID => format!("data {}", echo(&datasets::name(&fit.data))),
                _ => format!("data {}", changed(&fit.data)),
            },
            format!("model {}", changed(&fit.model)),
            format!("loss {}", changed(&fit.loss)),
        ],
    };
    let shared = &scene.shared;
    let runs = picture.runs();
    // Of a run that changes, everything that it is made with.
    let stretches = |&run: &usize| -> Vec<RunSpec> {
        picture.spec(run).stretches().map(|(_, spec)| spec).collect()
    };
    let specs: Vec<RunSpec> = runs.iter().flat_map(stretches).collect();
    let one = |same: &dyn Fn(&RunSpec) -> String| {
        let said: BTreeSet<String> = specs.iter().map(same).collect();
        said.into_iter().collect::<Vec<_>>().join(", ")
    };
    parts.push(format!("base {}", one(&|spec| changed(&spec.base))));
    let is_default = scene.runs == Runs::default();
    let ascents =
        if is_default { changed(&shared.ascent) } else { one(&|spec| changed(&spec.ascent)) };
    parts.push(format!("ascent {ascents}"));
    let wrong: BTreeSet<&str> =
        specs.iter().filter(|spec| spec.is_mistaken()).map(|spec| spec.mistake.id()).collect();
    if !wrong.is_empty() {
        parts.push(format!("mistake {}", wrong.into_iter().collect::<Vec<_>>().join(", ")));
    }
    // The first weights of a large model follow from the seed, and a few of them say nothing.
    if shared.start.is_some() || scene.subject.dimension() <= FEW {
        let start: Vec<String> =
            scene.first_weights().iter().take(FEW).map(|&x| numerals::short(x, 4)).collect();
        let more = if scene.subject.dimension() > FEW { ", …" } else { "" };
        parts.push(format!("start {}{more}", start.join(", ")));
    }
    parts.push(format!("seed {}", scene.seed));
    parts
}

/// So many weights are written out.
const FEW: usize = 4;

/// What was chosen, with the settings that are not as they come: "network (units 16, dropout 0.1)".
fn changed<T: ?Sized>(choice: &Choice<T>) -> String {
    let said: Vec<String> = choice
        .values()
        .filter(|(setting, value)| **value != setting.default())
        .map(|(setting, value)| {
            let value =
                value.number().map_or_else(|| echo(&value.to_string()), |x| numerals::short(x, 4));
            format!("{} {value}", setting.key)
        })
        .collect();
    if said.is_empty() {
        choice.id().to_owned()
    } else {
        format!("{} ({})", choice.id(), said.join(", "))
    }
}
