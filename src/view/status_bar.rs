//! The two lines at the bottom: a notice, and the keys that work here.

use crate::app::keymap;
use crate::app::keymap::Stroke;
use crate::app::message::Layout as Laid;
use crate::app::message::Spot;
use crate::app::message::Target;
use crate::app::state::App;
use crate::view::cell::prose;
use crate::view::panel::Ctx;
use crate::view::theme::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::text::Span;
use ratatui::widgets::Clear;
use ratatui::widgets::Widget;

/// Draws the notice above the keys.
pub fn draw(
    buf: &mut Buffer,
    area: Rect,
    app: &App,
    ctx: &Ctx,
    laid: &mut Laid,
) {
    if let Some(text) = &app.notice {
        notice(buf, area, text, ctx);
    }
    if area.height < 2 {
        return;
    }
    let keys = Rect { y: area.y + 1, height: 1, ..area };
    let mut x = keys.x + 1;
    let pending = format!("{} ", app.pending);
    if !app.pending.is_empty() {
        let style = ctx.theme.style(Role::Accent);
        buf.set_string(x, keys.y, &pending, style);
        x += pending.chars().count() as u16;
    }
    for row in keymap::rows_for(app) {
        let label = row.label(&app.look.language);
        let label = ctx.glyphs.text(label);
        if row.rank == 0 {
            break;
        }
        let name = row.keys().first().cloned().unwrap_or_default();
        let name = ctx.glyphs.text(&name);
        let width = name.chars().count() + label.chars().count() + 3;
        let width = width as u16;
        if x + width > keys.right() + 2 {
            break;
        }
        let line = Line::from(vec![
            Span::styled(name.into_owned(), ctx.theme.style(Role::Key)),
            Span::styled(format!(" {label}  "), ctx.theme.style(Role::Dim)),
        ]);
        let room = keys.right().saturating_sub(x);
        let place = Rect { x, width: room.min(width), ..keys };
        line.render(place, buf);
        if let Some(Stroke::One(key)) = row.strokes.first() {
            let spot = Spot { x, y: keys.y, width, height: 1 };
            laid.spots.push((spot, Target::Key(*key)));
        }
        x += width;
    }
}

/// Most rows of a notice; it may cover the last rows of the body.
const MOST_ROWS: u16 = 3;

fn notice(buf: &mut Buffer, area: Rect, text: &str, ctx: &Ctx) {
    let style = ctx.theme.style(Role::Warn);
    let text = ctx.glyphs.text(text).into_owned();
    let line = Line::from(Span::styled(text, style));
    let rows = prose::wrap(line, area.width.saturating_sub(2));
    let count = (rows.len() as u16).clamp(1, MOST_ROWS);
    let top = area.y.saturating_sub(count - 1);
    for (y, row) in (top..=area.y).zip(rows) {
        let place = Rect { y, height: 1, ..area };
        Clear.render(place, buf);
        buf.set_style(place, ctx.theme.base());
        let inside = Rect { x: area.x + 1, width: area.width - 1, ..place };
        row.render(inside, buf);
    }
}
