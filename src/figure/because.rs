//! Why a run ended so, in sentences: formats of an inquiry, each with the rerun that it is about.
//!
//! "It leaves because it looks uphill: with random directions of the same length it stays, 20 of 20."
//!
//! It computes nothing: what a run does is said of its [`Outcome`], and by how it differs from the run as it is.

use super::numerals::{point, short};
use super::sentence;
use super::words::exponent;
use crate::analysis::outcome::{Outcome, Stillness};
use crate::why::{
    Case, Change, Difference, End, Finding, Ingredient, Manner, Nearest, Place, Space, Why,
    is_one_minimum,
};
use chance::{of_chance, usual};

/// What is said of an inquiry.
#[derive(Debug, Clone, PartialEq)]
pub struct Because {
    /// How the run went.
    pub end: String,
    /// What makes a difference, first what leads elsewhere; then whether it matters that ε looks uphill.
    pub lines: Vec<Line>,
    /// What makes none, in one sentence; empty where everything makes one.
    pub same: String,
}

/// A sentence with the rerun that it is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The sentence.
    pub text: String,
    /// The change of the rerun; of twenty the first that does what the sentence says.
    pub change: Change,
    /// How the rerun differs.
    pub difference: Difference,
}

/// What is said of `why`.
#[must_use]
pub fn because(why: &Why) -> Because {
    let mut lines: Vec<Line> = why.findings.iter().filter_map(|found| line(why, found)).collect();
    // Among more weights curvature changes without a leap, and there is no ρ at which it would flip.
    let is_of_widths = |nearest: &&Nearest| {
        let places = [&why.outcome, &nearest.outcome].map(|outcome| End::of(outcome).place);
        places.iter().all(|place| matches!(place, Place::Space(_)))
    };
    if let Some(nearest) = why.nearest.as_ref().filter(|nearest| !is_of_widths(nearest)) {
        // What is said of however small a ρ is shown with the smallest that was tried.
        let shown = if nearest.flips.is_zero() { nearest.same } else { nearest.flips };
        let change = Change::of_rho(&why.scene, why.place, shown);
        // Its place is among the other changes of the ball.
        let place = lines.iter().position(|line| line.change.ingredient.is_told_after_rho());
        let text = of_rho(why, nearest);
        let line = Line { text, change, difference: nearest.difference };
        lines.insert(place.unwrap_or(lines.len()), line);
    }
    lines.sort_by_key(|line| std::cmp::Reverse(line.difference));
    let silent = |found: &&Finding| {
        found.difference() == Difference::None && found.ingredient != Ingredient::RandomEpsilon
    };
    let same: Vec<String> =
        why.findings.iter().filter(silent).map(|found| listed(why, found.ingredient)).collect();
    let same = if same.is_empty() {
        String::new()
    } else {
        format!("It ends the same {}.", listed_up(&same))
    };
    let mut end = sentence::sentence(&why.outcome);
    if End::of(&why.outcome).place == Place::Nowhere {
        // The words that the lines have for it.
        end = format!("{}. It {}", end.trim_end_matches('.'), long_deed(&why.outcome));
    }
    Because { end, lines, same }
}

fn line(why: &Why, found: &Finding) -> Option<Line> {
    let told = found.flips().next();
    if found.ingredient == Ingredient::RandomEpsilon {
        let difference = usual(found);
        let case = found.cases.iter().find(|case| case.difference == difference)?;
        let change = case.change.clone();
        return Some(Line { text: of_chance(why, found), change, difference });
    }
    let Case { change, outcome, difference } = told?;
    let [_, does] = deeds(&why.outcome, outcome, *difference);
    let text = raised(&format!("{} it {does}.", phrase(why, found.ingredient)));
    Some(Line { text, change: change.clone(), difference: *difference })
}

/// What is changed, as the beginning of a sentence that goes on with "it".
fn phrase(why: &Why, ingredient: Ingredient) -> String {
    let spec = why.scene.spec(why.place);
    match ingredient {
        Ingredient::NoMistake => format!("without the mistake ({})", spec.mistake.entry().name),
        Ingredient::RandomEpsilon => "with random directions of the same length".to_owned(),
        Ingredient::Reversed if looks_uphill(why) => {
            "with ε reversed, looking downhill,".to_owned()
        }
        Ingredient::Reversed => "with ε reversed".to_owned(),
        Ingredient::PlainStep => "stepping with g instead of the gradient at w + ε".to_owned(),
        Ingredient::NoEpsilon => "without ε".to_owned(),
        Ingredient::Unnormalised => "without the division by ‖g‖".to_owned(),
        Ingredient::WithSam => format!("with SAM’s ε, ρ = {},", short(spec.ball.rho.get(), 3)),
        Ingredient::P(norm) => format!("with p = {}", exponent(norm.p())),
        Ingredient::Rho => "with another ρ".to_owned(),
        Ingredient::HalfEta => "with half of η".to_owned(),
        Ingredient::FullBatch => "with all data in every step".to_owned(),
        Ingredient::NoMomentum => "without momentum".to_owned(),
        Ingredient::NoThen => "without its changes at a step".to_owned(),
    }
}

/// Whether the run that is asked about looks up the slope.
fn looks_uphill(why: &Why) -> bool {
    why.scene.spec(why.place).looking().ascent.build().looks_uphill()
}

/// The same within a list.
fn listed(why: &Why, ingredient: Ingredient) -> String {
    phrase(why, ingredient).trim_end_matches(',').to_owned()
}

/// Parts with commas between them, and an "and" before the last.
fn listed_up(parts: &[String]) -> String {
    match parts.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, [first])) => format!("{first} and {last}"),
        Some((last, others)) => format!("{}, and {last}", others.join(", ")),
    }
}

/// What is said of the nearest ρ.
fn of_rho(why: &Why, nearest: &Nearest) -> String {
    let rho = why.scene.spec(why.place).ball.rho.get();
    let [own, does] = deeds(&why.outcome, &nearest.outcome, nearest.difference);
    // With more steps some run that has not left yet might.
    let steps = why.scene.steps.get();
    let falls = nearest.flips.get() < rho;
    let (way, verb) = if falls { ("down", "falls") } else { ("up", "grows") };
    match &nearest.until {
        None if nearest.flips.is_zero() => {
            let least = short(nearest.same.get(), 2);
            format!("However small ρ is, it {own}: down to {least} at least, in {steps} steps.")
        }
        None => {
            let [same, flips] = told_apart([nearest.same.get(), nearest.flips.get()]);
            let (outer, outcome) = &nearest.outer;
            let difference = End::of(&why.outcome).difference(&End::of(outcome));
            let [_, then] = bare_deeds(&why.outcome, outcome, difference);
            let passed = difference >= nearest.difference
                && then != bare_deeds(&why.outcome, &nearest.outcome, nearest.difference)[1];
            // Between two places there may be a third for a moment.
            let end = if passed {
                format!("; at {} it {then}", short(outer.get(), 3))
            } else {
                String::new()
            };
            let way = raised(way);
            format!(
                "{way} to ρ = {same} it {own}, and at {flips} it {does}{end}, in {steps} steps."
            )
        }
        Some((until, outcome)) => {
            let difference = End::of(&why.outcome).difference(&End::of(outcome));
            let [_, then] = deeds(&why.outcome, outcome, difference);
            let [same, until] = told_apart([nearest.same.get(), until.get()]);
            format!(
                "As ρ {verb} it flips between {same} and {until}: before, it {own}; beyond, it {then}; in between ends alternate, in {steps} steps."
            )
        }
    }
}

/// Two numbers with as many decimals as tell them apart, three digits at least.
fn told_apart(numbers: [f64; 2]) -> [String; 2] {
    let most = numbers[0].abs().max(numbers[1].abs());
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few digits")]
    let least = if most > 0.0 { (2.0 - most.log10().floor()).clamp(0.0, 17.0) as usize } else { 0 };
    let written = |decimals: usize| numbers.map(|x| format!("{x:.decimals$}"));
    let apart = (least..=17).map(written).find(|[a, b]| a != b);
    apart.unwrap_or_else(|| numbers.map(|x| x.to_string()))
}

/// What two runs do whose ends differ so: the one as it is, and the changed one.
fn deeds(own: &Outcome, other: &Outcome, difference: Difference) -> [String; 2] {
    let deeds = bare_deeds(own, other, difference);
    match spaces(own, other).filter(|_| difference == Difference::Elsewhere) {
        None => deeds,
        Some(ends) => {
            let [one, two] = &ends;
            let numbers = |at: &Space| {
                let lambda = one.is_curved_otherwise(two).then(|| match at.lambda {
                    Some(lambda) => format!("λₘₐₓ = {}", short(lambda, 3)),
                    None => "no λₘₐₓ".to_owned(),
                });
                let loss = (!one.is_as_high_as(two)).then(|| format!("L = {}", short(at.loss, 3)));
                lambda.into_iter().chain(loss).collect::<Vec<_>>().join(" and ")
            };
            let [own, other] = [numbers(one), numbers(two)];
            let [does, would] = deeds;
            [format!("{does}, with {own}"), format!("{would}, with {other}")]
        }
    }
}

/// Where two runs end among more weights than a map has; none where one of them diverges.
fn spaces(own: &Outcome, other: &Outcome) -> Option<[Space; 2]> {
    match [own, other].map(|outcome| End::of(outcome).place) {
        [Place::Space(own), Place::Space(other)] => Some([own, other]),
        _ => None,
    }
}

/// How the place of one end looks from that of another, both among more weights: "flatter and lower".
fn seen_from(one: Space, other: Space) -> String {
    let flatter = match [one.lambda, other.lambda] {
        [Some(a), Some(b)] if one.is_curved_otherwise(&other) => {
            Some(if a < b { "flatter" } else { "sharper" })
        }
        _ => None,
    };
    let lower = (!one.is_as_high_as(&other)).then_some(if one.loss < other.loss {
        "lower"
    } else {
        "higher"
    });
    let said: Vec<&str> = flatter.into_iter().chain(lower).collect();
    if said.is_empty() {
        "ends elsewhere".to_owned()
    } else {
        format!("ends {}", said.join(" and "))
    }
}

/// The same without numbers, so that many reruns can be counted.
fn bare_deeds(own: &Outcome, other: &Outcome, difference: Difference) -> [String; 2] {
    let ends = [End::of(own), End::of(other)];
    if difference != Difference::Elsewhere {
        return ends.map(|end| manner(end.manner).to_owned());
    }
    if let Some([one, two]) = spaces(own, other) {
        return [seen_from(one, two), seen_from(two, one)];
    }
    let brief = [own, other].map(|outcome| short_deed(own, outcome));
    if brief[0] == brief[1] { [long_deed(own), long_deed(other)] } else { brief }
}

/// Where a run from the same start as `own` ends, in a word or two.
fn short_deed(own: &Outcome, outcome: &Outcome) -> String {
    let start = own.travel.as_ref().and_then(|travel| travel.start);
    let stays = start.zip(outcome.travel.as_ref().and_then(|travel| travel.end));
    // Beside a run that is in no basin at its end nothing is said by leaving one.
    let has_left = End::of(own).place != Place::Nowhere;
    match (End::of(outcome).place, stays) {
        (Place::Basin(_), Some((start, end))) if is_one_minimum(start.at, end.at) => {
            "stays".to_owned()
        }
        (Place::Basin(_), Some(_)) if has_left => "leaves".to_owned(),
        _ => long_deed(outcome),
    }
}

/// Where a run ends, by its name.
fn long_deed(outcome: &Outcome) -> String {
    match End::of(outcome).place {
        Place::Beyond => "diverges".to_owned(),
        Place::Saddle(at) => format!("is held at a saddle near {}", point(at)),
        Place::Away => "drifts away".to_owned(),
        Place::Nowhere if outcome.travel.as_ref().is_some_and(|travel| travel.end.is_some()) => {
            "goes to and fro between basins".to_owned()
        }
        Place::Nowhere => "ends in no basin".to_owned(),
        Place::Space(_) => "ends".to_owned(),
        Place::Basin(_) | Place::Floor => {
            let end = outcome.travel.as_ref().and_then(|travel| travel.end);
            let home = end.map(sentence::basin).unwrap_or_default();
            let within = if End::of(outcome).place == Place::Floor { "on" } else { "in" };
            format!("ends {within} {home}")
        }
    }
}

/// How a run is where it ends.
fn manner(manner: Manner) -> &'static str {
    match manner {
        Manner::Rests(Stillness::Minimum) => "comes to rest",
        Manner::Rests(Stillness::Decay) => "comes to rest, held by decay",
        Manner::Rests(Stillness::Plateau) => "comes to rest on level ground",
        Manner::Rests(Stillness::Short) => "comes to rest on a slope",
        Manner::Rattles => "rattles for ever",
        Manner::Drifts => "drifts",
        Manner::Moves => "is still on its way",
        Manner::Oscillates => "is still on its way, up and down",
        Manner::Stalls => "stalls",
        Manner::Stops => "is stopped by its schedule",
        Manner::Leaves => "ends",
    }
}

fn raised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

mod chance;
#[cfg(test)]
mod tests;
