//! The steps of all runs as comma-separated values.
//!
//! One row a run and step, from step 0, the start, on. Numbers have 17 significant digits, so that they come back bit
//! for bit.
//!
//! ```text
//! run,step,gradients,loss,grad_norm,w0,w1,…,g0,…,eps0,…,adv_loss,gs0,…,proxy,gap
//! ```
//!
//! Where data were set aside for testing, a column `test_loss` follows; where units are normalised, their running
//! statistics `mean0,mean1,…,var0,var1,…` come next, and [measured columns](crate::analysis::measurable) last.
//!
//! Runs are [replayed](crate::optim::replay) while they are written, so that no more than one row is held. The start is
//! written even where not all that the first step saw is finite: what is not stays empty.

use std::fmt::Write as _;
use std::io;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;

use csv::{ByteRecord, Writer};

use super::measured::Measuring;
use crate::analysis::measurable::Measurable;
use crate::optim::replay::{Replay, Step};
use crate::optim::run::Setup;
use crate::optim::watch::Watch;
use crate::scene::{Problem, Scene};

/// The table of the runs of a scene.
pub struct Table<'a> {
    /// The scene.
    pub scene: &'a Scene,
    /// What its runs minimise.
    pub problem: &'a Problem,
    /// Steps 0, N, 2N … and the last of each run are kept.
    pub every: NonZeroUsize,
    /// The measured columns.
    pub measures: &'a [&'static Measurable],
}

/// A run that diverged, as the table found it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diverged {
    /// What it is called.
    pub run: String,
    /// Since which step, as far as its rows alone [tell](Watch).
    pub at_step: usize,
}

/// What a table turned out to hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Written {
    /// The runs that diverged.
    pub diverged: Vec<Diverged>,
    /// The measured columns without a number in any row.
    pub blank: Vec<&'static Measurable>,
}

impl<'a> Table<'a> {
    /// Every step of all runs of `scene`, without measured columns.
    #[must_use]
    pub fn of(scene: &'a Scene, problem: &'a Problem) -> Self {
        Self { scene, problem, every: NonZeroUsize::MIN, measures: &[] }
    }

    /// Writes it row by row, telling after each row which part is done, from 0 to 1; what it turned out to hold.
    ///
    /// # Errors
    /// When `out` cannot be written, or whoever is told breaks it off.
    pub fn write(
        &self,
        out: &mut dyn io::Write,
        done: &mut dyn FnMut(f64) -> ControlFlow<()>,
    ) -> io::Result<Written> {
        let setups = self.scene.setups(self.problem);
        let mut rows = Rows {
            out: Writer::from_writer(out),
            record: ByteRecord::new(),
            digits: String::new(),
            is_blank: vec![true; self.measures.len()],
        };
        rows.header(self, &setups)?;
        let mut diverged = Vec::new();
        for (place, (setup, run)) in setups.iter().zip(self.scene.runs.iter()).enumerate() {
            let measuring = Measuring::of(self.measures, &setups, place);
            let mut told = |step: usize| {
                let part = (step + 1) as f64 / (setup.steps + 1) as f64;
                match done((place as f64 + part) / setups.len() as f64) {
                    ControlFlow::Continue(()) => Ok(()),
                    ControlFlow::Break(()) => Err(io::Error::other("it was cancelled")),
                }
            };
            let since = rows.run(self, setup, run.name.as_str(), measuring.as_ref(), &mut told)?;
            let run = run.name.as_str().to_owned();
            diverged.extend(since.map(|at_step| Diverged { run, at_step }));
        }
        rows.out.flush()?;
        let blank = self.measures.iter().zip(&rows.is_blank).filter(|(_, is_blank)| **is_blank);
        Ok(Written { diverged, blank: blank.map(|(measure, _)| *measure).collect() })
    }
}

/// Every step of all runs of `scene`, as bytes.
#[must_use]
pub fn write(scene: &Scene, problem: &Problem) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Writing to memory cannot fail.
    let _ = Table::of(scene, problem).write(&mut bytes, &mut |_| ControlFlow::Continue(()));
    bytes
}

struct Rows<'a> {
    out: Writer<&'a mut dyn io::Write>,
    record: ByteRecord,
    digits: String,
    /// Whether no row so far has a number in each measured column.
    is_blank: Vec<bool>,
}

impl Rows<'_> {
    fn header(&mut self, table: &Table<'_>, setups: &[Setup]) -> io::Result<()> {
        let mut header = columns(table.problem.objective.dimension());
        if table.problem.test.is_some() {
            header.push("test_loss".to_owned());
        }
        let normalised = setups.first().map_or(0, |setup| Replay::new(setup).statistics() / 2);
        for stem in ["mean", "var"] {
            header.extend((0..normalised).map(|unit| format!("{stem}{unit}")));
        }
        header.extend(table.measures.iter().map(|measure| measure.id.to_owned()));
        Ok(self.out.write_record(&header)?)
    }

    /// Writes a run; since which step it diverges, if it does.
    fn run(
        &mut self,
        table: &Table<'_>,
        setup: &Setup,
        name: &str,
        measuring: Option<&Measuring<'_>>,
        told: &mut dyn FnMut(usize) -> io::Result<()>,
    ) -> io::Result<Option<usize>> {
        let mut replay = Replay::new(setup);
        let mut watch = Watch::default();
        let cells = |step: &Step, replay: &Replay| measuring.map(|m| m.cells(step, replay));
        let mut next = replay.next();
        if let (None, Some(start)) = (&next, replay.beyond()) {
            self.row(name, start, cells(start, &replay))?;
        }
        while let Some(step) = next {
            let is_kept = step.step.is_multiple_of(table.every.get());
            if is_kept {
                self.row(name, &step, cells(&step, &replay))?;
            }
            watch.see(step.w.view(), step.numbers.loss);
            told(step.step)?;
            next = replay.next();
            // No step has been made since, so that the preconditioner is still that of this row.
            if next.is_none() && !is_kept {
                self.row(name, &step, cells(&step, &replay))?;
            }
        }
        Ok(if replay.has_diverged() { Some(watch.beyond()) } else { watch.grown() })
    }

    fn row(
        &mut self,
        name: &str,
        step: &Step,
        measured: Option<Vec<Option<f64>>>,
    ) -> io::Result<()> {
        let Step { numbers, .. } = step;
        self.record.clear();
        self.record.push_field(name.as_bytes());
        self.record.push_field(step.step.to_string().as_bytes());
        self.record.push_field(numbers.gradients.to_string().as_bytes());
        self.numbers([numbers.loss, numbers.gradient_norm]);
        for vector in [&step.w, &step.gradient, &step.epsilon] {
            self.numbers(vector.iter().copied());
        }
        self.numbers([numbers.adversarial_loss]);
        self.numbers(step.gradient_there.iter().copied());
        self.numbers([numbers.proxy, numbers.gap()]);
        self.numbers(numbers.test_loss);
        self.numbers(step.statistics.iter().copied());
        let measured = measured.unwrap_or_default();
        for (is_blank, cell) in self.is_blank.iter_mut().zip(&measured) {
            *is_blank &= !cell.is_some_and(f64::is_finite);
        }
        self.numbers(measured.into_iter().map(|cell| cell.unwrap_or(f64::NAN)));
        Ok(self.out.write_byte_record(&self.record)?)
    }

    /// A field a number; empty where it is none.
    fn numbers(&mut self, numbers: impl IntoIterator<Item = f64>) {
        for number in numbers {
            self.digits.clear();
            if number.is_finite() {
                // Writing to a string cannot fail.
                let _ = write!(self.digits, "{number:.16e}");
            }
            self.record.push_field(self.digits.as_bytes());
        }
    }
}

fn columns(dimension: usize) -> Vec<String> {
    let numbered = |stem: &'static str| (0..dimension).map(move |k| format!("{stem}{k}"));
    let named = |names: &'static [&'static str]| names.iter().map(|&name| name.to_owned());
    named(&["run", "step", "gradients", "loss", "grad_norm"])
        .chain(numbered("w"))
        .chain(numbered("g"))
        .chain(numbered("eps"))
        .chain(named(&["adv_loss"]))
        .chain(numbered("gs"))
        .chain(named(&["proxy", "gap"]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::worst_case::worst_case;
    use crate::scene::file;
    use proptest::prelude::*;

    fn table(text: &str, every: usize, measures: &[&str]) -> (Vec<Vec<String>>, Vec<Diverged>) {
        let scene = file::read(text).unwrap();
        let problem = scene.source().build();
        let measures: Vec<_> =
            measures.iter().map(|id| crate::analysis::measurable::find(id).unwrap()).collect();
        let every = NonZeroUsize::new(every).unwrap();
        let table = Table { scene: &scene, problem: &problem, every, measures: &measures };
        let mut bytes = Vec::new();
        let written = table.write(&mut bytes, &mut |_| ControlFlow::Continue(())).unwrap();
        let diverged = written.diverged;
        let lines = String::from_utf8(bytes).unwrap();
        let cells = |line: &str| line.split(',').map(str::to_owned).collect();
        (lines.lines().map(cells).collect(), diverged)
    }

    fn column<'a>(rows: &'a [Vec<String>], run: &str, name: &str) -> Vec<&'a str> {
        let place = rows[0].iter().position(|column| column == name).unwrap();
        rows[1..].iter().filter(|row| row[0] == run).map(|row| &*row[place]).collect()
    }

    proptest! {
        #[test]
        fn numbers_come_back_bit_for_bit(number in proptest::num::f64::NORMAL | proptest::num::f64::SUBNORMAL) {
            let text = format!("{number:.16e}");
            prop_assert_eq!(text.parse::<f64>().unwrap().to_bits(), number.to_bits());
        }
    }

    #[test]
    fn every_so_many_steps_and_the_last_are_kept() {
        let text = "landscape = \"quadratic\"\nsteps = 25";
        let (whole, _) = table(text, 1, &[]);
        let (some, _) = table(text, 10, &[]);
        for run in ["base", "sam"] {
            assert_eq!(column(&some, run, "step"), ["0", "10", "20", "25"]);
            let losses = column(&whole, run, "loss");
            let kept = column(&some, run, "loss");
            assert_eq!(kept, [losses[0], losses[10], losses[20], losses[25]]);
        }
    }

    #[test]
    fn measured_columns_follow_in_the_order_asked() {
        let text = "landscape = \"quadratic\"\neta = 0.05\nrho = 0.1\nsteps = 25";
        let (rows, _) = table(text, 5, &["edge", "lambda_max", "worst_case"]);
        assert_eq!(rows[0][rows[0].len() - 3..], ["edge", "lambda_max", "worst_case"]);
        assert!(rows.iter().all(|row| row.len() == rows[0].len()));
        for cell in column(&rows, "base", "edge") {
            assert!((cell.parse::<f64>().unwrap() - 40.0).abs() < 1e-12);
        }
        for cell in column(&rows, "sam", "edge") {
            assert!(cell.parse::<f64>().unwrap() < 40.0, "SAM's edge is lower");
        }
        for run in ["base", "sam"] {
            for cell in column(&rows, run, "lambda_max") {
                assert!((cell.parse::<f64>().unwrap() - 10.0).abs() < 1e-9);
            }
            // The base is measured over SAM's ball.
            for cell in column(&rows, run, "worst_case") {
                assert!(cell.parse::<f64>().unwrap() >= 0.5 * 10.0 * 0.01 - 1e-9);
            }
        }
    }

    #[test]
    fn a_run_without_a_neighbourhood_is_lent_one_around_its_own_weights_at_the_same_step() {
        let text =
            "landscape = \"himmelblau\"\nascent = \"asam\"\nrho_schedule = \"cosine\"\nsteps = 8";
        let (rows, _) = table(text, 2, &["worst_case"]);
        let scene = file::read(text).unwrap();
        let problem = scene.source().build();
        let [base, sam] = &scene.setups(&problem)[..] else { panic!("a scene has two runs") };
        let (ascent, schedule) = (sam.ascent.build(), sam.rho_schedule.build());
        let found = column(&rows, "base", "worst_case");
        assert_eq!(found.len(), 5);
        for (step, found) in Replay::new(base).step_by(2).zip(found) {
            let ball = sam.ball.scaled(schedule.factor(step.step, 8));
            let around = ascent.neighbourhood(step.w.view(), ball).unwrap();
            let worst = worst_case(&*problem.objective, step.w.view(), &around).rise;
            assert_eq!(found.parse::<f64>().unwrap().to_bits(), worst.to_bits());
        }
    }

    #[test]
    fn where_no_run_has_a_ball_nothing_is_measured_over_one() {
        let text = "landscape = \"quadratic\"\nsteps = 3\nascent = \"unnormalised\"";
        let (rows, _) = table(text, 1, &["worst_case", "average", "gap_all", "trace"]);
        for run in ["base", "sam"] {
            for name in ["worst_case", "average", "gap_all"] {
                assert!(column(&rows, run, name).iter().all(|cell| cell.is_empty()));
            }
            assert!(column(&rows, run, "trace").iter().all(|cell| !cell.is_empty()));
        }
    }

    #[test]
    fn a_base_that_divides_has_a_curvature_of_its_own_and_no_edge_of_the_other() {
        let text = "landscape = \"quadratic\"\nbase = \"adam\"\nsteps = 12";
        let (rows, _) = table(text, 5, &["lambda_max_p", "edge"]);
        let curvatures = column(&rows, "base", "lambda_max_p");
        assert_eq!(curvatures.len(), 4);
        assert!(curvatures.iter().all(|cell| cell.parse::<f64>().unwrap() > 0.0));
        assert!(column(&rows, "base", "edge").iter().all(|cell| cell.is_empty()));
    }

    #[test]
    fn a_start_with_numbers_that_are_none_is_written_with_those_that_are() {
        let (rows, diverged) = table("landscape = \"quadratic\"\nrho = 1e308\nsteps = 9", 1, &[]);
        let sam = column(&rows, "sam", "step");
        assert_eq!(sam, ["0"]);
        assert_eq!(column(&rows, "sam", "adv_loss"), [""]);
        assert!(!column(&rows, "sam", "loss")[0].is_empty());
        assert!(rows.iter().flatten().all(|cell| !["NaN", "inf", "-inf"].contains(&&**cell)));
        // The proxy of the base is taken in the same ball, and is no number either.
        let at_once = |run: &str| Diverged { run: run.to_owned(), at_step: 1 };
        assert_eq!(diverged, [at_once("base"), at_once("sam")]);
    }

    #[test]
    fn a_run_whose_numbers_end_diverges_with_the_step_that_is_not_written() {
        let (rows, diverged) = table("landscape = \"quadratic\"\neta = 0.4\nsteps = 500", 100, &[]);
        let steps = column(&rows, "base", "step");
        assert_eq!((steps[2], diverged[0].run.as_str()), ("200", "base"));
        assert_eq!(steps.last(), Some(&&*(diverged[0].at_step - 1).to_string()));
    }
}
