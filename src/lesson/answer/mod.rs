//! Checks what a student types: a number, a formula, an order of steps.
//!
//! Answers are judged by what they are worth, never by how they are
//! spelled: a formula is right if it has the value of the key wherever the
//! exercise is defined. Nothing here reads files, clocks or chance from
//! outside, so the same answer always gets the same verdict.
//!
//! In reading order:
//!
//! - [`expression`]: from text to a tree, with the place of every mistake;
//!   `lexer`, `parser`, `complaint`, `function`, `value` and `eval` are
//!   its parts.
//! - [`number`]: a typed number, and the near misses worth a word
//!   ([`slip`]); `numeral` reads `16.672` and `15,9 %`.
//! - [`formula`]: a typed formula, compared at random points (`points`),
//!   and in which way it differs (`difference`); `slope` measures keys
//!   that are derivatives.
//! - [`order`]: steps to be put in order, among them intruders.

mod complaint;
mod difference;
mod eval;
pub mod expression;
pub mod formula;
mod formula_verdict;
mod function;
mod lexer;
pub mod number;
mod numeral;
pub mod order;
mod parser;
mod points;
pub mod slip;
mod slope;
mod value;

pub use difference::Difference;
pub use expression::Bad;
pub use expression::Expression;
pub use formula::FormulaKey;
pub use formula::KeyError;
pub use formula::WrongFormula;
pub use formula::check_formula;
pub use formula_verdict::CounterExample;
pub use formula_verdict::FormulaVerdict;
pub use number::NumberKey;
pub use number::NumberVerdict;
pub use number::check_number;
pub use order::Distractor;
pub use order::OrderFault;
pub use order::OrderKey;
pub use order::OrderVerdict;
pub use order::check_order;
pub use points::Symbol;
pub use slip::Rounding;
pub use slip::Slip;
pub use slope::Slope;
pub use value::Value;

/// A number with so many significant digits, as short as it goes.
fn digits(value: f64, significant: usize) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    if !value.is_finite() {
        return value.to_string();
    }
    let size = value.abs().log10().floor() as i32;
    if !(-4..9).contains(&size) {
        return format!("{value:.*e}", significant.saturating_sub(1));
    }
    let places = (significant as i32 - 1 - size).max(0) as usize;
    let text = format!("{value:.places$}");
    if !text.contains('.') {
        return text;
    }
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::digits;

    #[test]
    fn numbers_are_shown_short() {
        for (value, shown) in [
            (0.0, "0"),
            (-0.0, "0"),
            (0.272, "0.272"),
            (2.0 / 3.0, "0.667"),
            (-12.5, "-12.5"),
            (1999.6, "2000"),
            (100.0, "100"),
            (1.25e-7, "1.25e-7"),
            (3e12, "3.00e12"),
            (f64::NEG_INFINITY, "-inf"),
        ] {
            assert_eq!(digits(value, 3), shown);
        }
    }
}
