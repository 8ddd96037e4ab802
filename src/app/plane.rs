//! The plane of the atlas that is open: which two settings it goes along, and how far.

use std::sync::Arc;

use crate::analysis::charted::Spreads;
use crate::analysis::grounds;
use crate::atlas::settings::{Settings, Side};
use crate::catalog::{Kind, Scale};
use crate::scene::arrows::Arrows;
use crate::scene::keys::parameters;
use crate::scene::layer::Layer;
use crate::scene::{Scene, Subject};
use crate::typed::{Range, Spacing};

/// Two settings and their ranges; they stay as they are while the scene moves on them.
#[derive(Debug, Clone, PartialEq)]
pub struct Plane {
    sides: [Side; 2],
    /// What it was opened on: another subject has other ranges.
    of: Subject,
}

/// A setting that an atlas may go along.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// What it is called.
    pub name: String,
    /// The setting with its range.
    pub side: Side,
}

/// Values along each side, over two weights and over more.
const COUNTS: [usize; 2] = [25, 9];
/// The least that the largest ρ of an atlas is.
const LEAST_RHO: f64 = 0.3;
/// The largest ρ and η of an atlas against those of the scene.
const TIMES: f64 = 3.0;

impl Plane {
    /// ρ and η about those of `scene`.
    #[must_use]
    pub fn of(scene: &Scene) -> Self {
        let offers = offers(scene);
        let [rho, eta] = [0, 1].map(|k| offers[k].side.clone());
        Self { sides: [rho, eta], of: scene.subject.clone() }
    }

    /// Whether it was opened on what `scene` minimises.
    #[must_use]
    pub fn suits(&self, scene: &Scene) -> bool {
        self.of == scene.subject
    }

    /// The key of a side.
    #[must_use]
    pub fn key(&self, side: usize) -> &str {
        &self.sides[side.min(1)].key
    }

    /// Goes along another setting; where the other side has it, both change places.
    pub fn turn(&mut self, side: usize, to: Side) {
        let (side, other) = (side.min(1), 1 - side.min(1));
        if self.sides[other].key == to.key {
            self.sides.swap(0, 1);
        } else {
            self.sides[side] = to;
        }
    }

    /// The plane for the last run of `scene` that is shown; none where it has no such settings.
    ///
    /// It does not depend on where on it the scene is, nor on what only says how it is seen.
    #[must_use]
    pub fn settings(&self, scene: &Scene) -> Option<Settings> {
        let run = scene.shown_runs().last()?;
        let mut bare = Scene {
            title: String::new(),
            about: String::new(),
            window: None,
            measure: None,
            spreads: Spreads::default(),
            layer: Layer::default(),
            ground: grounds::loss(),
            arrows: Arrows::default(),
            ..scene.clone()
        };
        bare.runs.show_all();
        let settings = Settings::new(Arc::new(bare), run, self.sides.clone()).ok()?;
        let corner = settings.scene_at([self.sides[0].at(0.0), self.sides[1].at(0.0)]).ok()?;
        Some(Settings { scene: Arc::new(corner), ..settings })
    }
}

/// The settings of `scene` that are numbers, with the ranges that an atlas goes along; ρ and η first.
#[must_use]
pub fn offers(scene: &Scene) -> Vec<Offer> {
    let count = COUNTS[usize::from(scene.subject.dimension() > 2)];
    let run = scene.shown_runs().last().unwrap_or_default();
    let spec = scene.spec(run);
    let view = scene.subject.view();
    let rho = LEAST_RHO.min(4.0 * view.rho).max(TIMES * spec.ball.rho.get());
    let eta = if spec.eta.get() > 0.0 { spec.eta.get() } else { view.eta };
    let range = |from: f64, to: f64, spacing: Spacing| {
        Range::new(from, rounded(to), spacing, count)
            .or_else(|| Range::new(0.0, 1.0, Spacing::Linear, count))
    };
    let offer = |name: &str, key: &str, range: Option<Range>| {
        let side = Side { key: key.to_owned(), range: range? };
        Some(Offer { name: name.to_owned(), side })
    };
    let own = [
        offer("ρ", "rho", range(0.0, rho, Spacing::Linear)),
        offer("η", "eta", range(rounded(eta / 10.0), TIMES * eta, Spacing::Log)),
        offer("p", "p", range(1.0, 4.0, Spacing::Linear)),
    ];
    let of_parameters = parameters(scene).into_iter().filter_map(|parameter| {
        let Kind::Number { range: (low, high), scale, .. } = parameter.setting.kind else {
            return None;
        };
        let spacing = match scale {
            Scale::Log if low > 0.0 => Spacing::Log,
            Scale::Whole => return None,
            Scale::Log | Scale::Linear => Spacing::Linear,
        };
        let range = Range::new(low, high, spacing, count);
        offer(parameter.setting.label, &parameter.key, range)
    });
    own.into_iter().flatten().chain(of_parameters).collect()
}

/// To two digits: ends of a range that one can say.
fn rounded(x: f64) -> f64 {
    format!("{x:.1e}").parse().unwrap_or(x)
}
