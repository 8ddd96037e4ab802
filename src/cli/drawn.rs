//! How a figure is drawn, whatever it is drawn into: what `render` and `film` have in common.

use std::str::FromStr;

use clap::{Args, ValueEnum};

use super::Refusal;
use crate::analysis::gauge::Gauge;
use crate::analysis::grounds::{self, Ground};
use crate::engine::products::grounds::looking;
use crate::figure::palette;
use crate::figure::panels::Maps;
use crate::figure::picture::{Against, Future};
use crate::figure::shot::Shot;
use crate::optim::moment::Moment;
use crate::scene::arrows::Arrows;
use crate::scene::keys::{self, Edit};
use crate::scene::layer::Layer;
use crate::scene::prospect::{Bearing, Prospect};
use crate::scene::{Scene, names};
use crate::typed::echo;

/// How a figure is drawn.
#[derive(Debug, Args)]
pub struct Drawn {
    /// Pixels a point, for pictures of pixels.
    #[arg(long, value_name = "S", default_value = "1", value_parser = scale)]
    pub scale: f64,
    /// The colours.
    #[arg(long, default_value = "light")]
    pub theme: Theme,
    /// What the charts are drawn against: steps, or gradients where --gradients is said.
    #[arg(long)]
    pub against: Option<Abscissa>,
    /// Which sharpness is charted; the scene's own when not said.
    #[arg(long, value_name = "MEASURE", value_parser = gauge, help = sharpness_help())]
    pub sharpness: Option<Gauge>,
    /// Charts to spread by ratios instead of as they are, for instance loss,proxy.
    #[arg(long, value_name = "CHART,…")]
    pub log: Option<String>,
    /// Charts to spread evenly instead of as they are, for instance proxy.
    #[arg(long, value_name = "CHART,…")]
    pub linear: Option<String>,
    /// Draw all runs on one map, each in its colour, in place of a map each.
    #[arg(long)]
    pub one_map: bool,
    /// Hide what comes after the step shown: the rest of paths and curves, and how the runs end.
    #[arg(long)]
    pub hide_future: bool,
    /// Draw examples as large as they pull on the step, with a ring for w + ε.
    #[arg(long)]
    pub pulls: bool,
    /// What the ground of the maps tells: the loss, where each start ends, or where runs end otherwise; the scene's own
    /// when not said.
    #[arg(long, value_name = "LAYER", value_parser = layer)]
    pub layer: Option<Layer>,
    /// What the map of each run shows the height of: loss; penalised, L + ρ‖∇L‖; surrogate, L(w + ε(w)); worst, the
    /// highest loss in the ball; angle, between ∇L(w) and ∇L(w + ε). The scene's own when not said.
    #[arg(long, value_name = "GROUND", value_parser = ground)]
    pub ground: Option<&'static Ground>,
    /// What arrows on the maps show.
    #[arg(long, value_name = "ARROWS", value_parser = arrows, help = ARROWS)]
    pub arrows: Option<Arrows>,
    /// How the maps are seen: map, from straight above; relief, as a surface. The scene's own when not said.
    #[arg(long, value_name = "VIEW", value_parser = view)]
    pub view: Option<Prospect>,
    /// From where a relief is seen, in degrees: which way one looks, 0 up and 90 to the right of the map, and from how
    /// high, 10 to 90; for instance 30,40. The scene's own when not said.
    #[arg(long, value_name = "AZIMUTH,ELEVATION", allow_hyphen_values = true)]
    pub turn: Option<Bearing>,
}

impl Drawn {
    /// The figure of `scene` at a moment, on a sheet of the usual size.
    pub(super) fn shot(&self, scene: &Scene, at: Moment) -> Shot {
        let usual = match at {
            Moment::Gradients(_) => Against::Gradients,
            Moment::Step(_) => Against::Steps,
        };
        Shot {
            at,
            pulls: self.pulls,
            future: if self.hide_future { Future::Hidden } else { Future::Shown },
            against: self.against.map_or(usual, Into::into),
            gauge: self.sharpness.unwrap_or_else(|| scene.shown_measure()),
            maps: self.maps(),
            ..Shot::of(scene)
        }
    }

    /// How runs share maps.
    pub(super) fn maps(&self) -> Maps {
        if self.one_map { Maps::Overlaid } else { Maps::SideBySide }
    }

    /// Words about what maps show, and whether each is said.
    pub(super) fn said_of_maps(&self) -> [(&'static str, bool); 4] {
        [
            ("--layer", self.layer.is_some()),
            ("--ground", self.ground.is_some()),
            ("--arrows", self.arrows.is_some()),
            ("--one-map", self.one_map),
        ]
    }

    /// Spreads the charts of `scene` and chooses its ground as it is said.
    pub(super) fn apply_to(&self, scene: &mut Scene) -> Result<(), Refusal> {
        self.check_spreads()?;
        for (key, value) in [("log", &self.log), ("linear", &self.linear)] {
            if let Some(value) = value {
                keys::apply(scene, &[Edit { key: key.to_owned(), value: value.clone() }])?;
            }
        }
        scene.layer = self.layer.unwrap_or(scene.layer);
        scene.ground = self.ground.unwrap_or(scene.ground);
        scene.arrows = self.arrows.unwrap_or(scene.arrows);
        scene.view = self.view.unwrap_or(scene.view);
        scene.turn = self.turn.unwrap_or(scene.turn);
        Ok(())
    }

    /// Whether no chart is asked to be spread in both ways.
    fn check_spreads(&self) -> Result<(), Refusal> {
        let charts = |said: &Option<String>| -> Vec<String> {
            let said = said.as_deref().unwrap_or_default();
            said.split(',').map(|chart| chart.trim().to_owned()).collect()
        };
        let evenly = charts(&self.linear);
        let twice = charts(&self.log).into_iter().find(|it| !it.is_empty() && evenly.contains(it));
        match twice {
            Some(chart) => Err(Refusal::TwoSpreads { chart: echo(&chart) }),
            None => Ok(()),
        }
    }
}

/// What of the ground that a scene asks for its maps cannot show, in words.
pub(super) fn unseen(scene: &Scene, drawn: &Drawn) -> Vec<String> {
    if drawn.turn.is_some() && scene.view != Prospect::Relief {
        let how = "--turn says from where a relief is seen; --view relief shows one";
        return [vec![how.to_owned()], of_the_ground(scene, drawn)].concat();
    }
    of_the_ground(scene, drawn)
}

fn of_the_ground(scene: &Scene, drawn: &Drawn) -> Vec<String> {
    let ground = scene.ground;
    if ground.is_the_loss() {
        return Vec::new();
    }
    if scene.layer != Layer::Loss {
        return vec![format!(
            "the maps tell where each start ends, and show no {} below that",
            ground.id
        )];
    }
    let names = names::labels(scene);
    let why = |place: usize| match looking(&scene.spec(place)) {
        None => Some("it does not look around"),
        Some(looking) => ground.lacks(&looking),
    };
    // One map shows the ground of the last run that has it.
    if drawn.one_map && scene.shown_runs().any(|place| why(place).is_none()) {
        return Vec::new();
    }
    let said = scene.shown_runs().filter_map(|place| {
        let (name, why) = (names.get(place)?, why(place)?);
        Some(format!("the map of {name} shows the loss, not {}: {why}", ground.id))
    });
    said.collect()
}

/// Width and height of a figure in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size([f64; 2]);

impl Size {
    /// Both, in points.
    #[must_use]
    pub const fn points(self) -> [f64; 2] {
        self.0
    }
}

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let sides = text.split_once(['x', '×']).and_then(|(width, height)| {
            Some([width.trim().parse::<u32>().ok()?, height.trim().parse::<u32>().ok()?])
        });
        match sides {
            Some([width @ 480..=8000, height @ 320..=8000]) => {
                Ok(Self([width.into(), height.into()]))
            }
            Some(_) => Err("a figure is from 480x320 to 8000x8000 points".to_owned()),
            None => Err("use WIDTHxHEIGHT in points, for instance 1280x800".to_owned()),
        }
    }
}

pub(super) fn scale(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(scale) if (0.25..=8.0).contains(&scale) => Ok(scale),
        _ => Err("use a number from 0.25 to 8, for instance 2".to_owned()),
    }
}

fn layer(text: &str) -> Result<Layer, String> {
    let known = Layer::ALL.map(Layer::id).join(", ");
    Layer::find(text).ok_or_else(|| format!("there is no layer of this name; use one of {known}"))
}

/// What is said of arrows.
const ARROWS: &str = "Arrows on the maps: none; descent, −∇L(w); sam, −∇L(w + ε); both; surrogate, down L(w + ε(w)); descent_lines or sam_lines, streamlines. The scene's own when not said";

fn ground(text: &str) -> Result<&'static Ground, String> {
    let known = grounds::ALL.iter().map(|ground| ground.id).collect::<Vec<_>>().join(", ");
    grounds::find(text)
        .ok_or_else(|| format!("there is no ground of this name; use one of {known}"))
}

fn arrows(text: &str) -> Result<Arrows, String> {
    let known = Arrows::ALL.map(Arrows::id).join(", ");
    Arrows::find(text)
        .ok_or_else(|| format!("there are no arrows of this name; use one of {known}"))
}

fn view(text: &str) -> Result<Prospect, String> {
    let known = Prospect::ALL.map(Prospect::id).join(", ");
    Prospect::find(text).ok_or_else(|| format!("there is no view of this name; use one of {known}"))
}

fn sharpness_help() -> String {
    let known = Gauge::ALL.map(Gauge::id).join(", ");
    format!("Which sharpness is charted, the scene's own when not said: {known}")
}

fn gauge(text: &str) -> Result<Gauge, String> {
    let known = Gauge::ALL.map(Gauge::id).join(", ");
    Gauge::find(text).ok_or_else(|| format!("there is no measure of this name; use one of {known}"))
}

/// The colours of a figure, as they are said on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Theme {
    /// For a projector or a bright room.
    Light,
    /// For a dark room.
    Dark,
    /// For paper.
    Print,
    /// For the last row of a room: words at 7 : 1.
    Talk,
    /// For paper without colours.
    Greyscale,
}

impl From<Theme> for palette::Theme {
    fn from(theme: Theme) -> Self {
        match theme {
            Theme::Light => Self::Light,
            Theme::Dark => Self::Dark,
            Theme::Print => Self::Print,
            Theme::Talk => Self::Talk,
            Theme::Greyscale => Self::Grey,
        }
    }
}

/// What charts are drawn against, as it is said on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Abscissa {
    /// Steps made.
    Steps,
    /// Gradients evaluated.
    Gradients,
}

impl From<Abscissa> for Against {
    fn from(against: Abscissa) -> Self {
        match against {
            Abscissa::Steps => Self::Steps,
            Abscissa::Gradients => Self::Gradients,
        }
    }
}
