//! A number a student types, compared with the right one.
//!
//! Point or comma, `1e-3`, `1/3`, `15,9 %` and small calculations such as
//! `log2(16)` are read; one percent of error is forgiven unless the author
//! says otherwise. A wrong number with a well-known cause gets a sentence
//! about the cause.

use super::expression::Bad;
use super::numeral;
use super::slip::Slip;
use super::slip::slips;
use serde::Deserialize;
use serde::Serialize;
use std::fmt;

/// The right number, as a lesson states it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberKey {
    /// The right number.
    pub value: f64,
    /// The largest error forgiven, as a part of the value.
    #[serde(default = "one_percent")]
    pub tolerance: f64,
    /// Whether it is a whole number; then no error is forgiven.
    #[serde(default)]
    pub integer: bool,
    /// The value before it was rounded to the whole number, if it was.
    #[serde(default)]
    pub exact: Option<f64>,
    /// What may follow the number: `bits`, or `%` for a key in percent.
    #[serde(default)]
    pub unit: String,
    /// Wrong numbers foreseen, each with what to say.
    #[serde(default)]
    pub misses: Vec<(f64, String)>,
}

impl NumberKey {
    /// A number with the usual tolerance.
    pub fn about(value: f64) -> Self {
        Self {
            value,
            tolerance: one_percent(),
            integer: false,
            exact: None,
            unit: String::new(),
            misses: Vec::new(),
        }
    }

    /// A whole number.
    pub fn whole(value: f64) -> Self {
        Self { integer: true, ..Self::about(value) }
    }

    /// Whether the key makes sense.
    ///
    /// # Errors
    /// A sentence for the author.
    pub fn check(&self) -> Result<(), String> {
        if !self.value.is_finite() {
            return Err("The value of a number must be finite.".to_owned());
        }
        if !(self.tolerance > 0.0 && self.tolerance < 0.5) {
            return Err(format!(
                "A tolerance of {} makes no sense: give a part of the \
                 value between 0 and 0.5, usually 0.01.",
                self.tolerance
            ));
        }
        if self.integer && self.value.fract() != 0.0 {
            return Err(format!(
                "The value {} is not whole, but `integer` says so.",
                self.value
            ));
        }
        let rounds_to = |exact: f64| {
            exact.floor() == self.value || exact.ceil() == self.value
        };
        if self.exact.is_some_and(|e| !self.integer || !rounds_to(e)) {
            return Err("`exact` is the value before rounding: it needs \
                        `integer: true` and must round to the value."
                .to_owned());
        }
        match self.misses.iter().find(|miss| self.accepts(miss.0)) {
            Some((miss, _)) => Err(format!(
                "The miss {miss} is within the tolerance of the right \
                 value, so its message can never be shown."
            )),
            None => Ok(()),
        }
    }

    /// Whether a value counts as right.
    pub fn accepts(&self, value: f64) -> bool {
        let error = (value - self.value).abs();
        if self.integer {
            return error <= 1e-9 * self.value.abs().max(1.0);
        }
        if self.value == 0.0 {
            return error <= ZERO;
        }
        // The last factor lets an error of exactly the tolerance pass.
        error <= self.tolerance * self.value.abs() * (1.0 + 1e-9)
    }
}

/// What becomes of a typed number.
#[derive(Debug, Clone, PartialEq)]
pub enum NumberVerdict {
    /// It is right.
    Right {
        /// As read.
        value: f64,
    },
    /// It is wrong in a way that has a name.
    NearMiss {
        /// As read.
        value: f64,
        /// The mistakes that fit, one or two.
        slips: Vec<Slip>,
        /// The same as sentences.
        what: String,
    },
    /// It is wrong.
    Wrong {
        /// As read.
        value: f64,
    },
    /// It is not a number.
    Unreadable(Bad),
}

impl fmt::Display for NumberVerdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |value: &f64| super::digits(*value, 6);
        match self {
            Self::Right { value } => {
                write!(f, "{} is right.", shown(value))
            }
            Self::NearMiss { value, what, .. } => {
                write!(f, "{} is not it. {what}", shown(value))
            }
            Self::Wrong { value } => {
                write!(f, "{} is not it.", shown(value))
            }
            Self::Unreadable(bad) => bad.fmt(f),
        }
    }
}

/// Compares what was typed with the key.
pub fn check_number(answer: &str, key: &NumberKey) -> NumberVerdict {
    let readings =
        match numeral::readings(answer, key.integer, key.unit.trim()) {
            Ok(readings) => readings,
            Err(bad) => return NumberVerdict::Unreadable(bad),
        };
    if let Some(value) = readings.iter().find(|value| key.accepts(**value))
    {
        return NumberVerdict::Right { value: *value };
    }
    let value = readings.first().copied().unwrap_or(f64::NAN);
    let slips = slips(value, key);
    if slips.is_empty() {
        return NumberVerdict::Wrong { value };
    }
    let sentences: Vec<String> =
        slips.iter().map(Slip::to_string).collect();
    NumberVerdict::NearMiss { value, slips, what: sentences.join(" Or: ") }
}

/// The error forgiven where the right value is zero.
const ZERO: f64 = 1e-6;

fn one_percent() -> f64 {
    0.01
}
