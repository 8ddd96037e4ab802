//! What a picture is made from: a scene, what followed from it, and where one looks.

use ndarray::ArrayView1;

use crate::analysis::measures::Measured;
use crate::analysis::outcome::Outcome;
use crate::analysis::predictions::Prediction;
use crate::analysis::section::{Section, Shadow};
use crate::engine::Engine;
use crate::engine::products::close::Close;
use crate::engine::products::comparison::Comparison;
use crate::engine::products::comparison::ComparisonJob;
use crate::engine::products::ends::Ends;
use crate::engine::products::feet::Feet;
use crate::engine::products::grounds::Grounds;
use crate::engine::products::here::Here;
use crate::engine::products::measures::{self, Measures};
use crate::engine::products::moves::BaseMoves;
use crate::engine::products::outcomes::Outcomes;
use crate::engine::products::pointed::Pointed;
use crate::engine::products::predictions::Predictions;
use crate::engine::products::profiles::Profiles;
use crate::engine::products::pulls::Pulls;
use crate::engine::products::slopes::Slopes;
use crate::engine::products::spectra::Spectra;
use crate::engine::products::steps::Steps;
use crate::engine::products::survey::Surveyed;
use crate::engine::products::terrain::Terrain;
use crate::math::norm::{Ball, Radius};
use crate::optim::ascent::Ascent;
use crate::optim::base::Base;
use crate::optim::edge;
use crate::optim::mistake;
use crate::optim::replay::Step;
use crate::optim::run::Moves;
use crate::optim::stability::{At, Edge};
use crate::optim::trajectory::{Numbers, Row, Trajectory};
use crate::problem::grid::Plane;
use crate::scene::layer::Layer;
use crate::scene::run::RunSpec;
use crate::scene::{Scene, Source, about, names};

pub use super::look::{Against, Closer, Future, Look, Sight};

/// Everything that panes are a function of.
#[derive(Clone, Copy)]
pub struct Picture<'a> {
    /// What was asked for: what the figure is called, and which runs are shown.
    pub asked: &'a Scene,
    /// What the runs that are shown follow from; what was asked for while there are none.
    pub scene: &'a Scene,
    /// The runs, once they are there.
    pub comparison: Option<&'a Comparison>,
    /// The plane that they are seen in, once it is there; it is one of these runs.
    pub section: Option<&'a Section>,
    /// The ground, once it is there.
    pub terrain: Option<&'a Terrain>,
    /// The grounds of the runs' own maps, where another than the loss is asked for, once they are there, if coarsely.
    pub grounds: Option<&'a Grounds>,
    /// Which way it goes down all over the map, where that is asked for, once it is known.
    pub slopes: Option<&'a Slopes>,
    /// What the runs predict where they stand, or stood a moment ago.
    pub predictions: Option<&'a Predictions>,
    /// The minima of the problem, once they are there.
    pub surveyed: Option<&'a Surveyed>,
    /// Where each start of the map ends, once it is known, if coarsely.
    pub ends: Option<&'a Ends>,
    /// How the runs ended, once it is known.
    pub outcomes: Option<&'a Outcomes>,
    /// What was measured along the runs, once it is there.
    pub measures: Option<&'a Measures>,
    /// What was measured where the runs stand, once it is there.
    pub here: Option<&'a Here>,
    /// The loss where the runs are drawn, once it is there.
    pub feet: Option<&'a Feet>,
    /// The spectra where the runs stand, or stood a moment ago.
    pub spectra: Option<&'a Spectra>,
    /// The loss around where the runs stand, or stood a moment ago.
    pub profiles: Option<&'a Profiles>,
    /// The pull of each example, where the runs stand, or stood a moment ago.
    pub pulls: Option<&'a Pulls>,
    /// What is known of the point that is pointed at, or was a moment ago.
    pub pointed: Option<&'a Pointed>,
    /// The vectors of the step shown, or of one a moment ago.
    pub steps: Option<&'a Steps>,
    /// What bases make of it, or of one a moment ago.
    pub base_moves: Option<&'a BaseMoves>,
    /// The ground around where the runs stand, or stood a moment ago.
    pub close: Option<&'a Close>,
    /// Where one looks.
    pub look: Look,
}

impl<'a> Picture<'a> {
    /// What is to be seen of `scene` with what `engine` has finished.
    #[must_use]
    pub fn of(scene: &'a Scene, engine: &'a Engine, look: Look) -> Self {
        let seen = engine.shown();
        let section = seen.map(|seen| &*seen.section);
        // A ground that was made for what is coming lies in another plane.
        let under = |terrain: &&Terrain| seen.is_none_or(|seen| terrain.is_under(seen));
        let comparison = seen.map(|seen| &*seen.comparison);
        // Old measures beside new runs would be told as theirs.
        let measures = engine.product::<Measures>();
        let here = engine.product::<Here>();
        let spectra = engine.product::<Spectra>();
        let profiles = engine.product::<Profiles>();
        let pulls = engine.product::<Pulls>();
        let outcomes = engine.product::<Outcomes>();
        let surveyed = engine.product::<Surveyed>();
        let predictions = engine.product::<Predictions>();
        let source = comparison.map(|comparison| comparison.scene.source());
        let lies = |of: &Source, plane: &Plane| {
            Some(of) == source.as_ref() && section.is_some_and(|section| section.plane == *plane)
        };
        let steps = engine.product::<Steps>();
        let moves = engine.product::<BaseMoves>();
        let close = engine.product::<Close>();
        Self {
            asked: scene,
            scene: comparison.map_or(scene, |comparison| &comparison.scene),
            comparison,
            section,
            terrain: engine.terrain().filter(under),
            grounds: engine.product::<Grounds>().filter(|found| {
                found.of.ground == scene.ground && lies(&found.of.source, &found.of.plane)
            }),
            slopes: engine.product::<Slopes>().filter(|found| {
                found.of.arrows == scene.arrows && lies(&found.of.source, &found.of.plane)
            }),
            predictions: predictions.filter(|found| Some(&*found.comparison) == comparison),
            surveyed: surveyed.filter(|found| Some(&found.source) == source.as_ref()),
            ends: engine
                .product::<Ends>()
                .filter(|ends| comparison.is_some_and(|comparison| ends.of.is_about(comparison))),
            outcomes: outcomes.filter(|found| Some(&*found.comparison) == comparison),
            measures: measures.filter(|found| Some(&*found.comparison) == comparison),
            here: here.filter(|found| Some(&*found.measures.comparison) == comparison),
            feet: engine.product::<Feet>(),
            pointed: engine
                .product::<Pointed>()
                .filter(|found| section.is_some_and(|it| found.is_on(it))),
            spectra: spectra.filter(|found| Some(&*found.comparison) == comparison),
            profiles: profiles.filter(|found| Some(&*found.comparison) == comparison),
            pulls: pulls.filter(|found| Some(&*found.comparison) == comparison),
            steps: steps.filter(|found| Some(&*found.comparison) == comparison),
            base_moves: moves.filter(|found| Some(&*found.steps.comparison) == comparison),
            close: close.filter(|close| close.runs.iter().flatten().all(|ground| under(&ground))),
            look,
        }
    }

    /// The places of the runs that are shown.
    #[must_use]
    pub fn runs(&self) -> Vec<usize> {
        let is_hidden = |place: usize| {
            let name = self.scene.runs.get(place).map(|run| &run.name);
            self.asked.runs.iter().any(|run| run.hidden && Some(&run.name) == name)
        };
        (0..self.scene.runs.len()).filter(|place| !is_hidden(*place)).collect()
    }

    /// Whether what is shown follows from something else than what was asked for.
    #[must_use]
    pub fn is_old(&self) -> bool {
        let asked = ComparisonJob::of(self.asked);
        self.comparison.is_none_or(|comparison| ComparisonJob::of(&comparison.scene) != asked)
    }

    /// What was measured where a run stands, over its own neighbourhood; nothing while it is not known.
    #[must_use]
    pub fn measured(&self, run: usize) -> Option<&'a Measured> {
        self.here?.of(run, self.look.at)
    }

    /// What a run predicts where it stands, once it is known.
    #[must_use]
    pub fn predicted(&self, run: usize) -> Option<&'a Prediction> {
        self.predictions?.runs.get(run)?.as_ref()
    }

    /// How a run ended, once it is known.
    #[must_use]
    pub fn outcome(&self, run: usize) -> Option<&'a Outcome> {
        self.outcomes?.runs.get(run)
    }

    /// Where each start of the map ends, where the ground is asked to tell it and this is the map: nothing while the end
    /// of a run is hidden.
    #[must_use]
    pub fn told_ends(&self) -> Option<&'a Ends> {
        let ends = self.ends.filter(|_| self.asked.layer != Layer::Loss)?;
        let is_here = self.terrain.is_some_and(|terrain| ends.of.is_on(terrain));
        let hides = self.runs().into_iter().any(|run| self.hides_the_end_of(run));
        (is_here && !hides).then_some(ends)
    }

    /// The edge of stability of a run at a step: none where none is derived, or where a step does not see all data.
    #[must_use]
    pub fn edge(&self, run: usize, step: usize, numbers: &Numbers) -> Option<Edge> {
        Edges::of(self, run)?.at(step, numbers)
    }

    /// The run at `place` of the scene.
    #[must_use]
    pub fn run(&self, place: usize) -> Option<&'a Trajectory> {
        self.comparison?.runs.get(place)
    }

    /// What a run follows from.
    #[must_use]
    pub fn spec(&self, run: usize) -> RunSpec {
        self.scene.spec(run)
    }

    /// What a step of a run is made with.
    #[must_use]
    pub fn spec_at(&self, run: usize, step: usize) -> RunSpec {
        self.scene.spec(run).at(step)
    }

    /// What is seen of a run in the plane of the map, step by step.
    #[must_use]
    pub fn shadow(&self, run: usize) -> Option<&'a Shadow> {
        self.section?.paths.get(run)
    }

    /// Where weights are drawn on the map: the nearest point of its plane.
    #[must_use]
    pub fn place(&self, w: ArrayView1<'_, f64>) -> [f64; 2] {
        match self.section {
            Some(section) if section.plane.origin.len() == w.len() => section.plane.project(w),
            Some(_) | None => [0, 1].map(|k| w.get(k).copied().unwrap_or_default()),
        }
    }

    /// How far weights are from the plane of the map; zero where the map is the whole space.
    #[must_use]
    pub fn off_plane(&self, w: ArrayView1<'_, f64>) -> f64 {
        match self.section {
            Some(section) if section.plane.origin.len() == w.len() => section.plane.distance(w),
            Some(_) | None => 0.0,
        }
    }

    /// Whether the map is a plane through a larger space.
    #[must_use]
    pub fn is_a_slice(&self) -> bool {
        self.section.is_some_and(|section| !section.is_whole())
    }

    /// How long a unit of the map is, measured as weights are.
    #[must_use]
    pub fn unit(&self) -> f64 {
        let along = self.section.map(|section| &section.plane.along);
        let length = along.map_or(1.0, |along| along.dot(along).sqrt());
        if length > 0.0 { length } else { 1.0 }
    }

    /// The loss of the point of the plane that a run is drawn at, to be said beside its own; none until it is known.
    #[must_use]
    pub fn loss_on_plane(&self, run: usize) -> Option<f64> {
        self.feet?.of(self.section?, run, self.look.at)
    }

    /// What a run was doing at the step shown, or at its last if it ended before.
    #[must_use]
    pub fn row(&self, run: usize) -> Option<Row<'a>> {
        self.run(run)?.row(self.step_of(run))
    }

    /// The step that a run stands at; its last if it ended before.
    #[must_use]
    pub fn step_of(&self, run: usize) -> usize {
        self.run(run).map_or(0, |run| self.look.at.step_of(run))
    }

    /// Whether the end of a run lies ahead of the moment shown, and is not to be told.
    #[must_use]
    pub fn hides_the_end_of(&self, run: usize) -> bool {
        let is_ahead = self.run(run).is_some_and(|path| self.step_of(run) < path.last_step());
        self.look.future == Future::Hidden && is_ahead
    }

    /// The step of a run that leaves the row shown; where it is still being recalled, the last one that was.
    #[must_use]
    pub fn step(&self, run: usize) -> Option<&'a Step> {
        self.steps?.runs.get(run)?.as_ref()
    }

    /// What the base of a run makes of the step that leaves the row shown, once it is known.
    #[must_use]
    pub fn moves(&self, run: usize) -> Option<&'a Moves> {
        let shown = self.step_of(run);
        let steps = &self.base_moves?.steps;
        let step = steps.runs.get(run)?.as_ref()?.step;
        steps.moves.get(run)?.as_ref().filter(|_| step == shown)
    }

    /// The perturbation of the step that leaves the row shown, once it is recalled.
    #[must_use]
    pub fn epsilon(&self, run: usize) -> Option<ArrayView1<'a, f64>> {
        let shown = self.step_of(run);
        self.step(run).filter(|step| step.step == shown).map(|step| step.epsilon.view())
    }

    /// What a run is called: "SGD", "SAM", "SAM (Momentum)", "SAM ρ 0.05".
    #[must_use]
    pub fn name(&self, run: usize) -> String {
        let label = self.comparison.and_then(|comparison| comparison.labels.get(run).cloned());
        label.or_else(|| names::labels(self.scene).into_iter().nth(run)).unwrap_or_default()
    }

    /// What a run is called where one of its steps is told: of a run that changes, by what the step is made with.
    #[must_use]
    pub fn name_at(&self, run: usize, step: usize) -> String {
        let spec = self.spec(run);
        if spec.then.is_empty() { self.name(run) } else { names::optimizer(&spec.at(step)) }
    }

    /// Whether the steps of a run see a part of the data only.
    #[must_use]
    pub fn sees_a_part(&self, run: usize) -> bool {
        let examples = self.comparison.map_or(0, |it| it.problem.objective.examples());
        !self.spec(run).batch.is_all_of(examples)
    }

    /// Why the mistake of a run makes no difference, where it makes one and none follows.
    #[must_use]
    pub fn idle_mistake(&self, run: usize) -> Option<&'static str> {
        let (spec, comparison) = (self.spec(run), self.comparison?);
        // What all runs share is not held against one that does not look around.
        let is_its_own = self.scene.runs.get(run)?.own.mistake.is_some();
        if !(is_its_own || spec.perturbs()) {
            return None;
        }
        let objective = &*comparison.problem.objective;
        mistake::idle(&spec.mistake, &about::circumstances(self.scene, &spec, objective))
    }

    /// Whether a run looks around before it steps, at some step or at every one.
    #[must_use]
    pub fn perturbs(&self, run: usize) -> bool {
        self.spec(run).perturbs()
    }

    /// Whether a run looks around in a neighbourhood: without one neither proxy nor worst case nor average means anything.
    #[must_use]
    pub fn has_neighbourhood(&self) -> bool {
        self.comparison.is_some_and(|comparison| measures::looking(comparison).is_some())
    }

    /// Whether it does where it stands.
    #[must_use]
    pub fn perturbs_here(&self, run: usize) -> bool {
        self.spec_at(run, self.step_of(run)).perturbs()
    }
}

/// The edges of one run along its steps.
pub(super) struct Edges(Vec<Stretch>);

/// What a run is made with from a step on.
struct Stretch {
    from: usize,
    /// The first step with this base.
    base_since: usize,
    ball: Ball,
    base: Box<dyn Base>,
    ascent: Box<dyn Ascent>,
}

impl Edges {
    /// Those of a run whose steps see all data, which is what edges are derived for.
    pub(super) fn of(picture: &Picture<'_>, run: usize) -> Option<Self> {
        let whole = picture.spec(run);
        let examples = picture.comparison?.problem.objective.examples();
        let sees_all = whole.batch.is_all_of(examples);
        let stretch = |(from, spec): (usize, RunSpec)| Stretch {
            from,
            base_since: whole.base_since(from),
            ball: spec.ball,
            base: spec.base.build(),
            ascent: spec.ascent.build(),
        };
        // None is derived of a step with a mistake in it.
        let stretches = whole.stretches().map(stretch).collect();
        (sees_all && !whole.is_mistaken()).then_some(Self(stretches))
    }

    /// The edge at a step.
    pub(super) fn at(&self, step: usize, numbers: &Numbers) -> Option<Edge> {
        let now = self.0.iter().rfind(|stretch| stretch.from <= step)?;
        let rho = Radius::new(numbers.rho).unwrap_or(now.ball.rho);
        let ball = Ball { rho, ..now.ball };
        let step = step - now.base_since;
        let at = At { eta: numbers.eta, ball, gradient_norm: numbers.gradient_norm, step };
        edge::of(&*now.base, &*now.ascent, &at)
    }
}
