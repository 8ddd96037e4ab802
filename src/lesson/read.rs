//! From a text to a lesson: front matter into scenes, controls, goals and claims.

use toml::Table;

use super::controls::{Access, Control, Controls};
use super::error::BadLesson;
use super::fields::{Fields, hint, number};
use super::front::{Places, Section, sections};
use super::goal::{Claim, Goal, Solution};
use super::{Beside, Lesson, Page, asks, text};
use crate::catalog::UnknownId;
use crate::figure::picture::{Future, Sight};
use crate::scene::file::BadScene;
use crate::scene::{Scene, Subject, builtin, file};
use crate::typed::echo;

/// Keys of the front matter of a lesson, and of a page.
const OF_A_LESSON: [&str; 2] = ["title", "about"];
const OF_A_PAGE: [&str; 13] = [
    "scene",
    "set",
    "run",
    "step",
    "hide_future",
    "lens",
    "beside",
    "show",
    "hide",
    "lock",
    "question",
    "goal",
    "claim",
];
/// Keys of a goal and of a claim beside those of what they ask.
const OF_A_GOAL: [&str; 5] = ["task", "also", "reached", "solution", "click"];
const OF_A_CLAIM: [&str; 2] = ["set", "at"];

/// Letters of a title, and of the sentence about a lesson, at most.
const LONGEST: usize = 200;
/// Bytes of a lesson at most.
const MOST: usize = 1_000_000;

/// The lesson that `text` describes.
///
/// # Errors
/// Says which line is wrong, why, and what would be right.
pub(super) fn read(text: &str) -> Result<Lesson, BadLesson> {
    if text.len() > MOST {
        return Err(BadLesson::new(1, "it is larger than a megabyte, which no lesson is"));
    }
    let sections = sections(text)?;
    let Some((front, pages)) = sections.split_first() else {
        return Err(BadLesson::new(
            1,
            "it is empty; samscope lesson --new FILE.md writes a lesson to start from",
        ));
    };
    let table = parsed(front)?;
    let places = Places::of(front);
    let fields = Fields::of(&table, Vec::new(), &places, &OF_A_LESSON)?;
    let missing = || BadLesson::new(front.line, "a lesson has a title; write title = \"…\" here");
    let title = fields
        .text("title")?
        .map(str::trim)
        .filter(|title| !title.is_empty())
        .ok_or_else(missing)?;
    let about = fields.text("about")?.unwrap_or_default().trim();
    for (key, said) in [("title", title), ("about", about)] {
        let count = said.chars().count();
        if count > LONGEST {
            let what = format!("{key} has {count} letters, and {LONGEST} at most have room");
            return Err(fields.bad(key, what));
        }
    }
    if !front.body.trim().is_empty() {
        let blank = front.body.lines().take_while(|line| line.trim().is_empty()).count();
        return Err(BadLesson::new(
            front.body_line + blank,
            "this text is on no page; put two lines of +++ before it to begin one",
        ));
    }
    if pages.is_empty() {
        return Err(BadLesson::new(
            front.body_line,
            "a lesson has a page; add two lines of +++ and its text",
        ));
    }
    let mut read: Vec<Page> = Vec::new();
    for section in pages {
        let before = read.last().map(|page| &page.scene);
        read.push(page(section, before)?);
    }
    Ok(Lesson { title: title.to_owned(), about: about.to_owned(), pages: read })
}

/// The TOML of a section.
fn parsed(section: &Section<'_>) -> Result<Table, BadLesson> {
    toml::from_str(section.front).map_err(|error| {
        let places = Places::of(section);
        let line = error.span().map_or(section.line + 1, |span| places.line_at(span.start));
        let typed = section.front.lines().nth(line.saturating_sub(section.line + 1)).unwrap_or("");
        let message = error.message().replace('\n', " ");
        BadLesson::new(line, format!("it is not TOML: {message}{}", likely(typed)))
    })
}

/// What is probably meant by a line that is no TOML; nothing where that cannot be told.
fn likely(typed: &str) -> &'static str {
    let letters: Vec<char> = typed.chars().collect();
    let is_comma =
        |three: &[char]| three[0].is_ascii_digit() && three[1] == ',' && three[2].is_ascii_digit();
    let key = typed.split('=').next().unwrap_or_default();
    if letters.windows(3).any(is_comma) {
        "; a number has a decimal point, as in 0.05"
    } else if key.chars().any(|letter| letter.is_alphabetic() && !letter.is_ascii()) {
        "; keys are written in plain letters, as in rho = 0.05"
    } else if typed.chars().filter(|letter| *letter == '"').count() % 2 == 1 {
        "; a text ends with the quote that it begins with"
    } else if typed.matches('{').count() > typed.matches('}').count() {
        "; a { here has no }"
    } else {
        ""
    }
}

fn page(section: &Section<'_>, before: Option<&Scene>) -> Result<Page, BadLesson> {
    let table = parsed(section)?;
    let places = Places::of(section);
    let fields = Fields::of(&table, Vec::new(), &places, &OF_A_PAGE)?;
    let mut scene = match fields.text("scene")? {
        Some(name) => named(&fields, name)?,
        None => before.cloned().unwrap_or_else(builtin::opening),
    };
    changed(&fields, "set", &mut scene)?;
    runs(&fields, &mut scene)?;
    let claims = fields.tables("claim", &with_asks(&OF_A_CLAIM))?;
    let claims: Result<Vec<Claim>, BadLesson> =
        claims.iter().map(|claim| self::claim(claim, &scene)).collect();
    let goals = fields.tables("goal", &with_asks(&OF_A_GOAL))?;
    if goals.len() > 1 {
        return Err(fields
            .bad("goal", "a page has one goal; what else must hold goes into its also = [{ … }]"));
    }
    let goal = goals.first().map(|goal| self::goal(goal, &scene)).transpose()?;
    let blocks = text::blocks(section.body, section.body_line)?;
    if blocks.is_empty() {
        return Err(BadLesson::new(
            section.body_line,
            "a page has text; write some after this front matter",
        ));
    }
    let mut numbers = Vec::new();
    for key in ["set", "run", "claim", "step", "goal"] {
        numbers.extend(table.get(key).map(said).into_iter().flatten());
    }
    let line = |key: &str| match fields.text(key)? {
        Some(said) => text::line(said, fields.line(key)),
        None => Ok(Vec::new()),
    };
    Ok(Page {
        blocks,
        question: line("question")?,
        goal,
        claims: claims?,
        step: step(&fields, &scene)?,
        future: if fields.flag("hide_future")? == Some(true) {
            Future::Hidden
        } else {
            Future::Shown
        },
        lens: lens(&fields)?,
        beside: beside(&fields, &scene)?,
        controls: controls(&fields)?,
        numbers,
        line: section.line,
        lines: lines(section, &fields, goals.first())?,
        scene,
    })
}

/// The words of a page as they were typed, each line with its place in the lesson.
fn lines(
    section: &Section<'_>,
    fields: &Fields<'_>,
    goal: Option<&Fields<'_>>,
) -> Result<Vec<(usize, String)>, BadLesson> {
    let body = section.body.lines().enumerate();
    let mut lines: Vec<(usize, String)> =
        body.map(|(k, line)| (section.body_line + k, line.to_owned())).collect();
    let of_goal = goal.into_iter().flat_map(|goal| [(goal, "task"), (goal, "reached")]);
    for (fields, key) in std::iter::once((fields, "question")).chain(of_goal) {
        lines.extend(fields.text(key)?.map(|said| (fields.line(key), said.to_owned())));
    }
    Ok(lines)
}

/// The keys of what is asked of a run, and these.
fn with_asks(own: &[&'static str]) -> Vec<&'static str> {
    asks::keys().chain(own.iter().copied()).collect()
}

/// The built-in scene of this name.
fn named(fields: &Fields<'_>, name: &str) -> Result<Scene, BadLesson> {
    builtin::find(name).map_err(|error: UnknownId| fields.bad("scene", error.to_string()))
}

/// Changes `scene` as the table at `key` says; its keys are those of a scene file.
fn changed(fields: &Fields<'_>, key: &str, scene: &mut Scene) -> Result<(), BadLesson> {
    let Some(table) = fields.table(key)? else { return Ok(()) };
    file::read_onto(scene, table).map_err(|error| {
        let what = error.to_string();
        BadLesson::new(fields.line_named(key, &what), what)
    })
}

/// Replaces the runs of `scene` where the page lists some.
fn runs(fields: &Fields<'_>, scene: &mut Scene) -> Result<(), BadLesson> {
    let Some(runs) = fields.value("run") else { return Ok(()) };
    let table = Table::from_iter([("run".to_owned(), runs.clone())]);
    file::read_onto(scene, &table).map_err(|error| match error {
        BadScene::Run { place, source } => fields.bad_in("run", place - 1, source.to_string()),
        error => fields.bad("run", error.to_string()),
    })
}

fn step(fields: &Fields<'_>, scene: &Scene) -> Result<Option<usize>, BadLesson> {
    let last = scene.steps.get();
    if fields.value("step").and_then(toml::Value::as_str) == Some("last") {
        return Ok(Some(last));
    }
    let wrong =
        || fields.bad("step", format!("step is a whole number from 0 to {last}, or \"last\""));
    match fields.count("step").map_err(|_| wrong())? {
        Some(step) if step > last => Err(wrong()),
        step => Ok(step),
    }
}

fn lens(fields: &Fields<'_>) -> Result<Option<Sight>, BadLesson> {
    const KNOWN: [&str; 3] = ["corner", "whole", "none"];
    match fields.text("lens")? {
        None => Ok(None),
        Some("corner") => Ok(Some(Sight::WhereItCoversLeast)),
        Some("whole") => Ok(Some(Sight::Whole)),
        Some("none") => Ok(Some(Sight::Hidden)),
        Some(other) => Err(fields
            .bad("lens", format!("there is no lens \"{}\"; {}", echo(other), hint(other, &KNOWN)))),
    }
}

fn beside(fields: &Fields<'_>, scene: &Scene) -> Result<Option<Beside>, BadLesson> {
    let Some(said) = fields.text("beside")? else { return Ok(None) };
    let unknown = || {
        format!(
            "nothing called \"{}\" stands beside maps; {}",
            echo(said),
            hint(said, &Beside::ids())
        )
    };
    let beside = Beside::find(said).ok_or_else(|| fields.bad("beside", unknown()))?;
    match (beside, &scene.subject) {
        (Beside::Data, Subject::Formula(_)) => {
            Err(fields.bad("beside", "this scene has no data; use loss or measure"))
        }
        _ => Ok(Some(beside)),
    }
}

fn controls(fields: &Fields<'_>) -> Result<Controls, BadLesson> {
    let list = |key: &str| -> Result<Vec<Control>, BadLesson> {
        let known = Control::ALL.map(Control::id);
        let find = |name: &&str| {
            let unknown =
                || format!("there is no control \"{}\"; {}", echo(name), hint(name, &known));
            Control::find(name).ok_or_else(|| fields.bad(key, unknown()))
        };
        fields.texts(key, "[\"rho\", \"eta\"]")?.iter().map(find).collect()
    };
    let mut controls = Controls::default();
    if fields.value("show").is_some() {
        if fields.value("hide").is_some() {
            return Err(
                fields.bad("hide", "show and hide exclude each other: what is not shown is hidden")
            );
        }
        controls = Controls::only(&list("show")?);
    }
    let hidden = list("hide")?;
    for control in &hidden {
        controls = controls.with(*control, Access::Hidden);
    }
    for control in list("lock")? {
        if hidden.contains(&control) {
            let what =
                format!("{} is hidden already; leave it out of hide or of lock", control.id());
            return Err(fields.bad("lock", what));
        }
        controls = controls.with(control, Access::Locked);
    }
    Ok(controls)
}

fn claim(fields: &Fields<'_>, scene: &Scene) -> Result<Claim, BadLesson> {
    let mut scene = scene.clone();
    changed(fields, "set", &mut scene)?;
    let predicate = asks::predicate(fields, &scene)?;
    let last = scene.steps.get();
    let step = match fields.count("at")? {
        Some(step) if step > last => {
            return Err(fields.bad("at", format!("at is a step, a whole number from 0 to {last}")));
        }
        step => step.unwrap_or(last),
    };
    Ok(Claim { predicate, scene, step, line: fields.line("") })
}

fn goal(fields: &Fields<'_>, scene: &Scene) -> Result<Goal, BadLesson> {
    let Some(task) = fields.text("task")? else {
        return Err(fields.bad("", "a goal has a task; write task = \"what to do\" under it"));
    };
    let mut predicates = vec![asks::predicate(fields, scene)?];
    for also in fields.tables("also", &with_asks(&[]))? {
        predicates.push(asks::predicate(&also, scene)?);
    }
    let click = fields.point("click")?;
    let solution = if fields.value("solution").is_some() || click.is_some() {
        let mut scene = scene.clone();
        changed(fields, "solution", &mut scene)?;
        Some(Solution { scene, click })
    } else {
        None
    };
    let reached = match fields.text("reached")? {
        Some(said) => text::line(said, fields.line("reached"))?,
        None => Vec::new(),
    };
    let task = text::line(task, fields.line("task"))?;
    Ok(Goal { task, predicates, reached, solution, line: fields.line("") })
}

/// Every number of a value.
fn said(value: &toml::Value) -> Vec<f64> {
    match value {
        toml::Value::Array(list) => list.iter().flat_map(said).collect(),
        // What solves a goal is nothing that the page may tell.
        toml::Value::Table(table) => {
            let told =
                table.iter().filter(|(key, _)| !["solution", "click"].contains(&key.as_str()));
            told.flat_map(|(_, value)| said(value)).collect()
        }
        value => number(value).into_iter().collect(),
    }
}
