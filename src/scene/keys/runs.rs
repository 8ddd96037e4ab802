//! What a run has of its own, as the command line (`--run`) and files (`[[run]]`) say it.

use super::{BadEdit, Edit, grant_once, said, spec};
use crate::scene::Scene;
use crate::scene::run::{Own, RunName};

/// A run as it is asked for: its name if it has one, whether it is hidden, and what differs.
pub type Asked = (Option<RunName>, bool, Own);

/// Keys of a run that no scene has.
pub(super) const RUN_ONLY: [&str; 2] = ["name", "hidden"];

/// The run that `edits` ask for, on the ground of what all runs of `scene` share.
///
/// # Errors
/// The first wish that cannot be granted, and why; a key that a run cannot have of its own is said to be the scene's.
pub fn run(scene: &Scene, edits: &[Edit]) -> Result<Asked, BadEdit> {
    grant_once(edits)?;
    let mut spec = scene.shared.clone();
    let mut own = Own::default();
    spec::choose(&mut spec, edits)?;
    for edit in edits {
        let (key, value) = (edit.key.trim(), edit.value.trim());
        if RUN_ONLY.contains(&key) {
            continue;
        }
        match spec::set(&mut spec, key, value)? {
            // What is chosen now may be given another parameter by a later wish, so it is taken at the end.
            Some(aspect) => own.take(aspect, &spec),
            None => return Err(super::parameters::no_key_of_a_run(scene, &spec, key)),
        }
    }
    for aspect in crate::scene::run::Aspect::ALL {
        if own.has(aspect) {
            own.take(aspect, &spec);
        }
    }
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
