//! The plane of codes from above: test images as numerals or, where there
//! is room, the decoded images themselves, and the cursor.

use crate::app::cursor;
use crate::train::snapshot::Manifold;
use crate::view::glyphs;
use crate::view::panel::Ctx;
use crate::view::panel::Shown;
use crate::view::theme::Role;
use crate::view::widget::Pen;
use crate::view::widget::fit::Fit;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::widgets::Widget;

/// The smallest decoded image worth drawing on the map.
const TILE: (u16, u16) = (6, 3);

/// Draws the plane with its edges and the cursor on it.
pub(super) fn draw(
    buf: &mut Buffer,
    area: Rect,
    (manifold, at): (&Manifold, (u16, u16)),
    shown: &Shown<'_>,
    ctx: &Ctx<'_>,
) {
    let mut pen = Pen::new(buf, area, ctx.glyphs);
    let dim = ctx.theme.style(Role::Dim);
    let rows = pen.height().saturating_sub(1);
    let place = pen.part(0, 0, pen.width(), rows);
    let (from, to) = (manifold.from, manifold.to);
    let end = pen.width();
    let corner = |(x, y): (f32, f32)| format!("({x:.1}, {y:.1})");
    let next = pen.text(0, rows, &corner(from), dim);
    let right = format!("to {} at the top right", corner(to));
    let short = format!("to {}", corner(to));
    let fits = next + pen.columns(&right) < end;
    pen.right(end, rows, if fits { &right } else { &short }, dim);
    match every(manifold, place) {
        Some(every) => tiles(buf, place, (manifold, at, every), ctx),
        None => dots(buf, place, (manifold, at), shown, ctx),
    }
}

/// Every how many-th column and row of images there is room for; none if
/// that would leave out too many.
pub(super) fn every(manifold: &Manifold, area: Rect) -> Option<u16> {
    (1..=2).find(|every| {
        let wide = area.width / manifold.columns.div_ceil(*every).max(1);
        let high = area.height / manifold.rows.div_ceil(*every).max(1);
        wide >= TILE.0 && high >= TILE.1
    })
}

/// Every decoded image, or every second one; the one at the cursor, or
/// next to it, is marked.
fn tiles(
    buf: &mut Buffer,
    area: Rect,
    (manifold, at, every): (&Manifold, (u16, u16), u16),
    ctx: &Ctx<'_>,
) {
    let columns = manifold.columns.div_ceil(every).max(1);
    let rows = manifold.rows.div_ceil(every).max(1);
    let (wide, high) = (area.width / columns, area.height / rows);
    let accent = ctx.theme.style(Role::Accent);
    for row in 0..rows {
        for column in 0..columns {
            let place = (column * every, row * every);
            let index = usize::from(place.1)
                * usize::from(manifold.columns)
                + usize::from(place.0);
            let Some(image) = manifold.images.get(index) else { continue };
            let mut pen = Pen::new(buf, area, ctx.glyphs);
            let (x, y) = (column * wide, row * high);
            let part = pen.part(x + 1, y, wide - 1, high);
            let (way, theme) = (ctx.pictures, ctx.theme);
            Fit { image, way, theme }.render(part, pen.buffer());
            if (at.0 / every, at.1 / every) == (column, row) {
                let cursor = ctx.glyphs.get(glyphs::CURSOR);
                for dy in 0..high {
                    pen.text(x, y + dy, cursor, accent);
                }
            }
        }
    }
}

/// The codes of test images as numerals, and the place of the cursor.
pub(super) fn dots(
    buf: &mut Buffer,
    area: Rect,
    (manifold, at): (&Manifold, (u16, u16)),
    shown: &Shown<'_>,
    ctx: &Ctx<'_>,
) {
    let mut pen = Pen::new(buf, area, ctx.glyphs);
    let (from, to) = (manifold.from, manifold.to);
    let (width, height) = (pen.width(), pen.height());
    let place = |x: f32, y: f32| -> Option<(u16, u16)> {
        let share = |v: f32, from: f32, to: f32, cells: u16| {
            let share = (v - from) / (to - from);
            let fine = (0.0..=1.0).contains(&share) && cells > 0;
            fine.then(|| (share * f32::from(cells - 1)).round() as u16)
        };
        let x = share(x, from.0, to.0, width)?;
        let y = share(y, from.1, to.1, height)?;
        Some((x, height - 1 - y))
    };
    let border = ctx.theme.style(Role::Border);
    let (flat, steep) =
        if ctx.glyphs.unicode { ('╌', '┆') } else { ('-', '|') };
    if let Some((x, y)) = place(0.0, 0.0) {
        (0..width).for_each(|x| pen.put(x, y, flat, border));
        (0..height).for_each(|y| pen.put(x, y, steep, border));
    }
    for dot in &manifold.dots {
        let Some((x, y)) = place(dot.x, dot.y) else { continue };
        let numeral = char::from(b'0' + dot.label % 10);
        let sign = if shown.bare { '.' } else { numeral };
        pen.put(x, y, sign, ctx.theme.class(dot.label));
    }
    let (x, y) = cursor::code(manifold, at);
    let Some((x, y)) = place(x, y) else { return };
    // A cross around the place: what lies there stays in sight.
    let style = ctx.theme.style(Role::Accent).add_modifier(Modifier::BOLD);
    let (left, right) =
        if ctx.glyphs.unicode { ('▸', '◂') } else { ('>', '<') };
    if x > 0 {
        pen.put(x - 1, y, left, style);
    }
    pen.put(x + 1, y, right, style);
    if matches!(pen.character(x, y), Some(' ' | '╌' | '┆' | '-' | '|'))
    {
        pen.put(x, y, if ctx.glyphs.unicode { '●' } else { '+' }, style);
    }
}
