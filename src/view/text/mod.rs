//! Prose, formulas and source code as styled lines.
//!
//! Everything a lesson says in words goes through here: [`markdown`] wraps
//! prose to a width, [`formula`] draws LaTeX as rows of characters, and
//! [`source_code`] colors Rust. What comes from a lesson file is text by a
//! stranger, so [`clean`] takes out what could act on the terminal.
//!
//! Nothing here knows a lesson, a theme or a frame: widths are display
//! columns, looks are plain ratatui styles, results are lines.

pub mod ascii;
pub mod clean;
pub mod formula;
pub mod markdown;
pub mod source_code;
mod wrap;

use ratatui::style::Style;
use ratatui::text::Line;

/// Which characters the terminal's font can be trusted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Glyphs {
    /// Everything, with raised letters, tall brackets and combining hats.
    #[default]
    Unicode,
    /// What nearly every font has: Greek, box drawing, arrows, `²` and `√`;
    /// no combining marks, no mathematical alphabets, no bracket pieces.
    Plain,
    /// No byte above 0x7F.
    Ascii,
}

impl Glyphs {
    /// A text with the characters of this set alone, as far as there is a
    /// way to spell it.
    pub fn spell(self, text: &str) -> String {
        match self {
            Self::Unicode => text.to_owned(),
            Self::Plain => ascii::plain(text),
            Self::Ascii => ascii::ascii(text),
        }
    }
}

/// How prose looks. A theme fills it in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TextStyle {
    /// The characters that may be used.
    pub glyphs: Glyphs,
    /// Headings.
    pub heading: Style,
    /// `**strong**` words.
    pub strong: Style,
    /// `*emphasized*` words, and what a link leads from.
    pub emphasis: Style,
    /// Code within a sentence, and code blocks that are not Rust.
    pub code: Style,
    /// Block quotes.
    pub quote: Style,
    /// Formulas.
    pub math: Style,
    /// Rules, table lines, list markers, struck-out words.
    pub dim: Style,
    /// Colors of Rust.
    pub syntax: SyntaxStyle,
}

impl TextStyle {
    /// No styling at all, for pipes, screen readers and tests.
    pub fn plain() -> Self {
        Self::default()
    }
}

/// How Rust source looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SyntaxStyle {
    /// `fn`, `let`, `match`, ...
    pub keyword: Style,
    /// Types and traits, lifetimes, and what else begins with a capital.
    pub type_: Style,
    /// A name that is being defined or called as a function.
    pub function: Style,
    /// Strings and characters.
    pub string: Style,
    /// Numbers.
    pub number: Style,
    /// Comments, documentation included.
    pub comment: Style,
    /// Macros and attributes.
    pub macro_: Style,
}

/// A styled line, broken between words into lines of at most `width`
/// columns.
pub fn wrap_line(line: Line<'_>, width: usize) -> Vec<Line<'static>> {
    let pieces: Vec<wrap::Piece> = line
        .spans
        .into_iter()
        .map(|span| wrap::Piece {
            style: line.style.patch(span.style),
            text: span.content.into_owned(),
            blanks: wrap::Blanks::Break,
        })
        .collect();
    wrap::wrap(&pieces, width)
}
