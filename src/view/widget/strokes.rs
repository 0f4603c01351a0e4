//! Several lines on one field of braille dots.
//!
//! Where lines meet in one character their dots add up, in the color of
//! the last one; a veil gives way to every line.

use crate::view::glyphs::Glyphs;
use crate::view::theme::Ink;
use crate::view::theme::Theme;
use crate::view::widget::Pen;
use crate::view::widget::axis::Axis;
use crate::view::widget::braille;
use crate::view::widget::curve::Line;
use crate::view::widget::curve::Pattern;
use crate::view::widget::dashes;

/// A field of dots, and which line each character belongs to.
#[derive(Debug, Clone)]
pub struct Strokes {
    columns: u16,
    rows: u16,
    cells: Vec<Option<Cell>>,
}

/// What is in a character.
#[derive(Debug, Clone, Copy)]
struct Cell {
    dots: u8,
    pattern: Pattern,
    ink: Ink,
}

/// Every second dot of a braille character.
const VEIL: u8 = 0x95;

impl Strokes {
    /// An empty field of a size that [`braille`] can draw.
    pub fn new(columns: u16, rows: u16) -> Self {
        let cells = vec![None; usize::from(columns) * usize::from(rows)];
        Self { columns, rows, cells }
    }

    /// Draws a line on top of those that are there.
    pub fn add(&mut self, line: &Line, axes: (Axis, Axis)) {
        let dots = 2.0 * f64::from(self.columns.max(1) - 1);
        let pieces = dashes::pieces(line, axes, dots);
        let bits = braille::bits(&pieces, self.columns, self.rows);
        let veil = line.pattern == Pattern::Veil;
        let mask = if veil { VEIL } else { 0xff };
        let columns = usize::from(self.columns);
        let rows = self.cells.chunks_mut(columns.max(1));
        for (cells, bits) in rows.zip(&bits) {
            for (cell, bits) in cells.iter_mut().zip(bits) {
                let dots = bits & mask;
                if dots == 0 {
                    continue;
                }
                let below = cell.filter(|c| c.pattern != Pattern::Veil);
                *cell = Some(Cell {
                    dots: dots | below.map_or(0, |below| below.dots),
                    pattern: line.pattern,
                    ink: line.ink,
                });
            }
        }
    }

    /// Paints the field with its top left corner at a place.
    pub fn paint(
        &self,
        pen: &mut Pen<'_>,
        (left, top): (u16, u16),
        theme: &Theme,
        glyphs: Glyphs,
    ) {
        let columns = usize::from(self.columns);
        for (cells, y) in self.cells.chunks(columns.max(1)).zip(top..) {
            for (cell, x) in cells.iter().zip(left..) {
                let Some(cell) = cell else { continue };
                let plain = match cell.pattern {
                    Pattern::Solid => '*',
                    Pattern::Dashed => 'o',
                    Pattern::Dotted | Pattern::Points => '.',
                    Pattern::Veil => ':',
                };
                let braille = char::from_u32(0x2800 + u32::from(cell.dots));
                let braille = braille.filter(|_| glyphs.unicode);
                let style = theme.ink(cell.ink);
                pen.put(x, y, braille.unwrap_or(plain), style);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::progress::ThemeName;
    use crate::view::theme::Depth;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    fn draw(
        lines: &[(Pattern, [(f64, f64); 2])],
        glyphs: Glyphs,
    ) -> Buffer {
        let axes = (Axis::straight(0.0, 1.0), Axis::straight(0.0, 1.0));
        let mut strokes = Strokes::new(17, 2);
        for (pattern, points) in lines {
            let line = Line {
                label: String::new(),
                points: points.to_vec(),
                pattern: *pattern,
                ink: Ink::Train,
            };
            strokes.add(&line, axes);
        }
        let mut buf = Buffer::empty(Rect::new(0, 0, 17, 2));
        let theme = Theme::new(ThemeName::Mono, Depth::None);
        let area = buf.area;
        let mut pen = Pen::new(&mut buf, area, glyphs);
        strokes.paint(&mut pen, (0, 0), &theme, glyphs);
        buf
    }

    const HIGH: [(f64, f64); 2] = [(0.0, 1.0), (1.0, 1.0)];
    const RISE: [(f64, f64); 2] = [(0.0, 0.0), (1.0, 1.0)];

    #[test]
    fn dots_of_lines_add_up() {
        let both = [(Pattern::Dotted, HIGH), (Pattern::Solid, RISE)];
        let alone = draw(&both[1..], Glyphs::UNICODE);
        let buf = draw(&both, Glyphs::UNICODE);
        let dots = |buf: &Buffer| -> u32 {
            let symbols = buf.content.iter().map(|cell| cell.symbol());
            let chars = symbols.filter_map(|symbol| symbol.chars().next());
            chars
                .filter_map(|c| (c as u32).checked_sub(0x2800))
                .map(u32::count_ones)
                .sum()
        };
        assert_eq!(dots(&alone), 33);
        // One of the nine dots of the upper line is already there.
        assert_eq!(dots(&buf), 33 + 9 - 1);
    }

    #[test]
    fn a_veil_gives_way() {
        let veil = [(Pattern::Veil, [(0.5, 0.0), (0.5, 1.0)])];
        let bare = draw(&veil, Glyphs::ASCII);
        assert_eq!(bare[(8, 0)].symbol(), ":");
        let lines = [veil[0], (Pattern::Solid, HIGH)];
        let buf = draw(&lines, Glyphs::ASCII);
        assert_eq!(buf[(8, 0)].symbol(), "*");
        let buf = draw(&lines, Glyphs::UNICODE);
        assert_eq!(buf[(8, 0)].symbol(), "\u{2809}");
    }

    #[test]
    fn ascii_tells_patterns_apart() {
        for (pattern, sign) in [
            (Pattern::Solid, "*"),
            (Pattern::Dashed, "o"),
            (Pattern::Dotted, "."),
        ] {
            let buf = draw(&[(pattern, HIGH)], Glyphs::ASCII);
            assert_eq!(buf[(0, 0)].symbol(), sign);
        }
    }
}
