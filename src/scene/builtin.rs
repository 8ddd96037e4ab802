//! The scenes that come with the program, as files of `assets/scenes`.

use std::sync::LazyLock;

use super::{Scene, file};
use crate::catalog::UnknownId;

/// Every scene: its name and its file. The first is the opening scene.
const SCENES: &[(&str, &str)] = &[
    ("opening", include_str!("../../assets/scenes/opening.toml")),
    ("factorization", include_str!("../../assets/scenes/factorization.toml")),
    ("sharp_and_wide", include_str!("../../assets/scenes/sharp_and_wide.toml")),
    ("bounce", include_str!("../../assets/scenes/bounce.toml")),
    ("edge", include_str!("../../assets/scenes/edge.toml")),
    ("max_norm", include_str!("../../assets/scenes/max_norm.toml")),
    ("minibatch", include_str!("../../assets/scenes/minibatch.toml")),
    ("moons", include_str!("../../assets/scenes/moons.toml")),
    ("network", include_str!("../../assets/scenes/network.toml")),
    ("spirals", include_str!("../../assets/scenes/spirals.toml")),
    ("rosenbrock", include_str!("../../assets/scenes/rosenbrock.toml")),
];

/// The scene that the program opens on.
static OPENING: LazyLock<Scene> =
    LazyLock::new(|| file::read(SCENES[0].1).expect("the tests read every built-in scene"));

/// The scene that the program opens on.
#[must_use]
pub fn opening() -> Scene {
    OPENING.clone()
}

/// The names of all scenes, the opening one first.
pub fn names() -> impl Iterator<Item = &'static str> {
    SCENES.iter().map(|(name, _)| *name)
}

/// The scene called `name`.
///
/// # Errors
/// Names the scenes that exist when there is none of that name.
pub fn find(name: &str) -> Result<Scene, UnknownId> {
    let Some((_, text)) = SCENES.iter().find(|(known, _)| *known == name) else {
        return Err(UnknownId::new("scene", name, names()));
    };
    Ok(file::read(text).expect("the tests read every built-in scene"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_scene_can_be_read() {
        for name in names() {
            assert!(!find(name).unwrap().title.is_empty(), "{name}");
        }
    }
}
