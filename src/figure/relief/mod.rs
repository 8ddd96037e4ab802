//! A map in relief: the ground as a surface, with the same routes, balls, minima and words on it.
//!
//! All of it is marks in the plane of a camera, as those of the map are marks in the plane of the weights: it is painted,
//! written into files and described like a map. What lies on the surface is hidden by what stands before it. The lens stays
//! with the map; where it is as large as the map, there is no relief to be seen.

use std::sync::Arc;

use kurbo::Rect;

use super::label::Labels;
use super::overlays::Extract;
use super::picture::{Picture, Sight};
use super::surface::Surface;
use super::{Axis, AxisScale, Ink, Mark, Pane, grounds};
use crate::analysis::levels::{Levels, Spacing};
use crate::analysis::relief::Relief;
use crate::problem::grid::Window;
use crate::scene::prospect::Prospect;

mod lift;
mod block;
pub mod kept;

use block::Block;
use kept::{ByAddress, Kept, Set};

/// What maps in relief have in common where their ground is one: all that does not belong to a run.
pub(super) struct Stage {
    surface: Arc<Surface>,
    /// What is seen of the plane of the camera.
    plane: Window,
    /// The edges and axes of the block, and the contour lines on it.
    marks: Vec<Mark>,
    /// What words at the axes take of the plane, in points from its upper left corner.
    taken: Vec<Rect>,
    heights: Heights,
}

/// What the upright axis tells.
#[derive(Clone, PartialEq)]
struct Heights {
    /// What is as high.
    name: String,
    /// How lines and heights are spaced.
    spacing: Spacing,
    /// Tones with their heights, what matters most first.
    marks: Vec<(f64, f64)>,
}

/// Whether the maps of a picture are in relief.
#[must_use]
pub fn is_seen(picture: &Picture<'_>) -> bool {
    picture.asked.view == Prospect::Relief
        && picture.look.lens != Sight::Whole
        && picture.terrain.is_some()
}

impl Stage {
    /// The stage of an extract with the ground of the maps of `runs`. None where maps are flat, and where nothing of the
    /// ground is in view.
    #[must_use]
    pub(super) fn of(extract: &Extract<'_>, runs: &[usize], kept: &Kept) -> Option<Arc<Self>> {
        let picture = extract.picture;
        let terrain = picture.terrain.filter(|_| is_seen(picture))?;
        let symbol = grounds::symbol(picture, runs).unwrap_or_else(|| "L".to_owned());
        let name = |k: usize| picture.section.map(|section| section.axes[k].clone());
        let set = Set {
            relief: ByAddress(Arc::clone(&terrain.relief)),
            covered: terrain.field.grid.window,
            seen: extract.window,
            points_per_unit: extract.points_per_unit,
            bearing: picture.asked.turn,
            names: [0, 1].map(|k| name(k).unwrap_or_default()),
            heights: Heights::of(&terrain.levels, &symbol),
            contours: extract.marks_of(|overlay| overlay.id == "contours"),
        };
        kept.or_made(set, Self::set)
    }

    fn set(set: &Set) -> Option<Self> {
        let Set { relief: ByAddress(relief), covered, seen, points_per_unit, .. } = set;
        let Set { bearing, heights, contours, .. } = set;
        let names = [0, 1].map(|k| &*set.names[k]);
        let mut surface = Surface::of(relief, relief, *covered, *seen, *bearing)?;
        let size = seen.span().map(|span| span * points_per_unit);
        let plane = Block { surface: &surface, names, heights }.fitted(size);
        surface.points_per_unit = size[0] / plane.span()[0];
        let block = Block { surface: &surface, names, heights };
        let (axes, taken) = block.axes(plane);
        let contours = lift::lifted(&surface, contours);
        let marks = [block.rim(), axes, contours].into_iter().flatten().collect();
        let heights = heights.clone();
        Some(Self { surface: Arc::new(surface), plane, marks, taken, heights })
    }

    /// The pane of an extract, whose lettering is bare, on this stage; `flat` has all that its map has but what is drawn.
    #[must_use]
    pub(super) fn pane(&self, extract: &Extract<'_>, flat: Pane) -> Pane {
        let ground = extract.marks_of(|overlay| overlay.id == "ground");
        let surface = match ground.first() {
            Some(Mark::Terrain { relief, .. }) => self.painted_with(relief),
            _ => Arc::clone(&self.surface),
        };
        let own = extract.marks_of(|overlay| !["ground", "contours"].contains(&overlay.id));
        let own = lift::lifted(&surface, &own);
        let routes = own.iter().filter_map(|mark| match mark {
            Mark::Path { points, pen } if matches!(pen.ink, Ink::Run(_)) => Some(&**points),
            _ => None,
        });
        let routes: Vec<&[[f64; 2]]> = routes.collect();
        let words = extract.words_on(&surface, self.plane, &routes, &self.taken);
        let mut marks = vec![Mark::Surface(surface)];
        marks.extend(self.marks.iter().cloned().chain(own).chain(words));
        let axis = |range| Axis {
            label: String::new(),
            range,
            scale: AxisScale::Linear,
            ticks: Vec::new(),
        };
        let said = [flat.caption, self.heights.said()].into_iter().filter(|part| !part.is_empty());
        Pane {
            caption: said.collect::<Vec<_>>().join("; "),
            description: self.heights.described(&flat.description),
            x: axis(self.plane.x),
            y: axis(self.plane.y),
            marks,
            labels: Labels::default(),
            lens: None,
            ..flat
        }
    }

    fn painted_with(&self, ground: &Arc<Relief>) -> Arc<Surface> {
        if Arc::ptr_eq(ground, &self.surface.ground) {
            Arc::clone(&self.surface)
        } else {
            Arc::new(self.surface.painted_with(ground))
        }
    }
}

impl Heights {
    /// The index lines of `levels` with their heights, then the other lines.
    fn of(levels: &Levels, symbol: &str) -> Self {
        let mark = |k: usize| (levels.tone(levels.values[k]), levels.values[k]);
        let is_index = |k: &usize| levels.index.get(*k) == Some(&true);
        let all = 0..levels.values.len();
        let (index, others): (Vec<usize>, Vec<usize>) = all.partition(is_index);
        let marks = index.into_iter().chain(others).map(mark).collect();
        Self { name: symbol.to_owned(), spacing: levels.spacing, marks }
    }

    /// What a height means, as a clause; empty where all is flat.
    fn said(&self) -> String {
        if self.marks.is_empty() {
            return String::new();
        }
        let name = self.name.replace(' ', "\u{a0}");
        match self.spacing {
            Spacing::Linear | Spacing::Auto => format!("heights are {name}"),
            Spacing::Logarithmic => format!("heights are the logarithm of {name} above its lowest"),
            Spacing::Quantile => format!("heights are the rank of {name}"),
        }
    }

    /// What is told of a map to those who cannot see it, of a relief.
    fn described(&self, map: &str) -> String {
        let told = map.replacen("Map of ", "Relief of ", 1);
        match self.said() {
            said if said.is_empty() => told,
            said => format!("{told} In the relief {said}."),
        }
    }
}
