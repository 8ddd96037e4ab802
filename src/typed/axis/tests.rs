//! What is typed as an axis, and what is no axis.

use super::*;
use proptest::prelude::*;

fn values(text: &str) -> Vec<String> {
    Axis::read(text).unwrap().values(11)
}

fn refused(text: &str) -> String {
    Axis::read(text).unwrap_err().to_string()
}

#[test]
fn whole_numbers_are_taken_in_equal_whole_steps_where_no_count_is_said() {
    let whole = |text: &str| match Axis::read(text).unwrap().along {
        Along::Range(range) => range.whole(11),
        Along::List(_) => None,
    };
    assert_eq!(whole("n=1:4"), Some(4));
    assert_eq!(whole("n=0:20"), Some(11));
    assert_eq!(whole("n=0:21"), Some(8));
    assert_eq!(whole("n=5:1"), Some(5));
    for text in ["n=1:4:3", "n=1:2.5", "n=log:1:8", "n=3:3"] {
        assert_eq!(whole(text), None, "{text}");
    }
}

#[test]
fn a_range_has_both_ends_and_round_numbers_between_them() {
    let rho = values("rho=0:0.3:31");
    assert_eq!(rho.len(), 31);
    assert_eq!([&*rho[0], &*rho[3], &*rho[7], &*rho[30]], ["0", "0.03", "0.07", "0.3"]);
    assert_eq!(values("steps = 50:200:4"), ["50", "100", "150", "200"]);
    assert_eq!(values("x=1:-1:3"), ["1", "0", "-1"], "downwards too");
    assert_eq!(values("x=0:1").len(), 11, "as many as is usual where no count is said");
    assert_eq!(values("x=2:2"), ["2"]);
    assert_eq!(values("x=0.1234567890123456:1:2")[0], "0.1234567890123456");
}

#[test]
fn a_range_by_ratios_multiplies() {
    assert_eq!(values("eta=log:0.001:1:4"), ["0.001", "0.01", "0.1", "1"]);
    assert_eq!(values("eta=log:1:0.01:3"), ["1", "0.1", "0.01"]);
    assert_eq!(values("eta=log:0.01:1:31")[15], "0.1");
}

#[test]
fn a_list_is_taken_as_it_is_said() {
    assert_eq!(values("p=1, 2,inf"), ["1", "2", "inf"]);
    assert_eq!(values("base=sgd"), ["sgd"]);
    assert_eq!(values("start=0.6,-0.3;1,1"), ["0.6,-0.3", "1,1"]);
    assert_eq!(values("file=disk:a.csv"), ["disk:a.csv"], "a colon alone makes no range");
}

#[test]
fn what_is_no_range_is_refused_with_one_that_is() {
    for text in ["rho", "rho=", "=1:2"] {
        assert!(refused(text).contains("rho=0:0.3:31"), "{}", refused(text));
    }
    for text in ["x=0:1:2:3", "x=0:b", "x=1:inf:3", "x=log:1", "x=log:"] {
        assert!(refused(text).contains("is no range"), "{}", refused(text));
    }
    assert!(refused("x=0:1:2.5").contains("no whole number"));
    assert!(refused("x=0:1:-3").contains("not below 0"));
    for text in ["x=log:0:1:3", "x=log:-1:1:3", "x=log:1:0"] {
        assert!(refused(text).contains("above zero"), "{}", refused(text));
    }
    assert!(refused("x=0:1:1").contains("both ends"));
    assert!(refused("x=1:1:3").contains("one number"));
    assert!(refused("x=0:1:0").contains("1 or more"));
    assert!(refused("title=a\nb").contains("line break"));
}

proptest! {
    #[test]
    fn values_read_back_to_the_numbers_and_do_not_turn(
        from in -1e6..1e6f64,
        width in 1e-3..1e6f64,
        count in 2..200usize,
    ) {
        let axis = Axis::read(&format!("x={from}:{}:{count}", from + width)).unwrap();
        let Along::Range(range) = &axis.along else { panic!("a range") };
        let numbers = range.numbers(11);
        let read: Vec<f64> = axis.values(11).iter().map(|text| text.parse().unwrap()).collect();
        prop_assert_eq!(&read, &numbers);
        prop_assert_eq!([numbers[0], numbers[count - 1]], range.ends());
        prop_assert!(numbers.is_sorted());
    }

    #[test]
    fn ratios_are_equal(from in 1e-6..1e3f64, factor in 1.01..1e6f64, count in 3..50usize) {
        let axis = Axis::read(&format!("x=log:{from}:{}:{count}", from * factor)).unwrap();
        let Along::Range(range) = &axis.along else { panic!("a range") };
        let numbers = range.numbers(11);
        let ratio = numbers[1] / numbers[0];
        for pair in numbers.windows(2) {
            prop_assert!((pair[1] / pair[0] - ratio).abs() <= 1e-12 * ratio);
        }
    }
}
