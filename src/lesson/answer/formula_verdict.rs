//! What is said about a typed formula.

use super::difference::Difference;
use super::digits;
use super::expression::Bad;
use super::value::Value;
use super::value::shape_name;
use std::fmt;

/// What becomes of a typed formula.
#[derive(Debug, Clone, PartialEq)]
pub enum FormulaVerdict {
    /// It is right.
    Right,
    /// It is one of the author's wrong formulas.
    Known {
        /// The author's message.
        message: String,
    },
    /// It has another shape than the right one.
    Shape {
        /// Rows and columns of the answer.
        yours: (usize, usize),
        /// Rows and columns of the key.
        key: (usize, usize),
        /// Whether only a transposition is missing.
        pattern: Option<Difference>,
    },
    /// It has other values.
    Differs {
        /// The first point where it has.
        example: CounterExample,
        /// The pattern in all the differences, if there is one.
        pattern: Option<Difference>,
        /// How doubtful places were read.
        notes: Vec<String>,
    },
    /// It cannot be read or has no value.
    Unreadable(Bad),
}

impl fmt::Display for FormulaVerdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Right => f.write_str("Your formula is right."),
            Self::Known { message } => f.write_str(message),
            Self::Shape { yours, key, pattern } => {
                if let Some(pattern) = pattern {
                    write!(f, "{pattern} ")?;
                }
                let (yours, key) = (shape_name(*yours), shape_name(*key));
                write!(f, "Your formula gives {yours}; {key} is asked for.")
            }
            Self::Differs { example, pattern, notes } => {
                if let Some(pattern) = pattern {
                    write!(f, "{pattern} ")?;
                }
                write!(f, "{example}")?;
                notes.iter().try_for_each(|note| write!(f, " {note}"))
            }
            Self::Unreadable(bad) => bad.fmt(f),
        }
    }
}

/// A point where two formulas differ. Its values can be retyped as shown.
#[derive(Debug, Clone, PartialEq)]
pub struct CounterExample {
    /// The symbols that occur in either formula, and their values.
    pub at: Vec<(String, Value)>,
    /// The row and column meant, from 1, unless the result is a number.
    pub entry: Option<(usize, usize)>,
    /// The value of the answer there, perhaps not finite.
    pub yours: f64,
    /// The value of the key there.
    pub key: f64,
}

impl fmt::Display for CounterExample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let symbols: Vec<String> = self
            .at
            .iter()
            .map(|(name, value)| format!("{name} = {}", shown(value)))
            .collect();
        match symbols.as_slice() {
            [] => f.write_str("Yours ")?,
            _ => write!(f, "At {} yours ", symbols.join(", "))?,
        }
        // As many digits as it takes to see the difference.
        let differ =
            |n: &usize| digits(self.yours, *n) != digits(self.key, *n);
        let n = (3..17).find(differ).unwrap_or(17);
        if self.yours.is_finite() {
            write!(f, "gives {}", digits(self.yours, n))?;
        } else {
            write!(f, "has no finite value")?;
        }
        write!(f, ", the key gives {}", digits(self.key, n))?;
        if let Some((row, col)) = self.entry {
            write!(f, " (row {row}, column {col})")?;
        }
        f.write_str(".")
    }
}

/// A value as it may be typed again.
fn shown(value: &Value) -> String {
    let (_, cols) = value.shape();
    let number = |x: &f64| digits(*x, 9);
    if let Some(x) = value.number() {
        return number(&x);
    }
    let rows: Vec<String> = value
        .data()
        .chunks(cols.max(1))
        .map(|row| row.iter().map(number).collect::<Vec<_>>().join(", "))
        .collect();
    match cols {
        1 => format!("({})", rows.join(", ")),
        _ => format!("[{}]", rows.join("; ")),
    }
}
