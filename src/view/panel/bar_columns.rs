//! Many bars on one scale, in as many columns as they need.

use crate::view::panel::Ctx;
use crate::view::widget::Pen;
use crate::view::widget::bars::Bar;
use crate::view::widget::bars::Bars;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

/// The narrowest column of bars worth drawing.
pub(super) const COLUMN: u16 = 15;

/// Draws the bars, from the top of the first column to the end of the
/// last; what does not fit is dropped.
pub(super) fn draw(
    buf: &mut Buffer,
    area: Rect,
    all: &[Bar],
    ctx: &Ctx<'_>,
) {
    let rows = usize::from(area.height).max(1);
    let most = usize::from((area.width + 2) / (COLUMN + 2)).max(1);
    let columns = all.len().div_ceil(rows).clamp(1, most);
    let per_column = all.len().div_ceil(columns).min(rows);
    let finite = all.iter().map(|b| b.value).filter(|z| z.is_finite());
    let low = finite.clone().fold(0.0, f64::min);
    let high = finite.fold(0.0, f64::max);
    let width = (area.width + 2) / columns as u16;
    let top = (area.height.saturating_sub(per_column as u16)) / 2;
    let parts = all.chunks(per_column.max(1)).take(columns);
    for (bars, column) in parts.zip(0_u16..) {
        let pen = Pen::new(buf, area, ctx.glyphs);
        let x = column * width;
        let place =
            pen.part(x, top, width.saturating_sub(2), area.height - top);
        let (theme, glyphs) = (ctx.theme, ctx.glyphs);
        let range = (low, high);
        Bars { bars, range, theme, glyphs }.render(place, buf);
    }
}
