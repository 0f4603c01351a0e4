//! Aligned columns of short texts.

use crate::view::glyphs::Glyphs;
use crate::view::theme::Role;
use crate::view::theme::Theme;
use crate::view::widget::Pen;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;

/// The side at which a column is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// A table with a line of headings; what does not fit is dropped.
#[derive(Debug, Clone)]
pub struct Table<'a> {
    /// The headings; none is drawn if all are empty.
    pub head: &'a [(&'a str, Side)],
    /// Rows of texts with their styles.
    pub rows: &'a [Vec<(String, Style)>],
    /// Columns between columns.
    pub gap: u16,
    /// Colors.
    pub theme: &'a Theme,
    /// Characters.
    pub glyphs: Glyphs,
}

impl Widget for Table<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let mut pen = Pen::new(buf, area, self.glyphs);
        let widths = self.widths(&pen);
        let titled = self.head.iter().any(|(name, _)| !name.is_empty());
        let dim = self.theme.style(Role::Dim);
        if titled {
            let head = self.head.iter().map(|(name, _)| (*name, dim));
            self.row(&mut pen, 0, &widths, head);
        }
        let first = u16::from(titled);
        for (row, y) in self.rows.iter().zip(first..pen.height()) {
            let texts = row.iter().map(|(text, style)| (&**text, *style));
            self.row(&mut pen, y, &widths, texts);
        }
    }
}

impl Table<'_> {
    /// How many columns it takes.
    pub fn width(&self) -> u16 {
        let mut buf = Buffer::empty(Rect::ZERO);
        let pen = Pen::new(&mut buf, Rect::ZERO, self.glyphs);
        let widths = self.widths(&pen);
        let gaps = widths.len().saturating_sub(1) as u16 * self.gap;
        widths.into_iter().fold(gaps, u16::saturating_add)
    }

    fn widths(&self, pen: &Pen<'_>) -> Vec<u16> {
        let column = |i: usize, name: &str| {
            let texts = self.rows.iter().filter_map(|row| row.get(i));
            let widest = texts.map(|(text, _)| pen.columns(text)).max();
            widest.unwrap_or(0).max(pen.columns(name))
        };
        let head = self.head.iter().enumerate();
        head.map(|(i, (name, _))| column(i, name)).collect()
    }

    fn row<'t>(
        &self,
        pen: &mut Pen<'_>,
        y: u16,
        widths: &[u16],
        texts: impl Iterator<Item = (&'t str, Style)>,
    ) {
        let mut x = 0_u16;
        let columns = self.head.iter().zip(widths);
        for ((text, style), ((_, side), width)) in texts.zip(columns) {
            let end = x.saturating_add(*width);
            if end > pen.width() {
                return;
            }
            match side {
                Side::Left => _ = pen.text(x, y, text, style),
                Side::Right => pen.right(end, y, text, style),
            }
            x = end.saturating_add(self.gap);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::progress::ThemeName;
    use crate::view::theme::Depth;

    #[test]
    fn columns_are_aligned_and_whole() {
        let theme = Theme::new(ThemeName::Mono, Depth::None);
        let cell = |text: &str| (text.to_owned(), Style::new());
        let rows = [
            vec![cell("mean"), cell("0.0673")],
            vec![cell("PCA"), cell("0.04")],
        ];
        let head = [("", Side::Left), ("error", Side::Right)];
        let glyphs = Glyphs::ASCII;
        let table = Table {
            head: &head,
            rows: &rows,
            gap: 2,
            theme: &theme,
            glyphs,
        };
        assert_eq!(table.width(), 12);
        let mut buf = Buffer::empty(Rect::new(0, 0, 13, 3));
        table.clone().render(buf.area, &mut buf);
        assert_eq!(
            buf,
            Buffer::with_lines([
                "       error ",
                "mean  0.0673 ",
                "PCA     0.04 ",
            ])
        );
        let mut buf = Buffer::empty(Rect::new(0, 0, 11, 2));
        table.render(buf.area, &mut buf);
        assert_eq!(buf, Buffer::with_lines(["           ", "mean       "]));
    }
}
