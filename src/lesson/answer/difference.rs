//! In which way a wrong formula differs from the key.
//!
//! If the answer is -1 times the key everywhere, the sign is wrong; if it is
//! `D` times the key, a division by `D` is missing. Such a pattern is worth
//! more to a student than a counter-example.

use super::digits;
use std::f64::consts::LN_2;
use std::f64::consts::LN_10;
use std::fmt;

/// A regular difference between an answer and the key.
#[derive(Debug, Clone, PartialEq)]
pub enum Difference {
    /// The answer is the key with the other sign.
    Sign,
    /// The answer is so many times the key.
    Factor(f64),
    /// The answer is the key with a logarithm to another base.
    LogBase,
    /// The answer is the key times this symbol.
    Times(String),
    /// The answer is the key over this symbol.
    Over(String),
    /// The answer is the key times the number of entries of this symbol.
    TimesCount(String),
    /// The answer is the key over the number of entries of this symbol.
    OverCount(String),
    /// The answer is so much more than the key.
    Offset(f64),
    /// The answer is the square of the key.
    Square,
    /// The answer is the square root of the key.
    Root,
    /// The answer is the key with rows and columns exchanged.
    Transposed,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sign => f.write_str(
                "Your formula is right but for its sign, everywhere.",
            ),
            Self::Factor(factor) => write!(
                f,
                "Your formula is {} times the right one, everywhere.",
                ratio(*factor)
            ),
            Self::LogBase => f.write_str(
                "Your formula fits a logarithm to another base: `log` and \
                 `ln` are natural, log2 and log10 are not.",
            ),
            Self::Times(name) => write!(
                f,
                "Your formula is too large by the factor {name}, \
                 everywhere: is a 1/{name} missing?"
            ),
            Self::Over(name) => write!(
                f,
                "Your formula is too small by the factor {name}, \
                 everywhere: is a 1/{name} too much?"
            ),
            Self::TimesCount(name) => write!(
                f,
                "Your formula is too large by the number of entries of \
                 {name}: a sum where a mean belongs?"
            ),
            Self::OverCount(name) => write!(
                f,
                "Your formula is too small by the number of entries of \
                 {name}: a mean where a sum belongs?"
            ),
            Self::Offset(offset) => write!(
                f,
                "Your formula differs by the constant {}, everywhere.",
                digits(*offset, 4)
            ),
            Self::Square => f.write_str(
                "Your formula is the square of the right one, everywhere.",
            ),
            Self::Root => f.write_str(
                "Your formula is the square root of the right one, \
                 everywhere: is a square missing?",
            ),
            Self::Transposed => f.write_str(
                "Your formula is right but for a transposition: exchange \
                 rows and columns.",
            ),
        }
    }
}

/// The entries of an answer and of the key at one point, and the symbols.
pub(super) struct Sample<'a> {
    pub yours: &'a [f64],
    pub key: &'a [f64],
    /// Numbers among the symbols.
    pub numbers: Vec<(&'a str, f64)>,
    /// How many entries the others have.
    pub counts: Vec<(&'a str, f64)>,
}

/// The pattern in the samples, if there is one.
pub(super) fn find(samples: &[Sample<'_>]) -> Option<Difference> {
    let finite = |s: &Sample<'_>| s.yours.iter().all(|x| x.is_finite());
    if !samples.iter().all(finite) || !varies(samples) {
        return None;
    }
    if fits(samples, |_, key| -key) {
        return Some(Difference::Sign);
    }
    if let Some(difference) = symbol_factor(samples) {
        return Some(difference);
    }
    let (yours, key) = largest(samples)?;
    let factor = yours / key;
    if factor != 0.0 && fits(samples, |_, key| key * factor) {
        return Some(factor_name(factor));
    }
    if fits(samples, |_, key| key * key) {
        return Some(Difference::Square);
    }
    if fits(samples, |_, key| key.sqrt()) {
        return Some(Difference::Root);
    }
    let offset = yours - key;
    fits(samples, |_, key| key + offset)
        .then_some(Difference::Offset(offset))
}

/// Whether the key takes different values; a constant has every pattern.
fn varies(samples: &[Sample<'_>]) -> bool {
    let mut all = samples.iter().flat_map(|s| s.key);
    let first = all.next().copied().unwrap_or(0.0);
    all.any(|key| (key - first).abs() > 1e-6 * first.abs())
}

/// Whether all answers are what `wrong` makes of the key.
fn fits(
    samples: &[Sample<'_>],
    wrong: impl Fn(&Sample<'_>, f64) -> f64,
) -> bool {
    let mut size = 0.0_f64;
    let mut error = 0.0_f64;
    for sample in samples {
        for (yours, key) in sample.yours.iter().zip(sample.key) {
            let difference = (yours - wrong(sample, *key)).abs();
            if difference.is_nan() {
                return false;
            }
            error = error.max(difference);
            size = size.max(yours.abs());
        }
    }
    error <= 1e-9 * size
}

/// The entry where the key is largest.
fn largest(samples: &[Sample<'_>]) -> Option<(f64, f64)> {
    samples
        .iter()
        .flat_map(|s| s.yours.iter().copied().zip(s.key.iter().copied()))
        .max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()))
}

/// A symbol, or the size of one, as a factor too much or too little.
fn symbol_factor(samples: &[Sample<'_>]) -> Option<Difference> {
    let first = samples.first()?;
    for (i, (name, _)) in first.numbers.iter().enumerate() {
        let number = |s: &Sample<'_>| s.numbers.get(i).map_or(0.0, |n| n.1);
        if fits(samples, |s, key| key * number(s)) {
            return Some(Difference::Times((*name).to_owned()));
        }
        if fits(samples, |s, key| key / number(s)) {
            return Some(Difference::Over((*name).to_owned()));
        }
    }
    for (i, (name, _)) in first.counts.iter().enumerate() {
        let count = |s: &Sample<'_>| s.counts.get(i).map_or(0.0, |n| n.1);
        if fits(samples, |s, key| key * count(s)) {
            return Some(Difference::TimesCount((*name).to_owned()));
        }
        if fits(samples, |s, key| key / count(s)) {
            return Some(Difference::OverCount((*name).to_owned()));
        }
    }
    None
}

fn factor_name(factor: f64) -> Difference {
    let bases = [LN_2, LN_10, LN_10 / LN_2];
    let is = |base: f64| (factor / base - 1.0).abs() < 1e-9;
    if bases.iter().any(|base| is(*base) || is(1.0 / base)) {
        return Difference::LogBase;
    }
    Difference::Factor(factor)
}

/// A factor as a fraction, if that is shorter.
fn ratio(factor: f64) -> String {
    let inverse = 1.0 / factor;
    let whole = (inverse - inverse.round()).abs() < 1e-6;
    if whole && inverse.abs() > 1.5 && inverse.abs() < 100.0 {
        let sign = if factor < 0.0 { "-" } else { "" };
        return format!("{sign}1/{}", inverse.abs().round());
    }
    digits(factor, 4)
}
