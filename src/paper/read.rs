//! Reads a paper from TOML; whatever is wrong is said with its line.

use std::path::Path;

use toml::Table;

use super::claim::{About, Claim, Each, Wanted};
use super::series::{self, Series};
use super::statistic::{self, Statistic};
use super::{Paper, starts};
use crate::lesson::BadLesson;
pub use crate::lesson::CannotOpen;
use crate::lesson::asks::{self, Range};
use crate::lesson::fields::{Fields, hint};
use crate::lesson::front::Places;
use crate::lesson::predicate::half_of_the_last_digit;
use crate::scene::text::read_a;
use crate::scene::{Scene, file};
use crate::typed::echo;

const OF_A_PAPER: [&str; 5] = ["title", "source", "about", "scene", "claim"];
const OF_A_CLAIM: [&str; 12] = [
    "says",
    "fails_because",
    "set",
    "at",
    "of",
    "passes",
    "passes_at",
    "median_of_first",
    "over",
    "starts",
    "iff",
    "share",
];

/// Reads the paper in `path`, or from the standard input where it is `-`.
///
/// # Errors
/// When the file cannot be read, or is no paper.
pub fn open(path: &Path) -> Result<Paper, CannotOpen> {
    let text = read_a("paper", path)?;
    read(&text).map_err(|why| CannotOpen::Bad { path: path.to_owned(), why })
}

/// The paper that `text` describes.
///
/// # Errors
/// Says which line is wrong, why, and what would be right.
pub fn read(text: &str) -> Result<Paper, BadLesson> {
    let places = Places::of_text(text);
    let table: Table = toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| places.line_at(span.start));
        BadLesson::new(line, format!("it is not TOML: {}", error.message().replace('\n', " ")))
    })?;
    let fields = Fields::of(&table, Vec::new(), &places, &OF_A_PAPER)?;
    let said = |key: &str, what: &str| {
        let text = fields.text(key)?.map(str::trim).filter(|text| !text.is_empty());
        text.map(str::to_owned).ok_or_else(|| BadLesson::new(1, what))
    };
    let title = said("title", "a paper has a title; write title = \"…\" here")?;
    let source =
        said("source", "say who wrote it and where; source = \"Foret et al., ICLR 2021\"")?;
    let about = said("about", "say what it claims, in a sentence; about = \"…\"")?;
    let scene = scene(&fields, &title, &about)?;
    let keys: Vec<&str> = asks::keys().chain(OF_A_CLAIM).chain(statistics()).collect();
    let claims = fields.tables("claim", &keys)?;
    let claims: Result<Vec<Claim>, BadLesson> =
        claims.iter().map(|claim| self::claim(claim, &scene)).collect();
    let claims = claims?;
    if claims.is_empty() {
        return Err(BadLesson::new(1, "a paper claims something; add a [[claim]]"));
    }
    Ok(Paper { title, source, about, scene, claims })
}

fn statistics() -> impl Iterator<Item = &'static str> {
    statistic::KEYS.into_iter().map(|(key, _)| key)
}

/// The scene of a paper; it is called and told as the paper is.
fn scene(fields: &Fields<'_>, title: &str, about: &str) -> Result<Scene, BadLesson> {
    let missing = "a paper has a scene; write [scene] and under it the keys of a scene file";
    let table = fields.table("scene")?.ok_or_else(|| BadLesson::new(1, missing))?;
    let mut scene = file::ground();
    changed(fields, "scene", table, &mut scene)?;
    for (said, told) in [(&mut scene.title, title), (&mut scene.about, about)] {
        if said.is_empty() {
            told.clone_into(said);
        }
    }
    Ok(scene)
}

/// Changes `scene` as the table at `key` says.
fn changed(
    fields: &Fields<'_>,
    key: &str,
    table: &Table,
    scene: &mut Scene,
) -> Result<(), BadLesson> {
    file::read_onto(scene, table).map_err(|error| {
        let what = error.to_string();
        BadLesson::new(fields.line_named(key, &what), what)
    })
}

fn claim(fields: &Fields<'_>, scene: &Scene) -> Result<Claim, BadLesson> {
    let missing = || fields.bad("", "a claim says something; write says = \"…\" under it");
    let says = fields.text("says")?.ok_or_else(missing)?.to_owned();
    let mut scene = scene.clone();
    if let Some(set) = fields.table("set")? {
        changed(fields, "set", set, &mut scene)?;
    }
    let about = about(fields, &scene)?;
    let fails_because = fields.text("fails_because")?.map(str::to_owned);
    Ok(Claim { says, fails_because, scene, about })
}

fn about(fields: &Fields<'_>, scene: &Scene) -> Result<About, BadLesson> {
    let scenes = starts::scenes(fields, scene)?;
    if let Some(id) = fields.text("of")? {
        let series = series(fields, id)?;
        let run = run(fields, scene)?;
        let Some(scenes) = scenes else {
            return Ok(About::Along { run, series, wanted: wanted(fields)? });
        };
        if let Some(wanted) = wanted_of(fields, "median_of_first")? {
            return Ok(About::MedianOfFirst { scenes, run, series, wanted });
        }
        return many(fields, scene, scenes, Each::Along(run, series, wanted(fields)?));
    }
    let predicate = asks::predicate(fields, scene)?;
    let last = scene.steps.get();
    let Some(scenes) = scenes else {
        let at = fields.count("at")?.unwrap_or(last);
        if at > last {
            return Err(fields.bad("at", format!("at is a step, a whole number from 0 to {last}")));
        }
        return Ok(About::Ends { predicate, at });
    };
    many(fields, scene, scenes, Each::Ends(predicate))
}

fn many(
    fields: &Fields<'_>,
    scene: &Scene,
    scenes: Vec<Scene>,
    each: Each,
) -> Result<About, BadLesson> {
    let keys: Vec<&str> = asks::keys().collect();
    let iff = fields.tables("iff", &keys)?;
    let iff = iff.first().map(|iff| asks::predicate(iff, scene)).transpose()?;
    let asks_for_an_end = iff.as_ref().is_some_and(|iff| !iff.is_of_settings());
    if asks_for_an_end && matches!(each, Each::Along(..)) {
        return Err(
            fields.bad("iff", "beside a series iff asks for settings only, as start1 or rho")
        );
    }
    let share = share(fields)?;
    Ok(About::Many { scenes, each, iff, share })
}

/// The part of the starts of which it is claimed, in percent; all where nothing is said.
fn share(fields: &Fields<'_>) -> Result<Wanted, BadLesson> {
    let all = Wanted { least: 100.0, most: 100.0 };
    let is_a_part = |number: f64| (0.0..=100.0).contains(&number);
    let is_possible = match asks::range_of(fields, "share")? {
        None => return Ok(all),
        Some(Range::Said(number)) => is_a_part(number),
        // A range may be open at one side.
        Some(Range::Between([least, most])) => least <= 100.0 && most >= 0.0,
    };
    if !is_possible {
        return Err(fields.bad("share", "share is a part in percent, from 0 to 100"));
    }
    Ok(wanted_of(fields, "share")?.unwrap_or(all))
}

fn series(fields: &Fields<'_>, id: &str) -> Result<&'static Series, BadLesson> {
    let known: Vec<&str> = series::ALL.iter().map(|series| series.id).collect();
    let unknown = || format!("there is no series \"{}\"; {}", echo(id), hint(id, &known));
    Series::find(id).ok_or_else(|| fields.bad("of", unknown()))
}

/// The place of the run that is said, the last one where none is.
fn run(fields: &Fields<'_>, scene: &Scene) -> Result<usize, BadLesson> {
    let names: Vec<&str> = scene.runs.iter().map(|run| run.name.as_str()).collect();
    let Some(name) = fields.text("run")? else { return Ok(names.len() - 1) };
    let unknown = || format!("this scene has no run \"{}\"; {}", echo(name), hint(name, &names));
    names.iter().position(|known| *known == name).ok_or_else(|| fields.bad("run", unknown()))
}

/// What statistics of a series are.
fn wanted(fields: &Fields<'_>) -> Result<Vec<(Statistic, Wanted)>, BadLesson> {
    let mut all = Vec::new();
    for (key, statistic) in statistic::KEYS {
        all.extend(wanted_of(fields, key)?.map(|wanted| (statistic, wanted)));
    }
    match (fields.number("passes")?, wanted_of(fields, "passes_at")?) {
        (Some(bound), Some(step)) => all.push((Statistic::Passes(bound), step)),
        (None, None) => {}
        _ => {
            let what = "passes is a value and passes_at the step that has it first; say both";
            return Err(fields.bad("passes", what));
        }
    }
    if all.is_empty() {
        let known: Vec<&str> = statistics().collect();
        let what =
            format!("what of the series? say one of {}, or passes and passes_at", known.join(", "));
        return Err(fields.bad("of", what));
    }
    Ok(all)
}

/// What a number is claimed to be: a range, or the number itself to the digits that are said.
fn wanted_of(fields: &Fields<'_>, key: &str) -> Result<Option<Wanted>, BadLesson> {
    Ok(asks::range_of(fields, key)?.map(|range| match range {
        Range::Said(number) => {
            let half = half_of_the_last_digit(number);
            Wanted { least: number - half, most: number + half }
        }
        Range::Between([least, most]) => Wanted { least, most },
    }))
}
