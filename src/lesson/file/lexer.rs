//! Cuts RON into brackets, words and strings. Never fails: what is not
//! understood becomes a [`Kind::Other`].

use std::iter::Peekable;
use std::str::CharIndices;

/// What a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `(`, `[` or `{`.
    Open(char),
    /// `)`, `]` or `}`.
    Close(char),
    /// `:`
    Colon,
    /// `,`
    Comma,
    /// A name or a number: letters, digits, and `_ . + -`.
    Word,
    /// A string with its quotes.
    Text,
    /// A string without its closing quote, or a comment without its end.
    Unclosed,
    /// Anything else.
    Other,
}

/// A piece of text, by its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// Its first byte.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
}

/// The tokens of a text, without blanks and comments.
pub struct Lexer<'a> {
    source: &'a str,
    chars: Peekable<CharIndices<'a>>,
}

impl<'a> Lexer<'a> {
    /// Starts at the beginning.
    pub fn new(source: &'a str) -> Self {
        Self { source, chars: source.char_indices().peekable() }
    }

    /// The byte of the next character, or the end.
    fn here(&mut self) -> usize {
        self.chars.peek().map_or(self.source.len(), |(at, _)| *at)
    }

    fn rest(&mut self) -> &'a str {
        let here = self.here();
        self.source.get(here..).unwrap_or_default()
    }

    fn skip(&mut self, wanted: impl Fn(char) -> bool) {
        while self.chars.next_if(|(_, c)| wanted(*c)).is_some() {}
    }

    /// Skips to just after `end`; whether it was found.
    fn skip_past(&mut self, end: &str) -> bool {
        let Some(distance) = self.rest().find(end) else {
            self.chars.by_ref().for_each(drop);
            return false;
        };
        let stop = self.here() + distance + end.len();
        while self.chars.next_if(|(at, _)| *at < stop).is_some() {}
        true
    }

    /// Skips blanks and comments; whether all comments have an end.
    fn skip_blanks(&mut self) -> bool {
        loop {
            self.skip(char::is_whitespace);
            let rest = self.rest();
            if rest.starts_with("//") {
                self.skip(|c| c != '\n');
            } else if rest.starts_with("/*") {
                if !self.skip_comment() {
                    return false;
                }
            } else {
                return true;
            }
        }
    }

    /// Skips a block comment, which may contain others.
    fn skip_comment(&mut self) -> bool {
        let mut depth = 0;
        while let Some((_, c)) = self.chars.next() {
            let next = self.chars.peek().map(|(_, c)| *c);
            match (c, next) {
                ('/', Some('*')) => depth += 1,
                ('*', Some('/')) => depth -= 1,
                _ => continue,
            }
            self.chars.next();
            if depth == 0 {
                return true;
            }
        }
        false
    }

    /// The rest of a string after its opening quote.
    fn text(&mut self) -> Kind {
        while let Some((_, c)) = self.chars.next() {
            match c {
                '"' => return Kind::Text,
                '\\' => {
                    self.chars.next();
                }
                _ => {}
            }
        }
        Kind::Unclosed
    }

    /// A raw string, if one begins here: `r"..."` or `r#"..."#`.
    fn raw(&mut self) -> Option<Kind> {
        let rest = self.rest();
        let body = rest.strip_prefix('b').unwrap_or(rest);
        let after = body.strip_prefix('r')?;
        let quotes = after.trim_start_matches('#');
        let marks = after.len() - quotes.len();
        if !quotes.starts_with('"') {
            return None;
        }
        let start = self.here() + (rest.len() - quotes.len());
        while self.chars.next_if(|(at, _)| *at <= start).is_some() {}
        let end = format!("\"{}", "#".repeat(marks));
        let closed = self.skip_past(&end);
        Some(if closed { Kind::Text } else { Kind::Unclosed })
    }

    /// A character in quotes, which no lesson needs.
    fn character(&mut self) -> Kind {
        if self.chars.next().is_some_and(|(_, c)| c == '\\') {
            self.chars.next();
        }
        self.chars.next_if(|(_, c)| *c == '\'');
        Kind::Other
    }
}

impl Iterator for Lexer<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let begin = self.here();
        if !self.skip_blanks() {
            let end = self.source.len();
            return Some(Token { kind: Kind::Unclosed, start: begin, end });
        }
        let start = self.here();
        let kind = match self.raw() {
            Some(kind) => kind,
            None => match self.chars.next()?.1 {
                c @ ('(' | '[' | '{') => Kind::Open(c),
                c @ (')' | ']' | '}') => Kind::Close(c),
                ':' => Kind::Colon,
                ',' => Kind::Comma,
                '"' => self.text(),
                '\'' => self.character(),
                c if in_word(c) => {
                    self.skip(in_word);
                    Kind::Word
                }
                _ => Kind::Other,
            },
        };
        Some(Token { kind, start, end: self.here() })
    }
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '+' | '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(source: &str) -> Vec<&str> {
        Lexer::new(source).map(|t| &source[t.start..t.end]).collect()
    }

    #[test]
    fn comments_and_strings_hide_brackets() {
        let source = "(a: \"(\\\"[\", /* ( /* [ */ */ b: r#\"\"(\"#) // (";
        let expected =
            ["(", "a", ":", "\"(\\\"[\"", ",", "b", ":", "r#\"\"(\"#", ")"];
        assert_eq!(pieces(source), expected);
    }

    #[test]
    fn a_missing_end_is_seen() {
        for source in ["(\"abc", "(r#\"abc\"", "( /* abc", "(\"abc\\"] {
            let last = Lexer::new(source).last().unwrap();
            assert_eq!(last.kind, Kind::Unclosed, "{source}");
        }
    }

    #[test]
    fn a_word_that_begins_with_r_is_a_word() {
        assert_eq!(
            pieces("right: true, b: -1.5e-3"),
            ["right", ":", "true", ",", "b", ":", "-1.5e-3"]
        );
    }
}
