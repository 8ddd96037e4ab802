//! Base optimizers: what is done with a gradient.
//!
//! Each ends with the same line, where `u` is what it made of the gradient and λ its weight decay:
//!
//! ```text
//! w ← w − η (u + λ w)
//! ```
//!
//! The decay is decoupled, I. Loshchilov and F. Hutter (2019), "Decoupled weight decay regularization", ICLR: it is not
//! part of the loss, so neither of SAM's gradients nor any memory of gradients sees it, and it enters once.

use ndarray::{Array1, ArrayView1, ArrayViewMut1};

use super::stability::{self, Edge};
use crate::catalog::{Catalog, Choice, Kind, Scale, Setting};

mod sgd;
mod momentum;
mod nesterov;
mod rmsprop;
mod adam;
mod adamw;

/// An optimizer with its memory, for one run from its first step to its last.
pub trait Base: Send {
    /// Moves the weights by one step against `direction`, the gradient it is handed.
    fn step(&mut self, w: ArrayViewMut1<'_, f64>, direction: ArrayView1<'_, f64>, eta: f64);

    /// The same optimizer with the same memory: what it does from here on does not touch this one.
    fn copied(&self) -> Box<dyn Base>;

    /// Whether its step depends on earlier ones.
    fn remembers(&self) -> bool {
        true
    }

    /// Its edge of stability where it is handed the gradient at the weights themselves; none where none is derived.
    fn edge(&self, at: &stability::At) -> Option<Edge> {
        let _ = at;
        None
    }

    /// Whether its step is `w ← w − η g` and nothing else: what the edges of ascents are derived for.
    fn is_plain_descent(&self) -> bool {
        false
    }

    /// The diagonal of `P` in the step `w ← w − η P⁻¹ (…)` that was made last; none before the first step, and none for
    /// a base that divides by nothing.
    fn preconditioner(&self) -> Option<Array1<f64>> {
        None
    }
}

/// Every base optimizer, in the order of the menu.
pub static ALL: Catalog<dyn Base> = Catalog {
    family: "base optimizer",
    entries: &[
        &sgd::ENTRY,
        &momentum::ENTRY,
        &nesterov::ENTRY,
        &rmsprop::ENTRY,
        &adam::ENTRY,
        &adamw::ENTRY,
    ],
};

/// Plain gradient descent.
#[must_use]
pub fn sgd() -> Choice<dyn Base> {
    Choice::new(&sgd::ENTRY)
}

/// The setting of every base optimizer, with its default value.
const fn weight_decay(default: f64) -> Setting {
    Setting {
        key: "weight_decay",
        label: "weight decay",
        about: "pull toward zero, apart from the loss: λ in w ← w − η (… + λ w)",
        kind: Kind::Number { default, range: (0.0, 1.0), scale: Scale::Log },
    }
}

/// The setting of the two that remember where they were going.
const MOMENTUM: Setting = Setting {
    key: "momentum",
    label: "momentum β",
    about: "how much of the last step is kept, β in v ← β v + g",
    kind: Kind::Number { default: 0.9, range: (0.0, 0.999), scale: Scale::Linear },
};

/// One weight's step `w ← w − η (u + λ w)`.
fn descend(w: &mut f64, update: f64, eta: f64, decay: f64) {
    *w -= eta * (update + decay * *w);
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn without_a_gradient_only_the_decay_moves_the_weights() {
        for entry in ALL.entries {
            let mut base = Choice::new(entry).with("weight_decay", 0.5).unwrap().build();
            let mut w = array![2.0, -1.0];
            base.step(w.view_mut(), array![0.0, 0.0].view(), 0.1);
            assert_eq!(w, array![1.9, -0.95], "{}", entry.id);
        }
    }

    #[test]
    fn the_decay_is_in_no_memory() {
        for entry in ALL.entries {
            let [mut with, mut without] = [0.5, 0.0]
                .map(|decay| Choice::new(entry).with("weight_decay", decay).unwrap().build());
            for g in [0.3, -2.0, 0.7] {
                let [mut a, mut b] = [array![1.0], array![1.0]];
                with.step(a.view_mut(), array![g].view(), 0.1);
                without.step(b.view_mut(), array![g].view(), 0.1);
                assert!((a[0] - (b[0] - 0.1 * 0.5)).abs() < 1e-15, "{}", entry.id);
            }
        }
    }

    #[test]
    fn two_steps_are_those_of_the_formulas() {
        // g = 1, then g = −1, η = 0.1, from w = 0; decay is off.
        let root = f64::sqrt;
        let cases = [
            ("sgd", -0.1, 0.0),
            ("momentum", -0.1, -0.1 + 0.1 * 0.1),
            ("nesterov", -0.19, -0.19 + 0.1 * (1.0 + 0.9 * 0.1)),
            ("rmsprop", -0.1 / root(0.1 + 1e-8), -0.1 / root(0.1 + 1e-8) + 0.1 / root(0.19 + 1e-8)),
            ("adam", -0.1 / (1.0 + 1e-8), -0.1 / (1.0 + 1e-8) + 0.1 * (0.01 / 0.19) / (1.0 + 1e-8)),
        ];
        for (id, first, second) in cases {
            let mut base = ALL.choose(id).unwrap().build();
            let mut w = array![0.0];
            base.step(w.view_mut(), array![1.0].view(), 0.1);
            assert!((w[0] - first).abs() < 1e-15, "{id}: {} against {first}", w[0]);
            base.step(w.view_mut(), array![-1.0].view(), 0.1);
            assert!((w[0] - second).abs() < 1e-12, "{id}: {} against {second}", w[0]);
        }
    }

    #[test]
    fn huge_and_tiny_gradients_leave_finite_weights() {
        for entry in ALL.entries {
            for g in [1e-300, 1e-160, 1e100] {
                let mut base = Choice::new(entry).build();
                let mut w = array![1.0, 1.0];
                for _ in 0..5 {
                    base.step(w.view_mut(), array![g, -g].view(), 1e-3);
                }
                assert!(w.iter().all(|x| x.is_finite()), "{}: g = {g}", entry.id);
            }
        }
    }
}
