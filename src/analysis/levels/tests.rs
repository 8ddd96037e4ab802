use super::super::field::tests::of;
use super::*;
use crate::problem::grid::{Grid, Window};
use proptest::prelude::*;

fn grid(reach: f64) -> Grid {
    Grid { window: Window::new([-reach, reach], [-reach, reach]), columns: 64, rows: 64 }
}

fn rosenbrock() -> Field {
    of(grid(2.0), |x, y| (1.0 - x) * (1.0 - x) + 100.0 * (y - x * x) * (y - x * x))
}

fn spacings() -> impl Strategy<Value = Spacing> {
    prop_oneof![
        Just(Spacing::Auto),
        Just(Spacing::Linear),
        Just(Spacing::Logarithmic),
        Just(Spacing::Quantile)
    ]
}

fn values() -> impl Strategy<Value = f64> {
    prop_oneof![
        8 => -1.0f64..1.0,
        1 => Just(f64::NAN),
        1 => Just(f64::INFINITY),
        1 => Just(1e299),
        1 => Just(f64::MAX),
        1 => Just(f64::MIN),
        1 => Just(5e-324),
        1 => Just(-1e-300),
        1 => Just(0.0),
    ]
}

proptest! {
    #[test]
    fn levels_increase_inside_the_range_and_tones_with_them(
        pixels in proptest::collection::vec(values(), 9),
        spacing in spacings(),
        count in 0usize..60,
    ) {
        let mut field = of(Grid { columns: 3, rows: 3, ..grid(1.0) }, |_, _| 0.0);
        field.values = pixels;
        let levels = Levels::about(count, &field, spacing);
        prop_assert_eq!(levels.values.len(), levels.index.len());
        prop_assert!(levels.spacing != Spacing::Auto);
        for pair in levels.values.windows(2) {
            prop_assert!(pair[0] < pair[1]);
            prop_assert!(levels.tone(pair[0]) <= levels.tone(pair[1]));
        }
        if let Some([low, high]) = field.range() {
            prop_assert!(levels.values.iter().all(|v| low < *v && *v < high));
        }
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.0, 1e308, -1e308] {
            prop_assert!((0.0..=1.0).contains(&levels.tone(value)));
        }
    }
}

#[test]
fn a_steep_valley_is_drawn_on_a_logarithmic_scale_and_a_bowl_on_a_linear_one() {
    assert_eq!(Levels::of(&rosenbrock(), Spacing::Auto).spacing, Spacing::Logarithmic);
    let himmelblau = of(grid(5.0), |x, y| {
        (x * x + y - 11.0) * (x * x + y - 11.0) + (x + y * y - 7.0) * (x + y * y - 7.0)
    });
    assert_eq!(Levels::of(&himmelblau, Spacing::Auto).spacing, Spacing::Logarithmic);
    let bowl = of(grid(1.0), |x, y| 5.0 * x * x + 0.5 * y * y);
    assert_eq!(Levels::of(&bowl, Spacing::Auto).spacing, Spacing::Linear);
    let wells = of(grid(2.0), |x, y| 1.0 - libm::exp(-4.0 * (x * x + y * y)));
    assert_eq!(Levels::of(&wells, Spacing::Auto).spacing, Spacing::Linear);
}

#[test]
fn linear_levels_are_round_and_index_lines_rounder() {
    let field = of(grid(1.0), |x, y| 0.413 + 0.6 * (x * x + y * y));
    let levels = Levels::about(12, &field, Spacing::Linear);
    let expected = [0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6];
    assert_eq!(levels.values, expected);
    let index: Vec<f64> = std::iter::zip(&levels.values, &levels.index)
        .filter_map(|(value, index)| index.then_some(*value))
        .collect();
    assert_eq!(index, [0.5, 1.0, 1.5]);
}

#[test]
fn the_index_lines_of_a_logarithmic_scale_are_decades() {
    let levels = Levels::of(&rosenbrock(), Spacing::Logarithmic);
    assert!(levels.values.len() > 12, "{:?}", levels.values);
    for (value, index) in std::iter::zip(&levels.values, &levels.index) {
        let decade = libm::log10(*value);
        assert_eq!(*index, (decade - decade.round()).abs() < 1e-12, "{value}");
    }
}

#[test]
fn from_line_to_line_the_tint_rises_evenly() {
    for spacing in [Spacing::Linear, Spacing::Quantile, Spacing::Logarithmic] {
        let levels = Levels::of(&rosenbrock(), spacing);
        let tones: Vec<f64> = levels.values.iter().map(|value| levels.tone(*value)).collect();
        let rises: Vec<f64> = tones.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let [least, most] = rises
            .iter()
            .fold([f64::MAX, 0.0], |[low, high], r| [f64::min(low, *r), f64::max(high, *r)]);
        // Preferred numbers are rounded to three digits.
        let slack = if spacing == Spacing::Logarithmic { 0.1 } else { 1e-9 };
        assert!(most - least < slack * most, "{spacing:?}: {least} to {most}");
    }
}

#[test]
fn a_flat_field_has_no_lines_and_one_tone() {
    let levels = Levels::of(&of(grid(1.0), |_, _| 3.0), Spacing::Auto);
    assert!(levels.values.is_empty());
    assert!((levels.tone(3.0) - levels.tone(5.0)).abs() < 1e-12);
}
