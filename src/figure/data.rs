//! The data, with what each run predicts.

use super::label::{Labels, Note, Stands};
use super::picture::Picture;
use super::{AxisScale, Ink, Key, Mark, Pane, PaneId, Pen, Shape, Span, pulls, ticks, words};
use crate::analysis::predictions::{extent, place};
use crate::problem::datasets::Task;
use crate::problem::grid::Window;
use crate::problem::points::Points;
use crate::problem::risk::Risk;
use crate::scene::Subject;

/// The data with all predictions; `None` for a formula, which has none.
#[must_use]
pub fn data(picture: &Picture<'_>) -> Option<Pane> {
    let risk = picture.comparison?.problem.risk.as_deref()?;
    let Subject::Fit(fit) = &picture.comparison?.scene.subject else { return None };
    let dataset = fit.data.build();
    let (task, names) = (dataset.task(), dataset.group_names());
    let window = extent(risk, task)?;
    let mut marks = Vec::new();
    let mut legend = Vec::new();
    let pulls = pulls::shown(picture);
    let mut dots = Vec::new();
    for (k, name) in names.iter().enumerate() {
        let members = members(risk, task, k);
        if members.is_empty() {
            continue;
        }
        let (shape, ink, size) = look(k);
        legend.push((Key::Dot(shape, ink), (*name).to_owned()));
        match pulls {
            Some((_, pull)) => {
                marks.extend(pulls::rims(pull, &members, shape));
                dots.extend(pulls::dots(pull, &members, shape, ink));
            }
            None => {
                let points: Vec<[f64; 2]> = members.iter().map(|(_, at)| *at).collect();
                marks.push(Mark::Dots { points: points.into(), shape, ink, size, strength: 0.85 });
            }
        }
    }
    for run in picture.runs() {
        if picture.row(run).is_none() {
            continue;
        }
        let pen = Pen { width: 2.0, ..picture.route(run).on_map() };
        legend.push((Key::Line(pen), picture.name(run)));
        if let Some(predicted) = picture.predicted(run) {
            let path =
                |points: &Vec<[f64; 2]>, pen| Mark::Path { points: points.clone().into(), pen };
            let hint = Pen::new(pen.ink, 1.1);
            marks.extend(predicted.hints.iter().map(|ends| path(&ends.to_vec(), hint)));
            marks.extend(predicted.lines.iter().map(|line| path(line, pen)));
        }
    }
    // What pulls more at w + ε looks out from under what pulls at w.
    marks.extend(dots);
    let mut labels = Labels::default();
    let mut said = description(picture, risk, task, names);
    if let Some((run, pull)) = pulls {
        let forms = pulls::said(&picture.name(run), pull, &risk.sample.groups, names);
        said += &forms.first().map(|text| format!(" {text}.")).unwrap_or_default();
        labels.notes.push(Note { stands: Stands::Top, forms, ink: Ink::Text });
        legend.push((Key::Dot(Shape::Disc, Ink::Epsilon), "more at w + ε".to_owned()));
    }
    let [x, y] = match task {
        Task::Regression => ["x", "y"],
        Task::Classification => ["x₁", "x₂"],
    };
    Some(Pane {
        id: PaneId::Data,
        title: vec![Span { text: "Data".to_owned(), ink: Ink::Text, strong: true }],
        description: said,
        caption: String::new(),
        x: ticks::axis(x.to_owned(), window.x, AxisScale::Linear, 6),
        y: ticks::axis(y.to_owned(), window.y, AxisScale::Linear, 6),
        true_scale: false,
        marks,
        labels,
        legend,
        lens: None,
    })
}

/// How a group is drawn: shape and shade both differ.
fn look(group: usize) -> (Shape, Ink, f32) {
    match group % 4 {
        0 => (Shape::Disc, Ink::GroupA, 4.0),
        1 => (Shape::Square, Ink::GroupB, 3.6),
        2 => (Shape::Triangle, Ink::GroupA, 5.0),
        _ => (Shape::Cross, Ink::GroupB, 5.0),
    }
}

/// The examples of a group, by their place among the data, with where they are drawn.
fn members(risk: &Risk, task: Task, group: usize) -> Vec<(usize, [f64; 2])> {
    (0..risk.sample.len())
        .filter(|&k| risk.sample.groups.get(k) == Some(&group))
        .filter_map(|k| Some((k, place(risk, task, k)?)))
        .collect()
}

fn description(picture: &Picture<'_>, risk: &Risk, task: Task, names: &[&str]) -> String {
    let groups: Vec<String> = names
        .iter()
        .enumerate()
        .map(|(k, name)| {
            let count = risk.sample.groups.iter().filter(|&&group| group == k).count();
            format!("{count} in {name}")
        })
        .collect();
    let mut text = format!("{} points: {}.", risk.sample.len(), groups.join(", "));
    let what = match task {
        Task::Regression => "predicts with",
        Task::Classification => "divides them with",
    };
    for run in picture.runs() {
        if let Some(row) = picture.row(run) {
            text += &format!(" {} {what} {}.", picture.name(run), words::weights(row.w));
        }
    }
    text
}

/// The same pane while points are changed by hand: these points in place of those that runs have learnt from, on axes that
/// stay.
#[must_use]
pub fn handled(pane: Pane, points: &Points, sight: Window) -> Pane {
    let kept = pane.marks.into_iter().filter(|mark| !matches!(mark, Mark::Dots { .. }));
    let mut marks: Vec<Mark> = kept.collect();
    for class in 0..2u8 {
        let members = points.places.iter().enumerate().filter(|(k, _)| match &points.labels {
            Some(labels) => labels.get(*k) == Some(&class),
            None => class == 0,
        });
        let points: Vec<[f64; 2]> = members.map(|(_, at)| *at).collect();
        let (shape, ink, size) = look(class.into());
        if !points.is_empty() {
            marks.push(Mark::Dots { points: points.into(), shape, ink, size, strength: 0.85 });
        }
    }
    Pane {
        x: ticks::axis(pane.x.label, sight.x, AxisScale::Linear, 6),
        y: ticks::axis(pane.y.label, sight.y, AxisScale::Linear, 6),
        marks,
        labels: Labels::default(),
        description: format!("{} They are being changed by hand.", pane.description),
        ..pane
    }
}
