use std::path::Path;

use proptest::prelude::*;

use super::*;

/// What is built in these tests: what it was built from.
trait Thing {
    fn words(&self) -> String;
}

impl Thing for String {
    fn words(&self) -> String {
        self.clone()
    }
}

static ENTRY: Entry<dyn Thing> = Entry {
    id: "thing",
    name: "Thing",
    formula: "",
    source: "—",
    about: "",
    settings: &[
        Setting {
            key: "size",
            label: "",
            about: "",
            kind: Kind::Number { default: 2.0, range: (1.0, 9.0), scale: Scale::Whole },
        },
        Setting {
            key: "shape",
            label: "",
            about: "",
            kind: Kind::Choice { names: &["round", "square"] },
        },
        Setting {
            key: "formula",
            label: "",
            about: "",
            kind: Kind::Text { default: "x^2", longest: 20 },
        },
        Setting { key: "file", label: "", about: "", kind: Kind::Path },
    ],
    build: Build::Fallible {
        build: |settings| {
            let file = settings.path("file");
            if file == Path::new("") {
                return Err(CannotBuild("choose a file".to_owned()));
            }
            let [shape, formula] = [settings.choice("shape"), settings.text("formula")];
            let size = settings.count("size");
            Ok(Box::new(format!("{shape} {size} {formula} {}", file.display())))
        },
        stand_in: |_| Box::new("nothing".to_owned()),
    },
};

#[test]
fn what_cannot_be_built_says_why_and_has_a_stand_in() {
    let choice = Choice::new(&ENTRY);
    let reason = choice.try_build().map(|thing| thing.words());
    assert_eq!(reason, Err(CannotBuild("choose a file".to_owned())));
    assert_eq!(choice.build().words(), "nothing");
    let choice = choice.with("file", "data.csv").unwrap().with("shape", "square").unwrap();
    assert_eq!(choice.build().words(), "square 2 x^2 data.csv");
}

#[test]
fn a_choice_is_its_name_however_it_was_said() {
    let shape = &ENTRY.settings[1];
    assert_eq!(shape.read("square"), Ok(Value::Choice("square")));
    assert_eq!(shape.read("1"), Ok(Value::Choice("square")), "as format 1 allows");
    let message = shape.read("oval").unwrap_err().to_string();
    assert_eq!(message, "shape = oval is not allowed; use round or square");
    assert!(shape.read("0.5").is_err());
}

#[test]
fn what_is_too_long_is_refused_and_cut() {
    let message = ENTRY.settings[2].read(&"x".repeat(100_000)).unwrap_err().to_string();
    assert!(message.len() < 200 && message.contains("at most 20"), "{message}");
}

#[test]
fn a_key_that_is_not_there_is_no_error() {
    let mut choice = Choice::new(&ENTRY);
    assert_eq!(choice.set("weight", 1.0), Ok(false));
    assert_eq!(choice, Choice::new(&ENTRY));
}

#[test]
fn a_refused_value_changes_nothing() {
    let mut choice = Choice::new(&ENTRY);
    for value in [0.0, 10.0, 2.5, f64::NAN] {
        assert!(choice.set("size", value).is_err());
    }
    assert!(choice.set("size", "two").is_err(), "a text is no number");
    assert_eq!(choice, Choice::new(&ENTRY));
}

proptest! {
    #[test]
    fn a_value_is_read_as_it_is_displayed(size in 1u8..=9, square in any::<bool>(), formula in "[ -~]{0,20}", file in "[a-z/.]{0,30}") {
        let shape = if square { "square" } else { "round" };
        let choice = Choice::new(&ENTRY)
            .with("size", f64::from(size)).unwrap()
            .with("shape", shape).unwrap()
            .with("formula", &*formula).unwrap()
            .with("file", &*file).unwrap();
        for (setting, value) in choice.values() {
            prop_assert_eq!(&setting.read(&value.to_string()).unwrap(), value);
        }
    }
}
