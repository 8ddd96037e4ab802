//! Learning rates that suit a base optimizer.

use ndarray::Array1;

use super::Scene;
use crate::catalog::Choice;
use crate::optim::base::Base;

/// The length of a base optimizer's step with η = 1 on a constant gradient, after many steps.
fn pace(base: &Choice<dyn Base>, slope: f64) -> f64 {
    /// Long enough for momentum to have its speed, and short enough for second moments to be corrected.
    const STEPS: usize = 200;
    let mut optimizer = base.build();
    let mut w = Array1::zeros(1);
    let mut last = 0.0;
    for _ in 0..STEPS {
        last = w[0];
        optimizer.step(w.view_mut(), ndarray::arr1(&[slope]).view(), 1.0);
    }
    (w[0] - last).abs()
}

/// `eta` rounded to one significant digit.
pub(super) fn rounded(eta: f64) -> f64 {
    format!("{eta:.0e}").parse().unwrap_or(eta)
}

/// The rate of optimizers whose steps do not grow with the gradient, in spaces of many weights.
const ETA_OF_MANY: f64 = 0.01;

impl Scene {
    /// A learning rate that suits `base` on this problem.
    ///
    /// Where steps grow with the gradient, the rate of descent over how many times longer the steps get in the long run:
    /// 1/(1 − β) with momentum. Where they do not, as Adam's, a hundredth of the way across the map.
    #[must_use]
    pub fn suitable_eta(&self, base: &Choice<dyn Base>) -> f64 {
        let view = self.subject.view();
        let [plain, steep] = [1.0, 1000.0].map(|slope| pace(base, slope));
        if steep > 10.0 * plain {
            return rounded(view.eta / plain);
        }
        if self.subject.dimension() > 2 {
            return ETA_OF_MANY;
        }
        let [width, height] = view.window.span();
        rounded(0.0125 * width.min(height) / plain)
    }
}
