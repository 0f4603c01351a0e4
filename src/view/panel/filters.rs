//! Weights of the units, or the principal axes, as images.

use crate::train::snapshot::Image;
use crate::view::panel::Ctx;
use crate::view::panel::Parts;
use crate::view::panel::Shown;
use crate::view::panel::common;
use crate::view::theme::Role;
use crate::view::widget::Pen;
use crate::view::widget::fit;
use crate::view::widget::fit::Fit;
use crate::view::widget::image::Size;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

pub(super) const PARTS: Parts =
    Parts { title: "Filters", height, draw, foot, sentence };

/// How a strip of images lies: the images, their columns and rows.
type Strip<'a> = (&'a [Image], u16, u16);

fn height(width: u16, shown: &Shown<'_>) -> u16 {
    let filters = filters(shown);
    let (columns, rows) = thumb(filters);
    let across = usize::from((width + 1) / (columns + 1)).max(1);
    let strips = filters.len().div_ceil(across).clamp(1, 2) as u16;
    match axes(shown).is_empty() {
        true => strips * (rows + 1),
        // A caption over each of the two strips.
        false => 2 * (rows + 2),
    }
}

fn draw(buf: &mut Buffer, area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) {
    let filters = filters(shown);
    if filters.is_empty() {
        common::empty(
            buf,
            area,
            "what the units look for appears here",
            (shown, ctx),
        );
        return;
    }
    let (columns, rows) = thumb(filters);
    let axes = axes(shown);
    if axes.is_empty() || area.height < 2 * (rows + 2) {
        let (columns, rows) = packed(area, filters);
        strip(buf, area, (filters, columns, rows), shown, ctx);
        return;
    }
    let above = match is_aligned(shown) {
        true => "your units, turned within their own plane (A turns back)",
        false => "your units as they were trained (A aligns them)",
    };
    let half = Rect { height: rows + 2, ..area };
    captioned(buf, half, above, (filters, columns, rows), (shown, ctx));
    let half = Rect { y: area.y + rows + 2, ..half };
    let below = "the principal axes";
    captioned(buf, half, below, (axes, columns, rows), (shown, ctx));
}

fn captioned(
    buf: &mut Buffer,
    area: Rect,
    caption: &str,
    images: Strip<'_>,
    (shown, ctx): (&Shown<'_>, &Ctx<'_>),
) {
    let style = ctx.theme.style(Role::Dim);
    let width = area.width;
    Pen::new(buf, area, ctx.glyphs).center((0, width), 0, caption, style);
    let rest = Rect { y: area.y + 1, height: area.height - 1, ..area };
    strip(buf, rest, images, shown, ctx);
}

/// As many images as fit, the one looked at among them, with numbers.
fn strip(
    buf: &mut Buffer,
    area: Rect,
    (images, columns, rows): Strip<'_>,
    shown: &Shown<'_>,
    ctx: &Ctx<'_>,
) {
    let across = ((area.width + 1) / (columns + 1)).max(1);
    let strips = (area.height / (rows + 1)).max(1);
    let look = shown.look % images.len().max(1);
    let page = usize::from(across) * usize::from(strips);
    let first = look / page * page;
    let left = area.width.saturating_sub(across * (columns + 1) - 1) / 2;
    let shown_now = images.iter().enumerate().skip(first).take(page);
    let mut pen = Pen::new(buf, area, ctx.glyphs);
    for ((i, image), slot) in shown_now.zip(0_u16..) {
        let x = left + slot % across * (columns + 1);
        let y = slot / across * (rows + 1);
        let place = pen.part(x, y, columns, rows);
        let (way, theme) = (ctx.pictures, ctx.theme);
        Fit { image, way, theme }.render(place, pen.buffer());
        let (role, number) = if i == look {
            let cursor = ctx.glyphs.get(crate::view::glyphs::CURSOR);
            (Role::Accent, format!("{cursor} {}", i + 1))
        } else {
            (Role::Dim, format!("{}", i + 1))
        };
        let style = ctx.theme.style(role);
        pen.center((x, columns), y + rows, &number, style);
    }
}

fn foot(_: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) -> String {
    if filters(shown).is_empty() {
        return String::new();
    }
    let (more, less) = common::signs(ctx);
    format!("{}; {more}: above zero, {less}: below", {
        common::plural(filters(shown).len(), "filter")
    })
}

fn sentence(shown: &Shown<'_>) -> String {
    let filters = filters(shown);
    let Some(image) = filters.get(shown.look % filters.len().max(1)) else {
        return "no filters yet".to_owned();
    };
    let strong = |image: &Image| {
        let far = |p: &&u8| p.abs_diff(128) > 32;
        let count = image.pixels.iter().filter(far).count();
        100 * count / image.pixels.len().max(1)
    };
    format!(
        "{} as images of {} x {}; {} % of the weights of number {} are far \
         from zero",
        common::plural(filters.len(), "filter"),
        image.width,
        image.height,
        strong(image),
        shown.look % filters.len() + 1,
    )
}

/// The filters as trained, or turned to match the axes.
fn filters<'a>(shown: &Shown<'a>) -> &'a [Image] {
    let Some(snapshot) = shown.snapshot else { return &[] };
    match is_aligned(shown) {
        true => &snapshot.aligned,
        false => &snapshot.filters,
    }
}

fn axes<'a>(shown: &Shown<'a>) -> &'a [Image] {
    shown.snapshot.map_or(&[], |snapshot| &snapshot.axes)
}

fn is_aligned(shown: &Shown<'_>) -> bool {
    shown.aligned && shown.snapshot.is_some_and(|s| !s.aligned.is_empty())
}

fn thumb(filters: &[Image]) -> (u16, u16) {
    let Some(image) = filters.first() else { return (14, 7) };
    let (columns, rows) = Size::fitting(image, 14, 7).cells(image);
    (columns.clamp(4, 40), rows.clamp(1, 20))
}

/// Columns and rows of each filter in an area: smaller ones in two strips
/// where one strip of them would leave rows free and filters out.
fn packed(area: Rect, filters: &[Image]) -> (u16, u16) {
    let (columns, rows) = thumb(filters);
    let across = usize::from((area.width + 1) / (columns + 1));
    let strips = area.height / (rows + 1);
    let smaller = (area.height / 2).saturating_sub(1);
    match filters.first() {
        Some(first)
            if strips < 2 && filters.len() > across && smaller >= 5 =>
        {
            fit::cells(first, columns, smaller.min(rows))
        }
        _ => (columns, rows),
    }
}
