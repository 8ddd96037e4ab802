//! Where words stand on the map: looked for once, and the same on the maps of all runs.

use kurbo::Rect;

use super::Extract;
use super::diverged;
use super::heights::{self, Height};
use super::room::{Room, Spot, overlap};
use super::soundings::{self, Sounding};
use super::start;
use crate::problem::grid::Window;

/// The words of a map that look for a place of their own.
#[derive(Clone)]
pub struct Lettering {
    /// Where minima and saddles are.
    pub(in crate::figure) places: Vec<[f64; 2]>,
    /// Minima and saddles, with their numbers where there is room.
    pub(super) soundings: Vec<Sounding>,
    /// Heights along contour lines.
    pub(super) heights: Vec<Height>,
    /// Where the name of the start stands.
    pub(super) start: Option<Spot>,
    /// Where it stands that a run left the picture, by the place of the run.
    pub(super) diverged: Vec<(usize, Spot)>,
    /// The upper left corner of the map, and points a unit.
    origin: [f64; 2],
    scale: f64,
}

/// No words: those of a lens, which would only say them again.
pub(in crate::figure) static NONE: Lettering = Lettering {
    places: Vec::new(),
    soundings: Vec::new(),
    heights: Vec::new(),
    start: None,
    diverged: Vec::new(),
    origin: [0.0; 2],
    scale: 1.0,
};

/// What stands at the weights of a run takes up so many points to each side.
const HERE: f64 = 8.0;
/// A ball below this diameter in points is magnified, and what is magnified is twice as wide.
const SMALL: f64 = 26.0;
/// A ball that is wider than this part of the map leaves no room beside it: words stand in it.
const WIDEST: f64 = 0.4;

impl Lettering {
    /// Places for the words of an extract; they keep away from the paths of all runs, whichever are drawn.
    #[must_use]
    pub fn of(extract: &Extract<'_>) -> Self {
        let mut room = Room::of(extract);
        for place in at_work(extract, &room) {
            room.take(place);
        }
        let mut soundings = soundings::marked(extract, &mut room);
        let diverged = diverged::lettered(extract, &mut room);
        let start = start::lettered(extract, &mut room);
        soundings::lettered(&mut soundings, &mut room);
        let heights = heights::written(extract, &mut room);
        Self {
            places: soundings.iter().map(|sounding| sounding.at).collect(),
            soundings,
            heights,
            start,
            diverged,
            origin: [extract.window.x[0], extract.window.y[1]],
            scale: extract.points_per_unit,
        }
    }

    /// Minima and saddles without their numbers, and no other words: what stands on a surface looks for room there.
    #[must_use]
    pub fn bare(extract: &Extract<'_>) -> Self {
        let soundings = soundings::marked(extract, &mut Room::of(extract));
        let places = soundings.iter().map(|sounding| sounding.at).collect();
        Self { places, soundings, ..NONE.clone() }
    }

    /// How many words about minima, the start and the end of runs something over `window` would hide.
    #[must_use]
    pub fn hidden_by(&self, window: Window) -> usize {
        let over = self.points(window);
        let soundings = self.soundings.iter().filter_map(|sounding| sounding.spot);
        let diverged = self.diverged.iter().map(|(_, spot)| *spot);
        soundings.chain(self.start).chain(diverged).filter(|spot| overlap(spot.taken, over)).count()
    }

    /// The same without what something over `window` would hide or cut.
    #[must_use]
    pub fn beside(&self, window: Window) -> Self {
        let over = self.points(window);
        let stays = |spot: &Spot| !overlap(spot.taken, over);
        let mut left = self.clone();
        for sounding in &mut left.soundings {
            sounding.spot = sounding.spot.filter(stays);
        }
        left.start = left.start.filter(stays);
        left.diverged.retain(|(_, spot)| stays(spot));
        left.heights.retain(|height| !overlap(height.taken, over));
        left
    }

    /// Whether nothing is written within so far of a place, in units of the map.
    #[must_use]
    pub(super) fn is_clear(&self, [x, y]: [f64; 2], reach: f64) -> bool {
        let around = Window { x: [x - reach, x + reach], y: [y - reach, y + reach] };
        let over = self.points(around);
        let written = self.heights.iter().map(|height| height.taken);
        self.hidden_by(around) == 0 && !written.into_iter().any(|taken| overlap(taken, over))
    }

    fn points(&self, Window { x, y }: Window) -> Rect {
        let across = x.map(|x| self.scale * (x - self.origin[0]));
        let down = y.map(|y| self.scale * (self.origin[1] - y));
        Rect::new(across[0], down[1], across[1], down[0])
    }
}

/// What stands where the runs are: words that it hid would flicker while it passes, so they stand elsewhere.
fn at_work(extract: &Extract<'_>, room: &Room) -> Vec<Rect> {
    /// Corners of a ball's outline: enough for the box around it.
    const CORNERS: usize = 32;
    let [width, height] = extract.window.span();
    let widest = WIDEST * extract.points_per_unit * width.min(height);
    let mut places = Vec::new();
    for &run in extract.all {
        let Some(row) = extract.picture.row(run) else { continue };
        let at = extract.picture.place(row.w);
        if !extract.window.contains(at) {
            continue;
        }
        let here = room.around(at, HERE);
        let outline = extract.picture.ball_around(run, &row, CORNERS).unwrap_or_default();
        let ball = outline.iter().fold(here, |all, corner| all.union(room.around(*corner, 1.0)));
        // A ball that is magnified has a frame around it on the map.
        let side = ball.width().max(ball.height());
        let framed = if side < SMALL { ball.inflate(side / 2.0, side / 2.0) } else { ball };
        places.push(if side <= widest { framed } else { here });
    }
    places
}
