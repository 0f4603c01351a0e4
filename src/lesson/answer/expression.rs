//! Formulas as a student types them.
//!
//! `2(xh-x)/D`, `rho log(rho/rj)`, `‖x‖²`, `sum(lam[K+1..D])`: text becomes
//! a tree whose every part remembers its place in the text, so that each
//! message can point at what it talks about.
//!
//! What is understood, from the loosest to the tightest:
//!
//! ```text
//! a + b   a - b                 element by element, numbers fit any shape
//! a * b   a b   2x   a @ b      numbers, matrices; x * y of two vectors
//!                               is element by element
//! x · y                         dot product of two vectors
//! a ⊙ b   a / b                 element by element
//! -a                            -x^2 is -(x^2)
//! a'  aᵀ  a^T                   transposed
//! a^b  a²                       element by element, 2^3^2 is 2^9
//! |a|   ‖a‖  ||a||              absolute values; Euclidean length
//! v[i]  W[i, j]  v[a..b]        counted from 1, both ends included
//! f(a)                          the functions of `function.rs`
//! ```
//!
//! `log` is the natural logarithm. A product without a sign binds like one
//! with a sign: `1/2x` is `(1/2)x`, and says so if the answer is wrong.
//! Greek letters and their names are the same (`ρ`, `rho`), `x̂` is `xh`.
//!
//! **Commas.** A comma between two digits is a decimal comma, `0,5` is one
//! half, except directly inside the brackets of a function that can take two
//! values (`max`, `min`, `dot`) and inside an index, where it separates:
//! `max(1,2)` is 2 and `max(0,5)` is 5. With a `;` in such a bracket its
//! commas are decimal again: `max(0,5; 0,7)` is 0.7.
//!
//! It does not do algebra: two formulas are compared by value, elsewhere.

use super::eval;
use super::function;
use super::parser;
use super::value::Value;
use std::fmt;
use std::ops::Range;

/// The longest answer, in bytes.
pub const MAX_LEN: usize = 1_000;
/// The deepest nesting of brackets, signs and powers.
pub const MAX_DEPTH: usize = 60;
/// The most operators in a row, each working on the result of the last.
pub const MAX_HEIGHT: usize = 250;

/// What is wrong with a text, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bad {
    /// The bytes of the text meant, always whole characters.
    pub at: Range<usize>,
    /// A sentence for the student.
    pub message: String,
}

impl Bad {
    pub(super) fn new(
        at: &Range<usize>,
        message: impl Into<String>,
    ) -> Self {
        Self { at: at.clone(), message: message.into() }
    }
}

impl fmt::Display for Bad {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Bad {}

/// A formula that was understood.
#[derive(Debug, Clone)]
pub struct Expression {
    pub(super) root: Term,
    /// How doubtful places were read, a sentence each.
    pub notes: Vec<String>,
}

impl Expression {
    /// Reads a formula in which only `symbols` may occur.
    ///
    /// # Errors
    /// The first place that cannot be understood.
    pub fn parse(text: &str, symbols: &[String]) -> Result<Self, Bad> {
        parser::parse(text, symbols)
    }

    /// The value, given those of the symbols in the order of `parse`.
    ///
    /// # Errors
    /// Shapes that do not fit, entries that do not exist.
    pub fn value(&self, symbols: &[Value]) -> Result<Value, Bad> {
        eval::value(&self.root, symbols)
    }

    /// Whether the symbol of this number occurs.
    pub fn uses(&self, symbol: usize) -> bool {
        let mut waiting = vec![&self.root];
        while let Some(term) = waiting.pop() {
            match &term.node {
                Node::Symbol(index) if *index == symbol => return true,
                Node::Number(_) | Node::Symbol(_) => {}
                Node::Negative(a) => waiting.push(a),
                Node::Binary(_, a, b) => waiting.extend([&**a, &**b]),
                Node::Call(_, a) => waiting.extend(a),
                Node::Entry(a, index) => {
                    waiting.push(a);
                    waiting.extend(index);
                }
                Node::Slice(a, from, to) => {
                    waiting.extend([&**a, &**from, &**to]);
                }
            }
        }
        false
    }
}

/// A part of a formula and its place.
#[derive(Debug, Clone)]
pub(super) struct Term {
    pub node: Node,
    pub at: Range<usize>,
    /// How many parts are inside one another, this one included.
    pub height: usize,
}

impl Term {
    pub fn new(node: Node, at: Range<usize>) -> Self {
        let highest = |parts: &[Self]| {
            parts.iter().map(|part| part.height).max().unwrap_or(0)
        };
        let below = match &node {
            Node::Number(_) | Node::Symbol(_) => 0,
            Node::Negative(a) => a.height,
            Node::Binary(_, a, b) => a.height.max(b.height),
            Node::Call(_, a) => highest(a),
            Node::Entry(a, index) => a.height.max(highest(index)),
            Node::Slice(a, from, to) => {
                a.height.max(from.height).max(to.height)
            }
        };
        Self { node, at, height: below + 1 }
    }

    /// Two parts and what stands between them.
    pub fn joined(operator: Operator, a: Self, b: Self) -> Self {
        let at = a.at.start..b.at.end;
        Self::new(Node::Binary(operator, a.into(), b.into()), at)
    }

    /// A call of a function that is known to exist.
    pub fn called(
        name: &str,
        arguments: Vec<Self>,
        at: Range<usize>,
    ) -> Self {
        let index = function::find(name).unwrap_or(usize::MAX);
        Self::new(Node::Call(index, arguments), at)
    }
}

/// What a part of a formula is.
#[derive(Debug, Clone)]
pub(super) enum Node {
    Number(f64),
    Symbol(usize),
    Negative(Box<Term>),
    Binary(Operator, Box<Term>, Box<Term>),
    /// A function of the list, by its place there.
    Call(usize, Vec<Term>),
    Entry(Box<Term>, Vec<Term>),
    Slice(Box<Term>, Box<Term>, Box<Term>),
}

/// What stands between two parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Plus,
    Minus,
    Times,
    Dot,
    Each,
    Matrix,
    Over,
    Power,
}

/// One spelling for each name: `ρ` is `rho`, `x̂` is `xh`, `log₂` is `log2`.
pub(super) fn canonical(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for letter in name.chars() {
        match GREEK.iter().find(|(greek, _)| *greek == letter) {
            Some((_, latin)) => plain.push_str(latin),
            None => match letter {
                '\u{302}' => plain.push('h'),
                '₀'..='₉' => {
                    let digit = letter as u32 - '₀' as u32;
                    plain.extend(char::from_digit(digit, 10));
                }
                other => plain.push(other),
            },
        }
    }
    match plain.strip_prefix("lambda") {
        Some(rest) => format!("lam{rest}"),
        None => plain,
    }
}

/// Greek letters and the names they are typed with.
const GREEK: &[(char, &str)] = &[
    ('α', "alpha"),
    ('β', "beta"),
    ('γ', "gamma"),
    ('δ', "delta"),
    ('ε', "eps"),
    ('ϵ', "eps"),
    ('η', "eta"),
    ('θ', "theta"),
    ('κ', "kappa"),
    ('λ', "lambda"),
    ('μ', "mu"),
    ('µ', "mu"),
    ('ν', "nu"),
    ('ξ', "xi"),
    ('π', "pi"),
    ('ρ', "rho"),
    ('σ', "sigma"),
    ('τ', "tau"),
    ('φ', "phi"),
    ('ϕ', "phi"),
    ('χ', "chi"),
    ('ψ', "psi"),
    ('ω', "omega"),
    ('Δ', "Delta"),
    ('Λ', "Lambda"),
    ('Σ', "Sigma"),
];
