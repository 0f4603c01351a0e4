//! Refuses, before anything is built from it, a lesson file that is too
//! deep, has brackets that do not match, or numbers that are none.

use crate::lesson::file::lexer::Kind;
use crate::lesson::file::lexer::Lexer;
use crate::lesson::file::place::Place;

/// How deep brackets may be nested.
pub const DEEPEST: usize = 32;

/// Why a text is no RON that can be read safely.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The byte it is about.
    pub byte: usize,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub advice: String,
}

/// Looks at every bracket, number and character.
///
/// # Errors
/// The first thing that is wrong.
pub fn scan(source: &str) -> Result<(), Refusal> {
    characters(source)?;
    let mut open: Vec<(char, usize)> = Vec::new();
    for token in Lexer::new(source) {
        match token.kind {
            Kind::Open(bracket) => {
                open.push((bracket, token.start));
                if open.len() > DEEPEST {
                    return Err(too_deep(token.start));
                }
            }
            Kind::Close(bracket) => {
                close(source, open.pop(), (bracket, token.start))?;
            }
            Kind::Word => {
                let word = source.get(token.start..token.end);
                number(word.unwrap_or_default(), token.start)?;
            }
            Kind::Unclosed => return Err(unclosed(token.start)),
            _ => {}
        }
    }
    match open.last() {
        None => Ok(()),
        Some((bracket, byte)) => Err(Refusal {
            byte: *byte,
            what: format!("This `{bracket}` is never closed."),
            advice: format!("Add the `{}`.", partner(*bracket)),
        }),
    }
}

/// Whether a character may stand in a lesson: no control characters but
/// tab and line end, and none that turn the direction of writing.
pub fn is_harmless(c: char) -> bool {
    match c {
        '\n' | '\t' => true,
        '\u{202A}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{FEFF}' => false,
        _ => !c.is_control(),
    }
}

fn characters(source: &str) -> Result<(), Refusal> {
    let mut chars = source.char_indices().peekable();
    while let Some((byte, c)) = chars.next() {
        let line_end =
            c == '\r' && chars.peek().is_some_and(|(_, c)| *c == '\n');
        if !line_end && !is_harmless(c) {
            return Err(Refusal {
                byte,
                what: format!(
                    "There is an invisible control character (U+{:04X}).",
                    u32::from(c)
                ),
                advice: "Delete it.".to_owned(),
            });
        }
    }
    Ok(())
}

fn close(
    source: &str,
    opened: Option<(char, usize)>,
    (bracket, byte): (char, usize),
) -> Result<(), Refusal> {
    match opened {
        Some((open, _)) if partner(open) == bracket => Ok(()),
        Some((open, start)) => Err(Refusal {
            byte,
            what: format!(
                "This `{bracket}` cannot close the `{open}` of line {}.",
                Place::of(source, start).line
            ),
            advice: format!("Add the missing `{}`.", partner(open)),
        }),
        None => Err(Refusal {
            byte,
            what: format!("This `{bracket}` closes nothing."),
            advice: "Delete it, or add the bracket that opens.".to_owned(),
        }),
    }
}

fn number(word: &str, byte: usize) -> Result<(), Refusal> {
    let plain = word.replace('_', "");
    let narrow = plain.strip_suffix("f32");
    let digits = narrow.or(plain.strip_suffix("f64")).unwrap_or(&plain);
    let digits = digits.trim_start_matches(['+', '-']);
    let finite = match digits.parse::<f64>() {
        Ok(x) if narrow.is_some() => x <= f64::from(f32::MAX),
        Ok(x) => x.is_finite(),
        Err(_) => true,
    };
    if finite {
        return Ok(());
    }
    Err(Refusal {
        byte,
        what: format!("`{word}` is not a finite number."),
        advice: "Write a number such as 0.5 or 1e-3.".to_owned(),
    })
}

fn too_deep(byte: usize) -> Refusal {
    Refusal {
        byte,
        what: format!("Brackets are nested deeper than {DEEPEST} here."),
        advice: "Write it with fewer levels.".to_owned(),
    }
}

fn unclosed(byte: usize) -> Refusal {
    Refusal {
        byte,
        what: "A string or comment begins here and never ends.".to_owned(),
        advice: "Add the closing quote, or the end of the comment."
            .to_owned(),
    }
}

fn partner(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_deepest_nesting_is_allowed_and_one_more_refused() {
        let nested = |n| "[".repeat(n) + &"]".repeat(n);
        assert_eq!(scan(&nested(DEEPEST)), Ok(()));
        let refusal = scan(&nested(DEEPEST + 1)).unwrap_err();
        assert_eq!(refusal.byte, DEEPEST);
        assert!(scan(&nested(1_000_000)).is_err());
    }

    #[test]
    fn numbers_that_are_none_are_refused() {
        for word in ["NaN", "inf", "-inf", "1e999", "1_0e9_99", "1e39f32"] {
            let refusal = scan(&format!("(a: {word})")).unwrap_err();
            assert_eq!(refusal.byte, 4, "{word}");
        }
        for word in ["1e-3", "-0.5", "12", "1e308", "\"NaN\"", "infer"] {
            assert_eq!(scan(&format!("(a: {word})")), Ok(()), "{word}");
        }
    }

    #[test]
    fn brackets_must_match() {
        for (source, byte, what) in [
            ("(a: [1)", 6, "cannot close the `[` of line 1"),
            ("(a: [1]", 0, "never closed"),
            ("(a: 1))", 6, "closes nothing"),
            ("(a: \"x)", 4, "never ends"),
            ("(a: \"\u{1b}\")", 5, "U+001B"),
            ("(a: \"\u{202e}\")", 5, "U+202E"),
        ] {
            let refusal = scan(source).unwrap_err();
            assert_eq!(refusal.byte, byte, "{source}");
            assert!(refusal.what.contains(what), "{}", refusal.what);
        }
        assert_eq!(scan("(a: \"x\",\r\n\tb: 1)\r\n"), Ok(()));
    }
}
