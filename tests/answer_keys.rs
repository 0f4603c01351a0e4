//! Keys of exercises: what an author may write, and what is said about it.

use gargalo::lesson::answer::FormulaKey;
use gargalo::lesson::answer::FormulaVerdict;
use gargalo::lesson::answer::NumberKey;
use gargalo::lesson::answer::Slope;
use gargalo::lesson::answer::Symbol;
use gargalo::lesson::answer::WrongFormula;
use gargalo::lesson::answer::check_formula;
use gargalo::lesson::answer::check_number;

fn key(formula: &str, symbols: Vec<Symbol>) -> FormulaKey {
    FormulaKey {
        key: formula.to_owned(),
        symbols,
        wrong: Vec::new(),
        slope: None,
    }
}

fn verdict(answer: &str, key: &FormulaKey) -> FormulaVerdict {
    check_formula(answer, key).unwrap_or_else(|e| panic!("{e}"))
}

/// A vector of `n` entries.
fn vector(name: &str, n: usize) -> Symbol {
    Symbol { rows: n, ..Symbol::number(name, -2.0, 2.0) }
}

#[test]
fn keys_are_read_from_lesson_files() {
    let text = r#"(key: "sum(lam[K+1..D])", symbols: [
        (name: "lam", from: 0.1, to: 3.0, length: Some("D")),
        (name: "K", from: 1, to: 4, integer: true),
        (name: "D", from: 5, to: 8, integer: true)],
        wrong: [(formula: "sum(lam[1..K])",
                 message: "This is what is kept.")])"#;
    let key: FormulaKey = ron::from_str(text).unwrap();
    assert_eq!(key.check(), Ok(()));
    assert_eq!(key.symbols[0].length.as_deref(), Some("D"));
    let written = ron::to_string(&key).unwrap();
    assert_eq!(ron::from_str::<FormulaKey>(&written).unwrap(), key);
    let number: NumberKey = ron::from_str("(value: 0.5)").unwrap();
    assert_eq!(number, NumberKey::about(0.5));
    assert!(
        ron::from_str::<NumberKey>("(value: 1, tolerence: 1)").is_err()
    );
}

#[test]
fn a_senseless_number_key_is_refused() {
    let good = NumberKey::about(2.0);
    assert_eq!(good.check(), Ok(()));
    let shadowed = vec![(2.01, "never shown".to_owned())];
    for key in [
        NumberKey::about(f64::NAN),
        NumberKey { tolerance: 0.0, ..good.clone() },
        NumberKey { tolerance: f64::NAN, ..good.clone() },
        NumberKey::whole(2.5),
        NumberKey { exact: Some(1.5), ..good.clone() },
        NumberKey { exact: Some(5.5), ..NumberKey::whole(2.0) },
        NumberKey { misses: shadowed, ..good },
    ] {
        assert!(key.check().is_err(), "{key:?}");
        check_number("2", &key);
    }
}

#[test]
fn a_senseless_formula_key_is_explained_to_its_author() {
    let x = || Symbol::number("x", 0.0, 1.0);
    let length = |name: &str| Symbol { length: Some(name.into()), ..x() };
    let wrong = |formula: &str| FormulaKey {
        wrong: vec![WrongFormula {
            formula: formula.to_owned(),
            message: "no".to_owned(),
        }],
        ..key("x + x", vec![x()])
    };
    for (key, says) in [
        (key("2*foo", vec![x()]), "key: `foo` is not one of the symbols"),
        (key("x[2]", vec![x()]), "asks for entry 2"),
        (key("x", vec![x(), x()]), "declared twice"),
        (key("x", vec![Symbol::number("2x", 0.0, 1.0)]), "be the name"),
        (key("1", vec![Symbol::number("sum", 0.0, 1.0)]), "a function"),
        (key("x", vec![Symbol::number("x", 1.0, 0.0)]), "domain"),
        (key("x", vec![Symbol::number("x", 0.0, f64::NAN)]), "domain"),
        (key("x", vec![Symbol::integer("x", 0.5, 2.0)]), "integer"),
        (key("x", vec![Symbol { rows: 1 << 60, ..x() }]), "1 to 16"),
        (key("x", vec![length("n")]), "length of `x`"),
        (key("x", vec![length("x")]), "length of `x`"),
        (wrong("2x"), "wrong 1: This formula is right"),
        (wrong("2x +"), "wrong 1: Something is missing"),
    ] {
        let error = key.check().unwrap_err().to_string();
        assert!(error.contains(says), "{error}");
    }
    assert_eq!(wrong("x").check(), Ok(()));
}

#[test]
fn points_without_a_value_do_not_count() {
    let x = |from: f64| vec![Symbol::number("x", from, 1.0)];
    let root = key("sqrt(x)", x(-0.5));
    assert_eq!(verdict("x^0.5", &root), FormulaVerdict::Right);
    let error = check_formula("x", &key("sqrt(x)", x(-9.0))).unwrap_err();
    assert!(error.message.contains("finite at only"), "{error}");
    let hole = verdict("log(x-0.5)", &key("x", x(0.1)));
    assert!(hole.to_string().contains("no finite value"), "{hole}");
}

/// The slope of the mean squared error.
fn error() -> FormulaKey {
    let symbols = vec![
        Symbol::number("xh", -2.0, 2.0),
        Symbol::number("x", -2.0, 2.0),
        Symbol::integer("D", 2.0, 9.0),
    ];
    key("2*(xh-x)/D", symbols)
}

#[test]
fn a_derivative_is_measured_on_its_function() {
    let of = |formula: &str, by: &str| {
        Some(Slope { formula: formula.into(), by: by.into() })
    };
    let good = FormulaKey { slope: of("(xh-x)^2/D", "xh"), ..error() };
    assert_eq!(good.check(), Ok(()));
    let said = verdict("2(xh+x)/D", &good).to_string();
    assert!(said.contains("changes xh a little"), "{said}");
    let vectors = FormulaKey {
        slope: of("mean((x-y)^2)", "y"),
        ..key("(y-x)/2", vec![vector("x", 4), vector("y", 4)])
    };
    assert_eq!(vectors.check(), Ok(()));
    for (slope, says) in [
        (of("(xh-x)^2/D", "x"), "is not the slope"),
        (of("(xh-x)^2", "xh"), "is not the slope"),
        (of("(xh-x)^2/D", "D"), "is an integer"),
        (of("(xh-x)^2/D", "z"), "is not declared"),
        (of("(xh-x)^2/D +", "xh"), "missing at the end"),
    ] {
        let bad = FormulaKey { slope, ..good.clone() };
        let error = bad.check().unwrap_err().to_string();
        assert!(error.contains(says), "{error}");
    }
    let bad = FormulaKey { slope: of("x - y", "y"), ..vectors };
    let error = bad.check().unwrap_err().to_string();
    assert!(error.contains("a single number"), "{error}");
}
