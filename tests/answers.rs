//! What a student may type, and what is said about it.

use gargalo::lesson::answer::Bad;
use gargalo::lesson::answer::Distractor;
use gargalo::lesson::answer::Expression;
use gargalo::lesson::answer::NumberKey;
use gargalo::lesson::answer::NumberVerdict;
use gargalo::lesson::answer::OrderFault;
use gargalo::lesson::answer::OrderKey;
use gargalo::lesson::answer::OrderVerdict;
use gargalo::lesson::answer::Rounding;
use gargalo::lesson::answer::Slip;
use gargalo::lesson::answer::check_number;
use gargalo::lesson::answer::check_order;
use std::time::Duration;
use std::time::Instant;

// ---- reading ----------------------------------------------------------

/// The value of a text without symbols.
fn value(text: &str) -> Result<f64, Bad> {
    Expression::parse(text, &[])?
        .value(&[])
        .map(|v| v.number().expect("a number"))
}

#[test]
fn precedence_is_that_of_mathematics() {
    for (text, right) in [
        ("-3^2", -9.0),
        ("2^3^2", 512.0),
        ("2^-1", 0.5),
        ("2*-3", -6.0),
        ("-2*3+1", -5.0),
        ("1 - 2 - 3", -4.0),
        ("8/4/2", 1.0),
        ("2(3+4)", 14.0),
        ("(1+1)(2+1)", 6.0),
        ("2 sqrt(9)", 6.0),
        ("1/2(3)", 1.5),
        ("3²", 9.0),
        ("2⁻¹", 0.5),
        ("2**3", 8.0),
        ("½·4", 2.0),
        ("|−3|", 3.0),
        ("|-3||-2|", 6.0),
        ("2|-3|", 6.0),
        ("|(|-3|)-5|", 2.0),
        ("--3", 3.0),
        ("+3", 3.0),
        ("1e-3", 0.001),
        ("2e", 2.0 * std::f64::consts::E),
        (".5 + 1.", 1.5),
        ("log₂(16)", 4.0),
        ("ceil(log2(10))", 4.0),
        ("2×3÷6", 1.0),
        ("2π − 2pi", 0.0),
    ] {
        let got = value(text).unwrap_or_else(|bad| panic!("{text}: {bad}"));
        assert!((got - right).abs() < 1e-12, "{text}: {got}");
    }
}

#[test]
fn every_function_has_its_value() {
    for (text, right) in [
        ("exp(1)", std::f64::consts::E),
        ("log(e^2) + ln(e)", 3.0),
        ("log2(8) + log10(100)", 5.0),
        ("sqrt(9) + abs(-2)", 5.0),
        ("sign(-3) + 10 sign(0) + 100 sign(0.1)", 99.0),
        ("floor(-1.5) + 10 ceil(1.2)", 18.0),
        ("sin(pi/2) + sen(pi/2) + cos(pi)", 1.0),
        ("tanh(1)", 1f64.tanh()),
        ("sigmoid(0) + sigmoid(-1000)", 0.5),
        ("relu(-1) + relu(2)", 2.0),
        ("softplus(0)", 2f64.ln()),
        ("softplus(1000)", 1000.0),
        ("softplus(-3)", (-3f64).exp().ln_1p()),
        ("sum(3) + mean(3) + norm(-3) + norm1(-3)", 12.0),
        ("T(2) + trace(3) + softmax(5)", 6.0),
        ("max(1, 2) + 10 max(4, 3) + 100 max(7)", 742.0),
        ("min(1, 2) + 10 min(4, 3) + 100 min(7)", 731.0),
        ("dot(2, 3)", 6.0),
    ] {
        let got = value(text).unwrap_or_else(|bad| panic!("{text}: {bad}"));
        assert!((got - right).abs() < 1e-12, "{text}: {got}");
    }
    // What has no value does not get one by comparing.
    for text in ["max(ln(-1), 0)", "min(0, ln(-1))", "relu(0/0)"] {
        assert!(value(text).unwrap().is_nan(), "{text}");
    }
}

#[test]
fn commas_are_decimal_between_digits_and_separate_in_max() {
    for (text, right) in [
        ("0,5", 0.5),
        ("0,5*ln(0,25)", 0.5 * 0.25f64.ln()),
        ("sqrt(0,25)", 0.5),
        ("max(1,2)", 2.0),
        ("max(0,5)", 5.0),
        ("max(0,5; 0,7)", 0.7),
        ("max(0.5, 0.7)", 0.7),
        ("max((0,5), 0.1)", 0.5),
        ("1,5e-3", 0.0015),
        ("1e−3", 0.001),
    ] {
        assert_eq!(value(text), Ok(right), "{text}");
    }
    let bad = value("max(0,5, 0,7)").unwrap_err();
    assert!(bad.message.contains("`;`"), "{bad}");
}

#[test]
fn every_complaint_points_at_its_place() {
    let symbols = ["x".to_owned(), "K".to_owned()];
    for (text, part, says) in [
        (
            "2*foo + x",
            "foo",
            "not one of the symbols of this exercise: x, K",
        ),
        ("xK + 1", "xK", "Is it x*K?"),
        ("(x + 1", "", "`(` at character 1 is still open"),
        ("x + 1)", ")", "closes nothing"),
        ("x + ", "", "missing at the end"),
        ("* x", "*", "A value is missing before"),
        ("log x", "log", "log(..)"),
        ("max(1, 2, 3)", "max(1, 2, 3)", "one or two values, 3 given"),
        ("y = x", "=", "right of the equals sign"),
        ("2 3", "3", "Two numbers in a row"),
        ("1.2.3", "1.2.3", "two decimal marks"),
        ("1e999", "1e999", "too large"),
        ("\\frac{1}{2}", "\\", "not in LaTeX"),
        ("x, K", ",", "comma"),
        ("x € 2", "€", "not understood"),
        ("|x", "", "`|` at character 1"),
        ("", "", "empty"),
        ("x[1", "", "`[` at character 2"),
        ("x\u{7}", "\u{7}", "invisible"),
    ] {
        let bad = Expression::parse(text, &symbols).unwrap_err();
        assert_eq!(&text[bad.at.clone()], part, "{text}: {bad}");
        assert!(bad.message.contains(says), "{text}: {bad}");
    }
}

#[test]
fn what_is_too_much_is_refused_at_once() {
    let deep = |n: usize| format!("{}1{}", "(".repeat(n), ")".repeat(n));
    let start = Instant::now();
    assert!(value(&deep(50_000)).is_err(), "100,000 brackets");
    assert!(value(&"(".repeat(100_000)).is_err());
    assert!(start.elapsed() < Duration::from_millis(50));
    assert_eq!(value(&deep(59)), Ok(1.0));
    assert!(value(&deep(60)).unwrap_err().message.contains("60 deep"));
    assert!(value(&"-".repeat(1000)).is_err());
    assert!(value(&"é".repeat(501)).unwrap_err().at.start <= 1000);
    // Brackets side by side are not deep.
    assert_eq!(value(&format!("1{}", "*(1)".repeat(200))), Ok(1.0));
    assert!(value(&format!("2{}", "'".repeat(999))).is_err());
    // Long chains grow the tree, not the stack of the parser.
    let chain = |text: String| {
        let work = move || value(&text).is_ok();
        let small = std::thread::Builder::new().stack_size(512 * 1024);
        assert!(small.spawn(work).unwrap().join().unwrap());
    };
    chain(format!("2{}", "'".repeat(249)));
    chain(format!("2{}", "[1]".repeat(249)));
    chain(format!("1{}", "+1".repeat(249)));
    chain(format!("1{}", "^1".repeat(50)));
    chain(deep(59));
    chain(format!("{}1{}", "max(".repeat(59), ")".repeat(59)));
    chain(format!("1{}{}", "[1".repeat(59), "]".repeat(59)));
}

// ---- numbers ----------------------------------------------------------

#[test]
fn a_number_may_be_written_in_many_ways() {
    for (key, answers) in [
        (0.5, "0.5|0,5|.5|1/2|½|5e-1|50%|50 %|0.504|2^-1| 0.5 "),
        (1.0 / 3.0, "1/3|0.333|0,333|33,3%"),
        (0.0939, "0.05 ln(0.25) + 0.95 ln(1.1875)|0,094"),
        (-0.25, "-0.25|−0,25|-1/4"),
        (0.0, "0|0.0|1-1|1e-9"),
        (1234.5, "1234.5|1,234.5|1.234,5|1 234,5|1234,5"),
    ] {
        let key = NumberKey::about(key);
        for answer in answers.split('|') {
            let verdict = check_number(answer, &key);
            let right = matches!(verdict, NumberVerdict::Right { .. });
            assert!(right, "{answer}: {verdict:?}");
        }
    }
    let parameters = NumberKey::whole(16672.0);
    for answer in
        ["16672", "16.672", "16,672", "16 672", "2*256*32 + 32 + 256"]
    {
        let right = NumberVerdict::Right { value: 16672.0 };
        assert_eq!(check_number(answer, &parameters), right, "{answer}");
    }
    let bits =
        NumberKey { unit: "bits".to_owned(), ..NumberKey::whole(4.0) };
    let share =
        NumberKey { unit: "%".to_owned(), ..NumberKey::about(15.9) };
    for (answer, key) in [
        ("4 bits", &bits),
        ("log2(16)", &bits),
        ("4.0", &bits),
        ("15,9 %", &share),
        ("15.9", &share),
    ] {
        let right = matches!(
            check_number(answer, key),
            NumberVerdict::Right { .. }
        );
        assert!(right, "{answer}");
    }
}

#[test]
fn near_misses_are_named() {
    let rounded = |value: f64, exact: f64| NumberKey {
        exact: Some(exact),
        ..NumberKey::whole(value)
    };
    let foreseen = NumberKey {
        misses: vec![(0.0375, "You divided by N - 1.".to_owned())],
        ..NumberKey::about(0.0325)
    };
    let author = Slip::Author("You divided by N - 1.".to_owned());
    let down = Slip::Rounding(Rounding::Down);
    let up = Slip::Rounding(Rounding::Up);
    let missing = Slip::Rounding(Rounding::Missing);
    let about = NumberKey::about;
    for (answer, key, slip) in [
        ("-0.818", about(0.818), Slip::Sign),
        ("1.636", about(0.818), Slip::Two),
        ("0.409", about(0.818), Slip::Two),
        ("15.9", about(0.159), Slip::Percent),
        ("0.159", about(15.9), Slip::Percent),
        ("ln(20)", about(20f64.log2()), Slip::LogBase),
        ("log2(20)", about(20f64.ln()), Slip::LogBase),
        ("log10(20)", about(20f64.ln()), Slip::LogBase),
        ("log10(20)", about(20f64.log2()), Slip::LogBase),
        ("30", about(30f64.to_radians()), Slip::Degrees),
        ("0.5236", about(30.0), Slip::Degrees),
        ("0.3", about(0.09), Slip::Root),
        ("0.09", about(0.3), Slip::Square),
        ("15", NumberKey::whole(16.0), Slip::OneOff),
        ("17", NumberKey::whole(16.0), Slip::OneOff),
        ("3", rounded(4.0, 3.32), down),
        ("4", rounded(3.0, 3.32), up),
        ("log2(10)", rounded(4.0, 3.32), missing),
        ("1e-5", about(1e-4), Slip::PowerOfTen),
        ("1.500", about(1500.0), Slip::PowerOfTen),
        ("0.0335", about(0.0325), Slip::Close),
        ("0.0375", foreseen, author),
    ] {
        key.check().unwrap();
        let verdict = check_number(answer, &key);
        let NumberVerdict::NearMiss { slips, what, .. } = &verdict else {
            panic!("{answer}: {verdict:?}");
        };
        assert!(slips.contains(&slip), "{answer}: {slips:?}");
        assert!(what.contains(&slip.to_string()), "{what}");
    }
}

#[test]
fn other_numbers_are_wrong_and_other_texts_unreadable() {
    for (answer, key) in [
        ("7", NumberKey::about(0.818)),
        ("0.83", NumberKey { tolerance: 0.001, ..NumberKey::about(0.8) }),
        ("16640", NumberKey::whole(16672.0)),
        ("1", NumberKey::about(0.0)),
        ("0.01", NumberKey::about(0.0)),
        ("0", NumberKey::about(1e-7)),
        ("3.35", NumberKey::about(1.0)),
        ("16.672", NumberKey::about(5.3)),
    ] {
        let verdict = check_number(answer, &key);
        let wrong = matches!(verdict, NumberVerdict::Wrong { .. });
        assert!(wrong, "{answer}: {verdict:?}");
    }
    for answer in
        ["", "  ", "%", "abc", "1/0", "ln(-1)", "0/0", "1..2", "(1"]
    {
        let verdict = check_number(answer, &NumberKey::about(1.0));
        let unread = matches!(verdict, NumberVerdict::Unreadable(_));
        assert!(unread, "{answer}: {verdict:?}");
    }
}

// ---- orders -----------------------------------------------------------

fn pipeline() -> OrderKey {
    let steps = ["train AE 1", "encode X", "train AE 2", "add classifier"];
    OrderKey {
        steps: steps.map(str::to_owned).to_vec(),
        distractors: vec![Distractor {
            text: "train everything with labels".to_owned(),
            why: "The first phase has no labels.".to_owned(),
        }],
    }
}

#[test]
fn an_order_is_judged_up_to_its_first_mistake() {
    let key = pipeline();
    let why = "The first phase has no labels.".to_owned();
    for (answer, leading, fault) in [
        (&[1, 0, 2, 3][..], 0, OrderFault::Misplaced),
        (&[0, 1, 3, 2], 2, OrderFault::Misplaced),
        (&[0, 1, 2], 3, OrderFault::Missing),
        (&[], 0, OrderFault::Missing),
        (&[0, 4, 1, 2, 3], 1, OrderFault::Intruder(why.clone())),
        (&[0, 1, 2, 3, 4], 4, OrderFault::Intruder(why)),
        (&[0, 1, 1, 2, 3], 2, OrderFault::Repeated),
        (&[0, 1, 2, 99], 3, OrderFault::Unknown),
        (&[0, 1, 2, usize::MAX], 3, OrderFault::Unknown),
    ] {
        let verdict = check_order(answer, &key);
        let wrong = OrderVerdict::Wrong { leading, fault };
        assert_eq!(verdict, wrong, "{answer:?}");
        let said = verdict.to_string();
        assert!(
            key.steps.iter().all(|step| !said.contains(step)),
            "{said}"
        );
    }
    assert_eq!(check_order(&[0, 1, 2, 3], &key), OrderVerdict::Right);
    let said = check_order(&[0, 1, 3, 2], &key).to_string();
    assert_eq!(
        said,
        "The first 2 steps are right. Step 3 belongs elsewhere."
    );
}

#[test]
fn steps_with_the_same_text_may_change_places() {
    let mut key = pipeline();
    key.steps[2] = key.steps[0].clone();
    assert_eq!(check_order(&[2, 1, 0, 3], &key), OrderVerdict::Right);
    assert!(check_order(&[0, 1, 0, 3], &key) != OrderVerdict::Right);
}

#[test]
fn choices_are_shown_in_an_order_that_is_not_the_solution() {
    let key = pipeline();
    for seed in 0..500 {
        let shown = key.shuffled(seed);
        let mut sorted = shown.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, [0, 1, 2, 3, 4]);
        assert_ne!(shown[..4], [0, 1, 2, 3], "seed {seed}");
    }
    assert_eq!(key.shuffled(1), key.shuffled(1));
    assert_eq!(key.check(), Ok(()));
    let one = OrderKey { steps: vec!["a".into()], distractors: vec![] };
    assert!(one.check().is_err());
    one.shuffled(3);
    let mut twin = key;
    twin.distractors[0].text = twin.steps[0].clone();
    assert!(twin.check().unwrap_err().contains("both"));
}
