use super::super::activation::Activation;
use super::super::tangent;
use super::super::tape::Depth;
use super::*;
use crate::math::random::Streams;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_column_is_the_curvature_times_a_unit_vector(
        features in 1usize..7, hidden in 1usize..4, units in 1usize..10, kind in 0usize..3,
        examples in prop_oneof![1usize..80, 500usize..600], seed in 0u64..99,
    ) {
        let shape = Shape::new(features, hidden, units);
        let mut stream = Streams::new(seed).weights();
        let mut numbers =
            |count: usize| -> Vec<f64> { (0..count).map(|_| stream.random_range(-1.5..1.5)).collect() };
        let w = numbers(shape.dimension());
        let inputs = Array2::from_shape_vec((examples, features), numbers(examples * features));
        let (slopes, curvatures) = (numbers(examples), numbers(examples));
        let kind = Activation::named(Activation::NAMES[kind]);
        let mut z = vec![0.0; examples];
        let tape = Tape::record(&shape, kind, &w, inputs.unwrap().view(), Depth::Bends, &mut z);
        let all = curvature(&shape, &tape, &w, &slopes, &curvatures);
        prop_assert_eq!(&all, &all.t());
        let largest = all.iter().fold(0.0f64, |most, x| most.max(x.abs()));
        let mut v = vec![0.0; w.len()];
        for (k, row) in all.rows().into_iter().enumerate() {
            v[k] = 1.0;
            let expected = tangent::curvature_times(&shape, &tape, &w, &slopes, &curvatures, &v);
            for (found, expected) in row.iter().zip(&expected) {
                let apart = (found - expected).abs();
                prop_assert!(apart <= 1e-12 * largest, "{} {} {}", k, found, expected);
            }
            v[k] = 0.0;
        }
    }

    #[test]
    fn the_number_of_lanes_changes_no_bit(
        hidden in 1usize..4, units in 1usize..6, examples in 1usize..90, seed in 0u64..99,
    ) {
        let shape = Shape::new(2, hidden, units);
        let mut stream = Streams::new(seed).weights();
        let mut numbers =
            |count: usize| -> Vec<f64> { (0..count).map(|_| stream.random_range(-1.5..1.5)).collect() };
        let w = numbers(shape.dimension());
        let inputs = Array2::from_shape_vec((examples, 2), numbers(examples * 2)).unwrap();
        let (slopes, curvatures) = (numbers(examples), numbers(examples));
        let mut z = vec![0.0; examples];
        let tape =
            Tape::record(&shape, Activation::Tanh, &w, inputs.view(), Depth::Bends, &mut z);
        let (mut here, mut portable) = (vec![0.0; w.len() * w.len()], vec![0.0; w.len() * w.len()]);
        let group = || Group::of(&shape, &tape, 0, examples);
        let (slopes, curvatures, w) = (&slopes, &curvatures, &w);
        let shape = &shape;
        let entries = &mut here;
        Arch::new().dispatch(Assembly { shape, w, slopes, curvatures, group: group(), entries });
        let entries = &mut portable;
        Assembly { shape, w, slopes, curvatures, group: group(), entries }
            .with_simd(pulp::Scalar::new());
        prop_assert!(here.iter().zip(&portable).all(|(a, b)| a.to_bits() == b.to_bits()));
    }
}
