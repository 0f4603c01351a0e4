//! Reusable pieces of the pictures. They know nothing of lessons, never
//! panic at any size, and never write outside the area they are given.

pub mod axis;
pub mod bars;
pub mod braille;
pub mod curve;
pub mod dashes;
pub mod fit;
pub mod grid;
pub mod heatmap;
pub mod image;
pub mod scatter;
pub mod strokes;
pub mod table;

use crate::view::glyphs::Glyphs;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

/// Writes into a part of a buffer. Places are relative to its top left
/// corner; what lies outside of it is dropped.
#[derive(Debug)]
pub struct Pen<'a> {
    buf: &'a mut Buffer,
    area: Rect,
    glyphs: Glyphs,
}

impl<'a> Pen<'a> {
    /// A pen for `area`, as far as it lies in the buffer.
    pub fn new(buf: &'a mut Buffer, area: Rect, glyphs: Glyphs) -> Self {
        let area = area.intersection(buf.area);
        Self { buf, area, glyphs }
    }

    /// Columns.
    pub fn width(&self) -> u16 {
        self.area.width
    }

    /// Rows.
    pub fn height(&self) -> u16 {
        self.area.height
    }

    /// Writes a text and returns the column behind it.
    pub fn text(
        &mut self,
        x: u16,
        y: u16,
        text: &str,
        style: Style,
    ) -> u16 {
        if x >= self.area.width || y >= self.area.height {
            return x;
        }
        let text = self.glyphs.text(text);
        let most = usize::from(self.area.width - x);
        let (left, top) = (self.area.x + x, self.area.y + y);
        let (end, _) = self.buf.set_stringn(left, top, text, most, style);
        end.saturating_sub(self.area.x)
    }

    /// Writes a text that ends before column `end`.
    pub fn right(&mut self, end: u16, y: u16, text: &str, style: Style) {
        let start = end.saturating_sub(self.columns(text));
        self.text(start, y, text, style);
    }

    /// Writes a text in the middle of `width` columns from `x` on.
    pub fn center(
        &mut self,
        (x, width): (u16, u16),
        y: u16,
        text: &str,
        style: Style,
    ) {
        let gap = width.saturating_sub(self.columns(text)) / 2;
        self.text(x.saturating_add(gap), y, text, style);
    }

    /// Writes one character of one column.
    pub fn put(&mut self, x: u16, y: u16, character: char, style: Style) {
        if x >= self.area.width || y >= self.area.height {
            return;
        }
        let place = (self.area.x + x, self.area.y + y);
        if let Some(cell) = self.buf.cell_mut(place) {
            cell.set_char(character).set_style(style);
        }
    }

    /// The character at a place, if it is in the area.
    pub fn character(&self, x: u16, y: u16) -> Option<char> {
        if x >= self.area.width || y >= self.area.height {
            return None;
        }
        let cell = self.buf.cell((self.area.x + x, self.area.y + y))?;
        cell.symbol().chars().next()
    }

    /// Draws a horizontal line from column `x` to before column `end`.
    pub fn rule(&mut self, (x, end): (u16, u16), y: u16, style: Style) {
        let line = if self.glyphs.unicode { '─' } else { '-' };
        for x in x..end.min(self.area.width) {
            self.put(x, y, line, style);
        }
    }

    /// How many columns a text takes.
    pub fn columns(&self, text: &str) -> u16 {
        columns(&self.glyphs.text(text))
    }

    /// A part of the area, in the coordinates of the buffer.
    pub fn part(&self, x: u16, y: u16, width: u16, height: u16) -> Rect {
        let part = Rect {
            x: self.area.x.saturating_add(x),
            y: self.area.y.saturating_add(y),
            width,
            height,
        };
        let seen = part.intersection(self.area);
        if seen.width == 0 || seen.height == 0 { Rect::ZERO } else { seen }
    }

    /// The buffer, for a widget in a part of the area.
    pub fn buffer(&mut self) -> &mut Buffer {
        self.buf
    }
}

/// How many columns a text takes.
pub fn columns(text: &str) -> u16 {
    u16::try_from(text.width()).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pen_stays_in_its_area() {
        let area = Rect::new(0, 0, 6, 3);
        let mut buf = Buffer::filled(area, ratatui::buffer::Cell::new("."));
        let mut pen =
            Pen::new(&mut buf, Rect::new(1, 1, 3, 1), Glyphs::UNICODE);
        assert_eq!(pen.text(1, 0, "abcdef", Style::new()), 3);
        pen.text(0, 5, "no", Style::new());
        pen.put(7, 0, 'x', Style::new());
        pen.right(2, 0, "yz!!", Style::new());
        pen.center((0, 900), 0, "far", Style::new());
        assert_eq!(buf, Buffer::with_lines(["......", ".yz!..", "......"]));
    }

    #[test]
    fn a_pen_outside_of_the_buffer_is_harmless() {
        let mut buf = Buffer::empty(Rect::new(2, 2, 3, 3));
        let before = buf.clone();
        let mut pen =
            Pen::new(&mut buf, Rect::new(40, 40, 9, 9), Glyphs::ASCII);
        pen.text(0, 0, "x", Style::new());
        pen.rule((0, 9), 0, Style::new());
        assert_eq!(pen.part(1, 1, 5, 5), Rect::ZERO);
        assert_eq!(buf, before);
    }
}
