//! A polynomial through the points.
//!
//! ```text
//! z = c₀ + c₁ x + … + cₙ xⁿ
//! ```
//!
//! J. Gergonne (1815), "Application de la méthode des moindres quarrés à l'interpolation des suites", Annales de
//! mathématiques pures et appliquées 6. The powers of x are nearly parallel, so the curvatures spread over many orders
//! of magnitude: on [−1, 1] roughly a factor ten a degree. Where `|x| > 1` the largest grows like `x²ⁿ`, and η has to
//! shrink with it. It starts at zero.

use ndarray::{Array2, ArrayView2};

use super::Model;
use super::linear::{self, LinearModel};
use crate::catalog::{Build, Entry, Kind, Scale, Setting};
use crate::problem::datasets::Task;
use crate::problem::grid::Window;
use crate::problem::landscapes::View;

pub(super) static ENTRY: Entry<dyn Model> = Entry {
    id: "polynomial",
    name: "Polynomial",
    formula: "z = c₀ + c₁x + … + cₙxⁿ",
    source: "Gergonne 1815",
    about: "Linear in its coefficients and badly conditioned: one steep direction, many flat ones.",
    settings: &[Setting {
        key: "degree",
        label: "degree n",
        about: "the highest power of x; there is one coefficient more",
        kind: Kind::Number { default: 3.0, range: (1.0, 8.0), scale: Scale::Whole },
    }],
    build: Build::Sure(|settings| Box::new(Polynomial { degree: settings.count("degree") })),
};

struct Polynomial {
    degree: usize,
}

impl LinearModel for Polynomial {
    fn task(&self) -> Task {
        Task::Regression
    }

    fn features(&self, inputs: ArrayView2<'_, f64>) -> Array2<f64> {
        let mut powers = Array2::ones((inputs.nrows(), self.degree + 1));
        for (mut row, x) in powers.rows_mut().into_iter().zip(inputs.column(0)) {
            let mut power = 1.0;
            for entry in row.iter_mut().skip(1) {
                power *= x;
                *entry = power;
            }
        }
        powers
    }

    fn weight_names(&self, _: usize) -> Vec<String> {
        (0..=self.degree).map(|k| linear::indexed("c", k)).collect()
    }

    fn view(&self) -> View {
        View {
            window: Window::new([-4.0, 4.0], [-4.0, 4.0]),
            start: [0.0, 0.0],
            eta: 0.05,
            rho: 0.05,
        }
    }
}
