//! Frames as few bytes as possible.
//!
//! A student may sit behind a slow line, so this backend remembers what
//! the terminal's pen looks like between frames, writes only attributes
//! that changed, skips unchanged cells with short cursor moves, and sends
//! each frame as one write between the marks of a synchronized update. It
//! asks the terminal nothing.

use crate::shell::pen;
use crate::shell::pen::Pen;
use ratatui::backend::Backend;
use ratatui::backend::ClearType;
use ratatui::backend::WindowSize;
use ratatui::buffer::Cell;
use ratatui::layout::Position;
use ratatui::layout::Size;
use ratatui::style::Color;
use ratatui::style::Modifier;
use std::io;
use std::io::Write;
use unicode_width::UnicodeWidthStr;

/// The largest window that is drawn; a client may claim any size.
pub const LARGEST: Size = Size { width: 500, height: 200 };

/// A ratatui backend that writes few bytes.
#[derive(Debug)]
pub struct Lean<W: Write> {
    out: W,
    /// The frame so far.
    bytes: Vec<u8>,
    size: Size,
    /// Where the terminal's cursor is, if that is known.
    at: Option<(u16, u16)>,
    pen: Pen,
    /// Where the cursor is to be shown, if it is shown.
    cursor: Option<Position>,
    cursor_shown: Option<Position>,
    /// Whether color codes may be sent at all.
    colors: bool,
}

impl<W: Write> Lean<W> {
    /// A backend for a window of this size. Without `colors`, as under
    /// `NO_COLOR`, only bold, dim, underline and reverse are sent.
    pub fn new(out: W, size: Size, colors: bool) -> Self {
        Self {
            out,
            bytes: Vec::with_capacity(16 * 1024),
            size: clamp(size),
            at: None,
            pen: pen::PLAIN,
            cursor: None,
            cursor_shown: None,
            colors,
        }
    }

    /// Tells the new size of the window.
    pub fn resize(&mut self, size: Size) {
        self.size = clamp(size);
        self.at = None;
    }

    /// Forgets what the terminal looks like, after something else drew.
    pub fn forget(&mut self) {
        self.at = None;
        self.bytes.extend_from_slice(b"\x1b[0m\x1b[?25l");
        self.pen = pen::PLAIN;
        self.cursor_shown = None;
    }

    /// Whatever is written to; for tests.
    pub fn out(&self) -> &W {
        &self.out
    }

    fn put(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
    }

    fn go(&mut self, x: u16, y: u16) {
        match self.at {
            Some((column, row)) if (column, row) == (x, y) => {}
            Some((column, row)) if row == y && column < x => {
                let n = x - column;
                if n == 1 {
                    self.put("\x1b[C");
                } else {
                    self.put(&format!("\x1b[{n}C"));
                }
            }
            _ => self.put(&format!("\x1b[{};{}H", y + 1, x + 1)),
        }
        self.at = Some((x, y));
    }

    /// Brings the pen to what a cell wants, with one escape sequence.
    fn dip(&mut self, mut want: Pen) {
        if !self.colors {
            want.fg = Color::Reset;
            want.bg = Color::Reset;
        }
        if want == self.pen {
            return;
        }
        let codes = pen::change(self.pen, want);
        self.put(&codes);
        self.pen = want;
    }

    fn cell(&mut self, x: u16, y: u16, cell: &Cell) {
        let mut symbol = cell.symbol();
        let mut want =
            Pen { fg: cell.fg, bg: cell.bg, modifier: cell.modifier };
        let equal = want.fg == want.bg && want.fg != Color::Reset;
        if equal && (symbol == "▀" || symbol == "▄") {
            symbol = " ";
        } else if symbol == "▀" && self.pen.fg == want.bg {
            symbol = "▄";
            std::mem::swap(&mut want.fg, &mut want.bg);
        }
        let shows_foreground = symbol != " "
            || want.modifier.intersects(
                Modifier::UNDERLINED
                    | Modifier::REVERSED
                    | Modifier::CROSSED_OUT,
            );
        if !shows_foreground {
            want.fg = self.pen.fg;
            want.modifier -= Modifier::BOLD | Modifier::DIM;
        }
        self.go(x, y);
        self.dip(want);
        self.put(symbol);
        // After a character of doubtful width nobody knows where the
        // cursor is; at the right edge terminals differ, too.
        let width = symbol.width() as u16;
        let next = x.saturating_add(width);
        let sure = symbol.len() == 1 || symbol.chars().count() == 1;
        self.at = (sure && width == 1 && next < self.size.width)
            .then_some((next, y));
    }
}

impl<W: Write> Backend for Lean<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        for (x, y, cell) in content {
            self.cell(x, y, cell);
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.cursor = None;
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.cursor = self.cursor.or(Some(Position::ORIGIN));
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor.unwrap_or(Position::ORIGIN))
    }

    fn set_cursor_position<P: Into<Position>>(
        &mut self,
        position: P,
    ) -> io::Result<()> {
        self.cursor = Some(position.into());
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.forget();
        self.put("\x1b[2J");
        Ok(())
    }

    fn clear_region(&mut self, _: ClearType) -> io::Result<()> {
        self.clear()
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        let pixels = Size { width: 0, height: 0 };
        Ok(WindowSize { columns_rows: self.size, pixels })
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.cursor != self.cursor_shown || !self.bytes.is_empty() {
            match self.cursor {
                Some(position) => {
                    self.go(position.x, position.y);
                    if self.cursor_shown.is_none() {
                        self.put("\x1b[?25h");
                    }
                }
                None if self.cursor_shown.is_some() => {
                    self.put("\x1b[?25l");
                }
                None => {}
            }
            self.cursor_shown = self.cursor;
        }
        if self.bytes.is_empty() {
            return Ok(());
        }
        let mut frame = Vec::with_capacity(self.bytes.len() + 16);
        frame.extend_from_slice(b"\x1b[?2026h");
        frame.append(&mut self.bytes);
        frame.extend_from_slice(b"\x1b[?2026l");
        self.out.write_all(&frame)?;
        self.out.flush()
    }
}

fn clamp(size: Size) -> Size {
    Size {
        width: size.width.clamp(1, LARGEST.width),
        height: size.height.clamp(1, LARGEST.height),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::Terminal;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    const SIZE: Size = Size { width: 20, height: 6 };

    fn terminal() -> Terminal<Lean<Vec<u8>>> {
        Terminal::new(Lean::new(Vec::new(), SIZE, true)).unwrap()
    }

    fn show(terminal: &mut Terminal<Lean<Vec<u8>>>, buffer: &Buffer) {
        terminal
            .draw(|frame| frame.buffer_mut().clone_from(buffer))
            .unwrap();
    }

    #[test]
    fn an_unchanged_frame_costs_no_byte() {
        let mut terminal = terminal();
        let area = Rect::new(0, 0, SIZE.width, SIZE.height);
        let mut buffer = Buffer::empty(area);
        buffer.set_string(1, 1, "gargalo", Style::new().fg(Color::Red));
        show(&mut terminal, &buffer);
        let before = terminal.backend().out().len();
        show(&mut terminal, &buffer);
        assert_eq!(terminal.backend().out().len(), before);
    }

    fn any_color() -> impl Strategy<Value = Color> {
        prop_oneof![
            Just(Color::Reset),
            Just(Color::Red),
            Just(Color::LightBlue),
            (232..=255u8).prop_map(Color::Indexed),
            any::<(u8, u8, u8)>().prop_map(|(r, g, b)| Color::Rgb(r, g, b)),
        ]
    }

    fn any_cell() -> impl Strategy<Value = (char, Color, Color, bool)> {
        let symbol = prop_oneof![
            Just(' '),
            Just('▀'),
            Just('a'),
            Just('⣿'),
            Just('é')
        ];
        (symbol, any_color(), any_color(), any::<bool>())
    }

    fn any_frame() -> impl Strategy<Value = Buffer> {
        let n = usize::from(SIZE.width * SIZE.height);
        prop::collection::vec(any_cell(), n).prop_map(|cells| {
            let area = Rect::new(0, 0, SIZE.width, SIZE.height);
            let mut buffer = Buffer::empty(area);
            for (i, (symbol, fg, bg, bold)) in cells.iter().enumerate() {
                let cell = &mut buffer.content[i];
                cell.set_char(*symbol).set_fg(*fg).set_bg(*bg);
                if *bold {
                    cell.modifier |= Modifier::BOLD;
                }
            }
            buffer
        })
    }

    /// A half block as its upper and lower color, anything else as itself.
    fn seen(symbol: &str, fg: vt100::Color, bg: vt100::Color) -> String {
        match symbol {
            "▀" => format!("{fg:?}/{bg:?}"),
            "▄" => format!("{bg:?}/{fg:?}"),
            " " | "" => format!("{bg:?}/{bg:?}"),
            other => format!("{other} {fg:?} on {bg:?}"),
        }
    }

    fn as_vt(color: Color) -> vt100::Color {
        match color {
            Color::Red => vt100::Color::Idx(1),
            Color::LightBlue => vt100::Color::Idx(12),
            Color::Indexed(i) => vt100::Color::Idx(i),
            Color::Rgb(r, g, b) => vt100::Color::Rgb(r, g, b),
            _ => vt100::Color::Default,
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn the_screen_is_what_was_drawn(
            frames in prop::collection::vec(any_frame(), 1..4)
        ) {
            let mut terminal = terminal();
            for frame in &frames {
                show(&mut terminal, frame);
            }
            let mut parser = vt100::Parser::new(
                SIZE.height.try_into().unwrap(),
                SIZE.width.try_into().unwrap(),
                0,
            );
            parser.process(terminal.backend().out());
            let last = frames.last().unwrap();
            for y in 0..SIZE.height {
                for x in 0..SIZE.width {
                    let want = &last[(x, y)];
                    let got = parser.screen().cell(y, x).unwrap();
                    prop_assert_eq!(
                        seen(got.contents(), got.fgcolor(), got.bgcolor()),
                        seen(want.symbol(), as_vt(want.fg), as_vt(want.bg)),
                        "at {},{}", x, y
                    );
                }
            }
        }
    }
}
