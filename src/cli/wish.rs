//! Which scene a command is about: named, in a file, in a picture or in a word, and what is changed in it.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use clap::Args;

use super::{Refusal, say, unread};
use crate::catalog::nearest;
use crate::export::file::{self as output, Target};
use crate::origin::{self, Origin, short};
use crate::problem::{datasets, landscapes};
use crate::scene::keys::{self, Edit};
use crate::scene::run::Runs;
use crate::scene::{Scene, builtin, file, remarks, text};
use crate::typed::{echo, expanded};

/// The key that names a file of points.
const POINTS: &str = "data_file";

/// Which scene, and what to change in it.
#[derive(Debug, Clone, Args)]
pub struct Wish {
    /// A built-in scene, a landscape or a dataset (see `samscope list`), a TOML file, a CSV file of points, a picture that
    /// samscope made, samscope:…, or - for the standard input; the opening scene when not said.
    #[arg(value_name = "SCENE")]
    pub scene: Option<OsString>,
    /// Set a key of the scene, for instance rho=0.1 or landscape=himmelblau; may be said many times.
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    /// A run, by what differs from the others: "rho=0.05" or "name=square p=inf rho=0.1"; may be said up to six times.
    /// What stands after at=20 holds from step 20 on: "ascent=none at=20 ascent=sam". Together they replace the scene's
    /// runs.
    #[arg(long = "run", value_name = "KEY=VALUE …")]
    pub run: Vec<String>,
}

impl Wish {
    /// Whether `target` can be written, asked before long work; never over the scene that is read.
    ///
    /// # Errors
    /// When it cannot, or is the scene itself.
    pub fn check(&self, target: &Target) -> Result<(), Refusal> {
        self.check_apart(target)?;
        Ok(output::check(target)?)
    }

    /// Whether `target` is none of the files that the scene is read from.
    ///
    /// # Errors
    /// When it is one.
    pub fn check_apart(&self, target: &Target) -> Result<(), Refusal> {
        match self.scene.as_deref() {
            // Where a file is piped in, the system may know it by this name.
            Some(name) if name == "-" => output::check_apart(target, Path::new("/dev/stdin"))?,
            Some(name) if looks_like_a_file(name) => {
                output::check_apart(target, &expanded(Path::new(name)))?;
            }
            Some(_) | None => {}
        }
        for points in self.points() {
            output::check_apart(target, &points)?;
        }
        Ok(())
    }

    /// The files of points that the scene is made of.
    fn points(&self) -> Vec<PathBuf> {
        let said = self.set.iter().filter_map(|set| set.split_once('='));
        let said = said.filter(|(key, _)| key.trim() == POINTS);
        let mut files: Vec<PathBuf> =
            said.map(|(_, path)| expanded(Path::new(path.trim()))).collect();
        let scene = self.scene.as_deref().filter(|name| looks_like_a_file(name));
        if let Some(path) = scene.map(|name| expanded(Path::new(name)))
            && let Ok(text) = text::read(&path)
            && let Ok(table) = text.parse::<toml::Table>()
            && let Some(points) = table.get(POINTS).and_then(toml::Value::as_str)
        {
            let folder = path.parent().unwrap_or(Path::new(""));
            files.push(folder.join(expanded(Path::new(points))));
        }
        files
    }

    /// The scene that is wished for.
    ///
    /// # Errors
    /// When there is no such scene, its file cannot be read, or a `--set` cannot be granted.
    pub fn scene(&self) -> Result<Scene, Refusal> {
        Ok(self.origin()?.scene)
    }

    /// The same, with the moment of the picture that it is taken from.
    ///
    /// # Errors
    /// As [`Wish::scene`].
    pub fn origin(&self) -> Result<Origin, Refusal> {
        let ground = self.ground()?;
        let scene = self.on(ground.scene, &[])?;
        let idle =
            self.tables().into_iter().filter_map(|table| unread::columns(&table, &self.edits()));
        for remark in remarks::of(&scene).into_iter().chain(idle) {
            say(&remark);
        }
        Ok(Origin { scene, ..ground })
    }

    /// What is named, before anything is set in it.
    pub(super) fn ground(&self) -> Result<Origin, Refusal> {
        let opening = || Ok(Origin::bare(builtin::opening()));
        if let Some(table) = self.table() {
            let edits: Result<Vec<Edit>, Refusal> =
                self.set.iter().map(|text| edit(text)).collect();
            let of_it = edits?.into_iter().filter(says_a_table).collect::<Vec<_>>();
            return Ok(origin::open_table(table, &of_it)?);
        }
        self.scene.as_ref().map_or_else(opening, |name| named(name))
    }

    /// What is said by `--set`, as far as it can be read.
    fn edits(&self) -> Vec<Edit> {
        self.set.iter().filter_map(|text| edit(text).ok()).collect()
    }

    /// The file that is named in place of a scene, where its name is that of a table of points.
    fn named_table(&self) -> Option<&Path> {
        let name = self.scene.as_deref().filter(|name| looks_like_a_file(name))?;
        Some(Path::new(name)).filter(|path| origin::is_table(path))
    }

    /// The same where it is said how it is written.
    fn table(&self) -> Option<&Path> {
        self.named_table().filter(|_| self.edits().iter().any(says_a_table))
    }

    /// The tables of points that are named by words.
    fn tables(&self) -> Vec<PathBuf> {
        let said = self.edits().into_iter().filter(|edit| edit.key == POINTS);
        let said = said.map(|edit| PathBuf::from(edit.value)).next_back();
        said.or(self.named_table().map(Path::to_path_buf)).into_iter().collect()
    }

    /// `scene` with everything set in it that is wished for, as if `more` had been said by `--set` too.
    pub(super) fn on(&self, mut scene: Scene, more: &[Edit]) -> Result<Scene, Refusal> {
        let edits: Result<Vec<Edit>, Refusal> = self.set.iter().map(|text| edit(text)).collect();
        let mut edits = edits?;
        if self.table().is_some() {
            // Its table was read with these already.
            edits.retain(|edit| !says_a_table(edit));
        }
        keys::apply(&mut scene, &[&edits, more].concat())?;
        if !self.run.is_empty() {
            let asked: Result<Vec<keys::Asked>, Refusal> =
                self.run.iter().enumerate().map(|(k, text)| run(&scene, k, text)).collect();
            scene.runs = Runs::of(asked?)?;
            scene.check_size()?;
        }
        Ok(scene)
    }
}

/// Whether an edit says how a table of points is written.
fn says_a_table(edit: &Edit) -> bool {
    keys::HOW.contains(&&*edit.key)
}

fn named(name: &OsStr) -> Result<Origin, Refusal> {
    let said = name.to_string_lossy();
    if let Ok(scene) = builtin::find(&said) {
        return Ok(Origin::bare(scene));
    }
    if let Some(word) = short::read(&said) {
        return Ok(word?);
    }
    let is_file = expanded(Path::new(name)).is_file();
    if let Some(scene) = of_subject(&said).filter(|_| !is_file) {
        return Ok(Origin::bare(scene));
    }
    if looks_like_a_file(name) {
        return Ok(origin::open(Path::new(name))?);
    }
    let landscapes = landscapes::ALL.entries.iter().map(|entry| entry.id);
    let datasets = datasets::ALL.entries.iter().map(|entry| entry.id);
    let known = builtin::names().chain(landscapes).chain(datasets);
    let advice = match nearest(&said.to_lowercase(), known) {
        Some(name) => format!("did you mean {name}?"),
        None => {
            let scenes: Vec<_> = builtin::names().collect();
            format!(
                "built in are {}, and every landscape and dataset by its name",
                scenes.join(", ")
            )
        }
    };
    Err(Refusal::UnknownScene { given: echo(&said), advice })
}

/// The usual scene of a landscape or of a dataset of this name; none where there is none.
fn of_subject(name: &str) -> Option<Scene> {
    let key = match () {
        () if landscapes::ALL.find(name).is_ok() => "landscape",
        () if datasets::ALL.find(name).is_ok() => "data",
        () => return None,
    };
    file::read(&format!("{key} = \"{name}\"\n")).ok()
}

fn looks_like_a_file(name: &OsStr) -> bool {
    let said = name.to_string_lossy();
    said == "-"
        || expanded(Path::new(name)).exists()
        || said.contains(['/', '\\'])
        || [".toml", ".png", ".apng", ".gif", ".svg", ".pdf", ".csv", ".tsv"]
            .iter()
            .any(|ending| said.ends_with(ending))
}

/// The run that `text` asks for, the `place`-th of its kind.
fn run(scene: &Scene, place: usize, text: &str) -> Result<keys::Asked, Refusal> {
    let because = |why: String| Refusal::BadRun { place: place + 1, why };
    let edits: Result<Vec<Edit>, Refusal> = text
        .split_whitespace()
        .map(|word| {
            edit(word)
                .map_err(|_| because(format!("\"{}\" has no value; say KEY=VALUE", echo(word))))
        })
        .collect();
    keys::run(scene, &edits?).map_err(|error| because(error.to_string()))
}

fn edit(text: &str) -> Result<Edit, Refusal> {
    match text.split_once('=') {
        Some((key, value)) => {
            Ok(Edit { key: key.trim().to_owned(), value: value.trim().to_owned() })
        }
        None => Err(Refusal::NoValue { given: echo(text) }),
    }
}
