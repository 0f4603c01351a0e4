//! Answers by chance: none makes the checker panic, none is accepted.

use gargalo::lesson::answer::FormulaKey;
use gargalo::lesson::answer::FormulaVerdict;
use gargalo::lesson::answer::NumberKey;
use gargalo::lesson::answer::NumberVerdict;
use gargalo::lesson::answer::check_formula;
use gargalo::lesson::answer::check_number;
use gargalo::nn::random;
use rand::RngExt;

/// Keys with products, powers, logarithms and exponentials.
const KEYS: [&str; 3] = [
    r#"(key: "0.5*(mu^2 + exp(logvar) - 1 - logvar)", symbols: [
        (name: "mu", from: -2, to: 2), (name: "logvar", from: -3, to: 1)])"#,
    r#"(key: "rho*log(rho/q)+(1-rho)*log((1-rho)/(1-q))", symbols: [
        (name: "rho", from: 0.05, to: 0.95),
        (name: "q", from: 0.05, to: 0.95)])"#,
    r#"(key: "2*(xh-x)/D", symbols: [(name: "xh", from: -2, to: 2),
        (name: "x", from: -2, to: 2),
        (name: "D", from: 2, to: 9, integer: true)])"#,
];

/// Pieces that random answers are made of.
const PIECES: &[&str] = &[
    "mu", "logvar", "2", "0.5", "1", "+", "-", "*", "/", "^", "(", ")",
    "exp(", "log(", "sqrt(", "|", "‖", "²", "ᵀ", "'", ",", ";", "[", "]",
    "..", " ", "sum(", "max(", "T", "e", "−", "·", "⊙", "@", "½", "%",
    "1e", "\u{0}", "=", "foo", "||", "(", ")", "mu^2", "1,5", "norm(",
];

#[test]
fn random_answers_neither_panic_nor_pass() {
    let key: FormulaKey = ron::from_str(KEYS[0]).unwrap();
    let number = NumberKey::about(0.818_147_18);
    let mut rng = random::rng(1, random::Purpose::Noise);
    let mut read = 0;
    for _ in 0..200_000 {
        let n = rng.random_range(1..10);
        let piece = |_| PIECES[rng.random_range(0..PIECES.len())];
        let answer: String = (0..n).map(piece).collect();
        match check_formula(&answer, &key).unwrap() {
            FormulaVerdict::Right => panic!("accepted: {answer}"),
            FormulaVerdict::Unreadable(bad) => {
                assert!(answer.get(bad.at).is_some(), "{answer}");
            }
            _ => read += 1,
        }
        if let NumberVerdict::Right { value: got } =
            check_number(&answer, &number)
        {
            assert!(number.accepts(got), "{answer}");
        }
    }
    println!("{read} of 200,000 random formulas could be read, 0 passed");
    assert!(read > 5_000, "{read}");
}

#[test]
fn one_changed_token_is_always_noticed() {
    let mut rng = random::rng(2, random::Purpose::Noise);
    let swaps =
        ["+", "-", "*", "/", "^", "2", "3", "0.5", "1", "rho", "q", "mu"];
    let (mut told, mut missed) = (0, Vec::new());
    for n in 0..10_000 {
        let key: FormulaKey = ron::from_str(KEYS[n % KEYS.len()]).unwrap();
        let mut tokens: Vec<&str> = Vec::new();
        let mut rest = key.key.as_str();
        while let Some(first) = rest.chars().next() {
            let inside = |c: char| c.is_alphanumeric() || c == '.';
            let end = match inside(first) {
                true => rest.find(|c| !inside(c)).unwrap_or(rest.len()),
                false => 1,
            };
            let (token, after) = rest.split_at(end);
            tokens.push(token);
            rest = after;
        }
        let place = rng.random_range(0..tokens.len());
        let swap = swaps[rng.random_range(0..swaps.len())];
        // `(a)1b` is `(a)*b`.
        let same =
            tokens[place] == swap || (tokens[place], swap) == ("*", "1");
        if same || tokens[place] == " " {
            continue;
        }
        tokens[place] = swap;
        let mutant = tokens.concat();
        match check_formula(&mutant, &key).unwrap() {
            FormulaVerdict::Right => missed.push(mutant),
            _ => told += 1,
        }
    }
    println!("{told} mutants told apart, {} not", missed.len());
    assert!(missed.is_empty(), "{missed:?}");
    assert!(told > 7_000);
}
