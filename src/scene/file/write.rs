//! A scene as a TOML text.

use toml::{Table, Value};

use super::{FORMAT, THEN};
use crate::analysis::charted::Charted;
use crate::analysis::spread::Spread;
use crate::catalog::{self, Choice};
use crate::optim::ascent::table;
use crate::optim::clip::{Clip, Place};
use crate::optim::mistake;
use crate::problem::batches::{BatchSize, Order};
use crate::problem::datasets;
use crate::problem::landscapes::FORMULA;
use crate::scene::arrows::Arrows;
use crate::scene::keys::{AT, Parameter, of_run, parameters};
use crate::scene::layer::Layer;
use crate::scene::prospect::{Bearing, Prospect};
use crate::scene::run::{Own, Run, RunSpec, Runs};
use crate::scene::{Fit, Scene, Subject};

/// `scene` as TOML; reading it back gives an equal scene.
#[must_use]
pub fn write(scene: &Scene) -> String {
    let mut table = Table::new();
    let mut line = |key: &str, value: Value| {
        table.insert(key.to_owned(), value);
    };
    line("format", Value::Integer(FORMAT));
    if !scene.title.is_empty() {
        line("title", text(&scene.title));
    }
    if !scene.about.is_empty() {
        line("about", text(&scene.about));
    }
    match &scene.subject {
        // A formula of one's own is chosen by being said.
        Subject::Formula(landscape) if landscape.id() == FORMULA => {}
        Subject::Formula(landscape) => line("landscape", text(landscape.id())),
        Subject::Fit(Fit { data, model, loss }) => {
            // So are points of one's own.
            if data.id() != datasets::OWN_ID {
                line("data", text(data.id()));
            }
            line("model", text(model.id()));
            line("loss", text(loss.id()));
        }
    }
    let mut whole = Own::of(&scene.shared);
    // Files without a mistake are those of versions that knew none.
    whole.mistake = whole.mistake.filter(|mistake| !mistake::is_none(mistake));
    // Nor a bound on gradients.
    whole.clip = whole.clip.filter(|clip| *clip != Clip::NONE);
    for (key, value) in own(&whole, &scene.shared) {
        line(&key, value);
    }
    line("steps", whole_number(scene.steps.get() as u64));
    line("seed", whole_number(scene.seed));
    if let Some(seed) = scene.seed_data {
        line("seed_data", whole_number(seed));
    }
    line("l2", Value::Float(scene.l2.get()));
    line("test", Value::Float(scene.test.get()));
    if let Some(window) = scene.window {
        line("window", list(&[window.x[0], window.x[1], window.y[0], window.y[1]]));
    }
    if let Some(measure) = scene.measure {
        line("measure", text(measure.id()));
    }
    if scene.layer != Layer::default() {
        line("layer", text(scene.layer.id()));
    }
    if !scene.ground.is_the_loss() {
        line("ground", text(scene.ground.id));
    }
    if scene.arrows != Arrows::default() {
        line("arrows", text(scene.arrows.id()));
    }
    if scene.view != Prospect::default() {
        line("view", text(scene.view.id()));
    }
    if scene.turn != Bearing::default() {
        line("turn", list(&[scene.turn.azimuth(), scene.turn.elevation()]));
    }
    for (key, spread) in [("log", Spread::Log), ("linear", Spread::Linear)] {
        let turned: Vec<&str> = scene.spreads.turned(spread).map(Charted::id).collect();
        if !turned.is_empty() {
            line(key, text(&turned.join(", ")));
        }
    }
    line("slice", text(scene.slice.id()));
    let ascent = &scene.shared.ascent;
    let is_idle = |it: &Parameter| {
        // What a composed ascent has no part for is not told, unless it was given.
        it.value == it.setting.default() && table::is_idle(ascent, it.setting)
    };
    for parameter in parameters(scene).into_iter().filter(|it| !is_idle(it)) {
        line(&parameter.key, value(&parameter));
    }
    if scene.runs != Runs::default() {
        let runs = scene.runs.iter().map(|run| Value::Table(of_one(scene, run)));
        line("run", Value::Array(runs.collect()));
    }
    // A table of plain values, lists and tables can always be written.
    toml::to_string(&table).unwrap_or_default()
}

/// What run `place` says of its own, as the command line takes it after `--run`: "name=square p=inf rho=0.1".
#[must_use]
pub fn run_in_words(scene: &Scene, run: &Run) -> String {
    let said = |table: &Table| -> Vec<String> {
        let plain = table.iter().filter(|(key, _)| *key != THEN);
        plain.map(|(key, value)| format!("{key}={}", typed(value))).collect()
    };
    let mut words = said(&of_one(scene, run));
    for (at, change) in changes(&scene.shared.with(&run.own)) {
        words.push(format!("{AT}={at}"));
        words.extend(said(&change));
    }
    words.join(" ")
}

/// A value as it is typed.
fn typed(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(typed).collect::<Vec<_>>().join(","),
        Value::Float(number) => number.to_string(),
        Value::Integer(_) | Value::Boolean(_) | Value::Datetime(_) | Value::Table(_) => {
            value.to_string()
        }
    }
}

/// What one run says.
fn of_one(scene: &Scene, run: &Run) -> Table {
    let mut table = Table::new();
    table.insert("name".to_owned(), text(run.name.as_str()));
    if run.hidden {
        table.insert("hidden".to_owned(), Value::Boolean(true));
    }
    let spec = scene.shared.with(&run.own);
    table.extend(whole(&run.own, &spec));
    let later = changes(&spec).map(|(at, mut said)| {
        said.insert(AT.to_owned(), whole_number(at as u64));
        Value::Table(said)
    });
    let later: Vec<Value> = later.collect();
    if !later.is_empty() {
        table.insert(THEN.to_owned(), Value::Array(later));
    }
    table
}

/// What each change of a run says, with its step.
fn changes(spec: &RunSpec) -> impl Iterator<Item = (usize, Table)> + '_ {
    spec.then.iter().map(|then| {
        let at = then.at.get();
        (at, whole(&then.own(), &spec.at(at)))
    })
}

/// What is a run's own, with the values of `spec` and the parameters of what it has chosen.
fn whole(of: &Own, spec: &RunSpec) -> Table {
    let mut table: Table = own(of, spec).into_iter().collect();
    let chosen = chosen(of);
    let of_own = |parameter: &Parameter| {
        chosen.iter().any(|parameters| parameters.iter().any(|other| other.key == parameter.key))
    };
    table.extend(of_run(spec).iter().filter(|it| of_own(it)).map(|it| (it.key.clone(), value(it))));
    table
}

/// The parameters of what a run has chosen for itself.
fn chosen(own: &Own) -> [Vec<Parameter>; 4] {
    use crate::scene::keys::{ETA, RHO, of};
    [
        own.base.as_ref().map_or_else(Vec::new, |choice| of("", choice)),
        own.ascent.as_ref().map_or_else(Vec::new, |choice| of("", choice)),
        own.eta_schedule.as_ref().map_or_else(Vec::new, |choice| of(ETA, choice)),
        own.rho_schedule.as_ref().map_or_else(Vec::new, |choice| of(RHO, choice)),
    ]
}

/// What is the run's own, with the values of `spec`, but for the parameters of what it has chosen.
fn own(own: &Own, spec: &RunSpec) -> Vec<(String, Value)> {
    fn id<T: ?Sized>(choice: Option<&Choice<T>>) -> Option<Value> {
        choice.map(|choice| text(choice.id()))
    }
    let batch = |batch| match batch {
        BatchSize::Full => text("full"),
        BatchSize::Of(size) => whole_number(size.get() as u64),
    };
    let order = |order| match order {
        Order::Shuffled => text("shuffled"),
        Order::Sequential => text("sequential"),
    };
    let place = |place| match place {
        Place::Before => "before",
        Place::After => "after",
    };
    let lines = [
        ("base", id(own.base.as_ref())),
        ("ascent", id(own.ascent.as_ref())),
        ("mistake", id(own.mistake.as_ref())),
        ("eta", own.eta.map(|eta| Value::Float(eta.get()))),
        ("rho", own.rho.map(|rho| Value::Float(rho.get()))),
        ("p", own.norm.map(|norm| Value::Float(norm.p()))),
        ("batch", own.batch.map(batch)),
        ("order", own.order.map(order)),
        ("start", spec.start.as_deref().filter(|_| own.start.is_some()).map(list)),
        ("seed_batches", own.seed_batches.map(whole_number)),
        ("seed_ascent", own.seed_ascent.map(whole_number)),
        ("eta_schedule", id(own.eta_schedule.as_ref())),
        ("rho_schedule", id(own.rho_schedule.as_ref())),
        ("clip", own.clip.map(|clip| Value::Float(clip.most()))),
        ("clip_where", own.clip.map(|clip| text(place(clip.place)))),
    ];
    lines.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect()
}

fn value(parameter: &Parameter) -> Value {
    match &parameter.value {
        catalog::Value::Number(number) => Value::Float(*number),
        said @ (catalog::Value::Choice(_) | catalog::Value::Text(_) | catalog::Value::Path(_)) => {
            text(&said.to_string())
        }
    }
}

fn text(words: &str) -> Value {
    Value::String(words.to_owned())
}

fn list(numbers: &[f64]) -> Value {
    Value::Array(numbers.iter().map(|&x| Value::Float(x)).collect())
}

/// A whole number; TOML's own go no further than i64, beyond which it is written as a text.
fn whole_number(number: u64) -> Value {
    i64::try_from(number).map_or_else(|_| Value::String(number.to_string()), Value::Integer)
}
