//! The data, with what each run predicts.

use ndarray::{Array2, ArrayView2};

use super::picture::Picture;
use super::{
    AxisScale, Ink, Key, Mark, Pane, PaneId, Pen, Points, Shape, Span, clip, route, ticks, words,
};
use crate::analysis::contour::contours;
use crate::analysis::field::Field;
use crate::optim::trajectory::Row;
use crate::problem::datasets::Task;
use crate::problem::grid::{Grid, Window};
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
    for (k, name) in names.iter().enumerate() {
        let points = members(risk, task, k);
        if points.is_empty() {
            continue;
        }
        let (shape, ink, size) = look(k);
        legend.push((Key::Dot(shape, ink), (*name).to_owned()));
        marks.push(Mark::Dots { points: points.into(), shape, ink, size, strength: 0.85 });
    }
    for run in picture.runs() {
        let Some(row) = picture.row(run) else { continue };
        let pen = pen(run);
        legend.push((Key::Line(pen), picture.name(run)));
        match task {
            Task::Regression => marks.extend(curve(risk, row, window, pen)),
            Task::Classification => marks.extend(boundary(risk, row, window, pen)),
        }
    }
    let [x, y] = match task {
        Task::Regression => ["x", "y"],
        Task::Classification => ["x₁", "x₂"],
    };
    Some(Pane {
        id: PaneId::Data,
        title: vec![Span { text: "Data".to_owned(), ink: Ink::Text, strong: true }],
        caption: String::new(),
        description: description(picture, risk, task, names),
        x: ticks::axis(x.to_owned(), window.x, AxisScale::Linear, 6),
        y: ticks::axis(y.to_owned(), window.y, AxisScale::Linear, 6),
        true_scale: false,
        marks,
        legend,
        lens: None,
    })
}

/// How a run's prediction is drawn: as its route is.
fn pen(run: usize) -> Pen {
    Pen { width: 2.0, ..route::of(run).on_map() }
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

/// Where an example is drawn: its input and target, or its two inputs.
fn place(risk: &Risk, task: Task, k: usize) -> Option<[f64; 2]> {
    let x = *risk.sample.inputs.get([k, 0])?;
    let y = match task {
        Task::Regression => risk.sample.targets[k],
        Task::Classification => *risk.sample.inputs.get([k, 1])?,
    };
    Some([x, y])
}

fn members(risk: &Risk, task: Task, group: usize) -> Vec<[f64; 2]> {
    (0..risk.sample.len())
        .filter(|&k| risk.sample.groups.get(k) == Some(&group))
        .filter_map(|k| place(risk, task, k))
        .collect()
}

/// All examples and some room around them.
fn extent(risk: &Risk, task: Task) -> Option<Window> {
    const ROOM: f64 = 0.06;
    let points: Vec<[f64; 2]> =
        (0..risk.sample.len()).filter_map(|k| place(risk, task, k)).collect();
    let range = |axis: usize| {
        let mut values = points.iter().map(|point| point[axis]).filter(|x| x.is_finite());
        let first = values.next()?;
        let [low, high] = values.fold([first, first], |[low, high], x| [low.min(x), high.max(x)]);
        let room = if low < high { ROOM * (high - low) } else { 1.0 };
        Some([low - room, high + room])
    };
    Some(Window::new(range(0)?, range(1)?))
}

/// Places along `x` where a curve is evaluated.
const SAMPLES: usize = 97;

/// The predictions of a model of one input.
fn curve(risk: &Risk, row: Row<'_>, window: Window, pen: Pen) -> Vec<Mark> {
    if risk.sample.inputs.ncols() != 1 {
        return Vec::new();
    }
    let [low, high] = window.x;
    let x = |k: usize| low + (high - low) * k as f64 / (SAMPLES - 1) as f64;
    let inputs = Array2::from_shape_fn((SAMPLES, 1), |(k, _)| x(k));
    let z = predictions(risk, row, inputs.view());
    paths(window, z.into_iter().enumerate().map(|(k, z)| [x(k), z]), pen)
}

/// What a run predicts where it stands.
fn predictions(risk: &Risk, row: Row<'_>, inputs: ArrayView2<'_, f64>) -> Vec<f64> {
    risk.predict(row.w, &row.statistics.to_vec(), inputs)
}

fn paths(window: Window, points: impl IntoIterator<Item = [f64; 2]>, pen: Pen) -> Vec<Mark> {
    clip::path(clip::around(window, 0.5), points)
        .into_iter()
        .map(|points| Mark::Path { points: Points::from(points), pen })
        .collect()
}

/// Pixels along each side of the grid that a boundary is found on.
const PIXELS: usize = 48;
/// Strokes along a boundary that point into class 1.
const HINTS: usize = 5;
/// Their length as a part of the window.
const HINT: f64 = 0.035;

/// Where the log-odds of a model of two inputs are zero, with strokes that point to class 1.
fn boundary(risk: &Risk, row: Row<'_>, window: Window, pen: Pen) -> Vec<Mark> {
    if risk.sample.inputs.ncols() != 2 {
        return Vec::new();
    }
    let grid = Grid { window, columns: PIXELS, rows: PIXELS };
    let inputs = Array2::from_shape_fn((PIXELS * PIXELS, 2), |(k, axis)| {
        if axis == 0 { grid.x(k % PIXELS) } else { grid.y(k / PIXELS) }
    });
    let field = Field { grid, values: predictions(risk, row, inputs.view()) };
    let mut marks = Vec::new();
    for contour in contours(&field, &[0.0]) {
        marks.extend(hints(&field, &contour.points, Pen::new(pen.ink, 1.1)));
        marks.extend(paths(window, contour.points, pen));
    }
    marks
}

fn hints(field: &Field, line: &[[f64; 2]], pen: Pen) -> Vec<Mark> {
    let [width, height] = field.grid.window.span();
    let stride = (line.len() / HINTS).max(1);
    let ends = line.windows(2).skip(stride / 2).step_by(stride);
    ends.filter_map(|ends| {
        let [a, b] = [ends[0], ends[1]];
        let middle = [f64::midpoint(a[0], b[0]), f64::midpoint(a[1], b[1])];
        // Upright on the line as it is seen, where both sides of the window are one long.
        let (along, up) = ((b[0] - a[0]) / width, (b[1] - a[1]) / height);
        let length = along.hypot(up);
        let stroke = [-up / length * HINT * width, along / length * HINT * height];
        let tip = |sign: f64| [middle[0] + sign * stroke[0], middle[1] + sign * stroke[1]];
        let side = |sign: f64| field.at(tip(sign)[0], tip(sign)[1]);
        let towards = if side(1.0)? > side(-1.0)? { tip(1.0) } else { tip(-1.0) };
        towards
            .iter()
            .all(|x| x.is_finite())
            .then(|| Mark::Path { points: Points::from([middle, towards]), pen })
    })
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
