//! Words and keys for kinds of ends: the legend of a map that tells where each start ends, its sentence, and what is said
//! of one start.

use super::numerals::{point, short};
use super::picture::Picture;
use super::{Ink, Key, Shape, sentence};
use crate::analysis::outcome::{Basin, Name};
use crate::atlas::kind::{Kind, Kinds};
use crate::atlas::starts::{How, Share, Told};
use crate::engine::products::ends::Ends;
use crate::scene::layer::Layer;

/// Entries of a legend at most: the rest are told as one.
const MOST: usize = 6;
/// So many ends are all said in a sentence.
const FEW: usize = 3;

/// What a kind is called in a legend: one word, or a place.
#[must_use]
pub fn label(kind: &Kind) -> String {
    match kind {
        Kind::Basin(Basin { name: Name::Narrow, .. }) => "narrow".to_owned(),
        Kind::Basin(Basin { name: Name::Wide, .. }) => "wide".to_owned(),
        Kind::Basin(Basin { name: Name::Only, .. }) => "minimum".to_owned(),
        // A place is one word, so that a short legend keeps it whole.
        Kind::Basin(basin) => {
            let bare = |c: char| !c.is_whitespace();
            point(basin.at).replace(',', ";").chars().filter(|c| bare(*c)).collect()
        }
        Kind::Floor => "floor".to_owned(),
        Kind::Saddle => "saddle".to_owned(),
        Kind::Plateau => "plateau".to_owned(),
        Kind::Stalled => "stalled".to_owned(),
        Kind::Stopped => "stopped".to_owned(),
        Kind::Between => "between".to_owned(),
        Kind::Away => "away".to_owned(),
        Kind::Beyond => "diverges".to_owned(),
        Kind::Rests => "rests".to_owned(),
        Kind::Rattles => "rattles".to_owned(),
        Kind::Oscillates => "oscillates".to_owned(),
        Kind::Moves => "moving".to_owned(),
    }
}

/// What runs of a kind do, after "they": "end in the wide basin", "diverge".
#[must_use]
pub fn deed(kind: &Kind) -> String {
    match kind {
        Kind::Basin(basin) => format!("end in {}", sentence::basin(*basin)),
        Kind::Floor => "end on the floor of minima".to_owned(),
        Kind::Saddle => "are held at a saddle".to_owned(),
        Kind::Plateau => "rest on level ground".to_owned(),
        Kind::Stalled => "stall where the gradient does not vanish".to_owned(),
        Kind::Stopped => "are stopped by their schedule".to_owned(),
        Kind::Between => "end in no basin, or between several".to_owned(),
        Kind::Away => "drift away".to_owned(),
        Kind::Beyond => "diverge".to_owned(),
        Kind::Rests => "come to rest".to_owned(),
        Kind::Rattles => "go around for ever".to_owned(),
        Kind::Oscillates => "are still moving, with a loss that goes up and down".to_owned(),
        Kind::Moves => "are still moving".to_owned(),
    }
}

/// What is not nothing or all is never called so.
const UNDER_ONE: &str = "under 1\u{a0}%";
const OVER_99: &str = "over 99\u{a0}%";

/// A part of a whole in whole percent; what is not nothing or all is never called so.
#[must_use]
pub fn percent(part: f64) -> String {
    let whole = (100.0 * part).round();
    // A number and its sign stay on one line.
    if part > 0.0 && whole < 1.0 {
        UNDER_ONE.to_owned()
    } else if part < 1.0 && whole > 99.0 {
        OVER_99.to_owned()
    } else {
        format!("{whole}\u{a0}%")
    }
}

/// Parts of a whole in whole percent, the last one those of `others` where there are any: then it is what the others leave.
/// Without them they add up where rounding otherwise than to the nearest number would be as near, or nearly: of two halves
/// one is rounded up and one down.
fn percents(parts: &[f64], others: Option<f64>) -> Vec<String> {
    /// What is cut from a part that may be rounded up all the same.
    const NEARLY: f64 = 0.4;
    let exact: Vec<f64> = parts.iter().map(|part| 100.0 * part).collect();
    let mut whole: Vec<f64> = exact.iter().map(|part| part.round()).collect();
    if others.is_none() {
        whole = exact.iter().map(|part| part.floor()).collect();
        let lost = |k: &usize| exact[*k] - exact[*k].floor();
        let mut order: Vec<usize> = (0..parts.len()).filter(|k| exact[*k] >= 1.0).collect();
        order.retain(|k| lost(k) >= NEARLY);
        order.sort_by(|a, b| lost(b).total_cmp(&lost(a)));
        let missing = exact.iter().sum::<f64>() - whole.iter().sum::<f64>();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "up to 100")]
        for k in order.into_iter().take(missing.round() as usize) {
            whole[k] += 1.0;
        }
    }
    let rest = others.map(|part| {
        let all = 100.0 * (parts.iter().sum::<f64>() + part);
        (part, (all - whole.iter().sum::<f64>()).round().max(0.0))
    });
    let said = |(part, whole): (f64, f64)| match whole {
        _ if part > 0.0 && whole < 1.0 => UNDER_ONE.to_owned(),
        _ if part < 1.0 && whole > 99.0 => OVER_99.to_owned(),
        _ => format!("{whole}\u{a0}%"),
    };
    parts.iter().copied().zip(whole).chain(rest).map(said).collect()
}

/// Swatches of kinds with their shares, the largest of them, and how many others there are.
#[must_use]
pub fn legend(kinds: &Kinds, shares: &[Share]) -> Vec<(Key, String)> {
    let hues = kinds.hues();
    let Shown { most, others } = shown(shares, MOST);
    let entry = |(share, part): &(Share, String)| {
        let kind = kinds.get(share.kind)?;
        let hue = hues.get(usize::from(share.kind))?.number();
        let text = format!("{} {}", label(kind), part.replace(' ', "\u{a0}"));
        Some((Key::Dot(Shape::Square, Ink::Hue(hue)), text))
    };
    let rest = others.map(|(count, part)| {
        let others = if count == 1 { "other" } else { "others" };
        (Key::Rest(count), format!("{count} {others} {part}").replace(' ', "\u{a0}"))
    });
    most.iter().filter_map(entry).chain(rest).collect()
}

/// Shares as they are told.
struct Shown {
    /// The largest ones, in the order of a legend.
    most: Vec<(Share, String)>,
    /// How many others there are, and what these have together.
    others: Option<(usize, String)>,
}

fn shown(shares: &[Share], most: usize) -> Shown {
    let mut parts: Vec<f64> = shares.iter().map(|share| share.part).collect();
    parts.sort_by(|a, b| b.total_cmp(a));
    let least = parts.get(most - 1).copied().unwrap_or(0.0);
    let most: Vec<Share> =
        shares.iter().filter(|share| share.part >= least).take(most).copied().collect();
    let parts: Vec<f64> = most.iter().map(|share| share.part).collect();
    let count = shares.len() - most.len();
    let all = shares.iter().map(|share| share.part).sum::<f64>();
    let mut told = percents(&parts, (count > 0).then(|| all - parts.iter().sum::<f64>()));
    let others = (count > 0).then(|| told.pop()).flatten().map(|part| (count, part));
    Shown { most: most.into_iter().zip(told).collect(), others }
}

/// Which part does what: "62 % end in the wide basin, 31 % in the narrow basin and 7 % diverge".
#[must_use]
pub fn shares(kinds: &Kinds, shares: &[Share]) -> String {
    // Two lines have room for three; of more the largest two are said, and what the others have together.
    let Shown { most, others } = shown(shares, if shares.len() > FEW { 2 } else { FEW });
    let mut said: Vec<String> = Vec::new();
    let mut before = "";
    for (share, part) in &most {
        let Some(kind) = kinds.get(share.kind) else { continue };
        let whole = deed(kind);
        // The verb of the clause before is not said again.
        let verb = ["end in ", "are held at ", "are "].into_iter().find(|v| whole.starts_with(v));
        let rest = match verb {
            Some("end in ") if before == "end in " => &whole[4..],
            _ => &whole,
        };
        before = verb.unwrap_or_default();
        said.push(format!("{part} {rest}"));
    }
    if let Some((count, part)) = others {
        let ends =
            if count == 1 { "another end".to_owned() } else { format!("{count} other ends") };
        said.push(format!("{part} in {ends}"));
    }
    match said.as_slice() {
        [] => String::new(),
        [all] => all.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The legend of the map of some runs; none where it tells the loss.
#[must_use]
pub(super) fn legend_of(picture: &Picture<'_>, runs: &[usize]) -> Option<Vec<(Key, String)>> {
    let (ends, run) = shown_on(picture, runs)?;
    Some(legend(&ends.starts.kinds, ends.shares(run, picture.asked.layer)))
}

/// The sentence of the map of some runs: which part of its starts ends where; empty where it tells the loss.
#[must_use]
pub fn sentence_of(picture: &Picture<'_>, runs: &[usize]) -> String {
    let Some((ends, run)) = shown_on(picture, runs) else { return String::new() };
    let name = picture.name(run);
    let whose = if picture.runs().len() > 1 { format!(" of {name}") } else { String::new() };
    let so_far = match ends.part {
        part if part <= 0.0 => " in a first sketch",
        part if part < 1.0 => " so far",
        _ => "",
    };
    let shares = ends.shares(run, Layer::Ends);
    let mut parts = self::shares(&ends.starts.kinds, shares);
    // What a sketch does not know must not seem to be nothing.
    let unknown = 1.0 - shares.iter().map(|share| share.part).sum::<f64>();
    if unknown >= 0.005 {
        parts += &format!("; of {} nothing is known yet", percent(unknown));
    }
    // What is left of a list that was cut must not seem to be all: its length is said first, or it is not cut.
    let all = match shares.len() {
        count @ 3.. => {
            format!("Starts{whose} on this map have {count} different ends{so_far}: {parts}")
        }
        _ => format!("Of all starts{whose} on this map{so_far},\u{A0}{parts}"),
    };
    match picture.asked.layer {
        Layer::Differ => {
            let differ = percent(ends.differing());
            format!(
                "From {differ} of the starts on this map{so_far} {} end differently; these are coloured by where {name} ends",
                runs_of(picture)
            )
        }
        Layer::Ends | Layer::Loss => all,
    }
}

/// The runs that are compared: both by their names, or how many they are.
fn runs_of(picture: &Picture<'_>) -> String {
    match picture.runs().as_slice() {
        [one, other] => format!("{} and {}", picture.name(*one), picture.name(*other)),
        all => format!("not all {} runs", all.len()),
    }
}

/// The ends that the map of some runs tells, and whose.
fn shown_on<'a>(picture: &Picture<'a>, runs: &[usize]) -> Option<(&'a Ends, usize)> {
    let run = *runs.last()?;
    let ends = picture.told_ends()?;
    (!ends.shares(run, Layer::Ends).is_empty()).then_some((ends, run))
}

/// How the run of one start ends: "ends in the wide basin: period 2, amplitude 0.14".
#[must_use]
pub fn told(kinds: &Kinds, told: Told) -> String {
    let Some(kind) = kinds.get(told.kind) else { return String::new() };
    let deed = singular(&deed(kind));
    match told.how {
        How::Rests if matches!(kind, Kind::Basin(_) | Kind::Floor) => format!("{deed}, at rest"),
        How::Cycles { period, amplitude } => {
            format!("{deed}: period {period}, amplitude {}", short(amplitude.into(), 2))
        }
        How::Rattles { amplitude } => {
            format!("{deed}: no period, amplitude {}", short(amplitude.into(), 2))
        }
        How::Rests | How::Otherwise => deed,
    }
}

/// How the runs from a place of the map end, one line each; none where that is not told.
#[must_use]
pub fn from_here(picture: &Picture<'_>, at: [f64; 2]) -> Vec<String> {
    let Some(ends) = picture.told_ends() else { return Vec::new() };
    let line = |run: &usize| {
        let told = told(&ends.starts.kinds, ends.at(*run, at)?);
        Some(format!("{} from here {told}", picture.name(*run)))
    };
    ends.of.runs.iter().filter_map(line).collect()
}

/// What one run does, of what several do.
fn singular(deed: &str) -> String {
    let (verb, rest) = deed.split_once(' ').unwrap_or((deed, ""));
    let verb = match verb {
        "are" => "is".to_owned(),
        "go" => "goes".to_owned(),
        verb => format!("{verb}s"),
    };
    if rest.is_empty() { verb } else { format!("{verb} {}", rest.replace("their", "its")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atlas::kind::Ground;

    fn met() -> (Kinds, Vec<Share>) {
        let mut kinds = Kinds::none(Ground::One);
        let basin = |name, at| Kind::Basin(Basin { at, lambda: Some(1.0), name });
        let all = [
            (basin(Name::Narrow, [0.0, 1.0]), 0.31),
            (basin(Name::Wide, [2.0, 1.0]), 0.623),
            (Kind::Beyond, 0.067),
        ];
        let shares = all.map(|(kind, part)| Share { kind: kinds.number(&kind), part }).to_vec();
        (kinds, shares)
    }

    #[test]
    fn shares_are_said_in_one_sentence() {
        let (kinds, parts) = met();
        assert_eq!(
            shares(&kinds, &parts).replace('\u{a0}', " "),
            "31 % end in the narrow basin, 62 % in the wide basin and 7 % diverge"
        );
        assert!(shares(&kinds, &parts[..1]).ends_with("end in the narrow basin"));
    }

    #[test]
    fn what_is_not_all_is_not_called_all() {
        let said = [0.0, 1e-6, 0.5, 0.9999, 1.0].map(|part| percent(part).replace('\u{a0}', " "));
        assert_eq!(said, ["0 %", "under 1 %", "50 %", "over 99 %", "100 %"]);
    }

    #[test]
    fn one_start_is_told_in_the_singular() {
        let (kinds, _) = met();
        let cycle = Told { kind: 1, how: How::Cycles { period: 2, amplitude: 0.1414 } };
        assert_eq!(told(&kinds, cycle), "ends in the wide basin: period 2, amplitude 0.14");
        let gone = Told { kind: 2, how: How::Otherwise };
        assert_eq!(told(&kinds, gone), "diverges");
    }

    #[test]
    fn a_legend_names_the_largest_shares() {
        let mut kinds = Kinds::none(Ground::One);
        let parts: Vec<Share> = (0..9)
            .map(|k| {
                let at = [f64::from(k), 0.0];
                let basin = Basin { at, lambda: None, name: Name::Place };
                let part = f64::from(k + 1) / 45.0;
                Share { kind: kinds.number(&Kind::Basin(basin)), part }
            })
            .collect();
        let entries = legend(&kinds, &parts);
        assert_eq!(entries.len(), MOST + 1);
        assert_eq!(entries[MOST], (Key::Rest(3), "3\u{a0}others\u{a0}13\u{a0}%".to_owned()));
        assert!(entries[5].1.starts_with("(8.00;0.00)"), "{entries:?}");
        assert!(shares(&kinds, &parts).ends_with("and 62\u{a0}% in 7 other ends"));
    }

    #[test]
    fn percents_add_up() {
        let said = |parts: &[f64]| percents(parts, None).join(" ").replace('\u{a0}', "");
        assert_eq!(said(&[0.625, 0.375]), "63% 37%");
        assert_eq!(said(&[1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0]), "33% 33% 33%", "alike is told alike");
        assert_eq!(said(&[0.996, 0.004]), "over 99% under 1%");
        assert_eq!(said(&[0.45, 0.07, 0.006, 0.474]), "45% 7% under 1% 47%");
        assert_eq!(said(&[1.0]), "100%");
        assert_eq!(said(&[0.3, 0.3]), "30% 30%", "of a map that is not whole");
        assert_eq!(said(&[]), "");
        let others = percents(&[0.032, 0.032, 0.032], Some(0.904)).join(" ");
        assert_eq!(others.replace('\u{a0}', ""), "3% 3% 3% 91%", "the others are what is left");
    }
}
