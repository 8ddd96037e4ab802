//! Sides of an atlas along which nothing changes: seen from its cells, and why, where that is known.

use super::cells::{Cell, Cells};
use crate::optim::ascent;
use crate::scene::run::{Aspect, Then};

/// A side of which all runs are one and the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Idle {
    /// Which side: across, 0, or up, 1.
    pub side: usize,
    /// Why, as the end of a sentence; empty where that is not known.
    pub why: String,
}

/// The sides along which every known run begins and ends as its neighbour does, to the last bit.
#[must_use]
pub fn sides(cells: &Cells) -> Vec<Idle> {
    let [columns, rows] = cells.settings.counts();
    let is_one = |side: usize| {
        let (mut pairs, mut same) = (0_usize, true);
        for row in 0..rows {
            for column in 0..columns {
                let first = if side == 0 { (0, row) } else { (column, 0) };
                let pair = (cells.get(first.0, first.1), cells.get(column, row));
                if let (Some(a), Some(b)) = pair
                    && first != (column, row)
                {
                    pairs += 1;
                    same &= is_same(a, b);
                }
            }
        }
        pairs > 0 && same
    };
    let idle = (0..2).filter(|&side| is_one(side));
    idle.map(|side| Idle { side, why: why(cells, side) }).collect()
}

fn is_same(a: &Cell, b: &Cell) -> bool {
    let bits = |cell: &Cell| [cell.outcome.loss, cell.first_loss].map(f64::to_bits);
    a.kind == b.kind && bits(a) == bits(b)
}

/// Why a side makes no difference.
fn why(cells: &Cells, side: usize) -> String {
    let settings = &cells.settings;
    let key = &*settings.sides[side].key;
    let spec = settings.scene.spec(settings.run);
    let aspect = match key {
        "rho" => Some(Aspect::Rho),
        "eta" => Some(Aspect::Eta),
        "p" => Some(Aspect::Norm),
        _ => None,
    };
    let at = aspect.and_then(|aspect| {
        let says = |then: &&Then| then.own().has(aspect);
        spec.then.iter().find(says).map(|then| then.at.get())
    });
    if matches!(key, "rho" | "p") && !spec.has_ascent() {
        "the run does not look around".to_owned()
    } else if let Some(at) = at {
        format!("from step {at} on the run has its own")
    } else if key == "p" && !spec.looking().ascent.build().has_neighbourhood() {
        "its ε knows no norm".to_owned()
    } else if ascent::ALL.entries.iter().any(|entry| entry.settings.iter().any(|it| it.key == key))
        && spec.looking().ascent.entry().settings.iter().any(|setting| {
            setting.key == key && ascent::table::is_idle(&spec.looking().ascent, setting)
        })
    {
        "the ascent is not composed of what it belongs to".to_owned()
    } else {
        String::new()
    }
}
