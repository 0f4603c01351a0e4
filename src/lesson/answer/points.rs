//! The points at which two formulas are compared.
//!
//! They are random but always the same, and spread: each entry of each
//! symbol visits 32 equal parts of its domain, in random order (a Latin
//! hypercube), so that both sides of a kink in `|x|` or `relu` are seen.
//! Values have few digits: a student can redo the calculation.

use super::expression::canonical;
use super::function;
use super::lexer::is_name;
use super::value::Value;
use crate::nn::random;
use crate::nn::random::Rng;
use rand::RngExt;
use rand::seq::SliceRandom;
use serde::Deserialize;
use serde::Serialize;

/// How many points are drawn.
pub(super) const POINTS: usize = 32;
/// The most rows or columns of a symbol.
pub(super) const MAX_SIDE: usize = 16;

/// The most symbols of one exercise.
const MAX_SYMBOLS: usize = 16;

/// A symbol a formula may use, and where it lives.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Symbol {
    /// Its name, `rho` or `ρ`; both spellings are understood.
    pub name: String,
    /// Rows of a matrix or entries of a vector; 1 for a number.
    #[serde(default = "one")]
    pub rows: usize,
    /// Columns; 1 for numbers and vectors.
    #[serde(default = "one")]
    pub cols: usize,
    /// The least value of every entry.
    pub from: f64,
    /// The largest value of every entry.
    pub to: f64,
    /// Whether the entries are whole numbers, both ends included.
    #[serde(default)]
    pub integer: bool,
    /// The integer symbol that says how many rows there are, instead of
    /// `rows`: `D` for the eigenvalues `lam[1..D]`.
    #[serde(default)]
    pub length: Option<String>,
}

impl Symbol {
    /// A number between two others.
    pub fn number(name: &str, from: f64, to: f64) -> Self {
        Self {
            name: name.to_owned(),
            rows: 1,
            cols: 1,
            from,
            to,
            integer: false,
            length: None,
        }
    }

    /// A whole number, both ends included.
    pub fn integer(name: &str, from: f64, to: f64) -> Self {
        Self { integer: true, ..Self::number(name, from, to) }
    }

    /// What is wrong with the declaration by itself, a sentence.
    pub(super) fn complaint(&self) -> Option<String> {
        let name = &self.name;
        let sides = 1..=MAX_SIDE;
        let finite = self.from.is_finite() && self.to.is_finite();
        if !sides.contains(&self.rows) || !sides.contains(&self.cols) {
            return Some(format!(
                "`{name}` has {} rows and {} columns: each must be 1 to \
                 {MAX_SIDE}.",
                self.rows, self.cols
            ));
        }
        if !finite || self.from > self.to || self.size() > LARGEST {
            return Some(format!(
                "The domain of `{name}`, {} to {}, must go up and stay \
                 below {LARGEST:e}.",
                self.from, self.to
            ));
        }
        let whole = self.from.fract() == 0.0 && self.to.fract() == 0.0;
        (self.integer && !whole).then(|| {
            format!("`{name}` is an integer, but its domain ends are not.")
        })
    }

    fn size(&self) -> f64 {
        self.from.abs().max(self.to.abs())
    }

    /// One entry at all points.
    fn spread(&self, rng: &mut Rng) -> Vec<f64> {
        let mut parts: Vec<usize> = (0..POINTS).collect();
        parts.shuffle(rng);
        let span = self.to - self.from;
        let place = |part: usize| {
            let inside: f64 = rng.random();
            (part as f64 + inside) / POINTS as f64
        };
        let places = parts.into_iter().map(place);
        if self.integer {
            let nth = |x: f64| self.from + (x * (span + 1.0)).floor();
            return places.map(|x| nth(x).min(self.to)).collect();
        }
        if span == 0.0 {
            return vec![self.from; POINTS];
        }
        // Three significant digits of the span.
        let unit = 10f64.powi(3 - span.log10().ceil() as i32);
        places
            .map(|x| (self.from + x * span) * unit)
            .map(|x| x.round() / unit)
            .map(|x| if x.is_finite() { x } else { self.from })
            .map(|x| x.clamp(self.from, self.to))
            .collect()
    }
}

/// Whether the symbols of an exercise can be used together.
///
/// # Errors
/// A sentence for the author.
pub(super) fn check(symbols: &[Symbol]) -> Result<(), String> {
    if symbols.len() > MAX_SYMBOLS {
        return Err(format!(
            "There are {} symbols, at most {MAX_SYMBOLS} can be declared.",
            symbols.len()
        ));
    }
    let mut names: Vec<String> = Vec::new();
    for symbol in symbols {
        let name = canonical(&symbol.name);
        if !is_name(&symbol.name) {
            return Err(format!(
                "`{}` cannot be the name of a symbol: use letters, digits \
                 and `_`, beginning with a letter.",
                symbol.name
            ));
        }
        if name != "T" && function::find(&name).is_some() {
            return Err(format!(
                "`{name}` is a function: choose another name for the symbol."
            ));
        }
        if names.contains(&name) {
            return Err(format!("`{name}` is declared twice."));
        }
        names.push(name);
        if let Some(complaint) = symbol.complaint() {
            return Err(complaint);
        }
        if let Some(length) = &symbol.length {
            check_length(&symbol.name, length, symbols)?;
        }
    }
    Ok(())
}

/// Whether `length` is a symbol that can count the rows of another.
fn check_length(
    name: &str,
    length: &str,
    symbols: &[Symbol],
) -> Result<(), String> {
    let fits = |other: &Symbol| {
        other.integer
            && (other.rows, other.cols) == (1, 1)
            && other.length.is_none()
            && other.from >= 1.0
            && other.to <= MAX_SIDE as f64
    };
    match symbols.iter().find(|other| other.name == length) {
        Some(other) if fits(other) => Ok(()),
        _ => Err(format!(
            "The length of `{name}` is `{length}`: that must be an integer \
             symbol with a domain between 1 and {MAX_SIDE}."
        )),
    }
}

/// Draws the points; at each, the symbols have values in their order.
///
/// The symbols must have been checked.
pub(super) fn draw(symbols: &[Symbol]) -> Vec<Vec<Value>> {
    let entries: Vec<Vec<Vec<f64>>> = symbols
        .iter()
        .zip(0..)
        .map(|(symbol, index)| {
            let mut rng =
                random::stream(SEED, random::Purpose::Look, index);
            let rows = longest(symbol, symbols);
            let n = rows * symbol.cols;
            (0..n).map(|_| symbol.spread(&mut rng)).collect()
        })
        .collect();
    let at = |point: usize| {
        let first = |index: usize| entries.get(index)?.first()?.get(point);
        symbols
            .iter()
            .zip(&entries)
            .map(|(symbol, entries)| {
                let rows = match length_of(symbol, symbols) {
                    Some(index) => first(index).map_or(1, |x| *x as usize),
                    None => symbol.rows,
                };
                let n = rows * symbol.cols;
                let data = entries.iter().take(n);
                let data = data.filter_map(|e| e.get(point).copied());
                Value::matrix(rows, symbol.cols, data.collect())
                    .unwrap_or_else(|| Value::scalar(f64::NAN))
            })
            .collect()
    };
    (0..POINTS).map(at).collect()
}

/// The place of the symbol that gives the length of another.
pub(super) fn length_of(
    symbol: &Symbol,
    symbols: &[Symbol],
) -> Option<usize> {
    let name = symbol.length.as_ref()?;
    symbols.iter().position(|other| other.name == *name)
}

/// The most rows a symbol can have.
fn longest(symbol: &Symbol, symbols: &[Symbol]) -> usize {
    let length = length_of(symbol, symbols).and_then(|i| symbols.get(i));
    length.map_or(symbol.rows, |length| length.to as usize)
}

const SEED: u64 = 0x0061_7574_6f65_6e63;
/// Where squares and exponentials stop making sense.
const LARGEST: f64 = 1e6;

fn one() -> usize {
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_a_domain_is_visited_once() {
        let points = draw(&[Symbol::number("x", -2.0, 2.0)]);
        let part = |point: &Vec<Value>| {
            let x = point[0].number().unwrap();
            // Rounding may move a value over a border by half a unit.
            ((x + 2.0) / 4.0 * POINTS as f64).floor() as i64
        };
        let mut parts: Vec<i64> = points.iter().map(part).collect();
        parts.sort_unstable();
        let near = |(i, part): (usize, &i64)| (part - i as i64).abs() <= 1;
        assert!(parts.iter().enumerate().all(near), "{parts:?}");
    }

    #[test]
    fn whole_numbers_stay_whole_and_inside() {
        let points = draw(&[Symbol::integer("K", 1.0, 4.0)]);
        let mut seen: Vec<f64> =
            points.iter().map(|point| point[0].number().unwrap()).collect();
        seen.sort_by(f64::total_cmp);
        seen.dedup();
        assert_eq!(seen, [1.0, 2.0, 3.0, 4.0]);
    }

    #[test]
    fn a_length_follows_its_symbol() {
        let length = Some("D".to_owned());
        let v = Symbol { length, ..Symbol::number("v", 0.0, 1.0) };
        for point in draw(&[v, Symbol::integer("D", 2.0, 5.0)]) {
            let d = point[1].number().unwrap() as usize;
            assert_eq!(point[0].shape(), (d, 1));
        }
    }

    #[test]
    fn a_domain_of_one_value_is_that_value() {
        for point in draw(&[Symbol::number("c", 0.3, 0.3)]) {
            assert_eq!(point[0].number(), Some(0.3));
        }
    }
}
