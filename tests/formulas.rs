//! Formulas a student may type: every right spelling is accepted, every
//! slip refused with its reason, and nothing is accepted by chance.

use gargalo::lesson::answer::CounterExample;
use gargalo::lesson::answer::Difference;
use gargalo::lesson::answer::FormulaKey;
use gargalo::lesson::answer::FormulaVerdict;
use gargalo::lesson::answer::NumberKey;
use gargalo::lesson::answer::NumberVerdict;
use gargalo::lesson::answer::Symbol;
use gargalo::lesson::answer::WrongFormula;
use gargalo::lesson::answer::check_formula;
use gargalo::lesson::answer::check_number;
use gargalo::nn::random;
use rand::RngExt;

/// A vector of `n` entries.
fn vector(name: &str, n: usize) -> Symbol {
    Symbol { rows: n, ..Symbol::number(name, -2.0, 2.0) }
}

fn key(formula: &str, symbols: Vec<Symbol>) -> FormulaKey {
    FormulaKey { key: formula.to_owned(), symbols, wrong: Vec::new() }
}

fn verdict(answer: &str, key: &FormulaKey) -> FormulaVerdict {
    check_formula(answer, key).unwrap_or_else(|e| panic!("{e}"))
}

/// What PCA with K components loses, of D eigenvalues.
fn lost() -> FormulaKey {
    let lam = Symbol {
        length: Some("D".to_owned()),
        ..Symbol::number("lam", 0.1, 3.0)
    };
    let symbols = vec![
        lam,
        Symbol::integer("K", 1.0, 4.0),
        Symbol::integer("D", 5.0, 8.0),
    ];
    FormulaKey {
        wrong: vec![WrongFormula {
            formula: "sum(lam[1..K])".to_owned(),
            message: "This is what is kept.".to_owned(),
        }],
        ..key("sum(lam[K+1..D])", symbols)
    }
}

/// The slope of the mean squared error.
fn slope() -> FormulaKey {
    let symbols = vec![
        Symbol::number("xh", -2.0, 2.0),
        Symbol::number("x", -2.0, 2.0),
        Symbol::integer("D", 2.0, 9.0),
    ];
    FormulaKey {
        wrong: vec![WrongFormula {
            formula: "2(xh-x)".to_owned(),
            message: "This is the derivative without the 1/D.".to_owned(),
        }],
        ..key("2*(xh-x)/D", symbols)
    }
}

/// The extra term of the sparse autoencoder.
fn sparse() -> FormulaKey {
    let symbols = vec![
        Symbol::number("beta", 0.5, 5.0),
        Symbol::number("rho", 0.05, 0.95),
        Symbol::number("rj", 0.05, 0.95),
    ];
    key("beta*(-rho/rj + (1-rho)/(1-rj))", symbols)
}

/// The divergence of a Gaussian from the standard one.
fn divergence() -> FormulaKey {
    let symbols = vec![
        Symbol::number("mu", -2.0, 2.0),
        Symbol::number("logvar", -3.0, 1.0),
    ];
    key("0.5*(mu^2 + exp(logvar) - 1 - logvar)", symbols)
}

/// The divergence of two coins.
fn coins() -> FormulaKey {
    let symbols = vec![
        Symbol::number("rho", 0.05, 0.95),
        Symbol::number("q", 0.05, 0.95),
    ];
    key("rho*log(rho/q) + (1-rho)*log((1-rho)/(1-q))", symbols)
}

/// The squared error of vectors.
fn squares() -> FormulaKey {
    key("norm(x - y)^2", vec![vector("x", 4), vector("y", 4)])
}

/// A linear layer.
fn layer() -> FormulaKey {
    let w = Symbol { cols: 4, ..vector("W", 3) };
    key("W*x + b", vec![w, vector("x", 4), vector("b", 3)])
}

#[test]
fn every_right_spelling_is_accepted() {
    let cases: [(FormulaKey, &str); 7] = [
        (
            lost(),
            "sum(lam[K+1..D]) ; sum(lam) - sum(lam[1..K]) ; \
             sum(λ[1..D]) − sum(λ[1..K]) ; sum(lam[(K+1)..D]) ; \
             (D-K)*mean(lam[K+1..D]) ; norm1(lam[K+1..D])",
        ),
        (
            slope(),
            "2(xh-x)/D ; 2*(xh - x)/D ; (2/D)(xh-x) ; -2(x-xh)/D ; \
             2/D*(x̂ − x) ; 2xh/D - 2x/D ; (xh-x)/(D/2) ; \
             (xh-x)·2/D ; 2(xh-x) D^-1 ; 2 (xh-x) / D ; \
             ((xh-x+1)^2 - (xh-x)^2 - 1)/D ; 2,0(xh-x)/D",
        ),
        (
            sparse(),
            "beta*(-rho/rj + (1-rho)/(1-rj)) ; \
             β(−ρ/rj + (1−ρ)/(1−rj)) ; \
             beta*(rj - rho)/(rj(1-rj)) ; \
             -beta*(rho/rj - (1-rho)/(1-rj)) ; \
             beta ((1-rho)/(1-rj) - rho/rj)",
        ),
        (
            divergence(),
            "0.5*(mu^2 + exp(logvar) - 1 - logvar) ; \
             ½(μ² + exp(logvar) − 1 − logvar) ; \
             (mu*mu + e^logvar - logvar - 1)/2 ; \
             -0,5*(1 + logvar - mu^2 - exp(logvar)) ; \
             mu²/2 + (exp(logvar) - 1 - logvar)/2 ; \
             0.5(mu**2 + exp(logvar/2)^2 - 1 - ln(exp(logvar)))",
        ),
        (
            coins(),
            "rho log(rho/q) + (1-rho) log((1-rho)/(1-q)) ; \
             ρ ln ( ρ/q ) + (1−ρ) ln((1−ρ)/(1−q)) ; \
             rho*(log(rho)-log(q)) + (1-rho)*(log(1-rho)-log(1-q)) ; \
             -rho*log(q/rho) - (1-rho)*log((1-q)/(1-rho)) ; \
             log(2)(rho log2(rho/q) + (1-rho) log2((1-rho)/(1-q)))",
        ),
        (
            squares(),
            "norm(x-y)^2 ; ‖x − y‖² ; ||x-y||^2 ; sum((x-y)^2) ; \
             dot(x-y, x-y) ; (x-y)'(x-y) ; (x−y)ᵀ(x−y) ; \
             (x-y)^T (x-y) ; (x-y)·(x-y) ; sum((y-x)⊙(y-x)) ; \
             4 mean((x-y)²) ; trace((x-y)@(x-y)') ; \
             ‖x‖² − 2 x·y + ‖y‖² ; sum(|x-y|^2) ; sum(|x-y||x-y|)",
        ),
        (
            layer(),
            "W x + b ; W*x + b ; W@x + b ; W·x + b ; b + T(T(x)*T(W)) ; \
             (x' W')' + b ; (xᵀWᵀ)ᵀ + b ; (x^T W^T)^T + b",
        ),
    ];
    let mut n = 0;
    for (key, answers) in &cases {
        key.check().unwrap();
        for answer in answers.split(';') {
            let verdict = verdict(answer, key);
            assert_eq!(
                verdict,
                FormulaVerdict::Right,
                "{answer}: {verdict}"
            );
            n += 1;
        }
    }
    println!("{n} right spellings accepted");
    assert!(n >= 21);
}

#[test]
fn every_classic_slip_is_refused_with_its_reason() {
    use Difference::*;
    let name = |name: &str| name.to_owned();
    let cases: Vec<(FormulaKey, &str, Option<Difference>)> = vec![
        (slope(), "2(x-xh)/D", Some(Sign)),
        (slope(), "(xh-x)/D", Some(Factor(0.5))),
        (slope(), "4(xh-x)/D", Some(Factor(2.0))),
        (slope(), "2(xh-x)/D^2", Some(Over(name("D")))),
        (slope(), "(xh-x)^2/D", None),
        (slope(), "2(xh+x)/D", None),
        (slope(), "2xh - x/D", None),
        (sparse(), "-rho/rj + (1-rho)/(1-rj)", Some(Over(name("beta")))),
        (sparse(), "beta*(rho/rj - (1-rho)/(1-rj))", Some(Sign)),
        (sparse(), "beta*(rho/rj + (1-rho)/(1-rj))", None),
        (
            divergence(),
            "mu^2 + exp(logvar) - 1 - logvar",
            Some(Factor(2.0)),
        ),
        (divergence(), "0.5*(mu^2+exp(logvar)-logvar)", Some(Offset(0.5))),
        (divergence(), "0.5*(mu^2 + exp(logvar) - 1 + logvar)", None),
        (divergence(), "0.5*(mu + exp(logvar) - 1 - logvar)", None),
        (divergence(), "0.5*(mu^2 + logvar - 1 - log(logvar))", None),
        (
            coins(),
            "rho log2(rho/q) + (1-rho) log2((1-rho)/(1-q))",
            Some(LogBase),
        ),
        (coins(), "q*log(q/rho) + (1-q)*log((1-q)/(1-rho))", None),
        (coins(), "rho*log(rho/q)", None),
        (squares(), "norm(x-y)", Some(Root)),
        (squares(), "sum((x-y)^2)^2", Some(Square)),
        (squares(), "mean((x-y)^2)", Some(OverCount(name("x")))),
        (squares(), "norm1(x-y)", None),
        (squares(), "sum(x-y)^2", None),
        (squares(), "norm(x)^2 - norm(y)^2", None),
        (lost(), "sum(lam[K..D])", None),
        (lost(), "lam[K+1]", None),
        (lost(), "mean(lam[K+1..D])", None),
        (layer(), "W*x - b", None),
        (layer(), "W*x", None),
    ];
    assert!(cases.len() >= 12);
    println!("{} slips refused", cases.len());
    for (key, answer, reason) in cases {
        match verdict(answer, &key) {
            FormulaVerdict::Differs { pattern, .. } => {
                match (pattern, reason) {
                    (Some(Factor(a)), Some(Factor(b)))
                    | (Some(Offset(a)), Some(Offset(b))) => {
                        assert!((a - b).abs() < 1e-9, "{answer}: {a}");
                    }
                    (got, wanted) => assert_eq!(got, wanted, "{answer}"),
                }
            }
            other => panic!("{answer}: {other:?}"),
        }
    }
}

#[test]
fn wrong_formulas_the_author_foresaw_get_their_message() {
    for (key, answer, says) in [
        (slope(), "2xh - 2x", "without the 1/D"),
        (slope(), "-2*(x-x̂)", "without the 1/D"),
        (lost(), "sum(lam) - sum(lam[K+1..D])", "what is kept"),
    ] {
        let verdict = verdict(answer, &key);
        let known = matches!(verdict, FormulaVerdict::Known { .. });
        assert!(known && verdict.to_string().contains(says), "{verdict}");
    }
}

#[test]
fn shapes_are_compared_and_explained() {
    for (key, answer, says) in [
        (layer(), "x'W' + b'", "right but for a transposition"),
        (layer(), "sum(x)", "Your formula gives a number; a vector of 3"),
        (squares(), "x - y", "Your formula gives a vector of 4; a number"),
        (layer(), "x*W + b", "a vector of 4 times a 3×4 matrix"),
        (layer(), "W + b", "a 3×4 matrix and a vector of 3 do not fit"),
        (layer(), "b + x'", "do not fit entry by entry"),
        (layer(), "W*x[2..5]", "asks for entry 5; there are 1 to 4"),
        (layer(), "x[1/2] b", "An index is a whole number; this is 0.5"),
        (layer(), "W[2]", "an entry of it is written W[i, j]"),
        (layer(), "trace(W)", "needs a square matrix, not a 3×4 matrix"),
        (lost(), "sum(lam[K..D+1])", "This asks for entry"),
        (lost(), "sum(lam[D..K])", "runs backwards"),
    ] {
        let said = verdict(answer, &key).to_string();
        assert!(said.contains(says), "{answer}: {said}");
    }
}

#[test]
fn a_counter_example_can_be_redone_by_hand() {
    let said = verdict("2(xh+x)/D", &slope());
    let FormulaVerdict::Differs { example, .. } = &said else {
        panic!("{said:?}");
    };
    let CounterExample { at, yours, key, .. } = example;
    let [xh, x, d] = [0, 1, 2].map(|i| at[i].1.number().unwrap());
    assert_eq!(at[2].0, "D");
    assert!((yours - 2.0 * (xh + x) / d).abs() < 1e-12);
    assert!((key - 2.0 * (xh - x) / d).abs() < 1e-12);
    let [xh, x, d] =
        [0, 1, 2].map(|i| at[i].1.number().unwrap().to_string());
    let start = format!("At xh = {xh}, x = {x}, D = {d} yours gives ");
    assert!(said.to_string().starts_with(&start), "{said}");
    assert!(x.len() <= 6, "few digits: {x}");
    let again = verdict("2(xh+x)/D", &slope());
    assert_eq!(said, again, "the same answer gets the same verdict");
}

#[test]
fn doubtful_spellings_are_explained_when_they_are_wrong() {
    let said = verdict("2/D(xh-x) + 1/2x", &slope()).to_string();
    assert!(said.contains("`1/2 x` was read as `(1/2) * x`"), "{said}");
}

#[test]
fn both_sides_of_a_kink_are_seen() {
    let x = || vec![Symbol::number("x", -2.0, 2.0)];
    for (right, wrong) in
        [("relu(x)", "x"), ("|x|", "-x"), ("max(x, -1.9)", "x")]
    {
        let differs = matches!(
            verdict(wrong, &key(right, x())),
            FormulaVerdict::Differs { .. }
        );
        assert!(differs, "{wrong} for {right}");
    }
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
fn keys_are_read_from_lesson_files() {
    let text = r#"(key: "sum(lam[K+1..D])", symbols: [
        (name: "lam", from: 0.1, to: 3.0, length: Some("D")),
        (name: "K", from: 1, to: 4, integer: true),
        (name: "D", from: 5, to: 8, integer: true)],
        wrong: [(formula: "sum(lam[1..K])",
                 message: "This is what is kept.")])"#;
    let key: FormulaKey = ron::from_str(text).unwrap();
    assert_eq!(key, lost());
    let number: NumberKey = ron::from_str("(value: 0.5)").unwrap();
    assert_eq!(number, NumberKey::about(0.5));
    assert!(
        ron::from_str::<NumberKey>("(value: 1, tolerence: 1)").is_err()
    );
}

/// Pieces that random answers are made of.
const PIECES: &[&str] = &[
    "mu", "logvar", "2", "0.5", "1", "+", "-", "*", "/", "^", "(", ")",
    "exp(", "log(", "sqrt(", "|", "‖", "²", "ᵀ", "'", ",", ";", "[", "]",
    "..", " ", "sum(", "max(", "T", "e", "−", "·", "⊙", "@", "x̂", "½", "%",
    "1e", "\u{0}", "=", "foo", "||", "-", "(", ")", "mu^2", "1,5", "norm(",
];

#[test]
fn random_answers_neither_panic_nor_pass() {
    let key = divergence();
    let number = NumberKey::about(0.818_147_18);
    let mut rng = random::rng(1, random::Purpose::Noise);
    let (mut read, mut passed) = (0, 0);
    for _ in 0..200_000 {
        let n = rng.random_range(1..14);
        let answer: String = (0..n)
            .map(|_| PIECES[rng.random_range(0..PIECES.len())])
            .collect();
        match verdict(&answer, &key) {
            FormulaVerdict::Right => panic!("accepted: {answer}"),
            FormulaVerdict::Unreadable(bad) => {
                assert!(answer.get(bad.at).is_some(), "{answer}");
            }
            _ => read += 1,
        }
        if let NumberVerdict::Right { value } =
            check_number(&answer, &number)
        {
            assert!((value / 0.818_147_18 - 1.0).abs() < 0.0101);
            passed += 1;
        }
    }
    println!("{read} of 200,000 random formulas could be read");
    assert!(read > 5_000 && passed < 200, "{read} read, {passed} passed");
}

#[test]
fn one_changed_token_is_always_noticed() {
    let mut rng = random::rng(2, random::Purpose::Noise);
    let swaps =
        ["+", "-", "*", "/", "^", "2", "3", "0.5", "1", "rho", "q", "mu"];
    let (mut told, mut missed) = (0, Vec::new());
    for key in [divergence(), coins(), slope(), sparse()] {
        let symbol = |c: char| c.is_alphanumeric() || c == '.';
        let mut tokens: Vec<String> = Vec::new();
        for letter in key.key.chars() {
            match tokens.last_mut() {
                Some(last) if symbol(letter) && last.ends_with(symbol) => {
                    last.push(letter);
                }
                _ => tokens.push(letter.to_string()),
            }
        }
        for _ in 0..2_500 {
            let place = rng.random_range(0..tokens.len());
            let swap = swaps[rng.random_range(0..swaps.len())];
            if tokens[place] == swap || tokens[place] == " " {
                continue;
            }
            let mut mutant = tokens.clone();
            mutant[place] = swap.to_owned();
            match verdict(&mutant.concat(), &key) {
                FormulaVerdict::Right => missed.push(mutant.concat()),
                _ => told += 1,
            }
        }
    }
    println!("{told} mutants told apart, {} not", missed.len());
    missed.sort();
    missed.dedup();
    assert!(missed.is_empty(), "{missed:?}");
}
