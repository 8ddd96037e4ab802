//! Formulas in the plane, with the derivatives worked out by hand; and one of one's own ([`OWN`]).

use crate::catalog::Catalog;
use crate::problem::flock::Herd;
use crate::problem::grid::Window;

mod newton;
mod sharp_and_wide;
mod factorization;
mod quartic_product;
mod product_root;
mod ravine;
mod quadratic;
mod two_wells;
mod saddle;
mod monkey_saddle;
mod rim;
mod diagonal_net;
mod rosenbrock;
mod himmelblau;
mod beale;
mod six_hump_camel;
mod styblinski_tang;
mod goldstein_price;
mod levy;
mod rastrigin;
mod ackley;
mod own;

pub use super::expression::Flaws;
pub use own::{FORMULA, FREE, OWN, free, has, keep_free, name, named, say_free, set_free};

/// A loss of two weights given by a formula.
pub trait Landscape: Send + Sync {
    /// `L(x, y)`.
    fn value(&self, x: f64, y: f64) -> f64;

    /// Writes `L` along a row of points with the same `y`: the bulk entry point of fields.
    fn row(&self, x: &[f64], y: f64, values: &mut [f64]) {
        for (x, value) in std::iter::zip(x, values) {
            *value = self.value(*x, y);
        }
    }

    /// `∇L(x, y)`.
    fn gradient(&self, x: f64, y: f64) -> [f64; 2];

    /// Both, to the same bits: for landscapes where they have dear parts in common.
    fn value_and_gradient(&self, x: f64, y: f64) -> (f64, [f64; 2]) {
        (self.value(x, y), self.gradient(x, y))
    }

    /// Writes `∇L` at many points, coordinate by coordinate.
    ///
    /// The loop is compiled for each landscape and for the widest registers of the processor, so that formulas without
    /// branches are evaluated several points at a time, to the same bits as one by one.
    fn gradients(&self, at: &[Vec<f64>; 2], slope: &mut [Vec<f64>; 2]) {
        let [slope_x, slope_y] = slope;
        pulp::Arch::new().dispatch(|| {
            let points = std::iter::zip(&at[0], &at[1]);
            for ((x, y), slope) in points.zip(std::iter::zip(slope_x, slope_y)) {
                [*slope.0, *slope.1] = self.gradient(*x, *y);
            }
        });
    }

    /// Descent in `f32` lanes from many starts: `Some(self)` for landscapes that are a [`Slope`](crate::problem::flock::Slope),
    /// and all listed ones are.
    fn herd(&self) -> Option<&dyn Herd> {
        None
    }

    /// `∇²L(x, y)`.
    fn hessian(&self, x: f64, y: f64) -> [[f64; 2]; 2];

    /// Whether `L` has derivatives at this point; where it has none, the Hessian written down here means nothing.
    fn is_smooth_at(&self, x: f64, y: f64) -> bool {
        let _ = (x, y);
        true
    }

    /// What it lacks on a window: none for those whose derivatives were worked out by hand.
    fn flaws(&self, window: Window) -> Flaws {
        let _ = window;
        Flaws::default()
    }

    /// Its minima, as exactly as they are known; one point each, or a few of a curve of them.
    fn minima(&self) -> Vec<[f64; 2]>;

    /// What it opens with: window, start, η and ρ. Three times as wide, the window is its domain.
    fn view(&self) -> View;

    /// What the two weights are called.
    fn axes(&self) -> [&'static str; 2] {
        ["x", "y"]
    }
}

/// Where and how a problem is best looked at: what a newcomer sees before changing anything.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct View {
    /// The part of the plane to show.
    pub window: Window,
    /// A start from which the base optimizer and SAM differ.
    pub start: [f64; 2],
    /// A learning rate that works from there.
    pub eta: f64,
    /// A radius that shows the difference.
    pub rho: f64,
}

/// Every landscape, in the order of the menu.
pub static ALL: Catalog<dyn Landscape> = Catalog {
    family: "landscape",
    entries: &[
        &sharp_and_wide::ENTRY,
        &factorization::ENTRY,
        &quartic_product::ENTRY,
        &product_root::ENTRY,
        &ravine::ENTRY,
        &quadratic::ENTRY,
        &two_wells::ENTRY,
        &saddle::ENTRY,
        &monkey_saddle::ENTRY,
        &rim::ENTRY,
        &diagonal_net::ENTRY,
        &rosenbrock::ENTRY,
        &himmelblau::ENTRY,
        &beale::ENTRY,
        &six_hump_camel::ENTRY,
        &styblinski_tang::ENTRY,
        &goldstein_price::ENTRY,
        &levy::ENTRY,
        &rastrigin::ENTRY,
        &ackley::ENTRY,
    ],
};
