//! The cells of an atlas: a scene for every pair of values of two settings, and how its run ends; coarse first.

use std::collections::HashMap;
use std::sync::Arc;

use super::kind::{Ground, Kind, Kinds, Number};
use super::settings::Settings;
use crate::analysis::basins::Lowest;
use crate::analysis::outcome::{Basin, Outcome};
use crate::flight::{Case, Fleet, Landed, Surveyed};
use crate::scene::keys::BadEdit;
use crate::scene::{Scene, Source};

/// A cell whose run has ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// How it ended.
    pub outcome: Outcome,
    /// The loss that it began with.
    pub first_loss: f64,
    /// The kind of its end, by its number among [`Cells::kinds`].
    pub kind: Number,
    /// The kind that most of its seeds end in; of several the first that was met.
    pub most: Number,
    /// The part of its seeds that do.
    pub share: f64,
    /// The kind that most of the others end in; the same where there are no others.
    pub next: Number,
    /// Whether the runs of all its seeds begin and end alike, to the last bit.
    pub is_one: bool,
}

/// The cells of an atlas, as far as they are known.
#[derive(Debug, Clone, PartialEq)]
pub struct Cells {
    /// The plane.
    pub settings: Settings,
    /// The kinds that all runs end in.
    pub kinds: Kinds,
    /// Row by row from below, from left to right; none where it is not known yet.
    pub all: Vec<Option<Arc<Cell>>>,
}

impl Cells {
    /// The cell in a column and a row, once it is known.
    #[must_use]
    pub fn get(&self, column: usize, row: usize) -> Option<&Cell> {
        let [columns, rows] = self.settings.counts();
        (column < columns && row < rows).then(|| self.all[row * columns + column].as_deref())?
    }

    /// The part of the cells that end in each kind, in the order of a legend.
    #[must_use]
    pub fn shares(&self) -> Vec<(Number, f64)> {
        self.shares_by(|cell| cell.kind)
    }

    fn shares_by(&self, by: impl Fn(&Cell) -> Number) -> Vec<(Number, f64)> {
        let known: Vec<&Cell> = self.all.iter().flatten().map(|cell| &**cell).collect();
        let part = |kind: Number| {
            let of = known.iter().filter(|cell| by(cell) == kind).count();
            of as f64 / known.len().max(1) as f64
        };
        let shares = self.kinds.in_order().into_iter().map(|kind| (kind, part(kind)));
        shares.filter(|(_, part)| *part > 0.0).collect()
    }

    /// The part of the cells of which most seeds end in each kind, in the order of a legend.
    #[must_use]
    pub fn shares_of_most(&self) -> Vec<(Number, f64)> {
        self.shares_by(|cell| cell.most)
    }

    /// Each cell, or the nearest known one of a coarser round; none where nothing is known.
    #[must_use]
    pub fn filled(&self) -> Vec<Option<&Cell>> {
        let [columns, rows] = self.settings.counts();
        let nearest = |place: usize, stride: usize, count: usize| {
            let below = place - place % stride;
            let above = below + stride;
            if 2 * (place % stride) > stride && above < count { above } else { below }
        };
        let of = |cell: usize| {
            STRIDES.iter().rev().find_map(|stride| {
                let column = nearest(cell % columns, *stride, columns);
                let row = nearest(cell / columns, *stride, rows);
                self.get(column, row)
            })
        };
        (0..columns * rows).map(of).collect()
    }
}

/// The problems of an atlas: one, unless a setting is part of it.
pub struct Grounds {
    known: Vec<(Source, Arc<Surveyed>)>,
}

/// Problems that are kept, the last ones: as many as a cell has seeds.
const KEPT: usize = Settings::MOST_SEEDS;

impl Grounds {
    /// None is known.
    #[must_use]
    pub fn none() -> Self {
        Self { known: Vec::new() }
    }

    /// One is known.
    #[must_use]
    pub fn with(source: Source, ground: Arc<Surveyed>) -> Self {
        Self { known: vec![(source, ground)] }
    }

    /// That of `scene`, drawn and surveyed where it is not known.
    pub fn of(&mut self, scene: &Scene) -> Arc<Surveyed> {
        let source = scene.source();
        if let Some((_, ground)) = self.known.iter().find(|(known, _)| *known == source) {
            return Arc::clone(ground);
        }
        let ground = Arc::new(Surveyed::of(&source));
        if self.known.len() == KEPT {
            self.known.remove(0);
        }
        self.known.push((source, Arc::clone(&ground)));
        ground
    }
}

/// The strides of the rounds.
const STRIDES: [usize; 4] = [8, 4, 2, 1];

/// Cells on their way.
pub struct CellsWork {
    fleet: Fleet,
    grounds: Grounds,
    /// The cells in the order in which they are sent out, and how many of them are known after each round.
    order: Vec<usize>,
    rounds: Vec<usize>,
    sent: usize,
    landed: usize,
    /// Whether another seed is another problem.
    is_drawn: bool,
    /// What seeds of cells ended in that are not all known yet: the first seed's run, and the kinds of all.
    partly: HashMap<usize, Partly>,
    found: Cells,
    refusal: Option<BadEdit>,
}

/// A cell of which some seeds are under way.
#[derive(Default)]
struct Partly {
    own: Option<Landed>,
    /// By seed, so that what is first does not depend on who landed first.
    kinds: Vec<(usize, Kind)>,
    /// The losses that each begins and ends with, bit by bit.
    losses: Vec<[u64; 2]>,
}

/// What came of a piece of work.
#[derive(Debug, Clone, PartialEq)]
pub enum Came {
    /// There is more to do.
    More,
    /// A round is over: what is known covers the plane, if coarsely.
    Round,
    /// All is known.
    All,
    /// A cell has settings that no scene can have.
    Refused(BadEdit),
}

impl CellsWork {
    /// Nothing is known yet but problems.
    #[must_use]
    pub fn new(settings: Settings, grounds: Grounds) -> Self {
        let [columns, rows] = settings.counts();
        let (mut order, mut rounds) = (Vec::with_capacity(columns * rows), Vec::new());
        for (round, stride) in STRIDES.into_iter().enumerate() {
            for row in (0..rows).step_by(stride) {
                for column in (0..columns).step_by(stride) {
                    let is_known = round > 0
                        && column.is_multiple_of(2 * stride)
                        && row.is_multiple_of(2 * stride);
                    if !is_known {
                        order.push(row * columns + column);
                    }
                }
            }
            rounds.push(order.len());
        }
        // Where minima move with a setting they are told apart by what they are called.
        let ends = [[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]];
        let source = |part: [f64; 2]| {
            let at = [0, 1].map(|k| settings.sides[k].at(part[k]));
            settings.scene_at(at).map(|scene| scene.source()).ok()
        };
        let other_seed = settings.seeded_at([0, 1].map(|k| settings.sides[k].at(0.0)), 1);
        let is_drawn =
            settings.seeds > 1 && other_seed.map(|scene| scene.source()).ok() != source([0.0, 0.0]);
        let is_one = ends.windows(2).all(|pair| source(pair[0]) == source(pair[1]));
        let kinds = Kinds::none(if is_one { Ground::One } else { Ground::Many });
        let all = vec![None; columns * rows];
        Self {
            fleet: Fleet::new(),
            grounds,
            order,
            rounds,
            sent: 0,
            landed: 0,
            is_drawn,
            partly: HashMap::new(),
            found: Cells { settings, kinds, all },
            refusal: None,
        }
    }

    /// The run of the scene at two values with a seed.
    fn case(
        settings: &Settings,
        grounds: &mut Grounds,
        at: [f64; 2],
        seed: usize,
    ) -> Result<Case, BadEdit> {
        let scene = Arc::new(settings.seeded_at(at, seed)?);
        let ground = grounds.of(&scene);
        let spec = scene.spec(settings.run);
        Ok(Case::of(&scene, &spec, &ground).with_its_way())
    }

    /// Does one piece of the work, a millisecond or two.
    pub fn advance(&mut self) -> Came {
        let Self { fleet, grounds, order, sent, found, refusal, .. } = self;
        let settings = &found.settings;
        let (columns, seeds) = (settings.counts()[0], settings.seeds);
        let [x, y] = [0, 1].map(|k| settings.sides[k].numbers());
        let (landed, _) = fleet.advance(|| {
            let cell = *order.get(*sent / seeds)?;
            let seed = *sent % seeds;
            match Self::case(settings, grounds, [x[cell % columns], y[cell / columns]], seed) {
                Ok(case) => {
                    *sent += 1;
                    Some((cell * seeds + seed, case))
                }
                Err(why) => {
                    *refusal = Some(why);
                    None
                }
            }
        });
        if let Some(why) = &self.refusal {
            return Came::Refused(why.clone());
        }
        let before = self.landed;
        for (number, landed) in landed {
            let (cell, seed) = (number / seeds, number % seeds);
            if self.take_in(cell, seed, landed) {
                self.landed += 1;
            }
        }
        if self.landed == self.order.len() {
            return Came::All;
        }
        let is_over = |end: &usize| before < *end && *end <= self.landed;
        if self.rounds.iter().any(is_over) { Came::Round } else { Came::More }
    }

    /// Takes in the run of a cell with a seed; whether the cell is known now.
    fn take_in(&mut self, cell: usize, seed: usize, landed: Landed) -> bool {
        let seeds = self.found.settings.seeds;
        let kind = match Kind::of(&landed.outcome) {
            Kind::Basin(basin) if seed > 0 && self.is_drawn => Kind::Basin(self.own(cell, basin)),
            kind => kind,
        };
        let partly = self.partly.entry(cell).or_default();
        partly.kinds.push((seed, kind));
        partly.losses.push([landed.first_loss, landed.outcome.loss].map(f64::to_bits));
        if seed == 0 {
            partly.own = Some(landed);
        }
        if partly.kinds.len() < seeds {
            return false;
        }
        let Some(mut partly) = self.partly.remove(&cell) else { return false };
        partly.kinds.sort_by_key(|(seed, _)| *seed);
        let kinds: Vec<Number> =
            partly.kinds.iter().map(|(_, kind)| self.found.kinds.number(kind)).collect();
        let count = |kind: Number| kinds.iter().filter(|other| **other == kind).count();
        // Of as many the first: a later one is taken only where there are more of it.
        let most = kinds.iter().copied().reduce(|a, b| if count(b) > count(a) { b } else { a });
        let (Some(Landed { outcome, first_loss }), Some(most)) = (partly.own, most) else {
            return false;
        };
        let share = count(most) as f64 / seeds as f64;
        let others = kinds.iter().copied().filter(|kind| *kind != most);
        let next = others.reduce(|a, b| if count(b) > count(a) { b } else { a }).unwrap_or(most);
        let kind = kinds[0];
        let is_one = partly.losses.windows(2).all(|pair| pair[0] == pair[1]);
        let cell_found = Cell { outcome, first_loss, kind, most, share, next, is_one };
        self.found.all[cell] = Some(Arc::new(cell_found));
        true
    }

    /// What a basin of another seed's problem counts as: that of the nearest minimum of the cell's own problem.
    fn own(&mut self, cell: usize, basin: Basin) -> Basin {
        let settings = &self.found.settings;
        let places = [cell % settings.counts()[0], cell / settings.counts()[0]];
        let at = [0, 1].map(|k| settings.sides[k].numbers()[places[k]]);
        let Ok(scene) = settings.scene_at(at) else { return basin };
        let ground = self.grounds.of(&scene);
        let away =
            |lowest: &&Lowest| libm::hypot(lowest.at[0] - basin.at[0], lowest.at[1] - basin.at[1]);
        let minima = ground.basins.iter().flat_map(|basins| basins.minima());
        let nearest = minima.min_by(|a, b| away(a).total_cmp(&away(b)));
        nearest.map_or(basin, |lowest| Basin { at: lowest.at, lambda: lowest.lambda_max, ..basin })
    }

    /// How much is done, from 0 to 1.
    #[must_use]
    pub fn progress(&self) -> f64 {
        self.landed as f64 / self.order.len().max(1) as f64
    }

    /// What is known so far.
    #[must_use]
    pub fn so_far(&self) -> &Cells {
        &self.found
    }

    /// What is known, and the problems, for what comes after.
    #[must_use]
    pub fn finish(self) -> (Cells, Grounds) {
        (self.found, self.grounds)
    }
}
