//! The same things as lines of text, for pipes, files and screen readers.

use crate::app::progress::Pictures;
use crate::app::progress::ThemeName;
use crate::view::glyphs::Glyphs;
use crate::view::panel::Ctx;
use crate::view::theme::Depth;
use crate::view::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// No colors, no pictures that need any.
pub fn theme() -> Theme {
    Theme::new(ThemeName::Mono, Depth::None)
}

/// Draws without color: letters for pictures, braille or letters for
/// curves.
pub fn ctx(theme: &Theme, glyphs: Glyphs) -> Ctx<'_> {
    Ctx { theme, pictures: Pictures::Ascii, glyphs }
}

/// What something drew, as lines without trailing spaces; empty lines at
/// the end are left out.
pub fn lines(
    width: u16,
    height: u16,
    draw: impl FnOnce(&mut Buffer, Rect),
) -> Vec<String> {
    let area = Rect::new(0, 0, width, height);
    let mut buf = Buffer::empty(area);
    draw(&mut buf, area);
    let mut lines: Vec<String> = (0..height)
        .map(|y| {
            let row = (0..width).filter_map(|x| buf.cell((x, y)));
            let row: String = row.map(|cell| cell.symbol()).collect();
            row.trim_end().to_owned()
        })
        .collect();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}
