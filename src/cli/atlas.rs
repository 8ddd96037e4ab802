//! `samscope atlas`: how a run ends over two settings, as a picture or a table.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, ValueEnum};

use super::drawn::{self, Size, Theme};
use super::progress::Progress;
use super::render::Format;
use super::{Refusal, Wish};
use crate::atlas::cells::{Came, Cells, CellsWork, Grounds};
use crate::atlas::probe::Probe;
use crate::atlas::settings::{BadSettings, Settings, Side};
use crate::atlas::trace::{Boundary, TraceWork};
use crate::atlas::value::Value;
use crate::atlas::{curves, ground};
use crate::export::file::{self, Target};
use crate::export::{atlas as tables, pdf, png, svg};
use crate::figure::atlas::Drawn;
use crate::figure::atlas_sheet;
use crate::optim::moment::Moment;
use crate::origin::Origin;
use crate::scene::Scene;
use crate::scene::keys::whole;
use crate::sweep::BadPlan;
use crate::typed::{Axis, BadAxis, echo, expanded};

/// Draw how a run ends over two settings, with the boundaries where it begins to end otherwise.
#[derive(Debug, Args)]
pub struct Atlas {
    /// What to run.
    #[command(flatten)]
    pub wish: Wish,
    /// The setting from left to right and its values: rho=0:0.5:33, eta=log:0.01:1. 33 values where no count is said, 13
    /// over more than two weights.
    #[arg(long, value_name = "KEY=[log:]FROM:TO[:COUNT]")]
    pub x: String,
    /// The setting from below, likewise.
    #[arg(long, value_name = "KEY=[log:]FROM:TO[:COUNT]")]
    pub y: String,
    /// Which run, by its name in tables and files; the last when not said.
    #[arg(long, value_name = "NAME")]
    pub run_name: Option<String>,
    /// What cells are coloured by.
    #[arg(long, value_name = "VALUE", default_value = "end", value_parser = value, help = value_help())]
    pub value: Value,
    /// How many seeds each cell is run with, from the scene's own on; 8 with --value share, else 1.
    #[arg(long, value_name = "N")]
    pub seeds: Option<NonZeroUsize>,
    /// Whether boundaries are traced: by default over two weights, where a run takes little.
    #[arg(long, default_value = "auto")]
    pub trace: Trace,
    /// Where to write the places of the boundaries as well.
    #[arg(long, value_name = "FILE.csv")]
    pub boundary_csv: Option<PathBuf>,
    /// Width and height in points.
    #[arg(long, value_name = "WxH", default_value = "960x720")]
    pub size: Size,
    /// Pixels a point, for PNG.
    #[arg(long, value_name = "S", default_value = "1", value_parser = drawn::scale)]
    pub scale: f64,
    /// The colours.
    #[arg(long, default_value = "light")]
    pub theme: Theme,
    /// Where to write it; ends in .png, .svg, .pdf or .csv, or - for a table on the standard output.
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
}

/// Whether boundaries are traced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Trace {
    /// Over two weights.
    Auto,
    /// Always: over more weights it takes some hundred runs for every cell that a boundary goes through.
    Always,
    /// Never.
    Never,
}

/// An atlas that cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum BadAtlas {
    /// An axis without values.
    #[error("--{side}: {why}")]
    Axis {
        /// Which.
        side: &'static str,
        /// Why.
        why: BadAxis,
    },
    /// Settings that make no plane.
    #[error(transparent)]
    Settings(#[from] BadSettings),
    /// Cells that make no table.
    #[error(transparent)]
    Table(#[from] BadPlan),
    /// A table of cells that have several seeds.
    #[error("a table has one row a cell; for several seeds say samscope sweep --seeds {seeds}")]
    SeedsInTable {
        /// How many.
        seeds: usize,
    },
    /// More seeds than are kept.
    #[error("--seeds {given} are too many; {} are the most", Settings::MOST_SEEDS)]
    TooManySeeds {
        /// How many.
        given: usize,
    },
    /// Two tables for one file.
    #[error("--boundary-csv and -o are one file; choose another name for one of them")]
    OneFile,
    /// Places of boundaries that were not traced.
    #[error("--boundary-csv: no boundary is traced {why}")]
    Untraced {
        /// Why not.
        why: &'static str,
    },
}

fn value(text: &str) -> Result<Value, String> {
    let known = Value::ALL.map(Value::id).join(", ");
    Value::find(text).ok_or_else(|| format!("there is no value of this name; use one of {known}"))
}

fn value_help() -> String {
    let known = Value::ALL.map(|value| format!("{}, {}", value.id(), value.name())).join("; ");
    format!("What cells are coloured by: {known}")
}

/// Values of an axis where no count is said, over two weights and over more.
pub const UNSAID: [usize; 2] = [33, 13];
/// The part of the time that cells take, about, where boundaries are traced.
const CELLS: f64 = 0.5;

impl Atlas {
    pub(super) fn carry_out(&self) -> Result<(), Refusal> {
        let target = Target::of(self.output.as_os_str());
        let ending = target.ending(&["png", "svg", "pdf", "csv"])?;
        let table = ending.is_none_or(|ending| ending == "csv");
        let scene = self.wish.scene()?;
        let settings = self.settings(scene)?;
        if table && settings.seeds > 1 {
            return Err(BadAtlas::SeedsInTable { seeds: settings.seeds }.into());
        }
        // The corners first: what no scene can have is said before any work.
        for [x, y] in [[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]] {
            settings.scene_at([settings.sides[0].at(x), settings.sides[1].at(y)])?.check_size()?;
        }
        let traces = self.traces(&settings);
        if self.boundary_csv.is_some() && !traces {
            return Err(BadAtlas::Untraced { why: self.why_untraced() }.into());
        }
        self.wish.check(&target)?;
        let places = self.boundary_csv.as_ref().map(Target::from);
        if let Some(target) = &places {
            target.ending(&["csv"])?;
            self.wish.check(target)?;
            let output = expanded(&self.output);
            let is_one = |places: &PathBuf| expanded(places) == output;
            if self.boundary_csv.as_ref().is_some_and(is_one) {
                return Err(BadAtlas::OneFile.into());
            }
        }
        let mut progress = Progress::new();
        let cells_part = if traces { CELLS } else { 1.0 };
        let (cells, mut grounds) = cells(&settings, &mut |part| progress.at(part * cells_part))?;
        let surveyed = grounds.of(&settings.scene);
        let boundary = traces.then(|| {
            boundary(&cells, grounds, self.value, &mut |part| {
                progress.at(CELLS + part * (1.0 - CELLS));
            })
        });
        drop(progress);
        if let (Some(target), Some(boundary)) = (&places, &boundary) {
            file::save(target, &tables::boundary(&cells, boundary, self.value))?;
        }
        if table {
            return Ok(file::save(&target, &tables::cells(&cells).map_err(BadAtlas::from)?)?);
        }
        let curves = curves::of(&settings, &surveyed);
        let drawn = Drawn {
            scene: &settings.scene,
            cells: &cells,
            relief: &Arc::new(ground::relief(&cells, self.value)),
            boundary: boundary.as_ref(),
            curves: &curves,
            value: self.value,
            part: 1.0,
        };
        let figure = atlas_sheet::sheet(&drawn, self.size.points());
        let origin = Origin::of(&settings.scene, Moment::Step(settings.scene.steps.get()));
        let theme = self.theme.into();
        let bytes = match Format::of(None, &target)? {
            Format::Svg => {
                svg::write_with(&figure, theme, svg::Letters::Text, Some(&origin)).into_bytes()
            }
            Format::Pdf => pdf::write(&figure, theme, Some(&origin))?,
            Format::Png => png::carrying(&figure, theme, self.scale, Some(&origin))?,
        };
        Ok(file::save(&target, &bytes)?)
    }

    fn settings(&self, scene: Scene) -> Result<Settings, Refusal> {
        let run = match &self.run_name {
            None => scene.runs.len() - 1,
            Some(name) => {
                let place = scene.runs.iter().position(|run| run.name.as_str() == name.trim());
                place.ok_or_else(|| {
                    let known: Vec<&str> = scene.runs.iter().map(|run| run.name.as_str()).collect();
                    Refusal::UnknownRun { given: echo(name), known: known.join(", ") }
                })?
            }
        };
        let unsaid = UNSAID[usize::from(scene.subject.dimension() > 2)];
        let side = |side: &'static str, text: &str| -> Result<Side, BadAtlas> {
            let axis = Axis::read(text).map_err(|why| BadAtlas::Axis { side, why })?;
            Ok(Side::of(&whole::counted(&scene, axis, unsaid), unsaid)?)
        };
        let sides = [side("x", &self.x)?, side("y", &self.y)?];
        let settings = Settings::new(Arc::new(scene), run, sides).map_err(BadAtlas::from)?;
        let unsaid = if self.value == Value::Share { Settings::SEEDS } else { 1 };
        let seeds = self.seeds.map_or(unsaid, NonZeroUsize::get);
        if seeds > Settings::MOST_SEEDS {
            return Err(BadAtlas::TooManySeeds { given: seeds }.into());
        }
        Ok(settings.with_seeds(seeds).map_err(BadAtlas::from)?)
    }

    fn traces(&self, settings: &Settings) -> bool {
        let parts = matches!(self.value, Value::End | Value::Rise);
        let wished = match self.trace {
            Trace::Auto => settings.scene.subject.dimension() == 2,
            Trace::Always => true,
            Trace::Never => false,
        };
        parts && wished
    }

    fn why_untraced(&self) -> &'static str {
        match (self.trace, self.value) {
            (Trace::Never, _) => "with --trace never",
            (_, Value::End | Value::Rise) => {
                "over more than two weights unless --trace always is said"
            }
            _ => "for numbers; use --value end or rise",
        }
    }
}

/// All cells.
fn cells(settings: &Settings, progress: &mut dyn FnMut(f64)) -> Result<(Cells, Grounds), Refusal> {
    let mut work = CellsWork::new(settings.clone(), Grounds::none());
    loop {
        match work.advance() {
            Came::More | Came::Round => progress(work.progress()),
            Came::Refused(why) => return Err(why.into()),
            Came::All => return Ok(work.finish()),
        }
    }
}

/// The boundaries between them.
fn boundary(
    cells: &Cells,
    grounds: Grounds,
    value: Value,
    progress: &mut dyn FnMut(f64),
) -> Boundary {
    let sides: Vec<_> =
        cells.all.iter().map(|cell| cell.as_deref().and_then(|cell| value.side(cell))).collect();
    let probe = Probe::new(cells.settings.clone(), cells.kinds.clone(), grounds, value);
    let mut work = TraceWork::new(cells.settings.counts(), &sides);
    while work.advance(|place| probe.side(place)) {
        progress(work.progress());
    }
    work.finish()
}
