//! A formula a student types, compared with the right one by value.
//!
//! Both are evaluated at 32 points of the declared domains. Two different
//! smooth formulas agree at all of them with probability zero, so no algebra
//! is needed and every correct spelling is accepted. Points where the key
//! has no finite value do not count.

use super::difference;
use super::difference::Difference;
use super::difference::Sample;
use super::expression::Bad;
use super::expression::Expression;
use super::formula_verdict::CounterExample;
use super::formula_verdict::FormulaVerdict;
use super::points;
use super::points::POINTS;
use super::points::Symbol;
use super::slope;
use super::slope::Slope;
use super::value::Value;
use serde::Deserialize;
use serde::Serialize;

/// The right formula, as a lesson states it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormulaKey {
    /// The right formula, in the student's language.
    pub key: String,
    /// The symbols that may occur.
    pub symbols: Vec<Symbol>,
    /// Wrong formulas foreseen.
    #[serde(default)]
    pub wrong: Vec<WrongFormula>,
    /// The function whose derivative the key is, if it is one. The key is
    /// then measured against it.
    #[serde(default)]
    pub slope: Option<Slope>,
}

/// A wrong formula and what to say about it, however it is spelled.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrongFormula {
    /// One spelling of it.
    pub formula: String,
    /// What to tell who types it.
    pub message: String,
}

impl FormulaKey {
    /// Whether the key can be used: it parses, has values in the declared
    /// domains, differs from the wrong formulas, and is the slope it claims
    /// to be.
    ///
    /// # Errors
    /// What the author has to change.
    pub fn check(&self) -> Result<(), KeyError> {
        let prepared = Prepared::new(self)?;
        let Some(slope) = &self.slope else { return Ok(()) };
        let (points, values) = (&prepared.points, &prepared.values);
        slope::check(slope, &self.symbols, points, values)
            .map_err(|message| error("slope", message))
    }
}

/// A fault of the exercise, for its author.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {message}")]
pub struct KeyError {
    /// The field it is in: `key`, `symbols` or `wrong 2`.
    pub place: String,
    /// What to change.
    pub message: String,
}

/// Compares what was typed with the key.
///
/// # Errors
/// The key itself is at fault; nothing is said about the answer.
pub fn check_formula(
    answer: &str,
    key: &FormulaKey,
) -> Result<FormulaVerdict, KeyError> {
    let prepared = Prepared::new(key)?;
    Ok(match prepared.read(answer) {
        Ok((expression, values)) => prepared.judge(&expression, &values),
        Err(bad) => FormulaVerdict::Unreadable(bad),
    })
}

/// A key with its values at the usable points.
struct Prepared<'k> {
    key: &'k FormulaKey,
    names: Vec<String>,
    expression: Expression,
    points: Vec<Vec<Value>>,
    values: Vec<Value>,
    /// The size of the largest entry at any point.
    size: f64,
}

impl<'k> Prepared<'k> {
    fn new(key: &'k FormulaKey) -> Result<Self, KeyError> {
        points::check(&key.symbols)
            .map_err(|message| error("symbols", message))?;
        let names: Vec<String> =
            key.symbols.iter().map(|symbol| symbol.name.clone()).collect();
        let in_key = |bad: Bad| error("key", told(&bad, &key.key));
        let expression =
            Expression::parse(&key.key, &names).map_err(in_key)?;
        let mut points = points::draw(&key.symbols);
        let mut values = Vec::new();
        for point in &points {
            values.push(expression.value(point).map_err(in_key)?);
        }
        let mut usable = values.iter().map(Value::is_finite);
        points.retain(|_| usable.next() == Some(true));
        values.retain(Value::is_finite);
        if values.len() < POINTS / 2 {
            let message = format!(
                "The key is finite at only {} of {POINTS} points. Narrow \
                 the domains of the symbols.",
                values.len()
            );
            return Err(error("key", message));
        }
        let size = values.iter().map(Value::size).fold(0.0, f64::max);
        let prepared =
            Self { key, names, expression, points, values, size };
        prepared.check_wrong()?;
        Ok(prepared)
    }

    /// Whether the wrong formulas can be read and are wrong.
    fn check_wrong(&self) -> Result<(), KeyError> {
        for (wrong, number) in self.key.wrong.iter().zip(1..) {
            let place = format!("wrong {number}");
            match self.read(&wrong.formula) {
                Err(bad) => {
                    return Err(error(&place, told(&bad, &wrong.formula)));
                }
                Ok((_, values))
                    if self.mismatch(&values, &self.values).is_none() =>
                {
                    let message = "This formula is right: it has the \
                                   values of the key.";
                    return Err(error(&place, message));
                }
                Ok(_) => {}
            }
        }
        Ok(())
    }

    /// A formula and its values at the usable points.
    fn read(&self, text: &str) -> Result<(Expression, Vec<Value>), Bad> {
        let expression = Expression::parse(text, &self.names)?;
        let values: Result<Vec<Value>, Bad> =
            self.points.iter().map(|p| expression.value(p)).collect();
        Ok((expression, values?))
    }

    fn judge(
        &self,
        expression: &Expression,
        values: &[Value],
    ) -> FormulaVerdict {
        let Some(mismatch) = self.mismatch(values, &self.values) else {
            return FormulaVerdict::Right;
        };
        for wrong in &self.key.wrong {
            if let Ok((_, theirs)) = self.read(&wrong.formula)
                && self.mismatch(values, &theirs).is_none()
            {
                let message = wrong.message.clone();
                return FormulaVerdict::Known { message };
            }
        }
        match mismatch {
            Mismatch::Shape(yours, key) => {
                let turned: Vec<Value> =
                    values.iter().map(Value::transposed).collect();
                let right = self.mismatch(&turned, &self.values).is_none();
                let pattern = right.then_some(Difference::Transposed);
                FormulaVerdict::Shape { yours, key, pattern }
            }
            Mismatch::Entry { point, entry, yours, key } => {
                FormulaVerdict::Differs {
                    example: CounterExample {
                        at: self.symbols_at(point, expression),
                        entry: self.row_and_column(point, entry),
                        yours,
                        key,
                    },
                    pattern: self.pattern(values),
                    notes: self.notes(expression),
                }
            }
        }
    }

    /// The first place where two formulas differ.
    fn mismatch(&self, a: &[Value], b: &[Value]) -> Option<Mismatch> {
        a.iter().zip(b).enumerate().find_map(|(point, (a, b))| {
            if a.shape() != b.shape() {
                return Some(Mismatch::Shape(a.shape(), b.shape()));
            }
            let allowed = TOLERANCE * (b.size() + 1e-3 * self.size);
            let pairs = a.data().iter().zip(b.data()).enumerate();
            for (entry, (yours, key)) in pairs {
                let error = (yours - key).abs();
                if yours != key && (error.is_nan() || error > allowed) {
                    let (yours, key) = (*yours, *key);
                    return Some(Mismatch::Entry {
                        point,
                        entry,
                        yours,
                        key,
                    });
                }
            }
            None
        })
    }

    /// The symbols either formula uses, with their values.
    fn symbols_at(
        &self,
        point: usize,
        answer: &Expression,
    ) -> Vec<(String, Value)> {
        let values = self.points.get(point).map_or(&[][..], Vec::as_slice);
        let all = self.names.iter().cloned().zip(values.iter().cloned());
        all.enumerate()
            .filter(|(i, _)| answer.uses(*i) || self.expression.uses(*i))
            .map(|(_, symbol)| symbol)
            .collect()
    }

    fn notes(&self, answer: &Expression) -> Vec<String> {
        let mut notes = answer.notes.clone();
        notes.extend(self.key.slope.as_ref().map(Slope::to_string));
        notes
    }

    fn row_and_column(
        &self,
        point: usize,
        entry: usize,
    ) -> Option<(usize, usize)> {
        let (_, cols) = self.values.get(point)?.shape();
        let single = self.values.get(point)?.number().is_some();
        (!single).then_some((entry / cols + 1, entry % cols + 1))
    }

    fn pattern(&self, values: &[Value]) -> Option<Difference> {
        let points = self.points.iter().zip(values).zip(&self.values);
        let samples: Vec<Sample<'_>> = points
            .map(|((symbols, yours), key)| {
                let mut sample = Sample {
                    yours: yours.data(),
                    key: key.data(),
                    numbers: Vec::new(),
                    counts: Vec::new(),
                };
                for (name, symbol) in self.names.iter().zip(symbols) {
                    let n = symbol.data().len() as f64;
                    match symbol.number() {
                        Some(x) => sample.numbers.push((name, x)),
                        None => sample.counts.push((name, n)),
                    }
                }
                sample
            })
            .collect();
        difference::find(&samples)
    }
}

/// A place where two formulas differ.
enum Mismatch {
    Shape((usize, usize), (usize, usize)),
    Entry { point: usize, entry: usize, yours: f64, key: f64 },
}

/// The largest error forgiven, as a part of the largest entry.
const TOLERANCE: f64 = 1e-9;

fn error(place: &str, message: impl Into<String>) -> KeyError {
    KeyError { place: place.to_owned(), message: message.into() }
}

/// A message with the part of the text it is about.
fn told(bad: &Bad, text: &str) -> String {
    match text.get(bad.at.clone()) {
        Some(part) if !part.is_empty() => {
            format!("{} (at `{part}` in `{text}`)", bad.message)
        }
        _ => format!("{} (in `{text}`)", bad.message),
    }
}
