//! Cuts a formula into tokens, each with its place.
//!
//! Different signs for one thing (`·` and `×` are not one thing, `−` and `-`
//! are) become one token here, and decimal commas become decimal points.

use super::complaint::unreadable;
use super::expression::Bad;
use super::expression::MAX_LEN;
use super::expression::canonical;
use super::function::takes_two;
use std::ops::Range;

/// The smallest parts of a formula.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Number(f64),
    /// In the spelling of [`canonical`].
    Name(String),
    /// One sign; `⊙`, `·`, `‖`, and `…` for a range, are signs too.
    Sign(char),
    End,
}

/// All tokens and their places, the last one an `End`.
pub(super) fn tokens(
    text: &str,
) -> Result<Vec<(Token, Range<usize>)>, Bad> {
    if text.len() > MAX_LEN {
        let at = text.floor_char_boundary(MAX_LEN)..text.len();
        let message = format!(
            "The answer is too long: {} bytes, and {MAX_LEN} are read. \
             Shorten it.",
            text.len()
        );
        return Err(Bad::new(&at, message));
    }
    let mut lexer =
        Lexer { text, at: 0, tokens: Vec::new(), brackets: Vec::new() };
    while let Some(letter) = lexer.peek() {
        lexer.token(letter)?;
    }
    lexer.tokens.push((Token::End, text.len()..text.len()));
    Ok(lexer.tokens)
}

/// Whether a text is one name.
pub(super) fn is_name(text: &str) -> bool {
    text.chars().next().is_some_and(starts_name)
        && text.chars().all(|c| starts_name(c) || is_name_tail(c))
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    tokens: Vec<(Token, Range<usize>)>,
    /// What a comma between digits means in each open bracket.
    brackets: Vec<Comma>,
}

/// What a comma between two digits means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Comma {
    Decimal,
    Separates,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn push(&mut self, token: Token, bytes: usize) {
        self.tokens.push((token, self.at..self.at + bytes));
        self.at += bytes;
    }

    fn token(&mut self, letter: char) -> Result<(), Bad> {
        let bytes = letter.len_utf8();
        if letter.is_whitespace() {
            self.at += bytes;
            return Ok(());
        }
        if self.starts_number(letter) {
            return self.number();
        }
        if let Some(value) = fraction(letter) {
            self.push(Token::Number(value), bytes);
            return Ok(());
        }
        if superscript(letter).is_some() || letter == '⁻' {
            return self.superscripts();
        }
        if starts_name(letter) {
            self.name();
            return Ok(());
        }
        for (spelling, sign) in SIGNS {
            if self.rest().starts_with(spelling) {
                self.bracket(*sign);
                self.push(Token::Sign(*sign), spelling.len());
                return Ok(());
            }
        }
        let at = self.at..self.at + bytes;
        Err(Bad::new(&at, unreadable(letter)))
    }

    /// Keeps track of what commas mean.
    fn bracket(&mut self, sign: char) {
        match sign {
            '(' => {
                let comma = self.comma_after_bracket();
                self.brackets.push(comma);
            }
            '[' => self.brackets.push(Comma::Separates),
            ')' | ']' => {
                self.brackets.pop();
            }
            _ => {}
        }
    }

    /// The meaning of commas inside a bracket that opens here.
    fn comma_after_bracket(&self) -> Comma {
        match self.tokens.last() {
            Some((Token::Name(name), _)) if takes_two(name) => {}
            _ => return Comma::Decimal,
        }
        let mut depth = 0;
        for sign in self.rest().chars() {
            match sign {
                '(' | '[' => depth += 1,
                ')' | ']' => depth -= 1,
                ';' if depth == 1 => return Comma::Decimal,
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
        Comma::Separates
    }

    fn starts_number(&self, letter: char) -> bool {
        let after = self.rest().chars().nth(1);
        letter.is_ascii_digit()
            || letter == '.' && after.is_some_and(|c| c.is_ascii_digit())
    }

    fn number(&mut self) -> Result<(), Bad> {
        let rest = self.rest().as_bytes();
        let digits = |from: usize| {
            let tail = rest.get(from..).unwrap_or_default();
            from + tail.iter().take_while(|b| b.is_ascii_digit()).count()
        };
        let digit = |i: usize| rest.get(i).is_some_and(u8::is_ascii_digit);
        let decimal = self.brackets.last() != Some(&Comma::Separates);
        let mark = |i: usize| match rest.get(i) {
            Some(b'.') => rest.get(i + 1) != Some(&b'.'),
            Some(b',') => decimal && digit(i + 1),
            _ => false,
        };
        let mut end = digits(0);
        if mark(end) {
            end = digits(end + 1);
        }
        let marks_again = mark(end) && digit(end + 1);
        if let Some(b'e' | b'E') = rest.get(end) {
            let after = rest.get(end + 1..).unwrap_or_default();
            let sign = match after.first() {
                Some(b'+' | b'-') => 1,
                _ if after.starts_with(MINUS.as_bytes()) => MINUS.len(),
                _ => 0,
            };
            if digit(end + 1 + sign) {
                end = digits(end + 1 + sign);
            }
        }
        if marks_again {
            end = digits(end + 1);
        }
        let at = self.at..self.at + end;
        let text = self.text.get(at.clone()).unwrap_or_default();
        if marks_again {
            let message = format!(
                "`{text}` has two decimal marks. Write thousands without \
                 a mark, and `;` between two values."
            );
            return Err(Bad::new(&at, message));
        }
        match text.replace(',', ".").replace(MINUS, "-").parse::<f64>() {
            Ok(value) if value.is_finite() => {
                self.push(Token::Number(value), end);
                Ok(())
            }
            _ => Err(Bad::new(
                &at,
                format!("`{text}` is too large for a number."),
            )),
        }
    }

    /// `²` is `^2`, `⁻¹` is `^-1` as one number.
    fn superscripts(&mut self) -> Result<(), Bad> {
        let minus = if self.peek() == Some('⁻') { 1 } else { 0 };
        let (mut value, mut count, mut bytes) =
            (0.0, 0, minus * '⁻'.len_utf8());
        for letter in self.rest().chars().skip(minus) {
            let Some(digit) = superscript(letter) else { break };
            value = value * 10.0 + digit;
            count += 1;
            bytes += letter.len_utf8();
        }
        let at = self.at..self.at + bytes;
        if count == 0 || count > 3 {
            let message = "This exponent is not a number of at most three \
                           digits. Write it after a `^`.";
            return Err(Bad::new(&at, message));
        }
        let value = if minus == 1 { -value } else { value };
        self.tokens.push((Token::Sign('^'), at));
        self.push(Token::Number(value), bytes);
        Ok(())
    }

    fn name(&mut self) {
        let inside = |c: &char| starts_name(*c) || is_name_tail(*c);
        let bytes = self
            .rest()
            .chars()
            .take_while(inside)
            .map(char::len_utf8)
            .sum();
        let spelled = self.rest().get(..bytes).unwrap_or_default();
        let name = canonical(spelled);
        self.push(Token::Name(name), bytes);
    }
}

/// Whether a name may begin with this letter.
fn starts_name(letter: char) -> bool {
    (letter.is_alphabetic() || letter == '_')
        && !matches!(letter, 'ᵀ' | 'ª' | 'º')
}

/// Digits, subscripts, and accents typed as marks of their own.
fn is_name_tail(letter: char) -> bool {
    letter.is_ascii_digit()
        || ('₀'..='₉').contains(&letter)
        || ('\u{300}'..='\u{36f}').contains(&letter)
}

fn superscript(letter: char) -> Option<f64> {
    let all = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    all.chars().position(|c| c == letter).map(|digit| digit as f64)
}

fn fraction(letter: char) -> Option<f64> {
    match letter {
        '½' => Some(0.5),
        '¼' => Some(0.25),
        '¾' => Some(0.75),
        _ => None,
    }
}

/// The minus sign of books.
const MINUS: &str = "−";

/// Spellings of signs, longer ones before their beginnings.
const SIGNS: &[(&str, char)] = &[
    ("**", '^'),
    ("..", '…'),
    ("…", '…'),
    ("+", '+'),
    ("-", '-'),
    ("−", '-'),
    ("–", '-'),
    ("*", '*'),
    ("∗", '*'),
    ("×", '*'),
    ("·", '·'),
    ("⋅", '·'),
    ("⊙", '⊙'),
    ("∘", '⊙'),
    ("@", '@'),
    ("/", '/'),
    ("÷", '/'),
    ("^", '^'),
    ("'", '\''),
    ("’", '\''),
    ("ᵀ", '\''),
    ("⊤", '\''),
    ("(", '('),
    (")", ')'),
    ("[", '['),
    ("]", ']'),
    (",", ','),
    (";", ';'),
    ("|", '|'),
    ("‖", '‖'),
    ("∥", '‖'),
];
