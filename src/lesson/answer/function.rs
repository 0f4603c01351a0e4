//! The functions a formula may use, and no others.

use super::value::Value;

/// A function and how many values it takes.
pub(super) struct Function {
    pub name: &'static str,
    pub most: usize,
    action: Action,
}

/// What a function does.
enum Action {
    /// Changes every entry by itself.
    Entry(fn(f64) -> f64),
    /// Makes one value of all entries.
    Whole(fn(&Value) -> Result<Value, String>),
    /// Combines two values entry by entry, or all entries of one.
    Pair(fn(f64, f64) -> f64),
    /// Makes one value of two.
    Two(fn(&Value, &Value) -> Result<Value, String>),
}

impl Function {
    /// How few values it takes.
    pub fn least(&self) -> usize {
        match self.action {
            Action::Two(_) => 2,
            _ => 1,
        }
    }

    /// The result for as many values as it takes.
    pub fn apply(&self, arguments: &[Value]) -> Result<Value, String> {
        match (&self.action, arguments) {
            (Action::Entry(f), [x]) => Ok(x.map(f)),
            (Action::Whole(f), [x]) => f(x),
            (Action::Pair(f), [x]) => {
                let all = x.data().iter().copied().reduce(f);
                all.map(Value::scalar).ok_or_else(|| {
                    format!("`{}` of nothing has no value.", self.name)
                })
            }
            (Action::Pair(f), [x, y]) => x.zip(y, f),
            (Action::Two(f), [x, y]) => f(x, y),
            _ => Err(self.arity(arguments.len())),
        }
    }

    /// The complaint about a wrong number of values.
    pub fn arity(&self, given: usize) -> String {
        let takes = match (self.least(), self.most) {
            (1, 1) => "one value",
            (1, _) => "one or two values",
            _ => "two values",
        };
        let advice = if self.most > 1 && given > 2 {
            " With decimal commas, put `;` between the values."
        } else {
            ""
        };
        format!("`{}` takes {takes}, {given} given.{advice}", self.name)
    }
}

/// The place of a function in [`FUNCTIONS`].
pub(super) fn find(name: &str) -> Option<usize> {
    FUNCTIONS.iter().position(|function| function.name == name)
}

/// Whether a comma in the brackets of `name` separates values.
pub(super) fn takes_two(name: &str) -> bool {
    find(name).and_then(|i| FUNCTIONS.get(i)).is_some_and(|f| f.most > 1)
}

/// All functions. `sen` is how `sin` is written in Portuguese.
pub(super) const FUNCTIONS: &[Function] = &[
    entry("exp", f64::exp),
    entry("log", f64::ln),
    entry("ln", f64::ln),
    entry("log2", f64::log2),
    entry("log10", f64::log10),
    entry("sqrt", f64::sqrt),
    entry("abs", f64::abs),
    entry("sign", sign),
    entry("floor", f64::floor),
    entry("ceil", f64::ceil),
    entry("sin", f64::sin),
    entry("sen", f64::sin),
    entry("cos", f64::cos),
    entry("tanh", f64::tanh),
    entry("sigmoid", sigmoid),
    entry("relu", relu),
    entry("softplus", softplus),
    whole("sum", |x| Ok(Value::scalar(x.data().iter().sum()))),
    whole("mean", mean),
    whole("norm", |x| Ok(Value::scalar(norm(x)))),
    whole("norm1", |x| {
        Ok(Value::scalar(x.data().iter().map(|a| a.abs()).sum()))
    }),
    whole("T", |x| Ok(x.transposed())),
    whole("trace", trace),
    whole("softmax", softmax),
    Function { name: "max", most: 2, action: Action::Pair(larger) },
    Function { name: "min", most: 2, action: Action::Pair(smaller) },
    Function { name: "dot", most: 2, action: Action::Two(dot) },
];

const fn entry(name: &'static str, f: fn(f64) -> f64) -> Function {
    Function { name, most: 1, action: Action::Entry(f) }
}

const fn whole(
    name: &'static str,
    f: fn(&Value) -> Result<Value, String>,
) -> Function {
    Function { name, most: 1, action: Action::Whole(f) }
}

/// -1, 0 or 1.
fn sign(x: f64) -> f64 {
    if x == 0.0 { 0.0 } else { x.signum() }
}

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// `max(x, 0)`, but not a number stays so.
fn relu(x: f64) -> f64 {
    larger(x, 0.0)
}

/// `ln(1 + exp x)`, without overflow.
fn softplus(x: f64) -> f64 {
    larger(x, 0.0) + (-x.abs()).exp().ln_1p()
}

fn larger(a: f64, b: f64) -> f64 {
    if a.is_nan() || a > b { a } else { b }
}

fn smaller(a: f64, b: f64) -> f64 {
    if a.is_nan() || a < b { a } else { b }
}

fn mean(x: &Value) -> Result<Value, String> {
    let n = x.data().len() as f64;
    Ok(Value::scalar(x.data().iter().sum::<f64>() / n))
}

/// Euclidean for vectors, Frobenius for matrices.
fn norm(x: &Value) -> f64 {
    x.data().iter().map(|a| a * a).sum::<f64>().sqrt()
}

fn trace(x: &Value) -> Result<Value, String> {
    let (rows, cols) = x.shape();
    if rows != cols {
        let what = super::value::shape_name((rows, cols));
        return Err(format!("`trace` needs a square matrix, not {what}."));
    }
    Ok(Value::scalar((0..rows).filter_map(|i| x.entry(i, i)).sum()))
}

fn softmax(x: &Value) -> Result<Value, String> {
    if !x.is_line() {
        return Err("`softmax` needs a vector, not a matrix.".to_owned());
    }
    let top = x.data().iter().copied().reduce(larger).unwrap_or(0.0);
    let powers = x.map(|a| (a - top).exp());
    let total: f64 = powers.data().iter().sum();
    Ok(powers.map(|a| a / total))
}

/// The dot product of two vectors, rows or columns.
pub(super) fn dot(x: &Value, y: &Value) -> Result<Value, String> {
    if !x.is_line() || !y.is_line() || x.data().len() != y.data().len() {
        let name = |v: &Value| super::value::shape_name(v.shape());
        return Err(format!(
            "A dot product needs two vectors of the same length, not {} \
             and {}.",
            name(x),
            name(y)
        ));
    }
    let pairs = x.data().iter().zip(y.data());
    Ok(Value::scalar(pairs.map(|(a, b)| a * b).sum()))
}
