//! The scenes that come with the program, as files of `assets/scenes`.

use std::sync::LazyLock;

use super::number::{LearningRate, Penalty, Steps, TestShare};
use super::{Fit, Scene, Subject, file};
use crate::analysis::slices;
use crate::catalog::{Choice, UnknownId};
use crate::math::norm::{Ball, Norm, Radius};
use crate::optim::{ascent, base, schedule};
use crate::problem::batches::{BatchSize, Order};
use crate::problem::{datasets, losses, models};

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

/// The opening scene, the ground that every file is read onto.
static OPENING: LazyLock<Scene> = LazyLock::new(|| {
    let mut scene = ground();
    file::read_onto(&mut scene, SCENES[0].1).expect("the tests read every built-in scene");
    scene
});

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

/// The first member of every family, and plain numbers: what a file that says nothing would mean.
fn ground() -> Scene {
    Scene {
        title: String::new(),
        subject: Subject::Fit(Fit {
            data: Choice::new(datasets::ALL.entries[0]),
            model: Choice::new(models::ALL.entries[0]),
            loss: Choice::new(losses::ALL.entries[0]),
        }),
        base: Choice::new(base::ALL.entries[0]),
        ascent: ascent::sam(),
        eta: LearningRate::new(0.4).expect("0.4 is a learning rate"),
        eta_schedule: schedule::constant(),
        rho_schedule: schedule::constant(),
        ball: Ball { norm: Norm::L2, rho: Radius::new(0.15).expect("0.15 is a radius") },
        steps: Steps::new(200).expect("200 is a number of steps"),
        seed: 1,
        l2: Penalty::NONE,
        test: TestShare::NONE,
        batch: BatchSize::Full,
        order: Order::Shuffled,
        start: None,
        slice: slices::default(),
        window: None,
    }
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
