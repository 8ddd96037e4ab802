//! The atlas as a pane: cells in the hues of their ends or the tones of a number, the boundaries between them, curves in
//! closed form, and where the scene itself is.

use std::sync::Arc;

use super::label::{End, Labels};
use super::numerals::{self, short};
use super::{
    Axis, AxisScale, Dash, Ink, Key, Mark, Pane, PaneId, Pen, Points, Shape, Span, ends, route,
    ticks,
};
use crate::analysis::relief::Relief;
use crate::atlas::cells::{Cell, Cells};
use crate::atlas::curves::Curve;
use crate::atlas::ground::{Range, range};
use crate::atlas::idle::{self, Idle};
use crate::atlas::kind::Number;
use crate::atlas::settings::Side;
use crate::atlas::starts::{How, Share, Told};
use crate::atlas::trace::Boundary;
use crate::atlas::value::Value;
use crate::problem::grid::Window;
use crate::scene::{Scene, names};
use crate::typed::Spacing;

/// What an atlas is drawn from.
#[derive(Clone, Copy)]
pub struct Drawn<'a> {
    /// The scene that it is beside: whose run it is called after, and which place of it is marked.
    pub scene: &'a Scene,
    /// Its cells, as far as they are known.
    pub cells: &'a Cells,
    /// The ground that its cells make, by [`relief`](crate::atlas::ground::relief).
    pub relief: &'a Arc<Relief>,
    /// The boundaries between them, once they are traced.
    pub boundary: Option<&'a Boundary>,
    /// Curves in closed form.
    pub curves: &'a [Curve],
    /// What cells are coloured by.
    pub value: Value,
    /// How much of the cells is known, from 0 to 1.
    pub part: f64,
}

/// Marks of an axis at most.
const MOST_TICKS: usize = 7;
/// The pane of an atlas.
#[must_use]
pub fn pane(drawn: &Drawn<'_>) -> Pane {
    let settings = &drawn.cells.settings;
    let [x, y] = [0, 1].map(|k| axis(&settings.sides[k]));
    let mut marks = vec![Mark::Terrain {
        window: Window::new(x.range, y.range),
        relief: Arc::clone(drawn.relief),
    }];
    marks.extend(
        drawn.boundary.map(|boundary| lines(boundary, &settings.sides)).unwrap_or_default(),
    );
    let pen = Pen::new(Ink::Gradient, 1.5).dashed(Dash::LongDash).cased();
    marks.extend(
        drawn
            .curves
            .iter()
            .map(|curve| Mark::Path { points: Points::from(curve.points.clone()), pen }),
    );
    marks.extend(here(drawn, [x.range, y.range]));
    let end = |curve: &Curve| {
        let last = curve.points.iter().copied().max_by(|a, b| a[0].total_cmp(&b[0]))?;
        Some(End::new(last, curve.label.clone(), Ink::Gradient))
    };
    let labels =
        Labels { ends: drawn.curves.iter().filter_map(end).collect(), ..Labels::default() };
    let caption = sentence(drawn);
    let mut legend = match drawn.value {
        Value::End => ends::legend(&drawn.cells.kinds, &shares(drawn.cells.shares())),
        Value::Share => ends::legend(&drawn.cells.kinds, &shares(drawn.cells.shares_of_most())),
        value => ramp(drawn.cells, value),
    };
    legend.extend(drawn.boundary.map(strokes).unwrap_or_default());
    let title = vec![
        Span { text: run_name(drawn), ink: route::of(drawn.scene, settings.run).ink, strong: true },
        Span { text: drawn.value.name().to_owned(), ink: Ink::Quiet, strong: false },
    ];
    Pane {
        id: PaneId::Atlas,
        title,
        description: format!("Atlas over {} and {}. {caption}.", x.label, y.label),
        caption,
        x,
        y,
        true_scale: false,
        marks,
        labels,
        legend,
        lens: None,
    }
}

fn axis(side: &Side) -> Axis {
    let scale = match side.range.spacing() {
        Spacing::Linear => AxisScale::Linear,
        Spacing::Log => AxisScale::Log,
    };
    ticks::axis(symbol(&side.key).to_owned(), side.range.ends(), scale, MOST_TICKS)
}

/// What a setting is called at an axis.
#[must_use]
pub fn symbol(key: &str) -> &str {
    match key {
        "rho" => "ρ",
        "eta" => "η",
        key => key,
    }
}

/// The tints of numbers from the smallest to the largest, and what is blank.
fn ramp(cells: &Cells, value: Value) -> Vec<(Key, String)> {
    let Some(Range { ends: [low, high], is_log }) = range(cells, value) else { return Vec::new() };
    let spread = if is_log { ", by ratios" } else { "" };
    let told = format!("{} to {}{spread}", short(low, 3), short(high, 3));
    let is_blank = cells.all.iter().flatten().any(|cell| value.of(cell).is_none());
    let blank = is_blank.then(|| (Key::Blank, value.blank().to_owned()));
    let ramp = (low < high).then_some((Key::Ramp, told));
    ramp.into_iter().chain(blank).collect()
}

/// What a dotted boundary is; a line between two hues tells itself.
fn strokes(boundary: &Boundary) -> Vec<(Key, String)> {
    let [_, dotted] = pens();
    let is_seen = boundary.lines().iter().any(|line| alternates(boundary, line));
    is_seen.then(|| (Key::Line(dotted), "ends alternate".to_owned())).into_iter().collect()
}

/// A boundary, and one beside which ends alternate.
fn pens() -> [Pen; 2] {
    let solid = Pen::new(Ink::Text, 1.2);
    [solid, solid.dashed(Dash::Dotted)]
}

/// Whether ends alternate along most of a line of crossings.
fn alternates(boundary: &Boundary, line: &[usize]) -> bool {
    let band = line.iter().filter(|place| boundary.crossings[**place].alternates).count();
    2 * band > line.len()
}

/// The boundaries as lines; dotted where ends alternate.
fn lines(boundary: &Boundary, sides: &[Side; 2]) -> Vec<Mark> {
    let [solid, dotted] = pens();
    let at = |place: &usize| {
        let at = boundary.crossings[*place].at;
        [sides[0].at(at[0]), sides[1].at(at[1])]
    };
    let mark = |line: &Vec<usize>| {
        let points: Vec<[f64; 2]> = line.iter().map(at).collect();
        let pen = if alternates(boundary, line) { dotted } else { solid };
        Mark::Path { points: points.into(), pen }
    };
    boundary.lines().iter().map(mark).collect()
}

/// Where the scene itself is, if that is on the atlas.
fn here(drawn: &Drawn<'_>, ranges: [[f64; 2]; 2]) -> Vec<Mark> {
    let settings = &drawn.cells.settings;
    let spec = drawn.scene.spec(settings.run);
    let value = |key: &str| match key {
        "rho" => Some(spec.ball.rho.get()),
        "eta" => Some(spec.eta.get()),
        "p" => Some(spec.ball.norm.p()),
        "steps" => Some(drawn.scene.steps.get() as f64),
        _ => None,
    };
    let at = [0, 1].map(|k| value(&settings.sides[k].key));
    let [Some(x), Some(y)] = at else { return Vec::new() };
    let inside = |x: f64, range: [f64; 2]| range[0] <= x && x <= range[1];
    if !(inside(x, ranges[0]) && inside(y, ranges[1])) {
        return Vec::new();
    }
    let dot = |shape, ink, size| Mark::Dots {
        points: Points::from([[x, y]]),
        shape,
        ink,
        size,
        strength: 1.0,
    };
    vec![
        dot(Shape::Disc, Ink::Paper, 13.0),
        dot(Shape::Ring, route::of(drawn.scene, settings.run).ink, 9.0),
    ]
}

fn run_name(drawn: &Drawn<'_>) -> String {
    let run = drawn.cells.settings.run;
    names::labels(drawn.scene).into_iter().nth(run).unwrap_or_default()
}

fn shares(parts: Vec<(Number, f64)>) -> Vec<Share> {
    parts.into_iter().map(|(kind, part)| Share { kind, part }).collect()
}

/// What an atlas says, in a sentence that is computed from its cells and boundaries.
#[must_use]
pub fn sentence(drawn: &Drawn<'_>) -> String {
    let cells = drawn.cells;
    let known = cells.all.iter().flatten().count();
    let so_far = if drawn.part < 1.0 { " so far" } else { "" };
    let name = run_name(drawn);
    let mut said = match drawn.value {
        Value::End => {
            let shares = ends::shares(&cells.kinds, &shares(cells.shares()));
            format!("Of {known} runs of {name}{so_far}, {shares}")
        }
        Value::Share => of_seeds(drawn, known, &format!("{name}{so_far}")),
        value => match range(cells, value) {
            Some(Range { ends: [low, high], .. }) => {
                let [low, high] = [low, high].map(|x| short(x, 3));
                let told = if low == high { low } else { format!("from {low} to {high}") };
                let have = cells.all.iter().flatten().filter(|it| value.of(it).is_some()).count();
                let part = if have < known { format!("{have} of ") } else { String::new() };
                format!("{} of {part}{known} runs of {name}{so_far}: {told}", raised(value.name()))
            }
            None => format!("None of {known} runs of {name}{so_far} has a number of this kind"),
        },
    };
    let goes_around = |cell: &&Arc<Cell>| {
        matches!(How::of(&cell.outcome), How::Cycles { .. } | How::Rattles { .. })
    };
    if drawn.value == Value::End && cells.all.iter().flatten().any(|cell| goes_around(&cell)) {
        said += "; darker where they go around for ever";
    }
    for Idle { side, why } in idle::sides(cells) {
        let key = symbol(&cells.settings.sides[side].key);
        said += &format!("; {key} makes no difference to these runs");
        if !why.is_empty() {
            said += &format!(": {why}");
        }
    }
    match drawn.boundary {
        Some(boundary) => said + &of_boundary(boundary),
        None => said,
    }
}

/// How far the seeds of cells agree.
fn of_seeds(drawn: &Drawn<'_>, known: usize, name: &str) -> String {
    let cells = drawn.cells;
    let seeds = cells.settings.seeds;
    let all = || cells.all.iter().flatten();
    if seeds < 2 {
        return format!("{known} runs of {name} with one seed each: there is nothing to agree on");
    }
    if known > 0 && all().all(|cell| cell.is_one) {
        return format!(
            "{known} cells of {name}: the seed makes no difference to these runs, nothing is drawn by it"
        );
    }
    let agreed = all().filter(|cell| cell.share >= 1.0).count();
    let least = all().map(|cell| cell.share).fold(1.0, f64::min);
    let told = if agreed == known {
        "the seeds agree in every cell how it ends".to_owned()
    } else {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "of few seeds")]
        let fewest = (least * seeds as f64).round() as usize;
        format!(
            "in {agreed} all end alike; elsewhere as few as {fewest} do, and the rim of a cell has the hue of what most others do"
        )
    };
    format!("Of {known} cells of {name}, each with {seeds} seeds, {told}")
}

/// How exactly the boundaries are known, and where they are none.
fn of_boundary(boundary: &Boundary) -> String {
    let all = boundary.crossings.len();
    if all == 0 {
        return String::new();
    }
    let bands = boundary.crossings.iter().filter(|crossing| crossing.alternates).count();
    let mut said = if bands == all {
        "; ends alternate within a millionth of every boundary that was looked at".to_owned()
    } else if 2 * bands > all {
        // What is most comes first.
        format!(
            "; at {bands} of {all} places of boundaries ends alternate within a millionth, and the others are known to a billionth of a side"
        )
    } else if bands > 0 {
        format!(
            "; boundaries are known to a billionth of a side, but for {} of {all} places where ends alternate within a millionth",
            bands
        )
    } else {
        "; boundaries are known to a billionth of a side".to_owned()
    };
    if boundary.left_out > 0 {
        said += "; where neighbouring runs end otherwise like grains there is no line";
    }
    said
}

/// What is said of one cell: its settings, how its run ended, and the number that it is coloured by.
#[must_use]
pub fn told(cells: &Cells, value: Value, column: usize, row: usize) -> Option<String> {
    let cell = cells.get(column, row)?;
    let [x, y] = &cells.settings.sides;
    let place = |side: &Side, k: usize| {
        let number = side.numbers().get(k).copied().unwrap_or_default();
        format!("{} {}", symbol(&side.key), short(number, 4))
    };
    let told = Told { kind: cell.kind, how: How::of(&cell.outcome) };
    let how = ends::told(&cells.kinds, told);
    let lambda = cell.outcome.lambda_max.map(|lambda| format!("   λₘₐₓ {}", short(lambda, 3)));
    let seeds = cells.settings.seeds;
    let of_seeds = if seeds > 1 {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "of few seeds")]
        let many = (cell.share * seeds as f64).round() as usize;
        let most = cells.kinds.get(cell.most).map(ends::label).unwrap_or_default();
        format!("\n{many} of {seeds} seeds: {most}")
    } else {
        String::new()
    };
    // Loss and curvature are told of every cell.
    let own = match value {
        Value::End | Value::Share | Value::Loss | Value::Lambda => String::new(),
        Value::TestLoss | Value::Left | Value::Rise => {
            let number = value.of(cell).map_or_else(
                || value.blank().to_owned(),
                |number| format!("{} {}", value.short(), short(number, 4)),
            );
            format!("\n{number}")
        }
    };
    Some(format!(
        "{}   {}\n{how}\nL {}{}{own}{of_seeds}",
        place(x, column),
        place(y, row),
        numerals::short(cell.outcome.loss, 4),
        lambda.unwrap_or_default()
    ))
}

fn raised(sentence: &str) -> String {
    // "λ_max" has no capital letter that anyone would know.
    if sentence.starts_with('λ') {
        return sentence.to_owned();
    }
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
