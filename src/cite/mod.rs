//! What a scene owes to others: the published works that what it uses comes from, as a list for BibTeX and beside a figure
//! for LaTeX.
//!
//! ```text
//! what is minimised     the landscape, or data, model and loss; dropout and batch normalization where the model has them
//! a run                 base, ascent or its parts, schedules, mistake, clipping, of every stretch of it
//! what is looked at     the plane, the ground, the measure, where the scene asks for them
//! the paper             whose scene it is
//! samscope              always
//! ```
//!
//! Catalogues and the glossary name their sources; the works are in [`crate::bibliography`].

use std::fmt::Write as _;

use crate::analysis::gauge::Gauge;
use crate::bibliography::{self, Work};
use crate::catalog::{Choice, Value};
use crate::figure::panels::{Panel, Panels};
use crate::glossary;
use crate::optim::ascent::{self, Ascent, direction, radius, step};
use crate::paper;
use crate::scene::run::RunSpec;
use crate::scene::{Fit, Scene, Subject};

mod drawn;
mod particulars;
pub mod tex;
pub mod companion;

/// The works that a scene uses, by what for; each once, where it is first met.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cited {
    /// Of what is minimised.
    pub subject: Vec<&'static Work>,
    /// Of each run that is shown, in order.
    pub runs: Vec<Vec<&'static Work>>,
    /// Of what is looked at, on the maps and in the charts.
    pub looks: Vec<&'static Work>,
    /// The paper whose scene it is.
    pub paper: Vec<&'static Work>,
}

/// What this program is cited by.
pub const SAMSCOPE: &str = "samscope";

impl Cited {
    /// The works that `scene` uses.
    #[must_use]
    pub fn of(scene: &Scene) -> Self {
        Self::of_figure(scene, Panels::ALL)
    }

    /// The same of a figure that has these parts.
    #[must_use]
    pub fn of_figure(scene: &Scene, panels: Panels) -> Self {
        let mut met: Vec<&'static Work> = Vec::new();
        let mut new = |sources: Vec<&str>| {
            let mut found = Vec::new();
            // The tests hold catalogues and the glossary to sources that are works.
            for work in sources.iter().flat_map(|source| bibliography::named(source)).flatten() {
                if !met.contains(&work) {
                    met.push(work);
                    found.push(work);
                }
            }
            found
        };
        let subject = new(of_subject(&scene.subject));
        let runs = scene.shown_runs().map(|place| new(of_run(&scene.spec(place)))).collect();
        let looks = new(of_looks(scene, panels));
        let paper = of_paper(scene).filter(|work| !met.contains(work));
        Self { subject, runs, looks, paper: paper.into_iter().collect() }
    }

    /// All of them, in the order in which they are met.
    #[must_use]
    pub fn all(&self) -> Vec<&'static Work> {
        let runs = self.runs.iter().flatten();
        self.subject.iter().chain(runs).chain(&self.looks).chain(&self.paper).copied().collect()
    }
}

/// The works that scenes use, as a list for BibTeX: samscope itself, then each once, by their keys.
#[must_use]
pub fn bibtex(scenes: &[Scene]) -> String {
    let mut works: Vec<&'static Work> =
        scenes.iter().flat_map(|scene| Cited::of(scene).all()).collect();
    works.sort_by(|one, other| one.key.cmp(&other.key));
    works.dedup();
    let mut text = software();
    for work in works {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n{}\n", work.entry);
    }
    text
}

/// The entry of samscope itself.
fn software() -> String {
    let version = env!("CARGO_PKG_VERSION");
    format!(
        "@software{{{SAMSCOPE},\n  author    = {{{{The samscope developers}}}},\n  title     = {{samscope {version}}},\n  \
         year      = {{2026}},\n  version   = {{{version}}},\n}}\n"
    )
}

/// The sources of what is minimised.
fn of_subject(subject: &Subject) -> Vec<&str> {
    let Fit { data, model, loss } = match subject {
        Subject::Formula(landscape) => return vec![landscape.entry().source],
        Subject::Fit(fit) => fit,
    };
    let mut sources = vec![data.entry().source, model.entry().source, loss.entry().source];
    if model.get("dropout").is_some_and(|rate| rate > 0.0) {
        sources.extend(told("dropout"));
    }
    let normalised = model.value("normalization").and_then(Value::choice);
    if normalised.is_some_and(|kind| kind != "none") {
        sources.extend(told("batch_normalization"));
    }
    sources
}

/// The sources of what a run is made with, from its first step to its last.
fn of_run(spec: &RunSpec) -> Vec<&str> {
    let mut sources = vec![spec.eta_schedule.entry().source];
    for (_, stretch) in spec.stretches() {
        sources.push(stretch.base.entry().source);
        if stretch.has_ascent() {
            sources.extend(of_ascent(&stretch.ascent));
        }
    }
    if spec.has_ascent() {
        sources.push(spec.rho_schedule.entry().source);
    }
    if spec.has_ascent() {
        sources.push(spec.mistake.entry().source);
    }
    if !spec.clip.is_none() {
        sources.extend(told("clipping"));
    }
    sources
}

/// The sources of an ascent: of the one that is named so, else those of its parts.
fn of_ascent(choice: &Choice<dyn Ascent>) -> Vec<&'static str> {
    let entry = ascent::table::entry(choice);
    match choice.build().cell() {
        Some(cell) if entry.id == ascent::composed().id() => {
            let parts = [
                direction::ALL.find(cell.direction).map(|part| part.source),
                radius::ALL.find(cell.radius).map(|part| part.source),
                step::ALL.find(cell.step).map(|part| part.source),
            ];
            parts.into_iter().flatten().collect()
        }
        _ => vec![entry.source],
    }
}

/// The sources of what the scene asks to be looked at.
fn of_looks(scene: &Scene, panels: Panels) -> Vec<&str> {
    let mut sources = Vec::new();
    if panels.has(Panel::Maps) {
        if scene.subject.dimension() > 2 {
            sources.push(scene.slice.entry().source);
        }
        sources.push(scene.ground.source);
    }
    if let Some(gauge) = scene.measure.filter(|_| panels.has(Panel::Charts)) {
        let term = glossary::of("measure", gauge.id()).or_else(|| glossary::named(gauge.name()));
        sources.extend(term.map(|term| &*term.source));
        if gauge == Gauge::LambdaMax {
            // Beside the curvature stand the edges of stability.
            sources.extend(told("edge"));
        }
    }
    sources
}

/// The source of a term of the glossary, where it has that term.
fn told(term: &str) -> Option<&'static str> {
    glossary::term(term).map(|term| &*term.source)
}

/// The paper whose scene it is, by the number at arXiv that its file names.
fn of_paper(scene: &Scene) -> Option<&'static Work> {
    let (_, paper) = paper::builtin::of_scene(&scene.title)?;
    by_arxiv(&paper.source)
}

/// The work whose number at arXiv stands in a source: "ICML 2026, arXiv 2301.06308".
#[must_use]
pub fn by_arxiv(source: &str) -> Option<&'static Work> {
    let (_, number) = source.split_once("arXiv ")?;
    let is_of_it = |c: char| c.is_ascii_digit() || c == '.';
    let end = number.find(|c| !is_of_it(c)).unwrap_or(number.len());
    bibliography::at_arxiv(number[..end].trim_end_matches('.'))
}

#[cfg(test)]
mod tests;
