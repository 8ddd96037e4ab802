//! What a model predicts, as it is drawn beside the data: a curve through one input, a boundary between two classes.

use ndarray::{Array2, ArrayView2};

use super::contour::contours;
use super::field::Field;
use crate::optim::trajectory::Row;
use crate::problem::datasets::Task;
use crate::problem::grid::{Grid, Window};
use crate::problem::risk::Risk;

/// A prediction over the window of the data.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Prediction {
    /// The curve, or the boundary where the log-odds are zero.
    pub lines: Vec<Vec<[f64; 2]>>,
    /// Strokes from a boundary into class 1.
    pub hints: Vec<[[f64; 2]; 2]>,
}

impl Prediction {
    /// What the model of `risk` predicts with the weights of `row`; nothing for inputs that cannot be drawn.
    #[must_use]
    pub fn of(risk: &Risk, task: Task, row: Row<'_>) -> Self {
        let Some(window) = extent(risk, task) else { return Self::default() };
        match task {
            Task::Regression => curve(risk, row, window),
            Task::Classification => boundary(risk, row, window),
        }
    }
}

/// Where an example is drawn: its input and target, or its two inputs.
#[must_use]
pub fn place(risk: &Risk, task: Task, k: usize) -> Option<[f64; 2]> {
    let x = *risk.sample.inputs.get([k, 0])?;
    let y = match task {
        Task::Regression => risk.sample.targets[k],
        Task::Classification => *risk.sample.inputs.get([k, 1])?,
    };
    Some([x, y])
}

/// All examples and some room around them.
#[must_use]
pub fn extent(risk: &Risk, task: Task) -> Option<Window> {
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
fn curve(risk: &Risk, row: Row<'_>, window: Window) -> Prediction {
    if risk.sample.inputs.ncols() != 1 {
        return Prediction::default();
    }
    let [low, high] = window.x;
    let x = |k: usize| low + (high - low) * k as f64 / (SAMPLES - 1) as f64;
    let inputs = Array2::from_shape_fn((SAMPLES, 1), |(k, _)| x(k));
    let z = predictions(risk, row, inputs.view());
    let points = z.into_iter().enumerate().map(|(k, z)| [x(k), z]);
    Prediction { lines: paths(window, points), hints: Vec::new() }
}

/// What a run predicts where it stands.
fn predictions(risk: &Risk, row: Row<'_>, inputs: ArrayView2<'_, f64>) -> Vec<f64> {
    risk.predict(row.w, &row.statistics.to_vec(), inputs)
}

/// The stretches of a line that are seen in a window, and a little beyond.
fn paths(window: Window, points: impl IntoIterator<Item = [f64; 2]>) -> Vec<Vec<[f64; 2]>> {
    let [width, height] = window.span().map(|span| BEYOND * span);
    let near = |at: &[f64; 2]| {
        let inside = |x: f64, [low, high]: [f64; 2], room: f64| low - room <= x && x <= high + room;
        inside(at[0], window.x, width) && inside(at[1], window.y, height)
    };
    let points: Vec<[f64; 2]> = points.into_iter().collect();
    points.split(|at| !near(at)).filter(|part| part.len() > 1).map(<[_]>::to_vec).collect()
}

/// How far beyond the window lines go on, in windows: far enough that no end is seen.
const BEYOND: f64 = 2.0;

/// Pixels along each side of the grid that a boundary is found on.
const PIXELS: usize = 48;
/// Strokes along a boundary that point into class 1.
const HINTS: usize = 5;
/// Their length as a part of the window.
const HINT: f64 = 0.035;

/// Where the log-odds of a model of two inputs are zero, with strokes that point to class 1.
fn boundary(risk: &Risk, row: Row<'_>, window: Window) -> Prediction {
    if risk.sample.inputs.ncols() != 2 {
        return Prediction::default();
    }
    let grid = Grid { window, columns: PIXELS, rows: PIXELS };
    let inputs = Array2::from_shape_fn((PIXELS * PIXELS, 2), |(k, axis)| {
        if axis == 0 { grid.x(k % PIXELS) } else { grid.y(k / PIXELS) }
    });
    let field = Field { grid, values: predictions(risk, row, inputs.view()) };
    let mut found = Prediction::default();
    for contour in contours(&field, &[0.0]) {
        found.hints.extend(hints(&field, &contour.points));
        found.lines.extend(paths(window, contour.points));
    }
    found
}

fn hints(field: &Field, line: &[[f64; 2]]) -> Vec<[[f64; 2]; 2]> {
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
        towards.iter().all(|x| x.is_finite()).then_some([middle, towards])
    })
    .collect()
}
