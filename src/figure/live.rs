//! What a listener is told when another step is shown: where each run that moved is, how deep, and how far it goes next.
//!
//! "Step 12: SGD at (1.08, −0.87), loss 0.638, next a step of 0.3; SAM at (−0.8, 1.05), loss 0.495, next a step of 0.28"
//!
//! It says what changed, and not all again: runs that stand where they stood are left out.

use super::numerals::{self, short};
use super::picture::Picture;
use super::stride::Stride;
use crate::math::norm::Norm;
use crate::optim::moment::Moment;

/// What is told of the moment shown; empty before there are runs.
#[must_use]
pub fn told(picture: &Picture<'_>) -> String {
    let runs = picture.runs();
    let said: Vec<String> = runs.iter().filter_map(|&run| of_run(picture, run)).collect();
    if said.is_empty() {
        return String::new();
    }
    let at = match picture.look.at {
        Moment::Step(step) => format!("Step {step}"),
        Moment::Gradients(paid) => format!("{paid} gradients"),
    };
    format!("{at}: {}", said.join("; "))
}

fn of_run(picture: &Picture<'_>, run: usize) -> Option<String> {
    let (name, row) = (picture.name(run), picture.row(run)?);
    let path = picture.run(run)?;
    let step = picture.step_of(run);
    let is_at_rest = || path.row(step.checked_sub(1)?).filter(|before| before.w == row.w);
    if picture.look.at.is_after(path) || is_at_rest().is_some() {
        return None;
    }
    let place = if row.w.len() == 2 {
        format!(" at {}", numerals::point([row.w[0], row.w[1]]))
    } else {
        String::new()
    };
    let mut said = format!("{name}{place}, loss {}", short(row.numbers.loss, 3));
    if let Some(update) = Stride::of(picture, run).and_then(|stride| stride.update()) {
        said += &format!(", next a step of {}", short(Norm::L2.length(update.view()), 2));
    }
    Some(said)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Asked, Engine};
    use crate::figure::picture::{Against, Closer, Future, Look, Sight};
    use crate::scene::{Scene, file};

    fn told_of(text: &str, step: usize) -> String {
        let scene: Scene = file::read(text).unwrap();
        let mut engine = Engine::in_place();
        engine.follow(|engine| {
            let window = engine.window_of(&scene, engine.coming());
            Asked::of(&scene, step).on(window)
        });
        let look = Look {
            at: Moment::Step(step),
            window: scene.shown_window(),
            against: Against::Steps,
            gauge: scene.shown_measure(),
            points_per_unit: 1.0,
            charts: Closer::default(),
            lens: Sight::Hidden,
            lit: None,
            future: Future::Shown,
            story: None,
            pulls: false,
        };
        told(&Picture::of(&scene, &engine, look))
    }

    #[test]
    fn it_says_where_each_run_is_how_deep_and_how_far_it_goes() {
        // Descent on ½(10x² + y²) with η = 0.1: from (0, 1) to (0, 0.9), then 0.09 further.
        let text = "landscape = \"quadratic\"\nstart = [0.0, 1.0]\neta = 0.1\nsteps = 5\n[[run]]\nname = \"a\"\nascent = \"none\"";
        let told = "Step 1: a at (0.00,\u{a0}0.90), loss 0.405, next a step of 0.09";
        assert_eq!(told_of(text, 1), told);
    }

    #[test]
    fn a_run_that_does_not_move_is_left_out() {
        let text =
            "landscape = \"quadratic\"\nstart = [0.0, 0.0]\nsteps = 5\n[[run]]\nascent = \"none\"";
        assert_eq!(told_of(text, 3), "");
        assert!(told_of(text, 0).starts_with("Step 0: "));
    }
}
