//! What is true of each ground, and between them.

use ndarray::{Array1, Array2, ArrayView1, arr1, array};
use proptest::prelude::*;

use super::*;
use crate::analysis::worst_case::worst_case;
use crate::math::norm::{Norm, Radius};
use crate::optim::ascent;
use crate::problem::risk::Risk;
use crate::problem::{Formula, datasets, landscapes, losses, models};

/// A quadratic `½ wᵀHw + cᵀw` of any number of weights; linear where `H` is zero.
struct Bowl {
    h: Array2<f64>,
    c: Array1<f64>,
}

impl Objective for Bowl {
    fn dimension(&self) -> usize {
        self.c.len()
    }

    fn weight_names(&self) -> Vec<String> {
        vec!["w".to_owned(); self.c.len()]
    }

    fn examples(&self) -> usize {
        0
    }

    fn loss(&self, w: ArrayView1<'_, f64>, _: Batch<'_>) -> f64 {
        0.5 * w.dot(&self.h.dot(&w)) + self.c.dot(&w)
    }

    fn loss_and_gradient(&self, w: ArrayView1<'_, f64>, batch: Batch<'_>) -> (f64, Array1<f64>) {
        (self.loss(w, batch), self.h.dot(&w) + &self.c)
    }

    fn hessian(&self, _: ArrayView1<'_, f64>) -> Array2<f64> {
        self.h.clone()
    }
}

fn looking(id: &str, p: f64, rho: f64) -> Looking {
    let ball = Ball { norm: Norm::new(p).unwrap(), rho: Radius::new(rho).unwrap() };
    Looking { ascent: ascent::ALL.choose(id).unwrap(), ball }
}

fn height(id: &str, objective: &dyn Objective, w: &Array1<f64>, looking: &Looking) -> f64 {
    find(id).unwrap().height(objective, w.view(), looking)
}

fn landscape(id: &str) -> Formula {
    Formula(landscapes::ALL.choose(id).unwrap().build())
}

fn exponents() -> impl Strategy<Value = f64> {
    prop_oneof![Just(1.0), Just(1.5), Just(2.0), Just(3.0), Just(f64::INFINITY)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn on_a_linear_loss_penalty_surrogate_and_worst_case_are_one(
        p in exponents(),
        c in proptest::collection::vec(-3.0f64..3.0, 2..5),
        at in -2.0f64..2.0,
        rho in 0.01f64..2.0,
        stretched in any::<bool>(),
    ) {
        let dimension = c.len();
        let plane = Bowl { h: Array2::zeros((dimension, dimension)), c: Array1::from(c) };
        prop_assume!(Norm::L2.length(plane.c.view()) > 1e-3);
        let w = Array1::from_elem(dimension, at);
        let looking = looking(if stretched { "asam" } else { "sam" }, p, rho);
        let [penalised, surrogate, worst] =
            ["penalised", "surrogate", "worst"].map(|id| height(id, &plane, &w, &looking));
        let size = 1.0 + penalised.abs();
        prop_assert!((penalised - surrogate).abs() <= 1e-9 * size, "{penalised} {surrogate}");
        prop_assert!((penalised - worst).abs() <= 1e-9 * size, "{penalised} {worst}");
    }

    #[test]
    fn on_a_convex_quadratic_the_worst_case_is_between_the_penalty_and_half_rho_squared_lambda_more(
        curvatures in (0.0f64..20.0, 0.0f64..20.0),
        turn in 0.0f64..3.0,
        w in (-2.0f64..2.0, -2.0f64..2.0),
        rho in 0.01f64..1.0,
    ) {
        let (s, c) = turn.sin_cos();
        let turned = array![[c, -s], [s, c]];
        let diagonal = array![[curvatures.0, 0.0], [0.0, curvatures.1]];
        let h = turned.dot(&diagonal).dot(&turned.t());
        let bowl = Bowl { h: h.clone(), c: array![0.1, -0.2] };
        let (w, sam) = (array![w.0, w.1], looking("sam", 2.0, rho));
        let [penalised, surrogate, worst] =
            ["penalised", "surrogate", "worst"].map(|id| height(id, &bowl, &w, &sam));
        let slack = 1e-9 * (1.0 + worst.abs());
        prop_assert!(penalised <= surrogate + slack && surrogate <= worst + slack);
        let bend = 0.5 * rho * rho * curvatures.0.max(curvatures.1);
        prop_assert!(worst <= penalised + bend + slack);
        // What the surrogate has more is exactly the bend along ε̂.
        let g = h.dot(&w) + &bowl.c;
        let epsilon = sam.ball.steepest_ascent(g.view());
        let along = 0.5 * epsilon.dot(&h.dot(&epsilon));
        prop_assert!((surrogate - penalised - along).abs() <= slack);
    }

    #[test]
    fn the_slope_of_the_surrogate_is_its_gradient_with_the_derivative_of_epsilon(
        place in 0usize..4,
        w in (-1.5f64..1.5, -1.5f64..1.5),
        rho in 0.02f64..0.3,
    ) {
        let objective = landscape(["himmelblau", "factorization", "beale", "quadratic"][place]);
        let w = array![w.0, w.1];
        let (_, g) = objective.loss_and_gradient(w.view(), Batch::Whole);
        let length = Norm::L2.length(g.view());
        // Where g almost vanishes ε turns faster than any difference can follow.
        prop_assume!(length > 0.05);
        let unit = &g / length;
        let axes = [array![1.0, 0.0], array![0.0, 1.0]];
        let slope = |looking: &Looking| {
            arr1(&looking.slopes_of_surrogate(&objective, w.view(), [&axes[0], &axes[1]]))
        };
        let sam = looking("sam", 2.0, rho);
        let [_, there] = sam.gradients(&objective, w.view());
        let aside = &there - &(&unit * unit.dot(&there));
        let exact = &there + &(objective.hessian(w.view()).dot(&aside) * (rho / length));
        let size = 1.0 + Norm::L2.length(exact.view());
        let off = Norm::L2.length((&slope(&sam) - &exact).view());
        prop_assert!(off <= 2e-5 * size, "{off} of {size}");
        // A square and a diamond turn no ε but where a component changes sign or rank: nothing is dropped there.
        prop_assume!(g.iter().all(|g| g.abs() > 0.05) && (g[0].abs() - g[1].abs()).abs() > 0.05);
        for p in [1.0, f64::INFINITY] {
            let square = looking("sam", p, rho);
            let [_, there] = square.gradients(&objective, w.view());
            let off = Norm::L2.length((&slope(&square) - &there).view());
            prop_assert!(off <= 2e-5 * (1.0 + Norm::L2.length(there.view())), "p = {p}: {off}");
        }
    }

    #[test]
    fn the_worst_case_of_a_map_is_that_of_the_search_but_for_what_its_net_is_wide(
        place in 0usize..3,
        w in (-1.5f64..1.5, -1.5f64..1.5),
        p in exponents(),
    ) {
        let objective = landscape(["himmelblau", "factorization", "six_hump_camel"][place]);
        let (w, sam) = (array![w.0, w.1], looking("sam", p, 0.3));
        let around = sam.neighbourhood(w.view()).unwrap();
        let exact = worst_case(&objective, w.view(), around);
        let loss = objective.loss(w.view(), Batch::Whole);
        let found = height("worst", &objective, &w, &sam) - loss;
        prop_assert!(found <= exact.rise + 1e-9 * (1.0 + exact.rise.abs()), "{found} {}", exact.rise);
        prop_assert!(found >= 0.999 * exact.rise - 1e-9, "{found} {}", exact.rise);
    }
}

#[test]
fn along_the_sharpest_direction_of_a_bowl_the_worst_case_is_the_penalty_and_half_rho_squared_lambda()
 {
    let bowl = Bowl { h: array![[9.0, 0.0], [0.0, 2.0]], c: array![0.0, 0.0] };
    let (w, sam) = (array![0.4, 0.0], looking("sam", 2.0, 0.25));
    let [penalised, surrogate, worst] =
        ["penalised", "surrogate", "worst"].map(|id| height(id, &bowl, &w, &sam));
    let bend = 0.5 * 0.25 * 0.25 * 9.0;
    assert!((worst - penalised - bend).abs() < 1e-12 && (surrogate - worst).abs() < 1e-12);
}

#[test]
fn the_penalty_is_the_surrogate_to_first_order() {
    let objective = landscape("himmelblau");
    let w = array![0.7, -1.2];
    for id in ["sam", "asam", "unnormalised", "n_step", "gsam", "looksam", "friendly"] {
        let apart = |rho: f64| {
            let looking = looking(id, 2.0, rho);
            let [penalised, surrogate] =
                ["penalised", "surrogate"].map(|ground| height(ground, &objective, &w, &looking));
            (penalised - surrogate).abs()
        };
        // Half the radius leaves a quarter of what is of second order.
        let ratio = apart(1e-3) / apart(5e-4);
        assert!((3.8..4.2).contains(&ratio), "{id}: {ratio}");
    }
}

#[test]
fn at_a_minimum_there_is_no_way_up_and_only_the_worst_case_is_above_the_loss() {
    let objective = landscape("factorization");
    let (w, sam) = (array![1.0, 1.0], looking("sam", 2.0, 0.1));
    let loss = height("loss", &objective, &w, &sam);
    assert_eq!(height("surrogate", &objective, &w, &sam), loss);
    assert_eq!(height("penalised", &objective, &w, &sam), loss);
    assert!(height("angle", &objective, &w, &sam).is_nan(), "no angle without a direction");
    assert!(height("worst", &objective, &w, &sam) > loss + 0.009, "½ρ²λ_max is 0.01");
}

#[test]
fn a_random_ascent_descends_its_mean_and_an_ascent_without_a_ball_has_no_worst_case() {
    let bowl = Bowl { h: array![[9.0, 0.0], [0.0, 2.0]], c: array![0.0, 0.0] };
    let w = array![0.4, -0.3];
    let chance = looking("random_ball", 2.0, 0.2);
    // ½ρ² tr H / d more than the loss.
    let mean = height("surrogate", &bowl, &w, &chance) - height("loss", &bowl, &w, &chance);
    assert!((mean - 0.5 * 0.04 * 11.0 / 2.0).abs() < 1e-9, "{mean}");
    assert!(find("angle").unwrap().lacks(&chance).is_some());
    let free = looking("unnormalised", 2.0, 0.2);
    assert!(find("worst").unwrap().lacks(&free).is_some());
    assert!(height("worst", &bowl, &w, &free).is_nan());
    // ε = ρ g, so that the penalty is ρ‖g‖².
    let penalty = height("penalised", &bowl, &w, &free) - height("loss", &bowl, &w, &free);
    assert!((penalty - 0.2 * (3.6 * 3.6 + 0.36)).abs() < 1e-12, "{penalty}");
}

/// Every ground of every ascent on every problem: a finite height where the loss is finite all around, or said to be none.
fn crossed(objective: &dyn Objective, name: &str, places: &[Array1<f64>]) -> usize {
    let mut seen = 0;
    for ground in ALL {
        for entry in ascent::ALL.entries.iter().filter(|entry| entry.id != "none") {
            for p in [1.0, 2.0, f64::INFINITY] {
                let looking = looking(entry.id, p, 0.05);
                for w in places {
                    let height = ground.height(objective, w.view(), &looking);
                    let is_none = ground.lacks(&looking).is_some();
                    assert_eq!(height.is_nan(), is_none, "{} of {} on {name}", ground.id, entry.id);
                    let is_a_ball =
                        looking.neighbourhood(w.view()).is_some_and(|around| !around.is_sphere());
                    if ground.id == "worst" && is_a_ball && objective.examples() == 0 {
                        let surrogate = self::height("surrogate", objective, w, &looking);
                        let slack = 1e-9 * (1.0 + surrogate.abs());
                        // One step to the edge of the ball is looked at; several steps end inside, where the net is wide.
                        let is_one = entry.id != "n_step" && entry.id != "friendly";
                        let is_told = is_one && surrogate.is_finite();
                        assert!(!is_told || height >= surrogate - slack, "{} on {name}", entry.id);
                    }
                    seen += 1;
                }
            }
        }
    }
    seen
}

#[test]
fn every_ground_has_a_height_for_every_ascent_on_every_problem_or_says_that_it_has_none() {
    let mut seen = 0;
    for entry in landscapes::ALL.entries {
        let objective = landscape(entry.id);
        let start = objective.0.view().start;
        let places = [array![start[0] + 0.013, start[1] - 0.017], array![0.31, 0.57]];
        seen += crossed(&objective, entry.id, &places);
    }
    let risk = |data: &str, model: &str, loss: &str| {
        let data = datasets::ALL.choose(data).unwrap().with("points", 12.0).unwrap().build();
        let sample = data.sample(&mut Streams::new(1).dataset());
        let loss = losses::ALL.choose(loss).unwrap().build();
        let mut model = models::ALL.choose(model).unwrap();
        if model.id() == "network" {
            model = model.with("units", 2.0).unwrap();
        }
        Risk::new(sample, model.build(), loss)
    };
    for (data, model, loss) in [("line", "line", "welsch"), ("moons", "network", "cross_entropy")] {
        let risk = risk(data, model, loss);
        let w = risk.model.start(2, &mut Streams::new(3).weights());
        let w = if w.len() == risk.dimension() { w } else { array![0.6, -0.3] };
        seen += crossed(&risk, model, &[w]);
    }
    assert!(seen > 3000, "{seen}");
}
