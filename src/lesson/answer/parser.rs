//! Builds the tree of a formula, by precedence climbing (Pratt, "Top down
//! operator precedence", 1973).
//!
//! Each operator has a binding power; a part ends at the first operator
//! that binds less tightly than the part asked for. Every way into a nested
//! part goes through `part`, which counts the depth.

use super::complaint::read_as_product;
use super::complaint::read_as_two;
use super::complaint::stray;
use super::complaint::unknown;
use super::expression::Bad;
use super::expression::Expression;
use super::expression::MAX_DEPTH;
use super::expression::MAX_HEIGHT;
use super::expression::Node;
use super::expression::Operator;
use super::expression::Term;
use super::expression::canonical;
use super::function;
use super::function::FUNCTIONS;
use super::lexer;
use super::lexer::Token;
use std::ops::Range;

/// Reads the whole text as one formula over the declared symbols.
pub(super) fn parse(
    text: &str,
    symbols: &[String],
) -> Result<Expression, Bad> {
    let mut parser = Parser {
        text,
        tokens: lexer::tokens(text)?,
        next: 0,
        symbols: symbols.iter().map(|name| canonical(name)).collect(),
        depth: 0,
        bars: Vec::new(),
        notes: Vec::new(),
    };
    let root = parser.part(0)?;
    match parser.take() {
        (Token::End, _) => Ok(Expression { root, notes: parser.notes }),
        (Token::Sign(sign), at) => Err(Bad::new(&at, stray(sign))),
        (_, at) => Err(Bad::new(
            &at,
            "Two numbers in a row: an operator is missing between them.",
        )),
    }
}

struct Parser<'t> {
    text: &'t str,
    tokens: Vec<(Token, Range<usize>)>,
    next: usize,
    symbols: Vec<String>,
    depth: usize,
    /// The bars open in the current bracket, which `|` may close.
    bars: Vec<Bar>,
    notes: Vec<String>,
}

/// More remarks than this would not be read.
const MAX_NOTES: usize = 3;

/// A kind of bar.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bar {
    /// `|x|`
    Value,
    /// `‖x‖`
    Norm,
    /// `||x||`
    TwoBars,
}

/// How a part goes on.
#[derive(Clone, Copy)]
enum Step {
    Transpose,
    /// `^T`
    PowerTranspose,
    Index,
    /// An operator, and how tightly its right side binds.
    Operator(Operator, u8),
    /// A product without a sign.
    Product,
}

impl Parser<'_> {
    fn peek(&self) -> Token {
        self.peek_at(0).0
    }

    /// The token after so many others, and its place.
    fn peek_at(&self, ahead: usize) -> (Token, Range<usize>) {
        let end = self.text.len();
        let token = self.tokens.get(self.next + ahead);
        token.cloned().unwrap_or((Token::End, end..end))
    }

    fn take(&mut self) -> (Token, Range<usize>) {
        let token = self.peek_at(0);
        self.next += 1;
        token
    }

    /// Takes the sign if it is next.
    fn takes(&mut self, sign: char) -> bool {
        let found = self.peek() == Token::Sign(sign);
        self.next += usize::from(found);
        found
    }

    /// The sign that has to follow, for what was opened before.
    fn want(
        &mut self,
        sign: char,
        opened: &Range<usize>,
    ) -> Result<Range<usize>, Bad> {
        let (token, at) = self.take();
        if token == Token::Sign(sign) {
            return Ok(at);
        }
        let open = self.text.get(opened.clone()).unwrap_or_default();
        let message = format!(
            "A `{sign}` is missing here: `{open}` at character {} is \
             still open.",
            self.character(opened.start)
        );
        Err(Bad::new(&at, message))
    }

    /// The number, from 1, of the character at a byte.
    fn character(&self, byte: usize) -> usize {
        self.text.get(..byte).unwrap_or_default().chars().count() + 1
    }

    /// A part whose operators all bind at least so tightly.
    fn part(&mut self, least: u8) -> Result<Term, Bad> {
        if self.depth == MAX_DEPTH {
            let message = format!(
                "This is nested more than {MAX_DEPTH} deep. Write it with \
                 fewer brackets."
            );
            return Err(Bad::new(&self.peek_at(0).1, message));
        }
        self.depth += 1;
        let term = self.operators(least);
        self.depth -= 1;
        term
    }

    fn operators(&mut self, least: u8) -> Result<Term, Bad> {
        let mut left = self.operand()?;
        let mut divided = None;
        while let Some((step, power)) = self.step()
            && power >= least
        {
            let before = left.at.clone();
            left = match step {
                Step::Transpose | Step::PowerTranspose => {
                    self.transposed(left, step)
                }
                Step::Index => self.index(left)?,
                Step::Operator(operator, right) => {
                    self.take();
                    let right = self.part(right)?;
                    divided =
                        (operator == Operator::Over).then_some(before);
                    Term::joined(operator, left, right)
                }
                Step::Product => {
                    let right = self.part(4)?;
                    if divided.take().is_some() {
                        self.note(&before, &right.at);
                    }
                    Term::joined(Operator::Times, left, right)
                }
            };
            if left.height > MAX_HEIGHT {
                let message = "This goes on for too long. Shorten it.";
                return Err(Bad::new(&left.at, message));
            }
        }
        Ok(left)
    }

    /// What follows the part read so far, and how tightly it binds.
    fn step(&self) -> Option<(Step, u8)> {
        let sign = match self.peek() {
            Token::Number(_) if self.after_number() => return None,
            Token::Number(_) | Token::Name(_) => {
                return Some((Step::Product, 3));
            }
            Token::Sign(sign) => sign,
            Token::End => return None,
        };
        let operator = |operator, left, right| {
            Some((Step::Operator(operator, right), left))
        };
        match sign {
            '+' => operator(Operator::Plus, 1, 2),
            '-' => operator(Operator::Minus, 1, 2),
            '*' => operator(Operator::Times, 3, 4),
            '·' => operator(Operator::Dot, 3, 4),
            '⊙' => operator(Operator::Each, 3, 4),
            '@' => operator(Operator::Matrix, 3, 4),
            '/' => operator(Operator::Over, 3, 4),
            '\'' => Some((Step::Transpose, 6)),
            '^' if self.transposes() => Some((Step::PowerTranspose, 8)),
            '^' => operator(Operator::Power, 8, 7),
            '[' => Some((Step::Index, 10)),
            '(' => Some((Step::Product, 3)),
            '|' | '‖' if !self.closes(sign) => Some((Step::Product, 3)),
            _ => None,
        }
    }

    fn after_number(&self) -> bool {
        let before = self.next.checked_sub(1);
        let token = before.and_then(|i| self.tokens.get(i));
        matches!(token, Some((Token::Number(_), _)))
    }

    /// Whether `^T` follows and `T` is no symbol of the exercise.
    fn transposes(&self) -> bool {
        matches!(self.peek_at(1).0, Token::Name(name) if name == "T")
            && !self.symbols.iter().any(|symbol| symbol == "T")
    }

    /// Whether a bar at this place closes the innermost open one.
    fn closes(&self, sign: char) -> bool {
        match self.bars.last() {
            Some(Bar::Value | Bar::TwoBars) => sign == '|',
            Some(Bar::Norm) => sign == '‖',
            None => false,
        }
    }

    fn transposed(&mut self, left: Term, step: Step) -> Term {
        let (_, mut at) = self.take();
        if let Step::PowerTranspose = step {
            at = self.take().1;
        }
        let at = left.at.start..at.end;
        Term::called("T", vec![left], at)
    }

    /// `[i]`, `[i, j]` or `[a..b]`.
    fn index(&mut self, left: Term) -> Result<Term, Bad> {
        let (_, opened) = self.take();
        let outside = std::mem::take(&mut self.bars);
        let start = left.at.start;
        let first = self.part(0)?;
        let node = if self.takes('…') {
            let last = self.part(0)?;
            Node::Slice(left.into(), first.into(), last.into())
        } else if self.takes(',') || self.takes(';') {
            let second = self.part(0)?;
            Node::Entry(left.into(), vec![first, second])
        } else {
            Node::Entry(left.into(), vec![first])
        };
        let end = self.want(']', &opened)?.end;
        self.bars = outside;
        Ok(Term::new(node, start..end))
    }

    /// Remembers how `a/b c` was read.
    fn note(&mut self, quotient: &Range<usize>, factor: &Range<usize>) {
        let text = |at: &Range<usize>| self.text.get(at.clone());
        if let (Some(a), Some(b)) = (text(quotient), text(factor))
            && self.notes.len() < MAX_NOTES
        {
            self.notes.push(read_as_product(a, b));
        }
    }

    /// Remembers that `0,5` was read as two values, if it is next.
    fn note_comma(&mut self) {
        let before = self.next.checked_sub(1);
        let before = before.and_then(|i| self.tokens.get(i));
        let Some((Token::Number(_), a)) = before else { return };
        let ((Token::Sign(','), comma), (Token::Number(_), b)) =
            (self.peek_at(0), self.peek_at(1))
        else {
            return;
        };
        let touching = a.end == comma.start && comma.end == b.start;
        let text = self.text.get(a.start..b.end).unwrap_or_default();
        if touching && self.notes.len() < MAX_NOTES {
            self.notes.push(read_as_two(text));
        }
    }

    /// A number, a symbol, a call, a bracket, with its sign.
    fn operand(&mut self) -> Result<Term, Bad> {
        let (token, at) = self.take();
        match token {
            Token::Number(x) => Ok(Term::new(Node::Number(x), at)),
            Token::Name(name) => self.named(&name, at),
            Token::Sign('+') => self.part(5),
            Token::Sign('-') => {
                let term = self.part(5)?;
                let at = at.start..term.at.end;
                Ok(Term::new(Node::Negative(term.into()), at))
            }
            Token::Sign('(') => {
                let outside = std::mem::take(&mut self.bars);
                let inner = self.part(0)?;
                let end = self.want(')', &at)?.end;
                self.bars = outside;
                Ok(Term { at: at.start..end, ..inner })
            }
            Token::Sign('|') => self.between_bars(at),
            Token::Sign('‖') => self.norm(Bar::Norm, at),
            Token::Sign(sign) => Err(Bad::new(&at, stray(sign))),
            Token::End if self.text.trim().is_empty() => {
                Err(Bad::new(&at, "The answer is empty. Type a formula."))
            }
            Token::End => Err(Bad::new(
                &at,
                "Something is missing at the end of the formula.",
            )),
        }
    }

    /// `|x|`, or `||x||` if the second bar touches the first.
    fn between_bars(&mut self, at: Range<usize>) -> Result<Term, Bad> {
        let (token, second) = self.peek_at(0);
        if token == Token::Sign('|') && second.start == at.end {
            self.take();
            return self.norm(Bar::TwoBars, at.start..second.end);
        }
        self.bars.push(Bar::Value);
        let inner = self.part(0)?;
        self.bars.pop();
        let end = self.want('|', &at)?.end;
        Ok(Term::called("abs", vec![inner], at.start..end))
    }

    fn norm(&mut self, bar: Bar, at: Range<usize>) -> Result<Term, Bad> {
        self.bars.push(bar);
        let inner = self.part(0)?;
        self.bars.pop();
        let end = if bar == Bar::Norm {
            self.want('‖', &at)?.end
        } else {
            self.want('|', &at)?;
            self.want('|', &at)?.end
        };
        Ok(Term::called("norm", vec![inner], at.start..end))
    }

    /// A symbol of the exercise, a function, or a constant.
    fn named(&mut self, name: &str, at: Range<usize>) -> Result<Term, Bad> {
        if let Some(index) = self.symbols.iter().position(|s| s == name) {
            return Ok(Term::new(Node::Symbol(index), at));
        }
        let bracket = self.peek() == Token::Sign('(');
        match (function::find(name), name) {
            (Some(index), _) if bracket => self.call(index, at),
            (Some(_), _) => Err(Bad::new(
                &at,
                format!("`{name}` needs brackets here: {name}(..)."),
            )),
            (None, "pi") => {
                Ok(Term::new(Node::Number(std::f64::consts::PI), at))
            }
            (None, "e") => {
                Ok(Term::new(Node::Number(std::f64::consts::E), at))
            }
            (None, _) => Err(Bad::new(&at, unknown(name, &self.symbols))),
        }
    }

    fn call(
        &mut self,
        index: usize,
        at: Range<usize>,
    ) -> Result<Term, Bad> {
        let (_, opened) = self.take();
        let outside = std::mem::take(&mut self.bars);
        let mut arguments = vec![self.part(0)?];
        while matches!(self.peek(), Token::Sign(',' | ';')) {
            self.note_comma();
            self.take();
            arguments.push(self.part(0)?);
        }
        let at = at.start..self.want(')', &opened)?.end;
        self.bars = outside;
        let n = arguments.len();
        match FUNCTIONS.get(index) {
            Some(f) if n < f.least() || n > f.most => {
                Err(Bad::new(&at, f.arity(n)))
            }
            _ => Ok(Term::new(Node::Call(index, arguments), at)),
        }
    }
}
