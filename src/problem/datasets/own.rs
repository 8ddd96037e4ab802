//! Points of one's own: what a scene holds as text, read from a file or typed.
//!
//! It is no member of the list of datasets: it is chosen by saying `data_points = "…"`, or `data_file = "points.csv"`, whose
//! points are then in the scene, so that it means the same wherever it is opened. No random number has a say in it.

use std::sync::{Arc, Mutex, PoisonError};

use super::{Dataset, Sample, Task, draw};
use crate::catalog::{Build, CannotBuild, Choice, Entry, Kind, Setting, Settings, Value};
use crate::math::random::Stream;
use crate::problem::points::{LONGEST, Points};

/// The key of the points.
pub const POINTS: &str = "data_points";
/// The key of what is learnt from them.
pub const TASK: &str = "data_task";
/// The key of what they are called.
pub const NAME: &str = "data_name";
/// The id of the dataset.
pub const OWN_ID: &str = "own";

const CLASSIFICATION: &str = "classification";
const REGRESSION: &str = "regression";

/// What is there before anything is read: two points of each class.
const FIRST: &str = "-1,-1,0\n-0.5,-1,0\n1,0.5,1\n1,1,1\n";

/// Points of one's own.
pub static OWN: Entry<dyn Dataset> = Entry {
    id: OWN_ID,
    name: "Own points",
    formula: "(x, y) or (x, y, class) as read",
    source: "—",
    about: "Points of a CSV file, or typed into a scene.",
    settings: &[
        Setting {
            key: POINTS,
            label: "points",
            about: "a line a point: x,y or x,y,class",
            kind: Kind::Text { default: FIRST, longest: LONGEST },
        },
        Setting {
            key: TASK,
            label: "task",
            about: "what is learnt: the class of a point, or y from x",
            kind: Kind::Choice { names: &[CLASSIFICATION, REGRESSION] },
        },
        Setting {
            key: NAME,
            label: "name",
            about: "what the points are called",
            kind: Kind::Text { default: "", longest: 200 },
        },
    ],
    build: Build::Fallible { build, stand_in },
};

/// These points as a dataset of this name; what is learnt follows from whether they have labels.
#[must_use]
pub fn own(points: &Points, name: &str) -> Choice<dyn Dataset> {
    let mut choice = Choice::new(&OWN);
    let task = if points.labels.is_some() { CLASSIFICATION } else { REGRESSION };
    let name: String = name.chars().take(60).collect();
    for (key, value) in [(POINTS, points.text()), (TASK, task.to_owned()), (NAME, name)] {
        // Points that were read are few enough, and tasks are those of the setting.
        let _ = choice.set(key, Value::Text(value));
    }
    choice
}

/// What a dataset is called: points of one's own by the name of their file.
#[must_use]
pub fn name(data: &Choice<dyn Dataset>) -> String {
    match data.value(NAME).and_then(Value::text) {
        Some(name) if !name.is_empty() => name.to_owned(),
        Some(_) | None => data.entry().name.to_owned(),
    }
}

/// So many tables are kept read: a scene asks for its data many times a frame.
const KEPT: usize = 4;

/// The tables that were read last, the latest first.
static READ: Mutex<Vec<(String, Arc<Points>)>> = Mutex::new(Vec::new());

fn points(text: &str) -> Result<Arc<Points>, CannotBuild> {
    let mut kept = READ.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, points)) = kept.iter().find(|(known, _)| known == text) {
        return Ok(Arc::clone(points));
    }
    let read = Points::of(text).map_err(|error| CannotBuild(format!("{POINTS}: {error}")))?;
    let read = Arc::new(read);
    kept.insert(0, (text.to_owned(), Arc::clone(&read)));
    kept.truncate(KEPT);
    Ok(read)
}

fn build(settings: &Settings) -> Result<Box<dyn Dataset>, CannotBuild> {
    let points = points(settings.text(POINTS))?;
    let task = if settings.choice(TASK) == CLASSIFICATION {
        Task::Classification
    } else {
        Task::Regression
    };
    if task == Task::Classification && points.labels.is_none() {
        let words = format!("{TASK}: the points have no labels; say {TASK} = \"{REGRESSION}\"");
        return Err(CannotBuild(words));
    }
    Ok(Box::new(Own { points, task }))
}

fn stand_in(_: &Settings) -> Box<dyn Dataset> {
    let points = Points { places: vec![[-1.0, 0.0], [1.0, 0.0]], labels: Some(vec![0, 1]) };
    Box::new(Own { points: Arc::new(points), task: Task::Classification })
}

struct Own {
    points: Arc<Points>,
    task: Task,
}

impl Dataset for Own {
    fn task(&self) -> Task {
        self.task
    }

    fn group_names(&self) -> &'static [&'static str] {
        match self.task {
            Task::Classification => &["class 0", "class 1"],
            Task::Regression => &["points"],
        }
    }

    fn sample(&self, _: &mut Stream) -> Sample {
        match (&self.points.labels, self.task) {
            (Some(labels), Task::Classification) => {
                let classes = labels.iter().map(|&label| label.into()).collect();
                draw::classified(&self.points.places, classes)
            }
            (Some(_) | None, Task::Classification | Task::Regression) => {
                draw::curve(&self.points.places)
            }
        }
    }
}
