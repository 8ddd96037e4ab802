//! A cell of the table of ascents: one direction, one radius, one step; and the ascent that they make.
//!
//! ```text
//! ε = radius along direction(g, memory)      g_SAM = ∇L_B(w + ε)      base ← step(g, g_SAM)
//! ```
//!
//! Its edge of stability follows from its parts, where it is derived at all: on a quadratic, from weights along an
//! eigenvector of curvature λ, `ε = r g/s` with what the radius says, so that `g_SAM = (1 + rλ/s) g`, and a step that hands
//! on `g + α (g_SAM − g)` is plain descent with `ηλ(1 + αrλ/s)` in place of `ηλ`. Where α = 0 what is handed on is g, and
//! the edge is the base's, whichever it is.

use ndarray::ArrayView1;

use super::direction::{self, Direction};
use super::radius::{self, Reach, Told};
use super::step::{self, Handing};
use super::{Ascent, Here, Oracle, Sight};
use crate::catalog::{Build, Catalog, Entry, Setting, Settings};
use crate::math::norm::Ball;
use crate::optim::base::Base;
use crate::optim::mistake::Climb;
use crate::optim::neighbourhood::Neighbourhood;
use crate::optim::stability::{self, Curvature, Edge};

/// One direction, one radius and one step, by their names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// A member of [`direction::ALL`].
    pub direction: &'static str,
    /// A member of [`radius::ALL`].
    pub radius: &'static str,
    /// A member of [`step::ALL`].
    pub step: &'static str,
}

/// The member called `id`; the first where there is none, so that nothing can fail.
fn member<T: ?Sized>(catalog: &Catalog<T>, id: &str) -> &'static Entry<T> {
    catalog.find(id).unwrap_or(catalog.entries[0])
}

/// Makes a part of an ascent from settings of the whole.
fn part<T: ?Sized>(entry: &'static Entry<T>, settings: &Settings) -> Box<T> {
    match &entry.build {
        Build::Sure(build) | Build::Fallible { stand_in: build, .. } => build(settings),
    }
}

impl Cell {
    /// Its direction, as it describes itself.
    #[must_use]
    pub fn direction(self) -> &'static Entry<dyn Direction> {
        member(&direction::ALL, self.direction)
    }

    /// Its radius.
    #[must_use]
    pub fn radius(self) -> &'static Entry<dyn Reach> {
        member(&radius::ALL, self.radius)
    }

    /// Its step.
    #[must_use]
    pub fn step(self) -> &'static Entry<dyn Handing> {
        member(&step::ALL, self.step)
    }

    /// Whether a setting of a composed ascent plays a part in it.
    #[must_use]
    pub fn has(self, setting: &Setting) -> bool {
        let parts =
            [self.direction().settings, self.radius().settings, self.step().settings].concat();
        parts.iter().any(|own| own.key == setting.key)
    }

    /// How ε is found, as a formula: that of the radius, of what the direction climbs.
    #[must_use]
    pub fn epsilon(self) -> String {
        // What follows a comma says how the vector is made.
        let told = self.direction().formula;
        let (d, memory) = told.split_once(", ").unwrap_or((told, ""));
        let reach = self.radius().formula;
        let (reach, how) = reach.split_once(", T = ").unwrap_or((reach, ""));
        let many = d.contains(" − ");
        let inside =
            if many && self.radius == "proportional" { format!("({d})") } else { d.to_owned() };
        let found = match self.direction {
            // No vector that a formula could name: it says so in words.
            "climbed" | "parts" | "random" => {
                return format!("ε = {reach}, d = {told}");
            }
            _ if self.radius == "weights" => reach.replace("T d", &format!("T ({d})")),
            _ => reach.replacen('d', &inside, 1),
        };
        let mut text = format!("ε = {found}");
        if !how.is_empty() {
            text += &format!(", T = {how}");
        }
        if !memory.is_empty() {
            text += &format!(", {memory}");
        }
        text
    }

    /// The ascent of this cell; its parts read what they need from `settings`.
    pub(super) fn build(self, settings: &Settings) -> Box<dyn Ascent> {
        Box::new(Composed {
            cell: self,
            direction: part(self.direction(), settings),
            radius: part(self.radius(), settings),
            step: part(self.step(), settings),
        })
    }
}

/// As it is called where no paper has named it: "momentum × surface × mixed".
impl std::fmt::Display for Cell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} × {} × {}", self.direction, self.radius, self.step)
    }
}

struct Composed {
    cell: Cell,
    direction: Box<dyn Direction>,
    radius: Box<dyn Reach>,
    step: Box<dyn Handing>,
}

impl Composed {
    /// Whether a step makes use of the gradient at the weights; where it does not, that one is taken for the record only.
    fn uses_gradient(&self) -> bool {
        self.direction.uses_gradient() || self.radius.uses_gradient() || self.step.uses_gradient()
    }
}

impl Ascent for Composed {
    fn look(&mut self, here: &Here<'_>, oracle: &mut Oracle<'_>) -> Sight {
        if !self.step.looks_at(here.step) {
            self.direction.pass(here);
            let mut sight = here.plain();
            sight.direction = self.step.between(here);
            return sight;
        }
        let mut sight = self.direction.look(here, &*self.radius, oracle);
        let handed = self.step.hand(here, &sight);
        let looked = sight.epsilon.iter().any(|&x| x != 0.0);
        // Where nothing was found to look along, the step is made with the gradient at the weights, as it is.
        sight.direction = handed.filter(|_| looked);
        if looked && !self.uses_gradient() {
            oracle.refund(1);
        }
        sight
    }

    fn neighbourhood(&self, w: ArrayView1<'_, f64>, ball: Ball) -> Option<Neighbourhood> {
        match (self.cell.direction, self.cell.radius) {
            ("random", "fixed") => Some(Neighbourhood::sphere(ball)),
            _ => self.radius.neighbourhood(w, ball),
        }
    }

    fn climb(&self) -> Climb {
        match self.direction.climb() {
            Climb::Neither => Climb::Neither,
            Climb::Maximizer | Climb::Gradient => self.radius.climb(),
        }
    }

    fn cell(&self) -> Option<Cell> {
        Some(self.cell)
    }

    fn edge(&self, base: &dyn Base, at: &stability::At) -> Option<Edge> {
        let alpha = self.step.on_an_eigenvector()?;
        let along = self.radius.on_an_eigenvector(at.ball, at.gradient_norm);
        let (r, s) = along.filter(|_| self.direction.keeps_to_an_eigenvector())?;
        if alpha == 0.0 {
            // g is handed on, but an eigenvector of P⁻¹H is none of H: there g_SAM is not along g.
            return base.edge(at).filter(|edge| edge.of == Curvature::Hessian);
        }
        let is_mixed = self.cell.step == "mixed";
        let told = if is_mixed { self.radius.edge_of_a_mix() } else { self.radius.edge() };
        let Told { label, formula } = told?;
        base.is_plain_descent().then(|| Edge {
            lambda: stability::of_sam(at.eta, alpha * r, s),
            label,
            formula,
            of: Curvature::Hessian,
        })
    }

    fn looks_uphill(&self) -> bool {
        self.direction.is_uphill()
    }

    fn remembers_since(&self, step: usize) -> usize {
        if self.direction.remembers() { 0 } else { self.step.remembers_since(step) }
    }

    fn length_of_epsilon(&self) -> &'static str {
        if self.step.skips() && self.cell.radius == "fixed" {
            return "equal to ρ at every k-th step, unless the gradient vanishes, and zero in between";
        }
        self.radius.length_of_epsilon().unwrap_or_else(|| self.direction.length_in_the_ball())
    }
}
