//! Prose in Markdown as lines of a given width.
//!
//! The source becomes a tree of `blocks`, and the tree becomes lines.
//! Inline formulas are written in one line, displayed ones are drawn; Rust
//! is colored. Links are shown as their text: nothing here can be followed.

mod blocks;
mod render;
mod tables;
#[cfg(test)]
mod tests;

use ratatui::style::Style;
use ratatui::text::Line;

use crate::view::text::TextStyle;
use crate::view::text::source_code;
use render::Page;

/// Renders Markdown to lines that are never wider than `width`.
pub fn render(
    source: &str,
    width: usize,
    style: &TextStyle,
) -> Vec<Line<'static>> {
    let width = width.max(1);
    let page = Page { style: *style, look: Style::new(), width };
    let mut lines = page.blocks(&blocks::parse(source));
    for line in &mut lines {
        source_code::clip(line, width);
    }
    lines
}

/// Renders Markdown without styles.
pub fn plain(source: &str, width: usize) -> Vec<String> {
    let lines = render(source, width, &TextStyle::plain());
    lines.iter().map(Line::to_string).collect()
}
