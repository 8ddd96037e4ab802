//! Grounds: the values of the keys that a scene file leaves out, frozen for each format in `assets/grounds`.
//!
//! The opening scene may change; a file that somebody wrote must not change with it.

use std::sync::LazyLock;

use super::arrows::Arrows;
use super::layer::Layer;
use super::number::{LearningRate, Penalty, Steps, TestShare};
use super::prospect::{Bearing, Prospect};
use super::run::{Changes, RunSpec, Runs};
use super::{Fit, Scene, Subject, file};
use crate::analysis::charted::Spreads;
use crate::analysis::{grounds, slices};
use crate::catalog::Choice;
use crate::math::norm::{Ball, Norm, Radius};
use crate::optim::clip::Clip;
use crate::optim::{ascent, base, mistake, schedule};
use crate::problem::batches::{BatchSize, Order};
use crate::problem::{datasets, losses, models};

/// The ground of files of formats 1 and 2, which differ in what they can say and not in what they mean.
#[must_use]
pub(super) fn of_format_1() -> Scene {
    static GROUND: LazyLock<Scene> = LazyLock::new(|| {
        let text = include_str!("../../assets/grounds/format1.toml");
        let table = toml::from_str(text).expect("the tests read the ground");
        let mut scene = plain();
        file::read_onto(&mut scene, &table).expect("the tests read the ground");
        scene
    });
    GROUND.clone()
}

/// The first member of every family, and plain numbers; every one of them is said again by the ground.
fn plain() -> Scene {
    Scene {
        title: String::new(),
        about: String::new(),
        subject: Subject::Fit(Fit {
            data: Choice::new(datasets::ALL.entries[0]),
            model: Choice::new(models::ALL.entries[0]),
            loss: Choice::new(losses::ALL.entries[0]),
        }),
        shared: RunSpec {
            base: Choice::new(base::ALL.entries[0]),
            ascent: ascent::sam(),
            mistake: mistake::none(),
            eta: LearningRate::new(0.4).expect("0.4 is a learning rate"),
            eta_schedule: schedule::constant(),
            ball: Ball { norm: Norm::L2, rho: Radius::new(0.15).expect("0.15 is a radius") },
            rho_schedule: schedule::constant(),
            batch: BatchSize::Full,
            order: Order::Shuffled,
            start: None,
            seed_batches: None,
            seed_ascent: None,
            clip: Clip::NONE,
            then: Changes::default(),
        },
        runs: Runs::default(),
        steps: Steps::new(200).expect("200 is a number of steps"),
        seed: 1,
        seed_data: None,
        l2: Penalty::NONE,
        test: TestShare::NONE,
        slice: slices::default(),
        window: None,
        measure: None,
        spreads: Spreads::default(),
        layer: Layer::default(),
        ground: grounds::loss(),
        arrows: Arrows::default(),
        view: Prospect::default(),
        turn: Bearing::default(),
    }
}
