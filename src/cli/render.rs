//! `samscope render`: the figure of a scene as a file, with no display and no GPU.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::{Args, ValueEnum};

use super::{Refusal, Wish};
use crate::analysis::gauge::Gauge;
use crate::engine::Engine;
use crate::export::file::{self, Target};
use crate::export::{pdf, png, svg};
use crate::figure::palette;
use crate::figure::phase::{Phase, Told};
use crate::figure::picture::{Against, Future, Sight};
use crate::figure::shot::Shot;
use crate::figure::{Figure, lower};
use crate::optim::moment::Moment;
use crate::origin::Origin;
use crate::scene::Scene;
use crate::scene::keys::{self, Edit};
use crate::typed::echo;

/// Draw the figure as PNG, SVG or PDF.
#[derive(Debug, Args)]
pub struct Render {
    /// What to draw.
    #[command(flatten)]
    pub wish: Wish,
    /// Which step to show; the last when not said.
    #[arg(long, value_name = "N")]
    pub step: Option<usize>,
    /// Show each run at the last step that it can pay for with N gradients; charts are drawn against gradients.
    #[arg(long, value_name = "N", conflicts_with = "step")]
    pub gradients: Option<usize>,
    /// Width and height in points.
    #[arg(long, value_name = "WxH", default_value = "1280x800")]
    pub size: Size,
    /// Pixels a point, for PNG.
    #[arg(long, value_name = "S", default_value = "1", value_parser = scale)]
    pub scale: f64,
    /// The colours.
    #[arg(long, default_value = "light")]
    pub theme: Theme,
    /// What the charts are drawn against: steps, or gradients where --gradients is said.
    #[arg(long)]
    pub against: Option<Abscissa>,
    /// Which sharpness is charted; the scene's own when not said.
    #[arg(long, value_name = "MEASURE", value_parser = gauge, help = sharpness_help())]
    pub sharpness: Option<Gauge>,
    /// Charts to spread by ratios instead of as they are, for instance loss,proxy.
    #[arg(long, value_name = "CHART,…")]
    pub log: Option<String>,
    /// Charts to spread evenly instead of as they are, for instance proxy.
    #[arg(long, value_name = "CHART,…")]
    pub linear: Option<String>,
    /// Hide what comes after the step shown: the rest of paths and curves, and how the runs end.
    #[arg(long)]
    pub hide_future: bool,
    /// Where the step is shown large.
    #[arg(long, default_value = "corner")]
    pub lens: Lens,
    /// Draw examples as large as they pull on the step, with a ring for w + ε.
    #[arg(long)]
    pub pulls: bool,
    /// Tell the story of the step up to this phase, 1 to 5, in place of the maps.
    #[arg(long, value_name = "PHASE", value_parser = phase)]
    pub story: Option<Phase>,
    /// How an SVG has its letters: as text that can be edited, or as outlines that look the same in every viewer.
    #[arg(long, default_value = "text")]
    pub text: Letters,
    /// The format; as the output's name ends when not said.
    #[arg(long)]
    pub format: Option<Format>,
    /// Where to write it; ends in .png, .svg or .pdf, or - for the standard output.
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
}

/// Width and height of a figure in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size([f64; 2]);

impl Size {
    /// Both, in points.
    #[must_use]
    pub const fn points(self) -> [f64; 2] {
        self.0
    }
}

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let sides = text.split_once(['x', '×']).and_then(|(width, height)| {
            Some([width.trim().parse::<u32>().ok()?, height.trim().parse::<u32>().ok()?])
        });
        match sides {
            Some([width @ 480..=8000, height @ 320..=8000]) => {
                Ok(Self([width.into(), height.into()]))
            }
            Some(_) => Err("a figure is from 480x320 to 8000x8000 points".to_owned()),
            None => Err("use WIDTHxHEIGHT in points, for instance 1280x800".to_owned()),
        }
    }
}

pub(super) fn scale(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(scale) if (0.25..=8.0).contains(&scale) => Ok(scale),
        _ => Err("use a number from 0.25 to 8, for instance 2".to_owned()),
    }
}

fn phase(text: &str) -> Result<Phase, String> {
    let number = text.parse().ok().and_then(Phase::numbered);
    let names = Phase::ALL.map(|phase| format!("{} {}", phase.number(), phase.name())).join(", ");
    number.ok_or_else(|| format!("a step has five phases: {names}"))
}

fn sharpness_help() -> String {
    let known = Gauge::ALL.map(Gauge::id).join(", ");
    format!("Which sharpness is charted, the scene's own when not said: {known}")
}

fn gauge(text: &str) -> Result<Gauge, String> {
    let known = Gauge::ALL.map(Gauge::id).join(", ");
    Gauge::find(text).ok_or_else(|| format!("there is no measure of this name; use one of {known}"))
}

/// The colours of a figure, as they are said on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Theme {
    /// For a projector or a bright room.
    Light,
    /// For a dark room.
    Dark,
    /// For paper.
    Print,
    /// For the last row of a room: words at 7 : 1.
    Talk,
}

impl From<Theme> for palette::Theme {
    fn from(theme: Theme) -> Self {
        match theme {
            Theme::Light => Self::Light,
            Theme::Dark => Self::Dark,
            Theme::Print => Self::Print,
            Theme::Talk => Self::Talk,
        }
    }
}

/// What charts are drawn against, as it is said on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Abscissa {
    /// Steps made.
    Steps,
    /// Gradients evaluated.
    Gradients,
}

impl From<Abscissa> for Against {
    fn from(against: Abscissa) -> Self {
        match against {
            Abscissa::Steps => Self::Steps,
            Abscissa::Gradients => Self::Gradients,
        }
    }
}

/// Where the step is shown large, as it is said on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Lens {
    /// In a corner of each map.
    Corner,
    /// In place of the maps, with its formulas and numbers below.
    Whole,
    /// Nowhere.
    None,
}

impl From<Lens> for Sight {
    fn from(lens: Lens) -> Self {
        match lens {
            Lens::Corner => Self::WhereItCoversLeast,
            Lens::Whole => Self::Whole,
            Lens::None => Self::Hidden,
        }
    }
}

/// How an SVG has its letters, as it is said on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Letters {
    /// As text.
    Text,
    /// As outlines.
    Outlines,
}

impl From<Letters> for svg::Letters {
    fn from(letters: Letters) -> Self {
        match letters {
            Letters::Text => Self::Text,
            Letters::Outlines => Self::Outlines,
        }
    }
}

/// The formats of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Pixels.
    Png,
    /// Lines and letters.
    Svg,
    /// Lines and letters on a page, with the fonts.
    Pdf,
}

impl Format {
    /// As it was said, or as the output's name ends.
    pub(super) fn of(said: Option<Self>, target: &Target) -> Result<Self, Refusal> {
        let ending = match target.ending(&["png", "svg", "pdf"])? {
            Some("png") => Some(Self::Png),
            Some("pdf") => Some(Self::Pdf),
            Some(_) => Some(Self::Svg),
            None => None,
        };
        match (said, ending) {
            (Some(said), Some(ending)) if said != ending => Err(Refusal::TwoFormats),
            (said, ending) => said.or(ending).ok_or(Refusal::NoFormat),
        }
    }
}

impl Render {
    pub(super) fn carry_out(&self) -> Result<(), Refusal> {
        self.check_spreads()?;
        let target = Target::of(self.output.as_os_str());
        let format = Format::of(self.format, &target)?;
        let Origin { mut scene, at: drawn_at, .. } = self.wish.origin()?;
        for (key, value) in [("log", &self.log), ("linear", &self.linear)] {
            if let Some(value) = value {
                keys::apply(&mut scene, &[Edit { key: key.to_owned(), value: value.clone() }])?;
            }
        }
        self.wish.check(&target)?;
        let last = Moment::Step(scene.steps.get());
        let asked = self.step.map(Moment::Step).or(self.gradients.map(Moment::Gradients));
        // A picture is drawn again at the moment that it shows.
        let at = asked.or(drawn_at).unwrap_or(last);
        let usual = match at {
            Moment::Gradients(_) => Against::Gradients,
            Moment::Step(_) => Against::Steps,
        };
        let shot = Shot {
            at,
            size: self.size.0,
            lens: if self.story.is_some() { Sight::Whole } else { self.lens.into() },
            story: self.story.map(Told::at_the_end_of),
            pulls: self.pulls,
            future: if self.hide_future { Future::Hidden } else { Future::Shown },
            against: self.against.map_or(usual, Into::into),
            gauge: self.sharpness.unwrap_or_else(|| scene.shown_measure()),
            ..Shot::of(&scene)
        };
        let mut engine = Engine::in_place();
        let drawing = shot.made_by(&mut engine);
        self.note(&scene, &shot, &mut engine);
        let origin = Some(&Origin::of(&scene, at));
        let bytes = match format {
            Format::Svg => {
                let letters = self.text.into();
                svg::write_with(&drawing, self.theme.into(), letters, origin).into_bytes()
            }
            Format::Pdf => {
                warn_of_boxes(&drawing);
                pdf::write(&drawing, self.theme.into(), origin)?
            }
            Format::Png => {
                warn_of_boxes(&drawing);
                png::carrying(&drawing, self.theme.into(), self.scale, origin)?
            }
        };
        Ok(file::save(&target, &bytes)?)
    }

    /// Whether no chart is asked to be spread in both ways.
    fn check_spreads(&self) -> Result<(), Refusal> {
        let charts = |said: &Option<String>| -> Vec<String> {
            let said = said.as_deref().unwrap_or_default();
            said.split(',').map(|chart| chart.trim().to_owned()).collect()
        };
        let evenly = charts(&self.linear);
        let twice = charts(&self.log).into_iter().find(|it| !it.is_empty() && evenly.contains(it));
        match twice {
            Some(chart) => Err(Refusal::TwoSpreads { chart: echo(&chart) }),
            None => Ok(()),
        }
    }

    /// Says on the terminal what of the wish the figure cannot show.
    fn note(&self, scene: &Scene, shot: &Shot, engine: &mut Engine) {
        let last = scene.steps.get();
        if let Some(step) = self.step.filter(|&step| step > last) {
            say(&format!(
                "the scene has {last} steps, so step {last} is drawn; --set steps={step} makes more"
            ));
        }
        let spent = engine.comparison().and_then(|runs| {
            let ends = runs.runs.iter().filter_map(|run| run.row(run.last_step()));
            ends.map(|end| end.numbers.gradients).max()
        });
        if let (Some(paid), Some(spent)) = (self.gradients, spent)
            && paid > spent
        {
            say(&format!("no run needs more than {spent} gradients, so the ends are drawn"));
        }
        if shot.lens == Sight::Whole && !shot.shows_a_lens(engine) {
            say(
                "no map shows a lens: say a larger --size, or another --step where this one has nothing to magnify",
            );
        }
    }
}

/// Says something on the terminal. Where nobody reads it, nobody misses it.
fn say(words: &str) {
    let _ = writeln!(std::io::stderr(), "samscope: {words}");
}

/// Says on the terminal which characters no bundled font has.
fn warn_of_boxes(drawing: &Figure) {
    let lacking: String = lower::lacking(drawing).into_iter().collect();
    if !lacking.is_empty() {
        say(&format!(
            "the fonts have no \"{lacking}\"; a box stands for each, an SVG shows them where the viewer can"
        ));
    }
}

/// Draws the opening picture of `scene` into `path`: what the program does where no window can be opened.
///
/// # Errors
/// When the file cannot be written.
pub fn instead_of_a_window(scene: &Scene, path: &Path) -> Result<(), Refusal> {
    let drawing = Shot::of(scene).figure();
    let origin = Origin::of(scene, Moment::Step(scene.steps.get()));
    Ok(file::save(path, &png::carrying(&drawing, palette::Theme::Light, 1.5, Some(&origin))?)?)
}

/// Draws `scene` as it stands into `target`, in the format that its name ends in.
///
/// # Errors
/// When it cannot be drawn or written.
pub(super) fn plainly(scene: &Scene, target: &Target) -> Result<(), Refusal> {
    let format = Format::of(None, target)?;
    file::check(target)?;
    let drawing = Shot::of(scene).figure();
    let origin = Origin::of(scene, Moment::Step(scene.steps.get()));
    let theme = palette::Theme::Light;
    let bytes = match format {
        Format::Svg => {
            svg::write_with(&drawing, theme, svg::Letters::Text, Some(&origin)).into_bytes()
        }
        Format::Pdf => pdf::write(&drawing, theme, Some(&origin))?,
        Format::Png => png::carrying(&drawing, theme, 1.0, Some(&origin))?,
    };
    Ok(file::save(target, &bytes)?)
}
