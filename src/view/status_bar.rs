//! The two lines at the bottom: a notice, and the keys that work here.

use crate::app::keymap;
use crate::app::keymap::Stroke;
use crate::app::message::Layout as Laid;
use crate::app::message::Spot;
use crate::app::message::Target;
use crate::app::state::App;
use crate::view::panel::Ctx;
use crate::view::theme::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::text::Span;
use ratatui::widgets::Widget;

/// Draws the notice above the keys.
pub fn draw(
    buf: &mut Buffer,
    area: Rect,
    app: &App,
    ctx: &Ctx,
    laid: &mut Laid,
) {
    let notice = Rect { height: area.height.min(1), ..area };
    if let Some(text) = &app.notice {
        let text = format!(" {}", ctx.glyphs.text(text));
        let style = ctx.theme.style(Role::Warn);
        Line::from(Span::styled(text, style)).render(notice, buf);
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
