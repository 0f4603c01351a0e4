//! Takes out of a text what could act on the terminal.
//!
//! A lesson may come from a stranger. Escape sequences, control characters
//! and marks that turn the direction of writing around are dropped; what is
//! left can only be read. Entities such as `&#27;` become characters inside
//! the Markdown parser, so it is the parser's output that has to be cleaned.

use std::iter::Peekable;
use std::str::Chars;

/// The text without escape sequences, control characters and bidirectional
/// marks. Line feeds and tabs stay.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\u{1b}' => skip_escape(&mut chars),
            '\u{9b}' => skip_control_sequence(&mut chars),
            '\n' | '\t' => out.push(c),
            '\u{2028}' | '\u{2029}' | '\u{85}' => out.push(' '),
            c if is_hidden(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// Whether a character has an effect but no face.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

/// Skips what an escape character begins, but never past the line.
fn skip_escape(chars: &mut Peekable<Chars<'_>>) {
    match chars.peek() {
        Some('[') => {
            chars.next();
            skip_control_sequence(chars);
        }
        Some(']' | 'P' | 'X' | '^' | '_') => skip_string(chars),
        _ => {}
    }
}

/// Skips the parameters and the final letter of a control sequence.
fn skip_control_sequence(chars: &mut Peekable<Chars<'_>>) {
    while chars.next_if(|c| matches!(c, ' '..='?')).is_some() {}
    chars.next_if(|c| matches!(c, '@'..='~'));
}

/// Skips a string such as a window title, up to its end or the line's.
fn skip_string(chars: &mut Peekable<Chars<'_>>) {
    while let Some(c) = chars.next_if(|&c| c != '\n') {
        match c {
            '\u{7}' | '\u{9c}' => return,
            '\u{1b}' => {
                chars.next_if_eq(&'\\');
                return;
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colors_and_titles_vanish_as_a_whole() {
        assert_eq!(clean("a\u{1b}[31mb\u{1b}[0m"), "ab");
        assert_eq!(clean("a\u{1b}]0;title\u{7}b"), "ab");
        assert_eq!(clean("a\u{1b}]8;;x\u{1b}\\b"), "ab");
        assert_eq!(clean("a\u{9b}2Jb"), "ab");
    }

    #[test]
    fn an_open_sequence_ends_with_its_line() {
        assert_eq!(clean("a\u{1b}]0;no end\nb"), "a\nb");
        assert_eq!(clean("\u{1b}"), "");
        assert_eq!(clean("\u{1b}["), "");
    }

    #[test]
    fn bidirectional_and_control_characters_vanish() {
        assert_eq!(clean("a\u{202e}b\u{2066}c\u{0}d\u{7f}e"), "abcde");
        assert_eq!(clean("x̂ = μ\t½\n"), "x̂ = μ\t½\n");
    }
}
