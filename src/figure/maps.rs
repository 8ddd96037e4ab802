//! The maps: ground, routes, and the step that is being made.

use super::label::Labels;
use super::overlays::{Extract, Lettering, Within, lettering};
use super::picture::{Picture, Sight};
use super::relief::kept::Kept;
use super::{
    Axis, AxisScale, Corner, Ink, Key, Lens, Pane, PaneId, Pen, Site, Span, ends, grounds, lens,
    numerals, relief, step, ticks, title, words,
};
use crate::problem::grid::Window;
use crate::scene::arrows::Arrows;
use crate::scene::names;

/// The map of each run that is shown, in order.
#[must_use]
pub fn side_by_side(picture: &Picture<'_>) -> Vec<Pane> {
    side_by_side_keeping(picture, &Kept::default())
}

/// The same for who paints frame after frame, and keeps what does not move.
#[must_use]
pub fn side_by_side_keeping(picture: &Picture<'_>, kept: &Kept) -> Vec<Pane> {
    let all = picture.runs();
    let whole = extract(picture, &all);
    let lettering = &lettering_of(&whole);
    let stage = relief::Stage::of(&whole, &[], kept);
    let of_one = |&run: &usize| {
        let caption = caption(picture, &[run], words::sentence(picture, run));
        let heading = with_ground(heading(picture, run), picture, &[run]);
        if grounds::shown_on(picture, &[run]).is_none() {
            let extract = Extract { runs: &[run], lettering, ..whole };
            return pane(&extract, stage.as_deref(), PaneId::Map(run), heading, caption);
        }
        // Heights are written on the lines of its own ground; all other words stand where they do on the other maps.
        let under = grounds::under(picture, &[run]);
        let own = Extract { picture: &under, ..whole };
        let lettering = &lettering_of(&own);
        let stage = relief::Stage::of(&own, &[run], kept);
        let extract = Extract { runs: &[run], lettering, ..own };
        pane(&extract, stage.as_deref(), PaneId::Map(run), heading, caption)
    };
    all.iter().map(of_one).collect()
}

/// One map with every run that is shown.
#[must_use]
pub fn overlaid(picture: &Picture<'_>) -> Pane {
    overlaid_keeping(picture, &Kept::default())
}

/// The same for who paints frame after frame, and keeps what does not move.
#[must_use]
pub fn overlaid_keeping(picture: &Picture<'_>, kept: &Kept) -> Pane {
    let all = picture.runs();
    let mut title = Vec::new();
    for (k, &run) in all.iter().enumerate() {
        if k > 0 {
            let text = if k + 1 == all.len() { "and" } else { "·" };
            title.push(Span { text: text.to_owned(), ink: Ink::Quiet, strong: false });
        }
        // Of many runs only the names have room.
        let span = heading(picture, run);
        title.extend(span.into_iter().filter(|span| span.strong || all.len() <= 2));
    }
    let under = grounds::under(picture, &all);
    let whole = extract(&under, &all);
    let lettering = &lettering_of(&whole);
    let caption = caption(picture, &all, went(picture));
    let title = with_ground(title, picture, &all);
    let stage = relief::Stage::of(&whole, &all, kept);
    pane(&Extract { lettering, ..whole }, stage.as_deref(), PaneId::MapOfAll, title, caption)
}

/// How all runs that are shown went, each by its name.
pub(super) fn went(picture: &Picture<'_>) -> String {
    let runs = picture.runs().into_iter();
    let said: Vec<String> = runs
        .map(|run| (picture.name(run), words::sentence(picture, run)))
        .filter(|(_, sentence)| !sentence.is_empty())
        .map(|(name, sentence)| format!("{name}: {sentence}"))
        .collect();
    said.join(" · ")
}

/// What is said under a map: how its runs went, or, where it tells that, where each start ends.
fn caption(picture: &Picture<'_>, runs: &[usize], went: String) -> String {
    let told = ends::sentence_of(picture, runs);
    let ground = grounds::clause(picture, runs);
    let said = if told.is_empty() { went } else { told };
    [said, ground].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
}

/// A title with what the ground is, behind the name: where there is no room, it is the last to go but for that.
fn with_ground(mut title: Vec<Span>, picture: &Picture<'_>, runs: &[usize]) -> Vec<Span> {
    if let Some(span) = grounds::span(picture, runs) {
        let names = title.iter().rposition(|span| span.strong).map_or(0, |last| last + 1);
        title.insert(names, span);
    }
    title
}

/// The name of a run in its ink, and what it looks around in.
#[must_use]
pub fn heading(picture: &Picture<'_>, run: usize) -> Vec<Span> {
    let name = picture.name(run);
    let spec = picture.spec(run);
    let mistake = spec.mistake.entry().name;
    let without_mistake = |words: String| match spec.is_mistaken() {
        true => words.replacen(&format!(", {mistake}"), "", 1),
        false => words,
    };
    let mut quiet = Vec::new();
    if picture.scene.runs.get(run).is_some_and(|run| run.name.is_chosen()) {
        quiet.push(without_mistake(names::whole(&spec)));
    }
    if spec.has_ascent() {
        let spec = spec.looking();
        let rho = numerals::short(spec.ball.rho.get(), 3);
        let p = words::exponent(spec.ball.norm.p());
        // What the name says already is not said twice, nor the norm of an ascent that knows none.
        let knows = spec.ascent.build().has_neighbourhood();
        let parts = [("ρ", Some(rho)), ("p", knows.then_some(p))];
        let said = parts.into_iter().filter_map(|(symbol, value)| Some((symbol, value?)));
        let new = said.filter(|(symbol, _)| !name.contains(&format!(" {symbol} ")));
        quiet.extend(new.map(|(symbol, value)| format!("{symbol} = {value}")));
    }
    let mut title = vec![Span { text: without_mistake(name), ink: picture.ink(run), strong: true }];
    if spec.is_mistaken() {
        // As strong as the name: it is left out nowhere.
        let text = format!("{}{mistake}", title::MISTAKE);
        title.push(Span { text, ink: Ink::Mistake, strong: true });
    }
    if !quiet.is_empty() {
        title.push(Span { text: quiet.join(", "), ink: Ink::Quiet, strong: false });
    }
    title
}

/// The words of a map; on a surface they look for room of their own.
fn lettering_of(extract: &Extract<'_>) -> Lettering {
    if relief::is_seen(extract.picture) { Lettering::bare(extract) } else { Lettering::of(extract) }
}

/// The whole map with all runs and no words yet.
fn extract<'a>(picture: &'a Picture<'a>, all: &'a [usize]) -> Extract<'a> {
    Extract {
        picture,
        runs: all,
        all,
        window: picture.look.window,
        points_per_unit: picture.scale(),
        within: Within::Map,
        lettering: &lettering::NONE,
    }
}

/// The pane of an extract: flat, or on a stage.
fn pane(
    extract: &Extract<'_>,
    stage: Option<&relief::Stage>,
    id: PaneId,
    title: Vec<Span>,
    caption: String,
) -> Pane {
    let (picture, runs) = (extract.picture, extract.runs);
    let [x, y] = axes(picture);
    let flat = Pane {
        id,
        description: description(picture, runs, &caption),
        title,
        caption,
        x,
        y,
        true_scale: true,
        marks: Vec::new(),
        labels: Labels::default(),
        legend: legend(picture, runs),
        lens: None,
    };
    if let Some(stage) = stage {
        return stage.pane(extract, flat);
    }
    let lens = lens::lens(extract);
    let Pane { mut x, mut y, .. } = flat.clone();
    if lens.as_deref().is_some_and(|lens| lens.site == Site::Whole) {
        // The numbers of a map that is not to be seen would be read as the lens'.
        for axis in [&mut x, &mut y] {
            axis.ticks.clear();
            axis.label.clear();
        }
    }
    // Words that the lens would hide or cut are left out.
    let beside = lens
        .as_deref()
        .map(|lens| extract.lettering.beside(covered(extract, lens)).beside(lens.window));
    let lettering = beside.as_ref().unwrap_or(extract.lettering);
    let marks = Extract { lettering, ..*extract }.marks();
    Pane { x, y, marks, lens, ..flat }
}

fn axes(picture: &Picture<'_>) -> [Axis; 2] {
    let name =
        |k: usize| picture.section.map_or_else(String::new, |section| section.axes[k].clone());
    let Window { x, y } = picture.look.window;
    [
        ticks::axis(name(0), x, AxisScale::Linear, MOST_TICKS),
        ticks::axis(name(1), y, AxisScale::Linear, MOST_TICKS),
    ]
}

/// More marks than this crowd the narrow map of a small sheet.
const MOST_TICKS: usize = 7;

fn legend(picture: &Picture<'_>, runs: &[usize]) -> Vec<(Key, String)> {
    if let Some(kinds) = ends::legend_of(picture, runs) {
        return kinds;
    }
    let ground = grounds::key(picture, runs);
    let arrows = arrows(picture, runs);
    if !runs.iter().any(|&run| picture.perturbs(run)) {
        return arrows.into_iter().chain(ground).collect();
    }
    // Of a larger space only shadows are seen; for p = 2 the ball's is as large as the ball.
    let knows_ball = runs
        .iter()
        .map(|&run| picture.spec(run))
        .any(|spec| spec.perturbs() && spec.looking().ascent.build().has_neighbourhood());
    let [epsilon, gradient] = match (picture.is_a_slice(), knows_ball) {
        (true, true) => ["ε and its ball, as shadows", "−η∇L, as shadows"],
        (true, false) => ["ε, as a shadow", "−η∇L, as shadows"],
        (false, true) => ["ε and its ball", "−η∇L at w, at w + ε"],
        (false, false) => ["ε", "−η∇L at w, at w + ε"],
    };
    let step = [
        (Key::Line(Pen::new(Ink::Epsilon, 2.0)), epsilon.to_owned()),
        (Key::Line(Pen::new(Ink::Gradient, 1.1)), gradient.to_owned()),
    ];
    // Where there is not room for all, the last ones go: the step is told beside the lens too.
    arrows.into_iter().chain(ground).chain(step).collect()
}

/// What arrows all over the map of some runs are.
fn arrows(picture: &Picture<'_>, runs: &[usize]) -> Vec<(Key, String)> {
    let Some((looking, run)) = runs
        .last()
        .and_then(|&run| picture.slopes?.of(run).map(|(looking, _)| (looking.is_some(), run)))
    else {
        return Vec::new();
    };
    let entry = |ink, text: &str| (Key::Line(Pen::new(ink, 1.0)), text.replace(' ', "\u{a0}"));
    let descent = || entry(Ink::Gradient, "−∇L(w)");
    let own = |text| entry(picture.ink(run), text);
    match picture.asked.arrows {
        Arrows::None => Vec::new(),
        _ if !looking => vec![descent()],
        Arrows::Descent | Arrows::DescentLines => vec![descent()],
        Arrows::Sam | Arrows::SamLines => vec![own("−∇L(w + ε)")],
        Arrows::Both => vec![descent(), own("−∇L(w + ε)")],
        Arrows::Surrogate => vec![own("−∇[L(w + ε(w))]")],
    }
}

/// Minima, and saddles, that are told to those who cannot see the map: more would never end.
const TOLD: usize = 24;

/// What the map shows, for those who cannot see it.
fn description(picture: &Picture<'_>, runs: &[usize], caption: &str) -> String {
    let over = grounds::shown_on(picture, runs).and_then(|run| {
        let (of, _) = grounds::own(picture, run)?;
        Some(grounds::named(picture.asked.ground, &picture.name(run), of))
    });
    let over = over.unwrap_or_else(|| "the loss".to_owned());
    let mut parts = vec![format!("Map of {over} over the weights.")];
    if !caption.is_empty() {
        parts.push(format!("{caption}."));
    }
    for &place in runs {
        let Some((run, row)) = picture.run(place).zip(picture.row(place)) else { continue };
        let name = picture.name(place);
        let step = picture.step_of(place);
        let weights = words::weights(row.w);
        parts.push(format!(
            "{name} at step {step} of {}: {}, loss {}, gradient norm {}.",
            run.last_step(),
            weights,
            numerals::short(row.numbers.loss, 4),
            numerals::short(row.numbers.gradient_norm, 4),
        ));
        if picture.look.lens != Sight::Hidden {
            parts.extend(Some(step::sentence(picture, place)).filter(|said| !said.is_empty()));
        }
    }
    parts.extend(Some(words::plane(picture)).filter(|plane| !plane.is_empty()).map(|p| p + "."));
    for minimum in picture.minima().iter().take(TOLD) {
        parts.push(format!(
            "Minimum at {} with loss {} and largest curvature {}.",
            numerals::point(minimum.at),
            numerals::short(minimum.height, 3),
            numerals::short(minimum.lambda_max, 3),
        ));
    }
    for saddle in picture.saddles().iter().take(TOLD) {
        let (at, loss) = (numerals::point(saddle.at), numerals::short(saddle.loss, 3));
        parts.push(format!("Saddle at {at} with loss {loss}."));
    }
    parts.join(" ")
}

/// The part of the map under a lens and the edge around it.
fn covered(map: &Extract<'_>, lens: &Lens) -> Window {
    /// From the corner of the map to the far side of the edge around a lens, without the lens, in points.
    const EDGE: f64 = 12.0;
    let [wide, high] = lens.size.map(|side| (side + EDGE) / map.points_per_unit);
    let Window { x, y } = map.window;
    let [left, right] = [[x[0], x[0] + wide], [x[1] - wide, x[1]]];
    let [lower, upper] = [[y[0], y[0] + high], [y[1] - high, y[1]]];
    match lens.site {
        Site::Corner(Corner::TopLeft) => Window::new(left, upper),
        Site::Corner(Corner::TopRight) => Window::new(right, upper),
        Site::Corner(Corner::BottomLeft) => Window::new(left, lower),
        Site::Corner(Corner::BottomRight) => Window::new(right, lower),
        Site::Whole => map.window,
    }
}
