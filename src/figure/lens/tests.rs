//! Lenses over scenes, steps, norms, ascents and bases.

mod still;
mod story;
mod turn;

use super::limbs::apart;
use super::*;
use crate::analysis::gauge::Gauge;
use crate::engine::{Asked, Engine};
use crate::figure::picture::{Against, Closer, Look};
use crate::figure::{Corner, maps, sheet};
use crate::problem::Batch;
use crate::scene::{Scene, builtin, file};

/// A scene at one step after the other, on a sheet.
struct Stand {
    scene: Scene,
    engine: Engine,
    size: [f64; 2],
    lens: Sight,
}

impl Stand {
    fn of(text: &str) -> Self {
        Self::on(file::read(text).unwrap())
    }

    fn on(scene: Scene) -> Self {
        let (size, lens) = ([1280.0, 800.0], Sight::default());
        Self { scene, engine: Engine::in_place(), size, lens }
    }

    fn at<R>(&mut self, step: usize, see: impl FnOnce(&Picture<'_>) -> R) -> R {
        let Self { scene, engine, size, lens } = self;
        let mut look = Look {
            at: step.into(),
            window: scene.shown_window(),
            against: Against::Steps,
            gauge: Gauge::Minima,
            points_per_unit: 1.0,
            charts: Closer::default(),
            lens: *lens,
            lit: None,
            future: crate::figure::picture::Future::Shown,
            story: None,
            pulls: false,
        };
        engine.follow(|engine| {
            let window = engine.window_of(scene, engine.coming());
            look = sheet::look(&Picture::of(scene, engine, Look { window, ..look }), *size);
            let lenses = windows(&Picture::of(scene, engine, look));
            Asked { lenses, ..Asked::of(scene, step).on(look.window) }
        });
        see(&Picture::of(scene, engine, look))
    }

    fn last_step(&self) -> usize {
        self.scene.steps.get()
    }
}

/// What is laid out in the lens of run number `run`.
fn laid(picture: &Picture<'_>, run: usize) -> Option<(Glass, Laid)> {
    let glass = Glass::of(picture, run)?;
    let stride = Stride::of(picture, run)?;
    let laid = Laid::of(picture, &stride, &glass);
    Some((glass, laid))
}

#[track_caller]
fn is_in_order(told: &str, glass: &Glass, laid: &Laid) {
    let boxes = laid.boxes();
    let room = kurbo::Rect::new(0.0, 0.0, glass.size[0], glass.size[1]);
    for (k, (text, place)) in boxes.iter().enumerate() {
        assert!(room.contains_rect(*place), "{told}: \"{text}\" at {place:?} leaves the lens");
        for (other, there) in &boxes[..k] {
            assert!(!letters::meet(*place, *there), "{told}: \"{text}\" lies over \"{other}\"");
        }
    }
    let limbs = &laid.limbs.limbs;
    for (k, limb) in limbs.iter().enumerate() {
        for other in &limbs[..k] {
            assert!(!apart::coincide(*limb, *other), "{told}: {limb:?} lies on {other:?}");
        }
        let inside = limb.to.iter().zip(glass.size).all(|(x, side)| -1.0 < *x && *x < side + 1.0);
        assert!(inside, "{told}: {limb:?} leaves the lens");
    }
}

/// Whether everything that is drawn is named.
fn is_named(laid: &Laid) -> bool {
    let says = |text: &str| laid.letters.placed.iter().any(|word| word.text == text);
    let has = |part| laid.limbs.get(part).is_some();
    says("w")
        && laid.limbs.tip.is_none_or(|_| says("w + ε"))
        && (!has(Part::Epsilon) || says("ε"))
        && (!has(Part::Update) || says("w′") || says("to w′"))
        && (!has(Part::There) || says("−η gₛₐₘ"))
        && (!has(Part::Here) || says("−η g"))
        && laid.limbs.ghost.is_none_or(|_| names_its_base(laid))
}

/// Whether the base is named where it would go, in full or in brief.
fn names_its_base(laid: &Laid) -> bool {
    laid.letters.placed.iter().any(|word| {
        let base = word.text.strip_suffix(" would go here").unwrap_or(&word.text);
        crate::optim::base::ALL.entries.iter().any(|entry| entry.name == base)
    })
}

#[test]
fn letters_never_overlap_and_arrows_never_lie_on_each_other() {
    let mut texts: Vec<String> = Vec::new();
    for ascent in [
        "sam",
        "asam",
        "unnormalised",
        "n_step",
        "gsam",
        "looksam",
        "friendly",
        "m_sam",
        "random_ball",
    ] {
        texts.push(format!("ascent = \"{ascent}\"\nsteps = 60"));
    }
    for p in ["1", "1.5", "inf"] {
        texts.push(format!("landscape = \"himmelblau\"\np = \"{p}\"\nsteps = 60"));
    }
    for base in ["momentum", "nesterov", "rmsprop", "adam", "adamw"] {
        texts.push(format!(
            "landscape = \"sharp_and_wide\"\nbase = \"{base}\"\neta = 0.02\nsteps = 60"
        ));
    }
    for rho in ["0", "1e-4", "2"] {
        texts.push(format!("landscape = \"quadratic\"\nrho = {rho}\nsteps = 40"));
    }
    let mut stands: Vec<(String, Stand)> =
        texts.into_iter().map(|text| (text.clone(), Stand::of(&text))).collect();
    for scene in ["bounce", "factorization", "rosenbrock", "sharp_and_wide", "minibatch"] {
        stands.push((scene.to_owned(), Stand::on(builtin::find(scene).unwrap())));
    }
    let (mut seen, mut named) = (0, 0);
    for (told, mut stand) in stands {
        let last = stand.last_step();
        for step in [0, 1, 2, 3, 5, 8, 13, 21, 34, last / 2, last - 1, last] {
            for (lens, size) in [
                (Sight::default(), [1280.0, 800.0]),
                (Sight::default(), [960.0, 640.0]),
                (Sight::Whole, [1280.0, 800.0]),
            ] {
                (stand.lens, stand.size) = (lens, size);
                stand.at(step, |picture| {
                    for run in picture.runs() {
                        let Some((glass, laid)) = laid(picture, run) else { continue };
                        let told = format!("{told}\nstep {step}, run {run}, {lens:?}");
                        is_in_order(&told, &glass, &laid);
                        seen += 1;
                        named += usize::from(is_named(&laid));
                        let nowhere = laid.letters.placed.iter().all(|word| word.place.is_finite());
                        assert!(nowhere, "{told}: a name stands nowhere");
                    }
                });
            }
        }
    }
    assert!(seen > 1200, "{seen} lenses were seen");
    assert_eq!(named, seen, "everything that is drawn is named");
}

#[test]
fn a_lens_keeps_its_corner_for_a_whole_run() {
    for scene in ["opening", "sharp_and_wide", "rosenbrock", "bounce"] {
        let mut stand = Stand::on(builtin::find(scene).unwrap());
        let last = stand.last_step();
        let mut corners: Vec<Vec<Site>> = Vec::new();
        for step in (0..=last).step_by(7).chain([last]) {
            corners.push(stand.at(step, |picture| {
                let panes = maps::side_by_side(picture);
                panes.iter().filter_map(|pane| Some(pane.lens.as_ref()?.site)).collect()
            }));
        }
        let first = corners[0].clone();
        assert!(
            first.len() >= 2 && corners.iter().all(|found| *found == first),
            "{scene}: {corners:?}"
        );
    }
}

#[test]
fn a_lens_is_where_it_was_put_and_nowhere_while_the_step_moves_by_itself() {
    let mut stand = Stand::of("");
    for corner in [Corner::TopLeft, Corner::TopRight, Corner::BottomLeft, Corner::BottomRight] {
        stand.lens = Sight::In(corner);
        let site =
            stand.at(8, |picture| maps::side_by_side(picture)[1].lens.as_ref().unwrap().site);
        assert_eq!(site, Site::Corner(corner));
    }
    stand.lens = Sight::Hidden;
    assert!(
        stand.at(8, |picture| maps::side_by_side(picture).iter().all(|pane| pane.lens.is_none()))
    );
}

#[test]
fn the_ball_is_seen_at_sixty_points_and_both_runs_at_one_scale() {
    for text in ["", "rho = 2", "rho = 0.001", "p = \"inf\"", "ascent = \"asam\""] {
        let mut stand = Stand::of(text);
        stand.at(5, |picture| {
            let (glass, laid) = laid(picture, 1).unwrap();
            let across = |k: usize| {
                let sides = laid.ball.iter().map(|at| at[k]);
                sides.clone().fold(f64::MIN, f64::max) - sides.fold(f64::MAX, f64::min)
            };
            assert!(across(0).max(across(1)) >= 60.0, "{text}: {}", across(0));
            let (other, _) = super::tests::laid(picture, 0).unwrap();
            if text != "ascent = \"asam\"" {
                assert!((other.unit / glass.unit - 1.0).abs() < 1e-9, "{text}");
            }
        });
    }
}

#[test]
fn the_last_step_has_an_update_that_is_not_taken() {
    for base in ["sgd", "momentum", "adam"] {
        let mut stand = Stand::of(&format!("base = \"{base}\"\nsteps = 9\neta = 0.1"));
        let mut longer = Stand::of(&format!("base = \"{base}\"\nsteps = 10\neta = 0.1"));
        for run in [0, 1] {
            let next = longer.at(10, |picture| picture.row(run).unwrap().w.to_vec());
            stand.at(9, |picture| {
                let stride = Stride::of(picture, run).unwrap();
                assert!(!stride.is_taken);
                assert_eq!(stride.next.unwrap().to_vec(), next, "{base}, run {run}");
                let (_, laid) = laid(picture, run).unwrap();
                assert!(laid.limbs.get(Part::Update).is_some(), "{base}, run {run}");
            });
        }
    }
}

#[test]
fn the_ghost_is_where_plain_descent_would_go_by_the_gradient_at_w() {
    let mut stand = Stand::of("");
    let mut seen = 0;
    for step in 0..30 {
        stand.at(step, |picture| {
            let (glass, laid) = laid(picture, 1).unwrap();
            let objective = &picture.comparison.unwrap().problem.objective;
            let row = picture.row(1).unwrap();
            let (_, g) = objective.loss_and_gradient(row.w, Batch::Whole);
            let by = (&g * -picture.scene.shared.eta.get()).to_vec();
            let Some(ghost) = laid.limbs.ghost else { return };
            let expected = [
                laid.limbs.w[0] + laid.limbs.scale * by[0] * glass.unit,
                laid.limbs.w[1] - laid.limbs.scale * by[1] * glass.unit,
            ];
            assert!(apart(ghost, expected) < 1e-6, "step {step}: {ghost:?} and {expected:?}");
            seen += 1;
        });
    }
    assert!(seen > 5, "{seen} ghosts were seen");
}

#[test]
fn what_is_drawn_at_another_scale_says_so() {
    let (mut same, mut other) = (0, 0);
    for text in ["", "rho = 2", "rho = 0.01", "landscape = \"sharp_and_wide\""] {
        let mut stand = Stand::of(text);
        for step in [0, 3, 9, 40, 120] {
            stand.at(step, |picture| {
                for run in picture.runs() {
                    let Some((_, laid)) = laid(picture, run) else { continue };
                    let said = laid.letters.placed[0].text.contains("steps ×");
                    assert!(laid.letters.placed[0].text.starts_with('×'));
                    #[expect(clippy::float_cmp, reason = "exactly 1 is what is not said")]
                    let is_true = laid.limbs.scale == 1.0;
                    let has = laid.limbs.limbs.iter().any(|limb| limb.part != Part::Epsilon);
                    assert_eq!(said, !is_true && has, "{text}, step {step}");
                    assert!(is_true || laid.limbs.next.is_none(), "w′ is not where it is drawn");
                    *(if is_true { &mut same } else { &mut other }) += 1;
                }
            });
        }
    }
    assert!(same > 3 && other > 3, "{same} at true scale, {other} not");
}

#[test]
fn a_run_that_has_diverged_has_no_lens_and_nothing_that_is_no_number() {
    let mut stand = Stand::of("landscape = \"quadratic\"\neta = 0.9\nsteps = 400");
    let last = stand.last_step();
    for step in [0, 5, 50, 200, last] {
        stand.at(step, |picture| {
            for pane in maps::side_by_side(picture) {
                let Some(lens) = &pane.lens else { continue };
                for mark in &lens.marks {
                    let text = format!("{mark:?}");
                    assert!(!text.contains("NaN") && !text.contains("inf"), "step {step}: {text}");
                }
            }
            let is_over = step > picture.run(1).unwrap().last_step();
            assert!(!is_over || Glass::of(picture, 1).is_none(), "step {step}");
        });
    }
    stand.at(last, |picture| {
        assert!(maps::side_by_side(picture).iter().all(|pane| pane.lens.is_none()));
    });
}

#[test]
fn the_ground_in_a_lens_is_its_own() {
    let mut stand = Stand::of("");
    stand.at(8, |picture| {
        for (run, pane) in maps::side_by_side(picture).iter().enumerate() {
            let lens = pane.lens.as_ref().unwrap();
            let ground = close(picture, run).unwrap();
            assert_eq!(ground.field.grid.window, lens.window);
            let [low, high] =
                ground.field.range().unwrap().map(|height| numerals::short(height, 3));
            let said = format!("tones: L {low} to {high}");
            assert!(
                lens.marks
                    .iter()
                    .any(|mark| matches!(mark, Mark::Label { text, .. } if *text == said))
            );
        }
    });
}

#[test]
fn every_ascent_has_its_own_formula_and_sams_is_that_of_its_norm() {
    use crate::figure::step::terms;
    use crate::optim::ascent;
    for entry in ascent::ALL.entries.iter().filter(|entry| entry.id != ascent::none().id()) {
        for p in ["2", "inf", "1", "1.5"] {
            let mut stand =
                Stand::of(&format!("ascent = \"{}\"\np = \"{p}\"\nsteps = 12", entry.id));
            stand.at(5, |picture| {
                let told: Vec<String> =
                    terms(picture, 1).into_iter().map(|term| term.formula).collect();
                let told = told.join("\n");
                let known = ascent::table::formula(&crate::catalog::Choice::new(entry))
                    .replace("g_SAM", "gₛₐₘ")
                    .replacen("ε̂(g − ", "ε = ε̂(g − ", 1);
                let step = picture.step(1).unwrap();
                let (g, epsilon) = (&step.gradient, &step.epsilon);
                let rho = step.numbers.rho;
                let is = |claimed: ndarray::Array1<f64>| {
                    (&claimed - epsilon).iter().all(|x| x.abs() < 1e-12)
                };
                if told.contains("ε = ρ g/‖g‖") {
                    assert!(is(g * (rho / g.dot(g).sqrt())), "{}, p = {p}", entry.id);
                } else if told.contains("√(1 + ‖g‖²)") {
                    let long = g.dot(g).sqrt().hypot(g.dot(g));
                    assert!(is(g * (rho / long)), "{}, p = {p}", entry.id);
                } else if told.contains("ε = ρ sign(g)\n") {
                    assert!(is(g.mapv(f64::signum) * rho), "{}, p = {p}", entry.id);
                } else if told.contains("sign(gₖ) eₖ") {
                    let many = epsilon.iter().filter(|x| **x != 0.0).count();
                    assert_eq!(many, 1, "{}, p = {p}", entry.id);
                } else {
                    // LookSAM's is shown where it uses what it saw before; step 5 looks.
                    let shows = told.contains(&known) || entry.id == "looksam";
                    assert!(shows, "{}, p = {p}: {told} does not say {known}", entry.id);
                }
            });
        }
    }
}

#[test]
fn a_light_falls_on_what_is_pointed_at_and_everything_in_a_lens_can_be() {
    let mut stand = Stand::of("");
    stand.at(20, |picture| {
        let lens = |lit| {
            let look = Look { lit, ..picture.look };
            maps::side_by_side(&Picture { look, ..*picture })[1].lens.clone().unwrap()
        };
        let dark = lens(None);
        let told: Vec<Quantity> = dark.things.iter().map(|thing| thing.quantity).collect();
        for quantity in [
            Quantity::Weights,
            Quantity::Perturbed,
            Quantity::Next,
            Quantity::Epsilon,
            Quantity::Gradient,
            Quantity::GradientThere,
            Quantity::Ball,
            Quantity::Base,
        ] {
            assert!(told.contains(&quantity), "{quantity:?} cannot be pointed at");
            assert!(lens(Some(quantity)).marks.len() > dark.marks.len(), "{quantity:?} is not lit");
        }
        assert!(dark.things.iter().all(|thing| thing.said.len() > 8), "{:?}", dark.things);
        assert_eq!(lens(Some(Quantity::Minimum)).marks.len(), dark.marks.len());
    });
}
