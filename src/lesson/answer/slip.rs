//! Near misses: wrong numbers whose mistake has a name.
//!
//! A slip says where to look, not what the answer is. More than one may
//! fit: half of 4 is also its root.

use super::number::NumberKey;
use std::f64::consts::LN_2;
use std::f64::consts::LN_10;
use std::f64::consts::PI;
use std::fmt;

/// A mistake recognized by its result.
#[derive(Debug, Clone, PartialEq)]
pub enum Slip {
    /// One the author of the exercise foresaw, with its message.
    Author(String),
    /// The right size with the wrong sign.
    Sign,
    /// Twice or half of it.
    Two,
    /// A fraction for a percentage or the other way round.
    Percent,
    /// A logarithm to another base.
    LogBase,
    /// Degrees for radians or the other way round.
    Degrees,
    /// The square root of it: a standard deviation for a variance.
    Root,
    /// The square of it: a variance for a standard deviation.
    Square,
    /// A whole number beside it.
    OneOff,
    /// Rounded to the wrong side, or not at all.
    Rounding(Rounding),
    /// A power of ten away.
    PowerOfTen,
    /// Within a few percent.
    Close,
}

/// What went wrong in rounding to a whole number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// Rounded down where up was needed.
    Down,
    /// Rounded up where down was needed.
    Up,
    /// Left as it was.
    Missing,
}

impl fmt::Display for Slip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Author(message) => message,
            Self::Sign => "The size is right, the sign is not.",
            Self::Two => {
                "It is off by a factor of 2: look for a missing or an extra \
                 ½ (or 2)."
            }
            Self::Percent => {
                "It is off by a factor of 100: check whether a fraction or \
                 a percentage is asked for."
            }
            Self::LogBase => {
                "It fits a logarithm to another base: check whether ln, \
                 log2 or log10 is meant (`log` is ln here)."
            }
            Self::Degrees => {
                "It fits an angle in the other unit: check degrees and \
                 radians."
            }
            Self::Root => {
                "It is the square root of what is asked for: check \
                 standard deviation and variance, norm and squared norm."
            }
            Self::Square => {
                "It is the square of what is asked for: check variance \
                 and standard deviation, squared norm and norm."
            }
            Self::OneOff => {
                "It is one off: check whether the first or the last one \
                 counts, and to which side to round."
            }
            Self::Rounding(Rounding::Down) => {
                "It was rounded down, and here that is not enough."
            }
            Self::Rounding(Rounding::Up) => {
                "It was rounded up, and here that is too much."
            }
            Self::Rounding(Rounding::Missing) => {
                "A whole number is asked for: think about which side to \
                 round to."
            }
            Self::PowerOfTen => {
                "The digits are right, the decimal mark is not: check the \
                 power of ten (10e-5 is 1e-4)."
            }
            Self::Close => {
                "It is close, but not close enough: keep more digits on \
                 the way."
            }
        })
    }
}

/// The mistakes that would give `value`, the likeliest first, two at most.
///
/// `value` is taken to be wrong.
pub fn slips(value: f64, key: &NumberKey) -> Vec<Slip> {
    let author =
        key.misses.iter().find(|(miss, _)| foreseen(value, *miss, key));
    if let Some((_, message)) = author {
        return vec![Slip::Author(message.clone())];
    }
    let mut found = Vec::new();
    if key.integer {
        found.extend(whole_number(value, key));
    }
    for (slip, factors) in FACTORS {
        if factors.iter().any(|f| near(value, f * key.value, key)) {
            found.push(slip.clone());
        }
    }
    if near(value, key.value * key.value, key) {
        found.push(Slip::Square);
    }
    if near(value, key.value.sqrt(), key) {
        found.push(Slip::Root);
    }
    let close = 5.0 * key.tolerance.abs() * key.value.abs();
    if found.is_empty()
        && (value - key.value).abs() <= close
        && !key.integer
    {
        found.push(Slip::Close);
    }
    found.truncate(2);
    found
}

/// Slips that multiply, the likeliest first.
const FACTORS: &[(Slip, &[f64])] = &[
    (Slip::Sign, &[-1.0]),
    (Slip::Two, &[2.0, 0.5]),
    (Slip::Percent, &[100.0, 0.01]),
    (Slip::PowerOfTen, &[10.0, 0.1, 1e3, 1e-3, 1e4, 1e-4, 1e6, 1e-6]),
    (Slip::LogBase, &[LN_2, 1.0 / LN_2]),
    (Slip::LogBase, &[LN_10, 1.0 / LN_10]),
    (Slip::LogBase, &[LN_10 / LN_2, LN_2 / LN_10]),
    (Slip::Degrees, &[180.0 / PI, PI / 180.0]),
];

/// Mistakes on the way to a whole number.
fn whole_number(value: f64, key: &NumberKey) -> Option<Slip> {
    let is = |number: f64| (number - key.value).abs() < 1e-9;
    if value.fract() != 0.0 {
        let rounds = is(value.floor()) || is(value.ceil());
        return rounds.then_some(Slip::Rounding(Rounding::Missing));
    }
    match key.exact {
        Some(exact) if value == exact.floor() && is(exact.ceil()) => {
            Some(Slip::Rounding(Rounding::Down))
        }
        Some(exact) if value == exact.ceil() && is(exact.floor()) => {
            Some(Slip::Rounding(Rounding::Up))
        }
        _ if (value - key.value).abs() == 1.0 => Some(Slip::OneOff),
        _ => None,
    }
}

/// Whether a value is one the author foresaw.
fn foreseen(value: f64, miss: f64, key: &NumberKey) -> bool {
    let exactly = key.integer && miss.fract() == 0.0;
    let tolerance = if exactly { 1e-9 } else { key.tolerance.abs() };
    (value - miss).abs() <= tolerance * miss.abs().max(1e-6)
}

/// Whether a value is a certain wrong one.
///
/// Whole numbers must hit exactly, or 16672 would be "close to" 16640.
fn near(value: f64, wrong: f64, key: &NumberKey) -> bool {
    let exactly = key.integer && value.fract() == 0.0;
    // Twenty wrong values are compared: a generous tolerance would name
    // mistakes nobody made.
    let tolerance =
        if exactly { 1e-9 } else { key.tolerance.clamp(0.0, 0.005) };
    (value - wrong).abs() <= tolerance * wrong.abs()
}
