//! The table of ascents: direction × radius × step, and which of its cells a paper has named.

use super::cell::Cell;
use super::{ALL, Ascent, composed, direction, radius, step};
use crate::catalog::{Choice, Entry, Setting};

/// The named ascent of a cell; none where the cell is empty.
#[must_use]
pub fn named(cell: Cell) -> Option<&'static Entry<dyn Ascent>> {
    let others = ALL.entries.iter().copied().filter(|entry| entry.id != composed().id());
    others.into_iter().find(|entry| Choice::new(entry).build().cell() == Some(cell))
}

/// Who tells of an ascent: the named one of its cell, where it has one.
#[must_use]
pub fn entry(choice: &Choice<dyn Ascent>) -> &'static Entry<dyn Ascent> {
    if choice.id() != composed().id() {
        return choice.entry();
    }
    choice.build().cell().and_then(named).unwrap_or(choice.entry())
}

/// What an ascent is called: by its paper, or by its parts.
#[must_use]
pub fn name(choice: &Choice<dyn Ascent>) -> String {
    let entry = entry(choice);
    match choice.build().cell() {
        Some(cell) if entry.id == composed().id() => cell.to_string(),
        _ => entry.name.to_owned(),
    }
}

/// The formula of an ascent, as a catalogue has it: of its ε where that is its own, else of what it hands on.
#[must_use]
pub fn formula(choice: &Choice<dyn Ascent>) -> String {
    let entry = entry(choice);
    match choice.build().cell() {
        Some(cell) if entry.id == composed().id() => cell.epsilon(),
        _ => entry.formula.to_owned(),
    }
}

/// The formula of what an ascent hands on where that is not the gradient at `w + ε`.
#[must_use]
pub fn handed(choice: &Choice<dyn Ascent>) -> &'static str {
    let entry = entry(choice);
    match choice.build().cell() {
        Some(cell) if entry.id == composed().id() => cell.step().formula,
        _ => entry.formula,
    }
}

/// Whether a setting of an ascent plays no part in its steps: that of a part which a composed one has not chosen.
#[must_use]
pub fn is_idle(choice: &Choice<dyn Ascent>, setting: &Setting) -> bool {
    let is_composed = choice.id() == composed().id();
    let is_a_part = composed::CHOICES.iter().any(|part| part.key == setting.key);
    is_composed && !is_a_part && choice.build().cell().is_some_and(|cell| !cell.has(setting))
}

/// Every cell, row by row: steps, then directions, then radii.
pub fn cells() -> impl Iterator<Item = Cell> {
    step::ALL.entries.iter().flat_map(|step| {
        direction::ALL.entries.iter().flat_map(|direction| {
            radius::ALL.entries.iter().map(|radius| Cell {
                direction: direction.id,
                radius: radius.id,
                step: step.id,
            })
        })
    })
}

/// The ascent of `cell`, with what `from` was given where it has settings of the same name: a named one where a paper has
/// named it, else a composed one.
#[must_use]
pub fn choice(cell: Cell, from: &Choice<dyn Ascent>) -> Choice<dyn Ascent> {
    let mut chosen = named(cell).map_or_else(composed, Choice::new);
    let untouched = Choice::new(from.entry());
    for (setting, value) in from.values() {
        if untouched.value(setting.key) != Some(value) {
            // One that knows no such setting keeps its own.
            let _ = chosen.set(setting.key, value.clone());
        }
    }
    let parts = [
        (composed::DIRECTION, cell.direction),
        (composed::RADIUS, cell.radius),
        (composed::STEP, cell.step),
    ];
    for (key, id) in parts {
        // A named ascent has no such keys, and is of this cell as it is.
        let _ = chosen.set(key, id);
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_has_two_names_and_every_ascent_but_none_has_its_cell() {
        let mut seen: Vec<Cell> = Vec::new();
        for entry in ALL.entries {
            let cell = Choice::new(entry).build().cell();
            match (entry.id, cell) {
                ("none", None) => {}
                ("composed", Some(cell)) => assert_eq!(named(cell).map(|it| it.id), Some("sam")),
                (id, Some(cell)) => {
                    assert!(!seen.contains(&cell), "{id}: {cell} is named twice");
                    assert_eq!(named(cell).map(|it| it.id), Some(id));
                    seen.push(cell);
                }
                (id, None) => panic!("{id} is in no cell"),
            }
        }
        assert_eq!(cells().count(), 9 * 4 * 5);
        assert!(seen.iter().all(|cell| cells().any(|other| other == *cell)));
    }

    #[test]
    fn choosing_a_cell_makes_that_cell_and_keeps_what_was_given() {
        let from = ALL.choose("friendly").unwrap().with("sigma", 0.3).unwrap();
        for cell in cells() {
            let chosen = choice(cell, &from);
            assert_eq!(chosen.build().cell(), Some(cell));
            assert!(chosen.get("sigma").is_none_or(|sigma| (sigma - 0.3).abs() < 1e-12));
        }
    }
}
