//! Tables: columns shrunk to the width, cells wrapped inside them.

use pulldown_cmark::Alignment;
use ratatui::text::Line;
use ratatui::text::Span;
use unicode_width::UnicodeWidthStr;

use super::blocks::Inline;
use super::blocks::Table;
use super::render::Page;
use crate::view::text::wrap::Piece;

/// Columns that a line between two columns takes.
const BETWEEN: usize = 3;
/// The longest part of a word that a column keeps together.
const WORD: usize = 8;

impl Page {
    /// A table no wider than the page; a head without words is left out.
    /// If its columns would be too narrow to read, its cells stand under
    /// each other.
    pub(super) fn table(self, table: &Table) -> Vec<Line<'static>> {
        let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0);
        let Some(widths) = self.widths(table, columns) else {
            return self.unrolled(table);
        };
        let mut lines = Vec::new();
        for (number, row) in table.rows.iter().enumerate() {
            if number == 0 && row.iter().all(Vec::is_empty) {
                continue;
            }
            let page = match number {
                0 => Self {
                    look: self.look.patch(self.style.strong),
                    ..self
                },
                _ => self,
            };
            lines.extend(page.row(row, &widths, &table.aligns));
            if number == 0 {
                let dash = self.glyph("─", "-");
                let parts: Vec<String> = widths
                    .iter()
                    .map(|width| dash.repeat(*width))
                    .collect();
                let line = parts.join(self.glyph("─┼─", "-+-"));
                lines.push(Line::from(Span::styled(line, self.style.dim)));
            }
        }
        lines
    }

    /// How wide each column is; `None` if they do not fit.
    fn widths(self, table: &Table, columns: usize) -> Option<Vec<usize>> {
        let room =
            self.width.checked_sub(BETWEEN * columns.checked_sub(1)?)?;
        let wide = Self { width: usize::MAX / 2, ..self };
        let mut widths = vec![1; columns];
        let mut words = vec![1; columns];
        for row in &table.rows {
            for (column, cell) in row.iter().enumerate() {
                let lines = wide.paragraph(cell);
                let widest = lines.iter().map(Line::width).max();
                raise(&mut widths, column, widest);
                let pieces = self.pieces(cell);
                let word = pieces.iter().map(longest_word).max();
                raise(&mut words, column, word);
            }
        }
        let short: Vec<usize> =
            words.iter().map(|word| WORD.min(*word)).collect();
        if short.iter().sum::<usize>() > room {
            return None;
        }
        shrink(&mut widths, &words, room);
        shrink(&mut widths, &short, room);
        Some(widths)
    }

    fn row(
        self,
        row: &[Vec<Inline>],
        widths: &[usize],
        aligns: &[Alignment],
    ) -> Vec<Line<'static>> {
        let cells: Vec<Vec<Line<'static>>> = widths
            .iter()
            .enumerate()
            .map(|(column, &width)| {
                let cell = row.get(column).map_or(&[][..], Vec::as_slice);
                Self { width: width.max(1), ..self }.paragraph(cell)
            })
            .collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let mut lines = Vec::new();
        for number in 0..height {
            let mut line = Line::default();
            for (column, cell) in cells.iter().enumerate() {
                if column > 0 {
                    let bar = self.glyph(" │ ", " | ");
                    line.push_span(Span::styled(bar, self.style.dim));
                }
                let text = cell.get(number).cloned().unwrap_or_default();
                let width = widths.get(column).copied().unwrap_or(0);
                let gap = width.saturating_sub(text.width());
                let left = match aligns.get(column) {
                    _ if text.width() == 0 => 0,
                    Some(Alignment::Right) => gap,
                    Some(Alignment::Center) => gap / 2,
                    _ => 0,
                };
                let right = match column + 1 == cells.len() {
                    true => 0,
                    false => gap - left,
                };
                pad(&mut line, left);
                line.spans.extend(text.spans);
                pad(&mut line, right);
            }
            lines.push(line);
        }
        lines
    }

    /// Every row as a list of its cells.
    fn unrolled(self, table: &Table) -> Vec<Line<'static>> {
        let mut lines = Vec::new();
        for row in &table.rows {
            if !lines.is_empty() {
                lines.push(Line::default());
            }
            lines.extend(row.iter().flat_map(|cell| self.paragraph(cell)));
        }
        lines
    }
}

/// Takes columns from the widest until the sum fits or all are at their
/// floor.
fn shrink(widths: &mut [usize], floors: &[usize], room: usize) {
    let mut excess = widths.iter().sum::<usize>().saturating_sub(room);
    while excess > 0 {
        let free = widths.iter().zip(floors).filter(|(w, f)| w > f);
        let Some(widest) = free.map(|(width, _)| *width).max() else {
            return;
        };
        let next = widths.iter().filter(|w| **w < widest).max();
        let step = widest - next.copied().unwrap_or(0);
        for (width, floor) in widths.iter_mut().zip(floors) {
            if *width == widest {
                let cut =
                    step.min(excess).min(*width - (*width).min(*floor));
                // Equals share what is left to cut.
                let cut = cut.min(excess.div_ceil(2)).max(cut.min(1));
                *width -= cut;
                excess -= cut;
            }
        }
    }
}

/// The longest word of a piece of text, in columns.
fn longest_word(piece: &Piece) -> usize {
    let words = piece.text.split_whitespace();
    words.map(UnicodeWidthStr::width).max().unwrap_or(0)
}

/// Raises an entry to a value, if there is one.
fn raise(entries: &mut [usize], at: usize, value: Option<usize>) {
    if let (Some(entry), Some(value)) = (entries.get_mut(at), value) {
        *entry = value.max(*entry);
    }
}

/// Adds blanks.
fn pad(line: &mut Line<'static>, columns: usize) {
    if columns > 0 {
        line.push_span(Span::raw(" ".repeat(columns)));
    }
}
