//! LaTeX formulas as rows of characters.
//!
//! pulldown-latex reads the source, `parse` makes a tree of its events,
//! and the tree is shown in one of four ways:
//!
//! - [`layout`]: in two dimensions, with fractions and limits stacked;
//! - [`layout_within`]: the same, broken to fit a width;
//! - [`one_line`]: in a sentence, as `‖x − x̂‖² / D`;
//! - [`spoken`]: in words, for screen readers.
//!
//! It draws what lessons need and no more: no colors, no fonts, no commands
//! defined by a formula. Work and size are bounded whatever the source is.

mod breaking;
mod draw;
mod error;
mod fences;
mod line;
mod math_box;
mod parse;
mod scripts;
mod shape;
mod spacing;
mod spoken;
mod symbols;
#[cfg(test)]
mod tests;
mod tree;

pub use error::FormulaError;
pub use math_box::MathBox;

use crate::view::text::Glyphs;
use draw::Brush;
use spacing::Size;

/// The longest source, in bytes.
pub const MAX_BYTES: usize = 4096;
/// How deep groups may be nested.
pub const MAX_DEPTH: usize = 48;
/// The widest picture, in columns.
pub const MAX_WIDTH: usize = 400;
/// The tallest picture, in rows.
pub const MAX_HEIGHT: usize = 60;

/// Draws a formula in two dimensions, as wide as it needs to be.
///
/// # Errors
///
/// If the source cannot be read, or the picture would exceed
/// [`MAX_WIDTH`] or [`MAX_HEIGHT`].
pub fn layout(tex: &str, glyphs: Glyphs) -> Result<MathBox, FormulaError> {
    let tree = parse::parse(tex)?;
    Brush { glyphs, size: Size::Display }.draw(&tree)
}

/// Draws a formula in two dimensions within `width` columns.
///
/// A formula that is too wide continues on the next line before a relation,
/// if need be before a plus or minus. If a part is still too wide, the
/// formula is written in one line and wrapped.
///
/// # Errors
///
/// If the source cannot be read, or the picture would be too large even
/// when broken.
pub fn layout_within(
    tex: &str,
    glyphs: Glyphs,
    width: usize,
) -> Result<MathBox, FormulaError> {
    let tree = parse::parse(tex)?;
    breaking::fit(&tree, glyphs, width.max(1))
}

/// Writes a formula in one line, for the middle of a sentence.
///
/// # Errors
///
/// If the source cannot be read.
pub fn one_line(tex: &str, glyphs: Glyphs) -> Result<String, FormulaError> {
    let tree = parse::parse(tex)?;
    Ok(line::write(&tree, glyphs))
}

/// Reads a formula out as a sentence, for screen readers.
///
/// # Errors
///
/// If the source cannot be read.
pub fn spoken(tex: &str) -> Result<String, FormulaError> {
    let tree = parse::parse(tex)?;
    Ok(spoken::speak(&tree))
}
