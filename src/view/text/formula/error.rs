//! What can be wrong with a formula, as sentences for its author.

use std::error::Error;

use super::MAX_BYTES;
use super::MAX_DEPTH;
use super::MAX_HEIGHT;
use super::MAX_WIDTH;

/// Why a formula cannot be drawn.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormulaError {
    /// The text is not LaTeX as it is understood here.
    #[error(
        "The formula cannot be read at character {character}, {near}: {reason}"
    )]
    Syntax {
        /// Where it was noticed, counted from 1.
        character: usize,
        /// What stands there, in words.
        near: String,
        /// What is wrong and what to do.
        reason: String,
    },
    /// An argument is missing at the end.
    #[error(
        "The formula ends at its last character although an argument is \
         still missing. Add the missing part in braces."
    )]
    Ends,
    /// The source is too long.
    #[error(
        "The formula has {bytes} bytes of source, more than the {MAX_BYTES} \
         that are allowed. Split it into several formulas."
    )]
    TooLong {
        /// The length of the source.
        bytes: usize,
    },
    /// Too many groups within groups.
    #[error(
        "The formula has parts nested more than {MAX_DEPTH} deep. Name an \
         inner part and explain it in a formula of its own."
    )]
    TooDeep,
    /// The picture would be too large.
    #[error(
        "The formula would be {width} columns wide and {height} rows tall, \
         more than {MAX_WIDTH} by {MAX_HEIGHT}. Split it into several \
         formulas."
    )]
    TooLarge {
        /// Columns, as far as it was drawn.
        width: usize,
        /// Rows, as far as it was drawn.
        height: usize,
    },
    /// The formula uses what formulas here do without.
    #[error(
        "The formula uses `{name}`, but a formula here cannot define \
         commands, choose colors or give characters by number. Write out \
         what is meant."
    )]
    Refused {
        /// The command or environment.
        name: &'static str,
    },
}

/// How many bytes around an error pulldown-latex shows. A source with as
/// many blanks at its end is never cut short.
pub(super) const CONTEXT: usize = 12;

/// What to say about an error that is not in the list.
const UNKNOWN: &str = "this is not LaTeX as it is understood here. \
    Compare it with a formula that works.";

/// What pulldown-latex says (in part), and what to tell an author.
const REASONS: [(&str, &str); 17] = [
    (
        "unexpected group closing",
        "a group is closed here that was not opened. Remove the `}`, \
         `\\right` or `\\end`, or add its opening.",
    ),
    ("closed with `}`", "a `{` is never closed. Add a `}`."),
    (
        "closed with `\\right`",
        "a `\\left` is never closed. Add a `\\right` with its \
         bracket, or `\\right.` for none.",
    ),
    ("closed with", "an environment is never closed. Add its `\\end`."),
    (
        "mathematical environment",
        "this environment is not known. Known are matrix, pmatrix, \
         bmatrix, cases, aligned, gathered and array.",
    ),
    ("math shift", "a `$` cannot stand inside a formula. Remove it."),
    ("hash sign", "a `#` cannot stand alone. Write `\\#`."),
    (
        "delimiter token",
        "a bracket must follow `\\left`, `\\right` or `\\big`. Add \
         one, or a dot for none.",
    ),
    (
        "subscript twice",
        "there are two subscripts on one symbol. Put them in one pair \
         of braces.",
    ),
    (
        "superscript twice",
        "there are two superscripts on one symbol. Put them in one \
         pair of braces.",
    ),
    (
        "unknown primitive",
        "this command is not known here. Check its spelling.",
    ),
    (
        "found as argument",
        "a command or script stands where a plain argument is needed. \
         Put it in braces.",
    ),
    (
        "alignment not allowed",
        "an `&` can only stand in a matrix, in cases or in aligned \
         equations. Write `\\&` for the character.",
    ),
    (
        "new line command",
        "a `\\\\` can only stand in a matrix, in cases or in aligned \
         equations. Remove it.",
    ),
    ("expected an argument", "an argument is missing. Add it in braces."),
    (
        "expected a token",
        "something is missing at the end. Add it in braces.",
    ),
    (
        "color",
        "this color is not known. Leave colors to the reader's theme.",
    ),
];

impl FormulaError {
    /// Says where in `tex` the parser stopped, and why.
    pub(super) fn at(tex: &str, error: &dyn Error) -> Self {
        let message = error.to_string();
        let byte = place(tex, &message);
        let before = tex.get(..byte).unwrap_or(tex).trim_end();
        let reason = REASONS
            .iter()
            .find(|(theirs, _)| message.contains(theirs))
            .map_or(UNKNOWN, |(_, ours)| ours);
        Self::Syntax {
            character: before.chars().count().max(1),
            near: near(before),
            reason: reason.to_owned(),
        }
    }
}

/// The byte at which the parser stopped. It gives no number, but shows the
/// source from [`CONTEXT`] bytes before up to as many after the place.
fn place(tex: &str, message: &str) -> usize {
    let mut lines = message.lines().skip_while(|line| *line != "│");
    let shown = lines.nth(1).unwrap_or_default();
    let part = shown.trim_start_matches('│');
    let part = part.strip_prefix(['…', ' ']).unwrap_or(part);
    let at = tex.find(part).map_or(tex.len(), |start| {
        (start + part.len()).saturating_sub(CONTEXT)
    });
    (0..=at).rev().find(|&at| tex.is_char_boundary(at)).unwrap_or(0)
}

/// The last command or characters before a place, in words.
fn near(before: &str) -> String {
    let before = before.trim_end();
    let start = before.rfind('\\').filter(|&at| before.len() - at <= 16);
    let from = start.unwrap_or_else(|| {
        before.char_indices().rev().nth(7).map_or(0, |(at, _)| at)
    });
    match before.get(from..) {
        Some(text) if !text.is_empty() => format!("after `{text}`"),
        _ => "at its beginning".to_owned(),
    }
}
