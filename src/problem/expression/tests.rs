use proptest::prelude::*;

use super::*;

fn at(text: &str, x: f64, y: f64) -> f64 {
    Expression::read(text).unwrap_or_else(|error| panic!("{text}: {error}")).value(x, y)
}

#[test]
fn precedence_is_that_of_mathematics() {
    let (x, y) = (3.0, 5.0);
    for (text, value) in [
        ("-x^2", -9.0),
        ("(-x)^2", 9.0),
        ("2^3^2", 512.0),
        ("2^-1", 0.5),
        ("2^-x^2", 2.0f64.powi(-9)),
        ("1/2x", 1.5),
        ("1/(2x)", 1.0 / 6.0),
        ("x/y/2", 0.3),
        ("1 - 2 - 3", -4.0),
        ("1 - -2", 3.0),
        ("2 * -x", -6.0),
        ("--x", 3.0),
        ("2x^2y", 90.0),
        ("xy^2", 75.0),
        ("xy²", 75.0),
        ("x y x", 45.0),
        ("2(x + 1)(y - 1)", 32.0),
        ("(x + 1)y", 20.0),
        ("2pi", std::f64::consts::TAU),
        ("xπy", 15.0 * std::f64::consts::PI),
        ("πx", 3.0 * std::f64::consts::PI),
        ("2e", 2.0 * std::f64::consts::E),
        ("2e1x", 60.0),
        ("2e-x", 2.0 * std::f64::consts::E - 3.0),
        ("e^0x", 3.0),
        ("2exp(0)", 2.0),
        ("|x - y|", 2.0),
        ("2|x - y|y", 20.0),
        ("|x - (|y| + 1)|", 3.0),
        ("√(x + 1)", 2.0),
        ("√4x", 6.0),
        ("x·y − 2×x ÷ 3", 13.0),
        ("x**2", 9.0),
        ("-x³", -27.0),
        ("min(x, y, 2) + max(x, y)", 7.0),
        ("pow(x, 2)", 9.0),
        ("w0 + w1", 8.0),
        (".5x + 1.", 2.5),
        ("sin(0)^2 + cos(0)²", 1.0),
        ("ln(e) + log(e) + log10(100) + log2(8)", 7.0),
        ("sign(-y) abs(-x)", -3.0),
    ] {
        let found = at(text, x, y);
        assert!(
            (found - value).abs() < 1e-12 * value.abs().max(1.0),
            "{text}: {found}, not {value}"
        );
    }
}

#[test]
fn parameters_have_the_values_that_they_are_given() {
    let text = "ax^2 + 2b|y| + k";
    let read = Expression::with(text, [3.0, 5.0, 7.0, 11.0, 13.0], &[]).unwrap();
    assert_eq!(read.parameters().collect::<Vec<_>>(), ["a", "b", "k"]);
    assert!((read.value(2.0, -1.0) - 35.0).abs() < 1e-12);
    assert!((at(text, 2.0, -1.0) - 7.0).abs() < 1e-12, "1 where nothing is said");
    assert_eq!(Expression::read("abs(x) + cos(y)").unwrap().parameters().count(), 0);
}

#[test]
fn any_other_name_is_a_parameter() {
    let text = "depth exp(-x^2) + t(y + 1) + λ|x| + t2 - depth";
    let said = [("t".to_owned(), 3.0), ("depth".to_owned(), 2.0), ("unused".to_owned(), 9.0)];
    let read = Expression::with(text, [1.0; PARAMETERS.len()], &said).unwrap();
    assert_eq!(read.free(), ["depth", "t", "λ", "t2"]);
    let (x, y) = (0.5, -2.0);
    let value = 2.0 * libm::exp(-x * x) + 3.0 * (y + 1.0) + 0.5 + 1.0 - 2.0;
    assert!((read.value(x, y) - value).abs() < 1e-12);
    let many: Vec<String> = (0..13).map(|k| format!("p{k}")).collect();
    let error = Expression::read(&many.join(" + ")).unwrap_err().to_string();
    assert!(error.contains("\"p12\" is one parameter too many"), "{error}");
}

#[test]
fn what_is_wrong_is_said_with_its_column_and_the_likely_intention() {
    for (text, column, what, instead) in [
        ("", 1, "no formula", "x^2 + 3y^2"),
        ("   ", 1, "no formula", "x^2 + 3y^2"),
        ("x +", 4, "missing after +", "a number"),
        ("x * / y", 5, "missing before /", "a number"),
        ("(x + 1", 7, "a ) is missing", "column 1"),
        ("x + 1)", 6, "closes nothing", "leave it out"),
        ("2()", 3, "between the brackets", "a number"),
        ("|x", 3, "a | is missing", "column 1"),
        ("sin x", 5, "needs brackets", "sin(x)"),
        ("sin^2(x)", 4, "needs brackets", "sin(x)^2"),
        ("x + sni(y)", 5, "no function \"sni\"", "did you mean sin?"),
        ("X^2", 1, "no \"X\"", "did you mean x?"),
        ("x2 + y", 1, "no \"x2\"", "write x^2 for a power"),
        ("2pix", 2, "no \"pix\"", "did you mean pi x?"),
        ("x 2", 3, "follows without a sign", "write ^"),
        ("2 3", 3, "follows without a sign", "a sign between"),
        ("1,5x", 2, "a comma", "1.5"),
        ("y = x^2", 3, "\"=\"", "right of it"),
        ("x[1]", 2, "\"[\"", "brackets are"),
        ("x²^3", 3, "a power has a power", "(x^2)^3"),
        ("sin(x, y)", 1, "takes one argument, and here are 2", "sin(x)"),
        ("min(x)", 1, "takes two arguments, and here are 1", "min(x, y)"),
        ("foo(x)", 1, "no function \"foo\"", "sin, exp"),
        ("mx + y", 1, "no \"mx\"", "write m x"),
        ("depht(x)", 1, "no function \"depht\"", "wants a sign"),
        ("Sin + x", 1, "no \"Sin\"", "did you mean sin?"),
        ("parameters x", 1, "no \"parameters\"", "functions are"),
        ("abcdefghijklmnopqrstuvwxyz x", 1, "is too long", "24 letters"),
        ("1.2.3", 4, "follows without a sign", "a sign between"),
        ("1e999", 1, "too large", "1.8e308"),
        (".", 1, "no number", "0.5"),
    ] {
        let error = Expression::read(text).map(|_| text).unwrap_err();
        let said = error.to_string();
        assert_eq!(error.column, column, "{text}: {said}");
        assert!(said.contains(what) && said.contains(instead), "{text}: {said}");
        assert!(!said.contains('\n'), "one line: {said}");
    }
}

#[test]
fn a_caret_stands_under_the_place() {
    let drawing = |text: &str| Expression::read(text).unwrap_err().drawing(text);
    assert_eq!(drawing("x + sni(y)"), "x + sni(y)\n    ^");
    assert_eq!(drawing("x +"), "x +\n   ^");
    let long = format!("{} + foo(x)", vec!["x"; 200].join(" + "));
    let drawn = drawing(&long);
    let lines: Vec<&str> = drawn.lines().collect();
    let caret = lines[1].chars().count() - 1;
    assert!(lines[0].starts_with('…') && lines[0].chars().count() < 70, "{drawn}");
    assert_eq!(lines[0].chars().skip(caret).take(3).collect::<String>(), "foo");
}

#[test]
fn hostile_texts_are_refused_in_words() {
    let nested =
        |open: &str, close: &str, n: usize| format!("{}x{}", open.repeat(n), close.repeat(n));
    for text in [
        "x+".repeat(25_000),
        nested("(", ")", 50_000),
        nested("(", ")", 900),
        nested("sin(", ")", 300),
        nested("|", "|", 900),
        "√".repeat(600) + "x",
        "x^".repeat(900) + "x",
        "(".repeat(1999),
        "x".repeat(1999),
        "é".repeat(1000),
        "\u{0}".repeat(100),
    ] {
        let error = Expression::read(&text).map(|_| ()).unwrap_err().to_string();
        assert!(error.len() < 300, "{error}");
    }
    assert!(Expression::read(&nested("(", ")", 60)).is_ok());
    assert!(Expression::read(&("-".repeat(1500) + "x")).is_ok(), "signs do not nest");
    assert!(Expression::read(&vec!["x"; 500].join("+")).is_ok());
}

/// A formula as a tree, printed with every bracket, and as its value.
#[derive(Debug, Clone)]
enum Tree {
    X,
    Y,
    Number(f64),
    Of(&'static str, Box<Self>),
    Two(char, Box<Self>, Box<Self>),
    Power(Box<Self>, i32),
}

impl Tree {
    fn print(&self) -> String {
        match self {
            Self::X => "x".to_owned(),
            Self::Y => "y".to_owned(),
            Self::Number(number) => format!("{number:?}"),
            Self::Of("-", a) => format!("(-{})", a.print()),
            Self::Of(name, a) => format!("{name}({})", a.print()),
            Self::Two(sign, a, b) => format!("({} {sign} {})", a.print(), b.print()),
            Self::Power(a, n) => format!("({})^{n}", a.print()),
        }
    }

    fn value(&self, x: f64, y: f64) -> f64 {
        match self {
            Self::X => x,
            Self::Y => y,
            Self::Number(number) => *number,
            Self::Of(name, a) => {
                let a = a.value(x, y);
                match *name {
                    "-" => -a,
                    "sin" => a.sin(),
                    "exp" => a.exp(),
                    "tanh" => a.tanh(),
                    "atan" => a.atan(),
                    _ => a.abs(),
                }
            }
            Self::Two(sign, a, b) => {
                let (a, b) = (a.value(x, y), b.value(x, y));
                match sign {
                    '+' => a + b,
                    '-' => a - b,
                    '*' => a * b,
                    _ => a / b,
                }
            }
            Self::Power(a, n) => a.value(x, y).powi(*n),
        }
    }
}

fn tree() -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![Just(Tree::X), Just(Tree::Y), (0.1f64..4.0).prop_map(Tree::Number),];
    leaf.prop_recursive(5, 40, 2, |inner| {
        let name = proptest::sample::select(vec!["-", "sin", "exp", "tanh", "atan", "abs"]);
        let sign = proptest::sample::select(vec!['+', '-', '*', '/']);
        prop_oneof![
            (name, inner.clone()).prop_map(|(name, a)| Tree::Of(name, Box::new(a))),
            (sign, inner.clone(), inner.clone()).prop_map(|(sign, a, b)| Tree::Two(
                sign,
                Box::new(a),
                Box::new(b)
            )),
            (inner, -2..4).prop_map(|(a, n)| Tree::Power(Box::new(a), n)),
        ]
    })
}

/// Whether two numbers are the same but for rounding on the way.
fn agree(a: f64, b: f64, to: f64) -> bool {
    (a - b).abs() <= to * a.abs().max(b.abs()).max(1.0)
}

proptest! {
    #[test]
    fn a_printed_tree_is_read_as_itself(tree in tree(), x in -2.0f64..2.0, y in -2.0f64..2.0) {
        let text = tree.print();
        prop_assume!(text.len() < LONGEST);
        let (found, expected) = (at(&text, x, y), tree.value(x, y));
        if expected.is_finite() && expected.abs() < 1e6 {
            prop_assert!(agree(found, expected, 1e-6), "{}: {} {}", text, found, expected);
        }
    }

    #[test]
    fn derivatives_agree_with_differences(tree in tree(), x in -2.0f64..2.0, y in -2.0f64..2.0) {
        let text = tree.print();
        prop_assume!(text.len() < LONGEST);
        let read = Expression::read(&text).unwrap();
        let jet = read.jet(x, y);
        let h = 1e-5;
        let gradient = |dx: f64, dy: f64| read.gradient(x + dx, y + dy);
        // Where differences of two lengths agree, they are derivatives.
        let by = |h: f64| {
            let [right, left] = [gradient(h, 0.0), gradient(-h, 0.0)];
            let [up, down] = [gradient(0.0, h), gradient(0.0, -h)];
            let first = [
                (read.value(x + h, y) - read.value(x - h, y)) / (2.0 * h),
                (read.value(x, y + h) - read.value(x, y - h)) / (2.0 * h),
            ];
            let second = [0, 1].map(|k| [(right[k] - left[k]) / (2.0 * h), (up[k] - down[k]) / (2.0 * h)]);
            [first[0], first[1], second[0][0], second[0][1], second[1][0], second[1][1]]
        };
        let [coarse, fine] = [by(4.0 * h), by(h)];
        let [[xx, xy], [yx, yy]] = jet.hessian;
        let found = [jet.gradient[0], jet.gradient[1], xx, xy, yx, yy];
        // A part that is infinite, as x/0, may leave a value and no derivative.
        prop_assume!(found.iter().all(|x| x.is_finite()));
        for k in 0..6 {
            if coarse[k].is_finite() && agree(coarse[k], fine[k], 1e-6) && coarse[k].abs() < 1e4 && jet.value.abs() < 1e4 {
                prop_assert!(agree(found[k], fine[k], 1e-4), "{} number {}: {} {}", text, k, found[k], fine[k]);
            }
        }
        prop_assert_eq!(jet.gradient.map(f64::to_bits), read.gradient(x, y).map(f64::to_bits));
        prop_assert_eq!(jet.value.to_bits(), read.value(x, y).to_bits());
    }

    #[test]
    fn many_points_are_what_each_is(tree in tree(), x in proptest::collection::vec(-3.0f64..3.0, 1..40), y in -3.0f64..3.0) {
        let text = tree.print();
        prop_assume!(text.len() < LONGEST);
        let read = Expression::read(&text).unwrap();
        let mut values = vec![0.0; x.len()];
        read.row(&x, y, &mut values);
        for (k, &x) in x.iter().enumerate() {
            prop_assert_eq!(values[k].to_bits(), read.value(x, y).to_bits());
        }
    }

    #[test]
    fn no_text_is_too_strange(text in "[xyesinp0-9.+*/^()|,²√−\\-_ ]{0,80}|\\PC{0,60}") {
        if let Err(error) = Expression::read(&text) {
            prop_assert!(error.column <= text.chars().count() + 1);
            prop_assert!(error.drawing(&text).lines().count() <= 3, "{}", error.drawing(&text));
        }
    }
}

#[test]
fn every_function_has_its_derivatives() {
    for function in &functions::FUNCTIONS {
        let read = Expression::read(&format!("{}(x)", function.name)).unwrap();
        let (x, h) = (0.4, 1e-5);
        let jet = read.jet(x, 0.0);
        let first = (read.value(x + h, 0.0) - read.value(x - h, 0.0)) / (2.0 * h);
        let second = (read.gradient(x + h, 0.0)[0] - read.gradient(x - h, 0.0)[0]) / (2.0 * h);
        assert!((jet.gradient[0] - first).abs() < 1e-8, "{}", function.name);
        assert!((jet.hessian[0][0] - second).abs() < 1e-7, "{}", function.name);
    }
    // x^y, whose exponent is no constant.
    let (x, y) = (1.7f64, 0.6);
    let jet = Expression::read("x^y").unwrap().jet(x, y);
    let v = x.powf(y);
    let expected = [y * v / x, v * x.ln()];
    assert!((0..2).all(|k| (jet.gradient[k] - expected[k]).abs() < 1e-12));
    assert!((jet.hessian[0][1] - v / x * (1.0 + y * x.ln())).abs() < 1e-12);
}

#[test]
fn kinks_and_ends_of_the_domain_are_not_smooth() {
    let is_smooth = |text: &str, x: f64, y: f64| Expression::read(text).unwrap().is_smooth_at(x, y);
    assert!(!is_smooth("|x| + y^2", 0.0, 1.0) && is_smooth("|x| + y^2", 0.1, 1.0));
    assert!(!is_smooth("max(x, y)", 2.0, 2.0) && is_smooth("max(x, y)", 2.0, 1.0));
    assert!(!is_smooth("sqrt(x^2 + y^2)", 0.0, 0.0) && !is_smooth("ln(x)", -1.0, 0.0));
    assert!(is_smooth("|x|^2 + y", 0.0, 0.0), "an even power takes the kink away");
}

#[test]
fn what_a_formula_lacks_is_found_between_points() {
    let flaws = |text: &str| {
        let points = [[-1.0, 0.5], [1.0, 0.5], [2.0, 0.25]].into_iter();
        Expression::read(text).unwrap().flaws(points)
    };
    assert_eq!(flaws("x^2 + y^2"), Flaws::default());
    assert_eq!(flaws("ln(x)"), Flaws { has_gaps: true, has_breaks: false });
    assert_eq!(flaws("|x| + max(y, 0)"), Flaws { has_gaps: false, has_breaks: true });
    assert_eq!(flaws("max(y, 0) + |x|^2"), Flaws::default(), "one side only, and no kink");
}

#[test]
fn what_is_not_a_number_stays_so() {
    assert!(at("min(ln(x), 1)", -1.0, 0.0).is_nan() && at("max(1, ln(x))", -1.0, 0.0).is_nan());
    assert!(at("1/x", 0.0, 0.0).is_infinite());
}
