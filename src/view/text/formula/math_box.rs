//! A rectangle of characters with a baseline: what a formula is drawn into.

use std::iter;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How a box is placed in a wider space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Center,
    Right,
}

/// A formula as a rectangle. Every row has the same number of cells, one per
/// display column: a cell holds one character with its combining marks, and
/// an empty cell follows a character that is two columns wide.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MathBox {
    /// The cells, from the top row down.
    pub rows: Vec<Vec<String>>,
    /// The row that lies on the line of the surrounding text.
    pub base: usize,
}

impl MathBox {
    /// Display columns.
    pub fn width(&self) -> usize {
        self.rows.first().map_or(0, Vec::len)
    }

    /// Rows.
    pub fn height(&self) -> usize {
        self.rows.len()
    }

    /// The rows as text, without blanks at their ends.
    pub fn lines(&self) -> Vec<String> {
        let row = |row: &Vec<String>| row.concat().trim_end().to_owned();
        self.rows.iter().map(row).collect()
    }

    /// Rows under the baseline.
    pub(super) fn below(&self) -> usize {
        (self.height()).saturating_sub(self.base + 1)
    }

    /// One row of text.
    pub(super) fn text(text: &str) -> Self {
        let mut row: Vec<String> = Vec::new();
        for symbol in text.graphemes(true) {
            match (symbol.width(), row.last_mut()) {
                (0, Some(last)) => last.push_str(symbol),
                (0, None) => row.push(format!(" {symbol}")),
                (width, _) => {
                    row.push(symbol.to_owned());
                    row.resize(row.len() + width - 1, String::new());
                }
            }
        }
        Self { rows: vec![row], base: 0 }
    }

    /// One column, a symbol per row.
    pub(super) fn column<'a>(
        symbols: impl Iterator<Item = &'a str>,
        base: usize,
    ) -> Self {
        let rows: Vec<_> =
            symbols.flat_map(|symbol| Self::text(symbol).rows).collect();
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        let mut column = Self { rows, base };
        for row in &mut column.rows {
            row.resize(width, " ".to_owned());
        }
        column
    }

    /// Empty space around a baseline.
    pub(super) fn blank(width: usize, above: usize, below: usize) -> Self {
        let rows = vec![spaces(width); above + 1 + below];
        Self { rows, base: above }
    }

    /// The same box with blanks added up to `width`.
    pub(super) fn widened(mut self, width: usize, align: Align) -> Self {
        let gap = width.saturating_sub(self.width());
        let left = match align {
            Align::Left => 0,
            Align::Center => gap / 2,
            Align::Right => gap,
        };
        for row in &mut self.rows {
            row.splice(0..0, spaces(left));
            row.extend(spaces(gap - left));
        }
        self
    }

    /// The same box with at least so many rows around the baseline.
    pub(super) fn heightened(mut self, above: usize, below: usize) -> Self {
        let width = self.width();
        let over = above.saturating_sub(self.base);
        let under = below.saturating_sub(self.below());
        let blank = || spaces(width);
        self.rows.splice(0..0, iter::repeat_with(blank).take(over));
        self.base += over;
        self.rows.extend(iter::repeat_with(blank).take(under));
        self
    }

    /// Two boxes on one baseline.
    pub(super) fn beside(self, right: Self) -> Self {
        let above = self.base.max(right.base);
        let below = self.below().max(right.below());
        let mut left = self.heightened(above, below);
        let right = right.heightened(above, below);
        for (row, more) in left.rows.iter_mut().zip(right.rows) {
            row.extend(more);
        }
        left
    }

    /// Boxes from top to bottom; the baseline is that of part number `base`.
    pub(super) fn stack(
        parts: Vec<Self>,
        base: usize,
        align: Align,
    ) -> Self {
        let width = parts.iter().map(Self::width).max().unwrap_or(0);
        let mut out = Self::default();
        for (number, part) in parts.into_iter().enumerate() {
            if number == base {
                out.base = out.rows.len() + part.base;
            }
            out.rows.extend(part.widened(width, align).rows);
        }
        if out.rows.is_empty() {
            out.rows.push(Vec::new());
        }
        out
    }
}

/// A row of blanks.
fn spaces(width: usize) -> Vec<String> {
    vec![" ".to_owned(); width]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_combining_hat_takes_no_column_and_a_wide_letter_takes_two() {
        assert_eq!(MathBox::text("x\u{302}y").width(), 2);
        assert_eq!(MathBox::text("数").width(), 2);
        assert_eq!(MathBox::text("数").lines(), ["数"]);
    }

    #[test]
    fn neighbors_share_a_baseline() {
        let tall = MathBox::column(["a", "b", "c"].into_iter(), 1);
        let both = tall.beside(MathBox::text("-"));
        assert_eq!(both.lines(), ["a", "b-", "c"]);
        assert_eq!(both.base, 1);
    }
}
