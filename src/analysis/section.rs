//! The paths of runs projected onto a plane through weight space, and how far each step is from it.
//!
//! Distances are kept because a projected path may lie in a valley of the map when its weights are nowhere near it.

use ndarray::{Array1, ArrayView1};

use super::slices::{Cut, Ground, Slice, Work};
use crate::optim::trajectory::Trajectory;
use crate::problem::grid::{Plane, Window};

/// A plane, and what it shows of the runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// The plane.
    pub plane: Plane,
    /// What its two directions are.
    pub axes: [String; 2],
    /// What it is: "through the start and both ends"; empty for two weights, where it is everything there is.
    pub about: String,
    /// Where it could not be what it was asked to be, what it is instead; empty otherwise.
    pub note: String,
    /// The part of the variance of the paths that lies in it, 0 to 1.
    pub variance: f64,
    /// What to look at first.
    pub window: Window,
    /// The path of each run, projected.
    pub paths: Vec<Shadow>,
}

/// A path projected onto a plane.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Shadow {
    /// Where each step is drawn.
    pub places: Vec<[f64; 2]>,
    /// How far each step is from the plane.
    pub distances: Vec<f64>,
}

impl Shadow {
    fn of(run: &Trajectory, plane: &Plane) -> Self {
        let mut shadow = Self::default();
        shadow.fall(run, plane, run.rows());
        shadow
    }

    /// Projects up to `most` more steps; false when there is none left.
    fn fall(&mut self, run: &Trajectory, plane: &Plane, most: usize) -> bool {
        for w in run.points().skip(self.places.len()).take(most) {
            self.places.push(plane.project(w));
            self.distances.push(plane.distance(w));
        }
        self.places.len() < run.rows()
    }
}

impl Section {
    /// The plane of a problem with two weights of these names: the weights themselves, and the runs.
    #[must_use]
    pub fn of_two_weights(names: Vec<String>, window: Window, runs: &[Trajectory]) -> Self {
        let plane = Plane::of_weights();
        let mut names = names.into_iter();
        let paths = runs.iter().map(|run| Shadow::of(run, &plane)).collect();
        Self {
            axes: [0, 1].map(|_| names.next().unwrap_or_default()),
            about: String::new(),
            note: String::new(),
            variance: 1.0,
            window,
            paths,
            plane,
        }
    }

    /// What `slice` shows.
    #[must_use]
    pub fn of(slice: &dyn Slice, ground: &Ground<'_>) -> Self {
        let mut work = SectionWork::of(slice);
        loop {
            if let Some(section) = work.advance(ground) {
                return section;
            }
        }
    }

    /// Whether the plane is everything there is.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.plane.is_the_weight_plane()
    }
}

/// A section being made, in pieces short enough that it can be dropped for another at any moment.
pub struct SectionWork(Stage);

enum Stage {
    /// The plane is being laid.
    Laying(Box<dyn Work>),
    /// The plane is there, and paths are being projected.
    Falling(Box<Section>),
}

/// Numbers that one piece looks at, at most: some tens of microseconds.
const PIECE: usize = 1 << 14;

impl SectionWork {
    /// What `slice` shows, not begun.
    #[must_use]
    pub fn of(slice: &dyn Slice) -> Self {
        Self(Stage::Laying(slice.begin()))
    }

    /// One more piece, on the same ground every time; the section when it was the last.
    pub fn advance(&mut self, ground: &Ground<'_>) -> Option<Section> {
        match &mut self.0 {
            Stage::Laying(work) => {
                if let Some(Cut { plane, axes, about, note, reach }) = work.advance(ground) {
                    self.0 = Stage::Falling(Box::new(Section {
                        variance: variance(ground, &plane),
                        window: window(ground, &plane, reach),
                        paths: vec![Shadow::default(); ground.runs.len()],
                        plane,
                        axes,
                        about,
                        note,
                    }));
                }
                None
            }
            Stage::Falling(section) => {
                let Section { plane, paths, .. } = &mut **section;
                let most = (PIECE / plane.origin.len().max(1)).max(1);
                let falling = paths
                    .iter_mut()
                    .zip(ground.runs)
                    .any(|(path, run)| path.fall(run, plane, most));
                (!falling).then(|| Section::clone(section))
            }
        }
    }
}

/// The part of the variance of the paths that lies in the plane.
fn variance(ground: &Ground<'_>, plane: &Plane) -> f64 {
    let mut mean: Array1<f64> = Array1::zeros(ground.start.len());
    let mut count = 0.0;
    for w in ground.kept_of_all() {
        count += 1.0;
        // A running mean: sums of large weights would lose what tells them apart.
        let apart = &w - &mean;
        mean.scaled_add(1.0 / count, &apart);
    }
    let frame = plane.frame();
    let (mut inside, mut whole) = (0.0, 0.0);
    for w in ground.kept_of_all() {
        let apart = &w - &mean;
        inside += frame.iter().map(|unit| unit.dot(&apart)).map(|x| x * x).sum::<f64>();
        whole += apart.dot(&apart);
    }
    if whole > 0.0 { (inside / whole).min(1.0) } else { 1.0 }
}

/// Room around the paths, as a part of the longer side.
const ROOM: f64 = 0.3;
/// A window is never narrower than this part of its length.
const NARROWEST: f64 = 0.6;

/// A window that shows the paths with room around them, and `reach` around the origin.
fn window(ground: &Ground<'_>, plane: &Plane, reach: f64) -> Window {
    let place = |w: ArrayView1<'_, f64>| plane.project(w);
    let points = ground.kept_of_all().map(place).chain([[-reach; 2], [reach; 2]].into_iter().take(
        // Without a reach of its own, the origin need not be seen.
        if reach > 0.0 { 2 } else { 0 },
    ));
    let [x, y] = points
        .filter(|at| at.iter().all(|x| x.is_finite()))
        .fold([None, None], |[x, y], at| [wider(x, at[0]), wider(y, at[1])])
        .map(|range| range.unwrap_or([0.0, 0.0]));
    let longest = (x[1] - x[0]).max(y[1] - y[0]);
    let longest = if longest > 0.0 { longest } else { 1.0 };
    let roomy = |[low, high]: [f64; 2]| {
        let middle = f64::midpoint(low, high);
        let half = ((high - low) / 2.0).max(NARROWEST * longest / 2.0) + ROOM * longest;
        [middle - half, middle + half]
    };
    Window::showing(roomy(x), roomy(y))
}

fn wider(range: Option<[f64; 2]>, x: f64) -> Option<[f64; 2]> {
    Some(range.map_or([x, x], |[low, high]| [low.min(x), high.max(x)]))
}
