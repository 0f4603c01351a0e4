//! The value of a formula, where its symbols have values.

use super::digits;
use super::expression::Bad;
use super::expression::Node;
use super::expression::Operator;
use super::expression::Term;
use super::function;
use super::function::FUNCTIONS;
use super::value::Value;
use super::value::shape_name;

/// The value of a part. `symbols` are in the order given to the parser.
pub(super) fn value(term: &Term, symbols: &[Value]) -> Result<Value, Bad> {
    match &term.node {
        Node::Number(number) => Ok(Value::scalar(*number)),
        Node::Symbol(index) => symbol(term, *index, symbols),
        Node::Negative(a) => Ok(value(a, symbols)?.map(|x| -x)),
        Node::Binary(operator, a, b) => {
            let (a, b) = (value(a, symbols)?, value(b, symbols)?);
            binary(*operator, &a, &b).map_err(|m| Bad::new(&term.at, m))
        }
        Node::Call(index, arguments) => {
            call(term, *index, arguments, symbols)
        }
        Node::Entry(of, index) => entry(of, index, symbols),
        Node::Slice(of, from, to) => slice(of, (from, to), symbols),
    }
}

fn symbol(
    term: &Term,
    index: usize,
    symbols: &[Value],
) -> Result<Value, Bad> {
    symbols
        .get(index)
        .cloned()
        .ok_or_else(|| Bad::new(&term.at, "This symbol has no value here."))
}

fn binary(
    operator: Operator,
    a: &Value,
    b: &Value,
) -> Result<Value, String> {
    let numbers = a.number().is_some() || b.number().is_some();
    match operator {
        Operator::Plus => a.zip(b, |x, y| x + y),
        Operator::Minus => a.zip(b, |x, y| x - y),
        Operator::Over => a.zip(b, |x, y| x / y),
        Operator::Power => a.zip(b, f64::powf),
        Operator::Each => a.zip(b, |x, y| x * y),
        _ if numbers => a.zip(b, |x, y| x * y),
        Operator::Dot if a.is_column() && b.is_column() => {
            function::dot(a, b)
        }
        Operator::Times if a.is_column() && b.is_column() => {
            a.zip(b, |x, y| x * y)
        }
        Operator::Times | Operator::Dot | Operator::Matrix => a.product(b),
    }
}

fn call(
    term: &Term,
    index: usize,
    arguments: &[Term],
    symbols: &[Value],
) -> Result<Value, Bad> {
    let values: Result<Vec<_>, _> =
        arguments.iter().map(|a| value(a, symbols)).collect();
    match FUNCTIONS.get(index) {
        Some(f) => f.apply(&values?).map_err(|m| Bad::new(&term.at, m)),
        None => Err(Bad::new(&term.at, "This function does not exist.")),
    }
}

/// `v[i]` or `W[i, j]`, counted from 1.
fn entry(
    of: &Term,
    index: &[Term],
    symbols: &[Value],
) -> Result<Value, Bad> {
    let whole_value = value(of, symbols)?;
    let (rows, cols) = whole_value.shape();
    let found = match index {
        [i] if whole_value.is_line() => {
            let n = rows.max(cols);
            let i = position(i, n, symbols)?;
            whole_value.data().get(i).copied()
        }
        [i, j] => {
            let row = position(i, rows, symbols)?;
            whole_value.entry(row, position(j, cols, symbols)?)
        }
        _ => None,
    };
    found.map(Value::scalar).ok_or_else(|| {
        let what = shape_name((rows, cols));
        Bad::new(
            &of.at,
            format!("This is {what}: an entry of it is written W[i, j]."),
        )
    })
}

/// `v[a..b]`, both ends included; `v[a..a-1]` is empty.
fn slice(
    of: &Term,
    (from, to): (&Term, &Term),
    symbols: &[Value],
) -> Result<Value, Bad> {
    let line = value(of, symbols)?;
    if !line.is_line() {
        let what = shape_name(line.shape());
        let message = format!("A range needs a vector; this is {what}.");
        return Err(Bad::new(&of.at, message));
    }
    let n = line.data().len();
    let end = whole(to, symbols)?;
    if end == 0.0 && whole(from, symbols)? == 1.0 {
        return Ok(Value::vector(Vec::new()));
    }
    let last = position(to, n, symbols)?;
    let first = position(from, n + 1, symbols)?;
    match line.data().get(first..=last) {
        Some(part) => Ok(Value::vector(part.to_vec())),
        None => {
            let at = from.at.start..to.at.end;
            let (a, b) = (first + 1, last + 1);
            let message = format!("The range {a}..{b} runs backwards.");
            Err(Bad::new(&at, message))
        }
    }
}

/// An index from 1 to `n`, as one from 0.
fn position(
    term: &Term,
    n: usize,
    symbols: &[Value],
) -> Result<usize, Bad> {
    let index = whole(term, symbols)?;
    if index >= 1.0 && index <= n as f64 {
        return Ok(index as usize - 1);
    }
    let index = digits(index, 9);
    let message =
        format!("This asks for entry {index}; there are 1 to {n}.");
    Err(Bad::new(&term.at, message))
}

/// The value of an index, which must be a whole number.
fn whole(term: &Term, symbols: &[Value]) -> Result<f64, Bad> {
    match value(term, symbols)?.number() {
        Some(x) if (x - x.round()).abs() < 1e-9 => Ok(x.round()),
        Some(x) => {
            let x = digits(x, 4);
            let message =
                format!("An index is a whole number; this is {x}.");
            Err(Bad::new(&term.at, message))
        }
        None => Err(Bad::new(&term.at, "An index is a single number.")),
    }
}
