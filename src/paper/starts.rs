//! Many starts: points spread over a box at random, by the scene's seed, or a key with a range of values.

use rand::RngExt as _;

use crate::lesson::BadLesson;
use crate::lesson::fields::Fields;
use crate::math::random::Streams;
use crate::scene::Scene;
use crate::scene::keys::{self, Edit};
use crate::sweep::Plan;
use crate::typed::Axis;

/// The keys of a box of starts.
const OF_A_BOX: [&str; 3] = ["x", "y", "count"];
/// Starts of a claim at most: more take longer than anyone waits for a check.
const MOST: usize = 10_000;

/// The scenes that `over` or `starts` of a claim make of `scene`; none where it says neither.
pub(super) fn scenes(fields: &Fields<'_>, scene: &Scene) -> Result<Option<Vec<Scene>>, BadLesson> {
    let boxes = fields.tables("starts", &OF_A_BOX)?;
    match (fields.text("over")?, boxes.first()) {
        (Some(_), Some(_)) => {
            Err(fields.bad("over", "over and starts exclude each other; say one"))
        }
        (Some(over), None) => over_key(fields, over, scene).map(Some),
        (None, Some(of)) => in_a_box(of, scene).map(Some),
        (None, None) => Ok(None),
    }
}

fn over_key(fields: &Fields<'_>, over: &str, scene: &Scene) -> Result<Vec<Scene>, BadLesson> {
    let bad = |why: String| fields.bad("over", why);
    let axis = Axis::read(over).map_err(|why| bad(why.to_string()))?;
    let plan = Plan::new(&[axis], None).map_err(|why| bad(why.to_string()))?;
    if plan.cells() > MOST {
        return Err(bad(format!("these are {} scenes, and {MOST} are the most", plan.cells())));
    }
    let made = |edits: &[Edit]| {
        let mut scene = scene.clone();
        keys::apply(&mut scene, edits).map(|()| scene)
    };
    let cells = (0..plan.cells()).map(|cell| plan.scene(cell, made));
    cells.collect::<Result<_, _>>().map_err(|why| bad(why.to_string()))
}

fn in_a_box(of: &Fields<'_>, scene: &Scene) -> Result<Vec<Scene>, BadLesson> {
    let missing = "starts = { x = [from, to], y = [from, to], count = 200 } says all three";
    let (Some(x), Some(y), Some(count)) = (of.point("x")?, of.point("y")?, of.count("count")?)
    else {
        return Err(of.bad("x", missing));
    };
    if scene.subject.dimension() != 2 {
        return Err(of.bad("x", "a box of starts is for problems of two weights"));
    }
    if !(1..=MOST).contains(&count) || x[0] > x[1] || y[0] > y[1] {
        let why = format!("a box goes from less to more, and has 1 to {MOST} starts");
        return Err(of.bad("count", why));
    }
    let mut dice = Streams::new(scene.seed).directions();
    let mut between = |[from, to]: [f64; 2]| from + (to - from) * dice.random::<f64>();
    let starts: Vec<[f64; 2]> = (0..count).map(|_| [between(x), between(y)]).collect();
    let at = |start: [f64; 2]| {
        let mut scene = scene.clone();
        scene.shared.start = Some(start.to_vec());
        scene
    };
    Ok(starts.into_iter().map(at).collect())
}
