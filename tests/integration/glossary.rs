//! The glossary: every name that the window shows leads to an entry that can be read there.

use std::path::Path;
use std::process::Command;

use samscope::analysis::gauge::Gauge;
use samscope::analysis::slices;
use samscope::catalog::Catalog;
use samscope::engine::Engine;
use samscope::figure::metrics::lacking;
use samscope::figure::picture::{Against, Picture};
use samscope::figure::readings::readings;
use samscope::figure::shot::Shot;
use samscope::figure::{Ink, formula};
use samscope::glossary::{self, Term};
use samscope::optim::moment::Moment;
use samscope::optim::{ascent, base, mistake, schedule};
use samscope::scene::builtin;
use samscope::scene::keys::{self, Edit};

/// Everything that an entry shows.
fn texts(term: &Term) -> impl Iterator<Item = &str> {
    let Term { name, symbol, said, formula, more, source, .. } = term;
    [name, symbol, said, formula, more, source].into_iter().map(String::as_str)
}

#[test]
fn every_letter_of_the_glossary_is_in_the_bundled_fonts() {
    for term in glossary::all() {
        for text in texts(term) {
            assert!(lacking(text).is_empty(), "{}: {:?}", term.id, lacking(text));
        }
    }
}

#[test]
fn every_measure_and_every_member_of_who_minimises_has_an_entry() {
    for gauge in Gauge::ALL {
        let term = glossary::named(gauge.name());
        assert!(term.is_some(), "the measure {} is not explained", gauge.name());
    }
    fn all<T: ?Sized>(family: &str, catalog: &Catalog<T>) {
        for entry in catalog.entries {
            assert!(glossary::of(family, entry.id).is_some(), "{family} {} is not", entry.id);
        }
    }
    all("base", &base::ALL);
    all("ascent", &ascent::ALL);
    all("mistake", &mistake::ALL);
    all("slice", &slices::ALL);
    all("schedule", &schedule::ALL);
    for dial in ["ρ", "η", "p", "base", "ascent", "mistake", "map plane", "batch"] {
        assert!(glossary::named(dial).is_some(), "{dial} is not explained");
    }
}

#[test]
fn every_row_of_the_readings_leads_to_an_entry() {
    let edit = |key: &str, value: &str| Edit { key: key.to_owned(), value: value.to_owned() };
    for (name, scene) in builtin::all() {
        let mut scene = scene.clone();
        let small = [edit("points", "40"), edit("units", "3")];
        if matches!(name, "network" | "spirals") {
            keys::apply(&mut scene, &small).expect("a small network");
        }
        keys::apply(&mut scene, &[edit("steps", "6")]).expect("few steps");
        for (at, against) in
            [(Moment::Step(4), Against::Steps), (Moment::Gradients(4), Against::Gradients)]
        {
            let shot = Shot { at, against, ..Shot::of(&scene) };
            let mut engine = Engine::in_place();
            let look = shot.seen_by(&mut engine);
            let readings = readings(&Picture::of(&scene, &engine, look));
            assert!(readings.len() > 10, "{name}");
            for reading in readings {
                assert!(glossary::named(&reading.name).is_some(), "{name}: {}", reading.name);
            }
        }
    }
}

#[test]
fn formulas_are_set_without_what_they_cannot_be() {
    for term in glossary::all().iter().filter(|term| !term.formula.is_empty()) {
        let set = formula::typeset(&term.formula, 17.0, Ink::Text, None);
        assert!(set.width > 0.0 && set.width < 640.0, "{}: {} points", term.id, set.width);
    }
}

fn samscope(words: &[&str]) -> (bool, String) {
    let mut program = Command::new(Path::new(env!("CARGO_BIN_EXE_samscope")));
    let output = program.arg("glossary").args(words).output().expect("the program starts");
    let said = if output.status.success() { output.stdout } else { output.stderr };
    (output.status.success(), String::from_utf8(said).expect("words"))
}

#[test]
fn a_term_is_explained_on_the_command_line_and_an_unknown_one_answered_with_the_nearest() {
    let (is_told, text) = samscope(&["learning", "rate"]);
    assert!(is_told && text.starts_with("Learning rate  η\n"), "{text}");
    let (is_told, text) = samscope(&["gsam"]);
    assert!(is_told && text.contains("Source: Zhuang et al. 2022"), "{text}");
    let formula = ascent::ALL.find("gsam").expect("GSAM").formula;
    assert!(text.contains(formula) && !text.contains('$'), "{text}");
    let (is_told, text) = samscope(&[]);
    assert!(is_told && text.lines().count() == glossary::all().len());
    let (is_told, text) = samscope(&["saddel"]);
    assert!(!is_told && text.contains("did you mean saddle?"), "{text}");
}
