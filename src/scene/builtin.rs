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

/// Every scene, read once.
static READ: LazyLock<Vec<(&'static str, Scene)>> = LazyLock::new(|| {
    let read = |text| file::read(text).expect("the tests read every built-in scene");
    SCENES.iter().map(|(name, text)| (*name, read(text))).collect()
});

/// The scene that the program opens on.
#[must_use]
pub fn opening() -> Scene {
    READ[0].1.clone()
}

/// All scenes with their names, the opening one first.
pub fn all() -> impl Iterator<Item = (&'static str, &'static Scene)> {
    READ.iter().map(|(name, scene)| (*name, scene))
}

/// The names of all scenes, the opening one first.
pub fn names() -> impl Iterator<Item = &'static str> {
    SCENES.iter().map(|(name, _)| *name)
}

/// The name of the scene that `scene` is, or was before some of its numbers were changed.
#[must_use]
pub fn name_of(scene: &Scene) -> Option<&'static str> {
    all().find(|(_, known)| known.title == scene.title).map(|(name, _)| name)
}

/// The scene called `name`.
///
/// # Errors
/// Names the scenes that exist when there is none of that name.
pub fn find(name: &str) -> Result<Scene, UnknownId> {
    let found = all().find(|(known, _)| *known == name);
    found.map(|(_, scene)| scene.clone()).ok_or_else(|| UnknownId::new("scene", name, names()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_scene_has_a_title_of_its_own_and_says_what_to_look_for_and_to_try() {
        for (name, scene) in all() {
            assert_eq!(name_of(scene), Some(name));
            assert!(!scene.title.is_empty(), "{name}");
            assert!(scene.about.contains("Try: "), "{name}: {}", scene.about);
            assert!(!scene.about.contains('\n'), "{name}: one paragraph");
        }
    }
}
