//! The plane of the atlas that is open: which two settings it goes along, and how far.

use std::sync::Arc;

use crate::analysis::charted::Spreads;
use crate::analysis::grounds;
use crate::atlas::settings::{Settings, Side};
use crate::atlas::value::Value;
use crate::catalog::{Kind, Scale};
use crate::scene::arrows::Arrows;
use crate::scene::keys::{Edit, parameters};
use crate::scene::layer::Layer;
use crate::scene::prospect::{Bearing, Prospect};
use crate::scene::{Scene, Subject};
use crate::typed::{Range, Spacing, spelled};

/// Two settings and their ranges; they stay as they are while the scene moves on them.
#[derive(Debug, Clone, PartialEq)]
pub struct Plane {
    sides: [Side; 2],
    /// What it was opened on: another subject has other ranges.
    of: Subject,
    /// What cells are coloured by.
    pub value: Value,
    /// How many seeds a cell has.
    seeds: usize,
    /// The setting that the wheel turns, and its value; none while nobody turned it.
    third: Option<(Side, f64)>,
    /// The boundary that is followed, while it is.
    following: Option<Box<Following>>,
}

/// A place of a boundary whose two sides are the scene.
#[derive(Debug, Clone, PartialEq)]
pub struct Following {
    /// The plane that the boundary is of: it stays while it is followed.
    settings: Settings,
    /// The scene before.
    pub whole: Scene,
    /// The scene of the two sides.
    made: Scene,
    /// The place, by its number among the crossings.
    pub place: usize,
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
        Self {
            sides: [rho, eta],
            of: scene.subject.clone(),
            value: Value::End,
            seeds: 1,
            third: None,
            following: None,
        }
    }

    /// Colours cells by a value. Seeds that were asked for once stay: every other value is known of such cells too.
    pub fn show(&mut self, value: Value) {
        self.value = value;
        if value == Value::Share {
            self.seeds = Settings::SEEDS;
            // A boundary that is followed keeps its plane, and that has as many seeds too.
            if let Some(following) = &mut self.following
                && let Ok(settings) = following.settings.clone().with_seeds(self.seeds)
            {
                following.settings = settings;
            }
        }
    }

    /// The setting that the wheel turns, with its value.
    #[must_use]
    pub fn third(&self) -> Option<(&str, f64)> {
        let (side, value) = self.third.as_ref()?;
        Some((&side.key, *value))
    }

    /// Turns the third setting by so many notches: the one that was chosen, else p or the first that is no axis, from the
    /// scene's own value on.
    pub fn wheel(&mut self, scene: &Scene, notches: i32) {
        self.following = None;
        if self.third.as_ref().is_some_and(|(side, _)| self.is_a_side(&side.key)) {
            self.third = None;
        }
        if self.third.is_none() {
            let Some(Offer { side, .. }) = self.wheel_offers(scene).into_iter().next() else {
                return;
            };
            self.hold(scene, side);
        }
        if let Some((side, value)) = &mut self.third {
            let mut numbers = side.numbers();
            numbers.sort_by(f64::total_cmp);
            for _ in 0..notches.unsigned_abs() {
                let next = match notches > 0 {
                    true => numbers.iter().find(|number| **number > *value),
                    false => numbers.iter().rfind(|number| **number < *value),
                };
                *value = next.copied().unwrap_or(*value);
            }
        }
    }

    /// What the wheel may turn: p first, and what is no axis.
    #[must_use]
    pub fn wheel_offers(&self, scene: &Scene) -> Vec<Offer> {
        let mut free = offers(scene);
        free.retain(|offer| !self.is_a_side(&offer.side.key));
        free.sort_by_key(|offer| offer.side.key != "p");
        free
    }

    /// Gives the wheel this setting to turn, from the scene's own value on.
    pub fn hold(&mut self, scene: &Scene, side: Side) {
        self.following = None;
        let run = scene.shown_runs().last().unwrap_or_default();
        let now = now(scene, run, &side.key).unwrap_or_else(|| side.at(0.0));
        self.third = Some((side, now));
    }

    /// `scene` with the third setting as the wheel has turned it.
    #[must_use]
    pub fn turned(&self, settings: &Settings, scene: &Scene) -> Scene {
        let third = self.third().filter(|(key, _)| !self.is_a_side(key));
        let of = Settings { scene: Arc::new(scene.clone()), ..settings.clone() };
        let edited = third.and_then(|(key, value)| {
            of.edited(&[Edit { key: key.to_owned(), value: spelled(value) }]).ok()
        });
        edited.unwrap_or_else(|| scene.clone())
    }

    fn is_a_side(&self, key: &str) -> bool {
        self.sides.iter().any(|side| side.key == key)
    }

    /// Shows both sides of a place of a boundary of `settings`.
    pub fn follow(&mut self, settings: &Settings, scene: &Scene, made: Scene, place: usize) {
        let whole = match self.following.take() {
            Some(before) if before.made == *scene => before.whole,
            _ => scene.clone(),
        };
        let settings = settings.clone();
        self.following = Some(Box::new(Following { settings, whole, made, place }));
    }

    /// Whether `scene` is both sides of a place of a boundary.
    #[must_use]
    pub fn follows(&self, scene: &Scene) -> bool {
        self.following(scene).is_some()
    }

    /// The place whose two sides `scene` is.
    #[must_use]
    pub fn following(&self, scene: &Scene) -> Option<&Following> {
        self.following.as_deref().filter(|following| following.made == *scene)
    }

    /// The scene that cells are of: the one before a boundary was followed, where one is.
    #[must_use]
    pub fn whole<'a>(&'a self, scene: &'a Scene) -> &'a Scene {
        self.following(scene).map_or(scene, |following| &following.whole)
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
        self.following = None;
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
        if let Some(Following { settings, .. }) = self.following(scene) {
            return Some(settings.clone());
        }
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
            view: Prospect::default(),
            turn: Bearing::default(),
            ..scene.clone()
        };
        bare.runs.show_all();
        let settings = Settings::new(Arc::new(bare), run, self.sides.clone()).ok()?;
        let settings = settings.with_seeds(self.seeds).ok()?;
        let settings = match self.third() {
            Some((key, value)) if !self.is_a_side(key) => {
                let edit = Edit { key: key.to_owned(), value: spelled(value) };
                let scene = settings.edited(&[edit]).ok()?;
                Settings { scene: Arc::new(scene), ..settings }
            }
            _ => settings,
        };
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

/// What a run of `scene` has now of a setting that is a number.
fn now(scene: &Scene, run: usize, key: &str) -> Option<f64> {
    let spec = scene.spec(run);
    match key {
        "rho" => Some(spec.ball.rho.get()),
        "eta" => Some(spec.eta.get()),
        "p" => Some(spec.ball.norm.p()),
        _ => {
            let all = parameters(scene);
            all.iter().find(|parameter| parameter.key == key).and_then(|it| it.value.number())
        }
    }
}

/// To two digits: ends of a range that one can say.
fn rounded(x: f64) -> f64 {
    format!("{x:.1e}").parse().unwrap_or(x)
}
