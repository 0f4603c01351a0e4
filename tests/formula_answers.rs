//! Formulas a student may type: every right spelling is accepted, every
//! slip refused with its reason, and nothing is accepted by chance.

use gargalo::lesson::answer::CounterExample;
use gargalo::lesson::answer::Difference;
use gargalo::lesson::answer::FormulaKey;
use gargalo::lesson::answer::FormulaVerdict;
use gargalo::lesson::answer::Symbol;
use gargalo::lesson::answer::WrongFormula;
use gargalo::lesson::answer::check_formula;

/// A vector of `n` entries.
fn vector(name: &str, n: usize) -> Symbol {
    Symbol { rows: n, ..Symbol::number(name, -2.0, 2.0) }
}

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

/// Makes a key.
type Key = fn() -> FormulaKey;

/// Keys and right spellings of them, separated by `;`.
const SPELLINGS: [(Key, &str); 7] = [
    (
        lost,
        "sum(lam[K+1..D]) ; sum(lam) - sum(lam[1..K]) ; \
             sum(λ[1..D]) − sum(λ[1..K]) ; sum(lam[(K+1)..D]) ; \
             (D-K)*mean(lam[K+1..D]) ; norm1(lam[K+1..D])",
    ),
    (
        slope,
        "2(xh-x)/D ; 2*(xh - x)/D ; (2/D)(xh-x) ; -2(x-xh)/D ; \
             2/D*(x̂ − x) ; 2xh/D - 2x/D ; (xh-x)/(D/2) ; \
             (xh-x)·2/D ; 2(xh-x) D^-1 ; 2 (xh-x) / D ; \
             ((xh-x+1)^2 - (xh-x)^2 - 1)/D ; 2,0(xh-x)/D",
    ),
    (
        sparse,
        "beta*(-rho/rj + (1-rho)/(1-rj)) ; \
             β(−ρ/rj + (1−ρ)/(1−rj)) ; \
             beta*(rj - rho)/(rj(1-rj)) ; \
             -beta*(rho/rj - (1-rho)/(1-rj)) ; \
             beta ((1-rho)/(1-rj) - rho/rj)",
    ),
    (
        divergence,
        "0.5*(mu^2 + exp(logvar) - 1 - logvar) ; \
             ½(μ² + exp(logvar) − 1 − logvar) ; \
             (mu*mu + e^logvar - logvar - 1)/2 ; \
             -0,5*(1 + logvar - mu^2 - exp(logvar)) ; \
             mu²/2 + (exp(logvar) - 1 - logvar)/2 ; \
             0.5(mu**2 + exp(logvar/2)^2 - 1 - ln(exp(logvar)))",
    ),
    (
        coins,
        "rho log(rho/q) + (1-rho) log((1-rho)/(1-q)) ; \
             ρ ln ( ρ/q ) + (1−ρ) ln((1−ρ)/(1−q)) ; \
             rho*(log(rho)-log(q)) + (1-rho)*(log(1-rho)-log(1-q)) ; \
             -rho*log(q/rho) - (1-rho)*log((1-q)/(1-rho)) ; \
             log(2)(rho log2(rho/q) + (1-rho) log2((1-rho)/(1-q)))",
    ),
    (
        squares,
        "norm(x-y)^2 ; ‖x − y‖² ; ||x-y||^2 ; sum((x-y)^2) ; \
             dot(x-y, x-y) ; (x-y)'(x-y) ; (x−y)ᵀ(x−y) ; \
             (x-y)^T (x-y) ; (x-y)·(x-y) ; sum((y-x)⊙(y-x)) ; \
             4 mean((x-y)²) ; trace((x-y)@(x-y)') ; \
             ‖x‖² − 2 x·y + ‖y‖² ; sum(|x-y|^2) ; sum(|x-y||x-y|) ; sum((x-y)^2') ; (x-y)^1' (x-y)",
    ),
    (
        layer,
        "W*x + b + sum(b[4..3]) + sum(b[1..0]) ; \
         W x + b ; W*x + b ; W@x + b ; W·x + b ; b + T(T(x)*T(W)) ; \
             (x' W')' + b ; (xᵀWᵀ)ᵀ + b ; (x^T W^T)^T + b ; W x + b^1''",
    ),
];

#[test]
fn every_right_spelling_is_accepted() {
    let mut n = 0;
    for (key, answers) in SPELLINGS {
        let key = key();
        key.check().unwrap();
        for answer in answers.split(';') {
            let verdict = verdict(answer, &key);
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

/// Slips without a pattern.
const SLIPS: [(Key, &str); 18] = [
    (slope, "(xh-x+0.001)/D"),
    (slope, "(xh-x)^2/D"),
    (slope, "2(xh+x)/D"),
    (slope, "2xh - x/D"),
    (sparse, "beta*(rho/rj + (1-rho)/(1-rj))"),
    (divergence, "0.5*(mu^2 + exp(logvar) - 1 + logvar)"),
    (divergence, "0.5*(mu + exp(logvar) - 1 - logvar)"),
    (divergence, "0.5*(mu^2 + logvar - 1 - log(logvar))"),
    (coins, "q*log(q/rho) + (1-q)*log((1-q)/(1-rho))"),
    (coins, "rho*log(rho/q)"),
    (squares, "norm1(x-y)"),
    (squares, "sum(x-y)^2"),
    (squares, "norm(x)^2 - norm(y)^2"),
    (lost, "sum(lam[K..D])"),
    (lost, "lam[K+1]"),
    (lost, "mean(lam[K+1..D])"),
    (layer, "W*x - b"),
    (layer, "W*x"),
];

#[test]
fn a_classic_slip_is_refused_with_a_counter_example() {
    for (key, answer) in SLIPS {
        let FormulaVerdict::Differs { example, pattern, .. } =
            verdict(answer, &key())
        else {
            panic!("{answer}");
        };
        assert_eq!(pattern, None, "{answer}");
        let (yours, key) = (example.yours, example.key);
        let equal = (yours - key).abs() <= 1e-9 * key.abs();
        assert!(!equal, "{answer}");
    }
}

#[test]
fn a_slip_with_a_pattern_is_refused_with_its_reason() {
    use Difference::*;
    let name = |name: &str| name.to_owned();
    let cases: Vec<(FormulaKey, &str, Difference)> = vec![
        (slope(), "2(x-xh)/D", Sign),
        (slope(), "(xh-x)/D", Factor(0.5)),
        (slope(), "4(xh-x)/D", Factor(2.0)),
        (slope(), "2(xh-x)/D^2", Over(name("D"))),
        (sparse(), "-rho/rj + (1-rho)/(1-rj)", Over(name("beta"))),
        (sparse(), "beta*(rho/rj - (1-rho)/(1-rj))", Sign),
        (divergence(), "mu^2 + exp(logvar) - 1 - logvar", Factor(2.0)),
        (divergence(), "0.5*(mu^2+exp(logvar)-logvar)", Offset(0.5)),
        (coins(), "rho log2(rho/q) + (1-rho) log2((1-rho)/(1-q))", LogBase),
        (squares(), "norm(x-y)", Root),
        (squares(), "sum((x-y)^2)^2", Square),
        (squares(), "mean((x-y)^2)", OverCount(name("x"))),
    ];
    println!("{} slips refused", cases.len() + SLIPS.len());
    for (key, answer, reason) in cases {
        let FormulaVerdict::Differs { pattern: Some(pattern), .. } =
            verdict(answer, &key)
        else {
            panic!("{answer}");
        };
        match (pattern, reason) {
            (Factor(a), Factor(b)) | (Offset(a), Offset(b)) => {
                assert!((a - b).abs() < 1e-9, "{answer}: {a}");
            }
            (got, wanted) => assert_eq!(got, wanted, "{answer}"),
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
    let said = verdict("max(0,5) x", &slope()).to_string();
    assert!(said.contains("`0,5` was read as two values"), "{said}");
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
