//! The ground of an atlas in the tones of a value: another value is another ground of the same cells.

use std::sync::Arc;

use web_time::Instant;

use super::atlas::Atlas;
use crate::analysis::relief::Relief;
use crate::atlas::cells::Cells;
use crate::atlas::ground;
use crate::atlas::value::Value;
use crate::engine::slot::{Job, Progress, Task};
use crate::engine::{Asked, Engine, Implied, Product};

/// The ground of cells by a value.
#[derive(Clone)]
pub struct Tones {
    /// What it is of.
    pub of: OfCells,
    /// The ground.
    pub relief: Arc<Relief>,
}

/// The cells of an atlas, and what they are coloured by.
#[derive(Clone)]
pub struct OfCells {
    /// The cells.
    pub cells: Arc<Cells>,
    /// The value.
    pub value: Value,
}

/// The same cells are one and the same, and no copy of them.
impl PartialEq for OfCells {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.cells, &other.cells) && self.value == other.value
    }
}

impl Product for Tones {
    type Job = OfCells;

    fn implied(asked: &Asked<'_>, engine: &Engine) -> Implied<OfCells> {
        let Some(settings) = asked.atlas else { return Implied::Nothing };
        let found = engine.product::<Atlas>().filter(|found| found.cells.settings == *settings);
        match found {
            // The ground of ends comes with the cells.
            Some(_) if asked.atlas_value == Value::End => Implied::Nothing,
            Some(found) => {
                let cells = Arc::clone(&found.cells);
                Implied::Job(OfCells { cells, value: asked.atlas_value })
            }
            None => Implied::Keep,
        }
    }
}

impl Job for OfCells {
    type Product = Tones;

    fn begin(&self) -> Box<dyn Task<Tones>> {
        Box::new(TonesTask(self.clone()))
    }
}

struct TonesTask(OfCells);

impl Task<Tones> for TonesTask {
    fn advance(&mut self, _: Instant) -> Progress<Tones> {
        let OfCells { cells, value } = &self.0;
        let relief = Arc::new(ground::relief(cells, *value));
        Progress::Done(Tones { of: self.0.clone(), relief })
    }
}
