use super::*;
use proptest::prelude::*;
use pulp::{Arch, Simd, WithSimd};

#[derive(Debug, Clone, Copy)]
enum Fast {
    Exp,
    Ln,
    LogOnePlus,
    Softplus,
    Tanh,
    LogOnePlusAny,
    Sine,
    Cosine,
    Each,
}

/// Applies a function to numbers, in `f64` lanes and in `f32` lanes.
struct Apply<'a>(Fast, &'a [f64]);

impl Apply<'_> {
    #[inline(always)]
    fn run<L: Lanes>(&self, l: L) -> Vec<f64> {
        let mut x: Vec<L::Number> = self.1.iter().map(|x| L::Number::rounded(*x)).collect();
        x.resize(x.len().next_multiple_of(L::COUNT), L::Number::rounded(1.0));
        for pack in L::packs_mut(&mut x) {
            *pack = match self.0 {
                Fast::Exp => l.exp(*pack),
                Fast::Ln => l.ln(*pack),
                Fast::LogOnePlus => l.log_one_plus(*pack),
                Fast::Softplus => l.softplus(*pack),
                Fast::Tanh => l.tanh(*pack),
                Fast::LogOnePlusAny => l.log_one_plus_any(*pack),
                Fast::Sine => l.sin_cos(*pack).0,
                Fast::Cosine => l.sin_cos(*pack).1,
                Fast::Each => l.each(*pack, libm::atan),
            };
        }
        x[..self.1.len()].iter().map(|x| x.widened()).collect()
    }
}

impl WithSimd for Apply<'_> {
    type Output = [Vec<f64>; 2];

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> [Vec<f64>; 2] {
        [self.run::<Double<S>>(Double(simd)), self.run(Single(simd))]
    }
}

fn close(function: Fast, x: &[f64], exact: impl Fn(f64) -> f64, scale: impl Fn(f64) -> f64) {
    let fast = Arch::new().dispatch(Apply(function, x));
    let portable = Apply(function, x).with_simd(pulp::Scalar::new());
    for [double, single] in [fast, portable] {
        for (k, &x) in x.iter().enumerate() {
            let here = exact(x);
            assert!(
                (double[k] - here).abs() <= 1e-15 * scale(here),
                "f64: {x}: {} for {here}",
                double[k]
            );
            let x = f64::from(<f32 as Number>::rounded(x));
            let here = exact(x);
            assert!(
                (single[k] - here).abs() <= 4e-7 * scale(here),
                "f32: {x}: {} for {here}",
                single[k]
            );
        }
    }
}

proptest! {
    #[test]
    fn exponentials_are_exponentials(x in proptest::collection::vec(-86.0f64..87.0, 1..40)) {
        close(Fast::Exp, &x, libm::exp, f64::abs);
    }

    #[test]
    fn logarithms_are_logarithms(x in proptest::collection::vec(1e-30f64..1e30, 1..40)) {
        close(Fast::Ln, &x, libm::log, |y| 1.0 + y.abs());
    }

    #[test]
    fn softplus_is_softplus(x in proptest::collection::vec(-80.0f64..80.0, 1..40)) {
        let softplus = |x: f64| x.max(0.0) + libm::log1p(libm::exp(-x.abs()));
        close(Fast::Softplus, &x, softplus, |y| 1.0 + y.abs());
    }

    #[test]
    fn tanh_is_tanh(x in proptest::collection::vec(-40.0f64..40.0, 1..40)) {
        close(Fast::Tanh, &x, libm::tanh, |_| 1.0);
    }

    #[test]
    fn logarithms_of_one_and_more_are_logarithms(
        x in proptest::collection::vec(prop_oneof![0.0f64..4.0, 1e-12f64..1e-9, 1.0f64..1e30], 1..40),
    ) {
        close(Fast::LogOnePlusAny, &x, libm::log1p, f64::abs);
    }

    #[test]
    fn waves_are_waves(
        x in proptest::collection::vec(prop_oneof![-8.0f64..8.0, -1e-3f64..1e-3, -1e4f64..1e4], 1..40),
    ) {
        // The angle is a number of its kind; the tests compare with the wave of just that number.
        close(Fast::Sine, &x, libm::sin, |_| 1.0);
        close(Fast::Cosine, &x, libm::cos, |_| 1.0);
    }

    #[test]
    fn small_angles_are_their_sines(x in proptest::collection::vec(1e-30f64..1e-4, 1..40)) {
        close(Fast::Sine, &x, libm::sin, f64::abs);
    }

    #[test]
    fn what_is_not_written_for_lanes_is_made_number_by_number(
        x in proptest::collection::vec(-9.0f64..9.0, 1..40),
    ) {
        close(Fast::Each, &x, libm::atan, f64::abs);
    }
}

#[test]
fn what_is_no_angle_has_no_sine() {
    let far = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY];
    for lanes in Arch::new().dispatch(Apply(Fast::Sine, &far)) {
        assert!(lanes.iter().all(|sine| sine.is_nan()), "{lanes:?}");
    }
}

#[test]
fn beyond_its_range_an_exponential_stays_finite_and_positive() {
    let far = [-1e300, -1000.0, 1000.0, 1e300];
    for lanes in Arch::new().dispatch(Apply(Fast::Exp, &far)) {
        assert!(lanes.iter().all(|e| e.is_finite() && *e > 0.0));
        assert!(lanes[1] < 1e-37 && lanes[2] > 1e38);
    }
}

/// Functions in lanes that never fuse.
struct Exactly<'a>(Fast, &'a [f64]);

impl WithSimd for Exactly<'_> {
    type Output = Vec<f64>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> Vec<f64> {
        Apply(self.0, self.1).run::<Strict<S>>(Double(simd))
    }
}

proptest! {
    #[test]
    fn strict_lanes_give_the_same_bits_on_every_processor(
        x in proptest::collection::vec(prop_oneof![0.0f64..=1.0, 0.0f64..1e-9, Just(1e-300)], 1..40),
    ) {
        for function in [Fast::Exp, Fast::LogOnePlus, Fast::Softplus, Fast::Tanh, Fast::Sine, Fast::Cosine] {
            let here = Arch::new().dispatch(Exactly(function, &x));
            let portable = Exactly(function, &x).with_simd(pulp::Scalar::new());
            for (here, portable) in here.iter().zip(&portable) {
                prop_assert_eq!(here.to_bits(), portable.to_bits(), "{:?}", function);
            }
        }
        let logarithms = Arch::new().dispatch(Exactly(Fast::LogOnePlus, &x));
        for (found, x) in logarithms.iter().zip(&x) {
            let exact = libm::log1p(*x);
            prop_assert!((found - exact).abs() <= 1e-15 * exact);
        }
    }
}
