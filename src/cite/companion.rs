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
use super::{Cited, SAMSCOPE, bibtex, drawn, particulars};
use crate::bibliography::Work;
use crate::figure::panels::Layout;
use crate::figure::picture::Picture;
use crate::figure::sentence::steps;
use crate::optim::moment::Moment;
use crate::scene::{Scene, names};

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
    /// Its parts.
    pub layout: Layout,
}

impl Setting<'_> {
    /// The text that sets the figure of a picture.
    #[must_use]
    pub fn tex(&self, picture: &Picture<'_>) -> String {
        let Self { file, stem, width, is_wide, layout } = *self;
        let kind = if is_wide { "figure*" } else { "figure" };
        let cited = Cited::of_figure(picture.asked, layout.panels);
        let lines = caption(picture, &cited, layout).join("\n    ");
        let heading = escaped(&picture.asked.heading());
        format!(
            "{}\
             % It needs \\usepackage{{graphicx}}, \\pdfminorversion=7 before \\documentclass so that pdflatex does not warn, and, at the end of the text, \\bibliographystyle{{plain}} and \\bibliography{{{stem}}}.\n\
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
fn caption(picture: &Picture<'_>, cited: &Cited, layout: Layout) -> Vec<String> {
    let scene = picture.asked;
    let subject = format!("{}{}", escaped(&scene.subject.name()), cite(&cited.subject));
    // A scene may be called as its data are.
    let (title, name) = (scene.title.to_lowercase(), scene.subject.name().to_lowercase());
    let named = if title.is_empty() || name.starts_with(&title) || title.starts_with(&name) {
        subject
    } else {
        format!("{}: {subject}", escaped(&scene.title))
    };
    let runs = picture.runs();
    let names: Vec<String> = runs.iter().map(|run| called(picture, *run)).collect();
    let own: Vec<Vec<String>> = runs.iter().map(|run| particulars::of_run(scene, *run)).collect();
    // What a name says is not said of all.
    let is_shared = |words: &String| {
        own.iter().all(|others| others.contains(words))
            && !names.iter().any(|name| particulars::is_in(name, words))
    };
    let shared: Vec<String> =
        own.first().into_iter().flatten().filter(|words| is_shared(words)).cloned().collect();
    let mut lines =
        vec![ended(format!("{named}, {}", escaped(&made(picture, &shared).join(", "))))];
    let sentences = drawn::sentences(picture, layout);
    for (k, (name, sentence)) in names.iter().zip(&sentences).enumerate() {
        let works = cited.runs.get(k).map(Vec::as_slice).unwrap_or_default();
        let mut line = format!("{}{}", escaped(name), cite(works));
        let is_new = |words: &&String| !shared.contains(words) && !particulars::is_in(name, words);
        for words in own[k].iter().filter(is_new) {
            line += &format!(", {}", escaped(words));
        }
        if !sentence.is_empty() {
            line += &format!(": {}", escaped(sentence));
        }
        lines.push(ended(line));
    }
    lines.extend(drawn::on_maps(picture, layout).map(|said| ended(escaped(&said))));
    if !cited.paper.is_empty() {
        lines.push(format!("The problem is that of{}.", cite(&cited.paper)));
    }
    if !cited.looks.is_empty() {
        lines.push(format!("What is drawn is described in{}.", cite(&cited.looks)));
    }
    lines.push(format!("Drawn with samscope~\\cite{{{SAMSCOPE}}}."));
    lines
}

/// A run by its name, and by what it is made with where that is not its name.
fn called(picture: &Picture<'_>, run: usize) -> String {
    let name = picture.name(run);
    let is_chosen = picture.scene.runs.get(run).is_some_and(|run| run.name.is_chosen());
    if is_chosen { format!("{name}, {}", names::whole(&picture.spec(run))) } else { name }
}

/// How the problem is set, what all runs share, how long they are, and which step is shown.
fn made(picture: &Picture<'_>, shared: &[String]) -> Vec<String> {
    let scene = picture.asked;
    let last = scene.steps.get();
    let mut said = particulars::of_problem(scene);
    said.extend_from_slice(shared);
    said.push(steps(last));
    match picture.look.at {
        Moment::Step(step) if step < last => {
            said.push(format!("shown at step {step} (what is told below is of all steps)"));
        }
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
