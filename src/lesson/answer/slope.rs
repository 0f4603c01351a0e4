//! Measures a derivative, so that a key cannot be a wrong one.
//!
//! ```text
//! df/dx ≈ (f(x + h) - f(x - h)) / 2h
//! ```

use super::expression::Expression;
use super::points::Symbol;
use super::value::Value;
use serde::Deserialize;
use serde::Serialize;
use std::fmt;

/// A function and the symbol by which it is derived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slope {
    /// The function, of the same symbols as the key. Its value is a number.
    pub formula: String,
    /// The symbol; for a vector, the derivative is one, too.
    pub by: String,
}

/// What it means for a wrong answer.
impl fmt::Display for Slope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Who changes {by} a little and watches {formula} finds the \
             value of the key.",
            by = self.by,
            formula = self.formula
        )
    }
}

/// Whether the key has the values of the measured slope.
///
/// # Errors
/// A sentence for the author.
pub(super) fn check(
    slope: &Slope,
    symbols: &[Symbol],
    points: &[Vec<Value>],
    key: &[Value],
) -> Result<(), String> {
    let names: Vec<String> =
        symbols.iter().map(|symbol| symbol.name.clone()).collect();
    let formula = Expression::parse(&slope.formula, &names)
        .map_err(|bad| format!("{bad} (in `{}`)", slope.formula))?;
    let by = names.iter().position(|name| *name == slope.by);
    let Some(by) = by else {
        return Err(format!("The symbol `{}` is not declared.", slope.by));
    };
    if symbols.get(by).is_some_and(|symbol| symbol.integer) {
        return Err(format!(
            "`{}` is an integer: nothing has a slope by it.",
            slope.by
        ));
    }
    for (point, key) in points.iter().zip(key) {
        let measured = measure(&formula, point, by)?;
        if key.data().len() != measured.len() {
            return Err(format!(
                "The key has {} entries, but `{}` has {}.",
                key.data().len(),
                slope.by,
                measured.len()
            ));
        }
        let pairs = key.data().iter().zip(&measured);
        for (key, measured) in pairs {
            let error = (key - measured).abs();
            if error > 1e-5 * (1.0 + key.abs()) {
                return Err(format!(
                    "The key is not the slope of `{}` by `{}`: it gives \
                     {key:.6} where {measured:.6} is measured.",
                    slope.formula, slope.by
                ));
            }
        }
    }
    Ok(())
}

/// The slope by every entry of a symbol. Where the function has no finite
/// value, neither has the slope, and no key is refused for it.
fn measure(
    formula: &Expression,
    point: &[Value],
    by: usize,
) -> Result<Vec<f64>, String> {
    let at = |entry: usize, step: f64| {
        let mut point = point.to_vec();
        if let Some(symbol) = point.get_mut(by) {
            *symbol = symbol.nudged(entry, step);
        }
        let value = formula.value(&point).map_err(|bad| bad.message)?;
        value.number().ok_or_else(|| {
            "Only a function whose value is a single number has a slope \
             here."
                .to_owned()
        })
    };
    let entries = point.get(by).map_or(0, |symbol| symbol.data().len());
    (0..entries)
        .map(|entry| {
            Ok((at(entry, STEP)? - at(entry, -STEP)?) / (2.0 * STEP))
        })
        .collect()
}

/// Best for `f64`: rounding and curvature weigh about the same.
const STEP: f64 = 1e-5;
