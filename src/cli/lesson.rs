//! `samscope lesson`: the lessons by name, any page of one as a picture, and what a teacher needs to write one.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;

use super::drawn::{Size, Theme, scale};
use super::render::Format;
use super::{Refusal, print};
use crate::engine::Engine;
use crate::export::file::{self, Target};
use crate::export::{pdf, png, svg};
use crate::figure::palette;
use crate::lesson::{self, builtin, proof, sheet};
use crate::typed::{echo, expanded};

/// Name the lessons, open or draw one, check one of your own, or begin a new one.
#[derive(Debug, Args)]
pub struct Lesson {
    /// A lesson (see --list), a Markdown file, or - for the standard input. With no option it opens in the window.
    #[arg(value_name = "NAME")]
    pub name: Option<OsString>,
    /// Name all lessons, one a line.
    #[arg(long, conflicts_with_all = ["name", "page", "check", "new", "output"])]
    pub list: bool,
    /// Draw this page, counted from 1; the first when not said.
    #[arg(long, value_name = "N", requires = "name")]
    pub page: Option<usize>,
    /// Where to draw it; ends in .png, .svg or .pdf, or - for the standard output.
    #[arg(short, long, value_name = "FILE", requires = "name")]
    pub output: Option<PathBuf>,
    /// The format; as the output's name ends when not said.
    #[arg(long, requires = "output")]
    pub format: Option<Format>,
    /// Width and height of the page in points.
    #[arg(long, value_name = "WxH", default_value = "1280x800")]
    pub size: Size,
    /// Pixels a point, for PNG.
    #[arg(long, value_name = "S", default_value = "1", value_parser = scale)]
    pub scale: f64,
    /// The colours.
    #[arg(long, default_value = "light")]
    pub theme: Theme,
    /// Say what is wrong with a lesson: its claims and goals are tried.
    #[arg(long, requires = "name", conflicts_with_all = ["page", "output", "new"])]
    pub check: bool,
    /// Write a lesson to start from, with what each key does.
    #[arg(long, value_name = "FILE.md", conflicts_with = "name")]
    pub new: Option<PathBuf>,
}

/// A lesson that was found: its name, itself, and its file unless it comes with the program.
pub type Found = (String, lesson::Lesson, Option<PathBuf>);

impl Lesson {
    /// Whether it is to be opened in the window.
    #[must_use]
    pub fn is_shown(&self) -> bool {
        let does = self.list || self.check || self.new.is_some();
        self.name.is_some() && !does && self.page.is_none() && self.output.is_none()
    }

    /// The lesson, its name, and the file that it stands in unless it comes with the program.
    ///
    /// # Errors
    /// When there is none of that name, or its file is no lesson.
    pub fn found(&self) -> Result<Found, Refusal> {
        let name = self.name.clone().unwrap_or_default();
        let said = name.to_string_lossy().into_owned();
        match builtin::find(&said) {
            Ok(lesson) => Ok((said, lesson.clone(), None)),
            Err(_) if looks_like_a_file(&said) => {
                let path = expanded(Path::new(&name));
                let lesson = lesson::open(Path::new(&name))?;
                Ok((said, lesson, Some(path).filter(|path| path.as_os_str() != "-")))
            }
            Err(unknown) => Err(unknown.into()),
        }
    }

    pub(super) fn carry_out(&self) -> Result<(), Refusal> {
        if let Some(path) = &self.new {
            return begin(path);
        }
        if self.name.is_none() || self.list {
            return print(list().as_bytes());
        }
        let (name, lesson, path) = self.found()?;
        if self.check {
            return check(&name, &lesson);
        }
        let Some(output) = &self.output else { return Err(Refusal::NoOutput) };
        let target = Target::of(output.as_os_str());
        let format = Format::of(self.format, &target)?;
        if let Some(path) = &path {
            file::check_apart(&target, path)?;
        }
        file::check(&target)?;
        let (number, pages) = (self.page.unwrap_or(1), lesson.pages.len());
        let figure = sheet::page(&lesson, number, self.size.points(), &mut Engine::in_place());
        let Some(figure) = figure else {
            return Err(Refusal::NoPage { lesson: echo(&name), number, pages });
        };
        let theme: palette::Theme = self.theme.into();
        let bytes = match format {
            Format::Svg => svg::write(&figure, theme).into_bytes(),
            Format::Pdf => pdf::write(&figure, theme, None)?,
            Format::Png => png::render(&figure, theme, self.scale)?,
        };
        Ok(file::save(&target, &bytes)?)
    }
}

/// The names of all lessons with their titles, one a line.
#[must_use]
pub fn list() -> String {
    let mut text = String::new();
    for (name, lesson) in builtin::all() {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{name}  {}", lesson.title);
    }
    text
}

fn looks_like_a_file(said: &str) -> bool {
    said == "-"
        || expanded(Path::new(said)).exists()
        || said.contains(['/', '\\'])
        || Path::new(said).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("md"))
}

/// Writes the template into a file that is not there yet.
fn begin(path: &Path) -> Result<(), Refusal> {
    let target = Target::of(path.as_os_str());
    target.ending(&["md"])?;
    if target != Target::Stdout && expanded(path).exists() {
        return Err(Refusal::LessonIsThere { path: path.to_owned() });
    }
    Ok(file::save(&target, lesson::TEMPLATE.as_bytes())?)
}

/// Prints what is wrong with a lesson, or that nothing is.
fn check(name: &str, lesson: &lesson::Lesson) -> Result<(), Refusal> {
    let faults = proof::faults(lesson);
    let name = echo(name);
    let mut text = String::new();
    for fault in &faults {
        let _ = writeln!(text, "{name}, {fault}");
    }
    if faults.is_empty() {
        let goals = lesson.pages.iter().filter(|page| page.goal.is_some()).count();
        let claims: usize = lesson.pages.iter().map(|page| page.claims.len()).sum();
        let pages = many(lesson.pages.len(), "page");
        let by = if goals == 1 { "its solution" } else { "their solutions" };
        let goals = match goals {
            0 => "no goal".to_owned(),
            count => format!("{} missed at first and reached by {by}", many(count, "goal")),
        };
        let claims = match claims {
            0 => "no claim".to_owned(),
            count => format!("{} held", many(count, "claim")),
        };
        let _ = writeln!(text, "{name}: {pages}, {goals}, {claims}");
    }
    print(text.as_bytes())?;
    match faults.len() {
        0 => Ok(()),
        count => Err(Refusal::LessonFaults { count }),
    }
}

fn many(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
