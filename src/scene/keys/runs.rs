//! What a run has of its own, as the command line (`--run`) and files (`[[run]]`) say it.
//!
//! ```text
//! ascent=none at=20 ascent=sam rho=0.1        what stands after at=20 holds from that step on
//! ```

use super::{BadEdit, Edit, grant_once, said, spec};
use crate::scene::Scene;
use crate::scene::run::then::At;
use crate::scene::run::{Aspect, Changes, Own, RunName, RunSpec, Then};

/// A run as it is asked for: its name if it has one, whether it is hidden, and what differs.
pub type Asked = (Option<RunName>, bool, Own);

/// Keys of a run that no scene has.
pub(super) const RUN_ONLY: [&str; 2] = ["name", "hidden"];
/// The key of the step at which a run changes.
pub const AT: &str = "at";

/// The run that `edits` ask for, on the ground of what all runs of `scene` share; what follows [`AT`] is a change.
///
/// # Errors
/// The first wish that cannot be granted, and why; a key that a run cannot have of its own is said to be the scene's.
pub fn run(scene: &Scene, edits: &[Edit]) -> Result<Asked, BadEdit> {
    let is_at = |edit: &Edit| edit.key.trim() == AT;
    let (start, later) = edits.split_at(edits.iter().position(is_at).unwrap_or(edits.len()));
    let (name, hidden, mut own) = first(scene, start)?;
    if later.is_empty() {
        return Ok((name, hidden, own));
    }
    let mut spec = scene.shared.with(&own);
    let mut changes: Vec<Then> = Vec::new();
    let mut steps = Vec::new();
    for edits in later.chunk_by(|_, next| !is_at(next)) {
        steps.push((step(edits)?, edits));
    }
    // What a later change says may be a parameter of what an earlier one has chosen.
    steps.sort_by_key(|(at, _)| *at);
    for (_, edits) in steps {
        let then = change(scene, &spec, edits)?;
        spec = spec.with(&then.own());
        changes.push(then);
    }
    own.then = Some(Changes::of(changes).map_err(super::values::refused)?);
    Ok((name, hidden, own))
}

/// The step of a change.
fn step(edits: &[Edit]) -> Result<At, BadEdit> {
    said(edits, AT).unwrap_or_default().parse().map_err(super::values::refused)
}

/// The change that `edits` ask for of a run that is made with `before` until then.
fn change(scene: &Scene, before: &RunSpec, edits: &[Edit]) -> Result<Then, BadEdit> {
    grant_once(edits)?;
    let at = step(edits)?;
    let edits: Vec<Edit> = edits.iter().filter(|edit| edit.key.trim() != AT).cloned().collect();
    if let Some(edit) = edits.iter().find(|edit| RUN_ONLY.contains(&edit.key.trim())) {
        return Err(BadEdit::NotLater { key: edit.key.trim().to_owned() });
    }
    let mut spec = before.clone();
    let own = granted(scene, &mut spec, &edits)?;
    match Aspect::ALL.into_iter().find(|it| own.has(*it) && !Then::ASPECTS.contains(it)) {
        Some(_) => {
            let is_not = |key: &str| {
                let mut spec = before.clone();
                let aspect = spec::set(&mut spec, key, said(&edits, key).unwrap_or_default());
                aspect.is_ok_and(|it| it.is_some_and(|it| !Then::ASPECTS.contains(&it)))
            };
            let key = edits.iter().map(|edit| edit.key.trim()).find(|key| is_not(key));
            Err(BadEdit::NotLater { key: crate::typed::echo(key.unwrap_or_default()) })
        }
        None => Ok(Then::of(at, own)),
    }
}

/// The run that `edits` ask for, without changes at later steps.
fn first(scene: &Scene, edits: &[Edit]) -> Result<Asked, BadEdit> {
    grant_once(edits)?;
    let own = granted(scene, &mut scene.shared.clone(), edits)?;
    if let (Some(given), Some(start)) = (said(edits, "start"), &own.start) {
        let wanted = scene.subject.dimension();
        if start.len() != wanted {
            return Err(BadEdit::wrong_start(given, start.len(), scene));
        }
    }
    let name = said(edits, "name").map(RunName::new).transpose().map_err(super::values::refused)?;
    let hidden = match said(edits, "hidden") {
        None | Some("false") => false,
        Some("true") => true,
        Some(other) => {
            return Err(super::values::not_a("hidden", other, "true or false"));
        }
    };
    Ok((name, hidden, own))
}

/// Grants `edits` to `spec`; what of it they are about.
fn granted(scene: &Scene, spec: &mut RunSpec, edits: &[Edit]) -> Result<Own, BadEdit> {
    let mut own = Own::default();
    spec::choose(spec, edits)?;
    for edit in edits {
        let (key, value) = (edit.key.trim(), edit.value.trim());
        if RUN_ONLY.contains(&key) {
            continue;
        }
        match spec::set(spec, key, value)? {
            // What is chosen now may be given another parameter by a later wish, so it is taken at the end.
            Some(aspect) => own.take(aspect, spec),
            None => return Err(super::parameters::no_key_of_a_run(scene, spec, key)),
        }
    }
    for aspect in Aspect::ALL {
        if own.has(aspect) {
            own.take(aspect, spec);
        }
    }
    Ok(own)
}
