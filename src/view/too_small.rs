//! What is shown where nothing else fits.

use crate::view::panel::Ctx;
use crate::view::theme::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::text::Span;
use ratatui::widgets::Widget;

/// The smallest window in which a lesson is drawn.
pub const SMALLEST: (u16, u16) = (40, 12);

/// Says how large the window is and how large it must be.
pub fn draw(buf: &mut Buffer, area: Rect, ctx: &Ctx) {
    let (width, height) = SMALLEST;
    let lines = [
        "too small".to_owned(),
        format!("{}x{} here", area.width, area.height),
        format!("{width}x{height} needed"),
        "training goes on".to_owned(),
        "q leaves".to_owned(),
    ];
    let style = ctx.theme.style(Role::Text);
    for (y, line) in (area.y..area.bottom()).zip(lines) {
        let place = Rect { y, height: 1, ..area };
        Line::from(Span::styled(line, style)).render(place, buf);
    }
}
