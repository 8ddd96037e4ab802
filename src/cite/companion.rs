//! What lies beside a figure for LaTeX: a text that sets it with its caption, and the list of works that it cites.
//!
//! ```text
//! \begin{figure}
//!   \centering
//!   \includegraphics[width=85.0mm]{bounce.pdf}
//!   \caption[Quadratic bowl]{Quadratic bowl~\cite{bartlett2023dynamics}, … }
//!   \label{fig:bounce}
//! \end{figure}
//! ```
//!
//! The caption says the scene in words: the sentences are those under the maps.

use super::tex::escaped;
use super::{Cited, SAMSCOPE, bibtex, particulars};
use crate::bibliography::Work;
use crate::figure::maps;
use crate::figure::picture::Picture;
use crate::figure::sentence::steps;
use crate::optim::moment::Moment;
use crate::scene::Scene;

/// The first words of both files. What begins so is written over, and nothing else is.
pub const MARK: &str = "% Written by samscope ";

/// How a figure is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Setting<'a> {
    /// The name of the figure's file.
    pub file: &'a str,
    /// The same without its ending.
    pub stem: &'a str,
    /// How wide it is, in millimetres.
    pub width: f64,
    /// Whether it goes over both columns of a page.
    pub is_wide: bool,
}

impl Setting<'_> {
    /// The text that sets the figure of a picture.
    #[must_use]
    pub fn tex(&self, picture: &Picture<'_>) -> String {
        let Self { file, stem, width, is_wide } = *self;
        let kind = if is_wide { "figure*" } else { "figure" };
        let lines = caption(picture, &Cited::of(picture.asked)).join("\n    ");
        let heading = escaped(&picture.asked.heading());
        format!(
            "{}\
             % It needs \\usepackage{{graphicx}} and, at the end of the text, \\bibliographystyle{{plain}} and \\bibliography{{{stem}}}.\n\
             \\begin{{{kind}}}\n  \\centering\n  \\includegraphics[width={width:.1}mm]{{{file}}}\n  \
             \\caption[{{{heading}}}]{{%\n    {lines}}}\n  \\label{{fig:{stem}}}\n\\end{{{kind}}}\n",
            mark()
        )
    }
}

/// The works that `scene` uses, as a file of their own.
#[must_use]
pub fn bib(scene: &Scene) -> String {
    format!("{}\n{}", mark(), bibtex(std::slice::from_ref(scene)))
}

/// A list of works with who wrote it at its head, for a file of its own.
#[must_use]
pub fn list(works: &str) -> String {
    format!("{MARK}{}.\n\n{works}", env!("CARGO_PKG_VERSION"))
}

fn mark() -> String {
    format!("{MARK}{} beside its figure, and written anew with it.\n", env!("CARGO_PKG_VERSION"))
}

/// The sentences of the caption, a line each.
fn caption(picture: &Picture<'_>, cited: &Cited) -> Vec<String> {
    let scene = picture.asked;
    let subject = format!("{}{}", escaped(&scene.subject.name()), cite(&cited.subject));
    // A scene may be called as its data are.
    let named = if scene.title.is_empty() || scene.subject.name().starts_with(&scene.title) {
        subject
    } else {
        format!("{}: {subject}", escaped(&scene.title))
    };
    let runs = picture.runs();
    let own: Vec<Vec<String>> = runs.iter().map(|run| particulars::of_run(scene, *run)).collect();
    let is_shared = |words: &String| own.iter().all(|others| others.contains(words));
    let shared: Vec<String> =
        own.first().into_iter().flatten().filter(|words| is_shared(words)).cloned().collect();
    let mut lines =
        vec![ended(format!("{named}, {}", escaped(&made(picture, &shared).join(", "))))];
    let panes = maps::side_by_side(picture);
    for (k, (run, pane)) in runs.into_iter().zip(&panes).enumerate() {
        let heading = maps::heading(picture, run);
        let (strong, quiet): (Vec<_>, Vec<_>) = heading.iter().partition(|span| span.strong);
        let name = strong.iter().map(|span| span.text.as_str()).collect::<Vec<_>>().join(", ");
        let works = cited.runs.get(k).map(Vec::as_slice).unwrap_or_default();
        let mut line = format!("{}{}", escaped(&name), cite(works));
        for span in quiet {
            line += &format!(", {}", escaped(&span.text));
        }
        for words in own[k].iter().filter(|words| !shared.contains(words)) {
            line += &format!(", {}", escaped(words));
        }
        if !pane.caption.is_empty() {
            line += &format!(": {}", escaped(&pane.caption));
        }
        lines.push(ended(line));
    }
    if !cited.paper.is_empty() {
        lines.push(format!("The problem is that of{}.", cite(&cited.paper)));
    }
    if !cited.looks.is_empty() {
        lines.push(format!("What is drawn is described in{}.", cite(&cited.looks)));
    }
    lines.push(format!("Drawn with samscope~\\cite{{{SAMSCOPE}}}."));
    lines
}

/// How the problem is set, what all runs share, how long they are, and which step is shown.
fn made(picture: &Picture<'_>, shared: &[String]) -> Vec<String> {
    let scene = picture.asked;
    let last = scene.steps.get();
    let mut said = particulars::of_problem(scene);
    said.extend_from_slice(shared);
    said.push(steps(last));
    match picture.look.at {
        Moment::Step(step) if step < last => said.push(format!("shown at step {step}")),
        Moment::Gradients(paid) => said.push(format!("shown with {paid} gradients paid for")),
        Moment::Step(_) => {}
    }
    said
}

fn ended(line: String) -> String {
    if line.ends_with('.') { line } else { line + "." }
}

/// "~\cite{a,b}"; nothing where there are no works.
fn cite(works: &[&Work]) -> String {
    if works.is_empty() {
        return String::new();
    }
    let keys: Vec<&str> = works.iter().map(|work| work.key.as_str()).collect();
    format!("~\\cite{{{}}}", keys.join(","))
}
