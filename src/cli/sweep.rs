//! `samscope sweep`: how runs end while keys go over ranges, one row an outcome, gone on with where it was interrupted.

use std::io::{self, IsTerminal as _, Write};
use std::num::NonZeroUsize;
use std::ops::Range;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Args;
use rayon::prelude::*;

use super::progress::Progress;
use super::{Refusal, Wish, counted, say};
use crate::analysis::outcome::Ending;
use crate::export::file::{self, Growing, Target};
use crate::export::sweep::{Beginning, Found, Table};
use crate::optim::ascent;
use crate::scene::Scene;
use crate::scene::keys::{Edit, whole};
use crate::scene::run::RunName;
use crate::sweep::{BadPlan, Ended, Grounds, Plan, Shard};
use crate::typed::{Axis, BadAxis, echo};

/// Write how runs end while keys go over ranges, as CSV.
#[derive(Debug, Args)]
pub struct Sweep {
    /// What to run.
    #[command(flatten)]
    pub wish: Wish,
    /// A key and its values: rho=0:0.3:31, eta=log:0.01:1:31, base=sgd,adam; of a range 11 where no count is said.
    /// May be said many times; the first changes slowest.
    #[arg(long, value_name = "KEY=[log:]FROM:TO[:COUNT] | KEY=A,B,…")]
    pub over: Vec<String>,
    /// Every combination with so many seeds, from the scene's seed on.
    #[arg(long, value_name = "N")]
    pub seeds: Option<NonZeroUsize>,
    /// Only the run of this name; all when not said.
    #[arg(long, value_name = "NAME")]
    pub run_name: Option<String>,
    /// Only the I-th of N parts, to be put together by `samscope merge`.
    #[arg(long, value_name = "I/N")]
    pub shard: Option<Shard>,
    /// Where to write it; the standard output when not said, or -.
    #[arg(short, long, value_name = "FILE.csv")]
    pub output: Option<PathBuf>,
}

/// A sweep that cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum BadSweep {
    /// A key without values.
    #[error("--over: {0}")]
    Axis(#[from] BadAxis),
    /// Too much, or the same twice.
    #[error(transparent)]
    Plan(#[from] BadPlan),
}

/// Values of a key that are tried before it is said to make no difference.
const MOST_TRIED: usize = 12;
/// Cells that are made between two times that rows are written, at most.
const MOST: usize = 4096;
/// Rows are written about so often: seldom enough that a disk keeps up, and no more than that is lost.
const OFTEN: Duration = Duration::from_millis(500);

impl Sweep {
    pub(super) fn carry_out(&self) -> Result<(), Refusal> {
        let target = self.output.as_ref().map_or(Target::Stdout, Target::from);
        target.ending(&["csv"])?;
        let ground = self.wish.ground()?.scene;
        let scene = self.wish.on(ground.clone(), &[])?;
        let plan = self.plan(&scene)?;
        let only = self.only(&scene)?;
        let cells = self.shard.unwrap_or(Shard::WHOLE).cells(plan.cells());
        let made = |edits: &[Edit]| self.wish.on(ground.clone(), edits);
        plan.check(cells.clone(), made)?;
        self.warn_of_idle_keys(made);
        self.wish.check(&target)?;
        let runs = scene.runs.iter().map(|run| run.name.clone());
        let runs = runs.filter(|run| only.as_ref().is_none_or(|only| only == run)).collect();
        let table = Table { plan: &plan, cells, runs };
        let mut work = Work { table, made, only, grounds: Grounds::default(), diverged: 0 };
        work.write(&target)
    }

    fn plan(&self, scene: &Scene) -> Result<Plan, Refusal> {
        let counted = |axis| whole::counted(scene, axis, Plan::UNSAID);
        let axes: Result<Vec<Axis>, BadAxis> =
            self.over.iter().map(|text| Axis::read(text).map(counted)).collect();
        let seeds = self.seeds.map(|count| (scene.seed, count));
        Ok(Plan::new(&axes.map_err(BadSweep::from)?, seeds).map_err(BadSweep::from)?)
    }

    /// Says of which keys no value makes a difference to what is minimised or to any run.
    fn warn_of_idle_keys(&self, made: impl Fn(&[Edit]) -> Result<Scene, Refusal>) {
        for axis in self.over.iter().filter_map(|text| Axis::read(text).ok()) {
            let values = axis.values(Plan::UNSAID);
            let scene =
                |value: &String| made(&[Edit { key: axis.key.clone(), value: value.clone() }]).ok();
            // A value may need others beside it; of those that stand alone two at least are compared.
            let mut scenes = values.iter().filter_map(scene);
            let (Some(first), Some(second)) = (scenes.next(), scenes.next()) else { continue };
            let bare = |scene: &Scene| {
                let mut specs = scene.specs();
                for spec in &mut specs {
                    // A run that does not look around has a ball that nobody sees.
                    if spec.ascent.id() == ascent::none().id() {
                        spec.ball = first.shared.ball;
                    }
                }
                (specs, scene.source(), scene.steps, scene.seed)
            };
            let now = bare(&first);
            let mut others = std::iter::once(second).chain(scenes.take(MOST_TRIED));
            if others.all(|other| bare(&other) == now) {
                say(&format!(
                    "{} makes no difference to these runs: whatever it is, the same rows follow",
                    axis.key
                ));
            }
        }
    }

    /// The run that is asked for, where it is only one.
    fn only(&self, scene: &Scene) -> Result<Option<RunName>, Refusal> {
        let Some(name) = &self.run_name else { return Ok(None) };
        let known = || scene.runs.iter().map(|run| &run.name);
        let found = known().find(|known| known.as_str() == name.trim());
        found.cloned().map(Some).ok_or_else(|| {
            let known: Vec<&str> = known().map(RunName::as_str).collect();
            Refusal::UnknownRun { given: echo(name), known: known.join(", ") }
        })
    }
}

/// A sweep under way.
struct Work<'a, M> {
    table: Table<'a>,
    /// What makes a scene of the values of the keys.
    made: M,
    only: Option<RunName>,
    grounds: Grounds,
    diverged: usize,
}

impl<M: Fn(&[Edit]) -> Result<Scene, Refusal> + Sync> Work<'_, M> {
    fn write(&mut self, target: &Target) -> Result<(), Refusal> {
        let began = Instant::now();
        let mut there = 0;
        match Growing::open(target)? {
            Some(mut file) => {
                let beginning = self.beginning(&mut file)?;
                there = beginning.cells;
                file.go_on(beginning.bytes, |out| {
                    self.fill(&beginning, out, Some(Progress::new()))
                })?;
            }
            None => {
                // Where the table itself runs over the terminal, a line of progress would run through it.
                let is_read = *target == Target::Stdout && io::stdout().is_terminal();
                let progress = (!is_read).then(Progress::new);
                let from_nothing = Beginning::default();
                file::write(target, |out| self.fill(&from_nothing, out, progress))?;
            }
        }
        // Where nobody listens there is nobody to tell.
        let _ = writeln!(io::stderr(), "samscope: {}", self.told(there, began.elapsed()));
        Ok(())
    }

    /// "500 scenes were there already; 461 scenes, 922 rows, 12 diverged, 8.1 s".
    fn told(&self, there: usize, took: Duration) -> String {
        let made = self.table.cells.len() - there;
        if made == 0 && there > 0 {
            return format!("already done, {}", counted(there, "scene"));
        }
        let before = match there {
            0 => String::new(),
            1 => "1 scene was there already; ".to_owned(),
            there => format!("{there} scenes were there already; "),
        };
        let (rows, diverged) = (made * self.table.runs.len(), self.diverged);
        let seconds = took.as_secs_f64();
        let (made, rows) = (counted(made, "scene"), counted(rows, "row"));
        format!("{before}{made}, {rows}, {diverged} diverged, {seconds:.1} s")
    }

    /// What there is of the table in `file`.
    fn beginning(&mut self, file: &mut Growing) -> Result<Beginning, Refusal> {
        let refused = |file: &Growing, why: String| {
            let advice = "nothing was changed; choose another name, or say the words that began it";
            Err(file.refused(format!("it is there already {why}; {advice}")).into())
        };
        let beginning = match file.read(|there| self.table.found(there))? {
            Found::Beginning(beginning) => beginning,
            Found::Else { line, why } => {
                return refused(file, format!("and not of this sweep: line {line} {why}"));
            }
        };
        // Keys say nothing of what else was set: the first cell and the last are made once more.
        let Some(rows) = &beginning.outer else { return Ok(beginning) };
        let first = self.table.cells.start;
        for (cell, rows) in [first, first + beginning.cells - 1].into_iter().zip(rows) {
            let again: Vec<u8> = self.rows(cell..cell + 1)?.concat();
            if again != *rows {
                let other = "of another scene, or by another samscope";
                return refused(file, format!("with other numbers in cell {cell}: {other}"));
            }
        }
        self.diverged = 0;
        Ok(beginning)
    }

    /// Writes what is not there yet, and flushes it every time.
    fn fill(
        &mut self,
        there: &Beginning,
        out: &mut dyn Write,
        mut progress: Option<Progress>,
    ) -> io::Result<()> {
        if there.bytes == 0 {
            out.write_all(&self.table.header())?;
        }
        let (first, last) = (self.table.cells.start + there.cells, self.table.cells.end);
        let mut next = first;
        let mut size = rayon::current_num_threads();
        while next < last {
            let began = Instant::now();
            let end = last.min(next + size);
            let rows = self.rows(next..end).map_err(io::Error::other)?;
            out.write_all(&rows.concat())?;
            out.flush()?;
            next = end;
            size = suited(size, began.elapsed());
            if let Some(progress) = &mut progress {
                progress.at((next - first) as f64 / (last - first) as f64);
            }
        }
        out.flush()
    }

    /// The rows of these cells.
    fn rows(&mut self, cells: Range<usize>) -> Result<Vec<Vec<u8>>, Refusal> {
        let scene = |cell| self.table.plan.scene(cell, &self.made);
        let scenes: Vec<Scene> =
            cells.clone().into_par_iter().map(scene).collect::<Result<_, _>>()?;
        let outcomes = self.grounds.outcomes(&scenes, self.only.as_ref());
        let has_diverged = |ended: &&Ended| matches!(ended.outcome.ending, Ending::Diverged { .. });
        self.diverged += outcomes.iter().flatten().filter(has_diverged).count();
        Ok(cells.zip(&outcomes).map(|(cell, ended)| self.table.rows(cell, ended)).collect())
    }
}

/// How many cells to make at once, where so many took so long.
fn suited(size: usize, took: Duration) -> usize {
    let least = rayon::current_num_threads();
    match took {
        took if took < OFTEN / 2 => 2 * size,
        took if took > OFTEN => size / 2,
        _ => size,
    }
    .clamp(least, MOST.max(least))
}
